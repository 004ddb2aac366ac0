//! What the words of a sentence may open: triggers of rules, and the phrases that rules look for.

use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::phrases::{Set, stands, stands_apart, start_with};
use crate::grammar::rule::{Form, Rule};
use crate::grammar::tag::{Tag, Word};
use crate::trigger_frame::{may_be_read, may_read};

/// How many sets of phrases there may be.
pub(crate) const MARKED: usize = 2048;

/// Some of the sets of phrases, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks([u64; MARKED / 64]);

impl Default for Marks {
    fn default() -> Self {
        Self([0; MARKED / 64])
    }
}

impl Marks {
    fn set(&mut self, number: u16) {
        if let Some(bits) = self.0.get_mut(usize::from(number) / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    /// Adds what is marked in `other`.
    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, more)| *own |= more);
    }

    fn has(&self, number: u16) -> bool {
        self.0.get(usize::from(number) / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }
}

/// The same for the few sets that a word is a phrase of: parts without marks take no room.
#[derive(Debug, Default)]
struct Sparse {
    /// A bit for each part of [`Marks`] that has marks.
    filled: u32,
    parts: Vec<u64>,
}

impl Sparse {
    /// The bit of the part that a set has its mark in, none for a set beyond the marks.
    fn part(number: u16) -> u32 {
        1_u32.checked_shl(u32::from(number / 64)).unwrap_or(0)
    }

    /// Where among the filled parts one stands.
    fn rank(&self, part: u32) -> usize {
        (self.filled & part.wrapping_sub(1)).count_ones() as usize
    }

    fn set(&mut self, number: u16) {
        let part = Self::part(number);
        let at = self.rank(part);
        if self.filled & part == 0 {
            self.filled |= part;
            self.parts.insert(at, 0);
        }
        if let Some(bits) = self.parts.get_mut(at) {
            *bits |= 1 << (number % 64);
        }
    }

    fn has(&self, number: u16) -> bool {
        let part = Self::part(number);
        self.filled & part != 0
            && self.parts.get(self.rank(part)).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    fn add_to(&self, marks: &mut Marks) {
        let mut left = self.filled;
        for bits in &self.parts {
            if let Some(all) = marks.0.get_mut(left.trailing_zeros() as usize) {
                *all |= bits;
            }
            left &= left.wrapping_sub(1);
        }
    }
}

/// How many sets of phrases a rule may ask for besides its theme.
const ASKED: usize = 5;

/// Stands for no set.
const NOTHING: u16 = u16::MAX;

/// Of which sets the sentence of a trigger has to name something, lest its rule says nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demands {
    /// In the sentence itself; those that ask for nothing come last.
    here: [u16; ASKED],
    /// In the sentence, or for some rules in one of those right before.
    theme: u16,
    looks_back: bool,
}

impl Demands {
    /// What a rule asks for: its theme, which may have been told before where it `looks_back`, and one
    /// phrase of each of the `sets`; empty ones ask for nothing.
    pub(crate) fn new(theme: &Set, looks_back: bool, sets: [&Set; ASKED]) -> Self {
        let number = |set: &Set| if set.is_empty() { NOTHING } else { set.number() };
        let mut sets = sets;
        // What has the fewest phrases is met least.
        sets.sort_by_key(|set| if set.is_empty() { usize::MAX } else { set.iter().count() });
        Self { here: sets.map(number), theme: number(theme), looks_back }
    }

    /// Whether they may be met in a sentence with these sets, behind sentences with those.
    #[inline]
    fn may(&self, here: &Marks, before: &Marks) -> bool {
        let asked = self.here.iter().take_while(|&&set| set != NOTHING);
        let themed = || here.has(self.theme) || self.looks_back && before.has(self.theme);
        asked.copied().all(|set| here.has(set)) && (self.theme == NOTHING || themed())
    }
}

/// A rule as its trigger knows it.
#[derive(Debug, Clone, Copy)]
struct Reader {
    rule: u32,
    form: Form,
    general: bool,
    demands: Demands,
}

/// A trigger of several words.
#[derive(Debug, Clone)]
struct Trigger {
    reader: Reader,
    words: Vec<Lower>,
}

/// The triggers that start with a word.
#[derive(Debug, Default)]
struct Triggers {
    /// Those that are this word alone.
    alone: Vec<Reader>,
    /// The longer ones, by their second word.
    longer: ByWord<Vec<Trigger>>,
    /// Those of them that are a verb and its particle, which may stand apart.
    particle: Vec<Trigger>,
}

