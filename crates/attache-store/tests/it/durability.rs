//! What a folder goes through.

use std::fs;
use std::path::Path;

use attache_store::{EventQuery, OpenError, Store};

use crate::sample::{at, call, commit};

fn text(day: i8) -> String {
    format!("Report of day {day}. {}", "More words. ".repeat(400))
}

/// Eight articles in several commits; days next to each other join.
fn filled(folder: &Path) {
    let store = Store::open(folder).unwrap();
    for day in 1..9 {
        commit(&store, &text(day), &[call(day)]);
    }
}

#[track_caller]
fn check_whole(store: &Store, when: &str) {
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new(), "{when}");
    assert_eq!(store.stats().unwrap().articles, 8, "{when}");
    assert_eq!(store.count(&EventQuery::default()).unwrap(), 4, "{when}");
    for day in 1..9 {
        assert!(store.has_text(&text(day)).unwrap(), "{when}: article {day}");
    }
}

fn copied(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(folder, copy.path());
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn cut(file: &Path, length: u64) {
    fs::File::options().write(true).open(file).unwrap().set_len(length).unwrap();
}

#[test]
fn reopening_shows_everything() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    for _ in 0..3 {
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.notes(), Vec::<String>::new());
        check_whole(&store, "reopened");
    }
}

#[test]
fn a_second_opening_is_told_who_holds_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let _held = Store::open(folder.path()).unwrap();
    for error in [Store::open(folder.path()).unwrap_err(), Store::repair(folder.path()).unwrap_err()] {
        assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    }
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
    assert!(Store::repair(folder.path()).is_err());
    assert_eq!(fs::read_to_string(&manifest).unwrap(), "format 9\ncommits 8\n");
}

/// What is made from the journal is made anew, and that is told.
#[track_caller]
fn check_made_anew(expected: &str, damage: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    damage(folder.path());
    let store = Store::open(folder.path()).unwrap();
    assert!(store.notes().iter().any(|note| note.contains(expected)), "{expected}: {:?}", store.notes());
    check_whole(&store, expected);
}

#[test]
fn lost_tables_are_made_anew_from_the_journal() {
    check_made_anew("not as they were closed", |folder| cut(&folder.join("sled/db"), 4096));
    check_made_anew("not as they were closed", |folder| cut(&folder.join("sled/db"), 0));
    check_made_anew("not as they were closed", |folder| fs::remove_dir_all(folder.join("sled")).unwrap());
    check_made_anew("MANIFEST is missing", |folder| fs::remove_file(folder.join("MANIFEST")).unwrap());
    check_made_anew("the machine stopped", |folder| {
        fs::write(folder.join("index.snap"), "whatever").unwrap();
        let said = "format 2\nopen after 3 boot another\n";
        let sum = crc32fast::hash(said.as_bytes());
        fs::write(folder.join("MANIFEST"), format!("{said}crc {sum:08x}\n")).unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    cut(&folder.path().join("sled/db"), 4096);
    let before = fs::read(folder.path().join("sled/db")).unwrap();
    drop(Store::open(folder.path()).unwrap());
    assert_eq!(
        fs::read(folder.path().join("sled.set-aside/db")).unwrap(),
        before,
        "what was set aside is kept"
    );
}

/// The journal's damage is refused with its file, and mended from sled.
#[track_caller]
fn check_mended(expected: &str, folder: &Path) {
    let before = fs::read(folder.join("journal/00000001.log")).ok();
    for _ in 0..2 {
        let error = Store::open(folder).unwrap_err();
        assert!(
            matches!(error, OpenError::Damaged { .. }) && error.to_string().contains(expected),
            "{error}"
        );
        assert!(
            fs::read(folder.join("journal/00000001.log")).ok() == before,
            "the refused files were changed"
        );
    }
    let notes = Store::repair(folder).unwrap();
    assert!(notes.iter().any(|note| note.contains(expected)), "{notes:?}");
    check_whole(&Store::open(folder).unwrap(), expected);
    let kept = folder.join("journal.damaged/00000001.log");
    assert_eq!(fs::read(kept).ok(), before, "the damaged journal is kept");
}

#[test]
fn a_damaged_journal_is_told_and_mended_from_sled() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let length = fs::metadata(folder.path().join("journal/00000001.log")).unwrap().len();
    for part in 0..20 {
        let place = length * part / 20;
        let copy = copied(folder.path());
        let file = copy.path().join("journal/00000001.log");
        let mut bytes = fs::read(&file).unwrap();
        bytes[usize::try_from(place).unwrap()] ^= 0x10;
        fs::write(&file, bytes).unwrap();
        check_mended("journal/00000001.log", copy.path());
        let copy = copied(folder.path());
        cut(&copy.path().join("journal/00000001.log"), place);
        check_mended("journal/00000001.log", copy.path());
    }
    let copy = copied(folder.path());
    fs::remove_dir_all(copy.path().join("journal")).unwrap();
    assert!(matches!(Store::open(copy.path()), Err(OpenError::Damaged { .. } | OpenError::Io { .. })));
    Store::repair(copy.path()).unwrap();
    check_whole(&Store::open(copy.path()).unwrap(), "no journal");
}

#[test]
fn a_manifest_that_does_not_read_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    fs::write(folder.path().join("MANIFEST"), "what is this").unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains("MANIFEST does not read"), "{error}");
    assert_eq!(Store::repair(folder.path()).unwrap().len(), 1);
    check_whole(&Store::open(folder.path()).unwrap(), "mended");
}

