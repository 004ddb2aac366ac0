//! Sets of phrases that rules look for.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::openings::is_particle;
use crate::grammar::tag::{Tag, Word};

/// Phrases of lemmas or printed words, found at a word in one step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    /// By their first word, in their order.
    list: Vec<Arc<[Lower]>>,
    /// Where in the list the phrases with this first word are.
    starts: ByWord<Starting>,
}

/// The phrases with the same first word.
#[derive(Debug, Clone, Default)]
struct Starting {
    /// The word alone is one of them.
    alone: bool,
    /// A bit for the second word of each.
    seconds: u64,
    places: Vec<usize>,
}

impl Phrases {
    /// Adds a phrase; one without words is none.
    pub(crate) fn add(&mut self, phrase: Arc<[Lower]>) {
        if let Some(first) = phrase.first() {
            let starting = self.starts.entry(first, Starting::default);
            starting.alone |= phrase.len() == 1;
            starting.seconds |= phrase.get(1).map_or(0, Lower::bit);
            starting.places.push(self.list.len());
            self.list.push(phrase);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Lower]> {
        self.shared().map(AsRef::as_ref)
    }

    /// The same, to be put into other sets without a copy of the words.
    pub(crate) fn shared(&self) -> impl Iterator<Item = &Arc<[Lower]>> {
        self.list.iter()
    }

    /// Whether `lemma` alone is one of the phrases.
    pub(crate) fn has_word(&self, lemma: &Lower) -> bool {
        self.starts.get(lemma).is_some_and(|starting| starting.alone)
    }

    /// Whether `phrase`, words separated by spaces, is one of them.
    pub(crate) fn has_phrase(&self, phrase: &str) -> bool {
        let Some(first) = phrase.split(' ').next() else { return false };
        let same = |p: &Arc<[Lower]>| phrase.split(' ').eq(p.iter().map(Lower::as_str));
        self.starting(&Lower::new(first)).any(|at| self.list.get(at).is_some_and(same))
    }

    /// Whether one of the phrases stands among some words.
    pub(crate) fn stand_in(&self, words: &[Lower]) -> bool {
        words.iter().enumerate().any(|(at, first)| {
            let rest = words.get(at..).unwrap_or_default();
            self.starting(first).any(|place| self.list.get(place).is_some_and(|p| rest.starts_with(p)))
        })
    }

    /// Whether a phrase stands at `at`.
    pub(crate) fn at(&self, words: &[Word], at: usize) -> bool {
        let Some((word, after)) = words.get(at..).and_then(<[Word]>::split_first) else { return false };
        let rest = |place: usize| self.list.get(place).and_then(|phrase| phrase.get(1..));
        let next = || after.first().map_or(0, |w| w.lemma.bit() | w.lower.bit());
        let stands = |form: &Lower| {
            self.starts.get(form).is_some_and(|starting| {
                let whole = |&place: &usize| rest(place).is_some_and(|rest| start_with(after, rest));
                starting.alone || starting.seconds & next() != 0 && starting.places.iter().any(whole)
            })
        };
        stands(&word.lemma) || word.lemma != word.lower && stands(&word.lower)
    }

    /// The first of the phrases that stand at `at`.
    pub(crate) fn find(&self, words: &[Word], at: usize) -> Option<&[Lower]> {
        let word = words.get(at)?;
        let first = |form: &Lower| {
            self.starting(form).find(|&place| self.list.get(place).is_some_and(|p| stands(words, at, p)))
        };
        let by_lemma = first(&word.lemma);
        let by_print = if word.lemma == word.lower { None } else { first(&word.lower) };
        let place = by_lemma.into_iter().chain(by_print).min()?;
        self.list.get(place).map(AsRef::as_ref)
    }

    fn starting(&self, first: &Lower) -> impl Iterator<Item = usize> {
        self.starts.get(first).into_iter().flat_map(|starting| &starting.places).copied()
    }
}

impl Extend<Arc<[Lower]>> for Phrases {
    fn extend<I: IntoIterator<Item = Arc<[Lower]>>>(&mut self, phrases: I) {
        phrases.into_iter().for_each(|phrase| self.add(phrase));
    }
}

impl FromIterator<Arc<[Lower]>> for Phrases {
    fn from_iter<I: IntoIterator<Item = Arc<[Lower]>>>(phrases: I) -> Self {
        let mut out = Self::default();
        out.extend(phrases);
        out
    }
}

/// A set of phrases with its number among all that classes and rules name; copies share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Set {
    phrases: Arc<Phrases>,
    number: u16,
}

impl Set {
    pub(crate) fn new(phrases: Phrases, number: u16) -> Self {
        Self { phrases: Arc::new(phrases), number }
    }

    pub(crate) const fn number(&self) -> u16 {
        self.number
    }

    /// Adds a phrase to this copy.
    pub(crate) fn add(&mut self, phrase: Arc<[Lower]>) {
        Arc::make_mut(&mut self.phrases).add(phrase);
    }
}

impl Deref for Set {
    type Target = Phrases;

    fn deref(&self) -> &Phrases {
        &self.phrases
    }
}

impl Default for &Set {
    fn default() -> Self {
        static NONE: LazyLock<Set> = LazyLock::new(Set::default);
        &NONE
    }
}

/// How many words `phrase` spans at `at` where something stands between: an adverb after "be" ("are
/// still subject to"), or the object before the particle ("takes 24 points off").
pub(crate) fn stands_apart(words: &[Word], at: usize, phrase: &[Lower]) -> Option<usize> {
    let (first, rest) = phrase.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let word = words.get(at).filter(|w| w.lemma == *first || w.lower == *first)?;
    match word.tag {
        Tag::Be => {
            let adverb = words.get(at + 1).is_some_and(|w| w.tag == Tag::Adv && word.lemma == "be");
            (adverb && stands(words, at + 2, rest)).then_some(phrase.len() + 1)
        }
        Tag::Verb(_) => {
            let [particle] = rest else { return None };
            if !is_particle(particle) {
                return None;
            }
            let open = |w: &&Word| !matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal);
            let between =
                words.get(at + 1..)?.iter().take(PARTICLE).take_while(|w| open(w) && w.lower != ",");
            between.skip(1).any(|w| w.lower == *particle).then_some(1)
        }
        _ => None,
    }
}

/// How far its particle may stand from a verb.
const PARTICLE: usize = 6;

/// Whether the words of `phrase` stand at `at`, one after the other.
pub(crate) fn stands(words: &[Word], at: usize, phrase: &[Lower]) -> bool {
    !phrase.is_empty() && words.get(at..).is_some_and(|words| start_with(words, phrase))
}

/// Whether some words start with those of `phrase`.
#[inline]
pub(crate) fn start_with(words: &[Word], phrase: &[Lower]) -> bool {
    phrase.len() <= words.len()
        && phrase.iter().zip(words).all(|(form, word)| word.lemma == *form || word.lower == *form)
}
