//! Views over stored events.

use attache_extract::StateCode;
use attache_extract::event::Percent;
use attache_store::view::origin::OWN_ORDER;
use attache_store::view::tensions::{Register, Standing};
use attache_store::view::{engagements, tariffs};
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
    let row = |layer: &tariffs::Layer| {
        let name = [layer.layer.as_str(), layer.goods.as_str()].join(": ");
        let name = name.trim_end_matches(": ");
        format!("{name} {} {}", layer.state.as_str(), show(layer.rate.or(layer.points)))
    };
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
    assert_eq!(
        rows(&truce),
        ["IEEPA-fentanyl in_force 20", "IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24"]
    );
    assert_eq!(truce.total, Percent::parse("30"));
    assert_eq!(truce.layers[2].until.as_deref(), Some("2025-08-12"));
    assert!(truce.layers[2].then.as_deref().unwrap().contains("24 percentage points come back"));
    // No text says whether the points came back, so there is no sum.
    let over = status(&events, date(2025, 8, 13));
    assert_eq!(rows(&over)[2], "IEEPA-reciprocal expired 24");
    assert_eq!(over.total, None);
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
    assert_eq!(rows(&status), ["IEEPA-fentanyl in_force ?", "unspecified lapsed 100"]);
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
    let at = |day| Register::of(&events).threads(day);
    let open = &at(date(2025, 10, 20))[0];
    assert_eq!(
        (open.status, open.moves.len(), open.last_mover(), open.owed_by()),
        (Standing::Open, 2, Some("US"), Some("CN"))
    );
    let calm = &at(date(2025, 12, 1))[0];
    assert_eq!(
        (calm.status, calm.until.as_deref(), calm.owed_by()),
        (Standing::Eased, Some("2026-11-10"), None)
    );
    assert_eq!(at(date(2026, 11, 11))[0].status, Standing::Open);
    assert!(at(date(2025, 10, 1)).is_empty());
}

#[test]
fn the_lower_side_sets_the_level() {
    let envoy = with(call(3), |event| event["parties"][0]["office"] = json!("President"));
    let nameless = with(call(9), |event| event["parties"][0]["office"] = json!(null));
    let levels: Vec<_> = stored(&[nameless, envoy]).iter().map(engagements::level).collect();
    assert_eq!(levels, [None, Some(engagements::Level::Minister)]);
}

#[test]
fn a_pause_worded_otherwise_is_of_the_same_duty() {
    let by_china = |event: Value, scope: &str| {
        with(event, |event| {
            event["scope"] = json!(scope);
            event["parties"][0]["name"] = json!("China");
            event["parties"][0]["country"] = json!("CN");
            event["parties"][1]["name"] = json!("United States");
            event["parties"][1]["country"] = json!("US");
        })
    };
    let events = stored(&[
        by_china(duty("", 34, "2025-04-10"), "reciprocal tariff on all U.S. goods"),
        by_china(paused(), "reciprocal duties on American imports"),
    ]);
    let status = tariffs::status(&events, StateCode::CN, Some(StateCode::US), date(2025, 6, 1));
    assert_eq!(
        rows(&status),
        ["CN-retaliation-reciprocal in_force 10", "CN-retaliation-reciprocal suspended 24"]
    );
    assert_eq!(status.total, Percent::parse("10"));
}

#[test]
fn duties_on_single_goods_are_not_added_up() {
    let events = stored(&[
        duty("fentanyl tariff", 20, "2025-03-04"),
        duty("fentanyl tariff on potash", 10, "2025-03-07"),
        duty("steel and aluminum", 25, "2025-03-12"),
    ]);
    let status = status(&events, date(2025, 4, 1));
    assert_eq!(status.total, Percent::parse("20"));
    assert_eq!(
        rows(&status),
        [
            "IEEPA-fentanyl in_force 20",
            "IEEPA-fentanyl: potash in_force 10",
            "s232: aluminum steel in_force 25"
        ]
    );
}

fn announced(rate: u32, on: &str, from: &str) -> Value {
    with(duty("reciprocal tariff", rate, from), |event| {
        event["status"] = json!("announced");
        event["date"] = json!({"start": on, "end": on, "precision": "day"});
    })
}

#[test]
fn what_begins_later_counts_later_and_a_pause_calls_it_off() {
    let early = announced(34, "2025-03-01", "2025-06-01");
    let between = announced(10, "2025-04-01", "2025-04-05");
    let both = stored(&[early.clone(), between.clone()]);
    assert_eq!(
        rows(&status(&both, date(2025, 5, 1))),
        ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal announced 34"]
    );
    assert_eq!(rows(&status(&both, date(2025, 6, 1))), ["IEEPA-reciprocal in_force 34"]);
    let stopped = stored(&[early, between, paused()]);
    assert_eq!(
        rows(&status(&stopped, date(2025, 6, 1))),
        ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24"]
    );
}

