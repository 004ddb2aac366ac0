//! `/admin feeds list`: each feed and how it is doing.

use serde_json::{Value, json};

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::intake::feed::{self, Feed, State};
use crate::reply::{Answer, Block, Piece, Rich};

pub(super) const COMMAND: Command = Command {
    name: "list",
    about: "Each feed, and how it is doing",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            Opt {
                name: "feed",
                about: "Only those with this in their address or name",
                kind: OptKind::Text { max: 1000, complete: Some(super::suggest) },
                required: false,
            },
            Opt { name: "failing", about: "Only those that fail", kind: OptKind::Flag, required: false },
        ],
        run,
    },
};

/// Feeds shown; the rest is counted.
const SHOWN: usize = 20;
/// Reasons shown of one feed when it is the only one.
const ALONE: usize = 1;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let typed = call.args.text("feed").unwrap_or_default().to_lowercase();
    let mut rows = Vec::new();
    for feed in feed::all(&call.app.store, &call.app.feeds.plan())? {
        let names = [Some(&feed.url), feed.name.as_ref()];
        if !names.into_iter().flatten().any(|name| name.to_lowercase().contains(&typed)) {
            continue;
        }
        let line = call.app.feeds.line(&feed.url);
        let next = line.as_ref().map(|line| line.next).filter(|_| feed.paused.is_none());
        let state = match line {
            Some(line) => line.state,
            None => State::load(&call.app.store, &feed.url)?,
        };
        if !call.args.flag("failing") || state.failures > 0 {
            rows.push((feed, state, next));
        }
    }
    // Whoever looks at a long list looks for what is wrong.
    rows.sort_by_key(|(_, state, _)| std::cmp::Reverse(state.failures > 0));
    let failing = rows.iter().filter(|(feed, state, _)| feed.paused.is_none() && state.failures > 0).count();
    let paused = rows.iter().filter(|(feed, ..)| feed.paused.is_some()).count();
    let blocks = rows.iter().take(SHOWN).map(|(feed, state, next)| {
        let mut lines = told(feed, state, *next);
        if rows.len() <= ALONE {
            lines.extend(state.reasons.iter().map(|reason| Rich::text(format!("passed over: {reason}"))));
        }
        Block::Item { head: head(feed, state), lines }
    });
    let blocks = blocks.collect();
    let rest = rows.len().saturating_sub(SHOWN);
    let mut notes = Vec::new();
    if rest > 0 {
        notes.push(format!("{rest} more; feed: and failing: narrow the list."));
    }
    let title = match rows.len() {
        0 => "No feeds; /admin feeds add adds one".to_owned(),
        1 => "1 feed".to_owned(),
        n => format!("{n} feeds: {failing} fail, {paused} paused"),
    };
    let data: Vec<_> = rows.iter().map(|(feed, state, next)| data(feed, state, *next)).collect();
    let data = json!({"as_of": call.now, "feeds": data});
    Ok(Answer { title, blocks, notes, private: true, data, ..Answer::default() })
}

fn head(feed: &Feed, state: &State) -> Rich {
    let name = feed.name.as_deref().or(state.title.as_deref()).unwrap_or(&feed.url);
    let state = match (&feed.paused, state.failures) {
        (Some(why), _) => format!("  paused: {why}"),
        (None, 0) => String::new(),
        (None, 1) => "  failed once".to_owned(),
        (None, n) => format!("  failed {n} times in a row"),
    };
    Rich::default().strong(name).and(state)
}

fn told(feed: &Feed, state: &State, next: Option<jiff::Timestamp>) -> Vec<Rich> {
    let mut address = Rich::default().code(&feed.url).and(format!(" {}", every(feed.every.as_secs())));
    if let Some(moved) = &state.address {
        address = address.and("; read from ").code(moved);
    }
    address = address.and(if feed.configured {
        "; from the configuration".to_owned()
    } else {
        format!("; added by {}", feed.author)
    });
    let instant = |rich: Rich, at: Option<jiff::Timestamp>| match at {
        Some(at) => {
            let mut rich = rich;
            rich.0.push(Piece::Instant(at));
            rich
        }
        None => rich.and("never"),
    };
    let mut times = instant(Rich::text("read well "), state.success);
    if let Some(next) = next {
        times = instant(times.and("; next "), Some(next));
    }
    let counts = format!(
        "{} items seen, {} articles stored, {} known, {} updated, {} passed over; {} events found",
        state.items, state.articles, state.known, state.updated, state.passed, state.events
    );
    let mut lines = vec![address, times, Rich::text(counts)];
    if let Some((at, why)) = state.fault.as_ref() {
        lines.push(instant(Rich::text(format!("last fault: {why}, ")), Some(*at)));
    }
    lines
}

/// A pause in words.
pub(super) fn every(seconds: u64) -> String {
    match seconds {
        3600.. if seconds.is_multiple_of(3600) => format!("every {} h", seconds / 3600),
        60.. if seconds.is_multiple_of(60) => format!("every {} min", seconds / 60),
        _ => format!("every {seconds} s"),
    }
}

fn data(feed: &Feed, state: &State, next: Option<jiff::Timestamp>) -> Value {
    json!({"url": feed.url, "name": feed.name, "title": state.title, "every": feed.every.as_secs(),
        "configured": feed.configured, "author": feed.author, "paused": feed.paused,
        "read_from": state.address, "last_look": state.looked, "last_success": state.success, "next": next,
        "failures": state.failures, "last_fault": state.fault.as_ref().map(|(at, why)| json!({"at": at, "why": why})),
        "items": state.items, "articles": state.articles, "known": state.known, "updated": state.updated, "passed": state.passed,
        "events": state.events, "reasons": state.reasons})
}
