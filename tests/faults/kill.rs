//! kill -9 at any moment, on the same folder again and again.

use std::time::Duration;

use attache_tests::faults::child::Worker;

use crate::{Place, round, rounds};

/// Rounds on one folder; then a new one, so that looking at everything stays quick.
const ON_ONE_FOLDER: usize = 15;

fn kills(usual: u64) {
    let mut acknowledged = 0;
    let on_disk = || Place::within(tempfile::tempdir().unwrap());
    let mut place = on_disk();
    for (number, seed) in rounds(usual).enumerate() {
        if number % ON_ONE_FOLDER == 0 {
            acknowledged += place.model.acknowledged;
            place = on_disk();
        }
        round("kill::", seed, |chance| {
            let mut worker = Worker::start(&place.job(chance, u64::MAX));
            // One round in four is killed while it opens the store.
            let after = if chance.percent(25) {
                Duration::from_micros(chance.below(30_000))
            } else {
                worker.wait_until_open();
                Duration::from_micros(chance.below(250_000))
            };
            std::thread::sleep(after);
            place.model.hear(&worker.kill().said);
            place.settle()
        });
    }
    acknowledged += place.model.acknowledged;
    eprintln!("{acknowledged} changes acknowledged");
    assert!(acknowledged as u64 > usual, "{acknowledged} changes in all rounds: nothing was tested");
}

#[test]
fn kills_lose_nothing_short() {
    kills(15);
}

#[test]
#[ignore = "the full form"]
fn kills_lose_nothing_full() {
    kills(300);
}
