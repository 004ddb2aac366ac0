//! The articles shipped with the program, written by us: they show what it does before it has read
//! anything else.

use attache_store::Announce;
use jiff::Timestamp;

use crate::app::App;
use crate::intake::{self, BadArticle, How, Sift};

/// File name and content of each sample article.
pub const ARTICLES: &[(&str, &str)] = &[
    ("busan-outcome.md", include_str!("../sample/busan-outcome.md")),
    ("canada-talks.md", include_str!("../sample/canada-talks.md")),
    ("commerce-readout.md", include_str!("../sample/commerce-readout.md")),
    ("eu-turnberry.md", include_str!("../sample/eu-turnberry.md")),
    ("geneva-truce.md", include_str!("../sample/geneva-truce.md")),
    ("japan-deal.md", include_str!("../sample/japan-deal.md")),
    ("leaders-call.md", include_str!("../sample/leaders-call.md")),
    ("london-framework.md", include_str!("../sample/london-framework.md")),
    ("rare-earth-controls.md", include_str!("../sample/rare-earth-controls.md")),
    ("supreme-court.md", include_str!("../sample/supreme-court.md")),
];

/// Why the sample could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// An article does not read.
    #[error("sample {0}: {1}")]
    Article(&'static str, BadArticle),
    /// The store refused one.
    #[error(transparent)]
    Commit(#[from] attache_store::CommitError),
}

/// Stores the sample articles with their events; those already stored change nothing.
///
/// # Errors
/// See [`SampleError`].
pub fn load(app: &App, now: Timestamp) -> Result<usize, SampleError> {
    for (name, text) in ARTICLES {
        let wrong = |error| SampleError::Article(name, error);
        let draft = intake::read_text(text.as_bytes(), app.largest_article).map_err(wrong)?;
        let article = draft.article().map_err(wrong)?;
        intake::take(
            app,
            &article,
            &How { origin: "sample", announce: Announce::All, sift: Sift::Everything, now },
        )?;
    }
    Ok(ARTICLES.len())
}
