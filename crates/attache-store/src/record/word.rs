//! A vocabulary word: its text in JSON, its one-byte code in stored values.

use attache_extract::Vocabulary;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value of a closed word list, serialised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word<T>(pub T);

impl<T: Vocabulary> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(self.0.as_str());
        }
        let code = T::ALL.iter().position(|value| *value == self.0).and_then(|n| u8::try_from(n).ok());
        serializer.serialize_u8(code.unwrap_or(u8::MAX))
    }
}

impl<'de, T: Vocabulary> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let word = String::deserialize(deserializer)?;
            let value = T::parse(&word);
            return value
                .map(Self)
                .ok_or_else(|| D::Error::custom(format!("{} {word:?} is none of: {}", T::NAME, T::words())));
        }
        let code = u8::deserialize(deserializer)?;
        let value = T::ALL.get(usize::from(code));
        value.copied().map(Self).ok_or_else(|| D::Error::custom(format!("{} has no code {code}", T::NAME)))
    }
}
