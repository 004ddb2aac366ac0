//! Finds phrases among tokens: a trie over words, one step per token.
//!
//! Words compare without regard to case and to the shape of apostrophes; whether the capitals fit
//! is checked per phrase afterwards, so that "US" is no "us" and "Turkey" no "turkey". A lookup
//! takes time linear in the number of tokens, times the longest phrase.

use std::sync::LazyLock;

use smallvec::SmallVec;

use crate::grammar::lower::{ByWord, Lower, is};
use crate::lexicon::StateForm;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::{Token, TokenKind, capital, tokens};

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
    len: u8,
    pub(crate) row: u32,
    pub(crate) class: Class,
}

impl Hit {
    /// How many tokens it covers.
    pub(crate) const fn len(&self) -> usize {
        self.len as usize
    }
}

/// The longest phrase of each class that starts at one token.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hits {
    slots: [Option<Hit>; Class::SLOTS],
}

impl Hits {
    /// What these say of the token where they start.
    fn traits(&self) -> u32 {
        let of = |slot: &Option<Hit>, own: u32| if slot.is_some() { own } else { 0 };
        traits::KNOWN
            | of(&self.slots[0], traits::STATE)
            | of(&self.slots[1], traits::BODY)
            | of(&self.slots[4], traits::GROUP)
    }

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

/// What a token is to the lexicon.
#[derive(Debug, Clone, Copy)]
struct Looked {
    /// The number of its word, 0 where no phrase has it.
    word: u32,
    /// One more than the index of its hits, 0 where there are none.
    place: u32,
    traits: u32,
}

/// A token that phrases may start at.
#[derive(Debug, Clone, Copy)]
struct Start {
    at: usize,
    /// Where its word leads to.
    node: u32,
    /// A bit for each word that may come second ([`second`]).
    seconds: u64,
}

/// What starts at each token of a sentence, which for most is nothing, and what the token may be.
#[derive(Debug, Default)]
pub(crate) struct Finds {
    tokens: Vec<Looked>,
    starts: Vec<Start>,
    /// The tokens that phrases do start at, with the phrases.
    hits: Vec<(usize, Hits)>,
    traits: u32,
}

impl Finds {
    /// With room for a sentence of so many tokens.
    pub(crate) fn with_room(tokens: usize) -> Self {
        Self {
            tokens: Vec::with_capacity(tokens),
            starts: Vec::with_capacity(tokens),
            hits: Vec::with_capacity(tokens / 2),
            traits: 0,
        }
    }

    /// Whether a token has one of these traits.
    #[inline]
    pub(crate) fn has(&self, token: usize, traits: u32) -> bool {
        self.tokens.get(token).is_some_and(|own| own.traits & traits != 0)
    }

    /// Whether any token of the sentence has one of these traits.
    pub(crate) const fn any(&self, traits: u32) -> bool {
        self.traits & traits != 0
    }

    /// The hits at a token.
    #[inline]
    pub(crate) fn at(&self, token: usize) -> &Hits {
        let place = self.tokens.get(token).map_or(0, |own| own.place);
        (place as usize).checked_sub(1).and_then(|at| self.hits.get(at)).map_or(Hits::NONE, |(_, hits)| hits)
    }

