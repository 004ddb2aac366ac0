//! One look at a feed: what is new in it becomes articles, and what happened is written down.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use attache_store::Announce;
use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};

use super::discover;
use super::document::{self, Document, Item, NotAFeed};
use super::item::{self, Passed};
use super::sources::Feed;
use super::state::State;
use crate::app::App;
use crate::intake::fetch::{Answer, FetchError, Fetcher, Page, Validators, Want};
use crate::intake::{self, Draft, How, Outcome, Sift};

/// Items of a feed's first reading that are taken.
const FIRST: usize = 50;
/// New items taken in one look; what is left is taken in the next.
const MOST: usize = 200;
/// Changed items read again in one look.
const CHANGED: usize = 20;
/// Items after which what is done is written down.
const BATCH: usize = 20;

/// What every look needs.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    pub(super) app: Arc<App>,
    pub(super) fetcher: Arc<Fetcher>,
    /// Told when something may have to be delivered.
    pub(super) wake: Arc<Notify>,
    /// How many texts are read at once; the rest of the machine is for whoever asks.
    pub(super) readers: Arc<Semaphore>,
}

impl Desk {
    pub(super) fn now(&self) -> Timestamp {
        self.app.clock.now()
    }
}

/// Why a look failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failed {
    /// In words.
    pub(super) why: String,
    /// When the server wishes to be asked again.
    pub(super) again: Option<Duration>,
    /// It will not come back.
    pub(super) gone: bool,
}

impl Failed {
    fn of(why: impl Into<String>) -> Self {
        Self { why: why.into(), again: None, gone: false }
    }
}

impl From<FetchError> for Failed {
    fn from(error: FetchError) -> Self {
        let (again, gone) = match error {
            FetchError::Status { status, again } => (again, status == 410),
            _ => (None, false),
        };
        Self { why: error.to_string(), again, gone }
    }
}

/// A feed that was found, and where.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) document: Document,
    pub(crate) page: Page,
    /// Where it is to be asked from now on, where that is another address.
    pub(crate) address: Option<String>,
}

/// Fetches a feed; behind the address of a page, the first feed it names. `None`: nothing changed.
pub(crate) async fn feed_at(
    fetcher: &Fetcher,
    address: &str,
    validators: &Validators,
) -> Result<Option<Found>, FetchError> {
    let page = match fetcher.get(address, Want::Feed, validators).await? {
        Answer::Unchanged { .. } => return Ok(None),
        Answer::Fresh(page) => page,
    };
    let (page, document) = read(page).await?;
    let named = match document {
        Ok(document) => {
            let address = page.moved.clone();
            return Ok(Some(Found { document, page, address }));
        }
        Err(NotAFeed::Page) => named(&page).await?,
        Err(why) => return Err(FetchError::Body(why.to_string())),
    };
    let mut last = FetchError::Body("it is a web page that names no feed".to_owned());
    for address in named {
        match fetcher.get(&address, Want::Feed, &Validators::default()).await {
            Ok(Answer::Fresh(page)) => match read(page).await? {
                (page, Ok(document)) => {
                    let address = Some(page.moved.clone().unwrap_or(address));
                    return Ok(Some(Found { document, page, address }));
                }
                (_, Err(why)) => last = FetchError::Body(format!("the page names {address}, but {why}")),
            },
            Ok(Answer::Unchanged { .. }) => {}
            Err(error) => last = error,
        }
    }
    Err(last)
}

async fn read(page: Page) -> Result<(Page, Result<Document, NotAFeed>), FetchError> {
    let work = move || {
        let document = document::read(&page.bytes, page.content_type.as_deref(), &page.url, page.cut);
        (page, document)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| FetchError::Body("it does not read".to_owned()))
}

async fn named(page: &Page) -> Result<Vec<String>, FetchError> {
    let (html, url) = (String::from_utf8_lossy(&page.bytes).into_owned(), page.url.clone());
    let found = tokio::task::spawn_blocking(move || discover::feeds(&html, &url)).await;
    found.map_err(|_| FetchError::Body("the page does not read".to_owned()))
}

