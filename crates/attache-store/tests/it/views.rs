//! Views over stored events.

use attache_extract::StateCode;
use attache_extract::event::{Percent, Status};
use attache_store::view::{engagements, tariffs, tensions};
use attache_store::{EventQuery, Store, StoredEvent};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::sample::{call, commit, duty, with};

fn stored(events: &[Value]) -> Vec<StoredEvent> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    commit(&store, "Text.", events);
    store.all_events(&EventQuery::default()).unwrap()
}

fn status(events: &[StoredEvent], as_of: Date) -> tariffs::TariffStatus {
    tariffs::status(events, StateCode::US, Some(StateCode::CN), as_of)
}

fn rows(status: &tariffs::TariffStatus) -> Vec<String> {
    let show =
        |percent: Option<Percent>| percent.map_or_else(|| "?".to_owned(), |percent| percent.to_string());
    let row =
        |layer: &tariffs::Layer| format!("{} {} {}", layer.layer, layer.state.as_str(), show(layer.rate));
    status.layers.iter().map(row).collect()
}

fn paused() -> Value {
    with(duty("reciprocal tariff", 0, "2025-05-14"), |event| {
        event["subtype"] = json!("suspend");
        event["rate"] = json!({"raw": "24 points", "value": 24, "from": null, "to": null, "unit": "percentage_points",
            "retained": 10});
        event["duration"] = json!("90 days");
    })
}

#[test]
fn a_layer_goes_from_announced_to_in_force_to_suspended_to_expired() {
    let imposed = with(duty("reciprocal tariff", 34, "2025-04-09"), |event| {
        event["date"] = json!({"start": "2025-04-02", "end": "2025-04-02", "precision": "day"});
        event["status"] = json!("announced");
    });
    let events = stored(&[duty("fentanyl tariff", 20, "2025-03-04"), imposed, paused()]);
    assert_eq!(rows(&status(&events, date(2025, 3, 3))), [""; 0]);
    assert_eq!(
        rows(&status(&events, date(2025, 4, 8))),
        ["IEEPA-fentanyl in_force 20", "IEEPA-reciprocal announced 34"]
    );
    let charged = status(&events, date(2025, 4, 9));
    assert_eq!(rows(&charged), ["IEEPA-fentanyl in_force 20", "IEEPA-reciprocal in_force 34"]);
    assert_eq!(charged.total, Percent::parse("54"));
    let truce = status(&events, date(2025, 8, 12));
    assert_eq!(rows(&truce), ["IEEPA-fentanyl in_force 20", "IEEPA-reciprocal suspended 10"]);
    assert_eq!(truce.layers[1].until.as_deref(), Some("2025-08-12"));
    assert!(truce.layers[1].then.as_deref().unwrap().contains("24 percentage points come back"));
    assert_eq!(rows(&status(&events, date(2025, 8, 13)))[1], "IEEPA-reciprocal expired 10");
}

#[test]
fn a_threat_and_an_unknown_rate_stay_what_they_are() {
    let threat = with(duty("all goods", 100, "2025-11-01"), |event| {
        event["subtype"] = json!("threaten");
        event["status"] = json!("threatened");
        event["factuality"] = json!("hypothetical");
        event["date"] = json!({"start": "2025-10-10", "end": "2025-10-10", "precision": "day"});
    });
    let vague = with(duty("fentanyl tariff", 0, "2025-02-04"), |event| event["rate"] = json!(null));
    let status = status(&stored(&[threat, vague]), date(2025, 12, 1));
    assert_eq!(rows(&status), ["IEEPA-fentanyl in_force ?", "unspecified threatened 100"]);
    assert_eq!(status.total, None);
}

#[test]
fn two_sources_that_differ_are_both_shown() {
    let events =
        stored(&[duty("fentanyl tariff", 20, "2025-03-04"), duty("fentanyl tariff", 25, "2025-03-04")]);
    let status = status(&events, date(2025, 3, 5));
    assert_eq!(status.conflicts.len(), 1);
    let what = &status.conflicts[0].what;
    assert!(what.starts_with("rate: ") && what.contains("20%") && what.contains("25%"), "{what}");
}

fn tension(subtype: &str, day: &str, actor: &str, other: &str, status: &str) -> Value {
    with(call(1), |event| {
        event["kind"] = json!("tension");
        event["subtype"] = json!(subtype);
        event["status"] = json!(status);
        event["topics"] = json!(["rare earths"]);
        event["date"] = json!({"start": day, "end": day, "precision": "day"});
        event["parties"] = json!([
            {"name": actor, "office": null, "country": actor, "role": "actor"},
            {"name": other, "office": null, "country": other, "role": "recipient"}]);
    })
}

#[test]
fn moves_on_one_subject_make_one_thread() {
    let eased = with(tension("export_control", "2025-11-10", "CN", "US", "eased"), |event| {
        event["expires"] = json!("2026-11-10");
    });
    let events = stored(&[
        tension("export_control", "2025-10-09", "CN", "US", "open"),
        tension("condemnation", "2025-10-12", "US", "CN", "open"),
        eased,
    ]);
    let at = |day| tensions::register(&events, day);
    let open = &at(date(2025, 10, 20))[0];
    assert_eq!(
        (open.status, open.moves.len(), open.last_mover(), open.owed_by()),
        (Status::Open, 2, Some("US"), Some("CN"))
    );
    let calm = &at(date(2025, 12, 1))[0];
    assert_eq!(
        (calm.status, calm.until.as_deref(), calm.owed_by()),
        (Status::Eased, Some("2026-11-10"), None)
    );
    assert_eq!(at(date(2026, 11, 11))[0].status, Status::Open);
    assert!(at(date(2025, 10, 1)).is_empty());
}

#[test]
fn the_lower_side_sets_the_level() {
    let envoy = with(call(3), |event| event["parties"][0]["office"] = json!("President"));
    let nameless = with(call(9), |event| event["parties"][0]["office"] = json!(null));
    let levels: Vec<_> = stored(&[nameless, envoy]).iter().map(engagements::level).collect();
    assert_eq!(levels, [None, Some(engagements::Level::Minister)]);
}
