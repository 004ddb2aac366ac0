//! `/subscriptions`: what is sent where, and how the last deliveries went.

use attache_store::{Delivery, DeliveryState};
use serde_json::json;

use super::subscribe::describe;
use crate::command::{Access, Body, Call, Caller, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block, Rich};

pub(super) static COMMAND: Command = Command {
    name: "subscriptions",
    about: "This server's subscriptions, their state and last deliveries; takes paused ones up again",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "resume",
        about: "Number of a paused one to take up again",
        kind: OptKind::Whole { min: 1, max: i64::MAX >> 11 },
        required: false,
    },
    Opt {
        name: "pause",
        about: "Number of one to pause",
        kind: OptKind::Whole { min: 1, max: i64::MAX >> 11 },
        required: false,
    },
];

/// Deliveries shown of each.
const LAST: usize = 3;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let store = &call.app.store;
    if let Some(number) = call.args.whole("resume") {
        let id = super::unsubscribe::own(call, number)?.id;
        store.resume(id, &call.caller.label(), call.now)?;
    }
    if let Some(number) = call.args.whole("pause") {
        let (id, label) = (super::unsubscribe::own(call, number)?.id, call.caller.label());
        store.pause(id, &format!("by {label}"), &label, call.now)?;
    }
    let mut list = store.subscriptions()?;
    if let Caller::Member { guild, channel, .. } = call.caller {
        list.retain(|s| if guild.is_some() { s.guild == *guild } else { s.channel == *channel });
    }
    let mut blocks = Vec::new();
    for subscription in &list {
        let mut head = Rich::default().strong(format!("{}. ", subscription.id));
        head.0.extend(describe(subscription).0);
        let last = store.deliveries(subscription.id, LAST)?;
        blocks.push(Block::Item { head, lines: last.iter().map(line).collect() });
    }
    let title = match list.len() {
        0 => "No subscriptions; /subscribe makes one".to_owned(),
        1 => "1 subscription".to_owned(),
        n => format!("{n} subscriptions"),
    };
    Ok(Answer {
        title,
        blocks,
        private: true,
        data: json!({"as_of": call.now, "subscriptions": list}),
        ..Answer::default()
    })
}

fn line(delivery: &Delivery) -> Rich {
    let start = Rich::default().code(delivery.event.short()).and(" ");
    let fault = delivery.last_fault.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    match delivery.state {
        DeliveryState::Delivered(_, at) => {
            let mut sent = start.and("sent ");
            sent.0.push(crate::reply::Piece::Instant(at));
            sent
        }
        DeliveryState::Pending(_) => start.and(format!("waits{fault}")),
        DeliveryState::Claimed(_) => start.and(format!("is being sent{fault}")),
        DeliveryState::Dead => start.and(format!("given up{fault}")),
    }
}
