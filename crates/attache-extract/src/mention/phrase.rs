//! One sentence at a time: the phrases that its own words make, before later mentions are tied to
//! earlier ones.

use crate::grammar::lower::{Lower, WordList};
use crate::lexicon::{Class, Finds, Hits, Level, Lexicon, StateForm, TitlePart};
use crate::mention::listed::{INSTITUTION_ENDS, flag, unnamed};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::state::StateCode;
use crate::token::{Token, TokenKind};

/// An office as read from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Office {
    pub(super) title: Span,
    pub(super) country: Option<StateCode>,
    pub(super) level: Option<Level>,
    /// The last noun says department style (secretary) or ministry style (minister).
    pub(super) style: Option<Style>,
}

/// Which kind of government an office or body belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Departments and secretaries.
    Departments,
    /// Ministries and ministers.
    Ministries,
}

/// A phrase by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    State {
        code: StateCode,
        form: StateForm,
    },
    Body {
        name: Span,
        row: Option<u32>,
        country: Option<StateCode>,
        style: Option<Style>,
        noun: bool,
    },
    Office(Office),
    /// A name in full or a surname, with the office printed beside it.
    Person {
        name: Span,
        row: Option<u32>,
        surname: bool,
        office: Option<Office>,
        country: Option<StateCode>,
    },
    /// With its noun where that stands apart: "American and Chinese officials".
    Group {
        country: Option<StateCode>,
        noun: Option<Span>,
    },
    Sides {
        office: Option<Span>,
    },
    Place {
        row: u32,
    },
}

/// A phrase with its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) raw: Raw,
}

/// A sentence with what the lexicon knows of it.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// The tokens in lower case.
    pub(super) lower: &'a [Lower],
    pub(super) hits: &'a Finds,
    pub(super) lexicon: &'a Lexicon,
    /// Whether names may be read by form alone; not so in headlines, where all words are capital.
    pub(super) names: bool,
}

/// Longest run of tokens tried for one phrase.
const LONGEST: usize = 40;

/// Most offices of one holder that are read as one: "Vice Premier and Foreign Minister".
const OFFICES_OF_ONE: usize = 4;

/// Those who are called by first name and surname.
const CALLED: &[&str] = &[
    "actor",
    "artist",
    "baker",
    "captain",
    "caretaker",
    "clerk",
    "coach",
    "director",
    "driver",
    "farmer",
    "goalkeeper",
    "headteacher",
    "landlady",
    "landlord",
    "manager",
    "owner",
    "pastor",
    "pianist",
    "player",
    "resident",
    "singer",
    "spokesman",
    "spokeswoman",
    "striker",
    "teacher",
    "trainer",
    "vicar",
    "volunteer",
];

/// What houses, roads and carriers are called.
const ADDRESSES: &[&str] = &[
    "airlines",
    "airways",
    "alley",
    "avenue",
    "bakery",
    "boulevard",
    "brewery",
    "cafe",
    "café",
    "cinema",
    "hotel",
    "inn",
    "lane",
    "lodge",
    "motel",
    "pharmacy",
    "pub",
    "restaurant",
    "road",
    "street",
    "tavern",
    "terrace",
];

/// Verbs of saying behind which a name in capitals is that of whoever says it.
static TOLD_BY: WordList = WordList::new(&[
    "said",
    "says",
    "argued",
    "argues",
    "noted",
    "notes",
    "wrote",
    "writes",
    "warned",
    "warns",
    "reckoned",
    "reckons",
    "predicted",
    "predicts",
    "explained",
    "explains",
    "added",
    "adds",
    "thinks",
    "believes",
]);

/// What somebody outside government does for a living, behind "who".
const PURSUITS: &[&str] = &[
    "advises",
    "analyses",
    "analyzes",
    "covers",
    "farms",
    "follows",
    "grows",
    "heads",
    "lectures",
    "leads",
    "makes",
    "owns",
    "represents",
    "researches",
    "runs",
    "sells",
    "studies",
    "teaches",
    "tracks",
    "trades",
    "watches",
    "works",
];

/// Words in capitals that are part of no person's name.
const NOBODY: &[&str] = &[
    "belt",
    "congress",
    "democratic",
    "front",
    "house",
    "initiative",
    "islands",
    "movement",
    "national",
    "ocean",
    "parliament",
    "party",
    "people",
    "republic",
    "sea",
    "senate",
    "stadium",
    "street",
];

/// Most words and phrases that make up the office of whom somebody serves.
const TITLE_PARTS: usize = 4;

