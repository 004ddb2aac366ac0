//! Storing an article with its events: one transaction, or nothing.

use attache_extract::Event;
use attache_extract::event::{Factuality, Kind};
use jiff::Timestamp;

use crate::article::{Article, MOST_BYTES, NewArticle};
use crate::engine::{Put, Table};
use crate::error::{CommitError, ReadError, WriteError};
use crate::id::{ArticleId, DeliveryId, EventId};
use crate::join;
use crate::key;
use crate::outbox::{self, DeliveryRow, State};
use crate::record::EventRecord;
use crate::row::{Source, StoredEvent};
use crate::store::{Store, Writer, put, remove};
use crate::subscription::Subscription;
use crate::view::{origin, tariffs};

/// Text is kept in pieces of this many bytes: sled writes larger values into files of their own,
/// which it neither syncs nor frees.
const PIECE: usize = 3 << 10;

/// What became of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub article: ArticleId,
    /// What became of its events.
    pub outcome: Outcome,
}

/// See [`Commit`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The article was stored.
    New {
        /// Events nobody had reported, in text order.
        events: Vec<EventId>,
        /// Events that other articles had reported: this one was added to their sources.
        joined: Vec<EventId>,
    },
    /// The same text, or another text from the same address, is stored already. Nothing changed.
    Known,
}

impl Store {
    /// Stores an article, its events, their index rows, and a delivery for each subscription that
    /// wants one of the new events, in one transaction. An event that another article reported
    /// gains a source and is not announced again.
    ///
    /// # Errors
    /// See [`CommitError`]; nothing is stored then.
    ///
    /// # Guarantees
    /// On return everything is on disk. After a crash at any point the article is there with all
    /// its events and deliveries, or not at all; storing it again is harmless in both cases.
    pub fn commit_article(
        &self,
        new: &NewArticle<'_>,
        events: &[Event],
        now: Timestamp,
    ) -> Result<Commit, CommitError> {
        if new.text.trim().is_empty() {
            return Err(CommitError::Empty);
        }
        if new.text.len() > MOST_BYTES {
            return Err(CommitError::TooLarge { bytes: new.text.len(), most: MOST_BYTES });
        }
        let mut writer = self.writer();
        let article = ArticleId::of_text(new.text);
        if let Some(known) = self.known(article, new.url)? {
            return Ok(Commit { article: known, outcome: Outcome::Known });
        }
        let mut puts = article_rows(article, new, now)?;
        let mut outcome = Sorted::default();
        for (position, event) in (0_u32..).zip(events) {
            self.place(event, EventId::nth_of(article, position), article, new, now, &mut outcome)?;
        }
        for row in &outcome.new {
            puts.extend(event_rows(row)?);
        }
        for (before, after) in &outcome.joined {
            puts.extend(replaced_rows(before, after)?);
        }
        let subscriptions: Vec<Subscription> = self.all(Table::Subscription)?;
        for event in &outcome.new {
            for subscription in subscriptions.iter().filter(|s| s.filter.wants(&event.event)) {
                puts.extend(delivery_rows(&mut writer, event.id, subscription, now)?);
            }
        }
        self.write(&mut writer, puts)?;
        let events = outcome.new.iter().map(|row| row.id).collect();
        let joined = outcome.joined.iter().map(|(_, row)| row.id).collect();
        Ok(Commit { article, outcome: Outcome::New { events, joined } })
    }

    /// Whether an article would be taken as known: the same text, or the same address.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_known(&self, text: &str, url: Option<&str>) -> Result<bool, ReadError> {
        Ok(self.known(ArticleId::of_text(text), url)?.is_some())
    }

    fn known(&self, article: ArticleId, url: Option<&str>) -> Result<Option<ArticleId>, ReadError> {
        if self.article(article)?.is_some() {
            return Ok(Some(article));
        }
        url.map_or(Ok(None), |url| self.row(Table::ArticleKey, &key::url(url)))
    }

    /// Decides whether an event is new or another report of a stored one.
    fn place(
        &self,
        event: &Event,
        id: EventId,
        article: ArticleId,
        new: &NewArticle<'_>,
        now: Timestamp,
        sorted: &mut Sorted,
    ) -> Result<(), ReadError> {
        let record = of_article(event, new);
        let mut source = Source {
            article,
            published: new.published,
            quote: record.quote.clone(),
            span: record.evidence.quote,
            joined: None,
        };
        if let Some((before, reason)) = self.twin(&record, article, &sorted.joined)? {
            source.joined = Some(reason);
            let mut after = before.clone();
            after.sources.push(source);
            // What a curator settled stays so.
            if before.revision == 1 {
                join::sharpen(&mut after.event, &record);
                after.sort_day = after.event.date.start.unwrap_or(after.sort_day);
            }
            sorted.joined.push((before, after));
            return Ok(());
        }
        let sort_day = record.date.start.unwrap_or(new.published);
        sorted.new.push(StoredEvent {
            id,
            event: record,
            sources: vec![source],
            known_since: now,
            revision: 1,
            deleted: false,
            sort_day,
        });
        Ok(())
    }

    /// The stored event that this is another report of, the nearest in time where several fit. Two
    /// events of one article are two: merging within a text is the reader's work.
    fn twin(
        &self,
        record: &EventRecord,
        article: ArticleId,
        joined: &[(StoredEvent, StoredEvent)],
    ) -> Result<Option<(StoredEvent, String)>, ReadError> {
        let Some((from, to)) = join::window(record) else { return Ok(None) };
        let free = |stored: &StoredEvent| {
            stored.sources.iter().all(|source| source.article != article)
                && joined.iter().all(|(other, _)| other.id != stored.id)
        };
        let neighbours = self.between(record.kind.0, from, to)?.into_iter().filter(free);
        let fitting = neighbours.filter_map(|stored| {
            let reason = join::same(&stored.event, record)?;
            Some((stored, reason))
        });
        Ok(fitting.min_by_key(|(stored, _)| (join::days_between(&stored.event, record), stored.id)))
    }
}

