//! `/engagements`: who met whom, at what level, and what came of it; how often, and what articles
//! count beside what the log holds.

use std::collections::BTreeMap;

use attache_extract::event::{Engagement, Kind};
use attache_store::view::claims::{Claim, claims};
use attache_store::view::engagements::{Level, Tally, channel, level, took_place};
use attache_store::{EventQuery, StoredEvent};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::common::{self, SHORT, country, text, words_of};
use super::suggest;
use crate::chart::engagements::{Month, draw};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::reply::{Answer, Block, Picture, Rich};

pub(super) static COMMAND: Command = Command {
    name: "engagements",
    about: "Calls, meetings, talks and visits between officials, latest first",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    country("with", "A country that took part, such as CN"),
    country("party", "Another country that took part"),
    Opt {
        name: "person",
        about: "Part of a name or an office",
        kind: OptKind::Text { max: SHORT, complete: Some(suggest::people) },
        required: false,
    },
    Opt { name: "level", about: "At least this level", kind: OptKind::Word(levels), required: false },
    Opt {
        name: "channel",
        about: "How they met",
        kind: OptKind::Word(words_of::<Engagement>),
        required: false,
    },
    Opt {
        name: "topic",
        about: "A subject",
        kind: OptKind::Text { max: SHORT, complete: Some(suggest::topics) },
        required: false,
    },
    text("since", "First day, YYYY-MM-DD"),
    text("until", "Last day, YYYY-MM-DD"),
    common::PAGE,
    common::CHART,
    common::SOURCES,
    common::PRIVATE,
];

fn levels() -> Vec<&'static str> {
    Level::ALL.map(Level::as_str).to_vec()
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let countries = [common::read_country(call, "with")?, common::read_country(call, "party")?];
    let least = call.args.text("level").and_then(Level::parse);
    let query = EventQuery {
        countries: countries.into_iter().flatten().collect(),
        people: call.args.text("person").map(str::to_owned).into_iter().collect(),
        subtypes: call.args.text("channel").map(str::to_owned).into_iter().collect(),
        topics: common::read_list(call, "topic"),
        levels: Level::ALL.into_iter().filter(|level| least.is_some_and(|least| *level >= least)).collect(),
        since: common::read_date(call, "since")?,
        until: common::read_date(call, "until")?,
        ..EventQuery::of(Kind::Engagement)
    };
    // Where nobody reads the data and nothing is drawn, only what is shown is read.
    let store = &call.app.store;
    let counted = match common::wants_data(call) || call.args.flag("chart") {
        true => None,
        false => store.tally(&query),
    };
    let (counts, rows, total) = match counted {
        Some(tally) => {
            let part = common::Part::of(call, tally.found);
            let shown = store.events(&query, None, part.before + common::SHOWN)?.events;
            (Counts::from(&tally), shown, tally.found)
        }
        None => {
            let rows = store.all_events(&query)?;
            let (counts, total) = (Counts::of(&rows), rows.len());
            (counts, rows, total)
        }
    };
    let mut blocks: Vec<_> = counts.line().map(|line| Block::Line(Rich::text(line))).into_iter().collect();
    let part = common::Part::of(call, total);
    let page = part.cut(&rows);
    if call.args.flag("sources") {
        return common::sources(call, "engagements", page);
    }
    // A claim counts contacts that the question may have left out.
    let log = match page.iter().any(|row| !row.event.claims.is_empty()) {
        true => call.app.store.all_events(&EventQuery::of(Kind::Engagement))?,
        false => Vec::new(),
    };
    for row in page {
        let mut entry = common::entry(call.app, row)?;
        if let Some(Block::Item { lines, .. }) = entry.first_mut() {
            lines.extend(
                level(row).map(|level| Rich::text(format!("level: {}", level.as_str().replace('_', " ")))),
            );
            lines.extend(claims(row, &log).iter().map(beside));
        }
        blocks.extend(entry);
        blocks.extend(common::further_quotes(call.app, row)?);
    }
    let title = match total {
        0 => "No engagement fits these filters".to_owned(),
        1 => "1 engagement".to_owned(),
        n => format!("{n} engagements, latest first"),
    };
    let mut pictures = Vec::new();
    if call.args.flag("chart") && !rows.is_empty() {
        pictures.push(picture(call, &rows, &query)?);
    }
    let entries: Vec<_> = common::told(call, &rows)
        .iter()
        .map(|row| {
            let mut entry = common::data(row);
            if let Some(map) = entry.as_object_mut() {
                map.insert("level".to_owned(), json!(level(row).map(Level::as_str)));
                map.insert("claims_checked".to_owned(), claims(row, &log).iter().map(claim).collect());
            }
            entry
        })
        .collect();
    let data = json!({"as_of": call.now, "total": total, "counts": counts.data(), "engagements": entries});
    let notes = part.note().into_iter().chain([common::freshness(call)?]).collect();
    let chart = (!rows.is_empty()).then(|| common::chart_button("engagements", call)).flatten();
    let controls = part.controls("engagements", call).into_iter().chain(chart);
    let controls = controls.chain(common::sources_button("engagements", call, page));
    let controls = controls.chain(common::openers(page)).collect();
    Ok(Answer { title, blocks, notes, data, pictures, controls, ..Answer::default() })
}

