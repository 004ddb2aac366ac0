//! States, bodies, offices, people, groups, topics and places, by the words news prints for them.
//!
//! In go the tables under `lexicon/`, out comes a [`Lexicon`] that finds their entries among the
//! tokens of a sentence. An entry says what a phrase may stand for; which of its readings holds in
//! a text is decided by [`mention`](mod@crate::mention).

mod load;
mod lookup;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

pub use load::{Fault, Level};
pub(crate) use lookup::{Class, Finds, Hits, traits};

use crate::state::StateCode;

/// How a phrase stands for a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateForm {
    /// "China", "the People's Republic of China", "U.S.".
    Name,
    /// "Chinese".
    Adjective,
    /// "Americans".
    People,
    /// "Beijing": the government as an agent, the city as a place.
    Capital,
    /// "the White House", "the Kremlin", "the Trump administration".
    Metonym,
}

/// What a title row is in a compound office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TitlePart {
    /// A complete office: "secretary of state".
    Whole,
    /// The last noun of an office: "minister".
    Head,
    /// A noun that names an office only in company: "director".
    Weak,
    /// "deputy", "acting".
    Prefix,
    /// "commerce", "foreign".
    Portfolio,
    /// An abbreviation that stands for the holder only before a name: "USTR".
    Short,
}

/// One row of the states' table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) code: StateCode,
    pub(crate) name: String,
    /// Its other names.
    pub(crate) others: Vec<String>,
}

/// One row of the bodies' table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) name: String,
    pub(crate) country: Option<StateCode>,
    pub(crate) noun: bool,
}

/// One row of the titles' table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) form: String,
    pub(crate) part: TitlePart,
    pub(crate) level: Option<Level>,
    pub(crate) country: Option<StateCode>,
}

/// One holder of offices; several rows of the people's table may describe the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) name: String,
    pub(crate) country: Option<StateCode>,
    pub(crate) level: Option<Level>,
    /// The offices, each in lower case.
    pub(crate) offices: Vec<String>,
}

/// A topic or a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) country: Option<StateCode>,
}

/// All tables and the automaton over their phrases. Immutable; sharing it between threads is free.
#[derive(Debug)]
pub struct Lexicon {
    pub(crate) states: Vec<State>,
    /// One more than the row of a state, by the number of its code.
    pub(crate) by_code: Vec<usize>,
    pub(crate) bodies: Vec<Body>,
    pub(crate) titles: Vec<Title>,
    pub(crate) people: Vec<Holder>,
    /// Rows of people by the surname in lower case.
    pub(crate) by_surname: BTreeMap<String, Vec<u32>>,
    pub(crate) topics: Vec<String>,
    pub(crate) places: Vec<Place>,
    /// Every name of a company.
    pub(crate) companies: BTreeSet<String>,
    pub(crate) phrases: lookup::Phrases,
}

/// The tables shipped with the crate, by file name.
pub(crate) const TABLES: &[(&str, &str)] = &[
    ("lexicon/bodies.csv", include_str!("../lexicon/bodies.csv")),
    ("lexicon/groups.csv", include_str!("../lexicon/groups.csv")),
    ("lexicon/people.csv", include_str!("../lexicon/people.csv")),
    ("lexicon/places.csv", include_str!("../lexicon/places.csv")),
    ("lexicon/states.csv", include_str!("../lexicon/states.csv")),
    ("lexicon/titles.csv", include_str!("../lexicon/titles.csv")),
    ("lexicon/topics.csv", include_str!("../lexicon/topics.csv")),
];

impl Lexicon {
    /// The tables shipped with the crate. Loaded once per process; a test proves them sound.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| load::read(TABLES).0)
    }

    /// Reads the tables shipped with the crate.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn new() -> Result<Self, Vec<Fault>> {
        Self::read(TABLES)
    }

    /// Reads tables given as pairs of file name and content. The file's stem says which table it is.
    ///
    /// # Errors
    /// Every fault with its place: an unknown table or column, a missing column or value, a bad
    /// code, level, part or date, stray blanks, a row that stands twice.
    pub fn read(tables: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        let (lexicon, faults) = load::read(tables);
        if faults.is_empty() { Ok(lexicon) } else { Err(faults) }
    }

    /// The usual English name of a state, "China"; `None` for a code that is not in use.
    #[must_use]
    pub fn state_name(&self, code: StateCode) -> Option<&str> {
        self.state(code).map(|state| state.name.as_str())
    }

    fn state(&self, code: StateCode) -> Option<&State> {
        let row = self.by_code.get(code.number())?.checked_sub(1)?;
        self.states.get(row)
    }

    /// What else a state is called, "Turkey".
    pub(crate) fn other_names(&self, code: StateCode) -> impl Iterator<Item = &str> {
        self.state(code).into_iter().flat_map(|state| &state.others).map(String::as_str)
    }
}
