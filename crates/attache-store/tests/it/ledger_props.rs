//! The ledger, whatever the events: order of arrival, corrections and deletions, and instants.

use attache_extract::StateCode;
use attache_store::view::origin::{OWN_ORDER, OWN_TEXT};
use attache_store::view::tariffs::{AsOf, Layer, Ledger, State};
use attache_store::{EventId, StoredEvent};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{at, call, duty, event, with};

const FIRST: Date = date(2025, 1, 1);

fn day(n: i32) -> Date {
    FIRST.checked_add(jiff::Span::new().days(n)).unwrap()
}

/// One event of few layers, days and rates, so that they meet.
fn any_event() -> impl Strategy<Value = serde_json::Value> {
    let layers = prop::sample::select(vec![
        "fentanyl tariff",
        "reciprocal tariff",
        "Section 301 List 3",
        "steel",
        "tariffs on Chinese goods",
    ]);
    let acts = prop::sample::select(vec![
        "impose",
        "increase",
        "reduce",
        "suspend",
        "extend_suspension",
        "remove",
        "threaten",
        "exclude",
    ]);
    let effective =
        prop::option::of((-10..40_i32, prop::option::of(prop::sample::select(vec!["00:01-04:00", "12:01"]))));
    let until = prop::option::of(1..90_i32);
    let status = prop::sample::select(vec!["announced", "in_force", "suspended", "removed", "threatened"]);
    let rate = prop::option::of(prop::sample::select(vec![0_u32, 10, 24, 34]));
    let voice = prop::sample::select(vec!["reported", "asserted", OWN_TEXT, OWN_ORDER]);
    (layers, acts, 0..40_i32, effective, until, status, rate, any::<bool>(), voice).prop_map(
        |(layer, act, said, effective, until, status, rate, points, voice)| {
            with(duty(layer, 10, "2025-01-01"), |event| {
                let said_on = day(said).to_string();
                event["subtype"] = json!(act);
                event["date"] = json!({"start": said_on, "end": said_on, "precision": "day"});
                let start = effective.map(|(days, clock)| {
                    let clock = clock.map(|clock| format!("T{clock}")).unwrap_or_default();
                    format!("{}{clock}", day(said + days))
                });
                event["effective"] = json!(start);
                event["expires"] = json!(until.map(|days| day(said + 40 + days).to_string()));
                event["status"] = json!(if act == "threaten" { "threatened" } else { status });
                let told = if voice == "reported" { voice } else { "asserted" };
                event["factuality"] = json!(if act == "threaten" { "hypothetical" } else { told });
                event["evidence"]["rules"] = json!(["test", voice]);
                event["duration"] = json!(effective.is_none().then_some("90 days"));
                event["rate"] = rate.map_or(json!(null), |rate| {
                    let unit = if points { "percentage_points" } else { "percent" };
                    let retained = points.then_some(10);
                    json!({"raw": format!("{rate}"), "value": rate, "from": null, "to": null, "unit": unit, "retained": retained})
                });
            })
        },
    )
}

fn rows(events: &[serde_json::Value]) -> Vec<StoredEvent> {
    let source = |n: usize| json!({"article": format!("{:032x}", n / 4), "published": "2025-06-10", "quote": "q", "span": [0, 1], "joined": null});
    let row = |(n, value): (usize, &serde_json::Value)| {
        let record = attache_store::record::EventRecord::from(&event(value.clone()));
        let sort_day = record.date.start.unwrap();
        StoredEvent {
            id: EventId::parse(&format!("{n:032x}")).unwrap(),
            event: record,
            sources: vec![serde_json::from_value(source(n)).unwrap()],
            known_since: at(0),
            revision: 1,
            deleted: false,
            sort_day,
        }
    };
    events.iter().enumerate().map(row).collect()
}

/// What the ledger answers on many days.
fn answers(ledger: &Ledger) -> Vec<String> {
    let days = (0..260).step_by(13).map(|n| AsOf::Day(day(n)));
    let clocked = (5..260).step_by(31).map(|n| AsOf::Clock(day(n).at(9, 0, 0, 0)));
    let ask = |as_of: AsOf| format!("{:?}", ledger.status(StateCode::US, Some(StateCode::CN), as_of));
    days.chain(clocked).map(ask).collect()
}

/// What stands, without what is only said to come: that changes with the hour something is said.
fn standing(layers: &[Layer]) -> Vec<String> {
    let stands =
        |layer: &&Layer| !matches!(layer.state, State::Announced | State::Threatened | State::Lapsed);
    let mut rows: Vec<_> = layers.iter().filter(stands).map(|layer| format!("{layer:?}")).collect();
    rows.sort();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_does_not_matter(
        (events, order) in prop::collection::vec(any_event(), 1..12)
            .prop_flat_map(|events| { let n = events.len(); (Just(events), Just((0..n).collect::<Vec<_>>()).prop_shuffle()) })
    ) {
        let rows = rows(&events);
        let shuffled: Vec<_> = order.iter().map(|n| rows[*n].clone()).collect();
        prop_assert_eq!(answers(&Ledger::of(&rows)), answers(&Ledger::of(&shuffled)));
    }

    #[test]
    fn what_was_taken_out_or_corrected_was_never_there(
        events in prop::collection::vec(any_event(), 2..10), other in any_event(), n in 0..10_usize
    ) {
        let rows = rows(&events);
        let n = n % rows.len();
        let without: Vec<_> = rows.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, row)| row.clone()).collect();
        let mut ledger = Ledger::of(&rows);
        let deleted = StoredEvent { deleted: true, ..rows[n].clone() };
        ledger.put(&deleted);
        prop_assert_eq!(answers(&ledger), answers(&Ledger::of(&without)));
        prop_assert_eq!(ledger.len(), Ledger::of(&without).len());
        let changed = attache_store::record::EventRecord::from(&event(other));
        let sort_day = changed.date.start.unwrap();
        let corrected = StoredEvent { event: changed, revision: 2, sort_day, ..rows[n].clone() };
        ledger.put(&corrected);
        let mut all = without;
        all.push(corrected);
        prop_assert_eq!(answers(&ledger), answers(&Ledger::of(&all)));
        ledger.put(&rows[n]);
        prop_assert_eq!(answers(&ledger), answers(&Ledger::of(&rows)));
    }

    /// Between two turns nothing changes; a second before a turn the state is the one before it.
    #[test]
    fn the_state_changes_at_turns_and_nowhere_else(events in prop::collection::vec(any_event(), 1..8)) {
        let rows = rows(&events);
        let ledger = Ledger::of(&rows);
        let turns = ledger.turns(StateCode::US, StateCode::CN);
        let at = |at: jiff::Timestamp| {
            let status = ledger.status(StateCode::US, Some(StateCode::CN), AsOf::Instant { at, day: FIRST });
            standing(&status.layers)
        };
        let second = jiff::SignedDuration::from_secs(1);
        for pair in turns.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if to.duration_since(from) > second {
                prop_assert_eq!(at(from), at(to - second), "between {} and {}", from, to);
                prop_assert_eq!(at(from), at(from + second), "after {}", from);
            }
        }
    }
}

#[test]
fn other_kinds_leave_the_ledger_alone() {
    let rows = rows(&[call(1)]);
    assert!(Ledger::of(&rows).is_empty());
}
