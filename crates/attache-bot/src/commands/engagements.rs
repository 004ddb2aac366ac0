//! `/engagements`: who met whom, at what level, and what came of it.

use attache_extract::event::{Engagement, Kind};
use attache_store::EventQuery;
use attache_store::view::engagements::{Level, level};
use serde_json::json;

use super::common::{self, SHORT, country, text, words_of};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::reply::Answer;

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
        kind: OptKind::Text { max: SHORT, complete: Some(common::suggest_people) },
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
        kind: OptKind::Text { max: SHORT, complete: Some(common::suggest_topics) },
        required: false,
    },
    text("since", "First day, YYYY-MM-DD"),
    text("until", "Last day, YYYY-MM-DD"),
];

fn levels() -> Vec<&'static str> {
    Level::ALL.map(Level::as_str).to_vec()
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let countries = [common::read_country(call, "with")?, common::read_country(call, "party")?];
    let query = EventQuery {
        countries: countries.into_iter().flatten().collect(),
        people: call.args.text("person").map(str::to_owned).into_iter().collect(),
        subtypes: call.args.text("channel").map(str::to_owned).into_iter().collect(),
        topics: common::read_list(call, "topic"),
        since: common::read_date(call, "since")?,
        until: common::read_date(call, "until")?,
        ..EventQuery::of(Kind::Engagement)
    };
    let mut rows = call.app.store.all_events(&query)?;
    if let Some(least) = call.args.text("level").and_then(Level::parse) {
        rows.retain(|row| level(row).is_some_and(|level| level >= least));
    }
    let (blocks, more) = common::entries(call.app, &rows)?;
    let title = match rows.len() {
        0 => "No engagement fits these filters".to_owned(),
        1 => "1 engagement".to_owned(),
        n => format!("{n} engagements, latest first"),
    };
    let log: Vec<_> = rows
        .iter()
        .map(|row| {
            let mut entry = common::data(row);
            if let Some(map) = entry.as_object_mut() {
                map.insert("level".to_owned(), json!(level(row).map(Level::as_str)));
            }
            entry
        })
        .collect();
    let data = json!({"as_of": call.now, "total": rows.len(), "engagements": log});
    Ok(Answer {
        title,
        blocks,
        notes: more.into_iter().chain([common::freshness(call)?]).collect(),
        data,
        ..Answer::default()
    })
}
