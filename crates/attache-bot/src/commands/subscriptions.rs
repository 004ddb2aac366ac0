//! `/subscriptions`: what is sent where, how it went, why or why not; changed, rested, tried, ended.

mod edit;
mod list;
mod log;
pub(super) mod options;
mod rest;
mod why;
pub(super) mod wording;

pub(super) use rest::end;

use attache_store::{Subscription, SubscriptionId};

use crate::command::{Access, Body, Call, Caller, Command, Fault, Opt, OptKind, Place};

pub(super) static COMMAND: Command = Command {
    name: "subscriptions",
    about: "This server's subscriptions: list, change, pause, try, and why something was not sent",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Group(SUBCOMMANDS),
};

const SUBCOMMANDS: &[Command] = &[
    list::COMMAND,
    edit::COMMAND,
    rest::PAUSE,
    rest::SNOOZE,
    rest::RESUME,
    log::TEST,
    log::COMMAND,
    why::COMMAND,
    rest::REMOVE,
];

/// The option for a subscription's number.
pub(super) const NUMBER: Opt = Opt {
    name: "number",
    about: "The number /subscriptions list shows",
    kind: OptKind::Whole { min: 1, max: i64::MAX >> 11 },
    required: true,
};

/// The subscription that is asked for.
fn asked(call: &Call<'_>) -> Result<Subscription, Fault> {
    own(call, call.args.whole("number").unwrap_or_default())
}

/// A subscription of the caller's server; others' are as if they were not there.
fn own(call: &Call<'_>, number: i64) -> Result<Subscription, Fault> {
    let id = SubscriptionId(u64::try_from(number).unwrap_or(0));
    let found = call.app.store.subscription(id)?.filter(|subscription| is_own(call.caller, subscription));
    found.ok_or_else(|| {
        Fault::user(format!("there is no subscription {number} here; /subscriptions list shows them"))
    })
}

fn is_own(caller: &Caller, subscription: &Subscription) -> bool {
    match caller {
        Caller::Operator => true,
        Caller::Member { guild, .. } => guild.is_some() && subscription.guild == *guild,
    }
}
