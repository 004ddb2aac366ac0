//! `/unsubscribe`: ends a subscription.

use attache_store::{Subscription, SubscriptionId};

use super::subscribe::{data, describe};
use crate::command::{Access, Body, Call, Caller, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block};

pub(super) static COMMAND: Command = Command {
    name: "unsubscribe",
    about: "End a subscription; what still waits for it is dropped",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[Opt {
    name: "number",
    about: "The number /subscriptions shows",
    kind: OptKind::Whole { min: 1, max: i64::MAX >> 11 },
    required: true,
}];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let subscription = own(call, call.args.whole("number").unwrap_or_default())?;
    call.app.store.unsubscribe(subscription.id, &call.caller.label(), call.now)?;
    Ok(Answer {
        title: format!("Subscription {} has ended", subscription.id),
        blocks: vec![Block::Line(describe(&subscription))],
        private: true,
        data: data(&subscription),
        ..Answer::default()
    })
}

/// A subscription of the caller's server; others' are as if they were not there.
pub(super) fn own(call: &Call<'_>, number: i64) -> Result<Subscription, Fault> {
    let id = SubscriptionId(u64::try_from(number).unwrap_or(0));
    let found = call.app.store.subscription(id)?.filter(|subscription| match call.caller {
        Caller::Operator => true,
        Caller::Member { guild, .. } => guild.is_some() && subscription.guild == *guild,
    });
    found.ok_or_else(|| {
        Fault::user(format!("there is no subscription {number} here; /subscriptions lists them"))
    })
}
