//! `/compare`: what differs between two instants: the duties of a pair, the tensions, the contacts
//! in between.

use std::collections::HashMap;

use attache_extract::StateCode;
use attache_extract::event::Kind;
use attache_store::record::PercentRecord;
use attache_store::view::engagements::took_place;
use attache_store::view::tariffs::{Layer, TariffStatus};
use attache_store::view::tensions::Thread;
use attache_store::{EventId, EventQuery};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::common;
use super::tariffs::{figure, name, phrase, status};
use crate::command::{Access, Body, Call, Command, Fault, Opt, Place};
use crate::reply::{Answer, Block, Rich, words};

pub(super) static COMMAND: Command = Command {
    name: "compare",
    about: "What differs between two instants: a pair's duties, the tensions, the contacts between",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    common::needed("as_of_a", "The earlier day or instant, such as 2025-04-15"),
    common::needed("as_of_b", "The later one"),
    common::country("imposer", "One side; the United States unless given"),
    common::country("on", "The other side; China, or the United States beside another imposer"),
    common::SOURCES,
    common::PRIVATE,
];

/// Lines of one part.
const PART: usize = 8;

/// Lines of each sort that have their sentence under them; the Sources button has all.
const QUOTED: usize = 3;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let imposer = common::read_country(call, "imposer")?.unwrap_or(StateCode::US);
    let other = if imposer == StateCode::US { StateCode::CN } else { StateCode::US };
    let on = common::read_country(call, "on")?.unwrap_or(other);
    let (a, b) = (common::read_as_of(call, "as_of_a")?, common::read_as_of(call, "as_of_b")?);
    let (from, to) = (a.own_day(), b.own_day());
    if to < from {
        return Err(Fault::user("as_of_b lies before as_of_a; give the earlier one first"));
    }
    let mut blocks = Vec::new();
    let (mut sides, mut ids) = (Vec::new(), Vec::new());
    for (imposer, on) in [(imposer, on), (on, imposer)] {
        let before = status(call, imposer, Some(on), a)?;
        let after = status(call, imposer, Some(on), b)?;
        let (told, rests) = duties(call, imposer, on, &before, &after, &mut blocks)?;
        sides.push(told);
        ids.extend(rests);
    }
    let rows = common::resting_on(call, ids)?;
    if call.args.flag("sources") {
        return common::sources(call, "compare", &rows);
    }
    let threads = changed_threads(call, from, to, &mut blocks)?;
    let query = EventQuery {
        countries: vec![imposer, on],
        since: from.tomorrow().ok(),
        until: Some(to),
        ..EventQuery::of(Kind::Engagement)
    };
    let contacts = call.app.store.all_events(&query)?.iter().filter(|row| took_place(row)).count();
    blocks.push(Block::Line(Rich::default().strong(format!("{contacts} contacts between them  ")).code(
        format!(
            "/engagements with:{imposer} party:{on} since:{} until:{to}",
            from.tomorrow().unwrap_or(from)
        ),
    )));
    let day = |day: Date| day.strftime("%-d %B %Y").to_string();
    let data = json!({"as_of_a": call.args.text("as_of_a"), "as_of_b": call.args.text("as_of_b"), "tariffs": sides,
        "tensions": threads, "engagements": contacts});
    Ok(Answer {
        title: format!("{imposer} and {on}: {} against {}", day(from), day(to)),
        blocks,
        notes: vec![common::freshness(call)?],
        controls: common::sources_button("compare", call, &rows)
            .into_iter()
            .chain(common::openers(&rows))
            .collect(),
        data,
        ..Answer::default()
    })
}

