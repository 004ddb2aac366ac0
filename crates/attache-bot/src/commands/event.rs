//! `/event`: everything about one event: its fields, the sentence, every source, its changes.

use attache_store::Action;
use attache_store::view::origin;
use serde_json::{Value, json};

use super::common::{self, EVENT_ID};
use crate::command::{Access, Body, Call, Command, Fault, Place};
use crate::reply::{Answer, Block, Rich, words};

pub(super) static COMMAND: Command = Command {
    name: "event",
    about: "One event with the sentence it rests on, its sources and its corrections",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: &[EVENT_ID], run },
};

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = common::read_event(call)?;
    let event = common::domain(&row)?;
    let mut blocks = common::entry(call.app, &row)?;
    if row.deleted {
        blocks
            .insert(0, Block::Line(Rich::default().strong("Taken out by a curator; shown for the record.")));
    }
    let rules: Vec<&str> =
        event.evidence.rules.iter().map(String::as_str).filter(|rule| !origin::is_curators(rule)).collect();
    let fields = [
        ("Concerns", event.scope.clone()),
        ("Subjects", Some(event.topics.join(", ")).filter(|text| !text.is_empty())),
        ("Claims in the text", Some(event.claims.join("; ")).filter(|text| !text.is_empty())),
        ("Known since", Some(row.known_since.strftime("%Y-%m-%d %H:%M UTC").to_string())),
        ("PLOVER", Some(event.plover.category.to_string())),
        ("Read by", Some(rules.join(" > ")).filter(|text| !text.is_empty())),
        ("Estimated chance of being right", Some(event.confidence.to_string())),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            blocks.push(Block::Line(Rich::default().strong(name).and(format!(": {value}"))));
        }
    }
    if row.sources.len() > 1 {
        blocks.push(Block::Heading("Also reported".to_owned()));
    }
    for source in row.sources.iter().skip(1) {
        let article = call.app.store.article(source.article)?;
        let title = article.and_then(|article| article.title.or(article.publisher));
        let cited =
            Rich::text(title.unwrap_or_else(|| "another article".to_owned())).and(", ").day(source.published);
        blocks.push(Block::Quote { text: source.quote.clone(), source: cited });
    }
    let changes = call.app.store.history_where(usize::MAX, |entry| entry.event == row.id)?;
    if !changes.is_empty() {
        blocks.push(Block::Heading("Corrections".to_owned()));
    }
    for entry in &changes {
        blocks.push(Block::Line(Rich::text(format!(
            "{} {} by {}, {}: {}",
            entry.id,
            action(entry.action),
            entry.author,
            entry.at.strftime("%Y-%m-%d %H:%M UTC"),
            entry.reason
        ))));
    }
    let mut data: Value = common::data(&row);
    if let Some(map) = data.as_object_mut() {
        map.insert("as_of".to_owned(), json!(call.now));
        map.insert("changes".to_owned(), json!(changes.iter().map(|entry| entry.id.0).collect::<Vec<_>>()));
    }
    let title = format!("{} ({})", words::title(&event), row.id.short());
    Ok(Answer { title, blocks, notes: vec![common::freshness(call)?], data, ..Answer::default() })
}

/// What was done, in words.
pub(super) fn action(action: Action) -> String {
    match action {
        Action::Edited => "edited".to_owned(),
        Action::Deleted => "taken out".to_owned(),
        Action::Restored => "put back".to_owned(),
        Action::Undid(earlier) => format!("took change {earlier} back"),
        Action::MergedInto(kept) => format!("merged into {}", kept.short()),
        Action::Absorbed(gone) => format!("took over {}", gone.short()),
        Action::Parted(part) => format!("parted from {}", part.short()),
        Action::PartedFrom(whole) => format!("made of a source of {}", whole.short()),
        Action::Confirmed => "confirmed".to_owned(),
        Action::Disputed => "disputed".to_owned(),
        Action::Resolved => "called its tension resolved".to_owned(),
        Action::Reopened => "called its tension open again".to_owned(),
        Action::Added => "added by hand".to_owned(),
        Action::Reread(_) => "read anew".to_owned(),
    }
}
