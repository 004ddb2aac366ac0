//! The shipped chronology: row by row, and what the ledger and the register answer from it.

use std::collections::BTreeSet;

use attache_extract::StateCode;
use attache_extract::event::Kind;
use attache_extract::when::Moment;
use attache_store::view::origin;
use attache_store::view::tariffs::{AsOf, Layer, Ledger, State, UNSPECIFIED, layer_of, zone_of};
use attache_store::view::tensions::{Register, Thread};
use attache_store::{Correction, EventQuery, NameOf, Names, Store, StoredEvent, chronology};
use jiff::civil::Date;

use crate::sample::at;

fn loaded() -> Vec<StoredEvent> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let events = store.load_chronology(at(0)).unwrap();
    assert_eq!(store.load_chronology(at(1)).unwrap(), 0, "twice changes nothing");
    let rows = store.all_events(&EventQuery::default()).unwrap();
    assert_eq!(rows.len(), events);
    assert!(store.check().unwrap().faults.is_empty());
    rows
}

#[test]
fn every_record_is_whole() {
    let (mut keys, mut names, mut texts) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for record in chronology().unwrap() {
        let key = &record.key;
        assert!(keys.insert(key.clone()), "{key} twice");
        assert!(texts.insert(record.text.clone()), "{key}: its text stands twice");
        assert!(!record.sources.is_empty(), "{key} has no source");
        assert!(record.seen.is_none_or(|seen| seen >= Date::constant(2018, 1, 1)), "{key}: seen");
        for source in &record.sources {
            let address = source.url.as_deref().is_some_and(|url| url.starts_with("http"));
            assert!(address || source.name.is_some(), "{key}: a source without a name");
        }
        for event in &record.events {
            let name = record.name(event);
            assert!(names.insert(name.clone()), "{name} twice");
            let stored = record.event(event).unwrap();
            assert!(!stored.parties.is_empty(), "{name} has no party");
            let whole = stored.quote.starts_with(char::is_uppercase) && stored.quote.ends_with('.');
            assert!(whole, "{name} rests on no whole sentence: {:?}", stored.quote);
            let start = stored.date.start.unwrap();
            assert!(start <= record.published, "{name} was published before it happened");
            let days = |text: &Option<String>| text.as_ref().map(|text| text.parse::<Moment>().unwrap());
            let (from, until) = (days(&stored.effective), days(&stored.expires));
            if let (Some(from), Some(until)) = (from, until) {
                assert!(from.days().unwrap().0 < until.days().unwrap().1, "{name} ends before it begins");
            }
            let actor = stored.parties[0].country.clone().unwrap().parse().unwrap();
            for moment in [from, until].into_iter().flatten() {
                check_zone(&name, actor, &moment);
            }
            if stored.kind.0 == Kind::TariffAction {
                assert_ne!(layer_of(&stored), UNSPECIFIED, "{name} names no layer");
            }
            if stored.kind.0 == Kind::Tension {
                assert!(origin::thread(&stored).is_some(), "{name} names no thread");
            }
        }
    }
    assert_eq!(keys.len(), 222);
}

/// A clock time stands with the offset that the actor's clock had that day.
#[track_caller]
fn check_zone(name: &str, actor: StateCode, moment: &Moment) {
    let Some(time) = moment.time else { return };
    let local = moment.days().unwrap().0.to_datetime(time);
    let zone = zone_of(actor);
    let offset = zone.to_offset(zone.to_timestamp(local).unwrap()).seconds() / 60;
    assert_eq!(Some(i32::from(moment.offset.unwrap())), Some(offset), "{name}: {moment}");
}

/// What a step says it started from is what the ledger had at that time.
#[test]
fn every_step_follows_from_the_one_before() {
    let rows = loaded();
    let ledger = Ledger::of(&rows);
    for row in rows.iter().filter(|row| row.event.kind.0 == Kind::TariffAction) {
        let Some(from) = row.event.rate.as_ref().and_then(|rate| rate.from) else { continue };
        let imposer = row.event.parties[0].country.clone().unwrap().parse().unwrap();
        let on = row.event.parties.get(1).and_then(|party| party.country.as_deref()?.parse().ok());
        // The step itself left out: what stood or was announced on that day.
        let others: Vec<_> = rows
            .iter()
            .filter(|other| other.sort_day <= row.sort_day && other.id != row.id)
            .cloned()
            .collect();
        let status = Ledger::of(&others).status(imposer, on, AsOf::Day(row.sort_day));
        let layer = layer_of(&row.event);
        let before =
            status.layers.iter().filter(|held| held.layer == layer).any(|held| held.rate == Some(from.0));
        let name = origin::key(&row.event).unwrap();
        assert!(
            before,
            "{name} starts from {from:?}, the ledger has {:?}",
            status.layers.iter().filter(|held| held.layer == layer).collect::<Vec<_>>()
        );
    }
    assert!(ledger.len() > 30);
}

