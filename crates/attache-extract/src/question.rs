//! A question, read with the grammar and the lexicons of the articles.
//!
//! In goes a sentence and the day it is asked on, out comes a [`Reading`]. The words questions are
//! asked in are rows of `lexicon/questions.csv`: `ask.…` for what kind of answer is wanted,
//! `act.KIND` and `act.KIND.SUBTYPE` for what people call our kinds of events.

mod accounted;
mod anchor;
mod period;
mod roles;
mod typed;

use jiff::civil::Date;

use crate::article::Article;
use crate::document::Document;
use crate::event::{Act, Kind, Status};
use crate::extractor::Extractor;
use crate::grammar::clause::Clauses;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{Lower, is};
use crate::grammar::tag::{Tag, Word};
use crate::reading::{Intent, Reading, Subject, Turn};
use crate::vocabulary::Vocabulary as _;
use crate::who::{Who, WhoKind};

pub(crate) use typed::body_names;

/// A question's words with what was recognised in them.
struct Asked<'q> {
    extractor: &'q Extractor,
    doc: &'q Document<'q>,
    words: Vec<Word>,
    clauses: Clauses,
    who: Vec<Who>,
    /// Words that something was read from.
    used: Vec<bool>,
    /// Words that name what the days asked about follow or precede.
    anchored: Vec<usize>,
    /// Words that name a rank.
    ranked: Vec<usize>,
}

/// Unread words beyond which nobody looks for misspelt ones.
const MANY: usize = 12;

/// What the words of a question ask for, capitals or none, and with a letter wrong here and there.
pub(crate) fn read(extractor: &Extractor, text: &str, today: Date) -> Reading {
    let text = typed::aliases(extractor, text);
    let text = typed::capitalised(&text);
    let reading = read_printed(extractor, &text, today);
    let unread: Vec<String> = reading.unknown.iter().chain(&reading.rest).cloned().collect();
    if unread.is_empty() || unread.len() > MANY {
        return reading;
    }
    let mended = typed::mended(extractor, &unread);
    if mended.is_empty() {
        return reading;
    }
    let text = typed::replaced(&text, &mended);
    Reading { mended, ..read_printed(extractor, &typed::capitalised(&text), today) }
}

