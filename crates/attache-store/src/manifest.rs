//! What stands outside sled so that sled's loss is noticed: the format and how many commits were
//! acknowledged. sled opens a truncated file as an empty store without a word.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The format this release writes.
pub(crate) const FORMAT: u32 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    pub(crate) commits: u64,
}

/// Where it stands in a store's folder.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("MANIFEST")
}

/// `None` where there is none yet.
pub(crate) fn read(folder: &Path) -> io::Result<Option<Manifest>> {
    let text = match fs::read_to_string(path(folder)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let bad = || io::Error::new(io::ErrorKind::InvalidData, format!("MANIFEST does not read: {text:?}"));
    let mut format = None;
    let mut commits = None;
    for line in text.lines() {
        match line.split_once(' ') {
            Some(("format", number)) => format = number.parse().ok(),
            Some(("commits", number)) => commits = number.parse().ok(),
            _ => return Err(bad()),
        }
    }
    Ok(Some(Manifest { format: format.ok_or_else(bad)?, commits: commits.ok_or_else(bad)? }))
}

/// Replaces it whole: written beside, synced, renamed, folder synced.
pub(crate) fn write(folder: &Path, manifest: Manifest) -> io::Result<()> {
    let beside = folder.join("MANIFEST.new");
    let mut file = File::create(&beside)?;
    write!(file, "format {}\ncommits {}\n", manifest.format, manifest.commits)?;
    file.sync_all()?;
    fs::rename(&beside, path(folder))?;
    File::open(folder)?.sync_all()
}
