//! What the worker does to a store, and the lines by which it says so. Every text follows from a
//! label, so that whoever reads the store afterwards knows each byte that must be there.

use std::path::PathBuf;

use attache_store::record::EventRecord;
use attache_store::{Filter, NewSubscription};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::chance::Chance;

/// Topic of the events that subscriptions ask for. Only the first thread writes such events, makes
/// subscriptions and sends: so what it sees follows from what it did.
pub const LOUD: &str = "alpha";

/// What the worker is to do, as its one argument.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// The store's folder.
    pub folder: PathBuf,
    /// Part of every label, so that no two runs on one folder share one.
    pub run: u64,
    /// Decides everything else.
    pub seed: u64,
    /// Threads that write.
    pub threads: u64,
    /// Changes that each thread makes.
    pub changes: u64,
    /// Bytes of a segment of the journal, where they are not the usual ones.
    pub segments: Option<u64>,
    /// Only things that rest on nothing stored before are made.
    pub fresh: bool,
    /// What is written to.
    pub target: Target,
    /// The disk it stands on, where that is not the real one.
    pub disk: Option<DiskJob>,
}

/// What the worker writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A store.
    Store,
    /// A store's folder, which is mended and not opened.
    Repair,
    /// A store's folder, whose journal is made smaller.
    Compact,
    /// A plain file, to show what the tests find: each line is acknowledged after this.
    Plain(PlainSync),
}

/// How a plain file makes a line durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlainSync {
    /// Not at all.
    None,
    /// `sync_file_range`, as sled does: writing back begins, and that is all.
    Range,
    /// `fdatasync` of the file; the folder that names it is never synced.
    NoFolder,
    /// As it should be.
    Whole,
}

/// A disk of the tests.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DiskJob {
    /// What lies below it is on the disk.
    pub root: PathBuf,
    /// File for the log.
    pub log: PathBuf,
    /// See `attache_shim::Plan`.
    pub boot: PathBuf,
    /// See `attache_shim::Plan`.
    pub cut: Option<u64>,
    /// See `attache_shim::Plan`.
    pub room: Option<u64>,
    /// See `attache_shim::Plan`.
    pub copies: bool,
    /// See `attache_shim::Plan`.
    pub fail: Option<u64>,
    /// See `attache_shim::Plan`.
    pub slow: u64,
}

/// A change to the store. Articles, events and channels go by their labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// An article with so many new events, announced or not.
    Article {
        /// Of the article; its events are this with `e0`, `e1` and so on behind.
        label: String,
        /// How many.
        events: u64,
        /// Whether subscriptions ask for them.
        loud: bool,
    },
    /// An article that reports a stored contact once more.
    Report {
        /// Of the article.
        label: String,
        /// Of the event.
        event: String,
    },
    /// New words in an event.
    Edit {
        /// Of the event.
        event: String,
        /// The words.
        words: String,
    },
    /// An event taken out.
    Delete {
        /// Of the event.
        event: String,
    },
    /// And put back.
    Restore {
        /// Of the event.
        event: String,
    },
    /// The last change of an event taken back.
    Undo {
        /// Of the event.
        event: String,
    },
    /// A subscription to the loud events.
    Subscribe {
        /// Where to.
        channel: u64,
    },
    /// Its end.
    Unsubscribe {
        /// Where to.
        channel: u64,
    },
    /// The next delivery of every channel, claimed.
    Claim,
    /// Every claim taken back.
    Release,
    /// How far a feed was read, or that it was never.
    Read {
        /// The feed.
        feed: String,
        /// The reader's words.
        place: Option<String>,
    },
    /// A claimed delivery, sent.
    Send {
        /// Where to.
        channel: u64,
        /// Message id.
        message: u64,
    },
}

