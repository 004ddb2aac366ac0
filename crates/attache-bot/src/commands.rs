//! The one list of commands. To add one: a file below `commands/`, and a line here.

mod admin;
mod ask;
mod brief;
mod common;
mod compare;
mod confirm;
mod engagements;
mod event;
mod person;
mod search;
mod subscribe;
mod subscriptions;
mod suggest;
mod tariffs;
mod tension;
mod tensions;
mod unsubscribe;

use attache_store::StoredEvent;

pub(crate) use common::{entry, freshness, quote};
pub(crate) use tariffs::{Deadline, ahead, is_named};

use crate::command::{Args, Body, Call, Command, Fault};
use crate::reply::Answer;

/// Every command, in the order help shows them.
pub static ALL: &[&Command] = &[
    &brief::COMMAND,
    &ask::COMMAND,
    &engagements::COMMAND,
    &tariffs::COMMAND,
    &compare::COMMAND,
    &tensions::COMMAND,
    &tension::COMMAND,
    &event::COMMAND,
    &person::COMMAND,
    &search::COMMAND,
    &subscribe::COMMAND,
    &subscriptions::COMMAND,
    &unsubscribe::COMMAND,
    &admin::COMMAND,
];

/// Runs the command of a path, such as `["tariffs", "status"]`, with other options than the call's.
pub(crate) fn run(call: &Call<'_>, path: &[&str], args: Args) -> Result<Answer, Fault> {
    let (command, _) =
        find(path).ok_or_else(|| Fault::user(format!("there is no command /{}", path.join(" "))))?;
    match command.body {
        Body::Run { run, .. } => run(&Call { args: &args, ..*call }),
        Body::Group(_) => Err(Fault::user(format!("/{} needs a subcommand", path.join(" ")))),
    }
}

/// The command a path begins with, and how many of its words name it.
pub(crate) fn find(path: &[&str]) -> Option<(&'static Command, usize)> {
    let mut command: &'static Command =
        ALL.iter().copied().find(|command| path.first() == Some(&command.name))?;
    let mut used = 1;
    while let (Body::Group(subs), Some(word)) = (&command.body, path.get(used)) {
        let Some(sub) = subs.iter().find(|sub| sub.name == *word) else { break };
        command = sub;
        used += 1;
    }
    Some((command, used))
}

/// Events as an answer of the command `path`: a page of entries, and all of them as data.
pub(crate) fn listed(
    call: &Call<'_>,
    path: &str,
    title: String,
    shown: &[StoredEvent],
    total: usize,
) -> Result<Answer, Fault> {
    listed_to(common::Part::of(call, shown.len()), call, path, title, shown, total)
}

/// As [`listed`], where not all events of the list were read: `shown` holds those up to the page.
fn listed_to(
    part: common::Part,
    call: &Call<'_>,
    path: &str,
    title: String,
    shown: &[StoredEvent],
    total: usize,
) -> Result<Answer, Fault> {
    let page = part.cut(shown);
    if call.args.flag("sources") {
        return common::sources(call, path, page);
    }
    let blocks = common::entries(call.app, page)?;
    let events: Vec<_> = common::told(call, shown).iter().map(common::data).collect();
    let data = serde_json::json!({"as_of": call.now, "total": total, "events": events});
    let notes = part.note().into_iter().chain([common::freshness(call)?]).collect();
    let controls = part.controls(path, call).into_iter().chain(common::sources_button(path, call, page));
    let controls = controls.chain(common::openers(page)).collect();
    Ok(Answer { title, blocks, notes, data, controls, ..Answer::default() })
}
