//! What is still to be sent. A row is written with the event it announces; a worker claims it for
//! a while, sends, and says what came of it. A worker that dies loses its claim when the lease ends.

mod due;
mod explain;
mod follow;

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::change::Act;
use crate::commit::Announce;
use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::{AuditId, DeliveryId, EventId, SubscriptionId};
use crate::store::{Store, put};
use crate::subscription;

pub use due::{Pace, Wait};
pub use explain::Verdict;
pub(crate) use follow::Changed;

/// What is to be done for a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// Announce the event.
    Event,
    /// Bring up to date what that delivery posted.
    Rewrite {
        /// The delivery.
        of: DeliveryId,
    },
    /// Say that something posted was corrected.
    Notice {
        /// The change.
        change: AuditId,
    },
    /// Remind of a deadline that rests on the event.
    Reminder {
        /// The deadline.
        day: Date,
        /// Announced so many days before, by the subscription's list.
        days: u16,
    },
    /// Show what a message looks like there, whether or not it rests; the event may be none.
    Sample,
    /// Tell whoever made the subscription that the program paused it; the channel is that person.
    Told {
        /// Why.
        why: String,
    },
}

/// State of a delivery, as shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits, not before this instant.
    Pending(Timestamp),
    /// A worker has it until this instant.
    Claimed(Timestamp),
    /// Sent: Discord's message id, and when.
    Delivered(u64, Timestamp),
    /// Given up, or called off because the event was taken out.
    Dead,
}

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The thread it stands in, where it stands in one.
    pub place: Option<u64>,
    /// Discord's id of it.
    pub message: u64,
    /// What the log of deliveries says of it.
    pub note: Option<String>,
}

/// One thing to do in one channel for one subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// What to do.
    pub errand: Errand,
    /// The event it is about.
    pub event: EventId,
    /// For whom.
    pub subscription: SubscriptionId,
    /// Where.
    pub channel: u64,
    /// The thread of that channel in which its message stands, where it stands in one.
    pub place: Option<u64>,
    /// When it was queued (UTC).
    pub queued: Timestamp,
    /// Number of this claim; a worker whose number is no longer the latest may not report.
    pub fence: u64,
    /// Claims so far, this one included.
    pub attempts: u32,
    /// The first of them after which nobody knows for sure that nothing was posted; this one where none
    /// was before.
    pub unsure: Option<Timestamp>,
    /// State.
    pub state: DeliveryState,
    /// Why the last attempt failed.
    pub last_fault: Option<String>,
    /// The first delivery of the digest that this one is, or was, part of.
    pub digest: Option<DeliveryId>,
    /// What goes into the same message beside it, where it leads a digest.
    pub with: Vec<DeliveryId>,
}

impl Delivery {
    /// The same for every attempt at this delivery, and for no other: Discord's `nonce` (at most
    /// 25 characters).
    #[must_use]
    pub fn nonce(&self) -> String {
        let nonce = match (self.digest, &self.errand) {
            (Some(first), _) => format!("digest-{first}"),
            (None, Errand::Event) => {
                let event = self.event.to_string();
                format!("{}-{}", event.get(..14).unwrap_or_default(), self.subscription)
            }
            (None, _) => format!("errand-{}", self.id),
        };
        nonce.chars().take(25).collect()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeliveryRow {
    pub(crate) id: DeliveryId,
    pub(crate) errand: Errand,
    pub(crate) event: EventId,
    pub(crate) subscription: SubscriptionId,
    pub(crate) channel: u64,
    pub(crate) queued: Timestamp,
    pub(crate) state: State,
    pub(crate) fence: u64,
    pub(crate) attempts: u32,
    pub(crate) last_fault: Option<String>,
    /// First delivery of the digest it belongs to: kept from the first attempt on, so that each
    /// further one sends the same. Before that, itself: it goes into a digest only.
    pub(crate) head: Option<DeliveryId>,
    /// The others of the digest, on the one that leads it.
    pub(crate) with: Vec<DeliveryId>,
    pub(crate) place: Option<u64>,
    pub(crate) unsure: Option<Timestamp>,
}

/// Only grows at its end: rows keep the position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum State {
    Pending { not_before: Timestamp },
    Claimed { worker: String, until: Timestamp },
    Delivered { message: u64, at: Timestamp },
    Dead { at: Timestamp },
    CalledOff { at: Timestamp },
}

impl State {
    pub(crate) const fn is_final(&self) -> bool {
        matches!(self, Self::Delivered { .. } | Self::Dead { .. } | Self::CalledOff { .. })
    }
}

impl DeliveryRow {
    /// Something to do from now on.
    pub(crate) fn new(
        id: DeliveryId,
        errand: Errand,
        event: EventId,
        (subscription, channel): (SubscriptionId, u64),
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            errand,
            event,
            subscription,
            channel,
            queued: now,
            state: State::Pending { not_before: now },
            fence: 0,
            attempts: 0,
            last_fault: None,
            head: None,
            with: Vec::new(),
            place: None,
            unsure: None,
        }
    }

