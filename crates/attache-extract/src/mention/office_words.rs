//! The words that tell an office or body from others.

use smallvec::SmallVec;

use crate::grammar::lower::{Lower, is};
use crate::mention::resolve::key;
use crate::token::ascii_words;

/// Words of a title, each once and in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OfficeWords(SmallVec<[Lower; 4]>);

impl OfficeWords {
    /// Those of a title as printed; one without any has an empty word, which no office has.
    pub(super) fn of(title: &str) -> Self {
        let mut words: SmallVec<[Lower; 4]> = if title.is_ascii() {
            let parts = ascii_words(title).filter(|word| word.len() > 1);
            parts.map(Lower::printed).filter(|word| !honorific(word)).collect()
        } else {
            key(title).split(' ').map(Lower::new).collect()
        };
        if words.is_empty() {
            words.push(Lower::new(""));
        }
        words.retain(|word| !idle(word));
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Lower::as_str)
    }

    /// Whether `word`, in lower case, is one of them.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.iter().any(|own| *own == *word)
    }

    /// Whether all of them are among `others`, and all words that say another rank than the plain one.
    pub(super) fn of_rank(&self, others: &Self) -> bool {
        let ranks = |words: &Self| words.0.iter().filter(|word| lowers(word)).count();
        self.within(others) && ranks(self) == ranks(others)
    }

    /// Whether all of them are among `others`; "the Minister" is not the prime minister.
    pub(super) fn within(&self, others: &Self) -> bool {
        self.0.len() <= others.0.len()
            && self.0.iter().all(|word| others.0.contains(word))
            && (self.contains("prime") || !others.contains("prime"))
    }
}

/// Words that stand in any title.
fn idle(word: &Lower) -> bool {
    is!(word, "of" | "the" | "for" | "and" | "to" | "a" | "an" | "s" | "u" | "us" | "united" | "states")
}

/// Words of those who only serve or once held an office.
fn lowers(word: &Lower) -> bool {
    is!(
        word,
        "deputy" | "vice" | "assistant" | "under" | "spokesperson" | "spokesman" | "spokeswoman" | "former"
    )
}

/// Words before a name that are no part of it.
pub(super) fn honorific(word: &str) -> bool {
    matches!(word, "mr" | "mrs" | "ms" | "dr" | "sir" | "jr" | "sr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: &[&str]) {
        assert_eq!(OfficeWords::of(title).iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_word_counts_once() {
        check("Minister of Trade and Minister of Finance", &["finance", "minister", "trade"]);
        check("Ministre de l’Économie", &["de", "ministre", "économie"]);
        check("", &[""]);
        assert!(OfficeWords::of("Trade Minister").within(&OfficeWords::of("minister for foreign trade")));
        assert!(!OfficeWords::of("Trade Minister").within(&OfficeWords::of("Minister of Finance")));
        assert!(!OfficeWords::of("minister").within(&OfficeWords::of("Prime Minister")));
    }
}
