//! Finds phrases among tokens: a trie over words, one step per token.
//!
//! Words compare without regard to case and to the shape of apostrophes; whether the capitals fit
//! is checked per phrase afterwards, so that "US" is no "us" and "Turkey" no "turkey". A lookup
//! takes time linear in the number of tokens, times the longest phrase.

use std::sync::LazyLock;

use crate::grammar::lower::{ByWord, Lower};
use crate::lexicon::StateForm;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::{Token, capital, tokens};

/// Which table a phrase comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    State(StateForm),
    Body,
    Title,
    Person,
    /// A surname that news prints alone.
    Surname,
    Group,
    Topic,
    Place,
}

impl Class {
    const SLOTS: usize = 7;

    const fn slot(self) -> usize {
        match self {
            Self::State(_) => 0,
            Self::Body => 1,
            Self::Title => 2,
            Self::Person | Self::Surname => 3,
            Self::Group => 4,
            Self::Topic => 5,
            Self::Place => 6,
        }
    }
}

/// A phrase found: what it is, its row, and how many tokens it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) len: usize,
    pub(crate) row: u32,
    pub(crate) class: Class,
}

/// The longest phrase of each class that starts at one token.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hits {
    slots: [Option<Hit>; Class::SLOTS],
}

impl Hits {
    /// None at all.
    pub(crate) const NONE: &'static Self = &Self { slots: [None; Class::SLOTS] };

    pub(crate) const fn state(&self) -> Option<(Hit, StateForm)> {
        match self.slots[0] {
            Some(hit @ Hit { class: Class::State(form), .. }) => Some((hit, form)),
            _ => None,
        }
    }

    pub(crate) const fn body(&self) -> Option<Hit> {
        self.slots[1]
    }

    pub(crate) const fn title(&self) -> Option<Hit> {
        self.slots[2]
    }

    pub(crate) const fn person(&self) -> Option<Hit> {
        self.slots[3]
    }

    pub(crate) const fn group(&self) -> Option<Hit> {
        self.slots[4]
    }

    pub(crate) const fn topic(&self) -> Option<Hit> {
        self.slots[5]
    }

    pub(crate) const fn place(&self) -> Option<Hit> {
        self.slots[6]
    }
}

/// What starts at each token of a sentence, which for most is nothing.
#[derive(Debug, Default)]
pub(crate) struct Finds {
    /// By token, one more than the index of its hits; 0 where there are none.
    places: Vec<u32>,
    hits: Vec<Hits>,
}

impl Finds {
    fn clear(&mut self) {
        self.places.clear();
        self.hits.clear();
    }

    /// Whether there are hits at a token.
    pub(crate) fn any_at(&self, token: usize) -> bool {
        self.places.get(token).is_some_and(|&place| place != 0)
    }

    /// The hits at a token.
    pub(crate) fn at(&self, token: usize) -> &Hits {
        let place = self.places.get(token).copied().unwrap_or(0);
        (place as usize).checked_sub(1).and_then(|at| self.hits.get(at)).unwrap_or(Hits::NONE)
    }

    /// The hits of the sentence in order.
    pub(crate) fn all(&self) -> &[Hits] {
        &self.hits
    }

    /// The first token from `from` on with any hits.
    pub(crate) fn next(&self, from: usize) -> Option<usize> {
        self.places.get(from..)?.iter().position(|&place| place != 0).map(|ahead| from + ahead)
    }
}

/// An entry at the end of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    class: Class,
    row: u32,
    /// Tokens that must start with a capital, one bit each.
    capital: u32,
    /// Tokens that must be all capitals.
    shouted: u32,
}

/// Most tokens in a phrase: the width of the masks.
const PHRASE: usize = 32;

/// Open addressing from a key to a number. The number 0 marks a free place.
#[derive(Debug, Default)]
struct Table {
    slots: Vec<(u64, u32)>,
    used: usize,
}

