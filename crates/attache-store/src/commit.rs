//! Storing articles with their events: each one whole, or not at all.

mod identity;
mod placing;
mod revising;

use attache_extract::Event;
use jiff::Timestamp;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::article::{Article, MOST_BYTES, NewArticle, ReadFrom};
use crate::change::Act;
use crate::engine::{Put, Table};
use crate::error::{CommitError, WriteError};
use crate::feed::FeedMark;
use crate::id::{ArticleId, AuditId, DeliveryId, EventId};
use crate::key;
use crate::likeness::Shingles;
use crate::outbox::{self, Changed, DeliveryRow, Errand};
use crate::revision::Appearance;
use crate::row::StoredEvent;
use crate::store::{Store, Writer, put};
use crate::subscription::Subscription;

pub use identity::Standing;
use placing::Placed;
pub(crate) use placing::{PROGRAM, of_article};

/// Text is kept in pieces of this many bytes: sled writes larger values into files of their own,
/// which it neither syncs nor frees.
const PIECE: usize = 3 << 10;

/// What became of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The id of its text; of the stored article where its own text was not stored.
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
    /// The same text, from an address that is known or from none. Nothing changed.
    Known,
    /// A stored article, printed in another place: that place was added to it, and nothing is announced.
    Reprint {
        /// Which part of the shorter text is in the longer one, in thousandths.
        alike: u16,
    },
    /// A later version of a stored article. Its events were brought up to it.
    Revised {
        /// 2 for the first that followed the text first stored.
        number: u32,
        /// Events nobody had reported.
        events: Vec<EventId>,
        /// Events that other articles had reported.
        joined: Vec<EventId>,
        /// Events of the version before that this one tells otherwise; each is a change in the history.
        updated: Vec<EventId>,
        /// Events that this version no longer has; they stay, and say so.
        gone: Vec<EventId>,
    },
    /// It was not stored but counted, as its bringer wished.
    Aside,
}

/// What subscribers hear of what comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Announce {
    /// Nothing: the past is read in. What was posted before is only brought up to date.
    None,
    /// All, in one message for each subscription, together with what comes in the same way.
    Digest,
    /// All, each by itself.
    #[default]
    All,
}

