//! All threads: moves put to them one by one in order of their days, so that a later day only adds.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use attache_extract::event::{Factuality, Kind};
use jiff::civil::Date;

use super::belonging::{APART, Track, Why, is_telling, measure_of};
use super::standing::state;
use super::{Link, Thread, sides};
use crate::held::Fold;
use crate::id::EventId;
use crate::row::StoredEvent;
use crate::view::origin;

/// The fold of moves into threads. The same events give the same threads in whatever order they
/// arrive, and taking one out leaves the register as if it had never been there.
///
/// Only what had happened and was said to be so counts; a denial or a mere possibility opens nothing.
#[derive(Debug, Default)]
pub struct Register {
    moves: BTreeMap<Place, Arc<StoredEvent>>,
    of: HashMap<EventId, Place>,
    threads: Threads,
    /// Moves changed other than by one more at the end: the threads have to be made anew.
    stale: bool,
}

/// Where a move comes in the order: by its day, of one day those first that have a thread by name,
/// since the others may belong to it.
type Place = (Date, bool, [usize; 2], EventId);

fn place(row: &StoredEvent) -> Place {
    (row.sort_day, origin::thread(&row.event).is_none(), row.event.evidence.quote, row.id)
}

fn is_move(row: &StoredEvent) -> bool {
    let told = matches!(row.event.factuality.0, Factuality::Asserted | Factuality::Reported);
    row.event.kind.0 == Kind::Tension && told && !row.deleted
}

impl Register {
    /// The register of these events; those that are no moves are passed over.
    #[must_use]
    pub fn of<'e>(events: impl IntoIterator<Item = &'e StoredEvent>) -> Self {
        let mut register = Self::default();
        for row in events {
            register.put(row);
        }
        register.settle();
        register
    }

    /// The threads as they stood at the end of a day, latest move first.
    #[must_use]
    pub fn threads(&self, as_of: Date) -> Vec<Thread> {
        let mut threads: Vec<Thread> = self.threads.all.iter().filter_map(|line| line.as_of(as_of)).collect();
        threads.sort_by_key(|thread| Reverse(thread.last().map(|row| (row.sort_day, row.id))));
        threads
    }

    /// The thread a move is in, as it stood at the end of a day.
    #[must_use]
    pub fn thread_of(&self, id: EventId, as_of: Date) -> Option<Thread> {
        let at = *self.threads.with.get(&id)?;
        let thread = self.threads.all.get(at)?.as_of(as_of)?;
        thread.moves.iter().any(|link| link.row.id == id).then_some(thread)
    }

    /// The thread of a name, as it stood at the end of a day: its own, the chronology's for one of its
    /// moves, or the first digits, four at least, of one of its moves' ids.
    #[must_use]
    pub fn thread_named(&self, name: &str, as_of: Date) -> Option<Thread> {
        let own = self.threads.named.get(name).and_then(|at| self.threads.all.get(*at)?.as_of(as_of));
        let key = |row: &StoredEvent| origin::key(&row.event) == Some(name);
        let id = |row: &StoredEvent| name.len() >= 4 && row.id.to_string().starts_with(name);
        own.or_else(|| self.latest_with(key, as_of)).or_else(|| self.latest_with(id, as_of))
    }

    /// Of the threads with such a move by the end of a day, the one that moved last.
    fn latest_with(&self, fits: impl Fn(&StoredEvent) -> bool, as_of: Date) -> Option<Thread> {
        let moves = self.moves.values().filter(|row| row.sort_day <= as_of && fits(row));
        let lines: BTreeSet<_> = moves.filter_map(|row| self.threads.with.get(&row.id)).collect();
        let threads = lines.into_iter().filter_map(|at| self.threads.all.get(*at)?.as_of(as_of));
        threads.max_by_key(|thread| thread.last().map(|row| (row.sort_day, row.id)))
    }
}

impl Fold for Register {
    const KINDS: &'static [Kind] = &[Kind::Tension];

    fn put(&mut self, row: &StoredEvent) {
        self.forget(row.id);
        if !is_move(row) {
            return;
        }
        let (place, row) = (place(row), Arc::new(row.clone()));
        let last = self.moves.last_key_value().is_none_or(|(last, _)| *last < place);
        self.of.insert(row.id, place);
        self.moves.insert(place, Arc::clone(&row));
        if last && !self.stale {
            self.threads.take(row);
        } else {
            self.stale = true;
        }
    }

    fn forget(&mut self, id: EventId) {
        if let Some(place) = self.of.remove(&id) {
            self.moves.remove(&place);
            self.stale = true;
        }
    }

    fn settle(&mut self) {
        if std::mem::take(&mut self.stale) {
            self.threads = Threads::default();
            self.moves.values().for_each(|row| self.threads.take(Arc::clone(row)));
        }
    }
}

/// A thread with all its moves.
#[derive(Debug)]
struct Line {
    id: EventId,
    name: String,
    subject: String,
    moves: Vec<Link>,
    track: Track,
}

