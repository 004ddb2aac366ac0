//! Trains the learned reader: writes `weights/kinds.csv` and `weights/acts.csv`.
//!
//! Each sentence of `corpus/`, `corpus/briefs/` and `corpus/drills/` is one case, told by the events that quote
//! it; so is each sentence of the examples and counterexamples of the rules, told by what the rules read there. Nothing
//! of `corpus/apart/` is looked at. Further folders of articles may be named as arguments.
//!
//! One logistic regression for each kind, and within a kind one for each act, with an L2 penalty (the objective of
//! LIBLINEAR's solver 0, Fan et al. 2008), solved by accelerated gradient descent with restarts
//! (Nesterov 1983; O'Donoghue and Candès 2015). A sentence's clues share one unit of length between them.

#[path = "../tests/corpus/gold.rs"]
#[allow(dead_code)]
mod gold;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use attache_extract::event::Factuality;
use attache_extract::{Act, Article, Extractor, Kind, Vocabulary as _};
use jiff::civil::{Date, date};
use serde::Deserialize;

/// A clue counts when so many sentences have it.
const SEEN: usize = 4;
/// The same among the sentences of one kind.
const SEEN_IN_KIND: usize = 3;
/// An act is told apart when so many sentences tell it.
const TOLD: usize = 12;
/// What proves a rule counts so much: its sentences are terser than news and tell far more often.
const PROOF: f64 = 0.5;
/// How much a wrong case costs against the penalty on large weights.
const COST: f64 = 30.0;
/// Weights below this are left out: for kinds, for acts.
const LEAST: (f64, f64) = (0.5, 0.8);
const ROUNDS: usize = 400;
/// The day on which the examples of the rules are read.
const TODAY: Date = date(2025, 5, 23);

struct Case {
    clues: Vec<String>,
    /// How much it counts.
    weight: f64,
    acts: BTreeSet<Act>,
    /// It tells acts, and none that was done.
    doubted: bool,
}

/// An event of a text: what, whether it was done, and where it is quoted from.
type Told = (Act, Factuality, String);

fn main() -> io::Result<()> {
    let extractor = Extractor::by_rules().map_err(io::Error::other)?;
    let mut cases = Vec::new();
    let further: Vec<String> = std::env::args().skip(1).collect();
    for folder in
        [gold::OPEN, gold::BRIEFS, gold::DRILLS].into_iter().chain(further.iter().map(String::as_str))
    {
        for text in gold::cases(folder).map_err(io::Error::other)? {
            let told: Vec<Told> =
                text.events.iter().map(|e| (e.act.clone(), e.factuality, e.quote.clone())).collect();
            add(&mut cases, &extractor, (&text.title, &text.text, text.published), &told, 1.0);
        }
    }
    for text in examples()? {
        let found = extractor.extract(&Article::new(&text, TODAY)).events;
        let told: Vec<Told> = found.iter().map(|e| (e.act.clone(), e.factuality, e.quote.clone())).collect();
        add(&mut cases, &extractor, ("", &text, TODAY), &told, PROOF);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("weights");
    fs::write(folder.join("kinds.csv"), kinds(&cases))?;
    fs::write(folder.join("acts.csv"), acts(&cases))
}

/// The sentences of a text, each with what it tells.
fn add(
    cases: &mut Vec<Case>,
    extractor: &Extractor,
    (title, text, published): (&str, &str, Date),
    told: &[Told],
    weight: f64,
) {
    let title = (!title.is_empty()).then_some(title);
    for (span, clues) in extractor.clues(&Article { title, ..Article::new(text, published) }) {
        let sentence = span.of(text).unwrap_or("").trim();
        let quotes = |quote: &str| quote.contains(sentence) || sentence.contains(quote);
        let here: Vec<&Told> = told.iter().filter(|(_, _, quote)| quotes(quote)).collect();
        let done =
            |(_, factuality, _): &&Told| matches!(factuality, Factuality::Asserted | Factuality::Reported);
        let acted: Vec<&Told> = here.iter().copied().filter(|(act, _, _)| is_act(act.kind())).collect();
        let doubted = !acted.is_empty() && !acted.iter().any(done);
        let acts = here.iter().map(|(act, _, _)| act.clone()).collect();
        cases.push(Case { clues, weight, acts, doubted });
    }
}

/// Something done rather than said or foreseen.
fn is_act(kind: Kind) -> bool {
    !matches!(kind, Kind::Statement | Kind::Forecast)
}

#[derive(Deserialize)]
struct RuleFile {
    when: When,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counterexample: Vec<Example>,
}

#[derive(Deserialize)]
struct When {
    #[serde(default)]
    general: bool,
    #[serde(default)]
    learned: bool,
}

#[derive(Deserialize)]
struct Example {
    text: String,
}

/// The texts that prove the rules on trade.
fn examples() -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut files)?;
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let rule: RuleFile = toml::from_str(&fs::read_to_string(&file)?).map_err(io::Error::other)?;
        if !rule.when.general && !rule.when.learned {
            out.extend(rule.example.into_iter().chain(rule.counterexample).map(|example| example.text));
        }
    }
    Ok(out)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.file_name().is_some_and(|name| name != "TEMPLATE.toml") {
            files.push(path);
        }
    }
    Ok(())
}

