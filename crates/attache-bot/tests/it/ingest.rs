//! Files of every kind through the program: from the command line and by command.

use std::fs;
use std::io::Write as _;

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::files::{docx, pdf, saved};
use crate::program::Program;

const STEEL: &str = "The United States imposed a tariff of 25 percent on steel from China on May 20, 2025, the Commerce Department said on Tuesday.";
const LUMBER: &str = "Canada will impose a surtax of 15 percent on furniture from Vietnam from July 1, the finance ministry in Ottawa said.";
const BEEF: &str = "Japan's prime minister met the president of Brazil in Tokyo on Monday to discuss beef exports and a fisheries accord.";
const TYRES: &str = "The European Union opened an anti-dumping investigation into tyres made in India, officials announced yesterday afternoon.";
const CALL: &str = "Secretary of State Marco Rubio spoke by telephone with Foreign Minister Wang Yi about export licences for rare earths.";
const WINE: &str = "Australia lifted its countervailing duties on Chinese wind towers, ending a quarrel that began with barley and wine.";

const FRENCH: &str = "Le ministre du commerce a annoncé mardi que les droits de douane sur l'acier seraient relevés à vingt-cinq pour cent dès le mois de juin, selon un communiqué.";
const FOOTBALL: &str = "The striker scored twice in the second half as the visitors came from behind to win at a rain-soaked ground on Saturday, and the goalkeeper saved a late penalty.";

fn page() -> String {
    format!(
        "<!doctype html><html lang=en><title>Steel tariff | Wire</title><meta property=og:site_name content=Wire><meta property=article:published_time content=2025-05-20T10:00:00-04:00><h1>Steel tariff</h1><p>{STEEL}</p><p>No further details were given in Washington.</p>"
    )
}

fn line(day: u8, text: &str) -> String {
    format!("{{\"published\":\"2025-05-{day}\",\"text\":\"{text}\"}}\n")
}

