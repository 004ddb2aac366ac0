//! The tension register: threads of moves on one subject between the same sides.

use std::collections::BTreeMap;

use attache_extract::Vocabulary as _;
use attache_extract::event::{Factuality, Kind, Status, Tension};
use attache_extract::when::Moment;
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
        mover(self.last()?)
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

/// A thread is open while any of its measures is; the latest move on a measure, one side's acts of
/// one form, decides about that measure. A thread of words alone is open as its last word has it.
fn state(moves: &[StoredEvent], as_of: Date) -> (Status, Option<String>) {
    let mut measures: BTreeMap<(&str, &str), (Status, Option<String>)> = BTreeMap::new();
    for row in moves.iter().filter(|row| !is_comment(row)) {
        measures.insert((mover(row).unwrap_or_default(), &row.event.subtype), measure(row, as_of));
    }
    if measures.is_empty() {
        return moves.last().map_or((Status::Open, None), |row| measure(row, as_of));
    }
    let of = |wanted: Status| measures.values().filter(move |(status, _)| *status == wanted);
    let open = measures.values().any(|(status, _)| !matches!(status, Status::Eased | Status::Resolved));
    if open {
        (Status::Open, None)
    } else if of(Status::Eased).count() > 0 {
        // The first end is the one to watch.
        (Status::Eased, of(Status::Eased).filter_map(|(_, until)| until.clone()).min())
    } else {
        (Status::Resolved, None)
    }
}

/// What one move leaves; an easing that has run out leaves the measure open again.
fn measure(row: &StoredEvent, as_of: Date) -> (Status, Option<String>) {
    let status = row.event.status.map_or(Status::Open, |status| status.0);
    let until = row.event.expires.clone().filter(|_| status == Status::Eased);
    let end = until.as_deref().and_then(|text| text.parse::<Moment>().ok());
    let over = end.and_then(|end| Some((end, end.days()?.1)));
    // An end that gives an hour has come by the end of its day.
    if over.is_some_and(|(end, last)| last < as_of || (last == as_of && end.time.is_some())) {
        return (Status::Open, None);
    }
    (status, until)
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
