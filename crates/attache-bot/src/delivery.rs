//! From the store's outbox to the channels: once, soon, in order.
//!
//! The store hands out one message per channel at a time, and each is sent by a task of its own: a
//! channel that is slow or shut delays no other, and a message that failed holds back those behind
//! it in its channel.

mod backoff;
mod message;
mod queue;
mod reminders;
mod send;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use attache_store::Posted;
use serenity::all::Http;
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};

use crate::app::App;
use crate::operator::health::health;
use crate::operator::metrics;
use message::To;
use queue::{Parcel, Queue, StoreQueue};
use send::{Outcome, Sender};

pub(crate) use message::address;
pub(crate) use queue::{pause_channel, pause_guild, take_up};

/// Shortest pause between two looks for work that nobody announced.
const SHORTEST: Duration = Duration::from_millis(20);
/// Channels written to at the same time.
const AT_ONCE: usize = 64;
/// Longest a message may be on its way; shorter than its lease.
const LONGEST_POST: Duration = Duration::from_secs(45);
/// Longest wait at shutdown for messages on their way.
const LAST_MESSAGES: Duration = Duration::from_secs(10);

/// The running worker.
#[derive(Debug)]
pub(crate) struct Delivery {
    stopping: Arc<AtomicBool>,
    ready: Arc<Notify>,
    wake: Arc<Notify>,
    task: JoinHandle<()>,
}

/// Starts the worker. It begins when `ready` is notified (before that nobody knows whether the token
/// is good), then looks for work whenever `wake` is.
pub(crate) fn start(
    app: Arc<App>,
    http: Arc<Http>,
    client: reqwest::Client,
    ready: Arc<Notify>,
    wake: Arc<Notify>,
) -> Delivery {
    let stopping = Arc::new(AtomicBool::new(false));
    let parts = (Arc::clone(&stopping), Arc::clone(&wake));
    let go = Arc::clone(&ready);
    let task = tokio::spawn(async move {
        go.notified().await;
        let (stopping, wake) = parts;
        // Even if nobody says that there is work.
        let poll = app.clock.patience();
        let Ok(queue) = tokio::task::spawn_blocking(|| StoreQueue::open(app)).await else { return };
        let (queue, post) = (Arc::new(queue), Arc::new(Discord { http, client }));
        Worker { queue, post, stopping, wake, poll }.work().await;
    });
    Delivery { stopping, ready, wake, task }
}

impl Delivery {
    /// Finishes the messages on their way and leaves the rest in the outbox.
    pub(crate) async fn stop(self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.ready.notify_one();
        self.wake.notify_one();
        if timeout(LAST_MESSAGES, self.task).await.is_err() {
            tracing::warn!("stopping although messages are still on their way; they are sent again later");
        }
    }
}

/// Posts messages.
trait Post: Send + Sync + 'static {
    fn post(&self, parcel: &Parcel) -> impl Future<Output = Outcome> + Send;
}

struct Discord {
    http: Arc<Http>,
    client: reqwest::Client,
}

impl Post for Discord {
    async fn post(&self, parcel: &Parcel) -> Outcome {
        Sender { http: &self.http, client: &self.client }.send(parcel).await
    }
}

struct Worker<Q, P> {
    queue: Arc<Q>,
    post: Arc<P>,
    stopping: Arc<AtomicBool>,
    wake: Arc<Notify>,
    /// Longest time between two looks for work.
    poll: Duration,
}

impl<Q: Queue, P: Post> Worker<Q, P> {
    async fn work(self) {
        let worker = Arc::new(self);
        let mut tasks: JoinSet<Option<Instant>> = JoinSet::new();
        let mut held: Option<Instant> = None;
        while !worker.stopping.load(Ordering::SeqCst) {
            health().looked();
            let now = Instant::now();
            held = held.filter(|until| *until > now);
            let mut next = now + worker.poll;
            match held {
                Some(until) => next = next.min(until),
                None if tasks.len() < AT_ONCE => {
                    let most = AT_ONCE - tasks.len();
                    let (parcels, due) =
                        worker.with_queue(move |queue| queue.claim(most)).await.unwrap_or_default();
                    next = next.min(due.map_or(next, |due| now + due.max(SHORTEST)));
                    for parcel in parcels {
                        tasks.spawn(Arc::clone(&worker).serve(parcel));
                    }
                }
                None => {}
            }
            tokio::select! {
                () = worker.wake.notified() => {}
                () = sleep_until(next) => {}
                Some(ended) = tasks.join_next(), if !tasks.is_empty() => match ended {
                    Ok(hold) => held = held.max(hold),
                    // The message comes back when its lease runs out.
                    Err(panic) => tracing::error!("a delivery task failed: {panic}"),
                },
            }
        }
        while tasks.join_next().await.is_some() {}
    }

