//! The store itself.

use std::path::Path;

use attache_extract::Vocabulary as _;
use attache_extract::event::Kind;
use attache_store::{EventQuery, NewArticle, Store};
use jiff::Timestamp;

use crate::Side;
use crate::made_up::{Ask, KINDS, Report};

pub(crate) struct Ours {
    pub(crate) store: Store,
}

impl Ours {
    pub(crate) fn open(folder: &Path) -> Self {
        Self { store: Store::open(folder).unwrap_or_else(|error| panic!("{error}")) }
    }
}

pub(crate) fn query(ask: &Ask) -> EventQuery {
    let kind = Kind::ALL.iter().find(|kind| kind.as_str() == KINDS[ask.kind].0).copied();
    EventQuery {
        kinds: kind.into_iter().collect(),
        countries: ask.country.parse().into_iter().collect(),
        since: Some(ask.since),
        until: Some(ask.until),
        ..EventQuery::default()
    }
}

impl Side for Ours {
    fn commit(&mut self, batch: &[Report]) {
        let articles: Vec<_> = batch
            .iter()
            .map(|report| {
                let article = NewArticle {
                    title: None,
                    url: None,
                    publisher: None,
                    published: report.published,
                    text: &report.text,
                    origin: "bench",
                    rules: "0",
                };
                (article, report.events.as_slice())
            })
            .collect();
        self.store
            .commit_articles(&articles, Timestamp::UNIX_EPOCH)
            .unwrap_or_else(|error| panic!("{error}"));
    }

    fn latest(&self, ask: &Ask) -> usize {
        let query = EventQuery { since: None, ..query(ask) };
        self.store.events(&query, None, 50).unwrap_or_else(|error| panic!("{error}")).events.len()
    }

    fn count(&self, ask: &Ask) -> usize {
        self.store.count(&query(ask)).unwrap_or_else(|error| panic!("{error}"))
    }
}
