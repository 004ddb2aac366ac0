//! Prints how questions on standard input are read, one TOML table each, as `tests/questions` keeps
//! them. The argument is the day they are asked on.

use std::io::{self, BufRead as _, Write as _};

use attache_extract::{Extractor, Reading, Vocabulary as _};
use jiff::civil::Date;

fn main() -> io::Result<()> {
    let today: Date = std::env::args().nth(1).unwrap_or_default().parse().map_err(io::Error::other)?;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let text = line?;
        let reading = Extractor::builtin().read_question(&text, today);
        writeln!(out, "[[question]]\ntext = {text:?}")?;
        show(&reading, &mut out)?;
    }
    Ok(())
}

fn show(reading: &Reading, out: &mut impl io::Write) -> io::Result<()> {
    writeln!(out, "asks = \"{:?} {:?}\"", reading.intent, reading.subject)?;
    let mut list = |key: &str, items: Vec<String>| -> io::Result<()> {
        if items.is_empty() { Ok(()) } else { writeln!(out, "{key} = {items:?}") }
    };
    list("states", reading.states.iter().map(ToString::to_string).collect())?;
    list("actor", reading.actor.iter().map(ToString::to_string).collect())?;
    list("recipient", reading.recipient.iter().map(ToString::to_string).collect())?;
    list("people", reading.people.iter().chain(&reading.bodies).chain(&reading.offices).cloned().collect())?;
    list("topics", reading.topics.clone())?;
    list("levels", reading.levels.iter().map(|l| l.as_str().to_owned()).collect())?;
    list("turn", reading.turn.iter().map(|t| format!("{t:?}").to_lowercase()).collect())?;
    let anchor = |(side, place): &(attache_extract::Side, String)| format!("{side:?} {place}").to_lowercase();
    list("anchor", reading.anchor.iter().map(anchor).collect())?;
    list("places", reading.places.clone())?;
    list("kinds", reading.kinds.iter().map(|k| k.as_str().to_owned()).collect())?;
    list("acts", reading.acts.iter().map(|a| a.subtype().to_owned()).collect())?;
    list("statuses", reading.statuses.iter().map(|s| s.as_str().to_owned()).collect())?;
    list("since", reading.since.iter().map(ToString::to_string).collect())?;
    list("until", reading.until.iter().map(ToString::to_string).collect())?;
    list("mended", reading.mended.iter().map(|(old, new)| format!("{old} = {new}")).collect())?;
    list("unknown", reading.unknown.clone())?;
    list("rest", reading.rest.clone())?;
    writeln!(out)
}
