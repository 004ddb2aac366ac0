//! From an item to its article: the feed's own text where it is whole, else the page behind the link.

use attache_store::ReadFrom;
use jiff::Timestamp;
use jiff::civil::Date;

use super::document::Item;
use crate::intake::Draft;
use crate::intake::fetch::{Answer, FetchError, Fetcher, Validators, Want};
use crate::intake::page::{self, Fetched};

/// How far ahead of now a publication may lie: clocks and zones differ.
const AHEAD: i64 = 36 * 3600;

/// The feed, as the place something was read from.
const FEED: &str = "the feed";

/// Why an item gives no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Passed {
    /// Its page did not come; that may pass.
    #[error("{0}")]
    Fetch(#[from] FetchError),
    /// There is nothing to read for us.
    #[error("{0}")]
    NoArticle(String),
}

impl Passed {
    /// Whether trying again later may help.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Self::Fetch(error) if error.may_pass())
    }
}

/// Reads the article of an item.
pub(crate) async fn article(
    fetcher: &Fetcher,
    item: &Item,
    publisher: Option<&str>,
    now: Timestamp,
) -> Result<Draft, Passed> {
    let from_feed = item.published.map(|when| when.day);
    let mut read = match (&item.text, &item.link) {
        (Some(text), _) => Draft {
            title: item.title.clone(),
            url: item.link.clone(),
            publisher: None,
            published: from_feed,
            text: text.clone(),
            from: Some(ReadFrom { date: FEED.to_owned(), title: FEED.to_owned(), text: FEED.to_owned() }),
        },
        (None, Some(link)) => {
            let mut read = page_behind(fetcher, link).await?;
            let from = read.from.get_or_insert_default();
            if read.published.is_none() {
                (read.published, from.date) = (from_feed, FEED.to_owned());
            }
            if read.title.is_none() {
                (read.title, from.title) = (item.title.clone(), FEED.to_owned());
            }
            read
        }
        (None, None) => return Err(Passed::NoArticle("it has neither a text nor a link".to_owned())),
    };
    if read.publisher.is_none() {
        read.publisher = publisher.map(str::to_owned);
    }
    check_day(read.published, now)?;
    Ok(read)
}

/// Reads the article of a page.
pub(crate) async fn page_behind(fetcher: &Fetcher, link: &str) -> Result<Draft, Passed> {
    let page = match fetcher.get(link, Want::Page, &Validators::default()).await? {
        Answer::Fresh(page) => page,
        Answer::Unchanged { .. } => {
            return Err(Passed::NoArticle(
                "the server says that nothing changed, though nobody asked".to_owned(),
            ));
        }
    };
    let fetched = Fetched { url: page.url.clone(), content_type: page.content_type, bytes: page.bytes };
    let article = tokio::task::spawn_blocking(move || page::read(&fetched)).await;
    let article = article
        .map_err(|_| Passed::NoArticle("the page does not read".to_owned()))?
        .map_err(|why| Passed::NoArticle(why.to_string()))?;
    let draft = Draft::from(article);
    Ok(Draft {
        url: Some(draft.url.filter(|stated| of_one_site(stated, &page.url)).unwrap_or(page.url)),
        ..draft
    })
}

/// Whether a page may speak for that address: else it could take the place of somebody else's article.
fn of_one_site(stated: &str, fetched: &str) -> bool {
    let host = |text: &str| {
        let url = reqwest::Url::parse(text).ok()?;
        let host = url.host_str()?.to_owned();
        Some(host.strip_prefix("www.").map_or(host.clone(), str::to_owned))
    };
    host(stated).is_some_and(|stated| Some(stated) == host(fetched))
}

/// A publication that nobody dates, or that lies ahead, gives no day to count from.
fn check_day(day: Option<Date>, now: Timestamp) -> Result<(), Passed> {
    let Some(day) = day else {
        return Err(Passed::NoArticle("neither the page nor the feed says when it was published".to_owned()));
    };
    let latest = Timestamp::from_second(now.as_second().saturating_add(AHEAD)).unwrap_or(now);
    if day > jiff::tz::TimeZone::UTC.to_datetime(latest).date() {
        return Err(Passed::NoArticle(format!("it says that it was published on {day}, which is to come")));
    }
    Ok(())
}
