//! `/admin tariff settle`: of two events that differ, the one the tariff ledger follows. It is a correction
//! of that event like any other: it stands in the log of changes and can be undone.

use attache_store::view::origin;
use attache_store::{Correction, StoredEvent};

use super::correct::{REASON, correct_row};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::reply::Answer;

pub(super) const COMMAND: Command = Command {
    name: "settle",
    about: "Say which of two events that differ the ledger follows",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[id("follow", "The event to follow"), id("over", "The other event"), REASON],
        run,
    },
};

const fn id(name: &'static str, about: &'static str) -> Opt {
    Opt { name, about, kind: OptKind::Text { max: common::SHORT, complete: None }, required: true }
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let follow: StoredEvent = common::read_event_in(call, "follow")?;
    let over = common::read_event_in(call, "over")?;
    if follow.id == over.id {
        return Err(Fault::user("follow and over name the same event"));
    }
    let mut record = follow.event.clone();
    if origin::settled_over(&record).contains(&over.id) {
        return Err(Fault::user("it is settled so already"));
    }
    if origin::settled_over(&over.event).contains(&follow.id) {
        return Err(Fault::user(
            "it is settled the other way round; take that change back first: /admin history",
        ));
    }
    origin::settle(&mut record, over.id);
    correct_row(call, &follow, Correction::Edit(Box::new(record)))
}
