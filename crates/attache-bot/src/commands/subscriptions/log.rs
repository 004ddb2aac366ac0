//! `/subscriptions log` and `test`: how deliveries went, and one to try.

use attache_store::{Delivery, DeliveryState, Errand, Subscription};
use serde_json::json;

use super::{NUMBER, asked};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::subscribe;
use crate::delivery::address;
use crate::reply::{Answer, Block, Piece, Rich};

pub(super) const COMMAND: Command = Command {
    name: "log",
    about: "The last deliveries of a subscription, with their messages and failures",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: &[NUMBER, FAILED], run },
};

const FAILED: Opt = Opt {
    name: "failed",
    about: "Only what failed or waits after a failure",
    kind: OptKind::Flag,
    required: false,
};

pub(super) const TEST: Command = Command {
    name: "test",
    about: "Send a sample there that mentions nobody, to see whether it arrives",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: &[NUMBER], run: test },
};

/// Deliveries shown.
const LAST: usize = 15;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let held = asked(call)?;
    let failed = call.args.flag("failed");
    let mut all = call.app.store.deliveries(held.id, if failed { usize::MAX } else { LAST })?;
    all.retain(|delivery| !failed || delivery.last_fault.is_some());
    all.truncate(LAST);
    let blocks = all.iter().map(|delivery| Block::Item { head: line(&held, delivery), lines: Vec::new() });
    let title = match all.len() {
        0 => format!("Subscription {}: nothing yet", held.id),
        n => format!("Subscription {}: the last {n}", held.id),
    };
    let list: Vec<_> = all
        .iter()
        .map(|delivery| {
            json!({"delivery": delivery.id, "event": delivery.event.to_string(), "queued": delivery.queued,
                "attempts": delivery.attempts, "state": word(&delivery.state), "fault": delivery.last_fault,
                "message": address(&held, delivery)})
        })
        .collect();
    Ok(Answer {
        title,
        blocks: blocks.collect(),
        private: true,
        data: json!({"subscription": held.id, "deliveries": list}),
        ..Answer::default()
    })
}

const fn word(state: &DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending(_) => "waits",
        DeliveryState::Claimed(_) => "is being sent",
        DeliveryState::Delivered(..) => "sent",
        DeliveryState::Dead => "given up",
    }
}

/// A delivery in one line.
pub(super) fn line(held: &Subscription, delivery: &Delivery) -> Rich {
    let what = match &delivery.errand {
        Errand::Event if delivery.digest.is_some() => "in a digest ",
        Errand::Event => "",
        Errand::Rewrite { .. } => "brought up to date ",
        Errand::Notice { .. } => "correction ",
        Errand::Reminder { .. } => "deadline ",
        Errand::Told { .. } => "word of the pause ",
        Errand::Sample => "sample ",
    };
    let mut line =
        Rich::default().code(delivery.event.short()).and(format!(" {what}{} ", word(&delivery.state)));
    match delivery.state {
        DeliveryState::Delivered(_, at) => {
            line.0.push(Piece::Instant(at));
            match address(held, delivery) {
                Some(url) if !matches!(delivery.errand, Errand::Rewrite { .. } | Errand::Told { .. }) => {
                    line = line.and(" ").link("message", url);
                }
                _ => {}
            }
        }
        DeliveryState::Pending(at) => line.0.extend([Piece::Text("since ".to_owned()), Piece::Instant(at)]),
        _ => {}
    }
    match &delivery.last_fault {
        Some(why) => line.and(format!(" ({why}; {} tries)", delivery.attempts)),
        None => line,
    }
}

fn test(call: &Call<'_>) -> Result<Answer, Fault> {
    let held = asked(call)?;
    let fits = subscribe::would_have(call, &held.filter)?.into_iter().next();
    let latest = match fits {
        Some(row) => Some(row),
        None => {
            let query = held.filter.query().unwrap_or_default();
            call.app.store.events(&query, None, 1)?.events.into_iter().next()
        }
    };
    call.app.store.try_out(held.id, latest.map(|row| row.id), &call.caller.label(), call.now)?;
    Ok(Answer {
        title: format!("A sample is on its way for subscription {}", held.id),
        blocks: vec![Block::Line(
            Rich::text("It goes to channel ")
                .code(held.channel.to_string())
                .and(", mentions nobody and counts as nothing sent. Whether it arrived: ")
                .code(format!("/subscriptions log number:{}", held.id)),
        )],
        private: true,
        data: subscribe::data(&held),
        ..Answer::default()
    })
}
