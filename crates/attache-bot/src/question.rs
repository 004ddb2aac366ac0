//! From words to a query: a question is read by the extractor's own eyes, answered from the store,
//! and the answer says how it was read.

use attache_extract::event::{Factuality, Kind};
use attache_extract::{Act, Intent, Reading, Role, StateCode, Subject, Vocabulary as _};
use attache_store::view::engagements::{self, Level};
use attache_store::{EventQuery, StoredEvent};
use jiff::civil::Date;
use serde_json::json;

use crate::command::{Args, Call, Fault, Value};
use crate::commands;
use crate::reply::{Answer, Block, Button, Rich, Step, Tone};

/// Answers a question from the store.
///
/// # Errors
/// When the store cannot be read.
pub fn answer(call: &Call<'_>, reading: &Reading, today: Date) -> Result<Answer, Fault> {
    let mut reading = reading.clone();
    let mut answer = if reading.is_empty() && !only_days(&reading) {
        unclear(&reading)
    } else if let Some(name) = person(&reading) {
        commands::run(call, &["person"], name)?
    } else {
        match reading.subject {
            Subject::Tariffs => tariff_status(call, &reading)?,
            Subject::Tensions => tensions(call, &reading)?,
            Subject::Deadlines => deadlines(call, &reading, today)?,
            Subject::Events => events(call, &mut reading)?,
        }
    };
    let read_as = in_words(&reading);
    answer.notes.insert(0, format!("Read as: {read_as}."));
    if let Some(map) = answer.data.as_object_mut() {
        map.insert("read_as".to_owned(), json!(read_as));
    }
    Ok(answer)
}

/// "What happened on 12 May 2025?": days, and nothing else that could have been meant.
fn only_days(reading: &Reading) -> bool {
    let days = reading.since.is_some() || reading.until.is_some();
    days && reading.rest.is_empty() && reading.places.is_empty()
}

/// "Who is Li Chenggang?": one person and nothing else.
fn person(reading: &Reading) -> Option<Args> {
    let [name] = reading.people.as_slice() else { return None };
    let alone = reading.intent == Intent::Who
        && reading.kinds.is_empty()
        && reading.acts.is_empty()
        && reading.states.is_empty()
        && reading.topics.is_empty()
        && reading.rest.is_empty();
    let mut args = Args::default();
    args.set("name", Value::Text(name.clone()));
    for (option, day) in [("since", reading.since), ("until", reading.until)] {
        if let Some(day) = day {
            args.set(option, Value::Text(day.to_string()));
        }
    }
    alone.then_some(args)
}

/// Who charges whom. "US tariffs on Chinese goods" names both; "tariffs on Chinese goods" leaves
/// the charging side open, and the United States is taken, which the answer's title says.
fn sides(reading: &Reading) -> (StateCode, Option<StateCode>) {
    let on = reading.recipient;
    let first_but = |not: Option<StateCode>| reading.states.iter().copied().find(|code| Some(*code) != not);
    match (reading.actor, on) {
        (Some(actor), on) => (actor, on.or_else(|| first_but(Some(actor)))),
        (None, Some(on)) => (first_but(Some(on)).unwrap_or(StateCode::US), Some(on)),
        (None, None) => match reading.states.as_slice() {
            [first, second, ..] => (*first, Some(*second)),
            [only] if *only != StateCode::US => (StateCode::US, Some(*only)),
            _ => (StateCode::US, None),
        },
    }
}

fn tariff_status(call: &Call<'_>, reading: &Reading) -> Result<Answer, Fault> {
    let mut args = Args::default();
    let (imposer, on) = sides(reading);
    args.set("imposer", Value::Text(imposer.to_string()));
    if let Some(on) = on {
        args.set("on", Value::Text(on.to_string()));
    }
    if let Some(day) = reading.until.or(reading.since) {
        args.set("as_of", Value::Text(day.to_string()));
    }
    let mut answer = commands::run(call, &["tariffs", "status"], args)?;
    if !reading.topics.is_empty() {
        let topics = reading.topics.join(", ");
        answer.notes.insert(0, format!("Every layer is shown: {topics} did not narrow it."));
    }
    Ok(answer)
}

fn tensions(call: &Call<'_>, reading: &Reading) -> Result<Answer, Fault> {
    let mut args = Args::default();
    if !reading.topics.is_empty() {
        args.set("topic", Value::Text(reading.topics.join(",")));
    }
    // The register asks for one side; the United States is a side of nearly all.
    let party = reading.states.iter().find(|code| **code != StateCode::US).or(reading.states.first());
    if let Some(code) = party {
        args.set("party", Value::Text(code.to_string()));
    }
    if let Some(day) = reading.until {
        args.set("as_of", Value::Text(day.to_string()));
    }
    commands::run(call, &["tensions"], args)
}

