//! Ties a phrase to what the article said before it: the ministry named last, the two leaders of
//! the sentence before, the state a minister was spoken of for.

use crate::caseless;
use crate::lexicon::{Level, Lexicon, StateForm};
use crate::mention::office_words::OfficeWords;
use crate::mention::phrase::{Found, Raw, Style};
use crate::mention::resolve::{Draft, Naming, key};
use crate::mention::{Entity, Mention, Use};
use crate::state::StateCode;
use crate::token::Token;

/// Mentions looked back at, to stay linear.
const REACH: usize = 24;

/// Mentions looked back at for whoever bears a surname that several share.
const NAMED: usize = 60;

/// A body spoken of, by its name here and in the lexicon.
struct Spoken {
    name: String,
    usual: String,
    country: Option<StateCode>,
}

/// The article up to a phrase.
pub(super) struct Past<'d, 'a> {
    pub(super) draft: &'d Draft<'a>,
    pub(super) lexicon: &'d Lexicon,
    pub(super) sides: Option<[StateCode; 2]>,
    pub(super) list: Vec<Mention>,
    /// The first sentence of the block that is read.
    pub(super) block: usize,
    bodies: Vec<Spoken>,
}

impl<'d, 'a> Past<'d, 'a> {
    /// Nothing read yet.
    pub(super) const fn new(
        draft: &'d Draft<'a>,
        lexicon: &'d Lexicon,
        sides: Option<[StateCode; 2]>,
    ) -> Self {
        Self { draft, lexicon, sides, list: Vec::new(), block: 0, bodies: Vec::new() }
    }

    /// What a phrase of sentence `index` stands for; `None` where it stands for nobody.
    pub(super) fn entity(&mut self, found: &Found, index: usize, tokens: &[Token]) -> Option<Entity> {
        let draft = self.draft;
        Some(match found.raw {
            Raw::State { code, form } => Entity::State { code, form },
            Raw::Place { row } => {
                let place = self.lexicon.places.get(row as usize)?;
                Entity::Place { name: place.name.clone(), country: place.country }
            }
            Raw::Group { country, noun } => Entity::Group { country, noun },
            Raw::Sides { office } => {
                // Two teams may be those of a match, where nobody speaks for a state.
                let noun = tokens.get(found.end.saturating_sub(1)).and_then(|t| t.span.of(draft.text));
                let leading = office.is_some();
                // "Leaders" of a readout are those of its two sides, though one has told of a third.
                let third = |pair: &[StateCode; 2]| {
                    leading
                        && draft.official
                        && self.sides.is_some_and(|sides| pair.iter().any(|code| !sides.contains(code)))
                };
                let states = self
                    .pair_before(index, leading)
                    .filter(|pair| !third(pair))
                    .or_else(|| self.states_before(index).filter(|_| !leading && noun != Some("teams")))
                    .or(self.sides)
                    .filter(|_| noun != Some("teams") || draft.official);
                Entity::Sides { states, office }
            }
            Raw::Person { name, row, surname, office, country } => {
                let naming = Naming { text: draft.text, name, row, office, country, headline: false };
                let known = draft.registry.find(&naming, surname);
                let person = known.or_else(|| self.named_last(&naming).filter(|_| surname))?;
                Entity::Person { person, office: office.map(|o| o.title) }
            }
            Raw::Office(office) => {
                let title = office.title.of(draft.text)?;
                if let Some(person) = self.relative(found, index, tokens) {
                    let title = office.title;
                    let country = draft.registry.people.get(person)?.person.country;
                    return Some(Entity::Office {
                        title,
                        country,
                        level: office.level,
                        person: Some(person),
                    });
                }
                let holders = draft.registry.holders(title, office.country);
                let person = draft
                    .registry
                    .meant(&holders, title, &self.list, index)
                    .or_else(|| self.leader(title, office.country));
                let country = person
                    .and_then(|at| draft.registry.people.get(at)?.person.country)
                    .or(office.country)
                    .or_else(|| self.union_of(title))
                    .or_else(|| {
                        let style = caseless::contains(title, "minist").then_some(Style::Ministries);
                        self.closing_teller(found, style, index, tokens)
                    })
                    .or_else(|| self.commerce(commerce_of(title)))
                    .or_else(|| self.administration(title))
                    .or_else(|| self.by_style(office.style.or(ministry_of(title)), index));
                Entity::Office { title: office.title, country, level: office.level, person }
            }
            Raw::Body { name, row, country, style, noun } => {
                let printed = name.of(draft.text)?;
                if noun {
                    let teller = self.closing_teller(found, style, index, tokens);
                    return self.body_before(printed, country.or(teller), style, index);
                }
                let known = draft.bodies.known.get(&OfficeWords::of(printed)).cloned();
                let (full, known) = known.unwrap_or((printed.to_owned(), None));
                let known = match (style, self.only_state(index)) {
                    // "India's mills … The finance ministry": not that of another item.
                    (Some(_), Some(only)) if known.is_some_and(|known| known != only) => Some(only),
                    _ => known,
                };
                let country = country
                    .or(known)
                    .or_else(|| self.closing_teller(found, style, index, tokens))
                    .or_else(|| self.commerce(printed))
                    .or_else(|| self.beside(found, style, index, tokens))
                    .or_else(|| self.by_style(style, index));
                let name = row.and_then(|row| draft.bodies.by_row.get(&row)).cloned().unwrap_or(full);
                let usual = row.and_then(|row| self.lexicon.bodies.get(row as usize));
                let usual = usual.map_or_else(String::new, |body| body.name.clone());
                self.bodies.push(Spoken { name: name.clone(), usual, country });
                Entity::Body { name, country }
            }
        })
    }

