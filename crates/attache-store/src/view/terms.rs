//! Days ahead that are no duty's and no tension's: contacts that are planned, exclusions that run out,
//! agreements whose term ends.

use std::collections::{BTreeSet, HashMap};

use attache_extract::event::{Kind, Status};
use attache_extract::when::Moment;
use jiff::civil::Date;

use crate::held::Fold;
use crate::id::EventId;
use crate::row::StoredEvent;

/// What comes on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// A contact that is planned for then at the latest.
    Planned,
    /// Goods that were left out of a duty fall under it again.
    Exclusion,
    /// An agreement's term ends.
    Agreement,
}

/// The term an event tells, and its last possible day.
#[must_use]
pub fn term_of(row: &StoredEvent) -> Option<(Date, Term)> {
    let event = &row.event;
    let expires = || event.expires.as_deref()?.parse::<Moment>().ok()?.days().map(|(_, last)| last);
    match event.kind.0 {
        Kind::Engagement if event.status.is_some_and(|status| status.0 == Status::Planned) => {
            Some((event.date.end?, Term::Planned))
        }
        Kind::TariffAction if event.subtype == "exclude" => Some((expires()?, Term::Exclusion)),
        Kind::Agreement => Some((expires()?, Term::Agreement)),
        _ => None,
    }
}

/// All terms by their days.
#[derive(Debug, Default)]
pub struct Terms {
    days: BTreeSet<(Date, EventId)>,
    of: HashMap<EventId, Date>,
}

impl Terms {
    /// The events whose term lies between two days, both included, by day.
    pub fn between(&self, from: Date, to: Date) -> impl Iterator<Item = EventId> {
        let days = (from <= to).then(|| self.days.range((from, EventId([0; 16]))..=(to, EventId([255; 16]))));
        days.into_iter().flatten().map(|(_, id)| *id)
    }
}

impl Fold for Terms {
    const KINDS: &'static [Kind] = &[Kind::Engagement, Kind::TariffAction, Kind::Agreement];

    fn put(&mut self, row: &StoredEvent) {
        self.forget(row.id);
        if let Some((day, _)) = term_of(row).filter(|_| !row.deleted) {
            self.of.insert(row.id, day);
            self.days.insert((day, row.id));
        }
    }

    fn forget(&mut self, id: EventId) {
        if let Some(day) = self.of.remove(&id) {
            self.days.remove(&(day, id));
        }
    }
}
