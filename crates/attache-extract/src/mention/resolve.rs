//! Ties the phrases of an article together: full names to surnames, offices to holders, bodies to
//! their fullest form, "both sides" to the two states.

use std::collections::BTreeMap;

use crate::caseless;
use crate::document::{Block, BlockKind, Document};
use crate::grammar::lower::{Lower, is};
use crate::lexicon::{Finds, Level, Lexicon, StateForm};
use crate::mention::office_words::{OfficeWords, honorific};
use crate::mention::past::Past;
use crate::mention::phrase::{Found, Office, Raw, Reader};
use crate::mention::{Entity, Mention, Mentions, Person, Topic, Use, singular_office};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::state::StateCode;
use crate::surname;
use crate::token::{Token, TokenKind, ascii_words};

/// A name in lower case, without signs and honorifics, for comparison.
pub(super) fn key(name: &str) -> String {
    if name.is_ascii() {
        return ascii_key(name);
    }
    let lower: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<_> = lower.split_whitespace().filter(|w| w.chars().count() > 1 && !honorific(w)).collect();
    words.join(" ")
}

/// The key of a name without letters beyond ASCII.
fn ascii_key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in ascii_words(name).filter(|w| w.len() > 1) {
        let from = out.len();
        if from > 0 {
            out.push(' ');
        }
        let start = out.len();
        out.push_str(word);
        if let Some(new) = out.get_mut(start..) {
            new.make_ascii_lowercase();
            if honorific(new) {
                out.truncate(from);
            }
        }
    }
    out
}

/// Whether a name is printed in capitals throughout, as in a headline.
fn shouted(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    letters.clone().all(char::is_uppercase) && letters.nth(3).is_some()
}

/// What is known of a person while the article is read.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) person: Person,
    pub(super) row: Option<u32>,
    pub(super) offices: Vec<OfficeWords>,
    /// The parts of the name are known by which to find the person.
    filed: bool,
}

/// How many offices of one person are kept.
const OFFICES: usize = 16;

impl Known {
    fn holds(&mut self, office: OfficeWords) {
        if self.offices.len() < OFFICES && !self.offices.contains(&office) {
            self.offices.push(office);
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) people: Vec<Known>,
    pub(super) by_row: BTreeMap<u32, usize>,
    pub(super) by_key: BTreeMap<String, usize>,
    pub(super) by_surname: BTreeMap<String, Vec<usize>>,
    /// By the first part of a name and by the last two, for mentions with an office: "Minister Somchai".
    by_part: BTreeMap<String, Vec<usize>>,
}

/// A person phrase, with the text it stands in.
pub(super) struct Naming<'a> {
    pub(super) text: &'a str,
    pub(super) name: Span,
    pub(super) row: Option<u32>,
    pub(super) office: Option<Office>,
    pub(super) country: Option<StateCode>,
    pub(super) headline: bool,
}

impl Registry {
    pub(super) fn find(&self, naming: &Naming<'_>, surname: bool) -> Option<usize> {
        if let Some(&at) = naming.row.and_then(|row| self.by_row.get(&row)) {
            return Some(at);
        }
        self.find_called(naming, surname, &key(naming.name.of(naming.text)?))
    }

    /// The same for a name with this key.
    fn find_called(&self, naming: &Naming<'_>, surname: bool, name: &str) -> Option<usize> {
        let by_row = naming.row.and_then(|row| self.by_row.get(&row));
        if let Some(&at) = by_row.or_else(|| self.by_key.get(name)) {
            return Some(at);
        }
        if naming.row.is_some() {
            return None;
        }
        let wanted = naming.office.map(|o| OfficeWords::of(o.title.of(naming.text).unwrap_or("")));
        let known = if surname { self.surname(name, wanted.as_ref()) } else { None };
        known.or_else(|| self.part(name, wanted.as_ref()?))
    }

    /// The one person who is called by this part of the name and holds such an office.
    fn part(&self, name: &str, office: &OfficeWords) -> Option<usize> {
        let [one] = self.by_part.get(name).map(Vec::as_slice)? else { return None };
        let known = self.people.get(*one)?;
        known.offices.iter().any(|held| office.within(held)).then_some(*one)
    }

    /// "a spokesman for Roe", "an aide to Roe": the state of whoever is served.
    fn served(&self, text: &str, title: Span) -> Option<StateCode> {
        let title = title.of(text)?;
        let (_, name) = title.rsplit_once(" for ").or_else(|| title.rsplit_once(" to "))?;
        let name = key(name);
        let one = |several: &Vec<usize>| match several.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let at = self.by_key.get(&name).copied().or_else(|| self.by_surname.get(&name).and_then(one))?;
        self.people.get(at)?.person.country
    }

    /// The one person with this surname; an office beside it decides between several.
    fn surname(&self, name: &str, office: Option<&OfficeWords>) -> Option<usize> {
        match self.by_surname.get(name).map(Vec::as_slice)? {
            [one] => Some(*one),
            several => {
                let office = office?;
                let holds = |at: &&usize| {
                    self.people.get(**at).is_some_and(|k| k.offices.iter().any(|known| office.within(known)))
                };
                let mut fits = several.iter().filter(holds);
                let first = fits.next().copied();
                first.filter(|_| fits.next().is_none())
            }
        }
    }

