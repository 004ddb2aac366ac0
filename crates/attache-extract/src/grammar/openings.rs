//! What the words of a sentence may open: triggers of rules, and the phrases that rules look for.

use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::phrases::{Set, stands, stands_apart};
use crate::grammar::tag::{Tag, Word};

/// How many sets of phrases are told apart by their first words; one beyond them would be tried at
/// every word.
pub(crate) const MARKED: usize = 1536;

/// Some of the sets of phrases, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks([u64; MARKED / 64]);

impl Default for Marks {
    fn default() -> Self {
        Self([0; MARKED / 64])
    }
}

impl Marks {
    fn set(&mut self, number: usize) {
        if let Some(bits) = self.0.get_mut(number / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    /// Adds what is marked in `other`.
    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, more)| *own |= more);
    }

    /// Whether the set is marked, or is one too many to tell.
    fn has(&self, set: &Set) -> bool {
        self.has_number(set.number())
    }

    fn has_number(&self, number: usize) -> bool {
        number >= MARKED || self.marks(number)
    }

    /// Whether the set with this number is marked for certain.
    fn marks(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }
}

/// Answers to a question about sets of phrases, each asked once.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    known: Marks,
    yes: Marks,
}

impl Answers {
    /// The answer for a set, by `look` where it is not known yet.
    pub(crate) fn of(&mut self, set: &Set, look: impl FnOnce() -> bool) -> bool {
        let number = set.number();
        if number < MARKED && self.known.has_number(number) {
            return self.yes.has_number(number);
        }
        let answer = look();
        self.known.set(number);
        if answer {
            self.yes.set(number);
        }
        answer
    }
}

/// Of which sets the sentence of a trigger has to name something, lest its rule says nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Demands {
    /// In the sentence itself.
    here: Vec<u16>,
    /// In the sentence, or for some rules in one of those right before.
    theme: Option<u16>,
    looks_back: bool,
}

impl Demands {
    /// What a rule asks for: its theme, which may have been told before where it `looks_back`, and one
    /// phrase of each of the `sets`; empty ones ask for nothing.
    pub(crate) fn new(theme: &Set, looks_back: bool, sets: &[&Set]) -> Self {
        let asks = |set: &&Set| !set.is_empty();
        let number = |set: &Set| u16::try_from(set.number()).ok();
        Self {
            here: sets.iter().copied().filter(asks).filter_map(number).collect(),
            theme: Some(theme).filter(asks).and_then(number),
            looks_back,
        }
    }

    /// Whether they may be met in a sentence with these sets, behind sentences with those.
    fn may(&self, here: &Marks, before: &Marks) -> bool {
        let told = |theme: usize| here.has_number(theme) || self.looks_back && before.has_number(theme);
        self.theme.is_none_or(|theme| told(usize::from(theme)))
            && self.here.iter().all(|&set| here.has_number(usize::from(set)))
    }
}

/// A trigger of a rule.
#[derive(Debug, Clone)]
struct Trigger {
    rule: usize,
    general: bool,
    words: Vec<Lower>,
}

/// What a word may open.
#[derive(Debug, Default)]
struct Opening {
    /// The triggers that are this word alone.
    alone: Vec<Trigger>,
    /// The longer ones, by their second word.
    longer: ByWord<Vec<Trigger>>,
    /// Those of them that are a verb and its particle, which may stand apart.
    particle: Vec<Trigger>,
    /// The sets with phrases that this word starts, where there are any.
    sets: Option<Box<Started>>,
}

/// The sets with phrases that a word starts.
#[derive(Debug, Default)]
struct Started {
    all: Marks,
    /// Those of them that have the word alone for a phrase.
    alone: Marks,
}

/// What every word may open.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    words: ByWord<Opening>,
    /// By rule.
    demands: Vec<Demands>,
}

/// The words of a sentence that may start phrases of sets.
#[derive(Debug, Default)]
pub(crate) struct Opened<'o> {
    at: Vec<(usize, &'o Opening)>,
    all: Marks,
}

impl Opened<'_> {
    /// The sets of which some of these sentences may have a phrase.
    pub(crate) fn union<'o>(sentences: impl Iterator<Item = &'o Opened<'o>>) -> Marks {
        let mut out = Marks::default();
        sentences.for_each(|opened| out.add(&opened.all));
        out
    }

    /// Whether one of the phrases may stand in the sentence.
    pub(crate) fn may(&self, set: &Set) -> bool {
        self.all.has(set)
    }

    /// Whether one of the phrases starts within a range of the sentence, whose words are `words`.
    pub(crate) fn has(&self, words: &[Word], range: (usize, usize), set: &Set) -> bool {
        self.may(set) && self.places(words, range, set).next().is_some()
    }

    /// At how many words of the sentence a phrase of the set starts.
    pub(crate) fn count(&self, words: &[Word], set: &Set) -> usize {
        let mut last = None;
        self.places(words, (0, words.len()), set).filter(|&at| last.replace(at) != Some(at)).count()
    }

    /// Where in a range of the sentence phrases of the set start; a place may come twice in a row.
    pub(crate) fn places(
        &self,
        words: &[Word],
        (start, end): (usize, usize),
        set: &Set,
    ) -> impl Iterator<Item = usize> {
        let within = match start {
            _ if !self.may(set) => &[],
            0 => self.at.as_slice(),
            _ => self.at.get(self.at.partition_point(|(at, _)| *at < start)..).unwrap_or_default(),
        };
        let within = within.iter();
        within
            .take_while(move |(at, _)| *at < end)
            .filter(|(at, opening)| opening.starts(set, words, *at))
            .map(|(at, _)| *at)
    }
}

