//! Faults on purpose: kills, power cuts, full disks and damaged files, each followed by the question
//! whether everything acknowledged is there, whole.
//!
//! The short form runs with all tests; `cargo test -p attache-tests --test faults -- --ignored` runs
//! the full one. `ATTACHE_FAULTS_SEED` sets the seed, `ATTACHE_FAULTS_ROUNDS` the rounds; a failing
//! round prints both its seed and what to set to see it again.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests, and what they found"
)]

mod damage;
mod full;
mod kill;
mod mend;
mod power;
mod worker;

use std::path::{Path, PathBuf};

use attache_store::Store;
use attache_tests::faults::chance::Chance;
use attache_tests::faults::model::Model;
use attache_tests::faults::workload::{DiskJob, Job, THREADS, Target};

/// Seeds of the rounds: from the environment, else the same ones each time.
fn rounds(usual: u64) -> impl Iterator<Item = u64> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let first = number("ATTACHE_FAULTS_SEED").unwrap_or(1);
    let rounds = number("ATTACHE_FAULTS_ROUNDS").unwrap_or(usual);
    first..first + rounds
}

/// Runs a round; if it fails, says how to see it again.
fn round(name: &str, seed: u64, run: impl FnOnce(&mut Chance) -> Result<(), String>) {
    let again = Again(format!("ATTACHE_FAULTS_SEED={seed} ATTACHE_FAULTS_ROUNDS=1 {COMMAND} {name}"));
    run_round(again, seed, run);
}

/// Runs what belongs to one operation of a program, the same each time.
fn round_of(name: &str, operation: u64, run: impl FnOnce(&mut Chance) -> Result<(), String>) {
    run_round(Again(format!("{COMMAND} {name} (operation {operation})")), operation, run);
}

const COMMAND: &str = "cargo test -p attache-tests --test faults";

fn run_round(again: Again, seed: u64, run: impl FnOnce(&mut Chance) -> Result<(), String>) {
    if let Err(what) = run(&mut Chance::new(seed)) {
        panic!("{what}");
    }
    std::mem::forget(again);
}

/// Speaks unless the round ends well, however it ends.
struct Again(String);

impl Drop for Again {
    fn drop(&mut self) {
        eprintln!("a round failed; again: {}", self.0);
    }
}

/// A folder with a store in it, and what the store must hold.
struct Place {
    /// Kept until here, and left to look at when a test fails.
    folder: Option<tempfile::TempDir>,
    root: PathBuf,
    model: Model,
    runs: u64,
    cuts: u64,
}

/// A folder in memory, where there is such a place: what a sync does there, the disk of the tests
/// decides, or nobody asks.
fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

impl Place {
    /// A folder for a store in memory.
    fn new() -> Self {
        Self::within(scratch())
    }

    fn within(folder: tempfile::TempDir) -> Self {
        let root = folder.path().canonicalize().unwrap().join("disk");
        std::fs::create_dir(&root).unwrap();
        Self { folder: Some(folder), root, model: Model::default(), runs: 0, cuts: 0 }
    }

    fn store(&self) -> PathBuf {
        self.root.join("store")
    }

    /// The next run's job: some threads, each with some changes.
    fn job(&mut self, chance: &mut Chance, changes: u64) -> Job {
        self.runs += 1;
        Job {
            folder: self.store(),
            run: self.runs,
            seed: chance.next(),
            threads: 1 + chance.below(THREADS),
            changes,
            segments: chance.pick(&[None, Some(40 << 10), Some(300 << 10)]).copied().flatten(),
            fresh: false,
            target: Target::Store,
            disk: None,
        }
    }

    /// A disk that the store stands on, without a fault so far.
    fn disk(&self) -> DiskJob {
        let (log, boot) = (self.root.with_file_name("log"), self.root.with_file_name("boot"));
        std::fs::write(&boot, format!("boot {}\n", self.cuts)).unwrap();
        DiskJob { root: self.root.clone(), log, boot, ..DiskJob::default() }
    }

    /// Opens the store and holds it against the model.
    fn settle(&mut self) -> Result<(), String> {
        let store = Store::open(&self.store()).map_err(|error| format!("opening: {error}"))?;
        self.model.settle(&store)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(folder) = self.folder.take()
        {
            eprintln!("the folder is kept: {}", folder.keep().display());
        }
    }
}

/// Bytes of the file with the log of a run.
fn log(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}
