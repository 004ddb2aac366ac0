//! Reads JSON Lines `{"id", "title", "published", "text"}` on standard input and writes
//! `{"id", "events": […]}`; with an argument it explains the article of that id instead.

use std::io::{self, BufRead as _, Write as _};

use attache_extract::event::Event;
use attache_extract::{Article, Extractor};
use jiff::civil::Date;
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let wanted = std::env::args().nth(1);
    let extractor = Extractor::builtin();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?).map_err(io::Error::other)?;
        let word = |key: &str| record.get(key).and_then(Value::as_str);
        let published: Date =
            word("published").and_then(|p| p.get(..10)).unwrap_or("").parse().map_err(io::Error::other)?;
        let article = Article { title: word("title"), ..Article::new(word("text").unwrap_or(""), published) };
        match &wanted {
            None => {
                let events: Vec<Value> = extractor.extract(&article).events.iter().map(event).collect();
                writeln!(out, "{}", json!({ "id": record.get("id"), "events": events }))?;
            }
            Some(id) if word("id") == Some(id) => writeln!(out, "{}", extractor.explain(&article))?,
            Some(_) => {}
        }
    }
    out.flush()
}

fn event(event: &Event) -> Value {
    let parties: Vec<Value> = event
        .parties
        .iter()
        .map(|p| {
            json!({ "name": p.name, "office": p.office, "country": p.country.map(|c| c.to_string()), "role": p.role.to_string() })
        })
        .collect();
    let number = |p: attache_extract::event::Percent| {
        serde_json::from_str::<Value>(&p.to_string()).unwrap_or(Value::Null)
    };
    let rate = event.rate.as_ref().map(|r| {
        json!({ "raw": r.raw, "value": r.value.map(number), "from": r.from.map(number), "to": r.to.map(number),
                "unit": r.unit.to_string(), "retained": r.retained.map(number) })
    });
    let mut evidence = serde_json::Map::new();
    evidence.insert("quote".to_owned(), json!([event.evidence.quote.start, event.evidence.quote.end]));
    for (field, span) in event.evidence.fields.iter() {
        evidence.insert(field.to_owned(), json!([span.start, span.end]));
    }
    evidence.insert("rules".to_owned(), json!(event.evidence.rules));
    json!({
        "kind": event.act.kind().to_string(), "subtype": event.act.subtype(), "parties": parties,
        "date": { "start": event.date.start().map(|d| d.to_string()), "end": event.date.end().map(|d| d.to_string()),
                  "precision": event.date.precision.to_string() },
        "effective": event.effective.map(|m| m.to_string()), "expires": event.expires.map(|m| m.to_string()),
        "duration": event.duration.map(|l| l.to_string()), "rate": rate, "scope": event.scope,
        "topics": event.topics, "place": event.place, "factuality": event.factuality.to_string(),
        "status": event.status.map(|s| s.to_string()), "quote": event.quote, "claims": event.claims,
        "plover": { "category": event.plover.category.to_string(), "mode": event.plover.mode },
        "confidence": f64::from(event.confidence.thousandths()) / 1000.0, "evidence": evidence,
    })
}
