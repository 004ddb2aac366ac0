//! Taking everything out and in.

use std::fs;

use attache_store::{Correction, EventQuery, ImportError, Store};

use crate::sample::{at, call, commit, duty, joined_events, new_events};

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
    let first = to.import(&mut lines.as_slice(), at(9)).unwrap();
    assert_eq!((first.articles, first.events, first.known), (1, 2, 0));
    assert_eq!(exported(&to), lines);
    let second = to.import(&mut lines.as_slice(), at(9)).unwrap();
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
        (good.replace("\"schema\":2", "\"schema\":7"), 1, "reads up to 2"),
        (good.lines().skip(1).map(|line| format!("{line}\n")).collect(), 1, "no header"),
        (format!("{good}{{\"type\":"), 4, "EOF"),
        (
            good.lines().enumerate().filter(|(n, _)| *n != 1).map(|(_, line)| format!("{line}\n")).collect(),
            2,
            "article",
        ),
        (format!("{good}{good}"), 4, "second header"),
    ];
    for (text, number, expected) in cases {
        match to.import(&mut text.as_bytes(), at(9)) {
            Err(ImportError::Line { line, what }) => {
                assert!(line == number && what.contains(expected), "{line}: {what}")
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(to.stats().unwrap().articles, 0);
}

#[test]
fn two_stores_unite_their_sources_and_changes() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, two) = (Store::open(a.path()).unwrap(), Store::open(b.path()).unwrap());
    let id = new_events(commit(&one, "Text.", &[call(3)]))[0];
    two.import(&mut exported(&one).as_slice(), at(9)).unwrap();
    assert_eq!(joined_events(commit(&one, "Second.", &[call(3)])), [id]);
    assert_eq!(joined_events(commit(&two, "Third.", &[call(3)])), [id]);
    let other = new_events(commit(&one, "Fourth.", &[call(20)]))[0];
    one.correct(other, Correction::Delete, "ann", "wrong", at(4)).unwrap();
    two.correct(id, Correction::Delete, "ben", "wrong too", at(5)).unwrap();
    for _ in 0..2 {
        two.import(&mut exported(&one).as_slice(), at(9)).unwrap();
        let stored = two.event(id).unwrap().unwrap();
        assert_eq!((stored.sources.len(), stored.deleted), (3, true));
        let authors: Vec<_> =
            two.history(9).unwrap().into_iter().map(|entry| (entry.id.0, entry.author)).collect();
        assert_eq!(authors, [(2, "ann".to_owned()), (1, "ben".to_owned())]);
    }
    assert!(two.check().unwrap().faults.is_empty());
    two.undo(two.history(1).unwrap()[0].id, "ann", at(9)).unwrap();
    assert!(!two.event(other).unwrap().unwrap().deleted);
}

#[test]
fn an_export_names_things_by_their_ids() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = new_events(commit(&store, "Text.", &[call(3)]))[0];
    assert!(String::from_utf8(exported(&store)).unwrap().contains(&format!("\"id\":\"{id}\"")));
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
