//! What every engine under a store must do, as one function over the trait.

use std::ops::ControlFlow;
use std::sync::Arc;

use attache_store::engine::{self, CommitFault, Engine, Plain, Put, Table};
use attache_store::{Act, Change, EventQuery, Outcome, Store};

use crate::sample::{at, call, commit};

/// Gives a new, empty engine.
type Make<'m> = &'m mut dyn FnMut() -> Box<dyn Engine>;

fn conforms(make: Make<'_>) {
    a_commit_is_whole_and_numbered(make().as_ref());
    rows_are_visited_in_key_order(make().as_ref());
    a_commit_on_old_ground_is_refused(make().as_ref());
    commits_come_back_in_order(make().as_ref());
    two_stores_over_one_engine_keep_one_event(Arc::from(make()));
}

fn row(table: Table, key: &str, value: Option<&str>) -> Put {
    Put { table, key: key.as_bytes().to_vec(), value: value.map(|value| value.as_bytes().to_vec()) }
}

fn change(puts: Vec<Put>) -> Change {
    Change { at: at(0), act: Act::Ingest, author: "ann".to_owned(), puts }
}

fn write(engine: &dyn Engine, puts: Vec<Put>) {
    let head = engine.head().unwrap();
    let (seq, places) = engine.commit(&change(puts.clone()), head).unwrap();
    assert_eq!((seq, places.len()), (head + 1, puts.len()));
    engine.settle(seq).unwrap();
}

fn get(engine: &dyn Engine, table: Table, key: &str) -> Option<String> {
    engine.get(table, key.as_bytes()).unwrap().map(|bytes| String::from_utf8(bytes).unwrap())
}

fn a_commit_is_whole_and_numbered(engine: &dyn Engine) {
    assert_eq!(engine.head().unwrap(), 0);
    let long = "long ".repeat(9_000);
    write(engine, vec![row(Table::Article, "a", Some("1")), row(Table::Event, "b", Some(&long))]);
    assert_eq!(get(engine, Table::Article, "a").as_deref(), Some("1"));
    assert_eq!(get(engine, Table::Event, "b"), Some(long));
    assert_eq!(get(engine, Table::Event, "a"), None, "tables are apart");
    // The later of two rows with one key counts; a removed row is gone.
    write(
        engine,
        vec![
            row(Table::Event, "b", Some("2")),
            row(Table::Event, "b", Some("3")),
            row(Table::Article, "a", None),
        ],
    );
    assert_eq!(get(engine, Table::Event, "b").as_deref(), Some("3"));
    assert_eq!(get(engine, Table::Article, "a"), None);
    assert_eq!(engine.head().unwrap(), 2);
    assert!(engine.check().unwrap().is_empty());
}

fn rows_are_visited_in_key_order(engine: &dyn Engine) {
    write(engine, ["c", "a", "d", "b"].map(|key| row(Table::Audit, key, Some(key))).to_vec());
    let visited = |from: &str, to: &str, backwards: bool, most: usize| {
        let mut keys = String::new();
        let visit = &mut |key: &[u8], _: &[u8]| {
            keys.push_str(std::str::from_utf8(key).unwrap());
            if keys.len() == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        engine.scan(Table::Audit, from.as_bytes(), to.as_bytes(), backwards, visit).unwrap();
        keys
    };
    assert_eq!(visited("a", "z", false, 9), "abcd");
    assert_eq!(visited("a", "d", true, 9), "cba");
    assert_eq!(visited("b", "z", true, 2), "dc");
    assert_eq!(visited("z", "a", false, 9), "");
}

fn a_commit_on_old_ground_is_refused(engine: &dyn Engine) {
    write(engine, vec![row(Table::Event, "a", Some("1"))]);
    let late = engine.commit(&change(vec![row(Table::Event, "a", Some("2"))]), 0);
    assert_eq!(late.unwrap_err(), CommitFault::Behind);
    assert_eq!(get(engine, Table::Event, "a").as_deref(), Some("1"));
}

fn commits_come_back_in_order(engine: &dyn Engine) {
    for n in 0..5 {
        write(engine, vec![row(Table::Event, "a", Some(&n.to_string())), row(Table::Event, "gone", None)]);
    }
    let mut values = Vec::new();
    let walked = engine.changes(2, &mut |seq, change, places| {
        assert_eq!((change.author.as_str(), change.act, places.len()), ("ann", Act::Ingest, 2));
        values.push((seq, String::from_utf8(change.puts[0].value.clone().unwrap()).unwrap()));
        Ok(())
    });
    walked.unwrap();
    assert_eq!(values, [(3, "2".to_owned()), (4, "3".to_owned()), (5, "4".to_owned())]);
    let stopped = engine.changes(0, &mut |_, _, _| Err("enough".to_owned()));
    assert_eq!(stopped.unwrap_err(), "enough");
}

fn two_stores_over_one_engine_keep_one_event(engine: Arc<dyn Engine>) {
    let open = || Store::over(Box::new(Arc::clone(&engine))).unwrap();
    let stores = [open(), open()];
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = stores
            .iter()
            .enumerate()
            .map(|(n, store)| {
                scope.spawn(move || {
                    (0..20)
                        .map(|round| {
                            let text = format!("Report {n} of round {round}.");
                            commit(store, &text, &[call(3)])
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let new = outcomes
        .iter()
        .filter(|commit| matches!(&commit.outcome, Outcome::New { events, .. } if !events.is_empty()));
    assert_eq!(new.count(), 1, "one call, told forty times");
    let third = open();
    let event = third.all_events(&EventQuery::default()).unwrap().remove(0);
    assert_eq!(event.sources.len(), 40);
}

#[test]
fn memory_conforms() {
    conforms(&mut || Box::new(Plain::default()));
}

#[test]
fn a_folder_conforms() {
    let mut folders = Vec::new();
    conforms(&mut || {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine::of_folder(folder.path()).unwrap();
        folders.push(folder);
        engine
    });
}
