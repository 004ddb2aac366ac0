//! `/tension`: one thread of moves: each with its sentence, and why it is in the thread.

use serde_json::json;

use super::tensions::{data, item};
use super::{common, suggest};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block, Rich};

pub(super) static COMMAND: Command = Command {
    name: "tension",
    about: "One tension: its moves in order, who owes the next one, what would open it again",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "id",
        about: "The thread's id, one of its events' ids, or the chronology's name for one",
        kind: OptKind::Text { max: common::SHORT, complete: Some(suggest::tensions) },
        required: true,
    },
    common::text("as_of", "The day, YYYY-MM-DD; today unless given"),
    common::PAGE,
    common::SOURCES,
    common::PRIVATE,
];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let as_of = common::read_date(call, "as_of")?.unwrap_or_else(|| common::today(call));
    let id = call.args.text("id").unwrap_or_default().trim().to_lowercase();
    // A suggestion says more behind the id.
    let name = id.split_whitespace().next().unwrap_or_default();
    let thread = call.app.store.with_register(|register| register.thread_named(name, as_of))?;
    let thread = thread.ok_or_else(|| {
        Fault::user(format!(
            "no tension's id begins with {id:?} as of {as_of}; /tensions status:all lists them"
        ))
    })?;
    let mut blocks = vec![item(&thread, as_of)];
    blocks.push(Block::Heading(format!("Moves ({})", thread.moves.len())));
    let part = common::Part::of(call, thread.moves.len());
    let shown: Vec<_> = part.cut(&thread.moves).iter().map(|link| (*link.row).clone()).collect();
    if call.args.flag("sources") {
        return common::sources(call, "tension", &shown);
    }
    for link in part.cut(&thread.moves) {
        let mut entry = common::entry(call.app, &link.row)?;
        if let (Some(why), Some(Block::Item { lines, .. })) = (&link.why, entry.first_mut()) {
            lines.push(Rich::text(format!("in this thread because: {why}")));
        }
        blocks.extend(entry);
    }
    let mut notes: Vec<_> = part.note().into_iter().collect();
    if thread.moves.len() > 1 {
        notes.push("A move in the wrong thread: a curator can take it out, /admin tension link.".to_owned());
    }
    notes.push(common::freshness(call)?);
    let moves: Vec<_> = thread
        .moves
        .iter()
        .map(|link| json!({"why": link.why.as_deref(), "event": common::data(&link.row)}))
        .collect();
    let data = json!({"as_of": as_of, "tension": data(&thread), "moves": moves});
    let title = format!("{}: {}", thread.sides.join("–"), thread.subject);
    let controls = part.controls("tension", call).into_iter();
    let controls = controls
        .chain(common::sources_button("tension", call, &shown))
        .chain(common::openers(&shown))
        .collect();
    Ok(Answer { title, blocks, notes, data, controls, ..Answer::default() })
}
