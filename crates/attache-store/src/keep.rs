//! A copy of sled's files from before sled looks at them. Its recovery zeroes what it takes for
//! torn, so files that are shorter than they were are kept until the store has proven whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

fn copy_of(folder: &Path) -> PathBuf {
    folder.join("sled.before")
}

/// Copies sled's folder, files synced, in place when whole.
pub(crate) fn copy(folder: &Path) -> io::Result<()> {
    let unfinished = folder.join("sled.copying");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    copy_folder(&folder.join("sled"), &unfinished)?;
    fs::rename(&unfinished, copy_of(folder))?;
    File::open(folder)?.sync_all()
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            File::open(&target)?.sync_all()?;
        }
    }
    File::open(to)?.sync_all()
}

/// Puts the copy back in sled's place, where there is one: also after a crash in between.
pub(crate) fn put_back(folder: &Path) -> io::Result<()> {
    if !copy_of(folder).exists() {
        return Ok(());
    }
    let inner = folder.join("sled");
    if inner.exists() {
        fs::remove_dir_all(&inner)?;
    }
    fs::rename(copy_of(folder), inner)?;
    File::open(folder)?.sync_all()
}

/// Moves sled's folder out of the way.
pub(crate) fn set_aside(folder: &Path) -> io::Result<()> {
    let aside = folder.join("sled.unreadable");
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(folder.join("sled"), aside)?;
    File::open(folder)?.sync_all()
}

/// Drops the copy: the store is whole.
pub(crate) fn forget(folder: &Path) -> io::Result<()> {
    // Renamed first, so that a crash half-way leaves no half copy to be put back.
    let unfinished = folder.join("sled.copying");
    fs::rename(copy_of(folder), &unfinished)?;
    fs::remove_dir_all(unfinished)
}
