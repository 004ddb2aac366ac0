//! Serving commands: on Discord, in the terminal, or a single one.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Failure, open};
use crate::app::App;
use crate::command::Fault;
use crate::config::Settings;
use crate::console::{Session, look};
use crate::intake::{feed, watch};
use crate::{discord, log, operator, sample};

pub(super) fn run(settings: &Settings, file: Option<PathBuf>) -> Result<ExitCode, Failure> {
    if settings.discord.token.is_empty() {
        writeln!(
            io::stderr(),
            "No Discord token is set (DISCORD_TOKEN): serving the commands in this terminal."
        )?;
        return terminal(settings);
    }
    let secrets = vec![settings.discord.token.reveal().to_owned()];
    log::start(&settings.log.level, settings.log.format == "json", secrets)?;
    let app = Arc::new(open(settings)?);
    if app.store.is_empty() {
        learn(settings, &app)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(app, settings, file))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(app: Arc<App>, settings: &Settings, file: Option<PathBuf>) -> Result<(), Failure> {
    let discord = discord::Settings::from(settings);
    let (curators, limits) = (discord.curators.clone(), discord.limits.clone());
    let feeds = Arc::clone(&app);
    operator::reload::follow(file, settings, move |new| {
        curators.set(&new.discord);
        limits.set(&new.discord);
        feeds.feeds.set_plan(new.plan());
    })?;
    operator::serve(Arc::clone(&app), &settings.operator).await?;
    tokio::spawn(operator::watchdog::watch(Arc::clone(&app)));
    let warm = Arc::clone(&app);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = warm.store.make_views() {
            tracing::error!("the stored events cannot all be read: {error}");
        }
    });
    Ok(discord::run(app, discord, discord::asked_to_stop()).await?)
}

/// The main job without Discord: a brief, then commands until the input ends.
fn terminal(settings: &Settings) -> Result<ExitCode, Failure> {
    let app = Arc::new(open(settings)?);
    fill(settings, &app)?;
    // Without Discord nobody waits to be told: the bell rings for nobody.
    let intake = feed::start(&app, Arc::default())?;
    let watch = watch::start(&app, Arc::default())?;
    let session = Session { app: &app, json: false, look: look() };
    let out = &mut io::stdout();
    session.run("/brief", out)?;
    writeln!(out, "\nCommands: help lists them, quit leaves.\n")?;
    let served = session.serve(out);
    app.world.wait(intake.stop())?;
    if let Some(watch) = watch {
        watch.stop();
    }
    served?;
    Ok(ExitCode::SUCCESS)
}

/// Loads the shipped chronology and the sample into an empty store, unless configured off.
fn fill(settings: &Settings, app: &App) -> Result<(), Failure> {
    if !app.store.is_empty() {
        return Ok(());
    }
    learn(settings, app)?;
    if settings.console.sample {
        let articles = sample::load(app, Timestamp::now())?;
        writeln!(
            io::stderr(),
            "The store was empty: {articles} sample articles, written for this purpose, were loaded."
        )?;
    }
    Ok(())
}

fn learn(settings: &Settings, app: &App) -> Result<(), Failure> {
    if settings.store.chronology {
        let events = app.store.load_chronology(Timestamp::now())?;
        writeln!(
            io::stderr(),
            "The store was empty: the shipped chronology, {events} events with their sources, was loaded."
        )?;
    }
    Ok(())
}

pub(super) fn console(
    settings: &Settings,
    command: Option<&str>,
    json: bool,
    as_known: Option<Timestamp>,
) -> Result<ExitCode, Failure> {
    let mut app = open(settings)?;
    match as_known {
        Some(then) => app.store = app.store.as_known(then)?,
        None => fill(settings, &app)?,
    }
    let session = Session { app: &app, json, look: look() };
    match command {
        None => {
            session.serve(&mut io::stdout())?;
            Ok(ExitCode::SUCCESS)
        }
        Some(command) => one(&session, command),
    }
}

fn one(session: &Session<'_>, command: &str) -> Result<ExitCode, Failure> {
    match session.run(command, &mut io::stdout()) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(Fault::Internal(error)) => Err(error),
        Err(fault) => Err(fault.into()),
    }
}

pub(super) fn ask(settings: &Settings, question: &str, json: bool) -> Result<ExitCode, Failure> {
    let escaped = question.replace('\\', "\\\\").replace('"', "\\\"");
    console(settings, Some(&format!("/ask question:\"{escaped}\"")), json, None)
}

/// Makes the store, with the chronology and, where asked, the sample.
pub(super) fn init(settings: &Settings, with_sample: bool) -> Result<ExitCode, Failure> {
    let app = open(settings)?;
    let loaded = if settings.store.chronology { app.store.load_chronology(Timestamp::now())? } else { 0 };
    let articles = if with_sample { sample::load(&app, Timestamp::now())? } else { 0 };
    let stats = app.store.stats()?;
    let folder = app.store.folder().display();
    let sample = if with_sample { format!(", {articles} sample articles") } else { String::new() };
    writeln!(
        io::stdout(),
        "{folder}: {loaded} events of the shipped chronology{sample}; {} events are stored.",
        stats.events
    )?;
    Ok(ExitCode::SUCCESS)
}
