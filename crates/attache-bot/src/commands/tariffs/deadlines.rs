//! `/tariffs deadlines`: what starts, ends or comes back soon: duties as the ledger has them,
//! tensions whose suspension ends, exclusions that run out, contacts that are planned.

use attache_extract::StateCode;
use attache_extract::event::Role;
use attache_extract::when::Moment;
use attache_store::view::origin::{self, Certainty};
use attache_store::view::tariffs::{AsOf, Layer, Ledger, State};
use attache_store::view::terms::{Term, term_of};
use attache_store::{EventQuery, ReadError, Store, StoredEvent};
use jiff::civil::Date;
use serde_json::json;

use super::status::{figure, name};
use crate::chart::deadlines::{Row, Turn, draw};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common::{self, DIGEST};
use crate::commands::suggest;
use crate::reply::{Answer, Block, Picture, Rich};

pub(super) const COMMAND: Command = Command {
    name: "deadlines",
    about: "What starts, ends or comes back within so many days, and a chart",
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
    common::country("imposer", "Only what this country does, such as US"),
    common::country("on", "Only what hits this country, or all, such as CN"),
    Opt {
        name: "topic",
        about: "A subject, such as Section 301",
        kind: OptKind::Text { max: common::SHORT, complete: Some(suggest::topics) },
        required: false,
    },
    common::text("since", "Only from this day on, YYYY-MM-DD"),
    Opt {
        name: "act",
        about: "A kind of act, such as suspend; several with commas between",
        kind: OptKind::Text { max: common::SHORT, complete: Some(suggest::tariff_acts) },
        required: false,
    },
    common::PAGE,
    common::CHART,
    common::SOURCES,
    common::PRIVATE,
];

/// Something ahead.
#[derive(Debug, Clone)]
pub(crate) struct Deadline {
    pub(crate) day: Date,
    /// `starts`, `ends`, `comes_back` or `planned`.
    pub(crate) what: &'static str,
    /// What it is about.
    pub(crate) title: String,
    /// What happens then.
    pub(crate) then: String,
    /// The event it rests on.
    pub(crate) row: StoredEvent,
}

/// What lies ahead within `days` from `from`, the nearest first, by what was known then.
pub(crate) fn ahead(store: &Store, from: Date, days: i64) -> Result<Vec<Deadline>, ReadError> {
    let to = from.saturating_add(jiff::Span::new().days(days));
    let soon = |day: Option<Date>| day.filter(|day| (from..=to).contains(day));
    let mut found = Vec::new();
    for imposer in store.with_ledger(Ledger::imposers)? {
        for layer in &store.tariff_status(imposer, None, AsOf::Day(from))?.layers {
            let Some((day, what, then)) = turn(layer).filter(|(day, _, _)| soon(Some(*day)).is_some()) else {
                continue;
            };
            let Some(row) = layer.sources.first().map(|id| store.event(*id)).transpose()?.flatten() else {
                continue;
            };
            let on = layer.on.map(|code| format!(" on {code}")).unwrap_or_default();
            found.push(Deadline { day, what, title: format!("{imposer}{on}: {}", name(layer)), then, row });
        }
    }
    for thread in store.threads(from)?.iter() {
        if let (Some(day), Some(row)) = (soon(thread.until.as_deref().and_then(last_day)), thread.last()) {
            let title = format!("{}: {}", thread.sides.join("–"), thread.subject);
            let then = "unless prolonged, the suspension ends and the measure works again".to_owned();
            found.push(Deadline { day, what: "comes_back", title, then, row: row.clone() });
        }
    }
    for id in store.with_terms(|terms| terms.between(from, to).collect::<Vec<_>>())? {
        let row = store.event(id)?.filter(|row| row.sort_day <= from);
        found.extend(row.and_then(of_its_own));
    }
    found.sort_by_key(|deadline| (deadline.day, deadline.title.clone(), deadline.row.id));
    Ok(found)
}

/// The next turn of a row of the ledger.
fn turn(layer: &Layer) -> Option<(Date, &'static str, String)> {
    match layer.state {
        State::InForce => Some((layer.until_day?, "ends", layer.then.clone().unwrap_or_default())),
        State::Suspended => Some((layer.until_day?, "comes_back", layer.then.clone().unwrap_or_default())),
        State::Announced => {
            let day = last_day(layer.effective.as_deref()?)?;
            let ends = layer.rate.is_none() && layer.then.is_some();
            let exact = layer.effective.as_deref().is_some_and(is_day);
            let open = || format!("{}, at the latest then: the text gives no day", figure(layer));
            let start = || if exact { format!("{} from then on", figure(layer)) } else { open() };
            let then = layer.then.clone().unwrap_or_else(start);
            Some((day, if ends { "ends" } else { "starts" }, then))
        }
        _ => None,
    }
}

/// The end or plan that an event tells itself.
fn of_its_own(row: StoredEvent) -> Option<Deadline> {
    let (day, term) = term_of(&row)?;
    let (what, then) = match term {
        Term::Planned => ("planned", "a planned contact"),
        Term::Exclusion => ("ends", "the exclusions end unless they are prolonged"),
        Term::Agreement => ("ends", "its term ends"),
    };
    let title = row.event.scope.clone().unwrap_or_else(|| row.event.quote.clone());
    Some(Deadline { day, what, title, then: then.to_owned(), row })
}