impl<'a> Reader<'a> {
    /// Looks a sentence up; `names` says whether capitals tell names, and `hits` is overwritten.
    pub(super) fn of(
        text: &'a str,
        sentence: &'a Sentence,
        lexicon: &'a Lexicon,
        names: bool,
        hits: &'a mut Finds,
    ) -> Self {
        lexicon.phrases.find(text, sentence, hits);
        Self { text, tokens: &sentence.tokens, lower: &sentence.lower, hits, lexicon, names }
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| token.span.of(self.text)).unwrap_or("")
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    pub(super) fn hits(&self, at: usize) -> &'a Hits {
        self.hits.at(at)
    }

    /// The bytes of the tokens from `start` up to, not including, `end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.tokens.get(start).map_or(0, |t| t.span.start);
        let last = end.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(first, |t| t.span.end);
        Span::new(first, last.max(first))
    }

    /// Whether the token at `at` is one of `words`, which are in lower case, with whatever capitals.
    #[inline]
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.lower.get(at).is_some_and(|lower| words.iter().any(|word| *lower == **word))
    }

    /// The same for a long list.
    fn on(&self, at: usize, list: &WordList) -> bool {
        self.lower.get(at).is_some_and(|lower| list.has(lower))
    }

    /// Whether the token at `at` is one of these.
    pub(super) fn flagged(&self, at: usize, flags: u32) -> bool {
        self.hits.has(at, flags)
    }

    /// Whether the token at `at` is one of these and printed in small letters.
    pub(super) fn small(&self, at: usize, flags: u32) -> bool {
        self.flagged(at, flags) && self.lower.get(at).is_some_and(|lower| *lower.as_str() == *self.word(at))
    }

    /// Whether the word at `at`, with these capitals, ends the name of an institution.
    fn ends_institution(&self, at: usize) -> bool {
        self.flagged(at, flag::INSTITUTION) && INSTITUTION_ENDS.contains(&self.word(at))
    }

    /// Whether the word at `at` is a day, a month or an opener, and no part of a name.
    fn unnamed(&self, at: usize) -> bool {
        self.flagged(at, flag::UNNAMED) && unnamed(self.word(at))
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.flagged(at, flag::CAPITAL)
    }

    pub(super) fn possessive(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Possessive)
    }

    pub(super) fn code(&self, row: u32) -> Option<StateCode> {
        self.lexicon.states.get(row as usize).map(|s| s.code)
    }

    /// Whether a phrase can start at `at`: at a word that is known, has a capital or is on one of the
    /// lists.
    fn opens(&self, at: usize) -> bool {
        self.flagged(at, flag::CAPITAL | flag::KNOWN | flag::OPENER | flag::MODIFIER)
            && self.kind(at) == Some(TokenKind::Word)
    }

    /// All phrases of the sentence.
    pub(super) fn read(&self) -> Vec<Found> {
        let mut out = Vec::with_capacity(self.hits.all().len());
        let mut at = 0;
        // Only officers share a noun without two states: "Presidents A and B", "his counterparts A and B".
        let officers =
            || self.hits.any(flag::OFFICES) || self.lower.iter().any(|word| *word == "counterparts");
        let states = self.hits.all().iter().filter(|(_, hits)| hits.state().is_some());
        let several = states.take(2).count() == 2 || self.hits.any(flag::GROUP) && officers();
        while at < self.tokens.len() {
            if several && self.may_share(at) {
                let shared = self.shared(at);
                if let Some(last) = shared.last() {
                    at = last.end;
                    out.extend(shared);
                    continue;
                }
            }
            let phrase = if self.opens(at) { self.phrase(at) } else { None };
            match phrase {
                Some(found) if found.end > at => {
                    at = found.end;
                    out.push(found);
                }
                _ => at += 1,
            }
        }
        out
    }

    /// Whether a word that is on no list and in no table may start a name by its form alone: before another word
    /// of that name, or in the name of an institution.
    fn may_be_named(&self, at: usize) -> bool {
        self.names
            && !self.capital(at.wrapping_sub(1))
            && (self.flagged(at + 1, flag::CAPITAL | flag::PARTICLE)
                || self.hits.any(flag::HOUSE)
                || self.is(at + 1, &["-"]))
    }

    /// The longest phrase that starts here.
    fn phrase(&self, at: usize) -> Option<Found> {
        if !self.flagged(at, flag::KNOWN | flag::MODIFIER | flag::HONORIFIC | flag::SIDES)
            && !self.may_be_named(at)
        {
            return None;
        }
        let mut best: Option<Found> = None;
        let mut consider = |found: Option<Found>| {
            if let Some(found) = found
                && best.is_none_or(|b| found.end > b.end)
            {
                best = Some(found);
            }
        };
        let (hits, capital) = (self.hits(at), self.capital(at));
        let state = hits.state().is_some();
        // A body or an office may begin with its country or its portfolio.
        let house = state || hits.body().is_some() || hits.title().is_some();
        let title = if house || self.flagged(at, flag::MODIFIER) { self.title(at) } else { None };
        let named = capital || hits.person().is_some() || self.flagged(at, flag::HONORIFIC);
        if named || state || title.is_some() {
            consider(self.person(at, title));
            consider(self.office(at, title));
        }
        if self.flagged(at, flag::SIDES) {
            consider(self.sides(at));
        }
        if house {
            consider(self.body(at));
        }
        if capital {
            consider(self.organisation(at));
        }
        if house || hits.group().is_some() || hits.topic().is_some() {
            consider(self.group(at));
        }
        consider(self.state(at));
        consider(self.place(at));
        best
    }

    /// A country before something else: "China's", "the U.S.", "Chinese". Returns where it ends.
    pub(super) fn premodifier(&self, at: usize) -> Option<(usize, StateCode)> {
        let (hit, form) = self.hits(at).state()?;
        if form == StateForm::People {
            return None;
        }
        let mut end = at + hit.len();
        if self.possessive(end) {
            end += 1;
        } else if form == StateForm::Metonym {
            return None;
        }
        Some((end, self.code(hit.row)?))
    }

    fn state(&self, at: usize) -> Option<Found> {
        let (hit, form) = self.hits(at).state()?;
        let code = self.code(hit.row)?;
        let mut end = at + hit.len();
        // "U.S. note 2", "United States Code": the law, not the state.
        if self.is(end, &["note", "notes", "code"]) || self.surname(at) || self.address(end) {
            return None;
        }
        if form != StateForm::Metonym
            && form != StateForm::People
            && self.is(end, &["side", "government", "visitors", "hosts", "guests", "contingent", "camp"])
        {
            end += 1;
        }
        if form == StateForm::Adjective && self.seat_of_government(at, end) {
            return Some(Found { start: at, end: end + 1, raw: Raw::State { code, form: StateForm::Name } });
        }
        Some(Found { start: at, end, raw: Raw::State { code, form } })
    }

    /// "flew to the Peruvian capital": the city, where it is gone to or stayed in, rather than money.
    fn seat_of_government(&self, at: usize, end: usize) -> bool {
        const TOWARDS: &[&str] = &[
            "in", "to", "for", "from", "at", "near", "outside", "into", "around", "reached", "left", "leave",
        ];
        const MONEY: &[&str] = &[
            "account",
            "controls",
            "expenditure",
            "flight",
            "flows",
            "gains",
            "goods",
            "inflows",
            "investment",
            "market",
            "markets",
            "outflows",
            "spending",
            "stock",
        ];
        let the = at.checked_sub(1).filter(|&the| self.is(the, &["the"]));
        let led = the.and_then(|the| the.checked_sub(1)).is_some_and(|prep| self.is(prep, TOWARDS));
        led && self.is(end, &["capital"]) && !self.is(end + 1, MONEY)
    }

    /// "The caretaker, Jill Norway, …": the state's name is that of a person.
    fn surname(&self, at: usize) -> bool {
        let Some(first) = at.checked_sub(1) else { return false };
        let given = self.kind(first) == Some(TokenKind::Word)
            && self.capital(first)
            && !self.flagged(first, flag::KNOWN | flag::MODIFIER | flag::HONORIFIC)
            && !self.unnamed(first)
            && self.word(first).chars().skip(1).all(char::is_lowercase)
            && self.word(first).len() > 2;
        let called =
            |at: usize| self.is(at, &[","]) || self.is(at, CALLED) && self.kind(at) == Some(TokenKind::Word);
        self.names
            && given
            && first.checked_sub(1).is_some_and(called)
            && self.kind(at) == Some(TokenKind::Word)
            && self.capital(at)
    }

    /// "Norway Street", "the Geneva Hotel": a house or a road, no state.
    fn address(&self, at: usize) -> bool {
        let road = |at: usize| self.capital(at) && self.is(at, ADDRESSES);
        self.names && road(at)
    }

    fn place(&self, at: usize) -> Option<Found> {
        let hit = self.hits(at).place()?;
        Some(Found { start: at, end: at + hit.len(), raw: Raw::Place { row: hit.row } })
    }

    /// Where the words behind up to three of `words` start.
    #[inline]
    pub(super) fn skip(&self, at: usize, words: &[&str]) -> usize {
        (at..at + 3).find(|&at| !self.is(at, words)).unwrap_or(at + 3)
    }

    pub(super) fn past_honorifics(&self, at: usize) -> usize {
        // "Senator the Hon John Doe"
        let the = self.is(at, &["the"]) && self.is(at + 1, &["hon", "hon.", "honourable", "honorable"]);
        let at = at + usize::from(the);
        (at..at + 3).find(|&at| !self.flagged(at, flag::HONORIFIC)).unwrap_or(at + 3)
    }

    /// "the Chinese commerce ministry", "U.S. Department of Commerce", "MOFCOM", "the ministry".
    fn body(&self, start: usize) -> Option<Found> {
        if !self.hits.any(flag::BODY) {
            return None;
        }
        let (mut at, mut country) = (start, None);
        if let Some((end, code)) = self.premodifier(start) {
            (at, country) = (end, Some(code));
        }
        let direct = self.named_body(at, country, start);
        let own = if country.is_some() { self.named_body(start, None, start) } else { None };
        match (direct, own) {
            (Some(a), Some(b)) => Some(if b.end >= a.end { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    fn named_body(&self, at: usize, country: Option<StateCode>, start: usize) -> Option<Found> {
        let mut noun_at = at;
        // "commerce ministry": portfolios, then the noun.
        let whole = self
            .hits(at)
            .body()
            .is_some_and(|hit| self.lexicon.bodies.get(hit.row as usize).is_some_and(|row| !row.noun));
        while !whole
            && let Some((hit, TitlePart::Portfolio)) = self.title_part(noun_at)
            && noun_at < at + 6
        {
            noun_at += hit;
            if self.is(noun_at, &["and"])
                && matches!(self.title_part(noun_at + 1), Some((_, TitlePart::Portfolio)))
            {
                noun_at += 1;
            }
        }
        let hit = self.hits(noun_at).body()?;
        let row = self.lexicon.bodies.get(hit.row as usize)?;
        let mut end = noun_at + hit.len();
        let mut named = noun_at > at;
        if !row.noun {
            if named {
                return None;
            }
            // "its Senate": that of the state told of, as with "its ministry".
            let theirs = self.is(start.wrapping_sub(1), &["its", "their"]);
            if theirs && country.is_none() && row.country.is_some() && self.word(at).starts_with("Senate") {
                let name = self.span(at, end);
                let style = Some(Style::Ministries);
                let raw = Raw::Body { name, row: None, country: None, style, noun: true };
                return Some(Found { start, end, raw });
            }
            // "the Treasury in London": a name that several states give to one of theirs.
            let shared = matches!(self.word(at), "Treasury" | "Congress" | "Senate" | "Cabinet");
            let elsewhere = if country.is_none() && shared && hit.len() == 1 { self.seat(end) } else { None };
            let elsewhere = elsewhere.filter(|seat| Some(*seat) != row.country);
            let country = country.or(elsewhere).or(row.country);
            // "the APEC meeting", "WTO rules": no party.
            if country.is_none() && self.flagged(end, flag::OCCASION) {
                return None;
            }
            let row = elsewhere.is_none().then_some(hit.row);
            let raw = Raw::Body { name: self.span(at, end), row, country, style: None, noun: false };
            return Some(Found { start, end, raw });
        }
        let (complement, stated) = self.complement(end, &["of", "for"]);
        let noun = self.word(noun_at);
        if complement > end && noun.starts_with(char::is_uppercase) {
            end = complement;
            named = true;
        }
        if noun.eq_ignore_ascii_case("side") || noun.eq_ignore_ascii_case("team") {
            return None;
        }
        let style = match noun {
            "ministry" | "Ministry" => Some(Style::Ministries),
            // "The customs administration": not that of the president.
            "administration" if noun_at > at => None,
            "department" | "Department" | "administration" | "Administration" => Some(Style::Departments),
            // "New Delhi barred the sale, and its cabinet is weighing a levy"
            _ if self.is(start.wrapping_sub(1), &["its", "their"]) => Some(Style::Ministries),
            _ => None,
        };
        // "the maritime administration authorities": an office of somebody, not that of the president.
        let led = self.is(
            start.wrapping_sub(1),
            &["the", "this", "his", "her", "its", "current", "new", "previous", "present", "'s", "’s"],
        );
        if noun == "administration" && !named && country.is_none() && !led {
            return None;
        }
        // "The bank's office in Hanoi expects": the bank, wherever its office is.
        if noun == "office" && !named && country.is_none() && self.is(start.wrapping_sub(1), &["'s", "’s"])
        {
            return None;
        }
        // "government" alone names nobody, "the ministry" may be tied to a name.
        let seat = if self.is(end, &["in"]) { self.located(end) } else { None };
        let country = country.or(stated.filter(|_| named)).or(seat);
        let raw = Raw::Body { name: self.span(at, end), row: None, country, style, noun: !named };
        (named || country.is_some() || style.is_some() || self.is(start.wrapping_sub(1), &["the"]))
            .then_some(Found { start, end, raw })
    }

    pub(super) fn title_part(&self, at: usize) -> Option<(usize, TitlePart)> {
        let hit = self.hits(at).title()?;
        let row = self.lexicon.titles.get(hit.row as usize)?;
        Some((hit.len(), row.part))
    }

    /// "of Commerce", "for Foreign Affairs and Security Policy", "of the State Council": where it
    /// ends (the given place where there is none), and the country it names.
    fn complement(&self, start: usize, preposition: &[&str]) -> (usize, Option<StateCode>) {
        let mut at = start;
        let mut end = start;
        let mut country = None;
        if !self.is(at, preposition) {
            return (start, None);
        }
        while at < start + LONGEST {
            let mut next = at;
            if next == end && next > start || next == start {
                // A connector is needed here.
                if next > start && self.is(next, &[","]) {
                    next += 1;
                }
                // "Minister for Trade, and Jane Roe, …": somebody else.
                if next > at && self.is(next, &["and"]) && self.may_be_holder(next + 1) {
                    break;
                }
                let connector = self.skip(next, &["of", "for", "to", "and", "at", "in", "&"]);
                if connector == next && next != start {
                    if self.is(at, &[","]) {
                        // A list goes on only with a capital and an "and" to come.
                        // "President of the Republic of Peru, Jane Roe, and": a name.
                        let listed = self.capital(next) && self.list_ahead(next) && !self.may_be_holder(next);
                        if !listed {
                            break;
                        }
                    } else {
                        break;
                    }
                }
                next = connector;
                if self.is(next, &["the"]) {
                    next += 1;
                }
            }
            let hits = self.hits(next);
            let joint = if self.is(next.wrapping_sub(1), &["the"]) { next.wrapping_sub(1) } else { next };
            let after_and = self.is(joint.wrapping_sub(1), &["and"]);
            // "…, and the Commissioner of …", "… and the General Administration of …": another one.
            let another = joint < next && (self.opens_title(next) || hits.body().is_some());
            if after_and && next > start + 1 && (another || self.opens_title(next)) {
                break;
            }
            // "Special Assistant to the Prime Minister Jane Roe": she assists him.
            let formal = next == start + 2 && self.is(start, &["to"]) && self.capital(start.wrapping_sub(1));
            if formal
                && joint < next
                && self.capital(next)
                && let Some((len, TitlePart::Whole | TitlePart::Head)) = self.title_part(next)
            {
                end = next + len;
                break;
            }
            if !after_and
                && next > start
                && end == start
                && let Some(served) = self.superior(next)
            {
                return (start, served);
            }
            if let Some((hit, form)) = hits.state()
                && hits.body().is_none_or(|body| body.len() <= hit.len())
            {
                let seat = form == StateForm::Capital && preposition.contains(&"to") && next == start + 1;
                if (form == StateForm::Name || seat) && !after_and {
                    country = country.or(self.code(hit.row));
                    end = self.relations(next + hit.len());
                    at = end;
                    // "China's commerce ministry"
                    if self.possessive(end) {
                        at = end + 1;
                        if let Some(found) = self.named_body(at, country, at) {
                            end = found.end;
                            at = end;
                            continue;
                        }
                        return (start, None);
                    }
                    continue;
                }
                if form == StateForm::Adjective
                    && let Some(house) = self
                        .named_body(next + hit.len(), self.code(hit.row), next)
                        .map(|found| found.end)
                        .or_else(|| self.house(next + hit.len()))
                {
                    country = country.or(self.code(hit.row));
                    end = house;
                    at = end;
                    continue;
                }
                break;
            }
            if let Some(found) = self.named_body_short(next) {
                if let Raw::Body { country: of_body, .. } = found.raw {
                    country = country.or(of_body);
                }
                end = self.institution(found.end);
                at = end;
                continue;
            }
            if let Some((len, TitlePart::Portfolio)) = self.title_part(next) {
                end = next + len;
                // "Minister of Trade Relations Jane Roe", "of Foreign Agricultural Affairs"
                let plain = |at: &usize| self.capital(*at) && self.hits(*at).person().is_none();
                let run = (end..end + 2).take_while(plain).filter(|&at| self.ends_institution(at));
                if let (true, Some(last)) = (self.capital(next), run.last()) {
                    end = last + 1;
                }
                at = end;
                continue;
            }
            // Capitalised words up to one that ends an institution's name.
            let mut run = next;
            while self.capital(run)
                && run < next + 6
                && !self.unnamed(run)
                && !self.flagged(run, flag::HONORIFIC)
            {
                if hits.person().is_some() && run == next || self.hits(run).person().is_some() {
                    break;
                }
                // "of the Coffee-Cocoa Council"
                run += if self.is(run + 1, &["-"]) && self.capital(run + 2) { 3 } else { 1 };
                // "State Secretariat": the name goes on.
                if self.ends_institution(run - 1) && !self.ends_institution(run) {
                    break;
                }
            }
            if run == next {
                break;
            }
            end = run;
            at = run;
        }
        (end, country)
    }

    /// "head of the Peruvian customs service": where the house ends, by its noun.
    fn house(&self, start: usize) -> Option<usize> {
        const HOUSES: &[&str] = &[
            "agency",
            "authority",
            "board",
            "bureau",
            "commission",
            "committee",
            "delegation",
            "directorate",
            "division",
            "embassy",
            "mission",
            "office",
            "parliament",
            "section",
            "service",
            "team",
            "unit",
        ];
        let word = |at: usize| self.kind(at) == Some(TokenKind::Word) && !self.flagged(at, flag::FUNCTION);
        (start..start + 4).take_while(|&at| word(at)).find(|&at| self.is(at, HOUSES)).map(|at| at + 1)
    }

    /// "a spokesman for Prime Minister Jane Roe": somebody by office and name, whom another one serves; the state
    /// served, if it is told.
    fn superior(&self, at: usize) -> Option<Option<StateCode>> {
        let (mut next, country) = match self.premodifier(at) {
            Some((end, code)) => (end, Some(code)),
            None => (at, None),
        };
        let mut head = false;
        for _ in 0..TITLE_PARTS {
            let Some((len, part)) = self.title_part(next) else { break };
            head |= matches!(part, TitlePart::Whole | TitlePart::Head | TitlePart::Weak);
            next += len;
        }
        let (_, row, _) = self.name(next, true).filter(|_| head)?;
        let known = row.and_then(|row| self.lexicon.people.get(row as usize)?.country);
        Some(country.or(known))
    }

    /// Takes in what two states have in common: "China-U.S. economic and trade relations".
    fn relations(&self, end: usize) -> usize {
        let dash = self.is(end, &["-", "–"]);
        let Some((hit, _)) = self.hits(end + 1).state().filter(|_| dash) else { return end };
        let words = [
            "economic",
            "trade",
            "and",
            "bilateral",
            "commercial",
            "relations",
            "affairs",
            "ties",
            "talks",
            "consultations",
            "cooperation",
            "issues",
            "dialogue",
            "negotiations",
            "policy",
        ];
        let mut at = end + 1 + hit.len();
        while at < end + 9 && self.is(at, &words) {
            if self.is(at, &["and"]) && !self.is(at + 1, &words) {
                break;
            }
            at += 1;
        }
        at
    }

    /// Where an institution ends whose name goes on in capitals: "CPC Central Foreign Affairs Commission".
    fn institution(&self, start: usize) -> usize {
        let ends = ["Commission", "Committee", "Office", "Department", "Bureau", "Council", "Administration"];
        let capitals =
            (start..start + 6).take_while(|&at| self.capital(at) || at > start && self.is(at, &["and"]));
        capitals.filter(|&at| ends.contains(&self.word(at))).last().map_or(start, |at| at + 1)
    }

    /// Whether an office begins here, told by its first few words.
    fn opens_title(&self, start: usize) -> bool {
        let mut at = start;
        while at < start + 5 {
            match self.title_part(at) {
                Some((_, TitlePart::Whole | TitlePart::Head | TitlePart::Weak)) => return true,
                Some((len, TitlePart::Portfolio | TitlePart::Prefix)) => at += len,
                Some((_, TitlePart::Short)) | None => return false,
            }
        }
        false
    }

    /// A body without looking for a further complement, to keep the search bounded.
    pub(super) fn named_body_short(&self, at: usize) -> Option<Found> {
        if !self.hits.any(flag::BODY) {
            return None;
        }
        let mut noun_at = at;
        let whole = self
            .hits(at)
            .body()
            .is_some_and(|hit| self.lexicon.bodies.get(hit.row as usize).is_some_and(|row| !row.noun));
        while !whole
            && let Some((len, TitlePart::Portfolio)) = self.title_part(noun_at)
            && noun_at < at + 4
        {
            noun_at += len;
        }
        let hit = self.hits(noun_at).body()?;
        let row = self.lexicon.bodies.get(hit.row as usize)?;
        if !row.noun && noun_at > at {
            return None;
        }
        let end = noun_at + hit.len();
        let raw = Raw::Body {
            name: self.span(at, end),
            row: None,
            country: row.country,
            style: None,
            noun: row.noun,
        };
        Some(Found { start: at, end, raw })
    }

    /// Whether words in a list are a name rather than what somebody is in charge of: two in capitals, none of
    /// them known of offices and institutions.
    fn may_be_holder(&self, at: usize) -> bool {
        let known = |at: usize| {
            self.title_part(at).is_some()
                || self.hits(at).body().is_some()
                || self.hits(at).state().is_some()
                || self.ends_institution(at)
        };
        self.hits(at).person().is_some() || self.capital(at + 1) && !known(at) && !known(at + 1)
    }

    fn list_ahead(&self, at: usize) -> bool {
        (at..at + 6).any(|i| self.is(i, &["and"]))
            && (at..at + 6)
                .take_while(|&i| !self.is(i, &["and"]))
                .all(|i| self.capital(i) || self.is(i, &[","]))
    }

    /// The office that starts here: where it ends, and where its words begin after the country.
    pub(super) fn title(&self, start: usize) -> Option<(usize, Office)> {
        self.title_of(start, OFFICES_OF_ONE)
    }

    /// The office that starts here, with at most so many of the same holder.
    fn title_of(&self, start: usize, most: usize) -> Option<(usize, Office)> {
        let mut at = start;
        let mut country = None;
        let mut begin = start;
        let mut strong = false;
        let mut core = false;
        loop {
            if at > start + 12 {
                return None;
            }
            if let Some(head) = self.portfolios_listed(at) {
                (at, strong, core) = (head, true, true);
                continue;
            }
            if let Some((len, part)) = self.title_part(at) {
                let row = self.hits(at).title().and_then(|hit| self.lexicon.titles.get(hit.row as usize));
                // "Foreign Ministry spokesperson": the portfolio belongs to a body.
                if matches!(part, TitlePart::Portfolio)
                    && let Some(body) = self.named_body_short(at)
                    && body.end > at + len
                {
                    (at, strong, core) = (body.end, true, true);
                    if self.possessive(at) {
                        at += 1;
                    }
                    continue;
                }
                match part {
                    TitlePart::Weak if self.opens_title(at + len) && self.word(at + len - 1) != "general" => {
                        core = true;
                        at += len;
                        continue;
                    }
                    TitlePart::Prefix => {
                        core = true;
                        at += len;
                        continue;
                    }
                    TitlePart::Portfolio => {
                        (strong, core) = (true, true);
                        at += len;
                        if self.is(at, &["and"])
                            && matches!(
                                self.title_part(at + 1),
                                Some((_, TitlePart::Portfolio | TitlePart::Head))
                            )
                        {
                            at += 1;
                        }
                        continue;
                    }
                    // "a USTR spokeswoman"
                    TitlePart::Short if self.opens_title(at + len) && country.is_none() => {
                        (country, strong, core) = (row.and_then(|row| row.country), true, true);
                        at += len;
                        continue;
                    }
                    TitlePart::Short => return None,
                    TitlePart::Whole | TitlePart::Head | TitlePart::Weak => {
                        let row = row?;
                        return self.finish(start, begin, at + len, most, strong, country, row);
                    }
                }
            }
            if country.is_none()
                && let Some((end, code)) = self.premodifier(at)
                && self.hits(at).body().is_none_or(|body| at + body.len() < end)
            {
                country = Some(code);
                strong = true;
                at = end;
                if !core {
                    begin = end;
                }
                continue;
            }
            if let Some(body) = self.named_body_short(at)
                && body.end > at
            {
                if let Raw::Body { country: of_body, .. } = body.raw {
                    country = country.or(of_body);
                }
                (at, strong, core) = (body.end, true, true);
                if self.possessive(at) {
                    at += 1;
                }
                continue;
            }
            // "a White House spokeswoman", "Kremlin aide": of the house where the government sits.
            if country.is_none()
                && let Some((hit, StateForm::Metonym)) = self.hits(at).state()
            {
                (country, strong, core) = (self.code(hit.row), true, true);
                at += hit.len();
                continue;
            }
            if !core && self.flagged(at, flag::MODIFIER) {
                at += 1;
                begin = at;
                continue;
            }
            if at > start && self.is(at, &["-"]) {
                at += 1;
                continue;
            }
            return None;
        }
    }

    /// "Economy, Trade and Industry Minister", "Environment and Climate Change Minister": where the minister stands
    /// behind the portfolios, several and joined.
    fn portfolios_listed(&self, start: usize) -> Option<usize> {
        const HEADS: &[&str] = &["minister", "secretary", "commissioner"];
        // One that the lexicon knows, or up to three words in capitals, as of ministries.
        let one = |at: usize| {
            let known = match self.title_part(at) {
                Some((len, TitlePart::Portfolio)) => Some(at + len),
                Some(_) => return None,
                None => None,
            };
            let ends = |at: &usize| self.capital(*at) && self.ends_institution(*at);
            match known {
                Some(end) => Some(end + (end..end + 2).take_while(ends).count()),
                None => (at..at + 3).take_while(|&at| self.capital(at)).find(ends).map(|at| at + 1),
            }
        };
        if !self.capital(start) {
            return None;
        }
        let (mut at, mut joined) = (one(start)?, false);
        while self.is(at, &[",", "and", "&"]) && !joined {
            let comma = usize::from(self.is(at, &[","]) && self.is(at + 1, &["and"]));
            let next = one(at + comma + 1)?;
            // "Economy, Trade and Industry": the last two are known as one.
            joined = (at + comma..next).any(|at| self.is(at, &["and", "&"]));
            at = next;
        }
        (joined && self.is(at, HEADS)).then_some(at)
    }

    /// Whether a title is followed by a name set off by commas ("Minister of Trade, Jane Roe, met") or by a
    /// rank and a name ("Foreign Minister Senator Jane Roe").
    fn holder_behind(&self, at: usize) -> bool {
        let apart = self.is(at, &[","])
            && self.capital(self.past_honorifics(at + 1))
            && !self.opens_title(at + 1)
            && self.name(at + 1, true).is_some_and(|(end, _, surname)| {
                !surname && matches!(self.word(end), "," | "." | ")" | ";" | "")
            });
        let ranked = self.capital(at)
            && matches!(self.title_part(at), Some((_, TitlePart::Head | TitlePart::Weak)))
            && self.title_part(at).is_some_and(|(len, _)| self.named_after(at + len));
        apart || ranked
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one walk over a title")]
    fn finish(
        &self,
        start: usize,
        begin: usize,
        head: usize,
        most: usize,
        strong: bool,
        country: Option<StateCode>,
        row: &crate::lexicon::Title,
    ) -> Option<(usize, Office)> {
        let part = row.part;
        let outward =
            ["ambassador", "envoy", "representative", "adviser", "advisor", "counselor", "assistant", "aide"];
        let last = row.form.rsplit(' ').next().unwrap_or("");
        let employed = [
            "economist",
            "analyst",
            "strategist",
            "director",
            "partner",
            "fellow",
            "professor",
            "researcher",
            "manager",
            "lawyer",
            "lecturer",
            "head",
            "expert",
            "executive",
        ];
        let prepositions: &[&str] = match () {
            () if outward.contains(&last) => &["of", "for", "to", "on"],
            () if employed.contains(&last) => &["of", "for", "at", "with"],
            () => &["of", "for"],
        };
        // "Minister responsible for Trade"
        let charged = self.is(head, &["responsible"]) && self.is(head + 1, &["for"]);
        let of = head + usize::from(charged);
        let (end, stated) = self.complement(of, prepositions);
        let end = if end == of { head } else { end };
        let (end, stated) = match self.house_behind(start, end) {
            Some((house, country)) => (house, stated.or(country)),
            None => (end, stated),
        };
        // "a minister from Peru"
        let (mut end, stated) = match self.hits(end + 1).state() {
            Some((hit, StateForm::Name))
                if end == head && self.is(end, &["from"]) && begin == start && part == TitlePart::Head =>
            {
                (end + 1 + hit.len(), self.code(hit.row))
            }
            _ => (end, stated),
        };
        if self.is(end, &["["]) && self.is(end + 1, &["sic"]) && self.is(end + 2, &["]"]) {
            end += 3;
        }
        // "Minister of Commerce of the People's Republic of China (PRC) Jane Roe", "Permanent Secretary
        // (Development) Jane Roe"
        let initials = |word: &str| word.len() < 6 && word.chars().all(|c| c.is_ascii_uppercase());
        if self.is(end, &["("])
            && (end > head && initials(self.word(end + 1)) || end == head && self.capital(end + 1))
            && self.is(end + 2, &[")"])
            && self.named_after(end + 3)
        {
            end += 3;
        }
        let abroad = self.is(head, &["to"]);
        // "The Secretary also met": with a capital of its own it is somebody's.
        let bare = start > 0
            && self.is(start - 1, &["the"])
            && matches!(self.word(start), "Secretary" | "Commissioner" | "Representative" | "Envoy")
            && !self.capital(head)
            && !self.is(head, &["-"]);
        // "a deputy minister in Kyiv", "an official in Ankara": one of that state.
        let one = self.is(start.wrapping_sub(1), &["a", "an", "another", "one"]);
        let seat = if one && !employed.contains(&last) { self.seat(end) } else { None };
        let official = seat.is_some() && matches!(last, "official" | "negotiator");
        // "Its negotiator, Jane Roe,"
        let owned = self.is(start.wrapping_sub(1), &["its", "their", "his", "her"])
            && row.level.is_some_and(|level| level != Level::Working)
            && self.is(head, &[","])
            && self.capital(head + 1);
        let named = || self.named_after(head) || owned && self.named_after(head + 1);
        // "Jane Roe, the commissioner for international partnerships"
        let article = usize::from(self.is(start.wrapping_sub(1), &["the", "a"]));
        let charge = last == "commissioner"
            && self.is(head, &["for"])
            && self.is(start.wrapping_sub(1 + article), &[","])
            && self.capital(start.wrapping_sub(2 + article));
        let named = || charge || named();
        if part == TitlePart::Weak && !strong && end == head && !bare && !official && !named() {
            return None;
        }
        let mut country = country.or(stated.filter(|_| !abroad)).or(row.country).or(seat);
        // "Vice Premier and Foreign Minister": one holder of two offices, before a name.
        let owner = self.premodifier(end + 1);
        let same = owner.is_some_and(|(_, code)| Some(code) == country);
        let next = owner.map_or(end + 1, |(at, _)| at);
        let definite = self.is(start.wrapping_sub(1), &["the"]);
        if self.is(end, &["and"])
            && (same || owner.is_none() && !definite)
            && self.title_part(next).is_some()
            && start + 24 > end
            && most > 1
            && let Some((both, second)) = self.title_of(next, most - 1)
            && (self.named_after(both) || self.holder_behind(both))
        {
            end = both;
            country = country.or(second.country);
        }
        let style = match last {
            "secretary" => Some(Style::Departments),
            "representative" if row.form == "trade representative" => Some(Style::Departments),
            "minister" => Some(Style::Ministries),
            _ => None,
        };
        let lowered = (begin..head).any(|at| self.is(at, &["deputy", "vice", "assistant", "under"]));
        let level = match row.level {
            Some(Level::Minister) if lowered && part != TitlePart::Whole => Some(Level::ViceMinister),
            level => level,
        };
        Some((end, Office { title: self.span(begin, end), country, level, style }))
    }

    /// "Trade Representative with the Ministry of Commerce", "Jane Roe, special secretary at the commerce ministry":
    /// where the ministry ends whose the office is, and its state. Behind "at" it may be where somebody was met.
    fn house_behind(&self, start: usize, end: usize) -> Option<(usize, Option<StateCode>)> {
        let apposed = || {
            let before = start.checked_sub(1)?;
            let before = before.checked_sub(usize::from(self.is(before, &["the", "a", "an"])))?;
            Some(self.is(before, &[","]))
        };
        let housed = self.is(end, &["with"]) || self.is(end, &["at", "in"]) && apposed() == Some(true);
        if !housed {
            return None;
        }
        let at = self.skip(end + 1, &["the"]);
        let found = self.body(at)?;
        let Raw::Body { name, country, .. } = found.raw else { return None };
        let named = name.of(self.text).is_some_and(|name| {
            let formal = name.starts_with("Ministry of ") || name.starts_with("Department of ");
            formal || is_ministry(name) && name.contains(' ')
        });
        named.then_some((found.end, country))
    }

    /// The state whose capital somebody sits in or that a house is said to be of: "in Kyiv", "of Peru", "of the
    /// Philippines" at `at`.
    fn seat(&self, at: usize) -> Option<StateCode> {
        let of = self.is(at, &["of"]);
        let past = at + 1 + usize::from(of && self.is(at + 1, &["the"]));
        let (hit, form) = self.hits(at + 1).state().or_else(|| self.hits(past).state())?;
        let named = of && form == StateForm::Name || self.is(at, &["in"]) && form == StateForm::Capital;
        self.code(hit.row).filter(|_| named)
    }

    /// Behind the town in which an officer sits: "a ministry spokesman in Lima".
    fn past_seat(&self, at: usize) -> usize {
        let hits = self.hits(at + 1);
        let place = hits.state().map(|(hit, _)| hit).or(hits.place()).filter(|_| self.is(at, &["in"]));
        place.map_or(at, |hit| at + 1 + hit.len())
    }

    fn named_after(&self, at: usize) -> bool {
        self.name(at, true).is_some()
    }

    /// A name that starts here: where it ends, the lexicon's row, whether it is only a surname.
    pub(super) fn name(&self, start: usize, titled: bool) -> Option<(usize, Option<u32>, bool)> {
        let at = self.past_honorifics(start);
        if let Some(hit) = self.hits(at).person() {
            let end = at + hit.len();
            // A longer run of capitals is somebody else with the same surname.
            if hit.class == Class::Person
                || !self.capital(end)
                || self.hits(end).state().is_some()
                || !self.names
            {
                return Some((end, Some(hit.row), hit.class == Class::Surname));
            }
        }
        if !titled && at == start || !self.names {
            return None;
        }
        let mut end = at;
        let mut parts = 0;
        // "Sheikh Ali bin Example Al Example"
        let mut most = if self.is(at, &["sheikh"]) { 5 } else { 4 };
        while end < at + 7 {
            let lexical = self.hits(end);
            if !self.capital(end) {
                let particle =
                    self.small(end, flag::PARTICLE) && (self.capital(end + 1) || self.capital(end + 2));
                if parts > 0 && particle {
                    most = 5;
                    end += 1;
                    continue;
                }
                // "Jane al-Roe"
                let joined = parts > 0 && self.word(end).starts_with("al-") && self.word(end).len() > 3;
                if joined {
                    end += 1;
                    parts += 1;
                    continue;
                }
                if parts > 0 && self.is(end, &["-"]) && self.kind(end + 1) == Some(TokenKind::Word) {
                    end += 2;
                    continue;
                }
                break;
            }
            // "Nguyen Thu Ha" is no Thursday's.
            let short =
                parts > 0 && self.word(end).len() == 3 && self.capital(end + 1) && !self.unnamed(end + 1);
            let known = lexical.state().is_some()
                || lexical.title().is_some_and(|_| parts == 0)
                || lexical.body().is_some()
                || self.unnamed(end) && !short;
            let portfolio = parts > 0
                && (self.ends_institution(end)
                    || matches!(self.title_part(end), Some((_, TitlePart::Portfolio))));
            if portfolio {
                return None;
            }
            // "Jane Roe MP"
            let letters = parts > 1 && matches!(self.word(end), "MP" | "MEP" | "KC" | "QC" | "TD");
            if known || letters || parts >= most {
                break;
            }
            end += 1;
            parts += 1;
            if self.possessive(end) {
                break;
            }
        }
        if self.is(end, &[","]) && self.is(end + 1, &["jr.", "sr.", "jr"]) {
            end += 2;
        }
        (parts > 0).then_some((end, None, parts == 1))
    }

    /// An office with a name, or a name with an office after it, or a name.
    fn person(&self, start: usize, title: Option<(usize, Office)>) -> Option<Found> {
        if let Some((end, office)) = title
            && let Some((name_end, row, surname)) = self.name(end, true)
        {
            let weak_form = row.is_none()
                && surname
                && !self.capital(end.wrapping_sub(1))
                && office.level == Some(Level::Working);
            // "in the Official Gazette": a paper.
            let paper = row.is_none()
                && matches!(
                    self.word(name_end.wrapping_sub(1)),
                    "Gazette" | "Journal" | "Bulletin" | "Register" | "Notice" | "Record"
                );
            if !weak_form && !paper {
                let name = self.span(self.past_honorifics(end), name_end);
                let stated = if self.is(name_end, &["of"]) { self.hits(name_end + 1).state() } else { None };
                let seat = if self.is(name_end, &["of"]) { self.hits(name_end + 1).place() } else { None };
                let seat = seat.and_then(|hit| self.lexicon.places.get(hit.row as usize)?.country);
                let country = stated
                    .filter(|(_, form)| *form == StateForm::Name)
                    .and_then(|(hit, _)| self.code(hit.row))
                    .or(seat);
                let behind =
                    if office.country.is_none() && country.is_none() && self.is(name_end, &[",", "("]) {
                        self.apposition(name_end).1
                    } else {
                        None
                    };
                let office = Office { country: office.country.or(country).or(behind), ..office };
                // "Ambassador Jane Roe, United States Trade Representative,": what she is tells more than her rank.
                let rank = self.span(start, end).of(self.text).is_some_and(|t| {
                    matches!(t, "Ambassador" | "Minister" | "Secretary" | "Senator" | "Federal Councillor")
                });
                let fuller = if rank && self.is(name_end, &[","]) && self.capital(name_end + 1) {
                    self.apposition(name_end).0
                } else {
                    None
                };
                let office = fuller.map_or(office, |f| Office { country: f.country.or(office.country), ..f });
                let raw = Raw::Person { name, row, surname, office: Some(office), country: office.country };
                return Some(Found { start, end: name_end, raw });
            }
        }
        // "U.S. Trade Representative Ambassador Jane Roe": two titles of one.
        if let Some((end, office)) = title
            && self.capital(end)
            && self.opens_title(end)
            && let Some((second, _)) = self.title(end)
            && let Some((name_end, row, surname)) = self.name(second, true)
        {
            let raw = Raw::Person {
                name: self.span(self.past_honorifics(second), name_end),
                row,
                surname,
                office: Some(office),
                country: office.country,
            };
            return Some(Found { start, end: name_end, raw });
        }
        // "China's trade representative, Jane Roe, said", "a ministry spokesman in Lima, John Doe, said"
        if let Some((head, office)) = title
            && let end = self.past_seat(head)
            && self.is(end, &[","])
            && self.capital(self.past_honorifics(end + 1))
            && let Some((name_end, row, false)) = self.name(end + 1, true)
            && matches!(self.word(name_end), "," | "." | ")" | ";" | "")
            && self.hits(end + 1).title().is_none()
            // "Ms. Roe, Minister of Trade, Mr. Doe, …": the office of the one before.
            && !(self.flagged(end + 1, flag::HONORIFIC)
                && self.is(start.wrapping_sub(1), &[","])
                && self.capital(start.wrapping_sub(2)))
        {
            let known = row.and_then(|row| self.lexicon.people.get(row as usize)).and_then(|h| h.country);
            if known.is_none() || office.country.is_none() || known == office.country {
                let name = self.span(self.past_honorifics(end + 1), name_end);
                let country = office.country.or(known);
                let office = Office { country, ..office };
                let raw = Raw::Person { name, row, surname: false, office: Some(office), country };
                return Some(Found { start, end: name_end, raw });
            }
        }
        // "the Peruvian trade minister (Jane Roe)"
        if let Some((end, office)) = title
            && self.is(end, &["("])
            && let Some((name_end, row, surname)) = self.name(end + 1, true)
            && (row.is_some() || !surname)
            && self.is(name_end, &[")"])
        {
            let name = self.span(self.past_honorifics(end + 1), name_end);
            let raw = Raw::Person { name, row, surname, office: Some(office), country: office.country };
            return Some(Found { start, end: name_end + 1, raw });
        }
        // "USTR Jane Roe": the house stands for whoever heads it.
        if let Some((len, TitlePart::Short)) = self.title_part(start)
            && let Some((name_end, row @ Some(_), surname)) = self.name(start + len, true)
        {
            let row_of_title =
                self.hits(start).title().and_then(|hit| self.lexicon.titles.get(hit.row as usize));
            let country = row_of_title.and_then(|row| row.country);
            let level = row_of_title.and_then(|row| row.level);
            let office = Office { title: self.span(start, start + len), country, level, style: None };
            let name = self.span(start + len, name_end);
            let raw = Raw::Person { name, row, surname, office: Some(office), country };
            return Some(Found { start, end: name_end, raw });
        }
        // "Peru's Jane Roe met"
        if let Some(found) = self.states_own(start) {
            return Some(found);
        }
        // "her American counterpart, Jane Roe", "his Indian opposite number, John Doe"
        if let Some((at, code)) = self.premodifier(start)
            && let opposite = self.is(at, &["opposite"])
            && (opposite && self.is(at + 1, &["number", "numbers"])
                || self.is(at, &["counterpart", "counterparts", "colleague", "colleagues"]))
        {
            let after = if opposite { at + 1 } else { at };
            let name_at = if self.is(after + 1, &[","]) { after + 2 } else { after + 1 };
            if let Some((name_end, row, surname)) = self.name(name_at, true)
                && (row.is_some() || !surname)
            {
                let name = self.span(self.past_honorifics(name_at), name_end);
                let raw = Raw::Person { name, row, surname, office: None, country: Some(code) };
                return Some(Found { start, end: name_end, raw });
            }
        }
        // "the foreign ministry's Jane Roe"
        if let Some(office) = self.serving(start).filter(|o| o.style.is_some())
            && let house = self.tokens.partition_point(|t| t.span.start < office.title.end)
            && self.possessive(house)
            && let Some((name_end, row, surname)) = self.name(house + 1, true)
            && (row.is_some() || !surname)
        {
            let name = self.span(self.past_honorifics(house + 1), name_end);
            let raw = Raw::Person { name, row, surname, office: Some(office), country: office.country };
            return Some(Found { start, end: name_end, raw });
        }
        let known = self.name(start, false);
        let (name_end, row, surname) = match known {
            Some(known) => known,
            None => self.apposed(start)?,
        };
        let name = self.span(self.past_honorifics(start), name_end);
        let (office, country) = self.apposition(name_end);
        // "Invited by Jane Roe, the Peruvian president will come": Roe of Chile is not the president of Peru.
        let home = row.and_then(|row| self.lexicon.people.get(row as usize)?.country);
        let owner = office.and_then(|office| {
            self.premodifier(self.skip(name_end + 1, &["the"]))
                .filter(|_| office.country.is_some_and(|code| home.is_some_and(|home| home != code)))
        });
        let office = office.filter(|_| owner.is_none());
        let country = country.filter(|_| owner.is_none());
        let country = office.and_then(|o| o.country).or(country);
        Some(Found { start, end: name_end, raw: Raw::Person { name, row, surname, office, country } })
    }

    /// "Peru's Jane Roe met": a name by form alone behind the state that sends its bearer, before a verb for what
    /// envoys do and firms do not.
    fn states_own(&self, start: usize) -> Option<Found> {
        const CONTACTS: &[&str] = &[
            "met",
            "meets",
            "meet",
            "spoke",
            "phoned",
            "telephoned",
            "hosted",
            "received",
            "conferred",
            "flew",
        ];
        let (at, code) = self.premodifier(start).filter(|(at, _)| self.possessive(at.wrapping_sub(1)))?;
        let (end, row, surname) = self.name(at, true).filter(|(_, row, _)| row.is_none())?;
        let verb = self.skip(end, &["will", "is", "to", "also", "has", "had", "was"]);
        let printed = |at: usize| self.word(at).chars().skip(1).any(char::is_lowercase);
        let plain = (at..end).all(|at| {
            printed(at) && !self.flagged(at, flag::HOUSE | flag::INSTITUTION) && !self.is(at, NOBODY)
        });
        // "Peru's Jane Roe, the minister of commerce,"
        let (office, _) = if surname || !plain { (None, None) } else { self.apposition(end) };
        let office = office.filter(|o| o.country.is_none_or(|own| own == code));
        let office = office.filter(|_| self.is(end, &[","]));
        if surname || !plain || office.is_none() && !self.is(verb, CONTACTS) && !self.met(start, end) {
            return None;
        }
        let office = office.map(|office| Office { country: Some(code), ..office });
        let name = self.span(at, end);
        let raw = Raw::Person { name, row, surname, office, country: Some(code) };
        Some(Found { start, end, raw })
    }

    /// Whether the phrase from `start` to `end` stands where somebody met is named: "met Peru's Jane Roe in Lima",
    /// "had lunch with Ana Muestra and Peru's Jane Roe".
    fn met(&self, start: usize, end: usize) -> bool {
        const MEETS: &[&str] = &[
            "met",
            "meet",
            "meets",
            "invited",
            "invites",
            "hosted",
            "hosts",
            "received",
            "receives",
            "telephoned",
            "phoned",
            "rang",
            "greeted",
            "welcomed",
        ];
        const JOINT: &[&str] = &[
            "met",
            "meet",
            "meets",
            "meeting",
            "talks",
            "spoke",
            "call",
            "lunch",
            "dinner",
            "breakfast",
            "sat",
            "sit",
            "sits",
            "signed",
            "conferred",
            "hosted",
            "received",
        ];
        const BEHIND: &[&str] = &[
            ",", ".", ";", "and", "in", "on", "at", "to", "for", "over", "before", "after", "this", "last",
            "by",
        ];
        let before = start.wrapping_sub(1);
        let joined = self.is(before, &["with"])
            || self.is(before, &["and", ","]) && self.capital(start.wrapping_sub(2));
        let contact = || (0..before).any(|at| self.is(at, JOINT));
        (self.is(before, MEETS) || joined && contact()) && (self.is(end, BEHIND) || end >= self.tokens.len())
    }

    /// "said Jane Roe of Norden Research": where the name ends, before the house.
    pub(super) fn told_of_house(&self, start: usize) -> Option<usize> {
        if !self.capital(start) || !self.capital(start + 1) || !self.on(start.wrapping_sub(1), &TOLD_BY) {
            return None;
        }
        let plain =
            |at: usize| self.capital(at) && self.hits(at).state().is_none() && self.hits(at).body().is_none();
        let end = (start..start + 4).find(|&at| !plain(at)).filter(|end| *end > start + 1)?;
        let house = self.skip(end + 1, &["the"]);
        let housed = self.is(end, &["of", "at", "from", "with"]) && self.capital(house);
        (housed && self.hits(house).state().is_none()).then_some(end)
    }

    /// A name by form alone, before an office set off by commas: "Jane Roe, the trade minister,".
    fn apposed(&self, start: usize) -> Option<(usize, Option<u32>, bool)> {
        let before = start.wrapping_sub(1);
        if self.capital(before) || !self.capital(start) || !self.names {
            return None;
        }
        if let Some(end) = self.told_of_house(start) {
            return Some((end, None, false));
        }
        // One word alone is no full name.
        let next = start + 1;
        if !self.capital(next) && !self.flagged(next, flag::PARTICLE) && !self.is(next, &["-"]) {
            return None;
        }
        let (end, row, surname) = self.name(start, true)?;
        if surname {
            return None;
        }
        // "The two ministers, Jane Roe of Peru and John Doe of Chile,"
        if self.is(end, &["of"])
            && let Some((hit, StateForm::Name)) = self.hits(end + 1).state()
            && self.is(before, &[",", "and", "-", "–", "—", ":"])
            && self.is(end + 1 + hit.len(), &[",", "and", "-", "–", "—", "."])
            && self.hits.any(flag::OFFICES)
        {
            return Some((end, row, false));
        }
        // "His deputy, Jane Roe, said"
        let deputy = before.wrapping_sub(1);
        if self.is(before, &[","])
            && self.is(deputy, &["deputy", "predecessor", "successor"])
            && self.is(deputy.wrapping_sub(1), &["his", "her", "its", "their"])
            && self.is(end, &[","])
        {
            return Some((end, row, false));
        }
        // "met his counterpart Jane Roe", "met her counterpart, Jane Roe,"
        let comma = usize::from(self.is(before, &[","]));
        if self.is(before.wrapping_sub(comma), &["counterpart"]) {
            return Some((end, row, false));
        }
        if !self.is(end, &[","]) {
            return None;
        }
        // "said Jane Roe, a soybean broker"
        if self.on(before, &TOLD_BY) && self.is(end + 1, &["a", "an", "who"]) {
            return Some((end, row, false));
        }
        // "Jane Roe, who follows grain for a broker"
        if self.is(end + 1, &["who"]) && self.is(end + 2, PURSUITS) {
            return Some((end, row, false));
        }
        let known = self.apposition(end).0.is_some() || self.peer_of(end + 1).is_some();
        known.then_some((end, row, false))
    }

    /// "Jane Roe, his Peruvian counterpart": of which state.
    fn peer_of(&self, at: usize) -> Option<StateCode> {
        let (next, code) = self.premodifier(at + 1).filter(|_| self.is(at, &["his", "her", "their"]))?;
        self.is(next, &["counterpart", "colleague", "opposite"]).then_some(code)
    }

    /// The office set off behind a name: "China's trade negotiator", "of the foreign ministry".
    fn apposition(&self, at: usize) -> (Option<Office>, Option<StateCode>) {
        if self.is(at, &["of"])
            && let Some((hit, StateForm::Name)) = self.hits(at + 1).state()
            && !self.possessive(at + 1 + hit.len())
        {
            return (None, self.code(hit.row));
        }
        // "Jane Roe (Peru)"
        if self.is(at, &["("])
            && let Some((hit, StateForm::Name)) = self.hits(at + 1).state()
            && self.is(at + 1 + hit.len(), &[")"])
        {
            return (None, self.code(hit.row));
        }
        // "Jane Roe of the foreign ministry"
        if self.is(at, &["of", "from"])
            && let Some(office) = self
                .serving(at + 1)
                .filter(|o| o.style.is_some() || o.title.of(self.text).is_some_and(is_ministry))
        {
            return (Some(office), office.country);
        }
        if !self.is(at, &[",", "(", "–", "—"]) {
            return (None, None);
        }
        if let Some(code) = self.peer_of(at + 1) {
            return (None, Some(code));
        }
        let next = self.skip(at + 1, &["the", "a", "an", "who", "is", "was", "also", "his", "her"]);
        if self.is(next, &["of"]) || self.is(next, &["speaking", "speaks"]) && self.is(next + 1, &["for"]) {
            let house = if self.is(next, &["of"]) { next + 1 } else { next + 2 };
            let office = self.serving(house);
            return (office, office.and_then(|office| office.country));
        }
        match self.title(next) {
            Some((end, office)) if self.name(end, true).is_none() => {
                // "a member of the bureau and vice premier": one office of two parts.
                // "Member of the Political Bureau, Vice Premier"
                let member = self.is(next, &["member"]) && self.is(end, &[","]) && self.capital(end + 1);
                let second = if (self.is(end, &["and"]) || member) && self.opens_title(end + 1) {
                    self.title(end + 1).filter(|(both, _)| self.name(*both, true).is_none())
                } else {
                    None
                };
                let (title, country) = match second {
                    Some((_, more)) => {
                        (Span::new(office.title.start, more.title.end), office.country.or(more.country))
                    }
                    None => (office.title, office.country),
                };
                (Some(Office { title, country, ..office }), country)
            }
            _ => (None, None),
        }
    }

    /// The house in which somebody serves, as an office: "the foreign ministry".
    fn serving(&self, at: usize) -> Option<Office> {
        let at = self.skip(at, &["the"]);
        let hits = self.hits(at);
        let house = hits.state().is_some() || hits.body().is_some() || hits.title().is_some();
        let found = if house { self.body(at)? } else { return None };
        let Raw::Body { name, country, style, .. } = found.raw else { return None };
        Some(Office { title: name, country, level: None, style })
    }

    /// An office without a name; "his American counterpart" is one.
    fn office(&self, start: usize, title: Option<(usize, Office)>) -> Option<Found> {
        if let Some((at, code)) = self.premodifier(start)
            && let peer = self.is(at, &["counterpart", "counterparts"])
            && (peer || self.is(at, &["colleague", "colleagues"]))
        {
            // "her Chinese counterpart, Commerce Minister Jane Roe": the peer is named behind.
            let behind = if self.is(at + 1, &[","]) { at + 2 } else { at + 1 };
            if let Some((end, office)) = self.title(behind).filter(|_| self.opens_title(behind))
                && let Some((name_end, row, surname)) = self.name(end, true)
            {
                let name = self.span(self.past_honorifics(end), name_end);
                let office = Office { country: office.country.or(Some(code)), ..office };
                let raw = Raw::Person { name, row, surname, country: office.country, office: Some(office) };
                return Some(Found { start, end: name_end, raw });
            }
            if peer {
                let title = self.span(at, at + 1);
                let office = Office { title, country: Some(code), level: None, style: None };
                return Some(Found { start, end: at + 1, raw: Raw::Office(office) });
            }
        }
        let (end, office) = title?;
        Some(Found { start, end, raw: Raw::Office(office) })
    }
}

/// Whether a house is a ministry or department, by its last word.
fn is_ministry(house: &str) -> bool {
    let last = house.rsplit(' ').next();
    last.is_some_and(|word| matches!(word, "ministry" | "Ministry" | "department" | "Department"))
}
