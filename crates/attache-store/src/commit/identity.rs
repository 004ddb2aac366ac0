//! Whether an article is new, a stored one in another place, or a stored one's later version. Reads,
//! changes nothing.

use attache_extract::Event;
use jiff::civil::Date;

use crate::article::NewArticle;
use crate::engine::Table;
use crate::error::ReadError;
use crate::id::ArticleId;
use crate::join;
use crate::key;
use crate::likeness::{Shingles, difference, tells_otherwise};
use crate::record::EventRecord;
use crate::row::StoredEvent;
use crate::store::Store;

/// Part of the shorter text that is in the longer one where both are one story, in thousandths. On the
/// pairs of `tests/pairs` reprints lie from 647 on, the next day's story reaches 614; another story in
/// much the same words reaches 840 and is told apart by what it names (`tests/it/pairs.rs` prints them).
const REPRINT: u16 = 640;

/// The same where the shorter text has fewer runs of words than [`FEW`]: two sentences on one event share
/// that much by themselves. Reprints and excerpts lie from 865 on.
const SHORT_REPRINT: u16 = 850;
const FEW: usize = 40;

/// Below this, a page that is dated otherwise is another article at an address used again.
const REUSED: u16 = 100;

/// Days after which a text that is like another is a new one in the same words.
const REPRINTED_WITHIN: i32 = 10;

/// Days within which "on Thursday" is one day in texts that are alike.
const SAME_WEEK: i32 = 3;

/// Days from which another text at an address may be another article.
const SAME_ISSUE: i32 = 2;

/// A text so many times as long as the stored one is more than a reprint of it.
const LONGER: usize = 2;

/// Part of a sentence's runs of words by which a text has it, in thousandths.
const TOLD: u16 = 500;

/// Texts that are read to compare them.
const CANDIDATES: usize = 5;

/// What an article is to those that are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: it would be stored.
    New,
    /// The same text from a known place.
    Known {
        /// The stored article.
        of: ArticleId,
    },
    /// A stored article in another place.
    Reprint {
        /// The stored article.
        of: ArticleId,
        /// Which part of the shorter text is in the longer one, in thousandths.
        alike: u16,
    },
    /// A later version of a stored article.
    Revision {
        /// The text whose place it takes.
        before: ArticleId,
        /// Its number.
        number: u32,
    },
}

