//! What is still to be sent. A row is written with the event it announces; a worker claims it for
//! a while, sends, and says what came of it. A worker that dies loses its claim when the lease ends.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::Act;
use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::{DeliveryId, EventId, SubscriptionId};
use crate::store::{Store, put};

/// State of a delivery, as shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits, not before this instant.
    Pending(Timestamp),
    /// A worker has it until this instant.
    Claimed(Timestamp),
    /// Sent: Discord's message id, and when.
    Delivered(u64, Timestamp),
    /// Given up.
    Dead,
}

/// One event to send to one channel for one subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// What to announce.
    pub event: EventId,
    /// For whom.
    pub subscription: SubscriptionId,
    /// Where.
    pub channel: u64,
    /// When it was queued (UTC).
    pub queued: Timestamp,
    /// Number of this claim; a worker whose number is no longer the latest may not report.
    pub fence: u64,
    /// Claims so far, this one included.
    pub attempts: u32,
    /// State.
    pub state: DeliveryState,
    /// Why the last attempt failed.
    pub last_fault: Option<String>,
}

impl Delivery {
    /// The same for every attempt at this delivery, and for no other: Discord's `nonce` (at most
    /// 25 characters).
    #[must_use]
    pub fn nonce(&self) -> String {
        format!("{}-{}", self.event.to_string().get(..14).unwrap_or_default(), self.subscription)
            .chars()
            .take(25)
            .collect()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeliveryRow {
    pub(crate) id: DeliveryId,
    pub(crate) event: EventId,
    pub(crate) subscription: SubscriptionId,
    pub(crate) channel: u64,
    pub(crate) queued: Timestamp,
    pub(crate) state: State,
    pub(crate) fence: u64,
    pub(crate) attempts: u32,
    pub(crate) last_fault: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum State {
    Pending { not_before: Timestamp },
    Claimed { worker: String, until: Timestamp },
    Delivered { message: u64, at: Timestamp },
    Dead { at: Timestamp },
}

impl State {
    pub(crate) const fn is_final(&self) -> bool {
        matches!(self, Self::Delivered { .. } | Self::Dead { .. })
    }

    fn ready(&self, now: Timestamp) -> bool {
        match self {
            Self::Pending { not_before } => *not_before <= now,
            Self::Claimed { until, .. } => *until <= now,
            Self::Delivered { .. } | Self::Dead { .. } => false,
        }
    }
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        let state = match row.state {
            State::Pending { not_before } => DeliveryState::Pending(not_before),
            State::Claimed { until, .. } => DeliveryState::Claimed(until),
            State::Delivered { message, at } => DeliveryState::Delivered(message, at),
            State::Dead { .. } => DeliveryState::Dead,
        };
        Self {
            id: row.id,
            event: row.event,
            subscription: row.subscription,
            channel: row.channel,
            queued: row.queued,
            fence: row.fence,
            attempts: row.attempts,
            state,
            last_fault: row.last_fault,
        }
    }
}

impl Store {
    /// Claims up to `most` deliveries that are due, at most one per channel so that a channel's
    /// messages keep their order, until `until`. Paused subscriptions wait.
    ///
    /// # Errors
    /// When the store cannot be read or written; nothing is claimed then.
    pub fn claim(
        &self,
        worker: &str,
        now: Timestamp,
        until: Timestamp,
        most: usize,
    ) -> Result<Vec<Delivery>, WriteError> {
        self.decide(now, worker, Act::Deliver, |_| {
            let mut claimed = Vec::new();
            for mut row in self.channel_heads()?.into_iter().filter(|row| row.state.ready(now)).take(most) {
                row.state = State::Claimed { worker: worker.to_owned(), until };
                row.fence += 1;
                row.attempts += 1;
                claimed.push(row);
            }
            let puts = rows_of(&claimed)?;
            Ok((claimed.into_iter().map(Delivery::from).collect(), puts))
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

    /// Marks a claimed delivery as sent.
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
        self.settle(id, fence, now, |row| row.state = State::Delivered { message, at: now })
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
        self.settle(id, fence, now, |row| {
            row.state = State::Pending { not_before };
            row.last_fault = Some(fault.to_owned());
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
            let row: Option<DeliveryRow> = self.row(Table::Outbox, &id.0.to_be_bytes())?;
            let mut row = row.ok_or_else(|| WriteError::Missing(format!("delivery {id}")))?;
            if row.fence != fence || !matches!(row.state, State::Claimed { .. }) {
                return Err(WriteError::Conflict(format!("delivery {id} is another worker's by now")));
            }
            change(&mut row);
            Ok(((), rows_of(&[row])?))
        })
    }

    /// The latest deliveries of a subscription, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries(&self, subscription: SubscriptionId, most: usize) -> Result<Vec<Delivery>, ReadError> {
        let rows = self.delivery_rows(|row| row.subscription == subscription)?;
        Ok(rows.into_iter().rev().take(most).map(Delivery::from).collect())
    }

    /// When the next delivery is due: a pending one's instant, or the end of a lease.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_due(&self) -> Result<Option<Timestamp>, ReadError> {
        let due = |row: &DeliveryRow| match row.state {
            State::Pending { not_before } => Some(not_before),
            State::Claimed { until, .. } => Some(until),
            State::Delivered { .. } | State::Dead { .. } => None,
        };
        Ok(self.channel_heads()?.iter().filter_map(due).min())
    }

    /// The oldest unsent row of each channel; it holds back the ones behind it. Rows of paused
    /// subscriptions rest and hold nothing back.
    fn channel_heads(&self) -> Result<Vec<DeliveryRow>, ReadError> {
        let paused = self.subscriptions()?.into_iter().filter(|s| s.paused.is_some());
        let resting: BTreeSet<_> = paused.map(|s| s.id).collect();
        let mut heads: BTreeMap<u64, DeliveryId> = BTreeMap::new();
        self.each_waiting(|channel, id, subscription| {
            if !resting.contains(&subscription) {
                heads.entry(channel).or_insert(id);
            }
        })?;
        let mut ids: Vec<_> = heads.into_values().collect();
        ids.sort();
        ids.into_iter().filter_map(|id| self.row(Table::Outbox, &id.0.to_be_bytes()).transpose()).collect()
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
        let value = (!row.state.is_final()).then(|| row.subscription.0.to_be_bytes().to_vec());
        puts.push(Put { table: Table::Waiting, key: waiting_key(row), value });
    }
    Ok(puts)
}

pub(crate) fn waiting_key(row: &DeliveryRow) -> Vec<u8> {
    [row.channel.to_be_bytes(), row.id.0.to_be_bytes()].concat()
}
