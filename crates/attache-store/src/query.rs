//! Asking for events: newest first, by any combination of filters, page by page.

use std::fmt;
use std::ops::ControlFlow;

use attache_extract::StateCode;
use attache_extract::event::{Factuality, Kind, Role, Status};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::Table;
use crate::error::ReadError;
use crate::id::{EventId, Found};
use crate::index::Candidate;
use crate::key::{self, DayKey};
use crate::record::EventRecord;
use crate::row::{self, StoredEvent};
use crate::store::Store;
use crate::view::engagements::{Level, Tally, level};
use crate::view::origin;
use crate::view::tariffs::layer_of;

/// So many candidates are read at first; each further batch is four times as long.
const BATCH: usize = 64;

/// No batch is longer.
const LONGEST_BATCH: usize = 16_384;

/// Which events. Empty means all that are not deleted; several filters must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// One of these kinds; empty: any.
    pub kinds: Vec<Kind>,
    /// One of these subtypes; empty: any.
    pub subtypes: Vec<String>,
    /// All of these take part.
    pub countries: Vec<StateCode>,
    /// This state acts.
    pub actor: Option<StateCode>,
    /// Every one of these stands in a party's name or office (case-blind).
    pub people: Vec<String>,
    /// One of these stands in a party's name or office (case-blind); empty: any.
    pub anyone: Vec<String>,
    /// One of these stands in the topics, the scope or the sentence (case-blind); empty: any.
    pub topics: Vec<String>,
    /// One of these; empty: any.
    pub factualities: Vec<Factuality>,
    /// One of these; empty: any.
    pub statuses: Vec<Status>,
    /// Tariff actions of one of these legal layers; empty: any event.
    pub layers: Vec<String>,
    /// Contacts of one of these levels; empty: any event.
    pub levels: Vec<Level>,
    /// At least so sure, in thousandths.
    pub least_confidence: u16,
    /// First stored at this instant or later (UTC).
    pub known_since: Option<Timestamp>,
    /// First stored at this instant or earlier (UTC).
    pub known_until: Option<Timestamp>,
    /// One of these stands in a reporting article's publisher, address or origin (case-blind); empty:
    /// any.
    pub publishers: Vec<String>,
    /// On this day or later, by the day the event sorts under.
    pub since: Option<Date>,
    /// On this day or earlier.
    pub until: Option<Date>,
    /// Every one of these words stands in the sentence, names, scope, topics, place, claims or an
    /// article's headline (case-blind).
    pub words: Vec<String>,
}

/// A place between two events of a query's answer. It stays right while events arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(DayKey);

/// One page of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Newest day first.
    pub events: Vec<StoredEvent>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
}

