//! Mentions and times of a text, brought into the shape the event builder reads.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::article::Article;
use crate::document::Document;
use crate::embedded::LEXICONS;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::state::StateCode;
use crate::timing::Timing;
use crate::token::{Token, TokenKind};
use crate::when::{EventDate, Length, Moment, Precision, TimeUnit};
use crate::who::{Who, WhoKind};

#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) who: Vec<Vec<Who>>,
    pub(crate) times: Vec<Vec<Timing>>,
}

#[derive(Debug, Clone)]
struct Entry {
    words: Vec<String>,
    kind: WhoKind,
    name: Option<String>,
    country: Option<StateCode>,
    exact: bool,
}

#[derive(Debug)]
pub(crate) struct Surroundings {
    first: BTreeMap<String, Vec<Entry>>,
    names: BTreeMap<StateCode, String>,
    titles: BTreeMap<String, String>,
}

fn rows(file: &str) -> Vec<csv::StringRecord> {
    let text = LEXICONS.iter().find(|(n, _)| *n == file).map_or("", |(_, t)| *t);
    csv::Reader::from_reader(text.as_bytes()).records().flatten().collect()
}

impl Surroundings {
    pub(crate) fn builtin() -> Self {
        let mut out = Self { first: BTreeMap::new(), names: BTreeMap::new(), titles: BTreeMap::new() };
        for r in rows("lexicon/states.csv") {
            let g = |i: usize| r.get(i).unwrap_or("").to_owned();
            let Ok(code) = g(0).parse::<StateCode>() else { continue };
            out.names.insert(code, g(1));
            for (col, kind) in [
                (1, WhoKind::State),
                (2, WhoKind::State),
                (3, WhoKind::Adjective),
                (4, WhoKind::Group),
                (5, WhoKind::State),
                (6, WhoKind::State),
            ] {
                for p in g(col).split('|') {
                    let kind = if p == "US" || p == "U.S." || p == "EU" || p == "UK" {
                        WhoKind::State
                    } else {
                        kind
                    };
                    out.add(p, kind, Some(g(1)), Some(code), true);
                }
            }
        }
        for r in rows("lexicon/people.csv") {
            let name = r.get(0).unwrap_or("");
            let code = r.get(3).unwrap_or("").parse().ok();
            out.add(name, WhoKind::Person, Some(name.to_owned()), code, true);
            for s in r.get(2).unwrap_or("").split('|').chain(r.get(1).unwrap_or("").split('|')) {
                out.add(s, WhoKind::Person, Some(name.to_owned()), code, true);
            }
        }
        for r in rows("lexicon/bodies.csv") {
            let name = r.get(0).unwrap_or("");
            let code: Option<StateCode> = r.get(2).unwrap_or("").parse().ok();
            if r.get(3) == Some("company") {
                continue;
            }
            out.add(name, WhoKind::Body, Some(name.to_owned()), code, true);
            for s in r.get(1).unwrap_or("").split('|') {
                out.add(s, WhoKind::Body, Some(name.to_owned()), code, true);
            }
        }
        for r in rows("lexicon/groups.csv") {
            out.add(r.get(0).unwrap_or(""), WhoKind::Group, None, None, false);
        }
        for p in [
            "both sides",
            "the two sides",
            "both parties",
            "the two countries",
            "both countries",
            "the parties",
            "both governments",
            "the two governments",
            "the two presidents",
            "the two leaders",
        ] {
            out.add(p, WhoKind::Pair, None, None, false);
        }
        for r in rows("lexicon/titles.csv") {
            out.titles.insert(r.get(0).unwrap_or("").to_owned(), r.get(1).unwrap_or("").to_owned());
        }
        out
    }

    fn add(
        &mut self,
        phrase: &str,
        kind: WhoKind,
        name: Option<String>,
        country: Option<StateCode>,
        exact: bool,
    ) {
        let words: Vec<String> = crate::token::tokens(phrase, Span::new(0, phrase.len()))
            .iter()
            .map(|t| t.span.of(phrase).unwrap_or("").replace('’', "'"))
            .collect();
        if let Some(first) = words.first() {
            let key = first.to_lowercase();
            self.first.entry(key).or_default().push(Entry { words, kind, name, country, exact });
        }
    }

