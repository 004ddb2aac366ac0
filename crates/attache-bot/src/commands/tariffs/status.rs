//! `/tariffs status`: which duties stand as of a day, layer by layer, with the sentence behind each.

use attache_extract::event::Percent;
use attache_extract::when::Moment;
use attache_store::record::PercentRecord;
use attache_store::view::tariffs::{self, ALL_GOODS, Conflict, Layer, State, TariffStatus};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{IMPOSER, ON, PRODUCT};
use crate::command::{Access, Body, Call, Command, Fault, Opt, Place};
use crate::commands::common;
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "status",
    about: "Duties of one side on another's goods, by legal layer, as of a day",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] =
    &[IMPOSER, ON, PRODUCT, common::text("as_of", "The day, YYYY-MM-DD; today unless given")];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let (imposer, on) = super::sides(call)?;
    let as_of = common::read_date(call, "as_of")?.unwrap_or_else(|| common::today(call));
    let status = tariffs::status(&super::actions(call, imposer)?, imposer, on, as_of);
    let whose = on.map_or_else(|| "all".to_owned(), |code| code.to_string());
    let mut answer = Answer {
        title: format!("Tariffs of {imposer} on {whose} goods as of {}", as_of.strftime("%-d %B %Y")),
        data: data(call.args.text("as_of"), &status),
        ..Answer::default()
    };
    if status.layers.is_empty() {
        answer.blocks.push(Block::Line(
            Rich::text(
                "No stored text speaks of such a duty by that day. That is no proof there is none. Try ",
            )
            .code(format!("/tariffs history imposer:{imposer}")),
        ));
    }
    for layer in &status.layers {
        answer.blocks.push(item(layer));
        if let Some(row) = layer.sources.first().map(|id| call.app.store.event(*id)).transpose()?.flatten() {
            answer.blocks.push(common::quote(call.app, &row)?);
        }
    }
    if let Some(total) = status.total {
        answer
            .blocks
            .push(Block::Line(Rich::default().strong(format!("Together {total}%: {}", arithmetic(&status)))));
        answer.notes.push(
            "Only layers on all goods are added up; duties on single goods stand beside them.".to_owned(),
        );
    }
    for conflict in &status.conflicts {
        answer.blocks.push(Block::Line(differs(conflict)));
    }
    answer.notes.push(common::freshness(call)?);
    Ok(answer)
}

fn item(layer: &Layer) -> Block {
    let rate = layer.rate.map_or_else(|| "rate not given".to_owned(), |rate| format!("{rate}%"));
    let state = match layer.state {
        State::InForce => "in force",
        State::Suspended => "partly or wholly suspended",
        State::Announced => "announced, not in force",
        State::Threatened => "threatened, not a tariff",
        State::Removed => "removed",
        State::Expired => "its term has run out; no stored text says what followed",
    };
    let head = Rich::default().strong(layer.layer.clone()).and(format!(": {rate}, {state}"));
    let times = [
        layer.scope.as_ref().map(|scope| format!("on {scope}")),
        layer.points.map(|points| format!("{points} percentage points concerned")),
        layer.effective.as_ref().map(|from| format!("from {from}")),
        layer.until.as_ref().map(|until| format!("until {until}")),
        layer.then.clone(),
    ];
    let line = times.into_iter().flatten().collect::<Vec<_>>().join("; ");
    let ids = layer.sources.iter().take(3).map(|id| id.short()).collect::<Vec<_>>().join(" ");
    let lines = if line.is_empty() { Vec::new() } else { vec![Rich::text(line)] };
    Block::Item { head, lines: lines.into_iter().chain([Rich::default().code(ids)]).collect() }
}

fn arithmetic(status: &TariffStatus) -> String {
    let charged = status.layers.iter().filter(|layer| added(layer));
    let parts: Vec<_> =
        charged.filter_map(|layer| Some(format!("{} {}", layer.rate?, layer.layer))).collect();
    parts.join(" + ")
}

fn added(layer: &Layer) -> bool {
    ALL_GOODS.contains(&layer.layer.as_str()) && matches!(layer.state, State::InForce | State::Suspended)
}

fn differs(conflict: &Conflict) -> Rich {
    Rich::default()
        .strong(format!("Sources differ on {}", conflict.layer))
        .and(format!(": {}. Followed: ", conflict.what))
        .code(conflict.followed.short())
        .and(", not followed: ")
        .code(conflict.other.short())
}

fn data(as_of: Option<&str>, status: &TariffStatus) -> Value {
    let number = |percent: Option<Percent>| json!(percent.map(PercentRecord));
    let layers: Vec<_> = status
        .layers
        .iter()
        .map(|layer| {
            json!({"layer": layer.layer, "scope": layer.scope, "rate_percent": number(layer.rate),
                "points": number(layer.points), "status": layer.state.as_str(), "effective": layer.effective,
                "until": layer.until, "then": layer.then,
                "sources": layer.sources.iter().map(ToString::to_string).collect::<Vec<_>>()})
        })
        .collect();
    let conflicts: Vec<_> = status
        .conflicts
        .iter()
        .map(|conflict| {
            json!({"layer": conflict.layer, "what": conflict.what, "followed": conflict.followed.to_string(),
                "other": conflict.other.to_string()})
        })
        .collect();
    json!({"as_of": as_of.map_or_else(|| status.as_of.to_string(), str::to_owned),
        "imposer": status.imposer.to_string(), "on": status.on.map(|code| code.to_string()), "layers": layers,
        "additional_total_percent": number(status.total), "next_expiry": next_expiry(status), "conflicts": conflicts})
}

/// The nearest end still ahead of a layer that is charged or suspended.
fn next_expiry(status: &TariffStatus) -> Value {
    let running =
        status.layers.iter().filter(|layer| matches!(layer.state, State::InForce | State::Suspended));
    let ends = running.filter_map(|layer| Some((day(layer.until.as_deref()?)?, layer)));
    let next = ends.filter(|(end, _)| *end >= status.as_of).min_by_key(|(end, _)| *end);
    next.map_or(Value::Null, |(end, layer)| {
        let days = status.as_of.until(end).map_or(0, |span| span.get_days());
        json!({"date": end, "days": days, "then": layer.then, "layer": layer.layer})
    })
}

fn day(text: &str) -> Option<Date> {
    text.parse::<Moment>().ok()?.days().map(|(_, last)| last)
}
