//! A record's bytes: `LAYOUT.md` draws them.

use jiff::Timestamp;

use crate::change::{Act, Change, Seq};
use crate::engine::{Put, Table};

/// Stands before every record, so that the next whole one is found after a damaged one.
pub(crate) const MARK: [u8; 4] = [0xa7, b'a', b'j', b'1'];

/// Mark, length and checksum.
pub(crate) const HEAD: usize = 12;

/// Longest body, in bytes: what claims to be longer is damage.
pub(crate) const MOST: usize = 256 << 20;

const VERSION: u8 = 1;

/// In place of a value's length: the row is removed.
const REMOVED: u32 = u32::MAX;

/// A record read back.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) seq: Seq,
    /// The last commit known to be on disk when this one was written.
    pub(crate) durable: Seq,
    pub(crate) change: Change,
    /// Where each put's value begins, in bytes from the record's mark.
    pub(crate) values: Vec<usize>,
}

/// The whole record, and where each put's value begins in it.
pub(crate) fn encode(change: &Change, seq: Seq, durable: Seq) -> Result<(Vec<u8>, Vec<usize>), String> {
    let size: usize =
        change.puts.iter().map(|put| 7 + put.key.len() + put.value.as_ref().map_or(0, Vec::len)).sum();
    let mut out = Vec::with_capacity(size + 64 + change.author.len());
    out.extend_from_slice(&MARK);
    out.extend_from_slice(&[0; 8]);
    out.push(VERSION);
    out.extend_from_slice(&seq.to_be_bytes());
    out.extend_from_slice(&durable.to_be_bytes());
    out.extend_from_slice(&change.at.as_microsecond().to_be_bytes());
    out.push(change.act.code());
    let author: String = change.author.chars().take(256).collect();
    out.extend_from_slice(&short(author.len())?.to_be_bytes());
    out.extend_from_slice(author.as_bytes());
    out.extend_from_slice(&long(change.puts.len())?.to_be_bytes());
    let mut values = Vec::with_capacity(change.puts.len());
    for put in &change.puts {
        out.push(put.table as u8);
        out.extend_from_slice(&short(put.key.len())?.to_be_bytes());
        out.extend_from_slice(&put.key);
        let length = put.value.as_ref().map_or(Ok(REMOVED), |value| long(value.len()))?;
        out.extend_from_slice(&length.to_be_bytes());
        values.push(out.len());
        out.extend_from_slice(put.value.as_deref().unwrap_or_default());
    }
    let (head, body) = out.split_at_mut(HEAD);
    if body.len() > MOST {
        return Err(format!("a change of {} bytes; a record holds up to {MOST}", body.len()));
    }
    head[4..8].copy_from_slice(&long(body.len())?.to_be_bytes());
    head[8..12].copy_from_slice(&crc32fast::hash(body).to_be_bytes());
    Ok((out, values))
}

fn short(length: usize) -> Result<u16, String> {
    u16::try_from(length).map_err(|_| format!("a key of {length} bytes"))
}

fn long(length: usize) -> Result<u32, String> {
    u32::try_from(length).ok().filter(|length| *length != REMOVED).ok_or_else(|| format!("{length} bytes"))
}

