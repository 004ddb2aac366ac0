//! Phrases behind prepositions.

use std::ops::Deref;

use crate::grammar::clause::Range;

/// A preposition (word index) and what follows it.
pub(crate) type Phrase = (usize, Range);

/// More than usually hang on one verb or noun.
const FEW: usize = 3;

/// The phrases that hang on a verb or noun, in text order. The usual few need no memory of their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preps {
    few: [Phrase; FEW],
    len: usize,
    /// All of them, once they are more than a few.
    many: Vec<Phrase>,
}

impl Preps {
    /// Adds the next phrase.
    pub(crate) fn push(&mut self, phrase: Phrase) {
        match self.few.get_mut(self.len) {
            Some(place) => *place = phrase,
            None => {
                if self.many.is_empty() {
                    self.many.extend(self.few);
                }
                self.many.push(phrase);
            }
        }
        self.len += 1;
    }
}

impl Deref for Preps {
    type Target = [Phrase];

    fn deref(&self) -> &[Phrase] {
        self.few.get(..self.len).unwrap_or(&self.many)
    }
}

impl Extend<Phrase> for Preps {
    fn extend<I: IntoIterator<Item = Phrase>>(&mut self, phrases: I) {
        phrases.into_iter().for_each(|phrase| self.push(phrase));
    }
}

impl FromIterator<Phrase> for Preps {
    fn from_iter<I: IntoIterator<Item = Phrase>>(phrases: I) -> Self {
        let mut out = Self::default();
        out.extend(phrases);
        out
    }
}

impl<'p> IntoIterator for &'p Preps {
    type Item = &'p Phrase;
    type IntoIter = std::slice::Iter<'p, Phrase>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_phrases_are_kept_however_many_there_are() {
        let phrases: Vec<Phrase> = (0..9).map(|at| (at, (at + 1, at + 2))).collect();
        for count in 0..phrases.len() {
            let few: Preps = phrases.iter().take(count).copied().collect();
            assert_eq!(&*few, &phrases[..count]);
        }
    }
}
