//! Phrases behind prepositions.

use std::ops::Deref;
use std::rc::Rc;

use crate::grammar::clause::Range;

/// A preposition (word index) and what follows it.
pub(crate) type Phrase = (usize, Range);

/// The phrases that hang on a verb or noun, in text order; copies share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preps(Option<Rc<[Phrase]>>);

impl Deref for Preps {
    type Target = [Phrase];

    fn deref(&self) -> &[Phrase] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl From<&Gathered> for Preps {
    fn from(gathered: &Gathered) -> Self {
        Self((!gathered.is_empty()).then(|| Rc::from(&**gathered)))
    }
}

impl<'p> IntoIterator for &'p Preps {
    type Item = &'p Phrase;
    type IntoIter = std::slice::Iter<'p, Phrase>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// More than usually hang on one verb or noun.
const FEW: usize = 4;

/// Phrases on their way into [`Preps`]. The usual few need no memory of their own.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    few: [Phrase; FEW],
    len: usize,
    /// All of them, once they are more than a few.
    many: Vec<Phrase>,
}

impl Gathered {
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

impl Deref for Gathered {
    type Target = [Phrase];

    fn deref(&self) -> &[Phrase] {
        self.few.get(..self.len).unwrap_or(&self.many)
    }
}

impl Extend<Phrase> for Gathered {
    fn extend<I: IntoIterator<Item = Phrase>>(&mut self, phrases: I) {
        phrases.into_iter().for_each(|phrase| self.push(phrase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_phrases_are_kept_however_many_there_are() {
        let phrases: Vec<Phrase> = (0..20).map(|at| (at, (at + 1, at + 2))).collect();
        for count in 0..phrases.len() {
            let mut gathered = Gathered::default();
            gathered.extend(phrases.iter().take(count).copied());
            assert_eq!(&*Preps::from(&gathered), &phrases[..count]);
        }
    }
}
