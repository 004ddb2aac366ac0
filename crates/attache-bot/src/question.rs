//! From words to a query: a question is read by the extractor's own eyes, answered from the store,
//! and the answer says how it was read.

use attache_extract::event::{Factuality, Kind};
use attache_extract::{Extractor, Intent, Reading, StateCode, Vocabulary as _};
use attache_store::view::engagements;
use attache_store::{EventQuery, StoredEvent};
use jiff::civil::Date;
use serde_json::json;

use crate::command::{Args, Call, Fault, Value};
use crate::commands;
use crate::reply::{Answer, Block, Rich};

/// A question as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    reading: Reading,
    /// The command that answers it.
    route: Route,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// What stands as of a day.
    TariffStatus,
    /// Which tensions are open.
    Tensions,
    /// What ends or starts ahead.
    Deadlines,
    /// Events found by a query.
    Events,
    /// Nothing in it was understood.
    Unclear,
}

/// Reads a question; `today` anchors "last month".
#[must_use]
pub fn read(extractor: &Extractor, text: &str, today: Date) -> Question {
    let reading = extractor.read_question(text, today);
    let route = route(&reading, text);
    Question { reading, route }
}

fn route(reading: &Reading, text: &str) -> Route {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let about = |kind| reading.kinds.contains(&kind) || reading.acts.iter().any(|act| act.kind() == kind);
    let tariffs = about(Kind::TariffAction) || says(&["in force"]);
    if reading.intent == Intent::Ahead || says(&["deadline", "expire", "run out", "due "]) {
        return Route::Deadlines;
    }
    if tariffs
        && reading.people.is_empty()
        && says(&["in force", "now", "today", "currently", "which", "what are", "rate", "how high"])
    {
        return Route::TariffStatus;
    }
    if about(Kind::Tension) && says(&["open", "tension"]) {
        return Route::Tensions;
    }
    let nothing = reading.states.is_empty()
        && reading.people.is_empty()
        && reading.offices.is_empty()
        && reading.topics.is_empty()
        && reading.kinds.is_empty()
        && reading.acts.is_empty()
        && reading.period.is_none();
    if nothing { Route::Unclear } else { Route::Events }
}

/// Answers a question from the store.
///
/// # Errors
/// When the store cannot be read.
pub fn answer(call: &Call<'_>, question: &Question) -> Result<Answer, Fault> {
    let mut answer = match question.route {
        Route::TariffStatus => tariff_status(call, &question.reading)?,
        Route::Tensions => tensions(call, &question.reading)?,
        Route::Deadlines => commands::run(call, &["tariffs", "deadlines"], Args::default())?,
        Route::Events => events(call, &question.reading)?,
        Route::Unclear => unclear(&question.reading),
    };
    answer.notes.insert(0, format!("Read as: {}.", in_words(question)));
    if let Some(map) = answer.data.as_object_mut() {
        map.insert("read_as".to_owned(), json!(in_words(question)));
    }
    Ok(answer)
}

fn tariff_status(call: &Call<'_>, reading: &Reading) -> Result<Answer, Fault> {
    let mut args = Args::default();
    // "US tariffs on Chinese goods": who charges is named first.
    let sides: Vec<StateCode> = reading.states.clone();
    let (imposer, on) = match sides.as_slice() {
        [] => (StateCode::US, None),
        [only] if *only == StateCode::US => (StateCode::US, None),
        [only] => (StateCode::US, Some(*only)),
        [first, second, ..] => (*first, Some(*second)),
    };
    args.set("imposer", Value::Text(imposer.to_string()));
    if let Some(on) = on {
        args.set("on", Value::Text(on.to_string()));
    }
    if let Some((_, day)) = reading.period {
        args.set("as_of", Value::Text(day.to_string()));
    }
    commands::run(call, &["tariffs", "status"], args)
}

fn tensions(call: &Call<'_>, reading: &Reading) -> Result<Answer, Fault> {
    let mut args = Args::default();
    if let Some(topic) = reading.topics.first() {
        args.set("topic", Value::Text(topic.clone()));
    }
    if let Some(code) = reading.states.iter().find(|code| **code != StateCode::US) {
        args.set("party", Value::Text(code.to_string()));
    }
    if let Some((_, day)) = reading.period {
        args.set("as_of", Value::Text(day.to_string()));
    }
    commands::run(call, &["tensions"], args)
}

/// The query a reading asks for.
fn query(reading: &Reading) -> EventQuery {
    let mut kinds = reading.kinds.clone();
    kinds.extend(reading.acts.iter().map(attache_extract::Act::kind));
    kinds.sort();
    kinds.dedup();
    EventQuery {
        kinds,
        countries: reading.states.clone(),
        people: reading.people.iter().chain(&reading.offices).cloned().collect(),
        topics: reading.topics.clone(),
        since: reading.period.map(|(from, _)| from),
        until: reading.period.map(|(_, to)| to),
        ..EventQuery::default()
    }
}

