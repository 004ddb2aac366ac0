//! `/subscriptions list`: what is sent where.

use serde_json::json;

use super::{is_own, log, wording};
use crate::command::{Access, Body, Call, Command, Fault, Place};
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "list",
    about: "What is sent where, and how the last deliveries went",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: &[], run },
};

/// Deliveries shown of each.
const LAST: usize = 2;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let store = &call.app.store;
    let mut list = store.subscriptions()?;
    list.retain(|held| is_own(call.caller, held));
    let mut blocks = Vec::new();
    for held in &list {
        let mut head = Rich::default().strong(format!("{}. ", held.id));
        head.0.extend(wording::describe(held, call.now).0);
        let mut lines = vec![Rich::text(wording::plan(&held.plan))];
        for delivery in store.deliveries(held.id, LAST)? {
            lines.push(log::line(held, &delivery));
        }
        blocks.push(Block::Item { head, lines });
    }
    let title = match list.len() {
        0 => "No subscriptions; /subscribe makes one".to_owned(),
        1 => "1 subscription".to_owned(),
        n => format!("{n} subscriptions"),
    };
    Ok(Answer {
        title,
        blocks,
        private: true,
        data: json!({"as_of": call.now, "subscriptions": list}),
        ..Answer::default()
    })
}
