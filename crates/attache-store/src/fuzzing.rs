//! What reads bytes from disk, open to the fuzzer in `examples/fuzz.rs`.

use crate::index::Index;
use crate::journal::segment::{self, HEAD, Head};
use crate::row::{self, StoredEvent};

/// A segment with some records, to be damaged.
///
/// # Errors
/// When a record does not encode.
pub fn segment(changes: &[crate::Change]) -> Result<Vec<u8>, String> {
    let mut bytes = vec![0; HEAD];
    for (seq, change) in (1..).zip(changes) {
        bytes.extend(crate::journal::record::encode(change, seq, seq - 1)?.0);
    }
    bytes.resize(bytes.len() + 4096, 0);
    Ok(bytes)
}

/// Reads a segment, and gives the numbers of the records that read whole.
///
/// # Errors
/// Never; damage is passed over.
pub fn read_segment(bytes: &[u8]) -> Result<Vec<u64>, String> {
    let mut found = Vec::new();
    segment::scan(bytes, Head::default(), |_, record| {
        found.push(record.seq);
        Ok(())
    })?;
    Ok(found)
}

/// An index's columns and bitmaps, to be damaged.
///
/// # Errors
/// When they cannot be written.
pub fn snapshot(store: &crate::Store) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    store.index().write(&mut bytes)?;
    Ok(bytes)
}

/// Reads an index's columns and bitmaps; whether they are whole.
#[must_use]
pub fn read_snapshot(mut bytes: &[u8]) -> bool {
    Index::read(&mut bytes).is_ok()
}

/// Reads a value as an event; whether it is one.
#[must_use]
pub fn read_row(bytes: &[u8]) -> bool {
    row::decode::<StoredEvent>(crate::engine::Table::Event, &[], bytes).is_ok()
}

/// Reads the rest of a value whose checksum fits, as an event; whether it is one.
#[must_use]
pub fn read_body(body: &[u8]) -> bool {
    postcard::from_bytes::<StoredEvent>(body).is_ok()
}

/// Which part of the shorter text is in the longer one, in thousandths.
#[must_use]
pub fn alike(a: &str, b: &str) -> u16 {
    crate::likeness::Shingles::of(a).contained(&crate::likeness::Shingles::of(b))
}