impl EventQuery {
    /// Events of one kind.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self { kinds: vec![kind], ..Self::default() }
    }

    /// Whether answering takes more than bitmaps.
    pub(crate) fn reads_text(&self) -> bool {
        !(self.people.is_empty()
            && self.anyone.is_empty()
            && self.topics.is_empty()
            && self.words.is_empty()
            && self.publishers.is_empty())
            || self.known_since.is_some()
            || self.known_until.is_some()
    }

    /// Whether the event is one of those asked for, as far as it tells by itself: headlines and
    /// publishers stand in its articles.
    #[must_use]
    pub fn matches(&self, row: &StoredEvent) -> bool {
        self.passes(row, &[]) && self.publishers.is_empty()
    }

    /// The first rule that keeps an event out, as far as it tells by itself.
    #[must_use]
    pub fn refusal(&self, row: &StoredEvent) -> Option<Rule> {
        self.refusal_with(row, &[])
    }

    /// Whether the event is one of those asked for, with the headlines of its articles.
    fn passes(&self, row: &StoredEvent, titles: &[String]) -> bool {
        self.refusal_with(row, titles).is_none()
    }

    fn refusal_with(&self, row: &StoredEvent, titles: &[String]) -> Option<Rule> {
        let event = &row.event;
        let held = [
            (Rule::Deleted, !row.deleted),
            (Rule::Kind, one_of(&self.kinds, &event.kind.0)),
            (Rule::Subtype, one_of(&self.subtypes, &event.subtype)),
            (Rule::Factuality, one_of(&self.factualities, &event.factuality.0)),
            (
                Rule::Status,
                self.statuses.is_empty()
                    || event.status.is_some_and(|status| self.statuses.contains(&status.0)),
            ),
            (Rule::Confidence, event.confidence * 1000.0 + 0.5 >= f64::from(self.least_confidence)),
            (
                Rule::Day,
                self.since.is_none_or(|day| row.sort_day >= day)
                    && self.until.is_none_or(|day| row.sort_day <= day),
            ),
            (
                Rule::Known,
                self.known_since.is_none_or(|at| row.known_since >= at)
                    && self.known_until.is_none_or(|at| row.known_since <= at),
            ),
        ];
        if let Some((rule, _)) = held.into_iter().find(|(_, holds)| !holds) {
            return Some(rule);
        }
        // What has to look into names and sentences comes last, and only as far as it is needed.
        let any = |list: &[String], test: &dyn Fn(&str) -> bool| {
            list.is_empty() || list.iter().any(|item| test(item))
        };
        let kind = event.kind.0;
        if !self.countries.iter().all(|code| takes_part(event, *code)) {
            return Some(Rule::Country);
        }
        if !self.actor.is_none_or(|code| acts(event, code)) {
            return Some(Rule::Actor);
        }
        if !self.people.iter().all(|person| names(event, person))
            || !any(&self.anyone, &|person| names(event, person))
        {
            return Some(Rule::Person);
        }
        if !any(&self.topics, &|topic| about(event, topic)) {
            return Some(Rule::Topic);
        }
        let layered = || kind == Kind::TariffAction && self.layers.contains(&layer_of(event));
        if !self.layers.is_empty() && !layered() {
            return Some(Rule::Layer);
        }
        let ranked =
            || kind == Kind::Engagement && level(row).is_some_and(|level| self.levels.contains(&level));
        if !self.levels.is_empty() && !ranked() {
            return Some(Rule::Level);
        }
        let said = |word: &String| {
            mentions(event, word)
                || row.sources.iter().any(|source| holds(&source.quote, word))
                || titles.iter().any(|title| holds(title, word))
        };
        (!self.words.iter().all(said)).then_some(Rule::Words)
    }
}

/// What of a query can keep an event out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// It was taken out.
    Deleted,
    /// Of another kind.
    Kind,
    /// Of another subtype.
    Subtype,
    /// The text commits itself less, or otherwise.
    Factuality,
    /// In another state.
    Status,
    /// Not sure enough.
    Confidence,
    /// On another day.
    Day,
    /// Stored at another time.
    Known,
    /// A country is missing.
    Country,
    /// Somebody else acts.
    Actor,
    /// Nobody who was asked for.
    Person,
    /// About something else.
    Topic,
    /// No tariff action of one of the layers.
    Layer,
    /// No contact of one of the levels.
    Level,
    /// A word is missing.
    Words,
}

fn one_of<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}

pub(crate) fn takes_part(event: &EventRecord, code: StateCode) -> bool {
    event.parties.iter().any(|party| party.country.as_deref() == Some(code.as_str()))
}

fn acts(event: &EventRecord, code: StateCode) -> bool {
    let acting = |role: Role| role != Role::Recipient;
    event.parties.iter().any(|party| acting(party.role.0) && party.country.as_deref() == Some(code.as_str()))
}

pub(crate) fn names(event: &EventRecord, person: &str) -> bool {
    event
        .parties
        .iter()
        .flat_map(|party| [&party.name, &party.office])
        .flatten()
        .any(|text| holds(text, person))
}

