//! What follows from a change of events that were announced: their messages are brought up to date,
//! and whoever wanted to hear of corrections hears of them.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{DeliveryRow, Errand, State, rows_of};
use crate::change::Act;
use crate::commit::Announce;
use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::{AuditId, DeliveryId, EventId, SubscriptionId};
use crate::key;
use crate::row::StoredEvent;
use crate::store::{Store, Writer, put};
use crate::subscription::{Pause, Subscription};

/// A change of a stored event.
pub(crate) struct Changed<'e> {
    pub(crate) before: &'e StoredEvent,
    pub(crate) after: &'e StoredEvent,
    /// The change to tell of, where it is one that readers should know.
    pub(crate) told: Option<AuditId>,
}

impl Store {
    /// Rows for all that changes of events entail: announced ones are rewritten, what waits of one
    /// that was taken out is called off and taken up again with it, and who wants an event only as
    /// it is now hears of it. Who has unsubscribed gets nothing new, but what was posted there is
    /// still set right: a wrong fact does not stand because nobody subscribes any more. Where nothing
    /// is announced, messages are brought up to date and nobody hears more.
    pub(crate) fn follow(
        &self,
        writer: &mut Writer,
        subscriptions: &[Subscription],
        changes: &[Changed<'_>],
        announce: Announce,
        now: Timestamp,
    ) -> Result<Vec<Put>, WriteError> {
        if writer.subscription == 0 {
            return Ok(Vec::new());
        }
        let mut rows: Vec<DeliveryRow> = Vec::new();
        let mut puts = Vec::new();
        let mut rewritten: Option<BTreeSet<DeliveryId>> = None;
        let mut next = |errand: Errand, event: EventId, place: (SubscriptionId, u64)| {
            writer.delivery += 1;
            DeliveryRow::new(DeliveryId(writer.delivery), errand, event, place, now)
        };
        for Changed { before, after, told } in changes {
            let (mut hear, mut noticed) = (BTreeSet::new(), BTreeSet::new());
            for mut row in self.announced(after.id)? {
                let held = subscriptions.iter().find(|held| held.id == row.subscription);
                let place = (row.subscription, row.channel);
                if row.errand == Errand::Event {
                    hear.insert(row.subscription);
                }
                match row.state {
                    State::Pending { .. } if after.deleted && held.is_some() => {
                        row.state = State::CalledOff { at: now };
                        row.last_fault = Some("the event was taken out before it was sent".to_owned());
                        rows.push(row);
                    }
                    State::CalledOff { .. } if !after.deleted && held.is_some() => {
                        row.state = State::Pending { not_before: now };
                        (row.last_fault, row.head) = (None, None);
                        rows.push(row);
                    }
                    State::Claimed { .. } | State::Delivered { .. } => {
                        let of = row.head.unwrap_or(row.id);
                        let waiting = match &mut rewritten {
                            Some(waiting) => waiting,
                            None => rewritten.insert(self.rewritings()?),
                        };
                        if waiting.insert(of) {
                            rows.push(next(Errand::Rewrite { of }, after.id, place));
                        }
                        let wants = announce != Announce::None && held.is_some_and(|held| held.plan.notices);
                        if let Some(change) = told.filter(|_| wants && noticed.insert(row.subscription)) {
                            rows.push(next(Errand::Notice { change }, after.id, place).announced(announce));
                        }
                    }
                    State::Pending { .. } | State::Dead { .. } | State::CalledOff { .. } => {}
                }
            }
            let newly = |held: &&Subscription| {
                announce != Announce::None
                    && !hear.contains(&held.id)
                    && after.known_since >= held.since
                    && held.filter.wants(after)
                    && !held.filter.wants(before)
            };
            for held in subscriptions.iter().filter(newly) {
                let row = next(Errand::Event, after.id, (held.id, held.channel)).announced(announce);
                puts.push(put(Table::Sent, key::sent(after.id, held.id), &row.id)?);
                rows.push(row);
            }
        }
        puts.extend(rows_of(&rows)?);
        Ok(puts)
    }

    /// The announcements of an event, of whatever state, and what reminded of it.
    pub(crate) fn announced(&self, event: EventId) -> Result<Vec<DeliveryRow>, ReadError> {
        let mut ids: Vec<DeliveryId> = Vec::new();
        for name in [event, reminders_of(event)] {
            let (from, to) = (key::sent(name, SubscriptionId(0)), key::sent(name, SubscriptionId(u64::MAX)));
            self.each(Table::Sent, &from, &to, false, &mut |_, id: DeliveryId| {
                ids.push(id);
                ControlFlow::Continue(())
            })?;
        }
        self.rows_at(&ids)
    }

    /// Deliveries whose message waits to be brought up to date by somebody who has not begun.
    fn rewritings(&self) -> Result<BTreeSet<DeliveryId>, ReadError> {
        let mut ids = Vec::new();
        self.each_waiting(|_, id, subscription| {
            if subscription == SubscriptionId(0) {
                ids.push(id);
            }
        })?;
        let waits = self.rows_at(&ids)?.into_iter().filter_map(|row| match (row.errand, row.state) {
            (Errand::Rewrite { of }, State::Pending { .. }) => Some(of),
            _ => None,
        });
        Ok(waits.collect())
    }

    /// Queues a reminder of a deadline, unless this subscription was reminded of it before, so many
    /// days ahead or fewer. Says whether it did.
    ///
    /// # Errors
    /// When there is no such subscription, or the store cannot be written.
    pub fn remind(
        &self,
        subscription: SubscriptionId,
        event: EventId,
        (day, days): (Date, u16),
        now: Timestamp,
    ) -> Result<bool, WriteError> {
        self.decide(now, "program", Act::Deliver, |writer| {
            let held = self.present_subscription(subscription)?;
            let name = EventId::of_name("reminder", &format!("{event} {day} {days}"));
            let key = key::sent(name, subscription);
            if self.row::<DeliveryId>(Table::Sent, &key)?.is_some() {
                return Ok((false, Vec::new()));
            }
            writer.delivery += 1;
            let id = DeliveryId(writer.delivery);
            let row =
                DeliveryRow::new(id, Errand::Reminder { day, days }, event, (held.id, held.channel), now);
            let mut puts = rows_of(&[row])?;
            puts.push(put(Table::Sent, key, &id)?);
            // By its event it is found again when that changes.
            puts.push(put(Table::Sent, key::sent(reminders_of(event), SubscriptionId(id.0)), &id)?);
            Ok((true, puts))
        })
    }

    /// The delivery that leads a story for a subscription: this one, unless another was there before
    /// and was not given up, or `anew`. Others are posted where it stands.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn lead_story(
        &self,
        subscription: SubscriptionId,
        story: &str,
        delivery: DeliveryId,
        anew: bool,
        now: Timestamp,
    ) -> Result<DeliveryId, WriteError> {
        let key = key::sent(EventId::of_name("story", story), subscription);
        self.decide(now, "program", Act::Deliver, |_| {
            let held: Option<DeliveryId> = self.row(Table::Sent, &key)?;
            let lives =
                |row: &DeliveryRow| !matches!(row.state, State::Dead { .. } | State::CalledOff { .. });
            let leads = match held.filter(|_| !anew) {
                Some(held) => self.rows_at(&[held])?.into_iter().find(lives).map(|row| row.id),
                None => None,
            };
            match leads {
                Some(leads) => Ok((leads, Vec::new())),
                None => Ok((delivery, vec![put(Table::Sent, key.clone(), &delivery)?])),
            }
        })
    }

