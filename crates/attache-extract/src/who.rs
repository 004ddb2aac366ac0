//! Who is named where in a sentence, as the event builder needs it.

use smol_str::SmolStr;

use crate::caseless;
use crate::grammar::lower::WordList;
use crate::span::Span;
use crate::state::StateCode;

/// What a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WhoKind {
    /// A country or bloc by name or metonym.
    State,
    /// A country's adjective before a noun ("Chinese goods").
    Adjective,
    /// A ministry, agency or court.
    Body,
    /// A company, by name.
    Firm,
    /// A person, by name.
    Person,
    /// An office without a name.
    Office,
    /// People who speak for a government: "U.S. authorities".
    Authority,
    /// A city or country as a place: "in Geneva".
    Place,
    /// People of a kind: "analysts", "Chinese exporters".
    Group,
    /// Both sides of the article's dealings.
    Pair,
}

/// A mention with what the article knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) span: Span,
    pub(crate) kind: WhoKind,
    pub(crate) name: Option<SmolStr>,
    pub(crate) name_span: Option<Span>,
    pub(crate) office: Option<SmolStr>,
    pub(crate) office_span: Option<Span>,
    pub(crate) country: Option<StateCode>,
    /// Names a city: "Geneva", or "Beijing" for its state.
    pub(crate) city: bool,
    /// By its name or office a chamber, an association, the head of a firm or the like ([`apart`]).
    pub(crate) apart: bool,
}

/// Whether the name of a body or the office of a person tells of somebody of a state who does not speak for it.
pub(crate) fn apart(kind: WhoKind, name: Option<&str>, office: Option<&str>) -> bool {
    match kind {
        WhoKind::Body => name.is_some_and(|name| name.split(' ').any(is_private)),
        WhoKind::Person | WhoKind::Office => office.is_some_and(names_trade),
        _ => false,
    }
}

/// Whether a word in the name of a body tells that it is no authority.
fn is_private(word: &str) -> bool {
    matches!(
        word,
        "Association"
            | "Chamber"
            | "Federation"
            | "Institute"
            | "University"
            | "Alliance"
            | "Coalition"
            | "Confederation"
            | "Society"
            | "Foundation"
            | "Group"
            | "Company"
            | "Holdings"
            | "Airlines"
            | "Airways"
            | "Motors"
    )
}

/// Offices of people who speak for a firm, a school or themselves.
const TRADES: &[&str] = &[
    "chief executive",
    "country director",
    "ceo",
    "founder",
    "analyst",
    "economist",
    "professor",
    "researcher",
    "lawyer",
    "strategist",
    "coach",
    "broker",
    "trader",
    "grower",
    "farmer",
    "curator",
    "editor",
];

/// What people without a name are called who speak for no state: "a man from Lima said".
pub(crate) static STRANGERS: WordList = WordList::new(&[
    "analyst",
    "banker",
    "broker",
    "commentator",
    "consultant",
    "economist",
    "exporter",
    "farmer",
    "grower",
    "historian",
    "importer",
    "journalist",
    "lawyer",
    "man",
    "manager",
    "neighbor",
    "neighbour",
    "owner",
    "person",
    "professor",
    "reporter",
    "shopkeeper",
    "student",
    "trader",
    "voice",
    "woman",
    "worker",
]);

/// By the first letter of those, a bit for each second one.
const TRADE_STARTS: [u32; 32] = {
    let mut table = [0; 32];
    let mut at = 0;
    while at < TRADES.len() {
        let word = TRADES[at].as_bytes();
        table[(word[0] & 31) as usize] |= 1 << (word[1] & 31);
        at += 1;
    }
    table
};

/// Whether an office as printed names one of those.
fn names_trade(office: &str) -> bool {
    let may = |pair: &[u8]| matches!(pair, [a, b] if TRADE_STARTS[usize::from(a & 31)] >> (b & 31) & 1 == 1);
    let mut starts = office.as_bytes().windows(2).enumerate().filter(|(_, pair)| may(pair));
    starts.any(|(at, pair)| {
        let own =
            |word: &&&str| word.as_bytes().first().zip(pair.first()).is_some_and(|(a, b)| (a ^ b) & 31 == 0);
        TRADES.iter().filter(own).any(|word| caseless::starts_with(office.get(at..).unwrap_or(""), word))
    })
}

impl Who {
    /// Whether the agent word of a rule accepts this mention.
    pub(crate) fn is(&self, word: &str) -> bool {
        match word {
            "party" => !matches!(self.kind, WhoKind::Adjective | WhoKind::Place),
            "official" => {
                self.country.is_some()
                    && matches!(
                        self.kind,
                        WhoKind::State
                            | WhoKind::Body
                            | WhoKind::Person
                            | WhoKind::Office
                            | WhoKind::Authority
                    )
                    && !self.private()
                    || self.kind == WhoKind::Pair
            }
            "state" => matches!(self.kind, WhoKind::State | WhoKind::Pair),
            "body" => matches!(self.kind, WhoKind::Body | WhoKind::Firm),
            "person" => matches!(self.kind, WhoKind::Person | WhoKind::Office),
            "authority" => self.kind == WhoKind::Authority,
            // Somebody by name who speaks for no state.
            "outsider" => {
                self.kind == WhoKind::Person
                    && self.name.is_some()
                    && (self.country.is_none() || self.private())
            }
            "group" => matches!(self.kind, WhoKind::Group | WhoKind::Firm),
            _ => false,
        }
    }

    /// Of a state, without speaking for it.
    fn private(&self) -> bool {
        // The chief executive of Hong Kong governs it; an economist in Hong Kong does not.
        let governs = || {
            self.country.is_some_and(|c| matches!(c.as_str(), "HK" | "MO"))
                && self.office.as_deref().is_some_and(|office| caseless::contains(office, "chief executive"))
        };
        match self.kind {
            WhoKind::Body => self.apart,
            WhoKind::Person | WhoKind::Office => self.apart && !governs(),
            _ => false,
        }
    }
}
