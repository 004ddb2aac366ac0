//! Words in lower case that compare at the cost of a number.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use smol_str::SmolStr;

use crate::span::Span;

/// A word in lower case. Short ones, which is nearly all, need no memory of their own.
///
/// Two words are the same where their numbers are: those of short ones spell them, and 56 bits tell the
/// longer ones apart. No two words of the lexicons share one, so that a text would have to be written to
/// have one of its words taken for another.
#[derive(Clone)]
pub(crate) struct Lower {
    text: SmolStr,
    number: u64,
}

/// Longest word that is read without a detour, in bytes.
const USUAL: usize = 24;

/// Longest word whose number spells it out, in bytes.
const SPELLED: usize = 7;

/// The last byte of the number of a word that is longer.
const MIXED: u64 = 0xff;

/// The high bit of each byte.
const HIGH: u64 = every_byte(0x80);

/// The same byte eight times.
pub(crate) const fn every_byte(byte: u8) -> u64 {
    u64::from_be_bytes([byte; 8])
}

/// The number of a word, never 0: the bytes of a short one and how many there are, so that no other
/// word has it; for a longer one nearly always another number than that of any other word.
#[inline]
const fn number(text: &str) -> u64 {
    let bytes = text.as_bytes();
    if bytes.len() <= SPELLED {
        return spelled(bytes);
    }
    if bytes.len() <= USUAL {
        return mixed(&parts(bytes), bytes.len());
    }
    let (mut sum, mut rest) = (MIXED, bytes);
    while !rest.is_empty() {
        let len = if rest.len() < USUAL { rest.len() } else { USUAL };
        let (part, behind) = rest.split_at(len);
        sum = (mixed(&parts(part), len) ^ sum.rotate_left(7)) | MIXED;
        rest = behind;
    }
    sum
}

/// The number of a longer word, which few are compared with.
#[inline(never)]
const fn long(text: &str) -> u64 {
    number(text)
}

/// Up to 24 bytes, eight of them each; behind them stand zeros.
#[inline]
const fn parts(bytes: &[u8]) -> [u64; USUAL / 8] {
    let mut parts = [0; USUAL / 8];
    let mut at = 0;
    while at < bytes.len() {
        parts[at / 8] |= (bytes[at] as u64) << (56 - 8 * (at % 8));
        at += 1;
    }
    parts
}

/// The number of at most seven bytes.
#[inline]
const fn spelled(bytes: &[u8]) -> u64 {
    let (mut packed, mut at) = (0, 0);
    while at < bytes.len() {
        packed = packed << 8 | bytes[at] as u64;
        at += 1;
    }
    packed << (8 * (SPELLED - bytes.len())) << 8 | (bytes.len() as u64 + 1)
}

/// The number of a word of `len` bytes by eight of them each, behind which stand zeros.
#[inline]
const fn mixed(parts: &[u64; USUAL / 8], len: usize) -> u64 {
    if len <= SPELLED {
        return parts[0] | (len as u64 + 1);
    }
    let (mut number, mut at) = (len as u64, 0);
    while at < len.div_ceil(8) {
        let sum = (number ^ parts[at]).wrapping_mul(0xd6e8_feb8_6659_fd93);
        number = sum ^ (sum >> 32);
        at += 1;
    }
    number | MIXED
}

/// The high bit of each byte that is a capital letter.
#[inline]
const fn capitals(part: u64) -> u64 {
    // The sums say in their high bits which bytes are at least an A, and which more than a Z.
    let seven = part & !HIGH;
    (seven + every_byte(0x80 - b'A')) & !(seven + every_byte(0x7f - b'Z')) & HIGH
}

/// A text of hardly ever more than a few bytes.
#[inline]
fn short(text: &str) -> SmolStr {
    if text.len() < USUAL { SmolStr::new_inline(text) } else { SmolStr::new(text) }
}

