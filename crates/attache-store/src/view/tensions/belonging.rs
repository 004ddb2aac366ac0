//! Which thread a move belongs to, and why: the same named measure at any time, shared subjects
//! within [`APART`] days, or words about the other side's measure, between the same sides.

use std::collections::HashSet;
use std::sync::Arc;

use attache_extract::Vocabulary as _;
use attache_extract::event::Tension;

use super::{Link, is_comment, mover, sides};
use crate::row::StoredEvent;

/// Days after which a later move on the same subject begins a thread of its own.
pub(super) const APART: i32 = 120;

/// Days within which words are about a measure that they name by its form.
const ANSWERED: i32 = 14;

/// Topics that say of which form a measure is, or only that it is about trade: no two measures are one
/// for sharing them.
const LOOSE: [&str; 15] = [
    "countermeasures",
    "export controls",
    "export curbs",
    "exports",
    "imports",
    "investigation",
    "port fees",
    "restrictions",
    "sanctions",
    "section 301",
    "supply chains",
    "tariffs",
    "technology",
    "trade",
    "unreliable entity list",
];

/// Whether a topic says what a measure is about.
pub(super) fn is_telling(topic: &str) -> bool {
    !LOOSE.contains(&topic)
}

/// The measure a move names, as threads are found by it; one word alone names none.
pub(super) fn measure_of(row: &StoredEvent) -> Option<String> {
    row.event.scope.as_deref().map(str::to_lowercase).filter(|scope| scope.contains(' '))
}

/// Why a move belongs to a thread.
pub(super) enum Why<'t> {
    /// It names the thread's measure.
    Measure(String),
    /// It shares these subjects, so many days after the last move.
    Subjects(Vec<&'t str>, i32),
    /// Its words are about this measure of the other side.
    Answers(&'t StoredEvent),
    /// It has the form of an earlier move and neither has a subject, so many days after the last one.
    Form(i32),
}

impl Why<'_> {
    /// How closely: of two threads the one with the higher rank has the move.
    pub(super) fn rank(&self) -> usize {
        match self {
            Self::Measure(_) => usize::MAX,
            Self::Subjects(shared, _) => 1 + shared.len(),
            Self::Answers(_) => 1,
            Self::Form(_) => 0,
        }
    }

    /// In words.
    pub(super) fn told(&self) -> Arc<str> {
        match self {
            Self::Measure(measure) => format!("same sides, same measure: {measure}"),
            Self::Subjects(shared, days) => {
                format!("same sides, same subject ({}), {days} days after the last move", shared.join(", "))
            }
            Self::Answers(measure) => {
                let form = measure.event.subtype.replace('_', " ");
                let of = mover(measure).unwrap_or_default();
                format!("its words are about the {form} of {of} on {}", measure.sort_day)
            }
            Self::Form(days) => format!("same sides, same form, {days} days after the last move"),
        }
        .into()
    }
}

/// What the moves of a thread so far say about which moves belong to it.
#[derive(Debug, Clone)]
pub(super) struct Track {
    /// The sides of the first move.
    sides: Vec<String>,
    topics: HashSet<String>,
    measures: HashSet<String>,
    forms: HashSet<(String, Option<String>)>,
}

impl Track {
    /// That of a thread whose first move this is.
    pub(super) fn begun_by(row: &StoredEvent) -> Self {
        let mut track = Self {
            sides: sides(row),
            topics: HashSet::new(),
            measures: HashSet::new(),
            forms: HashSet::new(),
        };
        track.take(row);
        track
    }

    /// One move more.
    pub(super) fn take(&mut self, row: &StoredEvent) {
        self.topics.extend(row.event.topics.iter().cloned());
        self.measures.extend(measure_of(row));
        self.forms.insert((row.event.subtype.clone(), row.event.scope.clone()));
    }

    /// Why a later move between `its` sides continues the thread with these moves.
    pub(super) fn continues<'t>(
        &self,
        moves: &'t [Link],
        row: &'t StoredEvent,
        its: &[String],
    ) -> Option<Why<'t>> {
        let last = &moves.last()?.row;
        let sides_fit = !its.is_empty()
            && (its.iter().all(|side| self.sides.contains(side))
                || self.sides.iter().all(|side| its.contains(side)));
        if !sides_fit {
            return None;
        }
        if let Some(measure) = measure_of(row).filter(|measure| self.measures.contains(measure)) {
            return Some(Why::Measure(measure));
        }
        let days = last.sort_day.until(row.sort_day).map_or(i32::MAX, |span| span.get_days());
        if days > APART {
            return None;
        }
        let topics = &row.event.topics;
        let shared = topics.iter().filter(|topic| is_telling(topic) && self.topics.contains(*topic));
        let shared: Vec<&str> = shared.map(String::as_str).collect();
        if !shared.is_empty() {
            return Some(Why::Subjects(shared, days));
        }
        if let Some(measure) = answered(moves, row) {
            return Some(Why::Answers(measure));
        }
        let form = || self.forms.contains(&(row.event.subtype.clone(), row.event.scope.clone()));
        (topics.is_empty() && form()).then_some(Why::Form(days))
    }
}

/// The other side's measure shortly before that words of condemnation or warning name by its form.
fn answered<'t>(moves: &'t [Link], row: &StoredEvent) -> Option<&'t StoredEvent> {
    if !is_comment(row) {
        return None;
    }
    let quote = row.event.quote.to_lowercase();
    let named = |measure: &StoredEvent| {
        let words: &[&str] = match Tension::parse(&measure.event.subtype) {
            Some(Tension::ExportControl) => &["control", "curb"],
            Some(Tension::EntityListing) => &["list"],
            Some(Tension::Sanction) => &["sanction"],
            Some(Tension::Investigation) => &["investigation", "probe"],
            Some(Tension::PortFees) => &["fee"],
            _ => &[],
        };
        words.iter().any(|word| quote.contains(word))
    };
    let recent = |measure: &&StoredEvent| {
        measure.sort_day.until(row.sort_day).is_ok_and(|span| span.get_days() <= ANSWERED)
    };
    let others = moves.iter().rev().map(|link| link.row.as_ref()).take_while(recent);
    others
        .filter(|measure| mover(measure) != mover(row) && !is_comment(measure))
        .find(|measure| named(measure))
}
