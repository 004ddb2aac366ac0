//! Which states a text names, and how much: the two that it is about, one alone, many in passing.

use crate::extractor::PASSAGE;
use crate::state::StateCode;
use crate::states::States;
use crate::who::{Who, WhoKind};

/// A text of more sentences names the states it is about more than once.
const LONGER: usize = 12;

/// Whether two states or more, or their goods and people, are named, and in a longer text more than
/// once each.
pub(crate) fn several(who: &[Vec<Who>]) -> bool {
    let mut first: Option<StateCode> = None;
    let (mut second, mut count) = (false, 0);
    for code in who.iter().flatten().filter(|w| w.kind != WhoKind::Place).filter_map(|w| w.country) {
        second |= *first.get_or_insert(code) != code;
        count += 1;
    }
    second && (count > 2 || who.len() <= PASSAGE)
}

/// Whether two states or their people and bodies are named, rather than goods and places of theirs.
pub(crate) fn powers(who: &[Vec<Who>]) -> bool {
    let acts =
        |w: &&Who| !matches!(w.kind, WhoKind::Adjective | WhoKind::Group | WhoKind::Place | WhoKind::Firm);
    let mut codes = who.iter().flatten().filter(acts).filter_map(|w| w.country);
    let first = codes.next();
    first.is_some() && codes.any(|code| Some(code) != first)
}

/// The states that are named other than as where goods come from.
pub(crate) fn named_as_such(text: &str, who: &[Vec<Who>]) -> States {
    let origin = |w: &Who| {
        let before = text.get(..w.span.start).unwrap_or("").trim_end();
        let before = before.strip_suffix(" the").unwrap_or(before);
        matches!(before.rsplit([' ', '\n']).next(), Some("from" | "in" | "on" | "against"))
    };
    let acts =
        |w: &&Who| !matches!(w.kind, WhoKind::Adjective | WhoKind::Group | WhoKind::Firm) && !origin(w);
    who.iter().flatten().filter(acts).filter_map(|w| w.country).collect()
}

/// The one state that is named, where a body or official of its government is.
pub(crate) fn sole(who: &[Vec<Who>]) -> Option<StateCode> {
    let mut states = who.iter().flatten().filter_map(|w| w.country);
    let first = states.next()?;
    let governs =
        |w: &Who| matches!(w.kind, WhoKind::Body | WhoKind::Person | WhoKind::Office | WhoKind::Authority);
    (states.all(|code| code == first) && who.iter().flatten().any(governs)).then_some(first)
}

/// Whether states, their bodies or officials are named at all, rather than goods and people of theirs.
pub(crate) fn governed(who: &[Vec<Who>]) -> bool {
    who.iter().flatten().any(|w| {
        w.country.is_some()
            && matches!(
                w.kind,
                WhoKind::State | WhoKind::Body | WhoKind::Person | WhoKind::Office | WhoKind::Authority
            )
    })
}

/// The two states whose people and bodies are named most, or one where no two stand out.
pub(crate) fn sides(who: &[Vec<Who>]) -> Vec<StateCode> {
    let mut counts: Vec<(StateCode, usize)> = Vec::new();
    // A city where something happens is no side.
    let side = |w: &&Who| w.kind != WhoKind::Place;
    for code in who.iter().flatten().filter(side).filter_map(|w| w.country) {
        match counts.iter_mut().find(|(c, _)| *c == code) {
            Some((_, n)) => *n += 1,
            None => counts.push((code, 1)),
        }
    }
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let numbers: Vec<usize> = counts.iter().map(|(_, n)| *n).collect();
    let two = if crate::mention::stand_out(&numbers) { 2 } else { 1 };
    counts.into_iter().take(two).map(|(c, _)| c).collect()
}

/// Whether a longer text names one of the two only in passing, so that nothing is understood of it.
pub(crate) fn passing(who: &[Vec<Who>], sides: &[StateCode]) -> bool {
    let once = |code: &StateCode| {
        let named = who.iter().flatten().filter(|w| w.kind != WhoKind::Place && w.country == Some(*code));
        named.take(2).count() < 2
    };
    who.len() > LONGER && sides.len() == 2 && sides.iter().any(once)
}

/// Whether a longer text names states, their bodies and officials only in passing, each but once.
pub(crate) fn only_in_passing(who: &[Vec<Who>]) -> bool {
    let speaks = |w: &&Who| {
        w.is("official")
            || matches!(w.kind, WhoKind::State | WhoKind::Adjective | WhoKind::Pair | WhoKind::Body)
    };
    let mut named: Vec<StateCode> = Vec::new();
    for code in who.iter().flatten().filter(speaks).filter_map(|w| w.country) {
        if named.contains(&code) {
            return false;
        }
        named.push(code);
    }
    who.len() > LONGER
}

/// Whether the two sides are named clearly more than any other state.
pub(crate) fn bilateral(who: &[Vec<Who>], sides: &[StateCode]) -> bool {
    let count = |code: StateCode| {
        who.iter().flatten().filter(|w| w.kind != WhoKind::Place && w.country == Some(code)).count()
    };
    let [a, b] = sides else { return false };
    let least = count(*a).min(count(*b));
    let mut others: Vec<StateCode> = Vec::new();
    for code in who.iter().flatten().filter(|w| w.kind != WhoKind::Place).filter_map(|w| w.country) {
        if !sides.contains(&code) && !others.contains(&code) {
            others.push(code);
        }
    }
    others.into_iter().all(|code| count(code) < least)
}
