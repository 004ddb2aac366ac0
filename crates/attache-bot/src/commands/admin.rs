//! `/admin`: what curators do.

mod correct;
mod history;
mod ingest;
mod join;
mod settle;
mod stats;
mod thread;

use crate::command::{Access, Body, Command, Place};

pub(super) static COMMAND: Command = Command {
    name: "admin",
    about: "For curators: take articles in, correct events, see and undo changes",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Group(&[
        ingest::COMMAND,
        correct::EDIT,
        correct::DELETE,
        correct::RESTORE,
        join::MERGE,
        join::SPLIT,
        settle::COMMAND,
        thread::COMMAND,
        history::HISTORY,
        history::UNDO,
        stats::COMMAND,
    ]),
};
