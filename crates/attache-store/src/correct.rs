//! Curators' changes: each one is written down with what was there before, and can be undone.

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use attache_extract::Event;

use crate::change::Act;
use crate::commit::event_row;
use crate::engine::Table;
use crate::error::{ReadError, WriteError};
use crate::id::{AuditId, EventId};
use crate::outbox::{self, State};
use crate::record::EventRecord;
use crate::row::StoredEvent;
use crate::store::{Store, put};

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
                Action::Edited | Action::Undid(_) => before.deleted,
            };
            let idle = after == *before;
            if idle {
                return Err(WriteError::Conflict(format!("event {} is so already", id.short())));
            }
            Ok((after, action))
        })
    }

    /// Takes back one change, putting the event as it was before it.
    ///
    /// # Errors
    /// When there is no such row, the event was changed again since (undo that first), or the store
    /// cannot be written.
    pub fn undo(&self, audit: AuditId, author: &str, now: Timestamp) -> Result<AuditEntry, WriteError> {
        let entry: Option<AuditEntry> = self.row(Table::Audit, &audit.0.to_be_bytes())?;
        let entry = entry.ok_or_else(|| WriteError::Missing(format!("change {audit}")))?;
        self.change(entry.event, author, &format!("undo of {audit}"), now, |present, _| {
            if present.revision != entry.before.revision + 1 {
                return Err(WriteError::Conflict(format!(
                    "event {} was changed again after change {audit}; undo the later change first",
                    entry.event.short()
                )));
            }
            // Reports that arrived since stay.
            let after = StoredEvent { sources: present.sources.clone(), ..entry.before.clone() };
            Ok((after, Action::Undid(audit)))
        })
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
            let (mut after, action) = make(&before, first_day)?;
            after.revision = before.revision + 1;
            writer.audit += 1;
            let entry = AuditEntry {
                id: AuditId(writer.audit),
                event: id,
                action,
                author: author.to_owned(),
                at: now,
                reason: reason.to_owned(),
                before,
            };
            let mut puts = vec![event_row(&after)?];
            puts.push(put(Table::Audit, entry.id.0.to_be_bytes(), &entry)?);
            if after.deleted {
                let mut called_off =
                    self.waiting(|row| row.event == id && matches!(row.state, State::Pending { .. }))?;
                for row in &mut called_off {
                    row.state = State::Dead { at: now };
                    row.last_fault = Some("the event was taken out before it was sent".to_owned());
                }
                puts.extend(outbox::rows_of(&called_off)?);
            }
            Ok((entry, puts))
        })
    }
}
