//! `/unsubscribe`: ends a subscription.

use super::subscribe::data;
use super::subscriptions::{own, wording};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
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
    about: "The number /subscriptions list shows",
    kind: OptKind::Whole { min: 1, max: i64::MAX >> 11 },
    required: true,
}];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let subscription = own(call, call.args.whole("number").unwrap_or_default())?;
    call.app.store.unsubscribe(subscription.id, &call.caller.label(), call.now)?;
    Ok(Answer {
        title: format!("Subscription {} has ended", subscription.id),
        blocks: vec![Block::Line(wording::describe(&subscription, call.now))],
        private: true,
        data: data(&subscription),
        ..Answer::default()
    })
}
