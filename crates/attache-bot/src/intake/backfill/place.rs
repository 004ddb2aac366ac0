//! Where the reading of a source stands, and how that is found again.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Bytes before a place that must be what they were for it to be the same place.
pub(super) const PROOF: u64 = 4096;

/// A place behind an article: in which file, how many bytes and lines in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file's path below the source.
    pub(super) file: String,
    pub(super) bytes: u64,
    /// 0 where the file is one article.
    pub(super) lines: u64,
    /// CRC-32 of what stands right before.
    proof: u32,
}

impl Place {
    /// The place behind these last bytes.
    pub(super) fn behind(file: String, bytes: u64, lines: u64, tail: &[u8]) -> Self {
        let tail = tail.get(tail.len().saturating_sub(PROOF as usize)..).unwrap_or_default();
        Self { file, bytes, lines, proof: crc32fast::hash(tail) }
    }

    /// Puts its file to the place and gives what stands right before, if that is what it was.
    pub(super) fn seek(&self, file: &mut File) -> io::Result<Option<Vec<u8>>> {
        let from = self.bytes.saturating_sub(PROOF);
        file.seek(SeekFrom::Start(from))?;
        let mut tail = Vec::new();
        file.take(self.bytes - from).read_to_end(&mut tail)?;
        Ok((crc32fast::hash(&tail) == self.proof).then_some(tail))
    }

    /// Reads what was written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The path of its file, where this is the source's.
    #[must_use]
    pub fn of(&self, source: &Path) -> PathBuf {
        if self.file.is_empty() { source.to_owned() } else { source.join(&self.file) }
    }

    /// The line before it, counted from 1; 0 where the file is one article.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.lines
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.file.as_str(), self.lines) {
            ("", lines) => format!("line {lines}"),
            (file, 0) => file.to_owned(),
            (file, lines) => format!("{file}, line {lines}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}
