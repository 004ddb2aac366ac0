//! The store's files: opening them, `check`, `compact` and `restore`.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use attache_store::Store;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use super::Failure;
use crate::config::Settings;
use crate::{discord, operator};

/// Commits above which taking them in is shown.
const MANY: u64 = 5_000;

/// Opens the store, with a bar where that takes long, and tells what had to be mended.
pub(super) fn open(folder: &Path) -> Result<Store, Failure> {
    let mut bar: Option<ProgressBar> = None;
    let opened = Store::open_with(folder, &mut |done, all| {
        if all < MANY || !io::stderr().is_terminal() {
            return;
        }
        let bar = bar.get_or_insert_with(|| shown(all));
        bar.set_position(done);
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let store = opened?;
    for note in store.notes() {
        writeln!(io::stderr(), "{}: {note}", folder.display())?;
    }
    Ok(store)
}

fn shown(all: u64) -> ProgressBar {
    let style =
        ProgressStyle::with_template("Taking in the journal {bar:30} {pos} of {len} commits, {eta} left");
    let bar = ProgressBar::new(all);
    bar.enable_steady_tick(Duration::from_millis(200));
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

pub(super) fn check(settings: &Settings, repair: bool) -> Result<ExitCode, Failure> {
    let mut out = io::stdout();
    if repair {
        let notes = Store::repair(&settings.store.path)?;
        for note in &notes {
            writeln!(out, "repair: {note}")?;
        }
        if notes.is_empty() {
            writeln!(out, "repair: the journal is whole; sled is made anew from it")?;
        }
    }
    let store = open(&settings.store.path)?;
    let report = store.check()?;
    writeln!(out, "configuration: good")?;
    let folder = store.folder().display();
    writeln!(out, "store {folder}: {} rows read, {} faults", report.rows, report.faults.len())?;
    for fault in &report.faults {
        writeln!(out, "  {fault}")?;
    }
    let online = match settings.discord.token.is_empty() {
        true => {
            writeln!(out, "no Discord token is set (DISCORD_TOKEN): Discord was not asked")?;
            true
        }
        false => check_discord(settings, &store, &mut out)?,
    };
    Ok(if report.faults.is_empty() && online { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Asks Discord about the token and the channels; whether all is good.
fn check_discord(settings: &Settings, store: &Store, out: &mut dyn io::Write) -> Result<bool, Failure> {
    let subscriptions = store.subscriptions()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let settings = discord::Settings::from(settings);
    let findings = runtime.block_on(operator::check::ask(&settings, &subscriptions));
    for finding in &findings {
        let mark = if finding.good { "good" } else { "WRONG" };
        writeln!(out, "{mark}  {}", finding.text)?;
    }
    Ok(findings.iter().all(|finding| finding.good))
}

pub(super) fn compact(settings: &Settings) -> Result<ExitCode, Failure> {
    // Opened once, so that the folder is in order whatever ended the last process.
    drop(open(&settings.store.path)?);
    let (had, has) = Store::compact(&settings.store.path)?;
    drop(open(&settings.store.path)?);
    writeln!(io::stdout(), "the journal had {had} bytes and has {has}")?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(settings: &Settings, until: Timestamp, to: &Path) -> Result<ExitCode, Failure> {
    let store = open(&settings.store.path)?;
    let commits = store.restore(until, to)?;
    let restored = open(to)?;
    let events = restored.stats()?.events;
    writeln!(io::stdout(), "{}: {commits} commits up to {until}, {events} events", to.display())?;
    Ok(ExitCode::SUCCESS)
}