#[test]
fn a_month_is_not_its_first_day() {
    let events = stored(&[announced(34, "2025-03-01", "2025-04")]);
    assert_eq!(rows(&status(&events, date(2025, 4, 10))), ["IEEPA-reciprocal announced 34"]);
    assert_eq!(rows(&status(&events, date(2025, 4, 30))), ["IEEPA-reciprocal in_force 34"]);
}

#[test]
fn an_end_with_an_hour_has_come_on_its_day() {
    let timed = with(paused(), |event| event["effective"] = json!("2025-05-14T00:01-04:00"));
    let events = stored(&[timed]);
    let last = status(&events, date(2025, 8, 11));
    assert_eq!(rows(&last), ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24"]);
    assert_eq!(last.layers[1].until.as_deref(), Some("2025-08-12T00:01"));
    assert_eq!(rows(&status(&events, date(2025, 8, 12)))[1], "IEEPA-reciprocal expired 24");
    let at = |text: &str| {
        let as_of = tariffs::AsOf::parse(text).unwrap();
        rows(&tariffs::status(&events, StateCode::US, Some(StateCode::CN), as_of))[1].clone()
    };
    assert_eq!(at("2025-08-12T12:00+08:00"), "IEEPA-reciprocal suspended 24");
    assert_eq!(at("2025-08-12T00:00-04:00"), "IEEPA-reciprocal suspended 24");
    assert_eq!(at("2025-08-12T00:01-04:00"), "IEEPA-reciprocal expired 24");
}

#[test]
fn a_pause_of_an_unnamed_layer_is_shown_and_nothing_is_added_up() {
    let unnamed = with(paused(), |event| {
        event["scope"] = json!("tariffs on Chinese goods");
        event["quote"] = json!("Both sides eased their tariffs.");
    });
    let events = stored(&[duty("fentanyl tariff", 20, "2025-03-04"), unnamed]);
    let status = status(&events, date(2025, 6, 1));
    assert_eq!(
        rows(&status),
        ["IEEPA-fentanyl in_force 20", "unspecified in_force 10", "unspecified suspended 24"]
    );
    assert_eq!(status.total, None);
    assert!(status.conflicts.iter().any(|conflict| conflict.what.contains("without naming the layer")));
}

#[test]
fn a_rate_worded_otherwise_is_no_conflict_and_an_exclusion_no_duty() {
    let other =
        with(duty("fentanyl tariff", 20, "2025-03-04"), |event| event["rate"]["raw"] = json!("20 percent"));
    let exempt = with(duty("fentanyl tariff", 0, "2025-03-06"), |event| {
        event["subtype"] = json!("exclude");
        event["rate"] = json!(null);
    });
    let status =
        status(&stored(&[duty("fentanyl tariff", 20, "2025-03-04"), other, exempt]), date(2025, 4, 1));
    assert_eq!((rows(&status), status.conflicts), (vec!["IEEPA-fentanyl in_force 20".to_owned()], vec![]));
}

#[test]
fn a_thread_is_open_while_one_of_its_measures_is() {
    let events = stored(&[
        tension("export_control", "2025-10-09", "CN", "US", "open"),
        tension("investigation", "2025-10-10", "US", "CN", "open"),
        tension("export_control", "2025-11-10", "CN", "US", "eased"),
        tension("warning", "2025-11-20", "CN", "US", "open"),
    ]);
    let status = |events: &[StoredEvent]| Register::of(events).threads(date(2025, 12, 1))[0].status;
    assert_eq!(status(&events), Standing::Open);
    let settled: Vec<_> = events.into_iter().filter(|row| row.event.subtype != "investigation").collect();
    assert_eq!(status(&settled), Standing::Eased);
}

/// The order in which reports arrive does not matter.
#[test]
fn arrival_does_not_change_the_status() {
    let mut events = stored(&[
        announced(34, "2025-03-01", "2025-06-01"),
        announced(10, "2025-04-01", "2025-04-05"),
        paused(),
        duty("fentanyl tariff", 20, "2025-03-04"),
    ]);
    for day in [date(2025, 3, 2), date(2025, 4, 6), date(2025, 6, 2), date(2026, 1, 1)] {
        let expected = status(&events, day);
        for _ in 0..events.len() {
            events.rotate_left(1);
            assert_eq!(status(&events, day), expected);
        }
        events.swap(0, 2);
        assert_eq!(status(&events, day), expected);
    }
}

/// The act as the actor's own text tells it.
fn official(event: Value, rule: &str) -> Value {
    with(event, |event| event["evidence"] = json!({"quote": [0, 28], "rules": ["test", rule]}))
}

fn said(event: Value, day: &str) -> Value {
    with(event, |event| event["date"] = json!({"start": day, "end": day, "precision": "day"}))
}

/// Events of two articles.
fn stored_apart(first: &[Value], second: &[Value]) -> Vec<StoredEvent> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    commit(&store, "One text.", first);
    commit(&store, "Another text.", second);
    store.all_events(&EventQuery::default()).unwrap()
}

