//! The store beside SQLite (WAL, `synchronous = FULL`) on the same events, in one run.
//!
//! `cargo bench -p attache-store --bench store -- [events] [folder]`; a million events unless told
//! otherwise. The folder must lie on a real disk. Figures are ratios of this machine at this hour.

#![expect(clippy::panic, clippy::print_stdout, reason = "a bench prints, and stops where it cannot go on")]

mod made_up;
mod ours;
mod peer;
mod probe;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What both sides are asked to do.
trait Side {
    fn commit(&mut self, batch: &[made_up::Report]);
    fn latest(&self, ask: &made_up::Ask) -> usize;
    fn count(&self, ask: &made_up::Ask) -> usize;
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["open", side, folder, how] => probe::open(side, Path::new(folder), how),
        args => {
            let events = args.first().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
            let folder = args.get(1).map_or_else(std::env::temp_dir, PathBuf::from).join("attache-bench");
            let _ = std::fs::remove_dir_all(&folder);
            if let Err(error) = std::fs::create_dir_all(&folder) {
                println!("{}: {error}", folder.display());
                return;
            }
            compare(events, &folder);
            if std::env::var_os("ATTACHE_BENCH_KEEP").is_none() {
                let _ = std::fs::remove_dir_all(&folder);
            }
        }
    }
}

fn compare(events: usize, folder: &Path) {
    let (a, b) = (folder.join("ours"), folder.join("sqlite"));
    let mut ours = ours::Ours::open(&a);
    let mut peer = peer::Peer::open(&b);
    println!("{events} events of about 1 KB, four to an article; SQLite: WAL, synchronous FULL\n");
    let load = |side: &mut dyn Side| {
        let mut spent = Duration::ZERO;
        for first in (0..events).step_by(400) {
            let batch = made_up::reports(first / 4, 100.min((events - first).div_ceil(4)));
            let start = Instant::now();
            side.commit(&batch);
            spent += start.elapsed();
        }
        events as f64 / spent.as_secs_f64()
    };
    let (x, y) = (load(&mut ours), load(&mut peer));
    line("bulk load, events/s", x, y, x / y);
    let bytes = |folder: &Path| probe::size(folder) as f64 / 1e9 * 1e6 / events as f64;
    line("disk, GB per million events", bytes(&a), bytes(&b), bytes(&a) / bytes(&b));

    let first = events.div_ceil(4);
    let (x, y) = (singles(&mut ours, first, 1), singles(&mut peer, first, 1));
    line("durable commit of one article and event, p50 µs", at(&x, 50), at(&y, 50), at(&x, 50) / at(&y, 50));
    line("  p99", at(&x, 99), at(&y, 99), at(&x, 99) / at(&y, 99));
    let (x, y) = (singles(&mut ours, first + 9_000, 25), singles(&mut peer, first + 9_000, 25));
    let rate = |times: &[f64]| 100.0 / at(times, 50) * 1e6;
    line("durable commits of 100, events/s at p50", rate(&x), rate(&y), rate(&x) / rate(&y));

    let asks = made_up::asks(2_000);
    let timed = |ask: &mut dyn FnMut(&made_up::Ask) -> usize| {
        let mut found = 0;
        let times: Vec<f64> = asks
            .iter()
            .map(|question| {
                let start = Instant::now();
                found += ask(question);
                start.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        (times, found)
    };
    let ((x, n), (y, m)) = (timed(&mut |ask| ours.latest(ask)), timed(&mut |ask| peer.latest(ask)));
    line("latest 50 by kind, party and time, p50 µs", at(&x, 50), at(&y, 50), at(&x, 50) / at(&y, 50));
    line("  p99", at(&x, 99), at(&y, 99), at(&x, 99) / at(&y, 99));
    println!("  rows found: {n} and {m}");
    let ((x, n), (y, m)) = (timed(&mut |ask| ours.count(ask)), timed(&mut |ask| peer.count(ask)));
    line("count by kind, party and time, p50 µs", at(&x, 50), at(&y, 50), at(&x, 50) / at(&y, 50));
    line("  p99", at(&x, 99), at(&y, 99), at(&x, 99) / at(&y, 99));
    println!("  counted: {n} and {m}");
    drop((ours, peer));
    for how in ["clean", "killed"] {
        println!(
            "\nopened after a {} stop, then 10,000 mixed queries, each in a process of its own",
            if how == "clean" { "clean" } else { "kill -9" }
        );
        for (side, folder) in [("ours", &a), ("sqlite", &b)] {
            probe::run(side, folder, how);
        }
    }
}

/// Microseconds of each of some commits.
fn singles(side: &mut dyn Side, first: usize, articles: usize) -> Vec<f64> {
    let rounds = if articles == 1 { 2_000 } else { 200 };
    let per = if articles == 1 { 1 } else { 4 };
    let commits = (0..rounds).map(|round| {
        let mut batch = made_up::reports(first + round * articles, articles);
        batch.iter_mut().for_each(|report| report.events.truncate(per));
        let start = Instant::now();
        side.commit(&batch);
        start.elapsed().as_secs_f64() * 1e6
    });
    commits.collect()
}

fn at(times: &[f64], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times.get(times.len() * percent / 100).copied().unwrap_or(f64::NAN)
}

fn line(what: &str, ours: f64, peer: f64, ratio: f64) {
    println!("{what:<52} {ours:>12.2} {peer:>12.2}   ×{ratio:.2}");
}