    /// Whom a surname that several bear means: the one of them who was named last.
    fn named_last(&self, naming: &Naming<'_>) -> Option<usize> {
        let bearers = self.draft.registry.by_surname.get(&key(naming.name.of(naming.text)?))?;
        self.list.iter().rev().take(NAMED).find_map(|mention| match mention.entity {
            Entity::Person { person, .. } => bearers.contains(&person).then_some(person),
            _ => None,
        })
    }

    /// The person before "who is also": the office is theirs.
    fn relative(&self, found: &Found, index: usize, tokens: &[Token]) -> Option<usize> {
        let word = |back: usize| found.start.checked_sub(back).map_or("", |at| self.printed(tokens, at));
        let skip = usize::from(matches!(word(1), "the" | "a"));
        let also = usize::from(word(skip + 1) == "also");
        let copula = matches!(word(skip + also + 1), "is" | "was") && word(skip + also + 2) == "who";
        match self.list.last()?.entity {
            Entity::Person { person, .. } if copula && self.list.last()?.sentence == index => Some(person),
            _ => None,
        }
    }

    /// "the ministry", "China's ministry": the one named last with that word.
    fn body_before(
        &self,
        printed: &str,
        country: Option<StateCode>,
        style: Option<Style>,
        index: usize,
    ) -> Option<Entity> {
        let wanted = key(printed);
        let called = |name: &str| key(name).split(' ').any(|part| part == wanted);
        let named = |body: &&Spoken| {
            (country.is_none() || body.country == country) && (called(&body.name) || called(&body.usual))
        };
        if let Some(body) = self.bodies.iter().rev().take(REACH).find(named) {
            return Some(Entity::Body { name: body.name.clone(), country: body.country });
        }
        if wanted == "bloc" {
            let code = self.union_of("Commission")?;
            return Some(Entity::State { code, form: StateForm::Name });
        }
        let country = country.or_else(|| self.union_of(printed)).or_else(|| self.by_style(style, index));
        country.is_some().then(|| Entity::Body { name: printed.to_owned(), country })
    }

    /// "the Australian leader": the one person named who leads that state.
    fn leader(&self, title: &str, country: Option<StateCode>) -> Option<usize> {
        let people = &self.draft.registry.people;
        if country.is_none() || !title.to_lowercase().ends_with("leader") {
            return None;
        }
        let leads = |at: &usize| {
            people
                .get(*at)
                .is_some_and(|k| k.person.country == country && k.person.level == Some(Level::Leader))
        };
        let mut leaders = (0..people.len().min(64)).filter(leads);
        let first = leaders.next();
        first.filter(|_| leaders.next().is_none())
    }