fn at(events: &[StoredEvent], as_of: &str) -> tariffs::TariffStatus {
    let as_of = tariffs::AsOf::parse(as_of).unwrap();
    tariffs::status(events, StateCode::US, Some(StateCode::CN), as_of)
}

fn order(rate: u32, from: &str, on: &str) -> Value {
    let timed = with(announced(rate, on, from), |event| {
        event["effective"] = json!(format!("{from}T00:01-05:00"));
        event["subtype"] = json!("increase");
    });
    official(timed, OWN_ORDER)
}

#[test]
fn an_hour_of_an_order_stands_against_a_later_bare_day() {
    let wire = duty("reciprocal tariff", 20, "2025-03-04");
    let events = stored_apart(&[order(20, "2025-03-04", "2025-03-03")], &[wire]);
    assert_eq!(rows(&at(&events, "2025-03-04T00:00-05:00")), ["IEEPA-reciprocal announced 20"]);
    let charged = at(&events, "2025-03-05");
    assert_eq!(rows(&charged), ["IEEPA-reciprocal in_force 20"]);
    assert_eq!(charged.layers[0].effective.as_deref(), Some("2025-03-04T00:01-05:00"));
    assert_eq!((charged.layers[0].sources.len(), charged.conflicts.len()), (2, 0));
}

#[test]
fn an_order_stands_against_a_later_report_and_both_are_shown() {
    let wire = duty("reciprocal tariff", 25, "2025-03-04");
    let events = stored_apart(&[order(20, "2025-03-04", "2025-03-03")], &[wire]);
    let status = at(&events, "2025-03-05");
    assert_eq!(rows(&status), ["IEEPA-reciprocal in_force 20"]);
    let [conflict] = status.conflicts.as_slice() else { panic!("{:?}", status.conflicts) };
    assert_eq!(conflict.why, "an official text weighs more than an article's own statement");
    // A decision said later and before the day is a new one, whoever reports it.
    let newer = announced(30, "2025-03-03", "2025-03-04");
    let decided = stored_apart(&[order(20, "2025-03-04", "2025-03-01")], &[newer]);
    assert_eq!(rows(&at(&decided, "2025-03-05")), ["IEEPA-reciprocal in_force 30"]);
}

#[test]
fn between_equals_the_hour_and_then_the_later_word_decide() {
    let clocked = with(announced(20, "2025-03-01", "2025-03-04"), |event| {
        event["effective"] = json!("2025-03-04T00:01-05:00");
    });
    let bare = announced(25, "2025-03-01", "2025-03-04");
    let status = at(&stored_apart(&[clocked], std::slice::from_ref(&bare)), "2025-03-05");
    assert_eq!(rows(&status), ["IEEPA-reciprocal in_force 20"]);
    assert_eq!(status.conflicts[0].why, "it gives the hour, the other one only the day");
}

#[test]
fn of_two_acts_of_one_day_the_part_kept_stands_against_the_end() {
    let end = with(announced(0, "2025-05-12", "2025-05-14"), |event| {
        event["subtype"] = json!("remove");
        event["rate"] = json!(null);
    });
    let whole = announced(34, "2025-05-12", "2025-05-14");
    let part = said(paused(), "2025-05-12");
    for order in [[&end, &whole, &part], [&part, &end, &whole], [&whole, &part, &end]] {
        let events = stored(&order.map(Clone::clone));
        let status = status(&events, date(2025, 6, 1));
        assert_eq!(
            rows(&status),
            ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24"],
            "{:?}",
            status.conflicts
        );
        assert_eq!(status.conflicts, []);
    }
}

