//! Events that fit a question, and what their number, first or last one says.

use std::collections::BTreeSet;

use attache_extract::event::{Act, Factuality, Kind, Status};
use attache_extract::{Intent, Reading, Role, StateCode, Turn, Vocabulary as _};
use attache_store::view::engagements::{self, Level};
use attache_store::view::tariffs::layer_of;
use attache_store::{EventQuery, NameOf, StoredEvent};
use jiff::civil::Date;

use super::{Asked, names_of, turns};
use crate::command::{Call, Fault};
use crate::commands;
use crate::reply::{Answer, Block, Button, Rich, Step, Tone};

/// The query a reading asks for, but for its topics.
fn query(reading: &Reading) -> EventQuery {
    let mut kinds = reading.kinds.clone();
    kinds.extend(reading.acts.iter().map(Act::kind));
    kinds.sort();
    kinds.dedup();
    // With kinds asked for beside the subtypes, any of those will do.
    let narrow =
        !reading.acts.is_empty() && kinds.iter().all(|k| reading.acts.iter().any(|a| a.kind() == *k));
    let offices = reading.offices.iter().filter(|office| portfolio(office).is_none());
    let unknown = reading.unknown.iter().flat_map(|name| name.split(' ').map(str::to_owned));
    let levels = reading.levels.iter().filter_map(|level| Level::parse(level.as_str()));
    EventQuery {
        kinds,
        subtypes: if narrow { subtypes(&reading.acts) } else { Vec::new() },
        countries: reading.states.clone(),
        actor: reading.actor,
        people: reading.people.iter().chain(offices).cloned().collect(),
        statuses: reading.statuses.clone(),
        levels: levels.collect(),
        since: reading.since,
        until: reading.until,
        words: unknown.chain(reading.places.iter().cloned()).collect(),
        ..EventQuery::default()
    }
}

/// The subtypes asked for, with those that texts use for the same thing.
pub(super) fn subtypes(acts: &[Act]) -> Vec<String> {
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

/// The offices that a portfolio goes by: Washington's foreign minister is the Secretary of State.
fn portfolio(office: &str) -> Option<&'static [&'static str]> {
    let (portfolio, rank) = office.split_once(' ')?;
    match (portfolio, rank) {
        ("foreign", "minister") => Some(&[
            "foreign minister",
            "minister of foreign affairs",
            "foreign secretary",
            "secretary of state",
        ]),
        ("trade" | "commerce", "minister") => Some(&[
            "commerce",
            "trade minister",
            "minister of trade",
            "trade representative",
            "trade secretary",
        ]),
        ("finance", "minister") => Some(&["finance", "treasury", "chancellor of the exchequer"]),
        ("defense" | "defence", "minister") => Some(&["defense", "defence"]),
        _ => None,
    }
}

/// Whether people of a portfolio met: at least two hold it.
fn both_hold(row: &StoredEvent, offices: &[&str]) -> bool {
    let held = |office: &str| offices.iter().any(|name| office.contains(name)) && !office.contains("vice");
    let parties = row.event.parties.iter().filter_map(|party| party.office.as_deref());
    parties.filter(|office| held(&office.to_lowercase())).count() > 1
}

/// Whether an event is done to a country, or says nothing of whom it is done to.
fn hits(row: &StoredEvent, on: StateCode) -> bool {
    let mut hit = row.event.parties.iter().filter(|party| party.role.0 == Role::Recipient).peekable();
    hit.peek().is_none() || hit.any(|party| party.country.as_deref() == Some(on.as_str()))
}

/// The layers that one of these names means.
fn layers(call: &Call<'_>, names: &[String]) -> Result<Vec<String>, Fault> {
    const MOST: usize = 200;
    let held = call.app.store.with_names(|held| {
        held.matching(NameOf::Layer, "", MOST).into_iter().map(str::to_owned).collect::<Vec<_>>()
    })?;
    let named =
        |layer: &String| names.iter().any(|name| commands::is_named(layer, super::standing::stem(name)));
    Ok(held.into_iter().filter(named).collect())
}

