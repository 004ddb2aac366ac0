//! What stands as of a day: duties, tensions, deadlines, and what differs between two days. Each is a
//! command's answer, with the options that the question comes to.

use attache_extract::event::{Kind, Status};
use attache_extract::{Intent, Reading, StateCode, Turn, Vocabulary as _};
use attache_store::EventQuery;
use jiff::civil::Date;

use super::{Asked, names_of, sides, turns};
use crate::command::{Args, Call, Fault, Value};
use crate::commands;
use crate::reply::{Answer, Block, Rich};

fn text(args: &mut Args, option: &str, value: impl Into<String>) {
    args.set(option, Value::Text(value.into()));
}

/// A topic without the words that say that it is a duty: "reciprocal tariffs" is "reciprocal".
pub(super) fn stem(topic: &str) -> &str {
    let ends = [" tariffs", " tariff", " duties", " duty"];
    ends.iter().find_map(|end| topic.strip_suffix(end)).unwrap_or(topic)
}

/// Topics that name a law or a layer, and not goods.
fn names_layer(topic: &str) -> bool {
    topic.starts_with("section ")
        || ["fentanyl", "reciprocal", "ieepa", "de minimis", "dumping", "retaliation"].contains(&stem(topic))
}

/// Topics that name no part of the duties: all of them are about those.
fn says_nothing(topic: &str) -> bool {
    ["tariffs", "trade", "trade war", "truce", "customs", "imports", "exports"].contains(&topic)
}

impl Asked {
    /// Passes over what only an event has: people, bodies, places, ranks.
    fn pass_over_who(&mut self) {
        let reading = self.reading.clone();
        let who = reading.people.iter().chain(&reading.bodies).chain(&reading.offices);
        for part in who.chain(&reading.places).chain(&reading.unknown) {
            self.pass_over(part.as_str());
        }
        for level in reading.levels {
            self.pass_over(level.as_str().replace('_', " "));
        }
    }

    /// Passes over a first day where the answer is that of one day.
    fn pass_over_since(&mut self) {
        if let (Some(day), None) = (self.reading.since, self.reading.until) {
            self.pass_over(format!("since {day}"));
        }
    }
}

pub(super) fn duties(call: &Call<'_>, asked: &mut Asked) -> Result<Answer, Fault> {
    let mut args = Args::default();
    let (imposer, on) = sides(&asked.reading);
    text(&mut args, "imposer", imposer.to_string());
    if let Some(on) = on {
        text(&mut args, "on", on.to_string());
    }
    for other in asked.reading.states.clone() {
        if other != imposer && Some(other) != on {
            asked.pass_over(other.to_string());
        }
    }
    if let Some(day) = asked.reading.until {
        text(&mut args, "as_of", day.to_string());
    }
    asked.pass_over_since();
    asked.pass_over_who();
    let topics: Vec<String> =
        asked.reading.topics.iter().filter(|topic| !says_nothing(topic)).cloned().collect();
    let (mut layers, goods): (Vec<String>, Vec<String>) =
        topics.into_iter().partition(|topic| names_layer(topic));
    // "The IEEPA fentanyl tariff" is one layer.
    if layers.len() > 1 && layers.iter().any(|layer| ["fentanyl", "reciprocal"].contains(&stem(layer))) {
        layers.retain(|layer| layer != "ieepa");
    }
    if !layers.is_empty() {
        text(&mut args, "layer", layers.iter().map(|layer| stem(layer)).collect::<Vec<_>>().join(","));
    }
    if !goods.is_empty() {
        text(&mut args, "product", goods.join(","));
    }
    if let Some(state) = state(asked) {
        text(&mut args, "state", state);
    }
    let mut answer = commands::run(call, &["tariffs", "status"], args)?;
    if !layers.is_empty() || matches!(asked.reading.intent, Intent::Whether | Intent::Count) {
        answer.blocks.insert(0, Block::Line(tally(&answer.data)));
    }
    Ok(answer)
}

/// The state of a duty that the words for an act ask for.
fn state(asked: &mut Asked) -> Option<&'static str> {
    let mut state = asked.reading.statuses.contains(&Status::Planned).then_some("announced");
    for act in asked.reading.acts.clone() {
        match act.subtype() {
            "suspend" | "extend_suspension" => state = Some("suspended"),
            "remove" => state = Some("over"),
            "threaten" => state = Some("threatened"),
            "impose" => state = Some("in_force"),
            word => asked.pass_over(word.replace('_', " ")),
        }
    }
    state
}

/// How many of the rows stand, and how.
fn tally(data: &serde_json::Value) -> Rich {
    let rows = data.get("layers").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let count = |states: &[&str]| {
        let held = |row: &&serde_json::Value| {
            row.get("status").and_then(serde_json::Value::as_str).is_some_and(|state| states.contains(&state))
        };
        rows.iter().filter(held).count()
    };
    let parts = [
        ("in force", count(&["in_force"])),
        ("suspended", count(&["suspended"])),
        ("only announced or threatened", count(&["announced", "threatened"])),
        ("over", count(&["removed", "expired", "lapsed"])),
    ];
    let shown = parts.iter().filter(|(word, n)| *n > 0 || *word == "in force");
    let told: Vec<_> = shown.map(|(word, n)| format!("{n} {word}")).collect();
    Rich::default().strong(format!("Of these duties: {}", told.join(", ")))
}

/// The topics of a register's question, each with its other names.
fn topics(reading: &Reading) -> String {
    (0..reading.topics.len()).map(|at| names_of(reading, at).join("|")).collect::<Vec<_>>().join(",")
}

