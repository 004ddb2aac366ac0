//! Taking everything out and in.

use std::fs;

use attache_store::{Correction, EventQuery, ImportError, Store};

use crate::sample::{at, call, commit, duty, new_events};

fn exported(store: &Store) -> Vec<u8> {
    let mut out = Vec::new();
    store.export(&mut out).unwrap();
    out
}

#[test]
fn an_export_restores_everything_and_twice_changes_nothing() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let from = Store::open(a.path()).unwrap();
    let id = new_events(commit(&from, "Text.", &[call(3), duty("fentanyl tariff", 20, "2025-03-04")]))[0];
    from.correct(id, Correction::Delete, "ann", "wrong", at(4)).unwrap();
    let lines = exported(&from);
    let to = Store::open(b.path()).unwrap();
    let first = to.import(&mut lines.as_slice()).unwrap();
    assert_eq!((first.articles, first.events, first.known), (1, 2, 0));
    assert_eq!(exported(&to), lines);
    let second = to.import(&mut lines.as_slice()).unwrap();
    assert_eq!((second.articles, second.events, second.known), (0, 0, 4));
    assert!(to.check().unwrap().faults.is_empty());
    to.undo(to.history(1).unwrap()[0].id, "ann", at(5)).unwrap();
    assert_eq!(to.count(&EventQuery::default()).unwrap(), 2);
}

#[test]
fn a_wrong_line_is_named_and_nothing_is_imported() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let from = Store::open(a.path()).unwrap();
    commit(&from, "Text.", &[call(3)]);
    let good = String::from_utf8(exported(&from)).unwrap();
    let to = Store::open(b.path()).unwrap();
    let cases = [
        (good.replace("\"call\"", "\"reduce\""), 3, "no subtype"),
        (good.replace("Text.", "Tampered."), 2, "not that of article"),
        (good.replace("\"schema\":1", "\"schema\":7"), 1, "reads up to 1"),
        (good.lines().skip(1).map(|line| format!("{line}\n")).collect(), 1, "no header"),
        (format!("{good}{{\"type\":"), 4, "EOF"),
    ];
    for (text, number, expected) in cases {
        match to.import(&mut text.as_bytes()) {
            Err(ImportError::Line { line, what }) => {
                assert!(line == number && what.contains(expected), "{line}: {what}")
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(to.stats().unwrap().articles, 0);
}

#[test]
fn a_backup_is_verified_and_takes_no_files_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store")).unwrap();
    commit(&store, "Text.", &[call(3)]);
    let file = folder.path().join("backup.jsonl");
    assert_eq!(store.backup(&file).unwrap(), 3);
    assert!(store.backup(&file).is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
