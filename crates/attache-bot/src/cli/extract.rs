//! `extract` and `explain`: what a text says, without any store.

use std::io::{self, BufRead as _, BufWriter, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use attache_extract::{Extraction, Extractor};
use attache_store::record::EventRecord;
use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Failure, text};
use crate::intake::{self, BadArticle, Draft, read_day};
use crate::reply::words;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The text, or JSON Lines with --jsonl; - is standard input.
    #[arg(default_value = "-", value_name = "FILE")]
    file: PathBuf,
    /// Read lines {"id","title","published","text"}, write lines {"id","events"} in the same order.
    #[arg(long, conflicts_with_all = ["published", "title", "url", "json"])]
    jsonl: bool,
    /// Day of publication; needed unless the file's head gives it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_day)]
    published: Option<Date>,
    /// Headline.
    #[arg(long)]
    title: Option<String>,
    /// Address.
    #[arg(long)]
    url: Option<String>,
    /// Print one JSON object instead of words.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options, most: usize) -> Result<ExitCode, Failure> {
    let out = &mut BufWriter::new(io::stdout());
    if options.jsonl {
        return lines(&options.file, most, out);
    }
    let mut draft = read(&options.file, options.published, most)?;
    draft.title = options.title.clone().or(draft.title);
    draft.url = options.url.clone().or(draft.url);
    let article = draft.article()?;
    let extraction = Extractor::builtin().extract(&article);
    if options.json {
        let id = options.url.clone().unwrap_or_else(|| text::name(&options.file));
        writeln!(out, "{}", object(&json!(id), &extraction))?;
    } else {
        print(&extraction, out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path, published: Option<Date>, most: usize) -> Result<Draft, Failure> {
    let wrong = |error: BadArticle| format!("{}: {error}", text::name(file));
    let mut draft = intake::read_text(&text::read(file, most)?, most).map_err(wrong)?;
    draft.published = published.or(draft.published);
    if draft.published.is_none() {
        return Err(format!(
            "{}: the day of publication is missing; give --published YYYY-MM-DD",
            text::name(file)
        )
        .into());
    }
    Ok(draft)
}

fn print(extraction: &Extraction, out: &mut dyn Write) -> io::Result<()> {
    if extraction.events.is_empty() {
        return writeln!(out, "No event was read in this text.");
    }
    for event in &extraction.events {
        let who = words::who(&event.parties).map(|rich| rich.plain()).unwrap_or_default();
        writeln!(out, "{}: {who}", words::title(event))?;
        writeln!(out, "    {}; {}", words::when(&event.date).plain(), words::state(event))?;
        if let Some(terms) = words::terms(event) {
            writeln!(out, "    {}", terms.plain())?;
        }
        writeln!(out, "    “{}”", event.quote.replace('\n', " "))?;
    }
    Ok(())
}

fn object(id: &Value, extraction: &Extraction) -> Value {
    let events: Vec<EventRecord> = extraction.events.iter().map(EventRecord::from).collect();
    json!({"id": id, "events": events})
}

/// Lines read at once for each thread: enough to keep it busy, few enough to stay small.
const BATCH: usize = 16;

/// Reads and writes JSON Lines in order, with memory for a few lines at a time. A line that does
/// not read is told on standard error and left out; the exit code is 1 then.
fn lines(file: &Path, most: usize, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let input = text::open(file)?;
    let bar = text::progress(file);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut faults = 0;
    let mut batch: Vec<(usize, String)> = Vec::new();
    let mut input = input.split(b'\n').zip(1..).peekable();
    while let Some((line, number)) = input.next() {
        let line = line.map_err(|error| format!("{}: {error}", text::name(file)))?;
        bar.inc(u64::try_from(line.len() + 1).unwrap_or(0));
        match String::from_utf8(line) {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => batch.push((number, line)),
            Err(error) => {
                faults += 1;
                let at = error.utf8_error().valid_up_to();
                text::complain(file, number, &format!("not UTF-8 text: byte {at} does not fit"))?;
            }
        }
        if batch.len() == BATCH * threads || input.peek().is_none() {
            faults += write_batch(file, &batch, threads, most, out)?;
            batch.clear();
        }
    }
    bar.finish_and_clear();
    out.flush()?;
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Works a batch off on several threads and writes it in order; gives the number of faulty lines.
fn write_batch(
    file: &Path,
    batch: &[(usize, String)],
    threads: usize,
    most: usize,
    out: &mut dyn Write,
) -> Result<usize, Failure> {
    let share = batch.len().div_ceil(threads).max(1);
    let results: Vec<Vec<Result<String, String>>> = thread::scope(|scope| {
        let work = |part: &[(usize, String)]| part.iter().map(|(_, line)| one(line, most)).collect();
        let workers: Vec<_> = batch.chunks(share).map(|part| scope.spawn(move || work(part))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let mut faults = 0;
    for ((number, _), result) in batch.iter().zip(results.into_iter().flatten()) {
        match result {
            Ok(line) => writeln!(out, "{line}")?,
            Err(what) => {
                faults += 1;
                text::complain(file, *number, &what)?;
            }
        }
    }
    Ok(faults)
}

fn one(line: &str, most: usize) -> Result<String, String> {
    let (id, draft) = intake::read_line(line, most).map_err(|error| error.to_string())?;
    let article = draft.article().map_err(|error| error.to_string())?;
    Ok(object(&id, &Extractor::builtin().extract(&article)).to_string())
}

pub(super) fn explain(
    file: &Path,
    published: Option<Date>,
    title: Option<String>,
    most: usize,
) -> Result<ExitCode, Failure> {
    let mut draft = read(file, published, most)?;
    draft.title = title.or(draft.title);
    let explanation = Extractor::builtin().explain(&draft.article()?);
    let mut out = io::stdout().lock();
    write!(out, "{explanation}")?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