pub(super) fn tensions(call: &Call<'_>, asked: &mut Asked) -> Result<Answer, Fault> {
    let mut args = Args::default();
    let mut about = topics(&asked.reading);
    for word in std::mem::take(&mut asked.reading.rest) {
        let query = EventQuery { words: vec![word.clone()], ..EventQuery::of(Kind::Tension) };
        if call.app.store.count(&query)? > 0 {
            about = if about.is_empty() { word.clone() } else { format!("{about},{word}") };
            asked.found.push(word);
        } else {
            asked.pass_over(word);
        }
    }
    if !about.is_empty() {
        text(&mut args, "topic", about);
    }
    if !asked.reading.states.is_empty() {
        let states: Vec<_> = asked.reading.states.iter().map(ToString::to_string).collect();
        text(&mut args, "party", states.join(","));
    }
    if let Some(day) = asked.reading.until {
        text(&mut args, "as_of", day.to_string());
    }
    asked.pass_over_since();
    asked.pass_over_who();
    let mut acts = asked.reading.acts.clone().into_iter().filter(|act| act.kind() == Kind::Tension);
    if let Some(act) = acts.next() {
        text(&mut args, "measure", act.subtype());
    }
    for act in acts {
        asked.pass_over(act.subtype().replace('_', " "));
    }
    let path = &["tensions"];
    if !asked.reading.statuses.contains(&Status::Eased) {
        let answer = commands::run(call, path, args.clone())?;
        let narrowed = args.has("topic") || args.has("party");
        if !narrowed || !is_empty(&answer) {
            return Ok(answer);
        }
        // "Is Nexperia still a dispute?": where none is open, how it stands.
        text(&mut args, "status", "all");
        let mut all = commands::run(call, path, args)?;
        if is_empty(&all) {
            return Ok(answer);
        }
        all.blocks.insert(0, Block::Line(Rich::text("None is open as of that day; where it stands:")));
        return Ok(all);
    }
    text(&mut args, "status", Status::Eased.as_str());
    let answer = commands::run(call, path, args.clone())?;
    if !is_empty(&answer) {
        return Ok(answer);
    }
    text(&mut args, "status", "all");
    let mut answer = commands::run(call, path, args)?;
    if !is_empty(&answer) {
        answer
            .blocks
            .insert(0, Block::Line(Rich::text("None of them is eased as of that day; where they stand:")));
    }
    Ok(answer)
}

fn is_empty(answer: &Answer) -> bool {
    ["tensions", "deadlines"]
        .iter()
        .any(|list| answer.data.get(list).and_then(serde_json::Value::as_array).is_some_and(Vec::is_empty))
}

/// Longest time ahead that the deadlines command looks, in days.
const FARTHEST: i64 = 3650;

pub(super) fn deadlines(call: &Call<'_>, asked: &mut Asked, today: Date) -> Result<Answer, Fault> {
    let mut args = Args::default();
    let reading = &asked.reading;
    let from = reading.since.filter(|day| *day < today).unwrap_or(today);
    let days = |to: Date| i64::from(from.until(to).map_or(0, |span| span.get_days()));
    let within = reading.until.map_or(365, days).clamp(1, FARTHEST);
    args.set("within", Value::Whole(within));
    if from != today {
        text(&mut args, "as_of", from.to_string());
    }
    if let Some(first) = reading.since.filter(|day| *day > today) {
        text(&mut args, "since", first.to_string());
    }
    for (option, code) in [("imposer", reading.actor), ("on", reading.recipient)] {
        if let Some(code) = code {
            text(&mut args, option, code.to_string());
        }
    }
    let sided = |code: &&StateCode| Some(**code) == reading.actor || Some(**code) == reading.recipient;
    let others: Vec<_> = reading.states.iter().filter(|code| !sided(code)).copied().collect();
    // "When does the truce between the two end?" names both sides of nearly everything.
    let both = others.iter().all(|code| matches!(code.as_str(), "US" | "CN")) && others.len() == 2;
    let about = topics(reading);
    if !about.is_empty() {
        text(&mut args, "topic", about);
    }
    let measures: Vec<_> = reading.acts.iter().filter(|act| act.subtype() != "threaten").cloned().collect();
    if !measures.is_empty() {
        text(&mut args, "act", super::events::subtypes(&measures).join(","));
    }
    let ends = reading.turn == Some(Turn::Expires) || reading.statuses.contains(&Status::Eased);
    let held = reading.clone();
    asked.pass_over_who();
    for code in others.iter().filter(|_| !both) {
        asked.pass_over(code.to_string());
    }
    let answer = commands::run(call, &["tariffs", "deadlines"], args)?;
    let narrowed = !held.topics.is_empty() || !measures.is_empty();
    if ends && narrowed && is_empty(&answer) {
        // An end that has passed is ahead no more: the texts that gave it.
        asked.unread.clear();
        asked.reading = Reading { turn: Some(Turn::Expires), ..held };
        return turns::answer(call, asked, today);
    }
    Ok(answer)
}

pub(super) fn comparison(call: &Call<'_>, asked: &mut Asked, today: Date) -> Result<Answer, Fault> {
    let mut args = Args::default();
    let reading = &asked.reading;
    let (from, to) = (reading.since.unwrap_or(today), reading.until.unwrap_or(today));
    text(&mut args, "as_of_a", from.min(to).to_string());
    text(&mut args, "as_of_b", from.max(to).to_string());
    let (imposer, on) = sides(reading);
    text(&mut args, "imposer", imposer.to_string());
    if let Some(on) = on {
        text(&mut args, "on", on.to_string());
    }
    for topic in reading.topics.clone() {
        if !says_nothing(&topic) {
            asked.pass_over(topic);
        }
    }
    asked.pass_over_who();
    if from == to {
        asked.pass_over("which two days");
    }
    commands::run(call, &["compare"], args)
}
