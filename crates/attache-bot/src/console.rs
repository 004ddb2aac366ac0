//! The commands in a terminal: one line in, one answer out.

pub(crate) mod help;

use std::fs;
use std::io::{self, BufRead, IsTerminal as _, Write};

use rustyline::error::ReadlineError;

use crate::app::App;
use crate::command::{Call, Caller, Fault, OptKind, Value};
use crate::intake::file::{self, BadFile, Limits};
use crate::line;
use crate::reply::terminal::{self, Look};
use crate::reply::{Answer, Picture};

/// How a session shows its answers.
#[derive(Debug, Clone, Copy)]
pub struct Session<'a> {
    /// The program.
    pub app: &'a App,
    /// Print answers as JSON, one object a line.
    pub json: bool,
    /// The terminal.
    pub look: Look,
}

/// What a line asks of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Nothing,
    Quit,
    Help(String),
    Command,
}

/// The terminal standard output is connected to.
#[must_use]
pub fn look() -> Look {
    let terminal = io::stdout().is_terminal();
    Look {
        width: if terminal { textwrap::termwidth().min(110) } else { 100 },
        colour: terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

impl Session<'_> {
    /// Runs one command and writes its answer.
    ///
    /// # Errors
    /// The fault of the command, or of writing.
    pub fn run(&self, line: &str, out: &mut dyn Write) -> Result<(), Fault> {
        let answer = self.answer(line)?;
        let text =
            if self.json { format!("{}\n", answer.data) } else { terminal::render(&answer, self.look) };
        out.write_all(text.as_bytes()).map_err(|error| Fault::Internal(Box::new(error)))?;
        for picture in &answer.pictures {
            let path =
                write_picture(picture).map_err(|error| Fault::user(format!("{}: {error}", picture.name)))?;
            // Data alone goes to standard output where data is asked for.
            let what = if path.ends_with(".png") { "Chart written" } else { "Written" };
            let told = format!("{what} to {path}: {}.", picture.alt);
            let done = if self.json { writeln!(io::stderr(), "{told}") } else { writeln!(out, "{told}") };
            done.map_err(|error| Fault::Internal(Box::new(error)))?;
        }
        Ok(())
    }

    fn answer(&self, line: &str) -> Result<Answer, Fault> {
        let (command, mut args) = line::read(line)?;
        for (opt, path) in line::files(command, &args) {
            let value = read_file(&path, self.app.limits())
                .map_err(|error| Fault::user(format!("{opt}: {path}: {error}")))?;
            args.set(opt, value);
        }
        let crate::command::Body::Run { run, .. } = command.body else {
            return Err(Fault::user(help::needs_subcommand(command)));
        };
        run(&Call { app: self.app, caller: &Caller::Operator, args: &args, now: self.app.clock.now() })
    }

    /// Reads commands until the input ends or says `quit`. Faults are told and the session goes on.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub fn serve(&self, out: &mut dyn Write) -> io::Result<()> {
        if io::stdin().is_terminal() {
            return self.serve_terminal(out);
        }
        for line in io::stdin().lock().lines() {
            if !self.take(&line?, out)? {
                break;
            }
        }
        out.flush()
    }

    fn serve_terminal(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut editor = rustyline::DefaultEditor::new().map_err(io::Error::other)?;
        loop {
            match editor.readline("attaché> ") {
                Ok(line) => {
                    let kept = editor.add_history_entry(line.as_str());
                    kept.map_err(io::Error::other)?;
                    if !self.take(&line, out)? {
                        return Ok(());
                    }
                }
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    /// Does what a line says; `false` ends the session.
    fn take(&self, line: &str, out: &mut dyn Write) -> io::Result<bool> {
        match read_line(line) {
            Line::Nothing => {}
            Line::Quit => return Ok(false),
            Line::Help(of) => out.write_all(help::help(&of, self.look).as_bytes())?,
            Line::Command => match self.run(line, out) {
                Ok(()) if self.json => {}
                Ok(()) => writeln!(out)?,
                Err(Fault::Internal(error)) if broken_pipe(&*error) => {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                Err(fault) => writeln!(out, "{fault}\n")?,
            },
        }
        out.flush()?;
        Ok(true)
    }
}

/// Whether an error is the reader of our output having left.
fn broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn read_line(line: &str) -> Line {
    let line = line.trim().trim_start_matches('/');
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    match first {
        "" => Line::Nothing,
        "quit" | "exit" => Line::Quit,
        "help" | "?" => Line::Help(rest.trim().trim_start_matches('/').to_owned()),
        _ => Line::Command,
    }
}

/// Writes a picture into the working directory, under a name that is free.
fn write_picture(picture: &Picture) -> io::Result<String> {
    let (stem, ending) = picture.name.rsplit_once('.').unwrap_or((&picture.name, "png"));
    for n in 1..1000 {
        let name = if n == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{n}.{ending}") };
        match fs::File::options().write(true).create_new(true).open(&name) {
            Ok(mut file) => return file.write_all(&picture.bytes).map(|()| name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "a thousand charts of that name are there already"))
}

fn read_file(path: &str, limits: Limits) -> Result<Value, BadFile> {
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    let name = std::path::Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Value::File { name, bytes: file::load(file, Some(size), limits)? })
}

/// Whether an option takes a file; used to read it before the command runs.
pub(crate) const fn is_file(kind: OptKind) -> bool {
    matches!(kind, OptKind::File)
}