fn zipped() -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(STEEL.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn stats(program: &Program) -> Value {
    let ran = program.run(&["console", "-c", "/admin stats", "--json"]).works();
    serde_json::from_str(&ran.out).unwrap()
}

/// A store of its own, with nothing shipped in it.
fn bare() -> Program {
    let program = Program::new();
    program.file("bot-config.toml", "[store]\nchronology = false\n[console]\nsample = false\n");
    program
}

/// Writes a file of each kind, named otherwise than its content.
fn every_kind(program: &Program, folder: &str) -> Vec<String> {
    fs::create_dir_all(program.path(folder)).unwrap();
    let word = format!(
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>May 21, 2025</w:t></w:r></w:p><w:p><w:r><w:t>{CALL}</w:t></w:r></w:p></w:body></w:document>"
    );
    let half = WINE.split_once(" wind ").unwrap();
    let files: [(&str, Vec<u8>); 6] = [
        ("page.bin", page().into_bytes()),
        ("mail.txt", format!("From: a@b.example\nTo: c@d.example\nSubject: Lumber\nDate: Tue, 20 May 2025 09:00:00 -0400\n\n{LUMBER}\n").into_bytes()),
        ("lines.dat", line(21, BEEF).into_bytes()),
        ("note.md", format!("---\npublished: 2025-05-20\n---\n# Tyres\n\n{TYRES}\n").into_bytes()),
        ("word.txt", docx(&word)),
        ("gazette", saved(pdf(&[&["May 22, 2025", "", half.0, &format!("wind {}", half.1)]]))),
    ];
    let name = |name: &str| format!("{folder}/{name}");
    files.iter().for_each(|(file, content)| drop(program.file(&name(file), content)));
    files.iter().map(|(file, _)| name(file)).collect()
}

#[test]
fn each_kind_is_read_whatever_it_is_called() {
    let program = bare();
    let files = every_kind(&program, "in");
    let mut args = vec!["ingest"];
    args.extend(files.iter().map(String::as_str));
    let mut dry = args.clone();
    dry.push("--dry-run");
    let would = program.run(&dry).works().says("6 articles would be stored");
    for expected in ["in/page.bin: would be stored with ", "in/lines.dat, line 1: would be stored with "] {
        assert!(would.out.contains(expected), "{expected}: {}", would.out);
    }
    assert_eq!(stats(&program)["articles"], 0);
    program.run(&args).works().says("6 articles stored with ");
    // The same by their folder: all are known.
    program.run(&["ingest", "in"]).works().says("0 articles stored").says("6 articles were known");
    let export = program.run(&["export"]).works().out;
    for text in [STEEL, LUMBER, BEEF, TYRES, CALL, WINE] {
        assert!(export.contains(text), "{text}");
    }
}

#[test]
fn standard_input_is_read_as_any_file() {
    let program = bare();
    let told = program.run_with(&["ingest", "-"], &page()).works();
    told.says("1 articles stored with ");
    let both = format!("{}{}", line(21, BEEF), line(22, CALL));
    program.run_with(&["ingest", "-"], &both).works().says("2 articles stored with ");
}

#[test]
fn what_is_not_read_is_named_with_its_reason_and_the_others_are_stored() {
    let program = bare();
    fs::create_dir(program.path("in")).unwrap();
    let config = "[store]\nchronology = false\n[intake]\nlargest_article = 1000\nlargest_file = 100000\n";
    program.file("bot-config.toml", config);
    let good = format!("---\npublished: 2025-05-20\n---\n{STEEL}\n");
    let files: [(&str, Vec<u8>, &str); 9] = [
        ("archive.txt", zipped(), "it is a ZIP archive; unpack it"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "it is a picture (image/png)"),
        ("scan.pdf", saved(pdf(&[&[], &[]])), "the PDF has no text, only pictures of its 2 pages"),
        ("large.txt", vec![b'a'; 100_001], "100001 bytes are more than a file may have (100000"),
        ("long.txt", vec![b'a'; 1001], "1001 bytes are more than an article may have (1000"),
        ("empty.txt", Vec::new(), "there is no text in it"),
        ("bytes.txt", vec![1, 2, 3, 4, 5, 6, 200, 201], "it is binary data of an unknown type"),
        ("undated.txt", STEEL.as_bytes().to_vec(), "the day of publication is missing"),
        ("good.txt", good.into_bytes(), ""),
    ];
    files.iter().for_each(|(file, content, _)| drop(program.file(&format!("in/{file}"), content)));
    let lines = format!("{}{{\"text\":\"x\"}}\n", line(21, BEEF));
    program.file("in/lines.jsonl", &lines);
    let check = |ran: crate::program::Ran| {
        assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
        for (file, _, reason) in files.iter().filter(|(.., reason)| !reason.is_empty()) {
            let told = ran.err.lines().filter(|line| line.contains(&format!("{file}: {reason}"))).count();
            assert_eq!(told, 1, "{file}: {reason}: {}", ran.err);
        }
        assert!(ran.err.contains("lines.jsonl, line 2: missing field `published`"), "{}", ran.err);
        assert!(ran.out.contains("9 were refused"), "{}", ran.out);
    };
    let mut args = vec!["ingest".to_owned()];
    args.extend(files.iter().map(|(file, ..)| format!("in/{file}")));
    args.push("in/lines.jsonl".to_owned());
    check(program.run(&args.iter().map(String::as_str).collect::<Vec<_>>()));
    check(program.run(&["ingest", "in"]));
    assert_eq!(stats(&program)["articles"], 2);
}

#[test]
fn a_broken_pdf_is_refused_in_one_line() {
    let program = bare();
    program.file("broken.pdf", crate::files::panicking());
    let ran = program.run(&["ingest", "broken.pdf", "--published", "2025-05-20"]);
    ran.fails(1, "broken.pdf: the PDF cannot be read: it is broken in a way its reader does not know");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn what_is_not_our_story_is_set_aside_counted_and_taken_on_request() {
    let program = bare();
    program.file("a.txt", FRENCH);
    program.file("b.txt", FOOTBALL);
    let args = ["ingest", "a.txt", "b.txt", "--published", "2025-05-20"];
    let dry = program.run(&[&args[..], &["--dry-run"]].concat()).works();
    let dry = dry.says("a.txt: would be set aside: it is not in English but in French");
    dry.says("b.txt: would be set aside: it has no word of trade or diplomacy");
    assert_eq!(stats(&program)["set_aside"], Value::Array(Vec::new()), "nothing is counted of a dry run");
    let ran = program.run(&args).works();
    let told = "a.txt: set aside: it is not in English but in French; --everything stores it";
    assert!(ran.err.contains(told), "{}", ran.err);
    ran.says("0 articles stored")
        .says("2 were set aside (1: it has no word of trade or diplomacy; 1: it is not");
    // Many at once are looked at in the same way.
    let many = format!("{}{}{}", line(20, FRENCH), line(21, FOOTBALL), line(22, STEEL));
    program.file("many.jsonl", &many);
    program.run(&["ingest", "many.jsonl"]).works().says("1 articles stored").says("2 were set aside");
    let counted = stats(&program)["set_aside"].clone();
    let count = |n: usize| (counted[n]["reason"].as_str().unwrap(), counted[n]["count"].as_u64().unwrap());
    assert_eq!(count(0), ("it has no word of trade or diplomacy", 2));
    assert_eq!(count(1), ("it is not in English but in French", 2));
    let shown = program.run(&["console", "-c", "/admin stats"]).works();
    shown.says("2 articles set aside: it is not in English but in French");
    program.run(&[&args[..], &["--everything"]].concat()).works().says("2 articles stored");
    program.run(&["ingest", "many.jsonl"]).works().says("3 articles were known").says("0 were set aside");
    assert_eq!(stats(&program)["set_aside"], counted, "what is stored is not set aside again");
}

#[test]
fn a_command_reads_the_same_files() {
    let program = bare();
    let run = |command: &str| program.run(&["console", "-c", command]).works();
    program.file("page.txt", page());
    run("/admin ingest file:page.txt dry_run:yes").says("would be stored with 1 event");
    run("/admin ingest file:page.txt").says("is stored with 1 new event");
    let lines = format!("{}{}{{\"text\":\"x\"}}\n{}", line(21, LUMBER), line(22, BEEF), line(23, FOOTBALL));
    program.file("lines.jsonl", &lines);
    run("/admin ingest file:lines.jsonl dry_run:yes").says("2 articles would be stored");
    assert_eq!(stats(&program)["articles"], 1);
    run("/admin ingest file:lines.jsonl")
        .says("2 articles stored with ")
        .says("0 were known, 1 set aside, 1 refused")
        .says("line 3: missing field `published`")
        .says("article 4: it has no word of trade or diplomacy");
    run("/admin ingest file:lines.jsonl everything:yes").says("1 articles stored").says("2 were known");
    let refused = |command: &str, expected: &str| {
        program.run(&["console", "-c", command]).fails(1, expected);
    };
    refused("/admin ingest file:lines.jsonl title:X", "title: the file holds 4 articles, each with its own");
    program.file("pack.txt", zipped());
    refused("/admin ingest file:pack.txt", "pack.txt: it is a ZIP archive");
    program.file("french.txt", format!("---\npublished: 2025-05-20\n---\n{FRENCH}"));
    run("/admin ingest file:french.txt dry_run:yes").says("would be set aside: it is not in English");
    refused("/admin ingest file:french.txt", "With everything:yes it is stored all the same");
    run("/admin ingest file:french.txt everything:yes").says("is stored");
}

#[test]
fn no_sample_article_is_set_aside() {
    for (name, text) in attache_bot::sample::ARTICLES {
        let draft = attache_bot::intake::read_text(text.as_bytes(), 1 << 20).unwrap();
        let judged = attache_bot::intake::relevance::judge(draft.title.as_deref(), &draft.text);
        assert_eq!(judged, None, "{name}");
    }
}
