//! `/admin tension resolve` and `reopen`: a curator's word on where a tension stands. It rests on the
//! thread's last move, holds until the next one, and is shown as a curator's word.

use attache_store::Correction;
use attache_store::view::tensions::Thread;

use super::correct::{REASON, correct_row};
use crate::command::{Access, Body, Call, Command, Fault, Opt, Place};
use crate::commands::common;
use crate::reply::Answer;

const THREAD: Opt = common::needed("id", "The thread's id, or an event's in it");

pub(super) const RESOLVE: Command = Command {
    name: "resolve",
    about: "Say that a tension is over",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[THREAD, REASON], run: |call| rule(call, Correction::Resolve) },
};

pub(super) const REOPEN: Command = Command {
    name: "reopen",
    about: "Say that a tension is open again",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[THREAD, REASON], run: |call| rule(call, Correction::Reopen) },
};

fn rule(call: &Call<'_>, correction: Correction) -> Result<Answer, Fault> {
    let id = call.args.text("id").unwrap_or_default().trim().to_lowercase();
    let thread = call.app.store.with_register(|register| register.thread_named(&id, common::today(call)))?;
    let last = thread.as_ref().and_then(Thread::last).ok_or_else(|| {
        Fault::user(format!("no tension's id begins with {id:?}; /tensions status:all lists them"))
    })?;
    correct_row(call, last, correction)
}
