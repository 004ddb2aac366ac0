//! The commands as Discord registers them, and Discord's limits on them.
//!
//! Discord tells of a broken limit only by refusing all commands at once, so it is checked here.

use std::fmt;

use serde_json::{Map, Value, json};
use serenity::all::Permissions;

use crate::command::{Access, Body, Command, Opt, OptKind, Place};
use crate::locale::{Locale, Named, command_in_chinese, option_in_chinese};

/// Commands of one application.
const COMMANDS: usize = 100;
/// Options of a command, choices of an option.
const OPTIONS: usize = 25;
/// Names, descriptions and choices of a command together.
const CHARACTERS: usize = 8000;
/// Longest name.
const NAME: usize = 32;
/// Longest description or choice.
const TEXT: usize = 100;
/// Longest text an option takes.
const INPUT: u16 = 6000;
/// Whole numbers beyond this lose digits on the way.
const WHOLE: i64 = 1 << 53;

/// A command that Discord would refuse, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// As in `/subscribe kind`.
    pub place: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}: {}", self.place, self.why)
    }
}

impl std::error::Error for Fault {}

/// The body of the request that registers these commands.
///
/// # Errors
/// When one of them breaks a documented limit.
pub fn payload(commands: &[&Command]) -> Result<Value, Fault> {
    unique("", commands.iter().map(|command| command.name))?;
    ensure(commands.len() <= COMMANDS, "", || format!("more than {COMMANDS} commands"))?;
    commands.iter().map(|command| top(command)).collect::<Result<Vec<_>, _>>().map(Value::Array)
}

/// The same for one server: where a command is offered is said for global commands only.
pub(super) fn for_guild(mut commands: Value) -> Value {
    for command in commands.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        command.remove("contexts");
        command.remove("integration_types");
    }
    commands
}

fn top(command: &Command) -> Result<Value, Fault> {
    let mut value = described(command.name, command.about, command.name)?;
    localise(&mut value, command.name, command.about, command_in_chinese(command.name, command));
    value.insert("type".to_owned(), json!(1));
    let (installs, contexts) = match command.place {
        Place::Anywhere => (json!([0, 1]), json!([0, 1, 2])),
        Place::Server => (json!([0]), json!([0])),
    };
    value.insert("integration_types".to_owned(), installs);
    value.insert("contexts".to_owned(), contexts);
    if let Some(permissions) = default_permissions(command) {
        value.insert("default_member_permissions".to_owned(), json!(permissions.bits().to_string()));
    }
    value.insert("options".to_owned(), body(&command.body, command.name, 0)?);
    let value = Value::Object(value);
    let size = characters(&value);
    ensure(size <= CHARACTERS, command.name, || format!("{size} characters, more than {CHARACTERS}"))?;
    Ok(value)
}

/// Who sees the command unless a server decides otherwise. What a group holds is at most as strict
/// as Discord can show: the least strict of its members.
fn default_permissions(command: &Command) -> Option<Permissions> {
    let access = match &command.body {
        Body::Group(members) => {
            let inner = members.iter().map(|member| member.access).min_by_key(|access| strictness(*access));
            inner.map_or(command.access, |inner| stricter(inner, command.access))
        }
        Body::Run { .. } => command.access,
    };
    match access {
        Access::Everyone => None,
        Access::ChannelManager => Some(Permissions::MANAGE_CHANNELS),
        Access::Curator => Some(Permissions::MANAGE_GUILD),
    }
}

/// The stricter of the two: a subcommand is never open to more people than its group.
pub(super) fn stricter(one: Access, other: Access) -> Access {
    if strictness(one) >= strictness(other) { one } else { other }
}

const fn strictness(access: Access) -> u8 {
    match access {
        Access::Everyone => 0,
        Access::ChannelManager => 1,
        Access::Curator => 2,
    }
}

