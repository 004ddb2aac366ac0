//! What stands beneath a store: tables of rows, and the list of commits that made them.
//!
//! The trait says nothing of files, iterators or locks, so that another engine, such as an SQL
//! database that several processes share, can stand in. Every engine passes the conformance suite
//! in `tests/it/conformance.rs`.

mod compact;
pub(crate) mod format_1;
mod journaled;
mod plain;
mod repair;
mod swap;
mod tables;

use std::fmt::Debug;
use std::ops::ControlFlow;

use crate::change::{Change, Seq};
use crate::error::ReadError;

use crate::journal::Sizes;

pub use crate::journal::Place;
pub(crate) use compact::compact;
pub(crate) use journaled::{Journaled, Opened};
pub use plain::Plain;
pub(crate) use repair::repair;
use tables::Tables;

/// The tables of `LAYOUT.md`. The journal keeps a table's position, so the list only grows at its
/// end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Articles without their texts.
    Article,
    /// Texts in pieces.
    Text,
    /// Addresses.
    ArticleKey,
    /// Events.
    Event,
    /// Subscriptions.
    Subscription,
    /// Deliveries.
    Outbox,
    /// What is still to be sent, by channel.
    Waiting,
    /// What was queued for whom.
    Sent,
    /// Curators' changes.
    Audit,
    /// Last numbers given out.
    Meta,
    /// How far each feed was read.
    Feed,
    /// Calls too long to be written on a button.
    Call,
    /// Feeds people added.
    Source,
    /// Later texts of articles.
    Revision,
    /// Other places of articles.
    Appearance,
    /// Changes of the list of feeds.
    FeedChange,
    /// What articles' parts were read from.
    ReadFrom,
    /// How many articles were not taken, by reason.
    Aside,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 18] = [
        Self::Article,
        Self::Text,
        Self::ArticleKey,
        Self::Event,
        Self::Subscription,
        Self::Outbox,
        Self::Waiting,
        Self::Sent,
        Self::Audit,
        Self::Meta,
        Self::Feed,
        Self::Call,
        Self::Source,
        Self::Revision,
        Self::Appearance,
        Self::FeedChange,
        Self::ReadFrom,
        Self::Aside,
    ];

    /// Its name in messages and in sled.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Text => "text",
            Self::ArticleKey => "article_key",
            Self::Event => "event",
            Self::Subscription => "subscription",
            Self::Outbox => "outbox",
            Self::Waiting => "ix_waiting",
            Self::Sent => "sent",
            Self::Audit => "audit",
            Self::Meta => "meta",
            Self::Feed => "feed",
            Self::Call => "call",
            Self::Source => "source",
            Self::Revision => "revision",
            Self::Appearance => "appearance",
            Self::FeedChange => "feed_change",
            Self::ReadFrom => "read_from",
            Self::Aside => "aside",
        }
    }

    pub(crate) fn of_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// One row to write, or to remove where `value` is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Its table.
    pub table: Table,
    /// Its key; keys sort as bytes.
    pub key: Vec<u8>,
    /// Its value.
    pub value: Option<Vec<u8>>,
}

/// Takes a key and its value, and says whether to go on.
pub type Visit<'v> = &'v mut dyn FnMut(&[u8], &[u8]) -> ControlFlow<()>;

/// Takes a commit's number, the commit, and where each of its values can be found again.
pub type VisitChange<'v> = &'v mut dyn FnMut(Seq, Change, Vec<Place>) -> Result<(), String>;

/// The engine of a folder: a journal, and sled's tables made from it. For suites over the trait;
/// [`Store::open`](crate::Store::open) also holds the folder's lock.
///
/// # Errors
/// As [`Store::open`](crate::Store::open).
pub fn of_folder(folder: &std::path::Path) -> Result<Box<dyn Engine>, crate::OpenError> {
    Ok(Box::new(Journaled::open(folder, Sizes::default(), &mut |_, _| {})?.engine))
}

/// Why a commit was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitFault {
    /// Somebody else committed since; read again and decide anew.
    #[error("another writer was first")]
    Behind,
    /// Nothing was written.
    #[error("{0}")]
    Refused(String),
    /// It may be there whole, or not at all; only opening anew tells.
    #[error("{0}")]
    Uncertain(String),
}

