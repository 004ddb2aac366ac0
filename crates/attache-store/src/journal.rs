//! The journal: every commit is one record, appended to a file and synced before it is
//! acknowledged. It is the truth; sled's tables and the indexes in memory are made from it.
//!
//! Segments are files `journal/00000001.log` and on. The one being written is lengthened with zeros
//! ahead of use, so that a commit overwrites bytes the file already has: syncing those takes two
//! thirds of the time that appending does.

pub(crate) mod file;
pub(crate) mod record;
pub(crate) mod segment;
pub(crate) mod twin;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};

use crate::change::{Change, Seq};
use crate::engine::Table;
use crate::journal::file::{read_at, write_at};
use crate::journal::record::Record;
use crate::journal::segment::{Gap, HEAD, Head, Segment, Unusable};

/// Lengths in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    /// A segment of so many is full; the next record goes into a new one.
    pub(crate) full: u64,
    /// Zeros written ahead of use.
    pub(crate) ahead: u64,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { full: 64 << 20, ahead: 1 << 20 }
    }
}

/// Where a value stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    pub(crate) segment: u32,
    pub(crate) offset: u32,
    pub(crate) length: u32,
}

/// By table and key: where the last value stands, and its CRC-32.
pub(crate) type Rows = HashMap<(Table, Vec<u8>), (Place, u32)>;

#[derive(Debug)]
pub(crate) struct Journal {
    folder: PathBuf,
    pub(crate) sizes: Sizes,
    segments: RwLock<Vec<(u32, Arc<Segment>)>>,
    active: Mutex<Active>,
    synced: Mutex<Synced>,
    wake: Condvar,
}

/// The writing side.
#[derive(Debug)]
struct Active {
    number: u32,
    segment: Arc<Segment>,
    /// Where the next record goes.
    end: u64,
    /// Bytes the file has.
    room: u64,
    last: Seq,
    sum: crc32fast::Hasher,
    /// Bytes of the records appended since the journal was opened.
    written: u64,
    /// Records came while the journal was open last, and no twin has them yet.
    unpaired: bool,
}

/// How far the journal is on disk.
#[derive(Debug, Default)]
struct Synced {
    seq: Seq,
    syncing: bool,
    fault: Option<String>,
}

/// Why a journal could not be opened.
#[derive(Debug)]
pub(crate) enum Fault {
    Io(PathBuf, io::Error),
    Newer(u32),
    /// File, place and fault in words.
    Damaged(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Damaged(what) => f.write_str(what),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Newer(format) => write!(f, "format {format} is of a later release"),
        }
    }
}

/// What a journal's end looks like.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    /// Words on a torn record that was cut off.
    pub(crate) cut: Option<String>,
}

/// The segments of a folder by number, oldest first.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<(u32, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(number) = entry.file_name().to_str().and_then(segment::number) {
            files.push((number, entry.path()));
        }
    }
    files.sort();
    Ok(files)
}