/// Longest time ahead that the deadlines command looks, in days.
const FARTHEST: i64 = 3650;

fn deadlines(call: &Call<'_>, reading: &Reading, today: Date) -> Result<Answer, Fault> {
    let mut args = Args::default();
    let days = |to: Date| i64::from(today.until(to).map_or(0, |span| span.get_days()));
    let within = reading.until.map_or(365, days).clamp(1, FARTHEST);
    args.set("within", Value::Whole(within));
    let (imposer, on) = (reading.actor, reading.recipient);
    for (option, code) in [("imposer", imposer), ("on", on)] {
        if let Some(code) = code {
            args.set(option, Value::Text(code.to_string()));
        }
    }
    if !reading.topics.is_empty() {
        args.set("topic", Value::Text(reading.topics.join(",")));
    }
    commands::run(call, &["tariffs", "deadlines"], args)
}

/// The query a reading asks for.
fn query(reading: &Reading) -> EventQuery {
    let mut kinds = reading.kinds.clone();
    kinds.extend(reading.acts.iter().map(Act::kind));
    kinds.sort();
    kinds.dedup();
    // With kinds asked for beside the subtypes, any of those will do.
    let narrow =
        !reading.acts.is_empty() && kinds.iter().all(|k| reading.acts.iter().any(|a| a.kind() == *k));
    let people = reading.people.iter().chain(&reading.offices);
    let unknown = reading.unknown.iter().flat_map(|name| name.split(' ').map(str::to_owned));
    EventQuery {
        kinds,
        subtypes: if narrow { subtypes(&reading.acts) } else { Vec::new() },
        countries: reading.states.clone(),
        actor: reading.actor,
        people: people.cloned().collect(),
        topics: reading.topics.clone(),
        statuses: reading.statuses.clone(),
        since: reading.since,
        until: reading.until,
        words: unknown.chain(reading.bodies.iter().chain(&reading.places).cloned()).collect(),
        ..EventQuery::default()
    }
}

/// The subtypes asked for, with those that texts use for the same thing.
fn subtypes(acts: &[Act]) -> Vec<String> {
    let mut out: Vec<String> = acts.iter().map(|act| act.subtype().to_owned()).collect();
    // A temporary cut is told as either; a video call is a call; talks are held face to face.
    for (said, also) in [
        ("suspend", "reduce"),
        ("reduce", "suspend"),
        ("impose", "increase"),
        ("call", "video_call"),
        ("meeting", "talks"),
        ("meeting", "summit"),
        ("meeting", "visit"),
    ] {
        if out.iter().any(|word| word == said) && !out.iter().any(|word| word == also) {
            out.push(also.to_owned());
        }
    }
    out
}

/// Whether an event is done to a country, or says nothing of whom it is done to.
fn hits(row: &StoredEvent, on: StateCode) -> bool {
    let mut hit = row.event.parties.iter().filter(|party| party.role.0 == Role::Recipient).peekable();
    hit.peek().is_none() || hit.any(|party| party.country.as_deref() == Some(on.as_str()))
}

/// The levels of contact that words name which nothing else was read from; those words count as
/// understood.
fn levels(reading: &mut Reading) -> Vec<Level> {
    const NAMES: [(Level, &[&str]); 4] = [
        (Level::Leader, &["leader", "leaders", "president", "presidents", "leader-level"]),
        (Level::Minister, &["minister", "ministers", "ministerial", "secretaries", "minister-level"]),
        (Level::ViceMinister, &["vice-minister", "vice-ministers", "vice-ministerial", "deputies"]),
        (Level::Working, &["working-level"]),
    ];
    let contacts = reading.kinds.contains(&Kind::Engagement)
        || reading.acts.iter().any(|act| act.kind() == Kind::Engagement);
    let mut found = Vec::new();
    if !contacts {
        return found;
    }
    let named = |word: &str| NAMES.iter().find(|(_, names)| names.contains(&word)).map(|(level, _)| *level);
    for list in [&mut reading.rest, &mut reading.offices] {
        // "the two presidents": the last word is the office.
        list.retain(|word| match named(word.to_lowercase().rsplit(' ').next().unwrap_or_default()) {
            Some(level) => {
                found.push(level);
                false
            }
            None => true,
        });
    }
    found.dedup();
    found
}

/// Further words narrow the answer where events have them; they count as understood then.
fn narrow(rows: &mut Vec<StoredEvent>, reading: &mut Reading) {
    for word in std::mem::take(&mut reading.rest) {
        let query = EventQuery { words: vec![word.clone()], ..EventQuery::default() };
        if rows.iter().any(|row| query.matches(row)) {
            rows.retain(|row| query.matches(row));
            reading.unknown.push(word);
        } else {
            reading.rest.push(word);
        }
    }
}

