//! `ingest`: articles from files and folders into the store.

mod tally;

use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use attache_store::Announce;
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Failure, open, text};
use crate::app::App;
use crate::config::Settings;
use crate::intake::{self, Draft, How, Outcome, Sift, Source, Told, file, link, read_published};
use tally::Tally;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Text and Markdown (with an optional head), saved pages, e-mails, PDFs, Word documents, JSON Lines of
    /// articles, folders of them, or addresses of pages (https://…). What a file is, its content tells; - is
    /// standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Day of publication of texts whose head does not give it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_published)]
    published: Option<Date>,
    /// Say what would be stored, what is known and what is set aside; store nothing.
    #[arg(long)]
    dry_run: bool,
    /// Which of the new events subscribers hear of: unless given, all of single files' and none of JSON
    /// Lines' and folders'.
    #[arg(long, value_enum, value_name = "WHICH")]
    announce: Option<Heard>,
    /// Store also what is not in English, or has no word of trade or diplomacy.
    #[arg(long)]
    everything: bool,
}

impl Options {
    fn sift(&self) -> Sift {
        if self.everything { Sift::Everything } else { Sift::Ours }
    }
}

/// Which of the new events subscribers hear of.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Heard {
    /// None.
    None,
    /// All, many at once put together.
    Digest,
    /// All, each by itself.
    All,
}

impl From<Heard> for Announce {
    fn from(heard: Heard) -> Self {
        match heard {
            Heard::None => Self::None,
            Heard::Digest => Self::Digest,
            Heard::All => Self::All,
        }
    }
}

pub(super) fn run(settings: &Settings, options: &Options) -> Result<ExitCode, Failure> {
    let app = open(settings)?;
    let mut tally = Tally::default();
    for file in &options.files {
        if let Some(url) = file.to_str().filter(|name| link::is_link(name)) {
            let draft = link::article(&app, url).map_err(|why| format!("{url}: {why}"));
            one(&app, file, draft, options, &mut tally)?;
        } else if text::has_many(file) {
            many(&app, file, options, &mut tally)?;
        } else {
            let read = text::load(file, app.limits())
                .and_then(|bytes| file::read(&text::name(file), &bytes, app.limits()));
            let drafts = read.unwrap_or_else(|error| vec![Err(error.to_string())]);
            for draft in drafts {
                one(&app, file, draft, options, &mut tally)?;
            }
        }
    }
    tally.tell(options.dry_run)?;
    Ok(if tally.faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Stores one article. What is wrong with it is told, and the others go on; what is wrong with the
/// store ends the run.
fn one(
    app: &App,
    file: &Path,
    draft: Result<Draft, String>,
    options: &Options,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let dated = draft.and_then(|draft| {
        let draft = Draft { published: draft.published.or(options.published), ..draft };
        draft.article().map(|_| ()).map_err(|error| error.to_string()).map(|()| draft)
    });
    let draft = match dated {
        Ok(draft) => draft,
        Err(error) => {
            tally.faults += 1;
            writeln!(io::stderr(), "attache: {}", named(file, &error))?;
            return Ok(());
        }
    };
    let article = draft.article()?;
    if options.dry_run {
        let (outcome, events) = intake::would_take(app, &article, options.sift())?;
        tally.count_dry(&outcome, events.len());
        writeln!(io::stdout(), "{}: {}", text::name(file), words(&outcome, events.len()))?;
        return Ok(());
    }
    let how = how(options, Announce::All);
    let outcome = intake::take_from(app, &article, draft.from.as_ref(), &how)?;
    if let Outcome::SetAside { reason } = &outcome {
        let how = "; --everything stores it all the same";
        writeln!(io::stderr(), "attache: {}: set aside: {reason}{how}", text::name(file))?;
    }
    tally.count(&outcome);
    Ok(())
}

fn how(options: &Options, unless: Announce) -> How<'static> {
    let announce = options.announce.map_or(unless, Announce::from);
    How { origin: "file", announce, sift: options.sift(), now: Timestamp::now() }
}

fn words(outcome: &Outcome, events: usize) -> String {
    match outcome {
        Outcome::New { .. } => format!("would be stored with {events} events"),
        Outcome::Duplicate { of, alike: None } => format!("is stored already, as {}", of.short()),
        Outcome::Duplicate { of, .. } => format!("is a reprint of {}; its place would be added", of.short()),
        Outcome::Revision { of, number, .. } => {
            format!("would be stored as version {number} of {}, with {events} events", of.short())
        }
        Outcome::SetAside { reason } => format!("would be set aside: {reason}"),
    }
}

/// The error with the file's name, unless it names it already.
fn named(file: &Path, error: &str) -> String {
    let name = text::name(file);
    if error.starts_with(&name) { error.to_owned() } else { format!("{name}: {error}") }
}

/// Stores all of a folder or file. The past is read in silence unless told otherwise.
fn many(app: &App, file: &Path, options: &Options, tally: &mut Tally) -> Result<(), Failure> {
    let source = Source::open(file, app.limits(), options.published)?;
    let bar = text::progress_of(Some(source.size()));
    let mut fault = None;
    let mut told = |what: Told<'_>| {
        fault = fault.take().or(hear(&bar, file, tally, what).err());
    };
    if options.dry_run {
        intake::survey(app, source, options.sift(), &mut told)?;
    } else {
        let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        intake::backfill(app, source, &how(options, Announce::None), threads, Timestamp::now, &mut told)?;
    }
    bar.finish_and_clear();
    fault.map_or(Ok(()), |error| Err(error.into()))
}

fn hear(bar: &ProgressBar, file: &Path, tally: &mut Tally, what: Told<'_>) -> io::Result<()> {
    match what {
        Told::Resumed(place) => {
            bar.suspend(|| writeln!(io::stderr(), "{}: goes on behind {}", text::name(file), place.words()))
        }
        Told::Refused(why) => {
            tally.faults += 1;
            bar.suspend(|| writeln!(io::stderr(), "attache: {why}"))
        }
        Told::Taken(outcome, done) => {
            tally.count(outcome);
            bar.set_position(done);
            Ok(())
        }
        Told::Would(place, outcome, events, done) => {
            tally.count_dry(outcome, events);
            bar.set_position(done);
            let name = text::name(&place.of(file));
            let line = if place.line() > 0 { format!(", line {}", place.line()) } else { String::new() };
            bar.suspend(|| writeln!(io::stdout(), "{name}{line}: {}", words(outcome, events)))
        }
    }
}
