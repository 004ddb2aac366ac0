//! Which words a sentence may have, told at a glance: most questions about a word are answered by its absence.

use crate::grammar::lower::WordId;
use crate::grammar::tag::Word;

/// How many bits words are spread over, in parts of 64.
const PARTS: usize = 4;

/// The words of a sentence, a bit each; now and then two share one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said([u64; PARTS]);

impl Said {
    /// Those of a sentence.
    pub(crate) fn in_words(words: &[Word]) -> Self {
        let mut out = [0; PARTS];
        for word in words {
            let (part, bit) = place(word.lower.id());
            if let Some(bits) = out.get_mut(part) {
                *bits |= bit;
            }
        }
        Self(out)
    }

    /// Those of a list that is known beforehand.
    pub(crate) const fn of<const N: usize>(words: [&str; N]) -> Self {
        let (mut out, mut at) = ([0; PARTS], 0);
        while at < N {
            let (part, bit) = place(WordId::of(words[at]));
            out[part] |= bit;
            at += 1;
        }
        Self(out)
    }

    /// Whether some of its words may be among `others`; if not, none is.
    pub(crate) fn may_have(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).any(|(own, other)| own & other != 0)
    }
}

/// The part and the bit of a word.
const fn place(word: WordId) -> (usize, u64) {
    let high = word.number().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
    ((high >> 6) as usize, 1 << (high & 63))
}

/// Whether a sentence may have one of a few words: `may_say!(said, "hours" | "minutes")`.
macro_rules! may_say {
    ($said:expr, $($text:literal)|+) => {{
        const WORDS: $crate::grammar::said::Said = $crate::grammar::said::Said::of([$($text),+]);
        $said.may_have(&WORDS)
    }};
}
pub(crate) use may_say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_list_is_overlooked() {
        let list = Said::of(["hours", "minutes", "administration"]);
        for word in ["hours", "minutes", "administration"] {
            assert!(Said::of([word]).may_have(&list), "{word}");
        }
        assert!(!Said::of(["duty"]).may_have(&list));
    }
}
