//! Which feeds there are: those of the config, and those people added, with what was decided since.

use std::collections::BTreeMap;
use std::time::Duration;

use attache_store::{FeedSource, ReadError, Store};

use super::Plan;

/// A feed to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Feed {
    /// Its address, which is its name.
    pub(crate) url: String,
    /// What people call it.
    pub(crate) name: Option<String>,
    /// Pause between two looks.
    pub(crate) every: Duration,
    /// Why it is not read for now.
    pub(crate) paused: Option<String>,
    /// The config has it.
    pub(crate) configured: bool,
    /// Who added it, or the config.
    pub(crate) author: String,
}

/// Every feed that was not taken out, in order of address.
pub(crate) fn all(store: &Store, plan: &Plan) -> Result<Vec<Feed>, ReadError> {
    let mut feeds: BTreeMap<String, Feed> = BTreeMap::new();
    for feed in &plan.feeds {
        let feed = Feed {
            url: feed.url.clone(),
            name: feed.name.clone(),
            every: feed.every.unwrap_or(plan.every),
            paused: None,
            configured: true,
            author: "config".to_owned(),
        };
        feeds.insert(feed.url.clone(), feed);
    }
    for row in store.feed_sources()? {
        match feeds.get_mut(&row.url) {
            Some(configured) => configured.paused = row.paused,
            // What the config has no more is gone, whatever was decided about it.
            None if row.removed || row.configured => {}
            None => drop(feeds.insert(row.url.clone(), added(row, plan))),
        }
    }
    Ok(feeds.into_values().collect())
}

/// Those that are read.
pub(crate) fn active(store: &Store, plan: &Plan) -> Result<Vec<Feed>, ReadError> {
    Ok(all(store, plan)?.into_iter().filter(|feed| feed.paused.is_none()).collect())
}

fn added(row: FeedSource, plan: &Plan) -> Feed {
    let every = row.every.map_or(plan.every, |seconds| Duration::from_secs(u64::from(seconds)));
    Feed { url: row.url, name: row.name, every, paused: row.paused, configured: false, author: row.author }
}
