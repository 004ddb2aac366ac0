//! The subcommands' contracts and what bad input is told.

use std::fs;

use serde_json::Value;

use crate::program::{Program, finish};

const CALL: &str =
    "U.S. Secretary of State Marco Rubio spoke by phone with Chinese Foreign Minister Wang Yi on Tuesday.";

#[test]
fn a_text_that_is_none_is_told_so() {
    let program = Program::new();
    program.file("empty.txt", " \n");
    program.file("bytes.txt", b"abc\xff");
    program.file("long.txt", "word ".repeat(1 << 20));
    program.file("head.txt", "---\ntitel: x\n---\ntext");
    let day = ["--published", "2025-05-23"];
    let extract = |file: &str| program.run(&["extract", file, day[0], day[1]]);
    extract("empty.txt").fails(1, "empty.txt: there is no text in it");
    extract("bytes.txt").fails(1, "bytes.txt: not UTF-8 text: byte 3 does not fit");
    extract("long.txt").fails(1, "long.txt is larger than an article may be (2097152 bytes");
    extract("head.txt").fails(1, "head, line 2: unknown key \"titel\"");
    extract("missing.txt").fails(1, "missing.txt: No such file");
    program.run(&["extract", "empty.txt", "--published", "23 May"]).fails(2, "write it as YYYY-MM-DD");
    program.run(&["extract", "empty.txt", "--publishd", "2025-05-23"]).fails(2, "'--publishd'");
}

#[test]
fn a_text_without_events_gives_none() {
    let program = Program::new();
    let day = ["extract", "-", "--published", "2025-05-23"];
    program.run_with(&day, "It rained in the valley.").works().says("No event was read in this text.");
    let json =
        program.run_with(&["extract", "-", "--published", "2025-05-23", "--json"], "It rained.").works();
    let object: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(object["events"], serde_json::json!([]));
    program.run_with(&["extract", "-"], "It rained.").fails(1, "give --published YYYY-MM-DD");
}

#[test]
fn an_event_is_printed_in_the_published_format() {
    let program = Program::new();
    let json = program.run_with(&["extract", "-", "--published", "2025-05-23", "--json"], CALL).works();
    let object: Value = serde_json::from_str(&json.out).unwrap();
    let event = &object["events"][0];
    assert_eq!((&event["kind"], &event["subtype"]), (&"engagement".into(), &"call".into()));
    assert_eq!(event["date"]["start"], "2025-05-20");
    assert_eq!(event["quote"], CALL);
    let names: Vec<_> =
        event["parties"].as_array().unwrap().iter().map(|party| party["name"].clone()).collect();
    assert_eq!(names, ["Marco Rubio", "Wang Yi"]);
    let span = &event["evidence"]["quote"];
    assert_eq!((span[0].as_u64(), span[1].as_u64()), (Some(0), Some(CALL.len() as u64)));
}

#[test]
fn json_lines_keep_their_order_and_go_on_after_a_bad_line() {
    let program = Program::new();
    let mut input = String::new();
    for n in 0..200 {
        input.push_str(&match n {
            70 => "not json\n".to_owned(),
            71 => "{\"id\":71,\"published\":\"May\",\"text\":\"x\"}\n".to_owned(),
            _ => format!(
                "{{\"id\":{n},\"title\":null,\"published\":\"2025-05-23\",\"text\":\"It rained.\"}}\n"
            ),
        });
    }
    let ran = program.run_with(&["extract", "--jsonl"], &input);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("standard input, line 71: ") && ran.err.contains("line 72: published: \"May\""),
        "{}",
        ran.err
    );
    let ids: Vec<u64> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_u64().unwrap())
        .collect();
    assert_eq!(ids, (0..200).filter(|n| ![70, 71].contains(n)).collect::<Vec<_>>());
}

#[test]
fn a_wrong_configuration_is_refused_by_key_and_place() {
    let program = Program::new();
    program.file("my.toml", "[store]\npth = \"x\"\n");
    program
        .run(&["config", "--config", "my.toml"])
        .fails(1, "my.toml: [store] has no key `pth`; it has: backups, chronology, path");
    program.run(&["config", "--config", "other.toml"]).fails(1, "other.toml: No such file");
    let with = |name: &str, value: &str| {
        let mut command = program.command(&["config"]);
        command.env(name, value);
        finish(command)
    };
    with("ATTACHE__STORE__PTH", "x").fails(1, "environment variable ATTACHE__STORE__PTH: [store] has no key");
    with("ATTACHE__INTAKE__LARGEST_ARTICLE", "99999999")
        .fails(1, "`intake.largest_article` must lie between");
    with("ATTACHE__DISCORD__API_URL", "http://127.0.0.1:9").fails(1, "go together: set both or neither");
    with("DISCORD_TOKEN", "two words").fails(1, "has a blank in it");
}

