//! `/admin ingest`: reads an article and stores it with its events.

use attache_extract::Article;
use attache_store::{Commit, CommitError, EventId, Outcome};
use serde_json::json;

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::intake::{self, Draft, link};
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "ingest",
    about: "Read an article and store its events",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt { name: "file", about: "A text file, UTF-8", kind: OptKind::File, required: false },
    Opt {
        name: "text",
        about: "Or the text itself",
        kind: OptKind::Text { max: 6000, complete: None },
        required: false,
    },
    common::text("published", "Day of publication, YYYY-MM-DD, unless the file's head gives it"),
    Opt {
        name: "title",
        about: "Headline",
        kind: OptKind::Text { max: 300, complete: None },
        required: false,
    },
    Opt {
        name: "url",
        about: "Address of the article; alone, the page is read",
        kind: OptKind::Text { max: 1000, complete: None },
        required: false,
    },
    common::text("publisher", "Who published it"),
    Opt {
        name: "dry_run",
        about: "Show what would be stored, store nothing",
        kind: OptKind::Flag,
        required: false,
    },
];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let draft = draft(call)?;
    let article = draft.article().map_err(|error| Fault::user(error.to_string()))?;
    if call.args.flag("dry_run") {
        return preview(call, &article);
    }
    let commit = intake::ingest(call.app, &article, "command", call.now).map_err(|error| match error {
        CommitError::Empty | CommitError::TooLarge { .. } => Fault::user(error.to_string()),
        other => Fault::Internal(Box::new(other)),
    })?;
    stored(call, &commit)
}

fn draft(call: &Call<'_>) -> Result<Draft, Fault> {
    let most = call.app.largest_article;
    let mut draft = match (call.args.file("file"), call.args.text("text")) {
        (Some((name, bytes)), None) => {
            intake::read_text(bytes, most).map_err(|error| Fault::user(format!("{name}: {error}")))?
        }
        (None, Some(text)) => {
            intake::read_text(text.as_bytes(), most).map_err(|error| Fault::user(error.to_string()))?
        }
        (None, None) => match call.args.text("url") {
            Some(link) => {
                let read = link::article(call.app, link);
                read.map(|(draft, _)| draft).map_err(|why| Fault::user(why.to_string()))?
            }
            None => return Err(Fault::user("give a file, a text, or the url of a page")),
        },
        (Some(_), Some(_)) => return Err(Fault::user("give a file or a text, not both")),
    };
    if let Some(day) = common::read_date(call, "published")? {
        draft.published = Some(day);
    }
    // A page knows its own address: where redirects led to, without what only counts readers.
    let fetched = !call.args.has("file") && !call.args.has("text");
    for (field, option) in
        [(&mut draft.title, "title"), (&mut draft.url, "url"), (&mut draft.publisher, "publisher")]
    {
        if let Some(text) = call.args.text(option).filter(|_| !(fetched && option == "url")) {
            *field = Some(text.to_owned());
        }
    }
    if draft.url.as_deref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(Fault::user("url: an address begins with https:// or http://"));
    }
    Ok(draft)
}

fn preview(call: &Call<'_>, article: &Article<'_>) -> Result<Answer, Fault> {
    let known = call.app.store.is_known(article.text, article.url)?;
    let events = call.app.extractor.extract(article).events;
    let mut blocks = Vec::new();
    for event in events.iter().take(common::SHOWN) {
        blocks.push(Block::Item {
            head: crate::reply::words::when(&event.date).and("  ").strong(crate::reply::words::title(event)),
            lines: vec![Rich::text(event.quote.clone())],
        });
    }
    let records: Vec<_> = events.iter().map(attache_store::record::EventRecord::from).collect();
    let title = match (known, events.len()) {
        (true, _) => "This article is stored already; nothing would change".to_owned(),
        (false, 0) => "The article would be stored; no event was read in it".to_owned(),
        (false, n) => format!("The article would be stored with {n} events"),
    };
    let data = json!({"known": known, "events": records});
    Ok(Answer { title, blocks, private: true, data, ..Answer::default() })
}

fn stored(call: &Call<'_>, commit: &Commit) -> Result<Answer, Fault> {
    let short = commit.article.short();
    let Outcome::New { events, joined } = &commit.outcome else {
        return Ok(Answer {
            title: format!("Article {short} is stored already; nothing changed"),
            private: true,
            data: json!({"article": commit.article.to_string(), "known": true, "new": [], "joined": []}),
            ..Answer::default()
        });
    };
    let mut blocks = Vec::new();
    for (ids, mark) in [(events, ""), (joined, "known, gained a source: ")] {
        for id in ids.iter().take(common::SHOWN) {
            if let Some(row) = call.app.store.event(*id)? {
                let event = common::domain(&row)?;
                let head = Rich::default()
                    .code(id.short())
                    .and(format!(" {mark}"))
                    .strong(crate::reply::words::title(&event));
                blocks.push(Block::Item { head, lines: vec![Rich::text(row.event.quote.clone())] });
            }
        }
    }
    let title = match (events.len(), joined.len()) {
        (0, 0) => format!("Article {short} is stored; no event was read in it"),
        (new, 0) => format!("Article {short} is stored with {new} new events"),
        (new, known) => {
            format!("Article {short} is stored: {new} new events, {known} known ones gained a source")
        }
    };
    let ids = |list: &[EventId]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let data = json!({"article": commit.article.to_string(), "known": false, "new": ids(events), "joined": ids(joined)});
    Ok(Answer { title, blocks, private: true, data, ..Answer::default() })
}
