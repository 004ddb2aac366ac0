//! Who is named where in a sentence, as the event builder needs it.

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
    pub(crate) name: Option<String>,
    pub(crate) name_span: Option<Span>,
    pub(crate) office: Option<String>,
    pub(crate) office_span: Option<Span>,
    pub(crate) country: Option<StateCode>,
    /// Names a city: "Geneva", or "Beijing" for its state.
    pub(crate) city: bool,
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
                    || self.kind == WhoKind::Pair
            }
            "state" => matches!(self.kind, WhoKind::State | WhoKind::Pair),
            "body" => matches!(self.kind, WhoKind::Body | WhoKind::Firm),
            "person" => matches!(self.kind, WhoKind::Person | WhoKind::Office),
            "authority" => self.kind == WhoKind::Authority,
            "group" => matches!(self.kind, WhoKind::Group | WhoKind::Firm),
            _ => false,
        }
    }
}
