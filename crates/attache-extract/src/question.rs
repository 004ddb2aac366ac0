//! A question, read with the grammar and the lexicons of the articles.
//!
//! In goes a sentence and the day it is asked on, out comes a [`Reading`]. The words questions are
//! asked in are rows of `lexicon/questions.csv`: `ask.…` for what kind of answer is wanted,
//! `act.KIND` and `act.KIND.SUBTYPE` for what people call our kinds of events.

mod period;
mod roles;

use jiff::civil::Date;

use crate::article::Article;
use crate::document::Document;
use crate::event::{Act, Kind, Status};
use crate::extractor::Extractor;
use crate::grammar::clause::Clauses;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::Lower;
use crate::grammar::tag::{Tag, Word};
use crate::reading::{Intent, Reading, Subject};
use crate::token::TokenKind;
use crate::vocabulary::Vocabulary as _;
use crate::who::{Who, WhoKind};

/// A question's words with what was recognised in them.
struct Asked<'q> {
    extractor: &'q Extractor,
    doc: &'q Document<'q>,
    words: Vec<Word>,
    clauses: Clauses,
    who: Vec<Who>,
    /// Words that something was read from.
    used: Vec<bool>,
}

/// What the words of a question ask for.
pub(crate) fn read(extractor: &Extractor, text: &str, today: Date) -> Reading {
    let doc = Document::prose(text);
    let seen = crate::surroundings::read(&doc, &Article::new(text, today));
    let mut asked = Asked {
        extractor,
        doc: &doc,
        words: Vec::new(),
        clauses: Clauses::default(),
        who: Vec::new(),
        used: Vec::new(),
    };
    let mut out = Reading {
        intent: Intent::List,
        subject: Subject::Events,
        states: Vec::new(),
        actor: None,
        recipient: None,
        people: Vec::new(),
        bodies: Vec::new(),
        offices: Vec::new(),
        topics: Vec::new(),
        places: Vec::new(),
        kinds: Vec::new(),
        acts: Vec::new(),
        statuses: Vec::new(),
        since: None,
        until: None,
        negated: false,
        unknown: Vec::new(),
        rest: Vec::new(),
    };
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let who = seen.who.get(index).cloned().unwrap_or_default();
        let times = seen.times.get(index).cloned().unwrap_or_default();
        extractor.words(&doc, sentence, &who, &times, &mut asked.words);
        asked.clauses = Clauses::read(&asked.words);
        asked.used = vec![false; asked.words.len()];
        asked.who = who;
        for (topic, span) in seen.topics.get(index).into_iter().flatten() {
            asked.use_span(*span);
            push(&mut out.topics, (*topic).to_owned());
        }
        asked.acts(&mut out);
        asked.parties(&mut out);
        asked.subject(&mut out);
        asked.period(&times, today, &mut out);
        asked.leftovers(&mut out);
    }
    // A topic that only repeats the kind asked for would narrow the search to texts that print it.
    let said: Vec<&str> = out.kinds.iter().map(|kind| kind.as_str()).collect();
    let truce = out.kinds.contains(&Kind::TariffAction);
    out.topics.retain(|topic| {
        let repeats = said.iter().any(|kind| kind.starts_with(topic.trim_end_matches('s')));
        !(repeats || truce && topic == "truce")
    });
    out
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