    fn add(&mut self, naming: &Naming<'_>, surname: bool, lexicon: &Lexicon) -> Option<usize> {
        let printed = naming.name.of(naming.text)?;
        let name = key(printed);
        let found = self.find_called(naming, surname, &name);
        let known = if surname && naming.row.is_none() && found.is_none() {
            known_holder(naming, &name, lexicon)
        } else {
            None
        };
        let holder = naming.row.or(known).and_then(|row| lexicon.people.get(row as usize));
        let at = match found {
            Some(at) => at,
            None => {
                let person = Person {
                    name: printed.to_owned(),
                    office: None,
                    country: holder.and_then(|h| h.country),
                    level: None,
                };
                self.people.push(Known {
                    person,
                    row: naming.row.or(known),
                    offices: Vec::new(),
                    filed: false,
                });
                self.people.len() - 1
            }
        };
        let known = self.people.get_mut(at)?;
        known.row = known.row.or(naming.row);
        let country = known.person.country;
        // What the text prints wins over the lexicon.
        let printed_country = naming.office.and_then(|o| o.country).or(naming.country);
        // "Communist Party chief To Lam": more states than one have such a party.
        let shared = naming.office.is_some_and(|o| {
            o.title.of(naming.text).is_some_and(|title| caseless::starts_with(title, "communist party"))
        });
        let printed_country =
            printed_country.filter(|_| !shared || holder.is_none_or(|h| h.country.is_none()));
        if known.offices.is_empty() && printed_country.is_some() {
            known.person.country = printed_country;
        }
        known.person.country = known.person.country.or(printed_country);
        known.filed &= known.person.country == country;
        let words = |name: &str| name.split_whitespace().count();
        let longer = printed != known.person.name && words(printed) > words(&known.person.name);
        let calmer = shouted(&known.person.name) && !shouted(printed) && !surname;
        if longer && !shouted(printed) || calmer {
            printed.clone_into(&mut known.person.name);
            known.filed = false;
        }
        if let Some(office) = naming.office
            && let Some(title) = office.title.of(naming.text)
        {
            let place = (!naming.headline).then_some(office.title);
            // "Ambassador Jane Roe", elsewhere "Trade Representative Jane Roe": the rank tells less.
            let ranked = known.person.office.as_ref().is_some_and(|(office, _)| is_rank(office))
                && !naming.headline
                && !is_rank(title)
                && title.contains(' ');
            if known.person.office.as_ref().is_none_or(|(_, at)| at.is_none()) && !naming.headline
                || known.person.office.is_none()
                || ranked
            {
                known.person.office = Some((singular_office(title), place));
                known.person.level = office.level;
            }
            known.holds(OfficeWords::of(&singular_office(title)));
        }
        if known.person.level.is_none() {
            known.person.level = holder.and_then(|h| h.level).filter(|_| known.person.office.is_none());
        }
        if let Some(row) = naming.row {
            self.by_row.entry(row).or_insert(at);
        }
        self.by_key.entry(name).or_insert(at);
        if !known.filed {
            known.filed = true;
            let (name, country) = (&known.person.name, known.person.country);
            let other = surname::other_name(name, country).map(key);
            let parts = surname::surname(name, country).map(|part| key(&part)).into_iter();
            let leading = surname::leading_family(name, country).map(key).into_iter();
            let full = key(name);
            let given = full.split(' ').next().filter(|_| full.contains(' '));
            let two = full.rmatch_indices(' ').nth(1).and_then(|(space, _)| full.get(space + 1..));
            for part in given.into_iter().chain(two) {
                let list = self.by_part.entry(part.to_owned()).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
            for part in parts.chain(other).chain(leading) {
                let list = self.by_surname.entry(part).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
        }
        Some(at)
    }

    /// Gives an office printed apart from any name to the one person who is known to hold it and
    /// is named without an office.
    fn attribute(&mut self, title: &str, at: Span, country: Option<StateCode>, lexicon: &Lexicon) {
        let wanted = OfficeWords::of(title);
        if wanted.is_empty() || self.holding(&wanted, country).next().is_some() {
            return;
        }
        let holds = |known: &Known| {
            let holder = known.row.and_then(|row| lexicon.people.get(row as usize));
            known.person.office.is_none()
                && holder.is_some_and(|h| {
                    (country.is_none() || h.country.is_none() || country == h.country)
                        && h.offices.iter().any(|held| is_office(&wanted, held))
                })
        };
        // A long cast is read only so far, to stay linear.
        let mut found = self.people.iter_mut().take(64).filter(|known| holds(known));
        if let Some(known) = found.next()
            && found.next().is_none()
        {
            known.person.office = Some((title.to_owned(), Some(at)));
            known.holds(wanted);
        }
    }

    /// The persons who hold an office printed without a name.
    pub(super) fn holders(&self, title: &str, country: Option<StateCode>) -> Vec<usize> {
        let wanted = OfficeWords::of(title);
        if wanted.is_empty() { Vec::new() } else { self.holding(&wanted, country).collect() }
    }

    /// The persons who hold an office of these words.
    fn holding(&self, wanted: &OfficeWords, country: Option<StateCode>) -> impl Iterator<Item = usize> {
        let fits = move |known: &Known| {
            let agree =
                country.is_none() || known.person.country.is_none() || known.person.country == country;
            agree && known.offices.iter().any(|office| same_office(wanted, office))
        };
        // A long cast is read only so far, to stay linear.
        self.people.iter().take(64).enumerate().filter(move |(_, known)| fits(known)).map(|(at, _)| at)
    }

    /// The one of several holders that is meant: American texts keep the capital for their own
    /// ("the President"), others mean whom they named last.
    pub(super) fn meant(
        &self,
        holders: &[usize],
        title: &str,
        before: &[Mention],
        sentence: usize,
    ) -> Option<usize> {
        if let [one] = holders {
            return Some(*one);
        }
        let own =
            |at: &&usize| self.people.get(**at).is_some_and(|k| k.person.country == Some(StateCode::US));
        if title == "President" {
            let mut owned = holders.iter().filter(own);
            let only = owned.next().copied();
            return only.filter(|_| owned.next().is_none());
        }
        // "The Secretary met the Foreign Minister of Peru. The Foreign Minister …": who was called so.
        let printed = title.to_lowercase();
        let called = |at: &&usize| {
            let office = self.people.get(**at).and_then(|k| k.person.office.as_ref());
            office.is_some_and(|(words, _)| words.to_lowercase().contains(&printed))
        };
        let mut so = holders.iter().filter(called).filter(|_| printed.contains(' '));
        if let (Some(one), None) = (so.next(), so.next()) {
            return Some(*one);
        }
        let fits = |mention: &&Mention| match mention.entity {
            Entity::Person { person, .. } => holders.contains(&person).then_some(person),
            _ => None,
        };
        // In its own sentence whoever stands nearest, in an earlier one whoever was named first.
        let here = before.iter().rev().take(24).take_while(|m| m.sentence == sentence);
        here.filter_map(|m| fits(&m)).next().or_else(|| {
            (1..=3).find_map(|back| {
                let wanted = sentence.checked_sub(back)?;
                let start = before.partition_point(|m| m.sentence < wanted);
                let of = before.get(start..).unwrap_or_default().iter().take(24);
                of.take_while(|m| m.sentence == wanted).find_map(|m| fits(&m))
            })
        })
    }
}

/// A form of address, which tells no office by itself.
fn is_rank(office: &str) -> bool {
    matches!(office, "Ambassador" | "Minister" | "Secretary" | "Commissioner")
}

/// The one holder in the lexicon of a surname and an office printed together.
fn known_holder(naming: &Naming<'_>, name: &str, lexicon: &Lexicon) -> Option<u32> {
    let office = naming.office?;
    let wanted = OfficeWords::of(office.title.of(naming.text)?);
    let rows = lexicon.by_surname.get(name)?;
    let holds = |row: &&u32| {
        lexicon.people.get(**row as usize).is_some_and(|h| {
            (office.country.is_none() || h.country == office.country)
                && h.offices.iter().any(|held| is_office(&wanted, held))
        })
    };
    let mut found = rows.iter().filter(holds);
    let first = found.next().copied();
    first.filter(|_| found.next().is_none())
}

/// Whether the words of an office as printed stand for one of the lexicon, at the same rank.
fn is_office(wanted: &OfficeWords, held: &str) -> bool {
    // Nearly no office has all the words of another: only then are its own told apart.
    let may = wanted.iter().all(|word| held.contains(word)) || namesake(wanted).is_some();
    may && same_office(wanted, &OfficeWords::of(held))
}

/// Whether the words of an office as printed stand for a known one, at the same rank.
fn same_office(wanted: &OfficeWords, office: &OfficeWords) -> bool {
    wanted.of_rank(office) || namesake(wanted).is_some_and(|other| OfficeWords::of(other).of_rank(office))
}

/// What some governments call an office that others give to a minister.
fn namesake(office: &OfficeWords) -> Option<&'static str> {
    let of = |portfolio: &str| office.len() == 2 && office.contains(portfolio) && office.contains("minister");
    match () {
        () if of("foreign") => Some("secretary of state"),
        () if of("finance") => Some("secretary of the treasury"),
        () if of("defense") || of("defence") => Some("secretary of defense"),
        () => None,
    }
}

/// Bodies of the article by the words of their names.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    pub(super) known: BTreeMap<OfficeWords, (String, Option<StateCode>)>,
    /// The fullest name of a body in the lexicon, however it was called.
    pub(super) by_row: BTreeMap<u32, String>,
}

