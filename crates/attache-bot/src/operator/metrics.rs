//! Numbers in Prometheus' format. They are counted only where a port for them is open; whoever counts
//! need not know.

use std::sync::OnceLock;
use std::time::Duration;

use attache_store::{ReadError, Store};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Upper bounds of an answer's time, in seconds.
const TIMES: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.5, 15.0];

const ANSWERS: &str = "attache_answers_total";
const ANSWER_TIME: &str = "attache_answer_seconds";
const DELIVERIES: &str = "attache_deliveries_total";
const SHARDS: &str = "attache_shards";

/// Begins counting.
///
/// # Errors
/// When counting had begun before.
pub(crate) fn start() -> Result<(), String> {
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(ANSWER_TIME.to_owned()), &TIMES)
        .map_err(|error| error.to_string())?;
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).map_err(|error| error.to_string())?;
    metrics::describe_counter!(ANSWERS, "Interactions answered, by command and outcome");
    metrics::describe_histogram!(ANSWER_TIME, "Seconds from an interaction to its answer, by command");
    metrics::describe_counter!(DELIVERIES, "Messages sent, put off, refused, by outcome");
    metrics::describe_gauge!(SHARDS, "Shards, by whether they are connected");
    HANDLE.set(handle).map_err(|_| "metrics were started before".to_owned())
}

/// An interaction was answered, or not.
pub(crate) fn answer(command: &str, outcome: &'static str, took: Duration) {
    if HANDLE.get().is_none() {
        return;
    }
    metrics::counter!(ANSWERS, "command" => command.to_owned(), "outcome" => outcome).increment(1);
    metrics::histogram!(ANSWER_TIME, "command" => command.to_owned()).record(took.as_secs_f64());
}

/// A message was sent, or what else became of it.
pub(crate) fn delivery(outcome: &'static str) {
    metrics::counter!(DELIVERIES, "outcome" => outcome).increment(1);
}

/// How many shards there are and how many are connected.
pub(crate) fn shards(connected: usize, all: usize) {
    let number = |n: usize| u32::try_from(n).map_or(f64::MAX, f64::from);
    metrics::gauge!(SHARDS, "state" => "connected").set(number(connected));
    metrics::gauge!(SHARDS, "state" => "apart").set(number(all.saturating_sub(connected)));
}

/// Everything counted, and the store's sizes as they are now.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn page(store: &Store, healthy: bool) -> Result<String, ReadError> {
    let stats = store.stats()?;
    let mut page = HANDLE.get().map(PrometheusHandle::render).unwrap_or_default();
    for (name, help, value) in [
        ("attache_healthy", "1 while the bot does its work", u64::from(healthy)),
        ("attache_articles", "Articles stored", wide(stats.articles)),
        ("attache_events", "Events stored and not taken out", wide(stats.events)),
        ("attache_subscriptions", "Subscriptions", wide(stats.subscriptions)),
        ("attache_deliveries_waiting", "Messages waiting to be sent", wide(stats.waiting)),
        ("attache_store_bytes", "Bytes of the store on disk", stats.bytes),
        ("attache_store_commits", "Commits since the store was made", stats.commits),
    ] {
        page.push_str(&format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n"));
    }
    Ok(page)
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
