//! When and how what a subscription is about gets there. Pure: instants in, instants out.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::row::StoredEvent;
use crate::view::engagements::{Level, level};

/// When, where and how loud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// At once, or collected.
    pub mode: Mode,
    /// IANA name of the zone that hours and days are meant in.
    pub zone: String,
    /// Hours of the day in which nothing is sent.
    pub quiet: Option<Quiet>,
    /// Who is mentioned, and when.
    pub mention: Option<Mention>,
    /// Where in the channel.
    pub layout: Layout,
    /// Days before a deadline of the ledger on which it is reminded of, most first; empty: never.
    pub reminders: Vec<u16>,
    /// Whether a correction of what was sent is told beside being made.
    pub notices: bool,
}

impl Default for Plan {
    /// Each event at once, into the channel, without a mention, a reminder or a notice.
    fn default() -> Self {
        Self {
            mode: Mode::Immediate,
            zone: "UTC".to_owned(),
            quiet: None,
            mention: None,
            layout: Layout::Channel,
            reminders: Vec::new(),
            notices: false,
        }
    }
}

/// See [`Plan::mode`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Each event when it is stored.
    Immediate,
    /// What came since the last time, in one message.
    Digest {
        /// Hour of the zone's day, 0 to 23.
        hour: u8,
        /// Days of the week, 1 Monday to 7 Sunday; empty: every day.
        days: Vec<u8>,
    },
}

/// Quiet hours: from one minute of the day up to another, over midnight where that is earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// First quiet minute of the day, 0 to 1439.
    pub from: u16,
    /// First minute after.
    pub to: u16,
}

/// A role that is mentioned, and for which events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Discord's id of the role.
    pub role: u64,
    /// Only for events at least so sure, in thousandths.
    pub least_confidence: u16,
    /// Of contacts only those at least so high; where set, for nothing but contacts.
    pub least_level: Option<Level>,
}

impl Mention {
    /// Whether the role is to be mentioned for this event.
    #[must_use]
    pub fn fits(&self, event: &StoredEvent) -> bool {
        event.event.confidence * 1000.0 + 0.5 >= f64::from(self.least_confidence)
            && self.least_level.is_none_or(|least| level(event).is_some_and(|level| level >= least))
    }
}

/// Where in the channel an event is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// In the channel itself.
    Channel,
    /// The first event of a story in the channel, those that follow in a thread under it.
    Threads,
    /// The channel is a forum: a post for each story.
    Forum,
}

impl Plan {
    /// The zone. One that this machine does not know counts as UTC; commands refuse it.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The first digest after an instant, where the mode is one. An hour that a clock change skips
    /// is the one after it; one that comes twice is its first.
    #[must_use]
    pub fn digest_after(&self, instant: Timestamp) -> Option<Timestamp> {
        let Mode::Digest { hour, days } = &self.mode else { return None };
        let zone = self.time_zone();
        let hour = i8::try_from(*hour).ok().and_then(|hour| Time::new(hour, 0, 0, 0).ok())?;
        let mut day = zone.to_datetime(instant).date();
        // A week and a day reach every weekday; zones have left out a whole day.
        for _ in 0..9 {
            let wanted =
                days.is_empty() || days.contains(&day.weekday().to_monday_one_offset().unsigned_abs());
            let at = instant_of(&zone, day.to_datetime(hour)).filter(|at| *at > instant && wanted);
            if at.is_some() {
                return at;
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The end of the quiet hours that an instant lies in.
    #[must_use]
    pub fn quiet_until(&self, instant: Timestamp) -> Option<Timestamp> {
        let Quiet { from, to } = self.quiet?;
        let zone = self.time_zone();
        let local = zone.to_datetime(instant);
        let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).ok()?;
        let over_midnight = from > to;
        let within = if over_midnight { minute >= from || minute < to } else { (from..to).contains(&minute) };
        if !within {
            return None;
        }
        let day = if over_midnight && minute >= from { local.date().tomorrow().ok()? } else { local.date() };
        // An end that the clock skips or repeats still comes after now.
        [day, day.tomorrow().ok()?]
            .into_iter()
            .filter_map(|day| instant_of(&zone, at_minute(day, to)?))
            .find(|end| *end > instant)
    }
}

fn at_minute(day: Date, minute: u16) -> Option<DateTime> {
    day.to_datetime(Time::midnight()).checked_add(Span::new().minutes(i64::from(minute))).ok()
}

fn instant_of(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(zone: &str, hour: u8, days: &[u8]) -> Plan {
        Plan { mode: Mode::Digest { hour, days: days.to_vec() }, zone: zone.to_owned(), ..Plan::default() }
    }

    #[track_caller]
    fn check_digest(plan: &Plan, instant: &str, expected: &str) {
        let next = plan.digest_after(instant.parse().unwrap());
        assert_eq!(next.map(|at| at.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn a_digest_comes_at_its_hour_of_the_zones_day() {
        check_digest(&plan("UTC", 9, &[]), "2026-03-02T08:59:59Z", "2026-03-02T09:00:00Z");
        check_digest(&plan("UTC", 9, &[]), "2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z");
        check_digest(&plan("Asia/Shanghai", 9, &[]), "2026-03-02T00:30:00Z", "2026-03-02T01:00:00Z");
        check_digest(&plan("UTC", 9, &[1, 5]), "2026-03-03T00:00:00Z", "2026-03-06T09:00:00Z");
    }

    #[test]
    fn summer_time_moves_no_digest_on_the_zones_clock() {
        let new_york = plan("America/New_York", 9, &[]);
        check_digest(&new_york, "2026-03-07T20:00:00Z", "2026-03-08T13:00:00Z");
        check_digest(&new_york, "2026-03-07T12:00:00Z", "2026-03-07T14:00:00Z");
        // Two o'clock does not exist on 8 March, and one o'clock comes twice on 1 November.
        check_digest(&plan("America/New_York", 2, &[]), "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z");
        check_digest(&plan("America/New_York", 1, &[]), "2026-11-01T04:30:00Z", "2026-11-01T05:00:00Z");
        check_digest(&plan("America/New_York", 1, &[]), "2026-11-01T05:00:00Z", "2026-11-02T06:00:00Z");
    }

    #[track_caller]
    fn check_quiet(from: u16, to: u16, instant: &str, expected: Option<&str>) {
        let plan =
            Plan { zone: "Europe/Berlin".to_owned(), quiet: Some(Quiet { from, to }), ..Plan::default() };
        let end = plan.quiet_until(instant.parse().unwrap());
        assert_eq!(end.map(|at| at.to_string()).as_deref(), expected, "{instant}");
    }

    #[test]
    fn quiet_hours_end_on_the_zones_clock() {
        check_quiet(22 * 60, 7 * 60, "2026-01-10T21:30:00Z", Some("2026-01-11T06:00:00Z"));
        check_quiet(22 * 60, 7 * 60, "2026-01-11T05:59:00Z", Some("2026-01-11T06:00:00Z"));
        check_quiet(22 * 60, 7 * 60, "2026-01-11T06:00:00Z", None);
        check_quiet(12 * 60, 13 * 60 + 30, "2026-07-01T10:15:00Z", Some("2026-07-01T11:30:00Z"));
        check_quiet(60, 60, "2026-07-01T10:15:00Z", None);
        // The night of 29 March is an hour shorter.
        check_quiet(22 * 60, 7 * 60, "2026-03-28T22:00:00Z", Some("2026-03-29T05:00:00Z"));
    }
}