impl Bodies {
    fn add(&mut self, name: &str, row: Option<u32>, country: Option<StateCode>) {
        if let Some(row) = row {
            let fullest = self.by_row.entry(row).or_default();
            if name.len() > fullest.len() {
                name.clone_into(fullest);
            }
        }
        let entry = self.known.entry(OfficeWords::of(name)).or_insert_with(|| (name.to_owned(), country));
        if name.len() > entry.0.len() {
            name.clone_into(&mut entry.0);
        }
        entry.1 = entry.1.or(country);
    }
}

/// Most sentences have fewer tokens.
const ROOM: usize = 64;

/// Whether the first two of some counts, the largest first, stand out from the rest.
pub(crate) fn stand_out(counts: &[usize]) -> bool {
    match counts {
        [a, b, c, ..] if *a > 4 * b && *b < 2 * c => false,
        // Many states named alike: a round-up.
        [_, b, c, d, ..] if b == c && c == d => false,
        [a, b, ..] => *a <= 12 * b,
        _ => false,
    }
}

/// Whether a state is named as the place where something happens: "in Lima".
fn placed(found: &Found, sentence: &Sentence) -> bool {
    let before = found.start.checked_sub(1).and_then(|at| sentence.lower.get(at));
    matches!(found.raw, Raw::State { form: StateForm::Name | StateForm::Capital, .. })
        && before.is_some_and(|word| is!(word, "in" | "at"))
}

/// Everything read from one article before it is tied together.
pub(super) struct Draft<'a> {
    pub(super) text: &'a str,
    pub(super) found: Vec<Vec<Found>>,
    pub(super) registry: Registry,
    pub(super) bodies: Bodies,
    pub(super) counts: BTreeMap<StateCode, usize>,
    pub(super) order: Vec<StateCode>,
    pub(super) official: bool,
}

impl Draft<'_> {
    fn count(&mut self, code: StateCode, weight: usize) {
        let count = self.counts.entry(code).or_insert(0);
        if *count == 0 {
            self.order.push(code);
        }
        *count += weight;
    }

    /// Whether the text names a person or body that speaks for a state.
    fn is_official(&self) -> bool {
        self.registry.people.iter().any(|k| k.person.country.is_some() && k.person.level.is_some())
            || self.bodies.known.values().any(|(_, country)| country.is_some())
    }

    /// The state that a phrase names or speaks for, unless as the place where something happens.
    fn stands_for(&self, found: &Found, sentence: &Sentence) -> Option<StateCode> {
        match found.raw {
            Raw::State { code, .. } => (!placed(found, sentence)).then_some(code),
            Raw::Body { country, .. } | Raw::Group { country, .. } => country,
            Raw::Office(office) => office.country,
            Raw::Person { name, row, surname, office, country } => {
                let naming = Naming { text: self.text, name, row, office, country, headline: false };
                let known = self.registry.find(&naming, surname)?;
                self.registry.people.get(known)?.person.country
            }
            Raw::Sides { .. } | Raw::Place { .. } => None,
        }
    }

    /// The two states named most often; the one named first wins a tie. No two stand out where the
    /// second is named as seldom as a third, or in passing beside the first.
    fn sides(&self) -> Option<[StateCode; 2]> {
        let count = |code: &StateCode| self.counts.get(code).copied().unwrap_or(0);
        let mut order = self.order.clone();
        order.sort_by_key(|code| std::cmp::Reverse(count(code)));
        match order.as_slice() {
            [a, b, ..] if stand_out(&order.iter().map(count).collect::<Vec<_>>()) => Some([*a, *b]),
            _ => None,
        }
    }
}

pub(super) fn article<'l>(
    document: &Document<'_>,
    title: Option<&str>,
    lexicon: &'l Lexicon,
) -> Mentions<'l> {
    let mut draft = Draft {
        text: document.text,
        found: Vec::with_capacity(document.sentences.len()),
        registry: Registry::default(),
        bodies: Bodies::default(),
        counts: BTreeMap::new(),
        order: Vec::new(),
        official: false,
    };
    let mut topics = Vec::new();
    let mut hits = Finds::with_room(ROOM);
    for (index, sentence) in document.sentences.iter().enumerate() {
        let reader = Reader::of(document.text, sentence, lexicon, true, &mut hits);
        tally(&mut draft, &reader, 1);
        topics_of(&reader, index, lexicon, &mut topics);
        draft.found.push(reader.read());
    }
    let mut headline = Vec::new();
    let heading = title.map(Document::prose);
    if let Some(heading) = &heading {
        for sentence in &heading.sentences {
            let reader = Reader::of(heading.text, sentence, lexicon, false, &mut hits);
            tally(&mut draft, &reader, 2);
            headline.extend(reader.read());
        }
    }
    let home = headline.iter().find_map(|one| match one.raw {
        Raw::Office(office) | Raw::Person { office: Some(office), .. } => office.country,
        _ => None,
    });
    let labels = labels(document, &draft.found, home);
    place_party(&mut draft);
    place_secretary(&mut draft);
    let title = heading.as_ref().map_or("", |h| h.text);
    share_offices(&mut draft, (&mut headline, title), lexicon);
    let sides = register(&mut draft, (&headline, title), (document, &labels), lexicon);
    let speaks = |one: &Found| match one.raw {
        Raw::Person { name, row, surname, office, country } => {
            let naming = Naming { text: title, name, row, office, country, headline: true };
            draft.registry.people.get(draft.registry.find(&naming, surname)?)?.person.country
        }
        _ => None,
    };
    let home = home.or_else(|| headline.iter().find_map(speaks));
    let exchanges = exchanges(document, &draft, home);
    finish(document, draft, (sides, exchanges), topics, lexicon)
}