/// How a phrase goes on behind its second word, and the sets that have it.
#[derive(Debug, Default)]
struct Ending {
    words: Vec<Lower>,
    sets: Vec<u16>,
}

/// What a word may open.
#[derive(Debug, Default)]
struct Opening {
    triggers: Option<Box<Triggers>>,
    /// The sets that have the word alone for a phrase.
    sets: Sparse,
    /// The longer phrases by their second word, and a bit for each of these.
    phrases: Option<Box<ByWord<Vec<Ending>>>>,
    seconds: u64,
}

/// What every word may open.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    words: ByWord<Opening>,
}

/// What stands at a word of a sentence.
#[derive(Debug, Clone, Copy)]
enum Place<'o> {
    /// A word of the rules or sets.
    Word(&'o Opening),
    /// A phrase of several words.
    Phrase(&'o Ending),
}

/// What the words of a sentence open.
#[derive(Debug, Default)]
pub(crate) struct Opened<'o> {
    at: Vec<(usize, Place<'o>)>,
    all: Marks,
}

impl Opened<'_> {
    /// The sets of which some of these sentences have a phrase.
    pub(crate) fn union<'o>(sentences: impl Iterator<Item = &'o Opened<'o>>) -> Marks {
        let mut out = Marks::default();
        sentences.for_each(|opened| out.add(&opened.all));
        out
    }

    /// Whether one of the phrases stands in the sentence.
    pub(crate) fn names(&self, set: &Set) -> bool {
        self.all.has(set.number())
    }

    /// Whether one of the phrases starts within a range of the sentence.
    pub(crate) fn has(&self, range: (usize, usize), set: &Set) -> bool {
        self.names(set) && self.places(range, set).next().is_some()
    }

    /// At how many words of the sentence a phrase of the set starts.
    pub(crate) fn count(&self, set: &Set) -> usize {
        let mut last = None;
        self.places((0, usize::MAX), set).filter(|&at| last.replace(at) != Some(at)).count()
    }

    /// Where in a range of the sentence phrases of the set start; a place may come twice in a row.
    pub(crate) fn places(&self, (start, end): (usize, usize), set: &Set) -> impl Iterator<Item = usize> {
        let within = match start {
            _ if !self.names(set) => &[],
            0 => self.at.as_slice(),
            _ => self.at.get(self.at.partition_point(|(at, _)| *at < start)..).unwrap_or_default(),
        };
        let number = set.number();
        within
            .iter()
            .take_while(move |(at, _)| *at < end)
            .filter(move |(_, place)| match place {
                Place::Word(opening) => opening.sets.has(number),
                Place::Phrase(ending) => ending.sets.contains(&number),
            })
            .map(|(at, _)| *at)
    }
}

impl Openings {
    /// Adds a rule with its index and its demands.
    pub(crate) fn rule(&mut self, index: usize, rule: &Rule, demands: Demands) {
        let Ok(index) = u32::try_from(index) else { return };
        let reader = Reader { rule: index, form: rule.form, general: rule.general, demands };
        for words in &rule.triggers {
            let Some(first) = words.first() else { continue };
            let opening = self.words.entry(first, Opening::default);
            let triggers = opening.triggers.get_or_insert_default();
            match words.as_slice() {
                [_, second, rest @ ..] => {
                    let trigger = Trigger { reader, words: words.clone() };
                    if rest.is_empty() && is_particle(second) {
                        triggers.particle.push(trigger.clone());
                    }
                    triggers.longer.entry(second, Vec::new).push(trigger);
                }
                _ => triggers.alone.push(reader),
            }
        }
    }

    /// Adds a set of phrases.
    pub(crate) fn set(&mut self, set: &Set) {
        for phrase in set.iter() {
            let Some((first, rest)) = phrase.split_first() else { continue };
            let opening = self.words.entry(first, Opening::default);
            let Some((second, rest)) = rest.split_first() else {
                opening.sets.set(set.number());
                continue;
            };
            opening.seconds |= second.bit();
            let endings = opening.phrases.get_or_insert_default().entry(second, Vec::new);
            match endings.iter_mut().find(|ending| ending.words == rest) {
                Some(ending) => ending.sets.push(set.number()),
                None => endings.push(Ending { words: rest.to_vec(), sets: vec![set.number()] }),
            }
        }
    }

