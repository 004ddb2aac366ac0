//! Word classes: named lists of lemmas and phrases that rules refer to with `@`.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::OnceLock;

use crate::grammar::lower::Lower;
use crate::grammar::openings::Opened;
use crate::grammar::phrases::{Phrases, Set};
use crate::state::StateCode;

/// The classes of `lexicon/acts.csv`.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    /// In the order in which they came in.
    sets: Vec<Set>,
    names: Vec<Lower>,
    /// The same by name.
    sorted: BTreeMap<String, usize>,
    /// At each place what stands for the name of a class, and one more than its number, 0 where there is
    /// none; at most half of the places are taken.
    slots: Vec<(u32, u16)>,
    /// Which words are members of which classes by themselves.
    members: Members,
    /// The classes of names of measures, by the state whose measures they are.
    measures: OnceLock<Vec<(StateCode, usize)>>,
}

/// Bits of pairs of a class and a word. Most words are not in the class they are looked for in, which one
/// look tells.
#[derive(Debug, Default)]
struct Members(Vec<u64>);

impl Members {
    /// How many parts the bits have: some twenty bits for each pair there is.
    const PARTS: usize = 4096;

    /// The part and the bit of a class and a word.
    #[inline]
    const fn place(class: u32, word: u64) -> (usize, u64) {
        let mixed = (word ^ (class as u64) << 16).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed >> 40) as usize % Self::PARTS, 1 << (mixed >> 58))
    }

    fn add(&mut self, class: u32, word: &Lower) {
        self.0.resize(Self::PARTS, 0);
        let (part, bit) = Self::place(class, word.number());
        if let Some(bits) = self.0.get_mut(part) {
            *bits |= bit;
        }
    }

    #[inline]
    fn may_have(&self, class: u32, word: &Lower) -> bool {
        let (part, bit) = Self::place(class, word.number());
        self.0.get(part).is_some_and(|bits| bits & bit != 0)
    }
}

/// What stands for a name, told from its first and last bytes and how many there are: no two classes
/// share it.
#[inline]
fn mixed(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_be_bytes(*first), u64::from_be_bytes(*last)),
        _ => (bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)), 0),
    };
    let mixed = (first ^ last.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as u32
}

impl Classes {
    /// Adds a phrase (lemmas separated by spaces) to a class.
    pub(crate) fn add(&mut self, class: &str, phrase: &str) {
        let mut words = phrase.split_whitespace().map(Lower::printed);
        let (first, second) = (words.next(), words.next());
        if let (Some(alone), None) = (&first, &second) {
            self.members.add(mixed(class), alone);
        }
        // The rows of a class mostly stand together.
        let last = self.names.len().checked_sub(1).filter(|&last| self.names[last] == class);
        let number = match last.or_else(|| self.sorted.get(class).copied()) {
            Some(number) => number,
            None => {
                let number = self.sets.len();
                self.sets.push(Set::new(Phrases::default(), u16::try_from(number).unwrap_or(u16::MAX)));
                self.names.push(Lower::new(class));
                self.sorted.insert(class.to_owned(), number);
                self.file(number);
                number
            }
        };
        if let Some(set) = self.sets.get_mut(number) {
            set.add(first.into_iter().chain(second).chain(words));
            self.measures.take();
        }
    }

    /// Gives a class its place.
    fn file(&mut self, number: usize) {
        if self.slots.len() < 2 * self.names.len() {
            self.slots = vec![(0, 0); (self.slots.len() * 2).max(64)];
            (0..number).for_each(|known| self.file(known));
        }
        let mask = self.slots.len() - 1;
        let own = self.names.get(number).map_or(0, |name| mixed(name));
        let mut at = own as usize & mask;
        while let Some(&(other, taken)) = self.slots.get(at)
            && taken != 0
        {
            debug_assert!(other != own, "{:?} is taken for another class", self.names.get(number));
            at = (at + 1) & mask;
        }
        if let (Some(free), Ok(number)) = (self.slots.get_mut(at), u16::try_from(number + 1)) {
            *free = (own, number);
        }
    }

