//! When a measure was announced, signed or published, as a sentence beside the one that tells it says:
//! "Peru doubles its duty on cement. The decree, signed on Tuesday, …", "The ministry announced the step on
//! Tuesday."
//!
//! The sentence must point at what was told ("the step", "this order", "it") and print no rate of its own. One that only
//! says that an answer has come dates what follows: "Lima's reply came on Tuesday. Its duty on salmon doubles."

use jiff::civil::Date;

use crate::document::{BlockKind, Document};
use crate::grammar::classes::Classes;
use crate::grammar::lower::{Lower, WordList};
use crate::occasion::Told;
use crate::sentence::Sentence;
use crate::state::StateCode;
use crate::timing::Timing;
use crate::when::{EventDate, Precision};
use crate::who::Who;

/// When the measures beside a sentence were made known, and by whom where the sentence says so.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Announced {
    pub(crate) day: Told<EventDate>,
    state: Option<StateCode>,
}

/// Verbs of making a measure known.
static VERBS: WordList = WordList::new(&[
    "adopted",
    "announced",
    "appeared",
    "approved",
    "decreed",
    "gazetted",
    "issued",
    "notified",
    "promulgated",
    "published",
    "released",
    "signed",
    "unveiled",
]);
/// The papers and acts they are said of.
static PAPERS: WordList = WordList::new(&[
    "change",
    "changes",
    "cut",
    "decision",
    "decree",
    "determination",
    "duties",
    "duty",
    "hike",
    "increase",
    "levies",
    "levy",
    "list",
    "measure",
    "measures",
    "memorandum",
    "move",
    "moves",
    "notice",
    "notification",
    "order",
    "ordinance",
    "package",
    "plan",
    "proclamation",
    "rate",
    "rates",
    "reduction",
    "regulation",
    "resolution",
    "schedule",
    "step",
    "steps",
    "surcharge",
    "suspension",
    "tariff",
    "tariffs",
    "tax",
]);
/// Words that say that another measure than the one told is meant.
static OTHERS: WordList = WordList::new(&[
    "another", "earlier", "first", "former", "old", "older", "original", "other", "previous", "second",
    "separate", "similar", "third",
]);

/// What comes or falls on a day and is told next.
static BLOWS: WordList = WordList::new(&[
    "announcement",
    "answer",
    "blow",
    "counterblow",
    "counterpunch",
    "decision",
    "move",
    "payback",
    "reaction",
    "reply",
    "response",
    "retaliation",
    "retort",
    "revenge",
    "riposte",
    "salvo",
    "step",
    "surprise",
    "volley",
]);

/// How many words behind the verb its day may stand.
const CLOSE: usize = 6;
/// How many words of a subject are looked at.
const SUBJECT: usize = 7;

impl Announced {
    /// The day, where a measure of `actor` can be meant.
    pub(crate) fn of(&self, actor: Option<StateCode>) -> Told<EventDate> {
        self.day.filter(|_| self.state.is_none() || actor.is_none() || self.state == actor)
    }
}

/// Per sentence what the one beside it says of the day on which its measures were made known.
pub(crate) fn announcements(
    doc: &Document<'_>,
    (times, who): (&[Vec<Timing>], &[Vec<Who>]),
    classes: &Classes,
    published: Date,
) -> Vec<Announced> {
    let mut out = vec![Announced::default(); doc.sentences.len()];
    let table = VERBS.table();
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let (Some(own), Some(named)) = (times.get(index).filter(|t| !t.is_empty()), who.get(index)) else {
            continue;
        };
        let line = Line { sentence, times: own, who: named, classes, published };
        if let Some(said) = line.heralded() {
            let next = (index + 1..=index + FORWARD)
                .take_while(|at| doc.sentences.get(*at).is_some_and(|s| s.block == sentence.block));
            for at in next {
                if let Some(place) = out.get_mut(at).filter(|place| place.day.is_none()) {
                    *place = said;
                }
            }
            continue;
        }
        if !sentence.lower.iter().any(|word| table.get(word).is_some()) {
            continue;
        }
        let Some(said) = line.announced() else { continue };
        let plain = |at: &usize| {
            let block = doc.sentences.get(*at).and_then(|s| doc.block_of(s));
            block.is_some_and(|b| b.kind != BlockKind::Heading)
        };
        // What is told right before, else a list above.
        let before = (index.saturating_sub(BACK)..index).rev().filter(plain);
        for at in before {
            if let Some(place) = out.get_mut(at).filter(|place| place.day.is_none()) {
                *place = said;
            }
        }
    }
    out
}

/// How many sentences back such a sentence points.
const BACK: usize = 3;
/// How many sentences tell what an answer was.
const FORWARD: usize = 2;
/// Most words between an answer and the verb of its coming.
const COMES: usize = 5;

/// A sentence as read here.
struct Line<'l> {
    sentence: &'l Sentence,
    times: &'l [Timing],
    who: &'l [Who],
    classes: &'l Classes,
    published: Date,
}

