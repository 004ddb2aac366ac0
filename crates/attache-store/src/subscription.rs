//! Who wants to hear of what, when and where.

mod filter;
mod plan;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::Act;
use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::SubscriptionId;
use crate::outbox::{DeliveryRow, Errand, State, waiting_key};
use crate::store::{Store, put, remove};

pub use filter::Filter;
pub use plan::{Layout, Mention, Mode, Plan, Quiet};

/// A subscription to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubscription {
    /// Discord server; `None` for direct messages.
    pub guild: Option<u64>,
    /// Discord channel or thread.
    pub channel: u64,
    /// Who made it, as the audit log names people.
    pub author: String,
    /// What it delivers.
    pub filter: Filter,
    /// When and how.
    pub plan: Plan,
}

/// A stored subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Discord server.
    pub guild: Option<u64>,
    /// Discord channel or thread.
    pub channel: u64,
    /// Who made it.
    pub author: String,
    /// When (UTC). Events stored earlier are not delivered.
    pub since: Timestamp,
    /// What it delivers.
    pub filter: Filter,
    /// When and how.
    pub plan: Plan,
    /// Nothing is sent for now; deliveries wait meanwhile.
    pub paused: Option<Pause>,
    /// Whoever made it was told of a pause that the program made, and nothing was sent since.
    pub told: bool,
}

/// Why and since when a subscription rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// In words.
    pub why: String,
    /// Since then (UTC).
    pub since: Timestamp,
    /// It ends by itself then (UTC).
    pub until: Option<Timestamp>,
    /// Somebody wanted it so; otherwise Discord takes nothing there.
    pub by_person: bool,
}

impl Subscription {
    /// The pause that is in force at an instant.
    #[must_use]
    pub fn pause_at(&self, now: Timestamp) -> Option<&Pause> {
        self.paused.as_ref().filter(|pause| pause.until.is_none_or(|until| until > now))
    }
}

impl Store {
    /// Adds a subscription.
    ///
    /// # Errors
    /// When an equal one (channel and filter) exists, or the store cannot be written.
    pub fn subscribe(&self, new: NewSubscription, now: Timestamp) -> Result<Subscription, WriteError> {
        self.decide(now, &new.author, Act::Subscribe, |writer| {
            self.no_twin(None, new.channel, &new.filter)?;
            writer.subscription += 1;
            let subscription = Subscription {
                id: SubscriptionId(writer.subscription),
                guild: new.guild,
                channel: new.channel,
                author: new.author.clone(),
                since: now,
                filter: new.filter.clone(),
                plan: new.plan.clone(),
                paused: None,
                told: false,
            };
            let row = row(&subscription)?;
            Ok((subscription, vec![row]))
        })
    }

    fn no_twin(&self, but: Option<SubscriptionId>, channel: u64, filter: &Filter) -> Result<(), WriteError> {
        let twin = self
            .subscriptions()?
            .into_iter()
            .find(|held| but != Some(held.id) && held.channel == channel && held.filter == *filter);
        twin.map_or(Ok(()), |twin| {
            let what = format!("subscription {} already sends just that to this channel", twin.id);
            Err(WriteError::Conflict(what))
        })
    }

    /// Gives a subscription another filter and plan. What waits already is sent by the new plan; a
    /// wider filter brings back nothing that was stored before.
    ///
    /// # Errors
    /// When there is none of that id, another one does just that, or the store cannot be written.
    pub fn rearrange(
        &self,
        id: SubscriptionId,
        filter: &Filter,
        plan: &Plan,
        author: &str,
        now: Timestamp,
    ) -> Result<Subscription, WriteError> {
        self.decide(now, author, Act::Subscribe, |_| {
            let held = self.present_subscription(id)?;
            self.no_twin(Some(id), held.channel, filter)?;
            let after = Subscription { filter: filter.clone(), plan: plan.clone(), ..held };
            let row = row(&after)?;
            Ok((after, vec![row]))
        })
    }

    pub(crate) fn present_subscription(&self, id: SubscriptionId) -> Result<Subscription, WriteError> {
        self.subscription(id)?.ok_or_else(|| WriteError::Missing(format!("subscription {id}")))
    }

    /// Removes a subscription and what waits to be sent for it. What is on its way may still arrive, and
    /// what is to be set right of what was posted still is.
    ///
    /// # Errors
    /// When there is none of that id, or the store cannot be written.
    pub fn unsubscribe(
        &self,
        id: SubscriptionId,
        author: &str,
        now: Timestamp,
    ) -> Result<Subscription, WriteError> {
        self.decide(now, author, Act::Subscribe, |_| {
            let gone = self.present_subscription(id)?;
            let mut puts = vec![remove(Table::Subscription, id.0.to_be_bytes())];
            let drops = |row: &DeliveryRow| {
                let goes_on = matches!(row.errand, Errand::Rewrite { .. })
                    || matches!(row.state, State::Claimed { .. });
                row.subscription == id && !goes_on
            };
            for row in self.waiting(drops)? {
                puts.push(remove(Table::Outbox, row.id.0.to_be_bytes()));
                puts.push(remove(Table::Waiting, waiting_key(&row)));
            }
            Ok((gone, puts))
        })
    }

    /// The subscription of an id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn subscription(&self, id: SubscriptionId) -> Result<Option<Subscription>, ReadError> {
        self.row(Table::Subscription, &id.0.to_be_bytes())
    }

    /// All subscriptions, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>, ReadError> {
        self.all(Table::Subscription)
    }

    /// Stops sending for a subscription; what waits is kept.
    ///
    /// # Errors
    /// When there is none of that id, or the store cannot be written.
    pub fn pause(
        &self,
        id: SubscriptionId,
        pause: &Pause,
        author: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.set_paused(id, Some(pause), author, now)
    }

    /// Sends again, what waited first.
    ///
    /// # Errors
    /// As [`pause`](Self::pause).
    pub fn resume(&self, id: SubscriptionId, author: &str, now: Timestamp) -> Result<(), WriteError> {
        self.set_paused(id, None, author, now)
    }

    fn set_paused(
        &self,
        id: SubscriptionId,
        paused: Option<&Pause>,
        author: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.decide(now, author, Act::Subscribe, |_| {
            let mut subscription = self.present_subscription(id)?;
            subscription.paused = paused.cloned();
            Ok(((), vec![row(&subscription)?]))
        })
    }
}

pub(crate) fn row(subscription: &Subscription) -> Result<Put, WriteError> {
    put(Table::Subscription, subscription.id.0.to_be_bytes(), subscription)
}