/// Events that fit, but for words that nothing was read from; `when` says whether the days asked
/// about are those of the event itself.
pub(super) fn fitting(call: &Call<'_>, asked: &mut Asked, when: bool) -> Result<Vec<StoredEvent>, Fault> {
    let reading = &asked.reading;
    let mut query = query(reading);
    if !when {
        (query.since, query.until) = (None, None);
        // What a truce suspends, later texts prolong.
        if query.subtypes.iter().any(|word| word == "suspend") {
            query.subtypes.push("extend_suspension".to_owned());
        }
    }
    let store = &call.app.store;
    let mut rows = store.all_events(&EventQuery { topics: names_of(reading, 0), ..query.clone() })?;
    let taxed = query.kinds.is_empty() || query.kinds.contains(&Kind::TariffAction);
    let answers = reading.acts.iter().any(|act| act.subtype() == "retaliation");
    for at in 0..reading.topics.len().max(usize::from(answers)) {
        let names = names_of(reading, at);
        let mut of = if names.is_empty() { Vec::new() } else { layers(call, &names)? };
        if answers {
            // What answers a tariff is a tariff as often as not.
            let all = layers(call, &["retaliation".to_owned()])?;
            of = if names.is_empty() { all } else { all.into_iter().filter(|l| of.contains(l)).collect() };
        }
        let mut also = Vec::new();
        if at == 0 && (taxed || answers) && !of.is_empty() {
            let kinds = vec![Kind::TariffAction];
            let levied = || vec!["impose".to_owned(), "increase".to_owned()];
            let subtypes = if answers { levied() } else { query.subtypes.clone() };
            let statuses = if answers { Vec::new() } else { query.statuses.clone() };
            also = store.all_events(&EventQuery {
                kinds,
                subtypes,
                statuses,
                layers: of.clone(),
                ..query.clone()
            })?;
        }
        if at > 0 {
            let about = EventQuery { topics: names, ..EventQuery::default() };
            let layered = |row: &StoredEvent| {
                row.event.kind.0 == Kind::TariffAction && of.contains(&layer_of(&row.event))
            };
            rows.retain(|row| about.matches(row) || layered(row));
        }
        rows.extend(also);
    }
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert(row.id));
    rows.sort_by_key(|row| std::cmp::Reverse((row.sort_day, row.id)));
    if let Some(on) = reading.recipient {
        rows.retain(|row| hits(row, on));
    }
    for body in &reading.bodies {
        let names = call.app.extractor.body_names(body);
        let any: Vec<EventQuery> =
            names.into_iter().map(|name| EventQuery { words: vec![name], ..EventQuery::default() }).collect();
        rows.retain(|row| any.iter().any(|query| query.matches(row)));
    }
    for offices in reading.offices.iter().filter_map(|office| portfolio(office)) {
        rows.retain(|row| both_hold(row, offices));
    }
    if reading.turn == Some(Turn::Signed) {
        rows.retain(|row| row.event.status.is_some_and(|status| status.0 == Status::Signed));
    }
    // "When were the controls announced?" asks for no day on which they were eased.
    let begins = matches!(reading.turn, Some(Turn::Announced | Turn::Effective));
    if begins && reading.statuses.is_empty() && !reading.topics.is_empty() {
        let over = |row: &StoredEvent| {
            row.event.status.is_some_and(|status| matches!(status.0, Status::Eased | Status::Resolved))
        };
        rows.retain(|row| !over(row));
    }
    narrow(&mut rows, asked);
    Ok(rows)
}

/// Further words narrow the answer where events have them; they count as understood then.
fn narrow(rows: &mut Vec<StoredEvent>, asked: &mut Asked) {
    for word in std::mem::take(&mut asked.reading.rest) {
        let query = EventQuery { words: vec![word.clone()], ..EventQuery::default() };
        if rows.iter().any(|row| query.matches(row)) {
            rows.retain(|row| query.matches(row));
            asked.found.push(word);
        } else {
            asked.pass_over(word);
        }
    }
}

/// Whether what is told happened, as far as its text says.
pub(super) fn happened(row: &StoredEvent) -> bool {
    match row.event.kind.0 {
        Kind::Engagement => engagements::took_place(row),
        _ => matches!(row.event.factuality.0, Factuality::Asserted | Factuality::Reported),
    }
}

