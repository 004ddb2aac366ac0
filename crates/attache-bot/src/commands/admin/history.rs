//! `/admin history` and `undo`: who changed what, when and why, and taking it back.

use attache_store::{Action, AuditId};
use serde_json::json;

use super::confirm::{self, CONFIRM};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::commands::event::action;
use crate::reply::{Answer, Block, Piece, Rich};

pub(super) const HISTORY: Command = Command {
    name: "history",
    about: "The latest changes: who, what, when and why",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            common::text("event", "Changes of this event, by its id"),
            common::text("author", "By this person: a Discord id, or operator"),
            Opt {
                name: "kind",
                about: "Of this kind",
                kind: OptKind::Word(|| Action::WORDS.to_vec()),
                required: false,
            },
            common::PAGE,
        ],
        run: history,
    },
};

pub(super) const UNDO: Command = Command {
    name: "undo",
    about: "Take one change back, and what was changed together with it",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            Opt {
                name: "change",
                about: "The number /admin history shows",
                kind: OptKind::Whole { min: 1, max: i64::MAX >> 11 },
                required: true,
            },
            CONFIRM,
        ],
        run: undo,
    },
};

fn history(call: &Call<'_>) -> Result<Answer, Fault> {
    let event = match call.args.has("event") {
        true => Some(common::read_event_in(call, "event")?.id),
        false => None,
    };
    let author = call.args.text("author").map(author_of);
    let kind = call.args.text("kind");
    let entries = call.app.store.history_where(usize::MAX, |entry| {
        event.is_none_or(|id| entry.event == id)
            && author.as_ref().is_none_or(|author| entry.author == *author)
            && kind.is_none_or(|kind| entry.action.word() == kind)
    })?;
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
    let filtered = event.is_some() || author.is_some() || kind.is_some();
    let title = match (entries.is_empty(), filtered) {
        (true, false) => "Nothing was changed yet",
        (true, true) => "No change fits",
        (false, _) => "Latest changes",
    };
    let data = json!({"changes": part.cut(&entries)});
    let controls = part.controls("admin history", call);
    let notes = part.note().into_iter().collect();
    Ok(Answer { title: title.to_owned(), blocks, notes, private: true, data, controls, ..Answer::default() })
}

/// The author's name in the log, of what a person types or pastes: `operator`, an id, a mention.
fn author_of(text: &str) -> String {
    let digits = text.trim().trim_start_matches("discord:").trim_matches(['<', '>', '@', '!']);
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        format!("discord:{digits}")
    } else {
        text.trim().to_owned()
    }
}

fn undo(call: &Call<'_>) -> Result<Answer, Fault> {
    let number = u64::try_from(call.args.whole("change").unwrap_or_default()).unwrap_or(0);
    let store = &call.app.store;
    let entry = store
        .change_of(AuditId(number))?
        .ok_or_else(|| Fault::user(format!("there is no change {number}")))?;
    let together = store.together(&entry)?;
    let events = match together.len() {
        1 => format!("event {}", entry.event.short()),
        n => format!("{n} events that were changed together"),
    };
    let does = format!("Change {number} ({}) would be taken back: {events}.", action(entry.action));
    if let Some(asked) = confirm::asked(call, "admin undo", &does, Vec::new()) {
        return Ok(asked);
    }
    let entry = store.undo(AuditId(number), &call.caller.label(), call.now)?;
    super::correct::done(call, &entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_is_named_in_any_form() {
        for text in ["17", "<@17>", "<@!17>", "discord:17"] {
            assert_eq!(author_of(text), "discord:17", "{text}");
        }
        assert_eq!(author_of(" operator "), "operator");
    }
}