#[test]
fn a_store_whose_first_opening_was_cut_off_opens() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("MANIFEST.new"), "form").unwrap();
    fs::create_dir(folder.path().join("journal")).unwrap();
    fs::write(folder.path().join("journal/00000001.log"), "attac").unwrap();
    drop(Store::open(folder.path()).unwrap());
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.notes(), Vec::<String>::new());
    commit(&store, "Text.", &[call(3)]);
}

#[test]
fn a_torn_record_at_the_end_was_never_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for day in 1..9 {
        commit(&store, &text(day), &[call(day)]);
    }
    // As a killed process leaves it, with half a record more.
    let copy = copied(folder.path());
    drop(store);
    let file = copy.path().join("journal/00000001.log");
    let mut bytes = fs::read(&file).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    bytes.truncate(end);
    bytes.extend_from_slice(&[0xa7, b'a', b'j', b'1', 0, 0, 9, 9, 1, 2, 3, 4, 5]);
    bytes.resize(end + 4096, 0);
    fs::write(&file, bytes).unwrap();
    let store = Store::open(copy.path()).unwrap();
    assert!(store.notes().iter().any(|note| note.contains("never acknowledged")), "{:?}", store.notes());
    check_whole(&store, "torn");
    commit(&store, "After it.", &[]);
    drop(store);
    assert_eq!(Store::open(copy.path()).unwrap().stats().unwrap().articles, 9);
}

#[test]
fn the_past_is_what_was_said_then() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = crate::sample::new_events(commit(&store, &text(1), &[call(1)]))[0];
    store.correct(id, attache_store::Correction::Delete, "ann", "wrong", at(10)).unwrap();
    commit(&store, &text(8), &[call(8)]);
    for (then, events) in [(0, 2), (9, 2), (10, 1)] {
        let past = store.as_known(at(then)).unwrap();
        assert_eq!(past.count(&EventQuery::default()).unwrap(), events, "{then}");
        assert_eq!(past.event(id).unwrap().unwrap().deleted, then == 10);
        let to = tempfile::tempdir().unwrap();
        store.restore(at(then), to.path()).unwrap();
        let restored = Store::open(to.path()).unwrap();
        assert_eq!(restored.count(&EventQuery::default()).unwrap(), events);
        assert_eq!(restored.check().unwrap().faults, Vec::<String>::new());
        assert!(matches!(store.restore(at(then), to.path()), Err(OpenError::NotEmpty(_))));
    }
}