impl Line<'_> {
    fn lower(&self, at: usize) -> &str {
        self.sentence.lower.get(at).map_or("", Lower::as_str)
    }

    fn start(&self, at: usize) -> usize {
        self.sentence.tokens.get(at).map_or(usize::MAX, |token| token.span.start)
    }

    fn announced(&self) -> Option<Announced> {
        let words = self.sentence.lower.len();
        if self.rated_or_open() {
            return None;
        }
        let table = VERBS.table();
        let verb = (0..words).find(|&at| {
            let verb = self.sentence.lower.get(at).is_some_and(|word| table.get(word).is_some());
            verb && (self.subject(at) || self.object(at))
        })?;
        let day = self.day(verb)?;
        let before = self.start(verb);
        let mut named = self.who.iter().filter(|w| w.span.start < before).peekable();
        // "The World Bank released its notice": nobody who lays duties.
        let stranger = named.peek().is_some() && self.who.iter().all(|w| w.country.is_none());
        let state = named.filter_map(|w| w.country).next_back();
        (!stranger).then_some(Announced { day: Some(day), state })
    }

    /// Whether it prints a rate, or tells what may not be so.
    fn rated_or_open(&self) -> bool {
        let open = |word: &Lower| matches!(word.as_str(), "%" | "percent" | "cent" | "pct" | "if" | "not");
        self.sentence.lower.iter().any(open)
    }

    /// The day that a time tells, where it has come.
    fn past_day(&self, time: &Timing) -> Told<EventDate> {
        let day = time.date.filter(|d| d.precision == Precision::Day && d.end() <= Some(self.published))?;
        Some((day, time.span))
    }

    /// "Lima's reply came on Tuesday", "On Monday came the answer".
    fn heralded(&self) -> Option<Announced> {
        let words = &self.sentence.lower;
        let comes = words.iter().position(|word| {
            matches!(word.as_str(), "came" | "arrived" | "followed" | "landed" | "fell" | "dropped")
        })?;
        let blow = (comes.saturating_sub(COMES)..comes + COMES)
            .find(|&at| words.get(at).is_some_and(|word| BLOWS.has(word)))?;
        if self.rated_or_open() {
            return None;
        }
        let mut days = self.times.iter().filter_map(|t| self.past_day(t));
        let day = days.next().filter(|_| days.next().is_none())?;
        let before = self.start(blow);
        let state = self.who.iter().filter(|w| w.span.start < before).filter_map(|w| w.country).next_back();
        Some(Announced { day: Some(day), state })
    }

    /// "The decree, signed", "This order was published", "Her executive order, issued".
    fn subject(&self, verb: usize) -> bool {
        let helps =
            |at: usize| matches!(self.lower(at), "," | "was" | "were" | "had" | "been" | "which" | "that");
        let mut end = verb;
        while end > 0 && helps(end - 1) {
            end -= 1;
        }
        let floor = end.saturating_sub(SUBJECT);
        let noun = end.checked_sub(1).filter(|&at| self.paper(at));
        // "Executive Order No. 62, signed on Thursday"
        let numbered = || {
            (floor..end).rev().take(3).find(|&at| {
                matches!(self.lower(at), "order" | "decree" | "proclamation" | "notification" | "resolution")
            })
        };
        noun.or_else(numbered).is_some_and(|noun| self.points(floor, noun))
    }

    /// "announced the step", "signed it".
    fn object(&self, verb: usize) -> bool {
        let next = self.lower(verb + 1);
        let known = matches!(next, "the" | "this" | "these" | "its" | "his" | "her" | "their");
        matches!(next, "it" | "them")
            || known && (verb + 2..verb + 5).any(|at| self.paper(at) && self.points(verb + 1, at))
    }

    fn paper(&self, at: usize) -> bool {
        self.sentence
            .lower
            .get(at)
            .is_some_and(|word| PAPERS.has(word) || self.classes.has("sequel_any", word))
    }

    /// Whether the phrase that ends with the noun at `noun` points at what was told.
    fn points(&self, floor: usize, noun: usize) -> bool {
        let phrase = floor..noun;
        let other = phrase.clone().any(|at| self.sentence.lower.get(at).is_some_and(|w| OTHERS.has(w)));
        let known = phrase.clone().any(|at| {
            matches!(self.lower(at), "the" | "this" | "these" | "its" | "his" | "her" | "their" | "'s" | "’s")
        });
        let order = floor == 0 && matches!(self.lower(noun.saturating_sub(1)), "executive" | "presidential");
        !other && (known || order || noun == 0)
    }

    /// The day behind the verb at `verb`.
    fn day(&self, verb: usize) -> Told<EventDate> {
        let (from, to) = (self.start(verb), self.start(verb + CLOSE + 3));
        let near = |t: &&Timing| from < t.span.start && t.span.start < to;
        self.times.iter().filter(near).find_map(|t| self.past_day(t))
    }
}
