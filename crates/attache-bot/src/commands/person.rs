//! `/person`: one person as the stored texts tell of them: under which offices, when, whom they met,
//! what they said and did. Nothing is taken from anywhere else.

use std::collections::BTreeMap;

use attache_extract::event::Kind;
use attache_store::EventQuery;
use attache_store::view::engagements::took_place;
use jiff::civil::Date;
use serde_json::json;

use super::common::{self, SHORT};
use super::suggest;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block, Button, Control, Rich, Step};

pub(super) static COMMAND: Command = Command {
    name: "person",
    about: "One person as the stored texts tell of them: offices, contacts, statements, actions",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "name",
        about: "The name or a part of it, as texts print it",
        kind: OptKind::Text { max: SHORT, complete: Some(suggest::people) },
        required: true,
    },
    common::text("since", "First day, YYYY-MM-DD"),
    common::text("until", "Last day, YYYY-MM-DD"),
    common::PAGE,
    common::SOURCES,
    common::PRIVATE,
];

/// Offices and counterparts listed.
const MOST: usize = 8;

/// An office as texts print it: with a country, from the first to the last day it was told.
struct Told {
    first: Date,
    last: Date,
    times: usize,
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let name = call.args.text("name").unwrap_or_default().trim();
    let query = EventQuery {
        people: vec![name.to_owned()],
        since: common::read_date(call, "since")?,
        until: common::read_date(call, "until")?,
        ..EventQuery::default()
    };
    let found = common::Fitting::latest(call, &query)?;
    let rows = found.rows;
    let wanted = name.to_lowercase();
    let is_meant = |party: &Option<String>| {
        !wanted.is_empty() && party.as_ref().is_some_and(|party| party.to_lowercase().contains(&wanted))
    };
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut offices: BTreeMap<(String, String), Told> = BTreeMap::new();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        let (own, others): (Vec<_>, Vec<_>) =
            row.event.parties.iter().partition(|party| is_meant(&party.name));
        for party in &own {
            *names.entry(party.name.clone().unwrap_or_default()).or_default() += 1;
            if let Some(office) = &party.office {
                let key = (office.clone(), party.country.clone().unwrap_or_default());
                let day = row.sources.first().map_or(row.sort_day, |source| source.published);
                let told = offices.entry(key).or_insert(Told { first: day, last: day, times: 0 });
                (told.first, told.last) = (told.first.min(day), told.last.max(day));
                told.times += 1;
            }
        }
        if !own.is_empty() && row.event.kind.0 == Kind::Engagement && took_place(row) {
            for other in others.iter().filter_map(|party| party.name.as_ref()) {
                *met.entry(other.clone()).or_default() += 1;
            }
        }
    }
    if names.is_empty() {
        return nobody(call, name);
    }
    let mut blocks = Vec::new();
    if names.len() > 1 {
        let all: Vec<_> = most(&names).into_iter().map(|(name, n)| format!("{name} ({n})")).collect();
        blocks.push(Block::Line(Rich::text("Texts print: ").and(all.join(", "))));
    }
    blocks.push(Block::Heading("Offices, as texts tell them".to_owned()));
    if offices.is_empty() {
        blocks.push(Block::Line(Rich::text("No stored text names an office beside the name.")));
    }
    let mut told: Vec<_> = offices.iter().collect();
    told.sort_by_key(|(_, told)| std::cmp::Reverse((told.last, told.times)));
    for ((office, country), told) in told.iter().take(MOST) {
        let head = Rich::default().strong(office.clone());
        let head = if country.is_empty() { head } else { head.and(format!(", {country}")) };
        let mut line = Rich::text("in texts of ").day(told.first);
        if told.last != told.first {
            line = line.and(" to ").day(told.last);
        }
        blocks.push(Block::Item { head, lines: vec![line] });
    }
    if !met.is_empty() {
        blocks.push(Block::Heading("Met or spoke with".to_owned()));
        let all: Vec<_> = most(&met).into_iter().map(|(name, n)| format!("{name} ({n})")).collect();
        blocks.push(Block::Line(Rich::text(all.join(", "))));
    }
    let part = common::Part::of(call, rows.len());
    let page = part.cut(&rows);
    if call.args.flag("sources") {
        return common::sources(call, "person", page);
    }
    blocks.push(Block::Heading(format!("Events ({})", rows.len())));
    blocks.extend(common::entries(call.app, page)?);
    let shown = most(&names).first().map_or_else(|| name.to_owned(), |(name, _)| (*name).clone());
    let contacts = Step::of("engagements").text("person", shown.clone());
    let controls = part.controls("person", call).into_iter();
    let controls = controls.chain([Control::from(Button::alone("Contacts", contacts))]);
    let controls = controls.chain(common::sources_button("person", call, page));
    let controls = controls.chain(common::openers(page)).collect();
    let cut = found.more.then(|| format!("Only the latest {} events that name them were read.", rows.len()));
    let notes = part.note().into_iter().chain(cut).chain([common::freshness(call)?]).collect();
    let data = json!({"as_of": call.now, "name": name, "names": names,
        "offices": told.iter().map(|((office, country), told)| json!({"office": office,
            "country": Some(country).filter(|code| !code.is_empty()), "first_told": told.first, "last_told": told.last,
            "events": told.times})).collect::<Vec<_>>(),
        "met": met, "total": rows.len(), "events": common::told(call, &rows).iter().map(common::data).collect::<Vec<_>>()});
    Ok(Answer { title: shown, blocks, notes, data, controls, ..Answer::default() })
}

fn most(counts: &BTreeMap<String, usize>) -> Vec<(&String, usize)> {
    let mut sorted: Vec<_> = counts.iter().map(|(name, n)| (name, *n)).collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    sorted.truncate(MOST);
    sorted
}

fn nobody(call: &Call<'_>, name: &str) -> Result<Answer, Fault> {
    let search = Step::of("search").text("words", name);
    Ok(Answer {
        title: "No stored text names this person".to_owned(),
        blocks: vec![Block::Line(
            Rich::text("That is no proof of anything but that nothing is stored. Nearest: ")
                .code(search.line()),
        )],
        notes: vec![common::freshness(call)?],
        controls: vec![Button::here("Search the words", search).into()],
        data: json!({"as_of": call.now, "name": name, "names": {}, "offices": [], "met": {}, "total": 0, "events": []}),
        ..Answer::default()
    })
}
