//! The store itself: opening a folder, and the one path by which anything is written.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use attache_extract::Vocabulary as _;
use attache_extract::event::Kind;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::article::Article;
use crate::engine::{Engine, Put, Table};
use crate::error::{OpenError, ReadError, WriteError};
use crate::id::{ArticleId, EventId};
use crate::keep;
use crate::key;
use crate::manifest::{self, FORMAT, Fault, Manifest, Mark};
use crate::query::EventQuery;
use crate::row::{self, StoredEvent};
use crate::view::tariffs::Ledger;

/// A folder of articles and events, open.
///
/// # Guarantees
/// - A writing function that returned `Ok` has put its change on disk; one that returned `Err` has
///   changed nothing. One that was cut off by a crash, or returned
///   [`Uncertain`](WriteError::Uncertain), has made its change whole or not at all.
/// - Readers see a change whole or not at all. Any number of threads may read and write; writes
///   happen one after the other.
/// - One process has a folder open at a time. The operating system ends its claim with it.
#[derive(Debug)]
pub struct Store {
    pub(crate) engine: Engine,
    pub(crate) folder: PathBuf,
    writer: Mutex<Writer>,
    ledger: Mutex<Held>,
    /// Held for its lock.
    _lock: File,
}

/// What the writing side counts. Taking it is taking the right to write.
#[derive(Debug)]
pub(crate) struct Writer {
    manifest: Manifest,
    /// Why a write failed half-way; nothing more is written then.
    halted: Option<String>,
    /// Commits so far: the number of the last one.
    pub(crate) commits: u64,
    /// Last ids given out.
    pub(crate) subscription: u64,
    pub(crate) delivery: u64,
    pub(crate) audit: u64,
}

/// The tariff ledger in memory, and the events that changed since it was brought up to date.
#[derive(Debug, Default)]
struct Held {
    ledger: Option<Ledger>,
    changed: Vec<EventId>,
}

const COUNTERS: &[u8] = b"counters";

impl Store {
    /// Opens the store in `folder`, creating folder and store where there is none.
    ///
    /// # Errors
    /// See [`OpenError`]; what is stored in the folder is as it was then.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        if folder.exists() && !folder.is_dir() {
            return Err(OpenError::NotAFolder(folder.to_owned()));
        }
        create_folder(folder).map_err(io_error("create", folder))?;
        let lock = take_lock(folder)?;
        let inner = folder.join("sled");
        let manifest = Manifest::open(folder).map_err(|fault| match fault {
            Fault::Unreadable(what) => damaged(folder, what),
            Fault::Newer(found) => OpenError::Newer { folder: folder.to_owned(), found, known: FORMAT },
            Fault::Io(error) => io_error("read", &manifest::path(folder))(error),
        })?;
        let manifest = match manifest {
            Some(manifest) => manifest,
            None if inner.join("db").exists() => {
                return Err(damaged(folder, "its MANIFEST is missing".to_owned()));
            }
            // Before sled's files: a crash between leaves a store that acknowledged nothing.
            None => Manifest::create(folder).map_err(io_error("write", &manifest::path(folder)))?,
        };
        let (engine, writer) = bring_up(folder, manifest)?;
        let ledger = Mutex::new(Held::default());
        Ok(Self { engine, folder: folder.to_owned(), writer: Mutex::new(writer), ledger, _lock: lock })
    }

    /// Takes the right to write. A writer that panicked left whole commits only, so its lock is
    /// taken over.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one path by which anything is written: all rows and the counters together.
    pub(crate) fn write(&self, writer: &mut Writer, mut puts: Vec<Put>) -> Result<(), WriteError> {
        if let Some(why) = &writer.halted {
            return Err(WriteError::Uncertain(why.clone()));
        }
        let commits = writer.commits + 1;
        let counters = (commits, writer.subscription, writer.delivery, writer.audit);
        puts.push(put(Table::Meta, COUNTERS.to_vec(), &counters)?);
        let done = self.engine.apply(&puts).and_then(|()| {
            let mark = Mark { commits, bytes: self.engine.length() };
            writer.manifest.advance(mark).map_err(|error| format!("MANIFEST: {error}"))
        });
        match done {
            Ok(()) => {
                writer.commits = commits;
                self.note_changed(&puts);
                Ok(())
            }
            Err(what) => {
                writer.halted = Some(what.clone());
                Err(WriteError::Uncertain(what))
            }
        }
    }

    /// Keeps in mind which events the ledger has to read again.
    fn note_changed(&self, puts: &[Put]) {
        let mut held = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        if held.ledger.is_some() {
            let events = puts.iter().filter(|put| put.table == Table::Event);
            held.changed.extend(events.filter_map(|put| put.key.as_slice().try_into().ok().map(EventId)));
        }
    }

    /// Asks the tariff ledger. It is folded from the stored events when first asked, and after that
    /// takes in only what changed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn with_ledger<T>(&self, ask: impl FnOnce(&Ledger) -> T) -> Result<T, ReadError> {
        let mut held = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let Held { ledger, changed } = &mut *held;
        let Some(ledger) = ledger else {
            let mut new = Ledger::default();
            for kind in Kind::ALL.iter().filter(|kind| Ledger::takes(**kind)) {
                for row in self.all_events(&EventQuery::of(*kind))? {
                    new.put(&row);
                }
            }
            let answer = ask(&new);
            *ledger = Some(new);
            return Ok(answer);
        };
        while let Some(id) = changed.last().copied() {
            match self.event(id)? {
                Some(row) => ledger.put(&row),
                None => ledger.forget(id),
            }
            changed.pop();
        }
        Ok(ask(ledger))
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

