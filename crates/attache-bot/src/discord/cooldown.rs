//! How often one user is answered: a number of requests within a window, so that nobody can keep
//! the bot busy for all others. What is held is gone after a restart, which does no harm.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::config;

/// Users remembered before those who have long been silent are forgotten.
const MANY: usize = 4096;

/// At most so many requests within so long; 0 is no limit. Clones are the same limits, which may change
/// while the bot runs.
#[derive(Debug, Clone, Default)]
pub struct Limits(Arc<RwLock<(usize, Duration)>>);

impl From<&config::Discord> for Limits {
    fn from(discord: &config::Discord) -> Self {
        let limits = Self::default();
        limits.set(discord);
        limits
    }
}

impl Limits {
    /// Those of this configuration from now on.
    pub fn set(&self, discord: &config::Discord) {
        let most = usize::try_from(discord.cooldown_requests).unwrap_or(usize::MAX);
        let window = Duration::from_secs(u64::from(discord.cooldown_seconds));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (most, window);
    }

    fn now(&self) -> (usize, Duration) {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The requests of each user within the window.
#[derive(Debug)]
pub(super) struct Cooldown {
    limits: Limits,
    seen: Mutex<HashMap<u64, VecDeque<Instant>>>,
}

impl Cooldown {
    /// Nobody has asked yet.
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, seen: Mutex::default() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, when it is one too many; it is not counted then.
    pub(super) fn take(&self, user: u64, now: Instant) -> Result<(), Duration> {
        let (most, window) = self.limits.now();
        if most == 0 {
            return Ok(());
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |at: &Instant| now.saturating_duration_since(*at) >= window;
        if seen.len() >= MANY {
            seen.retain(|_, times| times.back().is_some_and(|last| !over(last)));
        }
        let times = seen.entry(user).or_default();
        while times.front().is_some_and(over) {
            times.pop_front();
        }
        match times.front() {
            Some(first) if times.len() >= most => {
                Err(window.saturating_sub(now.saturating_duration_since(*first)))
            }
            _ => {
                times.push_back(now);
                Ok(())
            }
        }
    }

    /// What who has to wait is told.
    pub(super) fn message(&self, wait: Duration) -> String {
        let (most, window) = self.limits.now();
        let (wait, window) = (wait.as_secs() + 1, window.as_secs());
        format!("Please wait {wait} s: at most {most} requests in {window} s are answered.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cooldown(most: usize) -> Cooldown {
        Cooldown::new(Limits(Arc::new(RwLock::new((most, Duration::from_secs(10))))))
    }

    #[test]
    fn who_asks_too_often_waits_and_others_do_not() {
        let cooldown = cooldown(2);
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(cooldown.take(1, at(0)), Ok(()));
        assert_eq!(cooldown.take(1, at(4)), Ok(()));
        assert_eq!(cooldown.take(1, at(5)), Err(Duration::from_secs(5)));
        assert_eq!(cooldown.take(2, at(5)), Ok(()));
        assert_eq!(cooldown.take(1, at(10)), Ok(()), "the first is ten seconds old");
        assert_eq!(cooldown.take(1, at(11)), Err(Duration::from_secs(3)));
    }

    #[test]
    fn zero_is_no_limit() {
        let cooldown = cooldown(0);
        assert!((0..1000).all(|_| cooldown.take(1, Instant::now()).is_ok()));
    }
}