/// Looks at a feed once.
pub(super) async fn look(desk: &Desk, feed: &Feed, state: &mut State) -> Result<(), Failed> {
    let address = state.address.clone().unwrap_or_else(|| feed.url.clone());
    let found = feed_at(&desk.fetcher, &address, &state.validators()).await;
    let now = desk.now();
    state.looked = Some(now);
    let Some(Found { document, page, address }) = found? else {
        state.success = Some(now);
        return Ok(());
    };
    if let Some(address) = address.filter(|address| *address != feed.url) {
        tracing::info!(feed = feed.url, "is read from {address} from now on");
        state.address = Some(address);
    }
    state.title = document.title.or(state.title.take());
    let first = state.since.is_none();
    state.since.get_or_insert(now);
    let listed: Vec<u64> = document.items.iter().map(|item| item.key).collect();
    let before = state.dealt_with();
    let mut met = HashSet::new();
    let (known, mut fresh): (Vec<Item>, Vec<Item>) = document
        .items
        .into_iter()
        .filter(|item| met.insert(item.key))
        .partition(|item| before.contains(&item.key));
    // What was changed has to say which article it is: without an address it would be another one.
    let changed =
        known.into_iter().filter(|item| item.link.is_some() && state.is_changed(item.key, item.print));
    let changed: Vec<Item> = changed.take(CHANGED).collect();
    if document.beyond > 0 {
        state.pass(&format!(
            "{} items beyond the first {} were passed over",
            document.beyond,
            document::MOST
        ));
    }
    if first {
        pass_over_old(state, &mut fresh, desk, now);
    }
    // The oldest stand last. A feed that has more than it should keeps nobody but itself busy.
    let more = fresh.len() > MOST;
    let rest = fresh.split_off(fresh.len().saturating_sub(MOST));
    let all_changed = changed.len() < CHANGED;
    take(desk, feed, state, rest).await?;
    take_again(desk, feed, state, changed).await?;
    state.forget(&listed);
    state.read_whole(if more || !all_changed { Validators::default() } else { page.validators });
    state.success = Some(desk.now());
    if page.cut {
        let most = desk.fetcher.rules().largest;
        return Err(Failed::of(format!(
            "it is larger than {most} bytes; its first {} items were read",
            listed.len()
        )));
    }
    Ok(())
}

/// On the first reading the older items are counted, and passed over.
fn pass_over_old(state: &mut State, fresh: &mut Vec<Item>, desk: &Desk, now: Timestamp) {
    let days = i64::from(desk.app.feeds.plan().days);
    let since = now.as_second().saturating_sub(days * 86_400);
    let before = fresh.len();
    let mut taken = 0;
    fresh.retain(|item| {
        let recent = item.published.is_none_or(|when| when.at.as_second() >= since);
        taken += usize::from(recent);
        let keep = recent && taken <= FIRST;
        if !keep {
            state.items += 1;
            state.done(item.key);
        }
        keep
    });
    let old = before - fresh.len();
    if old > 0 {
        state.passed += old as u64;
        state.passed -= 1;
        state.pass(&format!("{old} items were there before the feed was read first"));
    }
}

/// Takes new items in, the oldest first: feeds have the latest on top.
async fn take(desk: &Desk, feed: &Feed, state: &mut State, fresh: Vec<Item>) -> Result<(), Failed> {
    let publisher = feed.name.clone().or_else(|| state.title.clone());
    for (number, item) in (1..).zip(fresh.into_iter().rev()) {
        match one(desk, feed, &item, publisher.as_deref()).await {
            Ok(taken) => {
                state.items += 1;
                state.done(item.key);
                state.was_read(item.key, item.print);
                if taken == Taken::Known {
                    state.known += 1;
                }
                count(state, taken);
            }
            Err(Missed::Store(why)) => return Err(Failed::of(why)),
            Err(Missed::Passed(passed)) => {
                if passed.may_pass() && state.later(item.key) {
                    continue;
                }
                tracing::info!(feed = feed.url, item = item.link, "passed over: {passed}");
                state.items += 1;
                state.done(item.key);
                let what = item.title.or(item.link).unwrap_or_else(|| "an item".to_owned());
                state.pass(&format!("{what}: {passed}"));
            }
        }
        if number % BATCH == 0 {
            keep(desk, feed, state).await;
        }
    }
    Ok(())
}

