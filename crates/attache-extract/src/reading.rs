//! What a question asks for, read with the same eyes as an article.

use jiff::civil::Date;

use crate::event::{Act, Kind, Status};
use crate::lexicon::Level;
use crate::state::StateCode;

/// The kind of answer a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// The things themselves.
    List,
    /// A number: "how many".
    Count,
    /// A day: "when".
    When,
    /// Who took part: "who".
    Who,
    /// The latest one: "last", "most recently".
    Latest,
    /// The earliest one: "first".
    First,
    /// Whether there is one: "did", "has", "is there".
    Whether,
    /// A reason: "why".
    Why,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Events as they were told.
    Events,
    /// Which duties stand as of a day.
    Tariffs,
    /// Which tensions stand as of a day.
    Tensions,
    /// What starts or ends.
    Deadlines,
    /// What differs between the first and the last day.
    Comparison,
}

/// Which of its days a question asks about, where a thing has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// When it was made known.
    Announced,
    /// When it was signed.
    Signed,
    /// When it took, or takes, effect.
    Effective,
    /// When it ended, or ends.
    Expires,
}

/// On which side of something that happened the days asked about lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// "before Geneva".
    Before,
    /// "after Busan", "since Geneva".
    After,
}

/// A question as understood. Lists are empty, and options `None`, where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What kind of answer it wants; [`Intent::List`] where it says nothing.
    pub intent: Intent,
    /// What it is about; [`Subject::Events`] where it says nothing.
    pub subject: Subject,
    /// States and blocs named, in order.
    pub states: Vec<StateCode>,
    /// The state that acts, where the grammar says which: "US tariffs", "has Beijing done".
    pub actor: Option<StateCode>,
    /// The state that it is done to: "tariffs on Chinese goods", "does Japan pay".
    pub recipient: Option<StateCode>,
    /// Persons named, as printed.
    pub people: Vec<String>,
    /// Ministries, courts, firms and organisations named.
    pub bodies: Vec<String>,
    /// Offices named, as printed.
    pub offices: Vec<String>,
    /// Topics named, lower case.
    pub topics: Vec<String>,
    /// The same topics in the question's own words, lower case.
    pub said: Vec<String>,
    /// Ranks of the people who met: "between leaders".
    pub levels: Vec<Level>,
    /// Which of its days is asked about: "take effect", "signed".
    pub turn: Option<Turn>,
    /// A contact named by its place that the days asked about follow or precede: "after Busan".
    pub anchor: Option<(Side, String)>,
    /// Places named: "in Geneva".
    pub places: Vec<String>,
    /// Kinds asked for.
    pub kinds: Vec<Kind>,
    /// Kinds with subtype asked for.
    pub acts: Vec<Act>,
    /// States of the act asked for: "planned".
    pub statuses: Vec<Status>,
    /// First day asked about.
    pub since: Option<Date>,
    /// Last day asked about.
    pub until: Option<Date>,
    /// "not", "never", "without".
    pub negated: bool,
    /// Words that were taken for others, with what they were taken for.
    pub mended: Vec<(String, String)>,
    /// Names that were not recognised, as printed: an answer that passes over them is wrong.
    pub unknown: Vec<String>,
    /// Other words that were not understood, lower case.
    pub rest: Vec<String>,
}

impl Reading {
    /// Whether nothing was recognised that could find an answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subject == Subject::Events
            && self.states.is_empty()
            && self.people.is_empty()
            && self.bodies.is_empty()
            && self.offices.is_empty()
            && self.topics.is_empty()
            && (self.places.is_empty() || !self.rest.is_empty())
            && self.kinds.is_empty()
            && self.acts.is_empty()
            && self.unknown.is_empty()
    }
}
