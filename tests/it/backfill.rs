//! Many articles at once, through the real binary: cut off and gone on with, from folders and from lines.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use attache_tests::binary::attache;
use attache_tests::made_up;
use serde_json::Value;

const ARTICLES: usize = 900;

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(attache());
    command.args(args).current_dir(folder).env_remove("DISCORD_TOKEN").stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn run(folder: &Path, args: &[&str]) -> String {
    let Output { status, stdout, stderr } = command(folder, args).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{args:?}: {text}");
    text
}

/// Everything stored, without the instants at which it was.
fn stored(folder: &Path) -> Vec<Value> {
    run(folder, &["export", "all.jsonl"]);
    let text = fs::read_to_string(folder.join("all.jsonl")).unwrap();
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.iter_mut().for_each(forget_when);
    lines
}

fn forget_when(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for name in ["stored", "known_since", "at"] {
                fields.remove(name);
            }
            fields.values_mut().for_each(forget_when);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_when),
        _ => {}
    }
}

fn lines(count: usize) -> String {
    (0..count).map(|number| made_up::article(7, number) + "\n").collect()
}

/// Starts to read so many times and kills each; `false` where one was done before.
fn killed(folder: &Path, times: usize, pause: Duration) -> bool {
    for _ in 0..times {
        let mut child = command(folder, &["ingest", "past.jsonl"]).spawn().unwrap();
        std::thread::sleep(pause);
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    true
}

#[test]
fn a_backfill_killed_five_times_is_one_that_was_left_alone() {
    let calm = tempfile::tempdir().unwrap();
    fs::write(calm.path().join("past.jsonl"), lines(ARTICLES)).unwrap();
    // Built before the clock runs.
    let _ = attache();
    let began = Instant::now();
    let told = run(calm.path(), &["ingest", "past.jsonl"]);
    assert!(told.contains("articles were known") && told.contains("later versions"), "{told}");
    // How fast the machine is just then nobody knows: a run that is over too soon, or that never got to
    // store anything, is made again with another pause.
    let mut pause = began.elapsed() / 16 + Duration::from_millis(40);
    let mut torn = None;
    for _ in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("past.jsonl"), lines(ARTICLES)).unwrap();
        if !killed(folder.path(), 5, pause) {
            pause /= 2;
        } else if run(folder.path(), &["ingest", "past.jsonl"]).contains("goes on behind line ") {
            torn = Some(folder);
            break;
        } else {
            pause = pause * 3 / 2;
        }
    }
    let torn = torn.unwrap();
    let (expected, found) = (stored(calm.path()), stored(torn.path()));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    run(torn.path(), &["check"]);
    // Once done it is done: the next run reads all of it again and stores nothing.
    let again = run(torn.path(), &["ingest", "past.jsonl"]);
    assert!(again.contains("0 articles stored") && !again.contains("goes on"), "{again}");
}

#[test]
fn a_folder_is_read_in_order_and_says_what_is_no_article() {
    let folder = tempfile::tempdir().unwrap();
    let past = folder.path().join("past/b");
    fs::create_dir_all(&past).unwrap();
    let text = "U.S. Secretary of State Marco Rubio spoke by phone with Chinese Foreign Minister Wang Yi on Thursday.";
    fs::write(past.join("one.md"), format!("---\npublished: 2026-04-30\n---\n{text}")).unwrap();
    fs::write(folder.path().join("past/a.jsonl"), lines(3) + "{\n" + &lines(4)).unwrap();
    fs::write(folder.path().join("past/notes.xyz"), "Of no day.").unwrap();
    fs::write(folder.path().join("past/.hidden"), "not read").unwrap();
    let Output { status, stdout, stderr } = command(folder.path(), &["ingest", "past"]).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert_eq!(status.code(), Some(1), "{out}{err}");
    assert!(err.contains("a.jsonl, line 4: EOF") && !err.contains("hidden"), "{err}");
    assert!(err.contains("notes.xyz: the day of publication is missing"), "{err}");
    assert!(out.contains("5 articles stored") && out.contains("3 articles were known"), "{out}");
    let dry = run(folder.path(), &["ingest", "past/b", "--dry-run"]);
    assert!(dry.contains("0 articles would be stored") && dry.contains("1 articles were known"), "{dry}");
    fs::create_dir(folder.path().join("empty")).unwrap();
    let none = command(folder.path(), &["ingest", "empty"]).output().unwrap();
    assert!(String::from_utf8_lossy(&none.stderr).contains("there is no file in it"));
}