const fn mix(key: u64) -> u64 {
    let key = (key ^ (key >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    key ^ (key >> 29)
}

impl Table {
    fn find(&self, key: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = mix(key) as usize & mask;
        // At most half of the places are taken, so that the search ends.
        loop {
            match self.slots.get(at) {
                Some(&(found, value)) if value != 0 => {
                    if found == key {
                        return Some(value);
                    }
                }
                _ => return None,
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, key: u64, value: u32) {
        if self.slots.len() < 2 * (self.used + 1) {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, 0); (old.len() * 2).max(1024)];
            old.into_iter().filter(|slot| slot.1 != 0).for_each(|slot| self.place(slot));
        }
        self.place((key, value));
        self.used += 1;
    }

    fn place(&mut self, slot: (u64, u32)) {
        let mask = self.slots.len() - 1;
        let mut at = mix(slot.0) as usize & mask;
        while self.slots.get(at).is_some_and(|found| found.1 != 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = slot;
        }
    }
}

static GENITIVE: LazyLock<Lower> = LazyLock::new(|| Lower::new("'s"));

/// A word in lower case, apostrophes straight.
fn fold(word: &str) -> Lower {
    if word.is_ascii() {
        Lower::printed(word)
    } else {
        Lower::printed(&word.replace('’', "'").replace(['–', '‑'], "-"))
    }
}

/// All phrases.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// The number of each word that occurs in some phrase, from 1.
    words: ByWord<u32>,
    steps: Table,
    /// Entries per node; node 0 is the start.
    nodes: Vec<Vec<Entry>>,
    /// The node that each word leads to from the start, 0 where no phrase starts with it.
    first: Vec<u32>,
}

fn shouted(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}

impl Phrases {
    /// Adds a phrase for a row. Lower-case phrases with a hyphen are found in capitals as well.
    pub(crate) fn add(&mut self, phrase: &str, class: Class, row: usize) {
        self.add_as(phrase, phrase, class, row);
        if phrase.contains('-') && !phrase.chars().any(char::is_uppercase) {
            let capitals: String = phrase.split('-').map(capitalise).collect::<Vec<_>>().join("-");
            self.add_as(&capitals, phrase, class, row);
        }
    }

    /// Adds the tokens of `phrase`, with the capitals of `model`.
    fn add_as(&mut self, phrase: &str, model: &str, class: Class, row: usize) {
        let parts = tokens(phrase, Span::new(0, phrase.len()));
        if parts.is_empty() || parts.len() > PHRASE {
            return;
        }
        if self.nodes.is_empty() {
            self.nodes.push(Vec::new());
        }
        let free = !model.chars().any(char::is_uppercase);
        let (mut node, mut upper, mut loud) = (0, 0, 0);
        for (at, part) in parts.iter().enumerate() {
            let word = part.span.of(phrase).unwrap_or("");
            upper |= u32::from(!free && capital(word)) << at;
            loud |= u32::from(!free && shouted(word)) << at;
            let id = self.intern(word);
            node = self.step_or_add(node, id);
        }
        let entry =
            Entry { class, row: u32::try_from(row).unwrap_or(u32::MAX), capital: upper, shouted: loud };
        if let Some(entries) = self.nodes.get_mut(node as usize)
            && !entries.contains(&entry)
        {
            entries.push(entry);
        }
    }

    fn intern(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.words.len() + 1).unwrap_or(u32::MAX);
        *self.words.entry(&fold(word), || next)
    }

    fn step(&self, node: u32, word: u32) -> Option<u32> {
        if node == 0 {
            return self.first.get(word as usize).copied().filter(|&next| next != 0);
        }
        self.steps.find(u64::from(node) << 32 | u64::from(word))
    }

    fn step_or_add(&mut self, node: u32, word: u32) -> u32 {
        if let Some(next) = self.step(node, word) {
            return next;
        }
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(Vec::new());
        if node == 0 {
            let word = word as usize;
            self.first.resize(self.first.len().max(word + 1), 0);
            if let Some(first) = self.first.get_mut(word) {
                *first = next;
            }
            return next;
        }
        self.steps.insert(u64::from(node) << 32 | u64::from(word), next);
        next
    }

    /// The longest phrase of each class at each token of a sentence.
    pub(crate) fn find(&self, text: &str, sentence: &Sentence, words: &mut Vec<u32>, found: &mut Finds) {
        words.clear();
        found.clear();
        let number = |(token, lower): (&Token, &Lower)| {
            let folded = || match lower {
                _ if lower.is_ascii() => None,
                // By far the most frequent word beyond ASCII.
                _ if *lower == "’s" => self.words.get(&GENITIVE),
                _ => self.words.get(&fold(token.span.of(text)?)),
            };
            self.words.get(lower).or_else(folded).copied().unwrap_or(0)
        };
        words.extend(sentence.tokens.iter().zip(&sentence.lower).map(number));
        for (at, &word) in words.iter().enumerate() {
            match self.first.get(word as usize) {
                None | Some(0) => found.places.push(0),
                Some(&node) => {
                    let any = self.at(text, &sentence.tokens, words, (at, node), &mut found.hits);
                    found.places.push(if any { u32::try_from(found.hits.len()).unwrap_or(0) } else { 0 });
                }
            }
        }
    }

    /// Adds the phrases that start at a token, of which the first word leads to a node; whether there
    /// are any.
    fn at(
        &self,
        text: &str,
        sentence: &[Token],
        words: &[u32],
        (start, mut node): (usize, u32),
        list: &mut Vec<Hits>,
    ) -> bool {
        let before = list.len();
        for at in start..sentence.len().min(start + PHRASE) {
            if at > start {
                let Some(&word) = words.get(at).filter(|&&word| word != 0) else { break };
                let Some(next) = self.step(node, word) else { break };
                node = next;
            }
            for entry in self.nodes.get(node as usize).into_iter().flatten() {
                if !fits(entry, text, sentence.get(start..=at).unwrap_or_default()) {
                    continue;
                }
                if list.len() == before {
                    list.push(Hits::default());
                }
                if let Some(slot) = list.last_mut().and_then(|hits| hits.slots.get_mut(entry.class.slot()))
                    && slot.is_none_or(|hit| hit.len <= at - start)
                {
                    *slot = Some(Hit { class: entry.class, row: entry.row, len: at + 1 - start });
                }
            }
        }
        list.len() > before
    }
}

/// Whether the capitals of the text are those the phrase asks for.
fn fits(entry: &Entry, text: &str, part: &[Token]) -> bool {
    entry.capital == 0
        || part.iter().enumerate().all(|(at, token)| {
            let word = token.span.of(text).unwrap_or("");
            (entry.capital >> at & 1 == 0 || capital(word)) && (entry.shouted >> at & 1 == 0 || shouted(word))
        })
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
