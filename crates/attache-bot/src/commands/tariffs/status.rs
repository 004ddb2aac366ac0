//! `/tariffs status`: which duties stand as of an instant, layer by layer, with the sentence behind
//! each, what they come to together, and what happens next.

use attache_extract::event::Percent;
use attache_store::record::PercentRecord;
use attache_store::view::origin::Certainty;
use attache_store::view::tariffs::{AsOf, Conflict, Layer, State, TariffStatus, label};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{IMPOSER, ON, PRODUCT};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common::{self, DIGEST};
use crate::reply::{Answer, Block, Button, Rich, Step, words};

pub(super) const COMMAND: Command = Command {
    name: "status",
    about: "Duties of one side on another's goods, by legal layer, as of an instant",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    IMPOSER,
    ON,
    PRODUCT,
    common::text("list", "One Section 301 list, such as List 3"),
    common::text("as_of", "A day, or an instant such as 2025-05-23T09:00-04:00; now unless given"),
    crate::commands::search::LAYER,
    Opt { name: "state", about: "Only what stands so", kind: OptKind::Word(states), required: false },
    common::SOURCES,
    common::PRIVATE,
];

/// Everything that ended, however it did.
const OVER: &str = "over";

fn states() -> Vec<&'static str> {
    let states = [State::InForce, State::Suspended, State::Announced, State::Threatened];
    states.map(State::as_str).into_iter().chain([OVER]).collect()
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let (imposer, on) = super::sides(call)?;
    let as_of = common::read_as_of(call, "as_of")?;
    let status = of(call, imposer, on, as_of)?;
    let rows = common::resting_on(call, in_order(&status).flat_map(|layer| layer.sources.iter().copied()))?;
    if call.args.flag("sources") {
        return common::sources(call, "tariffs status", &rows);
    }
    let whose = on.map_or_else(|| "all".to_owned(), |code| code.to_string());
    let mut answer = Answer {
        title: format!("Tariffs of {imposer} on {whose} goods as of {}", when(call, &status)),
        data: data(call.args.text("as_of"), &status, listed(call)),
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
    body(call, &status, &mut answer)?;
    for conflict in status.conflicts.iter().take(LONG_ROWS) {
        answer.blocks.push(Block::Line(differs(conflict)));
    }
    answer.notes.push(common::freshness(call)?);
    let mut history = Step::of("tariffs history").text("imposer", imposer.to_string());
    if let Some(on) = on {
        history = history.text("on", on.to_string());
        let chart = history.clone().yes("chart");
        answer.controls.push(Button::alone("Chart", chart).into());
        let back = Step::again("tariffs status", call.args)
            .text("imposer", on.to_string())
            .text("on", imposer.to_string());
        answer.controls.push(Button::here("The other direction", back).into());
    }
    answer.controls.push(Button::alone("History", history).into());
    answer.controls.extend(common::sources_button("tariffs status", call, &rows));
    answer.controls.extend(common::openers(&rows));
    Ok(answer)
}

/// The rows in the order in which they are shown: what stands on all goods, what stands on some, what is over.
fn in_order(status: &TariffStatus) -> impl Iterator<Item = &Layer> {
    let mut layers: Vec<&Layer> = status.layers.iter().collect();
    layers.sort_by_key(|layer| (layer.state.is_over(), !layer.on_all_goods()));
    layers.into_iter()
}

/// Whether single goods are asked about.
fn listed(call: &Call<'_>) -> bool {
    call.args.has("list") || call.args.has("product")
}

