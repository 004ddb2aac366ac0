//! Bringing an article's events up to its later version: what it still tells stays one event, what it
//! tells otherwise is corrected with the old reading in the history, what it no longer tells stays and
//! says so.

use attache_extract::Event;
use attache_extract::event::Kind;
use jiff::Timestamp;
use jiff::civil::Date;

use super::placing::{PROGRAM, Placed, of_article};
use super::{Coming, Outcome};
use crate::article::NewArticle;
use crate::correct::{Action, AuditEntry};
use crate::engine::Table;
use crate::error::{ReadError, WriteError};
use crate::id::{ArticleId, AuditId, EventId};
use crate::join::{self, Report};
use crate::likeness::{difference, overlap};
use crate::record::{EventRecord, EvidenceRecord};
use crate::revision::Revision;
use crate::row::{Source, StoredEvent};
use crate::store::{Store, Writer, put};
use crate::view::origin;

/// Part of the words of two sentences from which one is the other, corrected; in hundredths.
const CORRECTED: usize = 40;

/// An event of the earlier versions beside one of the later version.
struct Pair {
    held: usize,
    new: usize,
    /// How surely both are one: what is surest is settled first.
    rank: (Fit, bool, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The same sentence in the main, with another day, number or person.
    Corrected,
    /// Another report of the event.
    Same,
    /// Nothing differs but words.
    Equal,
}

impl Store {
    /// Stores that a text took the place of `before`, and what that does to the article's events.
    #[expect(clippy::too_many_arguments, reason = "what a commit has in hand")]
    pub(super) fn revise(
        &self,
        before: ArticleId,
        number: u32,
        id: ArticleId,
        new: &NewArticle<'_>,
        events: &[Event],
        now: Timestamp,
        writer: &mut Writer,
        coming: &mut Coming,
    ) -> Result<Outcome, WriteError> {
        let of = self.first_text(before)?;
        let earlier = self.article_text(before)?.unwrap_or_default();
        let change = difference(&earlier, new.text);
        let revision =
            Revision { article: id, of, before, number, at: now, came: change.came, went: change.went };
        coming.puts.extend(revision.rows(new.url)?);
        let mut family: Vec<ArticleId> = self.revisions(of)?.iter().map(|held| held.article).collect();
        family.push(of);
        let held = self.held_by(&family, coming)?;
        let records: Vec<EventRecord> = events.iter().map(|event| of_article(event, new)).collect();
        let (mut events_new, mut joined) = (Vec::new(), Vec::new());
        let (mut updated, mut gone) = (Vec::new(), Vec::new());
        let (mut done_held, mut done_new) = (vec![false; held.len()], vec![false; records.len()]);
        for pair in pairs(&held, &records, new.published) {
            let (Some(row), Some(record)) = (held.get(pair.held), records.get(pair.new)) else { continue };
            let (Some(placed), Some(taken)) = (done_held.get_mut(pair.held), done_new.get_mut(pair.new))
            else {
                continue;
            };
            let alone = row.sources.iter().all(|source| family.contains(&source.article));
            // Where others still tell it the old way, both are kept.
            let parts = pair.rank.0 == Fit::Corrected && !alone && !row.deleted;
            if *placed || *taken || parts {
                continue;
            }
            (*placed, *taken) = (true, true);
            let settled = row.deleted || self.settled(row)?;
            let after = brought_up(row, record, &family, id, new, settled, alone);
            if facts(&after.event) != facts(&row.event) {
                updated.push(row.id);
                let reason = format!("told otherwise by version {number} of its article");
                coming.change(writer, row, after, reason, now)?;
            } else {
                coming.joined.insert(after.id, after);
            }
        }
        for (row, placed) in held.iter().zip(done_held) {
            let source = row.sources.iter().find(|source| source.article == before);
            let Some(source) = source.filter(|_| !placed && !row.deleted) else { continue };
            let mut after = row.clone();
            origin::set_left(&mut after.event, source.article);
            gone.push(row.id);
            let reason = format!("no longer in version {number} of its article");
            coming.change(writer, row, after, reason, now)?;
        }
        for ((position, event), taken) in (0_u32..).zip(events).zip(done_new) {
            if taken {
                continue;
            }
            let event_id = EventId::nth_of(id, position);
            match self.place(event, event_id, id, new, now, coming)? {
                Placed::New => events_new.push(event_id),
                Placed::Joined(known) => joined.push(known),
            }
        }
        Ok(Outcome::Revised { number, events: events_new, joined, updated, gone })
    }