impl Openings {
    /// Adds the next rule.
    pub(crate) fn rule(&mut self, demands: Demands) {
        self.demands.push(demands);
    }

    /// Adds a trigger of the rule with this index.
    pub(crate) fn trigger(&mut self, rule: usize, general: bool, words: &[Lower]) {
        let Some(first) = words.first() else { return };
        let trigger = Trigger { rule, general, words: words.to_vec() };
        let opening = self.words.entry(first, Opening::default);
        match words {
            [_, second, rest @ ..] => {
                if rest.is_empty() && is_particle(second) {
                    opening.particle.push(trigger.clone());
                }
                opening.longer.entry(second, Vec::new).push(trigger);
            }
            _ => opening.alone.push(trigger),
        }
    }

    /// Adds a set of phrases.
    pub(crate) fn set(&mut self, set: &Set) {
        for (first, alone) in set.firsts() {
            let started = self.words.entry(first, Opening::default).sets.get_or_insert_default();
            started.all.set(set.number());
            if alone {
                started.alone.set(set.number());
            }
        }
    }

    /// What the words of a sentence open.
    pub(crate) fn open(&self, words: &[Word]) -> Opened<'_> {
        let mut opened = Opened { at: Vec::with_capacity(words.len()), all: Marks::default() };
        for (at, word) in words.iter().enumerate() {
            let lemma = self.words.get(&word.lemma);
            // "dissatisfied" is no form of a verb the table has: its own spelling starts the rule.
            let spelled = if word.lower == word.lemma { None } else { self.words.get(&word.lower) };
            for opening in lemma.into_iter().chain(spelled) {
                if let Some(started) = opening.sets.as_deref() {
                    opened.all.add(&started.all);
                }
                opened.at.push((at, opening));
            }
        }
        opened
    }

    /// The rules whose triggers stand among the words of a sentence and whose demands may be met there,
    /// behind sentences with the sets of `before`; `each` is handed those with the words of the trigger.
    /// Rules on general diplomacy are left out unless `general`.
    pub(crate) fn triggers(
        &self,
        words: &[Word],
        opened: &Opened<'_>,
        general: bool,
        before: &Marks,
        mut each: impl FnMut(usize, (usize, usize)),
    ) {
        for &(at, opening) in &opened.at {
            opening.triggers(words, at, |trigger, length| {
                let may = |demands: &Demands| demands.may(&opened.all, before);
                if (general || !trigger.general) && self.demands.get(trigger.rule).is_none_or(may) {
                    each(trigger.rule, (at, at + length));
                }
            });
        }
    }
}

impl Opening {
    /// Whether a phrase of the set stands at `at`, where the word is.
    fn starts(&self, set: &Set, words: &[Word], at: usize) -> bool {
        self.sets.as_ref().is_some_and(|started| {
            started.all.has(set) && (started.alone.marks(set.number()) || set.at(words, at))
        })
    }

    /// The triggers that stand at `at`, with their lengths.
    fn triggers(&self, words: &[Word], at: usize, mut each: impl FnMut(&Trigger, usize)) {
        self.alone.iter().for_each(|trigger| each(trigger, 1));
        if self.longer.len() == 0 {
            return;
        }
        self.going_on(words, at + 1, |trigger| {
            if stands(words, at, &trigger.words) {
                each(trigger, trigger.words.len());
            }
        });
        let apart = |trigger: &Trigger| {
            let together = stands(words, at, &trigger.words);
            if let Some(length) = stands_apart(words, at, &trigger.words).filter(|_| !together) {
                each(trigger, length);
            }
        };
        match words.get(at).map(|w| w.tag) {
            Some(Tag::Be) => self.going_on(words, at + 2, apart),
            Some(Tag::Verb(_)) => self.particle.iter().for_each(apart),
            _ => {}
        }
    }

    /// The longer triggers whose second word stands at `at`.
    fn going_on(&self, words: &[Word], at: usize, each: impl FnMut(&Trigger)) {
        let Some(second) = words.get(at) else { return };
        let by_lemma = self.longer.get(&second.lemma);
        let by_print = if second.lower == second.lemma { None } else { self.longer.get(&second.lower) };
        by_lemma.into_iter().chain(by_print).flatten().for_each(each);
    }
}

/// What may stand behind the object of its verb: "takes 24 points off".
pub(crate) fn is_particle(word: &Lower) -> bool {
    matches!(word.as_str(), "off" | "down" | "back")
}
