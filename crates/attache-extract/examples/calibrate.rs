//! Prints how often events of each confidence are right: the curve that `confidence.rs` is fitted to.
//!
//! `calibrate FOUND.jsonl GOLD` with lines `{"id", "events"}` and a folder of `<id>.json` in the same
//! shape. An event is right where a gold event of its kind and of one of its states, no more than a
//! day off or undated, rests on the same sentence; each gold event makes one right.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

use jiff::civil::Date;
use serde_json::Value;

/// Width of a bin, in hundredths.
const BIN: usize = 10;

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [found, gold] = args.as_slice() else {
        return Err(io::Error::other("usage: calibrate FOUND.jsonl GOLD-FOLDER"));
    };
    let mut bins = [(0_u32, 0_u32, 0.0_f64); 100 / BIN];
    for line in fs::read_to_string(found)?.lines() {
        let record: Value = serde_json::from_str(line).map_err(io::Error::other)?;
        let file = Path::new(gold).join(format!("{}.json", word(&record, "id")));
        let Ok(text) = fs::read_to_string(file) else { continue };
        let truth: Value = serde_json::from_str(&text).map_err(io::Error::other)?;
        let mut open: Vec<&Value> = list(&truth, "events").collect();
        for event in list(&record, "events") {
            let fits = (0..open.len()).filter(|&at| open.get(at).is_some_and(|one| same(one, event)));
            let alike = |&at: &usize| open.get(at).map(|one| word(one, "subtype") == word(event, "subtype"));
            let best = fits.rev().max_by_key(alike);
            let one = best.map(|at| open.remove(at));
            if one.is_some_and(|one| one.get("optional") == Some(&Value::Bool(true))) {
                continue;
            }
            let sure = event.get("confidence").and_then(Value::as_f64).unwrap_or(0.0);
            if let Some(bin) = bins.get_mut(((sure * 100.0) as usize / BIN).min(100 / BIN - 1)) {
                *bin = (bin.0 + 1, bin.1 + u32::from(one.is_some()), bin.2 + sure);
            }
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "confidence   events   claimed   right")?;
    for (at, (events, right, claimed)) in bins.into_iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let (low, all) = (at * BIN, f64::from(events));
        writeln!(
            out,
            ".{low:02}–.{:02} {events:12} {:9.2} {:7.2}",
            low + BIN - 1,
            claimed / all,
            f64::from(right) / all
        )?;
    }
    Ok(())
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn same(gold: &Value, found: &Value) -> bool {
    let states = |event: &Value| -> BTreeSet<String> {
        list(event, "parties").map(|p| word(p, "country").to_owned()).filter(|c| !c.is_empty()).collect()
    };
    let (a, b) = (states(gold), states(found));
    let day = |event: &Value| event.get("date").and_then(|d| word(d, "start").parse::<Date>().ok());
    let days = match (day(gold), day(found)) {
        (Some(a), Some(b)) => (a - b).get_days().abs() <= 1,
        _ => true,
    };
    word(gold, "kind") == word(found, "kind")
        && (a.is_empty() || b.is_empty() || !a.is_disjoint(&b))
        && days
        && one_sentence(word(gold, "quote"), word(found, "quote"))
}

/// At least half of the words of the shorter one are in the other.
fn one_sentence(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    2 * a.intersection(&b).count() >= a.len().min(b.len())
}
