//! `/admin event merge` and `split`: two events that are one, and one that is two. Both can be undone.

use super::correct::{REASON, done};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common::{self, EVENT_ID};
use crate::commands::confirm::{self, CONFIRM};
use crate::reply::Answer;

pub(super) const MERGE: Command = Command {
    name: "merge",
    about: "Put two events together that tell of one",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            EVENT_ID,
            Opt {
                name: "into",
                about: "The event that stays and takes over the other's sources",
                kind: OptKind::Text { max: common::SHORT, complete: None },
                required: true,
            },
            REASON,
            CONFIRM,
        ],
        run: merge,
    },
};

pub(super) const SPLIT: Command = Command {
    name: "split",
    about: "Make an event of its own of what one source reports",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            EVENT_ID,
            Opt {
                name: "source",
                about: "Which of the event's sources, counted from 1 as /event shows them",
                kind: OptKind::Whole { min: 1, max: 1_000 },
                required: true,
            },
            REASON,
            CONFIRM,
        ],
        run: split,
    },
};

fn merge(call: &Call<'_>) -> Result<Answer, Fault> {
    let (gone, kept) = (common::read_event(call)?, common::read_event_in(call, "into")?);
    let does = format!(
        "Event {} would be taken out and its sources given to event {}.",
        gone.id.short(),
        kept.id.short()
    );
    let shown = [common::entry(call.app, &gone)?, common::entry(call.app, &kept)?].concat();
    if let Some(asked) = confirm::asked(call, "admin event merge", &does, shown) {
        return Ok(asked);
    }
    let reason = call.args.text("reason").unwrap_or_default();
    let [_, entry] = call.app.store.merge(gone.id, kept.id, &call.caller.label(), reason, call.now)?;
    done(call, &entry)
}

fn split(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = common::read_event(call)?;
    let number = call.args.whole("source").and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let source = number.checked_sub(1).and_then(|at| row.sources.get(at)).ok_or_else(|| {
        Fault::user(format!("source: event {} has {} sources", row.id.short(), row.sources.len()))
    })?;
    let does = format!("What source {number} reports would be an event of its own.");
    if let Some(asked) = confirm::asked(call, "admin event split", &does, common::entry(call.app, &row)?) {
        return Ok(asked);
    }
    let reason = call.args.text("reason").unwrap_or_default();
    let [_, entry] = call.app.store.split(row.id, source.article, &call.caller.label(), reason, call.now)?;
    done(call, &entry)
}
