//! Opening and memory, each in a process of its own.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::{Side, made_up, ours, peer};

/// Bytes of a folder's files.
pub(crate) fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .map(|entry| {
            entry.metadata().map_or(0, |meta| if meta.is_dir() { size(&entry.path()) } else { meta.len() })
        })
        .sum()
}

/// Megabytes of memory this process holds, where the system tells it.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok())
        .map_or(f64::NAN, |kb| kb / 1024.0)
}

/// Opens a side in a new process; for `killed`, one before it has committed and been killed.
pub(crate) fn run(side: &str, folder: &Path, how: &str) {
    let start = |how: &str| {
        let program = std::env::current_exe().unwrap_or_default();
        let status = Command::new(program).args(["open", side]).arg(folder).arg(how).status();
        if let Err(error) = status {
            println!("{error}");
        }
    };
    if how == "killed" {
        start("kill");
    }
    start("ask");
}

/// The new process.
pub(crate) fn open(side: &str, folder: &Path, how: &str) {
    let start = Instant::now();
    let mut held: Box<dyn Side> =
        if side == "ours" { Box::new(ours::Ours::open(folder)) } else { Box::new(peer::Peer::open(folder)) };
    let first = made_up::asks(1);
    held.count(&first[0]);
    let opened = start.elapsed();
    if how == "kill" {
        for n in 0..200 {
            held.commit(&made_up::reports(40_000_000 + n, 1));
        }
        std::process::abort();
    }
    let after_open = resident();
    for ask in made_up::asks(10_000) {
        if ask.kind % 2 == 0 {
            held.latest(&ask)
        } else {
            held.count(&ask)
        };
    }
    println!(
        "  {side:<8} open and first count {:>8.1} ms; memory {after_open:.0} MB, after the queries {:.0} MB",
        opened.as_secs_f64() * 1e3,
        resident()
    );
}
