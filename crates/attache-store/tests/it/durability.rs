//! What a folder goes through.

use std::fs;
use std::path::Path;

use attache_store::{OpenError, Store};

use crate::sample::{call, commit};

fn filled(folder: &Path) {
    let store = Store::open(folder).unwrap();
    for day in 1..9 {
        commit(&store, &format!("Report of day {day}. {}", "More words. ".repeat(400)), &[call(day)]);
    }
}

#[test]
fn reopening_shows_everything() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let stats = store.stats().unwrap();
    // Days next to each other join: the two sides of an ocean date one call a day apart.
    assert_eq!(stats.articles, 8);
    assert!(store.check().unwrap().faults.is_empty());
}

#[test]
fn a_second_opening_is_told_who_holds_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let _held = Store::open(folder.path()).unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
}

#[test]
fn a_file_is_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(Store::open(&file), Err(OpenError::NotAFolder(_))));
}

#[test]
fn a_newer_format_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let manifest = folder.path().join("MANIFEST");
    fs::write(&manifest, "format 9\ncommits 8\n").unwrap();
    assert!(matches!(Store::open(folder.path()), Err(OpenError::Newer { found: 9, .. })));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), "format 9\ncommits 8\n");
}

#[track_caller]
fn check_damage(damage: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    damage(folder.path());
    let data = folder.path().join("sled/db");
    let before = fs::read(&data).ok();
    for _ in 0..2 {
        let error = Store::open(folder.path()).unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
        assert!(fs::read(&data).ok() == before, "the refused files were changed");
    }
}

#[test]
fn damage_is_told_never_taken_for_an_empty_store() {
    check_damage(|folder| {
        fs::File::options().write(true).open(folder.join("sled/db")).unwrap().set_len(4096).unwrap()
    });
    check_damage(|folder| {
        fs::File::options().write(true).open(folder.join("sled/db")).unwrap().set_len(0).unwrap()
    });
    check_damage(|folder| fs::remove_dir_all(folder.join("sled")).unwrap());
    check_damage(|folder| fs::write(folder.join("MANIFEST"), "what is this").unwrap());
    check_damage(|folder| fs::remove_file(folder.join("MANIFEST")).unwrap());
}

#[test]
fn a_file_cut_anywhere_is_refused_or_whole() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let whole = fs::read(folder.path().join("sled/db")).unwrap();
    for part in 1..16 {
        let copy = copied(folder.path(), &whole[..whole.len() * part / 16]);
        if let Ok(store) = Store::open(copy.path()) {
            assert_eq!(store.stats().unwrap().articles, 8);
            assert!(store.check().unwrap().faults.is_empty());
        }
    }
}

#[test]
fn a_store_whose_first_opening_was_cut_off_opens() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("MANIFEST.new"), "form").unwrap();
    drop(Store::open(folder.path()).unwrap());
    // Cut off after the manifest, within sled's first writes.
    fs::write(folder.path().join("sled/conf"), "half").unwrap();
    fs::File::options().write(true).open(folder.path().join("sled/db")).unwrap().set_len(100).unwrap();
    let store = Store::open(folder.path()).unwrap();
    commit(&store, "Text.", &[call(3)]);
}

/// A copy of a store's folder with other bytes in sled's file.
fn copied(folder: &Path, data: &[u8]) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    fs::create_dir(copy.path().join("sled")).unwrap();
    fs::copy(folder.join("sled/conf"), copy.path().join("sled/conf")).unwrap();
    fs::copy(folder.join("MANIFEST"), copy.path().join("MANIFEST")).unwrap();
    fs::write(copy.path().join("sled/db"), data).unwrap();
    copy
}

#[test]
fn flipped_bytes_are_an_error_or_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let data = folder.path().join("sled/db");
    let whole = fs::read(&data).unwrap();
    let used = whole.iter().rposition(|byte| *byte != 0).unwrap();
    for place in 1..20 {
        let mut bytes = whole.clone();
        bytes[used * place / 20] ^= 0x10;
        let copy = copied(folder.path(), &bytes);
        if let Ok(store) = Store::open(copy.path()) {
            let whole = store.check().is_ok_and(|report| report.faults.is_empty());
            assert!(
                !whole || store.stats().unwrap().articles == 8,
                "place {place}: articles lost without a word"
            );
        }
    }
}