impl Asked<'_> {
    fn use_span(&mut self, span: crate::span::Span) {
        for (word, used) in self.words.iter().zip(&mut self.used) {
            *used |= word.span.start >= span.start && word.span.end <= span.end;
        }
    }

    fn use_words(&mut self, at: usize, count: usize) {
        if let Some(used) = self.used.get_mut(at..at + count) {
            used.fill(true);
        }
    }

    /// Whether a phrase of a class of `lexicon/questions.csv` stands at a word.
    fn class(&self, name: &str, at: usize) -> bool {
        self.extractor.classes.get(name).is_some_and(|phrases| phrases.at(&self.words, at))
    }

    /// The first place where a phrase of a class of `lexicon/questions.csv` stands outside names
    /// and times; its words count as used.
    fn says(&mut self, class: &str) -> Option<usize> {
        let phrases = self.extractor.classes.get(class)?;
        let mut first = None;
        for at in 0..self.words.len() {
            if self.words.get(at).is_none_or(|w| w.time || w.name) {
                continue;
            }
            if let Some(found) = phrases.find(&self.words, at) {
                let count = found.len();
                self.use_words(at, count);
                first = first.or(Some(at));
            }
        }
        first
    }

    /// Kinds and subtypes by the words people use for them.
    fn acts(&mut self, out: &mut Reading) {
        let mut told: Vec<Act> = Vec::new();
        for at in 0..self.words.len() {
            if self.words.get(at).is_none_or(|w| w.name || w.time) {
                continue;
            }
            // The longest name wins: "export control" is no export.
            let best = self
                .extractor
                .classes
                .starting("act.")
                .filter_map(|(name, phrases)| Some((phrases.find(&self.words, at)?.len(), name)))
                .max();
            let Some((length, name)) = best else { continue };
            let (kind, subtype) = name.split_once('.').map_or((name, None), |(k, s)| (k, Some(s)));
            let Some(kind) = Kind::parse(kind) else { continue };
            self.use_words(at, length);
            push(&mut out.kinds, kind);
            if let Some(act) = subtype.and_then(|s| Act::new(kind, s).ok()) {
                if self.words.get(at).is_some_and(|w| matches!(w.tag, Tag::Verb(_))) {
                    push(&mut told, act.clone());
                }
                push(&mut out.acts, act);
            }
        }
        // "Who condemned the export controls?" asks for the condemning; the controls are its subject.
        out.acts.retain(|act| told.iter().all(|t| t.kind() != act.kind() || t == act));
        // "raise", "extend" and the like are said of anything; only of duties are they tariff acts.
        let tariffs = self.about_tariffs(out);
        let other = out.kinds.iter().any(|k| *k != Kind::TariffAction);
        if !tariffs && other {
            out.kinds.retain(|kind| *kind != Kind::TariffAction);
            out.acts.retain(|act| act.kind() != Kind::TariffAction);
        }
        if out.kinds.contains(&Kind::Statement) {
            if out.acts.iter().any(|act| act.kind() != Kind::Statement) {
                // "said it would suspend": the act that is told is asked for, not the telling.
                out.kinds.retain(|kind| *kind != Kind::Statement);
            } else {
                // "said about tariffs": those are what the words are about.
                out.kinds.retain(|kind| *kind != Kind::TariffAction);
            }
        }
    }

    fn about_tariffs(&self, out: &Reading) -> bool {
        (0..self.words.len()).any(|at| self.class("act.tariff_action", at))
            || out.topics.iter().any(|topic| {
                ["tariff", "truce", "section", "ieepa", "de minimis"].iter().any(|t| topic.starts_with(t))
            })
    }

    /// Who and where.
    fn parties(&mut self, out: &mut Reading) {
        for who in self.who.clone() {
            self.use_span(who.span);
            match who.kind {
                WhoKind::Person | WhoKind::Body | WhoKind::Firm => {
                    let list = if who.kind == WhoKind::Person { &mut out.people } else { &mut out.bodies };
                    if let Some(name) = who.name.clone() {
                        push(list, name);
                    }
                }
                WhoKind::Office => {
                    if let Some(country) = who.country {
                        push(&mut out.states, country);
                    }
                    let contact = |o: &str| self.extractor.classes.has("act.engagement", &Lower::printed(o));
                    if let Some(office) = who.office.clone().filter(|o| !contact(o)) {
                        push(&mut out.offices, office);
                    }
                }
                WhoKind::State | WhoKind::Place if self.names_contact(&who) => {
                    push(&mut out.places, self.doc.slice(who.span).to_owned());
                }
                WhoKind::Place if !self.behind(who.span, &["to"]) && !self.visited(out) => {
                    push(&mut out.places, self.doc.slice(who.span).to_owned());
                }
                _ => {
                    if let Some(country) = who.country {
                        push(&mut out.states, country);
                    }
                }
            }
        }
        self.roles(out);
    }

    /// "the London talks": a city before a contact says where, not who.
    fn names_contact(&self, who: &Who) -> bool {
        let printed = self.doc.slice(who.span);
        let state = who.country.map(crate::surroundings::state_name).is_some_and(|name| name == printed);
        let city = !state && printed.chars().any(char::is_lowercase);
        let next = self.words.iter().position(|w| w.span.start >= who.span.end);
        city && next.is_some_and(|at| {
            let nominal = |w: &Word| matches!(w.tag, Tag::Noun | Tag::Verb(VerbForm::Gerund));
            self.words.get(at).is_some_and(nominal) && self.class("act.engagement", at)
        })
    }

    /// A visit goes to a party, not only to a place.
    fn visited(&self, out: &Reading) -> bool {
        out.acts.iter().any(|act| act.subtype() == "visit")
    }

    /// Whether one of these words stands right before a span.
    fn behind(&self, span: crate::span::Span, words: &[&str]) -> bool {
        let at = self.words.iter().position(|w| w.span.start >= span.start).unwrap_or(0);
        at.checked_sub(1).and_then(|i| self.words.get(i)).is_some_and(|w| words.contains(&w.lower.as_str()))
    }

    /// What kind of answer, about what.
    fn subject(&mut self, out: &mut Reading) {
        out.negated =
            self.words.iter().any(|w| w.tag == Tag::Not || matches!(w.lower.as_str(), "never" | "no"));
        let first = self.words.first().map(|w| w.tag);
        let [count, first_one, latest, when, who, why] =
            ["count", "first", "latest", "when", "who", "why"].map(|i| self.says(&format!("ask.intent.{i}")));
        out.intent = if count.is_some() {
            Intent::Count
        } else if why.is_some() {
            Intent::Why
        } else if latest.is_some() {
            Intent::Latest
        } else if first_one.is_some() {
            Intent::First
        } else if who.is_some() {
            Intent::Who
        } else if when.is_some_and(|at| at < 2) {
            Intent::When
        } else if matches!(first, Some(Tag::Be | Tag::Have | Tag::Do | Tag::Modal)) {
            Intent::Whether
        } else {
            Intent::List
        };
        let tariffs = self.about_tariffs(out) || out.kinds == [Kind::TariffAction];
        let planned = self.says("status.planned").is_some();
        out.statuses.extend(planned.then_some(Status::Planned));
        let people = !out.people.is_empty() || !out.bodies.is_empty();
        let engaged = out.kinds.contains(&Kind::Engagement);
        let standing = self.says("ask.standing").is_some();
        let deadline = self.says("ask.deadline").is_some();
        let open = self.says("ask.open").is_some();
        let tension = out.kinds.contains(&Kind::Tension) || !tariffs && open;
        let past = self
            .words
            .iter()
            .any(|w| matches!(w.lower.as_str(), "did" | "was" | "were" | "has" | "have") && !w.time);
        let will = self.words.iter().any(|w| w.lower == "will");
        let only = |kinds: &[Kind]| out.kinds.iter().all(|kind| kinds.contains(kind));
        out.subject = if people || engaged || !only(&[Kind::TariffAction, Kind::Tension]) {
            Subject::Events
        } else if (deadline && (tariffs || out.kinds.is_empty()) || will && tariffs)
            && !past
            && out.intent != Intent::Latest
        {
            Subject::Deadlines
        } else if open && tension {
            Subject::Tensions
        } else if !only(&[Kind::TariffAction]) {
            Subject::Events
        } else if standing && (tariffs || out.kinds.is_empty()) && out.intent != Intent::When
            || tariffs && !past && out.acts.is_empty() && out.intent == Intent::List
        {
            Subject::Tariffs
        } else {
            Subject::Events
        };
    }

    /// Names and words that nothing was read from.
    fn leftovers(&mut self, out: &mut Reading) {
        self.says("ask.filler");
        self.says("ask.goods");
        let mut name = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let new = !self.used.get(at).copied().unwrap_or(true) && !word.time;
            let named = new && word.capital && at > 0 && word.kind == TokenKind::Word;
            if named {
                name.push(self.doc.slice(word.span));
                continue;
            }
            if !name.is_empty() {
                push(&mut out.unknown, name.join(" "));
                name.clear();
            }
            if new && word.kind == TokenKind::Word && matches!(word.tag, Tag::Noun | Tag::Verb(_)) {
                push(&mut out.rest, word.lower.to_string());
            } else if new && word.kind == TokenKind::Number {
                let percent =
                    self.words.get(at + 1).is_some_and(|w| matches!(w.lower.as_str(), "%" | "percent"));
                push(&mut out.rest, format!("{}{}", word.lower.as_str(), if percent { "%" } else { "" }));
            }
        }
        if !name.is_empty() {
            push(&mut out.unknown, name.join(" "));
        }
    }
}
