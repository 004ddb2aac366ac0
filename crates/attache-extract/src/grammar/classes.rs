//! Word classes: named lists of lemmas and phrases that rules refer to with `@`.

use std::collections::BTreeSet;

use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::phrases::{Phrases, Set};

/// The classes of `lexicon/acts.csv`.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    members: ByWord<Set>,
    names: BTreeSet<String>,
}

impl Classes {
    /// Adds a phrase (lemmas separated by spaces) to a class.
    pub(crate) fn add(&mut self, class: &str, phrase: &str) {
        let words = phrase.split_whitespace().map(Lower::printed).collect();
        if !self.names.contains(class) {
            self.names.insert(class.to_owned());
        }
        let number = self.members.len();
        self.members.entry(&Lower::new(class), || Set::new(Phrases::default(), number)).add(words);
    }

    /// The phrases of a class, or `None` where there is no such class.
    pub(crate) fn get(&self, class: &str) -> Option<&Set> {
        self.members.get_str(class)
    }

    /// All classes, in the order of their numbers.
    pub(crate) fn all(&self) -> &[Set] {
        self.members.values()
    }

    /// The classes whose names start with `prefix`, by the rest of their names.
    pub(crate) fn starting<'c>(&'c self, prefix: &'c str) -> impl Iterator<Item = (&'c str, &'c Set)> {
        self.names
            .range(prefix.to_owned()..)
            .map_while(move |name| Some((name.strip_prefix(prefix)?, self.get(name)?)))
    }

    /// Whether `lemma` alone is a member.
    pub(crate) fn has(&self, class: &str, lemma: &Lower) -> bool {
        self.get(class).is_some_and(|members| members.has_word(lemma))
    }
}
