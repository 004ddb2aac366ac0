//! What questions are answered from: every event's facets in memory, as bitmaps over event numbers,
//! and the order of days. Made from the commits, saved beside them, and never the only place where
//! something stands.
//!
//! An event's number is its place in order of arrival. Bitmaps of closed vocabularies are exact;
//! those of words say where a word may stand, and who asks reads the event to be sure.

mod articles;
mod facets;
mod ordered;
mod plan;
mod snapshot;
mod tally;

use std::collections::{BTreeMap, HashMap};

use hashbrown::HashTable;
use roaring::RoaringBitmap;
use smol_str::SmolStr;

use crate::change::{Change, Seq};
use crate::engine::{Engine, Place, Table};
use crate::error::ReadError;
use crate::id::{ArticleId, EventId};
use crate::join;
use crate::key;
use crate::likeness::Shingles;
use crate::row::{self, StoredEvent};

use articles::Articles;
use ordered::{Columns, Ordered};

pub(crate) use facets::Facet;
pub(crate) use plan::Candidate;

/// Events by number.
#[derive(Default)]
pub(crate) struct Index {
    /// The last commit taken in.
    pub(crate) seq: Seq,
    ids: Vec<EventId>,
    /// `yyyymmdd`.
    days: Vec<u32>,
    confidence: Vec<u16>,
    places: Vec<Place>,
    by_id: HashTable<u32>,
    /// Numbers of a day, by id.
    by_day: BTreeMap<u32, Vec<u32>>,
    /// Not deleted.
    live: RoaringBitmap,
    facets: BTreeMap<Facet, RoaringBitmap>,
    /// Numbers that are not deleted, by kind, by country and by both.
    ordered: Ordered,
    /// Words of every text of an event.
    words: HashMap<SmolStr, RoaringBitmap>,
    /// Numbers of the events that could be reports of one and the same, by day.
    blocks: HashMap<u64, Vec<(u32, u32)>>,
    /// The block of each number.
    block_of: Vec<u64>,
    articles: Articles,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("seq", &self.seq)
            .field("events", &self.ids.len())
            .finish_non_exhaustive()
    }
}

/// The texts that a commit brings.
fn texts(change: &Change) -> Result<HashMap<ArticleId, Vec<u8>>, ReadError> {
    let mut texts: HashMap<ArticleId, Vec<u8>> = HashMap::new();
    for put in change.puts.iter().filter(|put| put.table == Table::Text) {
        if let (Some(id), Some(value)) = (put.key.first_chunk::<16>(), &put.value) {
            let piece: Vec<u8> = row::decode(Table::Text, &put.key, value)?;
            texts.entry(ArticleId(*id)).or_default().extend(piece);
        }
    }
    Ok(texts)
}

/// The block of events that are never joined.
const NO_BLOCK: u64 = 0;