    /// Queues a sample of an event, or of none.
    ///
    /// # Errors
    /// When there is no such subscription, or the store cannot be written.
    pub fn try_out(
        &self,
        subscription: SubscriptionId,
        event: Option<EventId>,
        author: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.decide(now, author, Act::Deliver, |writer| {
            let held = self.present_subscription(subscription)?;
            writer.delivery += 1;
            let (id, event) = (DeliveryId(writer.delivery), event.unwrap_or(EventId([0; 16])));
            let row = DeliveryRow::new(id, Errand::Sample, event, (held.id, held.channel), now);
            Ok(((), rows_of(&[row])?))
        })
    }

    /// Pauses a subscription because its channel takes nothing, and has whoever made it told, once
    /// until something is sent again.
    ///
    /// # Errors
    /// When there is none of that id, or the store cannot be written.
    pub fn shut(&self, id: SubscriptionId, why: &str, now: Timestamp) -> Result<(), WriteError> {
        self.decide(now, "program", Act::Subscribe, |writer| {
            let mut held = self.present_subscription(id)?;
            held.paused = Some(Pause { why: why.to_owned(), since: now, until: None, by_person: false });
            let mut puts = Vec::new();
            let maker = held.author.strip_prefix("discord:").and_then(|user| user.parse::<u64>().ok());
            if let Some(maker) = maker.filter(|_| !held.told) {
                writer.delivery += 1;
                let (told, none) = (Errand::Told { why: why.to_owned() }, EventId([0; 16]));
                let row = DeliveryRow::new(DeliveryId(writer.delivery), told, none, (id, maker), now);
                puts.extend(rows_of(&[row])?);
                held.told = true;
            }
            puts.push(crate::subscription::row(&held)?);
            Ok(((), puts))
        })
    }
}

/// The name under which reminders of an event are listed, by their deliveries.
fn reminders_of(event: EventId) -> EventId {
    EventId::of_name("reminders of", &event.to_string())
}
