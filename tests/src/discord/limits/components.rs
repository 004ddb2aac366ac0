//! Limits of buttons, selects and modals.

use serde_json::Value;

use super::{Checker, items};

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
const LABEL: u64 = 18;
const LINK: u64 = 5;

fn kind(component: &Value) -> u64 {
    component["type"].as_u64().unwrap_or(0)
}

/// The rows under a message.
pub(crate) fn check_rows(checker: &mut Checker, rows: &Value, path: &str) {
    let rows = items(rows, path);
    checker.count(rows.len(), path, 0, 5);
    let mut seen: Vec<&str> = Vec::new();
    for (path, row) in rows {
        checker.require(
            kind(row) == ROW,
            &path,
            "UNION_TYPE_CHOICES",
            "A message's components stand in rows.",
        );
        let inside = items(&row["components"], &format!("{path}.components"));
        let selects = inside.iter().filter(|(_, it)| kind(it) != BUTTON).count();
        let most = if selects > 0 { 1 } else { 5 };
        checker.count(inside.len(), &format!("{path}.components"), 1, most);
        for (path, component) in inside {
            match kind(component) {
                BUTTON => check_button(checker, component, &path),
                STRING_SELECT | 5..=8 => check_select(checker, component, &path),
                _ => checker.add(&path, "UNION_TYPE_CHOICES", "Not a button or a select."),
            }
            if let Some(id) = component["custom_id"].as_str() {
                let unique = !seen.contains(&id);
                checker.require(unique, &path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Duplicated custom_id.");
                seen.push(id);
            }
        }
    }
}

fn check_button(checker: &mut Checker, button: &Value, path: &str) {
    checker.length(&button["label"], &format!("{path}.label"), 0, 80);
    let shown = button["label"].as_str().is_some_and(|label| !label.trim().is_empty());
    let shown = shown || !button["emoji"].is_null();
    checker.require(shown, path, "BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji.");
    let style = button["style"].as_u64().unwrap_or(0);
    checker.require(
        (1..=5).contains(&style),
        &format!("{path}.style"),
        "BASE_TYPE_CHOICES",
        "Style is 1 to 5.",
    );
    if style == LINK {
        checker.length(&button["url"], &format!("{path}.url"), 1, 512);
        checker.address(&button["url"], &format!("{path}.url"), &["http://", "https://", "discord://"]);
        let alone = button["custom_id"].is_null();
        checker.require(alone, path, "COMPONENT_CUSTOM_ID_AND_URL_SET", "A link button has no custom_id.");
    } else {
        checker.length(&button["custom_id"], &format!("{path}.custom_id"), 1, 100);
        let alone = button["url"].is_null();
        checker.require(alone, path, "COMPONENT_CUSTOM_ID_AND_URL_SET", "Only a link button has a url.");
    }
}

fn check_select(checker: &mut Checker, select: &Value, path: &str) {
    checker.length(&select["custom_id"], &format!("{path}.custom_id"), 1, 100);
    checker.length(&select["placeholder"], &format!("{path}.placeholder"), 0, 150);
    let options = items(&select["options"], &format!("{path}.options"));
    let strings = kind(select) == STRING_SELECT;
    if strings {
        checker.count(options.len(), &format!("{path}.options"), 1, 25);
    }
    let mut seen: Vec<&Value> = Vec::new();
    for (path, option) in &options {
        checker.length(&option["label"], &format!("{path}.label"), 1, 100);
        checker.length(&option["value"], &format!("{path}.value"), 1, 100);
        checker.length(&option["description"], &format!("{path}.description"), 0, 100);
        let unique = !seen.contains(&&option["value"]);
        checker.require(unique, path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Duplicated value.");
        seen.push(&option["value"]);
    }
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    let bounds = least <= most && (1..=25).contains(&most) && (!strings || most <= options.len() as u64);
    checker.require(bounds, path, "SELECT_COMPONENT_MAX_VALUES", "min_values and max_values do not fit.");
}

/// A modal.
pub(crate) fn check_modal(checker: &mut Checker, modal: &Value) {
    checker.length(&modal["custom_id"], "data.custom_id", 1, 100);
    checker.length(&modal["title"], "data.title", 1, 45);
    let rows = items(&modal["components"], "data.components");
    checker.count(rows.len(), "data.components", 1, 5);
    for (path, row) in rows {
        match kind(row) {
            ROW => {
                let inside = items(&row["components"], &format!("{path}.components"));
                checker.count(inside.len(), &format!("{path}.components"), 1, 1);
                for (path, input) in inside {
                    checker.length(&input["label"], &format!("{path}.label"), 1, 45);
                    check_input(checker, input, &path);
                }
            }
            LABEL => {
                checker.length(&row["label"], &format!("{path}.label"), 1, 45);
                checker.length(
                    &row["component"]["custom_id"],
                    &format!("{path}.component.custom_id"),
                    1,
                    100,
                );
            }
            _ => checker.add(&path, "UNION_TYPE_CHOICES", "A modal holds rows or labels."),
        }
    }
}

fn check_input(checker: &mut Checker, input: &Value, path: &str) {
    checker.require(
        kind(input) == TEXT_INPUT,
        path,
        "UNION_TYPE_CHOICES",
        "A modal's rows hold text inputs.",
    );
    checker.length(&input["custom_id"], &format!("{path}.custom_id"), 1, 100);
    checker.length(&input["placeholder"], &format!("{path}.placeholder"), 0, 100);
    checker.length(&input["value"], &format!("{path}.value"), 0, 4000);
    let style = input["style"].as_u64().unwrap_or(0);
    checker.require((1..=2).contains(&style), path, "BASE_TYPE_CHOICES", "Style is 1 or 2.");
}
