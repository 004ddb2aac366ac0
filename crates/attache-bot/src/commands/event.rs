//! `/event`: everything about one event: its fields, the sentence, every source, its changes.

use std::collections::BTreeMap;

use attache_store::view::origin;
use attache_store::{Action, ReadFrom, StoredEvent};
use serde_json::{Value, json};

use super::common::{self, EVENT_ID};
use crate::command::{Access, Body, Call, Command, Fault, Place};
use crate::reply::{Answer, Block, Rich, words};

/// Other places that are shown one by one.
const PLACES: usize = 8;

pub(super) static COMMAND: Command = Command {
    name: "event",
    about: "One event with the sentence it rests on, its sources and its corrections",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: &[EVENT_ID, common::SOURCES, common::PRIVATE], run },
};

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = common::read_event(call)?;
    if call.args.flag("sources") {
        return common::sources(call, "event", std::slice::from_ref(&row));
    }
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
        ("Estimated chance of being right", Some(words::chance(row.event.confidence))),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            blocks.push(Block::Line(Rich::default().strong(name).and(format!(": {value}"))));
        }
    }
    blocks.extend(readings(call, &row)?);
    let left = origin::left_by(&row.event);
    if row.sources.len() > 1 {
        blocks.push(Block::Heading("Also reported".to_owned()));
    }
    for source in row.sources.iter().skip(1) {
        let article = call.app.store.article(source.article)?;
        let title = article.and_then(|article| article.title.or(article.publisher));
        let mut cited =
            Rich::text(title.unwrap_or_else(|| "another article".to_owned())).and(", ").day(source.published);
        if left.contains(&source.article) {
            cited = cited.and("; no longer in its present version");
        }
        blocks.push(Block::Quote { text: source.quote.clone(), source: cited });
    }
    blocks.extend(other_places(call, &row)?);
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
    let read_from = row.sources.iter().map(|source| {
        Ok(call.app.store.read_from(source.article)?.map(|from| (source.article.to_string(), from)))
    });
    let read_from: Result<Vec<_>, Fault> = read_from.filter_map(Result::transpose).collect();
    let read_from: BTreeMap<String, ReadFrom> = read_from?.into_iter().collect();
    if let Some(map) = data.as_object_mut() {
        map.insert("read_from".to_owned(), json!(read_from));
        map.insert("as_of".to_owned(), json!(call.now));
        map.insert("changes".to_owned(), json!(changes.iter().map(|entry| entry.id.0).collect::<Vec<_>>()));
    }
    let title = format!("{} ({})", words::headline(&event), row.id.short());
    let controls = common::sources_button("event", call, std::slice::from_ref(&row)).into_iter().collect();
    Ok(Answer { title, blocks, notes: vec![common::freshness(call)?], data, controls, ..Answer::default() })
}

/// What the parts of its articles were read from, where that was kept.
fn readings(call: &Call<'_>, row: &StoredEvent) -> Result<Vec<Block>, Fault> {
    let mut blocks = Vec::new();
    for source in &row.sources {
        let Some(from) = call.app.store.read_from(source.article)? else { continue };
        let article = call.app.store.article(source.article)?;
        let name = article.and_then(|article| article.publisher.or(article.title));
        let parts = [("day", from.date), ("headline", from.title), ("text", from.text)];
        let parts = parts.iter().filter(|(_, from)| !from.is_empty());
        let parts: Vec<_> = parts.map(|(part, from)| format!("{part} from {from}")).collect();
        let name = name.unwrap_or_else(|| "its article".to_owned());
        blocks.push(Block::Line(Rich::text(format!("How {name} was read: {}", parts.join(", ")))));
    }
    Ok(blocks)
}

/// Where else its articles were printed, and what became of their texts.
fn other_places(call: &Call<'_>, row: &StoredEvent) -> Result<Vec<Block>, Fault> {
    let (mut places, mut versions) = (Vec::new(), Vec::new());
    for source in &row.sources {
        places.extend(call.app.store.appearances(source.article)?);
        versions.extend(call.app.store.revisions(source.article)?.pop());
    }
    let mut blocks = Vec::new();
    if !places.is_empty() {
        blocks.push(Block::Heading("The same story elsewhere, counted once".to_owned()));
    }
    for place in places.iter().take(PLACES) {
        let name = place.publisher.as_deref().or(place.title.as_deref()).unwrap_or("another place");
        let named = match &place.url {
            Some(url) => Rich::default().link(name, url),
            None => Rich::text(name),
        };
        blocks.push(Block::Line(named.and(", ").day(place.published)));
    }
    if places.len() > PLACES {
        blocks.push(Block::Line(Rich::text(format!("and {} more places", places.len() - PLACES))));
    }
    for version in versions {
        blocks.push(Block::Line(Rich::text(format!(
            "The article is in version {} since {}: {} sentences came, {} went.",
            version.number,
            version.at.strftime("%Y-%m-%d %H:%M UTC"),
            version.came.len(),
            version.went.len()
        ))));
    }
    Ok(blocks)
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