fn show(layer: &Layer) -> String {
    let figure =
        |percent: Option<attache_extract::event::Percent>| percent.map(|percent| percent.to_string());
    let figure = match (layer.state, layer.rate, layer.points) {
        (State::Suspended | State::Expired, _, Some(_)) => {
            figure(layer.points).map(|points| format!("{points}pp"))
        }
        _ => figure(layer.rate),
    };
    let until = layer
        .until
        .as_ref()
        .map(|until| format!(">{}", until.get(..10).unwrap_or(until)))
        .unwrap_or_default();
    let name = layer.layer.replace("IEEPA-", "").replace("CN-retaliation-", "cn-");
    let state = layer.state.as_str().replace("_", "-");
    format!(
        "{name}{} {state} {}{until}",
        if layer.goods.is_empty() { String::new() } else { format!("({})", layer.goods) },
        figure.unwrap_or_else(|| "?".to_owned())
    )
}

/// One line a question: imposer, as of, the rows that apply to all goods (removed and lapsed ones
/// left out), the sum, the next end and the days to it.
const STATUS: &str = "
US 2018-01-10 | none | ? | -
US 2018-06-30T12:00-04:00 | none | 0 | -
US 2018-08-23T00:00-04:00 List 2 | s301(List 2) announced 25
US 2018-08-23T00:01-04:00 List 2 | s301(List 2) in-force 25
US 2018-10-01 List 3 | s301(List 3) in-force 10, s301(List 3) announced 25
US 2018-11-30 List 3 | s301(List 3) in-force 10, s301(List 3) announced 25
US 2018-12-05T12:00-05:00 List 3 | s301(List 3) in-force 10, s301(List 3) suspended 15pp>2019-03-01
US 2019-02-28T23:00-05:00 List 3 | s301(List 3) in-force 10
US 2019-04-01 List 3 | s301(List 3) in-force 10
US 2019-05-06 List 3 | s301(List 3) in-force 10, s301(List 3) threatened 25
US 2019-05-10T12:00-04:00 List 3 | s301(List 3) in-force 25
US 2019-09-15 List 3 | s301(List 3) in-force 25, s301(List 3) announced 30
US 2019-10-20 List 3 | s301(List 3) in-force 25
US 2018-07-10 List 1 | s301(List 1) in-force 25
US 2019-10-01 List 1 | s301(List 1) in-force 25, s301(List 1) announced 30
US 2020-06-01 List 1 | s301(List 1) in-force 25
US 2019-08-05 List 4A | s301(List 4A) threatened 10
US 2019-08-20 List 4A | s301(List 4A) announced 10
US 2019-08-25 List 4A | s301(List 4A) announced 15
US 2019-09-02 List 4A | s301(List 4A) in-force 15
US 2020-02-13 List 4A | s301(List 4A) in-force 15
US 2020-02-14 List 4A | s301(List 4A) in-force 7.5
US 2019-12-01 List 4B | s301(List 4B) announced 15
US 2020-01-02 List 4B | none
US 2021-07-01 List 4A | s301(List 4A) in-force 7.5
US 2022-07-01 | none | 0 | -
US 2023-07-01 List 3 | s301(List 3) in-force 25
US 2024-07-01 | none | 0 | -
US 2025-01-15 | none | 0 | -
US 2025-02-03T12:00-05:00 | fentanyl announced 10 | 0 | -
US 2025-02-04T00:00-05:00 | fentanyl announced 10 | 0 | -
US 2025-02-04T00:01-05:00 | fentanyl in-force 10 | 10 | -
US 2025-03-03T23:00-05:00 | fentanyl in-force 10, fentanyl announced 20 | 10 | -
US 2025-03-05 | fentanyl in-force 20 | 20 | -
US 2025-04-03T09:00-04:00 | fentanyl in-force 20, reciprocal announced 10, reciprocal announced 34 | 20 | -
US 2025-04-07T18:00-04:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal announced 34, reciprocal threatened 50 | 30 | -
US 2025-04-08T20:00-04:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal announced 34, reciprocal announced 84 | 30 | -
US 2025-04-09T00:00-04:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal announced 84, reciprocal announced 125 | 30 | -
US 2025-04-09T23:00-04:00 | fentanyl in-force 20, reciprocal in-force 84, reciprocal announced 125 | 104 | -
US 2025-04-10T00:01-04:00 | fentanyl in-force 20, reciprocal in-force 125 | 145 | -
US 2025-05-12T09:00-04:00 | fentanyl in-force 20, reciprocal in-force 125, reciprocal announced 10>2025-08-12 | 145 | -
US 2025-05-14T00:00-04:00 | fentanyl in-force 20, reciprocal in-force 125, reciprocal announced 10>2025-08-12 | 145 | -
US 2025-05-14T00:01-04:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2025-08-12 | 30 | 2025-08-12 90d
US 2025-08-11T09:00-04:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2025-11-10, reciprocal announced 10>2025-11-10 | 30 | 2025-11-10 91d
US 2025-08-12T09:00-04:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2025-11-10 | 30 | 2025-11-10 90d
US 2025-10-15 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2025-11-10, reciprocal threatened 100 | 30 | 2025-11-10 26d
US 2025-10-31 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2025-11-10, reciprocal threatened 100 | 30 | 2025-11-10 10d
US 2025-11-02T12:00-05:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2025-11-10 | 30 | 2025-11-10 8d
US 2025-11-06T12:00-05:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2026-11-10, fentanyl announced 10, reciprocal announced 10>2026-11-10 | 30 | 2026-11-10 369d
US 2025-11-10T00:00-05:00 | fentanyl in-force 20, reciprocal in-force 10, reciprocal suspended 24pp>2026-11-10, fentanyl announced 10, reciprocal announced 10>2026-11-10 | 30 | 2026-11-10 365d
US 2025-11-10T12:00-05:00 | fentanyl in-force 10, reciprocal in-force 10, reciprocal suspended 24pp>2026-11-10 | 20 | 2026-11-10 365d
US 2026-01-20 | fentanyl in-force 10, reciprocal in-force 10, reciprocal suspended 24pp>2026-11-10 | 20 | 2026-11-10 294d
US 2026-02-19 | fentanyl in-force 10, reciprocal in-force 10, reciprocal suspended 24pp>2026-11-10 | 20 | 2026-11-10 264d
US 2026-02-21T12:00-05:00 | s122 announced 10>2026-07-24 | 0 | -
US 2026-02-24T00:01-05:00 | s122 in-force 10>2026-07-24 | 10 | 2026-07-24 150d
US 2026-05-10T12:00-04:00 | s122 in-force 10>2026-07-24 | 10 | 2026-07-24 75d
US 2026-06-15 | s122 in-force 10>2026-07-24, s301-forced-labor threatened ? | 10 | 2026-07-24 39d
US 2026-07-23T12:00-04:00 | s122 in-force 10>2026-07-24, s301-forced-labor announced 12.5 | 10 | 2026-07-24 1d
US 2026-07-24T12:00-04:00 | s301-forced-labor in-force 12.5, s122 expired 10>2026-07-24 | 12.5 | -
US 2026-10-05T12:00-04:00 | s301-forced-labor in-force 12.5, s122 expired 10>2026-07-24 | 12.5 | -
CN 2018-09-01 | none | 0 | -
CN 2025-03-15 | none | 0 | -
CN 2025-04-05T12:00+08:00 | cn-reciprocal announced 34 | 0 | -
CN 2025-04-10T12:00+08:00 | cn-reciprocal announced 84 | 0 | -
CN 2025-04-10T12:01+08:00 | cn-reciprocal in-force 84 | 84 | -
CN 2025-04-11T20:00+08:00 | cn-reciprocal in-force 84, cn-reciprocal announced 125 | 84 | -
CN 2025-04-12T00:00+08:00 | cn-reciprocal in-force 125 | 125 | -
CN 2025-05-13T12:00+08:00 | cn-reciprocal in-force 125, cn-reciprocal announced 10>2025-08-12 | 125 | -
CN 2025-05-14T12:00+08:00 | cn-reciprocal in-force 125, cn-reciprocal announced 10>2025-08-12 | 125 | -
CN 2025-05-14T12:01+08:00 | cn-reciprocal in-force 10, cn-reciprocal suspended 24pp>2025-08-12 | 10 | 2025-08-12 90d
CN 2025-08-12T09:00+08:00 | cn-reciprocal in-force 10, cn-reciprocal suspended 24pp>2025-11-10 | 10 | 2025-11-10 90d
CN 2025-11-06 | cn-reciprocal in-force 10, cn-reciprocal suspended 24pp>2026-11-10, cn-reciprocal announced 10>2026-11-10 | 10 | 2026-11-10 369d
CN 2025-11-10T13:01+08:00 | cn-reciprocal in-force 10, cn-reciprocal suspended 24pp>2026-11-10 | 10 | 2026-11-10 365d
CN 2026-03-01 | cn-reciprocal in-force 10, cn-reciprocal suspended 24pp>2026-11-10 | 10 | 2026-11-10 254d
CN 2026-09-27 | cn-reciprocal in-force 10, cn-reciprocal suspended 24pp>2026-11-10 | 10 | 2026-11-10 44d
CN 2026-10-05T09:00+08:00 | cn-reciprocal in-force 10, cn-reciprocal suspended 24pp>2026-11-10 | 10 | 2026-11-10 36d
CN 2026-11-20 | cn-reciprocal in-force 10, cn-reciprocal expired 24pp>2026-11-10 | ? | -
";

