//! Curators' changes: each one is written down with what was there before, and can be undone.

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use attache_extract::Event;

use crate::change::Act;
use crate::commit::{Announce, event_row};
use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::{ArticleId, AuditId, EventId};
use crate::join;
use crate::outbox::Changed;
use crate::record::EventRecord;
use crate::row::{Source, StoredEvent};
use crate::store::{Store, Writer, put};
use crate::view::origin::{self, Ruling, Verdict};

/// What a curator wants changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Correction {
    /// Put this in the event's place.
    Edit(Box<EventRecord>),
    /// Take the event out.
    Delete,
    /// Put a deleted event back.
    Restore,
    /// Keep that a curator found it right; the reason is the change's.
    Confirm,
    /// Keep that a curator doubts it; the reason is the change's.
    Dispute,
    /// Say of the tension whose last move this is that it is over.
    Resolve,
    /// Say of the tension whose last move this is that it is open again.
    Reopen,
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
    /// Found right.
    Confirmed,
    /// Doubted.
    Disputed,
    /// The tension it is the last move of was called resolved.
    Resolved,
    /// The tension it is the last move of was called open again.
    Reopened,
    /// Added by hand.
    Added,
    /// Read anew from its article, together with others: the first of these changes has that number.
    Reread(AuditId),
}

impl Action {
    /// Whether who was told of the event should be told of this. Of two events that are put together
    /// or taken apart, the one that stays lost nothing.
    pub(crate) const fn is_news(self) -> bool {
        match self {
            Self::Edited
            | Self::Deleted
            | Self::Restored
            | Self::Undid(_)
            | Self::MergedInto(_)
            | Self::Disputed
            | Self::Reread(_) => true,
            Self::Absorbed(_)
            | Self::Parted(_)
            | Self::PartedFrom(_)
            | Self::Confirmed
            | Self::Resolved
            | Self::Reopened
            | Self::Added => false,
        }
    }

