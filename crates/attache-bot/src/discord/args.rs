//! The options of an interaction as the command's own values, checked once more.
//!
//! Discord promises kinds and bounds; a replayed interaction of an older registration need not keep
//! them.

use serenity::all::{Attachment, ChannelType, ResolvedOption, ResolvedValue};

use super::access::manages;
use crate::command::{Args, Caller, FORUM, Fault, Opt, OptKind, Value};

/// What an interaction gave: values, and the attachments still to be downloaded.
pub(super) struct Given<'i> {
    pub(super) args: Args,
    pub(super) files: Vec<(&'static str, &'i Attachment)>,
}

/// Reads the options that `declared` names.
pub(super) fn read<'i>(
    declared: &'static [Opt],
    given: &'i [ResolvedOption<'i>],
    caller: &Caller,
) -> Result<Given<'i>, Fault> {
    let mut read = Given { args: Args::default(), files: Vec::new() };
    for option in given {
        let Some(opt) = declared.iter().find(|opt| opt.name == option.name) else {
            return Err(outdated());
        };
        match (opt.kind, &option.value) {
            (OptKind::File, ResolvedValue::Attachment(file)) => read.files.push((opt.name, file)),
            (kind, value) => {
                read.args.set(opt.name, one(opt.name, kind, value, caller)?);
                if matches!(value, ResolvedValue::Channel(channel) if channel.kind == ChannelType::Forum) {
                    read.args.set(FORUM, Value::Flag(true));
                }
            }
        }
    }
    let missing = declared.iter().find(|opt| opt.required && given.iter().all(|one| one.name != opt.name));
    match missing {
        Some(opt) => Err(Fault::user(format!("The option {} is missing.", opt.name))),
        None => Ok(read),
    }
}

fn one(name: &str, kind: OptKind, value: &ResolvedValue<'_>, caller: &Caller) -> Result<Value, Fault> {
    match (kind, value) {
        (OptKind::Text { max, .. }, ResolvedValue::String(text)) => {
            if text.chars().count() > usize::from(max) {
                return Err(Fault::user(format!("{name} takes at most {max} characters.")));
            }
            Ok(Value::Text((*text).to_owned()))
        }
        (OptKind::Word(words), ResolvedValue::String(text)) => {
            let words = words();
            if !words.contains(text) {
                return Err(Fault::user(format!("{name} is one of: {}.", words.join(", "))));
            }
            Ok(Value::Text((*text).to_owned()))
        }
        (OptKind::Whole { min, max }, ResolvedValue::Integer(number)) => {
            if !(min..=max).contains(number) {
                return Err(Fault::user(format!("{name} is a whole number from {min} to {max}.")));
            }
            Ok(Value::Whole(*number))
        }
        (OptKind::Flag, ResolvedValue::Boolean(flag)) => Ok(Value::Flag(*flag)),
        (OptKind::Channel, ResolvedValue::Channel(channel)) => {
            // Managing this channel says nothing about the one that was named.
            let curator = matches!(caller, Caller::Operator | Caller::Member { curator: true, .. });
            if !curator && !channel.permissions.is_some_and(manages) {
                return Err(Fault::user("You need the permission Manage Channels in that channel."));
            }
            Ok(Value::Channel(channel.id.get()))
        }
        (OptKind::Role, ResolvedValue::Role(role)) => Ok(Value::Role(role.id.get())),
        _ => Err(outdated()),
    }
}

fn outdated() -> Fault {
    Fault::user("This command has changed. Reload Discord (Ctrl+R) and give it again.")
}