impl Journal {
    /// Makes a journal whose first commit will have the number after `after`.
    pub(crate) fn create(folder: &Path, after: Seq) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        if let Some(parent) = folder.parent() {
            File::open(parent)?.sync_all()?;
        }
        let segment = Segment::create(folder, 1, Head { after, before: (0, 0) })?;
        let mut sum = crc32fast::Hasher::new();
        sum.update(&segment.bytes()?);
        Ok(Self::of(folder, vec![(1, Arc::new(segment))], HEAD as u64, after, sum))
    }

    /// Opens a journal: its heads and the whole of its last segment are looked at. A record at the
    /// end that no later one vouches for, and that comes after commit `acknowledged`, was never
    /// acknowledged and is cut off.
    pub(crate) fn open(folder: &Path, acknowledged: Seq) -> Result<(Self, Tail), Fault> {
        let list = files(folder).map_err(|error| Fault::Io(folder.to_owned(), error))?;
        let mut segments: Vec<(u32, Arc<Segment>)> = Vec::with_capacity(list.len());
        let mut unfinished = None;
        for (place, (number, path)) in list.iter().enumerate() {
            if let Some((before, last)) = segments.last()
                && before + 1 != *number
            {
                return Err(Fault::Damaged(format!("{} is not followed by its next segment", last.name())));
            }
            let segment = match Segment::open(path.clone()) {
                Ok(segment) => segment,
                // Either the program ended while it made the segment, or what stood in it is gone: the
                // segment before tells.
                Err(Unusable::Broken(_)) if place + 1 == list.len() && place > 0 && blank(path) => {
                    unfinished = Some(path);
                    break;
                }
                Err(unusable) => return Err(fault(path, unusable)),
            };
            segments.push((*number, Arc::new(segment)));
        }
        let lengths_fit = segments.windows(2).find_map(|pair| {
            let [(_, before), (_, after)] = pair else { return None };
            let length = before.file.metadata().map_or(0, |meta| meta.len());
            (length != after.head.before.0).then(|| {
                let expected = after.head.before.0;
                Fault::Damaged(format!("{} has {length} bytes and was closed with {expected}", before.name()))
            })
        });
        if let Some(fault) = lengths_fit {
            return Err(fault);
        }
        let Some((number, last)) = segments.last().map(|(number, segment)| (*number, Arc::clone(segment)))
        else {
            return Err(Fault::Damaged("the journal has no segment".to_owned()));
        };
        let error = |error| Fault::Io(last.path.clone(), error);
        let bytes = last.bytes().map_err(error)?;
        let mut places = Vec::new();
        let mut durable = last.head.after;
        let scan = segment::scan(&bytes, last.head, |at, record| {
            durable = durable.max(record.durable);
            places.push((record.seq, at));
            Ok(())
        });
        let scan = scan.map_err(Fault::Damaged)?;
        if let Some(path) = unfinished {
            if scan.last < acknowledged {
                let what = format!("it lost its head, and commits after {} of {acknowledged}", scan.last);
                return Err(fault(path, Unusable::Broken(what)));
            }
            fs::remove_file(path).map_err(|error| Fault::Io(path.clone(), error))?;
        }
        let mut tail = Tail::default();
        let mut keep = bytes.len();
        if let Some(first) = scan.gaps.first() {
            let vouched = scan.gaps.iter().any(|gap| gap.durable.is_some_and(|durable| durable > gap.after));
            if vouched || first.after < acknowledged {
                return Err(Fault::Damaged(in_words(&last, first, acknowledged)));
            }
            tail.cut =
                Some(format!("{}: {} at byte {}, never acknowledged", last.name(), first.what, first.at));
            keep = first.at;
            // What lay behind it was in flight too.
            last.file.set_len(first.at as u64).and_then(|()| last.file.sync_all()).map_err(error)?;
        } else if scan.last < acknowledged {
            return Err(Fault::Damaged(format!(
                "{} ends with commit {}, and {acknowledged} were acknowledged",
                last.name(),
                scan.last
            )));
        }
        let (end, seq) = match scan.gaps.first() {
            Some(gap) => (gap.at, gap.after),
            None => (scan.end, scan.last),
        };
        let mut sum = crc32fast::Hasher::new();
        sum.update(bytes.get(..end).unwrap_or_default());
        let journal = Self::of(folder, segments, end as u64, seq, sum);
        journal.active().room = keep as u64;
        // Whole records that a killed program had not synced yet are kept. They are written again: a
        // sync that failed leaves pages that look clean and are not on disk.
        let unsure = places.iter().find(|(seq, _)| *seq > durable);
        if let Some(part) = unsure.and_then(|(_, at)| bytes.get(*at..end)) {
            write_at(&last.file, part, (end - part.len()) as u64).map_err(error)?;
        }
        last.file.sync_all().map_err(error)?;
        debug_assert_eq!(journal.active().number, number);
        Ok((journal, tail))
    }

    fn of(
        folder: &Path,
        segments: Vec<(u32, Arc<Segment>)>,
        end: u64,
        last: Seq,
        sum: crc32fast::Hasher,
    ) -> Self {
        let (number, segment) = segments.last().map_or_else(
            || unreachable!("a journal has a segment"),
            |(number, segment)| (*number, Arc::clone(segment)),
        );
        let active = Active { number, segment, end, room: end, last, sum, written: 0, unpaired: false };
        Self {
            folder: folder.to_owned(),
            sizes: Sizes::default(),
            segments: RwLock::new(segments),
            active: Mutex::new(active),
            synced: Mutex::new(Synced { seq: last, ..Synced::default() }),
            wake: Condvar::new(),
        }
    }

    fn active(&self) -> MutexGuard<'_, Active> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of the last commit.
    pub(crate) fn last(&self) -> Seq {
        self.active().last
    }

    /// Bytes of all records and heads.
    pub(crate) fn bytes(&self) -> u64 {
        let active = self.active();
        let segments = self.segments.read().unwrap_or_else(PoisonError::into_inner);
        let sealed = segments.iter().filter(|(number, _)| *number != active.number);
        sealed.map(|(_, segment)| segment.file.metadata().map_or(0, |meta| meta.len())).sum::<u64>()
            + active.end
    }

    /// Bytes of the records appended since the journal was opened.
    pub(crate) fn bytes_written(&self) -> u64 {
        self.active().written
    }

    /// Writes a record, not yet synced, and says where each put's value stands. One caller at a
    /// time: who appends has decided on the ground of everything before.
    pub(crate) fn append(&self, change: &Change) -> Result<(Seq, Vec<Place>), String> {
        let (full, last) = {
            let active = self.active();
            (active.end >= self.sizes.full, active.last)
        };
        if full {
            // Through the one place that syncs: an error of a sync is told only once.
            self.settle(last)?;
            self.rotate()?;
        }
        let durable = self.synced.lock().unwrap_or_else(PoisonError::into_inner).seq;
        let mut active = self.active();
        let seq = active.last + 1;
        let (bytes, values) = record::encode(change, seq, durable)?;
        let name = active.segment.name();
        let told = |error: io::Error| format!("{name}: {error}");
        let end = active.end + bytes.len() as u64;
        if end > active.room {
            let Sizes { full, ahead } = self.sizes;
            let room = end.next_multiple_of(ahead).min(end.max(full + ahead));
            let zeros = vec![0; usize::try_from(room - end).unwrap_or(0)];
            write_at(&active.segment.file, &zeros, end).map_err(told)?;
            active.room = room;
        }
        write_at(&active.segment.file, &bytes, active.end).map_err(told)?;
        let mut places = Vec::with_capacity(values.len());
        for (put, at) in change.puts.iter().zip(values) {
            let offset = u32::try_from(active.end + at as u64).map_err(|error| error.to_string())?;
            let length = put.value.as_ref().map_or(0, Vec::len);
            let length = u32::try_from(length).map_err(|error| error.to_string())?;
            places.push(Place { segment: active.number, offset, length });
        }
        active.sum.update(&bytes);
        active.end = end;
        active.last = seq;
        active.written += bytes.len() as u64;
        Ok((seq, places))
    }

    /// Closes the full segment, all of whose records are on disk, and begins the next.
    fn rotate(&self) -> Result<(), String> {
        let mut active = self.active();
        let name = active.segment.name();
        let told = |error: io::Error| format!("{name}: {error}");
        let closed = active.segment.file.set_len(active.end).and_then(|()| active.segment.file.sync_all());
        if let Err(error) = closed {
            let what = told(error);
            self.synced.lock().unwrap_or_else(PoisonError::into_inner).fault = Some(what.clone());
            return Err(what);
        }
        active.room = active.end;
        twin::write(&self.folder, active.number, &active.segment.bytes().map_err(told)?).map_err(told)?;
        let head = Head { after: active.last, before: (active.end, active.sum.clone().finalize()) };
        let number = active.number + 1;
        let segment = Arc::new(Segment::create(&self.folder, number, head).map_err(told)?);
        let mut sum = crc32fast::Hasher::new();
        sum.update(&segment.bytes().map_err(told)?);
        self.segments.write().unwrap_or_else(PoisonError::into_inner).push((number, Arc::clone(&segment)));
        let (last, written) = (active.last, active.written);
        let (end, room) = (HEAD as u64, HEAD as u64);
        *active = Active { number, segment, end, room, last, sum, written, unpaired: true };
        Ok(())
    }

    /// Returns when commit `seq` is on disk. Whoever waits while another syncs shares the next sync.
    pub(crate) fn settle(&self, seq: Seq) -> Result<(), String> {
        let mut synced = self.synced.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(fault) = &synced.fault {
                return Err(fault.clone());
            }
            if synced.seq >= seq {
                return Ok(());
            }
            if synced.syncing {
                synced = self.wake.wait(synced).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            synced.syncing = true;
            drop(synced);
            let (segment, last) = {
                let active = self.active();
                (Arc::clone(&active.segment), active.last)
            };
            let done = segment.file.sync_data();
            synced = self.synced.lock().unwrap_or_else(PoisonError::into_inner);
            synced.syncing = false;
            match done {
                Ok(()) => synced.seq = synced.seq.max(last),
                // What a failed sync leaves on disk nobody knows.
                Err(error) => synced.fault = Some(format!("{}: {error}", segment.name())),
            }
            self.wake.notify_all();
        }
    }

    /// The bytes at a place.
    pub(crate) fn read(&self, place: Place) -> io::Result<Vec<u8>> {
        let segments = self.segments.read().unwrap_or_else(PoisonError::into_inner);
        let first = segments.first().map_or(0, |(number, _)| *number);
        let at = place.segment.checked_sub(first).and_then(|at| usize::try_from(at).ok());
        let (_, segment) = at.and_then(|at| segments.get(at)).ok_or(io::ErrorKind::NotFound)?;
        let segment = Arc::clone(segment);
        drop(segments);
        let mut bytes = vec![0; usize::try_from(place.length).unwrap_or(0)];
        read_at(&segment.file, &mut bytes, u64::from(place.offset))?;
        Ok(bytes)
    }

    /// Visits every record after commit `after`, oldest first, with the places of its values. Damage
    /// ends the visit with its file and place.
    pub(crate) fn visit(
        &self,
        after: Seq,
        take: &mut dyn FnMut(Record, Vec<Place>) -> Result<(), String>,
    ) -> Result<(), String> {
        // Opening has read the last segment; it is not read again for nothing.
        if after >= self.last() {
            return Ok(());
        }
        let segments = self.segments.read().unwrap_or_else(PoisonError::into_inner).clone();
        let begins: Vec<Seq> = segments.iter().skip(1).map(|(_, segment)| segment.head.after).collect();
        for (place, (number, segment)) in segments.iter().enumerate() {
            if begins.get(place).is_some_and(|next| *next <= after) {
                continue;
            }
            let bytes = segment.bytes().map_err(|error| format!("{}: {error}", segment.name()))?;
            let scan = segment::scan(&bytes, segment.head, |at, record| {
                if record.seq <= after {
                    return Ok(());
                }
                let places = places(*number, at, &record)?;
                take(record, places)
            })?;
            if let Some(gap) = scan.gaps.first() {
                return Err(format!("{}: {} at byte {}", segment.name(), gap.what, gap.at));
            }
        }
        Ok(())
    }

    /// The rows that all records together leave: where each value stands, and its CRC-32.
    pub(crate) fn rows(&self) -> Result<Rows, String> {
        let mut rows = Rows::new();
        self.visit(0, &mut |record, places| {
            for (put, place) in record.change.puts.into_iter().zip(places) {
                let key = (put.table, put.key);
                match put.value {
                    Some(value) => drop(rows.insert(key, (place, crc32fast::hash(&value)))),
                    None => drop(rows.remove(&key)),
                }
            }
            Ok(())
        })?;
        Ok(rows)
    }

    /// Reads every byte and names each fault with its file and place.
    pub(crate) fn check(&self) -> Vec<String> {
        let segments = self.segments.read().unwrap_or_else(PoisonError::into_inner).clone();
        let mut faults = Vec::new();
        let mut before: Option<(u64, u32)> = None;
        for (at, (number, segment)) in segments.iter().enumerate() {
            let name = segment.name();
            let bytes = match segment.bytes() {
                Ok(bytes) => bytes,
                Err(error) => {
                    faults.push(format!("{name}: {error}"));
                    continue;
                }
            };
            match Segment::open(segment.path.clone()) {
                Ok(_) => {}
                Err(Unusable::Broken(what)) => faults.push(format!("{name}: {what}")),
                Err(Unusable::Newer(format)) => faults.push(format!("{name}: format {format}")),
                Err(Unusable::Io(error)) => faults.push(format!("{name}: {error}")),
            }
            match segment::scan(&bytes, segment.head, |_, _| Ok(())) {
                Ok(scan) => {
                    for gap in &scan.gaps {
                        faults.push(format!(
                            "{name}: {} at byte {}, after commit {}",
                            gap.what, gap.at, gap.after
                        ));
                    }
                }
                Err(what) => faults.push(format!("{name}: {what}")),
            }
            if at > 0 && before != Some(segment.head.before) {
                faults.push(format!("{name}: the segment before it is not the one it was written after"));
            }
            match twin::read(&self.folder, *number) {
                Ok(Some(twin)) if !bytes.starts_with(&twin) => {
                    faults.push(format!("{}: it is not {name}'s", twin::name(*number)));
                }
                Ok(_) => {}
                Err(what) => faults.push(what),
            }
            before = Some((bytes.len() as u64, crc32fast::hash(&bytes)));
        }
        faults
    }

    /// Cuts the zeros off that wait at the end, syncs, and writes the last segment's twin where it
    /// has grown. Nothing is appended after it.
    pub(crate) fn close(&self) -> Result<Seq, String> {
        let active = self.active();
        let name = active.segment.name();
        let told = |error: io::Error| format!("{name}: {error}");
        if let Some(fault) = &self.synced.lock().unwrap_or_else(PoisonError::into_inner).fault {
            return Err(fault.clone());
        }
        active.segment.file.set_len(active.end).map_err(told)?;
        active.segment.file.sync_all().map_err(told)?;
        if active.written > 0 || active.unpaired {
            let bytes = active.segment.bytes().map_err(told)?;
            twin::write(&self.folder, active.number, &bytes).map_err(told)?;
        }
        Ok(active.last)
    }

    /// Writes the twins that full segments lack: a crash came between.
    pub(crate) fn pair(&self) -> io::Result<()> {
        let paired = twin::numbers(&self.folder)?;
        let mut active = self.active();
        active.unpaired |= !paired.contains(&active.number);
        let segments = self.segments.read().unwrap_or_else(PoisonError::into_inner).clone();
        for (number, segment) in segments {
            if number != active.number && !paired.contains(&number) {
                twin::write(&self.folder, number, &segment.bytes()?)?;
            }
        }
        Ok(())
    }

    /// The bytes at a place in the segment's twin.
    pub(crate) fn read_twin(&self, place: Place) -> Option<Vec<u8>> {
        let bytes = twin::read(&self.folder, place.segment).ok().flatten()?;
        let from = usize::try_from(place.offset).ok()?;
        let length = usize::try_from(place.length).ok()?;
        bytes.get(from..from.checked_add(length)?).map(<[u8]>::to_vec)
    }
}

