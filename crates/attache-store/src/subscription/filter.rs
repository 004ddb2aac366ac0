//! Which events a subscription is about: a query, put down so that it can be stored.

use attache_extract::StateCode;
use attache_extract::event::{Factuality, Kind};
use serde::{Deserialize, Serialize};

use crate::query::{EventQuery, Rule};
use crate::record::Word;
use crate::row::StoredEvent;
use crate::view::engagements::Level;

/// Which events a subscription delivers. An empty list lets everything through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Any of these kinds.
    pub kinds: Vec<Word<Kind>>,
    /// All of these take part (two-letter codes).
    pub countries: Vec<String>,
    /// Any of these stands in a party's name or office.
    pub people: Vec<String>,
    /// Any of these is a subject.
    pub topics: Vec<String>,
    /// Any of these.
    pub factualities: Vec<Word<Factuality>>,
    /// At least so sure, in thousandths.
    pub least_confidence: u16,
    /// Only tariff actions of one of these legal layers.
    pub layers: Vec<String>,
    /// Only contacts at least so high.
    pub least_level: Option<Level>,
}

impl Default for Filter {
    /// Everything that is asserted or reported: no threats, plans put as possible, or denials.
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            countries: Vec::new(),
            people: Vec::new(),
            topics: Vec::new(),
            factualities: vec![Word(Factuality::Asserted), Word(Factuality::Reported)],
            least_confidence: 0,
            layers: Vec::new(),
            least_level: None,
        }
    }
}

impl Filter {
    /// Whether the event passes.
    #[must_use]
    pub fn wants(&self, event: &StoredEvent) -> bool {
        self.refusal(event).is_none()
    }

    /// The first rule that keeps the event out. It is the query's own.
    #[must_use]
    pub fn refusal(&self, event: &StoredEvent) -> Option<Rule> {
        // A code that is none, from an import or a later release, lets nothing through.
        let Some(query) = self.query() else { return Some(Rule::Country) };
        query.refusal(event)
    }

    /// The filter as a question to the store; `None` where a country's code does not read.
    #[must_use]
    pub fn query(&self) -> Option<EventQuery> {
        let countries = self.countries.iter().map(|code| code.parse::<StateCode>());
        let least = self.least_level;
        Some(EventQuery {
            kinds: self.kinds.iter().map(|kind| kind.0).collect(),
            countries: countries.collect::<Result<_, _>>().ok()?,
            anyone: self.people.clone(),
            topics: self.topics.clone(),
            factualities: self.factualities.iter().map(|word| word.0).collect(),
            layers: self.layers.clone(),
            levels: least.map_or_else(Vec::new, |least| {
                Level::ALL.into_iter().filter(|level| *level >= least).collect()
            }),
            least_confidence: self.least_confidence,
            ..EventQuery::default()
        })
    }
}
