//! Settings that change while the program runs: SIGHUP reads the configuration again. What is wrong
//! with it is said, and the old one stays in force whole.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;

use crate::config::{self, Settings};
use crate::log;

/// The settings in force; whoever waits hears of a change.
pub type Live = watch::Receiver<Arc<Settings>>;

/// Settings that never change: for tests and single commands.
#[must_use]
pub fn fixed(settings: &Settings) -> Live {
    watch::channel(Arc::new(settings.clone())).1
}

/// Follows SIGHUP from now on. `apply` puts in force what needs no restart, before anybody is told.
///
/// # Errors
/// When the signal cannot be listened to.
pub(crate) fn follow(
    file: Option<PathBuf>,
    settings: &Settings,
    apply: impl Fn(&Settings) + Send + 'static,
) -> std::io::Result<Live> {
    let (set, live) = watch::channel(Arc::new(settings.clone()));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut asked = signal(SignalKind::hangup())?;
        tokio::spawn(async move {
            while asked.recv().await.is_some() {
                let old = Arc::clone(&set.borrow());
                match take(file.clone(), &old, &apply) {
                    Ok(new) => drop(set.send_replace(Arc::new(new))),
                    Err(why) => tracing::error!("the old configuration stays in force: {why}"),
                }
            }
        });
    }
    #[cfg(not(unix))]
    tokio::spawn(async move { set.closed().await });
    Ok(live)
}

/// Reads the configuration again and puts in force what can be without a restart.
fn take(file: Option<PathBuf>, old: &Settings, apply: &dyn Fn(&Settings)) -> Result<Settings, String> {
    let new = config::load(file.as_deref()).map_err(|error| error.to_string())?;
    if new.log.level != old.log.level {
        log::set_level(&new.log.level).map_err(|error| error.to_string())?;
    }
    apply(&new);
    let fixed = old.fixed_differences(&new);
    if fixed.is_empty() {
        tracing::info!("the configuration was read again and is in force");
    } else {
        tracing::warn!(
            "the configuration was read again and is in force, but for what takes a restart: {}",
            fixed.join(", ")
        );
    }
    Ok(new)
}