/// The event's record. A duty that an article asserts without naming its legal layer has the one that
/// the headline names; what it only reports may be an older duty.
fn of_article(event: &Event, new: &NewArticle<'_>) -> EventRecord {
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

#[derive(Default)]
struct Sorted {
    new: Vec<StoredEvent>,
    /// Each as it was, and with its new source.
    joined: Vec<(StoredEvent, StoredEvent)>,
}

fn article_rows(id: ArticleId, new: &NewArticle<'_>, now: Timestamp) -> Result<Vec<Put>, WriteError> {
    let article = Article {
        id,
        title: new.title.map(str::to_owned),
        url: new.url.map(str::to_owned),
        publisher: new.publisher.map(str::to_owned),
        published: new.published,
        stored: now,
        origin: new.origin.to_owned(),
        rules: new.rules.to_owned(),
        bytes: new.text.len(),
    };
    rows_of(&article, new.text)
}

/// An article's own row, its address, and its text in pieces.
pub(crate) fn rows_of(article: &Article, text: &str) -> Result<Vec<Put>, WriteError> {
    let mut puts = vec![put(Table::Article, article.id.0, article)?];
    // A record of the chronology is not the page it was taken from, which may still be read.
    if let Some(url) = article.url.as_ref().filter(|_| article.origin != crate::chronology::ORIGIN) {
        puts.push(put(Table::ArticleKey, key::url(url), &article.id)?);
    }
    for (piece, bytes) in (0_u32..).zip(text.as_bytes().chunks(PIECE)) {
        puts.push(put(Table::Text, key::article_piece(article.id, piece), &bytes.to_vec())?);
    }
    Ok(puts)
}

/// The event's own row and its index rows.
pub(crate) fn event_rows(row: &StoredEvent) -> Result<Vec<Put>, WriteError> {
    let mut puts = vec![put(Table::Event, row.id.0, row)?];
    for (table, key) in index_keys(row) {
        puts.push(Put { table, key, value: Some(Vec::new()) });
    }
    Ok(puts)
}

/// The rows that take the place of `before`.
pub(crate) fn replaced_rows(before: &StoredEvent, after: &StoredEvent) -> Result<Vec<Put>, WriteError> {
    let mut puts: Vec<_> = index_keys(before).into_iter().map(|(table, key)| remove(table, key)).collect();
    puts.extend(event_rows(after)?);
    Ok(puts)
}

pub(crate) fn index_keys(row: &StoredEvent) -> Vec<(Table, Vec<u8>)> {
    let tail = key::by_day(row.sort_day, row.id);
    let mut keys = vec![(Table::Day, tail.to_vec()), (Table::Kind, key::by_kind(row.event.kind.0, &tail))];
    let mut countries: Vec<_> =
        row.event.parties.iter().filter_map(|party| party.country.as_deref()?.parse().ok()).collect();
    countries.sort();
    countries.dedup();
    keys.extend(countries.into_iter().map(|code| (Table::Country, key::by_country(code, &tail))));
    keys
}

/// A pending delivery, unless this event went to this subscription before.
fn delivery_rows(
    writer: &mut Writer,
    event: EventId,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<Vec<Put>, WriteError> {
    writer.delivery += 1;
    let id = DeliveryId(writer.delivery);
    let row = DeliveryRow {
        id,
        event,
        subscription: subscription.id,
        channel: subscription.channel,
        queued: now,
        state: State::Pending { not_before: now },
        fence: 0,
        attempts: 0,
        last_fault: None,
    };
    let mut puts = outbox::rows_of(&[row])?;
    puts.push(put(Table::Sent, key::sent(event, subscription.id), &id)?);
    Ok(puts)
}
