//! Suggestions while somebody types. All come from names in memory or from one search of the index,
//! so that they are there while the next key is pressed.

use attache_extract::event::{Kind, TariffAction};
use attache_extract::{Lexicon, StateCode, Vocabulary as _};
use attache_store::{EventId, EventQuery, Found, NameOf, StoredEvent};

use super::common::domain;
use crate::app::App;
use crate::reply::words;

/// Suggestions Discord shows.
const MOST: usize = 25;
/// The longest one it takes.
const LONGEST: usize = 100;

fn named(app: &App, of: NameOf, typed: &str) -> Vec<String> {
    let found = app.store.with_names(|names| {
        names.matching(of, typed, 2 * MOST).into_iter().map(str::to_owned).collect::<Vec<_>>()
    });
    let fits = |name: &String| (1..=LONGEST).contains(&name.encode_utf16().count());
    found.unwrap_or_default().into_iter().filter(fits).take(MOST).collect()
}

/// Names of people.
pub(super) fn people(app: &App, typed: &str) -> Vec<String> {
    named(app, NameOf::Person, typed)
}

/// Topics.
pub(super) fn topics(app: &App, typed: &str) -> Vec<String> {
    named(app, NameOf::Topic, typed)
}

/// Legal layers.
pub(super) fn layers(app: &App, typed: &str) -> Vec<String> {
    named(app, NameOf::Layer, typed)
}

/// Goods.
pub(super) fn products(app: &App, typed: &str) -> Vec<String> {
    named(app, NameOf::Product, typed)
}

/// Kinds of acts on duties, after those that stand before the last comma already.
pub(super) fn tariff_acts(_: &App, typed: &str) -> Vec<String> {
    let (before, last) = typed.rsplit_once(',').unwrap_or(("", typed));
    let (before, last) = (before.trim(), last.trim().to_lowercase());
    let chosen: Vec<_> = before.split(',').map(str::trim).collect();
    let acts = TariffAction::ALL.iter().map(|act| act.as_str());
    let fitting = acts.filter(|act| act.starts_with(&last) && !chosen.contains(act));
    let joined =
        fitting.map(|act| if before.is_empty() { act.to_owned() } else { format!("{before},{act}") });
    joined.take(MOST).collect()
}

/// Countries as "CN China", by code or name; those of most events first.
pub(super) fn countries(app: &App, typed: &str) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let mut found: Vec<(bool, String, String)> = codes
        .filter_map(|code| {
            let name = Lexicon::builtin().state_name(code.parse::<StateCode>().ok()?)?;
            let lower = name.to_lowercase();
            let begins = code.to_lowercase().starts_with(&typed) || lower.starts_with(&typed);
            (begins || lower.contains(&typed)).then(|| (!begins, code.clone(), format!("{code} {name}")))
        })
        .collect();
    let counted = app.store.with_names(|names| {
        found.sort_by_key(|(later, code, _)| (*later, u32::MAX - names.count(NameOf::Country, code)));
    });
    if counted.is_err() {
        found.sort();
    }
    found.into_iter().take(MOST).map(|(.., shown)| shown).collect()
}

/// Events, newest first, by the first digits of their id or by words.
pub(super) fn events(app: &App, typed: &str) -> Vec<String> {
    told(app, typed, EventQuery::default())
}

/// Events of tensions.
pub(super) fn tensions(app: &App, typed: &str) -> Vec<String> {
    told(app, typed, EventQuery::of(Kind::Tension))
}

fn told(app: &App, typed: &str, query: EventQuery) -> Vec<String> {
    let typed = typed.trim();
    let by_id = (typed.len() >= 4).then(|| app.store.find_event(typed).ok()).flatten();
    if let Some(Found::One(id)) = by_id {
        return one(app, id).into_iter().collect();
    }
    let words = typed.split_whitespace().map(str::to_owned).collect();
    let page = app.store.events(&EventQuery { words, ..query }, None, MOST);
    page.map(|page| page.events).unwrap_or_default().iter().filter_map(line).collect()
}

fn one(app: &App, id: EventId) -> Option<String> {
    line(&app.store.event(id).ok()??)
}

/// "c912b289 12 May 2025: Tariff: suspend: US → CN": the id first, so that it can be read again.
fn line(row: &StoredEvent) -> Option<String> {
    let event = domain(row).ok()?;
    let who = words::who(&event.parties).map(|who| format!(": {}", who.plain())).unwrap_or_default();
    let text =
        format!("{} {}: {}{who}", row.id.short(), words::when(&event.date).plain(), words::title(&event));
    Some(crate::reply::embed::no_marks(&text, LONGEST))
}