/// The places of a record's values, where its mark stands at `at` in a segment.
pub(crate) fn places(segment: u32, at: usize, record: &Record) -> Result<Vec<Place>, String> {
    let of = |(put, value): (&crate::engine::Put, &usize)| {
        let offset = u32::try_from(at + value).map_err(|error| error.to_string())?;
        let length =
            u32::try_from(put.value.as_ref().map_or(0, Vec::len)).map_err(|error| error.to_string())?;
        Ok(Place { segment, offset, length })
    };
    record.change.puts.iter().zip(&record.values).map(of).collect()
}

/// Whether a folder holds a journal; not so where a crash cut its making off.
pub(crate) fn begun(folder: &Path) -> bool {
    files(folder).is_ok_and(|files| files.iter().any(|(_, path)| !blank(path)))
}

/// Whether a file is no longer than a segment's head: records are only written behind one that is on
/// disk.
fn blank(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.len() <= HEAD as u64)
}

fn fault(path: &Path, unusable: Unusable) -> Fault {
    match unusable {
        Unusable::Io(error) => Fault::Io(path.to_owned(), error),
        Unusable::Newer(format) => Fault::Newer(format),
        Unusable::Broken(what) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Fault::Damaged(format!("journal/{name}: {what}"))
        }
    }
}

fn in_words(segment: &Segment, gap: &Gap, acknowledged: Seq) -> String {
    let known = gap.durable.unwrap_or(acknowledged).max(acknowledged);
    format!("{}: {} at byte {}, after commit {} of {known}", segment.name(), gap.what, gap.at, gap.after)
}
