//! How many articles were looked at and not taken, by reason. The reasons are their bringer's words.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::store::{Store, put};

/// Longest reason that is a key, in bytes; of a longer one the rest is left out.
const LONGEST: usize = 200;

/// How often a reason was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The reason.
    pub reason: String,
    /// How many articles.
    pub count: u64,
    /// When the last one came (UTC).
    pub last: Timestamp,
}

impl Store {
    /// How many articles were set aside, by reason, the most frequent first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn asides(&self) -> Result<Vec<Aside>, ReadError> {
        let mut asides: Vec<Aside> = self.all(Table::Aside)?;
        asides.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        Ok(asides)
    }

    /// The rows by which so many more were set aside.
    pub(crate) fn aside_rows(
        &self,
        more: &BTreeMap<String, u64>,
        now: Timestamp,
    ) -> Result<Vec<Put>, WriteError> {
        let row = |(reason, more): (&String, &u64)| {
            let reason = reason.get(..reason.floor_char_boundary(LONGEST)).unwrap_or_default();
            let before: Option<Aside> = self.row(Table::Aside, reason.as_bytes())?;
            let count = before.map_or(0, |before| before.count).saturating_add(*more);
            put(Table::Aside, reason.as_bytes(), &Aside { reason: reason.to_owned(), count, last: now })
        };
        more.iter().map(row).collect()
    }
}
