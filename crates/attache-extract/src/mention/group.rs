//! Collectives: "Chinese exporters", "Treasury officials", "factories in Ningbo".

use crate::lexicon::StateForm;
use crate::mention::listed::flag;
use crate::mention::phrase::{Found, Raw, Reader};
use crate::state::StateCode;
use crate::token::TokenKind;

impl Reader<'_> {
    /// "Chinese exporters", "American soybean farmers", "officials from China".
    pub(super) fn group(&self, start: usize) -> Option<Found> {
        if !self.hits.any(flag::GROUP) {
            return None;
        }
        let (mut at, mut country) = (start, None);
        if let Some((end, code)) = self.premodifier(start) {
            (at, country) = (end, Some(code));
        } else if let Some((hit, StateForm::Metonym)) = self.hits(start).state() {
            (at, country) = (start + hit.len(), self.code(hit.row));
        }
        // "Commerce Department officials"
        if let Some(body) = self.named_body_short(at)
            && let Raw::Body { country: of_body, noun, .. } = body.raw
            && (!noun || body.end > at + 1)
        {
            at = body.end + usize::from(self.possessive(body.end));
            country = country.or(of_body);
        }
        let mut noun = None;
        let reach = if country.is_some() { 3 } else { 2 };
        for skip in 0..reach {
            if let Some(hit) = self.hits(at + skip).group() {
                // Part of a longer name: "the Unreliable Entities List".
                let before = (at + skip).checked_sub(1);
                if self.capital(at + skip)
                    && before.is_some_and(|i| self.capital(i) && self.hits(i).state().is_none())
                    && self.capital(at + skip + hit.len())
                {
                    return None;
                }
                noun = Some(at + skip + hit.len());
                break;
            }
            let word = self.word(at + skip);
            let plain = self.kind(at + skip) == Some(TokenKind::Word)
                && word.starts_with(char::is_lowercase)
                && !self.small(at + skip, flag::FUNCTION)
                && (!word.ends_with("ed") || self.small(at + skip, flag::WHICH))
                && (country.is_some() || self.hits(at + skip).topic().is_some());
            let opening =
                skip == 0 && country.is_none() && self.capital(at) && self.hits(at).topic().is_some();
            if !plain && !opening {
                return None;
            }
        }
        let end = noun?;
        let country = country.or_else(|| self.located(end));
        Some(Found { start, end, raw: Raw::Group { country, noun: None } })
    }

    /// The state behind a noun: "from China", "in Ningbo", "along the Chinese coast".
    pub(super) fn located(&self, end: usize) -> Option<StateCode> {
        if !self.is(end, &["from", "in", "of", "around", "near", "along", "across"]) {
            return None;
        }
        // "a maker of hockey equipment in Quebec"
        if self.is(end, &["of"]) {
            let small =
                |at: usize| self.word(at).starts_with(char::is_lowercase) && !self.small(at, flag::FUNCTION);
            let after = (end + 1..end + 5).find(|&at| !small(at)).filter(|&at| at > end + 1);
            if let Some(at) = after
                && self.is(at, &["in", "from", "around", "near"])
            {
                return self.located(at);
            }
        }
        let at = self.skip(end + 1, &["the"]);
        let hits = self.hits(at);
        if let Some((hit, form)) = hits.state() {
            let fits = matches!(form, StateForm::Name | StateForm::Capital)
                || form == StateForm::Adjective && self.is(end, &["in", "along", "across", "around"]);
            return self.code(hit.row).filter(|_| fits);
        }
        if self.is(end, &["of"]) {
            let body = self.named_body_short(at)?;
            return match body.raw {
                Raw::Body { country, .. } => country,
                _ => None,
            };
        }
        self.lexicon.places.get(hits.place()?.row as usize)?.country
    }
}
