//! `/admin tension link`: puts a move into another thread of the tension register, or into one of its own.

use attache_extract::event::Kind;
use attache_store::Correction;
use attache_store::view::origin;

use super::correct::{REASON, correct_row};
use crate::command::{Access, Body, Call, Command, Fault, Place};
use crate::commands::common::{self, EVENT_ID};
use crate::reply::Answer;

pub(super) const COMMAND: Command = Command {
    name: "link",
    about: "Put a move into another tension's thread, or into one of its own",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            EVENT_ID,
            common::needed("to", "An event of the thread, the thread's id, or `own` for a thread of its own"),
            REASON,
        ],
        run,
    },
};

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = common::read_event(call)?;
    if row.event.kind.0 != Kind::Tension {
        return Err(Fault::user("only tensions stand in threads"));
    }
    let name = match call.args.text("to") {
        Some("own") => row.id.to_string(),
        _ => {
            let other = common::read_event_in(call, "to")?;
            let ever = jiff::civil::Date::MAX;
            let thread = call.app.store.with_register(|register| register.thread_of(other.id, ever))?;
            thread
                .map(|thread| thread.name.clone())
                .ok_or_else(|| Fault::user(format!("event {} stands in no thread", other.id.short())))?
        }
    };
    let mut record = row.event.clone();
    origin::set_thread(&mut record, Some(&name));
    correct_row(call, &row, Correction::Edit(Box::new(record)))
}
