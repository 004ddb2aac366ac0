//! The journal with sled's tables made from it: one process, one folder.

use std::fs;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::change::{Change, Seq};
use crate::engine::swap::finish;
use crate::engine::tables::Held;
use crate::engine::{CommitFault, Engine, Place, Table, Tables, Visit, VisitChange};
use crate::error::{OpenError, ReadError, io_error};
use crate::journal::{self, Fault, Journal, Sizes, twin};
use crate::key::hex;
use crate::manifest::{Manifest, State};
use crate::row;
use crate::store::COUNTERS;

/// sled is told to write out what it holds after this many bytes of journal: what a killed process
/// had not written out is taken from the journal at the next start.
const FLUSH_AFTER: u64 = 8 << 20;

/// Told how many commits of how many are taken in, while that lasts.
type Bar<'b> = &'b mut dyn FnMut(u64, u64);

#[derive(Debug)]
pub(crate) struct Journaled {
    folder: PathBuf,
    journal: Journal,
    tables: Tables,
    /// Bytes of journal since sled was told to write out.
    unflushed: AtomicU64,
    /// Who commits has it, from looking whether somebody was first until the tables have the change.
    turn: Mutex<()>,
    /// The last commit that the tables have: nobody decides on the ground of half of one.
    head: AtomicU64,
}

/// An engine, and what was found and mended while it was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) engine: Journaled,
    pub(crate) notes: Vec<String>,
}

impl Journaled {
    /// Opens the folder's journal and brings sled's tables up to it.
    pub(crate) fn open(folder: &Path, sizes: Sizes, bar: Bar<'_>) -> Result<Opened, OpenError> {
        let (journal_folder, sled) = (folder.join("journal"), folder.join("sled"));
        let mut notes = Vec::new();
        finish(folder).map_err(io_error("rename in", folder))?;
        let state = match Manifest::read(folder).map_err(|fault| fault.told(folder))? {
            Some(manifest) => manifest.state,
            None if journal::begun(&journal_folder) => {
                notes.push("MANIFEST is missing and was written anew".to_owned());
                State::Open { boot: String::new(), after: 0 }
            }
            None if sled.join("db").exists() => {
                return Err(damaged(folder, "its MANIFEST and its journal are missing".to_owned()));
            }
            None => {
                // The journal first: with a manifest beside it, its absence is damage.
                let journal =
                    Journal::create(&journal_folder, 0).map_err(io_error("create", &journal_folder))?;
                drop(journal);
                State::Open { boot: boot(), after: 0 }
            }
        };
        let (acknowledged, doubt) = match &state {
            State::Closed { at, sled: sum } => {
                let fits = sum_of(&sled).is_ok_and(|found| found == *sum);
                (*at, (!fits).then_some("its files are not as they were closed"))
            }
            State::Open { boot: then, after } => {
                let same = !then.is_empty() && *then == boot();
                (*after, (!same && sled.exists()).then_some("the machine stopped without closing it"))
            }
        };
        // Before anything is written: from here on a crash must not find the word "closed", nor a run of
        // the machine by which files in doubt would be trusted.
        let mark = |boot: String| {
            let state = State::Open { boot, after: acknowledged };
            Manifest::write(folder, state).map_err(io_error("write", &folder.join("MANIFEST")))
        };
        let doubtful = doubt.is_some();
        mark(if doubtful { String::new() } else { boot() })?;
        let mut tables = doubt.map_or_else(|| opened(&sled), |doubt| Err(doubt.to_owned()));
        let mut known = acknowledged;
        if let Ok((_, applied)) = &tables {
            known = known.max(*applied);
        }
        let (mut journal, tail) = Journal::open(&journal_folder, known).map_err(|fault| match fault {
            Fault::Io(path, error) => io_error("read", &path)(error),
            Fault::Newer(found) => {
                OpenError::Newer { folder: folder.to_owned(), found, known: crate::manifest::FORMAT }
            }
            Fault::Damaged(what) => damaged(folder, what),
        })?;
        notes.extend(tail.cut);
        if let State::Closed { at, .. } = state
            && let Ok((_, applied)) = &tables
            && *applied < at
        {
            tables = Err(format!("it holds {applied} commits of {at}"));
        }
        journal.sizes = sizes;
        let anew = |what: String, notes: &mut Vec<String>| {
            let aside = set_aside(folder).map_err(io_error("move", &sled))?;
            notes.push(format!("sled was made anew from the journal: {what}; its old files are in {aside}"));
            opened(&sled).map_err(|what| damaged(folder, what))
        };
        let brought = tables.and_then(|(tables, applied)| bring_up(&journal, tables, applied, bar));
        let brought = match brought {
            Ok(tables) => Ok(tables),
            // Either the journal does not read, and then it will not again, or sled is at fault.
            Err(what) => {
                let (tables, applied) = anew(what, &mut notes)?;
                bring_up(&journal, tables, applied, bar)
            }
        };
        let tables = brought.map_err(|what| damaged(folder, what))?;
        if doubtful {
            mark(boot())?;
        }
        let engine = Self {
            folder: folder.to_owned(),
            head: AtomicU64::new(journal.last()),
            journal,
            tables,
            unflushed: AtomicU64::new(0),
            turn: Mutex::default(),
        };
        engine.journal.pair().map_err(io_error("write", &twin::folder(&journal_folder)))?;
        Ok(Opened { engine, notes })
    }

