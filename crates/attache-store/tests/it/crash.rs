//! A writer is killed at any point; what it was told is stored must be there, whole.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use attache_store::{EventQuery, Filter, NewSubscription, Store};
use serde_json::json;

use crate::sample::{at, call, commit, with};

const FOLDER: &str = "ATTACHE_TEST_CRASH_FOLDER";
const FIRST: &str = "ATTACHE_TEST_CRASH_FIRST";

fn text(number: u32) -> String {
    format!("Report number {number}. {}", "Words that fill more than one piece. ".repeat(150))
}

/// The killed process: stores articles for ever and says which are stored. Runs only as a child.
#[test]
#[ignore = "started by the test below"]
fn writer() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let first = std::env::var(FIRST).unwrap().parse().unwrap();
    let store = Store::open(Path::new(&folder)).unwrap();
    let new = NewSubscription {
        guild: None,
        channel: 1,
        author: "ann".to_owned(),
        filter: Filter::default(),
        plan: Default::default(),
    };
    let _ = store.subscribe(new, at(0));
    for number in first.. {
        let event = |n: u32| {
            with(call(3), |event| {
                event["kind"] = json!("statement");
                event["subtype"] = json!("position");
                event["status"] = json!(null);
                event["scope"] = json!(format!("{number}/{n}"));
            })
        };
        commit(&store, &text(number), &[event(0), event(1)]);
        println!("stored {number}");
    }
}

fn start(folder: &Path, first: u32) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::writer", "--ignored", "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a writer some time after its `least`th acknowledgement, and returns how many articles are
/// acknowledged by then.
fn kill_one(folder: &Path, acknowledged: u32, least: usize, after: Duration) -> u32 {
    let mut child = start(folder, acknowledged);
    let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut stored = said.filter_map(|line| line.split("stored ").nth(1)?.trim().parse::<u32>().ok());
    let mut last = if least == 0 { None } else { stored.by_ref().take(least).last() };
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    last = stored.last().or(last);
    last.map_or(acknowledged, |number| number + 1)
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 0..10 {
        let least = usize::try_from(1 + round % 3).unwrap();
        acknowledged = kill_one(folder.path(), acknowledged, least, Duration::from_micros(400 * round));
        let store = Store::open(folder.path()).unwrap();
        let stats = store.stats().unwrap();
        let least = usize::try_from(acknowledged).unwrap();
        // The one in flight may be there, whole, without its acknowledgement.
        assert!((least..=least + 1).contains(&stats.articles), "{least} acknowledged, {stats:?}");
        assert_eq!(store.count(&EventQuery::default()).unwrap(), 2 * stats.articles);
        assert_eq!(stats.waiting, 2 * stats.articles);
        assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
        for number in 0..acknowledged {
            assert!(store.has_text(&text(number)).unwrap(), "article {number} is gone");
        }
        acknowledged = u32::try_from(stats.articles).unwrap();
    }
    assert!(acknowledged >= 10, "only {acknowledged} commits in all rounds: nothing was tested");
}

#[test]
fn a_kill_while_the_store_is_made_leaves_one_that_opens() {
    for after in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        kill_one(folder.path(), 0, 0, Duration::from_micros(700 * after));
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
    }
}
