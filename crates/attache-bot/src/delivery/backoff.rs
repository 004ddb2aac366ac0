//! How long to wait before trying again.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// First wait, doubled with each failure.
const FIRST: Duration = Duration::from_millis(500);
/// Longest wait.
const LONGEST: Duration = Duration::from_secs(300);
/// Tries after which a message is given up: about a day, so that an outage loses nothing.
pub(super) const TRIES: u32 = 300;

/// The wait after the `failures`-th failure, between half and all of it by chance, so that many
/// channels do not come back at once.
pub(super) fn wait(failures: u32) -> Duration {
    let full =
        FIRST.saturating_mul(1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX)).min(LONGEST);
    // The standard hasher is keyed at random, which is chance enough for this.
    let chance = RandomState::new().hash_one(failures) % 1000;
    full / 2 + full.mul_f64(chance as f64 / 2000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(failures: u32, least: Duration, most: Duration) {
        let wait = wait(failures);
        assert!(least <= wait && wait <= most, "{failures}: {wait:?}");
    }

    #[test]
    fn waits_grow_up_to_five_minutes() {
        check(1, FIRST / 2, FIRST);
        check(3, FIRST * 2, FIRST * 4);
        check(20, LONGEST / 2, LONGEST);
        check(u32::MAX, LONGEST / 2, LONGEST);
    }
}