fn body(body: &Body, place: &str, depth: u8) -> Result<Value, Fault> {
    match body {
        Body::Run { options, .. } => {
            ensure(options.len() <= OPTIONS, place, || format!("more than {OPTIONS} options"))?;
            unique(place, options.iter().map(|option| option.name))?;
            let late = options.windows(2).find_map(|pair| match pair {
                [first, second] if !first.required && second.required => Some(second.name),
                _ => None,
            });
            if let Some(late) = late {
                return Err(fault(place, format!("required option {late} stands behind an optional one")));
            }
            options.iter().map(|option| self::option(option, place)).collect()
        }
        Body::Group(members) => {
            ensure(!members.is_empty(), place, || "a group without subcommands".to_owned())?;
            ensure(members.len() <= OPTIONS, place, || format!("more than {OPTIONS} subcommands"))?;
            unique(place, members.iter().map(|member| member.name))?;
            members.iter().map(|member| sub(member, place, depth + 1)).collect()
        }
    }
}

/// A subcommand, or a group of them; `depth` counts the groups around it.
fn sub(command: &Command, parent: &str, depth: u8) -> Result<Value, Fault> {
    let place = format!("{parent} {}", command.name);
    let kind = match command.body {
        Body::Run { .. } => 1,
        Body::Group(_) => 2,
    };
    ensure(kind == 1 || depth == 1, &place, || "a group stands in a command, not in a group".to_owned())?;
    let mut value = described(command.name, command.about, &place)?;
    localise(&mut value, command.name, command.about, command_in_chinese(&place, command));
    value.insert("type".to_owned(), json!(kind));
    value.insert("options".to_owned(), body(&command.body, &place, depth)?);
    Ok(Value::Object(value))
}

fn option(option: &Opt, parent: &str) -> Result<Value, Fault> {
    let place = format!("{parent} {}", option.name);
    let mut value = described(option.name, option.about, &place)?;
    localise(&mut value, option.name, option.about, option_in_chinese(parent, option));
    value.insert("required".to_owned(), json!(option.required));
    let mut set = |key: &str, to: Value| value.insert(key.to_owned(), to);
    match option.kind {
        OptKind::Text { max, complete } => {
            ensure((1..=INPUT).contains(&max), &place, || {
                format!("takes {max} characters, not 1 to {INPUT}")
            })?;
            set("type", json!(3));
            set("max_length", json!(max));
            if option.required {
                set("min_length", json!(1));
            }
            if complete.is_some() {
                set("autocomplete", json!(true));
            }
        }
        OptKind::Word(words) => {
            let words = words();
            ensure((1..=OPTIONS).contains(&words.len()), &place, || {
                format!("has {} words to choose from, not 1 to {OPTIONS}", words.len())
            })?;
            unique(&place, words.iter().copied())?;
            for word in &words {
                length(&place, "a choice", word, TEXT)?;
            }
            set("type", json!(3));
            set("choices", words.iter().map(|word| choice(word)).collect());
        }
        OptKind::Whole { min, max } => {
            ensure(-WHOLE <= min && min <= max && max <= WHOLE, &place, || {
                format!("bounds {min} to {max} are not Discord's")
            })?;
            set("type", json!(4));
            set("min_value", json!(min));
            set("max_value", json!(max));
        }
        OptKind::Flag => {
            set("type", json!(5));
        }
        OptKind::Channel => {
            set("type", json!(7));
            // Text, announcement, the three sorts of thread, forum.
            set("channel_types", json!([0, 5, 10, 11, 12, 15]));
        }
        OptKind::Role => {
            set("type", json!(8));
        }
        OptKind::File => {
            set("type", json!(11));
        }
    }
    Ok(Value::Object(value))
}

/// A word to choose, under its name in each language.
fn choice(word: &str) -> Value {
    let chinese = Locale::Chinese.text(word);
    json!({ "name": word, "name_localizations": { "en-US": word, "zh-CN": chinese }, "value": word })
}

