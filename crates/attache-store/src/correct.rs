//! Curators' changes: each one is written down with what was there before, and can be undone.

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use attache_extract::Event;

use crate::change::Act;
use crate::commit::event_row;
use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::{ArticleId, AuditId, EventId};
use crate::join;
use crate::outbox::{self, State};
use crate::record::EventRecord;
use crate::row::{Source, StoredEvent};
use crate::store::{Store, Writer, put};

/// What a curator wants changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Correction {
    /// Put this in the event's place.
    Edit(Box<EventRecord>),
    /// Take the event out.
    Delete,
    /// Put a deleted event back.
    Restore,
}

/// What was done, in the audit log's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Fields changed.
    Edited,
    /// Taken out.
    Deleted,
    /// Put back.
    Restored,
    /// An earlier change was taken back.
    Undid(AuditId),
    /// Taken out because it tells of that event; the other's change has the next number.
    MergedInto(EventId),
    /// Took over the sources of that event; the other's change has the number before.
    Absorbed(EventId),
    /// One source became that event; the other's change has the next number.
    Parted(EventId),
    /// Made of one source of that event; the other's change has the number before.
    PartedFrom(EventId),
}

/// One row of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// The event.
    pub event: EventId,
    /// What was done.
    pub action: Action,
    /// By whom: `operator`, or `discord:` and a user id.
    pub author: String,
    /// When (UTC).
    pub at: Timestamp,
    /// Why, in the author's words.
    pub reason: String,
    /// The event before.
    pub before: StoredEvent,
}

