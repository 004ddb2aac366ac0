//! Counting from bitmaps gives what reading every event gives.

use std::collections::BTreeMap;

use attache_extract::StateCode;
use attache_extract::event::Kind;
use attache_store::view::engagements::{Level, level, took_place};
use attache_store::{EventQuery, Store};
use jiff::Timestamp;
use jiff::civil::date;

#[test]
fn contacts_are_counted_as_if_they_were_read() {
    let store = Store::in_memory().unwrap();
    store.load_chronology(Timestamp::UNIX_EPOCH).unwrap();
    let all = EventQuery::of(Kind::Engagement);
    for query in [
        all.clone(),
        EventQuery { countries: vec![StateCode::US, StateCode::CN], ..all.clone() },
        EventQuery { since: Some(date(2025, 4, 1)), until: Some(date(2025, 12, 1)), ..all.clone() },
        EventQuery { countries: vec![StateCode::CN], since: Some(date(2018, 6, 1)), ..all.clone() },
        EventQuery { countries: vec![StateCode::CN], since: Some(date(2026, 3, 1)), ..all.clone() },
        EventQuery { since: Some(date(2026, 1, 1)), until: Some(date(2025, 1, 1)), ..all.clone() },
        EventQuery { levels: vec![Level::Leader, Level::Minister], ..all.clone() },
        EventQuery { subtypes: vec!["call".to_owned()], ..all.clone() },
    ] {
        let rows = store.all_events(&query).unwrap();
        let held: Vec<_> = rows.iter().filter(|row| took_place(row)).collect();
        let (mut levels, mut channels) = (BTreeMap::new(), BTreeMap::new());
        for row in &held {
            *levels.entry(level(row)).or_insert(0_usize) += 1;
            *channels.entry(row.event.subtype.as_str()).or_insert(0_usize) += 1;
        }
        let tally = store.tally(&query).unwrap();
        assert_eq!((tally.found, tally.took_place), (rows.len(), held.len()), "{query:?}");
        assert_eq!(tally.levels.into_iter().collect::<BTreeMap<_, _>>(), levels, "{query:?}");
        assert_eq!(tally.channels.into_iter().collect::<BTreeMap<_, _>>(), channels, "{query:?}");
    }
    let by_name = EventQuery { people: vec!["Wang".to_owned()], ..all };
    assert_eq!(store.tally(&by_name), None, "words need reading");
}