/// An article of a batch.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// The article.
    pub article: NewArticle<'a>,
    /// What was read in it, in text order.
    pub events: &'a [Event],
    /// How far its feed is read with it, in its reader's words: kept in the same record, so that
    /// reading goes on behind the last article that is stored, whatever happens.
    pub mark: Option<(&'a str, &'a str)>,
    /// Why it is not to be stored: it is only counted, under these words and in the same record.
    pub aside: Option<&'a str>,
    /// What its parts were read from, where that is known.
    pub from: Option<&'a ReadFrom>,
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

    /// Stores several articles, as [`commit_article`](Self::commit_article) would one after the other,
    /// and gives what became of each.
    ///
    /// # Errors
    /// As [`take_in`](Self::take_in).
    pub fn commit_articles(
        &self,
        batch: &[(NewArticle<'_>, &[Event])],
        now: Timestamp,
    ) -> Result<Vec<Commit>, CommitError> {
        let incoming: Vec<_> = batch
            .iter()
            .map(|(article, events)| Incoming {
                article: *article,
                events,
                mark: None,
                aside: None,
                from: None,
            })
            .collect();
        self.take_in(&incoming, Announce::All, now)
    }

    /// Stores several articles in order, in as few commits as may be: an article that changes or repeats
    /// an earlier one of the batch begins a new commit. Gives what became of each.
    ///
    /// # Errors
    /// See [`CommitError`]. An article that no store takes is found before anything is stored; where
    /// writing fails, the first articles of the batch may be stored, each whole and with its mark.
    pub fn take_in(
        &self,
        batch: &[Incoming<'_>],
        announce: Announce,
        now: Timestamp,
    ) -> Result<Vec<Commit>, CommitError> {
        for Incoming { article, .. } in batch.iter().filter(|one| one.aside.is_none()) {
            if article.text.trim().is_empty() {
                return Err(CommitError::Empty);
            }
            if article.text.len() > MOST_BYTES {
                return Err(CommitError::TooLarge { bytes: article.text.len(), most: MOST_BYTES });
            }
        }
        let shingles: Vec<_> = batch
            .iter()
            .map(|one| Shingles::of(if one.aside.is_some() { "" } else { one.article.text }))
            .collect();
        let mut commits = Vec::with_capacity(batch.len());
        while commits.len() < batch.len() {
            let rest = || batch.iter().zip(&shingles).skip(commits.len());
            let done = self.decide(now, "program", Act::Ingest, |writer| {
                self.take_some(&mut rest(), announce, now, writer)
            })?;
            commits.extend(done);
        }
        Ok(commits)
    }

    /// Decides about as many articles as can be decided about before the first is stored: one at least.
    fn take_some(
        &self,
        batch: &mut dyn Iterator<Item = (&Incoming<'_>, &Shingles)>,
        announce: Announce,
        now: Timestamp,
        writer: &mut Writer,
    ) -> Result<(Vec<Commit>, Vec<Put>), WriteError> {
        let mut coming = Coming::default();
        let mut commits = Vec::new();
        let mut mark = None;
        for (incoming, shingles) in batch {
            let Some(commit) = self.take_article(incoming, shingles, now, writer, &mut coming)? else {
                break;
            };
            mark = incoming.mark.or(mark);
            let last = matches!(commit.outcome, Outcome::Revised { .. });
            commits.push(commit);
            if last {
                break;
            }
        }
        let mut puts = coming.puts;
        for row in coming.new.iter().chain(coming.joined.values()) {
            puts.push(event_row(row)?);
        }
        let subscriptions = self.subscriptions()?;
        puts.extend(tells(writer, &subscriptions, &coming.new, announce, now)?);
        // Where nobody ever subscribed, what was there before need not be read.
        if writer.subscription > 0 {
            let before = coming.joined.keys().map(|id| self.event(*id)).collect::<Result<Vec<_>, _>>()?;
            let changed: Vec<_> = before
                .iter()
                .zip(coming.joined.values())
                .filter_map(|(before, after)| {
                    let told = coming.told.get(&after.id).copied();
                    Some(Changed { before: before.as_ref()?, after, told })
                })
                .collect();
            puts.extend(self.follow(writer, &subscriptions, &changed, announce, now)?);
        }
        puts.extend(self.aside_rows(&coming.asides, now)?);
        if let Some((feed, place)) = mark {
            puts.push(put(Table::Feed, feed.as_bytes(), &FeedMark { place: place.to_owned(), at: now })?);
        }
        Ok((commits, puts))
    }

    /// Decides about one article of a batch; `None` where an earlier one has to be stored first.
    fn take_article(
        &self,
        incoming: &Incoming<'_>,
        shingles: &Shingles,
        now: Timestamp,
        writer: &mut Writer,
        coming: &mut Coming,
    ) -> Result<Option<Commit>, WriteError> {
        let (new, events) = (&incoming.article, incoming.events);
        let id = ArticleId::of_text(new.text);
        if let Some(reason) = incoming.aside {
            *coming.asides.entry(reason.to_owned()).or_default() += 1;
            return Ok(Some(Commit { article: id, outcome: Outcome::Aside }));
        }
        let address = new.url.map(key::address);
        match coming.meets(id, address, shingles) {
            Meeting::Nothing => {}
            Meeting::Itself => return Ok(Some(Commit { article: id, outcome: Outcome::Known })),
            Meeting::Another => return Ok(None),
        }
        let standing = self.standing_of(id, new, events, shingles)?;
        match standing {
            Standing::Known { of } => return Ok(Some(Commit { article: of, outcome: Outcome::Known })),
            Standing::Reprint { of, alike } => {
                coming.puts.extend(appearance(of, id, alike, new, now).rows()?);
                coming.note(id, address, shingles);
                return Ok(Some(Commit { article: of, outcome: Outcome::Reprint { alike } }));
            }
            Standing::New | Standing::Revision { .. } => {}
        }
        coming.note(id, address, shingles);
        let mut rows = article_rows(id, new, now)?;
        coming.puts.append(&mut rows);
        if let Some(from) = incoming.from {
            coming.puts.push(put(Table::ReadFrom, id.0, from)?);
        }
        if let Standing::Revision { before, number } = standing {
            let outcome = self.revise(before, number, id, new, events, now, writer, coming)?;
            return Ok(Some(Commit { article: id, outcome }));
        }
        let (mut news, mut joined) = (Vec::new(), Vec::new());
        for (position, event) in (0_u32..).zip(events) {
            let event_id = EventId::nth_of(id, position);
            match self.place(event, event_id, id, new, now, coming)? {
                Placed::New => news.push(event_id),
                Placed::Joined(known) => joined.push(known),
            }
        }
        Ok(Some(Commit { article: id, outcome: Outcome::New { events: news, joined } }))
    }
}

/// What a commit is about to store.
#[derive(Default)]
pub(crate) struct Coming {
    puts: Vec<Put>,
    /// Texts with the address each came from.
    articles: BTreeMap<ArticleId, Option<[u8; 17]>>,
    addresses: BTreeMap<[u8; 17], ArticleId>,
    /// Which article of the batch a sketch's hash is of.
    sketches: HashMap<u32, Vec<ArticleId>>,
    pub(crate) new: Vec<StoredEvent>,
    /// Places in `new` by block.
    blocks: HashMap<u64, Vec<usize>>,
    /// Stored events with what changes in them.
    pub(crate) joined: BTreeMap<EventId, StoredEvent>,
    /// Which entry of the history tells of a change.
    told: BTreeMap<EventId, AuditId>,
    /// Events that are about to go: nothing is joined to them.
    pub(crate) gone: BTreeSet<EventId>,
    /// How many were only counted, by reason.
    asides: BTreeMap<String, u64>,
}

/// Whether an article has to do with one of its own batch.
enum Meeting {
    Nothing,
    /// The same text from the same place.
    Itself,
    /// It may change or repeat another.
    Another,
}

impl Coming {
    fn meets(&self, id: ArticleId, address: Option<[u8; 17]>, shingles: &Shingles) -> Meeting {
        if let Some(held) = self.articles.get(&id) {
            let same = address.is_none() || *held == address;
            return if same { Meeting::Itself } else { Meeting::Another };
        }
        if address.is_some_and(|address| self.addresses.contains_key(&address)) {
            return Meeting::Another;
        }
        let sketch = shingles.sketch();
        let mut shared: Vec<_> = sketch.iter().filter_map(|hash| self.sketches.get(hash)).flatten().collect();
        shared.sort_unstable();
        let alike = shared.chunk_by(|a, b| a == b).any(|group| group.len() > 1 || sketch.len() < 3);
        if alike { Meeting::Another } else { Meeting::Nothing }
    }

    fn note(&mut self, id: ArticleId, address: Option<[u8; 17]>, shingles: &Shingles) {
        self.articles.insert(id, address);
        self.addresses.extend(address.map(|address| (address, id)));
        for hash in shingles.sketch() {
            self.sketches.entry(hash).or_default().push(id);
        }
    }
}

fn appearance(
    of: ArticleId,
    text: ArticleId,
    alike: u16,
    new: &NewArticle<'_>,
    now: Timestamp,
) -> Appearance {
    Appearance {
        article: of,
        text,
        alike,
        title: new.title.map(str::to_owned),
        url: new.url.map(str::to_owned),
        publisher: new.publisher.map(str::to_owned),
        published: new.published,
        stored: now,
        origin: new.origin.to_owned(),
    }
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
        puts.push(put(Table::ArticleKey, key::address(url), &article.id)?);
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

/// Rows of the deliveries by which who subscribed hears of new events.
pub(crate) fn tells(
    writer: &mut Writer,
    subscriptions: &[Subscription],
    events: &[StoredEvent],
    announce: Announce,
    now: Timestamp,
) -> Result<Vec<Put>, WriteError> {
    let mut puts = Vec::new();
    if announce == Announce::None {
        return Ok(puts);
    }
    for event in events {
        for subscription in subscriptions.iter().filter(|s| s.filter.wants(event)) {
            puts.extend(delivery_rows(writer, event.id, subscription, announce, now)?);
        }
    }
    Ok(puts)
}

/// A pending delivery, unless this event went to this subscription before.
fn delivery_rows(
    writer: &mut Writer,
    event: EventId,
    subscription: &Subscription,
    announce: Announce,
    now: Timestamp,
) -> Result<Vec<Put>, WriteError> {
    writer.delivery += 1;
    let id = DeliveryId(writer.delivery);
    let place = (subscription.id, subscription.channel);
    let row = DeliveryRow::new(id, Errand::Event, event, place, now).announced(announce);
    let mut puts = outbox::rows_of(&[row])?;
    puts.push(put(Table::Sent, key::sent(event, subscription.id), &id)?);
    Ok(puts)
}
