//! Taking everything out and in: JSON Lines, one versioned object a line, and backups made of them.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::article::{Article, MOST_BYTES};
use crate::commit::{event_rows, replaced_rows, rows_of};
use crate::correct::AuditEntry;
use crate::engine::{Put, Table};
use crate::error::{ImportError, ReadError, WriteError};
use crate::id::ArticleId;
use crate::row::StoredEvent;
use crate::store::{Store, put};

/// Version of the lines below.
const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line {
    Header { schema: u32, program: String },
    Article { article: Article, text: String },
    Event { event: StoredEvent },
    Change { entry: AuditEntry },
}

/// What an import brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Articles that were not there.
    pub articles: usize,
    /// Events that were not there, or were there in an earlier revision.
    pub events: usize,
    /// Lines that said what was there already.
    pub known: usize,
}

impl Store {
    /// Writes every article, event and change as JSON Lines. Subscriptions and deliveries belong to
    /// one Discord application and stay behind.
    ///
    /// # Errors
    /// When the store cannot be read or `to` not be written.
    pub fn export(&self, to: &mut dyn Write) -> Result<usize, ImportError> {
        let mut lines = 1;
        write_line(
            to,
            &Line::Header {
                schema: SCHEMA,
                program: concat!("attache ", env!("CARGO_PKG_VERSION")).to_owned(),
            },
        )?;
        for article in self.all::<Article>(Table::Article)? {
            let text = self.article_text(article.id)?.unwrap_or_default();
            write_line(to, &Line::Article { article, text })?;
            lines += 1;
        }
        for event in self.all::<StoredEvent>(Table::Event)? {
            write_line(to, &Line::Event { event })?;
            lines += 1;
        }
        for entry in self.all::<AuditEntry>(Table::Audit)? {
            write_line(to, &Line::Change { entry })?;
            lines += 1;
        }
        to.flush()?;
        Ok(lines)
    }

    /// Reads what [`export`](Self::export) wrote. Known articles and events stay as they are, an
    /// event of a later revision takes the place of its earlier one; nothing is announced.
    ///
    /// # Errors
    /// At the first line that is wrong, with its number; **nothing** of the stream is stored then.
    pub fn import(&self, from: &mut dyn BufRead) -> Result<Imported, ImportError> {
        let mut writer = self.writer();
        let mut done = Imported::default();
        let mut puts = Vec::new();
        for (number, line) in (1..).zip(from.lines()) {
            let wrong = |what: String| ImportError::Line { line: number, what };
            let line = line.map_err(|error| wrong(error.to_string()))?;
            if line.trim().is_empty() {
                continue;
            }
            let line: Line = serde_json::from_str(&line).map_err(|error| wrong(error.to_string()))?;
            match (number, &line) {
                (1, Line::Header { schema, .. }) if *schema > SCHEMA => {
                    return Err(wrong(format!("schema {schema}; this program reads up to {SCHEMA}")));
                }
                (1, Line::Header { .. }) => {}
                (1, _) => {
                    return Err(wrong("not an export of attache: the first line is no header".to_owned()));
                }
                _ => {}
            }
            let brought = self.import_line(line, &mut writer.audit).map_err(|error| match error {
                Refused::Line(what) => wrong(what),
                Refused::Write(error) => error.into(),
            })?;
            puts.extend(match brought {
                Brought::Header => Vec::new(),
                Brought::Known => {
                    done.known += 1;
                    Vec::new()
                }
                Brought::Article(rows) => {
                    done.articles += 1;
                    rows
                }
                Brought::Event(rows) => {
                    done.events += 1;
                    rows
                }
                Brought::Change(rows) => rows,
            });
        }
        if !puts.is_empty() {
            self.write(&mut writer, puts)?;
        }
        Ok(done)
    }

    fn import_line(&self, line: Line, audit: &mut u64) -> Result<Brought, Refused> {
        match line {
            Line::Header { .. } => Ok(Brought::Header),
            Line::Article { article, text } => {
                if ArticleId::of_text(&text) != article.id || text.len() > MOST_BYTES {
                    return Err(Refused::Line(format!("the text is not that of article {}", article.id)));
                }
                if self.article(article.id)?.is_some() {
                    return Ok(Brought::Known);
                }
                Ok(Brought::Article(rows_of(&article, &text)?))
            }
            Line::Event { event } => {
                attache_extract::Event::try_from(event.event.clone()).map_err(Refused::Line)?;
                match self.event(event.id)? {
                    None => Ok(Brought::Event(event_rows(&event)?)),
                    Some(held) if held.revision < event.revision => {
                        Ok(Brought::Event(replaced_rows(&held, &event)?))
                    }
                    Some(_) => Ok(Brought::Known),
                }
            }
            Line::Change { entry } => {
                let key = entry.id.0.to_be_bytes();
                if self.row::<AuditEntry>(Table::Audit, &key)?.is_some() {
                    return Ok(Brought::Known);
                }
                *audit = (*audit).max(entry.id.0);
                Ok(Brought::Change(vec![put(Table::Audit, key, &entry)?]))
            }
        }
    }

    /// Exports into a new file, reads it back into a scratch store beside it to prove that it
    /// restores, and gives the number of lines.
    ///
    /// # Errors
    /// When the file exists, cannot be written, or does not restore to the same events.
    pub fn backup(&self, to: &Path) -> Result<usize, ImportError> {
        let file = File::options().write(true).create_new(true).open(to)?;
        let mut out = BufWriter::new(file);
        let lines = self.export(&mut out)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        let scratch = to.with_extension("verify");
        let verified = verify(to, &scratch, self.stats()?.events);
        fs::remove_dir_all(&scratch)?;
        verified.map(|()| lines)
    }
}

enum Brought {
    Header,
    Known,
    Article(Vec<Put>),
    Event(Vec<Put>),
    Change(Vec<Put>),
}

enum Refused {
    Line(String),
    Write(WriteError),
}

impl From<WriteError> for Refused {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<ReadError> for Refused {
    fn from(error: ReadError) -> Self {
        Self::Write(error.into())
    }
}

fn verify(backup: &Path, scratch: &Path, events: usize) -> Result<(), ImportError> {
    let open = |error: crate::OpenError| ImportError::Io(std::io::Error::other(error.to_string()));
    let store = Store::open(scratch).map_err(open)?;
    store.import(&mut BufReader::new(File::open(backup)?))?;
    let restored = store.stats()?.events;
    if restored == events {
        return Ok(());
    }
    Err(ImportError::Io(std::io::Error::other(format!("the backup restores {restored} of {events} events"))))
}

fn write_line(to: &mut dyn Write, line: &Line) -> Result<(), ImportError> {
    serde_json::to_writer(&mut *to, line).map_err(std::io::Error::from)?;
    to.write_all(b"\n")?;
    Ok(())
}