/// What a text counts, and what the log holds.
fn beside(claim: &Claim) -> Rich {
    let ids = claim.log.iter().map(|id| id.short()).collect::<Vec<_>>().join(" ");
    let verdict = if claim.agrees() { "as many" } else { "not as many" };
    Rich::text(format!(
        "the text says “{}”; since {} the log holds {} {}, {verdict}: ",
        claim.words,
        claim.since,
        claim.log.len(),
        claim.form
    ))
    .code(ids)
}

fn claim(claim: &Claim) -> Value {
    json!({"claim": claim.words, "says": claim.nth, "since": claim.since, "form": claim.form,
        "log_holds": claim.log.len(), "agrees": claim.agrees(),
        "events": claim.log.iter().map(ToString::to_string).collect::<Vec<_>>()})
}

/// How many contacts took place, by level, channel and month.
#[derive(Default)]
struct Counts {
    total: usize,
    levels: BTreeMap<std::cmp::Reverse<Option<Level>>, usize>,
    channels: BTreeMap<String, usize>,
    months: BTreeMap<String, usize>,
}

impl From<&Tally> for Counts {
    /// Without months, which only the data and the chart have.
    fn from(tally: &Tally) -> Self {
        let levels = tally.levels.iter().map(|(level, count)| (std::cmp::Reverse(*level), *count));
        let channels = tally.channels.iter().map(|(word, count)| (word.replace('_', " "), *count));
        Self {
            total: tally.took_place,
            levels: levels.collect(),
            channels: channels.collect(),
            months: BTreeMap::new(),
        }
    }
}

impl Counts {
    fn of(rows: &[StoredEvent]) -> Self {
        let mut counts = Self::default();
        for row in rows.iter().filter(|row| took_place(row)) {
            counts.total += 1;
            *counts.levels.entry(std::cmp::Reverse(level(row))).or_default() += 1;
            *counts.channels.entry(channel(row)).or_default() += 1;
            *counts.months.entry(row.sort_day.strftime("%Y-%m").to_string()).or_default() += 1;
        }
        counts
    }

    fn line(&self) -> Option<String> {
        let levels = self.levels.iter().map(|(level, n)| format!("{n} {}", word(level.0)));
        let channels = self.channels.iter().map(|(channel, n)| format!("{n} {channel}"));
        let (levels, channels): (Vec<_>, Vec<_>) = (levels.collect(), channels.collect());
        (self.total > 1).then(|| {
            format!(
                "{} took place. By level: {}. By channel: {}.",
                self.total,
                levels.join(", "),
                channels.join(", ")
            )
        })
    }

    fn data(&self) -> Value {
        let levels: BTreeMap<_, _> =
            self.levels.iter().map(|(level, n)| (level.0.map_or("unknown", Level::as_str), n)).collect();
        json!({"took_place": self.total, "by_level": levels, "by_channel": self.channels, "by_month": self.months})
    }
}

fn word(level: Option<Level>) -> String {
    level.map_or_else(|| "level not told".to_owned(), |level| level.as_str().replace('_', " "))
}

/// Months a chart shows at most.
const MONTHS: i32 = 36;

fn picture(call: &Call<'_>, rows: &[StoredEvent], query: &EventQuery) -> Result<Picture, Fault> {
    const NAMES: [&str; 5] = ["leaders", "ministers", "vice ministers", "working level", "level not told"];
    let held: Vec<_> = rows.iter().filter(|row| took_place(row)).collect();
    let newest = held.iter().map(|row| row.sort_day).max().unwrap_or_else(|| common::today(call));
    let oldest = held.iter().map(|row| row.sort_day).min().unwrap_or(newest);
    let last = query.until.unwrap_or(newest).first_of_month();
    let earliest = last.saturating_sub(jiff::Span::new().months(MONTHS - 1));
    let first = query.since.unwrap_or(oldest).first_of_month().max(earliest);
    let mut months = Vec::new();
    let mut month: Date = first;
    while month <= last {
        let mut counts = vec![0; NAMES.len()];
        for row in held.iter().filter(|row| row.sort_day.first_of_month() == month) {
            let at = match level(row) {
                Some(Level::Leader) => 0,
                Some(Level::Minister) => 1,
                Some(Level::ViceMinister) => 2,
                Some(Level::Working) => 3,
                None => 4,
            };
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
        months.push(Month { first: month, counts });
        let Ok(next) = month.checked_add(jiff::Span::new().months(1)) else { break };
        month = next;
    }
    let sides = query.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    let title =
        if sides.is_empty() { "Contacts a month".to_owned() } else { format!("Contacts a month, {sides}") };
    let note = "Attaché's engagement log: what took place by the texts stored.";
    let bytes = draw(&title, &NAMES, &months, note).map_err(|error| Fault::Internal(Box::new(error)))?;
    let alt =
        format!("Column chart: {title}, by level, {} to {}", first.strftime("%B %Y"), last.strftime("%B %Y"));
    Ok(Picture { name: "engagements.png".to_owned(), bytes, alt })
}