/// Whether it asks for what was only threatened, planned or proposed: then a text that says so is the answer.
fn asks_for_words(reading: &Reading) -> bool {
    let ahead = |status: &Status| matches!(status, Status::Threatened | Status::Planned | Status::Announced);
    reading.acts.iter().any(|act| act.subtype() == "threaten") || reading.statuses.iter().any(ahead)
}

pub(super) fn answer(call: &Call<'_>, asked: &mut Asked, today: Date) -> Result<Answer, Fault> {
    if matches!(asked.reading.turn, Some(Turn::Effective | Turn::Expires)) {
        return turns::answer(call, asked, today);
    }
    // What lies ahead has no events yet, but it may have a day.
    let ahead = asked.reading.since.is_some_and(|day| day > today);
    if ahead && asked.reading.kinds.is_empty() {
        return super::standing::deadlines(call, asked, today);
    }
    let mut rows = fitting(call, asked, true)?;
    let reading = &asked.reading;
    let of_contacts = !rows.is_empty() && rows.iter().all(|row| row.event.kind.0 == Kind::Engagement);
    let asks_for_facts = !matches!(reading.intent, Intent::List | Intent::Why) && !asks_for_words(reading);
    let unsure = rows.iter().filter(|row| !happened(row)).count();
    if asks_for_facts {
        rows.retain(happened);
    }
    if matches!(reading.intent, Intent::Latest | Intent::When | Intent::First) {
        // An event without a day is neither the first nor the last.
        let undated = rows.iter().filter(|row| row.event.date.start.is_none()).count();
        if undated < rows.len() {
            rows.retain(|row| row.event.date.start.is_some());
            if undated > 0 {
                asked.notes.push(format!("{undated} more are left out: their texts give no day."));
            }
        }
    }
    // "Lifted" and "suspended" are told apart by the sentences alone.
    let in_full = asked.found.is_empty() && asked.unread.is_empty() && reading.statuses.is_empty();
    let title = title(reading, &rows, of_contacts, in_full);
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
    if !reading.levels.is_empty() {
        let names: Vec<_> = reading.levels.iter().map(|level| level.as_str().replace('_', " ")).collect();
        answer.notes.insert(0, format!("Only contacts of this level: {}.", names.join(", ")));
    }
    if rows.is_empty() {
        offer(reading, &mut answer);
    }
    Ok(answer)
}

fn title(reading: &Reading, rows: &[StoredEvent], of_contacts: bool, in_full: bool) -> String {
    let what = if of_contacts { "contacts" } else { "events" };
    match (reading.intent, rows) {
        (_, []) => "No stored text says so".to_owned(),
        (Intent::Count, [_]) => format!("1 {} is stored that fits", what.trim_end_matches('s')),
        (Intent::Count, rows) => format!("{} {what} are stored that fit", rows.len()),
        (Intent::Latest | Intent::When, [latest, ..]) => format!("Last: {}", day_of(latest)),
        (Intent::First, [.., first]) => format!("First stored: {}", day_of(first)),
        (Intent::Who, rows) if of_contacts => counterparts(reading, rows),
        // Only what was understood in full can be answered with yes.
        (Intent::Whether, rows) if in_full => match rows.len() {
            1 => "Yes: a stored text says so".to_owned(),
            n => format!("Yes: {n} stored {what} say so"),
        },
        (_, [_]) => format!("1 stored {} fits", what.trim_end_matches('s')),
        (_, rows) => format!("{} stored {what} fit, latest first", rows.len()),
    }
}

/// Says what no answer means, and where to look.
pub(super) fn offer(reading: &Reading, answer: &mut Answer) {
    let nearest = nearest(reading);
    answer.blocks.push(Block::Line(
        Rich::text("That is no proof that it did not happen. Nearest: ").code(nearest.line()),
    ));
    answer.controls.push(Button::here("Search", nearest).tone(Tone::Main).into());
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

/// The day of an event, in words.
pub(super) fn day_of(row: &StoredEvent) -> String {
    let Some(start) = row.event.date.start else { return "on a day the text does not give".to_owned() };
    let date = attache_extract::when::EventDate {
        interval: Some((start, row.event.date.end.unwrap_or(start))),
        precision: row.event.date.precision.0,
    };
    crate::reply::words::when(&date).plain()
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
