//! Reads a folder of format 1, whose rows stood in sled alone.

use std::path::Path;

use crate::engine::Table;

/// First byte of a pointer to the pieces of a long value.
const POINTER: u8 = u8::MAX;

/// Bytes of a piece.
const PIECE: usize = 4 << 10;

/// A row: its key and its value.
pub(crate) type Row = (Vec<u8>, Vec<u8>);

/// Every row of every table that this release still has.
///
/// # Errors
/// When sled does not open, or a long value lacks a part.
pub(crate) fn rows(folder: &Path) -> Result<Vec<(Table, Vec<Row>)>, String> {
    super::tables::quietly(|| read(folder)).unwrap_or_else(Err)
}

fn read(folder: &Path) -> Result<Vec<(Table, Vec<Row>)>, String> {
    let told = |error: sled::Error| error.to_string();
    let db = sled::Config::new().path(folder).flush_every_ms(None).open().map_err(told)?;
    let pieces = db.open_tree("spill").map_err(told)?;
    let mut tables = Vec::new();
    for table in Table::ALL {
        let tree = db.open_tree(table.name()).map_err(told)?;
        let mut rows = Vec::new();
        for row in tree.iter() {
            let (key, value) = row.map_err(told)?;
            let value = whole(&pieces, &value)?
                .ok_or_else(|| format!("a long value of table {} lacks a part", table.name()))?;
            rows.push((key.to_vec(), value));
        }
        tables.push((table, rows));
    }
    Ok(tables)
}

/// The value, or what it points to.
fn whole(pieces: &sled::Tree, value: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let Some((id, length)) = value.strip_prefix(&[POINTER]).and_then(|rest| rest.split_first_chunk::<16>())
    else {
        return Ok(Some(value.to_vec()));
    };
    let length: [u8; 4] = length.try_into().map_err(|_| "a pointer is cut short".to_owned())?;
    let length = u32::from_be_bytes(length) as usize;
    let mut whole = Vec::new();
    for piece in (0_u32..).take(length.div_ceil(PIECE)) {
        let key = [&id[..], &piece.to_be_bytes()].concat();
        let Some(bytes) = pieces.get(key).map_err(|error| error.to_string())? else { return Ok(None) };
        whole.extend_from_slice(&bytes);
    }
    Ok((whole.len() == length).then_some(whole))
}