fn last_day(text: &str) -> Option<Date> {
    text.parse::<Moment>().ok()?.days().map(|(_, last)| last)
}

/// Whether the text gives the day itself.
fn is_day(text: &str) -> bool {
    let days = |moment: &Moment| moment.days().is_some_and(|(first, last)| first == last && !moment.by);
    text.parse::<Moment>().is_ok_and(|moment| days(&moment))
}

/// A deadline as an entry.
pub(in crate::commands) fn item(
    call: &Call<'_>,
    from: Date,
    deadline: &Deadline,
) -> Result<Vec<Block>, Fault> {
    let ahead = match days(from, deadline.day) {
        1 => " (1 day): ".to_owned(),
        days => format!(" ({days} days): "),
    };
    let head = Rich::default().day(deadline.day).and(ahead).strong(deadline.title.clone());
    let digest = origin::certainty(&deadline.row.event) == Some(Certainty::Digest);
    let mark = if digest { format!(" ({DIGEST})") } else { String::new() };
    let line = Rich::text(format!("{}{mark}  ", deadline.then)).code(deadline.row.id.short());
    Ok(vec![Block::Item { head, lines: vec![line] }, common::quote(call.app, &deadline.row)?])
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Leaves what the options ask for; a measure that names nobody it hits, hits all.
fn narrow(call: &Call<'_>, found: &mut Vec<Deadline>) -> Result<(), Fault> {
    let on = common::read_country(call, "on")?;
    let query = EventQuery {
        actor: common::read_country(call, "imposer")?,
        topics: common::read_list(call, "topic")
            .iter()
            .flat_map(|t| t.split('|').map(str::to_owned))
            .collect(),
        subtypes: common::read_list(call, "act"),
        ..EventQuery::default()
    };
    let hits = |row: &StoredEvent, code: StateCode| {
        let mut hit = row.event.parties.iter().filter(|party| party.role.0 != Role::Actor).peekable();
        hit.peek().is_none() || hit.any(|party| party.country.as_deref() == Some(code.as_str()))
    };
    let since = common::read_date(call, "since")?;
    found.retain(|deadline| since.is_none_or(|day| deadline.day >= day));
    found.retain(|deadline| query.matches(&deadline.row) && on.is_none_or(|code| hits(&deadline.row, code)));
    Ok(())
}

const PATH: &str = "tariffs deadlines";

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let from = common::read_date(call, "as_of")?.unwrap_or_else(|| common::today(call));
    let within = call.args.whole("within").unwrap_or(90);
    let mut found = ahead(&call.app.store, from, within)?;
    narrow(call, &mut found)?;
    let mut blocks = Vec::new();
    let part = common::Part::of(call, found.len());
    let events: Vec<_> = part.cut(&found).iter().map(|deadline| deadline.row.clone()).collect();
    if call.args.flag("sources") {
        return common::sources(call, PATH, &events);
    }
    for deadline in part.cut(&found) {
        blocks.extend(item(call, from, deadline)?);
    }
    let title = match found.len() {
        0 => format!("No stored text gives a start or an end within {within} days"),
        n => format!("{n} starts and ends within {within} days"),
    };
    let mut pictures = Vec::new();
    if call.args.flag("chart") && !found.is_empty() {
        let bytes =
            draw(&title, &rows(from, &found), &format!("Attaché's ledger and register, as of {from}."))
                .map_err(|error| Fault::Internal(Box::new(error)))?;
        pictures.push(Picture { name: "deadlines.png".to_owned(), bytes, alt: format!("Chart: {title}") });
    }
    let list: Vec<_> = found
        .iter()
        .map(|deadline| {
            json!({"date": deadline.day, "days": days(from, deadline.day), "what": deadline.what, "title": deadline.title,
                "then": deadline.then, "event": common::data(&deadline.row)})
        })
        .collect();
    let data = json!({"as_of": from, "within_days": within, "deadlines": list});
    let controls = part.controls(PATH, call).into_iter();
    let chart = (!found.is_empty()).then(|| common::chart_button(PATH, call)).flatten();
    let controls = controls
        .chain(chart)
        .chain(common::sources_button(PATH, call, &events))
        .chain(common::openers(&events))
        .collect();
    let notes = part.note().into_iter().chain([common::freshness(call)?]).collect();
    Ok(Answer { title, blocks, notes, data, pictures, controls, ..Answer::default() })
}

fn rows(from: Date, found: &[Deadline]) -> Vec<Row> {
    let row = |deadline: &Deadline| Row {
        day: deadline.day.strftime("%-d %b %Y").to_string(),
        days: days(from, deadline.day),
        what: deadline.title.clone(),
        then: deadline.then.clone(),
        turn: match deadline.what {
            "starts" | "comes_back" => Turn::Starts,
            "ends" => Turn::Ends,
            _ => Turn::Due,
        },
    };
    found.iter().map(row).collect()
}
