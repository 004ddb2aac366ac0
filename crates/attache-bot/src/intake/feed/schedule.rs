//! Who is looked at when: a task for each feed, so that none waits for another.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use attache_store::{FeedAction, FeedSource, WriteError};
use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};
use tokio::task::{AbortHandle, JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};

use super::look::{Desk, Failed, keep, look};
use super::sources::{Feed, active};
use super::state::State;
use crate::app::App;
use crate::intake::fetch::FetchError;
use crate::operator::health::health;

/// Longest time over which the first looks after the start are spread.
const SPREAD: Duration = Duration::from_secs(30);
/// Longest pause that failures bring about.
const LONGEST: Duration = Duration::from_secs(6 * 3600);
/// Texts read at once.
const READERS: u32 = 2;
/// Longest wait at the end for a text that is being read.
const LAST: Duration = Duration::from_secs(10);

/// The running schedule.
#[derive(Debug)]
#[must_use]
pub(crate) struct Schedule {
    task: JoinHandle<()>,
    stopping: Arc<Notify>,
    readers: Arc<Semaphore>,
}

/// Starts looking at feeds. `wake` is told when something may have to be delivered.
pub(crate) fn start(app: &Arc<App>, wake: Arc<Notify>) -> Result<Schedule, FetchError> {
    let fetcher = app.world.fetcher()?;
    let readers = Arc::new(Semaphore::new(READERS as usize));
    let stopping = Arc::new(Notify::new());
    let desk = Desk { app: Arc::clone(app), fetcher, wake, readers: Arc::clone(&readers) };
    let keeper = Keeper { desk, tasks: HashMap::new(), running: JoinSet::new() };
    let task = app.world.handle()?.spawn(keeper.keep_up(Arc::clone(&stopping)));
    Ok(Schedule { task, stopping, readers })
}

impl Schedule {
    /// Ends it. A text that is being read is stored first; what was not read yet is read after the next
    /// start.
    pub(crate) async fn stop(self) {
        self.stopping.notify_one();
        let ended = async {
            let _ = self.task.await;
            let _ = self.readers.acquire_many(READERS).await;
        };
        if timeout(LAST, ended).await.is_err() {
            tracing::warn!("stopping although an article is still being read; it is read again later");
        }
    }
}

/// Starts and ends the feeds' tasks as the list of feeds changes.
struct Keeper {
    desk: Desk,
    tasks: HashMap<String, (Feed, AbortHandle)>,
    running: JoinSet<()>,
}

impl Keeper {
    async fn keep_up(mut self, stopping: Arc<Notify>) {
        let mut begin = Begin::Spread;
        loop {
            let app = Arc::clone(&self.desk.app);
            let feeds = tokio::task::spawn_blocking(move || active(&app.store, &app.feeds.plan())).await;
            match feeds {
                Ok(Ok(feeds)) => self.follow_all(feeds, begin),
                Ok(Err(error)) => tracing::error!("the list of feeds could not be read: {error}"),
                Err(panic) => tracing::error!("the list of feeds could not be read: {panic}"),
            }
            begin = loop {
                tokio::select! {
                    () = stopping.notified() => {
                        self.running.shutdown().await;
                        return;
                    }
                    () = self.desk.app.feeds.changed.notified() => break Begin::Now,
                    Some(ended) = self.running.join_next(), if !self.running.is_empty() => {
                        if ended.is_err_and(|error| error.is_panic()) {
                            tracing::error!("the reading of a feed failed; it is taken up again");
                            self.tasks.retain(|_, (_, task)| !task.is_finished());
                            break Begin::Later;
                        }
                    }
                }
            };
        }
    }

    fn follow_all(&mut self, feeds: Vec<Feed>, begin: Begin) {
        if begin == Begin::Spread && !feeds.is_empty() {
            tracing::info!(feeds = feeds.len(), "feeds are looked at");
        }
        let wanted: HashMap<_, _> = feeds.into_iter().map(|feed| (feed.url.clone(), feed)).collect();
        self.tasks.retain(|url, (feed, task)| {
            let stays = wanted.get(url) == Some(feed);
            if !stays {
                task.abort();
                self.desk.app.feeds.take_off(url);
            }
            stays
        });
        for (url, feed) in wanted {
            if self.tasks.contains_key(&url) {
                continue;
            }
            let wait = match begin {
                Begin::Spread => feed.every.min(SPREAD).mul_f64(fastrand::f64()),
                Begin::Now => Duration::ZERO,
                Begin::Later => feed.every,
            };
            let work = follow(self.desk.clone(), feed.clone(), Instant::now() + wait);
            let task = self.running.spawn(work);
            self.tasks.insert(url, (feed, task));
        }
    }
}