    /// The phrases of a class, or `None` where there is no such class.
    #[inline]
    pub(crate) fn get(&self, class: &str) -> Option<&Set> {
        self.find(self.key(class))
    }

    /// What stands for a name; callers mostly know that beforehand.
    #[inline]
    fn key(&self, class: &str) -> u32 {
        let key = mixed(class);
        debug_assert!(self.find(key).is_none_or(|set| self.is_called(set, class)), "{class:?}");
        key
    }

    /// Whether a class has this name.
    fn is_called(&self, set: &Set, class: &str) -> bool {
        self.names.get(usize::from(set.number())).is_some_and(|name| *name == class)
    }

    /// The class that this stands for.
    #[inline(never)]
    fn find(&self, own: u32) -> Option<&Set> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = own as usize & mask;
        loop {
            let &(other, number) = self.slots.get(at)?;
            let number = usize::from(number).checked_sub(1)?;
            if other == own {
                return self.sets.get(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// All classes, in the order of their numbers.
    pub(crate) fn all(&self) -> &[Set] {
        &self.sets
    }

    /// The names of all classes, in the order of their numbers.
    pub(crate) fn names(&self) -> &[Lower] {
        &self.names
    }

    /// The classes of which a sentence has a phrase, each with its number and name.
    pub(crate) fn named_in<'c>(&'c self, opened: &Opened<'_>) -> impl Iterator<Item = (usize, &'c Lower)> {
        // Classes have the lowest numbers of all sets.
        opened.numbers().map_while(|number| Some((number, self.names.get(number)?)))
    }

    /// The classes whose names start with `prefix`, by the rest of their names.
    pub(crate) fn starting<'c>(&'c self, prefix: &'c str) -> impl Iterator<Item = (&'c str, &'c Set)> {
        self.sorted
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .map_while(move |(name, &number)| Some((name.strip_prefix(prefix)?, self.sets.get(number)?)))
    }

    /// The names of measures by the state whose measures bear them.
    pub(crate) fn measures(&self) -> impl Iterator<Item = (StateCode, &Set)> {
        let of_states = self.measures.get_or_init(|| {
            let named = self.starting("measure_");
            named.filter_map(|(state, set)| Some((state.parse().ok()?, usize::from(set.number())))).collect()
        });
        of_states.iter().filter_map(|&(state, number)| Some((state, self.sets.get(number)?)))
    }

    /// Whether `lemma` alone is a member.
    #[inline]
    pub(crate) fn has(&self, class: &str, lemma: &Lower) -> bool {
        let key = self.key(class);
        self.members.may_have(key, lemma) && self.has_in(key, lemma)
    }

    /// The same for what stands for a class.
    #[inline(never)]
    fn has_in(&self, key: u32, lemma: &Lower) -> bool {
        self.find(key).is_some_and(|members| members.has_word(lemma))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_is_found_by_its_name() {
        let mut classes = Classes::default();
        for number in 0..500 {
            classes.add(&format!("class_{number}"), &format!("word{number}"));
            classes.add(&format!("class_{number}"), "and more");
        }
        for number in 0..500 {
            let set = classes.get(&format!("class_{number}"));
            assert!(set.is_some_and(|set| usize::from(set.number()) == number && set.has_phrase("and more")));
            let has = |word: String| classes.has(&format!("class_{number}"), &Lower::new(&word));
            assert!(has(format!("word{number}")) && !has(format!("word{}", number + 1)));
            assert!(!has("and".to_owned()));
        }
        assert!(classes.get("class_").is_none() && classes.get("").is_none());
        assert_eq!(classes.starting("class_49").count(), 11);
        assert!(Classes::default().get("class_1").is_none());
    }
}