    pub(crate) fn read(&self, doc: &Document<'_>, article: &Article<'_>) -> Seen {
        let mut known: BTreeMap<String, (String, Option<String>, Option<Span>, Option<StateCode>)> =
            BTreeMap::new();
        let mut seen = Seen::default();
        for s in &doc.sentences {
            seen.who.push(self.mentions(doc, s, &mut known));
            seen.times.push(times(doc, s, article.published));
        }
        seen
    }

    fn mentions(
        &self,
        doc: &Document<'_>,
        s: &Sentence,
        known: &mut BTreeMap<String, (String, Option<String>, Option<Span>, Option<StateCode>)>,
    ) -> Vec<Who> {
        let mut out: Vec<Who> = Vec::new();
        let text = |t: &Token| doc.slice(t.span);
        let mut at = 0;
        while let Some(token) = s.tokens.get(at) {
            let lower = text(token).to_lowercase();
            let best = self
                .first
                .get(&lower)
                .into_iter()
                .flatten()
                .filter(|e| {
                    e.words.iter().enumerate().all(|(i, w)| {
                        s.tokens.get(at + i).is_some_and(|t| {
                            let t = text(t).replace('’', "'");
                            if e.exact { t == *w } else { t.to_lowercase() == w.to_lowercase() }
                        })
                    })
                })
                .max_by_key(|e| e.words.len());
            // person by form: title words + capitalised
            let mut end = at;
            let mut head = false;
            while let Some(t) = s.tokens.get(end) {
                let l = text(t).to_lowercase();
                if let Some(part) = self.titles.get(&l) {
                    head |= matches!(part.as_str(), "head" | "whole");
                    end += 1;
                } else if end > at
                    && matches!(
                        l.as_str(),
                        "of" | "for"
                            | "and"
                            | "the"
                            | "trade"
                            | "state"
                            | "foreign"
                            | "commerce"
                            | "treasury"
                    )
                {
                    end += 1
                } else if matches!(
                    l.as_str(),
                    "trade"
                        | "foreign"
                        | "commerce"
                        | "treasury"
                        | "vice"
                        | "deputy"
                        | "prime"
                        | "defense"
                        | "international"
                ) && s.tokens.get(end + 1).is_some_and(|n| {
                    self.titles.contains_key(&text(n).to_lowercase())
                        || text(n).starts_with(char::is_uppercase)
                }) {
                    end += 1
                } else {
                    break;
                }
            }
            while end > at
                && s.tokens.get(end - 1).is_some_and(|t| matches!(text(t), "of" | "for" | "and" | "the"))
            {
                end -= 1;
            }
            if head && end > at && text(token).starts_with(char::is_uppercase) {
                let office = Span::new(token.span.start, s.tokens.get(end - 1).map_or(0, |t| t.span.end));
                let mut n = end;
                while n < end + 4
                    && s.tokens
                        .get(n)
                        .is_some_and(|t| t.kind == TokenKind::Word && text(t).starts_with(char::is_uppercase))
                {
                    n += 1;
                }
                let country = out
                    .last()
                    .filter(|w| {
                        w.span.end + 4 >= token.span.start
                            && matches!(w.kind, WhoKind::State | WhoKind::Adjective)
                    })
                    .and_then(|w| w.country);
                if n > end {
                    let ns = Span::new(
                        s.tokens.get(end).map_or(0, |t| t.span.start),
                        s.tokens.get(n - 1).map_or(0, |t| t.span.end),
                    );
                    let raw = doc.slice(ns).to_owned();
                    let lex =
                        self.first.get(&text(&s.tokens[end]).to_lowercase()).into_iter().flatten().find(
                            |e| {
                                e.kind == WhoKind::Person
                                    && e.words
                                        .iter()
                                        .enumerate()
                                        .all(|(i, w)| s.tokens.get(end + i).is_some_and(|t| text(t) == w))
                            },
                        );
                    let old = raw.split_whitespace().next_back().and_then(|l| known.get(l)).cloned();
                    let name = lex
                        .and_then(|e| e.name.clone())
                        .or(old.as_ref().map(|o| o.0.clone()))
                        .unwrap_or(raw.clone());
                    let country = country.or(lex.and_then(|e| e.country)).or(old.and_then(|o| o.3));
                    if country.is_some()
                        && out
                            .last()
                            .is_some_and(|w| w.country == country && w.span.end + 4 >= token.span.start)
                    {
                        out.pop();
                    }
                    let entry = (name.clone(), Some(doc.slice(office).to_owned()), Some(office), country);
                    if let Some(l) = name.split_whitespace().next_back() {
                        known.insert(l.to_owned(), entry.clone());
                    }
                    known.insert(name.clone(), entry);
                    out.push(Who {
                        span: Span::new(office.start, ns.end),
                        kind: WhoKind::Person,
                        name: Some(name),
                        name_span: Some(ns),
                        office: Some(doc.slice(office).to_owned()),
                        office_span: Some(office),
                        country,
                    });
                    at = n;
                    continue;
                } else if country.is_some() {
                    out.pop();
                    out.push(Who {
                        span: office,
                        kind: WhoKind::Office,
                        name: None,
                        name_span: None,
                        office: Some(doc.slice(office).to_owned()),
                        office_span: Some(office),
                        country,
                    });
                    at = end;
                    continue;
                }
            }
            if let Some(e) = best {
                let end = s.tokens.get(at + e.words.len() - 1).map_or(token.span.end, |t| t.span.end);
                let span = Span::new(token.span.start, end);
                let mut who = Who {
                    span,
                    kind: e.kind,
                    name: e.name.clone(),
                    name_span: Some(span),
                    office: None,
                    office_span: None,
                    country: e.country,
                };
                if e.kind == WhoKind::Group && e.name.is_none() {
                    let adj = out
                        .last()
                        .filter(|w| {
                            w.span.end + 2 >= span.start
                                && matches!(w.kind, WhoKind::Adjective | WhoKind::State)
                        })
                        .cloned();
                    if let Some(adj) = adj {
                        out.pop();
                        who.span.start = adj.span.start;
                        who.country = adj.country;
                    }
                    who.name = Some(doc.slice(who.span).to_owned());
                    who.name_span = Some(who.span);
                }
                if e.kind == WhoKind::Person {
                    let k = e.name.as_ref().and_then(|n| known.get(n)).or_else(|| known.get(doc.slice(span)));
                    if let Some(k) = k {
                        who.name = Some(k.0.clone());
                        who.office = k.1.clone();
                        who.office_span = k.2;
                    }
                }
                out.push(who);
                at += e.words.len();
                continue;
            }
            if let Some(k) = known.get(text(token)).filter(|_| text(token).len() > 2) {
                out.push(Who {
                    span: token.span,
                    kind: WhoKind::Person,
                    name: Some(k.0.clone()),
                    name_span: Some(token.span),
                    office: k.1.clone(),
                    office_span: k.2,
                    country: k.3,
                });
            }
            at += 1;
        }
        out
    }

    pub(crate) fn states_in(&self, text: &str) -> Vec<StateCode> {
        let doc = Document::read(text);
        let mut known = BTreeMap::new();
        doc.sentences
            .iter()
            .flat_map(|s| self.mentions(&doc, s, &mut known))
            .filter_map(|w| w.country)
            .collect()
    }

    pub(crate) fn name_of(&self, code: StateCode) -> String {
        self.names.get(&code).cloned().unwrap_or_else(|| code.to_string())
    }
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

pub(crate) fn state_name(code: StateCode) -> String {
    static S: std::sync::OnceLock<Surroundings> = std::sync::OnceLock::new();
    S.get_or_init(Surroundings::builtin).name_of(code)
}