/// Keeps the rows of the product or the list asked for.
pub(in crate::commands) fn narrow(call: &Call<'_>, status: &mut TariffStatus) {
    if let Some(list) = call.args.text("list") {
        let wanted = plain(list);
        let wanted = if wanted.starts_with("list") { wanted } else { format!("list{wanted}") };
        status.layers.retain(|layer| plain(&layer.goods) == wanted);
        status.total = charged(&status.layers);
    }
    let products = common::read_list(call, "product");
    if !products.is_empty() {
        let fits = |layer: &Layer| {
            layer.on_all_goods() || products.iter().any(|product| speaks_of(call, layer, product))
        };
        status.layers.retain(fits);
    }
    let wanted = common::read_list(call, "layer");
    if !wanted.is_empty() {
        status.layers.retain(|layer| wanted.iter().any(|name| is_named(&layer.layer, name)));
        // What one layer charges is not all that is charged.
        status.total = None;
    }
    if let Some(state) = call.args.text("state") {
        status.layers.retain(|layer| match state {
            OVER => layer.state.is_over(),
            state => layer.state.as_str() == state,
        });
        status.total = None;
    }
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a layer goes by a name, or by a part of it: "Section 301", "fentanyl".
pub(crate) fn is_named(layer: &str, name: &str) -> bool {
    let name = plain(name);
    !name.is_empty() && (plain(layer).contains(&name) || plain(&label(layer)).contains(&name))
}

/// Whether a measure's goods are, or include, those a word names: "cars" are automobiles.
fn speaks_of(call: &Call<'_>, layer: &Layer, product: &str) -> bool {
    let scope = layer.scope.as_deref().unwrap_or_default().to_lowercase();
    let product = product.to_lowercase();
    let stem = product.strip_suffix('s').unwrap_or(&product);
    if scope.contains(stem) || layer.layer.to_lowercase().contains(stem) {
        return true;
    }
    let topics = |text: &str| call.app.extractor.read_question(text, common::today(call)).topics;
    let asked = topics(&product);
    topics(&scope).iter().any(|topic| *topic == product || asked.contains(topic))
}

/// The rates charged on one list of goods together.
fn charged(layers: &[Layer]) -> Option<Percent> {
    let standing = layers.iter().filter(|layer| layer.state == State::InForce);
    let rates: Option<Vec<_>> = standing.map(|layer| layer.rate.map(Percent::ten_thousandths)).collect();
    rates.map(|rates| Percent::from_ten_thousandths(rates.iter().sum()))
}

fn when(call: &Call<'_>, status: &TariffStatus) -> String {
    match call.args.text("as_of") {
        Some(text) if text.contains('T') => text.to_owned(),
        _ => status.as_of.strftime("%-d %B %Y").to_string(),
    }
}

/// Parts of the answer: what applies to all goods with its sum, what is on single goods, what is
/// over.
fn body(call: &Call<'_>, status: &TariffStatus, answer: &mut Answer) -> Result<(), Fault> {
    let over = |layer: &Layer| layer.state.is_over();
    let (all, rest): (Vec<_>, Vec<_>) = status.layers.iter().partition(|layer| layer.on_all_goods());
    let (gone, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|layer| over(layer));
    let (old, single): (Vec<_>, Vec<_>) = rest.into_iter().partition(|layer| over(layer));
    if !all.is_empty() {
        answer.blocks.push(Block::Heading("On all goods".to_owned()));
    }
    for layer in all.iter().take(LONG_ROWS) {
        answer.blocks.push(item(layer, status.on.is_none()));
        if let Some(row) = layer.sources.first().map(|id| call.app.store.event(*id)).transpose()?.flatten() {
            answer.blocks.push(common::quote(call.app, &row)?);
        }
    }
    if all.len() > LONG_ROWS {
        answer.blocks.push(more(all.len() - LONG_ROWS));
    }
    let part = call.args.has("layer") || call.args.has("state");
    if part {
        // A part of the duties has no sum.
    } else if status.on.is_none() {
        // Rows of several states: their sum would be nobody's duty.
        answer.blocks.push(Block::Line(Rich::text("Each country's own sum: give on:COUNTRY.")));
    } else if let Some(total) = status.total {
        let sum = arithmetic(status);
        let line = if sum.is_empty() {
            "no stored text tells of a duty on all goods in force".to_owned()
        } else {
            sum
        };
        answer.blocks.push(Block::Line(Rich::default().strong(format!("Together {total}%: {line}"))));
    } else if !all.is_empty() {
        answer.blocks.push(Block::Line(Rich::text(
            "No sum: a rate, or whether a suspension was prolonged, is not known.",
        )));
    }
    if let Some((end, layer)) = status.next_end(listed(call)) {
        let days = status.as_of.until(end).map_or(0, |span| span.get_days());
        let then = layer.then.clone().unwrap_or_default();
        let next = Rich::default().strong("Next end ").day(end);
        answer.blocks.push(Block::Line(next.and(format!(", in {days} days ({}): {then}", name(layer)))));
    }
    for (heading, rows) in
        [("On single goods, not added up", single), ("Over", gone.into_iter().chain(old).collect())]
    {
        if rows.is_empty() {
            continue;
        }
        answer.blocks.push(Block::Heading(format!("{heading} ({})", rows.len())));
        for layer in rows.iter().take(SHORT_ROWS) {
            answer.blocks.push(Block::Line(short(layer)));
        }
        if rows.len() > SHORT_ROWS {
            answer.blocks.push(more(rows.len() - SHORT_ROWS));
        }
    }
    Ok(())
}

/// Rows shown with their terms and their sentence, and in short.
const LONG_ROWS: usize = 40;
const SHORT_ROWS: usize = 12;

fn more(rows: usize) -> Block {
    Block::Line(Rich::text(format!("… and {rows} more; product: or layer: narrows them")))
}

pub(in crate::commands) fn name(layer: &Layer) -> String {
    if layer.goods.is_empty() {
        return label(&layer.layer);
    }
    let goods = layer.scope.as_ref().map_or(layer.goods.as_str(), |scope| {
        scope.split_once(": ").map_or(scope.as_str(), |(_, goods)| goods)
    });
    format!("{}, {goods}", label(&layer.layer))
}

pub(in crate::commands) fn figure(layer: &Layer) -> String {
    match (layer.rate, layer.points, &layer.words) {
        (Some(rate), None, _) => format!("{rate}%"),
        (Some(rate), Some(points), _) if layer.state == State::Announced => {
            format!("{rate}%, {points} percentage points not charged")
        }
        (_, Some(points), _) => format!("{points} percentage points"),
        (None, None, Some(words)) => words.clone(),
        (None, None, None) => "rate not given".to_owned(),
    }
}

pub(in crate::commands) const fn state(state: State) -> &'static str {
    match state {
        State::InForce => "in force",
        State::Suspended => "suspended",
        State::Announced => "announced, not in force",
        State::Threatened => "threatened, not a tariff",
        State::Removed => "ended",
        State::Expired => "its time has run out; no stored text says what followed",
        State::Lapsed => "threatened for a day that passed; no stored text says that it came",
    }
}

