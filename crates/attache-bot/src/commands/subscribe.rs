//! `/subscribe`: a channel hears of new events, once each; what it would have heard is shown first.

use attache_store::{Filter, NewSubscription, StoredEvent, Subscription};
use serde_json::{Value, json};

use super::common;
use super::subscriptions::{options, wording};
use crate::command::{Access, Body, Call, Caller, Command, Fault, Place};
use crate::reply::{Answer, Block, Rich};

pub(super) static COMMAND: Command = Command {
    name: "subscribe",
    about: "Send new events that fit to a channel: at once or as a digest. preview: only shows what",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: &options::NEW, run },
};

/// Events shown of a preview.
const SHOWN: usize = 3;
/// Days a preview looks back.
const BACK: i64 = 30;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let (guild, here) = match call.caller {
        Caller::Operator => (None, None),
        Caller::Member { guild, channel, .. } => (*guild, Some(*channel)),
    };
    let channel = call.args.channel("channel").or(here);
    let channel =
        channel.ok_or_else(|| Fault::user("channel: in the terminal the channel's Discord id is needed"))?;
    let filter = options::filter(call, Filter::default())?;
    let plan = options::plan(call, options::new_plan(), guild)?;
    if call.args.flag("preview") {
        let mut blocks = vec![Block::Line(Rich::text(wording::filter(&filter)))];
        blocks.extend(preview(call, &filter)?);
        return Ok(Answer {
            title: "What a subscription would send".to_owned(),
            blocks,
            notes: vec!["Nothing was subscribed. Leave preview out to do it.".to_owned()],
            private: true,
            data: json!({"filter": filter, "plan": plan, "would_have_sent": would_have(call, &filter)?.len()}),
            ..Answer::default()
        });
    }
    let new = NewSubscription { guild, channel, author: call.caller.label(), filter, plan };
    let subscription = call.app.store.subscribe(new, call.now)?;
    let mut blocks = vec![
        Block::Line(wording::describe(&subscription, call.now)),
        Block::Line(Rich::text(wording::plan(&subscription.plan))),
    ];
    blocks.extend(preview(call, &subscription.filter)?);
    Ok(Answer {
        title: format!("Subscription {}", subscription.id),
        blocks,
        notes: vec![
            "Events stored before now are not sent. /subscriptions list shows all, test sends a sample, /unsubscribe ends."
                .to_owned(),
        ],
        private: true,
        data: data(&subscription),
        ..Answer::default()
    })
}

/// What the filter would have sent in the last 30 days: how many, and the latest.
pub(super) fn preview(call: &Call<'_>, filter: &Filter) -> Result<Vec<Block>, Fault> {
    let recent = would_have(call, filter)?;
    let mut blocks = vec![Block::Line(Rich::text(match recent.len() {
        0 => format!("Nothing stored in the last {BACK} days would have been sent."),
        1 => format!("In the last {BACK} days it would have sent 1:"),
        n => format!("In the last {BACK} days it would have sent {n}, the latest of them:"),
    }))];
    for row in recent.iter().take(SHOWN) {
        blocks.extend(common::entry(call.app, row)?);
    }
    Ok(blocks)
}

/// The events of the last 30 days that pass the filter, latest first.
pub(super) fn would_have(call: &Call<'_>, filter: &Filter) -> Result<Vec<StoredEvent>, Fault> {
    let Some(mut query) = filter.query() else { return Ok(Vec::new()) };
    query.since = common::today(call).checked_sub(jiff::Span::new().days(BACK)).ok();
    query.until = Some(common::today(call));
    Ok(call.app.store.all_events(&query)?)
}

/// A subscription as data.
pub(super) fn data(subscription: &Subscription) -> Value {
    json!({"subscription": subscription})
}