impl Lower {
    /// A word that is in lower case already.
    pub(crate) fn new(text: &str) -> Self {
        let mut buffer = [0; USUAL];
        let number = match buffer.get_mut(..text.len()) {
            Some(part) => {
                part.copy_from_slice(text.as_bytes());
                let mut parts = [0; USUAL / 8];
                let eights = buffer.as_chunks().0.iter();
                parts.iter_mut().zip(eights).for_each(|(part, eight)| *part = u64::from_be_bytes(*eight));
                mixed(&parts, text.len())
            }
            None => number(text),
        };
        Self { text: short(text), number }
    }

    /// The same for a word of the program.
    pub(crate) const fn fixed(text: &'static str) -> Self {
        Self { text: SmolStr::new_static(text), number: number(text) }
    }

    /// A word in lower case that is known beforehand.
    pub(crate) const fn known(text: &'static str) -> Self {
        Self { text: SmolStr::new_static(text), number: number(text) }
    }

    /// A word as printed, put into lower case.
    pub(crate) fn printed(text: &str) -> Self {
        let mut buffer = [0; USUAL];
        match buffer.get_mut(..text.len()) {
            Some(short) => {
                short.copy_from_slice(text.as_bytes());
                Self::packed(text, &buffer)
            }
            None => Self::new(&text.to_lowercase()),
        }
    }

    /// The word that stands at `span` of a text whose ASCII letters are small.
    #[inline]
    pub(crate) fn at(small: &str, span: Span) -> Self {
        let word = span.of(small).unwrap_or("");
        let first = small.as_bytes().get(span.start..).and_then(<[u8]>::first_chunk);
        if let (len @ 1..=SPELLED, Some(first)) = (word.len(), first) {
            let part = u64::from_be_bytes(*first) & (!0 << (8 * (8 - len)));
            if part & HIGH == 0 {
                return Self { text: SmolStr::new_inline(word), number: part | (len as u64 + 1) };
            }
        }
        if word.is_ascii() { Self::new(word) } else { Self::new(&word.to_lowercase()) }
    }

    /// A word that `bytes` start with; what stands behind it there is none of it.
    #[inline]
    fn packed(text: &str, bytes: &[u8; USUAL]) -> Self {
        let len = text.len();
        let (parts, _) = bytes.as_chunks::<8>();
        if let (1..=SPELLED, [first, ..]) = (len, parts) {
            let part = u64::from_be_bytes(*first) & (!0 << (8 * (8 - len)));
            if part & HIGH == 0 {
                let capitals = capitals(part);
                let small = part | capitals >> 2;
                let number = small | (len as u64 + 1);
                let bytes = small.to_be_bytes();
                let lower = if capitals == 0 { None } else { bytes.get(..len) };
                let lower = lower.and_then(|bytes| std::str::from_utf8(bytes).ok());
                return Self { text: SmolStr::new_inline(lower.unwrap_or(text)), number };
            }
        }
        Self::mixed(text, bytes)
    }

    /// Such a word that is longer or has letters beyond ASCII.
    #[inline(never)]
    fn mixed(text: &str, bytes: &[u8; USUAL]) -> Self {
        let len = text.len();
        let (parts, _) = bytes.as_chunks::<8>();
        let mut small = [0; USUAL / 8];
        let (mut beyond, mut capital) = (0, false);
        for (at, (to, part)) in small.iter_mut().zip(parts).enumerate().take(len.div_ceil(8)) {
            let own = (len - 8 * at).min(8);
            let part = u64::from_be_bytes(*part) & (!0 << (8 * (8 - own)));
            beyond |= part & HIGH;
            let capitals = capitals(part);
            capital |= capitals != 0;
            *to = part | capitals >> 2;
        }
        if beyond != 0 {
            return Self::new(&text.to_lowercase());
        }
        let number = mixed(&small, len);
        if !capital {
            return Self { text: short(text), number };
        }
        let mut lower = [0; USUAL];
        lower.as_chunks_mut().0.iter_mut().zip(small).for_each(|(to, part)| *to = part.to_be_bytes());
        let lower = lower.get(..len).and_then(|s| std::str::from_utf8(s).ok());
        Self { text: short(lower.unwrap_or(text)), number }
    }

