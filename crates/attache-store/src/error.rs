//! What can go wrong, one small list per operation. No type of sled's shows here.

use std::io;
use std::path::{Path, PathBuf};

/// Why a store could not be opened. What was stored in the folder is still there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Another process has it open.
    #[error("{folder} is in use by {holder}; one process at a time may open a store")]
    Locked {
        /// The store's folder.
        folder: PathBuf,
        /// "process 123", or "another process".
        holder: String,
    },
    /// A file stands where the folder should be.
    #[error("{0} is not a folder")]
    NotAFolder(PathBuf),
    /// A folder that should be empty is not.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// Written by a later release.
    #[error(
        "{folder} was written in format {found}; this program reads up to format {known}: use a newer release"
    )]
    Newer {
        /// The store's folder.
        folder: PathBuf,
        /// Its format.
        found: u32,
        /// The latest format this program knows.
        known: u32,
    },
    /// The bytes are not a store's.
    #[error("{folder} is damaged: {what}. Run `attache check --repair`, or restore a backup")]
    Damaged {
        /// The store's folder.
        folder: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// The operating system said no.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// "create", "read", "write", "lock".
        doing: &'static str,
        /// File or folder.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
}

/// What the operating system said of a file.
pub(crate) fn io_error(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OpenError {
    let path = path.to_owned();
    move |source| OpenError::Io { doing, path, source }
}

/// Why stored bytes could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A value fails its checksum or does not decode.
    #[error("the store is damaged: table {table}, key {key}: {what}; run `attache check`")]
    Damaged {
        /// Table of `LAYOUT.md`.
        table: &'static str,
        /// Key in hex.
        key: String,
        /// What does not fit.
        what: String,
    },
    /// The engine failed.
    #[error("the store could not be read: {0}")]
    Engine(String),
}

/// Why a change was not made, or, in one case, may have been. What was stored before is still there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Something needed for the change could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The change was not stored: it does not encode.
    #[error("the change was not stored: {0}")]
    Engine(String),
    /// Writing failed half-way, for instance on a full disk. The change is there whole or not at
    /// all; opening the store anew tells which. Until then it takes no further change.
    #[error(
        "writing failed: {0}. Make room or mend the disk, then start anew; the store takes no change until then"
    )]
    Uncertain(String),
    /// There is no such thing.
    #[error("there is no {0}")]
    Missing(String),
    /// The change does not fit the present state; the text says why.
    #[error("{0}")]
    Conflict(String),
}

/// Why an article was not stored. Nothing of it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// The text has no letter.
    #[error("the article has no text")]
    Empty,
    /// The text is larger than a store takes.
    #[error("the article has {bytes} bytes; a store takes up to {most}")]
    TooLarge {
        /// Bytes given.
        bytes: usize,
        /// Bytes taken.
        most: usize,
    },
    /// See [`WriteError`].
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<ReadError> for CommitError {
    fn from(error: ReadError) -> Self {
        Self::Write(error.into())
    }
}

/// Why an import stopped. Nothing was imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A line is not what [`Store::export`](crate::Store::export) writes.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// Reading or writing the stream failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// See [`WriteError`].
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<ReadError> for ImportError {
    fn from(error: ReadError) -> Self {
        Self::Write(error.into())
    }
}
