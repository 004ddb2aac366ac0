//! How fast texts are read: the whole pipeline, its stages, time expressions alone, loading.
//!
//! `cargo bench -p attache-extract`. The corpus is ours: the articles of `corpus/`, which the reading is
//! measured on, and the samples the bot ships. All of it is about trade, so nearly every sentence names
//! parties and acts; news at large is quicker to read.
//! `ATTACHE_BENCH_TEXTS=file.jsonl` reads the `text` of its lines instead.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use attache_extract::mention::mentions;
use attache_extract::time::{Reference, timexes};
use attache_extract::{Article, Document, Extractor, Lexicon};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, Divan};
use jiff::civil::{Date, date};
use mimalloc::MiMalloc;

/// The one that the program runs with.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    Divan::from_args().main();
}

/// The texts of the corpus, the same in each run.
fn corpus() -> Vec<String> {
    if let Some(file) = std::env::var_os("ATTACHE_BENCH_TEXTS") {
        let lines = fs::read_to_string(file).unwrap_or_default();
        let record = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok();
        let text = |line: &str| Some(record(line)?.get("text")?.as_str()?.to_owned());
        return lines.lines().filter_map(text).collect();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let articles = [root.join("corpus"), root.join("../attache-bot/sample")];
    let text = |file: &PathBuf| fs::read_to_string(file).ok()?.splitn(3, "---\n").nth(2).map(str::to_owned);
    let out: Vec<String> =
        articles.iter().flat_map(|folder| files(folder, "md")).filter_map(|file| text(&file)).collect();
    assert!(out.len() > 10, "no corpus under {}", root.display());
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

const DAY: Date = date(2025, 5, 23);

/// Runs a stage over the corpus, counted in bytes and in sentences.
fn over(bencher: Bencher<'_, '_>, stage: impl Fn(&str)) {
    let texts = corpus();
    let bytes: usize = texts.iter().map(String::len).sum();
    let sentences: usize = texts.iter().map(|text| Document::read(text).sentences.len()).sum();
    let _ = Extractor::builtin();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(sentences))
        .bench_local(|| texts.iter().for_each(|text| stage(text)));
}

/// Text to events with all fields.
#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    over(bencher, |text| {
        black_box(Extractor::builtin().extract(&Article::new(text, DAY)));
    });
}

/// Text to blocks, sentences and tokens.
#[divan::bench]
fn stage_document(bencher: Bencher<'_, '_>) {
    over(bencher, |text| {
        black_box(Document::read(text));
    });
}

/// Text to tokens and mentions.
#[divan::bench]
fn stage_mentions(bencher: Bencher<'_, '_>) {
    over(bencher, |text| {
        black_box(mentions(&Document::read(text), None, Lexicon::builtin()));
    });
}

/// Text to expressions of time; needs no other stage.
#[divan::bench]
fn stage_times(bencher: Bencher<'_, '_>) {
    over(bencher, |text| {
        black_box(timexes(text, &Reference::on(DAY)));
    });
}

/// Rules and verb tables; what was loaded is dropped when the clock has stopped.
#[divan::bench]
fn load_rules(bencher: Bencher<'_, '_>) {
    bencher.bench_local(Extractor::new);
}

/// States, bodies, people, titles, places, topics.
#[divan::bench]
fn load_lexicon(bencher: Bencher<'_, '_>) {
    bencher.bench_local(Lexicon::new);
}
