//! How fast interactions are answered on a loopback rig, beside a discord.js bot that answers with a
//! constant embed: `cargo bench -p attache-tests --bench interactions`.
//!
//! Ours answers `/engagements` from a store of 100,000 events (`ATTACHE_BENCH_EVENTS`), which is kept for
//! the next time where a folder is named for it (`ATTACHE_BENCH_STORE`): six questions by turns, of which
//! an answer is kept until something is stored, then questions that nobody asked before; then every other
//! command and every autocomplete once each by turns. Each bot runs alone on one core where
//! `taskset` is there, the rig on the other. The peer is installed by its name into a folder of its
//! own, `ATTACHE_BENCH_PEER` or a new one; without node and npm only ours is measured.
#![expect(clippy::print_stdout, reason = "a benchmark tells what it found")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run may stop")]

mod bots;
mod load;
mod made_up;
mod rig;

use std::time::Duration;

use load::{Figures, Load};
use rig::Rig;
use serde_json::{Value, json};

/// Interactions under way at once in the measure of throughput.
const AT_ONCE: usize = 32;

fn main() {
    let events: usize =
        std::env::var("ATTACHE_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let ours = runtime.block_on(ours(events));
    match bots::peer_folder() {
        Err(why) => println!("\nno peer: {why}; only ours was measured"),
        Ok(folder) => {
            let peer = runtime.block_on(peer(&folder));
            println!("\nours does {:.2} of discord.js's interactions a second", ours / peer);
        }
    }
}

/// Measures our bot; gives its throughput.
async fn ours(events: usize) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let kept = std::env::var_os("ATTACHE_BENCH_STORE").map(std::path::PathBuf::from);
    let made = kept.as_ref().unwrap_or(&data);
    if !made.exists() {
        println!("a store of {events} events is made …");
        made_up::fill(made, events);
    }
    if let Some(kept) = &kept {
        bots::copy(kept, &data);
    }
    let rig = Rig::start().await;
    let bot = bots::ours(folder.path(), &rig);
    rig.ready(Duration::from_secs(60)).await;
    println!("\nattache, /engagements from {events} events");
    // What many ask: the same questions by turns, as the peer's one answer.
    let asked = Load::turns(vec![
        ("engagements", json!([])),
        ("engagements", json!([{"name": "with", "type": 3, "value": "CN"}])),
        (
            "engagements",
            json!([{"name": "with", "type": 3, "value": "US"}, {"name": "party", "type": 3, "value": "JP"}]),
        ),
        ("engagements", json!([{"name": "level", "type": 3, "value": "minister"}])),
        (
            "engagements",
            json!([{"name": "with", "type": 3, "value": "BR"}, {"name": "channel", "type": 3, "value": "call"}]),
        ),
        ("engagements", json!([{"name": "since", "type": 3, "value": "2025-03-01"}])),
    ]);
    let known = throughput(&rig, &asked).await;
    alone(&rig, &asked).await;
    println!("  most memory: {} MB", bot.most_memory());
    println!("\nattache, /engagements, no question twice");
    let new = Load::turns(never_asked());
    throughput(&rig, &new).await;
    alone(&rig, &new).await;
    println!("\nattache, every other command and autocomplete, alone (p50, p99, most, in ms)");
    for (name, load) in load::every_command(&rig) {
        let figures = rig.drive(&load, 1, Duration::from_millis(600), 12).await;
        let late = if figures.p99() > 50.0 { "   over 50" } else { "" };
        println!("  {name:<38} {:>8.2} {:>8.2} {:>8.2}{late}", figures.p50(), figures.p99(), figures.most());
    }
    println!("  most memory in the end: {} MB", bot.most_memory());
    known
}

/// More questions than are answered, each another one, so that none is answered from one before.
fn never_asked() -> Vec<(&'static str, Value)> {
    let mut asked = Vec::new();
    for n in 0..2_800 {
        let day = jiff::civil::date(2018, 1, 1).saturating_add(jiff::Span::new().days(n)).to_string();
        for country in made_up::COUNTRIES {
            asked.push((
                "engagements",
                json!([{"name": "with", "type": 3, "value": country}, {"name": "since", "type": 3, "value": day}]),
            ));
        }
    }
    asked
}

async fn peer(folder: &std::path::Path) -> f64 {
    let rig = Rig::start().await;
    let bot = bots::peer(folder, &rig);
    rig.ready(Duration::from_secs(60)).await;
    println!("\ndiscord.js, a constant embed");
    let asked = Load::turns(vec![("engagements", json!([]))]);
    let throughput = throughput(&rig, &asked).await;
    alone(&rig, &asked).await;
    println!("  most memory: {} MB", bot.most_memory());
    throughput
}

async fn throughput(rig: &Rig, load: &Load) -> f64 {
    rig.drive(load, AT_ONCE, Duration::from_secs(2), 0).await;
    let mut rounds: Vec<Figures> = Vec::new();
    for _ in 0..3 {
        rounds.push(rig.drive(load, AT_ONCE, Duration::from_secs(3), 0).await);
    }
    rounds.sort_by(|a, b| a.per_second().total_cmp(&b.per_second()));
    let middle = &rounds[1];
    println!(
        "  {AT_ONCE} at once: {:.0}/s (of three rounds {:.0} to {:.0}), p50 {:.2} ms, p99 {:.2} ms",
        middle.per_second(),
        rounds[0].per_second(),
        rounds[2].per_second(),
        middle.p50(),
        middle.p99()
    );
    middle.per_second()
}

async fn alone(rig: &Rig, load: &Load) {
    rig.drive(load, 1, Duration::from_secs(1), 0).await;
    let figures = rig.drive(load, 1, Duration::from_secs(4), 0).await;
    println!(
        "  alone: {:.0}/s, p50 {:.2} ms, p99 {:.2} ms, most {:.2} ms",
        figures.per_second(),
        figures.p50(),
        figures.p99(),
        figures.most()
    );
}