#[test]
fn the_ledger_answers_as_of_any_instant() {
    let rows = loaded();
    let ledger = Ledger::of(&rows);
    let mut wrong = Vec::new();
    for line in STATUS.lines().filter(|line| !line.is_empty()) {
        let (question, expected) = line.split_once(" | ").unwrap();
        let mut words = question.split(' ');
        let imposer: StateCode = words.next().unwrap().parse().unwrap();
        let on: StateCode = if imposer == StateCode::US { StateCode::CN } else { StateCode::US };
        let as_of = AsOf::parse(words.next().unwrap()).unwrap();
        let list = words.collect::<Vec<_>>().join(" ");
        let status = ledger.status(imposer, Some(on), as_of);
        let over = |state: State| matches!(state, State::Removed | State::Lapsed);
        let wanted =
            |layer: &&Layer| if list.is_empty() { layer.on_all_goods() } else { layer.goods == list };
        let shown: Vec<_> =
            status.layers.iter().filter(|layer| !over(layer.state)).filter(wanted).map(show).collect();
        let mut answer = if shown.is_empty() { "none".to_owned() } else { shown.join(", ") };
        if list.is_empty() {
            let total = status.total.map_or_else(|| "?".to_owned(), |total| total.to_string());
            let next = status.next_end(false).map_or_else(
                || "-".to_owned(),
                |(end, _)| format!("{end} {}d", as_of.own_day().until(end).unwrap().get_days()),
            );
            answer = format!("{answer} | {total} | {next}");
        }
        if answer != expected {
            wrong.push(format!("{question} | {answer}"));
        }
    }
    assert!(wrong.is_empty(), "the ledger answers:\n{}", wrong.join("\n"));
}

