//! Filters, plans and refusals in words.

use attache_extract::event::Factuality;
use attache_store::record::Word;
use attache_store::view::engagements::{Level, level};
use attache_store::view::tariffs::layer_of;
use attache_store::{Filter, Layout, Mode, Plan, Rule, StoredEvent, Subscription};
use jiff::Timestamp;

use crate::reply::{Piece, Rich, words};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// What a subscription sends where, and whether it rests.
pub(crate) fn describe(held: &Subscription, now: Timestamp) -> Rich {
    let line = Rich::text(format!("{} to channel ", filter(&held.filter))).code(held.channel.to_string());
    let Some(pause) = held.pause_at(now) else { return line };
    let mut line = line.and(format!(" (paused: {}; since ", pause.why));
    line.0.push(Piece::Instant(pause.since));
    if let Some(until) = pause.until {
        line = line.and(", until ");
        line.0.push(Piece::Instant(until));
    }
    line.and(")")
}

/// What a filter lets through.
pub(crate) fn filter(filter: &Filter) -> String {
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
    if !filter.layers.is_empty() {
        parts.push(format!("tariff layer {}", filter.layers.join(" or ")));
    }
    if let Some(least) = filter.least_level {
        parts.push(format!("contacts from {} up", least.as_str().replace('_', " ")));
    }
    if filter.least_confidence > 0 {
        parts.push(format!("at least {}% sure", filter.least_confidence / 10));
    }
    let has = |one: Factuality| filter.factualities.contains(&Word(one));
    parts.push(
        match (has(Factuality::Hypothetical), has(Factuality::Reported)) {
            (true, _) => "threats and plans too",
            (false, true) => "facts only",
            (false, false) => "only what is asserted",
        }
        .to_owned(),
    );
    parts.join(", ")
}

/// When and how it is sent.
pub(crate) fn plan(plan: &Plan) -> String {
    let mut parts = vec![match &plan.mode {
        Mode::Immediate => "at once".to_owned(),
        Mode::Digest { hour, days } => {
            let on = |day: &u8| DAYS.get(usize::from(day.saturating_sub(1))).copied();
            let names: Vec<_> = days.iter().filter_map(on).collect();
            let on = if names.is_empty() { "every day".to_owned() } else { names.join(", ") };
            format!("as a digest at {hour:02}:00 {}, {on}", plan.zone)
        }
    }];
    if let Some(quiet) = plan.quiet {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        parts.push(format!("quiet from {} to {} {}", clock(quiet.from), clock(quiet.to), plan.zone));
    }
    match plan.layout {
        Layout::Channel => {}
        Layout::Threads => parts.push("a thread for each story".to_owned()),
        Layout::Forum => parts.push("a forum post for each story".to_owned()),
    }
    if let Some(mention) = &plan.mention {
        let mut when = Vec::new();
        if mention.least_confidence > 0 {
            when.push(format!("from {}% sure", mention.least_confidence / 10));
        }
        if let Some(least) = mention.least_level {
            when.push(format!("for contacts from {} up", least.as_str().replace('_', " ")));
        }
        let when = if when.is_empty() { String::new() } else { format!(" {}", when.join(", ")) };
        parts.push(format!("mentions role {}{when}", mention.role));
    }
    if !plan.reminders.is_empty() {
        let days: Vec<_> = plan.reminders.iter().map(u16::to_string).collect();
        parts.push(format!("reminds of deadlines {} days before", days.join(", ")));
    }
    parts.push(if plan.notices { "tells of corrections" } else { "corrects in silence" }.to_owned());
    parts.join("; ")
}

/// Why a rule keeps an event out: what it has, and what the filter takes.
pub(crate) fn rule(rule: Rule, row: &StoredEvent, held: &Subscription) -> String {
    let (event, filter) = (&row.event, &held.filter);
    let list = |items: Vec<String>| items.join(" or ");
    match rule {
        Rule::Kind => {
            let kinds = filter.kinds.iter().map(|kind| kind.0.to_string()).collect();
            format!("kind: it is a {}, the subscription takes {}", event.kind.0, list(kinds))
        }
        Rule::Factuality => {
            let taken = filter.factualities.iter().map(|word| word.0.to_string()).collect();
            format!(
                "factuality: the text has it as {}, the subscription takes {}",
                event.factuality.0,
                list(taken)
            )
        }
        Rule::Confidence => format!(
            "confidence: {} is less than the {}% asked for",
            words::chance(event.confidence),
            filter.least_confidence / 10
        ),
        Rule::Country => {
            let takes_part = |code: &&String| {
                !event.parties.iter().any(|party| party.country.as_deref() == Some(code.as_str()))
            };
            let missing: Vec<_> = filter.countries.iter().filter(takes_part).cloned().collect();
            format!("country: {} takes no part in it", missing.join(", "))
        }
        Rule::Person => format!("person: nobody in it is called {}", list(filter.people.clone())),
        Rule::Topic => format!("topic: it is not about {}", list(filter.topics.clone())),
        Rule::Layer => {
            let has = if event.kind.0 == attache_extract::Kind::TariffAction {
                format!("its layer is {}", layer_of(event))
            } else {
                "it is no tariff action".to_owned()
            };
            format!("layer: {has}, the subscription takes {}", list(filter.layers.clone()))
        }
        Rule::Level => {
            let has = level(row).map_or("not told", Level::as_str).replace('_', " ");
            let least = filter.least_level.map_or("", Level::as_str).replace('_', " ");
            format!("level: it is {has}, the subscription takes contacts from {least} up")
        }
        Rule::Deleted => "it was taken out".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}
