//! `ingest`: articles from files into the store.

use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use attache_store::Outcome;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Failure, open, text};
use crate::app::App;
use crate::config::Settings;
use crate::intake::{self, Draft, link, read_published};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Text files (.txt, .md, with an optional head), JSON Lines of articles (.jsonl), or addresses of
    /// pages (https://…).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Day of publication of texts whose head does not give it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_published)]
    published: Option<Date>,
    /// Say what would be stored and store nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What came of it so far.
#[derive(Default)]
struct Tally {
    articles: usize,
    events: usize,
    joined: usize,
    known: usize,
    faults: usize,
}

pub(super) fn run(settings: &Settings, options: &Options) -> Result<ExitCode, Failure> {
    let app = open(settings)?;
    let mut tally = Tally::default();
    for file in &options.files {
        if let Some(url) = file.to_str().filter(|name| link::is_link(name)) {
            let draft = link::article(&app, url).map_err(|why| format!("{url}: {why}"));
            let draft =
                draft.map(|(draft, _)| Draft { published: draft.published.or(options.published), ..draft });
            take(&app, draft, options, &mut tally)?;
            continue;
        }
        if file.extension().is_some_and(|extension| extension == "jsonl") {
            lines(&app, file, options, &mut tally)?;
            continue;
        }
        let draft = text::read(file, app.largest_article)
            .and_then(|bytes| Ok(intake::read_text(&bytes, app.largest_article)?))
            .map(|draft| Draft { published: draft.published.or(options.published), ..draft });
        take(&app, draft.map_err(|error| named(file, &*error)), options, &mut tally)?;
    }
    let would = if options.dry_run { "would be " } else { "" };
    writeln!(
        io::stdout(),
        "{} articles {would}stored with {} new events; {} events gained a source; {} articles were known; {} were refused.",
        tally.articles,
        tally.events,
        tally.joined,
        tally.known,
        tally.faults
    )?;
    Ok(if tally.faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The error with the file's name, unless it names it already.
fn named(file: &Path, error: &(dyn std::error::Error + Send + Sync)) -> String {
    let (name, text) = (text::name(file), error.to_string());
    if text.starts_with(&name) { text } else { format!("{name}: {text}") }
}

fn lines(app: &App, file: &Path, options: &Options, tally: &mut Tally) -> Result<(), Failure> {
    let bar = text::progress(file);
    for (line, number) in text::open(file)?.lines().zip(1..) {
        let draft = line.map_err(|error| error.to_string()).and_then(|line| {
            bar.inc(u64::try_from(line.len() + 1).unwrap_or(0));
            intake::read_line(&line, app.largest_article)
                .map(|(_, draft)| draft)
                .map_err(|error| error.to_string())
        });
        take(
            app,
            draft.map_err(|what| format!("{}, line {number}: {what}", text::name(file))),
            options,
            tally,
        )?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// Stores one article. What is wrong with it is told, and the others go on; what is wrong with the
/// store ends the run.
fn take(
    app: &App,
    draft: Result<Draft, String>,
    options: &Options,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let draft = match draft
        .and_then(|draft| draft.article().map(|_| ()).map_err(|e| e.to_string()).map(|()| draft))
    {
        Ok(draft) => draft,
        Err(what) => {
            tally.faults += 1;
            writeln!(io::stderr(), "attache: {what}")?;
            return Ok(());
        }
    };
    let article = draft.article()?;
    if options.dry_run {
        if app.store.is_known(article.text, article.url)? {
            tally.known += 1;
        } else {
            tally.articles += 1;
            tally.events += app.extractor.extract(&article).events.len();
        }
        return Ok(());
    }
    match intake::ingest(app, &article, "file", Timestamp::now())?.outcome {
        Outcome::Known => tally.known += 1,
        Outcome::New { events, joined } => {
            tally.articles += 1;
            tally.events += events.len();
            tally.joined += joined.len();
        }
    }
    Ok(())
}
