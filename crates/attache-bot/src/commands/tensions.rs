//! `/tensions`: open, eased and resolved tensions, each with its moves.

use attache_extract::StateCode;
use attache_extract::event::Tension;
use attache_store::EventQuery;
use attache_store::view::origin::{self, Certainty};
use attache_store::view::tensions::{Standing, Thread};
use serde_json::{Value, json};

use super::common::{self, SHORT, text};
use super::suggest;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block, Choice, Control, Menu, Rich, Show, Step, words};

pub(super) static COMMAND: Command = Command {
    name: "tensions",
    about: "Tensions: warnings, controls, probes, sanctions, and who moved last",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt { name: "status", about: "open unless given", kind: OptKind::Word(statuses), required: false },
    Opt {
        name: "topic",
        about: "A subject, such as rare earths",
        kind: OptKind::Text { max: SHORT, complete: Some(suggest::topics) },
        required: false,
    },
    Opt {
        name: "party",
        about: "A country that is part of it; several with commas between",
        kind: OptKind::Text { max: SHORT, complete: Some(suggest::countries) },
        required: false,
    },
    Opt {
        name: "measure",
        about: "A kind of move, such as export_control",
        kind: OptKind::Word(common::words_of::<Tension>),
        required: false,
    },
    text("as_of", "The day, YYYY-MM-DD; today unless given"),
    common::PAGE,
    common::SOURCES,
    common::PRIVATE,
];

fn statuses() -> Vec<&'static str> {
    Standing::ALL.iter().map(|standing| standing.as_str()).chain(["all"]).collect()
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let as_of = common::read_date(call, "as_of")?.unwrap_or_else(|| common::today(call));
    let wanted = call.args.text("status").unwrap_or("open");
    let parties = parties(call)?;
    let measure = call.args.text("measure");
    let threads = call.app.store.threads(as_of)?;
    let mut threads: Vec<&Thread> = threads.iter().collect();
    threads.retain(|thread| wanted == "all" || thread.status.as_str() == wanted);
    threads.retain(|thread| parties.iter().all(|code| thread.sides.iter().any(|side| side == code.as_str())));
    threads.retain(|thread| {
        let mut moves = thread.moves.iter();
        measure.is_none_or(|measure| moves.any(|link| link.row.event.subtype == measure))
    });
    for topic in common::read_list(call, "topic") {
        // Several words for one and the same: "semiconductors|chips".
        let topics = topic.split('|').map(str::to_owned).collect();
        let about = EventQuery { topics, ..EventQuery::default() };
        threads.retain(|thread| thread.moves.iter().any(|link| about.matches(&link.row)));
    }
    let mut blocks = Vec::new();
    let part = common::Part::of(call, threads.len());
    let shown: Vec<_> = part.cut(&threads).iter().filter_map(|thread| thread.last().cloned()).collect();
    if call.args.flag("sources") {
        return common::sources(call, "tensions", &shown);
    }
    for thread in part.cut(&threads) {
        blocks.push(item(thread, as_of));
        if let Some(last) = thread.last() {
            blocks.push(common::quote(call.app, last)?);
        }
    }
    let word = if wanted == "all" { "" } else { wanted };
    let title = match threads.len() {
        0 => format!("No {word} tension is stored that fits, as of {as_of}").replace("  ", " "),
        1 => format!("1 {word} tension as of {}", as_of.strftime("%-d %B %Y")).replace("  ", " "),
        n => format!("{n} {word} tensions as of {}, latest move first", as_of.strftime("%-d %B %Y"))
            .replace("  ", " "),
    };
    let notes = part.note().into_iter().chain([common::freshness(call)?]).collect();
    let controls = part
        .controls("tensions", call)
        .into_iter()
        .chain(common::sources_button("tensions", call, &shown))
        .chain(openers(part.cut(&threads), as_of))
        .collect();
    let told: &[&Thread] = if common::wants_data(call) { &threads } else { part.cut(&threads) };
    let data =
        json!({"as_of": as_of, "tensions": told.iter().map(|thread| data(thread)).collect::<Vec<_>>()});
    Ok(Answer { title, blocks, notes, data, controls, ..Answer::default() })
}

/// The countries asked for, all of which must be part of it.
fn parties(call: &Call<'_>) -> Result<Vec<StateCode>, Fault> {
    let named = common::read_list(call, "party");
    let code = |name: &String| {
        common::country_of(call.app, name, common::today(call)).ok_or_else(|| {
            Fault::user(format!(
                "party: {name:?} is no country I know; give a code such as US, CN or EU, or its name"
            ))
        })
    };
    named.iter().map(code).collect()
}

/// A menu that opens one of these threads.
fn openers(threads: &[&Thread], as_of: jiff::civil::Date) -> Option<Control> {
    let choice = |thread: &&Thread| Choice {
        label: format!("{}: {}", thread.sides.join("–"), thread.subject),
        about: thread.status.as_str().to_owned(),
        step: Step::of("tension").text("id", thread.id.short()).text("as_of", as_of.to_string()),
    };
    let choices: Vec<_> = threads.iter().map(choice).collect();
    let hint = "Open one of these tensions".to_owned();
    (!choices.is_empty()).then_some(Control::Menu(Menu { hint, choices, show: Show::Alone }))
}

/// A thread as an entry: where it stands, how long, who moved last, who owes the next move.
pub(super) fn item(thread: &Thread, as_of: jiff::civil::Date) -> Block {
    let head = Rich::default()
        .strong(format!("{}: {}", thread.sides.join("–"), thread.subject))
        .and(format!(", {}", thread.status.as_str()))
        .and(words::until(thread.until.as_ref()));
    let mut lines = Vec::new();
    if let (Some(first), Some(last)) = (thread.first(), thread.last()) {
        let age = first.sort_day.until(as_of).map_or(0, |span| span.get_days());
        let moves = match thread.moves.len() {
            1 => "one move".to_owned(),
            n => format!("{n} moves"),
        };
        let mover = thread.last_mover().map(|code| format!(" by {code}")).unwrap_or_default();
        lines.push(
            Rich::text(format!("{moves} in {age} days, since "))
                .day(first.sort_day)
                .and(format!("; the last{mover} ({}) on ", last.event.subtype.replace('_', " ")))
                .day(last.sort_day),
        );
        let next = thread.owed_by().map(|side| format!("the next move would be {side}'s"));
        let reopens = thread.reopens().map(|what| format!("open again if {what}"));
        let digest = origin::certainty(&last.event) == Some(Certainty::Digest);
        let digest = digest.then(|| common::DIGEST.to_owned());
        let said = [thread.note.clone(), next, reopens, digest];
        lines.extend(said.into_iter().flatten().map(Rich::text));
        lines.push(Rich::default().code(format!("/tension id:{}", thread.id.short())));
    }
    Block::Item { head, lines }
}

/// A thread as data.
pub(super) fn data(thread: &Thread) -> Value {
    let events: Vec<_> = thread.moves.iter().map(|link| link.row.id.to_string()).collect();
    json!({"id": thread.id.to_string(), "title": format!("{}: {}", thread.sides.join("-"), thread.subject),
        "keys": thread.keys().collect::<Vec<_>>(), "sides": thread.sides,
        "status": thread.status.as_str(), "until": thread.until, "note": thread.note,
        "opened": thread.first().map(|row| row.sort_day),
        "last_move": thread.last().map(|row| json!({"event": row.id.to_string(), "by": thread.last_mover(),
            "date": row.sort_day, "what": row.event.subtype})),
        "owed_by": thread.owed_by(), "reopens": thread.reopens(), "events": events})
}
