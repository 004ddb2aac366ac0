//! The store itself: opening a folder, and the one path by which anything is written.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::article::{Article, ReadFrom};
use crate::change::{Act, Change, Seq};
use crate::engine::{CommitFault, Engine, Journaled, Opened, Plain, Put, Table};
use crate::error::{OpenError, ReadError, WriteError, io_error};
use crate::held::Views;
use crate::id::{ArticleId, EventId};
use crate::index::Index;
use crate::journal::Sizes;
use crate::key;
use crate::row::{self, StoredEvent};

/// The index is saved again when so many events came since, or a quarter of it, whichever is more.
const SAVE_AFTER: usize = 20_000;

/// Articles and events, open.
///
/// # Guarantees
/// - A writing function that returned `Ok` has put its change on disk; one that returned `Err` has
///   changed nothing. One that was cut off by a crash, or returned
///   [`Uncertain`](WriteError::Uncertain), has made its change whole or not at all.
/// - Readers see a change whole or not at all, from shortly before it is on disk. Whoever acts on
///   what is seen by writing to the store is durable only together with it. Any number of threads
///   may read and write.
/// - One process has a folder open at a time. The operating system ends its claim with it.
#[derive(Debug)]
pub struct Store {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) folder: PathBuf,
    writer: Mutex<Writer>,
    index: RwLock<Index>,
    pub(crate) views: Views,
    /// The last commit that index and views have taken in.
    taken_in: AtomicU64,
    notes: Vec<String>,
    /// Holds the folder for this process; `None` where there is no folder.
    lock: Option<File>,
}

/// What the writing side counts. Taking it is taking the right to write.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// Why a write failed half-way; nothing more is written then.
    halted: Option<String>,
    /// Events when the index was saved last.
    saved: usize,
    /// Last ids given out.
    pub(crate) subscription: u64,
    pub(crate) delivery: u64,
    pub(crate) audit: u64,
}

impl Writer {
    fn counters(&self) -> (u64, u64, u64) {
        (self.subscription, self.delivery, self.audit)
    }

    fn set(&mut self, (subscription, delivery, audit): (u64, u64, u64)) {
        (self.subscription, self.delivery, self.audit) = (subscription, delivery, audit);
    }
}

/// Key of the last numbers given out.
pub(crate) const COUNTERS: &[u8] = b"counters";