/// Tables of rows, and the commits that made them.
///
/// # Guarantees every engine gives
/// - A commit is there whole or not at all, to readers and after a crash at any point.
/// - After [`settle`](Self::settle) has returned for a commit, it and all before it survive the loss
///   of power.
/// - Commits are numbered without a gap, and [`changes`](Self::changes) gives them back in order.
/// - A commit decided on the ground of commit `n` is refused where a later one is there.
pub trait Engine: Send + Sync + Debug {
    /// Number of the last commit.
    ///
    /// # Errors
    /// When the engine cannot be asked.
    fn head(&self) -> Result<Seq, ReadError>;

    /// The value of a key.
    ///
    /// # Errors
    /// When it cannot be read.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError>;

    /// The values of keys that were last written at these places. An engine that has no use for the
    /// place looks the key up.
    ///
    /// # Errors
    /// When one cannot be read.
    fn fetch(&self, table: Table, rows: &[(&[u8], Place)]) -> Result<Vec<Option<Vec<u8>>>, ReadError> {
        rows.iter().map(|(key, _)| self.get(table, key)).collect()
    }

    /// Visits the rows with `from <= key < to` in key order, or against it, until told to stop.
    ///
    /// # Errors
    /// When they cannot be read.
    fn scan(
        &self,
        table: Table,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        visit: Visit<'_>,
    ) -> Result<(), ReadError>;

    /// Makes a change that was decided after reading commit `after`, and gives its number and where
    /// each value stands. Readers see it at once; it is durable only after [`settle`](Self::settle).
    ///
    /// # Errors
    /// See [`CommitFault`].
    fn commit(&self, change: &Change, after: Seq) -> Result<(Seq, Vec<Place>), CommitFault>;

    /// Returns when a commit is on disk.
    ///
    /// # Errors
    /// When the disk failed; the engine takes no change then until it is opened anew.
    fn settle(&self, seq: Seq) -> Result<(), String>;

    /// Visits the commits after `after`, oldest first.
    ///
    /// # Errors
    /// Where one cannot be read, or at the first error of `take`.
    fn changes(&self, after: Seq, take: VisitChange<'_>) -> Result<(), String>;

    /// Reads everything it keeps and names each fault with its place.
    ///
    /// # Errors
    /// When the engine cannot be asked.
    fn check(&self) -> Result<Vec<String>, ReadError>;

    /// Bytes kept.
    ///
    /// # Errors
    /// When the engine cannot be asked.
    fn bytes(&self) -> Result<u64, ReadError>;

    /// Puts everything in order for the next opening. Nothing is committed after it.
    ///
    /// # Errors
    /// When the disk failed; everything settled is still there.
    fn close(&self) -> Result<(), String>;
}

impl<E: Engine + ?Sized> Engine for std::sync::Arc<E> {
    fn head(&self) -> Result<Seq, ReadError> {
        (**self).head()
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
        (**self).get(table, key)
    }

    fn fetch(&self, table: Table, rows: &[(&[u8], Place)]) -> Result<Vec<Option<Vec<u8>>>, ReadError> {
        (**self).fetch(table, rows)
    }

    fn scan(
        &self,
        table: Table,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        visit: Visit<'_>,
    ) -> Result<(), ReadError> {
        (**self).scan(table, from, to, backwards, visit)
    }

    fn commit(&self, change: &Change, after: Seq) -> Result<(Seq, Vec<Place>), CommitFault> {
        (**self).commit(change, after)
    }

    fn settle(&self, seq: Seq) -> Result<(), String> {
        (**self).settle(seq)
    }

    fn changes(&self, after: Seq, take: VisitChange<'_>) -> Result<(), String> {
        (**self).changes(after, take)
    }

    fn check(&self) -> Result<Vec<String>, ReadError> {
        (**self).check()
    }

    fn bytes(&self) -> Result<u64, ReadError> {
        (**self).bytes()
    }

    fn close(&self) -> Result<(), String> {
        (**self).close()
    }
}
