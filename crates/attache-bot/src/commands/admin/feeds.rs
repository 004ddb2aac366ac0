//! `/admin feeds`: which feeds are read, how each is doing, and what one would bring.

mod list;
mod test;

use attache_store::{FeedAction, FeedChange, FeedSource, WriteError};
use reqwest::Url;
use serde_json::json;

use crate::app::App;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::confirm::{self, CONFIRM};
use crate::intake::feed::{self, Feed};
use crate::intake::fetch;
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "feeds",
    about: "Feeds that are read by themselves",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Group(&[ADD, list::COMMAND, PAUSE, RESUME, test::COMMAND, REMOVE]),
};

const ADD: Command = Command {
    name: "add",
    about: "Read a feed from now on",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            Opt {
                name: "url",
                about: "Its address, or a page that names it",
                kind: OptKind::Text { max: 1000, complete: None },
                required: true,
            },
            Opt {
                name: "name",
                about: "What to call it",
                kind: OptKind::Text { max: 100, complete: None },
                required: false,
            },
            Opt {
                name: "minutes",
                about: "Pause between two looks",
                kind: OptKind::Whole { min: 1, max: 10_080 },
                required: false,
            },
        ],
        run: add,
    },
};

const PAUSE: Command = Command {
    name: "pause",
    about: "Stop reading a feed for now",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[WHICH], run: pause },
};

const RESUME: Command = Command {
    name: "resume",
    about: "Read a paused feed again",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[WHICH], run: resume },
};

const REMOVE: Command = Command {
    name: "remove",
    about: "Take a feed out; its articles stay",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[WHICH, CONFIRM], run: remove },
};

const WHICH: Opt = Opt {
    name: "feed",
    about: "Its address or name, or a part of one",
    kind: OptKind::Text { max: 1000, complete: Some(suggest) },
    required: true,
};

fn suggest(app: &App, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let feeds = feed::all(&app.store, &app.feeds.plan()).unwrap_or_default();
    // Suggestions have at most a hundred characters; a longer address is found by its name or a part.
    let shown = |feed: Feed| feed.name.filter(|name| name.chars().count() <= 100).unwrap_or(feed.url);
    feeds.into_iter().filter(|feed| is_called(feed, &typed)).map(shown).take(25).collect()
}

/// Whether a feed's address or name holds a text in lower case.
fn is_called(feed: &Feed, lower: &str) -> bool {
    let names = [Some(&feed.url), feed.name.as_ref()];
    names.into_iter().flatten().any(|name| name.to_lowercase().contains(lower))
}

/// The feed that an option names: whole, or by a part that only one has.
fn named(call: &Call<'_>) -> Result<Feed, Fault> {
    let text = call.args.text("feed").unwrap_or_default().trim();
    let mut feeds = feed::all(&call.app.store, &call.app.feeds.plan())?;
    let exactly = |feed: &Feed| feed.url == text || feed.name.as_deref() == Some(text);
    if let Some(at) = feeds.iter().position(exactly) {
        return Ok(feeds.swap_remove(at));
    }
    let lower = text.to_lowercase();
    feeds.retain(|feed| is_called(feed, &lower));
    match feeds.len() {
        1 => feeds.pop().ok_or_else(|| Fault::user("the feed is gone")),
        0 => Err(Fault::user(format!("no feed has {text:?} in its address or name: /admin feeds list"))),
        n => Err(Fault::user(format!("{n} feeds have {text:?} in their address or name; give more of it"))),
    }
}

fn add(call: &Call<'_>) -> Result<Answer, Fault> {
    let given = call.args.text("url").unwrap_or_default().to_owned();
    let link = link(call, &given)?;
    let known = feed::all(&call.app.store, &call.app.feeds.plan())?;
    let twin = |url: &str| known.iter().find(|feed| feed.url == url).map(|feed| feed.url.clone());
    let found = test::fetched(call, link.as_str())?;
    let url = found.address.clone().unwrap_or_else(|| link.to_string());
    if let Some(twin) = twin(&url).or_else(|| twin(link.as_str())) {
        return Err(Fault::user(format!(
            "{twin} is read already; /admin feeds resume takes up a paused one"
        )));
    }
    let name = call.args.text("name").map(str::to_owned).or_else(|| found.document.title.clone());
    let name = name.map(|name| name.chars().take(100).collect());
    let minutes = call.args.whole("minutes").and_then(|minutes| u32::try_from(minutes).ok());
    let author = call.caller.label();
    let new = FeedSource {
        url: url.clone(),
        name,
        every: minutes.map(|minutes| minutes * 60),
        paused: None,
        removed: false,
        configured: false,
        author: author.clone(),
        since: call.now,
        changed_by: author.clone(),
        changed: call.now,
    };
    let what = (FeedAction::Added, "");
    let change = call.app.store.decide_feed(&url, what, &author, call.now, |_| Ok(new.clone()))?;
    call.app.feeds.ring();
    let mut blocks = vec![Block::Line(Rich::text(test::summary(&found)))];
    if url != link.as_str() {
        blocks.push(Block::Line(Rich::text("It is read from ").code(&url)));
    }
    let every = new.every.map_or(call.app.feeds.plan().every.as_secs(), u64::from);
    Ok(Answer {
        title: format!("Feed added: {}", new.name.as_deref().unwrap_or(&url)),
        blocks,
        notes: vec![
            format!(
                "It is read now and then {}. Items of the last {} days are taken; /admin feeds list shows how it is doing.",
                list::every(every),
                call.app.feeds.plan().days
            ),
            undo_note(&change),
        ],
        private: true,
        data: json!({"feed": {"url": url, "name": new.name}, "change": change.id.0, "every": every}),
        ..Answer::default()
    })
}

