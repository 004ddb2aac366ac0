//! The only module that names sled: the rows as they are now, for reading by key and in key order.
//!
//! A short value stands here itself, a long one as its place in the journal: sled rewrites pages as
//! they fill, which costs a long value twice its length and more. All of it is made anew from the
//! journal where it is lost. So sled's flush, which on Linux promises nothing after a power cut, is only relied on together with an
//! fsync of ours, and only for a folder that was closed in order.

use std::collections::BTreeSet;
use std::fs::File;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;
use std::time::Duration;

use sled::transaction::{ConflictableTransactionError, TransactionError, Transactional as _};

use crate::change::Seq;
use crate::engine::{Put, Table};
use crate::error::ReadError;
use crate::journal::Place;

/// A value of so many bytes stands here itself.
const SHORT: usize = 96;

/// First byte of a value that stands here itself.
const HERE: u8 = 0;

/// First byte of a place in the journal.
const THERE: u8 = 1;

/// Where the number of the last commit stands that the rows hold.
const APPLIED: &[u8] = b"applied";

/// Bytes of sled's cache; what the process holds is about twice that.
const CACHE: u64 = 32 << 20;

/// sled's threads may hold its files a moment longer than whoever closed it. The folder's own lock says
/// that nobody else has it, so its opener waits, so many times so long at most.
const TRIES: u32 = 300;
const PAUSE: Duration = Duration::from_millis(10);

/// Whether an opening failed because sled's own lock is still held.
fn is_held(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(io) if io.to_string().contains("could not acquire lock"))
}

/// What stands in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Held {
    Value(Vec<u8>),
    /// There, with this CRC-32.
    At(Place, u32),
}

impl Held {
    fn bytes(value: &[u8], place: Place) -> Vec<u8> {
        if value.len() <= SHORT {
            return [&[HERE], value].concat();
        }
        let parts = [place.segment, place.offset, place.length, crc32fast::hash(value)].map(u32::to_be_bytes);
        [&[THERE][..], &parts.concat()].concat()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (tag, rest) = bytes.split_first()?;
        match *tag {
            HERE => Some(Self::Value(rest.to_vec())),
            THERE => {
                let (parts, []) = rest.as_chunks::<4>() else { return None };
                let [segment, offset, length, sum] = *<&[[u8; 4]; 4]>::try_from(parts).ok()?;
                let [segment, offset, length, sum] = [segment, offset, length, sum].map(u32::from_be_bytes);
                Some(Self::At(Place { segment, offset, length }, sum))
            }
            _ => None,
        }
    }
}

/// Takes a key and what stands there, and says whether to go on.
pub(crate) type VisitHeld<'v> = &'v mut dyn FnMut(&[u8], Held) -> ControlFlow<()>;

/// sled's trees, one for each table, and one for the number of the last commit they hold.
pub(crate) struct Tables {
    db: sled::Db,
    trees: Vec<sled::Tree>,
    state: sled::Tree,
    /// sled's own file, for the fsync that its flush lacks.
    file: File,
}

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").finish_non_exhaustive()
    }
}

impl Tables {
    /// Opens or creates sled's folder. sled panics on some damaged files: that is caught and told in
    /// words.
    pub(crate) fn open(folder: &Path) -> Result<Self, String> {
        let opened = quietly(|| {
            let config = sled::Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None);
            let mut tries = 1..TRIES;
            let db = loop {
                match config.open() {
                    Err(error) if is_held(&error) && tries.next().is_some() => thread::sleep(PAUSE),
                    opened => break opened.map_err(|error| error.to_string())?,
                }
            };
            let tree = |name: &str| db.open_tree(name).map_err(|error| error.to_string());
            let trees = Table::ALL.iter().map(|table| tree(table.name())).collect::<Result<Vec<_>, _>>()?;
            let state = tree("state")?;
            Ok::<_, String>((db, trees, state))
        });
        let (db, trees, state) = opened.unwrap_or_else(Err)?;
        let data = folder.join("db");
        let file = File::open(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        Ok(Self { db, trees, state, file })
    }

    /// Number of the last commit whose rows are here; 0 in new files.
    pub(crate) fn applied(&self) -> Result<Seq, String> {
        let held =
            quietly(|| self.state.get(APPLIED).map_err(|error| error.to_string())).unwrap_or_else(Err)?;
        match held.as_deref() {
            None => Ok(0),
            Some(bytes) => bytes
                .try_into()
                .map(Seq::from_be_bytes)
                .map_err(|_| "its commit number does not read".to_owned()),
        }
    }