/// Per sentence of a briefing, the state of whoever gives it and the one other state that the question and its
/// answer are about: "Mexico raised its duties. What is your comment?" makes "the two sides" of the answer those
/// two, whoever else the briefing is on. Empty where nothing is asked.
fn exchanges(
    document: &Document<'_>,
    draft: &Draft<'_>,
    home: Option<StateCode>,
) -> Vec<Option<[StateCode; 2]>> {
    let mut out = Vec::new();
    let Some(home) = home else { return out };
    let question = |block: &Block| block.kind == BlockKind::Question;
    if document.blocks.iter().filter(|block| question(block)).count() < 2 {
        return out;
    }
    // Whoever answers most; some questions of the others end without a question mark.
    let label = |block: &Block| block.speaker.and_then(|name| name.of(document.text));
    let mut answers: BTreeMap<&str, usize> = BTreeMap::new();
    for name in document.blocks.iter().filter(|b| b.kind == BlockKind::Turn).filter_map(label) {
        *answers.entry(name).or_default() += 1;
    }
    let answerer = answers.iter().max_by_key(|(_, count)| **count).map(|(name, _)| *name);
    let asks = |block: &Block| {
        question(block) || block.kind == BlockKind::Turn && label(block).is_some_and(|l| Some(l) != answerer)
    };
    out.resize(document.sentences.len(), None);
    let mut blocks = document.blocks.as_slice();
    while let Some(first) = blocks.iter().position(asks) {
        blocks = blocks.get(first..).unwrap_or_default();
        let asked = blocks.iter().take_while(|block| asks(block)).count();
        let answered = blocks.iter().skip(asked).take_while(|block| !asks(block)).count();
        let (here, rest) = blocks.split_at(asked + answered);
        blocks = rest;
        let from = here.first().map_or(0, |block| block.sentences.0);
        let to = here.iter().map(|block| block.sentences.1).max().unwrap_or(from);
        let mut others: Vec<(StateCode, usize)> = Vec::new();
        let sentences = document.sentences.get(from..to).unwrap_or_default();
        let found = draft.found.get(from..to).unwrap_or_default();
        let named = sentences.iter().zip(found).flat_map(|(s, found)| found.iter().map(move |one| (s, one)));
        for (sentence, one) in named {
            let Some(code) = draft.stands_for(one, sentence).filter(|code| *code != home) else { continue };
            match others.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => others.push((code, 1)),
            }
        }
        others.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let other = match others.as_slice() {
            [(only, _)] => Some(*only),
            [(most, a), (_, b), ..] if *a > 2 * *b => Some(*most),
            _ => None,
        };
        if let Some(out) = out.get_mut(from..to) {
            out.fill(other.map(|other| [home, other]));
        }
    }
    out
}

/// "The Communist Party congress" in a text on Vietnam that names no China: the party of Vietnam.
fn place_party(draft: &mut Draft<'_>) {
    const RULED: &[&str] = &["VN", "LA", "CU"];
    if draft.counts.contains_key(&StateCode::CN) {
        return;
    }
    let mut ruled = draft.counts.keys().filter(|code| RULED.contains(&code.as_str()));
    let ruled = ruled.next().copied().filter(|_| ruled.next().is_none());
    for found in draft.found.iter_mut().flatten() {
        if let Raw::Body { name, country, .. } = &mut found.raw
            && name.of(draft.text).is_some_and(|name| name.eq_ignore_ascii_case("communist party"))
        {
            *country = ruled;
        }
    }
}

/// "The Secretary of State decided" in a text on Britain that names no United States: a British minister.
fn place_secretary(draft: &mut Draft<'_>) {
    const OFFICE: &str = "secretary of state";
    let british = draft.counts.keys().find(|code| code.as_str() == "GB").copied();
    let american = draft.counts.contains_key(&StateCode::US);
    let Some(british) = british.filter(|_| !american) else { return };
    for found in draft.found.iter_mut().flatten() {
        let (office, country) = match &mut found.raw {
            Raw::Office(office) => (office, None),
            Raw::Person { office: Some(office), country, .. } => (office, Some(country)),
            _ => continue,
        };
        let title = office.title.of(draft.text).unwrap_or("");
        if office.country == Some(StateCode::US) && caseless::starts_with(title, OFFICE) {
            office.country = Some(british);
            if let Some(country) = country.filter(|c| **c == Some(StateCode::US)) {
                *country = Some(british);
            }
        }
    }
}

/// "Commerce Secretary Jane Roe" in a text that names no United States, or that names a state of South Asia: an
/// office there as well, of a state yet to be told. So is that of somebody known to be from elsewhere.
fn share_offices(draft: &mut Draft<'_>, (headline, title): (&mut [Found], &str), lexicon: &Lexicon) {
    const SHARED: &[&str] = &["commerce secretary"];
    const OTHERS: &[&str] = &["BD", "IN", "LK", "NP", "PK"];
    let named = |code: &StateCode| draft.counts.contains_key(code);
    let others = draft.counts.keys().any(|code| OTHERS.contains(&code.as_str()));
    let alone = named(&StateCode::US) && !others;
    let share = |found: &mut Found, text: &str| {
        let Raw::Person { row, office: Some(office), country, .. } = &mut found.raw else { return };
        let home = row.and_then(|row| lexicon.people.get(row as usize)?.country);
        if home.map_or(alone, |home| home == StateCode::US) {
            return;
        }
        let words = office.title.of(text).unwrap_or("");
        let before = text.get(..office.title.start).unwrap_or("").trim_end();
        let american =
            ["U.S.", "US", "American", "America's", "America’s", "United States", "States’", "States'"];
        let told = american.iter().any(|word| before.ends_with(word) || words.contains(&format!("{word} ")));
        // "spokesperson of the Department of Commerce", which India has as well
        let house = caseless::contains(words, "department of commerce");
        if (house || SHARED.iter().any(|shared| words.eq_ignore_ascii_case(shared)))
            && office.country == Some(StateCode::US)
            && !told
        {
            (office.country, *country) = (None, None);
        }
    };
    draft.found.iter_mut().flatten().for_each(|found| share(found, draft.text));
    headline.iter_mut().for_each(|found| share(found, title));
}