/// Reads items again that were changed. One whose page does not answer is tried again in the next look.
async fn take_again(desk: &Desk, feed: &Feed, state: &mut State, changed: Vec<Item>) -> Result<(), Failed> {
    let publisher = feed.name.clone().or_else(|| state.title.clone());
    for item in changed.into_iter().rev() {
        match anew(desk, feed, &item, publisher.as_deref()).await {
            Ok(taken) => count(state, taken),
            Err(Missed::Store(why)) => return Err(Failed::of(why)),
            Err(Missed::Passed(passed)) => {
                if passed.may_pass() && state.later(item.key) {
                    continue;
                }
                tracing::info!(
                    feed = feed.url,
                    item = item.link,
                    "its later version was passed over: {passed}"
                );
            }
        }
        state.was_read(item.key, item.print);
        keep(desk, feed, state).await;
    }
    Ok(())
}

fn count(state: &mut State, taken: Taken) {
    match taken {
        Taken::Known => {}
        Taken::Stored { events } => {
            state.articles += 1;
            state.events += events;
        }
        Taken::Updated { events } => {
            state.updated += 1;
            state.events += events;
        }
    }
}

/// Writes down how the feed is doing. A fault is logged; what is lost is read again.
pub(super) async fn keep(desk: &Desk, feed: &Feed, state: &State) {
    let (app, url, state) = (Arc::clone(&desk.app), feed.url.clone(), state.clone());
    let kept = tokio::task::spawn_blocking(move || state.save(&app.store, &url, app.clock.now())).await;
    if let Ok(Err(error)) = kept {
        tracing::error!(feed = feed.url, "how far it was read was not kept: {error}");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Known,
    Stored { events: u64 },
    Updated { events: u64 },
}

enum Missed {
    Passed(Passed),
    Store(String),
}

async fn one(desk: &Desk, feed: &Feed, item: &Item, publisher: Option<&str>) -> Result<Taken, Missed> {
    if item.text.is_none() && known(desk, item).await {
        return Ok(Taken::Known);
    }
    anew(desk, feed, item, publisher).await
}

/// Reads an item, whether or not its page was read before.
async fn anew(desk: &Desk, feed: &Feed, item: &Item, publisher: Option<&str>) -> Result<Taken, Missed> {
    let read = item::article(&desk.fetcher, item, publisher, desk.now()).await.map_err(Missed::Passed)?;
    match store(desk, feed, read).await? {
        Outcome::Duplicate { .. } => Ok(Taken::Known),
        Outcome::SetAside { reason } => Err(Missed::Passed(Passed::NoArticle(reason))),
        Outcome::New { events, joined, .. } => {
            desk.wake.notify_one();
            Ok(Taken::Stored { events: (events.len() + joined.len()) as u64 })
        }
        Outcome::Revision { events, joined, .. } => {
            desk.wake.notify_one();
            Ok(Taken::Updated { events: (events.len() + joined.len()) as u64 })
        }
    }
}

/// Whether the page was read before, so that it need not be fetched.
async fn known(desk: &Desk, item: &Item) -> bool {
    let Some(link) = item.link.clone() else { return false };
    let app = Arc::clone(&desk.app);
    let known = tokio::task::spawn_blocking(move || app.store.has_address(&link)).await;
    matches!(known, Ok(Ok(true)))
}

/// Reads and stores an article, where that may take its time.
async fn store(desk: &Desk, feed: &Feed, read: Draft) -> Result<Outcome, Missed> {
    let _reader = desk.readers.acquire().await;
    let (app, origin) = (Arc::clone(&desk.app), feed.url.clone());
    let work = move || {
        let article = read.article().map_err(|error| Missed::Passed(Passed::NoArticle(error.to_string())))?;
        if article.text.len() > app.largest_article {
            let what = format!("a text of {} bytes is more than an article may have", article.text.len());
            return Err(Missed::Passed(Passed::NoArticle(what)));
        }
        let how = How { origin: &origin, announce: Announce::All, sift: Sift::Ours, now: app.clock.now() };
        intake::take_from(&app, &article, read.from.as_ref(), &how).map_err(|error| match error {
            attache_store::CommitError::Write(error) => Missed::Store(error.to_string()),
            other => Missed::Passed(Passed::NoArticle(other.to_string())),
        })
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Missed::Passed(Passed::NoArticle("its text does not read".to_owned())))?
}
