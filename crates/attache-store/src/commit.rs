//! Storing an article with its events: one transaction, or nothing.

use attache_extract::Event;
use attache_extract::event::{Factuality, Kind};
use jiff::Timestamp;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::article::{Article, MOST_BYTES, NewArticle};
use crate::change::Act;
use crate::engine::{Put, Table};
use crate::error::{CommitError, ReadError, WriteError};
use crate::id::{ArticleId, DeliveryId, EventId};
use crate::join;
use crate::key;
use crate::outbox::{self, Changed, DeliveryRow, Errand};
use crate::record::EventRecord;
use crate::row::{Source, StoredEvent};
use crate::store::{Store, Writer, put};
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
    /// Stores an article, its events, and a delivery for each subscription that wants one of the new
    /// events, in one commit. An event that another article reported gains a source and is not
    /// announced again.
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
        let mut commits = self.commit_articles(&[(*new, events)], now)?;
        commits.pop().ok_or(CommitError::Empty)
    }

    /// Stores several articles in one commit, as [`commit_article`](Self::commit_article) would one
    /// after the other, and gives what became of each.
    ///
    /// # Errors
    /// See [`CommitError`]; nothing of any article is stored then.
    pub fn commit_articles(
        &self,
        batch: &[(NewArticle<'_>, &[Event])],
        now: Timestamp,
    ) -> Result<Vec<Commit>, CommitError> {
        for (new, _) in batch {
            if new.text.trim().is_empty() {
                return Err(CommitError::Empty);
            }
            if new.text.len() > MOST_BYTES {
                return Err(CommitError::TooLarge { bytes: new.text.len(), most: MOST_BYTES });
            }
        }
        let done = self.decide(now, "program", Act::Ingest, |writer| {
            let mut coming = Sorted::default();
            let mut commits = Vec::with_capacity(batch.len());
            let mut puts = Vec::new();
            for (new, events) in batch {
                commits.push(self.take_article(new, events, now, &mut coming, &mut puts)?);
            }
            for row in coming.new.iter().chain(coming.joined.values()) {
                puts.push(event_row(row)?);
            }
            puts.extend(self.tells(writer, &coming.new.iter().collect::<Vec<_>>(), now)?);
            let before = coming.joined.keys().map(|id| self.event(*id)).collect::<Result<Vec<_>, _>>()?;
            let changed: Vec<_> = before
                .iter()
                .zip(coming.joined.values())
                .filter_map(|(before, after)| Some(Changed { before: before.as_ref()?, after, told: None }))
                .collect();
            puts.extend(self.follow(writer, &changed, now)?);
            Ok((commits, puts))
        })?;
        Ok(done)
    }

    /// Rows of the deliveries by which who subscribed hears of new events.
    pub(crate) fn tells(
        &self,
        writer: &mut Writer,
        events: &[&StoredEvent],
        now: Timestamp,
    ) -> Result<Vec<Put>, WriteError> {
        let subscriptions: Vec<Subscription> =
            if events.is_empty() { Vec::new() } else { self.all(Table::Subscription)? };
        let mut puts = Vec::new();
        for event in events {
            for subscription in subscriptions.iter().filter(|s| s.filter.wants(event)) {
                puts.extend(delivery_rows(writer, event.id, subscription, now)?);
            }
        }
        Ok(puts)
    }

    /// Decides about one article of a batch.
    fn take_article(
        &self,
        new: &NewArticle<'_>,
        events: &[Event],
        now: Timestamp,
        coming: &mut Sorted,
        puts: &mut Vec<Put>,
    ) -> Result<Commit, WriteError> {
        let article = ArticleId::of_text(new.text);
        let address = new.url.map(key::url);
        let with_it = coming.articles.get(&article).or_else(|| coming.addresses.get(&address?)).copied();
        let known = match with_it {
            Some(known) => Some(known),
            None => self.known(article, new.url)?,
        };
        if let Some(known) = known {
            return Ok(Commit { article: known, outcome: Outcome::Known });
        }
        coming.articles.insert(article);
        coming.addresses.extend(address.map(|address| (address, article)));
        puts.extend(article_rows(article, new, now)?);
        let (mut news, mut joined) = (Vec::new(), Vec::new());
        for (position, event) in (0_u32..).zip(events) {
            let id = EventId::nth_of(article, position);
            match self.place(event, id, article, new, now, coming)? {
                Placed::New => news.push(id),
                Placed::Joined(id) => joined.push(id),
            }
        }
        Ok(Commit { article, outcome: Outcome::New { events: news, joined } })
    }

    /// Whether an article would be taken as known: the same text, or the same address.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_known(&self, text: &str, url: Option<&str>) -> Result<bool, ReadError> {
        Ok(self.known(ArticleId::of_text(text), url)?.is_some())
    }

    pub(crate) fn known(
        &self,
        article: ArticleId,
        url: Option<&str>,
    ) -> Result<Option<ArticleId>, ReadError> {
        if self.article(article)?.is_some() {
            return Ok(Some(article));
        }
        url.map_or(Ok(None), |url| self.row(Table::ArticleKey, &key::url(url)))
    }

    /// Decides whether an event is new or another report of a stored one.
    pub(crate) fn place(
        &self,
        event: &Event,
        id: EventId,
        article: ArticleId,
        new: &NewArticle<'_>,
        now: Timestamp,
        coming: &mut Sorted,
    ) -> Result<Placed, ReadError> {
        let record = of_article(event, new);
        let mut source = Source {
            article,
            published: new.published,
            quote: record.quote.clone(),
            span: record.evidence.quote,
            joined: None,
        };
        if let Some((mut after, reason)) = self.twin(&record, article, coming)? {
            source.joined = Some(reason);
            after.sources.push(source);
            // What a curator settled stays so.
            if after.revision == 1 {
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
        record: &EventRecord,
        article: ArticleId,
        coming: &Sorted,
    ) -> Result<Option<(StoredEvent, String)>, ReadError> {
        let (Some((from, to)), Some(block)) = (join::window(record), join::block(record)) else {
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
            let reason = join::same(&stored.event, record)?;
            Some((stored, reason))
        });
        Ok(fitting.min_by_key(|(stored, _)| (join::days_between(&stored.event, record), stored.id)))
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

/// What a batch of articles is about to store.
#[derive(Default)]
pub(crate) struct Sorted {
    articles: BTreeSet<ArticleId>,
    addresses: BTreeMap<[u8; 17], ArticleId>,
    pub(crate) new: Vec<StoredEvent>,
    /// Places in `new` by block.
    blocks: HashMap<u64, Vec<usize>>,
    /// Stored events with their new sources.
    pub(crate) joined: BTreeMap<EventId, StoredEvent>,
    /// Events that are about to go: nothing is joined to them.
    pub(crate) gone: BTreeSet<EventId>,
}

/// What becomes of an event that comes in.
pub(crate) enum Placed {
    New,
    Joined(EventId),
}

pub(crate) fn article_rows(
    id: ArticleId,
    new: &NewArticle<'_>,
    now: Timestamp,
) -> Result<Vec<Put>, WriteError> {
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

/// The event's row.
pub(crate) fn event_row(row: &StoredEvent) -> Result<Put, WriteError> {
    put(Table::Event, row.id.0, row)
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
    let row = DeliveryRow::new(id, Errand::Event, event, (subscription.id, subscription.channel), now);
    let mut puts = outbox::rows_of(&[row])?;
    puts.push(put(Table::Sent, key::sent(event, subscription.id), &id)?);
    Ok(puts)
}
