//! Who wants to hear of what.

use attache_extract::StateCode;
use attache_extract::event::{Factuality, Kind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::Act;
use crate::engine::Table;
use crate::error::{ReadError, WriteError};
use crate::id::SubscriptionId;
use crate::outbox::waiting_key;
use crate::query;
use crate::record::{EventRecord, Word};
use crate::store::{Store, put, remove};

/// Which events a subscription delivers. An empty list lets everything through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Any of these kinds.
    pub kinds: Vec<Word<Kind>>,
    /// All of these take part (two-letter codes).
    pub countries: Vec<String>,
    /// Any of these stands in a party's name or office.
    pub people: Vec<String>,
    /// Any of these is a subject.
    pub topics: Vec<String>,
    /// Any of these.
    pub factualities: Vec<Word<Factuality>>,
    /// At least so sure, in thousandths.
    pub least_confidence: u16,
}

impl Default for Filter {
    /// Everything that is asserted or reported: no threats, plans put as possible, or denials.
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            countries: Vec::new(),
            people: Vec::new(),
            topics: Vec::new(),
            factualities: vec![Word(Factuality::Asserted), Word(Factuality::Reported)],
            least_confidence: 0,
        }
    }
}

impl Filter {
    /// Whether the event passes.
    #[must_use]
    pub fn wants(&self, event: &EventRecord) -> bool {
        self.refusal(event).is_none()
    }

    /// The first rule that keeps the event out, in words.
    #[must_use]
    pub fn refusal(&self, event: &EventRecord) -> Option<&'static str> {
        let codes = || self.countries.iter().map(|code| code.parse::<StateCode>());
        let passes = |list: &[String], test: &dyn Fn(&str) -> bool| {
            list.is_empty() || list.iter().any(|item| test(item))
        };
        if !self.kinds.is_empty() && !self.kinds.contains(&event.kind) {
            return Some("kind");
        }
        if !self.factualities.is_empty() && !self.factualities.contains(&event.factuality) {
            return Some("factuality");
        }
        if event.confidence * 1000.0 + 0.5 < f64::from(self.least_confidence) {
            return Some("confidence");
        }
        if !codes().all(|code| code.is_ok_and(|code| query::takes_part(event, code))) {
            return Some("country");
        }
        if !passes(&self.people, &|person| query::names(event, person)) {
            return Some("person");
        }
        (!passes(&self.topics, &|topic| query::about(event, topic))).then_some("topic")
    }
}

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
    /// Why nothing is sent for now; deliveries wait meanwhile.
    pub paused: Option<String>,
}

impl Store {
    /// Adds a subscription.
    ///
    /// # Errors
    /// When an equal one (channel and filter) exists, or the store cannot be written.
    pub fn subscribe(&self, new: NewSubscription, now: Timestamp) -> Result<Subscription, WriteError> {
        self.decide(now, &new.author, Act::Subscribe, |writer| {
            let twin = self
                .subscriptions()?
                .into_iter()
                .find(|s| s.channel == new.channel && s.filter == new.filter);
            if let Some(twin) = twin {
                return Err(WriteError::Conflict(format!(
                    "subscription {} already sends just that to this channel",
                    twin.id
                )));
            }
            writer.subscription += 1;
            let subscription = Subscription {
                id: SubscriptionId(writer.subscription),
                guild: new.guild,
                channel: new.channel,
                author: new.author.clone(),
                since: now,
                filter: new.filter.clone(),
                paused: None,
            };
            let row = put(Table::Subscription, subscription.id.0.to_be_bytes(), &subscription)?;
            Ok((subscription, vec![row]))
        })
    }

    /// Removes a subscription and what waits to be sent for it.
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
            let gone =
                self.subscription(id)?.ok_or_else(|| WriteError::Missing(format!("subscription {id}")))?;
            let mut puts = vec![remove(Table::Subscription, id.0.to_be_bytes())];
            for row in self.waiting(|row| row.subscription == id)? {
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

    /// Stops sending for a subscription, with the reason; what waits is kept.
    ///
    /// # Errors
    /// When there is none of that id, or the store cannot be written.
    pub fn pause(
        &self,
        id: SubscriptionId,
        reason: &str,
        author: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.set_paused(id, Some(reason.to_owned()), author, now)
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
        paused: Option<String>,
        author: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        self.decide(now, author, Act::Subscribe, |_| {
            let mut subscription =
                self.subscription(id)?.ok_or_else(|| WriteError::Missing(format!("subscription {id}")))?;
            subscription.paused.clone_from(&paused);
            let row = put(Table::Subscription, id.0.to_be_bytes(), &subscription)?;
            Ok(((), vec![row]))
        })
    }
}
