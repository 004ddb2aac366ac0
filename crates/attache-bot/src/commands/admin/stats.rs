//! `/admin stats`: how much is stored, and what was set aside.

use serde_json::json;

use crate::command::{Access, Body, Call, Command, Fault, Place};
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "stats",
    about: "How many articles, events, subscriptions and waiting deliveries there are",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[], run },
};

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let stats = call.app.store.stats()?;
    let line = |name: &str, number: u64| {
        Block::Line(Rich::default().strong(number.to_string()).and(format!(" {name}")))
    };
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let blocks = vec![
        line("articles", count(stats.articles)),
        line("events", count(stats.events)),
        line("events taken out", count(stats.deleted)),
        line("subscriptions", count(stats.subscriptions)),
        line("deliveries waiting", count(stats.waiting)),
        line("bytes on disk", stats.bytes),
        line("commits", stats.commits),
    ];
    let blocks = match stats.span {
        None => blocks,
        Some((first, last)) => {
            let text = format!("First change {first:.0}, last change {last:.0}");
            blocks.into_iter().chain([Block::Line(Rich::default().and(text))]).collect()
        }
    };
    let asides = call.app.store.asides()?;
    let aside =
        asides.iter().map(|aside| line(&format!("articles set aside: {}", aside.reason), aside.count));
    let blocks: Vec<Block> = blocks.into_iter().chain(aside).collect();
    let data = json!({"articles": stats.articles, "events": stats.events, "deleted": stats.deleted,
        "subscriptions": stats.subscriptions, "waiting": stats.waiting, "bytes": stats.bytes, "commits": stats.commits,
        "first": stats.span.map(|span| span.0), "last": stats.span.map(|span| span.1),
        "set_aside": asides.iter().map(|aside| json!({"reason": aside.reason, "count": aside.count,
            "last": aside.last})).collect::<Vec<_>>()});
    Ok(Answer { title: "Stored".to_owned(), blocks, private: true, data, ..Answer::default() })
}
