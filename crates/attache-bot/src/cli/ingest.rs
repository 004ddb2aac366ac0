//! `ingest`: articles from files and folders into the store.

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
use crate::intake::{self, Draft, How, Outcome, Source, Told, link, read_published};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Text files (.txt, .md, with an optional head), JSON Lines of articles (.jsonl), folders of them, or
    /// addresses of pages (https://…).
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

/// What came of it so far.
#[derive(Default)]
struct Tally {
    articles: usize,
    events: usize,
    joined: usize,
    known: usize,
    reprints: usize,
    versions: usize,
    updated: usize,
    gone: usize,
    aside: usize,
    faults: usize,
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::SetAside { .. } => self.aside += 1,
            Outcome::Duplicate { alike, .. } => {
                self.known += 1;
                self.reprints += usize::from(alike.is_some());
            }
            Outcome::New { events, joined, .. } => {
                self.articles += 1;
                self.events += events.len();
                self.joined += joined.len();
            }
            Outcome::Revision { events, joined, updated, gone, .. } => {
                self.articles += 1;
                self.versions += 1;
                self.events += events.len();
                self.joined += joined.len();
                self.updated += updated.len();
                self.gone += gone.len();
            }
        }
    }

    /// An article that would come in with so many events.
    fn count_dry(&mut self, outcome: &Outcome, events: usize) {
        self.count(outcome);
        if matches!(outcome, Outcome::New { .. } | Outcome::Revision { .. }) {
            self.events += events;
        }
    }

    fn tell(&self, dry_run: bool) -> io::Result<()> {
        let Self { articles, events, joined, known, reprints, versions, updated, gone, aside, faults } = self;
        let would = if dry_run { "would be " } else { "" };
        writeln!(
            io::stdout(),
            "{articles} articles {would}stored with {events} new events, {versions} of them later versions; {joined} events gained a source, {updated} were corrected, {gone} are no longer told; {known} articles were known, {reprints} of them in another place; {aside} were set aside; {faults} were refused."
        )
    }
}

pub(super) fn run(settings: &Settings, options: &Options) -> Result<ExitCode, Failure> {
    let app = open(settings)?;
    let mut tally = Tally::default();
    for file in &options.files {
        if let Some(url) = file.to_str().filter(|name| link::is_link(name)) {
            let draft = link::article(&app, url).map_err(|why| Failure::from(format!("{url}: {why}")));
            let draft =
                draft.map(|(draft, _)| Draft { published: draft.published.or(options.published), ..draft });
            one(&app, file, draft, options, &mut tally)?;
            continue;
        }
        if file.is_dir() || file.extension().is_some_and(|extension| extension == "jsonl") {
            many(&app, file, options, &mut tally)?;
            continue;
        }
        let draft = text::read(file, app.largest_article)
            .and_then(|bytes| Ok(intake::read_text(&bytes, app.largest_article)?))
            .map(|draft| Draft { published: draft.published.or(options.published), ..draft });
        one(&app, file, draft, options, &mut tally)?;
    }
    tally.tell(options.dry_run)?;
    Ok(if tally.faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Stores one article. What is wrong with it is told, and the others go on; what is wrong with the
/// store ends the run.
fn one(
    app: &App,
    file: &Path,
    draft: Result<Draft, Failure>,
    options: &Options,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let dated = draft.and_then(|draft| draft.article().map(|_| ()).map_err(Failure::from).map(|()| draft));
    let draft = match dated {
        Ok(draft) => draft,
        Err(error) => {
            tally.faults += 1;
            writeln!(io::stderr(), "attache: {}", named(file, &*error))?;
            return Ok(());
        }
    };
    let article = draft.article()?;
    if options.dry_run {
        let (outcome, events) = intake::would_take(app, &article)?;
        tally.count_dry(&outcome, events.len());
        writeln!(io::stdout(), "{}: {}", text::name(file), words(&outcome, events.len()))?;
        return Ok(());
    }
    let how = how(options, Announce::All);
    let outcome = intake::take(app, &article, &how)?;
    if let Outcome::SetAside { reason } = &outcome {
        writeln!(io::stderr(), "attache: {}: set aside: {reason}", text::name(file))?;
    }
    tally.count(&outcome);
    Ok(())
}

fn how(options: &Options, unless: Announce) -> How<'static> {
    let announce = options.announce.map_or(unless, Announce::from);
    How { origin: "file", announce, now: Timestamp::now() }
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
fn named(file: &Path, error: &(dyn std::error::Error + Send + Sync)) -> String {
    let (name, text) = (text::name(file), error.to_string());
    if text.starts_with(&name) { text } else { format!("{name}: {text}") }
}

/// Stores all of a folder or file. The past is read in silence unless told otherwise.
fn many(app: &App, file: &Path, options: &Options, tally: &mut Tally) -> Result<(), Failure> {
    let source = Source::open(file, app.largest_article, options.published)?;
    let bar = text::progress_of(Some(source.size()));
    let mut fault = None;
    let mut told = |what: Told<'_>| {
        fault = fault.take().or(hear(&bar, file, tally, what).err());
    };
    if options.dry_run {
        intake::survey(app, source, &mut told)?;
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
        Told::Would(outcome, events, done) => {
            tally.count_dry(outcome, events);
            bar.set_position(done);
            Ok(())
        }
    }
}
