//! Events made up from their number: the same in every run.

use attache_extract::Event;
use attache_store::record::EventRecord;
use jiff::civil::{Date, date};
use serde_json::json;

pub(crate) const KINDS: [(&str, &str, &str); 4] = [
    ("engagement", "meeting", "participant"),
    ("tariff_action", "impose", "actor"),
    ("tension", "export_control", "actor"),
    ("agreement", "commitment", "participant"),
];
pub(crate) const COUNTRIES: [&str; 24] = [
    "US", "CN", "JP", "KR", "EU", "CA", "MX", "IN", "BR", "CH", "VN", "TW", "GB", "AU", "ZA", "ID", "TH",
    "MY", "TR", "AR", "NO", "SG", "PH", "CL",
];
const WORDS: [&str; 32] = [
    "semiconductors",
    "soybeans",
    "steel",
    "ships",
    "batteries",
    "minerals",
    "magnets",
    "licences",
    "quotas",
    "ports",
    "aircraft",
    "timber",
    "furniture",
    "medicines",
    "graphite",
    "pork",
    "cotton",
    "solar",
    "cranes",
    "copper",
    "talks",
    "review",
    "deadline",
    "notice",
    "order",
    "filing",
    "hearing",
    "annex",
    "exemption",
    "suspension",
    "readout",
    "framework",
];

/// An article and its events.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) published: Date,
    pub(crate) events: Vec<Event>,
}

/// A question both sides are asked.
pub(crate) struct Ask {
    pub(crate) kind: usize,
    pub(crate) country: &'static str,
    pub(crate) since: Date,
    pub(crate) until: Date,
}

/// Numbers that look random and are not: splitmix64.
pub(crate) fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn pick<T: Copy>(list: &[T], n: u64) -> T {
    list[(n % list.len() as u64) as usize]
}

fn day(n: u64) -> Date {
    let days = i64::try_from(n % 3_100).unwrap_or(0);
    date(2018, 1, 1).saturating_add(jiff::Span::new().days(days))
}

pub(crate) fn reports(first: usize, count: usize) -> Vec<Report> {
    (first..first + count).map(report).collect()
}

fn report(number: usize) -> Report {
    // Mostly in order of time, as news arrives.
    let published = day(number as u64 * 3_100 / 250_000 + mixed(number as u64) % 4);
    let text = format!("Report {number}. {}", sentence(number as u64, 60));
    let events = (0..4).map(|place| event(number as u64 * 4 + place, published)).collect();
    Report { text, published, events }
}

fn sentence(seed: u64, words: u64) -> String {
    let chosen = (0..words).map(|n| pick(&WORDS, mixed(seed * 97 + n)));
    chosen.collect::<Vec<_>>().join(" ")
}

fn event(n: u64, published: Date) -> Event {
    let seed = mixed(n);
    let (kind, subtype, role) = pick(&KINDS, seed >> 3);
    let person = |n: u64| format!("Person{} Family{}", n % 71, n % 4_993);
    let on = published.saturating_sub(jiff::Span::new().days(i64::try_from(seed % 9).unwrap_or(0)));
    let quote = format!("Event {}: {}.", n % 50_000, sentence(seed, 24));
    let recipient = if role == "actor" { "recipient" } else { "participant" };
    let record: EventRecord = serde_json::from_value(json!({
        "kind": kind, "subtype": subtype,
        "parties": [
            {"name": person(seed >> 7), "office": "Commerce Minister", "country": pick(&COUNTRIES, seed >> 11), "role": role},
            {"name": person(seed >> 19), "office": "Trade Representative", "country": pick(&COUNTRIES, seed >> 29), "role": recipient}],
        "date": {"start": on, "end": on, "precision": "day"}, "effective": on.to_string(), "expires": null, "duration": null,
        "rate": null, "scope": sentence(seed >> 5, 6), "topics": [pick(&WORDS, seed >> 37), pick(&WORDS, seed >> 41)],
        "place": "Geneva", "factuality": "asserted", "status": "occurred",
        "quote": quote, "claims": ["the third this year"], "plover": {"category": "CONSULT", "mode": null}, "confidence": 0.9,
        "evidence": {"quote": [0, quote.len()], "parties.0.name": [10, 30], "parties.1.name": [40, 60], "scope": [5, 9],
            "date": [70, 80], "rules": ["a rule of some name", "another rule"]}
    }))
    .unwrap_or_else(|error| panic!("{error}"));
    Event::try_from(record).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn asks(count: u64) -> Vec<Ask> {
    let ask = |n: u64| {
        let seed = mixed(n + 77);
        let since = day(seed >> 9);
        Ask {
            kind: (seed % 4) as usize,
            country: pick(&COUNTRIES, seed >> 21),
            since,
            until: since.saturating_add(jiff::Span::new().days(200)),
        }
    };
    (0..count).map(ask).collect()
}
