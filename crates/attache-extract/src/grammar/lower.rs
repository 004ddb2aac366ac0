//! Words in lower case that compare at the cost of a number.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use smol_str::SmolStr;

/// A word in lower case. Short ones, which is nearly all, need no memory of their own.
#[derive(Clone)]
pub(crate) struct Lower {
    text: SmolStr,
    number: u64,
}

/// Longest word that is read without a detour, in bytes.
const USUAL: usize = 24;

/// The number of a word: nearly always another one for another word, and never 0.
fn number(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut buffer = [0; USUAL];
    match buffer.get_mut(..bytes.len()) {
        Some(short) => {
            short.copy_from_slice(bytes);
            mixed(&buffer, bytes.len())
        }
        None => bytes.chunks(USUAL).fold(1, |sum, part| {
            let mut buffer = [0; USUAL];
            if let Some(short) = buffer.get_mut(..part.len()) {
                short.copy_from_slice(part);
            }
            mixed(&buffer, part.len()) ^ sum.rotate_left(7)
        }),
    }
}

/// Mixes the first `len` bytes, behind which stand zeros.
fn mixed(bytes: &[u8; USUAL], len: usize) -> u64 {
    let (parts, _) = bytes.as_chunks::<8>();
    let number = parts.iter().take(len.div_ceil(8)).fold(len as u64, |sum, part| {
        let sum = (sum ^ u64::from_be_bytes(*part)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        sum ^ (sum >> 32)
    });
    number.max(1)
}

impl Lower {
    /// A word that is in lower case already.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: SmolStr::new(text), number: number(text) }
    }

    /// A word as printed, put into lower case.
    pub(crate) fn printed(text: &str) -> Self {
        let mut buffer = [0; USUAL];
        match buffer.get_mut(..text.len()) {
            Some(short) if text.is_ascii() => {
                short.copy_from_slice(text.as_bytes());
                let small = !short.iter().any(u8::is_ascii_uppercase);
                if small {
                    return Self { text: SmolStr::new(text), number: mixed(&buffer, text.len()) };
                }
                buffer.make_ascii_lowercase();
                let short = buffer.get(..text.len()).and_then(|s| std::str::from_utf8(s).ok());
                Self { text: SmolStr::new(short.unwrap_or(text)), number: mixed(&buffer, text.len()) }
            }
            _ => Self::new(&text.to_lowercase()),
        }
    }

    /// Whether another word has the same number, which hardly any other has.
    pub(crate) const fn alike(&self, other: &Self) -> bool {
        self.number == other.number
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

impl Deref for Lower {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Lower {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number && self.text == other.text
    }
}

impl Eq for Lower {}

impl PartialEq<str> for Lower {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Lower {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Lower {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
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

/// Values by word, found in one step: open addressing, at most half of the places taken.
#[derive(Debug, Clone)]
pub(crate) struct ByWord<V> {
    /// The number of the word at each place; 0 where there is none.
    numbers: Vec<u64>,
    /// Some bits per word, one of which is set for it: most words of a text are in no table.
    may: Vec<u64>,
    /// Index of its entry.
    places: Vec<u32>,
    entries: Vec<(Lower, V)>,
}

/// The part and the bit of the first look; `parts` is a power of two or 0.
const fn first_look(number: u64, parts: usize) -> (usize, u64) {
    ((number >> 32) as usize & parts.wrapping_sub(1), 1 << (number >> 58))
}

impl<V> Default for ByWord<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> ByWord<V> {
    /// No words.
    pub(crate) const fn new() -> Self {
        Self { numbers: Vec::new(), may: Vec::new(), places: Vec::new(), entries: Vec::new() }
    }

    /// How many words there are.
    pub(crate) const fn len(&self) -> usize {
        self.entries.len()
    }

    /// The words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Lower> {
        self.entries.iter().map(|(word, _)| word)
    }

    /// The value of a word.
    #[inline]
    pub(crate) fn get(&self, word: &Lower) -> Option<&V> {
        let (part, bit) = first_look(word.number, self.may.len());
        if self.may.get(part).is_none_or(|bits| bits & bit == 0) {
            return None;
        }
        self.entries.get(self.find(word)?).map(|(_, value)| value)
    }

    /// The value of a word, a new one where it has none.
    pub(crate) fn entry(&mut self, word: &Lower, new: impl FnOnce() -> V) -> &mut V {
        let at = match self.find(word) {
            Some(at) => at,
            None => {
                if self.numbers.len() < 2 * (self.entries.len() + 1) {
                    self.grow();
                }
                let at = self.entries.len();
                self.place(word.number, at);
                self.entries.push((word.clone(), new()));
                at
            }
        };
        &mut self.entries[at].1
    }

    fn find(&self, word: &Lower) -> Option<usize> {
        let mask = self.numbers.len().checked_sub(1)?;
        let mut at = word.number as usize & mask;
        loop {
            match self.numbers.get(at) {
                None | Some(0) => return None,
                Some(&number) if number == word.number => {
                    let entry = *self.places.get(at)? as usize;
                    if self.entries.get(entry)?.0.text == word.text {
                        return Some(entry);
                    }
                }
                Some(_) => {}
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let room = (self.numbers.len() * 2).max(8);
        self.numbers = vec![0; room];
        self.places = vec![0; room];
        self.may = vec![0; room / 8];
        for at in 0..self.entries.len() {
            if let Some(number) = self.entries.get(at).map(|(word, _)| word.number) {
                self.place(number, at);
            }
        }
    }

    fn place(&mut self, number: u64, entry: usize) {
        let (part, bit) = first_look(number, self.may.len());
        if let Some(bits) = self.may.get_mut(part) {
            *bits |= bit;
        }
        let mask = self.numbers.len() - 1;
        let mut at = number as usize & mask;
        while self.numbers.get(at).is_some_and(|&taken| taken != 0) {
            at = (at + 1) & mask;
        }
        if let (Some(free), Some(place)) = (self.numbers.get_mut(at), self.places.get_mut(at)) {
            *free = number;
            *place = u32::try_from(entry).unwrap_or(u32::MAX);
        }
    }
}

/// A fixed list of words, in which one is found in one step.
#[derive(Debug)]
pub(crate) struct WordList {
    words: &'static [&'static str],
    table: OnceLock<ByWord<()>>,
}

impl WordList {
    /// The list of these words.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, table: OnceLock::new() }
    }

    /// Whether `word` is on the list, with whatever capitals.
    pub(crate) fn has(&self, word: &Lower) -> bool {
        let table = self.table.get_or_init(|| {
            let mut table = ByWord::new();
            self.words.iter().for_each(|word| *table.entry(&Lower::printed(word), || ()) = ());
            table
        });
        table.get(word).is_some()
    }

    /// Whether a word, which is `lower` in lower case, is on the list as printed.
    pub(crate) fn has_printed(&self, lower: &Lower, printed: &str) -> bool {
        self.has(lower) && self.words.contains(&printed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn long_and_foreign_words_are_put_into_lower_case() {
        assert_eq!(Lower::printed("ÄRGER"), "ärger");
        for len in [23, 24, 25, 60] {
            let (word, other) = ("A".repeat(len), "A".repeat(len + 1));
            assert_eq!(Lower::printed(&word), Lower::new(&"a".repeat(len)));
            assert_ne!(Lower::printed(&word), Lower::printed(&other));
        }
    }
}