fn hash_of(id: EventId) -> u64 {
    // Ids are hashes already.
    let [a, b, c, d, e, f, g, h, ..] = id.0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

impl Index {
    /// How many events there are, deleted ones too.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// How many are not deleted.
    pub(crate) fn live(&self) -> u64 {
        self.live.len()
    }

    /// How many articles are stored.
    pub(crate) fn articles(&self) -> usize {
        self.articles.len()
    }

    /// The event that arrived last.
    pub(crate) fn last(&self) -> Option<EventId> {
        self.ids.last().copied()
    }

    fn number(&self, id: EventId) -> Option<u32> {
        self.by_id.find(hash_of(id), |n| self.ids.get(*n as usize) == Some(&id)).copied()
    }

    /// Takes a commit in.
    pub(crate) fn take(&mut self, seq: Seq, change: &Change, places: &[Place]) -> Result<(), ReadError> {
        let mut titles: HashMap<&[u8], Option<String>> = HashMap::new();
        let texts = texts(change)?;
        for put in change.puts.iter().filter(|put| put.table == Table::Article) {
            if let Some(value) = &put.value {
                let article: crate::Article = row::decode(Table::Article, &put.key, value)?;
                // A record of the chronology is not the page it was taken from.
                let text = texts.get(&article.id).filter(|_| article.origin != crate::chronology::ORIGIN);
                let text = text.map(|bytes| String::from_utf8_lossy(bytes));
                self.articles.put(article.id, text.as_deref());
                titles.insert(&put.key, article.title);
            }
        }
        for (put, place) in change.puts.iter().zip(places) {
            let (Table::Event, Some(value)) = (put.table, &put.value) else { continue };
            let row: StoredEvent = row::decode(Table::Event, &put.key, value)?;
            let title = row.sources.iter().filter_map(|source| titles.get(&source.article.0[..])?.as_deref());
            let title: Vec<&str> = title.collect();
            self.put(&row, &title, *place)?;
        }
        self.seq = seq;
        Ok(())
    }

    fn put(&mut self, row: &StoredEvent, titles: &[&str], place: Place) -> Result<(), ReadError> {
        let number = match self.number(row.id) {
            Some(number) => {
                self.leave(number);
                number
            }
            None => {
                let number = u32::try_from(self.ids.len())
                    .map_err(|_| ReadError::Engine("more events than an index has numbers for".to_owned()))?;
                self.ids.push(row.id);
                self.days.push(0);
                self.confidence.push(0);
                self.places.push(Place::default());
                self.block_of.push(0);
                let ids = &self.ids;
                self.by_id.insert_unique(hash_of(row.id), number, |n| {
                    ids.get(*n as usize).map_or(0, |id| hash_of(*id))
                });
                number
            }
        };
        let day = key::day_number(row.sort_day);
        let at = number as usize;
        if let (Some(days), Some(confidence), Some(held)) =
            (self.days.get_mut(at), self.confidence.get_mut(at), self.places.get_mut(at))
        {
            *days = day;
            *confidence = facets::thousandths(row.event.confidence);
            *held = place;
        }
        let ids = &self.ids;
        let id_of = |n: &u32| ids.get(*n as usize).copied().unwrap_or(row.id);
        let same_day = self.by_day.entry(day).or_default();
        if let Err(at) = same_day.binary_search_by_key(&row.id, id_of) {
            same_day.insert(at, number);
        }
        if row.deleted {
            self.live.remove(number);
        } else {
            self.live.insert(number);
        }
        for source in &row.sources {
            self.articles.reported(source.article, number);
        }
        let facets = facets::of(row);
        if !row.deleted {
            let columns = Columns { ids: &self.ids, days: &self.days };
            self.ordered.insert(number, &facets, columns);
        }
        for facet in facets {
            self.facets.entry(facet).or_default().insert(number);
        }
        facets::words(row, titles, &mut |word| {
            if let Some(held) = self.words.get_mut(word) {
                held.insert(number);
            } else {
                self.words.insert(word.into(), RoaringBitmap::from_iter([number]));
            }
        });
        let block = join::block(&row.event).unwrap_or(NO_BLOCK);
        if let Some(held) = self.block_of.get_mut(at) {
            *held = block;
        }
        if block != NO_BLOCK {
            let list = self.blocks.entry(block).or_default();
            let entry = (day, number);
            let at = list.partition_point(|held| *held < entry);
            list.insert(at, entry);
        }
        Ok(())
    }

    /// Takes an event out of everything exact that it is in.
    fn leave(&mut self, number: u32) {
        let mut held = Vec::new();
        self.facets.retain(|facet, numbers| {
            let had = numbers.remove(number);
            if had {
                held.push(facet.clone());
            }
            !had || !numbers.is_empty()
        });
        self.ordered.remove(number, &held, Columns { ids: &self.ids, days: &self.days });
        let at = number as usize;
        let (day, block) = (self.days.get(at).copied(), self.block_of.get(at).copied());
        if let Some(list) = day.and_then(|day| self.by_day.get_mut(&day)) {
            list.retain(|n| *n != number);
        }
        if let Some(day) = day.filter(|day| self.by_day.get(day).is_some_and(Vec::is_empty)) {
            self.by_day.remove(&day);
        }
        if let Some(list) = block.and_then(|block| self.blocks.get_mut(&block)) {
            list.retain(|(_, n)| *n != number);
            if list.is_empty() {
                self.blocks.remove(&block.unwrap_or(NO_BLOCK));
            }
        }
    }

    /// Events that a report in `block` could be another report of: those that sort from one day to
    /// another, deleted ones left out.
    pub(crate) fn neighbours(&self, block: u64, from: u32, to: u32) -> Vec<Candidate> {
        let Some(list) = self.blocks.get(&block) else { return Vec::new() };
        let first = list.partition_point(|(day, _)| *day < from);
        let near = list.iter().skip(first).take_while(|(day, _)| *day <= to);
        near.filter(|(_, n)| self.live.contains(*n)).filter_map(|(_, n)| self.candidate(*n)).collect()
    }

    /// Events that are not deleted and whose confidence is below so many thousandths, in order of
    /// arrival.
    pub(crate) fn doubtful(&self, below: u16) -> Vec<Candidate> {
        let low = |number: &u32| self.confidence.get(*number as usize).is_some_and(|held| *held < below);
        self.live.iter().filter(low).filter_map(|number| self.candidate(number)).collect()
    }

    /// Events that an article reports or once reported, deleted ones too.
    pub(crate) fn events_of(&self, article: ArticleId) -> Vec<Candidate> {
        self.articles.events_of(article).into_iter().filter_map(|n| self.candidate(n)).collect()
    }

    /// Articles that a text may be a copy of, the likeliest first.
    pub(crate) fn like(&self, text: &Shingles) -> Vec<ArticleId> {
        self.articles.like(text)
    }

    fn candidate(&self, number: u32) -> Option<Candidate> {
        let at = number as usize;
        Some(Candidate { id: *self.ids.get(at)?, day: *self.days.get(at)?, place: *self.places.get(at)? })
    }

    /// Where the index differs from one made anew from the engine's commits; words may say more.
    pub(crate) fn differences(&self, engine: &dyn Engine) -> Result<Vec<String>, ReadError> {
        let fresh = Self::of(engine)?;
        let mut faults = Vec::new();
        if self.seq != fresh.seq || self.ids != fresh.ids || self.places != fresh.places {
            faults.push(format!("index: made of {} commits, the journal has {}", self.seq, fresh.seq));
        }
        if self.days != fresh.days || self.by_day != fresh.by_day || self.confidence != fresh.confidence {
            faults.push("index: days or confidence are not the events'".to_owned());
        }
        if self.live != fresh.live {
            faults.push("index: deleted events are not the store's".to_owned());
        }
        for (facet, numbers) in &fresh.facets {
            if self.facets.get(facet) != Some(numbers) {
                faults.push(format!("index: {facet:?} is not the events'"));
            }
        }
        faults.extend(
            self.facets
                .keys()
                .filter(|facet| !fresh.facets.contains_key(facet))
                .map(|facet| format!("index: {facet:?} of no event")),
        );
        for (word, numbers) in &fresh.words {
            if self.words.get(word).is_none_or(|held| !numbers.is_subset(held)) {
                faults.push(format!("index: the word {word:?} is not where the events have it"));
            }
        }
        if self.ordered != fresh.ordered {
            faults.push("index: the order of a kind's or country's events is not the events'".to_owned());
        }
        if self.articles != fresh.articles {
            faults.push("index: articles, or what they report, are not the store's".to_owned());
        }
        if self.blocks != fresh.blocks {
            faults.push("index: neighbours are not the events'".to_owned());
        }
        Ok(faults)
    }

    /// The index of everything an engine has.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub(crate) fn of(engine: &dyn Engine) -> Result<Self, ReadError> {
        let mut index = Self::default();
        index.catch_up(engine, &mut |_, _| {})?;
        Ok(index)
    }

    /// Takes in what was committed since.
    ///
    /// # Errors
    /// When a commit cannot be read; the index is as far as the one before it then.
    pub(crate) fn catch_up(
        &mut self,
        engine: &dyn Engine,
        seen: &mut dyn FnMut(Seq, &Change),
    ) -> Result<(), ReadError> {
        if engine.head()? == self.seq {
            return Ok(());
        }
        let after = self.seq;
        let mut fault = None;
        let walked = engine.changes(after, &mut |seq, change, places| {
            let taken = self.take(seq, &change, &places);
            seen(seq, &change);
            taken.map_err(|error| {
                let what = error.to_string();
                fault = Some(error);
                what
            })
        });
        match (fault, walked) {
            (Some(error), _) => Err(error),
            (None, Err(what)) => Err(ReadError::Engine(what)),
            (None, Ok(())) => Ok(()),
        }
    }
}