/// When a feed is looked at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// Spread over some seconds: all of them begin now.
    Spread,
    /// At once: somebody added it.
    Now,
    /// After its pause: it failed.
    Later,
}

/// Looks at one feed again and again.
async fn follow(desk: Desk, feed: Feed, begin: Instant) {
    let (app, url) = (Arc::clone(&desk.app), feed.url.clone());
    let kept = tokio::task::spawn_blocking(move || State::load(&app.store, &url)).await;
    let mut state = match kept {
        Ok(Ok(state)) => state,
        _ => State::default(),
    };
    let mut kept = state.clone();
    // Whichever comes first: a clock that is put back holds nobody up.
    let mut due = (begin, Timestamp::MAX);
    loop {
        rest(&desk, due).await;
        let (began, at) = (Instant::now(), desk.now());
        let before = state.success;
        let outcome = look(&desk, &feed, &mut state).await;
        if state.success != before {
            health().fed();
        }
        let again = told(&feed, &mut state, &outcome, desk.now());
        // A look that took long does not put the next one off, but two never overlap.
        let pause = pause(feed.every, state.failures, again);
        due = (began + pause, at.checked_add(pause).unwrap_or(Timestamp::MAX));
        desk.app.feeds.put(&feed.url, &state, due.1.max(desk.now()));
        if state.differs(&kept) {
            keep(&desk, &feed, &state).await;
            kept = state.clone();
        }
        if outcome.is_err_and(|failed| failed.gone) {
            pause_for_good(&desk, &feed).await;
            return;
        }
    }
}

/// Waits until an instant has come by the program's clock, or by the machine's.
async fn rest(desk: &Desk, (latest, due): (Instant, Timestamp)) {
    while desk.now() < due && Instant::now() < latest {
        sleep_until(latest.min(Instant::now() + desk.app.clock.patience())).await;
    }
}

/// Writes the outcome down; gives the pause the server wishes for.
fn told(feed: &Feed, state: &mut State, outcome: &Result<(), Failed>, now: Timestamp) -> Option<Duration> {
    match outcome {
        Ok(()) => {
            if state.failures > 0 {
                tracing::info!(feed = feed.url, "reads well again");
            }
            state.failures = 0;
            None
        }
        Err(failed) => {
            if state.failures == 0 {
                tracing::warn!(feed = feed.url, "{}", failed.why);
            }
            state.failures = state.failures.saturating_add(1);
            state.fault = Some((now, failed.why.clone()));
            failed.again
        }
    }
}

/// The pause until the next look: never longer than the feed's own while all is well, so that what is
/// new is heard of in time; doubled with each failure.
fn pause(every: Duration, failures: u32, again: Option<Duration>) -> Duration {
    let doubled = every.saturating_mul(1 << failures.min(12));
    let pause = if failures == 0 { every } else { doubled.min(LONGEST.max(every)) };
    pause.mul_f64(0.9 + 0.1 * fastrand::f64()).max(again.unwrap_or_default())
}

/// A feed that is gone for good is not asked again until somebody says so.
async fn pause_for_good(desk: &Desk, feed: &Feed) {
    let (app, feed) = (Arc::clone(&desk.app), feed.clone());
    let paused = tokio::task::spawn_blocking(move || {
        let now = app.clock.now();
        let why = "the server says that it is gone for good";
        app.store.decide_feed(&feed.url, (FeedAction::Paused, why), "program", now, |kept| {
            let paused = Some(why.to_owned());
            match kept {
                Some(kept) => Ok(FeedSource { paused, ..kept }),
                None if feed.configured => Ok(FeedSource { paused, ..of_config(&feed, now) }),
                None => Err(WriteError::Missing(format!("feed {}", feed.url))),
            }
        })
    });
    if let Ok(Err(error)) = paused.await {
        tracing::error!("a feed that is gone could not be paused: {error}");
    }
}

/// The row of a configured feed about which something is decided.
pub(crate) fn of_config(feed: &Feed, now: Timestamp) -> FeedSource {
    FeedSource {
        url: feed.url.clone(),
        name: None,
        every: None,
        paused: None,
        removed: false,
        configured: true,
        author: feed.author.clone(),
        since: now,
        changed_by: String::new(),
        changed: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_feed_is_asked_less_and_less_and_a_good_one_in_time() {
        let minute = Duration::from_secs(60);
        let after = |failures| pause(minute, failures, None);
        assert!(after(0) <= minute && after(0) >= minute.mul_f64(0.9));
        assert!(after(1) > minute && after(1) <= minute * 2);
        assert!(after(5) > minute * 28 && after(5) <= minute * 32);
        assert!(after(40) <= LONGEST);
        let hour = Duration::from_secs(3600);
        assert_eq!(pause(minute, 0, Some(hour)), hour);
    }
}
