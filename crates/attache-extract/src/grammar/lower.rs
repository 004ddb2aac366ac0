//! Words in lower case that compare at the cost of a number.

use std::fmt;
use std::ops::Deref;

use smol_str::SmolStr;

/// A word in lower case. Short ones, which is nearly all, need no memory of their own.
#[derive(Clone, Default)]
pub(crate) struct Lower {
    text: SmolStr,
    number: u64,
}

/// The number of a word: nearly always another one for another word.
fn number(text: &str) -> u64 {
    let mut number = 0x9e37_79b9_7f4a_7c15 ^ text.len() as u64;
    for part in text.as_bytes().chunks(8) {
        let word = part.iter().rev().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
        number = (number ^ word).wrapping_mul(0xd6e8_feb8_6659_fd93);
        number ^= number >> 32;
    }
    number
}

impl Lower {
    /// A word that is in lower case already.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: SmolStr::new(text), number: number(text) }
    }

    /// A word as printed, put into lower case.
    pub(crate) fn printed(text: &str) -> Self {
        let mut buffer = [0; 24];
        match buffer.get_mut(..text.len()) {
            Some(short) if text.is_ascii() => {
                short.copy_from_slice(text.as_bytes());
                short.make_ascii_lowercase();
                Self::new(std::str::from_utf8(short).unwrap_or(text))
            }
            _ => Self::new(&text.to_lowercase()),
        }
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
    slots: Vec<Option<(Lower, V)>>,
    used: usize,
}

impl<V> Default for ByWord<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> ByWord<V> {
    /// No words.
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new(), used: 0 }
    }

    /// The value of a word.
    pub(crate) fn get(&self, form: &Lower) -> Option<&V> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = form.number as usize & mask;
        while let Some((known, value)) = self.slots.get(at)?.as_ref() {
            if known == form {
                return Some(value);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// The value of a word, a new one where it has none.
    pub(crate) fn entry(&mut self, form: &Lower, new: impl FnOnce() -> V) -> &mut V {
        if self.slots.len() < 2 * (self.used + 1) {
            let room = (self.slots.len() * 2).max(8);
            let old =
                std::mem::replace(&mut self.slots, std::iter::repeat_with(|| None).take(room).collect());
            for slot in old.into_iter().flatten() {
                let at = self.place(&slot.0);
                if let Some(free) = self.slots.get_mut(at) {
                    *free = Some(slot);
                }
            }
        }
        let at = self.place(form);
        let free = self.slots.get(at).is_none_or(Option::is_none);
        self.used += usize::from(free);
        &mut self.slots[at].get_or_insert_with(|| (form.clone(), new())).1
    }

    /// Where the word stands or would stand.
    fn place(&self, form: &Lower) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = form.number as usize & mask;
        while self.slots.get(at).and_then(Option::as_ref).is_some_and(|(known, _)| known != form) {
            at = (at + 1) & mask;
        }
        at
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
        assert_eq!(ByWord::<u8>::default().get(&Lower::default()), None);
    }

    #[test]
    fn long_and_foreign_words_are_put_into_lower_case() {
        assert_eq!(Lower::printed("ÄRGER"), "ärger");
        assert_eq!(Lower::printed(&"A".repeat(60)), *"a".repeat(60));
    }
}