fn tally(draft: &mut Draft<'_>, reader: &Reader<'_>, weight: usize) {
    let mut end = 0;
    for (at, hits) in reader.hits.all() {
        let at = *at;
        if at >= end
            && let Some((hit, form)) = hits.state()
            && let Some(state) = reader.lexicon.states.get(hit.row as usize)
        {
            // "Met in Malaysia": where, not who.
            let place = matches!(form, StateForm::Name | StateForm::Capital)
                && at > 0
                && reader.is(at - 1, &["in", "at"])
                && weight == 1;
            if !place {
                draft.count(state.code, weight);
            }
            end = at + hit.len();
        }
    }
}

fn topics_of<'l>(reader: &Reader<'_>, sentence: usize, lexicon: &'l Lexicon, out: &mut Vec<Topic<'l>>) {
    let mut end = 0;
    for (at, hits) in reader.hits.all() {
        let at = *at;
        if at >= end
            && let Some(hit) = hits.topic()
            && let Some(name) = lexicon.topics.get(hit.row as usize)
        {
            end = at + hit.len();
            out.push(Topic { span: reader.span(at, end), sentence, name });
        }
    }
}

/// Full names first, then the headline's, then surnames, so that each finds its full form.
///
/// Gives the two states named most often.
fn register(
    draft: &mut Draft<'_>,
    (headline, title): (&[Found], &str),
    (document, labels): (&Document<'_>, &[Option<StateCode>]),
    lexicon: &Lexicon,
) -> Option<[StateCode; 2]> {
    let body = std::mem::take(&mut draft.found);
    for surnames in [false, true] {
        let in_text = body.iter().flatten().map(|f| (f, draft.text, false));
        for (found, text, headline) in in_text.chain(headline.iter().map(|f| (f, title, true))) {
            if let Raw::Person { name, row, surname, office, country } = found.raw
                && surname == surnames
            {
                let naming = Naming { text, name, row, office, country, headline };
                draft.registry.add(&naming, surname, lexicon);
            }
        }
    }
    // People stand for their states.
    for found in body.iter().flatten() {
        if let Raw::Person { name, row, surname, office, country } = found.raw {
            let naming = Naming { text: draft.text, name, row, office, country, headline: false };
            let known = draft.registry.find(&naming, surname).and_then(|at| draft.registry.people.get(at));
            if let Some(code) = known.and_then(|k| k.person.country).filter(|_| country.is_none()) {
                draft.count(code, 1);
            }
        }
    }
    let sides = draft.sides();
    for found in body.iter().flatten() {
        match found.raw {
            Raw::Office(office) => {
                let title = office.title.of(draft.text).unwrap_or("");
                draft.registry.attribute(title, office.title, office.country, lexicon);
            }
            Raw::Sides { office: Some(office) } => {
                let title = singular_office(office.of(draft.text).unwrap_or(""));
                for code in sides.into_iter().flatten() {
                    draft.registry.attribute(&title, office, Some(code), lexicon);
                }
            }
            _ => {}
        }
        if let Raw::Body { name, row, country, noun: false, .. } = found.raw
            && let Some(printed) = name.of(draft.text)
        {
            draft.bodies.add(printed, row, country);
        }
    }
    draft.found = body;
    draft.official = draft.is_official();
    place_senators(draft, sides);
    serve(document, draft, sides, labels);
    place_ministers(draft, sides);
    sides
}

/// A senator of no state told sits in Washington where the United States is one of the two sides and
/// the other one has no senate that is much written of.
fn place_senators(draft: &mut Draft<'_>, sides: Option<[StateCode; 2]>) {
    const SENATES: [&str; 6] = ["AU", "CA", "MX", "BR", "PH", "AR"];
    let american = sides.iter().flatten().any(|code| *code == StateCode::US);
    if !american || sides.iter().flatten().any(|code| SENATES.contains(&code.as_str())) {
        return;
    }
    for known in &mut draft.registry.people {
        let sits = known.person.office.as_ref().is_some_and(|(office, _)| {
            ["senator", "sen.", "congressman", "congresswoman"]
                .iter()
                .any(|title| office.trim().eq_ignore_ascii_case(title))
        });
        if known.person.country.is_none() && sits {
            known.person.country = Some(StateCode::US);
        }
    }
}

/// Whether an office is that of a minister.
fn is_minister(office: &str) -> bool {
    office.split(' ').any(|word| word.eq_ignore_ascii_case("minister"))
}

/// A minister of no state told serves the other one of two sides where one is the United States,
/// which has none.
fn place_ministers(draft: &mut Draft<'_>, sides: Option<[StateCode; 2]>) {
    let Some([a, b]) = sides else { return };
    let other = match (a, b) {
        (StateCode::US, other) | (other, StateCode::US) => other,
        _ => return,
    };
    for known in &mut draft.registry.people {
        let minister = known.person.office.as_ref().is_some_and(|(office, _)| {
            is_minister(office)
                && (other != StateCode::CN || !caseless::starts_with(office, "prime minister"))
        });
        if known.person.country.is_none() && minister {
            known.person.country = Some(other);
        }
    }
}

/// Per sentence, the one state by which its passage is labelled: "**Turkey.** …", "- Turkey: …"; where a turn
/// of a briefing begins, the state of whoever gives it.
fn labels(document: &Document<'_>, found: &[Vec<Found>], home: Option<StateCode>) -> Vec<Option<StateCode>> {
    let labelled = |block: &Block| {
        let label = document.run_in(block)?;
        let first = block.sentences.0;
        let tokens = &document.sentences.get(first)?.tokens;
        let named = found.get(first)?.iter().filter_map(|one| match one.raw {
            Raw::State { code, .. } => Some((cover(tokens, one.start, one.end), code)),
            _ => None,
        });
        let mut named = named.filter(|(span, _)| label.contains(*span)).map(|(_, code)| code);
        named.next().filter(|code| named.all(|other| other == *code))
    };
    let mut out = vec![None; document.sentences.len()];
    // Whoever is named in a briefing without a state mostly serves with whoever gives it.
    for block in document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Turn | BlockKind::Question)) {
        if let Some(first) = out.get_mut(block.sentences.0) {
            *first = home;
        }
    }
    for block in &document.blocks {
        let Some(code) = labelled(block) else { continue };
        for label in out.iter_mut().take(block.sentences.1).skip(block.sentences.0) {
            *label = Some(code);
        }
    }
    out
}