/// What stands at the beginning of some bytes.
#[derive(Debug)]
pub(crate) enum Look<'b> {
    /// A whole record's body; the record is this many bytes long with its head.
    Record(&'b [u8], usize),
    /// Nothing was written here.
    End,
    /// Something that is no whole record; the words say why.
    Broken(&'static str),
}

/// Looks at bytes that should begin with a record's mark.
pub(crate) fn look(bytes: &[u8]) -> Look<'_> {
    let Some((head, rest)) = bytes.split_first_chunk::<HEAD>() else {
        return if bytes.iter().all(|byte| *byte == 0) {
            Look::End
        } else {
            Look::Broken("a head cut short")
        };
    };
    if *head == [0; HEAD] {
        return Look::End;
    }
    let [a, b, c, d, l0, l1, l2, l3, c0, c1, c2, c3] = *head;
    if [a, b, c, d] != MARK {
        return Look::Broken("no record begins here");
    }
    let length = usize::try_from(u32::from_be_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
    let Some(body) = rest.get(..length).filter(|_| length <= MOST) else {
        return Look::Broken("a record longer than the file");
    };
    if crc32fast::hash(body) != u32::from_be_bytes([c0, c1, c2, c3]) {
        return Look::Broken("a record whose checksum does not fit");
    }
    Look::Record(body, HEAD + length)
}

/// Reads a body whose checksum fits.
///
/// # Errors
/// Says what no release has written.
pub(crate) fn decode(body: &[u8]) -> Result<Record, String> {
    let mut rest = Reader { bytes: body, at: 0 };
    let version = rest.byte()?;
    if version != VERSION {
        return Err(format!("record version {version}, this program knows {VERSION}"));
    }
    let (seq, durable) = (rest.number()?, rest.number()?);
    let at = i64::from_be_bytes(rest.array()?);
    let at = Timestamp::from_microsecond(at).map_err(|error| format!("time: {error}"))?;
    let code = rest.byte()?;
    let act = Act::of_code(code).ok_or_else(|| format!("unknown act {code}"))?;
    let length = u16::from_be_bytes(rest.array()?);
    let author =
        std::str::from_utf8(rest.take(usize::from(length))?).map_err(|error| error.to_string())?.to_owned();
    let count = u32::from_be_bytes(rest.array()?);
    // Seven bytes at least each: a count that cannot be true reserves nothing.
    let most = body.len() / 7;
    let count = usize::try_from(count).ok().filter(|count| *count <= most).ok_or("more rows than bytes")?;
    let (mut puts, mut values) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        let code = rest.byte()?;
        let table = Table::of_code(code).ok_or_else(|| format!("unknown table {code}"))?;
        let length = u16::from_be_bytes(rest.array()?);
        let key = rest.take(usize::from(length))?.to_vec();
        let length = u32::from_be_bytes(rest.array()?);
        values.push(HEAD + rest.at);
        let value = if length == REMOVED {
            None
        } else {
            Some(rest.take(usize::try_from(length).map_err(|error| error.to_string())?)?.to_vec())
        };
        puts.push(Put { table, key, value });
    }
    if rest.at != body.len() {
        return Err("bytes after the last row".to_owned());
    }
    Ok(Record { seq, durable, change: Change { at, act, author, puts }, values })
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], String> {
        let end = self.at.checked_add(length).ok_or("cut short")?;
        let part = self.bytes.get(self.at..end).ok_or("cut short")?;
        self.at = end;
        Ok(part)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], String> {
        self.take(N)?.try_into().map_err(|_| "cut short".to_owned())
    }

    fn byte(&mut self) -> Result<u8, String> {
        Ok(self.array::<1>()?[0])
    }

    fn number(&mut self) -> Result<u64, String> {
        Ok(u64::from_be_bytes(self.array()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn puts() -> impl Strategy<Value = Vec<Put>> {
        let put = (0..Table::ALL.len(), any::<Vec<u8>>(), any::<Option<Vec<u8>>>());
        let put = put.prop_map(|(table, key, value)| Put { table: Table::ALL[table], key, value });
        proptest::collection::vec(put, 0..9)
    }

    proptest! {
        #[test]
        fn a_record_reads_back(puts in puts(), seq: u64, durable: u64, author in ".{0,9}") {
            let change = Change { at: Timestamp::UNIX_EPOCH, act: Act::Correct, author, puts };
            let (bytes, values) = encode(&change, seq, durable).unwrap();
            let Look::Record(body, length) = look(&bytes) else { panic!("{:?}", look(&bytes)) };
            prop_assert_eq!(length, bytes.len());
            let record = decode(body).unwrap();
            prop_assert_eq!((record.seq, record.durable, &record.values), (seq, durable, &values));
            prop_assert_eq!(&record.change.author, &change.author);
            for ((put, held), at) in change.puts.iter().zip(&record.change.puts).zip(values) {
                prop_assert_eq!((put.table, &put.key, &put.value), (held.table, &held.key, &held.value));
                let value = put.value.as_deref().unwrap_or_default();
                prop_assert_eq!(&bytes[at..at + value.len()], value);
            }
        }

        #[test]
        fn one_flipped_bit_never_reads_as_another_record(puts in puts(), place: prop::sample::Index, bit in 0..8) {
            let change = Change { at: Timestamp::UNIX_EPOCH, act: Act::Ingest, author: "a".to_owned(), puts };
            let (mut bytes, _) = encode(&change, 7, 6).unwrap();
            let place = place.index(bytes.len());
            bytes[place] ^= 1_u8 << bit;
            prop_assert!(!matches!(look(&bytes), Look::Record(..)));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
            let _ = look(&bytes);
            let _ = decode(&bytes);
        }
    }
}
