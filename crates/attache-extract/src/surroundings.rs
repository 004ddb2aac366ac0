//! Mentions and times of a text, brought into the shape the event builder reads.

use jiff::civil::Date;

use crate::article::Article;
use crate::document::Document;
use crate::lexicon::{Lexicon, StateForm};
use crate::mention::{Entity, Mention, Mentions, Use, mentions};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::state::StateCode;
use crate::timing::Timing;
use crate::when::{EventDate, Length, Moment, Precision, TimeUnit};
use crate::who::{Who, WhoKind};

/// What is named where, per sentence.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) who: Vec<Vec<Who>>,
    pub(crate) times: Vec<Vec<Timing>>,
    /// Topics per sentence, with the words that name them.
    pub(crate) topics: Vec<Vec<(String, Span)>>,
    /// The two states the article is about.
    pub(crate) sides: Vec<StateCode>,
}

/// Everything named in the document and its headline.
pub(crate) fn read(doc: &Document<'_>, article: &Article<'_>) -> Seen {
    let found = mentions(doc, article.title, Lexicon::builtin());
    let mut seen = Seen { sides: found.sides.map(|s| s.to_vec()).unwrap_or_default(), ..Seen::default() };
    let mut topics = found.topics.iter().peekable();
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let who = found.of_sentence(index).iter().filter_map(|m| who(&found, m, article.text)).collect();
        seen.who.push(who);
        seen.times.push(times(doc, sentence, article.published));
        let mut own = Vec::new();
        while let Some(topic) = topics.next_if(|t| t.sentence <= index) {
            own.push((topic.name.to_owned(), topic.span));
        }
        seen.topics.push(own);
    }
    seen
}

/// Words that make a collective an authority.
const AUTHORITIES: &[&str] = &[
    "authorities",
    "officials",
    "government",
    "administration",
    "regulators",
    "negotiators",
    "lawmakers",
    "side",
    "ministers",
    "diplomats",
    "leaders",
    "customs",
    "delegation",
    "governments",
];

fn who(found: &Mentions<'_>, mention: &Mention, text: &str) -> Option<Who> {
    let named = found.parties(mention, text).into_iter().next();
    let words = mention.span.of(text).unwrap_or("").to_lowercase();
    let kind = match &mention.entity {
        Entity::State { form: StateForm::Adjective, .. } => WhoKind::Adjective,
        Entity::State { form: StateForm::People, .. } => WhoKind::State,
        Entity::State { .. } if mention.used == Use::Place => WhoKind::Place,
        Entity::State { .. } => WhoKind::State,
        Entity::Body { .. } => WhoKind::Body,
        Entity::Office { person: None, .. } => WhoKind::Office,
        Entity::Office { .. } | Entity::Person { .. } => WhoKind::Person,
        Entity::Group { .. } if AUTHORITIES.iter().any(|a| words.ends_with(a)) => WhoKind::Authority,
        Entity::Group { .. } => WhoKind::Group,
        Entity::Sides { .. } => WhoKind::Pair,
        Entity::Place { .. } => WhoKind::Place,
    };
    let country = match &mention.entity {
        Entity::Place { country, .. } => *country,
        _ => named.as_ref().and_then(|n| n.country),
    };
    let named = named.as_ref();
    Some(Who {
        span: mention.span,
        kind,
        name: named.and_then(|n| n.name.clone()),
        name_span: named.map(|n| n.span),
        office: named.and_then(|n| n.office.clone()),
        office_span: named.and_then(|n| n.office_span),
        country,
    })
}

/// The states named in a short text, in order.
pub(crate) fn states_in(text: &str) -> Vec<StateCode> {
    let doc = Document::read(text);
    let found = mentions(&doc, None, Lexicon::builtin());
    found.list.iter().flat_map(|m| found.parties(m, text)).filter_map(|n| n.country).collect()
}

