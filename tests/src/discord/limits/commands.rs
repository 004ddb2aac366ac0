//! Limits of application commands.

use serde_json::Value;

use super::{Breach, Checker, items};

const CHAT: u64 = 1;
const SUB: u64 = 1;
const GROUP: u64 = 2;
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const NUMBER: u64 = 10;

/// All commands of one scope together.
pub(crate) fn commands(all: &[Value]) -> Vec<Breach> {
    let mut checker = Checker::default();
    let kind = |command: &Value| command["type"].as_u64().unwrap_or(CHAT);
    for (number, most) in [(1, 100), (2, 15), (3, 15)] {
        let count = all.iter().filter(|command| kind(command) == number).count();
        if count > most {
            checker.add(
                "",
                "APPLICATION_COMMAND_TOO_MANY",
                format!("{count} commands of type {number}; at most {most}."),
            );
        }
    }
    for (at, command) in all.iter().enumerate() {
        let path = at.to_string();
        check_command(&mut checker, command, kind(command), &path);
        let twice =
            all.iter().take(at).any(|other| other["name"] == command["name"] && kind(other) == kind(command));
        checker.require(
            !twice,
            &format!("{path}.name"),
            "APPLICATION_COMMANDS_DUPLICATE_NAME",
            "Application command names must be unique",
        );
    }
    checker.breaches
}

fn check_command(checker: &mut Checker, command: &Value, kind: u64, path: &str) {
    let options = format!("{path}.options");
    if kind == CHAT {
        check_name(checker, &command["name"], &format!("{path}.name"));
        checker.length(&command["description"], &format!("{path}.description"), 1, 100);
        check_options(checker, &command["options"], &options, 0);
    } else {
        checker.length(&command["name"], &format!("{path}.name"), 1, 32);
        let silent = command["description"].as_str().unwrap_or_default().is_empty();
        checker.require(
            silent,
            &format!("{path}.description"),
            "APPLICATION_COMMANDS_CONTEXT_MENU_NO_DESCRIPTION",
            "Context menu commands cannot have descriptions",
        );
        let bare = items(&command["options"], &options).is_empty();
        checker.require(bare, &options, "INVALID", "Context menu commands cannot have options");
    }
    let permissions = &command["default_member_permissions"];
    let fits = permissions.is_null() || permissions.as_str().is_some_and(|bits| bits.parse::<u64>().is_ok());
    checker.require(fits, &format!("{path}.default_member_permissions"), "INVALID", "Not a string of bits.");
    let size = weight(command);
    checker.require(
        size <= 8000,
        path,
        "APPLICATION_COMMAND_TOO_LARGE",
        &format!("Command exceeds maximum size (8000): {size}"),
    );
}

/// Names, descriptions and values count, each with the longest of its translations.
fn weight(item: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let longest = |key: &str| {
        let translated = item[&format!("{key}_localizations")].as_object().into_iter().flatten();
        translated.map(|(_, text)| length(text)).chain([length(&item[key])]).max().unwrap_or(0)
    };
    let inside = ["options", "choices"].iter().flat_map(|key| item[key].as_array().into_iter().flatten());
    longest("name") + longest("description") + length(&item["value"]) + inside.map(weight).sum::<usize>()
}

fn check_name(checker: &mut Checker, name: &Value, path: &str) {
    let text = name.as_str().unwrap_or_default();
    let fits = |c: char| (c.is_alphanumeric() || matches!(c, '-' | '_' | '\'')) && c.to_lowercase().eq([c]);
    let fits = (1..=32).contains(&text.chars().count()) && text.chars().all(fits);
    checker.require(
        fits,
        path,
        "APPLICATION_COMMAND_INVALID_NAME",
        &format!("Command name is invalid: {text:?}"),
    );
}