impl Line {
    fn begun_by(row: Arc<StoredEvent>) -> Self {
        Self {
            id: row.id,
            name: origin::thread(&row.event).map_or_else(|| row.id.to_string(), str::to_owned),
            subject: subject(&row),
            track: Track::begun_by(&row),
            moves: vec![Link { row, why: None }],
        }
    }

    /// With the moves up to a day; `None` where it had not begun.
    fn as_of(&self, day: Date) -> Option<Thread> {
        let until = self.moves.partition_point(|link| link.row.sort_day <= day);
        let moves = self.moves.get(..until).filter(|moves| !moves.is_empty())?.to_vec();
        let mut sides: Vec<_> = moves.iter().flat_map(|link| sides(&link.row)).collect();
        sides.sort();
        sides.dedup();
        let state = state(&moves, day);
        Some(Thread {
            id: self.id,
            name: self.name.clone(),
            sides,
            subject: self.subject.clone(),
            moves,
            status: state.status,
            until: state.until,
            note: state.note,
        })
    }
}

/// The threads so far, and the ways to find those a move may belong to.
#[derive(Debug, Default)]
struct Threads {
    all: Vec<Line>,
    named: HashMap<String, usize>,
    with: HashMap<EventId, usize>,
    of_measure: HashMap<String, Vec<usize>>,
    /// By side: those that had a move not long ago, in the order in which they began.
    recent: HashMap<String, Vec<usize>>,
}

impl Threads {
    /// Takes a move that comes after all others.
    fn take(&mut self, row: Arc<StoredEvent>) {
        let found = self.belongs(&row);
        let (at, why) = match found {
            Some((at, why)) => (at, Some(why)),
            None => (self.all.len(), None),
        };
        self.with.insert(row.id, at);
        if let Some(measure) = measure_of(&row) {
            let of = self.of_measure.entry(measure).or_default();
            if !of.contains(&at) {
                of.push(at);
            }
        }
        match self.all.get_mut(at) {
            Some(line) => {
                line.track.take(&row);
                line.moves.push(Link { row, why });
            }
            None => {
                let line = Line::begun_by(row);
                self.named.entry(line.name.clone()).or_insert(at);
                self.all.push(line);
            }
        }
        self.remember(at);
    }

    /// A thread has just had a move: it is looked at for the next ones between its sides.
    fn remember(&mut self, at: usize) {
        let Some(line) = self.all.get(at) else { return };
        for side in line.moves.first().map(|link| sides(&link.row)).unwrap_or_default() {
            let recent = self.recent.entry(side).or_default();
            if let Err(gap) = recent.binary_search(&at) {
                recent.insert(gap, at);
            }
        }
    }

    /// The thread a move belongs to, and why.
    fn belongs(&mut self, row: &StoredEvent) -> Option<(usize, Arc<str>)> {
        if let Some(name) = origin::thread(&row.event) {
            let why = match origin::key(&row.event) {
                Some(_) => format!("the chronology counts it to {name}"),
                None => "a curator put it here".to_owned(),
            };
            return self.named.get(name).map(|at| (*at, why.into()));
        }
        if let Some(at) = self.named.get(&row.id.to_string()) {
            return Some((*at, "a curator put another move to this one".into()));
        }
        let its = sides(row);
        let mut fitting: Vec<usize> = Vec::new();
        for side in &its {
            if let Some(recent) = self.recent.get_mut(side) {
                let all = &self.all;
                recent.retain(|at| all.get(*at).is_some_and(|line| still_recent(line, row.sort_day)));
                fitting.extend(recent.iter());
            }
        }
        fitting
            .extend(measure_of(row).and_then(|measure| self.of_measure.get(&measure)).into_iter().flatten());
        fitting.sort_unstable();
        fitting.dedup();
        let fitting = fitting.into_iter().filter_map(|at| {
            let line = self.all.get(at)?;
            let why = line.track.continues(&line.moves, row, &its)?;
            Some((why.rank(), line.moves.last().map(|last| last.row.sort_day), at, why))
        });
        let best = fitting.max_by_key(|(rank, last, at, _)| (*rank, *last, Reverse(*at)));
        best.map(|(_, _, at, why): (_, _, _, Why<'_>)| (at, why.told()))
    }
}

/// Whether a move on this day may still continue a thread by its subject.
fn still_recent(line: &Line, day: Date) -> bool {
    let days = |last: &Link| last.row.sort_day.until(day).map_or(i32::MAX, |span| span.get_days());
    line.moves.last().is_some_and(|last| days(last) <= APART)
}

fn subject(row: &StoredEvent) -> String {
    // The chronology names the measure itself in the scope.
    let own = row.event.scope.clone().filter(|_| origin::key(&row.event).is_some());
    let telling = || row.event.topics.iter().find(|topic| is_telling(topic));
    let topic = own.or_else(|| telling().or_else(|| row.event.topics.first()).cloned());
    topic.or_else(|| row.event.scope.clone()).unwrap_or_else(|| row.event.subtype.replace('_', " "))
}
