//! `/admin`: what curators do.

mod add;
mod correct;
mod export;
mod feeds;
mod history;
mod ingest;
mod join;
mod judge;
mod reextract;
mod review;
mod settle;
mod stats;
mod tension;
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
        review::COMMAND,
        EVENT,
        TENSION,
        TARIFF,
        history::HISTORY,
        history::UNDO,
        reextract::COMMAND,
        export::EXPORT,
        export::BACKUP,
        stats::COMMAND,
    ]),
};

const EVENT: Command = group(
    "event",
    "Correct stored events",
    &[
        add::COMMAND,
        correct::EDIT,
        correct::DELETE,
        correct::RESTORE,
        join::MERGE,
        join::SPLIT,
        judge::CONFIRM,
        judge::DISPUTE,
    ],
);

const TENSION: Command = group(
    "tension",
    "Correct the register of tensions",
    &[tension::RESOLVE, tension::REOPEN, thread::COMMAND],
);

const TARIFF: Command = group("tariff", "Settle what the ledger follows", &[settle::COMMAND]);

const fn group(name: &'static str, about: &'static str, members: &'static [Command]) -> Command {
    Command { name, about, access: Access::Curator, place: Place::Anywhere, body: Body::Group(members) }
}
