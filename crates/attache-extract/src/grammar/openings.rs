//! What the words of a sentence may open: triggers of rules, and the phrases that rules look for.

use crate::grammar::lower::{ByWord, Lower, bit_of, is};
use crate::grammar::phrases::{Phrases, Set, part, particle_behind, small, stands, stands_apart, start_with};
use crate::grammar::rule::{Form, Rule};
use crate::grammar::tag::{Tag, Word};
use crate::trigger_frame::{may_be_read, may_read};

/// How many sets of phrases there may be.
pub(crate) const MARKED: usize = 3072;

/// Some of the sets of phrases, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks([u64; MARKED / 64]);

impl Default for Marks {
    fn default() -> Self {
        Self([0; MARKED / 64])
    }
}

impl Marks {
    /// Adds what is marked in `other`.
    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, more)| *own |= more);
    }

    fn has(&self, number: u16) -> bool {
        self.0.get(usize::from(number) / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    /// The numbers of the sets that are marked, in order.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(part, &bits)| {
            let left = std::iter::successors(Some(bits), |left| Some(left & left.wrapping_sub(1)));
            left.take_while(|left| *left != 0).map(move |left| part * 64 + left.trailing_zeros() as usize)
        })
    }
}

/// The same for the few sets that a word is a phrase of: they are listed.
#[derive(Debug, Clone, Copy, Default)]
struct Sparse {
    /// A bit for each 64 of [`Marks`] of which some are set.
    filled: u64,
    /// Where the numbers of the sets stand among all that are listed.
    from: u32,
    count: u16,
}

impl Sparse {
    /// The bit of those 64 sets that a set is one of, none for a set beyond the marks.
    fn part(number: u16) -> u64 {
        1_u64.checked_shl(u32::from(number / 64)).unwrap_or(0)
    }

    /// Puts sets, in the order of their numbers, behind all that are listed so far.
    fn of(numbers: impl Iterator<Item = u16>, listed: &mut Vec<u16>) -> Self {
        let mut out = Self { from: small(listed.len()), ..Self::default() };
        for number in numbers.filter(|&number| Self::part(number) != 0) {
            out.filled |= Self::part(number);
            listed.push(number);
            out.count += 1;
        }
        out
    }

    const fn is_empty(self) -> bool {
        self.filled == 0
    }

    #[inline]
    fn own(self, listed: &[u16]) -> &[u16] {
        part(listed, self.from, self.from + u32::from(self.count))
    }

    #[inline]
    fn has(self, number: u16, listed: &[u16]) -> bool {
        self.filled & Self::part(number) != 0 && self.own(listed).contains(&number)
    }

