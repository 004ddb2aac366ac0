//! `/admin`: what curators do.

mod correct;
mod feeds;
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
        feeds::COMMAND,
        EVENT,
        TENSION,
        TARIFF,
        history::HISTORY,
        history::UNDO,
        stats::COMMAND,
    ]),
};

const EVENT: Command = group(
    "event",
    "Correct stored events",
    &[correct::EDIT, correct::DELETE, correct::RESTORE, join::MERGE, join::SPLIT],
);

const TENSION: Command = group("tension", "Correct the register of tensions", &[thread::COMMAND]);

const TARIFF: Command = group("tariff", "Settle what the ledger follows", &[settle::COMMAND]);

const fn group(name: &'static str, about: &'static str, members: &'static [Command]) -> Command {
    Command { name, about, access: Access::Curator, place: Place::Anywhere, body: Body::Group(members) }
}
