//! What a sentence says to the learned reader.

use crate::document::BlockKind;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::lower::Lower;
use crate::learned::clues::{self, Sink};
use crate::learned::{Number, Row, Weights};

/// Clues that a sentence has for each of its words, nearly always fewer.
const PER_WORD: usize = 5;

/// The clues of a sentence.
#[derive(Debug)]
pub(crate) struct Heard<'w> {
    /// Each with the word it tells of; the same clue may stand several times.
    pub(super) clues: Vec<(Number, Option<usize>)>,
    /// What those with weights say, each of them once.
    pub(super) known: Vec<&'w Row>,
    /// The square root of how many different clues there are.
    root: f64,
}

impl Sink for Vec<(Number, Option<usize>)> {
    fn clue<const N: usize>(&mut self, parts: [&Lower; N], word: Option<usize>) {
        self.push((parts.into_iter().fold(Number::default(), Number::with), word));
    }
}

impl<'w> Heard<'w> {
    /// The clues of a sentence, and what they say.
    pub(crate) fn new(weights: &'w Weights, view: View<'_>, classes: &Classes, block: BlockKind) -> Self {
        let mut clues = Vec::with_capacity(view.words.len() * PER_WORD);
        clues::read(view, classes, block, &mut clues);
        Self::of(weights, clues)
    }

    pub(super) fn of(weights: &'w Weights, clues: Vec<(Number, Option<usize>)>) -> Self {
        let mut known = Vec::with_capacity(clues.len());
        let mut different = Different::with_room(clues.len());
        for &(clue, _) in &clues {
            if different.add(clue.get()) {
                known.extend(weights.clues.get_of(clue.get()));
            }
        }
        let root = f64::from(different.count.max(1)).sqrt();
        Self { clues, known, root }
    }

    /// What a sum of weights amounts to in a sentence of so many clues.
    #[expect(clippy::cast_possible_truncation, reason = "a sum of some hundred weights of 16 bits")]
    pub(super) fn weighed(&self, sum: i32) -> i32 {
        (f64::from(sum) / self.root).round() as i32
    }
}

/// Different numbers other than 0; open addressing, at most half of the places taken.
struct Different {
    slots: Vec<u64>,
    count: u32,
}

impl Different {
    /// None so far, of at most so many.
    fn with_room(most: usize) -> Self {
        Self { slots: vec![0; (2 * most).next_power_of_two()], count: 0 }
    }

    /// Adds a number; whether it is a new one.
    #[inline]
    fn add(&mut self, number: u64) -> bool {
        let mask = self.slots.len() - 1;
        let mut at = (number >> 32) as usize & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == number {
                return false;
            }
            if *slot == 0 {
                *slot = number;
                self.count += 1;
                return true;
            }
            at = (at + 1) & mask;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_new_once() {
        let mut different = Different::with_room(5);
        let new: Vec<bool> =
            [7, 1 << 36, 7, 2 << 36, 1 << 36].into_iter().map(|n| different.add(n)).collect();
        assert_eq!(new, [true, true, false, true, false]);
        assert_eq!(different.count, 3);
    }
}
