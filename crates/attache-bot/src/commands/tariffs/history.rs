//! `/tariffs history`: every tariff step of one side, latest first; for a pair also each turn of the
//! sum on all goods, and a chart of both directions.

use attache_store::StoredEvent;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::status::arithmetic;
use super::{IMPOSER, ON, PRODUCT, series};
use crate::chart::rates;
use crate::command::{Access, Body, Call, Command, Fault, Opt, Place};
use crate::commands::common;
use crate::reply::{Answer, Block, Picture, Rich};
use attache_store::EventQuery;

pub(super) const COMMAND: Command = Command {
    name: "history",
    about: "Every step of one side's tariffs, the turns of their sum, and a chart",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    IMPOSER,
    ON,
    PRODUCT,
    common::text("since", "First day, YYYY-MM-DD"),
    common::text("until", "Last day, YYYY-MM-DD; today unless given"),
    common::PAGE,
    crate::commands::search::LAYER,
    common::CHART,
    common::SOURCES,
    common::PRIVATE,
];

/// Where a chart begins unless told otherwise: before that the sum of this pair's duties was 0.
const FIRST: Date = Date::constant(2025, 1, 1);

const PATH: &str = "tariffs history";

/// Turns and steps shown.
const TURNS: usize = 12;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let (imposer, on) = super::sides(call)?;
    let (since, until) = (common::read_date(call, "since")?, common::read_date(call, "until")?);
    let last = until.unwrap_or_else(|| common::today(call));
    let query = EventQuery {
        since,
        until: Some(last),
        layers: call.args.text("layer").map(str::to_owned).into_iter().collect(),
        ..super::actions(call, imposer)
    };
    let found = match on {
        // Whom a step hits has to be read.
        Some(_) => common::Fitting::whole(call, &query)?,
        None => common::Fitting::of(call, &query)?,
    };
    let (mut rows, mut total) = (found.rows, found.total);
    if let Some(code) = on {
        let on_it = |row: &StoredEvent| {
            let mut recipients =
                row.event.parties.iter().filter(|p| p.role.0 == attache_extract::Role::Recipient);
            let named = recipients.clone().any(|party| party.country.as_deref() == Some(code.as_str()));
            named || recipients.all(|party| party.country.is_none())
        };
        rows.retain(on_it);
        total = rows.len();
    }
    let first = since.unwrap_or(FIRST).min(last);
    let (mut blocks, mut pictures, mut turns) = (Vec::new(), Vec::new(), Value::Null);
    if let Some(on) = on {
        turns = sums(call, imposer, on, first, last, &mut blocks)?;
        if call.args.flag("chart") {
            let chart = series::chart(call, imposer, on, first, last)?;
            let bytes = rates::draw(&chart).map_err(|error| Fault::Internal(Box::new(error)))?;
            let alt = format!(
                "Step chart: duties of {imposer} and {on} on all of each other's goods, {first} to {last}"
            );
            pictures.push(Picture { name: format!("rates-{imposer}-{on}.png").to_lowercase(), bytes, alt });
        }
    } else if call.args.flag("chart") {
        return Err(Fault::user("chart: a chart shows a pair; add on:, such as on:CN"));
    }
    blocks.push(Block::Heading(format!("Steps ({total})")));
    let part = common::Part::of(call, total);
    let page = part.cut(&rows);
    if call.args.flag("sources") {
        return common::sources(call, PATH, page);
    }
    blocks.extend(common::entries(call.app, page)?);
    let controls = part.controls(PATH, call).into_iter();
    let controls = controls.chain(on.and_then(|_| common::chart_button(PATH, call)));
    let controls = controls.chain(common::sources_button(PATH, call, page));
    let controls = controls.chain(common::openers(page)).collect();
    let whose = on.map(|code| format!(" that hit {code}")).unwrap_or_default();
    let title = match total {
        0 => format!("No tariff step of {imposer}{whose} is stored that fits"),
        n => format!("{n} tariff steps of {imposer}{whose}, latest first"),
    };
    let events: Vec<_> = common::told(call, &rows).iter().map(common::data).collect();
    let data = json!({"as_of": call.now, "total": total, "turns": turns, "events": events});
    let notes = part.note().into_iter().chain([common::freshness(call)?]).collect();
    Ok(Answer { title, blocks, notes, data, pictures, controls, ..Answer::default() })
}

/// Each day on which the sum on all goods became another one.
fn sums(
    call: &Call<'_>,
    imposer: attache_extract::StateCode,
    on: attache_extract::StateCode,
    first: Date,
    last: Date,
    blocks: &mut Vec<Block>,
) -> Result<Value, Fault> {
    let mut turns = series::turns(call, imposer, on, first, last)?;
    turns.dedup_by(|later, earlier| {
        later.status.total == earlier.status.total && arithmetic(&later.status) == arithmetic(&earlier.status)
    });
    if turns.len() > 1
        || turns.iter().any(|turn| turn.status.total.is_some_and(|sum| sum.ten_thousandths() > 0))
    {
        blocks.push(Block::Heading(format!(
            "{imposer} on all goods of {on}: the sum by day ({})",
            turns.len()
        )));
    }
    for turn in turns.iter().rev().take(TURNS) {
        let total = turn.status.total.map_or_else(|| "not known".to_owned(), |total| format!("{total}%"));
        let sum = arithmetic(&turn.status);
        let sum = if sum.contains('+') { format!(" = {sum}") } else { String::new() };
        blocks.push(Block::Line(Rich::default().day(turn.day).and("  ").strong(total).and(sum)));
    }
    let data = turns.iter().map(|turn| {
        let total = turn.status.total.map(attache_store::record::PercentRecord);
        json!({"date": turn.day, "additional_total_percent": total, "sum": arithmetic(&turn.status)})
    });
    Ok(data.collect())
}
