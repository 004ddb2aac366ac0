//! `/tariffs deadlines`: what starts or ends soon.

use attache_extract::event::Kind;
use attache_extract::when::Moment;
use attache_store::{EventQuery, StoredEvent};
use jiff::civil::Date;
use serde_json::json;

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "deadlines",
    about: "Measures that start or end within so many days",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "within",
        about: "Days ahead; 90 unless given",
        kind: OptKind::Whole { min: 1, max: 3650 },
        required: false,
    },
    common::text("as_of", "Counted from this day, YYYY-MM-DD; today unless given"),
];

/// A start or an end ahead.
pub(in crate::commands) struct Deadline {
    pub(in crate::commands) day: Date,
    pub(in crate::commands) what: &'static str,
    pub(in crate::commands) row: StoredEvent,
}

/// Starts and ends within `days` from `from`, the nearest first.
pub(in crate::commands) fn ahead(call: &Call<'_>, from: Date, days: i64) -> Result<Vec<Deadline>, Fault> {
    let to = from.saturating_add(jiff::Span::new().days(days));
    let query = EventQuery {
        kinds: vec![Kind::TariffAction, Kind::Tension, Kind::Agreement],
        ..EventQuery::default()
    };
    let mut found = Vec::new();
    for row in call.app.store.all_events(&query)? {
        for (what, text) in [("starts", &row.event.effective), ("ends", &row.event.expires)] {
            let day =
                text.as_deref().and_then(|text| text.parse::<Moment>().ok()?.days()).map(|(_, last)| last);
            if let Some(day) = day.filter(|day| (from..=to).contains(day)) {
                found.push(Deadline { day, what, row: row.clone() });
            }
        }
    }
    found.sort_by_key(|deadline| (deadline.day, deadline.row.id));
    Ok(found)
}

/// A deadline as an entry.
pub(in crate::commands) fn item(
    call: &Call<'_>,
    from: Date,
    deadline: &Deadline,
) -> Result<Vec<Block>, Fault> {
    let days = from.until(deadline.day).map_or(0, |span| span.get_days());
    let mut blocks = common::entry(call.app, &deadline.row)?;
    if let Some(Block::Item { head, .. }) = blocks.first_mut() {
        let when = Rich::default().day(deadline.day).and(format!(" ({days} days) {}: ", deadline.what));
        head.0.splice(0..0, when.0);
    }
    Ok(blocks)
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let from = common::read_date(call, "as_of")?.unwrap_or_else(|| common::today(call));
    let within = call.args.whole("within").unwrap_or(90);
    let found = ahead(call, from, within)?;
    let mut blocks = Vec::new();
    for deadline in found.iter().take(common::SHOWN) {
        blocks.extend(item(call, from, deadline)?);
    }
    let title = match found.len() {
        0 => format!("No stored text gives a start or an end within {within} days"),
        n => format!("{n} starts and ends within {within} days"),
    };
    let list: Vec<_> = found
        .iter()
        .map(|deadline| json!({"date": deadline.day, "what": deadline.what, "event": common::data(&deadline.row)}))
        .collect();
    let data = json!({"as_of": from, "within_days": within, "deadlines": list});
    Ok(Answer { title, blocks, notes: vec![common::freshness(call)?], data, ..Answer::default() })
}
