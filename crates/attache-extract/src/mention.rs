//! Who and what a text names: states, bodies, offices, people, groups, both sides, places, topics.
//!
//! In goes a [`Document`] and the [`Lexicon`], out come [`Mentions`]: the phrases in text order,
//! each knowing which party it stands for. Later mentions are tied to the fullest form the article
//! gives ("Bessent" to "Scott Bessent", "the vice premier" to the one holder of that office named).
//! What a party does in an event is not decided here.
//!
//! # Where a country comes from
//! In this order, and from nothing else; otherwise it stays `None`:
//! 1. the words of the phrase: "China's vice premier", "the U.S. Department of Commerce";
//! 2. the lexicon row of the body, the person or an office that exists in one state only;
//! 3. the same phrase elsewhere in the article, where it carries its country;
//! 4. for a ministry or a minister without any of these: the one of the article's two main states
//!    that has ministries, where the other one is the United States, which has departments; for a
//!    department or a secretary, the United States in the same case.

mod group;
mod initials;
mod listed;
mod office_words;
mod organisation;
mod past;
mod phrase;
mod plural;
mod resolve;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub(crate) use listed::listed_words;
pub(crate) use resolve::stand_out;

use crate::document::Document;
use crate::lexicon::{Level, Lexicon, StateForm};
use crate::span::Span;
use crate::state::StateCode;

/// How a phrase for a city or state is used where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// Somebody who acts: "Beijing said".
    Agent,
    /// Somewhere: "in Beijing", "in South Korea".
    Place,
}

/// What a phrase stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entity {
    /// A state or bloc.
    State {
        /// Which.
        code: StateCode,
        /// By which kind of word.
        form: StateForm,
    },
    /// A ministry, agency, court, organisation, company.
    Body {
        /// The fullest name the article gives, without the country before it.
        name: String,
        /// Its state, where one can be told.
        country: Option<StateCode>,
    },
    /// An office without a name; `person` is its one holder named elsewhere in the article.
    Office {
        /// The office as printed, without the country before it.
        title: Span,
        /// The state it serves.
        country: Option<StateCode>,
        /// Its rank, where the lexicon knows it.
        level: Option<Level>,
        /// Index into [`Mentions::people`].
        person: Option<usize>,
    },
    /// A person; `person` is an index into [`Mentions::people`].
    Person {
        /// Which.
        person: usize,
        /// The office printed with this mention.
        office: Option<Span>,
    },
    /// A collective: "Chinese exporters", "analysts".
    Group {
        /// The state, where the phrase says it.
        country: Option<StateCode>,
        /// The noun, where the phrase shares it with another: "American and Chinese officials".
        noun: Option<Span>,
    },
    /// "both sides", "the two countries", "the two presidents": the article's two main states.
    Sides {
        /// The two, where the article has two.
        states: Option<[StateCode; 2]>,
        /// The office of both, as printed: "presidents".
        office: Option<Span>,
    },
    /// A city, region or building that stands for no government.
    Place {
        /// Its usual name.
        name: String,
        /// The state it lies in.
        country: Option<StateCode>,
    },
}

/// One phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Byte range, with the country and office words that belong to it, without a possessive ending.
    pub span: Span,
    /// Index of its sentence.
    pub sentence: usize,
    /// Range of its tokens in that sentence.
    pub tokens: (usize, usize),
    /// What it stands for.
    pub entity: Entity,
    /// As an agent or as a place.
    pub used: Use,
    /// Whether a possessive ending follows.
    pub possessive: bool,
}

/// A person of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The fullest form printed in the article or its headline.
    pub name: String,
    /// The first office printed with the name, as printed, and where (`None`: in the headline).
    pub office: Option<(String, Option<Span>)>,
    /// The state the person acts for.
    pub country: Option<StateCode>,
    /// Rank of the office.
    pub level: Option<Level>,
}

/// A topic word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic<'l> {
    /// Byte range.
    pub span: Span,
    /// Index of its sentence.
    pub sentence: usize,
    /// The topic, lower case.
    pub name: &'l str,
}

/// One party as an event names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The fullest name the article gives; `None` where it gives only an office.
    pub name: Option<String>,
    /// The office as printed.
    pub office: Option<String>,
    /// The state.
    pub country: Option<StateCode>,
    /// Where name, office and country are read from.
    pub span: Span,
    /// Where the office is printed, if in the text.
    pub office_span: Option<Span>,
    /// Rank of the office, where known.
    pub level: Option<Level>,
}

