//! The command line. Exit codes: 0 done, 1 something failed, 2 the command line was wrong.

mod export;
mod extract;
mod files;
mod ingest;
mod serve;
mod text;
mod timex;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use attache_extract::Extractor;
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::App;
use crate::clock;
use crate::config::{self, Settings};
use crate::intake::feed::Board;
use crate::intake::{World, read_published};

/// Reads trade diplomacy, keeps what happened, answers with the sentence behind it.
///
/// Without a subcommand: serves Discord where a token is set, else the terminal.
#[derive(Debug, Parser)]
#[command(name = "attache", version, max_term_width = 100)]
struct Cli {
    /// Configuration file; bot-config.toml in the working directory unless given.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Serve Discord; in the terminal where no token is set.
    Run,
    /// Serve the commands in the terminal.
    Console {
        /// Run this one command and leave.
        #[arg(short = 'c', value_name = "COMMAND")]
        command: Option<String>,
        /// Print the answers' data, one JSON object a line.
        #[arg(long)]
        json: bool,
        /// Answer as the store would have at this instant, such as 2026-03-01T09:00Z; nothing is
        /// stored then.
        #[arg(long, value_name = "INSTANT")]
        as_known: Option<Timestamp>,
    },
    /// Make the store and load the shipped chronology into it.
    Init {
        /// Load the sample articles as well.
        #[arg(long)]
        sample: bool,
    },
    /// Print the events of a text, or of JSON Lines of articles.
    Extract(extract::Options),
    /// Print the time expressions of JSON Lines of texts.
    Timex {
        /// Read and write JSON Lines.
        #[arg(long, required = true)]
        jsonl: bool,
        /// The file; standard input unless given.
        #[arg(default_value = "-", value_name = "FILE")]
        file: PathBuf,
    },
    /// Read articles and store their events.
    Ingest(ingest::Options),
    /// Show sentence by sentence how a text was read.
    Explain {
        /// The text; - is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Day of publication.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_published)]
        published: Option<Date>,
        /// Headline.
        #[arg(long)]
        title: Option<String>,
    },
    /// Answer a question from the store.
    Ask {
        /// The question.
        #[arg(required = true)]
        question: Vec<String>,
        /// Print the answer's data.
        #[arg(long)]
        json: bool,
    },
    /// Write everything stored as JSON Lines, or a view as a table or calendar.
    Export {
        /// The file; standard output unless given.
        #[arg(default_value = "-", value_name = "FILE")]
        file: PathBuf,
        /// jsonl: everything, to be imported again; csv: one view; ics: the deadlines.
        #[arg(long, value_enum, default_value = "jsonl")]
        format: export::Format,
        /// Which view a csv file holds.
        #[arg(long, value_enum, default_value = "tariffs")]
        view: crate::tables::View,
        /// The day of a csv or ics file, YYYY-MM-DD; today unless given.
        #[arg(long, value_name = "DAY")]
        as_of: Option<String>,
    },
    /// Take in what `export` wrote.
    Import {
        /// The file; - is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write a backup and prove that it restores.
    Backup {
        /// A file that does not exist yet.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Make a folder whose store stands as this one stood at an instant, with its history up to then.
    Restore {
        /// The instant, such as 2026-03-01T09:00Z.
        #[arg(long, value_name = "INSTANT")]
        until: Timestamp,
        /// A folder that is empty or does not exist.
        #[arg(value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Make the store's files smaller; nothing that was stored or corrected is dropped.
    Compact,
    /// Check the configuration and every row of the store.
    Check {
        /// Mend damaged files first, from their copies; what was damaged is kept beside.
        #[arg(long)]
        repair: bool,
    },
    /// Print the configuration in force, with the token hidden.
    Config,
}

/// An error for the terminal.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        // Whoever read our output has left: nothing is wrong with us.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed as well; there is nobody left to tell then.
            let _ = writeln!(io::stderr(), "attache: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let settings = config::load(cli.config.as_deref())?;
    match cli.task.unwrap_or(Task::Run) {
        Task::Run => serve::run(&settings, cli.config),
        Task::Console { command, json, as_known } => {
            serve::console(&settings, command.as_deref(), json, as_known)
        }
        Task::Init { sample } => serve::init(&settings, sample),
        Task::Extract(options) => extract::run(&options, settings.intake.largest_article),
        Task::Timex { file, .. } => timex::run(&file),
        Task::Ingest(options) => ingest::run(&settings, &options),
        Task::Explain { file, published, title } => {
            extract::explain(&file, published, title, settings.intake.largest_article)
        }
        Task::Ask { question, json } => serve::ask(&settings, &question.join(" "), json),
        Task::Export { file, format, view, as_of } => {
            export::export(&settings, &file, export::What { format, view, as_of })
        }
        Task::Import { file } => export::import(&settings, &file),
        Task::Backup { file } => export::backup(&settings, &file),
        Task::Restore { until, to } => files::restore(&settings, until, &to),
        Task::Compact => files::compact(&settings),
        Task::Check { repair } => files::check(&settings, repair),
        Task::Config => {
            write!(io::stdout(), "{}", settings.shown())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Opens the store of the configuration.
fn open(settings: &Settings) -> Result<App, Failure> {
    Ok(App {
        store: files::open(&settings.store.path)?,
        extractor: Extractor::builtin(),
        backups: settings.store.backups(),
        largest_article: settings.intake.largest_article,
        largest_file: settings.intake.largest_file,
        clock: clock::of(&settings.delivery.clock_file),
        pace: settings.delivery.pace(),
        world: World::new(settings.fetch.rules()),
        feeds: Board::new(settings.plan()),
        watch: settings.intake.watched(),
    })
}
