//! Holds what people wrote against the example: unknown keys and wrong types are named with the
//! place they stand in, before any value is used.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use toml::{Table, Value};

use super::{BadConfig, EXAMPLE};

/// Environment variables begin so: `ATTACHE__STORE__PATH` is `store.path`.
pub(super) const PREFIX: &str = "ATTACHE";

/// The one list of sections: `[[feed]]`.
const LIST: &str = "feed";

/// The file's text; `None` where it does not exist and nobody asked for it.
pub(super) fn read(path: &Path, needed: bool) -> Result<Option<String>, BadConfig> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !needed => Ok(None),
        Err(error) => Err(BadConfig(format!("{}: {error}", path.display()))),
    }
}

/// Checks the keys and types of a file.
pub(super) fn check_file(path: &Path, text: &str) -> Result<(), BadConfig> {
    let place = path.display();
    let given: Table = text.parse().map_err(|error| BadConfig(format!("{place}: {error}")))?;
    for (section, value) in &given {
        if section == LIST {
            check_list(value).map_err(|what| BadConfig(format!("{place}: {what}")))?;
            continue;
        }
        let known = section_of(section).map_err(|what| BadConfig(format!("{place}: {what}")))?;
        let Value::Table(keys) = value else {
            return Err(BadConfig(format!("{place}: `{section}` must be a section: [{section}]")));
        };
        for (key, value) in keys {
            let expected =
                key_of(section, key, &known).map_err(|what| BadConfig(format!("{place}: {what}")))?;
            if !same_type(&expected, value) {
                let (must, is) = (type_of(&expected), type_of(value));
                return Err(BadConfig(format!("{place}: `{section}.{key}` must be {must}, is {is}")));
            }
        }
    }
    Ok(())
}

/// Checks the sections of the one list there is: their keys and types.
fn check_list(value: &Value) -> Result<(), String> {
    let all = value.as_array().filter(|items| items.iter().all(Value::is_table));
    let items = all.ok_or_else(|| format!("`{LIST}` must be sections: [[{LIST}]]"))?;
    for (number, item) in (1..).zip(items.iter().filter_map(Value::as_table)) {
        for (key, value) in item {
            let fits = match key.as_str() {
                "url" | "name" => value.is_str(),
                "every" => value.is_integer(),
                other => return Err(format!("[[{LIST}]] has no key `{other}`; it has: every, name, url")),
            };
            if !fits {
                let must = if key == "every" { "a whole number" } else { "a text in quotes" };
                return Err(format!(
                    "[[{LIST}]] number {number}: `{key}` must be {must}, is {}",
                    type_of(value)
                ));
            }
        }
        if !item.contains_key("url") {
            return Err(format!("[[{LIST}]] number {number} has no `url`"));
        }
    }
    Ok(())
}

/// Checks the names, and the numbers, of the variables that are meant for us.
pub(super) fn check_environment(
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), BadConfig> {
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with("ATTACHE__")) else { continue };
        let wrong = |what: String| BadConfig(format!("environment variable {name}: {what}"));
        let lower = name.to_lowercase();
        let mut parts = lower.split("__").skip(1);
        let (Some(section), Some(key), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong("a key is written ATTACHE__SECTION__KEY".to_owned()));
        };
        let known = section_of(section).map_err(wrong)?;
        let expected = key_of(section, key, &known).map_err(wrong)?;
        let value = value.to_str().ok_or_else(|| wrong("is not UTF-8 text".to_owned()))?;
        let whole = |text: &str| text.trim().parse::<i64>().is_ok();
        let fits = match &expected {
            Value::Integer(_) => whole(value),
            Value::Boolean(_) => ["true", "false"].contains(&value),
            Value::Array(_) => value.split(',').all(whole),
            _ => true,
        };
        if !fits {
            return Err(wrong(format!("must be {}", type_of(&expected))));
        }
    }
    Ok(())
}

fn example() -> Table {
    // The example is part of the program; a test parses it.
    EXAMPLE.parse().unwrap_or_default()
}

fn section_of(name: &str) -> Result<Table, String> {
    let example = example();
    match example.get(name) {
        Some(Value::Table(section)) => Ok(section.clone()),
        _ => Err(format!("there is no section [{name}]; there are: {}", names(&example))),
    }
}

fn key_of(section: &str, key: &str, known: &Table) -> Result<Value, String> {
    known.get(key).cloned().ok_or_else(|| format!("[{section}] has no key `{key}`; it has: {}", names(known)))
}

fn names(table: &Table) -> String {
    table.keys().cloned().collect::<Vec<_>>().join(", ")
}

fn same_type(expected: &Value, given: &Value) -> bool {
    match (expected, given) {
        (Value::Array(_), Value::Array(items)) => items.iter().all(Value::is_integer),
        _ => expected.same_type(given),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text in quotes",
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => "a list of whole numbers",
        Value::Float(_) => "a decimal number",
        Value::Datetime(_) => "a date",
        Value::Table(_) => "a section",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        let error = check_file(Path::new("my.toml"), text).unwrap_err().to_string();
        assert!(error.contains("my.toml") && error.contains(expected), "{error}");
    }

    #[test]
    fn the_example_is_good_and_is_the_default() {
        check_file(Path::new("example"), EXAMPLE).unwrap();
        let settings: super::super::Settings = toml::from_str(EXAMPLE).unwrap();
        settings.checked().unwrap();
    }

    #[test]
    fn what_is_wrong_in_a_file_is_named_with_its_place() {
        check_refused("[stoer]", "no section [stoer]; there are: console, delivery, discord");
        check_refused("[store]\npth = \"x\"", "[store] has no key `pth`; it has: backups, chronology, path");
        check_refused("[store]\npath = 3", "`store.path` must be a text in quotes, is a whole number");
        check_refused("[discord]\ncurator_users = [\"1\"]", "must be a list of whole numbers");
        check_refused("store = 1", "`store` must be a section");
        check_refused("[store", "line 1");
        check_refused("[feed]\nurl = \"x\"", "`feed` must be sections: [[feed]]");
        check_refused("[[feed]]\nlink = \"x\"", "[[feed]] has no key `link`; it has: every, name, url");
        check_refused("[[feed]]\nurl = \"x\"\n[[feed]]\nname = \"x\"", "[[feed]] number 2 has no `url`");
        check_refused("[[feed]]\nurl = 1", "[[feed]] number 1: `url` must be a text in quotes");
    }

    #[track_caller]
    fn check_variable(name: &str, value: &str, expected: Option<&str>) {
        let result = check_environment([(name.into(), value.into())].into_iter());
        match expected {
            None => result.unwrap(),
            Some(expected) => {
                let error = result.unwrap_err().to_string();
                assert!(error.contains(name) && error.contains(expected), "{error}");
            }
        }
    }

    #[test]
    fn what_is_wrong_in_the_environment_is_named() {
        check_variable("ATTACHE__STORE__PATH", "x", None);
        check_variable("ATTACHE__DISCORD__CURATOR_USERS", "1,2", None);
        check_variable("ATTACHE_OPENAPI", "x", None);
        check_variable("ATTACHE__STORE__PTH", "x", Some("it has: backups, chronology, path"));
        check_variable("ATTACHE__STOER__PATH", "x", Some("no section [stoer]"));
        check_variable("ATTACHE__STORE", "x", Some("ATTACHE__SECTION__KEY"));
        check_variable("ATTACHE__CONSOLE__SAMPLE", "maybe", Some("true or false"));
        check_variable("ATTACHE__INTAKE__LARGEST_ARTICLE", "many", Some("a whole number"));
    }
}
