//! From an item to its article: the feed's own text where it is whole, else the page behind the link.

use jiff::Timestamp;
use jiff::civil::Date;

use super::document::Item;
use crate::intake::Draft;
use crate::intake::fetch::{Answer, FetchError, Fetcher, Validators, Want};
use crate::intake::page::{self, Fetched};

/// How far ahead of now a publication may lie: clocks and zones differ.
const AHEAD: i64 = 36 * 3600;

/// An article on its way into the store, and what each part of it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) draft: Draft,
    /// `feed` or `page`.
    pub(crate) text_from: &'static str,
    /// What the day of publication was read from.
    pub(crate) date_from: String,
    /// `feed` or `page`.
    pub(crate) title_from: &'static str,
}

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
) -> Result<Read, Passed> {
    let from_feed = item.published.map(|when| when.day);
    let mut read = match (&item.text, &item.link) {
        (Some(text), _) => Read {
            draft: Draft {
                title: item.title.clone(),
                url: item.link.clone(),
                publisher: None,
                published: from_feed,
                text: text.clone(),
            },
            text_from: "feed",
            date_from: "feed".to_owned(),
            title_from: "feed",
        },
        (None, Some(link)) => {
            let mut read = page_behind(fetcher, link).await?;
            if read.draft.published.is_none() {
                (read.draft.published, read.date_from) = (from_feed, "feed".to_owned());
            }
            if read.draft.title.is_none() {
                (read.draft.title, read.title_from) = (item.title.clone(), "feed");
            }
            read
        }
        (None, None) => return Err(Passed::NoArticle("it has neither a text nor a link".to_owned())),
    };
    if read.draft.publisher.is_none() {
        read.draft.publisher = publisher.map(str::to_owned);
    }
    check_day(read.draft.published, now)?;
    Ok(read)
}

/// Reads the article of a page.
pub(crate) async fn page_behind(fetcher: &Fetcher, link: &str) -> Result<Read, Passed> {
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
    let published = article.published;
    Ok(Read {
        draft: Draft {
            title: article.title,
            url: Some(article.canonical.filter(|stated| of_one_site(stated, &page.url)).unwrap_or(page.url)),
            publisher: article.site,
            published: published.as_ref().map(|published| published.day),
            text: article.text,
        },
        text_from: "page",
        date_from: published.map_or_else(String::new, |published| published.source.to_string()),
        title_from: "page",
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
