//! Help, from the commands' own definitions.

use crate::command::{Access, Body, Command, Opt, OptKind};
use crate::commands;
use crate::reply::terminal::Look;

/// Help on everything, or on one command.
pub(crate) fn help(of: &str, look: Look) -> String {
    let path: Vec<&str> = of.split_whitespace().collect();
    let mut out = String::new();
    match commands::find(&path) {
        Some((command, _)) => one(command, &path.join(" "), look, &mut out),
        None => {
            for command in commands::ALL {
                line(look, &mut out, &format!("/{}  {}{}", command.name, command.about, subs(command)));
            }
            line(look, &mut out, "help NAME  the options of a command");
            line(look, &mut out, "quit  leave");
        }
    }
    out
}

fn one(command: &Command, path: &str, look: Look, out: &mut String) {
    let who = match command.access {
        Access::Everyone => "",
        Access::ChannelManager => " (for who manages the channel)",
        Access::Curator => " (for curators)",
    };
    line(look, out, &format!("/{path}  {}{who}", command.about));
    match command.body {
        Body::Group(members) => {
            for member in members {
                line(look, out, &format!("  {}  {}{}", member.name, member.about, subs(member)));
            }
        }
        Body::Run { options, .. } => {
            for opt in options {
                let needed = if opt.required { " (needed)" } else { "" };
                line(look, out, &format!("  {}:{}  {}{needed}", opt.name, shape(opt), opt.about));
            }
        }
    }
}

fn line(look: Look, out: &mut String, text: &str) {
    let indent = if text.starts_with("  ") { "      " } else { "    " };
    out.push_str(&textwrap::fill(text, textwrap::Options::new(look.width.max(20)).subsequent_indent(indent)));
    out.push('\n');
}

fn subs(command: &Command) -> String {
    match command.body {
        Body::Group(subs) => format!(" [{}]", subs.iter().map(|sub| sub.name).collect::<Vec<_>>().join(", ")),
        Body::Run { .. } => String::new(),
    }
}

fn shape(opt: &Opt) -> String {
    match opt.kind {
        OptKind::Text { .. } => "…".to_owned(),
        OptKind::Word(words) => words().join("|"),
        OptKind::Whole { .. } => "N".to_owned(),
        OptKind::Flag => "yes|no".to_owned(),
        OptKind::Channel | OptKind::Role => "ID".to_owned(),
        OptKind::File => "PATH".to_owned(),
    }
}

/// What a command without its subcommand is told.
pub(crate) fn needs_subcommand(command: &Command) -> String {
    match command.body {
        Body::Group(subs) => {
            let names: Vec<_> = subs.iter().map(|sub| sub.name).collect();
            format!("{} needs one of: {}", command.name, names.join(", "))
        }
        Body::Run { .. } => String::new(),
    }
}

/// "; it has …", for an error.
pub(crate) fn options(options: &[Opt]) -> String {
    if options.is_empty() {
        return "; it has no options".to_owned();
    }
    let names: Vec<_> = options.iter().map(|opt| opt.name).collect();
    format!("; it has: {}", names.join(", "))
}
