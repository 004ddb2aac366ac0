//! Whether the bot does its work, from what its parts report: the gateway's state, answers, deliveries,
//! feeds.
//!
//! A bot can be online and silent: the connection stands and nothing comes of it. So it is not the
//! connection alone that counts, but what was done over it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::app::App;

/// Longest a shard may be without a connection.
const APART: SignedDuration = SignedDuration::from_mins(2);
/// Longest an answer may be worked on: longer than a command may take.
const BUSY: SignedDuration = SignedDuration::from_mins(3);
/// So many answers that failed one after the other are silence.
const FAILURES: u32 = 5;
/// Longest the delivery worker may be without a look at the outbox.
const IDLE: SignedDuration = SignedDuration::from_mins(2);
/// Longest a message that is due may wait.
const OVERDUE: SignedDuration = SignedDuration::from_mins(15);

/// What is known of one shard.
#[derive(Debug, Clone, Copy)]
struct Shard {
    connected: bool,
    since: Timestamp,
}

/// What the parts of the program reported last.
#[derive(Debug)]
pub(crate) struct Health {
    started: Timestamp,
    registered: AtomicBool,
    shards: Mutex<BTreeMap<u32, Shard>>,
    busy: Mutex<BTreeMap<u64, Timestamp>>,
    next: AtomicU64,
    /// Answers that failed since the last one that arrived.
    failures: AtomicU32,
    answered: Instant,
    event: Instant,
    looked: Instant,
    delivered: Instant,
    fed: Instant,
    /// Since when a message was due each time somebody looked.
    overdue: Instant,
}

/// An instant that may not have come yet.
#[derive(Debug)]
struct Instant(AtomicI64);

impl Instant {
    const fn never() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }

    fn now(&self) {
        self.0.store(Timestamp::now().as_millisecond(), Ordering::Relaxed);
    }

    fn forget(&self) {
        self.0.store(i64::MIN, Ordering::Relaxed);
    }

    fn get(&self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.0.load(Ordering::Relaxed)).ok()
    }
}

static HEALTH: LazyLock<Health> = LazyLock::new(|| Health {
    started: Timestamp::now(),
    registered: AtomicBool::new(false),
    shards: Mutex::default(),
    busy: Mutex::default(),
    next: AtomicU64::new(0),
    failures: AtomicU32::new(0),
    answered: Instant::never(),
    event: Instant::never(),
    looked: Instant::never(),
    delivered: Instant::never(),
    fed: Instant::never(),
    overdue: Instant::never(),
});

/// The process's health.
pub(crate) fn health() -> &'static Health {
    &HEALTH
}

/// An answer being worked on, until dropped.
#[derive(Debug)]
pub(crate) struct Busy(u64);

impl Drop for Busy {
    fn drop(&mut self) {
        health().busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

impl Health {
    /// The commands are registered: from now on people may ask.
    pub(crate) fn registered(&self) {
        self.registered.store(true, Ordering::Relaxed);
    }

    /// A shard's connection changed.
    pub(crate) fn shard(&self, shard: u32, connected: bool) {
        let mut shards = self.shards.lock().unwrap_or_else(PoisonError::into_inner);
        let held = shards.get(&shard).copied();
        if held.is_some_and(|held| held.connected == connected) {
            return;
        }
        shards.insert(shard, Shard { connected, since: Timestamp::now() });
        let up = shards.values().filter(|shard| shard.connected).count();
        super::metrics::shards(up, shards.len());
    }

    /// Something came over the gateway.
    pub(crate) fn event(&self) {
        self.event.now();
    }

    /// An answer is being worked on until what is given back is dropped.
    pub(crate) fn work(&self) -> Busy {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Timestamp::now());
        Busy(id)
    }

    /// What became of an answer.
    pub(crate) fn answered(&self, arrived: bool) {
        if arrived {
            self.failures.store(0, Ordering::Relaxed);
            self.answered.now();
        } else {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The delivery worker looked for work.
    pub(crate) fn looked(&self) {
        self.looked.now();
    }

    /// A feed answered well.
    pub(crate) fn fed(&self) {
        self.fed.now();
    }

    /// A message stands in its channel.
    pub(crate) fn delivered(&self) {
        self.delivered.now();
        self.overdue.forget();
    }

    /// What is wrong, in words; empty is healthy.
    pub(crate) fn faults(&self, app: &App, now: Timestamp) -> Vec<String> {
        let mut faults = Vec::new();
        let ago = |at: Timestamp| now.duration_since(at);
        let shards = self.shards.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for (id, shard) in shards.iter().filter(|(_, shard)| !shard.connected && ago(shard.since) > APART) {
            faults.push(format!("shard {id} has no connection since {:.0}", shard.since));
        }
        if !self.registered.load(Ordering::Relaxed) && ago(self.started) > APART {
            faults.push("the bot never became ready".to_owned());
        }
        let oldest = self.busy.lock().unwrap_or_else(PoisonError::into_inner).values().min().copied();
        if let Some(at) = oldest.filter(|at| ago(*at) > BUSY) {
            faults.push(format!("online and silent: an answer is being worked on since {at:.0}"));
        }
        let failures = self.failures.load(Ordering::Relaxed);
        if failures >= FAILURES {
            faults.push(format!("online and silent: the last {failures} answers did not arrive"));
        }
        if let Some(at) = self.looked.get().filter(|at| ago(*at) > IDLE) {
            faults.push(format!("online and silent: the outbox was looked at last at {at:.0}"));
        }
        match app.store.next_due(app.clock.now(), &app.pace) {
            Ok(due) if due.is_some_and(|due| due <= app.clock.now()) => match self.overdue.get() {
                None => self.overdue.now(),
                Some(since) if ago(since) > OVERDUE => {
                    faults.push(format!("a message is due since {since:.0}"));
                }
                Some(_) => {}
            },
            Ok(_) => self.overdue.forget(),
            Err(error) => faults.push(format!("the store cannot be read: {error}")),
        }
        faults
    }

    /// Everything that is known, for whoever asks.
    pub(crate) fn report(&self, app: &App, now: Timestamp) -> (bool, Value) {
        let faults = self.faults(app, now);
        let shards = self.shards.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let shards: BTreeMap<String, Value> = shards
            .iter()
            .map(|(id, shard)| (id.to_string(), json!({"connected": shard.connected, "since": shard.since})))
            .collect();
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner).len();
        let report = json!({
            "healthy": faults.is_empty(), "faults": faults, "started": self.started,
            "ready": self.registered.load(Ordering::Relaxed), "shards": shards, "answers_in_work": busy,
            "last_event": self.event.get(), "last_answer": self.answered.get(),
            "last_delivery": self.delivered.get(), "last_feed": self.fed.get(),
            "store": {"commits": app.store.commits().ok(),
                "next_due": app.store.next_due(app.clock.now(), &app.pace).ok().flatten()},
        });
        (faults.is_empty(), report)
    }
}
