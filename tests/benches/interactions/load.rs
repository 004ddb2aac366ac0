//! What is asked, and what came of it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::rig::Rig;

/// Interactions asked by turns: the interaction's type and its data, as JSON.
#[derive(Clone)]
pub(crate) struct Load(Arc<Vec<(u8, String)>>);

impl Load {
    /// Slash commands with their options.
    pub(crate) fn turns(asked: Vec<(&str, Value)>) -> Self {
        let one = |(name, options): (&str, Value)| (2, data(name, &[], options).to_string());
        Self(Arc::new(asked.into_iter().map(one).collect()))
    }

    pub(crate) fn at(&self, turn: usize) -> (u8, &str) {
        let (kind, data) = &self.0[turn % self.0.len()];
        (*kind, data)
    }
}

fn data(name: &str, path: &[(&str, u64)], options: Value) -> Value {
    let options = path
        .iter()
        .rev()
        .fold(options, |inner, (name, kind)| json!([{"name": name, "type": kind, "options": inner}]));
    json!({"id": "1200000000000000000", "name": name, "type": 1, "options": options})
}

/// Every registered command that a reader may run, with what it needs filled in, and every option
/// that completes. What curators do is left out: it changes the store.
pub(crate) fn every_command(rig: &Rig) -> Vec<(String, Load)> {
    let mut loads = Vec::new();
    for command in rig.commands().iter().filter(|command| command["type"] == 1) {
        let name = command["name"].as_str().unwrap();
        if name == "admin" || name.contains("subscri") {
            continue;
        }
        below(name, command, &mut Vec::new(), &mut loads);
    }
    loads
}

fn below(name: &str, level: &Value, path: &mut Vec<(String, u64)>, loads: &mut Vec<(String, Load)>) {
    let options: Vec<Value> = level["options"].as_array().cloned().unwrap_or_default();
    let nested: Vec<&Value> =
        options.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).collect();
    for inner in &nested {
        path.push((inner["name"].as_str().unwrap().to_owned(), inner["type"].as_u64().unwrap()));
        below(name, inner, path, loads);
        path.pop();
    }
    if !nested.is_empty() {
        return;
    }
    let path: Vec<(&str, u64)> = path.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
    let full = path.iter().fold(format!("/{name}"), |full, (part, _)| format!("{full} {part}"));
    let needed: Vec<Value> = options
        .iter()
        .filter(|option| option["required"] == true)
        .map(|option| {
            let value = value(name, option);
            json!({"name": option["name"], "type": option["type"], "value": value})
        })
        .collect();
    loads.push((full.clone(), Load(Arc::new(vec![(2, data(name, &path, json!(needed)).to_string())]))));
    for option in options.iter().filter(|option| option["autocomplete"] == true) {
        let typed: Vec<(u8, String)> = ["", "a", "c", "us", "wang"]
            .iter()
            .map(|typed| {
                let focused = json!([{"name": option["name"], "type": 3, "value": typed, "focused": true}]);
                (4, data(name, &path, focused).to_string())
            })
            .collect();
        loads.push((format!("{full} {}…", option["name"].as_str().unwrap()), Load(Arc::new(typed))));
    }
}

/// Something that fits a required option.
fn value(command: &str, option: &Value) -> Value {
    match (command, option["name"].as_str().unwrap_or_default()) {
        (_, "question") => json!("When did Minister 3 last meet China?"),
        (_, "as_of_a") => json!("2025-03-01"),
        (_, "as_of_b") => json!("2025-09-01"),
        (_, "id") => json!("0000"),
        (_, "person" | "name") => json!("Minister 3"),
        _ => match option["type"].as_u64() {
            Some(4) => json!(10),
            Some(5) => json!(true),
            _ => option["choices"][0]["value"].clone().as_str().map_or(json!("tariff"), |word| json!(word)),
        },
    }
}

/// Times of answers.
pub(crate) struct Figures {
    /// Milliseconds, sorted.
    times: Vec<f64>,
    took: Duration,
}

impl Figures {
    pub(crate) fn new(times: Vec<Duration>, took: Duration) -> Self {
        let mut times: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
        times.sort_by(f64::total_cmp);
        Self { times, took }
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    pub(crate) fn p50(&self) -> f64 {
        self.at(0.50)
    }

    pub(crate) fn p99(&self) -> f64 {
        self.at(0.99)
    }

    pub(crate) fn most(&self) -> f64 {
        self.at(1.0)
    }

    fn at(&self, share: f64) -> f64 {
        let last = self.times.len().saturating_sub(1);
        self.times.get((last as f64 * share).ceil() as usize).copied().unwrap_or(0.0)
    }
}
