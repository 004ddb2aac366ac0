//! `/admin ingest`: reads an article and stores it with its events.

mod many;

use attache_extract::{Article, Event};
use attache_store::{Announce, CommitError, EventId, ReadFrom};
use serde_json::json;

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, POSTED, Place};
use crate::commands::common;
use crate::intake::{self, Draft, How, Outcome, Sift, file, link};
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "ingest",
    about: "Read an article and store its events",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "file",
        about: "Text, Markdown, a saved page, an e-mail, a PDF, a Word document, JSON Lines",
        kind: OptKind::File,
        required: false,
    },
    Opt {
        name: "text",
        about: "Or the text itself",
        kind: OptKind::Text { max: 6000, complete: None },
        required: false,
    },
    common::text("published", "Day of publication, YYYY-MM-DD; wins over what the file or page says"),
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
    Opt {
        name: "everything",
        about: "Store it also where it is not in English, or not of trade or diplomacy",
        kind: OptKind::Flag,
        required: false,
    },
];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut drafts = drafts(call)?;
    let draft = match (drafts.pop(), drafts.is_empty()) {
        (Some(draft), true) => completed(call, draft.map_err(Fault::user)?)?,
        (Some(last), false) => {
            drafts.push(last);
            return many::run(call, drafts);
        }
        (None, _) => return Err(Fault::user("there is no article in it")),
    };
    let article = draft.article().map_err(|error| Fault::user(error.to_string()))?;
    if call.args.flag("dry_run") {
        return preview(call, &article);
    }
    let how = how(call, Announce::All);
    stored(call, intake::take_from(call.app, &article, draft.from.as_ref(), &how).map_err(fault)?)
}

fn how(call: &Call<'_>, announce: Announce) -> How<'static> {
    How { origin: "command", announce, sift: sift(call), now: call.now }
}

fn sift(call: &Call<'_>) -> Sift {
    if call.args.flag("everything") { Sift::Everything } else { Sift::Ours }
}

fn fault(error: CommitError) -> Fault {
    match error {
        CommitError::Empty | CommitError::TooLarge { .. } => Fault::user(error.to_string()),
        other => Fault::Internal(Box::new(other)),
    }
}

/// The articles of the file, of the text, or behind the link.
fn drafts(call: &Call<'_>) -> Result<Vec<Result<Draft, String>>, Fault> {
    let draft = match (call.args.file("file"), call.args.text("text")) {
        (Some((name, bytes)), None) => {
            let read = file::read(name, bytes, call.app.limits());
            return read.map_err(|error| Fault::user(format!("{name}: {error}")));
        }
        (None, Some(text)) => intake::read_text(text.as_bytes(), call.app.largest_article)
            .map_err(|error| Fault::user(error.to_string()))?,
        (None, None) => match call.args.text("url") {
            Some(link) => link::article(call.app, link).map_err(|why| Fault::user(why.to_string()))?,
            None => return Err(Fault::user("give a file, a text, or the url of a page")),
        },
        (Some(_), Some(_)) => return Err(Fault::user("give a file or a text, not both")),
    };
    Ok(vec![Ok(draft)])
}

/// The article with what the options say of it.
fn completed(call: &Call<'_>, mut draft: Draft) -> Result<Draft, Fault> {
    if draft.published.is_none() {
        draft.published = common::read_date(call, POSTED)?;
    }
    if let Some(day) = common::read_date(call, "published")? {
        draft.published = Some(day);
        given(&mut draft.from, |from| &mut from.date);
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
    if call.args.has("title") {
        given(&mut draft.from, |from| &mut from.title);
    }
    if draft.url.as_deref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(Fault::user("url: an address begins with https:// or http://"));
    }
    Ok(draft)
}

/// A part is the curator's word now.
fn given(from: &mut Option<ReadFrom>, part: impl Fn(&mut ReadFrom) -> &mut String) {
    if let Some(from) = from {
        "the command".clone_into(part(from));
    }
}

/// What storing it would do, and the events it would bring.
pub(super) fn would(
    call: &Call<'_>,
    article: &Article<'_>,
    sift: Sift,
) -> Result<(Outcome, Vec<Event>), Fault> {
    intake::would_take(call.app, article, sift).map_err(fault)
}

/// What storing an article would do, in a sentence.
pub(super) fn foretold(outcome: &Outcome, events: usize) -> String {
    let events = match events {
        0 => "; no event was read in it".to_owned(),
        1 => " with 1 event".to_owned(),
        n => format!(" with {n} events"),
    };
    match outcome {
        Outcome::Duplicate { alike: None, .. } => {
            "This article is stored already; nothing would change".to_owned()
        }
        Outcome::Duplicate { of, .. } => {
            format!("Article {} is this one in another place; the place would be added to it", of.short())
        }
        Outcome::Revision { of, number, .. } => {
            format!("The article would be stored as version {number} of {}{events}", of.short())
        }
        Outcome::SetAside { reason } => format!("The article would be set aside: {reason}"),
        Outcome::New { .. } => format!("The article would be stored{events}"),
    }
}

fn preview(call: &Call<'_>, article: &Article<'_>) -> Result<Answer, Fault> {
    let (outcome, events) = would(call, article, sift(call))?;
    let mut blocks = Vec::new();
    for event in events.iter().take(common::SHOWN) {
        blocks.push(Block::Item {
            head: crate::reply::words::when(&event.date).and("  ").strong(crate::reply::words::title(event)),
            lines: vec![Rich::text(event.quote.clone())],
        });
    }
    let records: Vec<_> = events.iter().map(attache_store::record::EventRecord::from).collect();
    let title = foretold(&outcome, events.len());
    let known = matches!(outcome, Outcome::Duplicate { .. });
    let data = json!({"known": known, "events": records, "outcome": word(&outcome)});
    Ok(Answer { title, blocks, private: true, data, ..Answer::default() })
}

/// The outcome's name in data.
pub(super) fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::New { .. } => "new",
        Outcome::Duplicate { .. } => "duplicate",
        Outcome::Revision { .. } => "revision",
        Outcome::SetAside { .. } => "set_aside",
    }
}