impl Store {
    /// What storing an article would make of it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standing(&self, new: &NewArticle<'_>, events: &[Event]) -> Result<Standing, ReadError> {
        self.standing_of(ArticleId::of_text(new.text), new, events, &Shingles::of(new.text))
    }

    /// Whether this very text was read before, wherever it stood: reading it again brings no event.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_text(&self, text: &str) -> Result<bool, ReadError> {
        Ok(self.of_text(ArticleId::of_text(text))?.is_some())
    }

    /// Whether an article stands at this address already.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_address(&self, url: &str) -> Result<bool, ReadError> {
        Ok(self.at_address(url)?.is_some())
    }

    /// The stored article of this text, or of this address.
    pub(crate) fn known(
        &self,
        article: ArticleId,
        url: Option<&str>,
    ) -> Result<Option<ArticleId>, ReadError> {
        match self.of_text(article)? {
            Some(of) => Ok(Some(of)),
            None => url.map_or(Ok(None), |url| self.at_address(url)),
        }
    }

    /// The stored article that has this text or was reprinted with it.
    fn of_text(&self, id: ArticleId) -> Result<Option<ArticleId>, ReadError> {
        if self.article(id)?.is_some() {
            return Ok(Some(id));
        }
        self.row(Table::ArticleKey, &key::copied_text(id))
    }

    /// The text that stands at an address.
    fn at_address(&self, url: &str) -> Result<Option<ArticleId>, ReadError> {
        match self.row(Table::ArticleKey, &key::address(url))? {
            Some(id) => Ok(Some(id)),
            // Stores of earlier releases knew addresses by another rule.
            None => self.row(Table::ArticleKey, &key::url(url)),
        }
    }

    pub(super) fn standing_of(
        &self,
        id: ArticleId,
        new: &NewArticle<'_>,
        events: &[Event],
        shingles: &Shingles,
    ) -> Result<Standing, ReadError> {
        let there = new.url.map_or(Ok(None), |url| self.at_address(url))?;
        if let Some(of) = self.of_text(id)? {
            let elsewhere = there.is_none() && new.url.is_some();
            return Ok(if elsewhere {
                Standing::Reprint { of, alike: 1000 }
            } else {
                Standing::Known { of }
            });
        }
        if let Some(standing) = there.map_or(Ok(None), |before| self.as_revision(before, new, shingles))? {
            return Ok(standing);
        }
        for of in self.index().like(shingles).into_iter().take(CANDIDATES) {
            if let Some(alike) = self.as_reprint(of, new, events, shingles)? {
                return Ok(Standing::Reprint { of, alike });
            }
        }
        Ok(Standing::New)
    }

    /// The article as a later version of the one at its address. `None` where that address is only one of
    /// a stored article's other places, or was used again for something else.
    fn as_revision(
        &self,
        before: ArticleId,
        new: &NewArticle<'_>,
        shingles: &Shingles,
    ) -> Result<Option<Standing>, ReadError> {
        let (Some(stored), Some(text)) = (self.article(before)?, self.article_text(before)?) else {
            return Ok(None);
        };
        let own = |url: &str| new.url.is_some_and(|other| key::address(url) == key::address(other));
        if !stored.url.as_deref().is_some_and(own) {
            return Ok(None);
        }
        let alike = Shingles::of(&text).contained(shingles);
        if alike < REUSED && days_between(stored.published, new.published) > SAME_ISSUE {
            return Ok(None);
        }
        if difference(&text, new.text) == Default::default() {
            return Ok(Some(Standing::Known { of: before }));
        }
        let number = self.revisions(before)?.last().map_or(1, |last| last.number) + 1;
        Ok(Some(Standing::Revision { before, number }))
    }

    /// How much of the article is a stored one, where it tells nothing else and nothing more.
    fn as_reprint(
        &self,
        of: ArticleId,
        new: &NewArticle<'_>,
        events: &[Event],
        shingles: &Shingles,
    ) -> Result<Option<u16>, ReadError> {
        let Some(article) = self.article(of)? else { return Ok(None) };
        let apart = days_between(article.published, new.published);
        if apart > REPRINTED_WITHIN {
            return Ok(None);
        }
        let Some(text) = self.article_text(of)? else { return Ok(None) };
        let stored = Shingles::of(&text);
        let alike = stored.contained(shingles);
        let enough = if stored.len().min(shingles.len()) < FEW { SHORT_REPRINT } else { REPRINT };
        if alike < enough || shingles.len() > stored.len() * LONGER || tells_otherwise(&text, new.text) {
            return Ok(None);
        }
        let told = |event: &Event| {
            let quote = Shingles::of(&event.quote);
            quote.shared(&stored) * 1000 >= quote.len() * usize::from(TOLD)
        };
        let held = self.read_all(&self.index().events_of(of))?;
        // What an editor put before it tells of the same in other words.
        let known = |event: &Event| {
            let new = EventRecord::from(event);
            held.iter().any(|row| join::may_be_same(&row.event, &new))
        };
        // A paragraph of somebody's words that a local paper puts in makes it no other article.
        let said = |event: &Event| !join::is_joined(event.act.kind());
        if !events.iter().all(|event| said(event) || told(event) || known(event)) {
            return Ok(None);
        }
        if apart > SAME_WEEK && !same_days(&held, events) {
            return Ok(None);
        }
        Ok(Some(alike))
    }
}

/// Whether events meet the days of those of their kind that a stored article reports: "on Thursday" is
/// another day a week later.
fn same_days(held: &[StoredEvent], events: &[Event]) -> bool {
    events.iter().all(|event| {
        let new = EventRecord::from(event);
        let mut alike =
            held.iter().filter(|row| row.event.kind == new.kind && row.event.date.start.is_some());
        new.date.start.is_none()
            || alike.clone().next().is_none()
            || alike.any(|row| join::same_days(&row.event, &new))
    })
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().saturating_abs())
}