    #[inline]
    fn add_to(self, marks: &mut Marks, listed: &[u16]) {
        for &number in self.own(listed) {
            if let Some(bits) = marks.0.get_mut(usize::from(number) / 64) {
                *bits |= 1 << (number % 64);
            }
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
    /// What is met least of all these.
    key: u16,
}

impl Demands {
    /// What a rule asks for: its theme, which may have been told before where it `looks_back`, and one
    /// phrase of each of the `sets`; empty ones ask for nothing.
    pub(crate) fn new(theme: &Set, looks_back: bool, sets: [&Set; ASKED]) -> Self {
        let number = |set: &Set| if set.is_empty() { NOTHING } else { set.number() };
        // What has the fewest phrases is met least.
        let rare = |set: &Set| if set.is_empty() { usize::MAX } else { set.count() };
        let mut sets = sets;
        sets.sort_by_cached_key(|set| rare(set));
        let first = sets.first().map_or(usize::MAX, |set| rare(set));
        let key = match sets.first() {
            _ if rare(theme) < first => theme.number().saturating_add(if looks_back { WIDE } else { 0 }),
            Some(set) if first < usize::MAX => set.number(),
            _ => ALWAYS,
        };
        Self { here: sets.map(number), theme: number(theme), looks_back, key: key.min(ALWAYS) }
    }

    /// Whether they may be met in a sentence with these sets, behind sentences with those.
    #[inline]
    fn may(&self, here: &Marks, before: &Marks) -> bool {
        let asked = self.here.iter().take_while(|&&set| set != NOTHING);
        let themed = || here.has(self.theme) || self.looks_back && before.has(self.theme);
        asked.copied().all(|set| here.has(set)) && (self.theme == NOTHING || themed())
    }
}

/// Added to the number of a set that this sentence or one right before may have.
const WIDE: u16 = 3072;

/// The key of a rule that asks for nothing.
const ALWAYS: u16 = 2 * WIDE;

const _: () = assert!(MARKED == WIDE as usize, "each set has a key");

/// What keys are met in a sentence, by the sets of it and of the ones right before.
#[derive(Debug, Clone, Copy)]
struct Keys<'m> {
    here: &'m Marks,
    before: &'m Marks,
}

impl Keys<'_> {
    #[inline]
    fn met(self, key: u16) -> bool {
        match key.checked_sub(WIDE) {
            None => self.here.has(key),
            Some(wide) => wide == WIDE || self.here.has(wide) || self.before.has(wide),
        }
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
#[derive(Debug, Clone, Copy)]
struct Trigger {
    reader: Reader,
    /// Its words among all words.
    from: u32,
    to: u32,
}

/// What a word may open. The lists of all words stand one behind the other in [`Openings`]. What is looked at for
/// nearly every word of a text comes from memory in one go.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Opening {
    /// The sets that have the word alone for a phrase.
    sets: Sparse,
    /// A bit for the second word of each longer phrase that it starts, and of each longer trigger.
    seconds: u64,
    trigger_seconds: u64,
    /// The rules that have it alone for a trigger.
    alone: Alone,
    /// The longer triggers that are a verb and its particle, which may stand apart.
    particle: (u32, u32),
    triggers: bool,
}

/// Rules that share a trigger: those that read only verbs, then those that read nouns too, then those that
/// read nouns only.
#[derive(Debug, Clone, Copy, Default)]
struct Alone {
    verbs: u32,
    any: u32,
    nouns: u32,
    end: u32,
}

impl Alone {
    /// The rules that may read a word with this tag.
    const fn that_read(self, first: Tag) -> (u32, u32) {
        if may_read(Form::Verb, first) { (self.verbs, self.nouns) } else { (self.any, self.end) }
    }

    const fn is_empty(self) -> bool {
        self.verbs == self.end
    }
}

/// How a phrase goes on behind its second word, and the sets that have it.
#[derive(Debug, Clone, Copy)]
struct Ending {
    sets: Sparse,
    /// Its words among all words.
    from: u32,
    to: u32,
}

/// Spreads a number over the high bits.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Where what starts with two words stands in a list; open addressing, at most half of the places taken.
#[derive(Debug, Default)]
struct Pairs {
    slots: Vec<Pair>,
}

/// Two words: the second one by its number, which is 0 at a free place, the first one by its opening.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    second: u64,
    first: u32,
    from: u32,
    to: u32,
}

impl Pairs {
    fn of(pairs: &[Pair]) -> Self {
        let mut slots = vec![Pair::default(); (2 * pairs.len()).next_power_of_two()];
        let mask = slots.len() - 1;
        for &pair in pairs {
            let mut at = Self::place(pair.first, pair.second) & mask;
            while slots.get(at).is_some_and(|slot| slot.second != 0) {
                at = (at + 1) & mask;
            }
            if let Some(free) = slots.get_mut(at) {
                *free = pair;
            }
        }
        Self { slots }
    }

    #[inline]
    const fn place(first: u32, second: u64) -> usize {
        let mixed = (second ^ (first as u64).rotate_left(40)).wrapping_mul(MIX);
        (mixed >> 36) as usize
    }

    #[inline]
    fn find(&self, first: u32, second: u64) -> (u32, u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = Self::place(first, second) & mask;
        while let Some(pair) = self.slots.get(at).filter(|pair| pair.second != 0) {
            if pair.second == second && pair.first == first {
                return (pair.from, pair.to);
            }
            at = (at + 1) & mask;
        }
        (0, 0)
    }
}