pub(crate) fn about(event: &EventRecord, topic: &str) -> bool {
    event.topics.iter().chain(&event.scope).any(|text| holds(text, topic)) || holds(&event.quote, topic)
}

fn mentions(event: &EventRecord, word: &str) -> bool {
    about(event, word)
        || names(event, word)
        || event.place.iter().chain(&event.claims).any(|text| holds(text, word))
}

/// Whether `part` stands in `text` as whole words, case-blind.
fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.to_lowercase(), part.trim().to_lowercase());
    !part.is_empty()
        && text.match_indices(&part).any(|(at, found)| {
            let before = text.get(..at).and_then(|s| s.chars().next_back());
            let after = text.get(at + found.len()..).and_then(|s| s.chars().next());
            let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            // A plural still is the word: "tariff" stands in "tariffs".
            let plural = || {
                let rest = text.get(at + found.len()..).and_then(|s| s.strip_prefix('s'));
                rest.is_some_and(|rest| ends(rest.chars().next()))
            };
            ends(before) && (ends(after) || plural())
        })
}

impl Cursor {
    /// Reads what [`Display`](fmt::Display) wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = [0; 20];
        if text.len() != 40 || !text.is_ascii() {
            return None;
        }
        for (byte, at) in key.iter_mut().zip((0..40).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(key))
    }
}

