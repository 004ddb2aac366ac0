//! What happens to servers and channels that were subscribed, one thing after the other in the order in
//! which Discord told it: a server that is left and joined again is not paused after it was taken up.

use std::sync::Arc;

use tokio::sync::{Notify, mpsc};

use crate::app::App;
use crate::delivery;

/// Why a subscription of a deleted channel is paused.
const DELETED: &str = "the channel was deleted";

/// Something that concerns where messages go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Happened {
    /// A channel or thread was deleted.
    Gone { channel: u64 },
    /// The bot was removed from a server.
    Left { guild: u64 },
    /// Something changed in a server, or in one channel of it: what was paused there may work again.
    Back { guild: u64, channel: Option<u64> },
}

/// Takes down what happens; clones write to the same list.
#[derive(Debug, Clone)]
pub(super) struct Places(mpsc::UnboundedSender<Happened>);

impl Places {
    /// Starts to follow what is noted. What is not yet followed at shutdown is found out by the next
    /// message that cannot be sent.
    pub(super) fn follow(app: Arc<App>, wake: Arc<Notify>) -> Self {
        let (send, mut next) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(happened) = next.recv().await {
                take(Arc::clone(&app), happened).await;
                wake.notify_one();
            }
        });
        Self(send)
    }

    /// Notes that something happened.
    pub(super) fn note(&self, happened: Happened) {
        if self.0.send(happened).is_err() {
            tracing::error!(?happened, "nobody follows what happens to channels");
        }
    }
}

async fn take(app: Arc<App>, happened: Happened) {
    match happened {
        Happened::Gone { channel } => delivery::pause_channel(app, channel, DELETED).await,
        Happened::Left { guild } => {
            delivery::pause_guild(app, guild, "the bot was removed from the server").await;
        }
        Happened::Back { guild, channel } => {
            let concerned = move |held: &attache_store::Subscription| {
                // No deleted channel comes back, whatever else is told of its server and when.
                let deleted = held.paused.as_ref().is_some_and(|pause| pause.why == DELETED);
                !deleted && held.guild == Some(guild) && channel.is_none_or(|channel| held.channel == channel)
            };
            delivery::take_up(app, concerned).await;
        }
    }
}