/// What every word may open.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    words: ByWord<Opening>,
    /// The sets of all words and endings ([`Sparse`]).
    listed: Vec<u16>,
    /// By their first two words.
    phrases: Pairs,
    endings: Vec<Ending>,
    /// Of each of the readers what is met least.
    keys: Vec<u16>,
    readers: Vec<Reader>,
    /// By their first two words.
    longer: Pairs,
    triggers: Vec<Trigger>,
    particles: Vec<Trigger>,
    /// The words of endings and triggers.
    spelled: Vec<Lower>,
}

/// What is collected of a word while the openings are put together.
#[derive(Debug, Default)]
struct Collected {
    alone: Vec<Reader>,
    /// The longer triggers with their second words.
    longer: Vec<(u64, Trigger)>,
    particle: Vec<Trigger>,
    sets: Vec<u16>,
    seconds: u64,
}

/// A phrase of several words behind its first one.
struct Longer<'p> {
    second: u64,
    /// Stands for the rest: the same for the same words.
    mixed: u64,
    rest: &'p [Lower],
    set: u16,
}

/// Rules and sets on their way into [`Openings`].
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    words: ByWord<Collected>,
    spelled: Vec<Lower>,
}

impl Gathering {
    /// Adds a rule with its index, its triggers and its demands.
    pub(crate) fn rule(&mut self, index: usize, rule: &Rule, triggers: &Phrases, demands: Demands) {
        let Ok(index) = u32::try_from(index) else { return };
        let reader = Reader { rule: index, form: rule.form, general: rule.general, demands };
        for words in triggers.iter() {
            let Some(first) = words.first() else { continue };
            let opening = self.words.entry(first, Collected::default);
            match words {
                [_, second, rest @ ..] => {
                    let from = small(self.spelled.len());
                    self.spelled.extend_from_slice(words);
                    let trigger = Trigger { reader, from, to: small(self.spelled.len()) };
                    if rest.is_empty() && is_particle(second) {
                        opening.particle.push(trigger);
                    }
                    opening.longer.push((second.number(), trigger));
                }
                _ => opening.alone.push(reader),
            }
        }
    }

    /// The openings, with sets of phrases.
    pub(crate) fn with<'s>(mut self, sets: impl Iterator<Item = &'s Set> + Clone) -> Openings {
        // Per set, those that have all its phrases.
        let mut within: Vec<Vec<u16>> = Vec::new();
        for (set, other) in sets.clone().flat_map(|set| set.others().iter().map(move |other| (set, other))) {
            let at = usize::from(other.number());
            if within.len() <= at {
                within.resize_with(at + 1, Vec::new);
            }
            within[at].push(set.number());
        }
        let mut longer: Vec<Vec<Longer<'s>>> = Vec::new();
        for set in sets {
            let numbers = within.get(usize::from(set.number())).map(Vec::as_slice).unwrap_or_default();
            let numbers = || numbers.iter().copied().chain([set.number()]);
            for phrase in set.own() {
                let Some((first, rest)) = phrase.split_first() else { continue };
                let at = self.words.index_or_add(first, Collected::default);
                let opening = self.words.entry(first, Collected::default);
                let Some((second, rest)) = rest.split_first() else {
                    opening.sets.extend(numbers());
                    continue;
                };
                opening.seconds |= second.bit();
                let second = second.number();
                let mix = |sum: u64, word: &Lower| (sum.rotate_left(9) ^ word.number()).wrapping_mul(MIX);
                let mixed = rest.iter().fold(0, mix);
                if longer.len() <= at {
                    longer.resize_with(at + 1, Vec::new);
                }
                longer[at].extend(numbers().map(|set| Longer { second, mixed, rest, set }));
            }
        }
        Openings::put_together(self, longer)
    }
}

