//! How far each feed was read: whatever its reader needs to go on from there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::Act;
use crate::engine::Table;
use crate::error::{ReadError, WriteError};
use crate::store::{Store, put, remove};

/// Longest name of a feed, in bytes.
const LONGEST: usize = 2_000;

/// Where the reading of a feed stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedMark {
    /// The reader's own words, such as an `ETag` and the newest item.
    pub place: String,
    /// When it was set (UTC).
    pub at: Timestamp,
}

impl Store {
    /// Where a feed's reading stands; `None` where it has not begun.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn feed_mark(&self, feed: &str) -> Result<Option<FeedMark>, ReadError> {
        self.row(Table::Feed, feed.as_bytes())
    }

    /// Sets where a feed's reading stands, or forgets it.
    ///
    /// # Errors
    /// When the name is empty or longer than 2,000 bytes, or the store cannot be written.
    pub fn set_feed_mark(&self, feed: &str, place: Option<&str>, now: Timestamp) -> Result<(), WriteError> {
        if feed.is_empty() || feed.len() > LONGEST {
            return Err(WriteError::Conflict(format!("a feed's name of {} bytes", feed.len())));
        }
        self.decide(now, "program", Act::Ingest, |_| {
            let row = match place {
                Some(place) => {
                    put(Table::Feed, feed.as_bytes(), &FeedMark { place: place.to_owned(), at: now })?
                }
                None => remove(Table::Feed, feed.as_bytes()),
            };
            Ok(((), vec![row]))
        })
    }
}
