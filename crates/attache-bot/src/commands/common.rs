//! What several commands share: reading options, and events as entries of an answer.

use attache_extract::{Event, StateCode, Vocabulary};
use attache_store::view::origin::{self, Certainty, Verdict};
use attache_store::view::tariffs::AsOf;
use attache_store::{EventId, EventQuery, Found, ReadError, StoredEvent, WriteError};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::suggest;
use crate::app::App;
use crate::command::{Call, Caller, Fault, Opt, OptKind};
use crate::intake::read_day;
use crate::reply::event_card::{CardSource, cited};
use crate::reply::{Answer, Block, Button, Choice, Control, Menu, Rich, Show, Step, controls, words};

/// Entries shown in one answer; the rest is counted.
pub(super) const SHOWN: usize = 10;

/// What is said of an event that its article told once and tells no more.
pub(super) const OUTDATED: &str = "no longer in the present version of its article";

/// How a record known only from a digest is marked.
pub(super) const DIGEST: &str = "from a news digest only, not confirmed";

/// The longest text that any option but a question or an article takes.
pub(super) const SHORT: u16 = 100;

/// An optional text option.
pub(super) const fn text(name: &'static str, about: &'static str) -> Opt {
    Opt { name, about, kind: OptKind::Text { max: SHORT, complete: None }, required: false }
}

/// A required text option.
pub(super) const fn needed(name: &'static str, about: &'static str) -> Opt {
    Opt { name, about, kind: OptKind::Text { max: SHORT, complete: None }, required: true }
}

/// An option for a country, with suggestions.
pub(super) const fn country(name: &'static str, about: &'static str) -> Opt {
    Opt {
        name,
        about,
        kind: OptKind::Text { max: SHORT, complete: Some(suggest::countries) },
        required: false,
    }
}

/// An option for a chart.
pub(super) const CHART: Opt = Opt {
    name: "chart",
    about: "With a chart: attached on Discord, written to a file in the terminal",
    kind: OptKind::Flag,
    required: false,
};

/// An option for an answer that only the asker sees.
pub(super) const PRIVATE: Opt =
    Opt { name: "private", about: "Shown only to you, on Discord", kind: OptKind::Flag, required: false };

/// An option for the sources of what would be shown.
pub(super) const SOURCES: Opt = Opt {
    name: "sources",
    about: "All sources of what is shown, instead of it",
    kind: OptKind::Flag,
    required: false,
};

/// An option for the page of a list.
pub(super) const PAGE: Opt = Opt {
    name: "page",
    about: "The page of a long answer; 1 unless given",
    kind: OptKind::Whole { min: 1, max: 100_000 },
    required: false,
};

/// The part of a list that is shown, and where it stands in the whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The page, counted from 1.
    pub(super) page: usize,
    /// All pages; at least 1.
    pub(super) pages: usize,
    /// Entries before the page.
    pub(super) before: usize,
    total: usize,
}

impl Part {
    /// The part of `total` entries that the call asks for; a page beyond the last is the last.
    pub(super) fn of(call: &Call<'_>, total: usize) -> Self {
        let pages = total.div_ceil(SHOWN).max(1);
        let wanted = call.args.whole("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
        let page = wanted.clamp(1, pages);
        Self { page, pages, before: (page - 1) * SHOWN, total }
    }

    /// The entries of the page.
    pub(super) fn cut<T>(self, all: &[T]) -> &[T] {
        all.get(self.before..all.len().min(self.before + SHOWN)).unwrap_or_default()
    }

    /// "11 to 20 of 34", where that is not all.
    pub(super) fn note(self) -> Option<String> {
        let last = self.total.min(self.before + SHOWN);
        (self.pages > 1).then(|| {
            format!("{} to {last} of {}; page {} of {}.", self.before + 1, self.total, self.page, self.pages)
        })
    }

    /// Buttons to the neighbouring pages.
    pub(super) fn controls(self, path: &str, call: &Call<'_>) -> Vec<Control> {
        controls::pages(path, call, self.page, self.pages)
    }
}

/// Events read where they cannot be counted without reading them.
const READ: usize = 500;

/// What a query finds, read as far as an answer shows it; all of it where its data may be printed.
pub(super) struct Fitting {
    /// The first ones, up to the page's last.
    pub(super) rows: Vec<StoredEvent>,
    /// How many there are, as far as they were counted.
    pub(super) total: usize,
    /// There are more than `total`.
    pub(super) more: bool,
}

impl Fitting {
    /// Those of a query, newest day first.
    pub(super) fn of(call: &Call<'_>, query: &EventQuery) -> Result<Self, ReadError> {
        let store = &call.app.store;
        let counted = if wants_data(call) { None } else { store.counted(query) };
        if let Some(total) = counted {
            let rows = store.events(query, None, Part::of(call, total).before + SHOWN)?.events;
            return Ok(Self { rows, total, more: false });
        }
        Self::latest(call, query)
    }

