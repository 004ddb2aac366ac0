//! Mending a folder whose files were damaged: what a segment of the journal lost comes back from its
//! twin, and sled is made anew from the journal.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::change::{Change, Seq};
use crate::engine::swap::{Reason, finish, swap};
use crate::journal::segment::{self, HEAD, Head, Segment, Unusable};
use crate::journal::{self, Journal, twin};
use crate::manifest::{Fault, Manifest, State};

/// What the files of a journal still hold.
#[derive(Debug, Default)]
struct Salvage {
    changes: BTreeMap<Seq, Change>,
    faults: Vec<String>,
}

impl Salvage {
    fn last(&self) -> Seq {
        self.changes.last_key_value().map_or(0, |(seq, _)| *seq)
    }

    /// Commits that are in no file.
    fn lost(&self, acknowledged: Seq) -> Vec<String> {
        let mut lost = Vec::new();
        let mut expected = 1;
        for seq in self.changes.keys().copied().chain([acknowledged + 1]) {
            if seq > expected {
                lost.push(format!("commits {expected} to {} are in no file", seq - 1));
            }
            expected = expected.max(seq + 1);
        }
        lost
    }
}

/// Mends a folder that no process has open and says what was done; nothing where nothing was wrong.
/// Files that are replaced are kept beside.
///
/// # Errors
/// When the files cannot be read or written; what was there is still there.
pub(crate) fn repair(folder: &Path) -> Result<Vec<String>, String> {
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
    let new = folder.join("journal.repaired");
    finish(folder).map_err(told(folder))?;
    let mut salvage = salvage(&place)?;
    if salvage.last() < acknowledged {
        let last = salvage.last();
        salvage.faults.push(format!("the journal ends with commit {last}, {acknowledged} were acknowledged"));
    }
    if !salvage.faults.is_empty() {
        notes.append(&mut salvage.faults);
        let lost = salvage.lost(acknowledged);
        if lost.is_empty() {
            notes.push(format!("all {} commits were found, in the journal or in its copy", salvage.last()));
        }
        notes.extend(lost);
        for unfinished in [&new, &twin::folder(&new)] {
            if unfinished.exists() {
                fs::remove_dir_all(unfinished).map_err(told(unfinished))?;
            }
        }
        let journal = Journal::create(&new, 0).map_err(told(&new))?;
        for change in salvage.changes.values() {
            journal.append(change)?;
        }
        journal.close()?;
        drop(journal);
        match fs::remove_file(folder.join("index.snap")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.to_string()),
            _ => {}
        }
        // sled's places are those of the old journal.
        Manifest::write(folder, State::Open { boot: String::new(), after: 0 }).map_err(told(folder))?;
        if let Some(name) = swap(folder, &new, Reason::Repaired).map_err(told(folder))? {
            notes.push(format!("the damaged journal is kept in {name}"));
        }
    }
    let last = Journal::open(&place, 0).map_err(|fault| fault.to_string())?.0.last();
    // No run of the machine has this name: sled is made anew at the next opening.
    Manifest::write(folder, State::Open { boot: String::new(), after: last }).map_err(told(folder))?;
    Ok(notes)
}

/// Every whole record of the segments and their twins, whatever lies between.
fn salvage(place: &Path) -> Result<Salvage, String> {
    let mut salvage = Salvage::default();
    let files =
        if place.is_dir() { journal::files(place).map_err(|error| error.to_string())? } else { Vec::new() };
    let files: BTreeMap<u32, PathBuf> = files.into_iter().collect();
    let twins = twin::numbers(place).map_err(|error| error.to_string())?;
    let numbers: BTreeSet<u32> = files.keys().chain(&twins).copied().collect();
    if numbers.is_empty() {
        salvage.faults.push("the journal is missing".to_owned());
    }
    let mut length_before = None;
    for number in numbers {
        let name = format!("journal/{number:08}.log");
        let mut length = None;
        match files.get(&number) {
            None => salvage.faults.push(format!("{name}: it is missing")),
            Some(path) => {
                let bytes = fs::read(path).map_err(|error| format!("{name}: {error}"))?;
                length = Some(bytes.len() as u64);
                let after = match Segment::open(path.clone()) {
                    Ok(segment) => {
                        if length_before.is_some_and(|before| before != segment.head.before.0) {
                            salvage
                                .faults
                                .push(format!("{name}: the segment before it is not as it was closed"));
                        }
                        segment.head.after
                    }
                    Err(Unusable::Newer(format)) => {
                        return Err(format!("{name}: format {format} is of a later release"));
                    }
                    Err(Unusable::Io(error)) => return Err(format!("{name}: {error}")),
                    Err(Unusable::Broken(what)) => {
                        salvage.faults.push(format!("{name}: {what}"));
                        0
                    }
                };
                take(&mut salvage, &bytes, after, &name)?;
            }
        }
        match twin::read(place, number) {
            Ok(None) => {}
            Ok(Some(bytes)) => {
                let known = salvage.last();
                take(&mut salvage, &bytes, 0, &twin::name(number))?;
                if salvage.last() > known {
                    salvage.faults.push(format!(
                        "{name}: it ends with commit {known}, its copy with {}",
                        salvage.last()
                    ));
                }
            }
            Err(what) => salvage.faults.push(what),
        }
        length_before = length;
    }
    salvage.faults.dedup();
    Ok(salvage)
}

/// Takes a segment's whole records, where no other file gave them yet.
fn take(salvage: &mut Salvage, bytes: &[u8], after: Seq, name: &str) -> Result<(), String> {
    let changes = &mut salvage.changes;
    let scan = segment::scan(bytes, Head { after, before: (0, 0) }, |_, record| {
        changes.entry(record.seq).or_insert(record.change);
        Ok(())
    })?;
    for gap in scan.gaps {
        salvage.faults.push(format!("{name}: {} at byte {}, after commit {}", gap.what, gap.at, gap.after));
    }
    if bytes.len() < HEAD {
        salvage.faults.push(format!("{name}: it has {} bytes", bytes.len()));
    }
    Ok(())
}
