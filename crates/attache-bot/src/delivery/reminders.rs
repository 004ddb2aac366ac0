//! Deadlines ahead: each subscription is reminded of those that fit, so many days before, once.

use std::sync::{Mutex, PoisonError};

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use attache_store::{Mode, Subscription};

use super::queue::Failure;
use crate::app::App;
use crate::commands::{self, Deadline};

/// Hour of the zone's day at which is reminded, where the subscription has none of its own.
const HOUR: u8 = 9;
/// The ledger is asked again after this, and when the clock was moved.
const EVERY: SignedDuration = SignedDuration::from_mins(10);

/// When the ledger was asked last.
#[derive(Debug, Default)]
pub(super) struct Reminders(Mutex<Option<Timestamp>>);

impl Reminders {
    /// Queues the reminders that are due.
    pub(super) fn look(&self, app: &App, now: Timestamp) -> Result<(), Failure> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| now.duration_since(last).abs() < EVERY) {
            return Ok(());
        }
        *last = Some(now);
        drop(last);
        let mut held = app.store.subscriptions()?;
        held.retain(|held| !held.plan.reminders.is_empty());
        let Some(most) = held.iter().flat_map(|held| &held.plan.reminders).max() else { return Ok(()) };
        // A zone may be a day behind or ahead of UTC.
        let today = TimeZone::UTC.to_datetime(now).date();
        let mut ahead =
            commands::ahead(&app.store, today.yesterday().unwrap_or(today), i64::from(*most) + 2)?;
        ahead.retain(|deadline| deadline.what != "planned");
        for held in held {
            for deadline in ahead.iter().filter(|deadline| held.filter.wants(&deadline.row)) {
                if let Some(days) = due(&held, deadline, now) {
                    app.store.remind(held.id, deadline.row.id, (deadline.day, days), now)?;
                }
            }
        }
        Ok(())
    }
}

/// The entry of the subscription's list that is due now: the one nearest to the deadline. What was
/// due before it began is not made up for.
fn due(held: &Subscription, deadline: &Deadline, now: Timestamp) -> Option<u16> {
    let zone = held.plan.time_zone();
    if zone.to_datetime(now).date() > deadline.day {
        return None;
    }
    let begun = |days: &&u16| instant(held, &zone, deadline.day, **days).is_some_and(|at| at <= now);
    let nearest = held.plan.reminders.iter().filter(begun).min()?;
    instant(held, &zone, deadline.day, *nearest).filter(|at| *at >= held.since).map(|_| *nearest)
}

fn instant(held: &Subscription, zone: &TimeZone, day: Date, days: u16) -> Option<Timestamp> {
    let hour = match held.plan.mode {
        Mode::Digest { hour, .. } => hour,
        Mode::Immediate => HOUR,
    };
    let time = Time::new(i8::try_from(hour).ok()?, 0, 0, 0).ok()?;
    let day = day.checked_sub(Span::new().days(i64::from(days))).ok()?;
    // A minute early, so that the digest of this hour has it.
    let at = zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().ok()?;
    at.checked_sub(SignedDuration::from_mins(1)).ok()
}
