//! Storing, finding and correcting events.

use std::collections::BTreeMap;

use attache_extract::StateCode;
use attache_extract::event::Kind;
use attache_store::{
    CommitError, Correction, EventId, EventQuery, Found, NewArticle, Outcome, Store, WriteError,
};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{PUBLISHED, at, call, commit, duty, event, joined_events, new_events, with};

#[test]
fn an_article_is_stored_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let first = commit(&store, "One two three.", &[call(3)]);
    let again = commit(&store, "One  two\nthree.", &[call(4), call(5)]);
    assert_eq!((again.article, again.outcome), (first.article, Outcome::Known));
    assert_eq!(store.stats().unwrap().events, 1);
    assert_eq!(store.article_text(first.article).unwrap().as_deref(), Some("One two three."));
}

#[test]
fn one_address_is_one_article() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let at_url = |text, url| NewArticle {
        title: None,
        url: Some(url),
        publisher: None,
        published: PUBLISHED,
        text,
        origin: "test",
        rules: "0",
    };
    let first = store.commit_article(&at_url("Text.", "https://example.org/a"), &[], at(0)).unwrap();
    let again =
        store.commit_article(&at_url("Other.", "http://www.example.org/a?utm_source=b"), &[], at(1)).unwrap();
    let Outcome::Revised { number: 2, .. } = again.outcome else { panic!("{again:?}") };
    let third = store.commit_article(&at_url("Text.", "https://example.org/a#x"), &[], at(2)).unwrap();
    assert_eq!((third.article, third.outcome), (first.article, Outcome::Known));
    assert_eq!(store.revisions(first.article).unwrap(), store.revisions(again.article).unwrap());
}

#[test]
fn a_text_without_words_or_beyond_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let article = |text| NewArticle {
        title: None,
        url: None,
        publisher: None,
        published: PUBLISHED,
        text,
        origin: "test",
        rules: "0",
    };
    assert!(matches!(store.commit_article(&article(" \n"), &[], at(0)), Err(CommitError::Empty)));
    let long = "word ".repeat(1 << 20);
    assert!(matches!(store.commit_article(&article(&long), &[], at(0)), Err(CommitError::TooLarge { .. })));
    assert_eq!(store.stats().unwrap().articles, 0);
}

#[test]
fn a_second_report_adds_a_source() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = new_events(commit(&store, "First report.", &[call(3)]))[0];
    let day_later = with(call(4), |event| event["place"] = json!("Geneva"));
    assert_eq!(joined_events(commit(&store, "Second report.", &[day_later])), [id]);
    let stored = store.event(id).unwrap().unwrap();
    assert_eq!(stored.sources.len(), 2);
    assert!(stored.sources[1].joined.is_some());
    assert_eq!(stored.event.place.as_deref(), Some("Geneva"));
}

#[test]
fn a_report_joins_the_nearest_event() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let days: Vec<_> = (3..=6).map(call).collect();
    let ids = new_events(commit(&store, "First report.", &days));
    assert_eq!(joined_events(commit(&store, "Second report.", &days)), ids);
    assert_eq!(store.stats().unwrap().events, 4);
}

#[test]
fn a_more_exact_report_moves_the_event_to_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let week = with(call(2), |event| {
        event["date"] = json!({"start": "2025-06-02", "end": "2025-06-08", "precision": "week"});
        event["evidence"]["date"] = json!([0, 3]);
    });
    let id = new_events(commit(&store, "Told by the week.", &[week]))[0];
    assert_eq!(joined_events(commit(&store, "Told by the day.", &[call(5)])), [id]);
    let stored = store.event(id).unwrap().unwrap();
    assert_eq!(stored.sort_day, jiff::civil::date(2025, 6, 5));
    assert!(stored.event.evidence.fields.is_empty());
    let later = EventQuery { since: Some(stored.sort_day), ..EventQuery::default() };
    assert_eq!(store.count(&later).unwrap(), 1);
    assert!(store.check().unwrap().faults.is_empty());
    // What a curator settled stays so.
    let mut record = stored.event;
    record.place = None;
    record.claims.push("by telephone".to_owned());
    store.correct(id, Correction::Edit(Box::new(record.clone())), "ann", "", at(3)).unwrap();
    let placed = with(call(5), |event| event["place"] = json!("Geneva"));
    assert_eq!(joined_events(commit(&store, "Told with the place.", &[placed])), [id]);
    assert_eq!(store.event(id).unwrap().unwrap().event, record);
}

#[test]
fn long_rows_are_kept_whole_through_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let long = with(call(3), |event| event["claims"] = json!(["word ".repeat(4000)]));
    let id = new_events(commit(&store, "Text 0.", std::slice::from_ref(&long)))[0];
    for report in 1..30 {
        assert_eq!(joined_events(commit(&store, &format!("Text {report}."), &[call(3)])), [id]);
    }
    store.correct(id, Correction::Delete, "ann", "", at(3)).unwrap();
    drop(store);
    store = Store::open(folder.path()).unwrap();
    let stored = store.event(id).unwrap().unwrap();
    assert_eq!((stored.sources.len(), stored.event.claims[0].len()), (30, 20_000));
    assert!(store.check().unwrap().faults.is_empty());
    assert_eq!(std::fs::read_dir(folder.path().join("sled/blobs")).map_or(0, Iterator::count), 0);
}