#[test]
fn what_sources_and_courts_differ_about_is_said() {
    let ledger = Ledger::of(&loaded());
    let at = |imposer: StateCode, on: StateCode, as_of: &str| {
        ledger.status(imposer, Some(on), AsOf::parse(as_of).unwrap())
    };
    let truce = at(StateCode::CN, StateCode::US, "2026-10-05T09:00+08:00");
    let [conflict] = truce.conflicts.as_slice() else { panic!("{:?}", truce.conflicts) };
    assert!(conflict.what.contains("2026-11-10") && conflict.what.contains("2027-01-10"), "{conflict:?}");
    assert_eq!(conflict.why, "an official text weighs more than an unconfirmed digest");
    assert!(at(StateCode::CN, StateCode::US, "2026-09-01").conflicts.is_empty());
    let surcharge = |as_of: &str| {
        let status = at(StateCode::US, StateCode::CN, as_of);
        let layer = status.layers.iter().find(|layer| layer.layer == "s122").unwrap();
        (layer.state, layer.rate.map(|rate| rate.to_string()), layer.legal.is_some())
    };
    // The ruling changes the note, not the rate.
    assert_eq!(surcharge("2026-05-06"), (State::InForce, Some("10".to_owned()), false));
    assert_eq!(surcharge("2026-05-08"), (State::InForce, Some("10".to_owned()), true));
    let reciprocal = at(StateCode::US, StateCode::CN, "2025-06-01");
    assert!(
        reciprocal
            .layers
            .iter()
            .filter(|layer| layer.layer.starts_with("IEEPA"))
            .all(|layer| layer.legal.is_some())
    );
}

