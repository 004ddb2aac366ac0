//! The shipped chronology: dated, sourced facts of U.S.-China trade diplomacy since 2018, in our own
//! words, so that a store knows something on its first day.
//!
//! `chronology/*.jsonl` has one record a line, by the year it was published: a key, our sentences,
//! the addresses they were taken from, how certain they are, and the events they tell of. A record
//! becomes an article of origin `chronology` and its events; key and certainty stand in the events'
//! evidence (see [`view::origin`](crate::view::origin)). Nothing is announced.

use attache_extract::Event;
use attache_extract::event::{Factuality, Kind, PloverCategory, Status};
use attache_extract::when::Precision;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::article::Article;
use crate::change::Act;
use crate::commit::{event_row, rows_of};
use crate::engine::Put;
use crate::error::WriteError;
use crate::id::{ArticleId, EventId};
use crate::record::{DateRecord, EventRecord, EvidenceRecord, PartyRecord, PloverRecord, RateRecord, Word};
use crate::row::{Source, StoredEvent};
use crate::store::Store;
use crate::view::origin::{self, Certainty};

/// The origin of the chronology's articles.
pub const ORIGIN: &str = "chronology";

/// Name and content of each file.
const FILES: &[(&str, &str)] = &[
    ("2018.jsonl", include_str!("../chronology/2018.jsonl")),
    ("2019.jsonl", include_str!("../chronology/2019.jsonl")),
    ("2020.jsonl", include_str!("../chronology/2020.jsonl")),
    ("2021.jsonl", include_str!("../chronology/2021.jsonl")),
    ("2022.jsonl", include_str!("../chronology/2022.jsonl")),
    ("2023.jsonl", include_str!("../chronology/2023.jsonl")),
    ("2024.jsonl", include_str!("../chronology/2024.jsonl")),
    ("2025.jsonl", include_str!("../chronology/2025.jsonl")),
    ("2026.jsonl", include_str!("../chronology/2026.jsonl")),
];

/// One record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChronologyRecord {
    /// Its name; it never changes.
    pub key: String,
    /// The day it was made known, as far as known.
    pub published: Date,
    /// The day its source was seen, where known.
    #[serde(default)]
    pub seen: Option<Date>,
    /// `primary`, `secondary` or `digest`.
    pub certainty: String,
    /// Where it was taken from, the best first.
    pub sources: Vec<ChronologySource>,
    /// Our sentences.
    pub text: String,
    /// What they tell of.
    pub events: Vec<ChronologyEvent>,
}

/// Where a record was taken from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChronologySource {
    /// Its address, where one is known.
    #[serde(default)]
    pub url: Option<String>,
    /// What it is.
    #[serde(default)]
    pub name: Option<String>,
    /// The collection it was found in.
    #[serde(default)]
    pub via: Option<String>,
}

/// One event of a record; what is not given is not known. The fields are those of [`EventRecord`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChronologyEvent {
    /// Name within the record; the main event has none.
    #[serde(default)]
    pub part: Option<String>,
    /// Byte range of its sentence in the record's text.
    pub sentence: [usize; 2],
    kind: Word<Kind>,
    subtype: String,
    #[serde(default)]
    parties: Vec<PartyRecord>,
    date: (Date, Date, Word<Precision>),
    #[serde(default)]
    effective: Option<String>,
    #[serde(default)]
    expires: Option<String>,
    #[serde(default)]
    duration: Option<String>,
    #[serde(default)]
    rate: Option<RateRecord>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    place: Option<String>,
    factuality: Word<Factuality>,
    #[serde(default)]
    status: Option<Word<Status>>,
    plover: Word<PloverCategory>,
    /// The thread of the tension register it belongs to.
    #[serde(default)]
    thread: Option<String>,
}

