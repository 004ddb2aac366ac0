//! An article that changed, and an article that stands in several places. Every text that was read stays
//! stored under its own id; what became of it is told by rows beside.

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::{Put, Table};
use crate::error::{ReadError, WriteError};
use crate::id::ArticleId;
use crate::key;
use crate::store::{Store, put};

/// A later text of an article, and how it differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The later text.
    pub article: ArticleId,
    /// The article's first text.
    pub of: ArticleId,
    /// The text whose place it took.
    pub before: ArticleId,
    /// 2 for the first that followed, and so on.
    pub number: u32,
    /// When it was stored (UTC).
    pub at: Timestamp,
    /// Sentences that came, the first 64.
    pub came: Vec<String>,
    /// Sentences that went, the first 64.
    pub went: Vec<String>,
}

/// Another place where a stored article was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// The stored article.
    pub article: ArticleId,
    /// The id that the text printed here would have; the article's own where it is the same text.
    pub text: ArticleId,
    /// Which part of the shorter text is in the longer one, in thousandths.
    pub alike: u16,
    /// Headline here.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Who published it here.
    pub publisher: Option<String>,
    /// Local day of publication here.
    pub published: Date,
    /// When it was stored (UTC).
    pub stored: Timestamp,
    /// Where it came from.
    pub origin: String,
}

impl Store {
    /// The first text of the article that a text belongs to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn first_text(&self, text: ArticleId) -> Result<ArticleId, ReadError> {
        Ok(self.row(Table::ArticleKey, &key::later_text(text))?.unwrap_or(text))
    }

    /// The later texts of the article that a text belongs to, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn revisions(&self, text: ArticleId) -> Result<Vec<Revision>, ReadError> {
        let first = self.first_text(text)?;
        let mut rows = Vec::new();
        let (from, to) = (key::article_piece(first, 0), key::article_piece(first, u32::MAX));
        self.each(Table::Revision, &from, &to, false, &mut |_, row: Revision| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// Where else an article was printed, its other texts' places too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn appearances(&self, text: ArticleId) -> Result<Vec<Appearance>, ReadError> {
        let first = self.first_text(text)?;
        let later = self.revisions(first)?;
        let mut rows = Vec::new();
        for id in std::iter::once(first).chain(later.iter().map(|revision| revision.article)) {
            let (from, to) = (id.0.to_vec(), [&id.0[..], &[u8::MAX; 17]].concat());
            self.each(Table::Appearance, &from, &to, false, &mut |_, row: Appearance| {
                rows.push(row);
                ControlFlow::Continue(())
            })?;
        }
        Ok(rows)
    }
}

impl Revision {
    /// Its rows; `url` leads to it from now on.
    pub(crate) fn rows(&self, url: Option<&str>) -> Result<Vec<Put>, WriteError> {
        let mut puts = vec![
            put(Table::Revision, key::article_piece(self.of, self.number), self)?,
            put(Table::ArticleKey, key::later_text(self.article), &self.of)?,
        ];
        if let Some(url) = url {
            puts.push(put(Table::ArticleKey, key::address(url), &self.article)?);
        }
        Ok(puts)
    }
}

impl Appearance {
    /// Its rows.
    pub(crate) fn rows(&self) -> Result<Vec<Put>, WriteError> {
        let mut puts = vec![put(Table::Appearance, self.key(), self)?];
        if self.text != self.article {
            puts.push(put(Table::ArticleKey, key::copied_text(self.text), &self.article)?);
        }
        if let Some(url) = &self.url {
            puts.push(put(Table::ArticleKey, key::address(url), &self.article)?);
        }
        Ok(puts)
    }

    /// One place is one row, whoever reads it again.
    pub(crate) fn key(&self) -> Vec<u8> {
        let place = self.url.as_deref().map(crate::address::canonical);
        let place = place.or_else(|| self.publisher.clone()).unwrap_or_default();
        let hash = blake3::hash(place.as_bytes());
        [&self.article.0[..], hash.as_bytes().get(..16).unwrap_or_default()].concat()
    }
}
