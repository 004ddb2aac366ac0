//! From the store's outbox to the channels: once, soon, in order.
//!
//! Each channel is served by a task of its own, one message at a time, so that a channel that is
//! slow or shut delays no other. A message that failed holds back those behind it in its channel.

mod backoff;
mod queue;
mod send;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serenity::all::Http;
use tokio::sync::{Notify, Semaphore};
use tokio::task::{Id, JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};

use crate::app::App;
use crate::reply::Answer;
use queue::{Parcel, Queue, StoreQueue};
use send::{Outcome, Sender};

pub(crate) use queue::{pause_channel, pause_guild};

/// Looks for new work this often even if nobody says there is some.
const POLL: Duration = Duration::from_secs(2);
/// Channels written to at the same time.
const AT_ONCE: usize = 16;
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
    let worker = Worker {
        queue: Arc::new(StoreQueue::new(app)),
        post: Arc::new(Discord { http, client }),
        stopping: Arc::clone(&stopping),
        wake: Arc::clone(&wake),
    };
    let go = Arc::clone(&ready);
    let task = tokio::spawn(async move {
        go.notified().await;
        worker.work().await;
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
    fn post(&self, channel: u64, nonce: &str, answer: &Answer) -> impl Future<Output = Outcome> + Send;
}

struct Discord {
    http: Arc<Http>,
    client: reqwest::Client,
}

impl Post for Discord {
    async fn post(&self, channel: u64, nonce: &str, answer: &Answer) -> Outcome {
        Sender { http: &self.http, client: &self.client }.post(channel, nonce, answer).await
    }
}

struct Worker<Q, P> {
    queue: Arc<Q>,
    post: Arc<P>,
    stopping: Arc<AtomicBool>,
    wake: Arc<Notify>,
}

/// What a channel's task says when it ends.
struct Ended {
    /// The channel is not to be served before.
    hold: Option<Instant>,
    /// No channel is to be served before.
    hold_all: Option<Instant>,
}

impl<Q: Queue, P: Post> Worker<Q, P> {
    async fn work(self) {
        let mut tasks: JoinSet<Ended> = JoinSet::new();
        let mut busy: HashMap<Id, u64> = HashMap::new();
        let mut held: BTreeMap<u64, Instant> = BTreeMap::new();
        let mut all_held: Option<Instant> = None;
        let places = Arc::new(Semaphore::new(AT_ONCE));
        while !self.stopping.load(Ordering::SeqCst) {
            let now = Instant::now();
            held.retain(|_, until| *until > now);
            all_held = all_held.filter(|until| *until > now);
            if all_held.is_none() {
                let closed: BTreeSet<u64> = busy.values().chain(held.keys()).copied().collect();
                for (channel, parcels) in self.claim(closed).await {
                    let task = tasks.spawn(self.serve(channel, parcels, Arc::clone(&places)));
                    busy.insert(task.id(), channel);
                }
            }
            let next = held.values().copied().chain(all_held).min().unwrap_or(now + POLL).min(now + POLL);
            tokio::select! {
                () = self.wake.notified() => {}
                () = sleep_until(next) => {}
                Some(ended) = tasks.join_next_with_id(), if !tasks.is_empty() => match ended {
                    Ok((task, ended)) => {
                        if let Some(channel) = busy.remove(&task) {
                            held.extend(ended.hold.map(|until| (channel, until)));
                        }
                        all_held = all_held.max(ended.hold_all);
                    }
                    // What it had taken comes back when its leases run out.
                    Err(panic) => {
                        busy.remove(&panic.id());
                        tracing::error!("a delivery task failed: {panic}");
                    }
                },
            }
        }
        while tasks.join_next().await.is_some() {}
    }

    /// Takes what is due, by channel, in the order of the outbox.
    async fn claim(&self, closed: BTreeSet<u64>) -> BTreeMap<u64, Vec<Parcel>> {
        let parcels = self.with_queue(move |queue| queue.claim(&closed)).await.unwrap_or_default();
        let mut by_channel: BTreeMap<u64, Vec<Parcel>> = BTreeMap::new();
        for parcel in parcels {
            by_channel.entry(parcel.channel).or_default().push(parcel);
        }
        by_channel
    }

    /// Sends a channel's messages one after the other, until one has to wait.
    fn serve(
        &self,
        channel: u64,
        parcels: Vec<Parcel>,
        places: Arc<Semaphore>,
    ) -> impl Future<Output = Ended> + Send + use<Q, P> {
        let worker = Self {
            queue: Arc::clone(&self.queue),
            post: Arc::clone(&self.post),
            stopping: Arc::clone(&self.stopping),
            wake: Arc::clone(&self.wake),
        };
        async move {
            let mut ended = Ended { hold: None, hold_all: None };
            let mut parcels = parcels.into_iter();
            for parcel in parcels.by_ref() {
                if worker.stopping.load(Ordering::SeqCst) {
                    worker.give_back(vec![parcel]).await;
                    break;
                }
                let outcome = match places.acquire().await {
                    Ok(_place) => worker.post.post(channel, &parcel.nonce, &parcel.answer).await,
                    Err(_) => break,
                };
                if !worker.settle(parcel, outcome, &mut ended).await {
                    break;
                }
            }
            worker.give_back(parcels.collect()).await;
            ended
        }
    }

    /// Writes down what became of a message. `false` if those behind it have to wait.
    async fn settle(&self, parcel: Parcel, outcome: Outcome, ended: &mut Ended) -> bool {
        let (channel, event) = (parcel.channel, parcel.event.clone());
        match outcome {
            Outcome::Delivered(message) => {
                tracing::info!(channel, event, message, "delivered");
                self.with_queue(move |queue| queue.delivered(&parcel, message)).await.is_some()
            }
            Outcome::Later { why, .. } if parcel.failures + 1 >= backoff::TRIES => {
                tracing::error!(channel, event, "given up: {why}");
                let why = format!("given up after {} tries: {why}", backoff::TRIES);
                self.with_queue(move |queue| queue.refused(&parcel, &why)).await.is_some()
            }
            Outcome::Later { after, everywhere, why } => {
                let wait = after.unwrap_or_else(|| backoff::wait(parcel.failures + 1));
                tracing::warn!(channel, event, ms = wait.as_millis(), "will be sent again: {why}");
                let until = Instant::now() + wait;
                ended.hold = Some(until);
                ended.hold_all = everywhere.then_some(until);
                self.with_queue(move |queue| queue.later(&parcel, wait, &why)).await;
                false
            }
            Outcome::Closed { why } => {
                tracing::warn!(channel, event, "paused: {why}");
                self.with_queue(move |queue| queue.closed(&parcel, &why)).await;
                false
            }
            Outcome::Refused { why } => {
                tracing::error!(channel, event, "refused: {why}");
                self.with_queue(move |queue| queue.refused(&parcel, &why)).await.is_some()
            }
        }
    }

    async fn give_back(&self, parcels: Vec<Parcel>) {
        for parcel in parcels {
            self.with_queue(move |queue| queue.give_back(&parcel)).await;
        }
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
    use std::collections::VecDeque;
    use std::sync::Mutex;

    use super::*;

    /// An outbox in memory: what is waiting, and what happened.
    #[derive(Default)]
    struct Fake {
        waiting: Mutex<VecDeque<Parcel>>,
        shut: Mutex<BTreeSet<u64>>,
        log: Mutex<Vec<String>>,
    }

    impl Fake {
        fn note(&self, text: String) -> Result<(), queue::Failure> {
            self.log.lock().unwrap().push(text);
            Ok(())
        }
    }

    impl Queue for Fake {
        fn claim(&self, closed: &BTreeSet<u64>) -> Result<Vec<Parcel>, queue::Failure> {
            let mut waiting = self.waiting.lock().unwrap();
            let (mut taken, mut left) = (Vec::new(), VecDeque::new());
            for parcel in waiting.drain(..) {
                let shut = self.shut.lock().unwrap().contains(&parcel.channel);
                if shut || closed.contains(&parcel.channel) {
                    left.push_back(parcel)
                } else {
                    taken.push(parcel)
                }
            }
            *waiting = left;
            Ok(taken)
        }

        fn delivered(&self, parcel: &Parcel, message: u64) -> Result<(), queue::Failure> {
            self.note(format!("{} {} as {message}", parcel.channel, parcel.event))
        }

        fn later(&self, parcel: &Parcel, _: Duration, _: &str) -> Result<(), queue::Failure> {
            let mut again = parcel.clone();
            again.failures += 1;
            self.waiting.lock().unwrap().push_front(again);
            Ok(())
        }

        fn refused(&self, parcel: &Parcel, _: &str) -> Result<(), queue::Failure> {
            self.note(format!("{} {} refused", parcel.channel, parcel.event))
        }

        fn closed(&self, parcel: &Parcel, _: &str) -> Result<(), queue::Failure> {
            self.shut.lock().unwrap().insert(parcel.channel);
            self.note(format!("{} closed", parcel.channel))
        }

        fn give_back(&self, parcel: &Parcel) -> Result<(), queue::Failure> {
            self.waiting.lock().unwrap().push_back(parcel.clone());
            Ok(())
        }
    }

    /// Answers by channel: 1 takes everything, 2 never answers, 3 fails twice, 4 is shut, 5 refuses.
    #[derive(Default)]
    struct Scripted {
        tries: Mutex<BTreeMap<String, u64>>,
    }

    impl Post for Scripted {
        async fn post(&self, channel: u64, nonce: &str, _: &Answer) -> Outcome {
            let tries = {
                let mut tries = self.tries.lock().unwrap();
                let count = tries.entry(nonce.to_owned()).or_default();
                *count += 1;
                *count
            };
            match channel {
                2 => std::future::pending().await,
                3 if tries < 3 => Outcome::Later {
                    after: Some(Duration::from_millis(1)),
                    everywhere: false,
                    why: String::new(),
                },
                4 => Outcome::Closed { why: String::new() },
                5 => Outcome::Refused { why: String::new() },
                _ => Outcome::Delivered(tries),
            }
        }
    }

    fn parcel(channel: u64, event: &str) -> Parcel {
        Parcel {
            channel,
            event: event.to_owned(),
            nonce: format!("{channel}{event}"),
            answer: Answer::default(),
            failures: 0,
        }
    }

    async fn run(parcels: Vec<Parcel>, until: usize) -> Vec<String> {
        let queue = Arc::new(Fake { waiting: Mutex::new(parcels.into()), ..Fake::default() });
        let worker = Worker {
            queue: Arc::clone(&queue),
            post: Arc::new(Scripted::default()),
            stopping: Arc::default(),
            wake: Arc::default(),
        };
        let task = tokio::spawn(worker.work());
        while queue.log.lock().unwrap().len() < until {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        task.abort();
        queue.log.lock().unwrap().clone()
    }

    #[tokio::test(start_paused = true)]
    async fn a_channel_that_never_answers_delays_no_other() {
        let log = run(vec![parcel(2, "a"), parcel(1, "b"), parcel(1, "c")], 2).await;
        assert_eq!(log, ["1 b as 1", "1 c as 1"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_message_is_repeated_before_those_behind_it() {
        let log = run(vec![parcel(3, "a"), parcel(3, "b")], 2).await;
        assert_eq!(log, ["3 a as 3", "3 b as 3"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_shut_channel_is_left_and_a_refused_message_passed_over() {
        let mut log = run(vec![parcel(4, "a"), parcel(4, "b"), parcel(5, "a"), parcel(5, "b")], 3).await;
        log.sort();
        assert_eq!(log, ["4 closed", "5 a refused", "5 b refused"]);
    }
}