    /// What a row holds: where it stands in the journal its bytes are checked, and taken from the
    /// segment's twin where they are damaged.
    fn value(&self, table: Table, key: &[u8], held: Held) -> Result<Vec<u8>, ReadError> {
        let (place, sum) = match held {
            Held::Value(value) => return Ok(value),
            Held::At(place, sum) => (place, sum),
        };
        let sound = |value: &Vec<u8>| crc32fast::hash(value) == sum;
        let read = self.journal.read(place).ok().filter(sound);
        read.or_else(|| self.journal.read_twin(place).filter(sound)).ok_or_else(|| ReadError::Damaged {
            table: table.name(),
            key: hex(key),
            what: format!(
                "journal/{:08}.log does not read at byte {}, nor does its copy",
                place.segment, place.offset
            ),
        })
    }
}

impl Engine for Journaled {
    fn head(&self) -> Result<Seq, ReadError> {
        Ok(self.head.load(Ordering::Acquire))
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
        self.tables.get(table, key)?.map(|held| self.value(table, key, held)).transpose()
    }

    fn fetch(&self, table: Table, rows: &[(&[u8], Place)]) -> Result<Vec<Option<Vec<u8>>>, ReadError> {
        let mut values = Vec::with_capacity(rows.len());
        for (key, place) in rows {
            // The journal's bytes are found without a search.
            values.push(match self.journal.read(*place).ok().filter(|value| row::intact(value)) {
                Some(value) => Some(value),
                None => self.get(table, key)?,
            });
        }
        Ok(values)
    }

    fn scan(
        &self,
        table: Table,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        visit: Visit<'_>,
    ) -> Result<(), ReadError> {
        let mut fault = None;
        self.tables.scan(
            table,
            from,
            to,
            backwards,
            &mut |key, held| match self.value(table, key, held) {
                Ok(value) => visit(key, &value),
                Err(error) => {
                    fault = Some(error);
                    ControlFlow::Break(())
                }
            },
        )?;
        fault.map_or(Ok(()), Err)
    }

    fn commit(&self, change: &Change, after: Seq) -> Result<(Seq, Vec<Place>), CommitFault> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.journal.last() != after {
            return Err(CommitFault::Behind);
        }
        let before = self.journal.bytes_written();
        // What could not be appended whole is no record, and the next one is written over it.
        let (seq, places) = self.journal.append(change).map_err(CommitFault::Refused)?;
        self.tables.apply(seq, &change.puts, &places).map_err(CommitFault::Uncertain)?;
        self.head.store(seq, Ordering::Release);
        let written = self.journal.bytes_written().saturating_sub(before);
        if self.unflushed.fetch_add(written, Ordering::Relaxed) > FLUSH_AFTER {
            self.unflushed.store(0, Ordering::Relaxed);
            self.tables.flush().map_err(CommitFault::Uncertain)?;
        }
        Ok((seq, places))
    }

    fn settle(&self, seq: Seq) -> Result<(), String> {
        self.journal.settle(seq)
    }

    fn changes(&self, after: Seq, take: VisitChange<'_>) -> Result<(), String> {
        let head = self.head.load(Ordering::Acquire);
        self.journal.visit(after, &mut |record, places| match record.seq <= head {
            true => take(record.seq, record.change, places),
            false => Ok(()),
        })
    }

    fn check(&self) -> Result<Vec<String>, ReadError> {
        let mut faults = self.journal.check();
        if faults.is_empty() {
            self.compare(&mut faults)?;
        }
        Ok(faults)
    }

    fn bytes(&self) -> Result<u64, ReadError> {
        Ok(self.journal.bytes() + self.tables.size()?)
    }

    fn close(&self) -> Result<(), String> {
        let at = self.journal.close()?;
        let sled = self.folder.join("sled");
        self.tables.settle(&sled)?;
        let sum = sum_of(&sled).map_err(|error| format!("sled: {error}"))?;
        Manifest::write(&self.folder, State::Closed { at, sled: sum })
            .map_err(|error| format!("MANIFEST: {error}"))
    }
}

