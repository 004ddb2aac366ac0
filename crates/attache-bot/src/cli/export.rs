//! `export`, `import` and `backup`.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use attache_store::ImportError;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Failure, open, text};
use crate::config::Settings;
use crate::intake::read_day;
use crate::tables::{View, table, write_calendar, write_csv};

/// Form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Everything, lossless.
    Jsonl,
    /// One view as a table.
    Csv,
    /// Deadlines as a calendar.
    Ics,
}

/// What to export.
#[derive(Debug)]
pub(crate) struct What {
    pub(crate) format: Format,
    pub(crate) view: View,
    pub(crate) as_of: Option<String>,
}

pub(super) fn export(settings: &Settings, file: &Path, what: What) -> Result<ExitCode, Failure> {
    let app = open(settings)?;
    let now = Timestamp::now();
    let day = match &what.as_of {
        Some(text) => read_day(text).map_err(|wrong| format!("--as-of: {wrong}"))?,
        None => TimeZone::UTC.to_datetime(now).date(),
    };
    if what.format != Format::Jsonl {
        let mut out: Box<dyn io::Write> = if file == Path::new("-") {
            Box::new(BufWriter::new(io::stdout()))
        } else {
            let new = File::options().write(true).create_new(true).open(file);
            Box::new(BufWriter::new(new.map_err(|error| format!("{}: {error}", file.display()))?))
        };
        if what.format == Format::Csv {
            write_csv(&table(&app, what.view, day)?, &mut out)?;
        } else {
            write_calendar(&app, day, now, &mut out)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if file == Path::new("-") {
        app.store.export(&mut BufWriter::new(io::stdout())).map_err(unwrap_io)?;
    } else {
        let new = File::options().write(true).create_new(true).open(file);
        let new = new.map_err(|error| format!("{}: {error}", file.display()))?;
        let lines = app.store.export(&mut BufWriter::new(&new))?;
        new.sync_all()?;
        writeln!(io::stderr(), "{lines} lines written to {}", file.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The system's own error, so that a reader who left is told apart from a fault.
fn unwrap_io(error: ImportError) -> Failure {
    match error {
        ImportError::Io(error) => error.into(),
        other => other.into(),
    }
}

pub(super) fn import(settings: &Settings, file: &Path) -> Result<ExitCode, Failure> {
    let app = open(settings)?;
    let mut input = text::open(file)?;
    let done = app
        .store
        .import(&mut input, jiff::Timestamp::now())
        .map_err(|error| format!("{}: {error}", text::name(file)))?;
    writeln!(
        io::stdout(),
        "{} articles and {} events taken in; {} were there already",
        done.articles,
        done.events,
        done.known
    )?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn backup(settings: &Settings, file: &Path) -> Result<ExitCode, Failure> {
    let app = open(settings)?;
    let lines = app.store.backup(file).map_err(|error| format!("{}: {error}", file.display()))?;
    writeln!(
        io::stdout(),
        "{lines} lines written to {}; the backup was restored once to prove it",
        file.display()
    )?;
    Ok(ExitCode::SUCCESS)
}
