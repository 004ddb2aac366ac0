//! `/admin history` and `undo`: who changed what, when and why, and taking it back.

use attache_store::{Action, AuditEntry, AuditId, FeedChange};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::feeds;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::commands::confirm::{self, CONFIRM};
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
            common::text("feed", "Changes of feeds with this in their address"),
            common::text("author", "By this person: a Discord id, or operator"),
            Opt { name: "kind", about: "Of this kind", kind: OptKind::Word(words), required: false },
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

/// A change of the one log.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry {
    Event(Box<AuditEntry>),
    Feed(Box<FeedChange>),
}

impl Entry {
    fn told(&self) -> (AuditId, &str, Timestamp, &str) {
        match self {
            Self::Event(entry) => (entry.id, &entry.author, entry.at, &entry.reason),
            Self::Feed(change) => (change.id, &change.author, change.at, &change.reason),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Event(entry) => entry.action.word(),
            Self::Feed(change) => change.action.word(),
        }
    }

    fn block(&self) -> Block {
        let (id, author, at, reason) = self.told();
        let head = Rich::default().strong(format!("{id}. "));
        let (head, what) = match self {
            Self::Event(entry) => (head.code(entry.event.short()), action(entry.action)),
            Self::Feed(change) => (head.code(&change.feed), feeds::action(change.action)),
        };
        let mut head = head.and(format!(" {what} by {author}, "));
        head.0.push(Piece::Instant(at));
        let lines = if reason.is_empty() { Vec::new() } else { vec![Rich::text(reason)] };
        Block::Item { head, lines }
    }
}

/// The kinds of changes, in one word each.
fn words() -> Vec<&'static str> {
    let mut words = [&Action::WORDS[..], &["paused", "removed", "resumed"]].concat();
    words.sort_unstable();
    words
}

/// The changes of events and of feeds, the latest first.
fn entries(call: &Call<'_>) -> Result<Vec<Entry>, Fault> {
    let event = match call.args.has("event") {
        true => Some(common::read_event_in(call, "event")?.id),
        false => None,
    };
    let feed = call.args.text("feed").map(str::to_lowercase);
    let mut entries: Vec<Entry> = Vec::new();
    if feed.is_none() {
        let of =
            call.app.store.history_where(usize::MAX, |entry| event.is_none_or(|id| entry.event == id))?;
        entries.extend(of.into_iter().map(|entry| Entry::Event(Box::new(entry))));
    }
    if event.is_none() {
        let mut changes = call.app.store.feed_changes()?;
        changes.retain(|change| feed.as_ref().is_none_or(|part| change.feed.to_lowercase().contains(part)));
        entries.extend(changes.into_iter().map(|change| Entry::Feed(Box::new(change))));
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.told().0));
    }
    let author = call.args.text("author").map(author_of);
    let kind = call.args.text("kind");
    entries.retain(|entry| {
        author.as_ref().is_none_or(|author| entry.told().1 == author)
            && kind.is_none_or(|kind| entry.word() == kind)
    });
    Ok(entries)
}

fn history(call: &Call<'_>) -> Result<Answer, Fault> {
    let entries = entries(call)?;
    let part = common::Part::of(call, entries.len());
    let blocks = part.cut(&entries).iter().map(Entry::block).collect();
    let filtered = ["event", "feed", "author", "kind"].into_iter().any(|option| call.args.has(option));
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
    if let Some(change) = store.feed_change(AuditId(number))? {
        return feeds::undo(call, &change);
    }
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