impl Store {
    /// Opens the store in `folder`, creating folder and store where there is none. What had to be
    /// mended is told by [`notes`](Self::notes).
    ///
    /// # Errors
    /// See [`OpenError`]; what is stored in the folder is as it was then.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_with(folder, &mut |_, _| {})
    }

    /// As [`open`](Self::open); `bar` hears how many commits of how many have been taken in, where
    /// that takes long.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(folder: &Path, bar: &mut dyn FnMut(u64, u64)) -> Result<Self, OpenError> {
        Self::open_sized(folder, Sizes::default(), bar)
    }

    /// As [`open`](Self::open), with journal segments of so many bytes: for suites that want to see
    /// many of them.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    #[doc(hidden)]
    pub fn open_with_segments_of(folder: &Path, bytes: u64) -> Result<Self, OpenError> {
        Self::open_sized(folder, Sizes { full: bytes, ahead: (bytes / 16).max(4096) }, &mut |_, _| {})
    }

    fn open_sized(folder: &Path, sizes: Sizes, bar: &mut dyn FnMut(u64, u64)) -> Result<Self, OpenError> {
        if folder.exists() && !folder.is_dir() {
            return Err(OpenError::NotAFolder(folder.to_owned()));
        }
        create_folder(folder).map_err(io_error("create", folder))?;
        let lock = take_lock(folder)?;
        crate::migrate::up(folder)?;
        let Opened { engine, notes } = Journaled::open(folder, sizes, bar)?;
        let head = engine.head().unwrap_or_default();
        let index = Index::saved(folder).filter(|index| index.seq <= head);
        let store = Self {
            engine: Box::new(engine),
            folder: folder.to_owned(),
            writer: Mutex::default(),
            index: RwLock::new(index.unwrap_or_default()),
            views: Views::default(),
            taken_in: AtomicU64::default(),
            notes,
            lock: Some(lock),
        };
        store
            .begin()
            .map_err(|error| OpenError::Damaged { folder: folder.to_owned(), what: error.to_string() })?;
        Ok(store)
    }

    /// Mends a damaged folder and says what was found and done; opens nothing. Where nothing is wrong
    /// with the journal, sled's files are made anew from it at the next opening.
    ///
    /// # Errors
    /// When a process has the folder, or its files cannot be read or written.
    pub fn repair(folder: &Path) -> Result<Vec<String>, OpenError> {
        if !folder.is_dir() {
            return Err(OpenError::NotAFolder(folder.to_owned()));
        }
        let _lock = take_lock(folder)?;
        crate::engine::repair(folder).map_err(|what| OpenError::Damaged { folder: folder.to_owned(), what })
    }

    /// Rewrites the journal of a folder without what deliveries went through, and says how many bytes
    /// it had and has. Articles, events, corrections and subscriptions keep their whole history.
    ///
    /// # Errors
    /// When a process has the folder, it was not closed in order, or it cannot be read or written; the
    /// journal is as it was then, or [`repair`](Self::repair) puts it back.
    pub fn compact(folder: &Path) -> Result<(u64, u64), OpenError> {
        if !folder.is_dir() {
            return Err(OpenError::NotAFolder(folder.to_owned()));
        }
        let _lock = take_lock(folder)?;
        let told = |what: String| OpenError::Damaged { folder: folder.to_owned(), what };
        crate::engine::compact(folder).map_err(told)
    }

    /// A store over another engine.
    ///
    /// # Errors
    /// When the engine cannot be read.
    pub fn over(engine: Box<dyn Engine>) -> Result<Self, ReadError> {
        let store = Self {
            engine,
            folder: PathBuf::new(),
            writer: Mutex::default(),
            index: RwLock::default(),
            views: Views::default(),
            taken_in: AtomicU64::default(),
            notes: Vec::new(),
            lock: None,
        };
        store.begin()?;
        Ok(store)
    }

    /// An empty store in memory.
    ///
    /// # Errors
    /// Never in practice.
    pub fn in_memory() -> Result<Self, ReadError> {
        Self::over(Box::new(Plain::default()))
    }

    /// Whether no article and no event is stored that is not taken out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts() == (0, 0)
    }

    /// Brings index and counters up to the engine.
    fn begin(&self) -> Result<(), ReadError> {
        let mut writer = self.writer();
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        writer.saved = index.len();
        index.catch_up(self.engine.as_ref(), &mut |_, _| {})?;
        let counters: Option<(u64, u64, u64)> = self.row(Table::Meta, COUNTERS)?;
        writer.set(counters.unwrap_or_default());
        Ok(())
    }

    /// What was found and mended when the store was opened, in words.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    pub(crate) fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the right to write. A writer that panicked left whole commits only, so its lock is
    /// taken over.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`decide`](Self::decide), for groups of rows that need not all come at once: they are packed
    /// into records of some megabytes.
    pub(crate) fn decide_in_parts<T>(
        &self,
        at: Timestamp,
        author: &str,
        act: Act,
        mut make: impl FnMut(&mut Writer) -> Result<(T, Vec<Vec<Put>>), WriteError>,
    ) -> Result<T, WriteError> {
        let mut left: Vec<Vec<Put>> = Vec::new();
        let mut done = self.decide(at, author, act, |writer| {
            let (done, groups) = make(writer)?;
            let mut parts = packed(groups).into_iter();
            let first = parts.next().unwrap_or_default();
            left = parts.collect();
            Ok((Some(done), first))
        })?;
        for part in left {
            self.decide(at, author, act, |_| Ok(((), part.clone())))?;
        }
        done.take().ok_or_else(|| WriteError::Engine("nothing was decided".to_owned()))
    }

    /// The one path by which anything is written. `make` reads what it needs and says which rows are
    /// to be written; no row is no commit. Where another process committed meanwhile it is asked
    /// again. Returns when the change is on disk.
    pub(crate) fn decide<T>(
        &self,
        at: Timestamp,
        author: &str,
        act: Act,
        mut make: impl FnMut(&mut Writer) -> Result<(T, Vec<Put>), WriteError>,
    ) -> Result<T, WriteError> {
        let (done, seq) = {
            let mut writer = self.writer();
            loop {
                if let Some(why) = &writer.halted {
                    return Err(WriteError::Uncertain(why.clone()));
                }
                self.catch_up(&mut writer)?;
                let counters = writer.counters();
                let made = make(&mut writer);
                let (done, mut puts) = match made {
                    Ok(made) => made,
                    Err(error) => {
                        writer.set(counters);
                        return Err(error);
                    }
                };
                if puts.is_empty() {
                    return Ok(done);
                }
                if writer.counters() != counters {
                    puts.push(put(Table::Meta, COUNTERS.to_vec(), &writer.counters())?);
                }
                let change = Change { at, act, author: author.to_owned(), puts };
                match self.commit(&mut writer, &change) {
                    Ok(seq) => break (done, seq),
                    Err(CommitFault::Behind) => writer.set(counters),
                    Err(CommitFault::Refused(what)) => {
                        writer.set(counters);
                        return Err(WriteError::Engine(what));
                    }
                    Err(CommitFault::Uncertain(what)) => {
                        writer.halted = Some(what.clone());
                        return Err(WriteError::Uncertain(what));
                    }
                }
            }
        };
        // Outside of the writer's lock: those who wait for the disk together share one sync.
        self.engine.settle(seq).map_err(|what| {
            self.writer().halted = Some(what.clone());
            WriteError::Uncertain(what)
        })?;
        Ok(done)
    }

    fn commit(&self, writer: &mut Writer, change: &Change) -> Result<Seq, CommitFault> {
        let uncertain = |error: ReadError| CommitFault::Uncertain(error.to_string());
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let (seq, places) = self.engine.commit(change, index.seq)?;
        index.take(seq, change, &places).map_err(uncertain)?;
        drop(index);
        self.views.note(change);
        self.taken_in.store(seq, Ordering::Release);
        self.save_index(writer, false);
        Ok(seq)
    }

    /// Takes in what other processes committed.
    fn catch_up(&self, writer: &mut Writer) -> Result<(), ReadError> {
        if self.engine.head()? == self.index().seq {
            return Ok(());
        }
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        index.catch_up(self.engine.as_ref(), &mut |_, change| self.views.note(change))?;
        self.taken_in.store(index.seq, Ordering::Release);
        drop(index);
        let counters: Option<(u64, u64, u64)> = self.row(Table::Meta, COUNTERS)?;
        writer.set(counters.unwrap_or_default());
        Ok(())
    }

    /// Saves the index where it has grown enough, or anyway. It is a copy: a fault costs time at the
    /// next opening, nothing else.
    fn save_index(&self, writer: &mut Writer, anyway: bool) {
        let index = self.index();
        let grown = index.len() - writer.saved.min(index.len());
        if self.lock.is_some()
            && (anyway || grown > SAVE_AFTER.max(writer.saved / 4))
            && index.save(&self.folder).is_ok()
        {
            writer.saved = index.len();
        }
    }

    /// How many events are stored and not taken out, and how many articles, without reading anything.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let index = self.index();
        (usize::try_from(index.live()).unwrap_or(usize::MAX), index.articles())
    }

    /// How many commits there are.
    ///
    /// # Errors
    /// When the engine cannot be asked.
    pub fn commits(&self) -> Result<Seq, ReadError> {
        self.engine.head()
    }

    /// The last commit that every answer from now on rests on. As long as it stays the same, so does what
    /// is answered, but for what is being committed just now.
    #[must_use]
    pub fn taken_in(&self) -> Seq {
        self.taken_in.load(Ordering::Acquire)
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

    /// What an article's parts were read from, where that was kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read_from(&self, id: ArticleId) -> Result<Option<ReadFrom>, ReadError> {
        self.row(Table::ReadFrom, &id.0)
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
    let value = row::encode(table, value).map_err(WriteError::Engine)?;
    Ok(Put { table, key: key.into(), value: Some(value) })
}

/// A row to remove.
pub(crate) fn remove(table: Table, key: impl Into<Vec<u8>>) -> Put {
    Put { table, key: key.into(), value: None }
}

/// Groups of rows, put together as long as they stay short.
fn packed(groups: Vec<Vec<Put>>) -> Vec<Vec<Put>> {
    const MOST: usize = 4 << 20;
    let mut parts: Vec<Vec<Put>> = Vec::new();
    let mut size = MOST;
    for group in groups {
        let length: usize =
            group.iter().map(|put| put.key.len() + put.value.as_ref().map_or(0, Vec::len)).sum();
        match parts.last_mut().filter(|_| size + length <= MOST) {
            Some(part) => part.extend(group),
            None => {
                size = 0;
                parts.push(group);
            }
        }
        size += length;
    }
    parts
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

impl Drop for Store {
    /// Leaves everything in order for the next opening. What was acknowledged is on disk either way.
    fn drop(&mut self) {
        let mut writer = self.writer();
        if writer.halted.is_none() && !std::thread::panicking() {
            self.save_index(&mut writer, true);
            // A fault here is found, named and mended at the next opening.
            let _ = self.engine.close();
        }
    }
}