    fn tree(&self, table: Table) -> &sled::Tree {
        &self.trees[table as usize]
    }

    pub(crate) fn get(&self, table: Table, key: &[u8]) -> Result<Option<Held>, ReadError> {
        let value = quietly(|| self.tree(table).get(key).map_err(|error| error.to_string()));
        let value = value.unwrap_or_else(Err).map_err(ReadError::Engine)?;
        value.map(|bytes| Held::read(&bytes).ok_or_else(|| unreadable(table))).transpose()
    }

    /// Visits the rows with `from <= key < to` in key order, or against it, until told to stop.
    pub(crate) fn scan(
        &self,
        table: Table,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        visit: VisitHeld<'_>,
    ) -> Result<(), ReadError> {
        if from >= to {
            return Ok(());
        }
        let mut rows = self.tree(table).range(from..to);
        loop {
            let row = quietly(|| if backwards { rows.next_back() } else { rows.next() });
            let row = row.map_err(ReadError::Engine)?;
            let Some(row) = row else { return Ok(()) };
            let (key, value) = row.map_err(|error| ReadError::Engine(error.to_string()))?;
            let held = Held::read(&value).ok_or_else(|| unreadable(table))?;
            if visit(&key, held).is_break() {
                return Ok(());
            }
        }
    }

    /// Takes a commit's rows in, with its number, in one transaction.
    pub(crate) fn apply(&self, seq: Seq, puts: &[Put], places: &[Place]) -> Result<(), String> {
        let held = |(put, place): (&Put, &Place)| put.value.as_ref().map(|value| Held::bytes(value, *place));
        let values: Vec<Option<Vec<u8>>> = puts.iter().zip(places).map(held).collect();
        let used: BTreeSet<usize> = puts.iter().map(|put| put.table as usize).collect();
        let at: Vec<Option<usize>> =
            (0..self.trees.len()).map(|tree| used.iter().position(|held| *held == tree)).collect();
        let mut trees: Vec<sled::Tree> = used.iter().map(|tree| self.trees[*tree].clone()).collect();
        trees.push(self.state.clone());
        let done = quietly(|| {
            trees.as_slice().transaction(|trees| {
                for (put, value) in puts.iter().zip(&values) {
                    let tree = at[put.table as usize].and_then(|place| trees.get(place));
                    let Some(tree) = tree else { continue };
                    match value {
                        Some(value) => tree.insert(put.key.as_slice(), value.as_slice())?,
                        None => tree.remove(put.key.as_slice())?,
                    };
                }
                if let Some(state) = trees.last() {
                    state.insert(APPLIED, &seq.to_be_bytes())?;
                }
                Ok::<_, ConflictableTransactionError<()>>(())
            })
        });
        match done {
            Ok(Ok(())) => Ok(()),
            Ok(Err(TransactionError::Storage(error))) => Err(error.to_string()),
            Ok(Err(TransactionError::Abort(()))) => Err("aborted".to_owned()),
            Err(panic) => Err(panic),
        }
    }

    /// Hands what waits in memory to the system.
    pub(crate) fn flush(&self) -> Result<(), String> {
        quietly(|| self.db.flush().map_err(|error| error.to_string())).unwrap_or_else(Err).map(|_| ())
    }

    /// Makes the files and their names durable.
    pub(crate) fn settle(&self, folder: &Path) -> Result<(), String> {
        self.flush()?;
        let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
        self.file.sync_all().map_err(|error| told(&folder.join("db"), error))?;
        for path in [&folder.join("conf"), folder] {
            File::open(path).and_then(|file| file.sync_all()).map_err(|error| told(path, error))?;
        }
        Ok(())
    }

    /// Bytes on disk.
    pub(crate) fn size(&self) -> Result<u64, ReadError> {
        self.db.size_on_disk().map_err(|error| ReadError::Engine(error.to_string()))
    }
}

fn unreadable(table: Table) -> ReadError {
    ReadError::Engine(format!("a row of table {} in sled does not read; run `attache check`", table.name()))
}

/// Runs `work` and turns a panic of sled's into its message.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .unwrap_or_else(|| "unknown panic".to_owned())
    })
}
