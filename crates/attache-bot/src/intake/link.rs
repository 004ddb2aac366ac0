//! A page whose address somebody gave: fetched under the same rules as everything else, and read.

use super::Draft;
use super::feed::item::{self, Passed};
use crate::app::App;

/// The article behind a link, and what its parts were read from. Waits for it: for threads that may block.
///
/// # Errors
/// Says why there is none, in words for whoever gave the link.
pub(crate) fn article(app: &App, link: &str) -> Result<Draft, Passed> {
    let fetcher = app.world.fetcher()?;
    let link = link.trim().to_owned();
    app.world.wait(async move { item::page_behind(&fetcher, &link).await })?
}

/// Whether an argument is a link and not a file's name.
#[must_use]
pub(crate) fn is_link(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}