/// One direction's differences, and the events they rest on.
fn duties(
    call: &Call<'_>,
    imposer: StateCode,
    on: StateCode,
    before: &TariffStatus,
    after: &TariffStatus,
    blocks: &mut Vec<Block>,
) -> Result<(Value, Vec<EventId>), Fault> {
    let total = |status: &TariffStatus| {
        status.total.map_or_else(|| "not known".to_owned(), |total| format!("{total}%"))
    };
    blocks.push(Block::Heading(format!("{imposer} on goods of {on}")));
    blocks.push(Block::Line(
        Rich::text("All goods together: ").strong(total(before)).and(" → ").strong(total(after)),
    ));
    let same = |a: &Layer, b: &Layer| {
        (&a.layer, &a.goods, a.on, a.state, a.rate, a.points, &a.until)
            == (&b.layer, &b.goods, b.on, b.state, b.rate, b.points, &b.until)
    };
    let ruled = after.layers.iter().filter(|layer| {
        let before = before.layers.iter().find(|other| same(layer, other));
        layer.legal.is_some() && before.is_some_and(|before| before.legal != layer.legal)
    });
    let ruled: Vec<_> = ruled.collect();
    let gone = before.layers.iter().filter(|layer| !after.layers.iter().any(|other| same(layer, other)));
    let come = after.layers.iter().filter(|layer| !before.layers.iter().any(|other| same(layer, other)));
    let (gone, come): (Vec<_>, Vec<_>) = (gone.collect(), come.collect());
    let words = |layer: &Layer| {
        let until = layer.until.as_ref().map(|until| format!(", until {}", words::written(until)));
        let until = until.unwrap_or_default();
        format!("{}: {}, {}{until}", name(layer), figure(layer), phrase(layer.state))
    };
    for (sign, layers) in [("no more: ", &gone), ("new: ", &come)] {
        for (n, layer) in layers.iter().take(PART).enumerate() {
            let first = layer.sources.first();
            let id = first.map(|id| id.short()).unwrap_or_default();
            blocks
                .push(Block::Line(Rich::default().strong(sign).and(format!("{}  ", words(layer))).code(id)));
            let row = first.filter(|_| n < QUOTED).map(|id| call.app.store.event(*id)).transpose()?.flatten();
            if let Some(row) = row {
                blocks.push(common::quote(call.app, &row)?);
            }
        }
        if layers.len() > PART {
            blocks.push(Block::Line(Rich::text(format!("… and {} more", layers.len() - PART))));
        }
    }
    for layer in &ruled {
        let legal = layer.legal.clone().unwrap_or_default();
        let line = Rich::default().strong("unchanged, but: ").and(format!("{}: {legal}", words(layer)));
        blocks.push(Block::Line(line));
    }
    if gone.is_empty() && come.is_empty() && ruled.is_empty() {
        blocks.push(Block::Line(Rich::text("nothing differs")));
    }
    let list = |layers: &[&Layer]| {
        let one = |layer: &&Layer| {
            json!({"layer": layer.layer, "goods": layer.goods, "status": layer.state.as_str(),
                "rate_percent": layer.rate.map(PercentRecord), "points": layer.points.map(PercentRecord),
                "until": layer.until, "sources": layer.sources.iter().map(ToString::to_string).collect::<Vec<_>>()})
        };
        layers.iter().map(one).collect::<Vec<_>>()
    };
    let rests = come.iter().chain(&gone).flat_map(|layer| layer.sources.iter().copied()).collect();
    let told = json!({"imposer": imposer.to_string(), "on": on.to_string(), "total_a": before.total.map(PercentRecord),
        "total_b": after.total.map(PercentRecord), "no_more": list(&gone), "new": list(&come),
        "ruled_on": ruled.iter().map(|layer| json!({"layer": layer.layer, "goods": layer.goods, "legal": layer.legal})).collect::<Vec<_>>()});
    Ok((told, rests))
}

/// Tensions that stand otherwise on the later day.
fn changed_threads(
    call: &Call<'_>,
    from: Date,
    to: Date,
    blocks: &mut Vec<Block>,
) -> Result<Vec<Value>, Fault> {
    let (before, after) = (call.app.store.threads(from)?, call.app.store.threads(to)?);
    let before: HashMap<&str, &Thread> = before.iter().map(|thread| (thread.name.as_str(), thread)).collect();
    let was = |thread: &Thread| before.get(thread.name.as_str()).copied();
    let changed: Vec<_> = after
        .iter()
        .filter(|thread| {
            was(thread).is_none_or(|other| (other.status, &other.until) != (thread.status, &thread.until))
        })
        .collect();
    let state = |thread: Option<&Thread>| thread.map_or("not yet", |thread| thread.status.as_str());
    blocks.push(Block::Heading(format!("Tensions that stand otherwise ({})", changed.len())));
    for thread in changed.iter().take(PART) {
        let until = words::until(thread.until.as_ref());
        let line = Rich::default()
            .strong(format!("{}: {}", thread.sides.join("–"), thread.subject))
            .and(format!(": {} → {}{until}  ", state(was(thread)), thread.status.as_str()))
            .code(thread.id.short());
        blocks.push(Block::Line(line));
    }
    if changed.len() > PART {
        blocks.push(Block::Line(Rich::text(format!("… and {} more", changed.len() - PART))));
    }
    let data = changed.iter().map(|thread| {
        json!({"id": thread.id.to_string(), "title": thread.subject, "from": was(thread).map(|other| other.status.as_str()),
            "to": thread.status.as_str(), "until": thread.until, "keys": thread.keys().collect::<Vec<_>>()})
    });
    Ok(data.collect())
}