    /// One of 64 bits, the same for the same word.
    pub(crate) const fn bit(&self) -> u64 {
        bit_of(self.number)
    }

    /// The word as tables look for it.
    #[inline]
    pub(crate) const fn sought(&self) -> Sought {
        Sought::of(self.number)
    }

    /// What tells it from other words.
    #[inline]
    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// The word without its letters, to compare it with others.
    #[inline]
    pub(crate) const fn id(&self) -> WordId {
        WordId(self.number)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it has no letter beyond ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        if self.number & MIXED == MIXED {
            self.text.is_ascii()
        } else {
            self.number & 0x8080_8080_8080_8000 == 0
        }
    }
}

impl Deref for Lower {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Lower {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Lower {}

impl PartialOrd for Lower {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Lower {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl PartialEq<str> for Lower {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        let bytes = other.as_bytes();
        if bytes.len() <= SPELLED {
            self.number == spelled(bytes)
        } else {
            self.number & MIXED == MIXED && self.as_str() == other
        }
    }
}

impl PartialEq<&str> for Lower {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<String> for Lower {
    #[inline]
    fn eq(&self, other: &String) -> bool {
        *self == **other
    }
}

impl fmt::Debug for Lower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Lower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

/// A word to compare with others, by its number alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordId(u64);

impl WordId {
    /// Where no word stands: the empty one.
    pub(crate) const NONE: Self = Self(number(""));

    /// That of a word in lower case.
    pub(crate) const fn of(text: &str) -> Self {
        Self(number(text))
    }

    #[inline]
    pub(crate) const fn number(self) -> u64 {
        self.0
    }
}

impl PartialEq<&str> for WordId {
    // The number of a word of the program is known beforehand, which only its callers can see.
    #[inline(always)]
    fn eq(&self, other: &&str) -> bool {
        let bytes = other.as_bytes();
        // Of a short word that is known beforehand nothing is left to work out.
        if bytes.len() <= SPELLED {
            self.0 == spelled(bytes)
        } else {
            self.0 & MIXED == MIXED && self.0 == long(other)
        }
    }
}

/// A few words that are known beforehand. Nearly every word is told to be none of them by one look at
/// its bit, or a second one at another bit, so that a long list costs a text no more than a short one.
pub(crate) struct Few<const N: usize> {
    bits: u64,
    others: u64,
    numbers: [u64; N],
}

impl<const N: usize> Few<N> {
    pub(crate) const fn new(words: [&str; N]) -> Self {
        let (mut bits, mut others, mut numbers, mut at) = (0, 0, [0; N], 0);
        while at < N {
            numbers[at] = number(words[at]);
            let (bit, other) = few_bits(numbers[at]);
            bits |= bit;
            others |= other;
            at += 1;
        }
        Self { bits, others, numbers }
    }

    /// Whether the word with this number is one of them.
    #[inline]
    pub(crate) fn has(&self, number: u64) -> bool {
        match self.numbers.as_slice() {
            [one] => *one == number,
            [one, other] => *one == number || *other == number,
            numbers => {
                let (bit, other) = few_bits(number);
                self.bits & bit != 0 && self.others & other != 0 && among(numbers, number)
            }
        }
    }

    /// Which of them the word with this number is.
    #[inline]
    pub(crate) fn place(&self, number: u64) -> Option<usize> {
        let (bit, other) = few_bits(number);
        let may = self.bits & bit != 0 && self.others & other != 0;
        if may { self.numbers.iter().position(|one| *one == number) } else { None }
    }
}

/// One of 64 bits, and another one; the same for the same number.
#[inline]
const fn few_bits(number: u64) -> (u64, u64) {
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (1 << (spread >> 58), 1 << (spread >> 52 & 63))
}

/// Which words a sentence may have: one of 256 bits stands for each, so that hardly a word it has not is
/// taken for one it has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordBits([u64; 4]);

impl WordBits {
    /// Those of the words with these numbers.
    pub(crate) fn of(numbers: impl Iterator<Item = u64>) -> Self {
        let mut out = Self::default();
        for number in numbers {
            let (part, bit) = Self::place(number);
            if let Some(bits) = out.0.get_mut(part) {
                *bits |= bit;
            }
        }
        out
    }