    fn put_back(&mut self, not_before: Timestamp, fault: &str) {
        self.state = State::Pending { not_before };
        self.last_fault = Some(fault.to_owned());
    }

    /// To be sent as what comes in is announced: a digest begins with itself until it is put together.
    pub(crate) fn announced(self, announce: Announce) -> Self {
        let head = (announce == Announce::Digest).then_some(self.id);
        Self { head, ..self }
    }

    /// Whether it waits for a digest that nobody tried to send yet, whatever its subscription's plan.
    pub(crate) fn is_gathered(&self) -> bool {
        self.head.is_some() && self.attempts == 0
    }
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        let state = match row.state {
            State::Pending { not_before } => DeliveryState::Pending(not_before),
            State::Claimed { until, .. } => DeliveryState::Claimed(until),
            State::Delivered { message, at } => DeliveryState::Delivered(message, at),
            State::Dead { .. } | State::CalledOff { .. } => DeliveryState::Dead,
        };
        Self {
            id: row.id,
            errand: row.errand,
            event: row.event,
            subscription: row.subscription,
            channel: row.channel,
            place: row.place,
            queued: row.queued,
            fence: row.fence,
            attempts: row.attempts,
            unsure: row.unsure,
            state,
            last_fault: row.last_fault,
            digest: row.head,
            with: row.with,
        }
    }
}

impl Store {
    /// Claims up to `most` deliveries that are due until `until`: at most one post per channel, so that
    /// its messages keep their order, and beside it at most one rewriting. What is to be sent as one
    /// digest is claimed by the delivery that leads it. Paused subscriptions wait. Also says when more
    /// will be due if nothing is stored or settled until then: at once where more than `most` was, at a
    /// pending one's instant, or at the end of a lease.
    ///
    /// # Errors
    /// When the store cannot be read or written; nothing is claimed then.
    pub fn claim(
        &self,
        worker: &str,
        now: Timestamp,
        until: Timestamp,
        most: usize,
        pace: &Pace,
    ) -> Result<(Vec<Delivery>, Option<Timestamp>), WriteError> {
        self.decide(now, worker, Act::Deliver, |_| {
            let mut leads = Vec::new();
            let mut rows = Vec::new();
            let mut look = self.look(now, pace)?;
            let next = if look.ready.len() > most {
                Some(now)
            } else {
                look.next.into_iter().chain((!look.ready.is_empty()).then_some(until)).min()
            };
            look.ready.truncate(most);
            for batch in look.ready {
                let mut batch = batch.sealed();
                for row in &mut batch {
                    row.state = State::Claimed { worker: worker.to_owned(), until };
                    row.fence += 1;
                    row.attempts += 1;
                    row.unsure.get_or_insert(now);
                }
                leads.extend(batch.first().cloned().map(Delivery::from));
                rows.extend(batch);
            }
            Ok(((leads, next), rows_of(&rows)?))
        })
    }

    /// Takes every claim back and says how many there were: for a worker that has just started.
    /// One process at a time has the store, so whoever made them is gone.
    ///
    /// # Errors
    /// When the store cannot be read or written; nothing is taken back then.
    pub fn release_claims(&self, now: Timestamp) -> Result<usize, WriteError> {
        self.decide(now, "program", Act::Deliver, |_| {
            let mut rows = self.waiting(|row| matches!(row.state, State::Claimed { .. }))?;
            for row in &mut rows {
                row.state = State::Pending { not_before: now };
            }
            Ok((rows.len(), rows_of(&rows)?))
        })
    }

    /// Marks a claimed delivery, with its digest, as sent.
    ///
    /// # Errors
    /// When the claim was lost to another worker, or the store cannot be written.
    pub fn delivered(
        &self,
        id: DeliveryId,
        fence: u64,
        message: u64,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.delivered_as(id, fence, &Posted { place: None, message, note: None }, now)
    }

