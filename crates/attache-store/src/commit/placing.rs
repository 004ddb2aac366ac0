//! Where an event of an article belongs: to a stored event that it is another report of, or to itself.

use std::ops::ControlFlow;

use attache_extract::Event;
use attache_extract::event::{Factuality, Kind};
use jiff::Timestamp;

use super::Coming;
use crate::article::NewArticle;
use crate::correct::{Action, AuditEntry};
use crate::engine::Table;
use crate::error::ReadError;
use crate::id::{ArticleId, EventId};
use crate::join::{self, Report};
use crate::key;
use crate::record::EventRecord;
use crate::row::{Source, StoredEvent};
use crate::store::Store;
use crate::view::{origin, tariffs};

/// Author of the changes that an article's own later version makes.
pub(crate) const PROGRAM: &str = "program";

/// What becomes of an event that comes in.
pub(crate) enum Placed {
    New,
    Joined(EventId),
}

impl Store {
    /// Decides whether an event is new or another report of a stored one.
    pub(crate) fn place(
        &self,
        event: &Event,
        id: EventId,
        article: ArticleId,
        new: &NewArticle<'_>,
        now: Timestamp,
        coming: &mut Coming,
    ) -> Result<Placed, ReadError> {
        let record = of_article(event, new);
        let mut source = Source {
            article,
            published: new.published,
            quote: record.quote.clone(),
            span: record.evidence.quote,
            joined: None,
        };
        if let Some((mut after, reason)) =
            self.twin(Report { record: &record, printed: new.published }, article, coming)?
        {
            source.joined = Some(reason);
            after.sources.push(source);
            if !self.settled(&after)? {
                join::sharpen(&mut after.event, &record);
                after.sort_day = after.event.date.start.unwrap_or(after.sort_day);
            }
            let id = after.id;
            match coming.new.iter_mut().find(|row| row.id == id) {
                Some(row) => *row = after,
                None => drop(coming.joined.insert(id, after)),
            }
            return Ok(Placed::Joined(id));
        }
        let sort_day = record.date.start.unwrap_or(new.published);
        if let Some(block) = join::block(&record) {
            coming.blocks.entry(block).or_default().push(coming.new.len());
        }
        coming.new.push(StoredEvent {
            id,
            event: record,
            sources: vec![source],
            known_since: now,
            revision: 1,
            deleted: false,
            sort_day,
        });
        Ok(Placed::New)
    }

    /// The stored event that this is another report of, the nearest in time where several fit. Two
    /// events of one article are two: merging within a text is the reader's work.
    fn twin(
        &self,
        report: Report<'_>,
        article: ArticleId,
        coming: &Coming,
    ) -> Result<Option<(StoredEvent, String)>, ReadError> {
        let (Some((from, to)), Some(block)) = (join::window(report), join::block(report.record)) else {
            return Ok(None);
        };
        let found = self.index().neighbours(block, key::day_number(from), key::day_number(to));
        let mut neighbours = self.read_all(&found)?;
        // What earlier articles of the same batch bring is not in the index yet.
        for held in &mut neighbours {
            if let Some(joined) = coming.joined.get(&held.id) {
                *held = joined.clone();
            }
        }
        let new = coming.blocks.get(&block).into_iter().flatten().filter_map(|at| coming.new.get(*at));
        neighbours.extend(new.filter(|row| (from..=to).contains(&row.sort_day)).cloned());
        let free = |stored: &StoredEvent| {
            !coming.gone.contains(&stored.id) && stored.sources.iter().all(|source| source.article != article)
        };
        let fitting = neighbours.into_iter().filter(free).filter_map(|stored| {
            let reason = join::same(Report::of(&stored), report)?;
            Some((stored, reason))
        });
        Ok(fitting.min_by_key(|(stored, _)| (join::days_between(Report::of(stored), report), stored.id)))
    }

    /// Whether a curator changed the event: what a curator settled stays so.
    pub(super) fn settled(&self, event: &StoredEvent) -> Result<bool, ReadError> {
        let mut settled = false;
        if event.revision > 1 {
            self.each(Table::Audit, &[], &[u8::MAX; 9], true, &mut |_, entry: AuditEntry| {
                let reread = matches!(entry.action, Action::Reread(_));
                settled = entry.event == event.id && entry.author != PROGRAM && !reread;
                if settled { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
        }
        Ok(settled)
    }
}

/// The event's record. A duty that an article asserts without naming its legal layer has the one that
/// the headline names; what it only reports may be an older duty.
pub(crate) fn of_article(event: &Event, new: &NewArticle<'_>) -> EventRecord {
    let mut record = EventRecord::from(event);
    if record.kind.0 == Kind::TariffAction
        && record.factuality.0 == Factuality::Asserted
        && tariffs::layer_of(&record) == tariffs::UNSPECIFIED
        && let Some(layer) = new.title.and_then(tariffs::named)
    {
        origin::set_layer(&mut record, layer);
    }
    record
}