    #[inline]
    const fn place(number: u64) -> (usize, u64) {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed >> 62) as usize, 1 << (mixed >> 56 & 63))
    }

    /// Whether one of a few words may be among them.
    #[inline]
    pub(crate) fn may_have<const N: usize>(&self, few: &Few<N>) -> bool {
        few.numbers.iter().any(|&number| {
            let (part, bit) = Self::place(number);
            self.0.get(part).is_some_and(|bits| bits & bit != 0)
        })
    }
}

/// A few words: `few!["of", "on"]`.
macro_rules! few {
    ($($text:literal),+ $(,)?) => {{
        const WORDS: &$crate::grammar::lower::Few<{ [$($text),+].len() }> =
            &$crate::grammar::lower::Few::new([$($text),+]);
        WORDS
    }};
}
pub(crate) use few;

/// Apart from its callers, which seldom get here.
#[inline(never)]
fn among(numbers: &[u64], number: u64) -> bool {
    numbers.contains(&number)
}

/// Whether a word is one of a few, each told by its number: `is!(word.lower, "of" | "on")`.
macro_rules! is {
    ($word:expr, $($text:literal)|+) => {{
        const WORDS: $crate::grammar::lower::Few<{ [$($text),+].len() }> =
            $crate::grammar::lower::Few::new([$($text),+]);
        WORDS.has($word.number())
    }};
}
pub(crate) use is;

/// Values by word or by another number that is never 0, found in one step: open addressing, at most half of the
/// places taken.
#[derive(Debug, Clone)]
pub(crate) struct ByWord<V> {
    /// The number of the word at each place, 0 where there is none, and the index of its value.
    slots: Vec<(u64, u32)>,
    /// Some bits per word, two of which are set for it: most words of a text are in no table.
    may: Vec<u64>,
    values: Vec<V>,
}

/// Places that share one number of bits for the first look: few enough that it seldom errs, so many that all its
/// bits stay at hand.
const MAY: usize = 16;

/// Spreads a number over all bits, the high ones best.
const fn spread(number: u64) -> u64 {
    (number ^ number >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A word with what finds it in tables, worked out once for several of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sought {
    number: u64,
    spread: u64,
}

impl Sought {
    #[inline]
    const fn of(number: u64) -> Self {
        Self { number, spread: spread(number) }
    }

    /// One of 64 bits, the same for the same word.
    #[inline]
    pub(crate) const fn bit(self) -> u64 {
        1 << (self.spread >> 58)
    }
}

/// One of 64 bits, the same for the same number of a word.
pub(crate) const fn bit_of(number: u64) -> u64 {
    Sought::of(number).bit()
}

/// The part of the first look and two bits of it, which are one for some words; `parts` is a power of two or 0.
const fn first_look(spread: u64, parts: usize) -> (usize, u64) {
    ((spread >> 40) as usize & parts.wrapping_sub(1), 1 << (spread >> 58) | 1 << (spread >> 52 & 63))
}

impl<V> Default for ByWord<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> ByWord<V> {
    /// No words.
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new(), may: Vec::new(), values: Vec::new() }
    }

    /// How many words there are.
    pub(crate) const fn len(&self) -> usize {
        self.values.len()
    }

    /// The value of a word.
    #[inline]
    pub(crate) fn get(&self, word: &Lower) -> Option<&V> {
        self.values.get(self.index(word)?)
    }

    /// The index of a word and its value.
    #[inline]
    pub(crate) fn index(&self, word: &Lower) -> Option<usize> {
        self.index_of(word.sought()).map(|at| at as usize)
    }

    /// The index of a number and its value.
    #[inline]
    pub(crate) fn index_of_number(&self, number: u64) -> Option<usize> {
        self.index_of(Sought::of(number)).map(|at| at as usize)
    }

    /// The index of a word that several tables look for.
    #[inline]
    pub(crate) fn index_of(&self, word: Sought) -> Option<u32> {
        let (part, own) = first_look(word.spread, self.may.len());
        match self.may.get(part) {
            Some(bits) if bits & own == own => self.find(word),
            _ => None,
        }
    }

    /// All values, in the order in which their words came in.
    pub(crate) fn values(&self) -> &[V] {
        &self.values
    }

    /// The value of a word, a new one where it has none.
    pub(crate) fn entry(&mut self, word: &Lower, new: impl FnOnce() -> V) -> &mut V {
        self.entry_of(word.number, new)
    }

    /// The value of a number, a new one where it has none.
    pub(crate) fn entry_of(&mut self, number: u64, new: impl FnOnce() -> V) -> &mut V {
        let at = self.add(number, new);
        &mut self.values[at]
    }

    /// The index of a word and its value, a new one where it has none.
    pub(crate) fn index_or_add(&mut self, word: &Lower, new: impl FnOnce() -> V) -> usize {
        self.add(word.number, new)
    }

    fn add(&mut self, number: u64, new: impl FnOnce() -> V) -> usize {
        if let Some(at) = self.find(Sought::of(number)) {
            return at as usize;
        }
        if self.slots.len() < 2 * (self.values.len() + 1) {
            self.grow();
        }
        let at = self.values.len();
        self.place(number, u32::try_from(at).unwrap_or(u32::MAX));
        self.values.push(new());
        at
    }

    /// The same words with what `each` makes of their values.
    pub(crate) fn map<W>(self, each: impl FnMut(V) -> W) -> ByWord<W> {
        ByWord { slots: self.slots, may: self.may, values: self.values.into_iter().map(each).collect() }
    }

    #[inline]
    fn find(&self, word: Sought) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = (word.spread >> 32) as usize & mask;
        loop {
            match *self.slots.get(at)? {
                (own, value) if own == word.number => return Some(value),
                (0, _) => return None,
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let room = (self.slots.len() * 2).max(8);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); room]);
        self.may = vec![0; (room / MAY).max(1)];
        old.into_iter().filter(|slot| slot.0 != 0).for_each(|(number, value)| self.place(number, value));
    }