#[test]
fn a_promised_prolongation_moves_no_end() {
    let longer = |day: &str, status: &str| {
        with(said(paused(), day), |event| {
            event["subtype"] = json!("extend_suspension");
            event["status"] = json!(status);
            event["effective"] = json!(null);
            event["duration"] = json!(null);
            event["rate"] = json!(null);
            event["expires"] = json!("2025-11-10");
        })
    };
    let promised = longer("2025-08-01", "announced");
    let events = stored(&[paused(), promised.clone()]);
    let end = |events: &[StoredEvent], day| {
        let status = status(events, day);
        (rows(&status), status.next_end(false).map(|(end, _)| end.to_string()))
    };
    let (shown, next) = end(&events, date(2025, 8, 5));
    assert_eq!(
        shown,
        ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24", "IEEPA-reciprocal announced ?"]
    );
    assert_eq!(next.as_deref(), Some("2025-08-12"));
    // Signed: the end moves, and the points are those of before.
    let signed = official(longer("2025-08-11", "announced"), OWN_ORDER);
    let events = stored_apart(&[paused(), promised], &[signed]);
    for (day, next) in [
        (date(2025, 8, 10), "2025-08-12"),
        (date(2025, 8, 11), "2025-11-10"),
        (date(2025, 9, 1), "2025-11-10"),
    ] {
        let (shown, end) = end(&events, day);
        assert_eq!(shown[..2], ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24"], "{day}");
        assert_eq!(end.as_deref(), Some(next), "{day}");
    }
}

#[test]
fn a_pause_takes_the_start_that_its_text_gives_for_what_stays() {
    let kept = with(announced(10, "2025-05-12", "2025-05-14"), |event| {
        event["effective"] = json!("2025-05-14T00:01-04:00");
    });
    let part = with(said(paused(), "2025-05-12"), |event| {
        event["effective"] = json!(null);
        event["status"] = json!("announced");
    });
    for order in [[&kept, &part], [&part, &kept]] {
        let events = stored(&order.map(Clone::clone));
        let status = status(&events, date(2025, 6, 1));
        assert_eq!(rows(&status), ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24"]);
        assert_eq!(status.layers[1].until.as_deref(), Some("2025-08-12T00:01"));
        // Without the other the pause has no start again.
        let kept = events.iter().find(|row| row.event.subtype == "impose").unwrap();
        let rest: Vec<_> = events.iter().filter(|row| row.id != kept.id).cloned().collect();
        let mut ledger = tariffs::Ledger::of(&events);
        ledger.forget(kept.id);
        let ask = |ledger: &tariffs::Ledger| {
            ledger.status(StateCode::US, Some(StateCode::CN), date(2025, 6, 1).into())
        };
        assert_eq!(ask(&ledger), ask(&tariffs::Ledger::of(&rest)));
    }
}

#[test]
fn a_duty_told_in_passing_changes_nothing() {
    let passing = with(duty("fentanyl tariff", 10, "2025-06-01"), |event| {
        event["effective"] = json!(null);
        event["date"] = json!({"start": null, "end": null, "precision": "unknown"});
    });
    let events = stored(&[duty("fentanyl tariff", 20, "2025-03-04"), passing.clone()]);
    let later = status(&events, date(2025, 7, 1));
    assert_eq!(rows(&later), ["IEEPA-fentanyl in_force 20"]);
    assert!(later.conflicts[0].why.contains("may mean an older one"), "{:?}", later.conflicts);
    // Alone it says what had begun by the day it was published.
    let alone = status(&stored(&[passing]), date(2025, 7, 1));
    assert_eq!(rows(&alone), ["IEEPA-fentanyl in_force 10"]);
    assert_eq!(alone.layers[0].effective.as_deref(), Some("by 2025-06-10"));
}

#[test]
fn a_rise_without_a_layer_is_of_what_was_to_begin_that_day() {
    let unnamed = with(announced(84, "2025-03-20", "2025-04-05"), |event| {
        event["scope"] = json!("all goods");
        event["subtype"] = json!("increase");
        event["quote"] = json!("The duty will be 84% from 5 April.");
    });
    let planned = announced(34, "2025-03-01", "2025-04-05");
    let status = status(
        &stored_apart(std::slice::from_ref(&planned), std::slice::from_ref(&unnamed)),
        date(2025, 5, 1),
    );
    assert_eq!(rows(&status), ["IEEPA-reciprocal in_force 84"]);
    assert!(status.conflicts[0].what.contains("names no layer"), "{:?}", status.conflicts);
    // Where two layers begin that day, nobody can tell.
    let other = with(planned.clone(), |event| event["scope"] = json!("fentanyl tariff"));
    let both = stored_apart(&[planned, other], &[unnamed]);
    let rows = rows(&tariffs::status(&both, StateCode::US, Some(StateCode::CN), date(2025, 5, 1)));
    assert!(rows.contains(&"unspecified in_force 84".to_owned()), "{rows:?}");
}

#[test]
fn an_end_reckoned_from_a_deadline_is_approximate() {
    let by = with(said(paused(), "2025-05-12"), |event| event["effective"] = json!("by 2025-05-14"));
    let status = status(&stored(&[by]), date(2025, 6, 1));
    let suspended = &status.layers[1];
    assert_eq!((suspended.until.as_deref(), suspended.about), (Some("2025-08-12"), true));
    assert_eq!(status.next_end(false), None);
}

#[test]
fn a_form_alone_makes_no_thread_and_words_go_to_the_measure_they_name() {
    let on = |event: Value, topics: &[&str]| with(event, |event| event["topics"] = json!(topics));
    let chips =
        on(tension("export_control", "2025-07-03", "US", "CN", "eased"), &["export controls", "chips"]);
    let earths =
        on(tension("export_control", "2025-10-09", "CN", "US", "open"), &["export controls", "rare earths"]);
    let words =
        with(on(tension("condemnation", "2025-10-10", "US", "CN", "open"), &["supply chains"]), |event| {
            event["quote"] = json!("Washington condemned the controls as an attack.");
        });
    let threads = Register::of(&stored(&[chips, earths, words])).threads(date(2025, 10, 20));
    let shown: Vec<_> = threads.iter().map(|thread| (thread.status, thread.moves.len())).collect();
    assert_eq!(shown, [(Standing::Open, 2), (Standing::Eased, 1)]);
    let why = threads[0].moves[1].why.clone().unwrap();
    assert_eq!(&*why, "its words are about the export control of CN on 2025-10-09");
}

#[test]
fn a_deadline_is_certain_when_its_day_ends() {
    let by =
        with(announced(34, "2025-05-12", "2025-05-14"), |event| event["effective"] = json!("by 2025-05-14"));
    let events = stored(&[by]);
    assert_eq!(rows(&at(&events, "2025-05-14T12:00-04:00")), ["IEEPA-reciprocal announced 34"]);
    assert_eq!(rows(&at(&events, "2025-05-14")), ["IEEPA-reciprocal in_force 34"]);
}

#[test]
fn what_was_said_in_a_week_was_known_when_it_was_told() {
    let week = with(announced(34, "2025-06-02", "2025-06-05"), |event| {
        event["date"] = json!({"start": "2025-06-02", "end": "2025-06-08", "precision": "week"});
    });
    let events = stored(&[week]);
    assert_eq!(rows(&at(&events, "2025-06-04")), [""; 0]);
    assert_eq!(rows(&at(&events, "2025-06-08")), ["IEEPA-reciprocal in_force 34"]);
}

#[test]
fn a_change_comes_after_what_it_changes() {
    let raised = with(announced(20, "2025-03-01", "2025-03-04"), |event| {
        event["subtype"] = json!("increase");
        event["rate"] = json!({"raw": "10 to 20", "value": null, "from": 10, "to": 20, "unit": "percent", "retained": null});
    });
    let first = announced(10, "2025-03-01", "2025-03-04");
    for order in [[&first, &raised], [&raised, &first]] {
        let status = at(&stored(&order.map(Clone::clone)), "2025-03-05");
        assert_eq!(rows(&status), ["IEEPA-reciprocal in_force 20"]);
        assert_eq!(status.conflicts, []);
    }
}

#[test]
fn what_one_text_keeps_of_a_duty_it_sets_leaves_the_rest_suspended() {
    let whole = with(announced(34, "2025-05-12", "2025-05-14"), |event| {
        event["subtype"] = json!("reduce");
        event["rate"] = json!({"raw": "125 to 34", "value": null, "from": 125, "to": 34, "unit": "percent", "retained": null});
    });
    let kept = announced(10, "2025-05-12", "2025-05-14");
    let part = with(said(paused(), "2025-05-12"), |event| {
        event["status"] = json!("announced");
        event["effective"] = json!(null);
        event["rate"] =
            json!({"raw": "10%", "value": 10, "from": null, "to": null, "unit": "percent", "retained": 10});
    });
    for order in [[&whole, &kept, &part], [&part, &kept, &whole], [&kept, &part, &whole]] {
        let status = status(&stored(&order.map(Clone::clone)), date(2025, 6, 1));
        assert_eq!(rows(&status), ["IEEPA-reciprocal in_force 10", "IEEPA-reciprocal suspended 24"]);
        assert_eq!(status.layers[1].until.as_deref(), Some("2025-08-12"));
        assert_eq!(status.conflicts, []);
    }
}