/// All phrases of an article.
#[derive(Debug, Clone)]
pub struct Mentions<'l> {
    /// In text order; they do not overlap.
    pub list: Vec<Mention>,
    /// The people, in the order of their first naming.
    pub people: Vec<Person>,
    /// Topic words in text order.
    pub topics: Vec<Topic<'l>>,
    /// The article's two main states, the most named first; `None` where fewer than two are named.
    pub sides: Option<[StateCode; 2]>,
    /// Per sentence of a briefing, the two states that its question is about.
    pub(crate) exchanges: Vec<Option<[StateCode; 2]>>,
    lexicon: &'l Lexicon,
}

/// The people of an article by name.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    names: BTreeMap<String, usize>,
    /// By each part of a name, `None` where several share it.
    parts: BTreeMap<String, Option<usize>>,
}

impl Cast {
    /// The person a printed name belongs to, in full or by one of its parts: an index into
    /// [`Mentions::people`].
    #[must_use]
    pub fn find(&self, printed: &str) -> Option<usize> {
        let wanted = resolve::key(printed);
        self.names.get(&wanted).copied().or_else(|| self.parts.get(&wanted).copied().flatten())
    }
}

/// Finds the phrases of an article. `title` is its headline: it helps to tell names, offices and
/// countries, and is not searched for mentions. Takes time linear in the length of the text.
#[must_use]
pub fn mentions<'l>(document: &Document<'_>, title: Option<&str>, lexicon: &'l Lexicon) -> Mentions<'l> {
    resolve::article(document, title, lexicon)
}

/// A party without an office.
fn plain_party(mention: &Mention, name: Option<String>, country: Option<StateCode>) -> Named {
    Named { name, office: None, country, span: mention.span, office_span: None, level: None }
}

/// "presidents", "heads of state" for one of them.
fn singular_office(plural: &str) -> String {
    let plurals = [
        "leaders",
        "presidents",
        "heads",
        "premiers",
        "ministers",
        "chancellors",
        "secretaries",
        "undersecretaries",
        "negotiators",
        "envoys",
        "commissioners",
        "governors",
    ];
    // The head stands before the first "of", or last.
    let mut head = None;
    let mut at = 0;
    for word in plural.split(' ') {
        if word == "of" {
            break;
        }
        head = Some((at, word));
        at += word.len() + 1;
    }
    let Some((at, word)) = head.filter(|(_, word)| plurals.iter().any(|p| word.eq_ignore_ascii_case(p)))
    else {
        return plural.to_owned();
    };
    let (before, after) = (plural.get(..at).unwrap_or(""), plural.get(at + word.len()..).unwrap_or(""));
    match word.strip_suffix("ies") {
        Some(stem) => format!("{before}{stem}y{after}"),
        None => format!("{before}{}{after}", word.strip_suffix('s').unwrap_or(word)),
    }
}

