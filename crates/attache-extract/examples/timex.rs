//! Prints the time expressions of texts, for measuring: JSON Lines in, JSON Lines out.
//!
//! `cargo run --release --example timex < texts.jsonl > found.jsonl`
//!
//! In: `{"id", "reference_time", "text"}`, one object a line; `reference_time` is a date or a
//! date-time (its offset is dropped; today's date is never looked up, so a missing one counts as
//! 1970-01-01). Out: `{"id", "out": [{"start", "end", "text", "type", "value", "interval"}]}` with
//! offsets in characters and a half-open interval of local dates or date-times; an end that the words
//! leave open is `null`.

use std::io::{self, BufRead, Write};

use attache_extract::time::{Reference, Timex, timexes};
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row.get("text").and_then(Value::as_str).unwrap_or_default();
        let at = row.get("reference_time").and_then(Value::as_str).unwrap_or_default();
        let found: Vec<Value> =
            timexes(text, &Reference { date: reference(at) }).iter().map(|timex| show(text, timex)).collect();
        writeln!(out, "{}", json!({ "id": row.get("id"), "out": found }))?;
    }
    out.flush()?;
    Ok(())
}

fn reference(text: &str) -> DateTime {
    let local = text.get(..19).unwrap_or(text);
    local
        .parse()
        .or_else(|_| text.get(..10).unwrap_or_default().parse::<Date>().map(|day| day.at(0, 0, 0, 0)))
        .unwrap_or_else(|_| Date::constant(1970, 1, 1).at(0, 0, 0, 0))
}

fn show(text: &str, timex: &Timex) -> Value {
    let characters = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count());
    json!({
        "start": characters(timex.span.start),
        "end": characters(timex.span.end),
        "text": timex.span.of(text),
        "type": timex.kind.as_str(),
        "value": timex.value,
        "interval": timex.bounds().map(|(from, to)| [from.map(instant), to.map(instant)]),
    })
}

/// A day where the clock stands at midnight, a date-time elsewhere.
fn instant(at: DateTime) -> String {
    if at.time() == jiff::civil::Time::midnight() { at.date().to_string() } else { at.to_string() }
}