fn thread<'t>(threads: &'t [Thread], key: &str) -> Option<&'t Thread> {
    threads.iter().find(|thread| thread.keys().any(|known| known == key))
}

/// One line a question: a key of the chronology, a day, and where its thread stands then.
const THREADS: &str = "
us-zte-ban 2018-05-01 open
us-zte-ban 2018-06-07 eased
us-huawei-2019 2019-05-14 none
us-ship-prop 2025-03-01 open
us-ship-final 2025-10-20 open
us-ship-final 2025-11-12 eased until 2026-11-09T23:59-05:00
us-ship-susp 2026-11-10 open
cn-uel-0304 2025-06-01 open
cn-uel-0304 2025-11-08 open
cn-uel-0304 2025-11-10 eased until 2026-11-10
cn-lists-may 2025-06-01 eased until 2025-08-12
cn-lists-may 2025-09-01 open
cn-lists-nov 2025-12-24 eased until 2026-11-10
cn-re-ann18 2026-06-01 open
cn-re-oct9 2025-10-08 none
cn-re-oct9 2025-11-06 open
cn-re-oct9 2025-11-07 eased until 2026-11-10
cn-re-susp 2026-11-10 eased until 2026-11-10
cn-re-oct9 2026-11-11 open
cn-ann46 2025-01-15 open
cn-ann46 2025-12-01 eased until 2026-11-27
cn-portfees 2025-10-14 open
cn-portfees 2026-02-01 eased until 2026-11-10
us-affiliates 2025-10-15 open
us-affiliates 2025-11-11 eased until 2026-11-10
nl-nexperia 2025-11-18 open
nl-nexperia 2025-11-19 eased
us-s301-legacy 2025-06-01 open
us-s301-legacy 2025-12-24 resolved
us-s301-fl-init 2026-07-01 open
us-tiktok-2020 2025-09-24 open
us-tiktok-2020 2025-10-01 eased
us-tiktok-2020 2026-02-01 resolved
us-ascend 2025-05-20 open
us-ascend 2026-06-01 lapsed
us-eda 2025-08-01 eased
us-teapot 2026-05-03 open
cn-google 2025-02-05 open
";

#[test]
fn the_register_answers_as_of_any_day() {
    let rows = loaded();
    let mut wrong = Vec::new();
    for line in THREADS.lines().filter(|line| !line.is_empty()) {
        let mut words = line.splitn(3, ' ');
        let (key, day, expected) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let threads = Register::of(&rows).threads(day.parse().unwrap());
        let answer = thread(&threads, key).map_or_else(
            || "none".to_owned(),
            |thread| {
                let until = thread.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
                format!("{}{until}", thread.status.as_str())
            },
        );
        if answer != expected {
            wrong.push(format!("{key} {day} {answer}"));
        }
    }
    assert!(wrong.is_empty(), "the register answers:\n{}", wrong.join("\n"));
}

/// The ledger that a store keeps up to date is the one that its events make anew.
#[test]
fn a_store_keeps_its_ledger_in_step_with_corrections() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.load_chronology(at(0)).unwrap();
    let ask = |ledger: &Ledger| {
        let days = ["2025-06-01", "2025-12-01", "2026-10-05", "2026-12-01"];
        let sides = [(StateCode::US, StateCode::CN), (StateCode::CN, StateCode::US)];
        let asked =
            days.iter().flat_map(|day| sides.map(|(imposer, on)| (imposer, on, AsOf::parse(day).unwrap())));
        asked
            .map(|(imposer, on, as_of)| format!("{:?}", ledger.status(imposer, Some(on), as_of)))
            .collect::<Vec<_>>()
    };
    let check = |what: &str| {
        let anew = Ledger::of(&store.all_events(&EventQuery::default()).unwrap());
        assert_eq!(store.with_ledger(ask).unwrap(), ask(&anew), "{what}");
        store.with_ledger(ask).unwrap()
    };
    let first = check("loaded");
    let id = |key: &str| {
        let rows = store.all_events(&EventQuery::default()).unwrap();
        rows.iter().find(|row| origin::key(&row.event) == Some(key)).unwrap().id
    };
    let geneva = id("us-recip-geneva");
    let change = |what: Correction| store.correct(geneva, what, "test", "test", at(1)).unwrap().id;
    change(Correction::Delete);
    assert_ne!(check("deleted"), first);
    change(Correction::Restore);
    assert_eq!(check("restored"), first);
    // A curator settles which of two ends holds, and takes it back.
    let (truce, order) = (id("truce-2027"), id("cn-recip-nov"));
    let mut record = store.event(truce).unwrap().unwrap().event;
    origin::settle(&mut record, order);
    let settled = store.correct(truce, Correction::Edit(Box::new(record)), "test", "seen", at(2)).unwrap();
    check("settled");
    let until = |ledger: &Ledger| {
        let status = ledger.status(StateCode::CN, Some(StateCode::US), AsOf::parse("2026-12-01").unwrap());
        (status.next_end(false).map(|(end, _)| end.to_string()), status.total.map(|total| total.to_string()))
    };
    assert_eq!(store.with_ledger(until).unwrap(), (Some("2027-01-10".to_owned()), Some("10".to_owned())));
    store.undo(settled.id, "test", at(3)).unwrap();
    assert_eq!(store.with_ledger(until).unwrap(), (None, None));
    assert_eq!(check("taken back"), first);
}

