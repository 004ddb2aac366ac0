//! `/admin event add`: an event that a curator tells, with the sentence it rests on and where that
//! stands.

use attache_extract::event::{Act, Factuality, Kind, Status};
use attache_extract::{Event, StateCode, Vocabulary as _};
use attache_store::record::EventRecord;
use attache_store::{CommitError, NewArticle};
use serde_json::{Value, json};

use super::correct::{REASON, done};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common::{self, words_of};
use crate::intake;
use crate::reply::Answer;

pub(super) const COMMAND: Command = Command {
    name: "add",
    about: "Add an event that no article was read for",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            Opt { name: "kind", about: "Kind", kind: OptKind::Word(words_of::<Kind>), required: true },
            common::needed("subtype", "One of the kind's, such as call"),
            long("parties", "US: Ann Lee, Minister; CN: Bo Wu", 500, true),
            long("quote", "The source's sentence, verbatim", 1000, true),
            common::needed("published", "The source's day, YYYY-MM-DD"),
            REASON,
            long("url", "The source's address", 1000, false),
            common::text("publisher", "Who published it"),
            common::text("date", "When it happened; published unless given"),
            common::text("place", "Where"),
            common::text("topics", "Subjects, with commas"),
            common::text("scope", "Goods or measure"),
            common::text("effective", "Start of the measure"),
            common::text("expires", "End of the measure"),
            Opt {
                name: "factuality",
                about: "asserted unless given",
                kind: OptKind::Word(words_of::<Factuality>),
                required: false,
            },
            Opt { name: "status", about: "State", kind: OptKind::Word(words_of::<Status>), required: false },
        ],
        run,
    },
};

const fn long(name: &'static str, about: &'static str, max: u16, required: bool) -> Opt {
    Opt { name, about, kind: OptKind::Text { max, complete: None }, required }
}

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let published = common::read_date(call, "published")?.unwrap_or_else(|| common::today(call));
    let event = event(call, published)?;
    let quote = event.quote.clone();
    let url = call.args.text("url");
    if url.is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(Fault::user("url: an address begins with https:// or http://"));
    }
    let article = NewArticle {
        title: None,
        url,
        publisher: call.args.text("publisher"),
        published,
        text: &quote,
        origin: "curator",
        rules: intake::RULES,
    };
    let reason = call.args.text("reason").unwrap_or_default();
    let entry = call.app.store.add(&article, &event, &call.caller.label(), reason, call.now);
    let entry = entry.map_err(|error| match error {
        CommitError::Write(error) => Fault::from(error),
        other => Fault::user(other.to_string()),
    })?;
    done(call, &entry)
}

fn event(call: &Call<'_>, published: jiff::civil::Date) -> Result<Event, Fault> {
    let text = |name: &str| call.args.text(name).map(str::trim).filter(|text| !text.is_empty());
    let day = common::read_date(call, "date")?.unwrap_or(published);
    let kind = common::read_word::<Kind>(call, "kind").unwrap_or(Kind::Engagement);
    let subtype = text("subtype").unwrap_or_default().to_lowercase().replace(' ', "_");
    Act::new(kind, &subtype).map_err(|error| Fault::user(format!("subtype: {error}")))?;
    let quote = text("quote").ok_or_else(|| Fault::user("quote: an event rests on a sentence"))?;
    let actor_first = !matches!(kind, Kind::Engagement | Kind::Agreement);
    let parties = parties(call, text("parties").unwrap_or_default(), actor_first)?;
    let record = json!({
        "kind": kind.as_str(), "subtype": subtype, "parties": parties,
        "date": {"start": day, "end": day, "precision": "day"},
        "effective": text("effective"), "expires": text("expires"), "duration": null, "rate": null,
        "scope": text("scope"), "topics": common::read_list(call, "topics"), "place": text("place"),
        "factuality": text("factuality").unwrap_or("asserted"), "status": text("status"), "quote": quote,
        "claims": [], "plover": {"category": "STATEMENT", "mode": null}, "confidence": 1.0,
        "evidence": {"quote": [0, quote.len()], "rules": []},
    });
    let record: EventRecord =
        serde_json::from_value(record).map_err(|error| Fault::user(error.to_string()))?;
    Event::try_from(record).map_err(Fault::user)
}

/// Reads `US: Ann Lee, Minister; CN`. Of a measure the first party acts and the others receive.
fn parties(call: &Call<'_>, text: &str, actor_first: bool) -> Result<Vec<Value>, Fault> {
    let mut parties = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (country, who) = part.split_once(':').map_or((part, ""), |(country, who)| (country, who));
        let code: StateCode = common::country_of(call.app, country.trim(), common::today(call))
            .ok_or_else(|| Fault::user(format!("parties: {:?} is no country I know", country.trim())))?;
        let (name, office) = who.split_once(',').map_or((who, ""), |(name, office)| (name, office));
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let role = match (actor_first, parties.is_empty()) {
            (false, _) => "participant",
            (true, true) => "actor",
            (true, false) => "recipient",
        };
        parties.push(
            json!({"name": given(name), "office": given(office), "country": code.to_string(), "role": role}),
        );
    }
    if parties.is_empty() {
        return Err(Fault::user("parties: who takes part? Such as US: Ann Lee, Minister; CN: Bo Wu"));
    }
    Ok(parties)
}
