//! Mending a folder whose files were damaged: what the journal lost comes back from sled, and sled is
//! made anew from the journal.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::change::{Act, Change, Seq};
use crate::engine::{Put, Table, Tables};
use crate::journal::segment::{self, HEAD, Head, Segment, Unusable};
use crate::journal::{self, Journal};
use crate::manifest::{Fault, Manifest, State};
use crate::row;

/// Rows put back in one record.
const PART: usize = 500;

/// What the files of a journal still hold.
#[derive(Debug, Default)]
struct Salvage {
    changes: Vec<Change>,
    last: Seq,
    faults: Vec<String>,
}

/// Mends a folder that no process has open and says what was done; nothing where nothing was wrong.
/// Files that are replaced are kept beside.
///
/// # Errors
/// When the files cannot be read or written; what was there is still there.
pub(crate) fn repair(folder: &Path, now: Timestamp) -> Result<Vec<String>, String> {
    let told = |path: &Path| {
        let path = path.display().to_string();
        move |error: io::Error| format!("{path}: {error}")
    };
    let place = folder.join("journal");
    let mut notes = Vec::new();
    let acknowledged = match Manifest::read(folder) {
        Ok(Some(Manifest { state: State::Closed { at, .. } | State::Open { after: at, .. } })) => at,
        Ok(None) => 0,
        Err(Fault::Unreadable(what)) => {
            notes.push(what);
            0
        }
        Err(Fault::Other(format)) => return Err(format!("format {format} is not this release's")),
        Err(Fault::Io(error)) => return Err(error.to_string()),
    };
    let mut salvage = salvage(&place)?;
    if salvage.last < acknowledged {
        salvage
            .faults
            .push(format!("the journal ends with commit {}, {acknowledged} were acknowledged", salvage.last));
    }
    if !salvage.faults.is_empty() {
        notes.append(&mut salvage.faults);
        let new = folder.join("journal.repaired");
        if new.exists() {
            fs::remove_dir_all(&new).map_err(told(&new))?;
        }
        let journal = Journal::create(&new, 0).map_err(told(&new))?;
        for change in &salvage.changes {
            journal.append(change)?;
        }
        notes.push(put_back(&folder.join("sled"), &journal, &salvage, now)?);
        journal.close()?;
        let kept = free_name(folder, "journal.damaged");
        if place.exists() {
            fs::rename(&place, &kept).map_err(told(&place))?;
        }
        fs::rename(&new, &place).map_err(told(&new))?;
        let name = kept.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        notes.push(format!("the damaged journal is kept in {name}"));
        match fs::remove_file(folder.join("index.snap")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.to_string()),
            _ => {}
        }
        File::open(folder).and_then(|file| file.sync_all()).map_err(told(folder))?;
    }
    let last = Journal::open(&place, 0).map_err(|fault| format!("{fault:?}"))?.0.last();
    // No run of the machine has this name: sled is made anew at the next opening.
    Manifest::write(folder, State::Open { boot: String::new(), after: last }).map_err(told(folder))?;
    Ok(notes)
}

/// Every whole record, whatever lies between.
fn salvage(place: &Path) -> Result<Salvage, String> {
    let mut salvage = Salvage::default();
    let files =
        if place.is_dir() { journal::files(place).map_err(|error| error.to_string())? } else { Vec::new() };
    if files.is_empty() {
        salvage.faults.push("the journal is missing".to_owned());
    }
    let mut before: Option<(u32, u64)> = None;
    for (number, path) in files {
        let name = format!("journal/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let bytes = fs::read(&path).map_err(|error| format!("{name}: {error}"))?;
        let head = match Segment::open(path) {
            Ok(segment) => {
                if let Some((earlier, length)) = before {
                    if earlier + 1 != number {
                        salvage.faults.push(format!("{name}: the segment before it is missing"));
                    } else if length != segment.head.before.0 {
                        salvage.faults.push(format!(
                            "{name}: the segment before it has {length} bytes and was closed with {}",
                            segment.head.before.0
                        ));
                    }
                }
                segment.head
            }
            Err(Unusable::Newer(format)) => {
                return Err(format!("{name}: format {format} is of a later release"));
            }
            Err(Unusable::Io(error)) => return Err(format!("{name}: {error}")),
            Err(Unusable::Broken(what)) => {
                salvage.faults.push(format!("{name}: {what}"));
                Head { after: salvage.last, before: (0, 0) }
            }
        };
        before = Some((number, bytes.len() as u64));
        let head = Head { after: salvage.last.min(head.after), ..head };
        let scan = segment::scan(&bytes, head, |_, record| {
            salvage.last = record.seq;
            salvage.changes.push(record.change);
            Ok(())
        })?;
        for gap in scan.gaps {
            salvage
                .faults
                .push(format!("{name}: {} at byte {}, after commit {}", gap.what, gap.at, gap.after));
        }
        if bytes.len() < HEAD {
            salvage.faults.push(format!("{name}: {} bytes", bytes.len()));
        }
    }
    salvage.faults.dedup();
    Ok(salvage)
}

/// Appends the rows that sled has otherwise than the salvaged records say, and tells how many.
fn put_back(sled: &Path, journal: &Journal, salvage: &Salvage, now: Timestamp) -> Result<String, String> {
    if !sled.join("db").exists() {
        return Ok("there is no sled folder to take lost rows from".to_owned());
    }
    let tables = match Tables::open(sled).and_then(|tables| Ok((tables.applied()?, tables))) {
        Ok((applied, tables)) if applied >= salvage.last => tables,
        Ok((applied, _)) => {
            return Ok(format!(
                "sled holds {applied} commits of {}: lost rows could not be taken from it",
                salvage.last
            ));
        }
        Err(what) => return Ok(format!("sled did not open, lost rows could not be taken from it: {what}")),
    };
    let mut known: HashMap<(Table, &[u8]), Option<u32>> = HashMap::new();
    for put in salvage.changes.iter().flat_map(|change| &change.puts) {
        known.insert((put.table, &put.key), put.value.as_ref().map(|value| crc32fast::hash(value)));
    }
    let mut back = Vec::new();
    for table in Table::ALL {
        let read = tables.scan(table, &[], &[u8::MAX; 64], false, &mut |key, value| {
            let whole = table == Table::Waiting || row::intact(value);
            if whole && known.get(&(table, key)) != Some(&Some(crc32fast::hash(value))) {
                back.push(Put { table, key: key.to_vec(), value: Some(value.to_vec()) });
            }
            ControlFlow::Continue(())
        });
        read.map_err(|error| error.to_string())?;
    }
    for part in back.chunks(PART) {
        let change = Change { at: now, act: Act::Repair, author: "program".to_owned(), puts: part.to_vec() };
        journal.append(&change)?;
    }
    Ok(format!("{} rows were put back from sled", back.len()))
}

/// The name, with a number where it is taken.
fn free_name(folder: &Path, name: &str) -> PathBuf {
    let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name}-{n}")));
    names.map(|name| folder.join(name)).find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}
