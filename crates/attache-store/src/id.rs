//! Names of stored things.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Defines a 128-bit id made from content, printed as 32 lower-case hex digits.
macro_rules! content_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) [u8; 16]);

        impl Serialize for $name {
            /// Hex digits in JSON, sixteen bytes in stored values.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    return serializer.collect_str(self);
                }
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    return Ok(Self(Deserialize::deserialize(deserializer)?));
                }
                let text = String::deserialize(deserializer)?;
                let bad = || D::Error::custom(format!("{text:?} is not an id of 32 hex digits"));
                Self::parse(&text).ok_or_else(bad)
            }
        }

        impl $name {
            /// The first eight hex digits: enough to type, almost always enough to be unique.
            #[must_use]
            pub fn short(&self) -> String {
                self.to_string().chars().take(8).collect()
            }

            /// Reads 32 hex digits.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                // `from_str_radix` alone would take a sign.
                let fits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                let number = u128::from_str_radix(text, 16).ok().filter(|_| fits)?;
                Some(Self(number.to_be_bytes()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", u128::from_be_bytes(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

content_id! {
    /// An article: the first 128 bits of BLAKE3 over its text with blanks folded.
    ArticleId
}

content_id! {
    /// An event: the first 128 bits of BLAKE3 over its first article's id and its place there.
    EventId
}

/// Defines a counted id.
macro_rules! counted_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

counted_id! {
    /// A subscription, counted from 1 within a store.
    SubscriptionId
}
counted_id! {
    /// A row of the audit log, counted from 1.
    AuditId
}
counted_id! {
    /// A row of the outbox; rows of a later commit have a higher number.
    DeliveryId
}

/// What a prefix of an id leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<T> {
    /// Nothing begins with it, or it is not hex.
    None,
    /// Exactly one.
    One(T),
    /// Several do: more digits are needed.
    Many,
}

impl ArticleId {
    pub(crate) fn of_text(text: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        for word in text.split_whitespace() {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        Self(first_half(&hasher))
    }
}

impl EventId {
    pub(crate) fn nth_of(article: ArticleId, position: u32) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&article.0).update(&position.to_be_bytes());
        Self(first_half(&hasher))
    }
}

impl EventId {
    /// The id of an event that has a name of its own, such as one of the shipped chronology.
    pub(crate) fn of_name(origin: &str, name: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(origin.as_bytes()).update(b": ").update(name.as_bytes());
        Self(first_half(&hasher))
    }
}

fn first_half(hasher: &blake3::Hasher) -> [u8; 16] {
    let whole = hasher.finalize();
    let mut half = [0; 16];
    half.copy_from_slice(&whole.as_bytes()[..16]);
    half
}
