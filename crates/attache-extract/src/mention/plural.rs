//! Several at once: both sides, the two presidents, "Chinese and American officials", "the leaders
//! of Canada and Mexico".

use smallvec::SmallVec;

use crate::lexicon::{StateForm, TitlePart};
use crate::mention::listed::flag;
use crate::mention::phrase::{Found, Office, Raw, Reader};
use crate::span::Span;
use crate::state::StateCode;

/// Most states that share a noun.
const MOST: usize = 12;

/// A state in a list: where it starts, where it ends, which.
type Listed = (usize, usize, StateCode);

impl Reader<'_> {
    /// "both sides", "the two countries", "the parties", "the two presidents", "the leaders".
    pub(super) fn sides(&self, start: usize) -> Option<Found> {
        let the = self.is(start, &["the"]);
        let mut at = if the { start + 1 } else { start };
        let counted = self.is(at, &["both", "two"]);
        if self.is(at, &["two"]) && !the && self.capital(start) {
            return None;
        }
        let each = !the && self.is(at, &["each", "either"]);
        if counted || each {
            at += 1;
        } else if !the {
            // "a possible leaders' call"
            let of_both = self.is(at, &["leaders", "presidents"])
                && self.possessive(at + 1)
                && self.is(at + 2, &["call", "summit", "meeting", "talks", "dinner"]);
            let office = Some(self.span(at, at + 1));
            return of_both.then_some(Found { start, end: at + 1, raw: Raw::Sides { office } });
        }
        let pair: &[&str] = if each {
            &["side", "country", "nation", "party", "government"]
        } else if counted {
            &[
                "sides",
                "countries",
                "nations",
                "governments",
                "parties",
                "economies",
                "capitals",
                "teams",
                "delegations",
                "neighbours",
                "neighbors",
                "powers",
                "states",
                "members",
                "partners",
                "blocs",
                "administrations",
            ]
        } else {
            &["sides", "parties"]
        };
        if self.is(at, pair) {
            return Some(Found { start, end: at + 1, raw: Raw::Sides { office: None } });
        }
        let end = self.offices(at)?;
        // "the leaders of the group", "the ministers from the region" are others.
        let others = self.is(end, &["of", "from", "at", "in", "who"]) && !counted;
        let general = self.is(at, &["ministers", "secretaries", "chancellors"]);
        (!each && !others && (counted || !general)).then_some(Found {
            start,
            end,
            raw: Raw::Sides { office: Some(self.span(at, end)) },
        })
    }

    /// Where an office of several ends: "leaders", "heads of state", "trade ministers".
    fn offices(&self, start: usize) -> Option<usize> {
        if !self.hits.any(flag::OFFICES) {
            return None;
        }
        let mut at = start;
        while let Some((len, TitlePart::Portfolio | TitlePart::Prefix)) = self.title_part(at)
            && at < start + 6
        {
            at += len;
            if self.is(at, &["and"]) && matches!(self.title_part(at + 1), Some((_, TitlePart::Portfolio))) {
                at += 1;
            }
        }
        if !self.flagged(at, flag::OFFICES) {
            return None;
        }
        if self.is(at, &["prime", "vice"]) {
            at += 1;
        }
        if self.is(at, &["heads"]) {
            return (self.is(at + 1, &["of"]) && self.is(at + 2, &["state", "government"])).then_some(at + 3);
        }
        if !self.is(at, &["leaders", "presidents", "premiers", "ministers", "chancellors", "secretaries"]) {
            return None;
        }
        // "ministers of commerce and industry"
        let mut end = at + 1;
        let mut next = end + 1;
        while self.is(next - 1, &["of", "for", "and"])
            && let Some((len, TitlePart::Portfolio)) = self.title_part(next)
        {
            end = next + len;
            next = end + 1;
        }
        Some(end)
    }

    /// Whether phrases that share one noun may start here: every one opens with a word of the lexicon or one
    /// for an office of several; without such an office anywhere, with a state or near a noun for people.
    pub(super) fn may_share(&self, start: usize) -> bool {
        let ahead = |reach: usize, flags: u32| (start..start + reach).any(|at| self.flagged(at, flags));
        let offices = || self.hits.any(flag::OFFICES) && (ahead(3, flag::KNOWN) || ahead(2, flag::OFFICES));
        self.flagged(start, flag::NEAR) || offices()
    }

    /// States or persons that share one noun, before or behind it. Empty where there are not at
    /// least two.
    pub(super) fn shared(&self, start: usize) -> Vec<Found> {
        let before = self.listed(start, &[StateForm::Name, StateForm::Adjective]);
        let officers = self.officers(start, &before);
        if !officers.is_empty() {
            return officers;
        }
        if let [_, .., last] = before.as_slice() {
            // "Peru, Chile and other nations": a noun of its own.
            if self.is(last.1, &[",", "and", "or", "&"]) {
                return Vec::new();
            }
            let noun = self.modified(last.1);
            if let Some(end) = self.offices(noun) {
                return self.office_each(&before, self.span(last.1, end), end, start);
            }
            if let Some(hit) = self.hits(noun).group() {
                let end = noun + hit.len();
                return self.group_each(&before, last.1, end);
            }
            return Vec::new();
        }
        let the = usize::from(self.is(start, &["the"]));
        let Some(end) = self.offices(start + the) else { return self.people_from(start) };
        if !self.is(end, &["of", "from"]) {
            return Vec::new();
        }
        let states = self.listed(end + 1, &[StateForm::Name, StateForm::Capital]);
        match states.as_slice() {
            // "The ministers of Peru and Chile - Jane Roe and John Doe -": they are named behind.
            [_, .., last] if self.is(last.1, &["-", "–", "—"]) => Vec::new(),
            [_, .., last] => self.office_each(&states, self.span(start + the, end), last.1, start),
            _ => Vec::new(),
        }
    }

    /// "Presidents Jane Roe and Li Example", "the ministers of Peru and Chile, Ana and Juan Muestra";
    /// `before` are the states listed from `start` on.
    fn officers(&self, start: usize, before: &[Listed]) -> Vec<Found> {
        let the = usize::from(self.is(start, &["the"]));
        let noun = before.last().map_or(start + the, |last| last.1);
        // "His American counterparts Jane Roe and John Doe" have an office that is not told here.
        let peers = before.len() == 1 && self.is(noun, &["counterparts"]);
        let envoys = || self.envoys(noun);
        let Some(end) = self.offices(noun).or_else(envoys).or(peers.then_some(noun + 1)) else {
            return Vec::new();
        };
        let title = self.span(noun, end);
        let behind = match self.is(end, &["of", "from"]) {
            true => self.listed(end + 1, &[StateForm::Name, StateForm::Capital]),
            false => SmallVec::new(),
        };
        let mut at = behind.last().map_or(end, |last| last.1);
        at += usize::from(self.is(at, &[","]));
        let states = if before.is_empty() { behind.as_slice() } else { before };
        let mut out: Vec<Found> = Vec::new();
        while out.len() < MOST {
            if !self.capital(at) && !self.is(at, &["mr.", "ms."]) {
                break;
            }
            let Some((name_end, row, surname)) = self.name(at, true) else { break };
            let listed = states.get(out.len()).or_else(|| states.first().filter(|_| states.len() == 1));
            // "Chief negotiators Jane Roe for Peru and John Doe for the Philippines"
            let article = usize::from(self.is(name_end + 1, &["the"]));
            let stated = if self.is(name_end, &["of", "for", "from"]) {
                self.hits(name_end + 1 + article).state()
            } else {
                None
            };
            let own = stated.filter(|(_, form)| *form == StateForm::Name);
            let article = if own.is_some() { article } else { 0 };
            // "Ministers Jane Roe (Peru) and John Doe (Chile)"
            let bracketed = self
                .hits(name_end + 1)
                .state()
                .filter(|(hit, _)| self.is(name_end, &["("]) && self.is(name_end + 1 + hit.len(), &[")"]));
            let bracket = usize::from(bracketed.is_some());
            let own = own.or(bracketed);
            let country = own.and_then(|(hit, _)| self.code(hit.row)).or(listed.map(|state| state.2));
            let office = (!peers).then_some(Office { title, country, level: None, style: None });
            let name = self.span(self.past_honorifics(at), name_end);
            let from = if out.is_empty() { start } else { at };
            let until = own.map_or(name_end, |(hit, _)| name_end + 1 + article + hit.len() + bracket);
            let raw = Raw::Person { name, row, surname, office, country };
            out.push(Found { start: from, end: until, raw });
            at = until;
            let joined = self.is(at, &["and", ",", "&"]);
            if !joined {
                break;
            }
            at += 1;
            at += usize::from(self.is(at, &["and"]));
            if self.title_part(at).is_some() {
                break;
            }
        }
        if out.len() < 2 { Vec::new() } else { out }
    }

    /// "chief negotiators", "special envoys" before the names of those who are: where the words end.
    fn envoys(&self, start: usize) -> Option<usize> {
        const RANKS: &[&str] = &["chief", "lead", "top", "senior", "deputy", "special", "trade", "tariff"];
        const ENVOYS: &[&str] = &["negotiators", "envoys", "undersecretaries", "commissioners", "governors"];
        let noun = self.skip(start, RANKS);
        (self.is(noun, ENVOYS) && self.capital(noun + 1)).then_some(noun + 1)
    }

    /// "negotiators from Japan and Korea": the states take part.
    fn people_from(&self, start: usize) -> Vec<Found> {
        if (start..start + 3).all(|at| self.hits(at).group().is_none()) {
            return Vec::new();
        }
        let noun = self.modified(start);
        let Some(hit) = self.hits(noun).group() else { return Vec::new() };
        if !self.is(noun + hit.len(), &["from", "of"]) {
            return Vec::new();
        }
        let states = self.listed(noun + hit.len() + 1, &[StateForm::Name]);
        if states.len() < 2 {
            return Vec::new();
        }
        states
            .iter()
            .map(|&(start, end, code)| Found { start, end, raw: Raw::State { code, form: StateForm::Name } })
            .collect()
    }

    /// Skips up to two words before a noun: "senior", "trade".
    fn modified(&self, start: usize) -> usize {
        (start..start + 3)
            .find(|&at| self.hits(at).group().is_some() || self.offices(at).is_some())
            .filter(|&at| (start..at).all(|i| self.word(i).starts_with(char::is_lowercase)))
            .unwrap_or(start)
    }

    /// The states of a list: "A, B and C", "A and the B".
    fn listed(&self, start: usize, forms: &[StateForm]) -> SmallVec<[Listed; 2]> {
        let mut out: SmallVec<[Listed; 2]> = SmallVec::new();
        let mut at = start;
        while out.len() < MOST {
            let next = if self.is(at, &["the"]) { at + 1 } else { at };
            let Some((hit, form)) = self.hits(next).state() else { break };
            let Some(code) = self.code(hit.row).filter(|_| forms.contains(&form)) else { break };
            // "Peru's and Chile's ministers"
            let owns = forms.contains(&StateForm::Adjective) && self.possessive(next + hit.len());
            at = next + hit.len() + usize::from(owns);
            out.push((next, at, code));
            let mut joined = false;
            while self.is(at, &[",", "and", "or", "&"]) {
                (at, joined) = (at + 1, true);
            }
            if !joined {
                break;
            }
        }
        out
    }

    fn office_each(&self, states: &[Listed], title: Span, end: usize, start: usize) -> Vec<Found> {
        let last = states.len().saturating_sub(1);
        let each = |(number, &(from, to, code)): (usize, &Listed)| Found {
            start: if number == 0 { start.min(from) } else { from },
            end: if number == last { to.max(end) } else { to },
            raw: Raw::Office(Office { title, country: Some(code), level: None, style: None }),
        };
        states.iter().enumerate().map(each).collect()
    }

    fn group_each(&self, states: &[Listed], noun: usize, end: usize) -> Vec<Found> {
        let last = states.len().saturating_sub(1);
        let words = self.span(noun, end);
        let each = |(number, &(start, to, code)): (usize, &Listed)| Found {
            start,
            end: if number == last { end } else { to },
            raw: Raw::Group { country: Some(code), noun: (number != last).then_some(words) },
        };
        states.iter().enumerate().map(each).collect()
    }
}
