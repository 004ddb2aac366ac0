//! The documented shape of every view's `--json` answer, held against real answers.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use attache_bot::command::{Body, Command};
use attache_bot::commands;
use serde_json::Value;

use crate::program::Program;

const SCHEMA: &str = include_str!("../../schema/answers.schema.json");

/// Commands that between them print every documented key.
const ASKED: &[(&str, &str)] = &[
    ("tariffs status", "/tariffs status imposer:US on:CN as_of:2025-05-23T09:00-04:00"),
    ("tariffs status", "/tariffs status imposer:CN on:US as_of:2026-10-05T09:00+08:00"),
    ("tariffs status", "/tariffs status imposer:US as_of:2026-06-15"),
    ("tariffs status", "/tariffs status imposer:US on:CN list:\"List 3\" as_of:2019-01-15"),
    ("tariffs status", "/tariffs status imposer:BR as_of:2018-01-01"),
    ("tariffs history", "/tariffs history imposer:US on:CN until:2026-06-01"),
    ("tariffs history", "/tariffs history imposer:CN"),
    ("tariffs deadlines", "/tariffs deadlines within:400 as_of:2025-06-01"),
    ("tensions", "/tensions status:all as_of:2026-06-01"),
    ("tension", "/tension id:{thread} as_of:2026-06-01"),
    ("engagements", "/engagements with:CN"),
    ("engagements", "/engagements with:BR"),
    ("brief", "/brief period:all"),
    ("brief", "/brief period:day"),
    ("compare", "/compare as_of_a:2025-05-01 as_of_b:2025-06-01"),
    ("compare", "/compare as_of_a:2025-10-01 as_of_b:2026-01-01 imposer:CN on:US"),
    ("sources", "/engagements with:CN sources:yes"),
    ("ask", "/ask question:\"who met He Lifeng in 2025?\""),
    ("ask", "/ask question:\"is the fentanyl tariff still in force\""),
    ("ask", "/ask question:\"who is Li Chenggang\""),
    ("ask", "/ask question:\"lorem ipsum\""),
    ("search", "/search words:truce"),
    ("event card", "/event id:c912b289"),
    ("person", "/person name:\"He Lifeng\""),
    ("subscribe", "/subscribe channel:123456789012345678 kinds:tariff_action preview:yes"),
    ("subscribe", "/subscribe channel:123456789012345678 kinds:tariff_action quiet:22:00-07:00"),
    ("subscriptions list", "/subscriptions list"),
    ("subscriptions edit", "/subscriptions edit number:1 kinds:tension"),
    ("subscriptions pause", "/subscriptions pause number:1"),
    ("subscriptions snooze", "/subscriptions snooze number:1 hours:5"),
    ("subscriptions resume", "/subscriptions resume number:1"),
    ("subscriptions test", "/subscriptions test number:1"),
    ("subscriptions log", "/subscriptions log number:1"),
    ("subscriptions why", "/subscriptions why event:c912b289 number:1"),
    ("subscriptions remove", "/subscriptions remove number:1"),
    ("subscriptions remove", "/subscriptions remove number:1 confirm:yes"),
    ("subscribe", "/subscribe channel:123456789012345678 kinds:tariff_action mode:digest hour:8"),
    ("unsubscribe", "/unsubscribe number:2 confirm:yes"),
    (
        "admin ingest",
        "/admin ingest text:\"The United States imposed a tariff of 12 percent on copper from Chile on June 10, 2025.\" published:2025-06-11 everything:yes dry_run:yes",
    ),
    (
        "admin ingest",
        "/admin ingest text:\"The United States imposed a tariff of 12 percent on copper from Chile on June 10, 2025.\" published:2025-06-11 everything:yes",
    ),
    ("admin event edit", "/admin event edit id:c912b289 field:place value:Geneva reason:x"),
    ("admin event confirm", "/admin event confirm id:c912b289 reason:x"),
    ("admin event dispute", "/admin event dispute id:c912b289 reason:x"),
    ("admin event delete", "/admin event delete id:c912b289 reason:x"),
    ("admin event delete", "/admin event delete id:c912b289 reason:x confirm:yes"),
    ("admin event restore", "/admin event restore id:c912b289 reason:x"),
    ("admin event merge", "/admin event merge id:57772d2d into:80c3d810 reason:x confirm:yes"),
    ("admin event split", "/admin event split id:e46806b8 source:2 reason:x confirm:yes"),
    (
        "admin event add",
        "/admin event add kind:tension subtype:warning parties:\"US actor, CN recipient\" quote:\"The US warned China.\" published:2025-06-11 reason:x",
    ),
    ("admin tension resolve", "/admin tension resolve id:b52f0100 reason:x"),
    ("admin tension reopen", "/admin tension reopen id:b52f0100 reason:x"),
    ("admin tension link", "/admin tension link id:b52f0100 to:own reason:x"),
    ("admin tariff settle", "/admin tariff settle follow:c912b289 over:a9f631ed reason:x"),
    ("admin history", "/admin history"),
    ("admin undo", "/admin undo change:1"),
    ("admin review", "/admin review"),
    ("admin reextract", "/admin reextract"),
    ("admin export", "/admin export"),
    ("admin backup", "/admin backup"),
    ("admin stats", "/admin stats"),
];

