//! Feeds: looked at by themselves, each in its own time, item by item into the store.
//!
//! ```text
//! address ─ fetch ─ document ─ item ─ (page) ─ article ──▶ store, and whoever delivers is told
//! ```
//!
//! A feed is named by the address it was given under. What it is asked next is decided by what came of
//! it last: a failure puts it off, longer each time, and delays no other.

mod board;
pub(crate) mod discover;
pub(crate) mod document;
pub(crate) mod item;
pub(crate) mod look;
mod schedule;
mod sources;
mod state;

pub use board::Board;
pub(crate) use schedule::{of_config, start};
pub(crate) use sources::{Feed, all};
pub(crate) use state::State;

use std::time::Duration;

/// What the config says of feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Pause between two looks at a feed.
    pub every: Duration,
    /// Days back that a feed's first reading goes.
    pub days: u32,
    /// Feeds of the config.
    pub feeds: Vec<Configured>,
}

/// A feed of the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configured {
    /// Its address.
    pub url: String,
    /// What people call it.
    pub name: Option<String>,
    /// Pause between two looks, where it has its own.
    pub every: Option<Duration>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { every: Duration::from_secs(600), days: 7, feeds: Vec::new() }
    }
}
