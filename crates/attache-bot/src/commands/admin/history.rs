//! `/admin history` and `undo`: who changed what, when and why, and taking it back.

use attache_store::AuditId;
use serde_json::json;

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::commands::event::action;
use crate::reply::{Answer, Block, Piece, Rich};

pub(super) const HISTORY: Command = Command {
    name: "history",
    about: "The latest changes: who, what, when and why",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[common::PAGE], run: history },
};

pub(super) const UNDO: Command = Command {
    name: "undo",
    about: "Take one change back",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[Opt {
            name: "change",
            about: "The number /admin history shows",
            kind: OptKind::Whole { min: 1, max: i64::MAX >> 11 },
            required: true,
        }],
        run: undo,
    },
};

fn history(call: &Call<'_>) -> Result<Answer, Fault> {
    let entries = call.app.store.history(usize::MAX)?;
    let part = common::Part::of(call, entries.len());
    let blocks = part
        .cut(&entries)
        .iter()
        .map(|entry| {
            let mut head = Rich::default().strong(format!("{}. ", entry.id)).code(entry.event.short());
            head = head.and(format!(" {} by {}, ", action(entry.action), entry.author));
            head.0.push(Piece::Instant(entry.at));
            Block::Item { head, lines: vec![Rich::text(entry.reason.clone())] }
        })
        .collect();
    let title = if entries.is_empty() { "Nothing was changed yet" } else { "Latest changes" };
    let data = json!({"changes": part.cut(&entries)});
    let controls = part.controls("admin history", call);
    let notes = part.note().into_iter().collect();
    Ok(Answer { title: title.to_owned(), blocks, notes, private: true, data, controls, ..Answer::default() })
}

fn undo(call: &Call<'_>) -> Result<Answer, Fault> {
    let number = u64::try_from(call.args.whole("change").unwrap_or_default()).unwrap_or(0);
    let entry = call.app.store.undo(AuditId(number), &call.caller.label(), call.now)?;
    super::correct::done(call, &entry)
}