fn read_printed(extractor: &Extractor, text: &str, today: Date) -> Reading {
    let doc = Document::prose(text);
    let seen = crate::surroundings::read(&doc, &Article::new(text, today));
    let mut asked = Asked {
        extractor,
        doc: &doc,
        words: Vec::new(),
        clauses: Clauses::default(),
        who: Vec::new(),
        used: Vec::new(),
        anchored: Vec::new(),
        ranked: Vec::new(),
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
        said: Vec::new(),
        levels: Vec::new(),
        turn: None,
        anchor: None,
        places: Vec::new(),
        kinds: Vec::new(),
        acts: Vec::new(),
        statuses: Vec::new(),
        since: None,
        until: None,
        negated: false,
        mended: Vec::new(),
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
            // "trade" in the name of a court is not what the question is about.
            let named = |who: &Who| {
                let whole = matches!(who.kind, WhoKind::Body | WhoKind::Person) && who.span != *span;
                whole && who.span.start <= span.start && span.end <= who.span.end
            };
            if !asked.who.iter().any(named) {
                asked.topic(topic, *span, &mut out);
            }
        }
        asked.anchor(&mut out);
        asked.acts(&mut out);
        asked.levels(&mut out);
        asked.parties(&mut out);
        asked.subject(&mut out);
        asked.period(&times, today, &mut out);
        asked.leftovers(&mut out);
    }
    // A topic that only repeats the kind asked for would narrow the search to texts that print it.
    let kinds: Vec<&str> = out.kinds.iter().map(|kind| kind.as_str()).collect();
    let acts: Vec<String> = out.acts.iter().map(|act| act.subtype().replace('_', " ")).collect();
    let truce = out.kinds.contains(&Kind::TariffAction);
    let said = std::mem::take(&mut out.said);
    let (topics, said) = std::mem::take(&mut out.topics)
        .into_iter()
        .zip(said)
        .filter(|(topic, _)| {
            let stem = topic.trim_end_matches('s');
            let repeats = kinds.iter().any(|kind| kind.starts_with(stem)) || acts == [stem];
            let listing = topic == "entity list" && acts == ["entity listing"];
            !(repeats || listing || truce && topic == "truce")
        })
        .unzip();
    (out.topics, out.said) = (topics, said);
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

    /// A topic by the lexicon's name for it; by its own where that name is wider.
    fn topic(&self, topic: &str, span: crate::span::Span, out: &mut Reading) {
        let said = self.doc.slice(span).to_lowercase();
        let at = self.words.iter().position(|w| w.span.start >= span.start).unwrap_or(0);
        let narrow = self.extractor.classes.starting("ask.narrow").find(|(_, phrases)| {
            phrases.find(&self.words, at).is_some_and(|found| {
                let last = self.words.get(at + found.len() - 1);
                last.is_some_and(|w| w.span.end >= span.end)
            })
        });
        let name = match narrow.map(|(name, _)| name.trim_start_matches('.')) {
            None => topic.to_owned(),
            Some("") => said.clone(),
            Some(word) => word.to_owned(),
        };
        if !out.topics.contains(&name) {
            let said = if narrow.is_some() { name.clone() } else { said };
            out.topics.push(name);
            out.said.push(said);
        }
    }

    /// Kinds and subtypes by the words people use for them.
    fn acts(&mut self, out: &mut Reading) {
        let mut told: Vec<Act> = Vec::new();
        for at in 0..self.words.len() {
            if self.words.get(at).is_none_or(|w| w.name || w.time) || self.anchored.contains(&at) {
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
        self.measures(out);
        // "The de minimis exemption" is the rule's own name.
        if out.topics.iter().any(|topic| topic == "de minimis") {
            out.acts.retain(|act| act.subtype() != "exclude");
            self.says("ask.parcel");
        }
        // "What was said of the truce": a subject, and no act.
        let truce = out.topics.iter().any(|topic| topic == "truce");
        let told = [Kind::Statement, Kind::Engagement, Kind::Agreement];
        if truce && out.kinds.iter().any(|kind| told.contains(kind)) {
            out.kinds.retain(|kind| *kind != Kind::TariffAction);
            out.acts.retain(|act| act.kind() != Kind::TariffAction);
        }
        // "raise", "extend" and the like are said of anything; only of duties are they tariff acts.
        let tariffs = self.about_tariffs(out);
        let other = out.kinds.iter().any(|k| *k != Kind::TariffAction);
        if !tariffs && other {
            let eased = ["suspend", "extend_suspension", "reduce", "remove"];
            let measure = out.kinds.contains(&Kind::Tension);
            let told = out.acts.iter().any(|act| eased.contains(&act.subtype()));
            if measure && told {
                // "suspended rare-earth controls": the measure in that state.
                out.statuses.extend([Status::Eased, Status::Resolved]);
            }
            out.kinds.retain(|kind| *kind != Kind::TariffAction);
            out.acts.retain(|act| act.kind() != Kind::TariffAction);
        }
        let measure = out.kinds.contains(&Kind::Tension) && out.statuses.is_empty();
        if measure && self.says("status.eased").is_some() {
            out.statuses.extend([Status::Eased, Status::Resolved]);
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

    /// "rare-earth controls", "chip curbs": of goods, such words name export controls.
    fn measures(&mut self, out: &mut Reading) {
        if out.kinds.contains(&Kind::Tension) || out.topics.is_empty() {
            return;
        }
        let Ok(control) = Act::new(Kind::Tension, "export_control") else { return };
        if self.says("ask.control").is_some() {
            push(&mut out.kinds, Kind::Tension);
            push(&mut out.acts, control);
        } else if out.kinds == [Kind::TariffAction] && !self.about_tariffs(out) {
            // "The rare-earth suspension": of such goods, controls are suspended and no duties.
            let controlled = self.extractor.classes.get("ask.controlled");
            if out.topics.iter().all(|topic| controlled.is_some_and(|topics| topics.has_phrase(topic))) {
                push(&mut out.kinds, Kind::Tension);
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
            self.use_who(&who);
            let at = self.words.iter().position(|w| w.span.start >= who.span.start).unwrap_or(0);
            let ranked = self.ranked.iter().filter_map(|&at| self.words.get(at));
            let ranked =
                ranked.into_iter().any(|w| who.span.start <= w.span.start && w.span.end <= who.span.end);
            let subject = who.kind == WhoKind::Firm
                && who.name.as_ref().is_some_and(|name| out.topics.contains(&name.to_lowercase()));
            if self.anchored.contains(&at) || ranked || subject {
                continue;
            }
            match who.kind {
                WhoKind::Person | WhoKind::Body | WhoKind::Firm => {
                    let list = if who.kind == WhoKind::Person { &mut out.people } else { &mut out.bodies };
                    if let Some(name) = who.name.clone() {
                        push(list, name.into());
                    }
                }
                WhoKind::Office => {
                    if let Some(country) = who.country {
                        push(&mut out.states, country);
                    }
                    let contact = |o: &str| self.extractor.classes.has("act.engagement", &Lower::printed(o));
                    if let Some(office) = who.office.clone().filter(|o| !contact(o)) {
                        push(&mut out.offices, office.into());
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
        out.negated = self.words.iter().any(|w| w.tag == Tag::Not || is!(w.lower, "never" | "no"));
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
        out.turn = [
            ("ask.turn.effective", Turn::Effective),
            ("ask.turn.expires", Turn::Expires),
            ("ask.turn.signed", Turn::Signed),
            ("ask.turn.announced", Turn::Announced),
        ]
        .into_iter()
        .find_map(|(class, turn)| self.says(class).map(|_| turn));
        // "Is the exemption over?"
        if self.words.iter().rev().find(|w| w.tag != Tag::Punct).is_some_and(|w| w.lower == "over") {
            out.turn = Some(Turn::Expires);
        }
        if self.says("ask.intent.until").is_some() {
            out.turn = Some(Turn::Expires);
            out.intent = Intent::When;
        }
        let planned = self.says("status.planned").is_some();
        out.statuses.extend(planned.then_some(Status::Planned));
        let people = !out.people.is_empty() || !out.bodies.is_empty();
        let engaged = out.kinds.contains(&Kind::Engagement);
        if self.says("ask.compare").is_some() {
            out.subject = Subject::Comparison;
            return;
        }
        let standing = self.says("ask.standing").is_some();
        let deadline = self.says("ask.deadline").is_some();
        // "Opened in May" tells an act, "open" a state.
        let open = self.says("ask.open");
        let form = open.and_then(|at| self.words.get(at)).map(|w| w.lower == "opened");
        if form == Some(true) && out.kinds.contains(&Kind::Tension) && out.statuses.is_empty() {
            out.statuses.push(Status::Open);
        }
        let open = form == Some(false);
        let tension = out.kinds.contains(&Kind::Tension) || !tariffs && open;
        let past = self.past();
        let will = self.words.iter().any(|w| w.lower == "will");
        let only = |kinds: &[Kind]| out.kinds.iter().all(|kind| kinds.contains(kind));
        out.subject = if people || engaged || !only(&[Kind::TariffAction, Kind::Tension]) {
            Subject::Events
        } else if (deadline && (tariffs || only(&[Kind::Tension]))
            || will && tariffs
            || self.bare_future(out))
            && !past
            && out.intent != Intent::Latest
        {
            Subject::Deadlines
        } else if open && tension || self.stands_eased(out) && !past {
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

    /// "What happens on 1 March?": what is to come, and of what kind is left open.
    fn bare_future(&mut self, out: &Reading) -> bool {
        let named = |list: &[String]| !list.is_empty();
        self.says("ask.ahead").is_some()
            && out.kinds.is_empty()
            && out.acts.is_empty()
            && !named(&out.topics)
            && !named(&out.places)
    }

    /// "Which controls are suspended": a state of the measure, and no day of its turn.
    fn stands_eased(&self, out: &Reading) -> bool {
        let present = self.words.iter().any(|w| is!(w.lower, "is" | "are" | "still"));
        present && out.statuses.contains(&Status::Eased) && out.intent != Intent::When && out.turn.is_none()
    }

    /// Whether what is asked about lies behind: "was the rate" asks for a state, "was raised" for an act.
    fn past(&self) -> bool {
        let says =
            |forms: &[&str]| self.words.iter().position(|w| forms.contains(&w.lower.as_str()) && !w.time);
        let verb = |from: usize| {
            let mut later = self.words.iter().skip(from + 1);
            later.any(|w| matches!(w.tag, Tag::Verb(_)) && !w.time)
        };
        says(&["did", "has", "have"]).is_some() || says(&["was", "were"]).is_some_and(verb)
    }
}
