//! Settings that change while the program runs: SIGHUP reads the configuration again. What is wrong
//! with it is said, and the old one stays in force whole.

use std::path::PathBuf;

use crate::config::{self, Settings};
use crate::log;

/// Follows SIGHUP from now on. `apply` puts in force what needs no restart.
///
/// # Errors
/// When the signal cannot be listened to.
pub(crate) fn follow(
    file: Option<PathBuf>,
    settings: &Settings,
    apply: impl Fn(&Settings) + Send + 'static,
) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut asked = signal(SignalKind::hangup())?;
        let mut held = settings.clone();
        tokio::spawn(async move {
            while asked.recv().await.is_some() {
                match take(file.clone(), &held, &apply) {
                    Ok(new) => held = new,
                    Err(why) => tracing::error!("the old configuration stays in force: {why}"),
                }
            }
        });
    }
    #[cfg(not(unix))]
    drop((file, settings, apply));
    Ok(())
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
