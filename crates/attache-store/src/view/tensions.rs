//! The tension register: threads of moves on one subject between the same sides.

mod belonging;
mod register;
mod standing;

use std::sync::Arc;

use attache_extract::Vocabulary as _;
use attache_extract::event::Tension;

use crate::id::EventId;
use crate::row::StoredEvent;
use crate::view::origin;

pub use register::Register;

/// Where a tension stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stands.
    Open,
    /// Suspended or softened.
    Eased,
    /// Ended.
    Resolved,
    /// Words that nobody took up again.
    Lapsed,
}

impl Standing {
    /// All, as commands list them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Eased, Self::Resolved, Self::Lapsed];

    /// The word used in commands and data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Eased => "eased",
            Self::Resolved => "resolved",
            Self::Lapsed => "lapsed",
        }
    }
}

/// A move and why it is in its thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The move.
    pub row: Arc<StoredEvent>,
    /// The reason; `None` for the one that opened the thread.
    pub why: Option<Arc<str>>,
}

/// One tension.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The first move's id.
    pub id: EventId,
    /// The thread's name, which a move may carry to belong to it: the chronology's, or the first
    /// move's id.
    pub name: String,
    /// Both sides, sorted.
    pub sides: Vec<String>,
    /// The subject the moves share.
    pub subject: String,
    /// Its moves, oldest first; never empty.
    pub moves: Vec<Link>,
    /// State as of the day asked for.
    pub status: Standing,
    /// Until when it is eased, where the text says.
    pub until: Option<String>,
    /// What the state rests on or waits for, where that needs words.
    pub note: Option<String>,
}

impl Thread {
    /// The first move.
    #[must_use]
    pub fn first(&self) -> Option<&StoredEvent> {
        self.moves.first().map(|link| link.row.as_ref())
    }

    /// The latest move.
    #[must_use]
    pub fn last(&self) -> Option<&StoredEvent> {
        self.moves.last().map(|link| link.row.as_ref())
    }

    /// Who made the latest move.
    #[must_use]
    pub fn last_mover(&self) -> Option<&str> {
        mover(self.last()?)
    }

    /// The other side, where the latest move left the tension open: the next move is theirs.
    #[must_use]
    pub fn owed_by(&self) -> Option<&str> {
        let mover = self.last_mover().filter(|_| self.status == Standing::Open)?;
        self.sides.iter().map(String::as_str).find(|side| *side != mover)
    }

    /// What would open it again, where it is eased.
    #[must_use]
    pub fn reopens(&self) -> Option<String> {
        if self.status != Standing::Eased {
            return None;
        }
        let end =
            self.until.as_ref().map(|until| format!("its suspension ends on {until} and is not prolonged"));
        Some(end.unwrap_or_else(|| "the measure is taken up again; the texts give no day".to_owned()))
    }

    /// The chronology's names for its moves.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.moves.iter().filter_map(|link| origin::key(&link.row.event))
    }
}

fn sides(row: &StoredEvent) -> Vec<String> {
    let mut codes: Vec<_> = row.event.parties.iter().filter_map(|party| party.country.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn mover(row: &StoredEvent) -> Option<&str> {
    let acts = |role| role != attache_extract::Role::Recipient;
    row.event.parties.iter().find(|party| acts(party.role.0))?.country.as_deref()
}

/// Words about a measure do not change the measure.
fn is_comment(row: &StoredEvent) -> bool {
    let words = [Tension::Condemnation, Tension::Accusation, Tension::Warning];
    Tension::parse(&row.event.subtype).is_some_and(|subtype| words.contains(&subtype))
}