    /// As [`delivered`](Self::delivered), with all that is known of the message.
    ///
    /// # Errors
    /// As [`delivered`](Self::delivered).
    pub fn delivered_as(
        &self,
        id: DeliveryId,
        fence: u64,
        posted: &Posted,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.settle(id, fence, now, |row| {
            row.state = State::Delivered { message: posted.message, at: now };
            row.place = posted.place;
            if posted.note.is_some() {
                row.last_fault.clone_from(&posted.note);
            }
            if row.head.is_some() {
                row.head = Some(id);
            }
        })
    }

    /// Marks a claimed rewriting as done. Where another message stands in for the old one, what was
    /// posted is from now on that one.
    ///
    /// # Errors
    /// As [`delivered`](Self::delivered).
    pub fn rewritten(
        &self,
        id: DeliveryId,
        fence: u64,
        anew: Option<u64>,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.decide(now, "program", Act::Deliver, |_| {
            let mut row = self.claimed_row(id, fence)?;
            let message = match (anew, &row.errand) {
                (Some(message), Errand::Rewrite { of }) => Some((message, *of)),
                _ => None,
            };
            let mut rows = Vec::new();
            if let Some((message, of)) = message {
                let first: Option<DeliveryRow> = self.row(Table::Outbox, &of.0.to_be_bytes())?;
                let with = first.as_ref().map(|row| row.with.clone()).unwrap_or_default();
                rows.extend(first);
                rows.extend(self.rows_at(&with)?);
                for row in &mut rows {
                    if let State::Delivered { message: held, .. } = &mut row.state {
                        *held = message;
                    }
                }
            }
            row.state = State::Delivered { message: message.map_or(0, |(message, _)| message), at: now };
            rows.push(row);
            Ok(((), rows_of(&rows)?))
        })
    }

    /// Puts a claimed delivery back, not to be tried before an instant, with what went wrong.
    ///
    /// # Errors
    /// As [`delivered`](Self::delivered).
    pub fn retry(
        &self,
        id: DeliveryId,
        fence: u64,
        not_before: Timestamp,
        fault: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.settle(id, fence, now, |row| row.put_back(not_before, fault))
    }

    /// As [`retry`](Self::retry), where it is sure that no try so far has posted anything.
    ///
    /// # Errors
    /// As [`delivered`](Self::delivered).
    pub fn retry_untaken(
        &self,
        id: DeliveryId,
        fence: u64,
        not_before: Timestamp,
        fault: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.settle(id, fence, now, |row| {
            row.put_back(not_before, fault);
            row.unsure = None;
        })
    }

    /// Gives a claimed delivery up, with what went wrong.
    ///
    /// # Errors
    /// As [`delivered`](Self::delivered).
    pub fn dead(&self, id: DeliveryId, fence: u64, now: Timestamp, fault: &str) -> Result<(), WriteError> {
        self.settle(id, fence, now, |row| {
            row.state = State::Dead { at: now };
            row.last_fault = Some(fault.to_owned());
        })
    }

    fn settle(
        &self,
        id: DeliveryId,
        fence: u64,
        now: Timestamp,
        change: impl Fn(&mut DeliveryRow),
    ) -> Result<(), WriteError> {
        self.decide(now, "program", Act::Deliver, |_| {
            let lead = self.claimed_row(id, fence)?;
            let mut rows = self.rows_at(&lead.with)?;
            // One that was called off meanwhile stays so.
            rows.retain(|row| matches!(row.state, State::Claimed { .. }));
            rows.insert(0, lead);
            rows.iter_mut().for_each(&change);
            let mut puts = rows_of(&rows)?;
            let sent = rows.first().filter(|row| matches!(row.state, State::Delivered { .. }));
            if let Some(row) =
                sent.filter(|row| !matches!(row.errand, Errand::Told { .. } | Errand::Rewrite { .. }))
                && let Some(mut held) = self.subscription(row.subscription)?.filter(|held| held.told)
            {
                held.told = false;
                puts.push(subscription::row(&held)?);
            }
            Ok(((), puts))
        })
    }

