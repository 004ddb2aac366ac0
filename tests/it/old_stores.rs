//! Every store that a release wrote opens in this one: `tests/old-stores/` keeps real ones.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use attache_store::{OpenError, Store};

fn kept(format: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("old-stores").join(format)
}

/// A folder of format 1 as its release left it: ten articles and one that joined, two corrections and
/// an undo, a subscription with two deliveries that wait.
fn format_1() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (from, sled) = (kept("format-1"), folder.path().join("sled"));
    fs::create_dir_all(sled.join("blobs")).unwrap();
    fs::copy(from.join("MANIFEST"), folder.path().join("MANIFEST")).unwrap();
    for file in ["conf", "snap.00000000000171E3"] {
        fs::copy(from.join(file), sled.join(file)).unwrap();
    }
    let mut bytes = Vec::new();
    let packed = fs::File::open(from.join("db.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    fs::write(sled.join("db"), bytes).unwrap();
    folder
}

fn lines(text: &str) -> Vec<&str> {
    // The header names the program.
    text.lines().skip(1).collect()
}

#[test]
fn a_store_of_format_1_is_taken_over_whole() {
    let folder = format_1();
    let expected = fs::read_to_string(kept("format-1").join("export.jsonl")).unwrap();
    for opening in 0..2 {
        let store = Store::open(folder.path()).unwrap();
        let mut exported = Vec::new();
        store.export(&mut exported).unwrap();
        let exported = String::from_utf8(exported).unwrap();
        assert_eq!(lines(&exported), lines(&expected), "opening {opening}");
        let stats = store.stats().unwrap();
        assert_eq!((stats.articles, stats.events, stats.subscriptions, stats.waiting), (11, 44, 1, 2));
        assert_eq!(store.history(9).unwrap().len(), 3);
        assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
        assert_eq!(store.notes().len(), 1 - opening, "{:?}", store.notes());
    }
}

#[test]
fn a_migration_that_was_cut_off_begins_again() {
    let folder = format_1();
    for unfinished in ["journal.new", "journal", "journal.copy"] {
        fs::create_dir(folder.path().join(unfinished)).unwrap();
        fs::write(folder.path().join(unfinished).join("00000001.log"), "half").unwrap();
    }
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.stats().unwrap().articles, 11);
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_format_1_store_that_lost_commits_is_refused_as_it_is() {
    let folder = format_1();
    let data = folder.path().join("sled/db");
    fs::File::options().write(true).open(&data).unwrap().set_len(4096).unwrap();
    let manifest = fs::read(folder.path().join("MANIFEST")).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(OpenError::Damaged { .. })));
    assert_eq!(fs::read(folder.path().join("MANIFEST")).unwrap(), manifest);
}
