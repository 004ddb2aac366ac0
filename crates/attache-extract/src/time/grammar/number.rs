//! Numbers in digits and words.

use super::Grammar;
use crate::time::lexicon::{Key, Word};
use crate::time::node::Count;

impl Grammar<'_> {
    /// How many, in digits or words, at token `at`, and the token after.
    pub(super) fn count(&self, at: usize) -> Option<(Count, usize)> {
        match self.word(at) {
            Word::Digits { value, len } => {
                (len <= 5).then_some(())?;
                if self.sign(at + 1, '.') && self.glued(at + 1) && self.glued(at + 2) {
                    let half = self.digits(at + 2)? == (5, 1);
                    return half.then_some((Count::AndHalf(value), at + 3));
                }
                if self.sign(at + 1, ',') && self.glued(at + 2) {
                    let (rest, 3) = self.digits(at + 2)? else { return None };
                    return Some((Count::Exact(value.checked_mul(1000)?.checked_add(rest)?), at + 3));
                }
                Some((Count::Exact(value), at + 1))
            }
            Word::Key(Key::A) => self.article_count(at),
            Word::Key(Key::Few) => Some((Count::Vague, at + 1)),
            Word::Key(Key::Couple) => Some((Count::Exact(2), self.past_key(at + 1, Key::Of))),
            Word::Key(Key::Half) => {
                let next = self.past_key(at + 1, Key::A);
                Some((Count::AndHalf(0), next))
            }
            Word::Cardinal(_) | Word::Scale(_) => {
                let (number, next) = self.cardinal(at)?;
                let halves = self.is(next, Key::And) && self.is(next + 1, Key::Half);
                let halves_a =
                    self.is(next, Key::And) && self.is(next + 1, Key::A) && self.is(next + 2, Key::Half);
                Some(match (halves, halves_a) {
                    (true, _) => (Count::AndHalf(number), next + 2),
                    (_, true) => (Count::AndHalf(number), next + 3),
                    _ => (Count::Exact(number), next),
                })
            }
            _ => None,
        }
    }

    /// "a", "a few", "a couple of", "a hundred".
    fn article_count(&self, at: usize) -> Option<(Count, usize)> {
        match self.word(at + 1) {
            Word::Key(Key::Few | Key::Couple) | Word::Scale(_) => self.count(at + 1),
            Word::Cardinal(1) => Some((Count::Exact(1), at + 2)),
            Word::Key(Key::Half) => None,
            _ => Some((Count::Exact(1), at + 1)),
        }
    }

    /// A number in words: "ninety", "twenty-one", "two hundred and sixty".
    pub(super) fn cardinal(&self, at: usize) -> Option<(u32, usize)> {
        let (mut total, mut last, mut next) = match self.word(at) {
            Word::Cardinal(number) => (0, number, at + 1),
            Word::Scale(scale) => (0, scale, at + 1),
            _ => return None,
        };
        for _ in 0..6 {
            let and = self.is(next, Key::And)
                && last % 100 == 0
                && matches!(self.word(next + 1), Word::Cardinal(_));
            let hyphen = self.dash(next) && last >= 20;
            let from = if and || hyphen { next + 1 } else { next };
            match self.word(from) {
                Word::Scale(1000) => (total, last) = (total + last * 1000, 0),
                Word::Scale(scale) => last *= scale,
                Word::Cardinal(more)
                    if (last % 100 >= 20 && last % 10 == 0 && more < 10) || last % 100 == 0 =>
                {
                    last += more;
                }
                _ => break,
            }
            next = from + 1;
            if total > 100_000 || last > 100_000 {
                return None;
            }
        }
        Some((total + last, next))
    }

    /// A day of the month at `at` (1 to 31, `0` where the number is none), and the token after.
    pub(super) fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        match self.word(at) {
            Word::Digits { value, len } if len <= 2 => {
                let next = at + 1;
                if self.glued(next) && self.is(next, Key::Th) {
                    return Some((small(value), next + 1));
                }
                let glued_sign = self.glued(next)
                    && matches!(self.word(next), Word::Sign(':' | '%'))
                    && (!self.sign(next, ':') || self.glued(next + 1));
                let fraction = self.glued(next) && self.sign(next, '.') && self.glued(next + 1);
                let letters = self.glued(next) && !matches!(self.word(next), Word::Sign(_));
                let amount =
                    matches!(self.word(next), Word::Key(Key::Percent | Key::Am | Key::Pm) | Word::Scale(_));
                (!glued_sign && !fraction && !letters && !amount).then(|| (small(value), next))
            }
            Word::Ordinal(number) if number <= 30 => Some((small(number), at + 1)),
            Word::Cardinal(tens @ (20 | 30)) => {
                let next = self.past_dash(at + 1);
                match self.word(next) {
                    Word::Ordinal(ones) | Word::Cardinal(ones) if ones < 10 => {
                        Some((small(tens + ones), next + 1))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A year of four digits at `at`, 1000 to 2999, not part of a longer number.
    pub(in crate::time) fn year_number(&self, at: usize) -> Option<(i16, usize)> {
        if let Some((value @ 1000..=2999, 4)) = self.digits(at) {
            let next = at + 1;
            let longer = self.glued(next)
                && match self.word(next) {
                    Word::Sign('.' | ',' | ':' | '/') => {
                        self.glued(next + 1) && self.digits(next + 1).is_some()
                    }
                    Word::Sign('%') => true,
                    Word::Sign(_) => false,
                    Word::Key(Key::Q | Key::H) => !self.glued(next + 1),
                    _ => true,
                };
            return (!longer).then(|| (i16::try_from(value).unwrap_or(0), next));
        }
        None
    }
}

/// A day of the month, or 0 where the number is none.
fn small(value: u32) -> i8 {
    i8::try_from(value).ok().filter(|day| (1..=31).contains(day)).unwrap_or(0)
}
