//! Names that stored events hold, for suggestions while somebody types: kept in memory, each once,
//! with how often it occurs.
//!
//! Folded from the events when first asked, and brought up to date by what changed. A name stays
//! when its last event is taken out, until the store is opened anew; who asks for it finds nothing.

use std::collections::BTreeMap;

use attache_extract::Vocabulary as _;
use attache_extract::event::Kind;
use jiff::Timestamp;

use crate::error::ReadError;
use crate::held::Fold;
use crate::id::EventId;
use crate::row::StoredEvent;
use crate::store::Store;
use crate::view::tariffs::layer_of;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOf {
    /// People, as texts print them.
    Person,
    /// Subjects.
    Topic,
    /// Legal layers of tariffs.
    Layer,
    /// Goods that tariff steps name.
    Product,
    /// Two-letter codes of countries.
    Country,
}

/// Names with their number of events, by their lower-case form.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<NameOf, BTreeMap<String, (String, u32)>>);

impl Names {
    /// The names that hold the text typed, those that begin with it first, then the most frequent.
    #[must_use]
    pub fn matching(&self, of: NameOf, typed: &str, most: usize) -> Vec<&str> {
        let typed = typed.trim().to_lowercase();
        let named = self.0.get(&of).into_iter().flatten();
        let mut found: Vec<_> = named
            .filter(|(lower, _)| lower.contains(&typed))
            .map(|(lower, (name, count))| {
                let begins = lower.starts_with(&typed) || lower.contains(&format!(" {typed}"));
                (!begins, u32::MAX - count, name.as_str())
            })
            .collect();
        found.sort_unstable();
        found.into_iter().take(most).map(|(.., name)| name).collect()
    }

    /// How many events hold a name.
    #[must_use]
    pub fn count(&self, of: NameOf, name: &str) -> u32 {
        let held = self.0.get(&of).and_then(|names| names.get(&name.to_lowercase()));
        held.map_or(0, |(_, count)| *count)
    }
}

impl Fold for Names {
    const KINDS: &'static [Kind] = Kind::ALL;

    fn put(&mut self, row: &StoredEvent) {
        let event = &row.event;
        let mut add = |of: NameOf, name: &str| {
            let names = self.0.entry(of).or_default();
            names.entry(name.to_lowercase()).or_insert_with(|| (name.to_owned(), 0)).1 += 1;
        };
        for party in &event.parties {
            // A name alone may be a firm's or a ministry's; an office makes it a person's.
            if let (Some(name), true) =
                (&party.name, party.office.is_some() || event.kind.0 == Kind::Engagement)
            {
                add(NameOf::Person, name);
            }
            if let Some(code) = &party.country {
                add(NameOf::Country, code);
            }
        }
        event.topics.iter().for_each(|topic| add(NameOf::Topic, topic));
        if event.kind.0 == Kind::TariffAction {
            add(NameOf::Layer, &layer_of(event));
            if let Some(goods) = &event.scope {
                add(NameOf::Product, goods);
            }
        }
    }

    fn forget(&mut self, _id: EventId) {}
}

impl Store {
    /// How many events there are that are not deleted, and when the newest was first stored.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest(&self) -> Result<(u64, Option<Timestamp>), ReadError> {
        let (live, last) = {
            let index = self.index();
            (index.live(), index.last())
        };
        let row = last.map(|id| self.event(id)).transpose()?.flatten();
        Ok((live, row.map(|row| row.known_since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_a_part_of_them_and_follow_what_is_stored() {
        let store = Store::in_memory().unwrap();
        assert!(store.with_names(|names| names.matching(NameOf::Person, "", 9).is_empty()).unwrap());
        store.load_chronology(Timestamp::UNIX_EPOCH).unwrap();
        let asked = |of, typed: &str| {
            store.with_names(|names| {
                names.matching(of, typed, 9).iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()
            })
        };
        assert!(asked(NameOf::Person, "lifeng").unwrap().contains(&"He Lifeng".to_owned()));
        assert_eq!(asked(NameOf::Country, "cn").unwrap(), ["CN"]);
        assert!(!asked(NameOf::Layer, "ieepa").unwrap().is_empty());
        assert!(asked(NameOf::Topic, "no such thing").unwrap().is_empty());
    }
}