#[test]
fn days_the_wrong_way_round_hold_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    commit(&store, "Text.", &[call(3), call(5)]);
    let (since, until) = (jiff::civil::date(2025, 6, 9), jiff::civil::date(2025, 6, 1));
    let query = EventQuery { since: Some(since), until: Some(until), ..EventQuery::default() };
    assert_eq!(store.count(&query).unwrap(), 0);
}

#[test]
fn an_edit_of_a_deleted_event_leaves_it_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = new_events(commit(&store, "Text.", &[call(3)]))[0];
    store.correct(id, Correction::Delete, "ann", "", at(3)).unwrap();
    let mut record = store.event(id).unwrap().unwrap().event;
    record.place = Some("London".to_owned());
    store.correct(id, Correction::Edit(Box::new(record)), "ann", "", at(4)).unwrap();
    assert_eq!(store.count(&EventQuery::default()).unwrap(), 0);
}

#[track_caller]
fn check_stays_apart(second: serde_json::Value) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    commit(&store, "First report.", &[call(3)]);
    assert_eq!(new_events(commit(&store, "Second report.", &[second])).len(), 1);
}

#[test]
fn different_events_stay_apart() {
    check_stays_apart(call(7));
    check_stays_apart(with(call(3), |event| event["subtype"] = json!("meeting")));
    check_stays_apart(with(call(3), |event| event["status"] = json!("planned")));
    check_stays_apart(with(call(3), |event| event["factuality"] = json!("denied")));
    check_stays_apart(with(call(3), |event| event["parties"][0]["country"] = json!("CA")));
    check_stays_apart(with(call(3), |event| {
        event["parties"][0]["name"] = json!("Ben Ito");
        event["parties"][1]["name"] = json!("Du Ning");
    }));
}

#[test]
fn filters_narrow_and_pages_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let events: Vec<_> = (1..=9).map(call).collect();
    commit(&store, "Nine calls.", &events);
    commit(&store, "A duty.", &[duty("fentanyl tariff", 20, "2025-03-04")]);
    assert_eq!(store.count(&EventQuery::of(Kind::Engagement)).unwrap(), 9);
    let china = EventQuery { countries: vec![StateCode::CN, StateCode::US], ..EventQuery::default() };
    assert_eq!(store.count(&china).unwrap(), 10);
    let named = EventQuery { people: vec!["chen bo".to_owned()], ..EventQuery::default() };
    assert_eq!(store.count(&named).unwrap(), 9);
    let first = store.events(&china, None, 4).unwrap();
    commit(&store, "A later call.", &[call(20)]);
    let second = store.events(&china, first.next, 40).unwrap();
    assert_eq!((first.events.len(), second.events.len(), second.next), (4, 6, None));
    assert!(
        first.events.iter().all(|a| second.events.iter().all(|b| a.id != b.id && a.sort_day >= b.sort_day))
    );
}

#[test]
fn an_id_is_found_by_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = new_events(commit(&store, "Text.", &[call(3)]))[0];
    assert_eq!(store.find_event(&id.short()).unwrap(), Found::One(id));
    assert_eq!(store.find_event(&id.to_string()).unwrap(), Found::One(id));
    for wrong in ["", "zzzz", "é", "00000000"] {
        assert_eq!(store.find_event(wrong).unwrap(), Found::None, "{wrong:?}");
    }
}

#[test]
fn a_correction_is_seen_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = new_events(commit(&store, "Text.", &[call(3)]))[0];
    let before = store.event(id).unwrap().unwrap();
    let mut record = before.event.clone();
    record.place = Some("London".to_owned());
    let edit = store.correct(id, Correction::Edit(Box::new(record)), "ann", "was in London", at(5)).unwrap();
    store.correct(id, Correction::Delete, "ann", "never was", at(6)).unwrap();
    assert_eq!(store.count(&EventQuery::default()).unwrap(), 0);
    assert!(matches!(store.undo(edit.id, "ann", at(7)), Err(WriteError::Conflict(_))));
    let last = store.history(1).unwrap()[0].id;
    store.undo(last, "bob", at(8)).unwrap();
    assert_eq!(store.event(id).unwrap().unwrap().event.place.as_deref(), Some("London"));
    assert_eq!(store.history(9).unwrap().len(), 3);
    assert!(store.check().unwrap().faults.is_empty());
}

#[test]
fn a_correction_that_fits_no_event_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = new_events(commit(&store, "Text.", &[call(3)]))[0];
    let before = store.event(id).unwrap();
    let mut record = before.clone().unwrap().event;
    record.subtype = "reduce".to_owned();
    assert!(store.correct(id, Correction::Edit(Box::new(record)), "ann", "", at(5)).is_err());
    assert!(store.correct(id, Correction::Restore, "ann", "", at(5)).is_err());
    assert_eq!(store.event(id).unwrap(), before);
}

