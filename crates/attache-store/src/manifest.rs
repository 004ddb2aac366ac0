//! What stands outside sled and the journal: the format, and whether the folder was closed in order.
//!
//! A folder that was closed says how many commits it then had, so that a journal or a sled that lost
//! its end is noticed: sled opens a truncated file as an empty store without a word. A folder that is
//! open says on which run of the machine: what a killed program had written but not synced is whole
//! while the machine runs on, and not after it stopped.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::change::Seq;
use crate::error::OpenError;

/// The format this release writes.
pub(crate) const FORMAT: u32 = 2;

/// The last format without a journal, which `migrate` reads.
pub(crate) const WITHOUT_JOURNAL: u32 = 1;

/// The file's text, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) state: State,
}

/// How the folder was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// Everything was on disk, up to this commit.
    Closed {
        /// The last commit.
        at: Seq,
        /// CRC-32 over sled's files: sled itself does not notice all damage.
        sled: u32,
    },
    /// A process has it, or had it when it ended.
    Open {
        /// The run of the machine; empty where it is not known.
        boot: String,
        /// The last commit when the folder was closed last.
        after: Seq,
    },
}

/// Why a manifest could not be read.
#[derive(Debug)]
pub(crate) enum Fault {
    Io(io::Error),
    /// Its format, which is not this release's.
    Other(u32),
    Unreadable(String),
}

impl Fault {
    pub(crate) fn told(self, folder: &Path) -> OpenError {
        let folder = folder.to_owned();
        match self {
            Self::Io(source) => OpenError::Io { doing: "read", path: path(&folder), source },
            Self::Other(found) => OpenError::Newer { folder, found, known: FORMAT },
            Self::Unreadable(what) => OpenError::Damaged { folder, what },
        }
    }
}

/// Where it stands in a store's folder.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("MANIFEST")
}

fn text(state: &State) -> String {
    let said = match state {
        State::Closed { at, sled } => format!("format {FORMAT}\nclosed at {at} sled {sled:08x}\n"),
        State::Open { boot, after } => format!("format {FORMAT}\nopen after {after} boot {boot}\n"),
    };
    format!("{said}crc {:08x}\n", crc32fast::hash(said.as_bytes()))
}

fn read_state(line: &str) -> Option<State> {
    if let Some((at, sled)) = line.strip_prefix("closed at ").and_then(|rest| rest.split_once(" sled ")) {
        return Some(State::Closed { at: at.parse().ok()?, sled: u32::from_str_radix(sled, 16).ok()? });
    }
    let (after, boot) = line.strip_prefix("open after ")?.split_once(" boot ")?;
    Some(State::Open { boot: boot.to_owned(), after: after.parse().ok()? })
}

impl Manifest {
    /// `None` where there is none yet.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, Fault> {
        let bytes = match fs::read(path(folder)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Fault::Io(error)),
        };
        let held = String::from_utf8_lossy(&bytes);
        let unreadable = || {
            Fault::Unreadable(format!(
                "MANIFEST does not read: {:?}",
                held.chars().take(200).collect::<String>()
            ))
        };
        let mut lines = held.lines();
        let format = lines.next().and_then(|line| line.strip_prefix("format ")?.parse::<u32>().ok());
        match format.ok_or_else(unreadable)? {
            FORMAT => {}
            other => return Err(Fault::Other(other)),
        }
        let state = lines.next().and_then(read_state).ok_or_else(unreadable)?;
        if text(&state) != held {
            return Err(unreadable());
        }
        Ok(Some(Self { state }))
    }

    /// Written beside, synced, renamed, folder synced: the old one or the new one is there.
    pub(crate) fn write(folder: &Path, state: State) -> io::Result<()> {
        let beside = folder.join("MANIFEST.new");
        let mut file = File::create(&beside)?;
        file.write_all(text(&state).as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path(folder))?;
        File::open(folder)?.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_reads_back_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let read = || Manifest::read(folder.path());
        assert!(matches!(read(), Ok(None)));
        let states = [State::Closed { at: 7, sled: 0xabc }, State::Open { boot: "a b".to_owned(), after: 0 }];
        for state in states {
            Manifest::write(folder.path(), state.clone()).unwrap();
            assert!(matches!(read(), Ok(Some(held)) if held.state == state));
        }
        let held = fs::read_to_string(path(folder.path())).unwrap();
        for place in 0..held.len() {
            let mut bytes = held.clone().into_bytes();
            bytes[place] ^= 1;
            fs::write(path(folder.path()), &bytes).unwrap();
            assert!(read().is_err(), "byte {place} flipped, and it reads");
        }
        fs::write(path(folder.path()), "format 9\nwhatever\n").unwrap();
        assert!(matches!(read(), Err(Fault::Other(9))));
    }
}