fn kinds(cases: &[Case]) -> String {
    let chosen: Vec<&Case> = cases.iter().collect();
    let (names, rows) = numbered(&chosen, SEEN);
    let mut columns: Vec<(Vec<f64>, f64)> = Kind::ALL
        .iter()
        .map(|kind| {
            let told: Vec<bool> =
                chosen.iter().map(|c| c.acts.iter().any(|act| act.kind() == *kind)).collect();
            solve(&rows.iter().collect::<Vec<_>>(), &told, names.len())
        })
        .collect();
    let acting = |c: &Case| c.acts.iter().any(|act| is_act(act.kind()));
    let (acting, doubted): (Vec<&Row>, Vec<bool>) =
        rows.iter().zip(&chosen).filter(|(_, c)| acting(c)).map(|(row, c)| (row, c.doubted)).unzip();
    columns.push(solve(&acting, &doubted, names.len()));
    let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let mut out = format!("clue,{},doubt\n(bias)", words.join(","));
    for (_, bias) in &columns {
        let _ = write!(out, ",{}", thousandths(*bias));
    }
    out.push('\n');
    for (at, name) in names.iter().enumerate() {
        let weights: Vec<f64> = columns.iter().filter_map(|(column, _)| column.get(at).copied()).collect();
        if weights.iter().any(|weight| weight.abs() >= LEAST.0) {
            out.push_str(name);
            for weight in weights {
                let _ = write!(out, ",{}", thousandths(weight));
            }
            out.push('\n');
        }
    }
    out
}

fn acts(cases: &[Case]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for kind in Kind::ALL {
        if matches!(kind, Kind::BusinessShift | Kind::Forecast) {
            continue;
        }
        let of_kind = |act: &&Act| act.kind() == *kind;
        let chosen: Vec<&Case> =
            cases.iter().filter(|c| c.acts.iter().any(|act| act.kind() == *kind)).collect();
        let (names, rows) = numbered(&chosen, SEEN_IN_KIND);
        let mut counts: BTreeMap<&Act, usize> = BTreeMap::new();
        chosen
            .iter()
            .flat_map(|c| c.acts.iter().filter(of_kind))
            .for_each(|act| *counts.entry(act).or_default() += 1);
        for (act, _) in counts.iter().filter(|(_, count)| **count >= TOLD) {
            let told: Vec<bool> = chosen.iter().map(|c| c.acts.contains(*act)).collect();
            let (weights, bias) = solve(&rows.iter().collect::<Vec<_>>(), &told, names.len());
            lines.push(format!("(bias),{kind},{},{}", act.subtype(), thousandths(bias)));
            for (name, weight) in names.iter().zip(weights).filter(|(_, weight)| weight.abs() >= LEAST.1) {
                lines.push(format!("{name},{kind},{},{}", act.subtype(), thousandths(weight)));
            }
        }
    }
    for kind in [Kind::BusinessShift, Kind::Forecast] {
        lines.push(format!("(bias),{kind},outlook,0"));
    }
    lines.sort();
    format!("clue,kind,subtype,weight\n{}\n", lines.join("\n"))
}

#[expect(clippy::cast_possible_truncation, reason = "clamped")]
fn thousandths(weight: f64) -> i16 {
    (weight * 1000.0).round().clamp(-32_000.0, 32_000.0) as i16
}

