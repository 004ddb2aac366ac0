//! The store itself: opening a folder, and the one path by which anything is written.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::article::Article;
use crate::engine::{Engine, Put, Table};
use crate::error::{OpenError, ReadError, WriteError};
use crate::id::{ArticleId, EventId};
use crate::key;
use crate::manifest::{self, FORMAT, Manifest};
use crate::row::{self, StoredEvent};

/// A folder of articles and events, open.
///
/// # Guarantees
/// - A writing function that returned `Ok` has put its change on disk; one that returned `Err`, or
///   was cut off by a crash, has changed nothing.
/// - Readers see a change whole or not at all. Any number of threads may read and write; writes
///   happen one after the other.
/// - One process has a folder open at a time. The operating system ends its claim with it.
#[derive(Debug)]
pub struct Store {
    pub(crate) engine: Engine,
    pub(crate) folder: PathBuf,
    writer: Mutex<Writer>,
    /// Held for its lock.
    _lock: File,
}

/// What the writing side counts. Taking it is taking the right to write.
#[derive(Debug)]
pub(crate) struct Writer {
    /// Commits so far: the number of the last one.
    pub(crate) commits: u64,
    /// Last ids given out.
    pub(crate) subscription: u64,
    pub(crate) delivery: u64,
    pub(crate) audit: u64,
}

const COUNTERS: &[u8] = b"counters";
const FORMAT_KEY: &[u8] = b"format";