    fn claimed_row(&self, id: DeliveryId, fence: u64) -> Result<DeliveryRow, WriteError> {
        let row: Option<DeliveryRow> = self.row(Table::Outbox, &id.0.to_be_bytes())?;
        let row = row.ok_or_else(|| WriteError::Missing(format!("delivery {id}")))?;
        if row.fence != fence || !matches!(row.state, State::Claimed { .. }) {
            return Err(WriteError::Conflict(format!("delivery {id} is another worker's by now")));
        }
        Ok(row)
    }

    /// How many messages wait for a subscription.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn waiting_for(&self, subscription: SubscriptionId) -> Result<usize, ReadError> {
        let mut count = 0;
        self.each_waiting(|_, _, held| count += usize::from(held == subscription))?;
        Ok(count)
    }

    fn rows_at(&self, ids: &[DeliveryId]) -> Result<Vec<DeliveryRow>, ReadError> {
        ids.iter().filter_map(|id| self.row(Table::Outbox, &id.0.to_be_bytes()).transpose()).collect()
    }

    /// The delivery of an id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery(&self, id: DeliveryId) -> Result<Option<Delivery>, ReadError> {
        let row: Option<DeliveryRow> = self.row(Table::Outbox, &id.0.to_be_bytes())?;
        Ok(row.map(Delivery::from))
    }

    /// The latest deliveries of a subscription, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries(&self, subscription: SubscriptionId, most: usize) -> Result<Vec<Delivery>, ReadError> {
        let rows = self.delivery_rows(|row| row.subscription == subscription)?;
        Ok(rows.into_iter().rev().take(most).map(Delivery::from).collect())
    }

    /// When the next delivery is due: at once, at a pending one's instant, or at the end of a lease.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_due(&self, now: Timestamp, pace: &Pace) -> Result<Option<Timestamp>, ReadError> {
        let look = self.look(now, pace)?;
        Ok(if look.ready.is_empty() { look.next } else { Some(now) })
    }

    /// Rows still to be sent, oldest first.
    pub(crate) fn waiting(&self, keep: impl Fn(&DeliveryRow) -> bool) -> Result<Vec<DeliveryRow>, ReadError> {
        let mut ids = Vec::new();
        self.each_waiting(|_, id, _| ids.push(id))?;
        ids.sort();
        let rows = ids.into_iter().filter_map(|id| self.row(Table::Outbox, &id.0.to_be_bytes()).transpose());
        rows.filter(|row| row.as_ref().map_or(true, &keep)).collect()
    }

    /// Visits the index of what is still to be sent, channel by channel, oldest first.
    pub(crate) fn each_waiting(
        &self,
        mut visit: impl FnMut(u64, DeliveryId, SubscriptionId),
    ) -> Result<(), ReadError> {
        self.engine.scan(Table::Waiting, &[], &[u8::MAX; 17], false, &mut |key, value| {
            let number = |bytes: Option<&[u8; 8]>| bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes));
            let (channel, id) = (number(key.first_chunk()), number(key.last_chunk()));
            visit(channel, DeliveryId(id), SubscriptionId(number(value.first_chunk())));
            ControlFlow::Continue(())
        })
    }

    pub(crate) fn delivery_rows(
        &self,
        keep: impl Fn(&DeliveryRow) -> bool,
    ) -> Result<Vec<DeliveryRow>, ReadError> {
        let mut rows = Vec::new();
        self.each(Table::Outbox, &[], &[u8::MAX; 9], false, &mut |_, row: DeliveryRow| {
            if keep(&row) {
                rows.push(row);
            }
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }
}

/// The rows themselves, and their places in the index of what is still to be sent.
pub(crate) fn rows_of(rows: &[DeliveryRow]) -> Result<Vec<Put>, WriteError> {
    let mut puts = Vec::with_capacity(2 * rows.len());
    for row in rows {
        puts.push(put(Table::Outbox, row.id.0.to_be_bytes(), row)?);
        // What a pause does not hold up is under no subscription.
        let held = match row.errand {
            Errand::Rewrite { .. } | Errand::Told { .. } | Errand::Sample => 0,
            _ => row.subscription.0,
        };
        let value = (!row.state.is_final()).then(|| held.to_be_bytes().to_vec());
        puts.push(Put { table: Table::Waiting, key: waiting_key(row), value });
    }
    Ok(puts)
}

pub(crate) fn waiting_key(row: &DeliveryRow) -> Vec<u8> {
    [row.channel.to_be_bytes(), row.id.0.to_be_bytes()].concat()
}