/// Creates a folder whose name is on disk, where there is none.
fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

/// Opens sled and holds it against the manifest. Files that sled's recovery might take for torn
/// are as they were when this fails.
fn bring_up(folder: &Path, manifest: Manifest) -> Result<(Engine, Writer), OpenError> {
    let inner = folder.join("sled");
    keep::put_back(folder).map_err(io_error("restore", &inner))?;
    let length = fs::metadata(inner.join("db")).map(|meta| meta.len()).ok();
    let mark = manifest.mark;
    if mark.commits == 0 {
        // Nothing was acknowledged yet: what a crash left half made is made anew.
        return match started(&inner, manifest) {
            Ok(pair) => Ok(pair),
            Err((_, manifest)) => {
                keep::set_aside(folder).map_err(io_error("move", &inner))?;
                started(&inner, manifest).map_err(|(what, _)| damaged(folder, what))
            }
        };
    }
    let Some(length) = length else {
        return Err(damaged(folder, "its sled folder is missing".to_owned()));
    };
    let shorter = length < mark.bytes;
    if shorter {
        keep::copy(folder).map_err(io_error("copy", &inner))?;
    }
    match started(&inner, manifest) {
        Ok(pair) => {
            if shorter {
                keep::forget(folder).map_err(io_error("remove", folder))?;
            }
            Ok(pair)
        }
        Err((what, _)) => {
            keep::put_back(folder).map_err(io_error("restore", &inner))?;
            Err(damaged(folder, what))
        }
    }
}

fn started(inner: &Path, mut manifest: Manifest) -> Result<(Engine, Writer), (String, Manifest)> {
    let known = manifest.mark.commits;
    let opened = Engine::open(inner).and_then(|engine| {
        let counters = read_counters(&engine).map_err(|error| error.to_string())?;
        if counters.0 < known {
            return Err(format!("{known} commits were acknowledged, {} are there", counters.0));
        }
        // A commit that a crash cut off before its mark is there now, and must stay.
        if known == 0 || counters.0 > known {
            engine.settle(inner)?;
            let mark = Mark { commits: counters.0, bytes: engine.length() };
            manifest.advance(mark).map_err(|error| format!("MANIFEST: {error}"))?;
        }
        Ok((engine, counters))
    });
    match opened {
        Ok((engine, (commits, subscription, delivery, audit))) => {
            let writer = Writer { manifest, commits, subscription, delivery, audit, halted: None };
            Ok((engine, writer))
        }
        Err(what) => Err((what, manifest)),
    }
}

fn read_counters(engine: &Engine) -> Result<(u64, u64, u64, u64), ReadError> {
    let counters = engine.get(Table::Meta, COUNTERS)?;
    let counters = counters.map(|bytes| row::decode(Table::Meta, COUNTERS, &bytes)).transpose()?;
    Ok(counters.unwrap_or_default())
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
    // A process that is being started holds copies of our descriptors, a lock just given back among
    // them, until it executes: so a held lock is tried again for a moment.
    let mut claim = file.try_lock();
    for _ in 0..5 {
        if !matches!(claim, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
        claim = file.try_lock();
    }
    match claim {
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