impl Mentions<'_> {
    /// The mentions of one sentence, in text order.
    #[must_use]
    pub fn of_sentence(&self, sentence: usize) -> &[Mention] {
        let start = self.list.partition_point(|m| m.sentence < sentence);
        let end = self.list.partition_point(|m| m.sentence <= sentence);
        self.list.get(start..end).unwrap_or_default()
    }

    /// The parties a mention stands for: none for a place, two for "both sides" of a known pair.
    #[must_use]
    pub fn parties(&self, mention: &Mention, text: &str) -> Vec<Named> {
        if let Some((name, country)) = self.whole(mention, text) {
            return vec![plain_party(mention, name.map(Cow::into_owned), country)];
        }
        let printed = |span: Span| span.of(text).map(str::to_owned);
        let plain = |name, country| plain_party(mention, name, country);
        match &mention.entity {
            Entity::State { .. } | Entity::Body { .. } | Entity::Group { .. } => Vec::new(),
            Entity::Person { person, office } => self.person(*person, *office, mention.span, text),
            Entity::Office { title, person: Some(person), .. } => {
                self.person(*person, Some(*title), mention.span, text)
            }
            Entity::Office { title, country: Some(code), person: None, .. }
                if printed(*title).is_some_and(|words| singular_office(&words) != words) =>
            {
                let one = [*code];
                let each = self.holders(one.into_iter(), *title, text);
                each.into_iter().map(|one| Named { span: mention.span, ..one }).collect()
            }
            Entity::Office { title, country, level, person: None } => {
                let office = printed(*title);
                vec![Named { office, office_span: Some(*title), level: *level, ..plain(None, *country) }]
            }
            Entity::Sides { states, office: None } => {
                states.iter().flatten().map(|&code| plain(self.state(code), Some(code))).collect()
            }
            Entity::Sides { states, office: Some(office) } => {
                let pair = states.iter().flatten().copied();
                self.holders(pair, *office, text)
                    .into_iter()
                    .map(|one| Named { span: mention.span, ..one })
                    .collect()
            }
            Entity::Place { .. } => Vec::new(),
        }
    }

    /// The one party that a mention of a state, body or group stands for: its name and its state.
    pub(crate) fn whole<'m>(
        &'m self,
        mention: &'m Mention,
        text: &'m str,
    ) -> Option<(Option<Cow<'m, str>>, Option<StateCode>)> {
        let printed = |span: Span| span.of(text).map(Cow::Borrowed);
        Some(match &mention.entity {
            Entity::State { code, form: StateForm::Metonym } => (printed(mention.span), Some(*code)),
            Entity::State { code, .. } => (self.lexicon.state_name(*code).map(Cow::Borrowed), Some(*code)),
            Entity::Body { name, country } => (Some(Cow::Borrowed(name)), *country),
            Entity::Group { country, noun } => {
                let mut name = printed(mention.span);
                if let (Some(name), Some(noun)) = (&mut name, noun.and_then(|noun| noun.of(text))) {
                    name.to_mut().push(' ');
                    name.to_mut().push_str(noun);
                }
                (name, *country)
            }
            _ => return None,
        })
    }

    /// The place a mention names: a city, else a state; `None` for anything else.
    #[must_use]
    pub fn place(&self, mention: &Mention, text: &str) -> Option<String> {
        match &mention.entity {
            Entity::Place { name, .. } => Some(name.clone()),
            Entity::State { form: StateForm::Capital, .. } => mention.span.of(text).map(str::to_owned),
            Entity::State { code, form: StateForm::Name } => self.state(*code),
            _ => None,
        }
    }

    /// The people by the names a transcript gives speakers.
    #[must_use]
    pub fn cast(&self) -> Cast {
        let mut cast = Cast::default();
        for (at, person) in self.people.iter().enumerate() {
            let name = resolve::key(&person.name);
            for part in name.split(' ') {
                let known = cast.parts.entry(part.to_owned()).or_insert(Some(at));
                *known = known.filter(|one| *one == at);
            }
            cast.names.entry(name).or_insert(at);
        }
        cast
    }

    /// One holder of an office for each of some states: the person where the article names one.
    /// "Leaders" are named only where all are.
    fn holders(&self, states: impl Iterator<Item = StateCode>, office: Span, text: &str) -> Vec<Named> {
        let plural = office.of(text).unwrap_or("");
        let title = singular_office(plural);
        let general = plural.to_lowercase().starts_with("leader");
        let found: Vec<(StateCode, Option<usize>)> =
            states.map(|code| (code, self.holder(code, &title.to_lowercase()))).collect();
        let all = found.len() > 1 && found.iter().all(|(_, person)| person.is_some());
        let bare = |code| Named {
            name: None,
            office: Some(title.clone()),
            country: Some(code),
            span: office,
            office_span: Some(office),
            level: None,
        };
        let named = |(code, person): (StateCode, Option<usize>)| match person {
            Some(person) if all || !general => self.person(person, None, office, text).pop(),
            _ => Some(bare(code)),
        };
        found.into_iter().filter_map(named).collect()
    }

    /// The one person of a state who holds an office of this general kind.
    fn holder(&self, country: StateCode, title: &str) -> Option<usize> {
        let head = title.rsplit(' ').next().unwrap_or(title);
        let leads = matches!(head, "leader" | "state" | "government" | "chief");
        let fits = |person: &Person| {
            let office = person.office.as_ref().map_or("", |(words, _)| words.as_str()).to_lowercase();
            person.country == Some(country)
                && if leads { person.level == Some(Level::Leader) } else { office.contains(title) }
        };
        let fitting: Vec<usize> =
            self.people.iter().enumerate().filter(|(_, person)| fits(person)).map(|(at, _)| at).collect();
        if let [one] = fitting.as_slice() {
            return Some(*one);
        }
        // "The two leaders" are the presidents, not their deputies.
        let first_rank = |at: &&usize| {
            let office =
                self.people.get(**at).and_then(|p| p.office.as_ref()).map(|(words, _)| words.to_lowercase());
            office.is_some_and(|o| o.starts_with("president") || o.starts_with("prime minister"))
        };
        let mut chief = fitting.iter().filter(first_rank).filter(|_| leads);
        let first = chief.next().copied();
        first.filter(|_| chief.next().is_none())
    }

    fn state(&self, code: StateCode) -> Option<String> {
        self.lexicon.state_name(code).map(str::to_owned)
    }

    fn person(&self, index: usize, office: Option<Span>, span: Span, text: &str) -> Vec<Named> {
        let Some(person) = self.people.get(index) else { return Vec::new() };
        let here = office.and_then(|at| Some((at.of(text)?.to_owned(), Some(at))));
        let (office, office_span) = match here.or_else(|| person.office.clone()) {
            // "Presidents A and B": each is one.
            Some((words, at)) => (Some(singular_office(&words)), at),
            None => (None, None),
        };
        let (name, country, level) = (Some(person.name.clone()), person.country, person.level);
        vec![Named { name, office, country, span, office_span, level }]
    }
}
