//! What a question asks for, read with the same eyes as an article.

use jiff::civil::Date;

use crate::event::{Act, Kind};
use crate::state::StateCode;

/// The kind of answer a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// The events themselves.
    List,
    /// A number: "how many".
    Count,
    /// A day: "when".
    When,
    /// Who took part: "who".
    Who,
    /// The latest such event: "last", "most recently".
    Latest,
    /// The earliest such event: "first".
    First,
    /// What comes: "what happens when", "next", "expire".
    Ahead,
    /// Whether there is one: "did", "has", "is there".
    Whether,
}

/// A question as understood. Lists are empty, and options `None`, where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What kind of answer it wants; [`Intent::List`] where it says nothing.
    pub intent: Intent,
    /// States and blocs named, in order.
    pub states: Vec<StateCode>,
    /// Full names of persons and bodies named.
    pub people: Vec<String>,
    /// Offices named, as printed.
    pub offices: Vec<String>,
    /// Topics named, lower case.
    pub topics: Vec<String>,
    /// Kinds asked for.
    pub kinds: Vec<Kind>,
    /// Kinds with subtype asked for.
    pub acts: Vec<Act>,
    /// First and last day asked about, both included.
    pub period: Option<(Date, Date)>,
    /// "not", "never", "without".
    pub negated: bool,
    /// Words that were not understood and may be searched for, lower case.
    pub rest: Vec<String>,
}
