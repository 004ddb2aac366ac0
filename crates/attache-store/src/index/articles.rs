//! Which stored articles a text may be a copy of, and which events an article reports. Both say where
//! to look: who asks reads the texts and the events to be sure.
//!
//! Articles have numbers in order of arrival. A look-up costs the same among a thousand articles and
//! among a million: twenty hashes, each with at most [`MOST_OF_ONE`] articles behind it.

use std::io;

use hashbrown::HashTable;

use super::snapshot::{count, list_length, number};
use crate::id::ArticleId;
use crate::likeness::Shingles;

/// Runs of words that so many articles have are nobody's: "click here for more news".
const MOST_OF_ONE: usize = 64;

/// Hashes that two sketches must share.
const SHARED: usize = 2;

/// Texts with fewer runs of words than this are found by one shared hash.
const SHORT: usize = 24;

/// See the module's documentation.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Articles {
    ids: Vec<ArticleId>,
    by_id: Pairs,
    /// Hash of a run of words, number of an article.
    sketches: Pairs,
    /// Number of an article, number of an event.
    reports: Pairs,
}

impl Articles {
    /// Takes an article in; one that is there already keeps its number and its sketch.
    pub(super) fn put(&mut self, id: ArticleId, text: Option<&str>) {
        if self.number(id).is_some() {
            return;
        }
        let at = count(self.ids.len());
        self.ids.push(id);
        self.by_id.put(head(id), at);
        for hash in text.map(Shingles::of).unwrap_or_default().sketch() {
            if self.sketches.of(hash).count() < MOST_OF_ONE {
                self.sketches.put(hash, at);
            }
        }
    }

    /// How many articles there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Takes in that an article reports an event.
    pub(super) fn reported(&mut self, article: ArticleId, event: u32) {
        if let Some(at) = self.number(article)
            && !self.reports.of(at).any(|held| held == event)
        {
            self.reports.put(at, event);
        }
    }

    /// Numbers of the events that an article reports or once reported.
    pub(super) fn events_of(&self, article: ArticleId) -> Vec<u32> {
        let mut found: Vec<u32> =
            self.number(article).map(|at| self.reports.of(at).collect()).unwrap_or_default();
        found.sort_unstable();
        found
    }

    /// Articles whose sketch shares enough with a text's, those that share most first.
    pub(super) fn like(&self, text: &Shingles) -> Vec<ArticleId> {
        let mut found: Vec<u32> = text.sketch().iter().flat_map(|hash| self.sketches.of(*hash)).collect();
        found.sort_unstable();
        let enough = if text.len() < SHORT { 1 } else { SHARED };
        let mut ranked: Vec<(usize, u32)> = found
            .chunk_by(|a, b| a == b)
            .filter_map(|group| Some((group.len(), *group.first()?)))
            .filter(|(shared, _)| *shared >= enough)
            .collect();
        ranked.sort_unstable_by_key(|(shared, at)| (std::cmp::Reverse(*shared), *at));
        ranked.into_iter().filter_map(|(_, at)| self.ids.get(at as usize).copied()).collect()
    }

    fn number(&self, id: ArticleId) -> Option<u32> {
        self.by_id.of(head(id)).find(|at| self.ids.get(*at as usize) == Some(&id))
    }

    pub(super) fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&count(self.ids.len()).to_be_bytes());
        for id in &self.ids {
            to.extend_from_slice(&id.0);
        }
        self.sketches.write(to);
        self.reports.write(to);
    }

    pub(super) fn read(from: &mut &[u8]) -> io::Result<Self> {
        let mut articles = Self::default();
        for at in 0..list_length(from, 16)? {
            let id = ArticleId(number(from)?);
            articles.ids.push(id);
            articles.by_id.put(head(id), count(at));
        }
        articles.sketches = Pairs::read(from)?;
        articles.reports = Pairs::read(from)?;
        Ok(articles)
    }
}

fn head(id: ArticleId) -> u32 {
    // Ids are hashes already.
    let [a, b, c, d, ..] = id.0;
    u32::from_be_bytes([a, b, c, d])
}

/// Pairs of numbers, found by the first: nine bytes each, with room to grow.
#[derive(Default)]
struct Pairs(HashTable<(u32, u32)>);

impl Pairs {
    fn put(&mut self, key: u32, value: u32) {
        self.0.insert_unique(spread(key), (key, value), |(key, _)| spread(*key));
    }

    fn of(&self, key: u32) -> impl Iterator<Item = u32> + '_ {
        self.0.iter_hash(spread(key)).filter(move |pair| pair.0 == key).map(|pair| pair.1)
    }

    fn sorted(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<_> = self.0.iter().copied().collect();
        pairs.sort_unstable();
        pairs
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&count(self.0.len()).to_be_bytes());
        for (key, value) in self.sorted() {
            to.extend_from_slice(&key.to_be_bytes());
            to.extend_from_slice(&value.to_be_bytes());
        }
    }

    fn read(from: &mut &[u8]) -> io::Result<Self> {
        let mut pairs = Self::default();
        let length = list_length(from, 8)?;
        pairs.0.reserve(length, |(key, _)| spread(*key));
        for _ in 0..length {
            let key = u32::from_be_bytes(number(from)?);
            pairs.put(key, u32::from_be_bytes(number(from)?));
        }
        Ok(pairs)
    }
}

impl PartialEq for Pairs {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.sorted() == other.sorted()
    }
}

impl Eq for Pairs {}

fn spread(key: u32) -> u64 {
    let mixed = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: usize) -> String {
        (0..120).map(|n| format!("w{} ", (n + 1) * seed * 7919 % 100_003)).collect()
    }

    fn of(texts: usize) -> Articles {
        let mut articles = Articles::default();
        for seed in 1..=texts {
            articles.put(ArticleId::of_text(&text(seed)), Some(&text(seed)));
        }
        articles
    }

    #[test]
    fn a_part_of_a_text_leads_to_it_alone() {
        let articles = of(3000);
        for seed in [1, 1500, 3000] {
            let whole = text(seed);
            let part: String = whole.split_inclusive(' ').take(70).collect();
            assert_eq!(articles.like(&Shingles::of(&part)), [ArticleId::of_text(&whole)]);
        }
        assert_eq!(articles.like(&Shingles::of(&text(4000))), []);
    }

    #[test]
    fn what_everybody_prints_leads_to_a_few_only() {
        let mut articles = Articles::default();
        for seed in 1..300 {
            let printed =
                format!("Ours is number {seed}. Sign the form below to get all the news every single day.");
            articles.put(ArticleId::of_text(&printed), Some(&printed));
        }
        let again = Shingles::of("Sign the form below to get all the news every single day.");
        assert!(articles.like(&again).len() <= MOST_OF_ONE * again.sketch().len());
        assert!(
            articles.sketches.0.iter().all(|(hash, _)| articles.sketches.of(*hash).count() <= MOST_OF_ONE)
        );
    }

    #[test]
    fn what_is_written_is_read() {
        let mut articles = of(50);
        articles.reported(ArticleId::of_text(&text(7)), 3);
        articles.reported(ArticleId::of_text(&text(7)), 3);
        articles.reported(ArticleId::of_text("unknown"), 4);
        let mut bytes = Vec::new();
        articles.write(&mut bytes);
        let mut from = bytes.as_slice();
        let read = Articles::read(&mut from).unwrap();
        assert!(from.is_empty() && read == articles);
        assert_eq!(read.events_of(ArticleId::of_text(&text(7))), [3]);
        assert!(Articles::read(&mut bytes.get(..bytes.len() - 1).unwrap()).is_err());
    }
}