/// A row with its terms; `whose` says on whose goods it is, where an answer has several.
fn item(layer: &Layer, whose: bool) -> Block {
    let on = layer.on.map_or_else(|| "all countries".to_owned(), |code| code.to_string());
    let on = if whose { format!(" on goods of {on}") } else { String::new() };
    let head =
        Rich::default().strong(name(layer)).and(format!("{on}: {}, {}", figure(layer), state(layer.state)));
    let about = if layer.about { "about " } else { "" };
    let times = [
        layer.effective.as_deref().map(words::from),
        layer.until.as_ref().map(|until| format!("until {about}{}", words::written(until))),
        layer.then.clone(),
        layer.legal.clone(),
        (layer.certainty == Some(Certainty::Digest)).then(|| DIGEST.to_owned()),
    ];
    let line = times.into_iter().flatten().collect::<Vec<_>>().join("; ");
    let ids = layer.sources.iter().take(3).map(|id| id.short()).collect::<Vec<_>>().join(" ");
    let lines = if line.is_empty() { Vec::new() } else { vec![Rich::text(line)] };
    Block::Item { head, lines: lines.into_iter().chain([Rich::default().code(ids)]).collect() }
}

fn short(layer: &Layer) -> Rich {
    let from = layer.effective.as_deref().map(|text| format!(", {}", words::from(text))).unwrap_or_default();
    let until = words::until(layer.until.as_ref());
    let digest =
        if layer.certainty == Some(Certainty::Digest) { format!(" ({DIGEST})") } else { String::new() };
    let id = layer.sources.first().map(|id| id.short()).unwrap_or_default();
    Rich::default()
        .strong(name(layer))
        .and(format!(": {}, {}{from}{until}{digest}  ", figure(layer), state(layer.state)))
        .code(id)
}

