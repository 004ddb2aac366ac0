//! The edges of noun phrases.

use super::Range;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};

/// Cuts punctuation, conjunctions and adverbs off both ends; `None` when nothing is left.
pub(crate) fn trim(words: &[Word], range: Range) -> Option<Range> {
    let (mut start, mut end) = range;
    let junk = |i: usize| {
        words.get(i).is_none_or(|w| {
            (matches!(w.tag, Tag::Conj | Tag::Adv | Tag::Not) && !w.name)
                || (w.tag == Tag::Punct && w.lower != "$" && w.lower != "%")
        })
    };
    while start < end && junk(start) {
        start += 1;
    }
    while start < end && junk(end - 1) {
        end -= 1;
    }
    (start < end).then_some((start, end))
}

/// First word of the noun phrase whose head stands at `head`.
pub(crate) fn phrase_start(words: &[Word], head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let Some(word) = words.get(start - 1) else { break };
        let participle = matches!(word.tag, Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Participle))
            && start >= 2
            && words.get(start - 2).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss));
        let inside = matches!(word.tag, Tag::Noun | Tag::Num | Tag::Det | Tag::Poss | Tag::Adv)
            || is!(word.lower, "-" | "%" | "$" | "/")
            || word.time && word.lower == ","
            || participle;
        if !inside {
            break;
        }
        start -= 1;
    }
    start
}

/// "'s", not "their".
pub(super) fn genitive(word: &Word) -> bool {
    is!(word.lower, "'s" | "’s" | "'" | "’")
}

/// "this week", "a year earlier", "last August": a time and nothing else.
pub(super) fn only_time(words: &[Word], (from, to): Range) -> bool {
    (from..to).all(|i| {
        words.get(i).is_some_and(|w| {
            w.time || matches!(w.tag, Tag::Det | Tag::Adv) || is!(w.lower, "last" | "next" | "later" | "ago")
        })
    })
}