    /// All of those of a query, to be narrowed by what only reading tells.
    pub(super) fn whole(call: &Call<'_>, query: &EventQuery) -> Result<Self, ReadError> {
        Self::read(call, query, usize::MAX)
    }

    /// The latest ones of a query, at most [`READ`] where their data is not printed.
    pub(super) fn latest(call: &Call<'_>, query: &EventQuery) -> Result<Self, ReadError> {
        Self::read(call, query, if wants_data(call) { usize::MAX } else { READ })
    }

    fn read(call: &Call<'_>, query: &EventQuery, most: usize) -> Result<Self, ReadError> {
        let page = call.app.store.events(query, None, most)?;
        Ok(Self { total: page.events.len(), rows: page.events, more: page.next.is_some() })
    }
}

/// A button for the chart of an answer that has none yet.
pub(super) fn chart_button(path: &str, call: &Call<'_>) -> Option<Control> {
    let step = Step::again(path, call.args).yes("chart");
    (!call.args.flag("chart")).then(|| Button::alone("Chart", step).into())
}

/// Buttons of links a message shows.
const LINKS: usize = 5;

/// Every source of these events, each with its sentence, instead of the answer that shows them.
pub(super) fn sources(call: &Call<'_>, path: &str, rows: &[StoredEvent]) -> Result<Answer, Fault> {
    let mut blocks = Vec::new();
    let mut controls = Vec::new();
    let mut list = Vec::new();
    let mut links = std::collections::BTreeSet::new();
    for row in rows {
        let event = domain(row)?;
        let head = words::when(&event.date).and("  ").strong(words::title(&event)).and("  ");
        blocks.push(Block::Item { head: head.code(row.id.short()), lines: Vec::new() });
        for source in &row.sources {
            let article = call.app.store.article(source.article)?;
            let article = article.as_ref();
            let url = article.and_then(|article| article.url.clone());
            let publisher = article.and_then(|article| article.publisher.clone());
            let cited = cited(&CardSource::of(&row.id.short(), article, source.published));
            let cited = cited.and(", ").day(source.published);
            blocks.push(Block::Quote { text: source.quote.clone(), source: cited });
            let new = url.clone().filter(|url| links.len() < LINKS && links.insert(url.clone()));
            controls.extend(new.map(|url| {
                let label = publisher.clone().unwrap_or_else(|| host(&url).to_owned());
                Control::Link { label, url }
            }));
            list.push(json!({"event": row.id.to_string(), "article": source.article.to_string(), "url": url,
                "published": source.published, "quote": source.quote}));
        }
    }
    controls.push(Button::here("Back", Step::again(path, call.args).without("sources")).into());
    Ok(Answer {
        title: format!("{} sources of what is shown", list.len()),
        blocks,
        notes: vec![freshness(call)?],
        controls,
        data: json!({"as_of": call.now, "sources": list}),
        ..Answer::default()
    })
}

fn host(url: &str) -> &str {
    url.split("://").nth(1).unwrap_or(url).split('/').next().unwrap_or(url)
}

/// Events that an answer rests on: the first ones of these, each once.
pub(super) fn resting_on(
    call: &Call<'_>,
    ids: impl IntoIterator<Item = EventId>,
) -> Result<Vec<StoredEvent>, ReadError> {
    /// As many as a menu holds.
    const MOST: usize = 25;
    let mut seen = std::collections::BTreeSet::new();
    let mut rows = Vec::new();
    for id in ids.into_iter().filter(|id| seen.insert(*id)).take(MOST) {
        rows.extend(call.app.store.event(id)?);
    }
    Ok(rows)
}

/// A button for the sources of what is shown.
pub(super) fn sources_button(path: &str, call: &Call<'_>, rows: &[StoredEvent]) -> Option<Control> {
    let step = Step::again(path, call.args).without("chart").yes("sources");
    (!rows.is_empty()).then(|| Button::alone("Sources", step).into())
}

/// A menu that opens one of these events.
pub(super) fn openers(rows: &[StoredEvent]) -> Option<Control> {
    let choices = rows.iter().filter_map(|row| {
        let event = domain(row).ok()?;
        let day = words::when(&event.date).plain();
        let who = words::who(&event.parties).map(|who| who.plain()).unwrap_or_default();
        Some(Choice {
            label: format!("{day}: {}", words::title(&event)),
            about: who,
            step: Step::of("event").text("id", row.id.short()),
        })
    });
    let choices: Vec<_> = choices.collect();
    (!choices.is_empty()).then(|| {
        Control::Menu(Menu { hint: "Open one of these events".to_owned(), choices, show: Show::Alone })
    })
}

/// An option for an event's id, with suggestions.
pub(super) const EVENT_ID: Opt = Opt {
    name: "id",
    about: "The event's id, or its first digits",
    kind: OptKind::Text { max: SHORT, complete: Some(suggest::events) },
    required: true,
};

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<WriteError> for Fault {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Missing(_) | WriteError::Conflict(_) => Self::User(error.to_string()),
            other => Self::Internal(Box::new(other)),
        }
    }
}

