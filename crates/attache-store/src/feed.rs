//! Feeds people added, and how far each feed was read: whatever its reader needs to go on from there.

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

/// A feed that somebody added, or decided something about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedSource {
    /// Its address, which is its name here.
    pub url: String,
    /// What people call it.
    pub name: Option<String>,
    /// Seconds between two looks, where it is not the configured pause.
    pub every: Option<u32>,
    /// Why it is not read for now.
    pub paused: Option<String>,
    /// It was taken out; adding it again puts it back.
    pub removed: bool,
    /// The configuration has it; this row only says what was decided about it since.
    pub configured: bool,
    /// Who added it: `operator`, or `discord:` and a user id.
    pub author: String,
    /// When (UTC).
    pub since: Timestamp,
    /// Who changed it last.
    pub changed_by: String,
    /// When (UTC).
    pub changed: Timestamp,
}

impl Store {
    /// The feeds that somebody added or decided something about, in order of address, with those that
    /// were taken out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn feed_sources(&self) -> Result<Vec<FeedSource>, ReadError> {
        self.all(Table::Source)
    }

    /// Decides about a feed: `make` gets what is kept of it and says what is to be.
    ///
    /// # Errors
    /// That of `make`, or when the address is empty or longer than 2,000 bytes, or the store cannot be
    /// written.
    pub fn decide_feed(
        &self,
        url: &str,
        author: &str,
        now: Timestamp,
        make: impl Fn(Option<FeedSource>) -> Result<FeedSource, WriteError>,
    ) -> Result<FeedSource, WriteError> {
        named(url)?;
        self.decide(now, author, Act::Feeds, |_| {
            let mut after = make(self.row(Table::Source, url.as_bytes())?)?;
            (after.changed_by, after.changed) = (author.to_owned(), now);
            let row = put(Table::Source, url.as_bytes(), &after)?;
            Ok((after, vec![row]))
        })
    }

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
        named(feed)?;
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

fn named(feed: &str) -> Result<(), WriteError> {
    if feed.is_empty() || feed.len() > LONGEST {
        return Err(WriteError::Conflict(format!("a feed's name of {} bytes", feed.len())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decided_about_a_feed_is_kept_with_its_author() {
        let store = Store::in_memory().unwrap();
        let now = Timestamp::from_second(60).unwrap();
        let new = FeedSource {
            url: "https://a.example/feed".to_owned(),
            name: None,
            every: None,
            paused: None,
            removed: false,
            configured: false,
            author: "discord:1".to_owned(),
            since: now,
            changed_by: String::new(),
            changed: Timestamp::UNIX_EPOCH,
        };
        store.decide_feed(&new.url, "discord:1", now, |_| Ok(new.clone())).unwrap();
        let paused = store.decide_feed(&new.url, "discord:2", now, |kept| {
            Ok(FeedSource { paused: Some("by hand".to_owned()), ..kept.unwrap() })
        });
        let kept = store.feed_sources().unwrap();
        assert_eq!(kept, [paused.unwrap()]);
        assert_eq!((kept[0].author.as_str(), kept[0].changed_by.as_str()), ("discord:1", "discord:2"));
        assert!(store.decide_feed("", "x", now, |_| Ok(new.clone())).is_err());
        let refused = |_| Err(WriteError::Missing("feed".to_owned()));
        assert!(store.decide_feed("https://b.example/", "x", now, refused).is_err());
    }
}
