//! Discord's documented limits as rules: what breaks one is refused the way Discord refuses it, and
//! remembered so that the test fails.
//!
//! Lengths count Unicode code points, as Discord does.

use std::fmt;

use serde_json::{Map, Value, json};

mod commands;
mod components;
mod embeds;

pub(crate) use commands::commands;

/// A request that broke a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The kind of rule: `limit`, `interaction`, `openapi`, `gateway`, `intents`, `route`, `body`, …
    pub rule: String,
    /// The route, or `gateway` or `identify`.
    pub place: String,
    /// What was wrong, with the path into the body where there is one.
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.rule, self.place, self.detail)
    }
}

/// One place in a body that breaks one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    /// The path into the body, its parts joined by dots.
    path: String,
    code: &'static str,
    message: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// Collects breaches below one place of the body.
#[derive(Default)]
pub(crate) struct Checker {
    breaches: Vec<Breach>,
}

impl Checker {
    fn add(&mut self, path: &str, code: &'static str, message: impl Into<String>) {
        self.breaches.push(Breach { path: path.to_owned(), code, message: message.into() });
    }

    fn require(&mut self, holds: bool, path: &str, code: &'static str, message: &str) {
        if !holds {
            self.add(path, code, message);
        }
    }

    /// A text's length in code points, surrounding blanks not counted. Absent counts as empty.
    fn length(&mut self, value: &Value, path: &str, least: usize, most: usize) {
        let text = match value {
            Value::String(text) => text.trim(),
            Value::Null => "",
            _ => return self.add(path, "STRING_TYPE_CONVERT", "Could not interpret as string."),
        };
        let length = text.chars().count();
        if length < least && length == 0 {
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
        } else if length < least || length > most {
            self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length."));
        }
    }

    fn count(&mut self, items: usize, path: &str, least: usize, most: usize) {
        if items < least || items > most {
            self.add(
                path,
                "BASE_TYPE_BAD_LENGTH",
                format!("Must be between {least} and {most} in length: {items}."),
            );
        }
    }

    fn address(&mut self, value: &Value, path: &str, schemes: &[&str]) {
        let Some(url) = value.as_str() else { return };
        let known =
            schemes.iter().any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
        if !known {
            self.add(path, "URL_TYPE_INVALID_SCHEME", format!("Scheme must be one of {schemes:?}."));
        }
        if url.chars().count() > 2048 {
            self.add(path, "BASE_TYPE_MAX_LENGTH", "Must be 2048 or fewer in length.");
        }
    }
}

/// The items of an array, with the path of each.
fn items<'a>(value: &'a Value, path: &str) -> Vec<(String, &'a Value)> {
    let array = value.as_array().map(Vec::as_slice).unwrap_or_default();
    array.iter().enumerate().map(|(at, item)| (format!("{path}.{at}"), item)).collect()
}

/// A message posted in a channel.
pub(crate) fn message(body: &Value, files: usize) -> Vec<Breach> {
    let mut checker = Checker::default();
    check_message(&mut checker, body, "", files);
    check_flags(&mut checker, body, "flags", 1 << 2 | 1 << 12 | 1 << 15);
    checker.breaches
}

/// The name of a thread or forum post.
pub(crate) fn thread_name(name: &str) -> Vec<Breach> {
    let count = name.encode_utf16().count();
    if (1..=100).contains(&count) && !name.trim().is_empty() {
        return Vec::new();
    }
    vec![Breach {
        path: "name".to_owned(),
        code: "BASE_TYPE_BAD_LENGTH",
        message: format!("{count} characters, not 1 to 100"),
    }]
}

/// A follow-up, which may be ephemeral.
pub(crate) fn answer(body: &Value, files: usize) -> Vec<Breach> {
    let mut checker = Checker::default();
    check_message(&mut checker, body, "", files);
    check_flags(&mut checker, body, "flags", 1 << 2 | 1 << 6 | 1 << 12 | 1 << 15);
    checker.breaches
}

/// A change of a message.
pub(crate) fn edit(body: &Value, files: usize) -> Vec<Breach> {
    let mut checker = Checker::default();
    check_message(&mut checker, body, "", files);
    checker.breaches
}