#[test]
fn the_configuration_is_layered_and_the_token_never_shown() {
    let program = Program::new();
    program.file("bot-config.toml", "[store]\npath = \"from-file\"\n[discord]\ntoken = \"s3cret.in.file\"\n");
    program.run(&["config"]).works().says("path = \"from-file\"");
    let mut command = program.command(&["config"]);
    command.env("ATTACHE__STORE__PATH", "from-environment").env("DISCORD_TOKEN", "s3cret.in.env");
    let ran = finish(command).works().says("path = \"from-environment\"").says("token: set (hidden)");
    assert!(!ran.out.contains("s3cret") && !ran.err.contains("s3cret"));
}

#[test]
fn ingest_stores_once_names_what_it_refuses_and_can_be_tried_dry() {
    let program = Program::new();
    program.file("a.txt", format!("---\npublished: 2025-05-23\n---\n{CALL}"));
    program.file("b.txt", "No day of publication here.");
    program
        .run(&["ingest", "a.txt", "--dry-run"])
        .works()
        .says("1 articles would be stored with 1 new events");
    let first = program.run(&["ingest", "a.txt", "b.txt"]);
    first.fails(1, "the day of publication is missing");
    first.says("1 articles stored with 1 new events");
    program.run(&["ingest", "a.txt"]).works().says("1 articles were known");
}

#[test]
fn what_is_exported_can_be_imported_and_checked() {
    let program = Program::new();
    program.run(&["init", "--sample"]).works().says("10 sample articles");
    program.run(&["backup", "kept.jsonl"]).works().says("the backup was restored once to prove it");
    program.run(&["backup", "kept.jsonl"]).fails(1, "is there already");
    let elsewhere = Program::new();
    let lines = fs::read_to_string(program.path("kept.jsonl")).unwrap();
    elsewhere.run_with(&["import", "-"], &lines).works().says("232 articles");
    elsewhere.run(&["check"]).works().says(" 0 faults");
    assert_eq!(elsewhere.run(&["export"]).works().out, lines);
    elsewhere.run_with(&["import", "-"], "{}\n").fails(1, "standard input: line 1: ");
}

#[test]
fn a_damaged_store_is_told_and_mended() {
    let program = Program::new();
    program.run(&["init"]).works();
    let all = program.run(&["export"]).works().out;
    let cut = |file: &str, length: u64| {
        fs::File::options().write(true).open(program.path(file)).unwrap().set_len(length).unwrap();
    };
    cut("data/sled/db", 64);
    let told = program.run(&["check"]).works().says(" 0 faults");
    assert!(told.err.contains("sled was made anew from the journal"), "{}", told.err);
    cut("data/journal/00000001.log", 5_000);
    program.run(&["check"]).fails(1, "is damaged: journal/00000001.log");
    program.run(&["console", "-c", "/brief"]).fails(1, "attache check --repair");
    let mended = program.run(&["check", "--repair"]).works();
    mended.says("were found, in the journal or in its copy").says(" 0 faults");
    assert_eq!(program.run(&["export"]).works().out, all);
}

#[test]
fn the_past_is_asked_and_restored() {
    let program = Program::new();
    program.run(&["init"]).works();
    let command = ["console", "--json", "-c", "/admin stats", "--as-known", "2001-01-01T00:00Z"];
    program.run(&command).works().says("\"events\":0");
    program.run(&["console", "-c", "/admin stats", "--as-known", "yesterday"]).fails(2, "as-known");
    let restore = ["restore", "--until", "2100-01-01T00:00Z", "then"];
    program.run(&restore).works().says("275 events");
    program.run(&restore).fails(1, "is not empty");
    program.run(&["compact"]).works().says("the journal had");
    program.run(&["check"]).works().says(" 0 faults");
}

#[test]
fn a_store_that_is_no_folder_is_told() {
    let program = Program::new();
    program.file("file", "x");
    let mut command = program.command(&["check"]);
    command.env("ATTACHE__STORE__PATH", "file");
    finish(command).fails(1, "file is not a folder");
}
