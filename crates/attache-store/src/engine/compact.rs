//! Making a journal smaller: what deliveries and counters were in between is dropped; articles,
//! events, corrections and subscriptions keep their history, and every commit its number and time.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::change::{Change, Seq};
use crate::engine::Table;
use crate::engine::swap::{Reason, finish, swap};
use crate::journal::{Journal, twin};
use crate::manifest::{Manifest, State};

/// Tables whose rows matter only as they are last.
const PASSING: [Table; 6] =
    [Table::Outbox, Table::Waiting, Table::Meta, Table::Feed, Table::Call, Table::Aside];

/// Rewrites the journal of a folder that no process has open, and says how many bytes it had and has.
/// The old journal is there until the new one has proven to lead to the same rows.
pub(crate) fn compact(folder: &Path) -> Result<(u64, u64), String> {
    let told = |error: io::Error| error.to_string();
    let place = folder.join("journal");
    finish(folder).map_err(told)?;
    let manifest = Manifest::read(folder).map_err(|fault| fault.told(folder).to_string())?;
    let Some(Manifest { state: State::Closed { at, .. } }) = manifest else {
        return Err("the store was not closed in order; open it once, then compact it".to_owned());
    };
    let (old, _) = Journal::open(&place, at).map_err(|fault| fault.to_string())?;
    let mut last: HashMap<(Table, Vec<u8>), Seq> = HashMap::new();
    old.visit(0, &mut |record, _| {
        let passing = record.change.puts.into_iter().filter(|put| PASSING.contains(&put.table));
        last.extend(passing.map(|put| ((put.table, put.key), record.seq)));
        Ok(())
    })?;
    let new_place = folder.join("journal.compacted");
    for unfinished in [&new_place, &twin::folder(&new_place)] {
        if unfinished.exists() {
            fs::remove_dir_all(unfinished).map_err(told)?;
        }
    }
    let new = Journal::create(&new_place, 0).map_err(told)?;
    old.visit(0, &mut |record, _| {
        let Change { at, act, author, puts } = record.change;
        let kept = |put: &crate::engine::Put| {
            !PASSING.contains(&put.table) || last.get(&(put.table, put.key.clone())) == Some(&record.seq)
        };
        let puts = puts.into_iter().filter(kept).collect();
        new.append(&Change { at, act, author, puts }).map(|_| ())
    })?;
    new.close()?;
    if sums(&old)? != sums(&new)? {
        return Err("the smaller journal does not lead to the same rows; the old one stays".to_owned());
    }
    let sizes = (old.bytes(), new.bytes());
    // Places will have moved: sled and the index are made anew. Writing the manifest syncs the folder,
    // and so the removal, before the swap.
    match fs::remove_file(folder.join("index.snap")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(told(error)),
        _ => {}
    }
    Manifest::write(folder, State::Open { boot: String::new(), after: at }).map_err(told)?;
    drop((old, new));
    swap(folder, &new_place, Reason::Compacted).map_err(told)?;
    Ok(sizes)
}

/// CRC-32 of the last value of each key.
fn sums(journal: &Journal) -> Result<HashMap<(Table, Vec<u8>), u32>, String> {
    Ok(journal.rows()?.into_iter().map(|(key, (_, sum))| (key, sum)).collect())
}
