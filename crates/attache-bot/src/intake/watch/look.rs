//! What is in the folder, and whether it is as it was.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::shelf;

/// Files looked at, at a time.
const MOST: usize = 20_000;

/// A file as it was seen: the same bytes, as far as one can tell without reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bytes: u64,
    changed: Option<SystemTime>,
    /// A file that was put in another's place is another.
    number: u64,
    /// What it is, where it is no file.
    pub(super) other: Option<&'static str>,
}

impl Look {
    pub(super) fn of(data: &Metadata) -> Self {
        let kind = data.file_type();
        let other = if kind.is_file() {
            None
        } else if kind.is_symlink() {
            Some("a link, and links are not followed")
        } else {
            Some("no file that could be read")
        };
        Self { bytes: data.len(), changed: data.modified().ok(), number: number(data), other }
    }
}

#[cfg(unix)]
fn number(data: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(data)
}

#[cfg(not(unix))]
const fn number(_: &Metadata) -> u64 {
    0
}

/// Everything in a folder but folders, the shelves, and names that begin with a dot: so programs name what they have
/// not finished writing.
pub(super) fn into(folder: &Path) -> io::Result<BTreeMap<OsString, Look>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)?.take(MOST) {
        let entry = entry?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") || shelf::ALL.iter().any(|shelf| name == *shelf) {
            continue;
        }
        // It may be gone by now.
        let Ok(data) = entry.path().symlink_metadata() else { continue };
        if !data.is_dir() {
            files.insert(name, Look::of(&data));
        }
    }
    Ok(files)
}
