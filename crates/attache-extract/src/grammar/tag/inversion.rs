//! Conditions without "if": "should the side go ahead".

use super::{Tag, Word};

/// "should the side go ahead": the verb at `at` belongs to a "should" before its subject.
pub(in crate::grammar) fn inverted(words: &[Word], at: usize) -> bool {
    let word = |i: usize| words.get(i);
    let modal = (at.saturating_sub(FAR_SUBJECT)..at).rev().find(|&i| {
        word(i).is_none_or(|w| {
            !matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Adv | Tag::Pron | Tag::Prep)
        })
    });
    let Some(modal) = modal.filter(|&i| word(i).is_some_and(|w| w.lower == "should" && w.tag == Tag::Modal))
    else {
        return false;
    };
    let subject = word(modal + 1).is_some_and(|w| {
        matches!(w.tag, Tag::Det | Tag::Pron | Tag::Poss) || w.tag == Tag::Noun && (w.name || w.capital)
    });
    // "that the duties should the ministry …": a clause has only one subject.
    let fresh = modal.checked_sub(1).and_then(word).is_none_or(|w| w.tag != Tag::Pron);
    subject
        && fresh
        && (modal + 1..at).any(|i| word(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Pron)))
}

/// How many words a subject between "should" and its verb may have.
const FAR_SUBJECT: usize = 8;