/// Officials of no state told so far serve the one state by which the passage is labelled, or which is named
/// right before them.
fn serve(
    document: &Document<'_>,
    draft: &mut Draft<'_>,
    sides: Option<[StateCode; 2]>,
    labels: &[Option<StateCode>],
) {
    let mut earlier: Vec<StateCode> = Vec::new();
    // Who met somebody of which state.
    let mut guests: Vec<(usize, StateCode)> = Vec::new();
    for (index, (found, sentence)) in draft.found.iter().zip(&document.sentences).enumerate() {
        if let Some(label) = labels.get(index).copied().flatten() {
            earlier = vec![label];
        }
        let mut here: Vec<StateCode> = Vec::new();
        // A third state of whose goods alone a text on two others speaks: "Brazilian supplies".
        let mut passing: Vec<StateCode> = Vec::new();
        // Where the state named last ends: "White House spokeswoman Jane Roe" serves it.
        let mut beside: Option<(usize, StateCode)> = None;
        for (at, one) in found.iter().enumerate() {
            let adjacent = beside.filter(|(end, _)| *end == one.start).map(|(_, code)| code);
            beside = match one.raw {
                Raw::State { code, .. } => Some((one.end, code)),
                _ => None,
            };
            // "Talks in Lima": where two others meet, nobody serves.
            let host = |code| sides.is_some_and(|sides| !sides.contains(&code)) && placed(one, sentence);
            let code = match one.raw {
                Raw::State { code, .. } => (!host(code)).then_some(code),
                Raw::Body { country, .. } | Raw::Group { country, .. } => country,
                Raw::Office(office) => office.country,
                Raw::Person { name, row, surname, office, country } => {
                    let naming = Naming { text: draft.text, name, row, office, country, headline: false };
                    // '"Chile knows us," Minister Jane Roe said': hardly of the state that she speaks of.
                    let quoted =
                        office.is_some_and(|o| behind_quote(draft.text, o.title.start.min(name.start)));
                    let near = if here.is_empty() || quoted && earlier.len() == 1 { &earlier } else { &here };
                    let whom = draft.registry.find(&naming, surname);
                    let known = whom.and_then(|at| draft.registry.people.get_mut(at));
                    known.and_then(|known| {
                        // "A former trade negotiator" serves nobody.
                        let left = office.is_some_and(|o| {
                            let before = draft.text.get(..o.title.start).unwrap_or("").trim_end();
                            ["former", "ex-", "onetime", "retired"]
                                .iter()
                                .any(|word| caseless::ends_with(before, word))
                        });
                        let held = |o: Office| {
                            o.level.is_some() && o.level != Some(Level::Working)
                                || of_government(o.title.of(draft.text).unwrap_or(""))
                        };
                        // "Anand of Canada met Foreign Minister Roe": hardly of her own state.
                        let guest = office.is_some_and(|o| {
                            met_by_another(draft.text.get(..o.title.start.min(name.start)).unwrap_or(""))
                        });
                        // "Secretary General of the Gulf Cooperation Council": of many states.
                        let of_many = office.is_some_and(|o| {
                            let title = o.title.of(draft.text).unwrap_or("");
                            let serves = ["secretary general of", "secretary-general of"]
                                .iter()
                                .any(|words| caseless::starts_with(title, words));
                            // "WTO Director-General": nor is he of the state named beside him.
                            serves || title.split([' ', '\'', '’']).any(|word| WORLD_BODIES.contains(&word))
                        });
                        // "Foreign Minister Roe met Peru's president": nor is she of his.
                        let met = found.get(at + 1).and_then(|next| met_behind(draft.text, name.end, next));
                        guests.extend(whom.zip(met));
                        let host = near.first().is_some_and(|code| {
                            near.len() == 1
                                && guests.iter().any(|guest| whom == Some(guest.0) && guest.1 == *code)
                        });
                        // "Germany's secretary Roe and Minister Doe signed a letter": one of each side.
                        let pair = |first: usize| {
                            let both = found.get(first).zip(found.get(first + 1));
                            both.is_some_and(|(one, two)| sign_together(draft.text, one, two))
                        };
                        let joint = pair(at) || at.checked_sub(1).is_some_and(pair);
                        // "Its trade adviser, Jane Roe": of the state told of before.
                        let owned = office.is_some_and(|o| {
                            let before = draft.text.get(..o.title.start).unwrap_or("");
                            before.split_whitespace().next_back().is_some_and(|w| matches!(w, "its" | "Its"))
                        });
                        let serves = !left
                            && !guest
                            && !host
                            && !joint
                            && !of_many
                            && (owned || office.is_some_and(held));
                        if let (None, Some(_), Some(code)) = (known.person.country, office, adjacent) {
                            known.person.country = Some(code);
                        }
                        let minister =
                            office.is_some_and(|o| is_minister(o.title.of(draft.text).unwrap_or("")));
                        if let (None, true, [one]) = (known.person.country, serves, near.as_slice())
                            && (!minister || one.has_ministers())
                        {
                            known.person.country = Some(*one);
                        }
                        known.person.country
                    })
                }
                Raw::Sides { .. } | Raw::Place { .. } => None,
            };
            if let Some(code) = code.filter(|code| !here.contains(code)) {
                let goods = matches!(one.raw, Raw::State { form: StateForm::Adjective, .. });
                if goods && sides.is_some_and(|sides| !sides.contains(&code)) {
                    passing.push(code);
                }
                here.push(code);
            }
        }
        if !here.is_empty() {
            let only_goods = here.iter().all(|code| passing.contains(code));
            earlier = if only_goods { Vec::new() } else { here };
        }
    }
    // Minister Roe met Peru's president in a text on Peru and Norway: she is Norway's.
    let Some([a, b]) = sides else { return };
    for (at, code) in guests {
        let other = if code == a { b } else { a };
        if let Some(known) = draft.registry.people.get_mut(at).filter(|_| code == a || code == b) {
            let official = known.person.level.is_some_and(|level| level != Level::Working);
            known.person.country = known.person.country.or(official.then_some(other));
        }
    }
}

/// Bodies of many states whose heads are of none.
const WORLD_BODIES: &[&str] = &[
    "APEC", "ASEAN", "IMF", "Mercosur", "NATO", "OECD", "OPEC", "U.N.", "UN", "UNCTAD", "UNIDO", "WIPO",
    "WTO",
];