impl fmt::Display for Cursor {
    /// Forty hex digits, fit for a button's id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Store {
    /// Up to `limit` events, newest day first, from `after` on (a page's `next`).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events(&self, query: &EventQuery, after: Option<Cursor>, limit: usize) -> Result<Page, ReadError> {
        let mut page = Page { events: Vec::new(), next: None };
        let mut more = false;
        self.visit(query, after, limit.saturating_add(1), &mut |row| {
            more = page.events.len() == limit;
            if more {
                return ControlFlow::Break(());
            }
            page.events.push(row);
            ControlFlow::Continue(())
        })?;
        let last = page.events.last().filter(|_| more);
        page.next = last.map(|row| Cursor(key::by_day(row.sort_day, row.id)));
        Ok(page)
    }

    /// All events that match, newest day first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn all_events(&self, query: &EventQuery) -> Result<Vec<StoredEvent>, ReadError> {
        Ok(self.events(query, None, usize::MAX)?.events)
    }

    /// Every event that matches, newest day first, one by one.
    pub(crate) fn each_event(
        &self,
        query: &EventQuery,
        take: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), ReadError> {
        self.visit(query, None, usize::MAX, &mut |row| {
            take(row);
            ControlFlow::Continue(())
        })
    }

    /// How many match; `None` where that takes reading the events.
    #[must_use]
    pub fn counted(&self, query: &EventQuery) -> Option<usize> {
        self.index().count(query).map(|count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// How many match.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count(&self, query: &EventQuery) -> Result<usize, ReadError> {
        if let Some(count) = self.counted(query) {
            return Ok(count);
        }
        let mut count = 0;
        self.visit(query, None, usize::MAX, &mut |_| {
            count += 1;
            ControlFlow::Continue(())
        })?;
        Ok(count)
    }

    /// How many contacts a query finds, and of those that took place how many by level and channel;
    /// `None` where that takes reading the events.
    #[must_use]
    pub fn tally(&self, query: &EventQuery) -> Option<Tally> {
        self.index().tally(query)
    }

    /// Events whose chance of being right is below so many thousandths and on which no curator said a
    /// word yet, in the order in which they came in.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn doubtful(&self, below: u16) -> Result<Vec<StoredEvent>, ReadError> {
        let found = self.index().doubtful(below);
        let mut rows = self.read_all(&found)?;
        rows.retain(|row| origin::verdict(&row.event).is_none());
        Ok(rows)
    }

    /// The event whose id begins with `prefix` (hex, at least 4 digits), deleted ones too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_event(&self, prefix: &str) -> Result<Found<EventId>, ReadError> {
        let prefix = prefix.trim().to_ascii_lowercase();
        if !(4..=32).contains(&prefix.len()) || !prefix.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(Found::None);
        }
        let (Some(low), Some(high)) = (pad(&prefix, '0'), pad(&prefix, 'f')) else { return Ok(Found::None) };
        let mut found = Found::None;
        let mut end = high.0.to_vec();
        end.push(0);
        self.engine.scan(Table::Event, &low.0, &end, false, &mut |key, _| {
            let id = key.try_into().map(EventId);
            found = match (found, id) {
                (Found::None, Ok(id)) => Found::One(id),
                _ => Found::Many,
            };
            if found == Found::Many { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(found)
    }

    /// Walks what the index lets through, newest first, about as many at a time as are wanted.
    fn visit(
        &self,
        query: &EventQuery,
        after: Option<Cursor>,
        want: usize,
        take: &mut dyn FnMut(StoredEvent) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let mut after = after.map(|Cursor(key)| key::day_and_id(&key));
        let mut batch = want.clamp(1, LONGEST_BATCH);
        if query.reads_text() {
            batch = batch.max(BATCH);
        }
        loop {
            let found = self.index().select(query, after, batch);
            for row in self.read_all(&found)? {
                if self.fits(query, &row)? && take(row).is_break() {
                    return Ok(());
                }
            }
            if found.len() < batch {
                return Ok(());
            }
            after = found.last().map(|candidate| (candidate.day, candidate.id));
            batch = (batch * 4).min(LONGEST_BATCH);
        }
    }

    fn fits(&self, query: &EventQuery, row: &StoredEvent) -> Result<bool, ReadError> {
        let (mut titles, mut published) = (Vec::new(), query.publishers.is_empty());
        if !query.publishers.is_empty() || !query.words.is_empty() {
            for source in &row.sources {
                let Some(article) = self.article(source.article)? else { continue };
                let names =
                    [article.publisher.as_deref(), article.url.as_deref(), Some(article.origin.as_str())];
                let names: Vec<_> = names.into_iter().flatten().map(str::to_lowercase).collect();
                published |= query.publishers.iter().any(|wanted| {
                    let wanted = wanted.trim().to_lowercase();
                    names.iter().any(|name| name.contains(&wanted))
                });
                titles.extend(article.title);
            }
        }
        Ok(published && query.passes(row, &titles))
    }

    /// The events of candidates, in their order.
    pub(crate) fn read_all(&self, found: &[Candidate]) -> Result<Vec<StoredEvent>, ReadError> {
        let keys: Vec<_> = found.iter().map(|candidate| (&candidate.id.0[..], candidate.place)).collect();
        let values = self.engine.fetch(Table::Event, &keys)?;
        let rows = found.iter().zip(values);
        rows.filter_map(|(candidate, value)| {
            value.map(|bytes| row::decode(Table::Event, &candidate.id.0, &bytes))
        })
        .collect()
    }
}

fn pad(prefix: &str, fill: char) -> Option<EventId> {
    let rest: String = std::iter::repeat_n(fill, 32 - prefix.len()).collect();
    EventId::parse(&format!("{prefix}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_holds(text: &str, part: &str, expected: bool) {
        assert_eq!(holds(text, part), expected, "{part:?} in {text:?}");
    }

    #[test]
    fn words_are_found_whole() {
        check_holds("Rare earths and Chips", "chip", true);
        check_holds("He Lifeng", "li", false);
        check_holds("the wang yi call", "Wang Yi", true);
        check_holds("steelworks", "steel", false);
        check_holds("steel", " ", false);
    }

    #[test]
    fn a_cursor_reads_what_it_writes() {
        let cursor = Cursor([7; 20]);
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        assert_eq!(Cursor::parse("07"), None);
        assert_eq!(Cursor::parse(&"é".repeat(20)), None);
    }
}