fn events(call: &Call<'_>, reading: &mut Reading) -> Result<Answer, Fault> {
    let asked = levels(reading);
    let query = EventQuery { levels: asked.clone(), ..query(reading) };
    let mut rows = call.app.store.all_events(&query)?;
    if let Some(on) = reading.recipient {
        rows.retain(|row| hits(row, on));
    }
    narrow(&mut rows, reading);
    let of_contacts = !rows.is_empty() && rows.iter().all(|row| row.event.kind.0 == Kind::Engagement);
    let happened = |row: &StoredEvent| match row.event.kind.0 {
        Kind::Engagement => engagements::took_place(row),
        _ => matches!(row.event.factuality.0, Factuality::Asserted | Factuality::Reported),
    };
    let asks_for_facts = !matches!(reading.intent, Intent::List | Intent::Why);
    let unsure = rows.iter().filter(|row| !happened(row)).count();
    if asks_for_facts {
        rows.retain(happened);
    }
    let what = if of_contacts { "contacts" } else { "events" };
    let title = match (reading.intent, rows.as_slice()) {
        (_, []) => "No stored text says so".to_owned(),
        (Intent::Count, [_]) => format!("1 {} is stored that fits", what.trim_end_matches('s')),
        (Intent::Count, rows) => format!("{} {what} are stored that fit", rows.len()),
        (Intent::Latest | Intent::When, [latest, ..]) => format!("Last: {}", day_of(latest)),
        (Intent::First, [.., first]) => format!("First stored: {}", day_of(first)),
        (Intent::Who, rows) if of_contacts => counterparts(reading, rows),
        // Only what was understood in full can be answered with yes.
        (Intent::Whether, rows) if reading.rest.is_empty() => match rows.len() {
            1 => "Yes: a stored text says so".to_owned(),
            n => format!("Yes: {n} stored {what} say so"),
        },
        (_, [_]) => format!("1 stored {} fits", what.trim_end_matches('s')),
        (_, rows) => format!("{} stored {what} fit, latest first", rows.len()),
    };
    let shown: Vec<StoredEvent> = match reading.intent {
        Intent::Latest => rows.iter().take(1).cloned().collect(),
        Intent::First => rows.iter().rev().take(1).cloned().collect(),
        _ => rows.clone(),
    };
    let mut answer = commands::listed(call, "ask", title, &shown, rows.len())?;
    if asks_for_facts && unsure > 0 {
        answer.notes.insert(
            0,
            format!("{unsure} more are only planned, threatened, possible or denied, and not counted."),
        );
    }
    if !asked.is_empty() {
        let names: Vec<_> = asked.iter().map(|level| level.as_str().replace('_', " ")).collect();
        answer.notes.insert(0, format!("Only contacts of this level: {}.", names.join(", ")));
    }
    if rows.is_empty() {
        let nearest = nearest(reading);
        answer.blocks.push(Block::Line(
            Rich::text("That is no proof that it did not happen. Nearest: ").code(nearest.line()),
        ));
        answer.controls.push(Button::here("Search", nearest).tone(Tone::Main).into());
    }
    not_understood(reading, &mut answer);
    Ok(answer)
}

