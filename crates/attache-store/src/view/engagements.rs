//! The engagement log: one entry per contact.

use attache_extract::Vocabulary as _;
use serde::{Deserialize, Serialize};

use crate::record::PartyRecord;
use crate::row::StoredEvent;

/// How high up a contact was; the highest office present on the lower side decides, so that a
/// leader who receives an envoy makes a ministers' contact at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Below deputy ministers.
    Working,
    /// Deputy and vice ministers, ambassadors.
    ViceMinister,
    /// Ministers, secretaries, trade representatives, vice premiers.
    Minister,
    /// Heads of state or government.
    Leader,
}

impl Level {
    /// All, lowest first.
    pub const ALL: [Self; 4] = [Self::Working, Self::ViceMinister, Self::Minister, Self::Leader];

    /// The word used in commands and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::ViceMinister => "vice_minister",
            Self::Minister => "minister",
            Self::Leader => "leader",
        }
    }

    /// Reads [`as_str`](Self::as_str)'s word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

/// Contacts counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub found: usize,
    /// Those that took place.
    pub took_place: usize,
    /// Of these by level, highest first; `None` where no level is told.
    pub levels: Vec<(Option<Level>, usize)>,
    /// And by channel, by its word.
    pub channels: Vec<(&'static str, usize)>,
}

/// The level of a contact, or `None` where the reports print no office on one of its sides.
#[must_use]
pub fn level(event: &StoredEvent) -> Option<Level> {
    let mut sides: Vec<(Option<&str>, Option<Level>)> = Vec::new();
    for party in &event.event.parties {
        let (country, rank) = (party.country.as_deref(), rank(party));
        match sides.iter_mut().find(|(known, _)| *known == country) {
            Some((_, best)) => *best = (*best).max(rank),
            None => sides.push((country, rank)),
        }
    }
    sides.into_iter().map(|(_, best)| best).reduce(|a, b| Some(a?.min(b?))).flatten()
}

/// Words of an office, most telling first: "vice minister" before "minister".
const RANKS: [(&str, Level); 27] = [
    ("vice premier", Level::Minister),
    ("vice president", Level::Minister),
    ("deputy prime minister", Level::Minister),
    ("deputy secretary", Level::ViceMinister),
    ("under secretary", Level::ViceMinister),
    ("undersecretary", Level::ViceMinister),
    ("assistant", Level::Working),
    ("deputy", Level::ViceMinister),
    ("national security advis", Level::Minister),
    ("vice", Level::ViceMinister),
    ("ambassador", Level::ViceMinister),
    ("prime minister", Level::Leader),
    ("premier", Level::Leader),
    ("chancellor", Level::Leader),
    ("commission president", Level::Leader),
    ("general secretary", Level::Leader),
    ("president", Level::Leader),
    ("minister", Level::Minister),
    ("international trade representative", Level::ViceMinister),
    ("trade representative", Level::Minister),
    ("secretary", Level::Minister),
    ("commissioner", Level::Minister),
    ("director of the office", Level::Minister),
    ("spokes", Level::Working),
    ("director", Level::Working),
    ("official", Level::Working),
    ("negotiator", Level::Working),
];

fn rank(party: &PartyRecord) -> Option<Level> {
    let office = party.office.as_deref()?.to_lowercase();
    RANKS.iter().find(|(word, _)| office.contains(word)).map(|(_, level)| *level)
}

/// Whether the contact took place, as far as its reports say.
#[must_use]
pub fn took_place(event: &StoredEvent) -> bool {
    use attache_extract::event::{Factuality, Status};
    let told = matches!(event.event.factuality.0, Factuality::Asserted | Factuality::Reported);
    told && event.event.status.is_some_and(|status| status.0 == Status::Occurred)
}

/// The channel's word, for people: "video call".
#[must_use]
pub fn channel(event: &StoredEvent) -> String {
    let known = attache_extract::event::Engagement::parse(&event.event.subtype);
    known.map_or_else(|| event.event.subtype.clone(), |channel| channel.as_str().replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_rank(office: &str, expected: Option<Level>) {
        let role = crate::record::Word(attache_extract::Role::Participant);
        let party = PartyRecord { name: None, office: Some(office.to_owned()), country: None, role };
        assert_eq!(rank(&party), expected, "{office}");
    }

    #[test]
    fn offices_rank() {
        check_rank("U.S. Secretary of State", Some(Level::Minister));
        check_rank("Deputy Secretary of State", Some(Level::ViceMinister));
        check_rank("Vice Premier", Some(Level::Minister));
        check_rank("Chinese Vice Foreign Minister", Some(Level::ViceMinister));
        check_rank("President", Some(Level::Leader));
        check_rank("China's international trade representative", Some(Level::ViceMinister));
        check_rank("spokesperson", Some(Level::Working));
        check_rank("farmer", None);
    }
}