    /// The European Union, for "the Commission" where that is spoken of.
    fn union_of(&self, words: &str) -> Option<StateCode> {
        let union = "EU".parse().ok()?;
        let of_union = |known: &super::resolve::Known| known.person.country == Some(union);
        let named = self.draft.counts.contains_key(&union)
            || self.draft.registry.people.iter().take(64).any(of_union);
        (named && words.split([' ', '\'', '’']).any(|w| w == "Commission")).then_some(union)
    }

    /// "A senior administration official": American where the United States is spoken of.
    fn administration(&self, title: &str) -> Option<StateCode> {
        let american = self.draft.counts.contains_key(&StateCode::US);
        (american && caseless::contains(title, "administration official")).then_some(StateCode::US)
    }

    /// "The Ministry of Commerce": few states besides China have one.
    fn commerce(&self, printed: &str) -> Option<StateCode> {
        if !matches!(printed, "Ministry of Commerce" | "Commerce Ministry" | "commerce ministry") {
            return None;
        }
        let china: StateCode = "CN".parse().ok()?;
        let side = self.sides.is_some_and(|sides| sides.contains(&china));
        // "The Ministry of Commerce put ten American firms on its list": nobody else who has one is named.
        let only = || !self.draft.counts.keys().any(|code| COMMERCE.contains(&code.as_str()));
        (side || self.sides.is_none() && only()).then_some(china)
    }

    /// Where ministries are spoken of, that of the state named last, or rule 4 of the module.
    fn by_style(&self, style: Option<Style>, index: usize) -> Option<StateCode> {
        let style = style?;
        let sides = self.sides;
        let other = match sides {
            Some([StateCode::US, other] | [other, StateCode::US]) => Some(other),
            _ => None,
        };
        let near = self.list.iter().rev().take(REACH).take_while(|m| m.sentence + 1 >= index);
        let acting = near.filter(|m| m.used == Use::Agent && !self.adjective(m));
        let mut states = acting.filter_map(|m| self.state(m));
        let departments =
            |code: &StateCode| matches!(code.as_str(), "AU" | "CA" | "HK" | "IE" | "PH" | "US" | "ZA");
        match style {
            Style::Departments => states.find(departments).or(other.map(|_| StateCode::US)),
            Style::Ministries => states.find(|code| *code != StateCode::US).or(other),
        }
    }

    /// "Peru's trade ministry and the customs service": a body right behind one of a state is of it as well.
    fn beside(
        &self,
        found: &Found,
        style: Option<Style>,
        index: usize,
        tokens: &[Token],
    ) -> Option<StateCode> {
        let last = self.list.last().filter(|m| m.sentence == index && style != Some(Style::Departments))?;
        let gap = tokens.get(last.tokens.1..found.start)?;
        let mut words = gap.iter().map(|t| t.span.of(self.draft.text).unwrap_or(""));
        let joined = gap.len() < 4 && words.clone().any(|w| w == "and");
        let joins = words.all(|w| matches!(w, "and" | "the" | "its" | "," | "with"));
        match last.entity {
            Entity::Body { country, .. } if joined && joins => country,
            _ => None,
        }
    }

    /// "India put a duty on tiles from Peru, the trade ministry said": whoever closes the sentence tells of an act
    /// of his own state, the only one that stands behind no preposition.
    fn closing_teller(
        &self,
        found: &Found,
        style: Option<Style>,
        index: usize,
        tokens: &[Token],
    ) -> Option<StateCode> {
        let word = |at: usize| self.printed(tokens, at);
        let back = |count: usize| found.start.checked_sub(count).map_or("", word);
        let closes = back(1) == "," || back(2) == "," && matches!(back(1), "the" | "its" | "a");
        let says =
            matches!(word(found.end), "said" | "says" | "announced" | "confirmed" | "added" | "stated");
        if style != Some(Style::Ministries) || !closes || !says {
            return None;
        }
        let led = |at: usize| {
            matches!(
                at.checked_sub(1).map_or("", word),
                "on" | "from" | "against" | "to" | "of" | "with" | "for" | "by" | "in" | "into"
            )
        };
        let here = self.list.iter().rev().take(REACH).take_while(|m| m.sentence == index);
        let acting = here.filter(|m| m.used == Use::Agent && !self.adjective(m) && !led(m.tokens.0));
        let mut states = acting.filter_map(|m| self.state(m));
        // Washington has no ministries.
        let only = states.next().filter(|code| *code != StateCode::US)?;
        states.all(|code| code == only).then_some(only)
    }