/// Adds the names in each language; what is not translated is shown in English.
fn localise(value: &mut Map<String, Value>, name: &str, about: &str, chinese: Option<&Named>) {
    let (mut names, mut abouts) = (json!({ "en-US": name }), json!({ "en-US": about }));
    if let Some(chinese) = chinese {
        names["zh-CN"] = chinese.name.clone().into();
        abouts["zh-CN"] = chinese.about.clone().into();
    }
    value.insert("name_localizations".to_owned(), names);
    value.insert("description_localizations".to_owned(), abouts);
}

fn described(name: &str, about: &str, place: &str) -> Result<Map<String, Value>, Fault> {
    length(place, "the name", name, NAME)?;
    let named = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    ensure(named, place, || format!("the name {name:?} has more than lower-case letters, digits, - and _"))?;
    length(place, "the description", about, TEXT)?;
    let mut value = Map::new();
    value.insert("name".to_owned(), json!(name));
    value.insert("description".to_owned(), json!(about));
    Ok(value)
}

fn length(place: &str, what: &str, text: &str, most: usize) -> Result<(), Fault> {
    let count = text.chars().count();
    ensure((1..=most).contains(&count), place, || format!("{what} has {count} characters, not 1 to {most}"))
}

fn unique<'n>(place: &str, names: impl Iterator<Item = &'n str>) -> Result<(), Fault> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        ensure(seen.insert(name), place, || format!("{name} stands there twice"))?;
    }
    Ok(())
}

fn ensure(holds: bool, place: &str, why: impl FnOnce() -> String) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(fault(place, why())) }
}

fn fault(place: &str, why: String) -> Fault {
    Fault { place: place.to_owned(), why }
}