fn stored(call: &Call<'_>, outcome: Outcome) -> Result<Answer, Fault> {
    let word = word(&outcome);
    let none = Vec::new;
    let (article, title, lists) = match outcome {
        Outcome::SetAside { reason } => {
            return Err(Fault::user(format!(
                "The article was set aside: {reason}. With everything:yes it is stored all the same."
            )));
        }
        Outcome::Duplicate { of, alike: None } => {
            let title = format!("Article {} is stored already; nothing changed", of.short());
            (of, title, [none(), none(), none(), none()])
        }
        Outcome::Duplicate { of, .. } => {
            let title = format!("Article {} is stored already; this place was added to it", of.short());
            (of, title, [none(), none(), none(), none()])
        }
        Outcome::New { article, events, joined } => {
            let short = article.short();
            let title = match (events.len(), joined.len()) {
                (0, 0) => format!("Article {short} is stored; no event was read in it"),
                (new, 0) => format!("Article {short} is stored with {new} new events"),
                (new, known) => {
                    format!("Article {short} is stored: {new} new events, {known} known ones gained a source")
                }
            };
            (article, title, [events, joined, none(), none()])
        }
        Outcome::Revision { of, article, number, events, joined, updated, gone } => {
            let title = format!(
                "Article {} is stored as version {number} of {}: {} new events, {} corrected, {} no longer in it",
                article.short(),
                of.short(),
                events.len(),
                updated.len(),
                gone.len()
            );
            (article, title, [events, joined, updated, gone])
        }
    };
    let mut blocks = Vec::new();
    let marks = ["", "known, gained a source: ", "corrected: ", "no longer in the article: "];
    for (ids, mark) in lists.iter().zip(marks) {
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
    let ids = |list: &[EventId]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let [new, joined, updated, gone] = lists.each_ref().map(|list| ids(list));
    let data = json!({"article": article.to_string(), "known": word == "duplicate", "outcome": word,
        "new": new, "joined": joined, "updated": updated, "gone": gone});
    Ok(Answer { title, blocks, private: true, data, ..Answer::default() })
}