pub(in crate::commands) fn arithmetic(status: &TariffStatus) -> String {
    let charged = status.layers.iter().filter(|layer| layer.adds());
    let parts: Vec<_> =
        charged.filter_map(|layer| Some(format!("{} {}", layer.rate?, label(&layer.layer)))).collect();
    parts.join(" + ")
}

fn differs(conflict: &Conflict) -> Rich {
    Rich::default()
        .strong(format!("Sources differ on {}", label(&conflict.layer)))
        .and(format!(": {}. Followed: ", conflict.what))
        .code(conflict.followed.short())
        .and(format!(" ({}), not followed: ", conflict.why))
        .code(conflict.other.short())
}

/// The status as data: `{as_of, imposer, on, layers, additional_total_percent, sum, next_expiry,
/// conflicts}`.
pub(in crate::commands) fn data(as_of: Option<&str>, status: &TariffStatus, listed: bool) -> Value {
    let number = |percent: Option<Percent>| json!(percent.map(PercentRecord));
    let layers: Vec<_> = status
        .layers
        .iter()
        .map(|layer| {
            json!({"layer": layer.layer, "list": Some(&layer.goods).filter(|goods| goods.starts_with("List ")),
                "on": layer.on.map(|code| code.to_string()), "scope": layer.scope,
                "all_goods": layer.on_all_goods(), "rate_percent": number(layer.rate), "rate_text": layer.words,
                "points": number(layer.points), "status": layer.state.as_str(), "effective": layer.effective,
                "until": layer.until, "until_approximate": layer.about, "then": layer.then, "legal": layer.legal,
                "certainty": layer.certainty.map(Certainty::as_str), "key": layer.key,
                "sources": layer.sources.iter().map(ToString::to_string).collect::<Vec<_>>()})
        })
        .collect();
    let conflicts: Vec<_> = status
        .conflicts
        .iter()
        .map(|conflict| {
            json!({"layer": conflict.layer, "what": conflict.what, "why": conflict.why,
                "followed": conflict.followed.to_string(), "other": conflict.other.to_string()})
        })
        .collect();
    json!({"as_of": as_of.map_or_else(|| status.as_of.to_string(), str::to_owned),
        "imposer": status.imposer.to_string(), "on": status.on.map(|code| code.to_string()), "layers": layers,
        "additional_total_percent": number(status.total), "sum": arithmetic(status),
        "next_expiry": next_expiry(status, listed), "conflicts": conflicts})
}

/// The nearest end still ahead of what is charged or suspended: of what applies to all goods, or of
/// the list asked for.
fn next_expiry(status: &TariffStatus, listed: bool) -> Value {
    let Some((end, layer)) = status.next_end(listed) else {
        return Value::Null;
    };
    json!({"date": end, "days": days(status.as_of, end), "then": layer.then, "layer": layer.layer})
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The status of a pair, for other commands.
pub(in crate::commands) fn of(
    call: &Call<'_>,
    imposer: attache_extract::StateCode,
    on: Option<attache_extract::StateCode>,
    as_of: AsOf,
) -> Result<TariffStatus, Fault> {
    let mut status = call.app.store.tariff_status(imposer, on, as_of)?.as_ref().clone();
    narrow(call, &mut status);
    Ok(status)
}
