//! A second copy of each segment, compressed: a flipped bit or a lost file in one of the two loses
//! nothing. A full segment gets its twin when the next begins, the last one when the store is closed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 16] = b"attache copy  1\n";

/// Where the twins of a journal's folder stand.
pub(crate) fn folder(journal: &Path) -> PathBuf {
    let mut name = journal.file_name().unwrap_or_default().to_owned();
    name.push(".copy");
    journal.with_file_name(name)
}

fn path(journal: &Path, number: u32) -> PathBuf {
    folder(journal).join(format!("{number:08}.lz4"))
}

/// The name of a twin in messages.
pub(crate) fn name(number: u32) -> String {
    format!("journal.copy/{number:08}.lz4")
}

/// Writes a segment's twin, in place of an earlier one.
pub(crate) fn write(journal: &Path, number: u32, bytes: &[u8]) -> io::Result<()> {
    let place = folder(journal);
    if !place.is_dir() {
        fs::create_dir(&place)?;
        if let Some(parent) = place.parent() {
            File::open(parent)?.sync_all()?;
        }
    }
    let packed = lz4_flex::compress_prepend_size(bytes);
    let beside = place.join("unfinished");
    let mut file = File::create(&beside)?;
    file.write_all(MAGIC)?;
    file.write_all(&crc32fast::hash(bytes).to_be_bytes())?;
    file.write_all(&crc32fast::hash(&packed).to_be_bytes())?;
    file.write_all(&packed)?;
    file.sync_all()?;
    fs::rename(beside, path(journal, number))?;
    File::open(place)?.sync_all()
}

/// The bytes that a segment had when its twin was written; `None` where there is no twin.
///
/// # Errors
/// Says what does not fit in the twin's file.
pub(crate) fn read(journal: &Path, number: u32) -> Result<Option<Vec<u8>>, String> {
    let told = |what: &str| format!("{}: {what}", name(number));
    let bytes = match fs::read(path(journal, number)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(told(&error.to_string())),
    };
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| told("it does not begin as a copy does"))?;
    let (sum, rest) = rest.split_first_chunk::<4>().ok_or_else(|| told("cut short"))?;
    let (packed_sum, packed) = rest.split_first_chunk::<4>().ok_or_else(|| told("cut short"))?;
    if crc32fast::hash(packed) != u32::from_be_bytes(*packed_sum) {
        return Err(told("its checksum does not fit"));
    }
    let raw = lz4_flex::decompress_size_prepended(packed).map_err(|error| told(&error.to_string()))?;
    if crc32fast::hash(&raw) != u32::from_be_bytes(*sum) {
        return Err(told("its content's checksum does not fit"));
    }
    Ok(Some(raw))
}

/// Numbers of the segments that have a twin.
pub(crate) fn numbers(journal: &Path) -> io::Result<Vec<u32>> {
    let place = folder(journal);
    if !place.is_dir() {
        return Ok(Vec::new());
    }
    let mut numbers = Vec::new();
    for entry in fs::read_dir(place)? {
        let name = entry?.file_name();
        let digits = name.to_str().and_then(|name| name.strip_suffix(".lz4"));
        numbers
            .extend(digits.filter(|digits| digits.len() == 8).and_then(|digits| digits.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}