/// What stands at a word of a sentence: a word of the rules or sets, or a phrase of several words.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: u32,
    /// Which word, where it may be a trigger or start one.
    opening: u32,
    sets: Sparse,
}

/// Stands for no opening.
const NO_OPENING: u32 = u32::MAX;

/// What the words of a sentence open.
#[derive(Debug, Default)]
pub(crate) struct Opened<'o> {
    places: Vec<Place>,
    all: Marks,
    listed: &'o [u16],
}

/// The words of a sentence while what they open is looked up; one serves all sentences of a text.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// Those with something to open.
    known: Vec<(u32, u32)>,
    /// Of each word the bits of its forms.
    bits: Vec<u64>,
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

    /// The numbers of all sets of which a phrase stands in the sentence, in order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.all.numbers()
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
            0 => self.places.as_slice(),
            _ => self
                .places
                .get(self.places.partition_point(|place| (place.at as usize) < start)..)
                .unwrap_or_default(),
        };
        let number = set.number();
        within
            .iter()
            .take_while(move |place| (place.at as usize) < end)
            .filter(move |place| place.sets.has(number, self.listed))
            .map(|place| place.at as usize)
    }
}

impl Openings {
    /// The openings of what was gathered, and of the longer phrases of each word.
    fn put_together(gathered: Gathering, longer: Vec<Vec<Longer<'_>>>) -> Self {
        let Gathering { words, spelled } = gathered;
        let mut out = Self { spelled, ..Self::default() };
        let mut pairs: Vec<Pair> = Vec::new();
        let mut at = 0;
        out.words = words.map(|Collected { alone, mut longer, particle, mut sets, seconds }| {
            sets.sort_unstable();
            sets.dedup();
            let alone = out.file(alone);
            let from = small(out.particles.len());
            out.particles.extend(particle);
            let particle = (from, small(out.particles.len()));
            longer.sort_by_key(|(second, _)| *second);
            let mut trigger_seconds = 0;
            for same in longer.chunk_by(|a, b| a.0 == b.0) {
                let from = small(out.triggers.len());
                out.triggers.extend(same.iter().map(|(_, trigger)| *trigger));
                let second = same.first().map_or(0, |(second, _)| *second);
                trigger_seconds |= bit_of(second);
                pairs.push(Pair { second, first: at, from, to: small(out.triggers.len()) });
            }
            at += 1;
            Opening {
                sets: Sparse::of(sets.into_iter(), &mut out.listed),
                seconds,
                trigger_seconds,
                triggers: !alone.is_empty() || !longer.is_empty(),
                alone,
                particle,
            }
        });
        out.longer = Pairs::of(&pairs);
        pairs.clear();
        for (first, mut phrases) in (0..).zip(longer) {
            phrases.sort_unstable_by_key(|one| (one.second, one.mixed, one.set));
            for pair in phrases.chunk_by(|a, b| a.second == b.second) {
                let from = small(out.endings.len());
                for ending in pair.chunk_by(|a, b| a.rest == b.rest) {
                    let words = small(out.spelled.len());
                    out.spelled.extend(ending.first().into_iter().flat_map(|one| one.rest).cloned());
                    let sets = Sparse::of(ending.iter().map(|one| one.set), &mut out.listed);
                    out.endings.push(Ending { sets, from: words, to: small(out.spelled.len()) });
                }
                let second = pair.first().map_or(0, |one| one.second);
                pairs.push(Pair { second, first, from, to: small(out.endings.len()) });
            }
        }
        out.phrases = Pairs::of(&pairs);
        out
    }

    /// Puts the rules that have a word alone for a trigger behind those so far.
    fn file(&mut self, mut readers: Vec<Reader>) -> Alone {
        let place = |reader: &Reader| match reader.form {
            Form::Verb => 0,
            Form::Any => 1,
            Form::Noun => 2,
        };
        readers.sort_by_key(place);
        let from = self.readers.len();
        let behind = |last: u8| small(from + readers.partition_point(|reader| place(reader) <= last));
        let alone = Alone { verbs: small(from), any: behind(0), nouns: behind(1), end: behind(2) };
        self.keys.extend(readers.iter().map(|reader| reader.demands.key));
        self.readers.extend(readers);
        alone
    }