impl Store {
    /// Opens the store in `folder`, creating folder and store where there is none.
    ///
    /// # Errors
    /// See [`OpenError`]; nothing in the folder is changed then, but for a missing folder that was
    /// created.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        if folder.exists() && !folder.is_dir() {
            return Err(OpenError::NotAFolder(folder.to_owned()));
        }
        fs::create_dir_all(folder).map_err(io_error("create", folder))?;
        let lock = take_lock(folder)?;
        let manifest = manifest::read(folder).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => damaged(folder, error.to_string()),
            _ => io_error("read", &manifest::path(folder))(error),
        })?;
        let known = manifest.unwrap_or(Manifest { format: FORMAT, commits: 0 });
        if known.format > FORMAT {
            return Err(OpenError::Newer { folder: folder.to_owned(), found: known.format, known: FORMAT });
        }
        let inner = folder.join("sled");
        if manifest.is_none() && inner.join("db").exists() {
            return Err(damaged(folder, "its MANIFEST is missing".to_owned()));
        }
        if manifest.is_some_and(|manifest| manifest.commits > 0) && !inner.join("db").exists() {
            return Err(damaged(folder, "its sled folder is missing".to_owned()));
        }
        let engine = Engine::open(&inner).map_err(|what| damaged(folder, what))?;
        let writer = read_writer(&engine).map_err(|error| damaged(folder, error.to_string()))?;
        if writer.commits < known.commits {
            let what = format!("{} commits were acknowledged, {} are there", known.commits, writer.commits);
            return Err(damaged(folder, what));
        }
        let store = Self { engine, folder: folder.to_owned(), writer: Mutex::new(writer), _lock: lock };
        if manifest.is_none() {
            store.initialise().map_err(io_error("write", folder))?;
        }
        Ok(store)
    }

    fn initialise(&self) -> io::Result<()> {
        let format =
            Put { table: Table::Meta, key: FORMAT_KEY.to_vec(), value: Some(FORMAT.to_be_bytes().to_vec()) };
        self.engine.apply(&[format]).map_err(io::Error::other)?;
        for folder in [&self.folder.join("sled"), &self.folder] {
            File::open(folder)?.sync_all()?;
        }
        manifest::write(&self.folder, Manifest { format: FORMAT, commits: 0 })
    }

    /// Takes the right to write. A writer that panicked left whole commits only, so its lock is
    /// taken over.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one path by which anything is written: all rows and the counters together.
    pub(crate) fn write(&self, writer: &mut Writer, mut puts: Vec<Put>) -> Result<(), WriteError> {
        writer.commits += 1;
        let counters = (writer.commits, writer.subscription, writer.delivery, writer.audit);
        puts.push(put(Table::Meta, COUNTERS.to_vec(), &counters)?);
        let manifest = Manifest { format: FORMAT, commits: writer.commits };
        let done = self.engine.apply(&puts).map_err(WriteError::Engine);
        if done.is_err() {
            // The counters go back to what the engine holds.
            *writer = read_writer(&self.engine)?;
            return done;
        }
        manifest::write(&self.folder, manifest).map_err(|error| {
            WriteError::Engine(format!("{}: {error}", manifest::path(&self.folder).display()))
        })
    }

    /// The store's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The event of an id, deleted ones too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn event(&self, id: EventId) -> Result<Option<StoredEvent>, ReadError> {
        self.row(Table::Event, &id.0)
    }

    /// The article of an id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>, ReadError> {
        self.row(Table::Article, &id.0)
    }

    /// The whole text of an article.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn article_text(&self, id: ArticleId) -> Result<Option<String>, ReadError> {
        let mut bytes = Vec::new();
        let (from, to) = (key::article_piece(id, 0), key::article_piece(id, u32::MAX));
        self.each(Table::Text, &from, &to, false, &mut |_, piece: Vec<u8>| {
            bytes.extend_from_slice(&piece);
            ControlFlow::Continue(())
        })?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let damaged = |_| ReadError::Damaged {
            table: Table::Text.name(),
            key: id.to_string(),
            what: "not UTF-8".to_owned(),
        };
        String::from_utf8(bytes).map(Some).map_err(damaged)
    }

    pub(crate) fn row<T: DeserializeOwned>(&self, table: Table, key: &[u8]) -> Result<Option<T>, ReadError> {
        self.engine.get(table, key)?.map(|bytes| row::decode(table, key, &bytes)).transpose()
    }

    /// Visits decoded rows; the first that does not decode ends the visit with its error.
    pub(crate) fn each<T: DeserializeOwned>(
        &self,
        table: Table,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        visit: &mut dyn FnMut(&[u8], T) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let mut fault = None;
        self.engine.scan(
            table,
            from,
            to,
            backwards,
            &mut |key, bytes| match row::decode(table, key, bytes) {
                Ok(value) => visit(key, value),
                Err(error) => {
                    fault = Some(error);
                    ControlFlow::Break(())
                }
            },
        )?;
        fault.map_or(Ok(()), Err)
    }

    /// All rows of a table, decoded, in key order.
    pub(crate) fn all<T: DeserializeOwned>(&self, table: Table) -> Result<Vec<T>, ReadError> {
        let mut rows = Vec::new();
        self.each(table, &[], &[u8::MAX; 40], false, &mut |_, value| {
            rows.push(value);
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }
}

/// A row to write.
pub(crate) fn put<T: Serialize>(table: Table, key: impl Into<Vec<u8>>, value: &T) -> Result<Put, WriteError> {
    let value = row::encode(value).map_err(WriteError::Engine)?;
    Ok(Put { table, key: key.into(), value: Some(value) })
}

/// A row to remove.
pub(crate) fn remove(table: Table, key: impl Into<Vec<u8>>) -> Put {
    Put { table, key: key.into(), value: None }
}

fn read_writer(engine: &Engine) -> Result<Writer, ReadError> {
    let counters = engine.get(Table::Meta, COUNTERS)?;
    let counters = counters
        .map(|bytes| row::decode::<(u64, u64, u64, u64)>(Table::Meta, COUNTERS, &bytes))
        .transpose()?;
    let (commits, subscription, delivery, audit) = counters.unwrap_or_default();
    Ok(Writer { commits, subscription, delivery, audit })
}

fn take_lock(folder: &Path) -> Result<File, OpenError> {
    let path = folder.join("LOCK");
    let mut file = File::options()
        .create(true)
        .read(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(io_error("write", &path))?;
    match file.try_lock() {
        Ok(()) => {
            let note = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
            note.map_err(io_error("write", &path))?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let read = file.read_to_string(&mut holder);
            let known = read.is_ok() && !holder.is_empty() && holder.bytes().all(|b| b.is_ascii_digit());
            let holder = if known { format!("process {holder}") } else { "another process".to_owned() };
            Err(OpenError::Locked { folder: folder.to_owned(), holder })
        }
        Err(TryLockError::Error(error)) => Err(io_error("lock", &path)(error)),
    }
}

fn io_error(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OpenError {
    let path = path.to_owned();
    move |source| OpenError::Io { doing, path, source }
}

fn damaged(folder: &Path, what: String) -> OpenError {
    OpenError::Damaged { folder: folder.to_owned(), what }
}
