//! A store on disk against one in memory, through whatever curators, readers and accidents do; and
//! the index against reading every event.

use std::fs;
use std::path::Path;

use attache_extract::event::{Factuality, Kind};
use attache_store::{
    AuditId, Correction, EventId, EventQuery, Filter, NewArticle, NewSubscription, Store, StoredEvent,
};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::sample::{PUBLISHED, at, call, commit, duty, event, with};

/// One thing that happens; numbers are taken modulo what is there.
#[derive(Debug, Clone)]
enum Step {
    Ingest {
        text: u8,
        events: Vec<u8>,
    },
    /// A version of one of a few articles, at its own address or at another's.
    Version {
        article: u8,
        version: u8,
        place: u8,
        events: Vec<u8>,
    },
    Delete(usize),
    Restore(usize),
    Edit(usize, u8),
    Undo(usize),
    Merge(usize, usize),
    Split(usize),
    Subscribe(u8),
    Claim,
    Reopen,
    Kill,
    LoseTables,
    LoseIndex,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<u8>(), proptest::collection::vec(any::<u8>(), 0..4)).prop_map(|(text, events)| Step::Ingest { text, events }),
        6 => (any::<(u8, u8, u8)>(), proptest::collection::vec(any::<u8>(), 0..3))
            .prop_map(|((article, version, place), events)| Step::Version { article, version, place, events }),
        1 => any::<usize>().prop_map(Step::Delete),
        1 => any::<usize>().prop_map(Step::Restore),
        1 => any::<(usize, u8)>().prop_map(|(event, day)| Step::Edit(event, day)),
        2 => any::<usize>().prop_map(Step::Undo),
        1 => any::<(usize, usize)>().prop_map(|(a, b)| Step::Merge(a, b)),
        1 => any::<usize>().prop_map(Step::Split),
        1 => any::<u8>().prop_map(Step::Subscribe),
        1 => Just(Step::Claim),
        1 => Just(Step::Reopen),
        1 => Just(Step::Kill),
        1 => Just(Step::LoseTables),
        1 => Just(Step::LoseIndex),
    ]
}

/// Few days, people and goods, so that reports meet.
fn made_up(seed: u8) -> Value {
    let day = i8::try_from(seed % 12).unwrap() + 1;
    match seed % 5 {
        0 | 1 => call(day),
        2 => with(call(day), |event| {
            event["parties"][0]["name"] = json!("Ben Ito");
            event["quote"] = json!("Ben Ito met him over chips.");
        }),
        3 => duty("fentanyl tariff", u32::from(seed % 3) * 10, &format!("2025-06-{day:02}")),
        _ => with(duty("steel", 25, "2025-06-01"), |event| {
            event["factuality"] = json!("hypothetical");
            event["status"] = json!("threatened");
            event["confidence"] = json!(0.4);
            event["parties"][0]["country"] = json!("JP");
        }),
    }
}

/// Long enough to be known again, with a sentence of each version's own.
fn version_of(article: u8, version: u8) -> String {
    let body: String = (0..60).map(|n| format!("word{} ", n * 37 + u32::from(article) * 1000)).collect();
    format!("{body}. Version {version} says so.")
}

fn pick(store: &Store, n: usize) -> Option<EventId> {
    let mut lines = Vec::new();
    store.export(&mut lines).unwrap();
    let ids: Vec<EventId> = String::from_utf8(lines)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line["type"] == "event")
        .map(|line| EventId::parse(line["event"]["id"].as_str().unwrap()).unwrap())
        .collect();
    (!ids.is_empty()).then(|| ids[n % ids.len()])
}

