//! `/subscribe`: a channel hears of new events, once each.

use attache_extract::event::{Factuality, Kind};
use attache_store::record::Word;
use attache_store::{EventQuery, Filter, NewSubscription, StoredEvent, Subscription};
use serde_json::{Value, json};

use super::common::{self, text, words_of};
use crate::command::{Access, Body, Call, Caller, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block, Rich};

pub(super) static COMMAND: Command = Command {
    name: "subscribe",
    about: "Send each new event that fits to a channel",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "channel",
        about: "Where to; this channel unless given",
        kind: OptKind::Channel,
        required: false,
    },
    Opt {
        name: "kind",
        about: "One kind of event; all unless given",
        kind: OptKind::Word(words_of::<Kind>),
        required: false,
    },
    text("countries", "Countries that must take part, such as US, CN"),
    text("people", "Any of these names or offices, with commas"),
    text("topics", "Any of these subjects, with commas"),
    Opt {
        name: "threats",
        about: "Threats, plans and forecasts too, marked as such",
        kind: OptKind::Flag,
        required: false,
    },
    Opt {
        name: "confidence",
        about: "Least estimated chance of being right, in percent",
        kind: OptKind::Whole { min: 0, max: 100 },
        required: false,
    },
];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let (guild, here) = match call.caller {
        Caller::Operator => (None, None),
        Caller::Member { guild, channel, .. } => (*guild, Some(*channel)),
    };
    let channel = call.args.channel("channel").or(here);
    let channel =
        channel.ok_or_else(|| Fault::user("channel: in the terminal the channel's Discord id is needed"))?;
    let filter = filter(call)?;
    let new = NewSubscription { guild, channel, author: call.caller.label(), filter };
    let subscription = call.app.store.subscribe(new, call.now)?;
    let recent = preview(call, &subscription)?;
    let mut blocks = vec![Block::Line(describe(&subscription))];
    blocks.push(Block::Line(Rich::text(match recent.len() {
        0 => "Nothing stored in the last 30 days would have been sent.".to_owned(),
        n => format!("In the last 30 days it would have sent {n}, the latest of them:"),
    })));
    if let Some(row) = recent.first() {
        blocks.extend(common::entry(call.app, row)?);
    }
    Ok(Answer {
        title: format!("Subscription {}", subscription.id),
        blocks,
        notes: vec![
            "Events stored before now are not sent. /subscriptions lists, /unsubscribe ends.".to_owned(),
        ],
        private: true,
        data: data(&subscription),
        ..Answer::default()
    })
}

fn filter(call: &Call<'_>) -> Result<Filter, Fault> {
    let mut filter = Filter {
        kinds: common::read_word(call, "kind").map(Word).into_iter().collect(),
        people: common::read_list(call, "people"),
        topics: common::read_list(call, "topics"),
        ..Filter::default()
    };
    for name in common::read_list(call, "countries") {
        let code = common::country_of(call.app, &name, common::today(call));
        let code = code.ok_or_else(|| Fault::user(format!("countries: {name:?} is no country I know")))?;
        filter.countries.push(code.to_string());
    }
    if call.args.flag("threats") {
        filter.factualities.push(Word(Factuality::Hypothetical));
    }
    let percent = call.args.whole("confidence").unwrap_or(0);
    filter.least_confidence = u16::try_from(percent * 10).unwrap_or(0);
    Ok(filter)
}

/// What the filter would have sent in the last 30 days, latest first.
fn preview(call: &Call<'_>, subscription: &Subscription) -> Result<Vec<StoredEvent>, Fault> {
    let since = common::today(call).checked_sub(jiff::Span::new().days(30)).ok();
    let rows = call.app.store.all_events(&EventQuery { since, ..EventQuery::default() })?;
    Ok(rows.into_iter().filter(|row| subscription.filter.wants(&row.event)).collect())
}

/// What a subscription sends where, in words.
pub(super) fn describe(subscription: &Subscription) -> Rich {
    let filter = &subscription.filter;
    let kinds: Vec<_> = filter.kinds.iter().map(|kind| kind.0.to_string().replace('_', " ")).collect();
    let mut parts = vec![if kinds.is_empty() { "all kinds".to_owned() } else { kinds.join(", ") }];
    if !filter.countries.is_empty() {
        parts.push(format!("with {}", filter.countries.join(" and ")));
    }
    if !filter.people.is_empty() {
        parts.push(format!("naming {}", filter.people.join(" or ")));
    }
    if !filter.topics.is_empty() {
        parts.push(format!("about {}", filter.topics.join(" or ")));
    }
    if filter.least_confidence > 0 {
        parts.push(format!("at least {}% sure", filter.least_confidence / 10));
    }
    let threats = filter.factualities.contains(&Word(Factuality::Hypothetical));
    parts.push(if threats { "threats and plans too" } else { "facts only" }.to_owned());
    let state = subscription.paused.as_ref().map(|why| format!(" (paused: {why})")).unwrap_or_default();
    Rich::text(format!("{} to channel ", parts.join(", "))).code(subscription.channel.to_string()).and(state)
}

/// A subscription as data.
pub(super) fn data(subscription: &Subscription) -> Value {
    json!({"subscription": subscription})
}
