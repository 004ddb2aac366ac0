//! Feeds people added, and how far each feed was read: whatever its reader needs to go on from there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::Act;
use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::AuditId;
use crate::store::{Store, Writer, put, remove};

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

/// What was done to the list of feeds. Only grows at its end: rows keep the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedAction {
    /// Added, or put back.
    Added,
    /// Not read for now.
    Paused,
    /// Read again.
    Resumed,
    /// Taken out.
    Removed,
    /// An earlier change was taken back.
    Undid(AuditId),
}

impl FeedAction {
    /// The kind of change, in one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Removed => "removed",
            Self::Undid(_) => "undone",
        }
    }
}

/// One change of the list of feeds. Its number is of the same count as those of changes of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedChange {
    /// Its id.
    pub id: AuditId,
    /// The feed's address.
    pub feed: String,
    /// What was done.
    pub action: FeedAction,
    /// By whom: `operator`, `program`, or `discord:` and a user id.
    pub author: String,
    /// When (UTC).
    pub at: Timestamp,
    /// Why, or how.
    pub reason: String,
    /// What was kept of it before; `None` where nothing was.
    pub before: Option<FeedSource>,
    /// What was kept of it afterwards; `None` where nothing is.
    pub after: Option<FeedSource>,
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

    /// Decides about a feed: `make` gets what is kept of it and says what is to be. The change is
    /// written down and can be undone.
    ///
    /// # Errors
    /// That of `make`, or when the address is empty or longer than 2,000 bytes, or the store cannot be
    /// written.
    pub fn decide_feed(
        &self,
        url: &str,
        (action, reason): (FeedAction, &str),
        author: &str,
        now: Timestamp,
        make: impl Fn(Option<FeedSource>) -> Result<FeedSource, WriteError>,
    ) -> Result<FeedChange, WriteError> {
        named(url)?;
        self.decide(now, author, Act::Feeds, |writer| {
            let before: Option<FeedSource> = self.row(Table::Source, url.as_bytes())?;
            let mut after = make(before.clone())?;
            (after.changed_by, after.changed) = (author.to_owned(), now);
            let (author, reason) = (author.to_owned(), reason.to_owned());
            let (id, feed, after) = (AuditId(0), url.to_owned(), Some(after));
            feed_change(writer, FeedChange { id, feed, action, author, at: now, reason, before, after })
        })
    }

    /// A change of the list of feeds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn feed_change(&self, id: AuditId) -> Result<Option<FeedChange>, ReadError> {
        self.row(Table::FeedChange, &id.0.to_be_bytes())
    }

    /// The changes of the list of feeds, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn feed_changes(&self) -> Result<Vec<FeedChange>, ReadError> {
        self.all(Table::FeedChange)
    }

    /// Takes back a change of the list of feeds. A feed that was added is taken out: how far it was read
    /// stays known.
    ///
    /// # Errors
    /// When there is no such change, the feed was changed again since (undo that first), or the store
    /// cannot be written.
    pub fn undo_feed(&self, id: AuditId, author: &str, now: Timestamp) -> Result<FeedChange, WriteError> {
        self.decide(now, author, Act::Feeds, |writer| {
            let change = self.feed_change(id)?.ok_or_else(|| WriteError::Missing(format!("change {id}")))?;
            let present: Option<FeedSource> = self.row(Table::Source, change.feed.as_bytes())?;
            if !alike(present.as_ref(), change.after.as_ref()) {
                let what = format!(
                    "feed {} was changed again after change {id}; undo the later change first",
                    change.feed
                );
                return Err(WriteError::Conflict(what));
            }
            let gone =
                |row: &FeedSource| (!row.configured).then(|| FeedSource { removed: true, ..row.clone() });
            let after = change.before.clone().or_else(|| present.as_ref().and_then(gone));
            let after = after.map(|row| FeedSource { changed_by: author.to_owned(), changed: now, ..row });
            let (action, author) = (FeedAction::Undid(id), author.to_owned());
            let (id, feed, reason) = (AuditId(0), change.feed, format!("undo of {id}"));
            let undone = FeedChange { id, feed, action, author, at: now, reason, before: present, after };
            feed_change(writer, undone)
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

/// The change with its number, and the rows of both.
fn feed_change(writer: &mut Writer, change: FeedChange) -> Result<(FeedChange, Vec<Put>), WriteError> {
    writer.audit += 1;
    let change = FeedChange { id: AuditId(writer.audit), ..change };
    let row = match &change.after {
        Some(after) => put(Table::Source, change.feed.as_bytes(), after)?,
        None => remove(Table::Source, change.feed.as_bytes()),
    };
    let entry = put(Table::FeedChange, change.id.0.to_be_bytes(), &change)?;
    Ok((change, vec![row, entry]))
}

/// Whether two rows say the same of a feed, whoever said it when.
fn alike(one: Option<&FeedSource>, other: Option<&FeedSource>) -> bool {
    let said = |row: &FeedSource| (row.name.clone(), row.every, row.paused.clone(), row.removed);
    one.map(said) == other.map(said)
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
        let added = (FeedAction::Added, "");
        store.decide_feed(&new.url, added, "discord:1", now, |_| Ok(new.clone())).unwrap();
        let paused = store.decide_feed(&new.url, (FeedAction::Paused, ""), "discord:2", now, |kept| {
            Ok(FeedSource { paused: Some("by hand".to_owned()), ..kept.unwrap() })
        });
        let kept = store.feed_sources().unwrap();
        assert_eq!(kept, [paused.unwrap().after.unwrap()]);
        assert_eq!((kept[0].author.as_str(), kept[0].changed_by.as_str()), ("discord:1", "discord:2"));
        assert!(store.decide_feed("", added, "x", now, |_| Ok(new.clone())).is_err());
        let refused = |_| Err(WriteError::Missing("feed".to_owned()));
        assert!(store.decide_feed("https://b.example/", added, "x", now, refused).is_err());
        let told: Vec<_> = store.feed_changes().unwrap().iter().map(|change| change.action).collect();
        assert_eq!(told, [FeedAction::Added, FeedAction::Paused]);
    }

    #[test]
    fn changes_of_feeds_are_taken_back_the_latest_first() {
        let store = Store::in_memory().unwrap();
        let now = Timestamp::from_second(60).unwrap();
        let url = "https://a.example/feed";
        let row = |configured| FeedSource {
            url: url.to_owned(),
            name: None,
            every: None,
            paused: None,
            removed: false,
            configured,
            author: "discord:1".to_owned(),
            since: now,
            changed_by: String::new(),
            changed: now,
        };
        let decide = |action, make: &dyn Fn(FeedSource) -> FeedSource| {
            let make = |kept: Option<FeedSource>| Ok(make(kept.unwrap_or_else(|| row(false))));
            store.decide_feed(url, (action, ""), "discord:1", now, make).unwrap()
        };
        let kept = || store.feed_sources().unwrap().pop().unwrap();
        let added = decide(FeedAction::Added, &|row| row);
        let paused = decide(FeedAction::Paused, &|row| FeedSource { paused: Some("x".to_owned()), ..row });
        let early = store.undo_feed(added.id, "discord:2", now).unwrap_err();
        assert!(early.to_string().contains("undo the later change first"), "{early}");
        let undone = store.undo_feed(paused.id, "discord:2", now).unwrap();
        assert_eq!((kept().paused, undone.action), (None, FeedAction::Undid(paused.id)));
        store.undo_feed(undone.id, "discord:2", now).unwrap();
        assert_eq!(kept().paused.as_deref(), Some("x"));
        assert!(store.undo_feed(added.id, "discord:2", now).is_err());
        store.undo_feed(paused.id, "discord:2", now).unwrap();
        store.undo_feed(added.id, "discord:2", now).unwrap();
        assert!(kept().removed);
        // What was decided about a feed of the configuration is forgotten.
        let url = "https://b.example/feed";
        let paused =
            store.decide_feed(url, (FeedAction::Paused, ""), "discord:1", now, |_| Ok(row(true))).unwrap();
        store.undo_feed(paused.id, "discord:1", now).unwrap();
        assert_eq!(store.feed_sources().unwrap().len(), 1);
        // Numbers of changes are those of the one log.
        assert_eq!(paused.id, AuditId(7));
        assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
    }
}
