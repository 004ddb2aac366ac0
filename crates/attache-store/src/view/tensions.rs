//! The tension register: threads of moves on one subject between the same sides.

use attache_extract::Vocabulary as _;
use attache_extract::event::{Factuality, Kind, Status, Tension};
use jiff::civil::Date;

use crate::id::EventId;
use crate::row::StoredEvent;

/// Days after which a later move on the same subject begins a thread of its own.
const APART: i32 = 120;

/// One tension.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The first move's id: the thread's name.
    pub id: EventId,
    /// Both sides, sorted.
    pub sides: Vec<String>,
    /// The subject the moves share.
    pub subject: String,
    /// Its moves, oldest first; never empty.
    pub moves: Vec<StoredEvent>,
    /// State as of the day asked for.
    pub status: Status,
    /// Until when it is eased, where the text says.
    pub until: Option<String>,
}

impl Thread {
    /// The latest move.
    #[must_use]
    pub fn last(&self) -> Option<&StoredEvent> {
        self.moves.last()
    }

    /// Who made the latest move.
    #[must_use]
    pub fn last_mover(&self) -> Option<&str> {
        let actors = |role| role != attache_extract::Role::Recipient;
        self.last()?.event.parties.iter().find(|party| actors(party.role.0))?.country.as_deref()
    }

    /// The other side, where the latest move left the tension open: the next move is theirs.
    #[must_use]
    pub fn owed_by(&self) -> Option<&str> {
        let mover = self.last_mover().filter(|_| self.status == Status::Open)?;
        self.sides.iter().map(String::as_str).find(|side| *side != mover)
    }
}

/// The threads as they stood at the end of a day, latest move first. Only what had happened and
/// was said to be so counts; a denial or a mere possibility opens nothing.
#[must_use]
pub fn register(events: &[StoredEvent], as_of: Date) -> Vec<Thread> {
    let mut moves: Vec<_> = events.iter().filter(|row| is_move(row) && row.sort_day <= as_of).collect();
    moves.sort_by_key(|row| (row.sort_day, row.event.evidence.quote, row.id));
    let mut threads: Vec<Thread> = Vec::new();
    for row in moves {
        match threads.iter_mut().rev().find(|thread| continues(thread, row)) {
            Some(thread) => thread.moves.push(row.clone()),
            None => threads.push(open(row)),
        }
    }
    for thread in &mut threads {
        (thread.status, thread.until) = state(&thread.moves, as_of);
    }
    threads.sort_by_key(|thread| std::cmp::Reverse(thread.last().map(|row| (row.sort_day, row.id))));
    threads
}

fn is_move(row: &StoredEvent) -> bool {
    let told = matches!(row.event.factuality.0, Factuality::Asserted | Factuality::Reported);
    row.event.kind.0 == Kind::Tension && told && !row.deleted
}

fn open(row: &StoredEvent) -> Thread {
    Thread {
        id: row.id,
        sides: sides(row),
        subject: subject(row),
        moves: vec![row.clone()],
        status: Status::Open,
        until: None,
    }
}

fn sides(row: &StoredEvent) -> Vec<String> {
    let mut codes: Vec<_> = row.event.parties.iter().filter_map(|party| party.country.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn subject(row: &StoredEvent) -> String {
    let topic = row.event.topics.first().cloned();
    topic.or_else(|| row.event.scope.clone()).unwrap_or_else(|| row.event.subtype.replace('_', " "))
}

/// A move joins a thread by its sides, a shared subject, and time.
fn continues(thread: &Thread, row: &StoredEvent) -> bool {
    let Some(last) = thread.last() else { return false };
    let days = last.sort_day.until(row.sort_day).map_or(i32::MAX, |span| span.get_days());
    let its = sides(row);
    let sides_fit = !its.is_empty()
        && (its.iter().all(|side| thread.sides.contains(side))
            || thread.sides.iter().all(|side| its.contains(side)));
    let shared = thread.moves.iter().any(|earlier| {
        let same_topic = row.event.topics.iter().any(|topic| earlier.event.topics.contains(topic));
        let same_form = row.event.subtype == earlier.event.subtype && row.event.topics.is_empty();
        same_topic || same_form && row.event.scope == earlier.event.scope
    });
    days <= APART && sides_fit && shared
}

/// The latest move on a measure decides; an easing that has run out leaves the measure open again.
fn state(moves: &[StoredEvent], as_of: Date) -> (Status, Option<String>) {
    let deciding = moves.iter().rev().find(|row| !is_comment(row)).or_else(|| moves.last());
    let Some(row) = deciding else { return (Status::Open, None) };
    let status = row.event.status.map_or(Status::Open, |status| status.0);
    let until = row.event.expires.clone().filter(|_| status == Status::Eased);
    let over = until.as_deref().and_then(|text| text.parse::<attache_extract::when::Moment>().ok()?.days());
    if over.is_some_and(|(_, last)| last < as_of) {
        return (Status::Open, None);
    }
    (status, until)
}

/// Words about a measure do not change the measure.
fn is_comment(row: &StoredEvent) -> bool {
    let words = [Tension::Condemnation, Tension::Accusation];
    Tension::parse(&row.event.subtype).is_some_and(|subtype| words.contains(&subtype))
}
