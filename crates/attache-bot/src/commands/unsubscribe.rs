//! `/unsubscribe`: ends a subscription, as `/subscriptions remove` does.

use super::confirm::CONFIRM;
use super::subscriptions::{NUMBER, end};
use crate::command::{Access, Body, Command, Place};

pub(super) static COMMAND: Command = Command {
    name: "unsubscribe",
    about: "End a subscription; what still waits for it is dropped",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: &[NUMBER, CONFIRM], run: |call| end(call, "unsubscribe") },
};
