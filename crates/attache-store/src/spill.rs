//! Long values, cut into pieces: sled writes large ones into files of their own, which it neither
//! syncs nor frees. Pieces are named by their content, so that a reader never mixes two values.

use crate::engine::Table;

/// A value longer than this, in bytes, is cut into pieces of it.
const MOST: usize = 4 << 10;

/// First byte of a pointer; no row's encoding has this version.
const MARK: u8 = u8::MAX;

/// What a reader makes room for at once, in bytes, whatever a pointer says.
pub(crate) const LARGEST: usize = 1 << 20;

/// Whether rows of a table may be long. Texts are stored in short pieces.
pub(crate) const fn may_be_long(table: Table) -> bool {
    matches!(
        table,
        Table::Article | Table::Event | Table::Subscription | Table::Audit | Table::Outbox | Table::Feed
    )
}

/// Names a value's pieces.
pub(crate) type Id = [u8; 16];

/// A row: its key and its value.
pub(crate) type Row = (Vec<u8>, Vec<u8>);

/// The pointer to stand in the value's place, and the pieces; `None` for a value short enough.
pub(crate) fn split(value: &[u8]) -> Option<(Vec<u8>, Vec<Row>)> {
    let length = u32::try_from(value.len()).ok().filter(|_| value.len() > MOST)?;
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(value).as_bytes()[..16]);
    let pointer = [&[MARK][..], &id, &length.to_be_bytes()].concat();
    let pieces = (0..).zip(value.chunks(MOST)).map(|(n, bytes)| (key(id, n), bytes.to_vec())).collect();
    Some((pointer, pieces))
}

/// The pieces' name and the value's length in bytes, where this is a pointer.
pub(crate) fn pointer(value: &[u8]) -> Option<(Id, usize)> {
    let (id, length) = value.strip_prefix(&[MARK])?.split_first_chunk::<16>()?;
    let length = u32::from_be_bytes(length.try_into().ok()?);
    Some((*id, usize::try_from(length).ok()?))
}

/// How many pieces a value of this many bytes has.
pub(crate) fn pieces(length: usize) -> u32 {
    u32::try_from(length.div_ceil(MOST)).unwrap_or(u32::MAX)
}

pub(crate) fn key(id: Id, piece: u32) -> Vec<u8> {
    [&id[..], &piece.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(length: usize, expected: Option<usize>) {
        let value = vec![7; length];
        let cut = split(&value);
        assert_eq!(cut.as_ref().map(|(_, pieces)| pieces.len()), expected, "{length} bytes");
        let Some((held, rows)) = cut else { return };
        let (id, whole) = pointer(&held).unwrap();
        assert_eq!((whole, pieces(whole) as usize), (length, rows.len()));
        assert!((0..).zip(&rows).all(|(n, (k, _))| *k == key(id, n)));
        let joined: Vec<u8> = rows.into_iter().flat_map(|(_, bytes)| bytes).collect();
        assert_eq!(joined, value);
    }

    #[test]
    fn a_long_value_is_cut_and_a_short_one_is_not() {
        check(0, None);
        check(MOST, None);
        check(MOST + 1, Some(2));
        check(3 * MOST, Some(3));
    }
}
