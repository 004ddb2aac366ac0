//! The phrases of a stretch of words without a verb: times, rates, sums, and what is named, each with the
//! preposition before it.

use crate::grammar::clause::Range;
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};
use crate::token::TokenKind;

/// What a phrase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Time,
    /// Holds a rate: "10%", "a 10 percent duty".
    Rate,
    /// A number alone: "with 25".
    Number,
    /// Holds a sum of money.
    Money,
    /// Names another of a kind without its noun: "another", "a second".
    Another,
    /// Anything else.
    Plain,
}

/// One phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// With its preposition.
    pub(super) whole: Range,
    /// Without it.
    pub(super) inner: Range,
    pub(super) sort: Sort,
}

impl Phrase {
    /// Its preposition.
    pub(super) fn prep<'w>(&self, words: &'w [Word]) -> &'w str {
        let led = self.whole.0 < self.inner.0;
        words.get(self.whole.0).filter(|_| led).map_or("", |w| w.lower.as_str())
    }

    /// Sets one thing off from another of its kind, where each has its own.
    pub(super) const fn tells_apart(&self) -> bool {
        !matches!(self.sort, Sort::Plain)
    }
}

/// A phrase, or what joins two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Phrase(Phrase),
    /// "and", ", while".
    Joint(Range),
}

/// The parts of a range of words, and where they end: before what is no phrase.
pub(super) fn parts(words: &[Word], (from, to): Range) -> (Vec<Part>, usize) {
    let mut out: Vec<Part> = Vec::new();
    // The phrase that is open: with its preposition, and without.
    let mut open: Option<Range> = None;
    let mut at = from;
    while let Some(word) = words.get(at).filter(|_| at < to) {
        let timed = |(_, inner): Range| inner < at && words.get(inner).is_some_and(|w| w.time);
        // "in each of the next three years": one phrase.
        let inside = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "of" && !w.time);
        if word.time && !(inside && open.is_some()) {
            match open {
                Some(phrase) if !timed(phrase) && phrase.1 < at => {
                    close(words, &mut out, &mut open, at);
                    open = Some((at, at));
                }
                None => open = Some((at, at)),
                Some(_) => {}
            }
            at += 1;
            continue;
        }
        if open.is_some_and(timed) {
            close(words, &mut out, &mut open, at);
        }
        if matches!(word.tag, Tag::Rel) || closes(word) || word.tag == Tag::Sub && !joins(word) {
            break;
        }
        if joins(word) {
            close(words, &mut out, &mut open, at);
            match out.last_mut() {
                Some(Part::Joint((_, end))) if *end == at => *end = at + 1,
                _ => out.push(Part::Joint((at, at + 1))),
            }
        } else if opens(words, at) {
            close(words, &mut out, &mut open, at);
            open = Some((at, at + 1));
        } else if open.is_some_and(|(_, inner)| rate_behind(words, inner, at)) {
            close(words, &mut out, &mut open, at);
            open = Some((at, at));
        } else if open.is_none() {
            // "and then in Bern": says nothing of its own.
            let idle = is!(word.lower, "then" | "later" | "subsequently" | "finally" | "again" | "also");
            open = (!idle).then_some((at, at));
        }
        at += 1;
    }
    close(words, &mut out, &mut open, at);
    (out, at)
}

fn joins(word: &Word) -> bool {
    is!(word.lower, "and" | "," | ";" | "while" | "whereas" | "but" | "nor")
}

fn closes(word: &Word) -> bool {
    is!(word.lower, ":" | "—" | "–" | "." | "?" | "!" | "(" | ")" | "“" | "”" | "\"")
}

/// "steel 25%", "China as much as 50%": whether the rate of what the phrase from `start` on names begins at
/// `at`.
fn rate_behind(words: &[Word], start: usize, at: usize) -> bool {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let named = at.checked_sub(1).filter(|&i| i >= start).and_then(|i| words.get(i));
    let Some(named) = named.filter(|w| matches!(w.tag, Tag::Noun | Tag::Pron)) else { return false };
    // "a further 10%", "an additional 25%"
    let one = matches!(lower(start), "a" | "an" | "another" | "further" | "additional" | "extra" | "some");
    let mut number = at;
    while number < at + LEAD && LEADS.contains(&lower(number)) {
        number += 1;
    }
    let number = if lower(number) == "as" && lower(number + 2) == "as" { number + 3 } else { number };
    let sign = matches!(lower(number + 1), "%" | "percent" | "pct")
        || lower(number + 1) == "per" && lower(number + 2) == "cent";
    (named.name || !one) && sign && words.get(number).is_some_and(|w| w.kind == TokenKind::Number)
}

