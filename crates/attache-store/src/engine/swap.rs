//! Putting a rewritten journal in the place of the one there. One rename decides it; what a crash cuts
//! off after that is finished at the next opening.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::journal::twin;

/// A compacted journal that takes the other's place; that one is dropped.
const COMPACTED: &str = "journal.next";

/// A repaired one; the other is kept.
const REPAIRED: &str = "journal.mended";

/// What is kept of a damaged journal.
const DAMAGED: &str = "journal.damaged";

/// Why a journal is rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Compacted,
    Repaired,
}

/// Puts the whole and synced journal in `new` in the place of the folder's. Gives the name under which
/// the old one is kept, where it is.
pub(super) fn swap(folder: &Path, new: &Path, reason: Reason) -> io::Result<Option<String>> {
    let next = match reason {
        Reason::Compacted => COMPACTED,
        Reason::Repaired => REPAIRED,
    };
    // Copies are made anew of what lies in the journal's place.
    drop_folder(&twin::folder(new))?;
    fs::rename(new, folder.join(next))?;
    sync(folder)?;
    finish(folder)
}

/// Finishes a swap that was cut off.
pub(super) fn finish(folder: &Path) -> io::Result<Option<String>> {
    let place = folder.join("journal");
    let before = folder.join("journal.before");
    let mut kept = None;
    for (next, keep) in [(folder.join(REPAIRED), true), (folder.join(COMPACTED), false)] {
        if !next.is_dir() {
            continue;
        }
        if place.exists() {
            let aside = if keep { free(folder) } else { before.clone() };
            drop_folder(&before)?;
            fs::rename(&place, &aside)?;
            sync(folder)?;
            kept = aside.file_name().filter(|_| keep).map(|name| name.to_string_lossy().into_owned());
        }
        let copy = twin::folder(&place);
        if copy.exists() && keep {
            let name = kept.clone().unwrap_or_else(|| DAMAGED.to_owned());
            let aside = twin::folder(&folder.join(name));
            if !aside.exists() {
                fs::rename(&copy, aside)?;
            }
        }
        drop_folder(&copy)?;
        sync(folder)?;
        fs::rename(&next, &place)?;
        sync(folder)?;
    }
    if place.exists() {
        drop_folder(&before)?;
    }
    Ok(kept)
}

fn drop_folder(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The name, with a number where it is taken.
fn free(folder: &Path) -> PathBuf {
    let names = std::iter::once(DAMAGED.to_owned()).chain((2..).map(|n| format!("{DAMAGED}-{n}")));
    names.map(|name| folder.join(name)).find(|path| !path.exists()).unwrap_or_else(|| folder.join(DAMAGED))
}
