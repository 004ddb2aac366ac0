//! The past: what was known at an instant, and a folder as it stood then.

use std::path::Path;

use jiff::Timestamp;

use crate::change::Change;
use crate::engine::{CommitFault, Engine, Plain};
use crate::error::{OpenError, ReadError, io_error};
use crate::journal::Journal;
use crate::manifest::{Manifest, State};
use crate::store::Store;

impl Store {
    /// What this store said at an instant: a store in memory, made of the commits up to then. It can
    /// be asked everything; writing to it changes nothing here.
    ///
    /// Commits carry the time that their callers gave. One stamped later than the instant is left
    /// out, also where an earlier stamp follows it.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn as_known(&self, at: Timestamp) -> Result<Self, ReadError> {
        let plain = Plain::default();
        self.until(at, &mut |change| {
            let head = plain.head().map_err(|error| error.to_string())?;
            plain.commit(change, head).map(|_| ()).map_err(|error: CommitFault| error.to_string())
        })?;
        Self::over(Box::new(plain))
    }

    /// Makes a folder whose store stands as this one stood at an instant, with its history up to
    /// then. Returns how many commits it has.
    ///
    /// # Errors
    /// When the folder is not empty, or cannot be written, or a commit cannot be read.
    pub fn restore(&self, at: Timestamp, to: &Path) -> Result<u64, OpenError> {
        std::fs::create_dir_all(to).map_err(io_error("create", to))?;
        if std::fs::read_dir(to).map_err(io_error("read", to))?.next().is_some() {
            return Err(OpenError::NotEmpty(to.to_owned()));
        }
        let damaged = |what: String| OpenError::Damaged { folder: self.folder.clone(), what };
        let place = to.join("journal");
        let journal = Journal::create(&place, 0).map_err(io_error("create", &place))?;
        self.until(at, &mut |change| journal.append(change).map(|_| ()))
            .map_err(|error| damaged(error.to_string()))?;
        let last = journal.close().map_err(damaged)?;
        Manifest::write(to, State::Open { boot: String::new(), after: last })
            .map_err(io_error("write", to))?;
        Ok(last)
    }

    fn until(
        &self,
        at: Timestamp,
        take: &mut dyn FnMut(&Change) -> Result<(), String>,
    ) -> Result<(), ReadError> {
        let walked =
            self.engine.changes(0, &mut |_, change, _| if change.at <= at { take(&change) } else { Ok(()) });
        walked.map_err(ReadError::Engine)
    }
}
