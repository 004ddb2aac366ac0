//! Calls that a button stands for and that are too long to be written on it.
//!
//! They are kept under a name made from their own text: the same call is kept once, however often
//! it is offered, and a name says nothing that was not offered before.

use std::ops::ControlFlow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::Act;
use crate::engine::Table;
use crate::error::{ReadError, WriteError};
use crate::store::{Store, put, remove};

/// Longest call, in bytes.
const LONGEST: usize = 8_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    line: String,
    at: Timestamp,
}

impl Store {
    /// Keeps a call and gives its name: 16 hexadecimal digits.
    ///
    /// # Guarantees
    /// What is kept already is not written again.
    ///
    /// # Errors
    /// When it is longer than 8,000 bytes, or the store cannot be written.
    pub fn keep_call(&self, line: &str, now: Timestamp) -> Result<String, WriteError> {
        if line.len() > LONGEST {
            return Err(WriteError::Conflict(format!("a call of {} bytes", line.len())));
        }
        let name = blake3::hash(line.as_bytes()).to_hex().chars().take(16).collect::<String>();
        if self.kept_call(&name)?.is_none() {
            let kept = Kept { line: line.to_owned(), at: now };
            self.decide(now, "program", Act::Offer, |_| {
                Ok(((), vec![put(Table::Call, name.as_bytes(), &kept)?]))
            })?;
        }
        Ok(name)
    }

    /// The call kept under a name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_call(&self, name: &str) -> Result<Option<String>, ReadError> {
        let kept: Option<Kept> = self.row(Table::Call, name.as_bytes())?;
        Ok(kept.map(|kept| kept.line))
    }

    /// Forgets the calls kept before an instant, and says how many they were.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn forget_calls(&self, before: Timestamp, now: Timestamp) -> Result<usize, WriteError> {
        let mut old = Vec::new();
        self.each(Table::Call, &[], &[u8::MAX; 40], false, &mut |key, kept: Kept| {
            if kept.at < before {
                old.push(key.to_vec());
            }
            ControlFlow::Continue(())
        })?;
        let count = old.len();
        if count > 0 {
            self.decide(now, "program", Act::Offer, |_| {
                Ok(((), old.iter().map(|key| remove(Table::Call, key.as_slice())).collect()))
            })?;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_kept_once_and_forgotten_when_old() {
        let store = Store::in_memory().unwrap();
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let name = store.keep_call("/ask question:x", at(1)).unwrap();
        let head = store.engine.head().unwrap();
        assert_eq!(store.keep_call("/ask question:x", at(2)).unwrap(), name);
        assert_eq!(store.engine.head().unwrap(), head, "nothing was written for the second time");
        assert_eq!(store.kept_call(&name).unwrap().as_deref(), Some("/ask question:x"));
        assert_eq!(store.kept_call("0000000000000000").unwrap(), None);
        let later = store.keep_call("/ask question:y", at(9)).unwrap();
        assert_eq!(store.forget_calls(at(5), at(10)).unwrap(), 1);
        assert_eq!(store.kept_call(&name).unwrap(), None);
        assert!(store.kept_call(&later).unwrap().is_some());
        assert!(store.keep_call(&"x".repeat(8_001), at(1)).is_err());
    }
}