fn events(call: &Call<'_>, reading: &Reading) -> Result<Answer, Fault> {
    let mut rows = call.app.store.all_events(&query(reading))?;
    let of_contacts = rows.iter().any(|row| row.event.kind.0 == Kind::Engagement);
    let happened = |row: &StoredEvent| match row.event.kind.0 {
        Kind::Engagement => engagements::took_place(row),
        _ => matches!(row.event.factuality.0, Factuality::Asserted | Factuality::Reported),
    };
    let asks_for_facts = matches!(
        reading.intent,
        Intent::Count | Intent::When | Intent::Latest | Intent::First | Intent::Whether | Intent::Who
    );
    let unsure = rows.iter().filter(|row| !happened(row)).count();
    if asks_for_facts {
        rows.retain(happened);
    }
    let what = if of_contacts { "contacts" } else { "events" };
    let title = match (reading.intent, rows.as_slice()) {
        (_, []) => "No stored text says so".to_owned(),
        (Intent::Count, rows) => format!("{} {what} are stored that fit", rows.len()),
        (Intent::Latest | Intent::When, [latest, ..]) => format!("Last: {}", day_of(latest)),
        (Intent::First, [.., first]) => format!("First stored: {}", day_of(first)),
        (Intent::Whether, rows) => format!("Yes: {} stored {what} say so", rows.len()),
        (_, rows) => format!("{} {what}, latest first", rows.len()),
    };
    let shown: Vec<StoredEvent> = match reading.intent {
        Intent::Latest => rows.iter().take(1).cloned().collect(),
        Intent::First => rows.iter().rev().take(1).cloned().collect(),
        _ => rows.clone(),
    };
    let mut answer = commands::listed(call, title, &shown, rows.len())?;
    if asks_for_facts && unsure > 0 {
        answer.notes.insert(
            0,
            format!("{unsure} more are only planned, threatened, possible or denied, and not counted."),
        );
    }
    if rows.is_empty() {
        answer.blocks.push(Block::Line(
            Rich::text("That is no proof that it did not happen. Nearest: ").code(nearest(reading)),
        ));
    }
    Ok(answer)
}

fn day_of(row: &StoredEvent) -> String {
    let Some(start) = row.event.date.start else { return "on a day the text does not give".to_owned() };
    let date = attache_extract::when::EventDate {
        interval: Some((start, row.event.date.end.unwrap_or(start))),
        precision: row.event.date.precision.0,
    };
    crate::reply::words::when(&date).plain()
}

/// The command nearest to what was understood.
fn nearest(reading: &Reading) -> String {
    match (reading.people.first(), reading.states.first(), reading.topics.first()) {
        (Some(person), ..) => format!("/search words:{person:?}"),
        (_, Some(code), _) => format!("/search country:{code}"),
        (_, _, Some(topic)) => format!("/search words:{topic:?}"),
        _ => "/brief period:all".to_owned(),
    }
}

fn unclear(reading: &Reading) -> Answer {
    let words = reading.rest.join(" ");
    Answer {
        title: "I do not understand this question".to_owned(),
        blocks: vec![
            Block::Line(Rich::text(
                "No country, person, subject, day or kind of event was recognised in it.",
            )),
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
        ..Answer::default()
    }
}

fn in_words(question: &Question) -> String {
    let Question { reading, route } = question;
    let mut parts = vec![
        match route {
            Route::TariffStatus => "tariffs as of a day",
            Route::Tensions => "open tensions",
            Route::Deadlines => "what starts or ends soon",
            Route::Unclear => "not understood",
            Route::Events => match reading.intent {
                Intent::Count => "how many events",
                Intent::When | Intent::Latest => "the latest event",
                Intent::First => "the earliest event",
                Intent::Who => "who took part in events",
                Intent::Whether => "whether there is an event",
                Intent::List | Intent::Ahead => "events",
            },
        }
        .to_owned(),
    ];
    let list =
        |name: &str, items: Vec<String>| (!items.is_empty()).then(|| format!("{name} {}", items.join(", ")));
    parts.extend(list("of kind", reading.kinds.iter().map(|kind| kind.as_str().replace('_', " ")).collect()));
    parts.extend(list("form", reading.acts.iter().map(|act| act.subtype().replace('_', " ")).collect()));
    parts.extend(list("with", reading.states.iter().map(ToString::to_string).collect()));
    parts.extend(list("naming", reading.people.iter().chain(&reading.offices).cloned().collect()));
    parts.extend(list("about", reading.topics.clone()));
    parts.extend(reading.period.map(|(from, to)| format!("between {from} and {to}")));
    parts.extend(list("words not used:", reading.rest.clone()));
    parts.join("; ")
}