/// Whether the answer's data may be printed: only a terminal does. Elsewhere a command need not read
/// what only the data would hold; but `/ask` reads whether there is anything in a list, and the rows of a
/// tariff status, whoever asks.
pub(super) fn wants_data(call: &Call<'_>) -> bool {
    *call.caller == Caller::Operator
}

/// What of a list goes into the answer's data: all of it where that may be printed, else nothing.
pub(super) fn told<'r, T>(call: &Call<'_>, list: &'r [T]) -> &'r [T] {
    if wants_data(call) { list } else { &[] }
}

/// Today, as a UTC day.
pub(super) fn today(call: &Call<'_>) -> Date {
    TimeZone::UTC.to_datetime(call.now).date()
}

/// The country an option names, by code or in words.
pub(super) fn read_country(call: &Call<'_>, option: &str) -> Result<Option<StateCode>, Fault> {
    let Some(text) = call.args.text(option) else { return Ok(None) };
    country_of(call.app, text, today(call)).map(Some).ok_or_else(|| {
        Fault::user(format!(
            "{option}: {text:?} is no country I know; give a code such as US, CN or EU, or its name"
        ))
    })
}

pub(super) fn country_of(app: &App, text: &str, today: Date) -> Option<StateCode> {
    // Suggestions are written "CN China".
    let code = text.split_once(' ').and_then(|(code, _)| code.parse().ok());
    text.parse().ok().or(code).or_else(|| app.extractor.read_question(text, today).states.first().copied())
}

/// The day an option names: a day, or an instant whose own calendar day counts.
pub(super) fn read_date(call: &Call<'_>, option: &str) -> Result<Option<Date>, Fault> {
    let Some(text) = call.args.text(option) else { return Ok(None) };
    match text {
        "today" => return Ok(Some(today(call))),
        "yesterday" => return Ok(today(call).yesterday().ok()),
        _ => {}
    }
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    read_day(day).map(Some).map_err(|what| Fault::user(format!("{option}: {what}")))
}

/// The instant an option names: a day (its end, where the duty is charged), a clock time, or an
/// instant with its zone; now unless given.
pub(super) fn read_as_of(call: &Call<'_>, option: &str) -> Result<AsOf, Fault> {
    match call.args.text(option) {
        None => Ok(AsOf::Instant { at: call.now, day: today(call) }),
        Some("today" | "yesterday") => {
            Ok(AsOf::Day(read_date(call, option)?.unwrap_or_else(|| today(call))))
        }
        Some(text) => AsOf::parse(text).ok_or_else(|| {
            Fault::user(format!(
                "{option}: {text:?} is not a day such as 2025-05-23, nor an instant such as 2025-05-23T09:00-04:00"
            ))
        }),
    }
}

/// The value of a word option.
pub(super) fn read_word<T: Vocabulary>(call: &Call<'_>, option: &str) -> Option<T> {
    call.args.text(option).and_then(T::parse)
}

/// Texts given with commas between them.
pub(super) fn read_list(call: &Call<'_>, option: &str) -> Vec<String> {
    let text = call.args.text(option).unwrap_or_default();
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The words of a vocabulary, for an option.
pub(super) fn words_of<T: Vocabulary>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.as_str()).collect()
}

/// The event an id option names.
pub(super) fn read_event(call: &Call<'_>) -> Result<StoredEvent, Fault> {
    read_event_in(call, "id")
}

/// The event that another option names.
pub(super) fn read_event_in(call: &Call<'_>, option: &str) -> Result<StoredEvent, Fault> {
    // A suggestion says more behind the id.
    let text = call.args.text(option).unwrap_or_default();
    let text = text.split_whitespace().next().unwrap_or_default();
    let id: EventId = match call.app.store.find_event(text)? {
        Found::One(id) => id,
        Found::None => {
            return Err(Fault::user(format!(
                "no event's id begins with {text:?}; ids stand beside events in every answer, such as /search words:tariff"
            )));
        }
        Found::Many => return Err(Fault::user(format!("several ids begin with {text:?}; give more digits"))),
    };
    call.app.store.event(id)?.ok_or_else(|| Fault::user(format!("event {id} is gone")))
}