/// The link somebody gave; a lone host name is taken for its https address.
pub(super) fn link(call: &Call<'_>, given: &str) -> Result<Url, Fault> {
    let given = given.trim();
    let whole = if given.contains("://") { given.to_owned() } else { format!("https://{given}") };
    let fetcher = call.app.world.fetcher().map_err(|error| Fault::Internal(Box::new(error)))?;
    fetch::link(&whole, fetcher.rules()).map_err(|why| Fault::user(why.to_string()))
}

fn pause(call: &Call<'_>) -> Result<Answer, Fault> {
    let feed = named(call)?;
    if feed.paused.is_some() {
        return Err(Fault::user("it is paused already"));
    }
    let why = format!("by {}", call.caller.label());
    changed(call, &feed, (FeedAction::Paused, "is paused"), |row| FeedSource {
        paused: Some(why.clone()),
        ..row
    })
}

fn resume(call: &Call<'_>) -> Result<Answer, Fault> {
    let feed = named(call)?;
    if feed.paused.is_none() {
        return Err(Fault::user("it is not paused"));
    }
    changed(call, &feed, (FeedAction::Resumed, "is read again"), |row| FeedSource { paused: None, ..row })
}

fn remove(call: &Call<'_>) -> Result<Answer, Fault> {
    let feed = named(call)?;
    if feed.configured {
        return Err(Fault::user(
            "it stands in the configuration: take its [[feed]] out there, or pause it with /admin feeds pause",
        ));
    }
    let name = feed.name.as_deref().unwrap_or(&feed.url);
    let does = format!("{name} would be read no more. Its articles and events would stay.");
    let shown = vec![Block::Line(Rich::default().code(&feed.url))];
    if let Some(asked) = confirm::asked(call, "admin feeds remove", &does, shown) {
        return Ok(asked);
    }
    let what = (FeedAction::Removed, "is taken out");
    let mut answer = changed(call, &feed, what, |row| FeedSource { removed: true, ..row })?;
    answer
        .notes
        .push(format!("Its articles stay. /admin feeds add url:{} puts it back where it was.", feed.url));
    Ok(answer)
}

fn changed(
    call: &Call<'_>,
    feed: &Feed,
    (action, what): (FeedAction, &str),
    change: impl Fn(FeedSource) -> FeedSource,
) -> Result<Answer, Fault> {
    let author = call.caller.label();
    let made = call.app.store.decide_feed(&feed.url, (action, ""), &author, call.now, |kept| match kept {
        Some(row) => Ok(change(row)),
        None if feed.configured => Ok(change(feed::of_config(feed, call.now))),
        None => Err(WriteError::Missing(format!("feed {}", feed.url))),
    })?;
    call.app.feeds.ring();
    let name = feed.name.as_deref().unwrap_or(&feed.url);
    Ok(Answer {
        title: format!("{name} {what}"),
        notes: vec![undo_note(&made)],
        private: true,
        data: json!({"feed": {"url": feed.url, "name": feed.name}, "change": made.id.0}),
        ..Answer::default()
    })
}

fn undo_note(change: &FeedChange) -> String {
    format!("/admin undo change:{} takes it back.", change.id)
}

/// What was done to a feed, in words.
pub(super) fn action(action: FeedAction) -> String {
    match action {
        FeedAction::Undid(earlier) => format!("took change {earlier} back"),
        other => other.word().to_owned(),
    }
}

/// Takes a change of the list of feeds back, once it is confirmed.
pub(super) fn undo(call: &Call<'_>, change: &FeedChange) -> Result<Answer, Fault> {
    let does = format!(
        "Change {} ({}) would be taken back: feed {}.",
        change.id,
        action(change.action),
        change.feed
    );
    if let Some(asked) = confirm::asked(call, "admin undo", &does, Vec::new()) {
        return Ok(asked);
    }
    let undone = call.app.store.undo_feed(change.id, &call.caller.label(), call.now)?;
    call.app.feeds.ring();
    let now = match &undone.after {
        None => "it is as the configuration says",
        Some(row) if row.removed => "it is not read any more",
        Some(row) if row.paused.is_some() => "it is paused",
        Some(_) => "it is read",
    };
    Ok(Answer {
        title: format!("Change {}: feed {} {}; {now}", undone.id, undone.feed, action(undone.action)),
        notes: vec![undo_note(&undone)],
        private: true,
        data: json!({"feed": {"url": undone.feed, "name": undone.after.and_then(|row| row.name)}, "change": undone.id.0}),
        ..Answer::default()
    })
}
