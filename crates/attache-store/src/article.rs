//! Articles: what came in, and what is kept of it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::ArticleId;

/// Largest text a store takes, in bytes.
pub(crate) const MOST_BYTES: usize = 4 << 20;

/// An article to store.
#[derive(Debug, Clone, Copy)]
pub struct NewArticle<'a> {
    /// Headline.
    pub title: Option<&'a str>,
    /// Address.
    pub url: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// Local day of publication.
    pub published: Date,
    /// The text the events' spans point into.
    pub text: &'a str,
    /// Where it came from: `file`, `discord`, `sample`, a feed's address.
    pub origin: &'a str,
    /// Version of the rules and lexicons that read it.
    pub rules: &'a str,
}

impl NewArticle<'_> {
    /// The id that the text has where it is stored.
    #[must_use]
    pub fn id(&self) -> ArticleId {
        ArticleId::of_text(self.text)
    }
}

/// What an article's parts were read from, in its reader's words; empty where nobody said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadFrom {
    /// The day of publication.
    pub date: String,
    /// The headline.
    pub title: String,
    /// The text.
    pub text: String,
}

/// A stored article, without its text (see [`Store::article_text`](crate::Store::article_text)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// Headline.
    pub title: Option<String>,
    /// Address, as given.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Local day of publication.
    pub published: Date,
    /// When it was stored (UTC).
    pub stored: Timestamp,
    /// Where it came from.
    pub origin: String,
    /// Version of the rules that read it.
    pub rules: String,
    /// Length of the text in bytes.
    pub bytes: usize,
}
