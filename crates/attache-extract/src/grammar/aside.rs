//! Asides between commas behind a noun: "the pact, signed in May, takes effect".
//!
//! Whoever looks back from the verb behind an aside wants the noun before it: the tagger because the
//! verb agrees with it, the clauses because it is the subject.

use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};

/// How many words an aside may have.
const FAR: usize = 40;

/// The comma that opens the aside which the comma at `close` ends; a noun stands before it. Relative
/// clauses are asides; what else is one, by the place of its first word, is for `describes` to say:
/// the tagger has only words to tell it from, the clauses have verb groups with their subjects.
pub(super) fn opening(words: &[Word], close: usize, describes: impl Fn(usize) -> bool) -> Option<usize> {
    let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
    if !comma(close) {
        return None;
    }
    let noun =
        |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun || is!(w.lower, "%" | "percent" | ")"));
    let relative = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Rel || w.lower == "where");
    (close.saturating_sub(FAR)..close).rev().find(|&open| {
        comma(open) && (relative(open + 1) || describes(open + 1)) && open.checked_sub(1).is_some_and(noun)
    })
}
