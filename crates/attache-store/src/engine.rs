//! The only module that names sled.
//!
//! Everything above speaks of tables, keys and values. A change is a list of [`Put`]s that
//! [`Engine::apply`] makes visible and durable together or not at all.

use std::fs::File;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use sled::transaction::{ConflictableTransactionError, TransactionError, Transactional as _};

use crate::error::ReadError;
use crate::spill;

/// How often a spilled value is read before it counts as damaged.
const READS: usize = 4;

/// The tables of `LAYOUT.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Meta,
    Article,
    Text,
    ArticleKey,
    Event,
    Day,
    Kind,
    Country,
    Subscription,
    Outbox,
    Waiting,
    Sent,
    Audit,
    Spill,
}

impl Table {
    pub(crate) const ALL: [Self; 14] = [
        Self::Meta,
        Self::Article,
        Self::Text,
        Self::ArticleKey,
        Self::Event,
        Self::Day,
        Self::Kind,
        Self::Country,
        Self::Subscription,
        Self::Outbox,
        Self::Waiting,
        Self::Sent,
        Self::Audit,
        Self::Spill,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Article => "article",
            Self::Text => "text",
            Self::ArticleKey => "article_key",
            Self::Event => "event",
            Self::Day => "ix_day",
            Self::Kind => "ix_kind",
            Self::Country => "ix_country",
            Self::Subscription => "subscription",
            Self::Outbox => "outbox",
            Self::Waiting => "ix_waiting",
            Self::Sent => "sent",
            Self::Audit => "audit",
            Self::Spill => "spill",
        }
    }
}

/// One row to write, or to remove where `value` is `None`.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) table: Table,
    pub(crate) key: Vec<u8>,
    pub(crate) value: Option<Vec<u8>>,
}

/// Takes a key and its value, and says whether to go on.
pub(crate) type Visit<'v> = &'v mut dyn FnMut(&[u8], &[u8]) -> ControlFlow<()>;

pub(crate) struct Engine {
    db: sled::Db,
    trees: Vec<sled::Tree>,
    /// sled's own file. Its flush on Linux ends in `sync_file_range`, which promises nothing after
    /// a power cut, so every commit is followed by an fsync of this handle.
    file: File,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens or creates the engine's folder. sled panics on some damaged files: that is caught and
    /// told in words.
    pub(crate) fn open(folder: &Path) -> Result<Self, String> {
        let opened = quietly(|| {
            let db = sled::Config::new()
                .path(folder)
                .cache_capacity(64 << 20)
                .flush_every_ms(None)
                .open()
                .map_err(|error| error.to_string())?;
            let trees = Table::ALL
                .iter()
                .map(|table| db.open_tree(table.name()).map_err(|error| error.to_string()))
                .collect::<Result<Vec<_>, _>>()?;
            Ok::<_, String>((db, trees))
        });
        let (db, trees) = opened.unwrap_or_else(Err)?;
        let data: PathBuf = folder.join("db");
        let file = File::open(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        Ok(Self { db, trees, file })
    }

    /// Makes a new engine's files and their names durable; later commits only append to them.
    pub(crate) fn settle(&self, folder: &Path) -> Result<(), String> {
        self.sync()?;
        let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
        for path in [&folder.join("conf"), folder] {
            File::open(path).and_then(|file| file.sync_all()).map_err(|error| told(path, error))?;
        }
        Ok(())
    }

    fn tree(&self, table: Table) -> &sled::Tree {
        &self.trees[table as usize]
    }

    pub(crate) fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
        // A writer may replace a spilled value between the two reads; then it is read again.
        for _ in 0..READS {
            let Some(value) = self.get_raw(table, key)? else { return Ok(None) };
            if let Some(whole) = self.whole(value)? {
                return Ok(Some(whole));
            }
        }
        Err(ReadError::Engine(format!("a long value of table {} lacks a part", table.name())))
    }

    /// The value, or what it points to; `None` where a part of that is gone.
    fn whole(&self, value: Vec<u8>) -> Result<Option<Vec<u8>>, ReadError> {
        let Some((id, length)) = spill::pointer(&value) else { return Ok(Some(value)) };
        let mut whole = Vec::with_capacity(length);
        for piece in 0..spill::pieces(length) {
            let Some(bytes) = self.get_raw(Table::Spill, &spill::key(id, piece))? else { return Ok(None) };
            whole.extend_from_slice(&bytes);
        }
        Ok((whole.len() == length).then_some(whole))
    }

    /// Splits long values, and drops the pieces of those that are replaced.
    fn split(&self, puts: &[Put]) -> Result<Vec<Put>, ReadError> {
        let mut rows = Vec::with_capacity(puts.len());
        for put in puts {
            let new = put.value.as_deref().and_then(spill::split);
            let kept = new.as_ref().and_then(|(pointer, _)| spill::pointer(pointer));
            let held = self.get_raw(put.table, &put.key)?;
            if let Some((id, length)) = held.as_deref().and_then(spill::pointer)
                && kept != Some((id, length))
            {
                rows.extend((0..spill::pieces(length)).map(|piece| Put {
                    table: Table::Spill,
                    key: spill::key(id, piece),
                    value: None,
                }));
            }
            match new {
                Some((pointer, pieces)) => {
                    rows.push(Put { table: put.table, key: put.key.clone(), value: Some(pointer) });
                    rows.extend(pieces.into_iter().map(|(key, value)| Put {
                        table: Table::Spill,
                        key,
                        value: Some(value),
                    }));
                }
                None => rows.push(put.clone()),
            }
        }
        Ok(rows)
    }

    fn get_raw(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
        let value = quietly(|| self.tree(table).get(key).map_err(|error| error.to_string()));
        let value = value.unwrap_or_else(Err).map_err(ReadError::Engine)?;
        Ok(value.map(|bytes| bytes.to_vec()))
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

    /// Writes all rows in one transaction and returns when they are on disk. After an error they are
    /// there all or not at all, and only opening anew tells which.
    pub(crate) fn apply(&self, puts: &[Put]) -> Result<(), String> {
        let puts = self.split(puts).map_err(|error| error.to_string())?;
        let done = quietly(|| {
            self.trees
                .as_slice()
                .transaction(|trees| {
                    for put in &puts {
                        let tree = &trees[put.table as usize];
                        match &put.value {
                            Some(value) => tree.insert(put.key.as_slice(), value.as_slice())?,
                            None => tree.remove(put.key.as_slice())?,
                        };
                    }
                    Ok::<_, ConflictableTransactionError<()>>(())
                })
                .map_err(|error| match error {
                    TransactionError::Storage(error) => error.to_string(),
                    TransactionError::Abort(()) => "aborted".to_owned(),
                })?;
            self.sync()
        });
        done.unwrap_or_else(Err)
    }

    pub(crate) fn sync(&self) -> Result<(), String> {
        self.db.flush().map_err(|error| error.to_string())?;
        self.file.sync_all().map_err(|error| error.to_string())
    }

    /// Length of sled's file.
    pub(crate) fn length(&self) -> u64 {
        self.file.metadata().map_or(0, |meta| meta.len())
    }

    /// Bytes on disk.
    pub(crate) fn size(&self) -> Result<u64, ReadError> {
        self.db.size_on_disk().map_err(|error| ReadError::Engine(error.to_string()))
    }
}

/// Runs `work` and turns a panic of sled's into its message.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .unwrap_or_else(|| "unknown panic".to_owned())
    })
}
