//! `/subscriptions pause`, `snooze`, `resume`, `remove`.

use attache_store::{Pause, Subscription};
use jiff::SignedDuration;

use super::{NUMBER, asked, wording};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::confirm::{self, CONFIRM};
use crate::commands::subscribe::data;
use crate::reply::{Answer, Block, Piece, Rich};

const fn sub(
    name: &'static str,
    about: &'static str,
    options: &'static [Opt],
    run: fn(&Call<'_>) -> Result<Answer, Fault>,
) -> Command {
    let (access, place) = (Access::ChannelManager, Place::Server);
    Command { name, about, access, place, body: Body::Run { options, run } }
}

pub(super) const PAUSE: Command =
    sub("pause", "Send nothing until somebody resumes it; what comes meanwhile waits", &[NUMBER], pause);

pub(super) const SNOOZE: Command = sub(
    "snooze",
    "Send nothing for so many hours; what comes meanwhile waits",
    &[
        NUMBER,
        Opt {
            name: "hours",
            about: "1 to 720; 8 unless given",
            kind: OptKind::Whole { min: 1, max: 720 },
            required: false,
        },
    ],
    snooze,
);

pub(super) const RESUME: Command =
    sub("resume", "Send again: first what waited, as one digest where it is much", &[NUMBER], resume);

pub(super) const REMOVE: Command =
    sub("remove", "End a subscription; what still waits for it is dropped", &[NUMBER, CONFIRM], |call| {
        end(call, "subscriptions remove")
    });

fn pause(call: &Call<'_>) -> Result<Answer, Fault> {
    let held = asked(call)?;
    rested(call, &held, None)
}

fn snooze(call: &Call<'_>) -> Result<Answer, Fault> {
    let held = asked(call)?;
    let hours = SignedDuration::from_hours(call.args.whole("hours").unwrap_or(8));
    let until = call.now.checked_add(hours).map_err(|_| Fault::user("hours: that is too far ahead"))?;
    rested(call, &held, Some(until))
}

fn rested(call: &Call<'_>, held: &Subscription, until: Option<jiff::Timestamp>) -> Result<Answer, Fault> {
    let label = call.caller.label();
    let pause = Pause { why: format!("by {label}"), since: call.now, until, by_person: true };
    call.app.store.pause(held.id, &pause, &label, call.now)?;
    let mut line = Rich::text("What comes meanwhile waits and is sent ");
    match until {
        Some(until) => line.0.extend([Piece::Text("from ".to_owned()), Piece::Instant(until)]),
        None => line = line.and("after ").code(format!("/subscriptions resume number:{}", held.id)),
    }
    answer(call, held, "rests", line)
}

fn resume(call: &Call<'_>) -> Result<Answer, Fault> {
    let held = asked(call)?;
    call.app.store.resume(held.id, &call.caller.label(), call.now)?;
    let waiting = call.app.store.waiting_for(held.id)?;
    let line = match waiting {
        0 => "Nothing waited.".to_owned(),
        1 => "1 that waited is sent now.".to_owned(),
        n => format!("{n} that waited are sent now; where they are many, as one digest."),
    };
    answer(call, &held, "sends again", Rich::text(line))
}

/// Ends a subscription once that is confirmed. `path` names the command that was given.
pub(in crate::commands) fn end(call: &Call<'_>, path: &str) -> Result<Answer, Fault> {
    let held = asked(call)?;
    let waiting = match call.app.store.waiting_for(held.id)? {
        0 => "Nothing waits for it".to_owned(),
        1 => "1 message that waits for it would be dropped".to_owned(),
        n => format!("{n} messages that wait for it would be dropped"),
    };
    let does = format!(
        "Subscription {} would end. {waiting}; what was posted stays, and is still corrected.",
        held.id
    );
    let line = Block::Line(wording::describe(&held, call.now));
    if let Some(asked) = confirm::asked(call, path, &does, vec![line]) {
        return Ok(asked);
    }
    call.app.store.unsubscribe(held.id, &call.caller.label(), call.now)?;
    Ok(Answer {
        title: format!("Subscription {} has ended", held.id),
        blocks: vec![Block::Line(wording::describe(&held, call.now))],
        private: true,
        data: data(&held),
        ..Answer::default()
    })
}

fn answer(call: &Call<'_>, held: &Subscription, what: &str, line: Rich) -> Result<Answer, Fault> {
    let after = call.app.store.subscription(held.id)?.unwrap_or_else(|| held.clone());
    Ok(Answer {
        title: format!("Subscription {} {what}", held.id),
        blocks: vec![Block::Line(wording::describe(&after, call.now)), Block::Line(line)],
        private: true,
        data: data(&after),
        ..Answer::default()
    })
}