/// Words by which somebody meets whoever is named behind.
const MEETS: &[&str] = &[
    "met",
    "meets",
    "meet",
    "meeting",
    "with",
    "received",
    "receives",
    "hosted",
    "hosts",
    "saw",
    "sees",
    "telephoned",
    "phoned",
    "rang",
    "welcomed",
    "greeted",
    "visited",
];

/// How many words stand between those who meet.
const MEETING: usize = 8;

/// The state of whom the person whose name ends at `end` meets: "Minister Roe met Peru's president".
fn met_behind(text: &str, end: usize, next: &Found) -> Option<StateCode> {
    let (start, code) = match next.raw {
        Raw::Person { name, office, country, .. } => {
            let office_start = office.map_or(name.start, |o| o.title.start);
            (office_start.min(name.start), country.or(office.and_then(|o| o.country)))
        }
        Raw::Office(office) => (office.title.start, office.country),
        _ => return None,
    };
    let between = text.get(end..start)?;
    // "Roe's meeting with"
    let noun = between.strip_prefix("'s meeting ").or_else(|| between.strip_prefix("’s meeting "));
    let first = between.split_whitespace().next();
    let meets = noun.is_some() || first.is_some_and(|word| MEETS.contains(&word) && word != "with");
    (meets && between.split_whitespace().count() <= MEETING).then_some(code).flatten()
}

/// Whether two officials named side by side do what those of two sides do: "Minister Roe and Secretary Doe signed".
fn sign_together(text: &str, one: &Found, two: &Found) -> bool {
    let (Raw::Person { name: first, office: Some(_), .. }, Raw::Person { name, office: Some(office), .. }) =
        (one.raw, two.raw)
    else {
        return false;
    };
    let between = text.get(first.end..office.title.start.min(name.start)).unwrap_or("");
    let mut behind = text.get(name.end..).unwrap_or("").split_whitespace();
    let verb = behind.find(|word| *word != "will").unwrap_or("");
    let rest = || behind.clone().take(TOGETHER).take_while(|word| !word.ends_with('.'));
    between.split_whitespace().eq(["and"])
        && matches!(
            verb,
            "signed"
                | "initialled"
                | "initialed"
                | "exchanged"
                | "co-chaired"
                | "chaired"
                | "co-chair"
                | "chair"
        )
        && !rest().any(|word| word == "with")
}

/// How far behind "signed" it is looked for with whom.
const TOGETHER: usize = 16;

/// Whether the text before an office ends in a word of meeting, so that somebody else meets its holder.
fn met_by_another(before: &str) -> bool {
    before.trim_end().rsplit(' ').next().is_some_and(|word| MEETS.contains(&word))
}

/// Whether a quotation ends right before `at`, or before a verb of saying there.
fn behind_quote(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end();
    let before = ["said", "says"].iter().find_map(|verb| before.strip_suffix(verb)).unwrap_or(before);
    before.trim_end().ends_with(['"', '”'])
}

/// Whether an office is told by the house in which it is held: "cabinet spokeswoman".
fn of_government(office: &str) -> bool {
    ["ministry", "cabinet", "government", "presidential"].iter().any(|word| caseless::contains(office, word))
}

fn finish<'l>(
    document: &Document<'_>,
    mut draft: Draft<'_>,
    (sides, exchanges): (Option<[StateCode; 2]>, Vec<Option<[StateCode; 2]>>),
    topics: Vec<Topic<'l>>,
    lexicon: &'l Lexicon,
) -> Mentions<'l> {
    let found = std::mem::take(&mut draft.found);
    let mut past = Past::new(&draft, lexicon, sides);
    past.list.reserve(found.iter().map(Vec::len).sum());
    let initials = super::initials::Initials::of(document, &found);
    for (index, (sentence, mut here)) in document.sentences.iter().zip(found).enumerate() {
        surnames(&draft, sentence, &mut here);
        initials.read(draft.text, sentence, &mut here);
        let first = document.sentences.get(past.block).is_none_or(|first| first.block != sentence.block);
        past.block = if first { index } else { past.block };
        past.sides = exchanges.get(index).copied().flatten().or(sides);
        for mut one in here {
            if let Raw::Office(office) = &mut one.raw {
                office.country = office.country.or_else(|| draft.registry.served(draft.text, office.title));
            }
            let span = cover(&sentence.tokens, one.start, one.end);
            if describes(&past.list, &one, index) {
                continue;
            }
            let Some(entity) = past.entity(&one, index, &sentence.tokens) else { continue };
            let used = used(draft.text, sentence, &one, past.list.last(), index);
            let possessive = sentence.tokens.get(one.end).is_some_and(|t| t.kind == TokenKind::Possessive);
            past.list.push(Mention {
                span,
                sentence: index,
                tokens: (one.start, one.end),
                entity,
                used,
                possessive,
            });
        }
    }
    let list = past.list;
    let people = draft.registry.people.into_iter().map(|known| known.person).collect();
    Mentions { list, people, topics, sides, exchanges, lexicon }
}

/// Whether an office is the one set off behind the name before it, and so no further party.
fn describes(before: &[Mention], found: &Found, index: usize) -> bool {
    let (Some(last), Raw::Office(office)) = (before.last(), found.raw) else { return false };
    match last.entity {
        Entity::Person { office: Some(apposed), .. } => {
            last.sentence == index && apposed.overlaps(office.title)
        }
        _ => false,
    }
}

fn cover(tokens: &[Token], start: usize, end: usize) -> Span {
    let first = tokens.get(start).map_or(0, |t| t.span.start);
    let last = end.checked_sub(1).and_then(|at| tokens.get(at)).map_or(first, |t| t.span.end);
    Span::new(first, last.max(first))
}

