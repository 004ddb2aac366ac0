//! Organisations by the form of their name: "the National Widget Association", "Example Motors".

use crate::lexicon::{StateForm, TitlePart};
use crate::mention::listed::{HOUSE_ENDS, flag};
use crate::mention::phrase::{Found, Raw, Reader};
use crate::state::StateCode;

/// Most words of a name.
const LONGEST: usize = 9;

/// Words in small letters that a name goes on behind.
const CONNECTORS: [&str; 5] = ["of", "and", "for", "&", "the"];

impl Reader<'_> {
    /// A name in capitals that ends in a noun of institutions; two words at least.
    pub(super) fn organisation(&self, start: usize) -> Option<Found> {
        let ends = self.hits.any(flag::HOUSE);
        if !ends || !self.names || !self.capital(start) || start > 0 && self.capital(start - 1) {
            return None;
        }
        if self.told_of_house(start).is_some() {
            return None;
        }
        // The first word of a sentence may be capital for that alone: "The", "A".
        let article = usize::from(self.is(start, &["the", "a", "an"]));
        let start = start + article;
        let next = start + 1;
        let alone = !self.capital(next)
            && !self.possessive(next)
            && !self.is(next, &CONNECTORS)
            && !self.is(next, &["'"]);
        if alone && !self.flagged(start, flag::STATE) {
            return None;
        }
        let mut country = None;
        let mut at = start;
        let mut end = None;
        while at < start + LONGEST {
            // "On Tuesday the Commission": an article goes on with a name only behind another such word.
            let article =
                self.is(at, &["the"]) && !at.checked_sub(1).is_some_and(|i| self.is(i, &CONNECTORS));
            let connector = at > start && self.is(at, &CONNECTORS) && !article;
            if connector && self.capital(self.skip(at, &CONNECTORS)) {
                at += 1;
                continue;
            }
            if !self.capital(at) || self.hits(at).person().is_some() {
                break;
            }
            // "Announcement of the Customs Commission": the body is the commission.
            let known = self.hits(at).body().and_then(|hit| self.lexicon.bodies.get(hit.row as usize));
            if at > start && known.is_some_and(|row| !row.noun) {
                break;
            }
            // "MOFCOM's Bureau of Industry Security"
            country = country.or(known.and_then(|row| row.country));
            if let Some((hit, form)) = self.hits(at).state() {
                if form == StateForm::Metonym {
                    break;
                }
                country = country.or(self.code(hit.row));
                at += hit.len();
                if self.possessive(at) {
                    break;
                }
                continue;
            }
            if let Some((_, TitlePart::Whole | TitlePart::Head)) = self.title_part(at) {
                break;
            }
            let last = self.flagged(at, flag::HOUSE) && HOUSE_ENDS.contains(&self.word(at));
            at += 1;
            if last && at > start + 1 {
                end = Some(at);
            }
            let genitive = self.possessive(at) || self.is(at, &["'"]);
            if genitive && !self.capital(at + 1) {
                break;
            }
            at += usize::from(genitive);
        }
        let end = self.founded(end?);
        // "A European Commission spokesman": whoever serves it, read from the next word on.
        if article > 0 && self.title(start).is_some_and(|(office, _)| office > end) {
            return None;
        }
        let country: Option<StateCode> = country.or_else(|| self.located(end));
        let raw = Raw::Body { name: self.span(start, end), row: None, country, style: None, noun: false };
        Some(Found { start, end, raw })
    }

    /// Takes in what a chamber or institute is of: "Chamber of Commerce", "Institute for Trade".
    fn founded(&self, end: usize) -> usize {
        if !self.is(end, &["of", "for"]) {
            return end;
        }
        let capitals = (end + 1..end + 5)
            .take_while(|&at| self.capital(at) && self.hits(at).state().is_none() || self.is(at, &["and"]))
            .filter(|&at| self.capital(at))
            .last();
        capitals.map_or(end, |at| at + 1)
    }
}