/// How many words may stand before the number of a rate.
const LEAD: usize = 3;

/// Words before the number of a rate.
const LEADS: &[&str] = &[
    "a",
    "an",
    "another",
    "its",
    "up",
    "to",
    "at",
    "least",
    "just",
    "only",
    "about",
    "nearly",
    "some",
    "around",
    "extra",
    "additional",
    "further",
];

/// Whether a phrase opens with the preposition at `at`.
fn opens(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    // "up to 25%", "10 to 15 percent", "as much as 25%"
    let as_much = word.lower == "as"
        && (words.get(at + 2).is_some_and(|w| w.lower == "as")
            || at.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "as"));
    let part_of_rate = as_much
        || word.lower == "to"
            && before.is_some_and(|w| is!(w.lower, "up") || w.tag == Tag::Num && w.lower != "%");
    matches!(word.tag, Tag::Prep | Tag::To) && word.lower != "of" && !word.name && !part_of_rate
}

fn close(words: &[Word], out: &mut Vec<Part>, open: &mut Option<Range>, end: usize) {
    let Some((start, inner)) = open.take() else { return };
    // A preposition with nothing behind it.
    if inner >= end {
        return;
    }
    let sort = sort(words.get(inner..end).unwrap_or_default());
    out.push(Part::Phrase(Phrase { whole: (start, end), inner: (inner, end), sort }));
}

fn sort(phrase: &[Word]) -> Sort {
    let rated = |w: &Word| {
        is!(w.lower, "%" | "percent" | "pct")
            || w.kind == TokenKind::Number && (w.lower.ends_with('%') || w.lower.contains("percent"))
    };
    // "to 4% in 2027 and zero in 2028"
    let none = matches!(phrase, [zero] if is!(zero.lower, "zero" | "nil"));
    let per_cent = phrase.windows(2).any(|w| matches!(w, [a, b] if a.lower == "per" && b.lower == "cent"));
    let paid = |w: &Word| is!(w.lower, "$" | "€" | "£" | "¥") || is!(w.lower, "billion" | "million" | "bn");
    let another = |w: &Word| is!(w.lower, "another" | "second" | "third" | "a" | "one");
    let more = phrase.iter().any(|w| is!(w.lower, "another" | "second" | "third"));
    if phrase.iter().all(|w| w.time) {
        Sort::Time
    } else if more && phrase.iter().all(another) {
        Sort::Another
    } else if phrase.iter().any(rated) || per_cent || none {
        Sort::Rate
    } else if phrase.iter().any(paid) {
        Sort::Money
    } else if phrase.iter().all(|w| w.kind == TokenKind::Number) {
        Sort::Number
    } else {
        Sort::Plain
    }
}

/// The phrases of a clause or of what is left of one: what is listed in one phrase ("pears, plums and
/// figs") is one; none where something else is joined.
pub(super) fn phrases(words: &[Word], parts: &[Part]) -> Option<Vec<Phrase>> {
    let mut out: Vec<Phrase> = Vec::new();
    let mut joined = false;
    for part in parts {
        let phrase = match part {
            Part::Joint((from, to)) => {
                let lists = |w: &Word| is!(w.lower, "and" | ",");
                if !words.get(*from..*to)?.iter().all(lists) {
                    return None;
                }
                joined = true;
                continue;
            }
            Part::Phrase(phrase) => *phrase,
        };
        let led = phrase.whole.0 < phrase.inner.0;
        match out.last_mut() {
            Some(last) if std::mem::take(&mut joined) => match (last.sort, phrase.sort) {
                (Sort::Plain, Sort::Plain) if !led => {
                    last.whole.1 = phrase.whole.1;
                    last.inner.1 = phrase.inner.1;
                }
                // "in Bern, on Monday"
                _ if led || phrase.sort == Sort::Time => out.push(phrase),
                _ => return None,
            },
            _ => out.push(phrase),
        }
    }
    Some(out)
}
