//! The reader: lexicons and rules loaded once, then any number of texts.

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::article::Article;
use crate::event::Extraction;
use crate::explain::Explanation;
use crate::reading::{Intent, Reading};

/// Reads articles and questions. Holds the rules and lexicons; sharing it between threads is free.
#[derive(Debug)]
pub struct Extractor {}

impl Extractor {
    /// The extractor with the rules and lexicons shipped in this crate.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Extractor> = OnceLock::new();
        BUILTIN.get_or_init(|| Self {})
    }

    /// The events of an article, in text order. Any text is fine; one without events gives none.
    #[must_use]
    pub fn extract(&self, _article: &Article<'_>) -> Extraction {
        Extraction::default()
    }

    /// How an article was read: what was seen, which rules fired, what was dropped and why.
    #[must_use]
    pub fn explain(&self, _article: &Article<'_>) -> Explanation {
        Explanation::default()
    }

    /// Reads a question; `today` (a local day) anchors "last month" and the like.
    #[must_use]
    pub fn read_question(&self, _text: &str, _today: Date) -> Reading {
        Reading {
            intent: Intent::List,
            states: Vec::new(),
            people: Vec::new(),
            offices: Vec::new(),
            topics: Vec::new(),
            kinds: Vec::new(),
            acts: Vec::new(),
            period: None,
            negated: false,
            rest: Vec::new(),
        }
    }
}
