//! Sets of phrases that rules look for.

use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::openings::is_particle;
use crate::grammar::tag::{Tag, Word};

/// Phrases of lemmas or printed words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    /// The words of its own phrases, one phrase behind the other.
    words: Vec<Lower>,
    /// Where each of them ends.
    ends: Vec<u32>,
    /// Other sets whose phrases it has too.
    others: Vec<Set>,
    /// Made when the phrases are first asked for by a word: most sets never are.
    starts: OnceLock<Starts>,
}

/// Phrases by their first word, so that one is found in one step.
#[derive(Debug, Clone, Default)]
struct Starts {
    first: ByWord<Starting>,
    /// Those with the same first word stand together.
    phrases: Vec<Ordered>,
    words: Vec<Lower>,
}

/// The phrases with the same first word.
#[derive(Debug, Clone, Default)]
struct Starting {
    /// A bit for the second word of each.
    seconds: u64,
    from: u32,
    to: u32,
    /// The word alone is one of them.
    alone: bool,
}

/// A phrase and the how manieth of its set it is.
#[derive(Debug, Clone, Copy)]
struct Ordered {
    order: u32,
    from: u32,
    to: u32,
}

/// A count or place in a list that is far from filling these bits.
pub(crate) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A part of a list.
pub(crate) fn part<T>(list: &[T], from: u32, to: u32) -> &[T] {
    list.get(from as usize..to as usize).unwrap_or_default()
}

impl Starts {
    fn of(phrases: &Phrases) -> Self {
        let mut out = Self::default();
        let mut counts: Vec<u32> = Vec::new();
        let mut firsts: Vec<u32> = Vec::with_capacity(phrases.count());
        for phrase in phrases.iter() {
            let Some((first, rest)) = phrase.split_first() else { continue };
            let at = out.first.index_or_add(first, Starting::default);
            if at == counts.len() {
                counts.push(0);
            }
            counts[at] += 1;
            firsts.push(small(at));
            let starting = out.first.entry(first, Starting::default);
            starting.alone |= rest.is_empty();
            starting.seconds |= rest.first().map_or(0, Lower::bit);
        }
        let mut from = 0;
        let mut counts = counts.into_iter();
        out.first = out.first.map(|starting| {
            let start = from;
            from += counts.next().unwrap_or(0);
            Starting { from: start, to: start, ..starting }
        });
        out.phrases = vec![Ordered { order: 0, from: 0, to: 0 }; firsts.len()];
        for (order, phrase) in phrases.iter().enumerate() {
            let (Some(first), start) = (phrase.first(), small(out.words.len())) else { continue };
            out.words.extend_from_slice(phrase);
            let starting = out.first.entry(first, Starting::default);
            if let Some(place) = out.phrases.get_mut(starting.to as usize) {
                *place = Ordered { order: small(order), from: start, to: small(out.words.len()) };
            }
            starting.to += 1;
        }
        out
    }

    fn phrases(&self, starting: &Starting) -> impl Iterator<Item = (u32, &[Lower])> {
        let phrases = part(&self.phrases, starting.from, starting.to);
        phrases.iter().map(|phrase| (phrase.order, part(&self.words, phrase.from, phrase.to)))
    }

    /// The phrases that start with a word, each with the how manieth of the set it is.
    fn starting(&self, first: &Lower) -> impl Iterator<Item = (u32, &[Lower])> {
        self.first.get(first).into_iter().flat_map(|starting| self.phrases(starting))
    }
}

impl Phrases {
    /// Adds a phrase; one without words is none.
    pub(crate) fn add(&mut self, phrase: impl IntoIterator<Item = Lower>) {
        let known = self.words.len();
        self.words.extend(phrase);
        if self.words.len() > known {
            self.ends.push(small(self.words.len()));
        }
        self.starts.take();
    }

    /// Adds all phrases of another set.
    pub(crate) fn add_all(&mut self, other: &Set) {
        self.others.push(other.clone());
        self.starts.take();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty() && self.others.iter().all(|set| set.is_empty())
    }

    /// How many phrases there are.
    pub(crate) fn count(&self) -> usize {
        self.ends.len() + self.others.iter().map(|set| set.phrases.count()).sum::<usize>()
    }

    /// The phrases that are not those of another set.
    pub(crate) fn own(&self) -> impl Iterator<Item = &[Lower]> {
        let mut from = 0;
        self.ends.iter().map(move |&to| part(&self.words, std::mem::replace(&mut from, to), to))
    }

