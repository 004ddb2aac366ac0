//! How much two texts have in common: runs of words, counted. Pure; knows no store.
//!
//! A text is a set of shingles, the hashes of all runs of [`RUN`] words. The few smallest of them are
//! its sketch: of two texts that share much, the sketches share some, whatever was cut away at the end
//! or put before (Broder, "On the resemblance and containment of documents", 1997). The sketch finds
//! candidates; the shingles of both texts decide. An excerpt shares too few of the smallest runs of a long
//! text, so the smallest of the text's opening are in the sketch as well.

mod furniture;
mod sentences;
mod words;

use furniture::without_furniture;
use words::words;

pub(crate) use sentences::{difference, overlap, tells_otherwise};

/// Words in a run. Four still hold where every tenth word was changed by an editor.
const RUN: usize = 4;

/// Shingles in a sketch. With 16, two texts of which one keeps half of the other share two or more in
/// 9,997 of 10,000 cases.
pub(crate) const SKETCH: usize = 16;

/// Runs that a text opens with, and how many of them are in its sketch. An article costs 80 bytes.
const OPENING: usize = 48;
const OF_OPENING: usize = 4;

/// A text's runs of words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shingles {
    /// All of them, the smallest first.
    runs: Vec<u64>,
    /// The smallest of those it opens with.
    opening: Vec<u64>,
}

impl Shingles {
    /// Of a text, without dateline and credits.
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<u64> = words(without_furniture(text)).map(|word| hash(word.bytes())).collect();
        let mut runs: Vec<u64> = if words.len() < RUN {
            if words.is_empty() { Vec::new() } else { vec![run(&words)] }
        } else {
            words.windows(RUN).map(run).collect()
        };
        let mut opening: Vec<u64> = runs.iter().take(OPENING).copied().collect();
        opening.sort_unstable();
        opening.dedup();
        opening.truncate(OF_OPENING);
        runs.sort_unstable();
        runs.dedup();
        Self { runs, opening }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.runs.len()
    }

    /// The smallest, and those of the opening, each in four bytes.
    #[expect(clippy::cast_possible_truncation, reason = "the low half is kept")]
    pub(crate) fn sketch(&self) -> Vec<u32> {
        let smallest = self.runs.iter().take(SKETCH);
        let of_opening = self.opening.iter().filter(|run| !smallest.clone().any(|held| held == *run));
        smallest.clone().chain(of_opening).map(|run| *run as u32).collect()
    }

    /// How many both have.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        let (mut left, mut right, mut both) = (self.runs.iter().peekable(), other.runs.iter().peekable(), 0);
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    both += 1;
                    left.next();
                    right.next();
                }
            }
        }
        both
    }

    /// Which part of the shorter text is in the longer one, in thousandths.
    pub(crate) fn contained(&self, other: &Self) -> u16 {
        let shorter = self.len().min(other.len()).max(1);
        u16::try_from(self.shared(other) * 1000 / shorter).unwrap_or(1000)
    }
}

/// FNV-1a: the hashes are made anew with the index, so nothing but speed and spread is asked of them.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn run(words: &[u64]) -> u64 {
    let mixed = words.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |mixed, word| {
        (mixed.rotate_left(23) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd)
    });
    let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_up(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("word{} ", n * 7919 % 1009)).collect()
    }

    #[test]
    fn what_is_cut_away_leaves_the_rest_contained() {
        let (whole, part, other) = (
            Shingles::of(&made_up(0, 400)),
            Shingles::of(&made_up(0, 200)),
            Shingles::of(&made_up(500, 900)),
        );
        assert_eq!((whole.contained(&part), part.contained(&whole)), (1000, 1000));
        assert_eq!(whole.contained(&other), 0);
        let both = part.sketch().into_iter().filter(|run| whole.sketch().contains(run)).count();
        assert!(both >= 2, "{both}");
    }

    #[test]
    fn dateline_and_credits_are_no_part_of_the_text() {
        let told = "The ministry said on Friday that both sides had met in Geneva.";
        let dressed = format!(
            "GENEVA, May 9 (The Agency) \u{2014} {told}\n\n(Reporting by Ann Other; Editing by Some One)\nCopyright 2025 The Agency."
        );
        let (a, b) = (Shingles::of(told), Shingles::of(&dressed));
        assert_eq!((a.shared(&b), a.len()), (a.len(), b.len()));
    }

    #[test]
    fn an_excerpt_of_a_long_text_shares_its_opening() {
        let (whole, start) = (made_up(0, 900), made_up(0, 70));
        let (whole, start) = (Shingles::of(&whole).sketch(), Shingles::of(&start).sketch());
        assert!(start.iter().filter(|run| whole.contains(run)).count() >= OF_OPENING);
        assert!(whole.len() <= SKETCH + OF_OPENING);
    }

    #[test]
    fn an_empty_text_is_like_nothing() {
        let none = Shingles::of(" \n");
        assert_eq!((none.len(), none.contained(&Shingles::of("a b"))), (0, 0));
        assert_eq!(Shingles::of("Yes.").len(), 1);
    }
}