/// The usual English name of a state.
pub(crate) fn state_name(code: StateCode) -> String {
    Lexicon::builtin().state_name(code).map_or_else(|| code.to_string(), str::to_owned)
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn times(doc: &Document<'_>, s: &Sentence, published: Date) -> Vec<Timing> {
    let mut out = Vec::new();
    let l = |i: usize| s.tokens.get(i).map(|t| doc.slice(t.span).to_lowercase()).unwrap_or_default();
    let mut at = 0;
    while at < s.tokens.len() {
        let w = l(at);
        let mut push =
            |a: usize, n: usize, date: Option<EventDate>, moment: Option<Moment>, length: Option<Length>| {
                if let (Some(x), Some(y)) = (s.tokens.get(a), s.tokens.get(a + n - 1)) {
                    out.push(Timing { span: Span::new(x.span.start, y.span.end), date, moment, length });
                }
                n
            };
        let month =
            MONTHS.iter().position(|m| *m == w).map(|m| i8::try_from(m + 1).unwrap_or(1)).filter(|_| {
                s.tokens.get(at).is_some_and(|t| doc.slice(t.span).starts_with(char::is_uppercase))
            });
        let mut n = 1;
        let wk = |d: Date| {
            d.checked_sub(jiff::Span::new().days(i64::from(d.weekday().to_monday_zero_offset()))).unwrap_or(d)
        };
        if let Some(m) = month {
            let day: Option<i8> = l(at + 1).parse().ok().filter(|d| *d <= 31 && *d > 0);
            let ya = if day.is_some() { if l(at + 2) == "," { at + 3 } else { at + 2 } } else { at + 1 };
            let year: Option<i16> = l(ya).parse().ok().filter(|y| *y > 1900 && *y < 2100);
            let guess = |y: i16| Date::new(y, m, day.unwrap_or(1)).ok();
            let y = year.unwrap_or_else(|| {
                if guess(published.year()).is_some_and(|d| {
                    d <= published.checked_add(jiff::Span::new().days(180)).unwrap_or(published)
                }) {
                    published.year()
                } else {
                    published.year() - 1
                }
            });
            let len = if year.is_some() {
                ya - at + 1
            } else if day.is_some() {
                2
            } else {
                1
            };
            if let Some(d) = guess(y) {
                let date = if day.is_some() {
                    EventDate::day(d)
                } else {
                    EventDate { interval: Some((d, d.last_of_month())), precision: Precision::Month }
                };
                n = push(at, len, Some(date), Some(Moment { day, ..Moment::on(d) }), None);
            }
        } else if let Some(d) = DAYS.iter().position(|d| *d == w) {
            let back = (i64::from(published.weekday().to_monday_zero_offset())
                - i64::try_from(d).unwrap_or(0))
            .rem_euclid(7);
            let day = published.checked_sub(jiff::Span::new().days(back)).unwrap_or(published);
            n = push(at, 1, Some(EventDate::day(day)), Some(Moment::on(day)), None);
        } else if w == "today" {
            n = push(at, 1, Some(EventDate::day(published)), None, None);
        } else if matches!(w.as_str(), "this" | "last" | "earlier") {
            let e = usize::from(w == "earlier");
            let last = l(at + e) == "last";
            let unit = l(at + e + 1);
            let y = published.yesterday().unwrap_or(published);
            let iv = match (unit.as_str(), last, e == 1) {
                ("week", false, early) => {
                    Some((wk(published), if early { y } else { published }, Precision::Week))
                }
                ("week", true, _) => {
                    let m = wk(published).checked_sub(jiff::Span::new().days(7)).unwrap_or(published);
                    Some((m, m.checked_add(jiff::Span::new().days(6)).unwrap_or(m), Precision::Week))
                }
                ("month", false, early) => {
                    Some((published.first_of_month(), if early { y } else { published }, Precision::Month))
                }
                ("month", true, _) => {
                    let m = published.first_of_month().yesterday().unwrap_or(published);
                    Some((m.first_of_month(), m, Precision::Month))
                }
                _ => None,
            };
            if let Some((a, b, p)) = iv {
                n = push(at, 2 + e, Some(EventDate { interval: Some((a, b)), precision: p }), None, None);
            }
        } else if w.ends_with("-day") || w.parse::<u32>().is_ok() || w == "one" {
            let unit = match l(at + 1).as_str() {
                "days" | "day" => Some(TimeUnit::Day),
                "year" | "years" => Some(TimeUnit::Year),
                "months" => Some(TimeUnit::Month),
                _ => None,
            };
            if let Some(c) = w.strip_suffix("-day").and_then(|c| c.parse().ok()) {
                n = push(at, 1, None, None, Some(Length { count: c, unit: TimeUnit::Day }));
            } else if let Some(unit) = unit {
                n = push(at, 2, None, None, Some(Length { count: w.parse().unwrap_or(1), unit }));
            }
        }
        at += n;
    }
    out
}
