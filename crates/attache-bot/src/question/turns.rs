//! Days that are not those of the event itself: when a thing took effect, when it ends.

use attache_extract::Turn;
use attache_extract::event::Kind;
use attache_extract::when::Moment;
use attache_store::{EventQuery, StoredEvent};
use jiff::civil::Date;

use super::{Asked, events};
use crate::command::{Call, Fault};
use crate::commands;
use crate::reply::{Answer, Block, Rich};

/// The days a text gives for a turn.
fn days_of(row: &StoredEvent, turn: Turn) -> Option<(Date, Date)> {
    let event = &row.event;
    let read = |text: &Option<String>| text.as_deref()?.parse::<Moment>().ok()?.days();
    let removed = event.kind.0 == Kind::TariffAction && event.subtype == "remove";
    match turn {
        // An end that takes effect is no start of what ended.
        Turn::Effective if removed => None,
        Turn::Effective => read(&event.effective),
        Turn::Expires if removed => read(&event.effective).or_else(|| read(&event.expires)),
        Turn::Expires => read(&event.expires),
        Turn::Announced | Turn::Signed => event.date.start.map(|day| (day, event.date.end.unwrap_or(day))),
    }
}

/// When it took effect, or ends; where no text gives that day, what else is stored of it.
pub(super) fn answer(call: &Call<'_>, asked: &mut Asked, today: Date) -> Result<Answer, Fault> {
    let turn = asked.reading.turn.unwrap_or(Turn::Announced);
    let (since, until) = (asked.reading.since, asked.reading.until);
    let mut rows = events::fitting(call, asked, false)?;
    rows.retain(events::happened);
    let mut told: Vec<((Date, Date), StoredEvent)> =
        rows.iter().filter_map(|row| Some((days_of(row, turn)?, row.clone()))).collect();
    told.retain(|((first, last), _)| {
        since.is_none_or(|day| *last >= day) && until.is_none_or(|day| *first <= day)
    });
    told.sort_by_key(|((first, last), row)| std::cmp::Reverse((*last, *first, row.id)));
    let (what, none) = match turn {
        Turn::Effective => ("In effect from", "No stored text says when that takes effect"),
        Turn::Expires => ("End", "No stored text says when that ends"),
        Turn::Announced | Turn::Signed => ("Day", "No stored text gives that day"),
    };
    let Some(((first, last), _)) = told.first() else {
        let total = rows.len();
        let mut answer = commands::listed(call, "ask", none.to_owned(), &rows, total)?;
        let line = if total == 0 {
            events::offer(&asked.reading, &mut answer);
            return Ok(answer);
        } else {
            "What is stored of it; the days below are those of announcing, signing or meeting:"
        };
        answer.blocks.insert(0, Block::Line(Rich::text(line)));
        return Ok(answer);
    };
    let day = if first == last { words(*first) } else { format!("{} to {}", words(*first), words(*last)) };
    let passed = if *last < today { ", passed" } else { "" };
    let passed = if turn == Turn::Expires { passed } else { "" };
    let title = match told.len() {
        1 => format!("{what}: {day}{passed}"),
        n => format!("{what}: {n} stored texts give such a day, the latest {day}{passed}"),
    };
    let rows: Vec<StoredEvent> = told.into_iter().map(|(_, row)| row).collect();
    let mut answer = commands::listed(call, "ask", title, &rows, rows.len())?;
    let truce = asked.reading.acts.iter().any(|act| act.subtype() == "suspend");
    if let (Turn::Expires, true, Some(latest)) = (turn, truce, rows.first()) {
        said_since(call, latest, &mut answer)?;
    }
    if turn == Turn::Expires {
        answer.notes.insert(0, "A later text may have prolonged it or ended it early.".to_owned());
    }
    Ok(answer)
}

/// What was said of the truce after the latest text that gives its end.
fn said_since(call: &Call<'_>, latest: &StoredEvent, answer: &mut Answer) -> Result<(), Fault> {
    let query = EventQuery {
        words: vec!["truce".to_owned()],
        since: latest.sort_day.tomorrow().ok(),
        ..EventQuery::of(Kind::Statement)
    };
    let said = call.app.store.all_events(&query)?;
    if said.is_empty() {
        return Ok(());
    }
    answer.blocks.push(Block::Heading("Said of it since".to_owned()));
    for row in said.iter().take(MOST_SAID) {
        answer.blocks.extend(commands::entry(call.app, row)?);
    }
    Ok(())
}

/// Statements shown beside an end.
const MOST_SAID: usize = 3;

fn words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
