//! `/admin event confirm` and `dispute`: a curator's word on an event. It is kept with the event and
//! shown on it.

use attache_store::Correction;

use super::correct::{REASON, correct};
use crate::command::{Access, Body, Command, Place};
use crate::commands::common::EVENT_ID;

pub(super) const CONFIRM: Command = Command {
    name: "confirm",
    about: "Say that an event is right",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[EVENT_ID, REASON], run: |call| correct(call, Correction::Confirm) },
};

pub(super) const DISPUTE: Command = Command {
    name: "dispute",
    about: "Say that an event is doubtful; it stays and says so",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[EVENT_ID, REASON], run: |call| correct(call, Correction::Dispute) },
};