    /// The kind of change, in one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
            Self::Undid(_) => "undone",
            Self::MergedInto(_) | Self::Absorbed(_) => "merged",
            Self::Parted(_) | Self::PartedFrom(_) => "split",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Resolved => "resolved",
            Self::Reopened => "reopened",
            Self::Added => "added",
            Self::Reread(_) => "reread",
        }
    }

    /// Every [`word`](Self::word).
    pub const WORDS: [&'static str; 12] = [
        "added",
        "confirmed",
        "deleted",
        "disputed",
        "edited",
        "merged",
        "reopened",
        "reread",
        "resolved",
        "restored",
        "split",
        "undone",
    ];
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
                Correction::Confirm => {
                    origin::judge(&mut after.event, Verdict::Confirmed(reason));
                    Action::Confirmed
                }
                Correction::Dispute => {
                    origin::judge(&mut after.event, Verdict::Disputed(reason));
                    Action::Disputed
                }
                Correction::Resolve | Correction::Reopen => {
                    let open = correction == Correction::Reopen;
                    let day = TimeZone::UTC.to_datetime(now).date();
                    origin::rule(&mut after.event, Ruling { open, day, why: reason });
                    if open { Action::Reopened } else { Action::Resolved }
                }
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
            let changes = vec![(Action::MergedInto(kept), from, out), (Action::Absorbed(gone), into, after)];
            pair(self.written_down(writer, changes, author, reason, now)?)
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
            let changes =
                vec![(Action::Parted(part.id), before, after), (Action::PartedFrom(id), none, part)];
            pair(self.written_down(writer, changes, author, reason, now)?)
        })
    }

    fn present(&self, id: EventId) -> Result<StoredEvent, WriteError> {
        let row = self.event(id)?.filter(|row| !row.deleted);
        row.ok_or_else(|| WriteError::Missing(format!("event {}", id.short())))
    }

    /// Changes with the events before and after each: as entries of the log, and the rows of both.
    pub(crate) fn written_down(
        &self,
        writer: &mut Writer,
        changes: Vec<(Action, StoredEvent, StoredEvent)>,
        author: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<(Vec<AuditEntry>, Vec<Put>), WriteError> {
        let (mut entries, mut puts) = (Vec::with_capacity(changes.len()), Vec::new());
        let mut afters = Vec::with_capacity(changes.len());
        for (action, before, mut after) in changes {
            writer.audit += 1;
            after.revision = before.revision + 1;
            let (id, event) = (AuditId(writer.audit), before.id);
            let (author, reason) = (author.to_owned(), reason.to_owned());
            let entry = AuditEntry { id, event, action, author, at: now, reason, before };
            puts.push(event_row(&after)?);
            puts.push(put(Table::Audit, id.0.to_be_bytes(), &entry)?);
            entries.push(entry);
            afters.push(after);
        }
        let changed: Vec<_> = entries
            .iter()
            .zip(&afters)
            .map(|(entry, after)| {
                let told = entry.action.is_news().then_some(entry.id);
                Changed { before: &entry.before, after, told }
            })
            .collect();
        puts.extend(self.follow(writer, &self.subscriptions()?, &changed, Announce::All, now)?);
        Ok((entries, puts))
    }

    /// Takes back one change, putting the event as it was before it; of several that were made
    /// together, all.
    ///
    /// # Errors
    /// When there is no such row, an event was changed again since (undo that first), or the store
    /// cannot be written.
    pub fn undo(&self, audit: AuditId, author: &str, now: Timestamp) -> Result<AuditEntry, WriteError> {
        let entry = self.entry(audit)?.ok_or_else(|| WriteError::Missing(format!("change {audit}")))?;
        let reason = format!("undo of {audit}");
        let together = self.together(&entry)?;
        let moved = |source: &Source| {
            together.len() > 1
                && together
                    .iter()
                    .any(|change| change.before.sources.iter().any(|held| held.article == source.article))
        };
        let undone = self.decide(now, author, Act::Correct, |writer| {
            let mut changes = Vec::with_capacity(together.len());
            for entry in &together {
                let present = self.event(entry.event)?;
                let present =
                    present.ok_or_else(|| WriteError::Missing(format!("event {}", entry.event.short())))?;
                self.unchanged_since(&present, entry)?;
                // Reports that arrived since stay, but not those that the change itself moved.
                let mut after = entry.before.clone();
                let came = |source: &&Source| {
                    !moved(source) && after.sources.iter().all(|held| held.article != source.article)
                };
                let since: Vec<Source> = present.sources.iter().filter(came).cloned().collect();
                let texts = after.sources.iter().map(|held| self.first_text(held.article));
                let texts = texts.collect::<Result<Vec<_>, _>>()?;
                for source in since {
                    // The event rests again on the version of an article that it rested on.
                    if !texts.contains(&self.first_text(source.article)?) {
                        after.sources.push(source);
                    }
                }
                changes.push((Action::Undid(entry.id), present, after));
            }
            self.written_down(writer, changes, author, &reason, now)
        })?;
        let own = undone.iter().find(|made| made.action == Action::Undid(audit)).or(undone.first());
        own.cloned().ok_or_else(|| WriteError::Missing(format!("change {audit}")))
    }

    /// Refuses where the event is not as the change left it. Changes that were made later and taken back
    /// do not count.
    fn unchanged_since(&self, present: &StoredEvent, entry: &AuditEntry) -> Result<(), WriteError> {
        if present.revision == entry.before.revision + 1 {
            return Ok(());
        }
        let mut left: Option<StoredEvent> = None;
        let (from, to) = (AuditId(entry.id.0 + 1).0.to_be_bytes(), [u8::MAX; 9]);
        self.each(Table::Audit, &from, &to, false, &mut |_, later: AuditEntry| {
            if later.event != entry.event {
                return ControlFlow::Continue(());
            }
            left = Some(later.before);
            ControlFlow::Break(())
        })?;
        if left.is_some_and(|left| left.event == present.event && left.deleted == present.deleted) {
            return Ok(());
        }
        Err(WriteError::Conflict(format!(
            "event {} was changed again after change {}; undo the later change first",
            entry.event.short(),
            entry.id
        )))
    }

    /// One change of the log.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn change_of(&self, id: AuditId) -> Result<Option<AuditEntry>, ReadError> {
        self.entry(id)
    }

    fn entry(&self, id: AuditId) -> Result<Option<AuditEntry>, ReadError> {
        self.row(Table::Audit, &id.0.to_be_bytes())
    }

    /// The changes that were made together with this one, itself too, in their order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn together(&self, entry: &AuditEntry) -> Result<Vec<AuditEntry>, ReadError> {
        let (before, after) = (AuditId(entry.id.0.saturating_sub(1)), AuditId(entry.id.0 + 1));
        let other = match entry.action {
            Action::MergedInto(_) | Action::Parted(_) => self.entry(after)?,
            Action::Absorbed(_) | Action::PartedFrom(_) => self.entry(before)?,
            Action::Reread(_) => return self.run_of(entry, |other| other.action == entry.action),
            Action::Undid(undone) => {
                let Some(undone) = self.entry(undone)? else { return Ok(vec![entry.clone()]) };
                let of: Vec<AuditId> = self.together(&undone)?.iter().map(|change| change.id).collect();
                return self.run_of(entry, |other| {
                    matches!(other.action, Action::Undid(id) if of.contains(&id)) && other.at == entry.at
                });
            }
            _ => None,
        };
        let mut all: Vec<AuditEntry> = [Some(entry.clone()), other].into_iter().flatten().collect();
        all.sort_by_key(|entry| entry.id);
        Ok(all)
    }

    /// The entries before and after one that belong to it.
    fn run_of(
        &self,
        entry: &AuditEntry,
        belongs: impl Fn(&AuditEntry) -> bool,
    ) -> Result<Vec<AuditEntry>, ReadError> {
        let mut all = Vec::new();
        let mut take = |from: AuditId, to: AuditId, backwards: bool| {
            let (from, to) = (from.0.to_be_bytes(), to.0.to_be_bytes());
            self.each(Table::Audit, &from, &to, backwards, &mut |_, other: AuditEntry| {
                if !belongs(&other) {
                    return ControlFlow::Break(());
                }
                all.push(other);
                ControlFlow::Continue(())
            })
        };
        take(AuditId(0), entry.id, true)?;
        take(entry.id, AuditId(u64::MAX), false)?;
        all.sort_by_key(|entry| entry.id);
        Ok(all)
    }

    /// The latest changes, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self, most: usize) -> Result<Vec<AuditEntry>, ReadError> {
        self.history_where(most, |_| true)
    }

    /// The latest changes that are wanted, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history_where(
        &self,
        most: usize,
        wanted: impl Fn(&AuditEntry) -> bool,
    ) -> Result<Vec<AuditEntry>, ReadError> {
        let mut rows = Vec::new();
        self.each(Table::Audit, &[], &[u8::MAX; 9], true, &mut |_, row: AuditEntry| {
            if rows.len() == most {
                return ControlFlow::Break(());
            }
            if wanted(&row) {
                rows.push(row);
            }
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
            let changes = vec![(action, before, after)];
            let (mut entries, puts) = self.written_down(writer, changes, author, reason, now)?;
            let entry = entries.pop().ok_or_else(|| WriteError::Engine("nothing was changed".to_owned()))?;
            Ok((entry, puts))
        })
    }
}

/// The two entries of two changes.
fn pair<T>((entries, puts): (Vec<AuditEntry>, T)) -> Result<([AuditEntry; 2], T), WriteError> {
    let entries = entries.try_into().map_err(|_| WriteError::Engine("two changes were one".to_owned()))?;
    Ok((entries, puts))
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
