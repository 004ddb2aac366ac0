//! The only module that names sled: the rows as they are now, for reading by key and in key order.
//!
//! Its files are a second copy of what the journal says, made anew from it where they are lost. So
//! its flush, which on Linux promises nothing after a power cut, is only relied on together with an
//! fsync of ours, and only for a folder that was closed in order.

use std::collections::BTreeSet;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sled::transaction::{ConflictableTransactionError, TransactionError, Transactional as _};

use crate::change::Seq;
use crate::engine::{Put, Table, Visit};
use crate::error::ReadError;
use crate::spill;

/// How often a spilled value is read before it counts as damaged.
const READS: usize = 4;

/// Where the number of the last commit stands that the rows hold.
const APPLIED: &[u8] = b"applied";

/// Bytes of sled's cache; what the process holds is about twice that.
const CACHE: u64 = 32 << 20;

/// sled's trees, one for each table, one for the pieces of long values, and one for the number of
/// the last commit they hold.
pub(crate) struct Tables {
    db: sled::Db,
    trees: Vec<sled::Tree>,
    spill: sled::Tree,
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
            let db = sled::Config::new()
                .path(folder)
                .cache_capacity(CACHE)
                .flush_every_ms(None)
                .open()
                .map_err(|error| error.to_string())?;
            let tree = |name: &str| db.open_tree(name).map_err(|error| error.to_string());
            let trees = Table::ALL.iter().map(|table| tree(table.name())).collect::<Result<Vec<_>, _>>()?;
            let (spill, state) = (tree("spill")?, tree("state")?);
            Ok::<_, String>((db, trees, spill, state))
        });
        let (db, trees, spill, state) = opened.unwrap_or_else(Err)?;
        let data = folder.join("db");
        let file = File::open(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        Ok(Self { db, trees, spill, state, file })
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

    pub(crate) fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
        // A writer may replace a spilled value between the two reads; then it is read again.
        for _ in 0..READS {
            let Some(value) = get_raw(self.tree(table), key)? else { return Ok(None) };
            if let Some(whole) = self.whole(value)? {
                return Ok(Some(whole));
            }
        }
        Err(ReadError::Engine(format!("a long value of table {} lacks a part", table.name())))
    }

    /// The value, or what it points to; `None` where a part of that is gone.
    fn whole(&self, value: Vec<u8>) -> Result<Option<Vec<u8>>, ReadError> {
        let Some((id, length)) = spill::pointer(&value) else { return Ok(Some(value)) };
        let mut whole = Vec::with_capacity(length.min(spill::LARGEST));
        for piece in 0..spill::pieces(length) {
            let Some(bytes) = get_raw(&self.spill, &spill::key(id, piece))? else { return Ok(None) };
            whole.extend_from_slice(&bytes);
        }
        Ok((whole.len() == length).then_some(whole))
    }

    /// Rows of the tree of pieces that a put brings or ends, and what stands in the value's place.
    fn cut(&self, put: &Put) -> Result<(Option<Vec<u8>>, Vec<(Vec<u8>, Option<Vec<u8>>)>), ReadError> {
        let new = put.value.as_deref().and_then(spill::split);
        let kept = new.as_ref().and_then(|(pointer, _)| spill::pointer(pointer));
        let mut rows = Vec::new();
        // Only what may be long is looked up: index rows and small ones never are.
        let held =
            if spill::may_be_long(put.table) { get_raw(self.tree(put.table), &put.key)? } else { None };
        if let Some((id, length)) = held.as_deref().and_then(spill::pointer)
            && kept != Some((id, length))
        {
            rows.extend((0..spill::pieces(length)).map(|piece| (spill::key(id, piece), None)));
        }
        let value = match new {
            Some((pointer, pieces)) => {
                rows.extend(pieces.into_iter().map(|(key, value)| (key, Some(value))));
                Some(pointer)
            }
            None => put.value.clone(),
        };
        Ok((value, rows))
    }

    /// Visits the rows with `from <= key < to` in key order, or against it, until told to stop.
    pub(crate) fn scan(
        &self,
        table: Table,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        visit: Visit<'_>,
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
            let value = match self.whole(value.to_vec())? {
                Some(value) => value,
                None => match self.get(table, &key)? {
                    Some(value) => value,
                    None => continue,
                },
            };
            if visit(&key, &value).is_break() {
                return Ok(());
            }
        }
    }

    /// Takes a commit's rows in, with its number, in one transaction.
    pub(crate) fn apply(&self, seq: Seq, puts: &[Put]) -> Result<(), String> {
        let mut rows: Vec<(usize, &[u8], Option<Vec<u8>>)> = Vec::with_capacity(puts.len());
        let mut pieces = Vec::new();
        for put in puts {
            let (value, cut) = self.cut(put).map_err(|error| error.to_string())?;
            rows.push((put.table as usize, &put.key, value));
            pieces.extend(cut);
        }
        let used: BTreeSet<usize> = rows.iter().map(|(tree, ..)| *tree).collect();
        let places: Vec<Option<usize>> =
            (0..self.trees.len()).map(|tree| used.iter().position(|held| *held == tree)).collect();
        let mut trees: Vec<sled::Tree> = used.iter().map(|tree| self.trees[*tree].clone()).collect();
        trees.push(self.state.clone());
        if !pieces.is_empty() {
            trees.push(self.spill.clone());
        }
        let done = quietly(|| {
            trees.as_slice().transaction(|trees| {
                for (tree, key, value) in &rows {
                    let Some(tree) = places[*tree].and_then(|place| trees.get(place)) else { continue };
                    match value {
                        Some(value) => tree.insert(*key, value.as_slice())?,
                        None => tree.remove(*key)?,
                    };
                }
                for (key, value) in &pieces {
                    let Some(tree) = trees.get(used.len() + 1) else { continue };
                    match value {
                        Some(value) => tree.insert(key.as_slice(), value.as_slice())?,
                        None => tree.remove(key.as_slice())?,
                    };
                }
                if let Some(state) = trees.get(used.len()) {
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

fn get_raw(tree: &sled::Tree, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
    let value = quietly(|| tree.get(key).map_err(|error| error.to_string()));
    let value = value.unwrap_or_else(Err).map_err(ReadError::Engine)?;
    Ok(value.map(|bytes| bytes.to_vec()))
}

/// Runs `work` and turns a panic of sled's into its message.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .unwrap_or_else(|| "unknown panic".to_owned())
    })
}
