//! Countries and blocs by code.

use std::fmt;
use std::str::FromStr;

/// An ISO 3166-1 alpha-2 code in capitals, or the code `EU` which that standard reserves for the
/// European Union. Customs territories with a code of their own (`HK`, `TW`) stand for themselves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateCode([u8; 2]);

/// Text that is not two ASCII letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadStateCode(pub String);

impl StateCode {
    /// The United States of America.
    pub const US: Self = Self(*b"US");
    /// The People's Republic of China.
    pub const CN: Self = Self(*b"CN");

    /// Whether its government has ministers: neither Washington nor Brussels calls anybody so.
    pub(crate) fn has_ministers(self) -> bool {
        !matches!(self.as_str(), "US" | "EU")
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Two ASCII capitals by construction.
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// Which of all pairs of letters it is.
    pub(crate) const fn number(self) -> usize {
        let [first, second] = self.0;
        (first - b'A') as usize * 26 + (second - b'A') as usize
    }

    /// The two bytes, for ordered keys.
    #[must_use]
    pub const fn bytes(self) -> [u8; 2] {
        self.0
    }
}

impl FromStr for StateCode {
    type Err = BadStateCode;

    /// Reads two ASCII letters in either case.
    fn from_str(text: &str) -> Result<Self, BadStateCode> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(BadStateCode(text.to_owned())),
        }
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for BadStateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a two-letter country code (ISO 3166-1 alpha-2, or EU)", self.0)
    }
}

impl std::error::Error for BadStateCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_two_letters_in_either_case() {
        assert_eq!("us".parse(), Ok(StateCode::US));
        assert_eq!("CN".parse(), Ok(StateCode::CN));
        for text in ["", "U", "USA", "U1", "é", "u "] {
            assert_eq!(text.parse::<StateCode>(), Err(BadStateCode(text.to_owned())));
        }
    }
}