    /// Puts what the words of a sentence open into `opened`, whatever was there.
    pub(crate) fn open<'o>(&'o self, words: &[Word], opened: &mut Opened<'o>) {
        opened.at.clear();
        opened.at.reserve(words.len());
        opened.all = Marks::default();
        for (at, word) in words.iter().enumerate() {
            if let Some(opening) = self.words.get(&word.lemma) {
                opening.open(words, at, opened);
            }
            // "dissatisfied" is no form of a verb the table has: its own spelling starts the rule.
            if word.lower != word.lemma
                && let Some(opening) = self.words.get(&word.lower)
            {
                opening.open(words, at, opened);
            }
        }
    }

    /// The rules whose triggers stand among the words of a sentence and whose demands may be met there,
    /// behind sentences with the sets of `before`; `each` is handed those with the words of the trigger.
    /// Rules on general diplomacy are left out unless `general`.
    pub(crate) fn triggers(
        words: &[Word],
        opened: &Opened<'_>,
        general: bool,
        before: &Marks,
        mut each: impl FnMut(usize, (usize, usize)),
    ) {
        for &(at, place) in &opened.at {
            let Place::Word(Opening { triggers: Some(triggers), .. }) = place else { continue };
            let Some(tag) = words.get(at).map(|word| word.tag).filter(|&tag| may_be_read(tag)) else {
                continue;
            };
            let speaks = |reader: &Reader| {
                (general || !reader.general)
                    && reader.demands.may(&opened.all, before)
                    && may_read(reader.form, tag)
            };
            for reader in triggers.alone.iter().filter(|reader| speaks(reader)) {
                each(reader.rule as usize, (at, at + 1));
            }
            triggers.longer(words, at, |reader, length| {
                if speaks(reader) {
                    each(reader.rule as usize, (at, at + length));
                }
            });
        }
    }
}

impl Opening {
    /// Adds what stands at `at`, where the word is.
    #[inline]
    fn open<'o>(&'o self, words: &[Word], at: usize, opened: &mut Opened<'o>) {
        self.sets.add_to(&mut opened.all);
        opened.at.push((at, Place::Word(self)));
        let Some(phrases) = self.phrases.as_deref() else { return };
        let Some([next, behind @ ..]) = words.get(at + 1..) else { return };
        if self.seconds & (next.lemma.bit() | next.lower.bit()) == 0 {
            return;
        }
        for ending in going_on(phrases, words, at + 1).filter(|ending| start_with(behind, &ending.words)) {
            ending.sets.iter().for_each(|&set| opened.all.set(set));
            opened.at.push((at, Place::Phrase(ending)));
        }
    }
}

impl Triggers {
    /// The longer triggers that stand at `at`, with their lengths.
    fn longer(&self, words: &[Word], at: usize, mut each: impl FnMut(&Reader, usize)) {
        if self.longer.len() == 0 {
            return;
        }
        going_on(&self.longer, words, at + 1).for_each(|trigger| {
            if stands(words, at, &trigger.words) {
                each(&trigger.reader, trigger.words.len());
            }
        });
        let apart = |trigger: &Trigger| {
            let together = stands(words, at, &trigger.words);
            if let Some(length) = stands_apart(words, at, &trigger.words).filter(|_| !together) {
                each(&trigger.reader, length);
            }
        };
        match words.get(at).map(|w| w.tag) {
            Some(Tag::Be) => going_on(&self.longer, words, at + 2).for_each(apart),
            Some(Tag::Verb(_)) => self.particle.iter().for_each(apart),
            _ => {}
        }
    }
}

/// The values of the word at `at`, first by its lemma, then by its spelling.
fn going_on<'o, T>(
    table: &'o ByWord<Vec<T>>,
    words: &[Word],
    at: usize,
) -> impl Iterator<Item = &'o T> + use<'o, T> {
    let second = words.get(at);
    let by_lemma = second.and_then(|word| table.get(&word.lemma));
    let by_print = second.filter(|word| word.lower != word.lemma).and_then(|word| table.get(&word.lower));
    by_lemma.into_iter().chain(by_print).flatten()
}

/// What may stand behind the object of its verb: "takes 24 points off".
pub(crate) fn is_particle(word: &Lower) -> bool {
    matches!(word.as_str(), "off" | "down" | "back")
}
