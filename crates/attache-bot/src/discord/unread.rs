//! Events that serenity cannot read.
//!
//! It drops them with one debug line; a person who waits for an answer would wait in vain.

use serde_json::Value;
use serenity::all::{Context, Event, InteractionId, RawEventHandler};

use super::framework::lost;
use super::respond::Reply;
use crate::operator::health::health;

/// Sees every event before it is sorted.
pub(super) struct Unread;

#[serenity::async_trait]
impl RawEventHandler for Unread {
    async fn raw_event(&self, ctx: Context, event: Event) {
        // Whatever comes shows that the connection stands.
        health().event();
        health().shard(ctx.shard_id.0, true);
        let Event::Unknown(event) = event else { return };
        // Events that are merely new to serenity come with every change Discord makes.
        if event.kind != "INTERACTION_CREATE" {
            tracing::debug!(kind = event.kind, "an event of unknown form was passed over");
            return;
        }
        tracing::error!(kind = event.kind, "an event could not be read");
        let number = event.value["id"].as_str().and_then(|id| id.parse().ok()).filter(|id| *id > 0);
        if let (Some(id), Some(token)) = (number, event.value["token"].as_str()) {
            // Nobody has to be known for what has no controls.
            let reply = Reply { http: &ctx.http, id: InteractionId::new(id), token, user: 0 };
            lost(match event.value["type"] {
                Value::Number(ref kind) if kind.as_u64() == Some(4) => reply.suggest_nothing().await,
                _ => {
                    reply.say("Discord sent this in a form that the bot cannot read. Try again later.").await
                }
            });
        }
    }
}