    /// Events that some version of an article reports, as this commit has them.
    fn held_by(&self, family: &[ArticleId], coming: &Coming) -> Result<Vec<StoredEvent>, ReadError> {
        let mut found = Vec::new();
        for text in family {
            found.extend(self.index().events_of(*text));
        }
        found.sort_unstable_by_key(|candidate| candidate.id);
        found.dedup_by_key(|candidate| candidate.id);
        let mut rows = self.read_all(&found)?;
        for row in &mut rows {
            if let Some(changed) = coming.joined.get(&row.id) {
                row.clone_from(changed);
            }
        }
        rows.retain(|row| row.sources.iter().any(|source| family.contains(&source.article)));
        Ok(rows)
    }
}

impl Coming {
    /// Changes a stored event, with the event before it in the history.
    fn change(
        &mut self,
        writer: &mut Writer,
        before: &StoredEvent,
        mut after: StoredEvent,
        reason: String,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        writer.audit += 1;
        let entry = AuditEntry {
            id: AuditId(writer.audit),
            event: before.id,
            action: Action::Edited,
            author: PROGRAM.to_owned(),
            at: now,
            reason,
            before: before.clone(),
        };
        after.revision = before.revision + 1;
        self.puts.push(put(Table::Audit, entry.id.0.to_be_bytes(), &entry)?);
        self.told.insert(after.id, entry.id);
        self.joined.insert(after.id, after);
        Ok(())
    }
}

/// What may be one, surest first.
fn pairs(held: &[StoredEvent], records: &[EventRecord], printed: Date) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (at, row) in held.iter().enumerate() {
        for (new, record) in records.iter().enumerate() {
            let alike =
                row.sources.iter().map(|source| overlap(&source.quote, &record.quote)).max().unwrap_or(0);
            if let Some(fit) = fit(&row.event, record, alike, printed) {
                pairs.push(Pair { held: at, new, rank: (fit, !row.deleted, alike) });
            }
        }
    }
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.rank), pair.held, pair.new));
    pairs
}

fn fit(held: &EventRecord, new: &EventRecord, alike: usize, printed: Date) -> Option<Fit> {
    if held.kind != new.kind {
        return None;
    }
    if facts(held) == facts(new) {
        return Some(Fit::Equal);
    }
    if join::same(Report { record: held, printed }, Report { record: new, printed }).is_some() {
        return Some(Fit::Same);
    }
    let form = held.subtype == new.subtype || matches!(held.kind.0, Kind::TariffAction | Kind::Engagement);
    (form && alike >= CORRECTED).then_some(Fit::Corrected)
}

/// What an event says, without the words it was said in.
fn facts(event: &EventRecord) -> EventRecord {
    let rules = origin::notes(event);
    EventRecord {
        quote: String::new(),
        evidence: EvidenceRecord { rules, ..EvidenceRecord::default() },
        confidence: 0.0,
        ..event.clone()
    }
}

/// The event as the later version tells it.
fn brought_up(
    row: &StoredEvent,
    record: &EventRecord,
    family: &[ArticleId],
    id: ArticleId,
    new: &NewArticle<'_>,
    settled: bool,
    alone: bool,
) -> StoredEvent {
    let mut after = row.clone();
    for text in family {
        origin::returned(&mut after.event, *text);
    }
    let mut first = false;
    for (at, source) in
        after.sources.iter_mut().enumerate().filter(|(_, held)| family.contains(&held.article))
    {
        first |= at == 0;
        *source = Source {
            article: id,
            published: new.published,
            quote: record.quote.clone(),
            span: record.evidence.quote,
            joined: source.joined.take(),
        };
    }
    let mut seen = Vec::new();
    after.sources.retain(|source| {
        let again = seen.contains(&source.article);
        seen.push(source.article);
        !again
    });
    if settled {
        // The words are the article's, what they mean is the curator's.
        if first {
            after.event.quote.clone_from(&record.quote);
            after.event.evidence.quote = record.evidence.quote;
            after.event.evidence.fields.clear();
        }
    } else if alone {
        after.event = record.clone();
        after.sort_day = record.date.start.unwrap_or(new.published);
    } else {
        join::sharpen(&mut after.event, record);
        if first {
            after.event.quote.clone_from(&record.quote);
            after.event.evidence.quote = record.evidence.quote;
            after.event.evidence.fields.clear();
        }
        after.sort_day = after.event.date.start.unwrap_or(after.sort_day);
    }
    after
}
