//! Which part of what stands before a verb its subject is: past opening phrases of time and place, from
//! the first noun of a list to its last.

use super::Range;
use super::noun_phrase::trim;
use crate::grammar::lower::{WordList, is};
use crate::grammar::tag::{Tag, Word};

/// The noun phrase in `region` that is the subject of the verb behind it.
pub(super) fn subject_phrase(words: &[Word], region: Range, after_verb: bool) -> Option<Range> {
    let comma = |w: &Word| w.lower == ",";
    if !words.get(region.0..region.1)?.iter().any(comma) {
        return trim(words, region)
            .map(|whole| after_adverbial(words, whole))
            .filter(|whole| subject_like(words, *whole));
    }
    let mut first: Option<Range> = None;
    let mut several = false;
    // From the first part that may be a subject to the last, with and without the first part of all.
    let (mut found, mut behind): (Option<Range>, Option<Range>) = (None, None);
    let mut start = region.0;
    let mut depth = 0usize;
    for at in region.0..=region.1 {
        let word = words.get(at);
        if word.is_some_and(|w| is!(w.lower, "(" | "“")) {
            depth += 1;
        } else if word.is_some_and(|w| is!(w.lower, ")" | "”")) {
            depth = depth.saturating_sub(1);
        }
        if at == region.1 || (depth == 0 && word.is_some_and(comma)) {
            if let Some(part) = trim(words, (start, at)) {
                let part = after_adverbial(words, part);
                several |= first.is_some();
                let first = *first.get_or_insert(part);
                if subject_like(words, part) {
                    // "A, B and C said" is one subject; "X, the minister, said" starts with X.
                    let joined = |known: Option<Range>| Some((known.map_or(part.0, |k| k.0), part.1));
                    found = joined(found);
                    behind = if part == first { behind } else { joined(behind) };
                }
            }
            start = at + 1;
        }
    }
    if after_verb && several { behind } else { found }
}

/// Whether a part between commas may be what the sentence is about.
pub(super) fn subject_like(words: &[Word], part: Range) -> bool {
    let named = |w: &Word| matches!(w.tag, Tag::Noun | Tag::Pron | Tag::Num | Tag::Det) && !w.time;
    // "Effective with respect to goods entered on May 1, the rate is 10 percent."
    let hangs = |w: &Word| {
        matches!(w.tag, Tag::Prep | Tag::To | Tag::Verb(_))
            || w.lower == "unlike"
            || w.lower == "effective" && part.1 > part.0 + 1
            || FRONTED.has(&w.lower)
                && words.get(part.0 + 1).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To))
    };
    words.get(part.0).is_some_and(|w| !hangs(w)) && (part.0..part.1).any(|i| words.get(i).is_some_and(named))
}

/// What somebody is, before the comma that they follow: "fresh from a meeting, the minister said".
pub(super) static FRONTED: WordList = WordList::new(&[
    "able",
    "angry",
    "anxious",
    "eager",
    "flush",
    "fresh",
    "keen",
    "loath",
    "mindful",
    "reluctant",
    "unable",
    "unlike",
    "unwilling",
    "wary",
]);

/// What follows an opening phrase of time or place that no comma closes: "In March the ministry".
pub(super) fn after_adverbial(words: &[Word], part: Range) -> Range {
    let (start, end) = part;
    let word = |at: usize| words.get(at).filter(|_| at < end);
    let prep = word(start).is_some_and(|w| w.tag == Tag::Prep);
    let first = start + usize::from(prep);
    let timed = (first..end).take_while(|&i| {
        // "In 2014 and 2022 the firm"
        let both =
            || word(i).is_some_and(|w| is!(w.lower, "and" | "or")) && word(i + 1).is_some_and(|w| w.time);
        word(i).is_some_and(|w| w.time || is!(w.lower, "the" | "of" | "that" | "this" | "same")) || both()
    });
    let after = timed.filter(|&i| word(i).is_some_and(|w| w.time)).last().map(|i| i + 1);
    // "Two days of talks" is what the sentence is about.
    let after = after.filter(|&at| prep || word(at).is_none_or(|w| w.lower != "of"));
    if let Some(rest) = after.and_then(|at| trim(words, (at, end))) {
        return if rest.1 == end { rest } else { part };
    }
    if !prep {
        return part;
    }
    // "In Lima on Friday the two sides": the phrase of time stands second.
    let named = (first..end).take_while(|&i| word(i).is_some_and(|w| w.name || w.capital && !w.time)).last();
    let dated = named
        .map(|i| i + 1)
        .filter(|&i| word(i).is_some_and(|w| w.tag == Tag::Prep) && word(i + 1).is_some_and(|w| w.time));
    if let Some(at) = dated {
        return after_adverbial(words, (at, end));
    }
    let second = (first + 1..end).find(|&i| {
        // "In the capital the two sides", "In Monday's talks Mr. Roe": a second phrase.
        let opens = word(i).is_some_and(|w| w.tag == Tag::Det || w.name || w.capital && w.tag == Tag::Noun);
        // "For China the rate goes up"
        let article = word(i).is_some_and(|w| is!(w.lower, "the" | "both" | "each" | "its" | "a" | "an"));
        opens
            && word(i - 1).is_some_and(|w| {
                w.tag == Tag::Pron
                    || w.tag == Tag::Noun && (article && w.name || !w.name && !w.capital || w.time)
                    || article && w.tag == Tag::Num
            })
    });
    second.map_or(part, |at| (at, end))
}