    /// The one state that the block names before the sentence.
    fn only_state(&self, index: usize) -> Option<StateCode> {
        let near = self.list.iter().rev().take(REACH).take_while(|m| m.sentence >= self.block);
        let mut states = near.filter(|m| m.sentence < index).filter_map(|m| self.state(m));
        let only = states.next()?;
        states.all(|code| code == only).then_some(only)
    }

    /// The token at `at` as printed.
    fn printed(&self, tokens: &[Token], at: usize) -> &'a str {
        tokens.get(at).and_then(|t| t.span.of(self.draft.text)).unwrap_or("")
    }

    fn adjective(&self, mention: &Mention) -> bool {
        matches!(mention.entity, Entity::State { form: StateForm::Adjective, .. })
    }

    fn state(&self, mention: &Mention) -> Option<StateCode> {
        match &mention.entity {
            Entity::State { code, .. } => Some(*code),
            Entity::Body { country, .. } | Entity::Office { country, .. } => *country,
            Entity::Person { person, .. } => self.draft.registry.people.get(*person)?.person.country,
            Entity::Group { .. } | Entity::Sides { .. } | Entity::Place { .. } => None,
        }
    }

    /// "Washington paused the rule, and Beijing its curbs. Both sides …": the two states that the sentence before
    /// tells acts of, where one of them is none of the two that the text is about.
    fn states_before(&self, index: usize) -> Option<[StateCode; 2]> {
        let before = index.checked_sub(1)?;
        let near = self.list.iter().rev().take(REACH).skip_while(|m| m.sentence > before);
        let mut found: Vec<StateCode> = Vec::new();
        for mention in near.take_while(|m| m.sentence == before) {
            let acts = mention.used == Use::Agent && !self.adjective(mention);
            if let Some(code) = self.state(mention).filter(|code| acts && !found.contains(code)) {
                found.insert(0, code);
            }
        }
        let sides = self.sides?;
        match found.as_slice() {
            [a, b] if sides.contains(a) != sides.contains(b) => Some([*a, *b]),
            _ => None,
        }
    }

    /// The two states of the persons spoken of right before, of leaders where leaders are meant;
    /// `None` where they are not just two.
    fn pair_before(&self, index: usize, leading: bool) -> Option<[StateCode; 2]> {
        for sentence in [index, index.checked_sub(1)?] {
            let near = self.list.iter().rev().take(REACH).skip_while(|m| m.sentence > sentence);
            let mut found: Vec<StateCode> = Vec::new();
            for mention in near.take_while(|m| m.sentence == sentence) {
                let person = match mention.entity {
                    Entity::Person { person, .. } => self.draft.registry.people.get(person),
                    _ => None,
                };
                let fits = person.filter(|k| !leading || k.person.level == Some(Level::Leader));
                if let Some(code) = fits.and_then(|k| k.person.country)
                    && !found.contains(&code)
                {
                    found.insert(0, code);
                }
            }
            if let [a, b] = found.as_slice() {
                return Some([*a, *b]);
            }
            if !found.is_empty() {
                return None;
            }
        }
        None
    }
}

/// The ministry whose spokesperson an office as printed names: "a spokesman for the Ministry of Commerce".
fn commerce_of(title: &str) -> &str {
    const NAMES: &[&str] = &["Ministry of Commerce", "Commerce Ministry", "commerce ministry"];
    let named = |name: &&&str| title.ends_with(**name) || title.starts_with(**name);
    let industry = title.contains("Commerce and");
    NAMES.iter().find(named).filter(|_| !industry).copied().unwrap_or("")
}

/// "A foreign ministry spokesman": somebody of a state that has ministries.
fn ministry_of(title: &str) -> Option<Style> {
    let ministry = caseless::contains(title, "ministry") && !title.starts_with(char::is_uppercase);
    ministry.then_some(Style::Ministries)
}

/// States besides China with a ministry of commerce.
const COMMERCE: &[&str] =
    &["AF", "BG", "IN", "IQ", "KH", "KR", "KW", "LA", "MM", "NP", "OM", "PK", "RO", "SA", "TH", "VN", "YE"];
