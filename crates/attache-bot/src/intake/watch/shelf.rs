//! Where files go that were read: under a name that is free and can be shown, what is said of them beside.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::look::Look;
use super::reading::Verdict;

/// Of files whose articles are stored.
pub(super) const TAKEN: &str = "taken";
/// Of others.
pub(super) const REFUSED: &str = "refused";
/// Both.
pub(super) const ALL: [&str; 2] = [TAKEN, REFUSED];

/// What the name of a note ends with.
const NOTE: &str = ".reason.txt";
/// Longest name of a file, in bytes; systems take 255, and a number and a note's ending are added.
const LONGEST: usize = 200;

/// A name that a terminal and a log can show, and every system can take.
pub(super) fn plain(name: &OsStr) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = name.to_string_lossy();
    let mut plain: String = text.chars().map(|c| if c.is_control() || turns(c) { '_' } else { c }).collect();
    plain.truncate(plain.floor_char_boundary(LONGEST));
    plain
}

/// Moves a file onto its shelf, its note first: a note without a file harms nobody, a file without a note
/// leaves its owner puzzled.
pub(super) fn put_away(folder: &Path, name: &OsStr, look: &Look, verdict: &Verdict) -> io::Result<()> {
    let shelf = folder.join(verdict.shelf());
    fs::create_dir_all(&shelf)?;
    let (target, note) = free(&shelf, &plain(name));
    if let Some(text) = verdict.note() {
        File::options().write(true).create_new(true).open(&note)?.write_all(text.as_bytes())?;
    }
    let from = folder.join(name);
    let moved = fs::rename(&from, &target).and_then(|()| {
        let same = target.symlink_metadata().is_ok_and(|data| Look::of(&data) == *look);
        // Somebody put another file in its place, which nobody has read.
        if same { Ok(()) } else { fs::rename(&target, &from) }
    });
    if moved.is_err() || !target.exists() && look.other.is_none() {
        // It is of no use without its file.
        let _ = fs::remove_file(&note);
    }
    moved
}

/// A place on the shelf that is free together with its note's.
fn free(shelf: &Path, name: &str) -> (PathBuf, PathBuf) {
    let mut number = 1_u64;
    loop {
        let numbered = if number == 1 { name.to_owned() } else { format!("{number}-{name}") };
        let (target, note) = (shelf.join(&numbered), shelf.join(format!("{numbered}{NOTE}")));
        if [&target, &note].iter().all(|path| path.symlink_metadata().is_err()) {
            return (target, note);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(plain(OsStr::new(name)), expected);
    }

    #[test]
    fn names_are_made_plain() {
        check("notice of 23 May.pdf", "notice of 23 May.pdf");
        check("a\nb\u{1b}[31m\u{202e}fdp.exe", "a_b_[31m_fdp.exe");
        check(&"é".repeat(150), &"é".repeat(100));
    }
}
