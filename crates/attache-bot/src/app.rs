//! What every command works on.

use std::path::PathBuf;

use attache_extract::Extractor;
use attache_store::{Pace, Store};

use crate::clock::Clock;
use crate::intake::World;
use crate::intake::feed::Board;
use crate::intake::file::Limits;
use crate::intake::watch::Watched;

/// The running program as commands see it: shared, never changed in place.
#[derive(Debug)]
pub struct App {
    /// Where articles and events are kept.
    pub store: Store,
    /// Who reads texts and questions.
    pub extractor: &'static Extractor,
    /// Where backups are written.
    pub backups: PathBuf,
    /// Largest article taken from a file or an attachment, in bytes.
    pub largest_article: usize,
    /// Largest file an article is read from, in bytes.
    pub largest_file: usize,
    /// What time it is.
    pub clock: Box<dyn Clock>,
    /// When many messages become one.
    pub pace: Pace,
    /// Where pages and feeds are fetched.
    pub world: World,
    /// The feeds, and how they are doing.
    pub feeds: Board,
    /// The folder whose files are taken in, where there is one.
    pub watch: Option<Watched>,
}

impl App {
    /// How much is read of a file.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        Limits { file: self.largest_file, article: self.largest_article }
    }
}
