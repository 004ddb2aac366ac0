//! Taking everything out and in: JSON Lines, one versioned object a line, and backups made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::article::{Article, MOST_BYTES, ReadFrom};
use crate::change::Act;
use crate::commit::{event_row, rows_of};
use crate::correct::{Action, AuditEntry};
use crate::engine::{Put, Table};
use crate::error::{ImportError, ReadError, WriteError};
use crate::id::{ArticleId, AuditId, EventId};
use crate::revision::{Appearance, Revision};
use crate::row::StoredEvent;
use crate::store::{Store, put};

/// Version of the lines below.
const SCHEMA: u32 = 2;

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line {
    Header {
        schema: u32,
        program: String,
    },
    Article {
        article: Article,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<ReadFrom>,
    },
    Event {
        event: StoredEvent,
    },
    Change {
        entry: AuditEntry,
    },
    Revision {
        revision: Revision,
    },
    Appearance {
        appearance: Appearance,
    },
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
    /// Writes every article, event and change as JSON Lines, as they are at one instant: writers
    /// wait meanwhile. Subscriptions and deliveries belong to one Discord application and stay
    /// behind. Returns the number of lines.
    ///
    /// # Errors
    /// When the store cannot be read or `to` not be written.
    pub fn export(&self, to: &mut dyn Write) -> Result<usize, ImportError> {
        let _still = self.writer();
        let mut lines = 1;
        let program = concat!("attache ", env!("CARGO_PKG_VERSION")).to_owned();
        write_line(to, &Line::Header { schema: SCHEMA, program })?;
        for article in self.all::<Article>(Table::Article)? {
            let text = self.article_text(article.id)?.unwrap_or_default();
            let from = self.read_from(article.id)?;
            write_line(to, &Line::Article { article, text, from })?;
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
        for revision in self.all::<Revision>(Table::Revision)? {
            write_line(to, &Line::Revision { revision })?;
            lines += 1;
        }
        for appearance in self.all::<Appearance>(Table::Appearance)? {
            write_line(to, &Line::Appearance { appearance })?;
            lines += 1;
        }
        to.flush()?;
        Ok(lines)
    }

    /// Reads what [`export`](Self::export) wrote. Known articles and events stay as they are, but
    /// an event of a later revision takes the place of its earlier one, and sources are united;
    /// nothing is announced.
    ///
    /// # Errors
    /// At the first line that is wrong, with its number; **nothing** of the stream is stored then.
    ///
    /// # Guarantees
    /// A long stream takes several commits. Cut off between two, what is there is whole, and
    /// importing again brings the rest.
    pub fn import(&self, from: &mut dyn BufRead, now: Timestamp) -> Result<Imported, ImportError> {
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(from.lines()) {
            let wrong = |what: String| ImportError::Line { line: number, what };
            let line = line.map_err(|error| wrong(error.to_string()))?;
            if line.trim().is_empty() {
                continue;
            }
            let line: Line = serde_json::from_str(&line).map_err(|error| wrong(error.to_string()))?;
            let headed = matches!(line, Line::Header { .. });
            if headed != (number == 1) {
                let what = if headed { "a second header" } else { "not an export of attache: no header" };
                return Err(wrong(what.to_owned()));
            }
            lines.push((number, line));
        }
        let mut fault = None;
        let done = self.decide_in_parts(now, "program", Act::Import, |writer| {
            let mut coming = Coming { audit: writer.audit, ..Coming::default() };
            for (number, line) in &lines {
                self.import_line(line, &mut coming).map_err(|error| match error {
                    Refused::Line(what) => {
                        fault = Some(ImportError::Line { line: *number, what: what.clone() });
                        WriteError::Conflict(what)
                    }
                    Refused::Write(error) => error,
                })?;
            }
            let Coming { done, mut groups, events, audit, changes, .. } = coming;
            for event in events.into_values() {
                groups.push(vec![event_row(&event)?]);
            }
            groups.extend(changes);
            writer.audit = audit;
            Ok((done, groups))
        });
        match (fault, done) {
            (Some(fault), _) => Err(fault),
            (None, done) => Ok(done?),
        }
    }

    fn import_line(&self, line: &Line, coming: &mut Coming) -> Result<(), Refused> {
        match line {
            Line::Header { schema, .. } if *schema > SCHEMA => {
                Err(Refused::Line(format!("schema {schema}; this program reads up to {SCHEMA}")))
            }
            Line::Header { .. } => Ok(()),
            Line::Article { article, text, from } => {
                self.import_article(article, text, from.as_ref(), coming)
            }
            Line::Event { event } => self.import_event(event, coming),
            Line::Change { entry } => self.import_change(entry.clone(), coming),
            Line::Revision { revision } => self.import_revision(revision, coming),
            Line::Appearance { appearance } => self.import_appearance(appearance, coming),
        }
    }

    fn import_article(
        &self,
        article: &Article,
        text: &str,
        from: Option<&ReadFrom>,
        coming: &mut Coming,
    ) -> Result<(), Refused> {
        if ArticleId::of_text(text) != article.id || text.len() > MOST_BYTES {
            return Err(Refused::Line(format!("the text is not that of article {}", article.id)));
        }
        if !coming.articles.insert(article.id) || self.article(article.id)?.is_some() {
            coming.done.known += 1;
            return Ok(());
        }
        coming.done.articles += 1;
        coming.addresses.insert(article.id, article.url.clone());
        let mut rows = rows_of(article, text)?;
        if let Some(from) = from {
            rows.push(put(Table::ReadFrom, article.id.0, from)?);
        }
        coming.groups.push(rows);
        Ok(())
    }

    fn import_revision(&self, revision: &Revision, coming: &mut Coming) -> Result<(), Refused> {
        for text in [revision.article, revision.of, revision.before] {
            if !coming.articles.contains(&text) && self.article(text)?.is_none() {
                return Err(Refused::Line(format!("article {text} of a revision is not there")));
            }
        }
        // Two stores that read the same article's versions apart keep their own order of them.
        if self.revisions(revision.of)?.iter().any(|held| held.number >= revision.number) {
            coming.done.known += 1;
            return Ok(());
        }
        let url = match coming.addresses.get(&revision.article) {
            Some(url) => url.clone(),
            None => self.article(revision.article)?.and_then(|article| article.url),
        };
        coming.groups.push(revision.rows(url.as_deref())?);
        Ok(())
    }

    fn import_appearance(&self, appearance: &Appearance, coming: &mut Coming) -> Result<(), Refused> {
        let of = appearance.article;
        if !coming.articles.contains(&of) && self.article(of)?.is_none() {
            return Err(Refused::Line(format!("article {of} of an appearance is not there")));
        }
        if self.row::<Appearance>(Table::Appearance, &appearance.key())?.is_some() {
            coming.done.known += 1;
            return Ok(());
        }
        coming.groups.push(appearance.rows()?);
        Ok(())
    }

    fn import_event(&self, event: &StoredEvent, coming: &mut Coming) -> Result<(), Refused> {
        attache_extract::Event::try_from(event.event.clone()).map_err(Refused::Line)?;
        if event.sources.is_empty() {
            return Err(Refused::Line(format!("event {} has no source", event.id)));
        }
        for source in &event.sources {
            if !coming.articles.contains(&source.article) && self.article(source.article)?.is_none() {
                let what = format!("article {} of event {} is not there", source.article, event.id);
                return Err(Refused::Line(what));
            }
        }
        let stored = self.event(event.id)?;
        let held = coming.events.get(&event.id).or(stored.as_ref());
        let after = held.map_or_else(|| event.clone(), |held| united(held, event));
        if held == Some(&after) {
            coming.done.known += 1;
            return Ok(());
        }
        coming.done.events += 1;
        coming.events.insert(after.id, after);
        Ok(())
    }

    /// A change keeps its number where that is free. Where another change has it, the newcomer gets
    /// the next one.
    fn import_change(&self, mut entry: AuditEntry, coming: &mut Coming) -> Result<(), Refused> {
        let mut twin = None;
        self.each(Table::Audit, &[], &[u8::MAX; 9], false, &mut |_, held: AuditEntry| {
            let same = held.event == entry.event && held.at == entry.at && held.before == entry.before;
            twin = same.then_some(held.id);
            if same { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if let Some(twin) = twin {
            coming.renamed.insert(entry.id, twin);
            coming.done.known += 1;
            return Ok(());
        }
        if let Action::Undid(undone) = &mut entry.action {
            *undone = coming.renamed.get(undone).copied().unwrap_or(*undone);
        }
        let taken = coming.renamed.values().any(|id| *id == entry.id)
            || self.row::<AuditEntry>(Table::Audit, &entry.id.0.to_be_bytes())?.is_some()
            || self.feed_change(entry.id)?.is_some();
        let id = if taken { AuditId(coming.audit + 1) } else { entry.id };
        coming.renamed.insert(entry.id, id);
        coming.audit = coming.audit.max(id.0);
        entry.id = id;
        coming.changes.push(vec![put(Table::Audit, id.0.to_be_bytes(), &entry)?]);
        Ok(())
    }

    /// Exports into a new file, reads it back into a scratch store beside it to prove that it
    /// restores, and gives the number of lines. The file has its name only when it is proven.
    ///
    /// # Errors
    /// When the file exists, cannot be written, or does not restore to the same lines.
    pub fn backup(&self, to: &Path) -> Result<usize, ImportError> {
        if to.exists() {
            let what = format!("{} is there already", to.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, what).into());
        }
        let (unproven, scratch) = (beside(to, "unproven"), beside(to, "proof"));
        let done = self.write_proven(&unproven, &scratch).and_then(|lines| {
            fs::rename(&unproven, to)?;
            File::open(to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))?
                .sync_all()?;
            Ok(lines)
        });
        if done.is_err() {
            // Half a backup is none; the fault that made it so is the one to tell.
            let _ = fs::remove_file(&unproven);
        }
        done
    }

    fn write_proven(&self, file: &Path, scratch: &Path) -> Result<usize, ImportError> {
        fs::create_dir(scratch)?;
        let proven = (|| {
            let mut out = BufWriter::new(File::options().write(true).create_new(true).open(file)?);
            let lines = self.export(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            prove(file, scratch).map(|()| lines)
        })();
        fs::remove_dir_all(scratch)?;
        proven
    }
}

/// What an import is about to store.
#[derive(Default)]
struct Coming {
    done: Imported,
    /// Rows that must not be parted.
    groups: Vec<Vec<Put>>,
    articles: BTreeSet<ArticleId>,
    addresses: BTreeMap<ArticleId, Option<String>>,
    /// As they will be.
    events: BTreeMap<EventId, StoredEvent>,
    changes: Vec<Vec<Put>>,
    renamed: BTreeMap<AuditId, AuditId>,
    audit: u64,
}

/// The later revision, with the sources of both.
fn united(held: &StoredEvent, new: &StoredEvent) -> StoredEvent {
    let later = if held.revision < new.revision { new } else { held };
    let mut sources = held.sources.clone();
    for source in &new.sources {
        if !sources.iter().any(|known| known.article == source.article) {
            sources.push(source.clone());
        }
    }
    StoredEvent { sources, ..later.clone() }
}

/// A name beside `to`, for this process alone.
fn beside(to: &Path, what: &str) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".{what}-{}", std::process::id()));
    name.into()
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

/// Restores a backup into `scratch` and writes it out again: every byte must be the same.
fn prove(backup: &Path, scratch: &Path) -> Result<(), ImportError> {
    let other = |what: String| ImportError::Io(io::Error::other(what));
    let store = Store::open(scratch).map_err(|error| other(error.to_string()))?;
    store.import(&mut BufReader::new(File::open(backup)?), Timestamp::UNIX_EPOCH)?;
    let mut same = Compare { with: BufReader::new(File::open(backup)?), equal: true };
    store.export(&mut same)?;
    let whole = same.equal && same.with.fill_buf()?.is_empty();
    if whole { Ok(()) } else { Err(other("the backup does not restore to what was stored".to_owned())) }
}

/// Takes bytes and holds them against a file's.
struct Compare {
    with: BufReader<File>,
    equal: bool,
}

impl Write for Compare {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let held = self.with.fill_buf()?;
        let length = held.len().min(bytes.len());
        self.equal &= length > 0 && held.get(..length) == bytes.get(..length);
        self.with.consume(length);
        // Beyond the file's end everything differs already.
        Ok(if length == 0 { bytes.len() } else { length })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_line(to: &mut dyn Write, line: &Line) -> Result<(), ImportError> {
    serde_json::to_writer(&mut *to, line).map_err(std::io::Error::from)?;
    to.write_all(b"\n")?;
    Ok(())
}