    /// Sends one message. Says until when no channel is to be served, where Discord asked for that.
    async fn serve(self: Arc<Self>, parcel: Parcel) -> Option<Instant> {
        let post = self.post.post(&parcel);
        let outcome = timeout(LONGEST_POST, post).await.unwrap_or_else(|_| Outcome::Later {
            after: None,
            everywhere: false,
            untaken: false,
            why: "no answer in time".to_owned(),
        });
        self.settle(parcel, outcome).await
    }

    /// Writes down what became of a message.
    async fn settle(&self, parcel: Parcel, outcome: Outcome) -> Option<Instant> {
        let (channel, event) = (parcel.channel, parcel.event.clone());
        match outcome {
            Outcome::Delivered { place, message, note } => {
                match &note {
                    Some(note) => tracing::warn!(channel, event, message, "delivered: {note}"),
                    None => tracing::info!(channel, event, message, "delivered"),
                }
                let posted = Posted { place, message, note };
                health().delivered();
                metrics::delivery("delivered");
                self.with_queue(move |queue| queue.delivered(&parcel, &posted)).await;
            }
            Outcome::Rewritten { anew } => {
                tracing::info!(channel, event, "brought up to date");
                health().delivered();
                metrics::delivery("rewritten");
                self.with_queue(move |queue| queue.rewritten(&parcel, anew)).await;
            }
            Outcome::Later { why, .. } if parcel.tries >= backoff::TRIES => {
                tracing::error!(channel, event, "given up: {why}");
                let why = format!("given up after {} tries: {why}", parcel.tries);
                self.with_queue(move |queue| queue.refused(&parcel, &why)).await;
            }
            Outcome::Later { after, everywhere, untaken, why } => {
                let wait = after.unwrap_or_else(|| backoff::wait(parcel.tries));
                tracing::warn!(channel, event, ms = wait.as_millis(), "will be sent again: {why}");
                self.with_queue(move |queue| queue.later(&parcel, wait, untaken, &why)).await;
                metrics::delivery("later");
                return everywhere.then(|| Instant::now() + wait);
            }
            // A person who takes no messages says nothing about the channel.
            Outcome::Closed { why } if matches!(parcel.to, To::Person { .. }) => {
                self.with_queue(move |queue| queue.refused(&parcel, &why)).await;
            }
            Outcome::Closed { why } => {
                metrics::delivery("closed");
                self.with_queue(move |queue| queue.closed(&parcel, &why)).await;
            }
            Outcome::Refused { why } => {
                metrics::delivery("refused");
                tracing::error!(channel, event, "refused: {why}");
                self.with_queue(move |queue| queue.refused(&parcel, &why)).await;
            }
        }
        None
    }