    /// The other sets whose phrases it has too.
    pub(crate) fn others(&self) -> &[Set] {
        &self.others
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Lower]> {
        self.own().chain(self.others.iter().flat_map(|set| set.phrases.own()))
    }

    fn starts(&self) -> &Starts {
        self.starts.get_or_init(|| Starts::of(self))
    }

    /// Whether `lemma` alone is one of the phrases.
    pub(crate) fn has_word(&self, lemma: &Lower) -> bool {
        self.starts().first.get(lemma).is_some_and(|starting| starting.alone)
    }

    /// Whether `phrase`, words separated by spaces, is one of them.
    pub(crate) fn has_phrase(&self, phrase: &str) -> bool {
        let Some(first) = phrase.split(' ').next() else { return false };
        let same = |words: &[Lower]| phrase.split(' ').eq(words.iter().map(Lower::as_str));
        self.starts().starting(&Lower::new(first)).any(|(_, words)| same(words))
    }

    /// Whether one of the phrases stands among some words.
    pub(crate) fn stand_in(&self, words: &[Lower]) -> bool {
        let starts = self.starts();
        words.iter().enumerate().any(|(at, first)| {
            let rest = words.get(at..).unwrap_or_default();
            starts.starting(first).any(|(_, phrase)| rest.starts_with(phrase))
        })
    }

    /// Whether a phrase stands at `at`.
    pub(crate) fn at(&self, words: &[Word], at: usize) -> bool {
        let Some((word, after)) = words.get(at..).and_then(<[Word]>::split_first) else { return false };
        let starts = self.starts();
        let next = || after.first().map_or(0, |w| w.lemma.bit() | w.lower.bit());
        let stands = |form: &Lower| {
            starts.first.get(form).is_some_and(|starting| {
                let whole = |(_, phrase): (u32, &[Lower])| {
                    phrase.get(1..).is_some_and(|rest| start_with(after, rest))
                };
                starting.alone || starting.seconds & next() != 0 && starts.phrases(starting).any(whole)
            })
        };
        stands(&word.lemma) || word.lemma != word.lower && stands(&word.lower)
    }

    /// The first of the phrases that stand at `at`.
    pub(crate) fn find(&self, words: &[Word], at: usize) -> Option<&[Lower]> {
        let word = words.get(at)?;
        let starts = self.starts();
        let first = |form: &Lower| starts.starting(form).find(|(_, phrase)| stands(words, at, phrase));
        let by_lemma = first(&word.lemma);
        let by_print = if word.lemma == word.lower { None } else { first(&word.lower) };
        by_lemma.into_iter().chain(by_print).min_by_key(|(order, _)| *order).map(|(_, phrase)| phrase)
    }
}

/// A set of phrases with its number among all that classes and rules name; copies share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Set {
    phrases: Arc<Phrases>,
    number: u16,
    filled: bool,
}

impl Set {
    pub(crate) fn new(phrases: Phrases, number: u16) -> Self {
        let filled = !phrases.is_empty();
        Self { phrases: Arc::new(phrases), number, filled }
    }

    /// The set of no phrase at all.
    pub(crate) fn nothing() -> Self {
        Self { number: u16::MAX, ..Self::default() }
    }

    pub(crate) const fn number(&self) -> u16 {
        self.number
    }

    /// Whether it has no phrase.
    pub(crate) const fn is_empty(&self) -> bool {
        !self.filled
    }

    /// Adds a phrase to this copy.
    pub(crate) fn add(&mut self, phrase: impl IntoIterator<Item = Lower>) {
        let phrases = Arc::make_mut(&mut self.phrases);
        phrases.add(phrase);
        self.filled = !phrases.is_empty();
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
            let mut between = between.enumerate().skip(1);
            // A far particle closes what it belongs to: "called the 12% duty on all frozen fish from Peru off."
            let closes = |i: usize| words.get(at + i + 2).is_none_or(|w| w.tag == Tag::Punct || w.time);
            // "called the step a knife in the back": a noun.
            let noun = |i: usize| words.get(at + i).is_some_and(|w| w.tag == Tag::Det);
            between.any(|(i, w)| w.lower == *particle && (i < NEAR || closes(i) && !noun(i))).then_some(1)
        }
        _ => None,
    }
}

/// Whether a particle stands behind the verb at `at`, no further than [`stands_apart`] looks.
pub(crate) fn particle_behind(words: &[Word], at: usize) -> bool {
    words.iter().skip(at + 1).take(PARTICLE).any(|w| is_particle(&w.lower))
}

/// How far its particle may stand from a verb.
const PARTICLE: usize = 12;
/// How far a particle may stand that more words follow.
const NEAR: usize = 6;

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
