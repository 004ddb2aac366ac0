//! Articles and events to store.

use attache_extract::Event;
use attache_store::record::EventRecord;
use attache_store::{Commit, EventId, NewArticle, Outcome, Store};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

pub(crate) const PUBLISHED: Date = date(2025, 6, 10);

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_750_000_000 + second).unwrap()
}

/// A call between two ministers on a day of June 2025.
pub(crate) fn call(day: i8) -> Value {
    json!({
        "kind": "engagement", "subtype": "call",
        "parties": [
            {"name": "Ana Reyes", "office": "Trade Secretary", "country": "US", "role": "participant"},
            {"name": "Chen Bo", "office": "Commerce Minister", "country": "CN", "role": "participant"}],
        "date": {"start": format!("2025-06-{day:02}"), "end": format!("2025-06-{day:02}"), "precision": "day"},
        "effective": null, "expires": null, "duration": null, "rate": null, "scope": null,
        "topics": ["trade"], "place": null, "factuality": "asserted", "status": "occurred",
        "quote": "Ana Reyes and Chen Bo spoke.", "claims": [],
        "plover": {"category": "CONSULT", "mode": null}, "confidence": 0.9,
        "evidence": {"quote": [0, 28], "rules": ["test"]}
    })
}

/// A duty of the United States on Chinese goods.
pub(crate) fn duty(layer: &str, rate: u32, from: &str) -> Value {
    with(call(1), |event| {
        event["kind"] = json!("tariff_action");
        event["subtype"] = json!("impose");
        event["parties"] = json!([
            {"name": "United States", "office": null, "country": "US", "role": "actor"},
            {"name": "China", "office": null, "country": "CN", "role": "recipient"}]);
        event["date"] = json!({"start": from, "end": from, "precision": "day"});
        event["effective"] = json!(from);
        event["status"] = json!("in_force");
        event["scope"] = json!(layer);
        event["rate"] = json!({"raw": format!("{rate}%"), "value": rate, "from": null, "to": null, "unit": "percent",
            "retained": null});
    })
}

pub(crate) fn with(mut event: Value, change: impl FnOnce(&mut Value)) -> Value {
    change(&mut event);
    event
}

pub(crate) fn event(value: Value) -> Event {
    let record: EventRecord = serde_json::from_value(value).unwrap();
    Event::try_from(record).unwrap()
}

pub(crate) fn commit(store: &Store, text: &str, events: &[Value]) -> Commit {
    let article = NewArticle {
        title: Some("A title"),
        url: None,
        publisher: None,
        published: PUBLISHED,
        text,
        origin: "test",
        rules: "0",
    };
    let events: Vec<_> = events.iter().cloned().map(event).collect();
    store.commit_article(&article, &events, at(0)).unwrap()
}

/// The ids of the new events of a commit.
pub(crate) fn new_events(commit: Commit) -> Vec<EventId> {
    match commit.outcome {
        Outcome::New { events, .. } => events,
        other => panic!("the article was known: {other:?}"),
    }
}

pub(crate) fn joined_events(commit: Commit) -> Vec<EventId> {
    match commit.outcome {
        Outcome::New { joined, .. } => joined,
        other => panic!("the article was known: {other:?}"),
    }
}