/// The stored event as the domain has it.
pub(crate) fn domain(row: &StoredEvent) -> Result<Event, Fault> {
    Event::try_from(row.event.clone())
        .map_err(|what| Fault::Internal(format!("event {}: {what}", row.id).into()))
}

/// An event as an entry: what, who, when, its terms and state, then the sentence and its source.
pub(crate) fn entry(app: &App, row: &StoredEvent) -> Result<Vec<Block>, Fault> {
    let event = domain(row)?;
    let mut head = words::when(&event.date).and("  ").strong(words::title(&event));
    if let Some(Rich(who)) = words::who(&event.parties) {
        head = head.and(": ");
        head.0.extend(who);
    }
    let mut lines = Vec::new();
    if let Some(terms) = words::terms(&event) {
        lines.push(terms);
    }
    let place = event.place.as_ref().map(|place| format!("; in {place}")).unwrap_or_default();
    let also = match row.sources.len() {
        0 | 1 => String::new(),
        n => format!("; {n} sources"),
    };
    let digest = origin::certainty(&row.event) == Some(Certainty::Digest);
    let mut mark = if digest { format!("; {DIGEST}") } else { String::new() };
    if outdated(row) {
        mark.push_str("; ");
        mark.push_str(OUTDATED);
    }
    lines.push(Rich::text(format!("{}{place}{also}{mark}  ", words::state(&event))).code(row.id.short()));
    lines.extend(origin::verdict(&row.event).map(|verdict| {
        Rich::text(match verdict {
            Verdict::Confirmed(why) => format!("confirmed by a curator: {why}"),
            Verdict::Disputed(why) => format!("disputed by a curator: {why}"),
        })
    }));
    Ok(vec![Block::Item { head, lines }, quote(app, row)?])
}

/// No article that told of it does so in its present version.
fn outdated(row: &StoredEvent) -> bool {
    let left = origin::left_by(&row.event);
    !left.is_empty() && row.sources.iter().all(|source| left.contains(&source.article))
}

/// The sentence an event rests on, and where it stands.
pub(crate) fn quote(app: &App, row: &StoredEvent) -> Result<Block, Fault> {
    Ok(Block::Quote { text: row.event.quote.clone(), source: source_of(app, row)? })
}

/// The sentences of other articles about the same event, one each: the other side's readout.
pub(super) fn further_quotes(app: &App, row: &StoredEvent) -> Result<Vec<Block>, Fault> {
    let mut blocks = Vec::new();
    for source in row.sources.iter().skip(1).take(2) {
        let article = app.store.article(source.article)?;
        let article = article.as_ref();
        let cited = cited(&CardSource::of(&row.id.short(), article, source.published));
        blocks
            .push(Block::Quote { text: source.quote.clone(), source: cited.and(", ").day(source.published) });
    }
    Ok(blocks)
}

fn source_of(app: &App, row: &StoredEvent) -> Result<Rich, Fault> {
    let Some(first) = row.sources.first() else { return Ok(Rich::text("source unknown")) };
    let article = app.store.article(first.article)?;
    let article = article.as_ref();
    Ok(cited(&CardSource::of(&row.id.short(), article, first.published)).and(", ").day(first.published))
}

/// An event as data.
pub(super) fn data(row: &StoredEvent) -> Value {
    let left = origin::left_by(&row.event);
    let sources: Vec<_> = row
        .sources
        .iter()
        .map(|source| {
            json!({"article": source.article.to_string(), "published": source.published, "quote": source.quote,
                "span": source.span, "joined": source.joined, "present": !left.contains(&source.article)})
        })
        .collect();
    json!({"id": row.id.to_string(), "known_since": row.known_since, "revision": row.revision,
        "deleted": row.deleted, "key": origin::key(&row.event),
        "certainty": origin::certainty(&row.event).map(Certainty::as_str), "sources": sources, "event": row.event})
}

/// Entries for events.
pub(super) fn entries(app: &App, rows: &[StoredEvent]) -> Result<Vec<Block>, Fault> {
    let mut blocks = Vec::new();
    for row in rows {
        blocks.extend(entry(app, row)?);
    }
    Ok(blocks)
}

/// How fresh an answer is.
pub(crate) fn freshness(call: &Call<'_>) -> Result<String, Fault> {
    let (events, updated) = call.app.store.newest()?;
    let clock = |at: jiff::Timestamp| at.strftime("%Y-%m-%d %H:%M").to_string();
    let updated = updated.map(|at| format!(", last updated {} UTC", clock(at))).unwrap_or_default();
    let now = clock(call.now);
    Ok(format!("As of {now} UTC, from {events} events{updated}. Only what their texts say is shown."))
}