/// What counts towards the size of a command: names, descriptions and values, at every depth.
fn characters(value: &Value) -> usize {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| match (key.as_str(), value) {
                ("name" | "description" | "value", Value::String(text)) => text.chars().count(),
                (_, value) => characters(value),
            })
            .sum(),
        Value::Array(values) => values.iter().map(characters).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Call, Fault as CommandFault};
    use crate::reply::Answer;

    fn nothing(_: &Call<'_>) -> Result<Answer, CommandFault> {
        Ok(Answer::default())
    }

    fn command(options: &'static [Opt]) -> Command {
        Command {
            name: "look",
            about: "Looks.",
            access: Access::Everyone,
            place: Place::Anywhere,
            body: Body::Run { options, run: nothing },
        }
    }

    #[track_caller]
    fn check(command: &Command, expected: Result<(), &str>) {
        let got = payload(&[command]).map(drop).map_err(|fault| fault.to_string());
        assert_eq!(got, expected.map_err(str::to_owned));
    }

    #[test]
    fn the_shipped_commands_keep_every_limit() {
        payload(crate::commands::ALL).unwrap();
    }

    fn fits(named: &Named) -> bool {
        let name =
            named.name.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase() || c == '-' || c == '_');
        let count = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
        name && count(&named.name, NAME) && count(&named.about, TEXT)
    }

    fn untranslated(command: &Command, path: &str, missing: &mut Vec<String>) {
        if !command_in_chinese(path, command).is_some_and(fits) {
            missing.push(format!("[commands.{path:?}]"));
        }
        match command.body {
            Body::Group(members) => {
                for member in members {
                    untranslated(member, &format!("{path} {}", member.name), missing);
                }
                let names =
                    members.iter().filter_map(|m| command_in_chinese(&format!("{path} {}", m.name), m));
                assert_eq!(unique(path, names.map(|named| named.name.as_str())), Ok(()));
            }
            Body::Run { options, .. } => {
                let named = |opt: &&Opt| option_in_chinese(path, opt).is_some_and(fits);
                let lacking = options.iter().filter(|opt| !named(opt));
                missing.extend(lacking.map(|opt| format!("[commands.{path:?}.options] {}", opt.name)));
                let names = options.iter().filter_map(|opt| option_in_chinese(path, opt));
                assert_eq!(unique(path, names.map(|named| named.name.as_str())), Ok(()));
            }
        }
    }

    #[test]
    fn what_everybody_may_use_has_a_chinese_name_within_limits() {
        let mut missing = Vec::new();
        // What curators and managers use may stay in English.
        let everybodys = crate::commands::ALL.iter().filter(|command| command.access == Access::Everyone);
        for command in everybodys {
            untranslated(command, command.name, &mut missing);
        }
        assert!(missing.is_empty(), "to be added to locale/zh-CN.toml, or too long:\n{}", missing.join("\n"));
    }

    #[test]
    fn names_and_descriptions() {
        check(&command(&[]), Ok(()));
        check(
            &Command { name: "Look", ..command(&[]) },
            Err("/Look: the name \"Look\" has more than lower-case letters, digits, - and _"),
        );
        check(
            &Command { about: "", ..command(&[]) },
            Err("/look: the description has 0 characters, not 1 to 100"),
        );
    }

    #[test]
    fn options_in_order_and_within_bounds() {
        const LATE: &[Opt] = &[
            Opt { name: "a", about: "A.", kind: OptKind::Flag, required: false },
            Opt { name: "b", about: "B.", kind: OptKind::Flag, required: true },
        ];
        check(&command(LATE), Err("/look: required option b stands behind an optional one"));
        const LONG: &[Opt] = &[Opt {
            name: "a",
            about: "A.",
            kind: OptKind::Text { max: 6001, complete: None },
            required: false,
        }];
        check(&command(LONG), Err("/look a: takes 6001 characters, not 1 to 6000"));
        const TWICE: &[Opt] = &[
            Opt { name: "a", about: "A.", kind: OptKind::Flag, required: false },
            Opt { name: "a", about: "B.", kind: OptKind::Flag, required: false },
        ];
        check(&command(TWICE), Err("/look: a stands there twice"));
        const MANY: &[Opt] =
            &[Opt { name: "a", about: "A.", kind: OptKind::Word(|| vec!["a"; 26]), required: false }];
        check(&command(MANY), Err("/look a: has 26 words to choose from, not 1 to 25"));
    }

    #[test]
    fn groups_nest_once() {
        const RUN: Command = Command {
            name: "run",
            about: "Runs.",
            access: Access::Everyone,
            place: Place::Anywhere,
            body: Body::Run { options: &[], run: nothing },
        };
        const INNER: Command = Command { name: "inner", body: Body::Group(&[RUN]), ..RUN };
        const OUTER: Command = Command { name: "outer", body: Body::Group(&[RUN, INNER]), ..RUN };
        const DEEP: Command = Command { name: "deep", body: Body::Group(&[OUTER]), ..RUN };
        let registered = payload(&[&OUTER]).unwrap();
        assert_eq!(registered[0]["options"][0]["type"], 1);
        assert_eq!(registered[0]["options"][1]["type"], 2);
        assert_eq!(registered[0]["options"][1]["options"][0]["name"], "run");
        check(&DEEP, Err("/deep outer inner: a group stands in a command, not in a group"));
    }

    #[test]
    fn rights_and_places_are_registered() {
        let open = payload(&[&command(&[])]).unwrap();
        assert_eq!(open[0]["contexts"], json!([0, 1, 2]));
        assert_eq!(open[0].get("default_member_permissions"), None);
        let shut =
            payload(&[&Command { access: Access::Curator, place: Place::Server, ..command(&[]) }]).unwrap();
        assert_eq!(shut[0]["integration_types"], json!([0]));
        assert_eq!(shut[0]["default_member_permissions"], json!("32"));
        let one_server = for_guild(shut);
        assert_eq!(one_server[0].get("integration_types"), None);
        assert_eq!(one_server[0]["default_member_permissions"], json!("32"));
    }
}