    /// The tokens with hits, in order.
    pub(crate) fn all(&self) -> &[(usize, Hits)] {
        &self.hits
    }
}

/// What a token may be, one bit each.
pub(crate) mod traits {
    /// A word with a capital.
    pub(crate) const CAPITAL: u32 = 1;
    /// Phrases start here.
    pub(crate) const KNOWN: u32 = 1 << 1;
    /// The name of a state starts here.
    pub(crate) const STATE: u32 = 1 << 2;
    /// A noun for people or firms starts here.
    pub(crate) const GROUP: u32 = 1 << 3;
    /// The name of a state starts here or at the next token, or a noun for people here or at one of the
    /// next two.
    pub(crate) const NEAR: u32 = 1 << 4;
    /// The name of a body or a noun for one starts here.
    pub(crate) const BODY: u32 = 1 << 5;
    /// The lowest of those that lists of words give.
    pub(crate) const LISTED: u32 = 1 << 6;
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

/// The key of the step from a node by a word.
fn step(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
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

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// From 1; 0 where no phrase has it.
    number: u32,
    /// The node that it leads to from the start, 0 where no phrase starts with it.
    first: u32,
    /// A bit for each second word of the phrases that start with it ([`second`]).
    seconds: u64,
    /// The lists that it is on.
    traits: u32,
}

/// One of 64 bits for a word behind the first one of a phrase, by its number; the lowest is for none.
const fn second(number: u32) -> u64 {
    if number == 0 { 1 } else { 2 << (number % 63) }
}

/// All phrases.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    words: ByWord<Known>,
    steps: Table,
    /// Entries per node; node 0 is the start.
    nodes: Vec<SmallVec<[Entry; 1]>>,
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
            self.nodes.push(SmallVec::new());
        }
        let free = !model.chars().any(char::is_uppercase);
        let (mut node, mut upper, mut loud, mut next) = (0, 0, 0, 0);
        for (at, part) in parts.iter().enumerate() {
            let word = part.span.of(phrase).unwrap_or("");
            upper |= u32::from(!free && capital(word)) << at;
            loud |= u32::from(!free && shouted(word)) << at;
            let number;
            (node, number) = self.step_or_add(node, word);
            next = if at == 1 { number } else { next };
        }
        if let Some(first) = parts.first().and_then(|part| part.span.of(phrase)) {
            self.words.entry(&fold(first), Known::default).seconds |= second(next);
        }
        let entry =
            Entry { class, row: u32::try_from(row).unwrap_or(u32::MAX), capital: upper, shouted: loud };
        if let Some(entries) = self.nodes.get_mut(node as usize)
            && !entries.contains(&entry)
        {
            entries.push(entry);
        }
    }

    /// Says that a word in lower case is on the lists of these traits.
    pub(crate) fn list(&mut self, word: &str, traits: u32) {
        self.words.entry(&Lower::new(word), Known::default).traits |= traits;
    }

    /// The node behind a word, and the number of that.
    fn step_or_add(&mut self, node: u32, word: &str) -> (u32, u32) {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (number, new) = (count(self.words.len() + 1), count(self.nodes.len()));
        let known = self.words.entry(&fold(word), Known::default);
        if known.number == 0 {
            known.number = number;
        }
        let key = step(node, known.number);
        let next = if node == 0 { Some(known.first).filter(|&next| next != 0) } else { self.steps.find(key) };
        let next = next.unwrap_or_else(|| {
            self.nodes.push(SmallVec::new());
            if node == 0 {
                known.first = new;
            } else {
                self.steps.insert(key, new);
            }
            new
        });
        (next, known.number)
    }

    /// What is known of a token's word.
    #[inline]
    fn known(&self, text: &str, token: &Token, lower: &Lower) -> Option<&Known> {
        let known = self.words.get(lower);
        if known.is_some() || lower.is_ascii() { known } else { self.folded(text, token, lower) }
    }

    /// The same for a word beyond ASCII, by its plain form.
    #[inline(never)]
    fn folded(&self, text: &str, token: &Token, lower: &Lower) -> Option<&Known> {
        // By far the most frequent one.
        let genitive = is!(lower, "’s");
        if genitive { self.words.get(&GENITIVE) } else { self.words.get(&fold(token.span.of(text)?)) }
    }

    /// The longest phrase of each class at each token of a sentence.
    pub(crate) fn find(&self, text: &str, sentence: &Sentence, found: &mut Finds) {
        let Finds { tokens, starts, hits, traits } = found;
        tokens.clear();
        starts.clear();
        hits.clear();
        *traits = 0;
        tokens.extend(sentence.tokens.iter().zip(&sentence.lower).enumerate().map(|(at, (token, lower))| {
            let capital = token.capital && token.kind == TokenKind::Word;
            let mut own = Looked { word: 0, place: 0, traits: if capital { traits::CAPITAL } else { 0 } };
            if let Some(known) = self.known(text, token, lower) {
                if known.first != 0 {
                    starts.push(Start { at, node: known.first, seconds: known.seconds });
                }
                own = Looked { word: known.number, traits: own.traits | known.traits, ..own };
            }
            *traits |= own.traits;
            own
        }));
        for &Start { at, node, seconds } in starts.iter() {
            let next = tokens.get(at + 1).map_or(0, |next| next.word);
            if seconds & (second(0) | second(next)) == 0 {
                continue;
            }
            let Some(own) = self.at(text, &sentence.tokens, tokens, (at, node)) else { continue };
            hits.push((at, own));
            let told = own.traits();
            *traits |= told;
            if let Some(token) = tokens.get_mut(at) {
                token.place = u32::try_from(hits.len()).unwrap_or(0);
                token.traits |= told;
            }
            let before = match told {
                _ if told & traits::GROUP != 0 => 2,
                _ if told & traits::STATE != 0 => 1,
                _ => continue,
            };
            let near = tokens.get_mut(at.saturating_sub(before)..=at).unwrap_or_default();
            near.iter_mut().for_each(|token| token.traits |= traits::NEAR);
        }
    }

    /// The phrases that start at a token, of which the first word leads to a node.
    fn at(
        &self,
        text: &str,
        sentence: &[Token],
        words: &[Looked],
        (start, mut node): (usize, u32),
    ) -> Option<Hits> {
        let mut found: Option<Hits> = None;
        for at in start..sentence.len().min(start + PHRASE) {
            if at > start {
                let Some(word) = words.get(at).map(|own| own.word).filter(|&word| word != 0) else { break };
                let Some(next) = self.steps.find(step(node, word)) else { break };
                node = next;
            }
            for entry in self.nodes.get(node as usize).into_iter().flatten() {
                if !fits(entry, text, sentence.get(start..=at).unwrap_or_default()) {
                    continue;
                }
                let Ok(len) = u8::try_from(at + 1 - start) else { continue };
                if let Some(slot) = found.get_or_insert_default().slots.get_mut(entry.class.slot())
                    && slot.is_none_or(|hit| hit.len < len)
                {
                    *slot = Some(Hit { class: entry.class, row: entry.row, len });
                }
            }
        }
        found
    }
}

/// Whether the capitals of the text are those the phrase asks for.
fn fits(entry: &Entry, text: &str, part: &[Token]) -> bool {
    entry.capital == 0
        || part.iter().enumerate().all(|(at, token)| {
            (entry.capital >> at & 1 == 0 || token.capital)
                && (entry.shouted >> at & 1 == 0 || shouted(token.span.of(text).unwrap_or("")))
        })
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
