//! `/brief`: what is newest, what stands open, what falls due.

use attache_extract::event::Kind;
use attache_store::EventQuery;
use attache_store::view::tensions;
use jiff::civil::Date;
use serde_json::json;

use super::common;
use super::tariffs;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block, Button, Control, Rich, Step};

pub(super) static COMMAND: Command = Command {
    name: "brief",
    about: "What changed in a period, what stands open, what falls due",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "period",
        about: "day, week, month, quarter or all; month unless given",
        kind: OptKind::Word(periods),
        required: false,
    },
    common::SOURCES,
    common::PRIVATE,
];

/// Entries of each part.
const PART: usize = 3;

/// Of a quiet period so many of the newest events before it are looked at.
const NEWEST: usize = 4 * PART;

/// Days ahead in which a deadline is worth a word.
const AHEAD: i64 = 60;

fn periods() -> Vec<&'static str> {
    vec!["day", "week", "month", "quarter", "all"]
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let today = common::today(call);
    let (period, since) = match call.args.text("period").unwrap_or("month") {
        "day" => ("the last day", back(today, 1)),
        "week" => ("the last week", back(today, 7)),
        "quarter" => ("the last three months", back(today, 92)),
        "all" => ("all that is stored", None),
        _ => ("the last month", back(today, 31)),
    };
    let store = &call.app.store;
    let asked = |kinds: &[Kind]| EventQuery { kinds: kinds.to_vec(), since, ..EventQuery::default() };
    let total = store.count(&asked(&[]))?;
    // A quiet month is said to be quiet; the newest events then show where things stand.
    let quiet = total == 0;
    let newest = if quiet { store.events(&EventQuery::default(), None, NEWEST)?.events } else { Vec::new() };
    let (mut blocks, mut shown) = (Vec::new(), Vec::new());
    let parts = [
        ("Engagements", Kind::Engagement),
        ("Tariffs", Kind::TariffAction),
        ("Tensions", Kind::Tension),
        ("Agreements", Kind::Agreement),
    ];
    for (heading, kind) in parts {
        let (count, rows) = if quiet {
            let of_kind = newest.iter().filter(|row| row.event.kind.0 == kind);
            (of_kind.clone().count(), of_kind.take(PART).cloned().collect())
        } else {
            (store.count(&asked(&[kind]))?, store.events(&asked(&[kind]), None, PART)?.events)
        };
        if count == 0 {
            continue;
        }
        blocks.push(Block::Heading(format!("{heading} ({count})")));
        for row in rows {
            blocks.extend(common::entry(call.app, &row)?);
            shown.push(row);
        }
    }
    let due = tariffs::ahead(&call.app.store, today, AHEAD)?;
    if !due.is_empty() {
        blocks.push(Block::Heading(format!("Due within {AHEAD} days ({})", due.len())));
        for deadline in due.iter().take(PART) {
            blocks.extend(tariffs::deadline_item(call, today, deadline)?);
            shown.push(deadline.row.clone());
        }
    }
    let threads = store.threads(today)?;
    let open = threads.iter().filter(|thread| thread.status == tensions::Standing::Open).count();
    blocks
        .push(Block::Line(Rich::text(format!("{open} tensions stand open: ")).code("/tensions status:open")));
    if call.args.flag("sources") {
        return common::sources(call, "brief", &shown);
    }
    let title = if quiet {
        format!("Brief: nothing stored from {period}; the newest before it")
    } else {
        format!("Brief: {period}, {total} events")
    };
    let told = match (common::wants_data(call), quiet) {
        (true, false) => store.all_events(&asked(&[]))?,
        (true, true) => newest,
        (false, _) => Vec::new(),
    };
    let data = json!({"as_of": call.now, "since": since, "quiet": quiet, "open_tensions": open,
        "events": told.iter().map(common::data).collect::<Vec<_>>(),
        "due": due.iter().map(|d| json!({"date": d.day, "what": d.what, "event": d.row.id.to_string()})).collect::<Vec<_>>()});
    let mut controls: Vec<Control> = vec![
        Button::alone("Open tensions", Step::of("tensions").text("status", "open")).into(),
        Button::alone("Deadlines", Step::of("tariffs deadlines")).into(),
    ];
    controls.extend(common::sources_button("brief", call, &shown));
    controls.extend(common::openers(&shown));
    Ok(Answer { title, blocks, notes: vec![common::freshness(call)?], data, controls, ..Answer::default() })
}

fn back(today: Date, days: i64) -> Option<Date> {
    today.checked_sub(jiff::Span::new().days(days)).ok()
}