    fn place(&mut self, number: u64, value: u32) {
        let spread = spread(number);
        let (part, own) = first_look(spread, self.may.len());
        if let Some(bits) = self.may.get_mut(part) {
            *bits |= own;
        }
        let mask = self.slots.len() - 1;
        let mut at = (spread >> 32) as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.0 != 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = (number, value);
        }
    }
}

/// A fixed list of words in small letters, in which one is found in one step.
#[derive(Debug)]
pub(crate) struct WordList {
    words: &'static [&'static str],
    /// A bit for each of them: nearly every word is told to be none of them without a look at the table.
    bits: [u64; Self::PARTS],
    table: OnceLock<ByWord<()>>,
}

impl WordList {
    const PARTS: usize = 8;

    /// The list of these words.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let (mut bits, mut at) = ([0; Self::PARTS], 0);
        while at < words.len() {
            let (part, bit) = Self::place(number(words[at]));
            bits[part] |= bit;
            at += 1;
        }
        Self { words, bits, table: OnceLock::new() }
    }

    #[inline]
    const fn place(number: u64) -> (usize, u64) {
        let mixed = spread(number);
        ((mixed >> 55) as usize % Self::PARTS, 1 << (mixed >> 58))
    }

    /// Whether `word` is on the list.
    #[inline]
    pub(crate) fn has(&self, word: &Lower) -> bool {
        let (part, bit) = Self::place(word.number);
        self.bits.get(part).is_some_and(|bits| bits & bit != 0) && self.table().get(word).is_some()
    }

    /// The words, for many looks.
    pub(crate) fn table(&self) -> &ByWord<()> {
        self.table.get_or_init(|| {
            let mut table = ByWord::new();
            self.words.iter().for_each(|word| *table.entry(&Lower::new(word), || ()) = ());
            table
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded::LEXICONS;
    use crate::lexicon::TABLES;

    #[test]
    fn a_sentence_may_have_the_words_it_has() {
        let bits = WordBits::of(["if", "unless"].iter().map(|word| Lower::new(word).number()));
        assert!(bits.may_have(few!["if"]) && bits.may_have(few!["contrary", "unless"]));
        assert!(!bits.may_have(few!["contrary", "surprise"]));
        assert!(!WordBits::default().may_have(few!["if"]));
    }

    #[test]
    fn a_word_is_found_by_any_spelling_of_its_capitals() {
        let mut forms = ByWord::default();
        for number in 0..1000 {
            *forms.entry(&Lower::new(&format!("word{number}")), || 0) += number;
        }
        *forms.entry(&Lower::new("word7"), || 0) += 1;
        for number in 0..1000 {
            let expected = if number == 7 { 8 } else { number };
            assert_eq!(forms.get(&Lower::printed(&format!("Word{number}"))), Some(&expected));
        }
        assert_eq!(forms.get(&Lower::new("word")), None);
        assert_eq!(ByWord::<u8>::default().get(&Lower::new("")), None);
    }

    #[test]
    fn a_word_is_told_to_be_one_of_a_few() {
        let long = "a-word-that-is-much-longer-than-those-of-any-lexicon";
        for (word, one, two, more) in [
            ("of", true, true, true),
            ("government", false, true, true),
            ("on", false, false, true),
            ("", false, false, false),
            (long, false, false, true),
            ("Of", true, true, true),
            ("off", false, false, false),
        ] {
            let word = Lower::printed(word);
            assert_eq!(is!(word, "of"), one, "{word}");
            assert_eq!(is!(word, "of" | "government"), two, "{word}");
            let few = is!(
                word.id(),
                "of" | "on"
                    | "government"
                    | "administration's"
                    | "a-word-that-is-much-longer-than-those-of-any-lexicon"
            );
            assert_eq!(few, more, "{word}");
            assert!(word.id() == word.as_str() && word == word.as_str());
        }
        assert!(WordId::NONE == "" && !is!(WordId::NONE, "a" | "b" | "c"));
    }

    #[test]
    fn a_list_has_its_words_and_no_others() {
        static LIST: WordList =
            WordList::new(&["of", "on", "government", "a-word-longer-than-those-of-any-lexicon"]);
        for word in LIST.words {
            assert!(LIST.has(&Lower::printed(&word.to_uppercase())), "{word}");
        }
        for number in 0..1000 {
            assert!(!LIST.has(&Lower::new(&format!("word{number}"))));
        }
    }

    #[test]
    fn no_two_words_of_the_lexicons_have_the_same_number() {
        let mut known = std::collections::BTreeMap::new();
        for (_, text) in LEXICONS.iter().chain(TABLES) {
            for word in text.split([',', '|', ' ', '-', '\n', '"']).map(str::to_lowercase) {
                let number = Lower::new(&word).number;
                assert_eq!(*known.entry(number).or_insert_with(|| word.clone()), word);
            }
        }
    }

    #[test]
    fn long_and_foreign_words_are_put_into_lower_case() {
        assert_eq!(Lower::printed("ÄRGER"), "ärger");
        for len in [23, 24, 25, 60] {
            let (word, other) = ("A".repeat(len), "A".repeat(len + 1));
            assert_eq!(Lower::printed(&word), Lower::new(&"a".repeat(len)));
            assert_ne!(Lower::printed(&word), Lower::printed(&other));
        }
    }
}
