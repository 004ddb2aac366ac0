//! One commit: who changed what, when, and the rows that say so.

use jiff::Timestamp;

use crate::engine::Put;

/// Number of a commit, counted from 1; 0 stands before the first.
pub type Seq = u64;

/// What kind of change a commit is. Only ever grows at its end: the journal keeps the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Articles and their events came in.
    Ingest,
    /// The shipped chronology was loaded.
    Chronology,
    /// A curator changed events.
    Correct,
    /// Subscriptions were made, changed or removed.
    Subscribe,
    /// Deliveries were claimed, sent, put off or given up.
    Deliver,
    /// An export was read in.
    Import,
    /// Rows were put back after damage.
    Repair,
    /// An older format's rows were taken over.
    Migrate,
    /// A call was kept for a button, or forgotten.
    Offer,
    /// Feeds were added, changed or taken out.
    Feeds,
}

impl Act {
    const ALL: [Self; 10] = [
        Self::Ingest,
        Self::Chronology,
        Self::Correct,
        Self::Subscribe,
        Self::Deliver,
        Self::Import,
        Self::Repair,
        Self::Migrate,
        Self::Offer,
        Self::Feeds,
    ];

    pub(crate) fn code(self) -> u8 {
        Self::ALL.iter().position(|act| *act == self).and_then(|n| u8::try_from(n).ok()).unwrap_or(u8::MAX)
    }

    pub(crate) fn of_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// A change that is asked for.
#[derive(Debug, Clone)]
pub struct Change {
    /// When, by the caller's clock (UTC).
    pub at: Timestamp,
    /// What kind.
    pub act: Act,
    /// Who: `program`, `operator`, or `discord:` and a user id.
    pub author: String,
    /// The rows; of two that share table and key the later one counts.
    pub puts: Vec<Put>,
}
