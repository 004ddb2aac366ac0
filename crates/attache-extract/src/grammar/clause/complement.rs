//! Complements of a verb: its object and its prepositional phrases, up to where the next clause begins.
//!
//! A heavy object may stand behind what it usually stands before: "raised to 25 percent the duty on cars",
//! "postponed until May 1 its tariff".

use super::contact_clause::{contact, contact_clause};
use super::prepositional::{Complements, phrases};
use super::reporting::{COMPLEMENT_TAKERS, reports};
use super::{Clauses, Tense};
use crate::grammar::lower::{WordId, is};
use crate::grammar::preps::Gathered;
use crate::grammar::tag::{Tag, Word};

impl Clauses {
    /// Object and prepositional complements of a group, and where they end.
    pub(super) fn complements(&self, words: &[Word], at: usize) -> Complements {
        let Some(group) = self.groups.get(at) else { return (None, Gathered::default(), 0) };
        let mut limit = words.len();
        // "set aside until May the charges"
        // "hold in abeyance until May the charges"
        let particle = words
            .get(group.head + 1)
            .is_some_and(|w| w.tag == Tag::Adv || is!(w.lower, "aside" | "off" | "back"));
        let behind = group.head + 1 + if particle { 1 } else { at_rest(words, group.head + 1) };
        let from = match past_times(words, behind) {
            same if same == behind && behind > group.head + 1 => past_times(words, group.head + 1),
            past => past,
        };
        for next in self.groups.get(at + 1..).unwrap_or_default() {
            if next.tense == Tense::Participle || next.head < from {
                continue;
            }
            limit = next.start.min(limit);
            break;
        }
        let upto =
            |limit: usize| behind_rates(words, from, limit).unwrap_or_else(|| phrases(words, from, limit));
        let (theme, preps, end) = upto(limit);
        // What stands before the next finite verb is that verb's subject.
        let next_finite =
            self.groups.get(at + 1..).unwrap_or_default().iter().find(|g| g.start == limit && g.finite);
        // "The accord struck by X and Y in Rome eases": all of it describes the accord.
        // "The truce agreed between X and Y holds"
        let done_by = group.tense == Tense::Participle
            && words.get(group.head + 1).is_some_and(|w| is!(w.lower, "by" | "between"));
        let timed = || theme.is_none_or(|r| (r.0..r.1).all(|i| words.get(i).is_some_and(|w| w.time)));
        let described = || self.described_object(words, at).is_some() || contact(words, group).is_some();
        let made = || timed() && described();
        // "The duty that took effect in August was cut": all of it describes the duty.
        let own = || {
            group.finite
                && !COMPLEMENT_TAKERS.has(&group.lemma)
                && !reports(&group.lemma)
                && (self.left(at)..group.start).all(|i| words.get(i).is_some_and(|w| w.tag == Tag::Adv))
                && self.left(at).checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Rel)
                && !(from..limit).any(|i| words.get(i).is_some_and(|w| w.lower == "," || w.tag == Tag::Conj))
        };
        // "Its decision to raise the duty on rice angered growers": all of it belongs to the decision.
        let within = next_finite.is_some_and(|next| next.encloses(group.start));
        // "Reports that Lima will lift its duty on Chilean wine are false"
        let rumoured = || {
            let next = self.groups.iter().position(|g| g.start == limit && g.finite);
            next.is_some_and(|next| self.rumour(words, next).is_some())
        };
        if next_finite.is_some() && end == limit && (done_by || made() || own() || within || rumoured()) {
            return (theme, preps, end);
        }
        if next_finite.is_some() && end == limit {
            let opens = |w: &Word| {
                w.lower == ","
                    || matches!(w.tag, Tag::Conj | Tag::Modal)
                    || is!(w.lower, "after" | "before" | "since" | "until" | "as" | "so")
            };
            let cut = (from..limit).rev().find(|&i| words.get(i).is_some_and(opens));
            if let Some(cut) = cut {
                return upto(cut);
            }
            // "the duty it announced": the object ends where the subject of the next verb begins.
            let next = next_finite.map(|g| &g.lemma);
            if let Some(cut) = contact_clause(words, group, next, limit) {
                return upto(cut);
            }
            return (None, Gathered::default(), from);
        }
        (theme, preps, end)
    }
}