    /// Puts what the words of a sentence open into `opened`, whatever was there.
    ///
    /// The words are looked up in one go before anything is done with them: what one has to wait for from
    /// memory, the next ones wait for at the same time.
    pub(crate) fn open<'o>(&'o self, words: &[Word], search: &mut Search, opened: &mut Opened<'o>) {
        let Opened { places, all, listed } = opened;
        let Search { known, bits } = search;
        (*listed, *all) = (&self.listed, Marks::default());
        known.clear();
        bits.clear();
        for (at, word) in (0..).zip(words) {
            let lemma = word.lemma.sought();
            let mut own = lemma.bit();
            if let Some(index) = self.words.index_of(lemma) {
                known.push((at, index));
            }
            // "dissatisfied" is no form of a verb the table has: its own spelling starts the rule.
            if word.lower != word.lemma {
                let lower = word.lower.sought();
                own |= lower.bit();
                if let Some(index) = self.words.index_of(lower) {
                    known.push((at, index));
                }
            }
            bits.push(own);
        }
        places.clear();
        // One phrase of several words for eight words.
        places.reserve(known.len() + known.len() / 4);
        for &(at, index) in known.iter() {
            let Some(opening) = self.words.values().get(index as usize) else { continue };
            if opening.triggers || !opening.sets.is_empty() {
                let trigger = if opening.triggers { index } else { NO_OPENING };
                places.push(Place { at, opening: trigger, sets: opening.sets });
            }
            if bits.get(at as usize + 1).is_some_and(|next| opening.seconds & next != 0) {
                self.phrases_at(words, at, index, places);
            }
        }
        places.iter().for_each(|place| place.sets.add_to(all, listed));
    }

    /// Adds the longer phrases that start with a word.
    fn phrases_at(&self, words: &[Word], at: u32, index: u32, places: &mut Vec<Place>) {
        let Some([next, behind @ ..]) = words.get(at as usize + 1..) else { return };
        for ending in going_on(&self.phrases, index, &self.endings, next) {
            if start_with(behind, part(&self.spelled, ending.from, ending.to)) {
                places.push(Place { at, opening: NO_OPENING, sets: ending.sets });
            }
        }
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
        let keys = Keys { here: &opened.all, before };
        for place in opened.places.iter().filter(|place| place.opening != NO_OPENING) {
            let at = place.at as usize;
            let Some(tag) = words.get(at).map(|word| word.tag).filter(|&tag| may_be_read(tag)) else {
                continue;
            };
            let Some(opening) = self.words.values().get(place.opening as usize) else { continue };
            let speaks =
                |reader: &Reader| (general || !reader.general) && reader.demands.may(&opened.all, before);
            let (from, to) = opening.alone.that_read(tag);
            for (reader, &key) in (from..).zip(part(&self.keys, from, to)) {
                if keys.met(key)
                    && let Some(reader) = self.readers.get(reader as usize)
                    && speaks(reader)
                {
                    each(reader.rule as usize, (at, at + 1));
                }
            }
            if opening.trigger_seconds == 0 {
                continue;
            }
            self.longer(words, at, place.opening, opening, |reader, length| {
                if may_read(reader.form, tag) && speaks(reader) {
                    each(reader.rule as usize, (at, at + length));
                }
            });
        }
    }

    /// The longer triggers that stand at `at`, with their lengths.
    fn longer(
        &self,
        words: &[Word],
        at: usize,
        index: u32,
        opening: &Opening,
        mut each: impl FnMut(&Reader, usize),
    ) {
        let going_on = |at: usize| {
            let next = words.get(at);
            let may = |w: &&Word| opening.trigger_seconds & (w.lemma.bit() | w.lower.bit()) != 0;
            next.filter(may).into_iter().flat_map(|next| going_on(&self.longer, index, &self.triggers, next))
        };
        let spelled = |trigger: &Trigger| part(&self.spelled, trigger.from, trigger.to);
        going_on(at + 1).for_each(|trigger| {
            let phrase = spelled(trigger);
            if stands(words, at, phrase) {
                each(&trigger.reader, phrase.len());
            }
        });
        let apart = |trigger: &Trigger| {
            let phrase = spelled(trigger);
            let together = stands(words, at, phrase);
            if let Some(length) = stands_apart(words, at, phrase).filter(|_| !together) {
                each(&trigger.reader, length);
            }
        };
        match words.get(at).map(|w| w.tag) {
            Some(Tag::Be) => going_on(at + 2).for_each(apart),
            Some(Tag::Verb(_)) if opening.particle.0 < opening.particle.1 && particle_behind(words, at) => {
                part(&self.particles, opening.particle.0, opening.particle.1).iter().for_each(apart)
            }
            _ => {}
        }
    }
}