fn check_options(checker: &mut Checker, options: &Value, path: &str, depth: u32) {
    let list = items(options, path);
    checker.count(list.len(), path, 0, 25);
    let mut optional = false;
    let nested =
        list.iter().filter(|(_, option)| matches!(option["type"].as_u64(), Some(SUB | GROUP))).count();
    checker.require(
        nested == 0 || nested == list.len(),
        path,
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Sub-command and sub-command group option types are mutually exclusive to all other types",
    );
    for (at, (path, option)) in list.iter().enumerate() {
        check_option(checker, option, path, depth);
        let required = option["required"] == true;
        checker.require(
            !(required && optional),
            path,
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            "Required options must be placed before non-required options",
        );
        optional |= !required;
        let twice = list.iter().take(at).any(|(_, other)| other["name"] == option["name"]);
        checker.require(
            !twice,
            path,
            "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
            "Option names must be unique",
        );
    }
}

fn check_option(checker: &mut Checker, option: &Value, path: &str, depth: u32) {
    check_name(checker, &option["name"], &format!("{path}.name"));
    checker.length(&option["description"], &format!("{path}.description"), 1, 100);
    let kind = option["type"].as_u64().unwrap_or(0);
    checker.require(
        (1..=11).contains(&kind),
        &format!("{path}.type"),
        "BASE_TYPE_CHOICES",
        "Type is 1 to 11.",
    );
    if matches!(kind, SUB | GROUP) {
        let fits = if kind == SUB { depth <= 1 } else { depth == 0 };
        checker.require(fits, path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deeply.");
        if kind == GROUP {
            let inside = items(&option["options"], path);
            let subs = inside.iter().all(|(_, inner)| inner["type"] == SUB);
            checker.require(
                subs,
                path,
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "A group holds commands.",
            );
        }
        return check_options(
            checker,
            &option["options"],
            &format!("{path}.options"),
            depth + kind_depth(kind),
        );
    }
    let choices = format!("{path}.choices");
    let offered = items(&option["choices"], &choices).len();
    check_choices(checker, &option["choices"], &choices, kind);
    let completes = option["autocomplete"] == true;
    checker.require(
        !(completes && offered > 0),
        path,
        "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE",
        "Choices and autocomplete exclude each other",
    );
    let textual = matches!(kind, STRING | INTEGER | NUMBER);
    checker.require(
        textual || (offered == 0 && !completes),
        path,
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Only strings, integers and numbers have choices or autocomplete",
    );
    for (key, of) in [
        ("min_value", [INTEGER, NUMBER]),
        ("max_value", [INTEGER, NUMBER]),
        ("min_length", [STRING, STRING]),
        ("max_length", [STRING, STRING]),
    ] {
        let fits = option[key].is_null() || of.contains(&kind);
        checker.require(fits, &format!("{path}.{key}"), "INVALID", "Not for an option of this type");
    }
    let least = option["min_length"].as_u64().unwrap_or(0);
    let most = option["max_length"].as_u64().unwrap_or(6000);
    let fits = least <= 6000 && (1..=6000).contains(&most) && least <= most;
    checker.require(fits, path, "NUMBER_TYPE_MAX", "min_length is 0 to 6000, max_length 1 to 6000");
}

/// What a level of nesting costs: a group holds sub-commands, a sub-command holds no more of either.
fn kind_depth(kind: u64) -> u32 {
    if kind == SUB { 2 } else { 1 }
}

/// The choices of an option of this type, or those of an autocomplete answer.
pub(crate) fn check_choices(checker: &mut Checker, choices: &Value, path: &str, kind: u64) {
    let list = items(choices, path);
    checker.count(list.len(), path, 0, 25);
    for (path, choice) in list {
        checker.length(&choice["name"], &format!("{path}.name"), 1, 100);
        let value = &choice["value"];
        match value {
            Value::String(_) => checker.length(value, &format!("{path}.value"), 1, 100),
            Value::Number(number) => {
                let fits = kind != INTEGER || number.is_i64() || number.is_u64();
                checker.require(fits, &format!("{path}.value"), "NUMBER_TYPE_COERCE", "Not an integer.");
            }
            _ => checker.add(&format!("{path}.value"), "BASE_TYPE_REQUIRED", "This field is required"),
        }
    }
}
