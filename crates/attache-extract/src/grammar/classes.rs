//! Word classes: named lists of lemmas and phrases that rules refer to with `@`.

use std::collections::BTreeMap;

use crate::grammar::lower::Lower;
use crate::grammar::phrases::Phrases;

/// The classes of `lexicon/acts.csv`.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    members: BTreeMap<String, Phrases>,
}

impl Classes {
    /// Adds a phrase (lemmas separated by spaces) to a class.
    pub(crate) fn add(&mut self, class: &str, phrase: &str) {
        let words = phrase.split_whitespace().map(Lower::printed).collect();
        self.members.entry(class.to_owned()).or_default().add(words);
    }

    /// The phrases of a class, or `None` where there is no such class.
    pub(crate) fn get(&self, class: &str) -> Option<&Phrases> {
        self.members.get(class)
    }

    /// The classes whose names start with `prefix`, by the rest of their names.
    pub(crate) fn starting<'c>(&'c self, prefix: &'c str) -> impl Iterator<Item = (&'c str, &'c Phrases)> {
        self.members
            .range(prefix.to_owned()..)
            .map_while(move |(name, members)| Some((name.strip_prefix(prefix)?, members)))
    }

    /// Whether `phrase`, words separated by spaces, is a member.
    pub(crate) fn has_phrase(&self, class: &str, phrase: &str) -> bool {
        let same = |p: &[Lower]| phrase.split(' ').eq(p.iter().map(Lower::as_str));
        self.get(class).is_some_and(|members| members.iter().any(same))
    }

    /// Whether `lemma` alone is a member.
    pub(crate) fn has(&self, class: &str, lemma: &str) -> bool {
        self.get(class).is_some_and(|members| members.has_word(&Lower::new(lemma)))
    }
}
