//! From words to a query: a question is read by the extractor's own eyes, answered from the store,
//! and the answer says how it was read.
//!
//! Every part of a reading either narrows the answer or is named as not understood; an answer with
//! such a part says so in its title and claims nothing.

mod events;
mod said;
mod standing;
mod turns;

use attache_extract::{Intent, Reading, Side, StateCode, Subject};
use attache_store::EventQuery;
use attache_store::view::engagements;
use jiff::civil::Date;
use serde_json::json;

use crate::command::{Args, Call, Fault, Value};
use crate::commands;
use crate::reply::{Answer, Block, Button, Rich, Step};

/// Answers a question from the store.
///
/// # Errors
/// When the store cannot be read.
pub fn answer(call: &Call<'_>, reading: &Reading, today: Date) -> Result<Answer, Fault> {
    let mut asked =
        Asked { reading: reading.clone(), unread: Vec::new(), found: Vec::new(), notes: Vec::new() };
    asked.anchor(call)?;
    let understood = !asked.reading.is_empty() || only_days(&asked.reading);
    let mut answer = if !understood {
        unclear(call, &asked.reading)?
    } else if let Some(name) = person(&asked.reading) {
        commands::run(call, &["person"], name)?
    } else {
        match asked.reading.subject {
            Subject::Tariffs => standing::duties(call, &mut asked)?,
            Subject::Tensions => standing::tensions(call, &mut asked)?,
            Subject::Deadlines => standing::deadlines(call, &mut asked, today)?,
            Subject::Comparison => standing::comparison(call, &mut asked, today)?,
            Subject::Events => events::answer(call, &mut asked, today)?,
        }
    };
    if understood {
        asked.close(&mut answer);
    }
    let read_as = said::in_words(&asked);
    answer.notes.insert(0, format!("Read as: {read_as}."));
    if let Some(map) = answer.data.as_object_mut() {
        map.insert("read_as".to_owned(), json!(read_as));
        map.insert("not_understood".to_owned(), json!(asked.unread));
    }
    Ok(answer)
}

/// A question on its way to an answer.
struct Asked {
    reading: Reading,
    /// Parts that the answer does not heed.
    unread: Vec<String>,
    /// Words that nothing was read from and that events hold: they narrow the answer.
    found: Vec<String>,
    /// What else is to be said of the answer.
    notes: Vec<String>,
}

impl Asked {
    fn pass_over(&mut self, part: impl Into<String>) {
        let part = part.into();
        if !part.is_empty() && !self.unread.contains(&part) {
            self.unread.push(part);
        }
    }

    /// "After Busan": the days behind the last contact there.
    fn anchor(&mut self, call: &Call<'_>) -> Result<(), Fault> {
        let Some((side, place)) = self.reading.anchor.clone() else { return Ok(()) };
        let query =
            EventQuery { words: vec![place.clone()], ..EventQuery::of(attache_extract::Kind::Engagement) };
        let there = |name: &Option<String>| name.as_ref().is_some_and(|name| name.contains(&place));
        let rows = call.app.store.all_events(&query)?;
        let held = rows.iter().find(|row| engagements::took_place(row) && there(&row.event.place));
        let Some((row, start)) = held.and_then(|row| Some((row, row.event.date.start?))) else {
            let word = if side == Side::After { "after" } else { "before" };
            self.pass_over(format!("{word} {place}"));
            return Ok(());
        };
        let end = row.event.date.end.unwrap_or(start);
        match side {
            Side::After => self.reading.since = end.tomorrow().ok(),
            Side::Before => self.reading.until = start.yesterday().ok(),
        }
        self.notes.push(format!(
            "The last contact in {place}: {} ({}).",
            events::day_of(row),
            row.id.short()
        ));
        Ok(())
    }

    /// Says in the title which parts were not understood, so that nobody takes the rest for an answer.
    fn close(&mut self, answer: &mut Answer) {
        if self.reading.negated {
            self.pass_over("not");
        }
        for word in std::mem::take(&mut self.reading.rest) {
            self.pass_over(word);
        }
        let notes = std::mem::take(&mut self.notes);
        answer.notes.splice(0..0, notes);
        if self.unread.is_empty() {
            return;
        }
        const MOST: usize = 4;
        const LONG: usize = 40;
        let quoted = |part: &String| format!("“{}”", part.chars().take(LONG).collect::<String>());
        let mut parts: Vec<_> = self.unread.iter().take(MOST).map(quoted).collect();
        if self.unread.len() > MOST {
            parts.push(format!("{} more", self.unread.len() - MOST));
        }
        let rest = std::mem::replace(
            &mut answer.title,
            format!("Not answered: I did not understand {}", parts.join(", ")),
        );
        answer.blocks.insert(0, Block::Line(Rich::text("Leaving that out: ").strong(rest)));
        answer.notes.insert(0, format!("Not understood, and so not answered: {}.", self.unread.join(", ")));
        let words = self.unread.join(" ").chars().take(100).collect::<String>();
        let search = Step::of("search").text("words", words);
        answer.controls.push(Button::alone("Search the other words", search).into());
    }
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
        && reading.turn.is_none()
        && !reading.negated
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

/// Words that name a topic: the lexicon's, and the question's own.
fn names_of(reading: &Reading, at: usize) -> Vec<String> {
    let mut names: Vec<String> = reading.topics.get(at).into_iter().cloned().collect();
    names.extend(reading.said.get(at).filter(|said| !names.contains(said)).cloned());
    // "Purchases" are told by "to purchase" as well.
    let singular: Vec<String> =
        names.iter().filter_map(|name| name.strip_suffix('s')).map(str::to_owned).collect();
    names.extend(singular.into_iter().filter(|name| name.chars().count() > 3));
    names
}

fn unclear(call: &Call<'_>, reading: &Reading) -> Result<Answer, Fault> {
    let words = reading.rest.join(" ");
    Ok(Answer {
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
        notes: vec![commands::freshness(call)?],
        ..Answer::default()
    })
}
