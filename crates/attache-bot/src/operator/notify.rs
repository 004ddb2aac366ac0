//! What a supervisor such as systemd is told: ready, alive, stopping. Nothing where there is none.

use std::time::Duration;

use sd_notify::NotifyState;

/// The bot is connected and its commands are registered.
pub(crate) fn ready() {
    tell(&[NotifyState::Ready]);
}

/// The bot is about to end.
pub(crate) fn stopping() {
    tell(&[NotifyState::Stopping]);
}

/// The bot does its work.
pub(super) fn alive() {
    tell(&[NotifyState::Watchdog]);
}

/// How often the supervisor wants to hear that the bot is alive, where it does.
pub(super) fn interval() -> Option<Duration> {
    sd_notify::watchdog_enabled().map(|limit| limit / 3)
}

fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!("the supervisor was not told: {error}");
    }
}