/// What goes on with a word, first by its lemma, then by its spelling.
fn going_on<'o, T>(
    pairs: &Pairs,
    first: u32,
    list: &'o [T],
    word: &Word,
) -> impl Iterator<Item = &'o T> + use<'o, T> {
    let named = |form: &Lower| {
        let (from, to) = pairs.find(first, form.number());
        part(list, from, to)
    };
    let by_lemma = named(&word.lemma);
    let by_print = if word.lower == word.lemma { Default::default() } else { named(&word.lower) };
    by_lemma.iter().chain(by_print)
}

/// What may stand behind the object of its verb: "takes 24 points off".
pub(crate) fn is_particle(word: &Lower) -> bool {
    is!(word, "off" | "down" | "back")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_without_room_for_the_rest_are_the_same_marks() {
        let numbers = [0, 3, 63, 64, 700, 701, 2047];
        let mut listed = vec![1];
        let sparse = Sparse::of(numbers.into_iter(), &mut listed);
        listed.push(2);
        let mut marks = Marks::default();
        sparse.add_to(&mut marks, &listed);
        for number in 0..3000 {
            let marked = numbers.contains(&number);
            assert_eq!((sparse.has(number, &listed), marks.has(number)), (marked, marked), "{number}");
        }
    }

    #[test]
    fn two_words_are_found_and_no_others() {
        let number = |word: u64| Lower::new(&format!("word{word}")).number();
        let pair = |at: u32| Pair { first: at % 7, second: number(at.into()), from: at, to: at + 1 };
        let pairs = Pairs::of(&(0..500).map(pair).collect::<Vec<_>>());
        for at in 0..500 {
            assert_eq!(pairs.find(at % 7, number(at.into())), (at, at + 1));
            assert_eq!(pairs.find(at % 7 + 1, number(at.into())), (0, 0));
        }
        assert_eq!(Pairs::of(&[]).find(0, number(0)), (0, 0));
        assert_eq!(Pairs::default().find(0, number(0)), (0, 0));
    }

    #[test]
    fn a_rule_is_passed_over_only_where_its_demands_are_not_met() {
        let set = |number, phrases: usize| {
            let mut out = Phrases::default();
            (0..phrases).for_each(|at| out.add([Lower::new(&format!("word{at}"))]));
            Set::new(out, number)
        };
        let (none, few, many) = (set(9, 0), set(5, 2), set(6, 7));
        for (theme, looks_back, clause) in
            [(&few, true, &many), (&many, false, &few), (&few, false, &none), (&none, true, &none)]
        {
            let demands = Demands::new(theme, looks_back, [clause, &none, &none, &none, &none]);
            for bits in 0..16_u64 {
                let marks = |bits: u64| {
                    let mut out = Marks::default();
                    out.0[0] = bits << 5;
                    out
                };
                let (here, before) = (marks(bits & 3), marks(bits >> 2));
                assert!(
                    !demands.may(&here, &before) || Keys { here: &here, before: &before }.met(demands.key)
                );
            }
        }
    }
}