/// Adds surnames of the article's people where no phrase was found.
fn surnames(draft: &Draft<'_>, sentence: &Sentence, here: &mut Vec<Found>) {
    let registry = &draft.registry;
    if registry.by_surname.is_empty() {
        return;
    }
    let tokens = &sentence.tokens;
    let word = |at: usize| tokens.get(at).and_then(|t| t.span.of(draft.text)).unwrap_or("");
    let particle = |lower: &Lower| is!(lower, "von" | "van" | "de" | "da");
    let names = |&at: &usize| {
        tokens.get(at).is_some_and(|token| token.capital) || sentence.lower.get(at).is_some_and(particle)
    };
    let mut extra = Vec::new();
    let mut next = 0;
    let mut at = 0;
    while let Some(start) = (at..tokens.len()).find(names) {
        at = start + 1;
        while here.get(next).is_some_and(|f| f.end <= start) {
            next += 1;
        }
        if let Some(found) = here.get(next).filter(|f| f.start <= start) {
            at = found.end;
            continue;
        }
        let particle = matches!(word(start), "von" | "van" | "de" | "da" | "Von" | "Van" | "De");
        if !particle && tokens.get(start).is_none_or(|token| !token.capital) {
            continue;
        }
        // "Al Muestra" of "Ali bin Example Al Muestra"
        let article = matches!(word(start), "Al" | "El") && tokens.get(start + 1).is_some_and(|t| t.capital);
        let reach = match () {
            () if particle || word(start + 1) == "-" => 3,
            () if article => 2,
            () => 1,
        };
        let end = start + reach;
        if here.get(next).is_some_and(|f| f.start < end) || end > tokens.len() {
            continue;
        }
        let name = cover(tokens, start, end);
        let plain =
            sentence.lower.get(start).filter(|w| reach == 1 && w.bytes().all(|b| b.is_ascii_lowercase()));
        let known = match plain {
            Some(word) => registry.by_surname.contains_key(word.as_str()),
            None => registry.by_surname.contains_key(&key(name.of(draft.text).unwrap_or(""))),
        };
        if !known || plain.is_some_and(|w| *w == "he") && !surname_he(&word, start) {
            continue;
        }
        let calendar = matches!(word(start), "May" | "March" | "April" | "June" | "August");
        if calendar && tokens.get(end).is_some_and(|t| t.kind == TokenKind::Number) {
            continue;
        }
        let raw = Raw::Person { name, row: None, surname: true, office: None, country: None };
        extra.push(Found { start, end, raw });
        at = end;
    }
    if !extra.is_empty() {
        here.extend(extra);
        here.sort_by_key(|f| f.start);
    }
}

/// "He" is a surname inside a sentence, before an aside, or before "and" and another name.
fn surname_he<'t>(word: &impl Fn(usize) -> &'t str, at: usize) -> bool {
    if word(at) != "He" {
        return false;
    }
    let Some(before) = at.checked_sub(1) else {
        // "He, in remarks to Xinhua, said": a pronoun hardly stands before an aside.
        let aside = word(1) == ","
            && !matches!(
                word(2),
                "too"
                    | "however"
                    | "himself"
                    | "like"
                    | "unlike"
                    | "though"
                    | "meanwhile"
                    | "for"
                    | "of"
                    | "along"
            );
        return aside || word(1) == "and" && word(2).starts_with(char::is_uppercase);
    };
    let before = word(before);
    (before.starts_with(char::is_alphanumeric) || matches!(before, "'s" | "’s"))
        && !matches!(before, "that" | "said" | "Then" | "But" | "And")
}

/// "After their talks in Oslo, Chile and Peru signed a pact": the states that end at `end` do something,
/// behind what opens the sentence.
fn opens_clause<'t>(word: impl Fn(usize) -> &'t str, end: usize) -> bool {
    let opener = matches!(
        word(0),
        "After" | "Following" | "During" | "At" | "Since" | "Upon" | "Before" | "With" | "Amid" | "Through"
    );
    if !opener || word(end) != "and" {
        return false;
    }
    let capital = |at: usize| word(at).starts_with(char::is_uppercase) || matches!(word(at), "the" | "of");
    let next = (end + 1..end + 8).find(|&at| !capital(at));
    next.is_some_and(|at| {
        at > end + 1 && word(at).starts_with(char::is_lowercase) && !matches!(word(at), "and" | "on" | "in")
    })
}

/// Whether a city or state is meant as a place: a preposition of place stands before it, or it is
/// joined to one that is a place.
fn used(text: &str, sentence: &Sentence, found: &Found, last: Option<&Mention>, index: usize) -> Use {
    let word = |at: usize| sentence.tokens.get(at).and_then(|t| t.span.of(text)).unwrap_or("");
    let placeable = match found.raw {
        Raw::Place { .. } => return Use::Place,
        Raw::State { form, .. } => matches!(form, StateForm::Name | StateForm::Capital),
        _ => false,
    };
    // "a rise in Norway's duty": whose it is, not where.
    let owns = matches!(word(found.end), "'s" | "’s")
        && !matches!(
            word(found.end + 1),
            "capital" | "north" | "south" | "east" | "west" | "northern" | "southern" | "eastern" | "western"
        );
    // "in the China-Chile consultations": whose they are, not where.
    let paired = matches!(word(found.end), "-" | "–") && word(found.end + 1).starts_with(char::is_uppercase);
    // "In Canada steel tariffs rose": where.
    let opens = found.start == 1 && word(0) == "In";
    let whose = owns || paired || placeable && !opens && before_measure(word, found.end);
    let Some(before) = found.start.checked_sub(1).filter(|_| placeable && !whose) else {
        return Use::Agent;
    };
    let before = if word(before) == "the" { before.saturating_sub(1) } else { before };
    if matches!(word(before), "in" | "In" | "at" | "At" | "near" | "outside" | "into" | "visited" | "across")
    {
        return Use::Place;
    }
    let joined = matches!(word(before), "and" | "," | "or");
    // "in Lima, Chile and Quito": one of a list.
    let goes_on = word(found.end).starts_with(char::is_lowercase) && !matches!(word(found.end), "and" | "or");
    match last {
        // "After the talks in Lima, Chile lowered its duty": no address.
        Some(m) if word(before) == "," && goes_on && elsewhere(m, found) => Use::Agent,
        Some(_) if word(before) == "," && opens_clause(word, found.end) => Use::Agent,
        Some(m) if joined && m.sentence == index && m.used == Use::Place && m.tokens.1 == before => {
            Use::Place
        }
        _ => Use::Agent,
    }
}

/// "a cut in US duties", "in EU steel tariffs": whose they are, not where.
fn before_measure<'t>(word: impl Fn(usize) -> &'t str, end: usize) -> bool {
    const BETWEEN: usize = 2;
    let mut behind = (end..=end + BETWEEN).map(word).take_while(|w| w.starts_with(char::is_lowercase));
    behind.any(|w| {
        matches!(
            w,
            "tariff"
                | "tariffs"
                | "duty"
                | "duties"
                | "levy"
                | "levies"
                | "surcharge"
                | "surcharges"
                | "surtax"
                | "surtaxes"
                | "countermeasures"
        )
    })
}

/// Whether a state is named behind a city that lies in another one.
fn elsewhere(city: &Mention, found: &Found) -> bool {
    let seat = match city.entity {
        Entity::State { code, form: StateForm::Capital } => Some(code),
        Entity::Place { country, .. } => country,
        _ => None,
    };
    matches!(found.raw, Raw::State { code, form: StateForm::Name } if seat.is_some_and(|seat| seat != code))
}