#[test]
fn a_move_in_the_wrong_thread_is_put_right() {
    let mut rows = loaded();
    let day: Date = "2026-06-01".parse().unwrap();
    let at = |rows: &[StoredEvent], key: &str| {
        let threads = Register::of(rows).threads(day);
        let thread = thread(&threads, key).unwrap();
        (thread.name.clone(), thread.moves.len(), thread.moves.last().unwrap().why.clone())
    };
    assert_eq!(at(&rows, "cn-blocking").1, 2);
    let row = rows.iter_mut().find(|row| origin::key(&row.event) == Some("cn-blocking")).unwrap();
    let own = row.id.to_string();
    origin::set_thread(&mut row.event, Some(&own));
    assert_eq!(at(&rows, "cn-blocking"), (own, 1, None));
    let row = rows.iter_mut().find(|row| origin::key(&row.event) == Some("cn-blocking")).unwrap();
    origin::set_thread(&mut row.event, Some("cn-tbi"));
    let (name, moves, why) = at(&rows, "cn-tbi");
    assert_eq!((name.as_str(), moves), ("cn-tbi", 2));
    assert!(why.is_some());
}

#[test]
fn a_store_keeps_its_register_in_step_with_corrections() {
    let store = Store::in_memory().unwrap();
    store.load_chronology(at(0)).unwrap();
    let moves = || store.all_events(&EventQuery::of(Kind::Tension)).unwrap();
    let days = ["2019-06-01", "2025-04-20", "2026-06-01"].map(|day| day.parse::<Date>().unwrap());
    let check = || {
        for day in days {
            let kept = store.with_register(|register| register.threads(day)).unwrap();
            assert_eq!(kept, Register::of(&moves()).threads(day));
            // What came later plays no part in what stood then.
            let known: Vec<_> = moves().into_iter().filter(|row| row.sort_day <= day).collect();
            assert_eq!(kept, Register::of(&known).threads(day));
        }
    };
    check();
    let rows = moves();
    let first = rows.last().unwrap();
    let taken = store.correct(first.id, Correction::Delete, "test", "a test", at(1)).unwrap();
    let in_a_thread = |id| store.with_register(|register| register.thread_of(id, days[2])).unwrap();
    assert_eq!(in_a_thread(first.id), None);
    check();
    store.undo(taken.id, "test", at(2)).unwrap();
    assert!(in_a_thread(first.id).is_some());
    check();
}

#[test]
fn views_made_ahead_are_those_made_when_asked() {
    let (ahead, asked) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
    for store in [&ahead, &asked] {
        store.load_chronology(at(0)).unwrap();
    }
    ahead.make_views().unwrap();
    let day: Date = "2026-06-01".parse().unwrap();
    let seen = |store: &Store| {
        let threads = store.threads(day).unwrap();
        let duties = store.tariff_status(StateCode::US, None, AsOf::Day(day)).unwrap();
        let ends: Vec<_> = store.with_terms(|terms| terms.between(day, Date::MAX).collect()).unwrap();
        let names = |names: &Names| names.count(NameOf::Person, "He Lifeng");
        (threads, duties, ends, store.with_names(names).unwrap())
    };
    let made = seen(&ahead);
    assert_eq!(made, seen(&asked));
    assert!(!made.0.is_empty() && !made.1.layers.is_empty() && !made.2.is_empty() && made.3 > 0);
}
