//! How rows are written: a version byte, a CRC-32 of the rest, and postcard. Rows of an earlier
//! version are read as the present one.

mod earlier;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::engine::Table;
use crate::error::ReadError;
use crate::id::{ArticleId, EventId};
use crate::key;
use crate::record::EventRecord;

/// Version of a table's rows as they are written now; higher ones are refused.
const fn version(table: Table) -> u8 {
    match table {
        Table::Outbox => 3,
        Table::Subscription => 2,
        _ => 1,
    }
}

/// The highest version of any table.
const HIGHEST: u8 = 3;

/// An event as the store has it now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredEvent {
    /// Its id.
    pub id: EventId,
    /// The event, with curators' corrections in place.
    pub event: EventRecord,
    /// Every article that reports it, the first one first; never empty.
    pub sources: Vec<Source>,
    /// When the first report was stored (UTC).
    pub known_since: Timestamp,
    /// 1 when stored, one more with each correction.
    pub revision: u32,
    /// A curator took it out; it can be restored.
    pub deleted: bool,
    /// The day it sorts under: the first day of its date, else the first report's publication.
    pub sort_day: Date,
}

/// One article's report of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The article.
    pub article: ArticleId,
    /// Its day of publication.
    pub published: Date,
    /// The sentence there.
    pub quote: String,
    /// Byte offsets of the sentence in the article's text.
    pub span: [usize; 2],
    /// Why this report was joined to the event; `None` for the first.
    pub joined: Option<String>,
}

pub(crate) fn encode<T: Serialize>(table: Table, value: &T) -> Result<Vec<u8>, String> {
    let body = postcard::to_stdvec(value).map_err(|error| format!("does not encode: {error}"))?;
    let mut bytes = Vec::with_capacity(body.len() + 5);
    bytes.push(version(table));
    bytes.extend_from_slice(&crc32fast::hash(&body).to_be_bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Whether the bytes are a whole value of this encoding.
pub(crate) fn intact(bytes: &[u8]) -> bool {
    let Some((version, rest)) = bytes.split_first() else { return false };
    let Some((sum, body)) = rest.split_first_chunk::<4>() else { return false };
    (1..=HIGHEST).contains(version) && crc32fast::hash(body) == u32::from_be_bytes(*sum)
}

pub(crate) fn decode<T: DeserializeOwned>(table: Table, key: &[u8], bytes: &[u8]) -> Result<T, ReadError> {
    let damaged = |what: String| ReadError::Damaged { table: table.name(), key: key::hex(key), what };
    let (written, rest) = bytes.split_first().ok_or_else(|| damaged("empty value".to_owned()))?;
    let known = version(table);
    if !(1..=known).contains(written) {
        return Err(damaged(format!("encoding version {written}, this program knows {known}")));
    }
    let (sum, body) = rest.split_first_chunk::<4>().ok_or_else(|| damaged("cut short".to_owned()))?;
    if crc32fast::hash(body) != u32::from_be_bytes(*sum) {
        return Err(damaged("the checksum does not fit".to_owned()));
    }
    let told = |error: postcard::Error| damaged(format!("does not decode: {error}"));
    if *written < known {
        let body = earlier::brought_up(table, *written, body).map_err(told)?;
        return postcard::from_bytes(&body).map_err(told);
    }
    postcard::from_bytes(body).map_err(told)
}
