//! Request bodies against Discord's published API description, where that file is at hand.
//!
//! The description says what is required and of which type; it lets unknown keys pass, so those are
//! looked for here. Without the file nothing is checked: [`at_hand`] tells.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::routes::Route;

static DESCRIPTION: OnceLock<Option<Value>> = OnceLock::new();
static COMPILED: Mutex<Option<HashMap<Route, Arc<Validator>>>> = Mutex::new(None);

/// Whether the published description was found: at `ATTACHE_OPENAPI`, or as
/// `shared/discord/openapi.json` in or beside a folder above this crate.
#[must_use]
pub fn at_hand() -> bool {
    description().is_some()
}

fn description() -> Option<&'static Value> {
    DESCRIPTION
        .get_or_init(|| {
            let text = std::fs::read_to_string(find()?).ok()?;
            Some(serde_json::from_str(&text).expect("the API description is JSON"))
        })
        .as_ref()
}

fn find() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("ATTACHE_OPENAPI") {
        return Some(PathBuf::from(path));
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().map(|folder| folder.join("shared/discord/openapi.json")).find(|path| path.is_file())
}

/// What the description has against this body; at most ten complaints.
pub(crate) fn complaints(route: Route, body: &Value, multipart: bool) -> Vec<String> {
    let Some(description) = description() else { return Vec::new() };
    let Some(schema) = schema(description, route) else {
        return match body {
            Value::Null => Vec::new(),
            _ => vec!["a body on a route that takes none".to_owned()],
        };
    };
    if body.is_null() && !multipart {
        return vec!["no body".to_owned()];
    }
    let validator = compiled(description, route, schema);
    let mut found: Vec<String> = validator
        .iter_errors(body)
        .filter(|error| !is_otherwise_documented(&error.instance_path().to_string()))
        .map(|error| {
            let mut text = error.to_string();
            if text.len() > 400 {
                text = text.chars().take(400).collect();
            }
            format!("{}: {text}", error.instance_path())
        })
        .collect();
    unknown_keys(description, &[schema], body, "", &mut found);
    found.truncate(10);
    found
}

/// Where Discord's documentation says otherwise than the description, and is what libraries follow:
/// ids of files are numbers there, bits of permissions a text.
fn is_otherwise_documented(path: &str) -> bool {
    (path.contains("attachments/") && path.ends_with("/id")) || path.ends_with("/default_member_permissions")
}

fn schema(description: &Value, route: Route) -> Option<&Value> {
    let (path, method) = route.described()?;
    let found = &description["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
    assert!(!found.is_null(), "the API description has no {method} {path}");
    Some(found)
}

fn compiled(description: &Value, route: Route, schema: &Value) -> Arc<Validator> {
    let mut cache = COMPILED.lock().expect("no test panics while compiling a schema");
    let cache = cache.get_or_insert_with(HashMap::new);
    let validator = cache.entry(route).or_insert_with(|| {
        let mut reached = BTreeMap::new();
        reach(description, schema, &mut reached);
        let parts: Map<String, Value> =
            reached.into_iter().map(|(name, part)| (name, part.clone())).collect();
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [schema], "components": {"schemas": parts},
        });
        Arc::new(jsonschema::validator_for(&whole).expect("the API description's schemas compile"))
    });
    Arc::clone(validator)
}

fn referred<'a>(description: &'a Value, schema: &Value) -> Option<(String, &'a Value)> {
    let name = schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")?;
    Some((name.to_owned(), &description["components"]["schemas"][name]))
}

/// Every named schema that this one leads to.
fn reach<'a>(description: &'a Value, schema: &Value, reached: &mut BTreeMap<String, &'a Value>) {
    if let Some((name, part)) = referred(description, schema)
        && reached.insert(name, part).is_none()
    {
        reach(description, part, reached);
    }
    match schema {
        Value::Object(map) => map.values().for_each(|inner| reach(description, inner, reached)),
        Value::Array(list) => list.iter().for_each(|inner| reach(description, inner, reached)),
        _ => {}
    }
}

/// The alternatives and parts a schema consists of, references followed.
fn leaves<'a>(
    description: &'a Value,
    schema: &'a Value,
    seen: &mut BTreeSet<String>,
    out: &mut Vec<&'a Value>,
) {
    if let Some((name, part)) = referred(description, schema)
        && seen.insert(name)
    {
        leaves(description, part, seen, out);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for part in schema[key].as_array().into_iter().flatten() {
            leaves(description, part, seen, out);
        }
    }
    out.push(schema);
}

/// Keys that no alternative of the schema knows.
fn unknown_keys(description: &Value, schemas: &[&Value], value: &Value, path: &str, out: &mut Vec<String>) {
    let mut all = Vec::new();
    for schema in schemas {
        leaves(description, schema, &mut BTreeSet::new(), &mut all);
    }
    match value {
        Value::Array(items) => {
            let inner: Vec<&Value> = all.iter().filter_map(|leaf| leaf.get("items")).collect();
            for (at, item) in items.iter().enumerate().filter(|_| !inner.is_empty()) {
                unknown_keys(description, &inner, item, &format!("{path}/{at}"), out);
            }
        }
        Value::Object(map) => {
            let open = all.iter().any(|leaf| leaf["additionalProperties"].is_object());
            let mut known: Vec<&Value> = all.iter().filter_map(|leaf| leaf.get("properties")).collect();
            if open || known.is_empty() {
                return;
            }
            let fits = |properties: &Value| {
                properties["type"]["enum"].as_array().is_none_or(|kinds| kinds.contains(&value["type"]))
            };
            if known.iter().any(|properties| fits(properties)) {
                known.retain(|properties| fits(properties));
            }
            for (key, item) in map {
                let inner: Vec<&Value> = known.iter().filter_map(|properties| properties.get(key)).collect();
                if inner.is_empty() {
                    // Libraries write out what is not set; that says nothing, so it misspells nothing.
                    let unset = matches!(item, Value::Null | Value::Bool(false))
                        || item.as_array().is_some_and(Vec::is_empty);
                    if unset {
                        continue;
                    }
                    out.push(format!("{path}/{key}: a key the description does not know"));
                } else {
                    unknown_keys(description, &inner, item, &format!("{path}/{key}"), out);
                }
            }
        }
        _ => {}
    }
}
