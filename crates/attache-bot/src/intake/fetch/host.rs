//! One request at a time to a host, with a pause between two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::Url;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep_until};

use super::robots::Known;

/// Hosts kept in mind; beyond it those that nobody waits for are forgotten.
const MOST: usize = 5_000;

/// The hosts that were asked.
#[derive(Debug, Default)]
pub(super) struct Hosts(Mutex<HashMap<String, Arc<Host>>>);

/// One of them.
#[derive(Debug, Default)]
pub(super) struct Host {
    /// When it may be asked again.
    turn: Arc<tokio::sync::Mutex<Option<Instant>>>,
    /// What its robots.txt said.
    pub(super) robots: tokio::sync::Mutex<Option<Known>>,
}

/// The right to ask a host. The pause begins when it is given back.
#[derive(Debug)]
pub(super) struct Turn {
    free: OwnedMutexGuard<Option<Instant>>,
    pause: Duration,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.free = Some(Instant::now() + self.pause);
    }
}

impl Hosts {
    /// The host of a link; another port is another host.
    pub(super) fn of(&self, url: &Url) -> Arc<Host> {
        let name = format!(
            "{}:{}",
            url.host_str().unwrap_or_default(),
            url.port_or_known_default().unwrap_or_default()
        );
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MOST {
            hosts.retain(|_, host| Arc::strong_count(host) > 1 || !host.is_rested());
        }
        Arc::clone(hosts.entry(name).or_default())
    }
}

impl Host {
    /// Waits until the host may be asked.
    pub(super) async fn turn(&self, pause: Duration) -> Turn {
        let free = Arc::clone(&self.turn).lock_owned().await;
        if let Some(at) = *free {
            sleep_until(at).await;
        }
        Turn { free, pause }
    }

    fn is_rested(&self) -> bool {
        self.turn.try_lock().is_ok_and(|free| free.is_none_or(|at| at <= Instant::now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_once_at_a_time_and_then_left_alone() {
        let hosts = Hosts::default();
        let url = |text: &str| Url::parse(text).unwrap();
        let (one, same) = (hosts.of(&url("http://a.example/1")), hosts.of(&url("http://a.example/2")));
        let other = hosts.of(&url("http://b.example/"));
        let began = Instant::now();
        let turn = one.turn(Duration::from_secs(1)).await;
        assert!(tokio::time::timeout(Duration::from_secs(5), same.turn(Duration::ZERO)).await.is_err());
        other.turn(Duration::ZERO).await;
        assert_eq!(began.elapsed(), Duration::from_secs(5));
        drop(turn);
        same.turn(Duration::ZERO).await;
        assert_eq!(began.elapsed(), Duration::from_secs(6));
    }
}