/// And those about feeds.
const OF_FEEDS: [(&str, &str); 7] = [
    ("admin feeds test", "/admin feeds test url:{feed}"),
    ("admin feeds add", "/admin feeds add url:{feed} minutes:5"),
    ("admin feeds pause", "/admin feeds pause feed:{feed}"),
    ("admin feeds list", "/admin feeds list"),
    ("admin feeds resume", "/admin feeds resume feed:{feed}"),
    ("admin feeds remove", "/admin feeds remove feed:{feed}"),
    ("admin feeds remove", "/admin feeds remove feed:{feed} confirm:yes"),
];

/// The address of a feed on loopback: one item with its whole text, and one whose page is not there.
fn feed() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let text =
        "The United States imposed a tariff of 15 percent on ceramic tiles from Japan on June 10, 2025.";
    let items = format!(
        "<item><title>Tiles</title><guid>1</guid><link>{address}/1</link><pubDate>Thu, 12 Jun 2025 09:00:00 GMT</pubDate>\
         <content:encoded><![CDATA[{}]]></content:encoded></item><item><title>None</title><link>{address}/2</link></item>",
        format!("<p>{text}</p>").repeat(6)
    );
    let body = format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Paper</title>{items}</channel></rss>"
    );
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or(0);
            let found = String::from_utf8_lossy(&head[..read]).starts_with("GET /feed ");
            let (status, body) = if found { ("200 OK", body.as_str()) } else { ("404 None", "") };
            let sent = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(sent.as_bytes());
        }
    });
    format!("{address}/feed")
}

/// The paths of the commands that answer.
fn paths(commands: &[&Command], before: &str, found: &mut BTreeSet<String>) {
    for command in commands {
        let path = format!("{before}{}", command.name);
        match &command.body {
            // What an event is comes first under that name.
            Body::Run { .. } if path == "event" => _ = found.insert("event card".to_owned()),
            Body::Run { .. } => _ = found.insert(path),
            Body::Group(subs) => paths(&subs.iter().collect::<Vec<_>>(), &format!("{path} "), found),
        }
    }
}

#[test]
fn every_command_has_its_schema() {
    let whole: Value = serde_json::from_str(SCHEMA).unwrap();
    let (mut all, asked) = (BTreeSet::new(), ASKED.iter().chain(&OF_FEEDS).map(|(name, _)| *name));
    paths(commands::ALL, "", &mut all);
    let asked: BTreeSet<&str> = asked.collect();
    let without: Vec<_> = all
        .iter()
        .filter(|path| whole["$defs"].get(path.as_str()).is_none() || !asked.contains(path.as_str()))
        .collect();
    assert!(without.is_empty(), "no schema, or no answer held against it: {without:?}");
}

