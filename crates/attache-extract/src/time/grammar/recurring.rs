//! Recurrences: "every month", "annually", "twice a week", "per year".

use super::Grammar;
use crate::time::lexicon::{Key, Unit, Word};
use crate::time::node::{Core, Count, Node};

impl Grammar<'_> {
    pub(super) fn recurring(&self, at: usize) -> Option<Node> {
        match self.word(at) {
            Word::Every { count, unit } => Some(Node::new(Core::Every(Count::Exact(count), unit), at + 1)),
            Word::Key(Key::Each | Key::Per) => self.every(at + 1),
            Word::Key(Key::Once) => self.a_unit(at + 1),
            Word::Key(key @ (Key::Semi | Key::Bi)) => {
                let next = self.past_dash(at + 1);
                let Word::Every { count: 1, unit } = self.word(next) else { return None };
                let (count, unit) = match (key, unit) {
                    (Key::Semi, Unit::Year) => (6, Unit::Month),
                    (Key::Bi, unit) => (2, unit),
                    _ => return None,
                };
                Some(Node::new(Core::Every(Count::Exact(count), unit), next + 1))
            }
            _ => None,
        }
    }

    fn every(&self, at: usize) -> Option<Node> {
        if self.is(at, Key::Alternate) {
            return match self.word(at + 1) {
                Word::Unit { unit, plural: false } => {
                    Some(Node::new(Core::Every(Count::Exact(2), unit), at + 2))
                }
                Word::Weekday { day, .. } => Some(Node::new(Core::EveryWeekday(day), at + 2)),
                _ => None,
            };
        }
        match self.word(at) {
            Word::Unit { unit, plural: false } => Some(Node::new(Core::Every(Count::Exact(1), unit), at + 1)),
            Word::Weekday { day, .. } => Some(Node::new(Core::EveryWeekday(day), at + 1)),
            Word::Ordinal(number @ 2..=30) => match self.word(at + 1) {
                Word::Unit { unit, plural: false } => {
                    Some(Node::new(Core::Every(Count::Exact(number), unit), at + 2))
                }
                _ => None,
            },
            Word::Digits { .. } | Word::Cardinal(_) | Word::Key(Key::Few) => {
                let (count, unit, next) = self.count_of(at)?;
                Some(Node::new(Core::Every(count, unit), next))
            }
            _ => None,
        }
    }

    /// "a week" after "once".
    fn a_unit(&self, at: usize) -> Option<Node> {
        if !self.is(at, Key::A) {
            return None;
        }
        match self.word(at + 1) {
            Word::Unit { unit, plural: false } => Some(Node::new(Core::Every(Count::Exact(1), unit), at + 2)),
            _ => None,
        }
    }
}
