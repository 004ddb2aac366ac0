//! How fast the tariff ledger answers and takes in one event more, by how much it holds.
//!
//! `cargo bench -p attache-store`. The events are made up: several imposers, many layers' worth of
//! goods, with rates, suspensions and ends; a tenth of them is one pair's, spread over its measures.
//! Each of 100 days is asked five times and counts with its shortest time, so that what else the machine
//! does is not counted.

use std::time::{Duration, Instant};

use attache_extract::StateCode;
use attache_store::record::EventRecord;
use attache_store::view::tariffs::{AsOf, Ledger};
use attache_store::{EventId, StoredEvent};
use jiff::civil::{Date, date};
use serde_json::json;

const IMPOSERS: [&str; 10] = ["US", "CN", "EU", "CA", "MX", "JP", "KR", "IN", "GB", "BR"];

fn row(n: usize) -> Option<StoredEvent> {
    let imposer = IMPOSERS[n % 10];
    let on = if imposer == "US" { "CN" } else { "US" };
    let k = n / 10;
    // Two layers on all goods and 98 lists of goods for each pair.
    let scope = match k % 100 {
        0 => "fentanyl tariff".to_owned(),
        1 => "reciprocal tariff".to_owned(),
        goods => format!("Section 232: goods of group {goods}"),
    };
    let said = date(2018, 1, 1).checked_add(jiff::Span::new().days((k * 3 % 3_000) as i64)).ok()?;
    let until = said.checked_add(jiff::Span::new().days(90)).ok()?;
    let (subtype, rate) = match k % 3 {
        0 => (
            "impose",
            json!({"raw": "20%", "value": 20, "from": null, "to": null, "unit": "percent", "retained": null}),
        ),
        1 => (
            "suspend",
            json!({"raw": "24 points", "value": 24, "from": null, "to": null,
            "unit": "percentage_points", "retained": 10}),
        ),
        _ => (
            "increase",
            json!({"raw": "to 30%", "value": null, "from": 20, "to": 30, "unit": "percent", "retained": null}),
        ),
    };
    let record: EventRecord = serde_json::from_value(json!({
        "kind": "tariff_action", "subtype": subtype,
        "parties": [{"name": null, "office": null, "country": imposer, "role": "actor"},
            {"name": null, "office": null, "country": on, "role": "recipient"}],
        "date": {"start": said, "end": said, "precision": "day"}, "effective": said.to_string(),
        "expires": (subtype == "suspend").then(|| until.to_string()), "duration": null, "rate": rate, "scope": scope,
        "topics": [], "place": null, "factuality": "asserted", "status": "announced", "quote": "A duty.", "claims": [],
        "plover": {"category": "SANCTION", "mode": null}, "confidence": 0.9, "evidence": {"quote": [0, 7], "rules": []}
    }))
    .ok()?;
    let source = json!({"article": format!("{n:032x}"), "published": said, "quote": "A duty.", "span": [0, 7], "joined": null});
    Some(StoredEvent {
        id: EventId::parse(&format!("{n:032x}"))?,
        event: record,
        sources: vec![serde_json::from_value(source).ok()?],
        known_since: jiff::Timestamp::UNIX_EPOCH,
        revision: 1,
        deleted: false,
        sort_day: said,
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn main() {
    #[expect(clippy::print_stdout, reason = "a benchmark's figures")]
    {
        println!("   events  measures   fold all    status (median, slowest)   one event more");
        for size in [1_000, 10_000, 100_000] {
            let rows: Vec<StoredEvent> = (0..size + 200).filter_map(row).collect();
            let (held, more) = rows.split_at(size);
            let start = Instant::now();
            let mut ledger = Ledger::of(held);
            let folded = start.elapsed();
            let once = |day: Date| {
                let start = Instant::now();
                std::hint::black_box(ledger.status(StateCode::US, Some(StateCode::CN), AsOf::Day(day)));
                start.elapsed()
            };
            let ask = |day: Date| (0..5).map(|_| once(day)).min().unwrap_or_default();
            let times: Vec<_> = (0..100)
                .filter_map(|n| date(2018, 6, 1).checked_add(jiff::Span::new().days(n * 27)).ok())
                .map(ask)
                .collect();
            let slowest = times.iter().max().copied().unwrap_or_default();
            let added: Vec<_> = more
                .iter()
                .map(|row| {
                    let start = Instant::now();
                    ledger.put(row);
                    start.elapsed()
                })
                .collect();
            println!(
                "{size:>9} {:>9} {folded:>10.1?} {:>12.1?} {slowest:>12.1?} {:>16.1?}",
                ledger.len(),
                median(times),
                median(added)
            );
        }
    }
}