/// A line of the chronology that does not read; a test keeps the shipped one free of them.
#[derive(Debug, thiserror::Error)]
#[error("chronology {file}, line {line}: {what}")]
pub struct BadChronology {
    /// The file.
    pub file: &'static str,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Why the chronology was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum ChronologyError {
    /// It does not read.
    #[error(transparent)]
    Bad(#[from] BadChronology),
    /// The store refused it.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The shipped records, in the order of their files.
///
/// # Errors
/// Names the first line that does not read.
pub fn chronology() -> Result<Vec<ChronologyRecord>, BadChronology> {
    let mut records = Vec::new();
    for &(file, text) in FILES {
        for (line, row) in (1..).zip(text.lines()) {
            let bad = |what: String| BadChronology { file, line, what };
            let record: ChronologyRecord =
                serde_json::from_str(row).map_err(|error| bad(error.to_string()))?;
            for event in &record.events {
                record.event(event).map_err(bad)?;
            }
            records.push(record);
        }
    }
    Ok(records)
}

impl ChronologyRecord {
    /// The name of one of its events: the record's, and the part's after a `/`.
    #[must_use]
    pub fn name(&self, event: &ChronologyEvent) -> String {
        event.part.as_ref().map_or_else(|| self.key.clone(), |part| format!("{}/{part}", self.key))
    }

    /// One of its events as it is stored.
    ///
    /// # Errors
    /// Names the field that no event can have.
    pub fn event(&self, event: &ChronologyEvent) -> Result<EventRecord, String> {
        let name = self.name(event);
        let certainty = Certainty::parse(&self.certainty)
            .ok_or_else(|| format!("{name}: certainty {:?}", self.certainty))?;
        let [from, to] = event.sentence;
        let quote =
            self.text.get(from..to).ok_or_else(|| format!("{name}: no sentence at {from}..{to}"))?.to_owned();
        let (start, end, precision) = event.date;
        let record = EventRecord {
            kind: event.kind,
            subtype: event.subtype.clone(),
            parties: event.parties.clone(),
            date: DateRecord { start: Some(start), end: Some(end), precision },
            effective: event.effective.clone(),
            expires: event.expires.clone(),
            duration: event.duration.clone(),
            rate: event.rate.clone(),
            scope: event.scope.clone(),
            topics: event.topics.clone(),
            place: event.place.clone(),
            factuality: event.factuality,
            status: event.status,
            quote,
            claims: Vec::new(),
            plover: PloverRecord { category: event.plover, mode: None },
            confidence: match certainty {
                Certainty::Primary => 0.98,
                Certainty::Secondary => 0.9,
                Certainty::Digest => 0.6,
            },
            evidence: EvidenceRecord {
                quote: event.sentence,
                fields: std::collections::BTreeMap::default(),
                rules: origin::rules(&name, certainty, event.thread.as_deref()),
            },
        };
        Event::try_from(record)
            .map(|event| EventRecord::from(&event))
            .map_err(|what| format!("{name}: {what}"))
    }

    /// Our sentences, then what they were taken from.
    fn article(&self) -> String {
        let mut text = format!(
            "{}\n\nAttaché's chronology, record {}, certainty {}.",
            self.text, self.key, self.certainty
        );
        for source in &self.sources {
            let parts = [
                source.url.clone(),
                source.name.clone(),
                source.via.as_ref().map(|via| format!("by way of {via}")),
            ];
            let line = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
            text.push_str(&format!("\nSource: {line}"));
        }
        text
    }

    /// Who published the best source: its own name, or its address's host.
    fn publisher(&self) -> Option<String> {
        let first = self.sources.first()?;
        let host = first.url.as_deref().and_then(|url| url.split("://").nth(1)?.split('/').next());
        first.name.clone().or_else(|| host.map(|host| host.trim_start_matches("www.").to_owned()))
    }
}

impl Store {
    /// Stores the shipped chronology in one transaction: what is there already, deleted or
    /// corrected, stays as it is. Returns how many events came.
    ///
    /// # Errors
    /// When the chronology does not read or the store cannot be written; nothing is stored then.
    ///
    /// # Guarantees
    /// As for [`commit_article`](Self::commit_article); nothing is announced.
    pub fn load_chronology(&self, now: Timestamp) -> Result<usize, ChronologyError> {
        let records = chronology()?;
        let mut bad = None;
        let loaded = self.decide(now, "program", Act::Chronology, |_| {
            self.chronology_rows(&records, now).map_err(|error| match error {
                ChronologyError::Write(error) => error,
                ChronologyError::Bad(found) => {
                    let what = found.what.clone();
                    bad = Some(found);
                    WriteError::Engine(what)
                }
            })
        });
        match (bad, loaded) {
            (Some(bad), _) => Err(bad.into()),
            (None, loaded) => Ok(loaded?),
        }
    }

    /// How many events the records bring, and their rows.
    fn chronology_rows(
        &self,
        records: &[ChronologyRecord],
        now: Timestamp,
    ) -> Result<(usize, Vec<Put>), ChronologyError> {
        let mut puts = Vec::new();
        let mut loaded = 0;
        for record in records {
            let text = record.article();
            let id = ArticleId::of_text(&text);
            let mut rows = Vec::new();
            for event in &record.events {
                let bad = |what: String| BadChronology { file: "record", line: 0, what };
                let row = stored(record, event, id, now).map_err(bad)?;
                if self.event(row.id).map_err(WriteError::from)?.is_none() {
                    loaded += 1;
                    rows.push(event_row(&row)?);
                }
            }
            if !rows.is_empty() && self.article(id).map_err(WriteError::from)?.is_none() {
                let article = Article {
                    id,
                    title: None,
                    url: record.sources.first().and_then(|source| source.url.clone()),
                    publisher: record.publisher(),
                    published: record.published,
                    stored: now,
                    origin: ORIGIN.to_owned(),
                    rules: ORIGIN.to_owned(),
                    bytes: text.len(),
                };
                puts.extend(rows_of(&article, &text)?);
            }
            puts.extend(rows);
        }
        Ok((loaded, puts))
    }
}

fn stored(
    record: &ChronologyRecord,
    event: &ChronologyEvent,
    article: ArticleId,
    now: Timestamp,
) -> Result<StoredEvent, String> {
    let name = record.name(event);
    let event = record.event(event)?;
    let source = Source {
        article,
        published: record.published,
        quote: event.quote.clone(),
        span: event.evidence.quote,
        joined: None,
    };
    let sort_day = event.date.start.unwrap_or(record.published);
    Ok(StoredEvent {
        id: EventId::of_name(ORIGIN, &name),
        event,
        sources: vec![source],
        known_since: now,
        revision: 1,
        deleted: false,
        sort_day,
    })
}