    /// The store blocks, so it is used off the runtime's threads. A fault of it is logged; the
    /// lease then runs out and the message comes again.
    async fn with_queue<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Q) -> Result<T, queue::Failure> + Send + 'static,
    ) -> Option<T> {
        let queue = Arc::clone(&self.queue);
        match tokio::task::spawn_blocking(move || work(&queue)).await {
            Ok(Ok(done)) => Some(done),
            Ok(Err(error)) => {
                tracing::error!("the outbox could not be used: {error}");
                None
            }
            Err(panic) => {
                tracing::error!("the outbox could not be used: {panic}");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, VecDeque};
    use std::sync::Mutex;

    use attache_store::DeliveryId;

    use super::*;

    /// An outbox in memory: what is waiting, which channels are served or shut, what happened.
    #[derive(Default)]
    struct Fake {
        waiting: Mutex<VecDeque<Parcel>>,
        busy: Mutex<BTreeSet<u64>>,
        log: Mutex<Vec<String>>,
    }

    impl Fake {
        fn note(&self, parcel: &Parcel, what: &str) -> Result<(), queue::Failure> {
            self.busy.lock().unwrap().remove(&parcel.channel);
            self.log.lock().unwrap().push(format!("{} {} {what}", parcel.channel, parcel.event));
            Ok(())
        }
    }

    impl Queue for Fake {
        fn claim(&self, most: usize) -> Result<(Vec<Parcel>, Option<Duration>), queue::Failure> {
            let (mut busy, mut waiting) = (self.busy.lock().unwrap(), self.waiting.lock().unwrap());
            let (mut taken, mut left) = (Vec::new(), VecDeque::new());
            for parcel in waiting.drain(..) {
                if taken.len() < most && busy.insert(parcel.channel) {
                    taken.push(parcel);
                } else {
                    left.push_back(parcel);
                }
            }
            *waiting = left;
            Ok((taken, None))
        }

        fn delivered(&self, parcel: &Parcel, posted: &Posted) -> Result<(), queue::Failure> {
            self.note(parcel, &format!("as {}", posted.message))
        }

        fn rewritten(&self, parcel: &Parcel, _: Option<u64>) -> Result<(), queue::Failure> {
            self.note(parcel, "rewritten")
        }

        fn later(&self, parcel: &Parcel, _: Duration, _: bool, _: &str) -> Result<(), queue::Failure> {
            let again = Parcel { tries: parcel.tries + 1, ..parcel.clone() };
            self.waiting.lock().unwrap().push_front(again);
            self.busy.lock().unwrap().remove(&parcel.channel);
            Ok(())
        }

        fn refused(&self, parcel: &Parcel, _: &str) -> Result<(), queue::Failure> {
            self.note(parcel, "refused")
        }

        fn closed(&self, parcel: &Parcel, _: &str) -> Result<(), queue::Failure> {
            self.note(parcel, "shut")?;
            self.busy.lock().unwrap().insert(parcel.channel);
            Ok(())
        }
    }

    /// Answers by channel: 1 takes everything, 2 never answers, 3 fails twice, 4 is shut, 5 refuses,
    /// 6 always fails.
    #[derive(Default)]
    struct Scripted {
        tries: Mutex<BTreeMap<String, u64>>,
    }

    impl Post for Scripted {
        async fn post(&self, parcel: &Parcel) -> Outcome {
            let (channel, nonce) = (parcel.channel, &parcel.nonce);
            let tries = {
                let mut tries = self.tries.lock().unwrap();
                let count = tries.entry(nonce.clone()).or_default();
                *count += 1;
                *count
            };
            let later =
                || Outcome::Later { after: None, everywhere: false, untaken: true, why: String::new() };
            match channel {
                2 => std::future::pending().await,
                3 if tries < 3 => later(),
                4 => Outcome::Closed { why: String::new() },
                5 => Outcome::Refused { why: String::new() },
                6 => later(),
                _ => Outcome::Delivered { place: None, message: tries, note: None },
            }
        }
    }

    fn parcel(channel: u64, event: &str) -> Parcel {
        Parcel {
            id: DeliveryId(1),
            fence: 1,
            channel,
            event: event.to_owned(),
            nonce: format!("{channel}{event}"),
            answer: crate::reply::Answer::default(),
            to: To::Channel { channel, mention: None },
            tries: 1,
            mark: String::new(),
            sure: true,
            look: None,
        }
    }

    #[track_caller]
    fn check(parcels: Vec<Parcel>, expected: &[&str]) {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        let log = runtime.block_on(async {
            let queue = Arc::new(Fake { waiting: Mutex::new(parcels.into()), ..Fake::default() });
            let worker = Worker {
                queue: Arc::clone(&queue),
                post: Arc::new(Scripted::default()),
                stopping: Arc::default(),
                wake: Arc::default(),
                poll: Duration::from_secs(2),
            };
            let task = tokio::spawn(worker.work());
            while queue.log.lock().unwrap().len() < expected.len() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            task.abort();
            queue.log.lock().unwrap().clone()
        });
        let mut sorted = log;
        sorted.sort();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn a_channel_that_never_answers_delays_no_other() {
        check(vec![parcel(2, "a"), parcel(1, "b"), parcel(1, "c")], &["1 b as 1", "1 c as 1"]);
    }

    #[test]
    fn a_failed_message_is_repeated_before_those_behind_it() {
        check(vec![parcel(3, "a"), parcel(3, "b")], &["3 a as 3", "3 b as 3"]);
    }

    #[test]
    fn a_shut_channel_is_left_and_a_refused_message_passed_over() {
        let parcels = vec![parcel(4, "a"), parcel(4, "b"), parcel(5, "a"), parcel(5, "b")];
        check(parcels, &["4 a shut", "5 a refused", "5 b refused"]);
    }

    #[test]
    fn after_a_day_of_failures_a_message_is_given_up() {
        check(vec![parcel(6, "a")], &["6 a refused"]);
    }
}