/// A line of the worker's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// The store is open.
    Open,
    /// The store did not open.
    Shut(String),
    /// A thread is about to do this.
    Try(u64, Change),
    /// The store said it is done.
    Done(u64),
    /// The store said it is not, or may be.
    Failed {
        /// Of which thread.
        thread: u64,
        /// The store's words.
        error: String,
        /// The store does not know whether it is there.
        uncertain: bool,
    },
    /// What the worker read is not what it wrote.
    Wrong(String),
    /// All is done, and the store closed.
    End,
}

/// Threads at most.
pub const THREADS: u64 = 4;

/// The feed that a thread reads.
#[must_use]
pub fn feed(thread: u64) -> String {
    format!("https://feeds.example/{thread}")
}

/// The label of an article's event.
#[must_use]
pub fn event_label(article: &str, place: u64) -> String {
    format!("{article}e{place}")
}

/// Which thread made what has this label: `r7t2n15` and `r7t2n15e0` are of thread 2.
#[must_use]
pub fn thread_of(label: &str) -> Option<u64> {
    label.split_once('t')?.1.split_once('n')?.0.parse().ok()
}

/// The text of the article of this label, whose second word is the label. Most are short, some fill
/// many pages of a disk.
#[must_use]
pub fn text(label: &str) -> String {
    let mut chance = of_label(label);
    let sentences = if chance.percent(12) { 100 + chance.below(500) } else { chance.below(30) };
    let mut text = format!("Report {label} says so.");
    for _ in 0..sentences {
        // Words that do not compress and do not repeat, so that a page in another's place shows.
        text.push_str(&format!(" The delegates of {:016x} spoke of {:x}.", chance.next(), chance.next()));
    }
    text
}

/// The label in an article's text.
#[must_use]
pub fn label_of(text: &str) -> Option<&str> {
    text.split(' ').nth(1)
}

fn of_label(label: &str) -> Chance {
    Chance::new(
        label.bytes().fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }),
    )
}

/// Whether the event of this label is a contact, which another article may report too; the others
/// are statements.
#[must_use]
pub fn is_contact(label: &str) -> bool {
    of_label(label).percent(40)
}

/// The day of an article or event.
#[must_use]
pub fn day(label: &str) -> Date {
    let days = i64::try_from(of_label(label).below(3000)).unwrap_or(0);
    date(2017, 1, 1).saturating_add(jiff::Span::new().days(days))
}

/// The event of this label, as it is when stored.
///
/// # Panics
/// Never: what is built here is a record.
#[must_use]
pub fn event(label: &str, loud: bool) -> EventRecord {
    let contact = is_contact(label);
    let day = day(label);
    let country = of_label(label).pick(&["CN", "MX", "JP"]).copied();
    serde_json::from_value(json!({
        "kind": if contact { "engagement" } else { "statement" },
        "subtype": if contact { "call" } else { "position" },
        "parties": [
            {"name": format!("Ana {label}"), "office": "Trade Secretary", "country": "US", "role": "participant"},
            {"name": format!("Chen {label}"), "office": "Commerce Minister", "country": country,
             "role": "participant"}],
        "date": {"start": day, "end": day, "precision": "day"},
        "effective": null, "expires": null, "duration": null, "rate": null, "scope": label,
        "topics": [if loud { LOUD } else { "quiet" }], "place": null, "factuality": "asserted",
        "status": if contact { Some("occurred") } else { None },
        "quote": "Report says so.", "claims": [], "plover": {"category": "CONSULT", "mode": null},
        "confidence": 0.9, "evidence": {"quote": [0, 15], "rules": ["test"]}
    }))
    .expect("a record of an event")
}

/// A subscription to the loud events.
#[must_use]
pub fn subscription(channel: u64) -> NewSubscription {
    let filter = Filter { topics: vec![LOUD.to_owned()], ..Filter::default() };
    NewSubscription {
        guild: Some(1),
        channel,
        author: "operator".to_owned(),
        filter,
        plan: Default::default(),
    }
}

/// The instant of everything.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_second(1_760_000_000).unwrap_or_default()
}

/// When a claim ends: after all that a test does.
#[must_use]
pub fn lease() -> Timestamp {
    Timestamp::from_second(1_760_003_600).unwrap_or_default()
}