/// A time behind a verb begins no further from it: ", effective as of the initial period of May 1".
const NEAR: usize = 10;

/// How many words say that the object is put to rest before it is told: "hold in abeyance", "put on ice".
fn at_rest(words: &[Word], at: usize) -> usize {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let rests = is!(lower(at), "in" | "on") && is!(lower(at + 1), "abeyance" | "reserve" | "hold" | "ice");
    if rests { 2 } else { 0 }
}

/// "postponed until May 1 its tariff", "suspends for a year, starting on May 1, the fees": where the
/// object begins behind times; `from` itself where none stand before an object.
fn past_times(words: &[Word], from: usize) -> usize {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
    if !(from..from + NEAR).any(timed) {
        return from;
    }
    let mut at = from;
    let mut opened = false;
    loop {
        let comma = lower(at) == ",";
        opened |= comma;
        let mut next = at + usize::from(comma);
        if is!(lower(next), "starting" | "beginning" | "effective") {
            next += 1;
        }
        if lower(next) == "as" && lower(next + 1) == "of" {
            next += 2;
        }
        if words.get(next).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To | Tag::Sub)) && !timed(next) {
            next += 1;
        }
        // "for another 90 days"
        if lower(next) == "a" && lower(next + 1) == "further" && timed(next + 2) {
            next += 2;
        } else if is!(lower(next), "another" | "some" | "about" | "nearly" | "roughly") && timed(next + 1) {
            next += 1;
        }
        // "for an initial period of 150 days"
        if let Some(period) = (next..next + 3).find(|&i| lower(i) == "period" && lower(i + 1) == "of") {
            next = period + 2;
        }
        if !timed(next) {
            break;
        }
        while timed(next) {
            next += 1;
        }
        at = next + usize::from(opened && lower(next) == ",");
    }
    let object = words.get(at).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Num | Tag::Noun));
    if at > from && object && lower(at - 1) != "and" { at } else { from }
}

/// "raised to 25 percent the duty on cars", "cut from 10% to 5% its tariffs": the object behind the rates.
fn behind_rates(words: &[Word], from: usize, limit: usize) -> Option<Complements> {
    let sign = |w: &Word| is!(w.lemma, "%" | "percent" | "point" | "percentage");
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let mut preps = Gathered::default();
    // "doubled, to 50%, the duty"
    let set_off = lower(from) == ",";
    let mut at = from + usize::from(set_off);
    let mut signed = false;
    while at < limit && words.get(at).is_some_and(|w| is!(w.lower, "from" | "to" | "by" | "at")) {
        let first = at + 1;
        // "removed from the 25% American tariff": a duty, no bare rate.
        if words
            .get(first)
            .is_some_and(|w| w.tag == Tag::Det && is!(w.lower, "the" | "a" | "an" | "its" | "their"))
        {
            break;
        }
        // "lowered to zero its tariffs"
        let nothing = is!(lower(first), "zero" | "nothing" | "nil");
        let number = (first..limit.min(first + 3))
            .find(|&i| i == first && nothing || words.get(i).is_some_and(|w| w.tag == Tag::Num))?;
        let mut end = number + 1;
        while end < limit && words.get(end).is_some_and(sign) {
            end += 1;
        }
        signed = nothing || words.get(end - 1).is_some_and(sign);
        preps.push((at, (first, end)));
        at = end;
    }
    at += usize::from(set_off && lower(at) == ",");
    // "doubled to 40% on Monday the duty on cotton"
    if signed && words.get(at).is_some_and(|w| w.tag == Tag::Prep || w.time) {
        at = past_times(words, at);
    }
    let object = words.get(at).is_some_and(|w| {
        at < limit && !w.time && (matches!(w.tag, Tag::Det) || w.tag == Tag::Noun && w.name)
    });
    (signed && object).then_some(())?;
    let (theme, rest, end) = phrases(words, at, limit);
    preps.extend(rest.iter().copied());
    Some((theme, preps, end))
}
