//! Looks whether the bot does its work, says so in the log when that changes, and tells a supervisor
//! that it is alive only while it is: a bot that is online and silent is started anew.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::health::health;
use super::notify;
use crate::app::App;

/// Between two looks where no supervisor wants to hear more often.
const EVERY: Duration = Duration::from_secs(10);

/// Watches until dropped.
pub(crate) async fn watch(app: Arc<App>) {
    let every = notify::interval().unwrap_or(EVERY).clamp(Duration::from_millis(100), EVERY);
    let mut told: Vec<String> = Vec::new();
    loop {
        tokio::time::sleep(every).await;
        let app = Arc::clone(&app);
        let look = move || health().faults(&app, Timestamp::now());
        let faults = match tokio::task::spawn_blocking(look).await {
            Ok(faults) => faults,
            Err(error) => vec![error.to_string()],
        };
        if faults.is_empty() {
            notify::alive();
        }
        if faults.is_empty() != told.is_empty() {
            match faults.as_slice() {
                [] => tracing::info!("the bot does its work again"),
                faults => tracing::error!("the bot does not do its work: {}", faults.join("; ")),
            }
        }
        told = faults;
    }
}