/// What does not fit, with its path; `seen` collects the documented places that were met.
fn faults(
    value: &Value,
    schema: &Value,
    whole: &Value,
    path: &str,
    seen: &mut BTreeSet<String>,
) -> Vec<String> {
    // Whatever is stored there.
    if schema.as_object().is_some_and(serde_json::Map::is_empty) {
        return Vec::new();
    }
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        seen.insert(name.to_owned());
        return faults(value, &whole["$defs"][name], whole, path, seen);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let tried: Vec<_> = any.iter().map(|one| faults(value, one, whole, path, seen)).collect();
        let fits = tried.iter().any(Vec::is_empty);
        // The first is the one that says more than null.
        return if fits { Vec::new() } else { tried.into_iter().next().unwrap() };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let wanted: Vec<&str> = match &schema["type"] {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let number = kind == "integer" && wanted.contains(&"number");
    let mut found = Vec::new();
    if !wanted.is_empty() && !wanted.contains(&kind) && !number {
        found.push(format!("{path}: {kind} instead of {wanted:?}"));
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{path}: {value} is none of {allowed:?}"));
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(faults(item, &schema["items"], whole, &format!("{path}[{n}]"), seen));
    }
    let Some(map) = value.as_object() else { return found };
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !map.contains_key(key) {
            found.push(format!("{path}: {key} is missing"));
        }
    }
    for (key, item) in map {
        let path = format!("{path}.{key}");
        let schema = match (&schema["properties"][key], &schema["additionalProperties"]) {
            (Value::Null, Value::Object(_)) => &schema["additionalProperties"],
            (Value::Null, _) => {
                found.push(format!("{path}: not documented"));
                continue;
            }
            (known, _) => known,
        };
        found.extend(faults(item, schema, whole, &path, seen));
    }
    found
}

#[test]
fn every_answer_is_as_documented() {
    let program = Program::new();
    program.file("bot-config.toml", "[fetch]\nallow_loopback = true\npause = 0\n");
    let feed = feed();
    program.run(&["init", "--sample"]).works();
    let ask = |commands: &[String]| {
        let ran = program.run_with(&["console", "--json"], &commands.join("\n"));
        let answers = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let answers: Vec<Value> = answers.collect();
        assert_eq!(answers.len(), commands.len(), "{}\n{}", ran.out, ran.err);
        answers
    };
    let whole: Value = serde_json::from_str(SCHEMA).unwrap();
    let thread =
        ask(&["/tensions status:all".to_owned()])[0]["tensions"][0]["id"].as_str().unwrap().to_owned();
    let asked: Vec<_> = ASKED.iter().chain(&OF_FEEDS).collect();
    let typed = |command: &str| command.replace("{thread}", &thread).replace("{feed}", &feed);
    let lines: Vec<String> = asked.iter().map(|(_, command)| typed(command)).collect();
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for ((name, command), answer) in asked.into_iter().zip(ask(&lines)) {
        seen.insert((*name).to_owned());
        wrong.extend(faults(&answer, &whole["$defs"][name], &whole, command, &mut seen));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let documented: BTreeSet<String> = whole["$defs"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(seen, documented, "each part of the schema is met by some answer");
}

#[test]
fn what_is_not_documented_is_found() {
    let whole: Value = serde_json::from_str(SCHEMA).unwrap();
    let check =
        |answer: Value| faults(&answer, &whole["$defs"]["tensions"], &whole, "$", &mut BTreeSet::new());
    assert!(check(serde_json::json!({"as_of": "2025-06-01", "tensions": []})).is_empty());
    assert_eq!(check(serde_json::json!({"as_of": 3, "tensions": []})).len(), 1);
    assert_eq!(check(serde_json::json!({"as_of": "2025-06-01"})), ["$: tensions is missing"]);
    let more = serde_json::json!({"as_of": "2025-06-01", "tensions": [], "more": 1});
    assert_eq!(check(more), ["$.more: not documented"]);
}
