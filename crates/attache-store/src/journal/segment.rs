//! One file of the journal: a head, then records, then zeros that wait to be written over.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::change::Seq;
use crate::journal::file::{read_at, write_at};
use crate::journal::record::{self, Look, Record};

/// Format of a segment; a higher one was written by a later release.
const FORMAT: u32 = 1;

/// Bytes of a segment's head.
pub(crate) const HEAD: usize = 48;

const MAGIC: [u8; 16] = *b"attache journal\n";

/// What a segment's first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Head {
    /// Commits before the first in here.
    pub(crate) after: Seq,
    /// Length in bytes of the segment before this one, and the CRC-32 of them; zeros for the first.
    pub(crate) before: (u64, u32),
}

impl Head {
    fn bytes(self) -> [u8; HEAD] {
        let mut bytes = [0; HEAD];
        bytes[..16].copy_from_slice(&MAGIC);
        bytes[16..20].copy_from_slice(&FORMAT.to_be_bytes());
        bytes[20..28].copy_from_slice(&self.after.to_be_bytes());
        bytes[28..36].copy_from_slice(&self.before.0.to_be_bytes());
        bytes[36..40].copy_from_slice(&self.before.1.to_be_bytes());
        let sum = crc32fast::hash(&bytes[..40]);
        bytes[40..44].copy_from_slice(&sum.to_be_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let broken = |what: &str| Unusable::Broken(what.to_owned());
        let bytes: &[u8; HEAD] = bytes.first_chunk().ok_or_else(|| broken("its head is cut short"))?;
        let part = |at: usize| -> [u8; 4] { [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] };
        let whole = |at: usize| -> u64 {
            u64::from(u32::from_be_bytes(part(at))) << 32 | u64::from(u32::from_be_bytes(part(at + 4)))
        };
        if !bytes.starts_with(&MAGIC) {
            return Err(broken("it does not begin as a journal does"));
        }
        let format = u32::from_be_bytes(part(16));
        if u32::from_be_bytes(part(40)) != crc32fast::hash(&bytes[..40]) {
            return Err(broken("its head's checksum does not fit"));
        }
        if format != FORMAT {
            return Err(Unusable::Newer(format));
        }
        Ok(Self { after: whole(20), before: (whole(28), u32::from_be_bytes(part(36))) })
    }
}

/// Why a segment cannot be used.
#[derive(Debug)]
pub(crate) enum Unusable {
    Io(io::Error),
    Newer(u32),
    Broken(String),
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A segment, open for reading and writing at places.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) path: PathBuf,
    pub(crate) file: File,
    pub(crate) head: Head,
}

/// Where a segment of a number stands in the journal's folder.
pub(crate) fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{number:08}.log"))
}

/// The number in a segment's file name.
pub(crate) fn number(name: &str) -> Option<u32> {
    name.strip_suffix(".log").filter(|digits| digits.len() == 8)?.parse().ok()
}

impl Segment {
    /// A new segment whose head and name are on disk.
    pub(crate) fn create(folder: &Path, number: u32, head: Head) -> io::Result<Self> {
        let path = path(folder, number);
        let file = File::options().create(true).truncate(true).read(true).write(true).open(&path)?;
        write_at(&file, &head.bytes(), 0)?;
        file.sync_all()?;
        File::open(folder)?.sync_all()?;
        Ok(Self { path, file, head })
    }

    pub(crate) fn open(path: PathBuf) -> Result<Self, Unusable> {
        let file = File::options().read(true).write(true).open(&path)?;
        let mut bytes = [0; HEAD];
        let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX).min(HEAD);
        read_at(&file, &mut bytes[..length], 0)?;
        let head = Head::read(&bytes[..length])?;
        Ok(Self { path, file, head })
    }

    /// The last part of the file's path, for messages.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| format!("journal/{}", name.to_string_lossy()))
    }

    /// All bytes.
    pub(crate) fn bytes(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.path)
    }
}

/// A stretch of a segment that is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    /// Where it begins, in bytes from the segment's beginning.
    pub(crate) at: usize,
    /// What does not fit.
    pub(crate) what: String,
    /// The next whole record's number for the last commit that was on disk when it was written;
    /// `None` where no record follows.
    pub(crate) durable: Option<Seq>,
    /// The last record before it.
    pub(crate) after: Seq,
}

/// What a segment's bytes hold.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Where the last whole record ends.
    pub(crate) end: usize,
    /// The last record's number.
    pub(crate) last: Seq,
    pub(crate) gaps: Vec<Gap>,
}

/// Walks a segment's records: `take` gets each with the place of its mark. A damaged stretch is
/// passed over to the next whole record.
pub(crate) fn scan<F>(bytes: &[u8], head: Head, mut take: F) -> Result<Scan, String>
where
    F: FnMut(usize, Record) -> Result<(), String>,
{
    let mut scan = Scan { end: HEAD, last: head.after, gaps: Vec::new() };
    let mut at = HEAD;
    let mut gap: Option<Gap> = None;
    while let Some(rest) = bytes.get(at..) {
        let what = match record::look(rest) {
            Look::Record(body, length) => match record::decode(body) {
                Ok(record) if record.seq > scan.last => {
                    if let Some(gap) = gap.take() {
                        scan.gaps.push(Gap { durable: Some(record.durable), ..gap });
                    }
                    scan.last = record.seq;
                    take(at, record)?;
                    at += length;
                    scan.end = at;
                    continue;
                }
                Ok(record) => format!("record {} after record {}", record.seq, scan.last),
                Err(what) => what,
            },
            // Zeros wait to be written over; a record after them would make them damage.
            Look::End if next_mark(rest).is_none() => break,
            Look::End => "zeros where a record stood".to_owned(),
            Look::Broken(what) => what.to_owned(),
        };
        gap.get_or_insert(Gap { at, what, durable: None, after: scan.last });
        // At least one byte on, to the next mark.
        match rest.get(1..).and_then(next_mark) {
            Some(next) => at += 1 + next,
            None => break,
        }
    }
    scan.gaps.extend(gap);
    Ok(scan)
}

fn next_mark(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, &record::MARK)
}
