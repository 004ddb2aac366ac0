//! Reads bytes that nobody wrote: arbitrary ones, and articles damaged in many ways.
//!
//! `cargo run --release -- [SECONDS [SEED [TEXTS.jsonl]]]` in this folder. The same seed makes the
//! same texts. The corpus is the articles the bot ships and the examples of the rules, or the `text`
//! of the lines of a file. A text that breaks a property, panics or takes too long is written to
//! `target/found/`, and the exit code is 1.

mod damage;
#[path = "../../tests/properties/holds.rs"]
mod holds;
mod random;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

use attache_extract::{Article, Extractor};
use jiff::civil::Date;

use damage::damaged;
use random::Random;

/// Longest time for a byte of a text of some length; slower means more than linear work.
const PER_BYTE: Duration = Duration::from_micros(100);

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let mut number = |usual: u64| args.next().and_then(|a| a.parse().ok()).unwrap_or(usual);
    let (seconds, seed) = (number(60), number(1));
    let corpus = corpus(args.next());
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/found");
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut read, mut bytes, mut broken) = (0_u64, 0_u64, 0_u32);
    let mut random = Random::new(seed);
    while Instant::now() < until && broken < 20 {
        let text = damaged(&mut random, &corpus);
        read += 1;
        bytes += text.len() as u64;
        if let Some(problem) = problem(&text, &mut random) {
            broken += 1;
            let file = found.join(format!("{seed}-{read}.txt"));
            let written = fs::create_dir_all(&found).and_then(|()| fs::write(&file, &text));
            println!("{problem}\n  {} {written:?}", file.display());
        }
    }
    println!("seed {seed}: {read} texts, {bytes} bytes, {broken} broken");
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is wrong with the reading of a text.
fn problem(text: &str, random: &mut Random) -> Option<String> {
    let day =
        Date::new(1 + random.below(4000) as i16, 1 + random.below(12) as i8, 1 + random.below(28) as i8);
    let usual = Date::constant(2025, 5, 23);
    let published = if random.one_in(8) { day.unwrap_or(usual) } else { usual };
    let title = if random.one_in(4) { text.lines().next() } else { None };
    let article = Article { title, publisher: title, ..Article::new(text, published) };
    let started = holds::spent();
    let checked = catch_unwind(AssertUnwindSafe(|| {
        let _ = Extractor::builtin().read_question(text.lines().next().unwrap_or(""), published);
        holds::check(&article)
    }));
    let taken = holds::spent() - started;
    match checked {
        Err(_) => Some("a panic".to_owned()),
        Ok(Err(problem)) => Some(problem),
        Ok(Ok(())) => {
            let most = Duration::from_millis(500) + PER_BYTE * u32::try_from(text.len()).unwrap_or(u32::MAX);
            (taken > most).then(|| format!("{} bytes took {taken:?}", text.len()))
        }
    }
}

/// The texts to damage.
fn corpus(file: Option<String>) -> Vec<String> {
    if let Some(file) = file {
        let lines = fs::read_to_string(file).unwrap_or_default();
        let record = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok();
        return lines.lines().filter_map(|l| Some(record(l)?.get("text")?.as_str()?.to_owned())).collect();
    }
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut out = Vec::new();
    for file in files(&crates.join("attache-bot/sample"), "md") {
        let text = fs::read_to_string(file).unwrap_or_default();
        out.extend(text.splitn(3, "---\n").nth(2).map(str::to_owned));
    }
    let mut examples = String::new();
    for file in files(&crates.join("attache-extract/rules"), "toml") {
        let rule = fs::read_to_string(file).unwrap_or_default();
        for line in rule.lines().filter_map(|l| l.strip_prefix("text = \"")?.strip_suffix('"')) {
            examples.push_str(line);
            examples.push(' ');
        }
        if examples.len() > 3000 {
            out.push(std::mem::take(&mut examples));
        }
    }
    out
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            out.push(path);
        }
    }
    out.sort();
    out
}