/// The nonce of a posted message.
pub(crate) fn nonce(body: &Value) -> Vec<Breach> {
    let mut checker = Checker::default();
    if body["nonce"].is_string() {
        checker.length(&body["nonce"], "nonce", 1, 25);
    }
    let enforced = body["enforce_nonce"] == true;
    let named = !body["nonce"].is_null();
    checker.require(!enforced || named, "enforce_nonce", "BASE_TYPE_REQUIRED", "enforce_nonce needs a nonce");
    checker.breaches
}

/// The first answer to an interaction of this kind; `source`: it came from a message's component.
pub(crate) fn callback(body: &Value, kind: u8, source: bool, files: usize) -> Vec<Breach> {
    const AUTOCOMPLETE: u8 = 4;
    const SUBMITTED: u8 = 5;
    let mut checker = Checker::default();
    let data = &body["data"];
    let answer = body["type"].as_u64().unwrap_or(0);
    let fits = match answer {
        4 | 5 => kind != AUTOCOMPLETE,
        6 | 7 => source,
        8 => kind == AUTOCOMPLETE,
        9 => kind != AUTOCOMPLETE && kind != SUBMITTED,
        _ => false,
    };
    checker.require(
        fits,
        "type",
        "INTERACTION_APPLICATION_COMMAND_CALLBACK_TYPE_INVALID",
        &format!("A callback of type {answer} does not answer an interaction of type {kind}."),
    );
    match answer {
        4 => {
            check_message(&mut checker, data, "data.", files);
            check_flags(&mut checker, data, "data.flags", 1 << 2 | 1 << 6 | 1 << 12 | 1 << 15);
        }
        5 => {
            check_flags(&mut checker, data, "data.flags", 1 << 6);
            let more = ["content", "embeds", "components"].iter().any(|key| !data[key].is_null());
            checker.require(!more, "data", "INVALID", "A deferred answer holds nothing but flags.");
        }
        7 => check_message(&mut checker, data, "data.", files),
        8 => commands::check_choices(&mut checker, &data["choices"], "data.choices", 3),
        9 => components::check_modal(&mut checker, data),
        _ => {}
    }
    checker.breaches
}

fn check_message(checker: &mut Checker, body: &Value, prefix: &str, files: usize) {
    let content = body["content"].as_str().unwrap_or_default().chars().count();
    if content > 2000 {
        checker.add(
            &format!("{prefix}content"),
            "BASE_TYPE_MAX_LENGTH",
            format!("Must be 2000 or fewer in length: {content}."),
        );
    }
    embeds::check(checker, &body["embeds"], &format!("{prefix}embeds"));
    components::check_rows(checker, &body["components"], &format!("{prefix}components"));
    let most = 10;
    checker.count(files, &format!("{prefix}attachments"), 0, most);
    for (path, file) in items(&body["attachments"], &format!("{prefix}attachments")) {
        // Small numbers are those of this request's files, large ones are stored attachments.
        let number = file["id"].as_u64().or_else(|| file["id"].as_str().and_then(|id| id.parse().ok()));
        let dangling = number.is_none_or(|number| number < 1000 && number >= files as u64);
        checker.require(!dangling, &path, "ATTACHMENT_NOT_FOUND", "No such file in this request.");
    }
}

fn check_flags(checker: &mut Checker, body: &Value, path: &str, allowed: u64) {
    let flags = body["flags"].as_u64().unwrap_or(0);
    if flags & !allowed != 0 {
        checker.add(path, "MESSAGE_FLAGS_INVALID", format!("Flags {flags:#b} are not allowed here."));
    }
}

/// The body of a 400: code 50035 with the errors as a tree along the paths.
pub(crate) fn error_body(breaches: &[Breach]) -> Value {
    let mut tree = Value::Object(Map::new());
    for breach in breaches {
        let mut place = &mut tree;
        for part in breach.path.split('.').filter(|part| !part.is_empty()) {
            place = &mut place[part];
        }
        let error = json!({"code": breach.code, "message": breach.message});
        match place["_errors"].as_array_mut() {
            Some(errors) => errors.push(error),
            None => place["_errors"] = json!([error]),
        }
    }
    json!({"message": "Invalid Form Body", "code": 50035, "errors": tree})
}