/// What the step did, in words that two stores must share.
fn apply(store: &Store, step: &Step, second: i64) -> String {
    let now = at(second);
    let correct = |id: Option<EventId>, correction: Correction| {
        id.map_or_else(String::new, |id| {
            format!("{:?}", store.correct(id, correction, "ann", "so", now).map(|entry| entry.id))
        })
    };
    match step {
        Step::Ingest { text, events } => {
            let events: Vec<Value> = events.iter().map(|seed| made_up(*seed)).collect();
            format!("{:?}", commit(store, &format!("Text {}.", text % 40), &events))
        }
        Step::Version { article, version, place, events } => {
            let text = version_of(article % 3, version % 4);
            let url = format!("https://{}.example/{}", place % 2, article % 3);
            let new = NewArticle {
                title: None,
                url: Some(&url),
                publisher: None,
                published: PUBLISHED,
                text: &text,
                origin: "test",
                rules: "0",
            };
            let events: Vec<_> = events.iter().map(|seed| event(made_up(*seed))).collect();
            format!("{:?}", store.commit_article(&new, &events, now).map_err(|error| error.to_string()))
        }
        Step::Delete(n) => correct(pick(store, *n), Correction::Delete),
        Step::Restore(n) => correct(pick(store, *n), Correction::Restore),
        Step::Edit(n, seed) => {
            let Some(id) = pick(store, *n) else { return String::new() };
            let mut record = store.event(id).unwrap().unwrap().event;
            record.place = Some(format!("Place {}", seed % 4));
            record.date.start = Some(date(2025, 6, i8::try_from(seed % 20).unwrap() + 1));
            record.date.end = record.date.start;
            correct(Some(id), Correction::Edit(Box::new(record)))
        }
        Step::Undo(n) => {
            let held = store.history(100).unwrap().len();
            if held == 0 {
                return String::new();
            }
            format!(
                "{:?}",
                store.undo(AuditId((n % held) as u64 + 1), "ann", now).map_err(|error| error.to_string())
            )
        }
        Step::Merge(a, b) => {
            let (Some(a), Some(b)) = (pick(store, *a), pick(store, *b)) else { return String::new() };
            format!("{:?}", store.merge(a, b, "ann", "one", now).map_err(|error| error.to_string()))
        }
        Step::Split(n) => {
            let Some(id) = pick(store, *n) else { return String::new() };
            let article = store.event(id).unwrap().unwrap().sources.last().unwrap().article;
            format!("{:?}", store.split(id, article, "ann", "two", now).map_err(|error| error.to_string()))
        }
        Step::Subscribe(channel) => {
            let (author, filter) = ("ann".to_owned(), Filter::default());
            let new = NewSubscription {
                guild: None,
                channel: u64::from(channel % 3),
                author,
                filter,
                plan: Default::default(),
            };
            format!("{:?}", store.subscribe(new, now).map_err(|error| error.to_string()))
        }
        Step::Claim => format!(
            "{:?}",
            store.claim("w", now, at(second + 5), 2, &attache_store::Pace::default()).unwrap().0
        ),
        Step::Reopen | Step::Kill | Step::LoseTables | Step::LoseIndex => String::new(),
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A store on disk that accidents happen to.
struct Disk {
    folder: tempfile::TempDir,
    store: Option<Store>,
}

impl Disk {
    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    fn accident(&mut self, step: &Step) {
        if let Step::Kill = step {
            // The files as they are while it runs: what a killed process leaves.
            let killed = tempfile::tempdir().unwrap();
            copy(self.folder.path(), killed.path());
            self.store = None;
            self.folder = killed;
        } else {
            self.store = None;
        }
        match step {
            Step::LoseTables => fs::remove_dir_all(self.folder.path().join("sled")).unwrap(),
            Step::LoseIndex => fs::remove_file(self.folder.path().join("index.snap")).unwrap(),
            _ => {}
        }
        self.store = Some(Store::open_with_segments_of(self.folder.path(), 8 << 10).unwrap());
    }
}

fn exported(store: &Store) -> String {
    let mut lines = Vec::new();
    store.export(&mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

fn queries() -> Vec<EventQuery> {
    let us = "US".parse().unwrap();
    let jp = "JP".parse().unwrap();
    let all = EventQuery::default;
    vec![
        all(),
        EventQuery::of(Kind::Engagement),
        EventQuery { kinds: vec![Kind::TariffAction], countries: vec![us], ..all() },
        EventQuery { actor: Some(jp), ..all() },
        EventQuery { factualities: vec![Factuality::Asserted], since: Some(date(2025, 6, 4)), ..all() },
        EventQuery { until: Some(date(2025, 6, 7)), least_confidence: 500, ..all() },
        EventQuery { people: vec!["ito".to_owned()], ..all() },
        EventQuery { words: vec!["chip".to_owned()], ..all() },
        EventQuery { topics: vec!["steel".to_owned(), "trade".to_owned()], countries: vec![us], ..all() },
        EventQuery { layers: vec!["fentanyl".to_owned(), "IEEPA-fentanyl".to_owned()], ..all() },
        EventQuery { subtypes: vec!["call".to_owned()], known_since: Some(at(9)), ..all() },
        EventQuery { since: Some(date(2025, 6, 9)), until: Some(date(2025, 6, 3)), ..all() },
    ]
}

/// The index against every event, read.
fn check_answers(store: &Store) {
    let text = exported(store);
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let rows: Vec<StoredEvent> = lines
        .filter(|line| line["type"] == "event")
        .map(|line| serde_json::from_value(line["event"].clone()).unwrap())
        .collect();
    for query in queries() {
        let mut expected: Vec<&StoredEvent> = rows.iter().filter(|row| query.matches(row)).collect();
        expected.sort_by_key(|row| std::cmp::Reverse((row.sort_day, row.id)));
        let found = store.all_events(&query).unwrap();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query:?}");
        assert_eq!(store.count(&query).unwrap(), expected.len(), "{query:?}");
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = store.events(&query, after, 2).unwrap();
            paged.extend(page.events);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, found, "{query:?} in pages of two");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_store_on_disk_is_one_in_memory_whatever_happens(steps in proptest::collection::vec(step(), 1..28)) {
        let memory = Store::in_memory().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_with_segments_of(folder.path(), 8 << 10).unwrap();
        let mut disk = Disk { folder, store: Some(store) };
        for (second, step) in (0..).zip(&steps) {
            if matches!(step, Step::Reopen | Step::Kill | Step::LoseTables | Step::LoseIndex) {
                disk.accident(step);
            }
            prop_assert_eq!(apply(disk.store(), step, second), apply(&memory, step, second));
        }
        prop_assert_eq!(exported(disk.store()), exported(&memory));
        prop_assert_eq!(disk.store().stats().unwrap().waiting, memory.stats().unwrap().waiting);
        prop_assert_eq!(disk.store().check().unwrap().faults, Vec::<String>::new());
        check_answers(disk.store());
    }
}