/// "Met with He Lifeng: Scott Bessent, Jamieson Greer (2 contacts)".
fn counterparts(reading: &Reading, rows: &[StoredEvent]) -> String {
    let asked = |name: &str| {
        reading.people.iter().chain(&reading.offices).any(|person| name.contains(person.as_str()))
    };
    let mut names: Vec<&str> = Vec::new();
    for party in rows.iter().flat_map(|row| &row.event.parties) {
        let Some(name) = party.name.as_deref().or(party.office.as_deref()) else { continue };
        if !asked(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    const MOST: usize = 6;
    let more = names.len().saturating_sub(MOST);
    let listed = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let contacts = if rows.len() == 1 { "1 contact".to_owned() } else { format!("{} contacts", rows.len()) };
    format!("{listed}{rest}: {contacts}, latest first")
}

fn day_of(row: &StoredEvent) -> String {
    let Some(start) = row.event.date.start else { return "on a day the text does not give".to_owned() };
    let date = attache_extract::when::EventDate {
        interval: Some((start, row.event.date.end.unwrap_or(start))),
        precision: row.event.date.precision.0,
    };
    crate::reply::words::when(&date).plain()
}

/// Says which words were passed over, and offers to search for them.
fn not_understood(reading: &Reading, answer: &mut Answer) {
    if reading.rest.is_empty() {
        return;
    }
    let words = reading.rest.join(" ");
    answer.notes.insert(0, format!("Not understood, and so not answered: {}.", reading.rest.join(", ")));
    let search = Step::of("search").text("words", words.chars().take(100).collect::<String>());
    answer.controls.push(Button::alone("Search the other words", search).into());
}

/// The command nearest to what was understood.
fn nearest(reading: &Reading) -> Step {
    let person = reading.people.first().or(reading.bodies.first());
    let name = reading.unknown.first().or(reading.places.first());
    match (person, name, reading.topics.first(), reading.states.first()) {
        (Some(words), ..) | (_, Some(words), ..) | (_, _, Some(words), _) => {
            Step::of("search").text("words", words.as_str())
        }
        (_, _, _, Some(code)) => Step::of("search").text("country", code.to_string()),
        _ => Step::of("brief").text("period", "all"),
    }
}

fn unclear(reading: &Reading) -> Answer {
    let words = reading.rest.join(" ");
    Answer {
        title: "I do not understand this question".to_owned(),
        blocks: vec![
            Block::Line(Rich::text("No country, person, subject or kind of event was recognised in it.")),
            Block::Line(
                Rich::text("Try: ")
                    .code("/brief")
                    .and(", ")
                    .code("/engagements")
                    .and(", ")
                    .code("/tariffs status")
                    .and(", ")
                    .code("/tensions")
                    .and(" or ")
                    .code(format!("/search words:{words:?}")),
            ),
        ],
        data: json!({"events": []}),
        controls: [
            ("Brief", Step::of("brief")),
            ("Engagements", Step::of("engagements")),
            ("Tariffs", Step::of("tariffs status")),
            ("Tensions", Step::of("tensions")),
        ]
        .into_iter()
        .map(|(label, step)| Button::here(label, step).into())
        .chain((!words.is_empty()).then(|| {
            let words: String = words.chars().take(100).collect();
            Button::here("Search the words", Step::of("search").text("words", words)).into()
        }))
        .collect(),
        ..Answer::default()
    }
}

/// How a question was understood, with what was passed over in it.
fn in_words(reading: &Reading) -> String {
    if reading.is_empty() && !only_days(reading) {
        return "not understood".to_owned();
    }
    let mut parts = vec![
        match reading.subject {
            Subject::Tariffs => "duties as of a day",
            Subject::Tensions => "tensions as of a day",
            Subject::Deadlines => "what starts or ends",
            Subject::Events => match reading.intent {
                Intent::Count => "how many events",
                Intent::When | Intent::Latest => "the latest event",
                Intent::First => "the earliest event",
                Intent::Who => "who took part in events",
                Intent::Whether => "whether there is an event",
                Intent::Why | Intent::List => "events",
            },
        }
        .to_owned(),
    ];
    let list =
        |name: &str, items: Vec<String>| (!items.is_empty()).then(|| format!("{name} {}", items.join(", ")));
    parts.extend(list("of kind", reading.kinds.iter().map(|kind| kind.as_str().replace('_', " ")).collect()));
    parts.extend(list("form", reading.acts.iter().map(|act| act.subtype().replace('_', " ")).collect()));
    parts.extend(list("which are", reading.statuses.iter().map(|s| s.as_str().to_owned()).collect()));
    match (reading.actor, reading.recipient) {
        (Some(actor), Some(on)) => parts.push(format!("by {actor} on {on}")),
        (Some(actor), None) => parts.push(format!("by {actor}")),
        (None, Some(on)) => parts.push(format!("on {on}")),
        (None, None) => {}
    }
    let others = reading.states.iter().filter(|c| ![reading.actor, reading.recipient].contains(&Some(**c)));
    parts.extend(list("with", others.map(ToString::to_string).collect()));
    parts.extend(list(
        "naming",
        reading.people.iter().chain(&reading.offices).chain(&reading.bodies).cloned().collect(),
    ));
    parts.extend(list("about", reading.topics.clone()));
    parts.extend(list("in", reading.places.clone()));
    parts.extend(list("with the words", reading.unknown.clone()));
    parts.extend(match (reading.since, reading.until) {
        (Some(from), Some(to)) if from == to => Some(format!("on {from}")),
        (Some(from), Some(to)) => Some(format!("between {from} and {to}")),
        (Some(from), None) => Some(format!("since {from}")),
        (None, Some(to)) => Some(format!("until {to}")),
        (None, None) => None,
    });
    parts.extend(reading.negated.then(|| "\"not\" was passed over".to_owned()));
    parts.extend(list("words not used:", reading.rest.clone()));
    parts.join("; ")
}