impl Store {
    /// Corrects an event. What waits to be sent of a deleted one is called off.
    ///
    /// # Errors
    /// When there is no such event, the correction fits no event or not its present state, or the
    /// store cannot be written.
    pub fn correct(
        &self,
        id: EventId,
        correction: Correction,
        author: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<AuditEntry, WriteError> {
        self.change(id, author, reason, now, |before, first_day| {
            let mut after = before.clone();
            let action = match &correction {
                Correction::Edit(record) => {
                    let checked = Event::try_from(record.as_ref().clone()).map_err(WriteError::Conflict)?;
                    after.event = EventRecord::from(&checked);
                    after.sort_day = after.event.date.start.unwrap_or(first_day);
                    Action::Edited
                }
                Correction::Delete => Action::Deleted,
                Correction::Restore => Action::Restored,
            };
            // An edit of a deleted event leaves it deleted.
            after.deleted = match action {
                Action::Deleted => true,
                Action::Restored => false,
                _ => before.deleted,
            };
            let idle = after == *before;
            if idle {
                return Err(WriteError::Conflict(format!("event {} is so already", id.short())));
            }
            Ok((after, action))
        })
    }

    /// Puts two events together that tell of one: `kept` takes over the sources of `gone` and what it
    /// leaves open, `gone` is taken out. Two changes, which one undo takes back together.
    ///
    /// # Errors
    /// When one is not there or taken out, or both are one, or the store cannot be written.
    pub fn merge(
        &self,
        gone: EventId,
        kept: EventId,
        author: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<[AuditEntry; 2], WriteError> {
        self.decide(now, author, Act::Correct, |writer| {
            let (from, into) = (self.present(gone)?, self.present(kept)?);
            if gone == kept || from.event.kind != into.event.kind {
                let what = if gone == kept { "both are one event" } else { "they are of different kinds" };
                return Err(WriteError::Conflict(what.to_owned()));
            }
            let mut after = into.clone();
            for source in &from.sources {
                if !after.sources.iter().any(|held| held.article == source.article) {
                    after.sources.push(Source { joined: Some(format!("by {author}")), ..source.clone() });
                }
            }
            join::sharpen(&mut after.event, &from.event);
            after.sort_day = after.event.date.start.unwrap_or(after.sort_day);
            let out = StoredEvent { deleted: true, ..from.clone() };
            let changes = [(Action::MergedInto(kept), from, out), (Action::Absorbed(gone), into, after)];
            self.written_down(writer, changes, author, reason, now)
        })
    }

    /// Makes an event of its own of what one article reports.
    ///
    /// # Errors
    /// When the event is not there or taken out, the article does not report it or alone does, or
    /// the store cannot be written.
    pub fn split(
        &self,
        id: EventId,
        article: ArticleId,
        author: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<[AuditEntry; 2], WriteError> {
        self.decide(now, author, Act::Correct, |writer| {
            let before = self.present(id)?;
            let (own, rest): (Vec<Source>, Vec<Source>) =
                before.sources.iter().cloned().partition(|source| source.article == article);
            let (Some(own), Some(first)) = (own.into_iter().next(), rest.first().cloned()) else {
                let what = format!("article {} is not one of several that report it", article.short());
                return Err(WriteError::Conflict(what));
            };
            let name = format!("{id} of {article}");
            let part = resting_on(&before, EventId::of_name("split", &name), &own, vec![own.clone()]);
            if self.event(part.id)?.is_some_and(|held| !held.deleted) {
                return Err(WriteError::Conflict("it was split off before".to_owned()));
            }
            let revision = self.event(part.id)?.map_or(0, |held| held.revision);
            let none = StoredEvent { deleted: true, revision, ..part.clone() };
            let after = resting_on(&before, id, &first, rest);
            let changes = [(Action::Parted(part.id), before, after), (Action::PartedFrom(id), none, part)];
            self.written_down(writer, changes, author, reason, now)
        })
    }

    fn present(&self, id: EventId) -> Result<StoredEvent, WriteError> {
        let row = self.event(id)?.filter(|row| !row.deleted);
        row.ok_or_else(|| WriteError::Missing(format!("event {}", id.short())))
    }

    /// Changes with the events before and after each: as entries of the log, and the rows of both.
    fn written_down<const N: usize>(
        &self,
        writer: &mut Writer,
        changes: [(Action, StoredEvent, StoredEvent); N],
        author: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<([AuditEntry; N], Vec<Put>), WriteError> {
        let mut puts = Vec::new();
        let entries = changes.map(|(action, before, mut after)| {
            writer.audit += 1;
            after.revision = before.revision + 1;
            let (id, event) = (AuditId(writer.audit), before.id);
            let (author, reason) = (author.to_owned(), reason.to_owned());
            (AuditEntry { id, event, action, author, at: now, reason, before }, after)
        });
        for (entry, after) in &entries {
            puts.push(event_row(after)?);
            puts.push(put(Table::Audit, entry.id.0.to_be_bytes(), entry)?);
            if after.deleted {
                puts.extend(self.called_off(entry.event, now)?);
            }
        }
        Ok((entries.map(|(entry, _)| entry), puts))
    }

    /// Takes back one change, putting the event as it was before it; of two that belong together,
    /// both.
    ///
    /// # Errors
    /// When there is no such row, an event was changed again since (undo that first), or the store
    /// cannot be written.
    pub fn undo(&self, audit: AuditId, author: &str, now: Timestamp) -> Result<AuditEntry, WriteError> {
        let entry = self.entry(audit)?.ok_or_else(|| WriteError::Missing(format!("change {audit}")))?;
        let reason = format!("undo of {audit}");
        let Some(other) = self.partner(&entry)? else {
            return self.change(entry.event, author, &reason, now, |present, _| {
                unchanged_since(present, &entry)?;
                // Reports that arrived since stay.
                let after = StoredEvent { sources: present.sources.clone(), ..entry.before.clone() };
                Ok((after, Action::Undid(audit)))
            });
        };
        let [undone, _] = self.decide(now, author, Act::Correct, |writer| {
            let back = |entry: &AuditEntry| -> Result<(Action, StoredEvent, StoredEvent), WriteError> {
                let present = self.event(entry.event)?;
                let present =
                    present.ok_or_else(|| WriteError::Missing(format!("event {}", entry.event.short())))?;
                unchanged_since(&present, entry)?;
                // Reports that arrived since stay, but not those that the change itself moved.
                let mut after = entry.before.clone();
                let moved = |source: &Source| {
                    [&entry.before, &other.before]
                        .iter()
                        .any(|event| event.sources.iter().any(|held| held.article == source.article))
                };
                after.sources.extend(present.sources.iter().filter(|source| !moved(source)).cloned());
                Ok((Action::Undid(entry.id), present, after))
            };
            let changes = [back(&entry)?, back(&other)?];
            self.written_down(writer, changes, author, &reason, now)
        })?;
        Ok(undone)
    }

    fn entry(&self, id: AuditId) -> Result<Option<AuditEntry>, ReadError> {
        self.row(Table::Audit, &id.0.to_be_bytes())
    }

    /// The change that was made together with this one.
    fn partner(&self, entry: &AuditEntry) -> Result<Option<AuditEntry>, ReadError> {
        let (before, after) = (AuditId(entry.id.0.saturating_sub(1)), AuditId(entry.id.0 + 1));
        match entry.action {
            Action::MergedInto(_) | Action::Parted(_) => self.entry(after),
            Action::Absorbed(_) | Action::PartedFrom(_) => self.entry(before),
            Action::Undid(undone) => {
                let Some(undone) = self.entry(undone)? else { return Ok(None) };
                let Some(other) = self.partner(&undone)? else { return Ok(None) };
                let beside = [self.entry(before)?, self.entry(after)?].into_iter().flatten();
                Ok(beside.into_iter().find(|entry| entry.action == Action::Undid(other.id)))
            }
            Action::Edited | Action::Deleted | Action::Restored => Ok(None),
        }
    }

    /// The latest changes, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self, most: usize) -> Result<Vec<AuditEntry>, ReadError> {
        let mut rows = Vec::new();
        self.each(Table::Audit, &[], &[u8::MAX; 9], true, &mut |_, row: AuditEntry| {
            if rows.len() == most {
                return ControlFlow::Break(());
            }
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    fn change(
        &self,
        id: EventId,
        author: &str,
        reason: &str,
        now: Timestamp,
        make: impl Fn(&StoredEvent, Date) -> Result<(StoredEvent, Action), WriteError>,
    ) -> Result<AuditEntry, WriteError> {
        self.decide(now, author, Act::Correct, |writer| {
            let before =
                self.event(id)?.ok_or_else(|| WriteError::Missing(format!("event {}", id.short())))?;
            let first_day = before.sources.first().map_or(before.sort_day, |source| source.published);
            let (after, action) = make(&before, first_day)?;
            let ([entry], puts) =
                self.written_down(writer, [(action, before, after)], author, reason, now)?;
            Ok((entry, puts))
        })
    }

    /// Rows that give up what waits to be sent of an event.
    fn called_off(&self, id: EventId, now: Timestamp) -> Result<Vec<Put>, WriteError> {
        let mut rows = self.waiting(|row| row.event == id && matches!(row.state, State::Pending { .. }))?;
        for row in &mut rows {
            row.state = State::Dead { at: now };
            row.last_fault = Some("the event was taken out before it was sent".to_owned());
        }
        outbox::rows_of(&rows)
    }
}

fn unchanged_since(present: &StoredEvent, entry: &AuditEntry) -> Result<(), WriteError> {
    if present.revision == entry.before.revision + 1 {
        return Ok(());
    }
    Err(WriteError::Conflict(format!(
        "event {} was changed again after change {}; undo the later change first",
        entry.event.short(),
        entry.id
    )))
}

/// The event as one source tells it: evidence of other articles' sentences does not stand there.
fn resting_on(event: &StoredEvent, id: EventId, first: &Source, sources: Vec<Source>) -> StoredEvent {
    let mut after = StoredEvent { id, sources, ..event.clone() };
    if after.event.quote != first.quote {
        after.event.quote.clone_from(&first.quote);
        after.event.evidence.quote = first.span;
        after.event.evidence.fields.clear();
    }
    if let Some(source) = after.sources.first_mut() {
        source.joined = None;
    }
    after
}
