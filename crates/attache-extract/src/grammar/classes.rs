//! Word classes: named lists of lemmas and phrases that rules refer to with `@`.

use std::collections::BTreeMap;

/// The classes of `lexicon/acts.csv`.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    members: BTreeMap<String, Vec<Vec<String>>>,
}

impl Classes {
    /// Adds a phrase (lemmas separated by spaces) to a class.
    pub(crate) fn add(&mut self, class: &str, phrase: &str) {
        let words = phrase.split_whitespace().map(str::to_lowercase).collect();
        self.members.entry(class.to_owned()).or_default().push(words);
    }

    /// The phrases of a class, or `None` where there is no such class.
    pub(crate) fn get(&self, class: &str) -> Option<&[Vec<String>]> {
        self.members.get(class).map(Vec::as_slice)
    }

    /// The classes whose names start with `prefix`, by the rest of their names.
    pub(crate) fn starting<'c>(
        &'c self,
        prefix: &'c str,
    ) -> impl Iterator<Item = (&'c str, &'c [Vec<String>])> {
        self.members
            .range(prefix.to_owned()..)
            .map_while(move |(name, members)| Some((name.strip_prefix(prefix)?, members.as_slice())))
    }

    /// Whether `lemma` alone is a member.
    pub(crate) fn has(&self, class: &str, lemma: &str) -> bool {
        self.get(class).is_some_and(|m| m.iter().any(|p| matches!(p.as_slice(), [one] if one == lemma)))
    }
}