#[derive(Debug, Clone)]
enum Step {
    Commit(u8, i8),
    Delete(u8),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_u8..6, 1_i8..28).prop_map(|(text, day)| Step::Commit(text, day)),
        1 => (0_u8..6).prop_map(Step::Delete),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The store behaves as a map from texts to events, through any number of reopenings.
    #[test]
    fn the_store_is_a_map(steps in prop::collection::vec(step(), 1..14)) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        let mut model = BTreeMap::new();
        for step in steps {
            match step {
                Step::Commit(text, day) => {
                    // Statements never join, so that each text is an event of its own.
                    let statement = with(call(day), |event| {
                        event["kind"] = json!("statement");
                        event["subtype"] = json!("position");
                        event["status"] = json!(null);
                    });
                    let known = model.contains_key(&text);
                    let done = commit(&store, &format!("Text {text}."), std::slice::from_ref(&statement));
                    prop_assert_eq!(done.outcome == Outcome::Known, known);
                    if !known {
                        model.insert(text, (new_events(done)[0], event(statement), true));
                    }
                }
                Step::Delete(text) => {
                    if let Some((id, _, alive)) = model.get_mut(&text) {
                        let done = store.correct(*id, Correction::Delete, "ann", "", at(9));
                        prop_assert_eq!(done.is_ok(), *alive);
                        *alive = false;
                    }
                }
                Step::Reopen => {
                    drop(store);
                    store = Store::open(folder.path()).unwrap();
                }
            }
            let mut expected: Vec<_> = model.values().filter(|(.., alive)| *alive).map(|(id, ..)| *id).collect();
            let mut got: Vec<_> = store.all_events(&EventQuery::default()).unwrap().into_iter().map(|row| row.id).collect();
            expected.sort();
            got.sort();
            prop_assert_eq!(got, expected);
        }
        prop_assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
    }
}

/// The same call on another day, as another article has it: not joined by itself.
fn told_twice(store: &Store) -> (EventId, EventId) {
    let one = new_events(commit(store, "One.", &[call(3)]))[0];
    let apart = with(call(9), |event| event["place"] = json!("Geneva"));
    let other = new_events(commit(store, "Other.", &[apart]))[0];
    (one, other)
}

#[test]
fn two_events_are_merged_and_one_undo_parts_them() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (one, other) = told_twice(&store);
    let before = [store.event(one).unwrap(), store.event(other).unwrap()];
    let [gone, kept] = store.merge(other, one, "ann", "one call", at(5)).unwrap();
    let row = store.event(one).unwrap().unwrap();
    assert_eq!((row.sources.len(), row.event.place.as_deref()), (2, Some("Geneva")));
    assert_eq!(store.count(&EventQuery::default()).unwrap(), 1);
    assert!(store.merge(other, one, "ann", "again", at(6)).is_err(), "what is taken out is not merged");
    assert!(store.merge(one, one, "ann", "itself", at(6)).is_err());
    // A report that arrives in between stays with the event it joined.
    commit(&store, "Third.", &[call(3)]);
    store.undo(kept.id, "ann", at(7)).unwrap();
    let after = [store.event(one).unwrap().unwrap(), store.event(other).unwrap().unwrap()];
    assert_eq!((after[0].sources.len(), after[1].sources.len()), (2, 1));
    assert_eq!(after[0].event, before[0].as_ref().unwrap().event);
    assert_eq!(after[1].event, before[1].as_ref().unwrap().event);
    assert!(!after[1].deleted);
    assert!(store.undo(gone.id, "ann", at(8)).is_err(), "both halves are taken back already");
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
    // The undo itself is taken back as a whole.
    let last = store.history(1).unwrap()[0].id;
    store.undo(last, "ann", at(9)).unwrap();
    assert_eq!(store.count(&EventQuery::default()).unwrap(), 1);
}

#[test]
fn one_source_becomes_an_event_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let one = new_events(commit(&store, "One.", &[call(3)]))[0];
    let second =
        commit(&store, "Second.", &[with(call(3), |event| event["quote"] = json!("They spoke again."))]);
    assert_eq!(store.event(one).unwrap().unwrap().sources.len(), 2);
    let [entry, part] = store.split(one, second.article, "ann", "another call", at(5)).unwrap();
    let own = store.event(part.event).unwrap().unwrap();
    assert_eq!((own.sources.len(), own.event.quote.as_str()), (1, "They spoke again."));
    assert_eq!(store.event(one).unwrap().unwrap().sources.len(), 1);
    assert_eq!(store.count(&EventQuery::default()).unwrap(), 2);
    assert!(store.split(one, second.article, "ann", "again", at(6)).is_err());
    store.undo(entry.id, "ann", at(7)).unwrap();
    assert_eq!(store.event(one).unwrap().unwrap().sources.len(), 2);
    assert_eq!(store.count(&EventQuery::default()).unwrap(), 1);
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}
