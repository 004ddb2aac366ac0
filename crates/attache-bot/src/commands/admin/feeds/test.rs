//! `/admin feeds test`: what a feed would bring, with nothing stored.

use serde_json::{Value, json};

use super::link;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::admin::ingest;
use crate::intake::feed::item::{self, Passed};
use crate::intake::feed::look::{Found, feed_at};
use crate::intake::fetch::Validators;
use crate::intake::{Draft, Outcome, Sift};
use crate::reply::{Answer, Block, Rich, words};

pub(super) const COMMAND: Command = Command {
    name: "test",
    about: "What a feed would bring; nothing is stored",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[Opt {
            name: "url",
            about: "Its address, or a page that names it",
            kind: OptKind::Text { max: 1000, complete: Some(super::suggest) },
            required: true,
        }],
        run,
    },
};

/// Items whose articles are read.
const READ: usize = 3;

/// Fetches a feed for somebody who waits.
pub(super) fn fetched(call: &Call<'_>, url: &str) -> Result<Found, Fault> {
    let internal = |error| Fault::Internal(Box::new(error));
    let fetcher = call.app.world.fetcher().map_err(internal)?;
    let url = url.to_owned();
    let work = async move { feed_at(&fetcher, &url, &Validators::default()).await };
    let found = call.app.world.wait(work).map_err(internal)?.map_err(|why| Fault::user(why.to_string()))?;
    found.ok_or_else(|| Fault::user("the server says that nothing changed, though nobody asked"))
}

/// What the feed is, in a sentence.
pub(super) fn summary(found: &Found) -> String {
    let items = &found.document.items;
    let whole = items.iter().filter(|item| item.text.is_some()).count();
    let dated = items.iter().filter_map(|item| item.published).map(|when| when.day).max();
    let latest = dated.map_or_else(|| "none is dated".to_owned(), |day| format!("the latest of {day}"));
    format!("{} items, {latest}; {whole} with their whole text, for the others the page is read", items.len())
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let given = call.args.text("url").unwrap_or_default();
    let known = crate::intake::feed::all(&call.app.store, &call.app.feeds.plan())?;
    let named = known.iter().find(|feed| feed.name.as_deref() == Some(given));
    let url = link(call, named.map_or(given, |feed| &feed.url))?;
    let found = fetched(call, url.as_str())?;
    let title = found.document.title.clone();
    let fetcher = call.app.world.fetcher().map_err(|error| Fault::Internal(Box::new(error)))?;
    let (items, publisher, now) = (found.document.items.clone(), title.clone(), call.now);
    let work = async move {
        let mut read = Vec::new();
        for item in items.into_iter().take(READ) {
            let article = item::article(&fetcher, &item, publisher.as_deref(), now).await;
            read.push((item, article));
        }
        read
    };
    let read = call.app.world.wait(work).map_err(|error| Fault::Internal(Box::new(error)))?;
    let mut blocks = vec![Block::Line(Rich::text(summary(&found)))];
    if let Some(address) = &found.address {
        blocks.push(Block::Line(Rich::text("It is read from ").code(address)));
    }
    let mut data = Vec::new();
    for (item, article) in &read {
        let name = item.title.clone().or_else(|| item.link.clone()).unwrap_or_else(|| "an item".to_owned());
        let (lines, one) = told(call, article)?;
        blocks.push(Block::Item { head: Rich::default().strong(name), lines });
        data.push(json!({"title": item.title, "url": item.link, "would": one}));
    }
    let name = title.clone().unwrap_or_else(|| url.to_string());
    Ok(Answer {
        title: format!("Test of {name}"),
        blocks,
        notes: vec![format!("The first {} items were read; nothing is stored.", read.len())],
        private: true,
        data: json!({"url": url.as_str(), "read_from": found.address, "title": title,
            "count": found.document.items.len(), "items": data}),
        ..Answer::default()
    })
}

/// What an item would bring.
fn told(call: &Call<'_>, read: &Result<Draft, Passed>) -> Result<(Vec<Rich>, Value), Fault> {
    let draft = match read {
        Ok(draft) => draft,
        Err(why) => {
            let data = json!({"outcome": "passed_over", "why": why.to_string(), "published": null,
                "publisher": null, "read_from": null, "events": []});
            return Ok((vec![Rich::text(format!("would be passed over: {why}"))], data));
        }
    };
    let article = draft.article().map_err(|error| Fault::user(error.to_string()))?;
    let (outcome, events) = ingest::would(call, &article, Sift::Ours)?;
    let from = draft.from.clone().unwrap_or_default();
    let mut lines = vec![
        Rich::text(ingest::foretold(&outcome, events.len())),
        Rich::text("published ").day(article.published).and(format!(
            " (by: {}), {} words from {}",
            from.date,
            article.text.split_whitespace().count(),
            from.text,
        )),
    ];
    for event in events.iter().take(3) {
        lines.push(
            words::when(&event.date).and("  ").strong(words::title(event)).and(format!(": {}", event.quote)),
        );
    }
    let why = match &outcome {
        Outcome::SetAside { reason } => Some(reason),
        _ => None,
    };
    let records: Vec<_> = events.iter().map(attache_store::record::EventRecord::from).collect();
    let data = json!({"outcome": ingest::word(&outcome), "why": why, "published": article.published,
        "publisher": article.publisher, "read_from": from, "events": records});
    Ok((lines, data))
}