#[test]
fn many_small_segments_are_one_journal() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..3_u8 {
        let store = Store::open_with_segments_of(folder.path(), 16 << 10).unwrap();
        assert_eq!(store.notes(), Vec::<String>::new());
        for day in 1..9 {
            commit(&store, &format!("{round} {}", text(day)), &[call(day)]);
        }
    }
    let segments = fs::read_dir(folder.path().join("journal")).unwrap().count();
    assert!(segments > 5, "{segments} segments");
    // One in the middle loses a byte: found by the check, answered from its copy, mended.
    let file = folder.path().join("journal/00000003.log");
    let whole = fs::read(&file).unwrap();
    let mut bytes = whole.clone();
    bytes[5_000] ^= 4;
    fs::write(&file, bytes).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let faults = store.check().unwrap().faults;
    assert!(faults.iter().any(|fault| fault.contains("journal/00000003.log")), "{faults:?}");
    let all = |store: &Store| {
        let known = |round: u8, day| store.has_text(&format!("{round} {}", text(day))).unwrap();
        let events = store.all_events(&EventQuery::default()).unwrap().len();
        (0..3).all(|round| (1..9).all(|day| known(round, day))) && events == 4
    };
    assert!(all(&store));
    drop(store);
    let notes = Store::repair(folder.path()).unwrap();
    assert!(notes.iter().any(|note| note.contains("all 24 commits were found")), "{notes:?}");
    let store = Store::open(folder.path()).unwrap();
    assert!(all(&store));
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_compacted_journal_says_the_same_in_fewer_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let exported = |store: &Store| {
        let mut lines = Vec::new();
        store.export(&mut lines).unwrap();
        lines
    };
    let store = Store::open(folder.path()).unwrap();
    let subscription = attache_store::NewSubscription {
        guild: None,
        channel: 1,
        author: "ann".to_owned(),
        filter: attache_store::Filter::default(),
        plan: attache_store::Plan::default(),
    };
    store.subscribe(subscription, at(0)).unwrap();
    for day in 1..9 {
        commit(&store, &text(day), &[call(day)]);
        for delivery in store.claim("w", at(1), at(60), 9, &attache_store::Pace::one_by_one()).unwrap().0 {
            store.retry(delivery.id, delivery.fence, at(1), "later", at(1)).unwrap();
        }
    }
    let (before, waiting) = (exported(&store), store.stats().unwrap().waiting);
    let past = store.as_known(at(0)).unwrap().stats().unwrap();
    drop(store);
    let (had, has) = Store::compact(folder.path()).unwrap();
    assert!(has < had, "{had} to {has}");
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(exported(&store), before);
    assert_eq!(store.stats().unwrap().waiting, waiting);
    assert_eq!(store.as_known(at(0)).unwrap().stats().unwrap().events, past.events);
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_feeds_place_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let feed = "https://example.org/feed";
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.feed_mark(feed).unwrap(), None);
    store.set_feed_mark(feed, Some("item 7"), at(1)).unwrap();
    store.set_feed_mark("other", Some("item 1"), at(2)).unwrap();
    store.set_feed_mark("other", None, at(3)).unwrap();
    assert!(store.set_feed_mark("", Some("x"), at(4)).is_err());
    assert!(store.set_feed_mark(&"f".repeat(2_001), Some("x"), at(4)).is_err());
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.feed_mark(feed).unwrap().unwrap().place, "item 7");
    assert_eq!(store.feed_mark("other").unwrap(), None);
}

#[test]
fn a_last_segment_that_lost_all_is_not_taken_for_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_with_segments_of(folder.path(), 16 << 10).unwrap();
    for day in 1..9 {
        commit(&store, &text(day), &[call(day)]);
    }
    drop(store);
    let last =
        fs::read_dir(folder.path().join("journal")).unwrap().map(|entry| entry.unwrap().file_name()).max();
    let last = last.unwrap().into_string().unwrap();
    assert_ne!(last, "00000001.log");
    for damage in [&|file: &Path| cut(file, 0), &|file: &Path| cut(file, 20), &|file: &Path| {
        fs::write(file, vec![0; usize::try_from(fs::metadata(file).unwrap().len()).unwrap()]).unwrap();
    }] as [&dyn Fn(&Path); 3]
    {
        let copy = copied(folder.path());
        let file = copy.path().join("journal").join(&last);
        damage(&file);
        for _ in 0..2 {
            let error = Store::open(copy.path()).unwrap_err();
            assert!(error.to_string().contains(&format!("journal/{last}")), "{error}");
            assert!(file.exists(), "the refused file is gone");
        }
        Store::repair(copy.path()).unwrap();
        check_whole(&Store::open(copy.path()).unwrap(), "mended");
    }
}
