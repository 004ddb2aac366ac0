//! `timex`: the time expressions of JSON Lines of texts, for scorers and scripts.

use std::io::{self, BufRead as _, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use attache_extract::time::{Reference, Timex, timexes};
use jiff::civil::{DateTime, Time, date};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Failure, text};
use crate::intake::read_published;

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    /// Without it only what needs no anchor has a value.
    #[serde(default)]
    reference_time: Option<String>,
    text: String,
}

/// Writes a line for each line read; one that does not read is told on standard error and left
/// out, and the exit code is 1 then.
pub(super) fn run(file: &Path) -> Result<ExitCode, Failure> {
    let out = &mut BufWriter::new(io::stdout());
    let mut code = ExitCode::SUCCESS;
    for (line, number) in text::open(file)?.lines().zip(1..) {
        match line.map_err(|error| error.to_string()).and_then(|line| one(&line)) {
            Ok(found) => writeln!(out, "{found}")?,
            Err(what) => {
                code = ExitCode::FAILURE;
                text::complain(file, number, &what)?;
            }
        }
    }
    out.flush()?;
    Ok(code)
}

fn one(line: &str) -> Result<Value, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let given = line.reference_time.as_deref().map(reference).transpose();
    let given = given.map_err(|what| format!("reference_time: {what}"))?;
    // What reads the same from two days far apart depends on neither.
    let [one_day, other_day] = [date(2001, 2, 7), date(2014, 9, 19)].map(Reference::on);
    let elsewhere = if given.is_some() { Vec::new() } else { timexes(&line.text, &other_day) };
    // Both are in text order.
    let mut others = elsewhere.iter().peekable();
    let mut known = |timex: &Timex| {
        while others.next_if(|o| o.span.start < timex.span.start).is_some() {}
        given.is_some() || others.peek().is_some_and(|o| o.span == timex.span && o.value == timex.value)
    };
    let mut place = Place::default();
    let found: Vec<Value> = timexes(&line.text, given.as_ref().unwrap_or(&one_day))
        .iter()
        .map(|timex| {
            let start = place.characters(&line.text, timex.span.start);
            let end = place.characters(&line.text, timex.span.end);
            show(&line.text, timex, start, end, known(timex))
        })
        .collect();
    Ok(json!({"id": line.id, "out": found}))
}

/// A local day or date-time; an offset behind it is dropped, since expressions are local.
fn reference(text: &str) -> Result<Reference, String> {
    let local = text.get(..19).and_then(|local| local.parse::<DateTime>().ok());
    match local {
        Some(date) => Ok(Reference { date }),
        None => read_published(text).map(Reference::on),
    }
}

/// Counts characters up to ever later bytes, each of them once.
#[derive(Default)]
struct Place {
    byte: usize,
    characters: usize,
}

impl Place {
    fn characters(&mut self, text: &str, byte: usize) -> usize {
        self.characters += text.get(self.byte..byte).map_or(0, |part| part.chars().count());
        self.byte = byte;
        self.characters
    }
}

/// `known`: its value and interval need no anchor, or there is one.
fn show(text: &str, timex: &Timex, start: usize, end: usize, known: bool) -> Value {
    let interval = timex.bounds().filter(|_| known).map(|(from, to)| [from.map(instant), to.map(instant)]);
    json!({"start": start, "end": end, "text": timex.span.of(text), "type": timex.kind.as_str(),
        "value": known.then_some(&timex.value), "interval": interval})
}

/// A day at midnight, a date-time else.
fn instant(at: DateTime) -> String {
    if at.time() == Time::midnight() { at.date().to_string() } else { at.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_reference_only_whole_dates_have_a_value() {
        let found =
            one(r#"{"id":1,"reference_time":null,"text":"On May 14, 2025 and on Thursday."}"#).unwrap();
        assert_eq!(
            (&found["out"][0]["value"], &found["out"][1]["text"]),
            (&json!("2025-05-14"), &json!("Thursday"))
        );
        assert_eq!((&found["out"][1]["value"], &found["out"][1]["interval"]), (&Value::Null, &Value::Null));
    }

    #[test]
    fn offsets_count_characters() {
        let line =
            r#"{"id":7,"reference_time":"2025-05-12T08:00:00-04:00","text":"“Größe”, on May 14, 2025."}"#;
        let found = one(line).unwrap();
        assert_eq!(found["id"], 7);
        let timex = &found["out"][0];
        assert_eq!((&timex["type"], &timex["value"]), (&json!("DATE"), &json!("2025-05-14")));
        let (start, end) =
            (timex["start"].as_u64().unwrap() as usize, timex["end"].as_u64().unwrap() as usize);
        let text: String = "“Größe”, on May 14, 2025.".chars().skip(start).take(end - start).collect();
        assert!(text.ends_with("May 14, 2025"), "{text}");
    }

    #[test]
    fn a_wrong_reference_is_named() {
        let fault = one(r#"{"reference_time":"soon","text":"today"}"#).unwrap_err();
        assert!(fault.starts_with("reference_time: \"soon\" is not a day"), "{fault}");
    }
}