/// One case as numbers: its clues, and what each of them counts.
struct Row {
    clues: Vec<usize>,
    each: f64,
    weight: f64,
}

/// The clues that several cases have, in order, and the cases by them.
fn numbered(cases: &[&Case], seen: usize) -> (Vec<String>, Vec<Row>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    cases.iter().flat_map(|c| &c.clues).for_each(|clue| *counts.entry(clue).or_default() += 1);
    counts.retain(|_, count| *count >= seen);
    let numbers: BTreeMap<&str, usize> =
        counts.keys().enumerate().map(|(number, clue)| (*clue, number)).collect();
    let row = |c: &&Case| Row {
        clues: c.clues.iter().filter_map(|clue| numbers.get(clue.as_str()).copied()).collect(),
        each: 1.0 / f64::from(u32::try_from(c.clues.len().max(1)).unwrap_or(u32::MAX)).sqrt(),
        weight: c.weight,
    };
    (counts.keys().map(|clue| (*clue).to_owned()).collect(), cases.iter().map(row).collect())
}

/// The weights and the bias of the regression that tells which of the cases are told.
fn solve(rows: &[&Row], told: &[bool], clues: usize) -> (Vec<f64>, f64) {
    let sum = |row: &Row, at: &[f64]| {
        row.each * row.clues.iter().filter_map(|&clue| at.get(clue)).sum::<f64>()
            + at.last().copied().unwrap_or(0.0)
    };
    // The last place is the bias, which bears no penalty.
    let gradient = |at: &[f64]| {
        let mut out = vec![0.0; clues + 1];
        for (row, &told) in rows.iter().zip(told) {
            let truth = if told { 1.0 } else { 0.0 };
            let wrong = row.weight * (1.0 / (1.0 + (-sum(row, at)).exp()) - truth);
            for &clue in &row.clues {
                if let Some(place) = out.get_mut(clue) {
                    *place += wrong * row.each;
                }
            }
            if let Some(bias) = out.last_mut() {
                *bias += wrong;
            }
        }
        for (place, weight) in out.iter_mut().zip(at).take(clues) {
            *place += weight / COST;
        }
        out
    };
    let step = 1.0 / (0.25 * largest(rows, clues) + 1.0 / COST);
    let mut at = vec![0.0; clues + 1];
    let mut ahead = at.clone();
    let mut pace = 1.0_f64;
    for _ in 0..ROUNDS {
        let slope = gradient(&ahead);
        let next: Vec<f64> = ahead.iter().zip(&slope).map(|(a, s)| a - step * s).collect();
        let uphill: f64 = slope.iter().zip(next.iter().zip(&at)).map(|(s, (n, a))| s * (n - a)).sum();
        let quicker = if uphill > 0.0 { 1.0 } else { (1.0 + (1.0 + 4.0 * pace * pace).sqrt()) / 2.0 };
        let push = if uphill > 0.0 { 0.0 } else { (pace - 1.0) / quicker };
        ahead = next.iter().zip(&at).map(|(n, a)| n + push * (n - a)).collect();
        (at, pace) = (next, quicker);
    }
    let bias = at.pop().unwrap_or(0.0);
    (at, bias)
}

/// The largest eigenvalue of the cases' products, by power iteration.
fn largest(rows: &[&Row], clues: usize) -> f64 {
    let mut vector = vec![1.0; clues + 1];
    let mut size = 1.0;
    for _ in 0..30 {
        let mut next = vec![0.0; clues + 1];
        for row in rows {
            let bias = vector.last().copied().unwrap_or(0.0);
            let sum = row.each * row.clues.iter().filter_map(|&clue| vector.get(clue)).sum::<f64>() + bias;
            let sum = row.weight * sum;
            for &clue in &row.clues {
                if let Some(place) = next.get_mut(clue) {
                    *place += sum * row.each;
                }
            }
            if let Some(place) = next.last_mut() {
                *place += sum;
            }
        }
        size = next.iter().map(|x: &f64| x * x).sum::<f64>().sqrt();
        vector = next.iter().map(|x| x / size).collect();
    }
    // A little more than what thirty rounds find is on the safe side.
    size * 1.05
}
