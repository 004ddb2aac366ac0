//! Why an event was sent to a subscription, or was not.

use jiff::Timestamp;

use super::{Delivery, Pace, State, Wait};
use crate::correct::{Action, AuditEntry};
use crate::engine::Table;
use crate::error::ReadError;
use crate::id::{DeliveryId, EventId, SubscriptionId};
use crate::key;
use crate::query::Rule;
use crate::row::StoredEvent;
use crate::store::Store;
use crate::subscription::Subscription;

/// What became of an event for a subscription.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It stands in the channel.
    Delivered(Box<Delivery>),
    /// It is being sent now.
    BeingSent(Box<Delivery>),
    /// It waits.
    Waits(Box<Delivery>, Wait),
    /// It was given up.
    GivenUp(Box<Delivery>),
    /// It tells of the same as that event, which stands for both.
    Duplicate(EventId),
    /// A curator took it out.
    TakenOut,
    /// It was stored before the subscription began; the rule would keep it out as well.
    Before(Option<Rule>),
    /// A rule of the filter keeps it out.
    Filtered(Rule),
    /// It fits, and was stored without being announced: with an import, the chronology, or before the
    /// filter was made wider.
    Unannounced,
}

impl Store {
    /// What became of an event for a subscription, and why.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn why(
        &self,
        event: &StoredEvent,
        held: &Subscription,
        now: Timestamp,
        pace: &Pace,
    ) -> Result<Verdict, ReadError> {
        let sent: Option<DeliveryId> = self.row(Table::Sent, &key::sent(event.id, held.id))?;
        let row = sent.map(|id| self.rows_at(&[id])).transpose()?.and_then(|mut rows| rows.pop());
        if let Some(row) = row {
            let delivery = |row| Box::new(Delivery::from(row));
            match row.state {
                State::Delivered { .. } => return Ok(Verdict::Delivered(delivery(row))),
                State::Claimed { .. } => return Ok(Verdict::BeingSent(delivery(row))),
                State::Dead { .. } => return Ok(Verdict::GivenUp(delivery(row))),
                State::Pending { .. } => {
                    let wait = match held.pause_at(now) {
                        Some(pause) => Wait::Pause(pause.clone()),
                        None => self.look(now, pace)?.waits.remove(&row.id).unwrap_or(Wait::Behind),
                    };
                    return Ok(Verdict::Waits(delivery(row), wait));
                }
                State::CalledOff { .. } => {}
            }
        }
        if event.deleted {
            let into = self.changes_of(event.id, 1)?.into_iter().find_map(|entry| match entry.action {
                Action::MergedInto(kept) => Some(kept),
                _ => None,
            });
            return Ok(into.map_or(Verdict::TakenOut, Verdict::Duplicate));
        }
        let refusal = held.filter.refusal(event);
        if event.known_since < held.since {
            return Ok(Verdict::Before(refusal));
        }
        Ok(refusal.map_or(Verdict::Unannounced, Verdict::Filtered))
    }

    /// The latest changes of an event, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn changes_of(&self, event: EventId, most: usize) -> Result<Vec<AuditEntry>, ReadError> {
        let mut entries = Vec::new();
        self.each(Table::Audit, &[], &[u8::MAX; 9], true, &mut |_, entry: AuditEntry| {
            if entry.event == event && entries.len() < most {
                entries.push(entry);
            }
            if entries.len() == most {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        })?;
        Ok(entries)
    }

    /// The delivery by which an event was announced to a subscription.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn announcement(
        &self,
        event: EventId,
        subscription: SubscriptionId,
    ) -> Result<Option<Delivery>, ReadError> {
        let id: Option<DeliveryId> = self.row(Table::Sent, &key::sent(event, subscription))?;
        id.map_or(Ok(None), |id| self.delivery(id))
    }
}
