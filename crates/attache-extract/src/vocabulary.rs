//! Closed word lists: each an enum with one printed word per value, defined once.

/// An enum whose values have one fixed word each, as used in JSON, commands and answers.
pub trait Vocabulary: Copy + Eq + Ord + 'static {
    /// Every value, in the order of definition. The position is the stored code: append only.
    const ALL: &'static [Self];
    /// What the list is called in an error: "kind", "factuality".
    const NAME: &'static str;

    /// The word.
    fn as_str(self) -> &'static str;

    /// The value of a word, exactly as [`as_str`](Self::as_str) writes it.
    #[must_use]
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.as_str() == word)
    }

    /// The words, for an error that says what would be right.
    #[must_use]
    fn words() -> String {
        let words: Vec<_> = Self::ALL.iter().map(|value| value.as_str()).collect();
        words.join(", ")
    }
}

/// Defines a [`Vocabulary`] enum from rows of `Variant = "word"`, each with its doc comment.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident: $label:literal { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $crate::vocabulary::Vocabulary for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];
            const NAME: &'static str = $label;

            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::vocabulary::Vocabulary::as_str(*self))
            }
        }
    };
}

pub(crate) use vocabulary;