impl Journaled {
    /// Holds every row of sled against the journal's last word on it.
    fn compare(&self, faults: &mut Vec<String>) -> Result<(), ReadError> {
        let mut last = match self.journal.rows() {
            Ok(rows) => rows,
            Err(what) => {
                faults.push(what);
                return Ok(());
            }
        };
        for table in Table::ALL {
            self.tables.scan(table, &[], &[u8::MAX; 64], false, &mut |key, held| {
                let expected = last.remove(&(table, key.to_vec()));
                let same = match (&held, expected) {
                    (Held::Value(value), Some((_, sum))) => crc32fast::hash(value) == sum,
                    (Held::At(place, sum), Some(expected)) => (*place, *sum) == expected,
                    (_, None) => false,
                };
                if !same {
                    let (table, key) = (table.name(), hex(key));
                    faults.push(format!("sled: table {table}, key {key} is not what the journal says"));
                }
                ControlFlow::Continue(())
            })?;
        }
        let mut missing: Vec<_> = last.into_keys().collect();
        missing.sort();
        faults.extend(
            missing.iter().map(|(table, key)| format!("sled: table {} lacks key {}", table.name(), hex(key))),
        );
        Ok(())
    }
}

/// sled's tables and the number of the last commit they hold.
fn opened(sled: &Path) -> Result<(Tables, Seq), String> {
    let tables = Tables::open(sled)?;
    let applied = tables.applied()?;
    Ok((tables, applied))
}

/// CRC-32 over the names and bytes of sled's files, in order of their names.
fn sum_of(sled: &Path) -> io::Result<u32> {
    let mut files = Vec::new();
    let mut folders = vec![sled.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let list = if entry.file_type()?.is_dir() { &mut folders } else { &mut files };
            list.push(entry.path());
        }
    }
    files.sort();
    let mut sum = crc32fast::Hasher::new();
    let mut piece = vec![0; 1 << 20];
    for path in files {
        let name = path.strip_prefix(sled).unwrap_or(&path).to_string_lossy().into_owned();
        sum.update(name.as_bytes());
        let mut file = fs::File::open(&path)?;
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            sum.update(piece.get(..read).unwrap_or_default());
        }
    }
    Ok(sum.finalize())
}

/// Takes in what sled does not hold yet.
fn bring_up(journal: &Journal, tables: Tables, applied: Seq, bar: Bar<'_>) -> Result<Tables, String> {
    let last = journal.last();
    if applied > last {
        return Err(format!("it holds {applied} commits, the journal {last}"));
    }
    // Where it opens and does not read, that shows here.
    tables.get(Table::Meta, COUNTERS).map_err(|error| error.to_string())?;
    journal.visit(applied, &mut |record, places| {
        bar(record.seq - applied, last - applied);
        tables.apply(record.seq, &record.change.puts, &places)
    })?;
    Ok(tables)
}

/// Moves sled's folder out of the way, in place of one moved there before, and gives its new name.
fn set_aside(folder: &Path) -> io::Result<String> {
    let name = "sled.set-aside";
    let (sled, aside) = (folder.join("sled"), folder.join(name));
    if !sled.exists() {
        return Ok(name.to_owned());
    }
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(sled, aside)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(name.to_owned())
}

/// Names this run of the machine, where the system tells it. Files that were written but not synced
/// are whole after a crash of the program, and may not be after one of the machine.
fn boot() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").map(|id| id.trim().to_owned()).unwrap_or_default()
}

fn damaged(folder: &Path, what: String) -> OpenError {
    OpenError::Damaged { folder: folder.to_owned(), what }
}
