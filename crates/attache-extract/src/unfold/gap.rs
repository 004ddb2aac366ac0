//! Where a clause leaves out the verb and whatever else it shares with the clause before it.

use super::align::{Place, Slot, Swap, Whole};
use super::phrase::{Part, Phrase, parts, phrases};
use super::{Bit, Gaps, Telling};
use crate::grammar::clause::{Clauses, Group, Range, Tense};
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};
use crate::sentence::Sentence;
use crate::token::TokenKind;
use crate::who::Who;

/// Whether a sentence with so many times names two numbers or times, of which each may have its own goods or
/// sides.
pub(super) fn likely(sentence: &Sentence, times: usize) -> bool {
    let numbers = || sentence.tokens.iter().filter(|t| t.kind == TokenKind::Number);
    times >= 2 || numbers().nth(1).is_some()
}

/// What is left out in a sentence: behind the first clause of which something is.
pub(super) fn find(words: &[Word], clauses: &Clauses, who: &[Who]) -> Option<Gaps> {
    (0..clauses.groups.len()).find_map(|at| behind(words, clauses, who, at))
}

/// What is left out behind the clause of the verb group `at`.
fn behind(words: &[Word], clauses: &Clauses, who: &[Who], at: usize) -> Option<Gaps> {
    let group = clauses.groups.get(at)?;
    let subject = group.subject.filter(|s| s.1 <= group.start)?;
    if !group.finite || group.contact || group.condition || described(words, group, subject) {
        return None;
    }
    let start = if of_which(words, subject.0) { subject.0 } else { start(words, clauses, at)? };
    let (head, limit) = reach(words, clauses, at);
    let (found, _) = parts(words, (head + 1, limit));
    if !may_go_on(&found) {
        return None;
    }
    let mut slots = Vec::new();
    let mut add = |parts: &[Part], place: Place| -> Option<()> {
        slots.extend(phrases(words, parts)?.into_iter().map(|phrase| Slot { phrase, place }));
        Some(())
    };
    let own = start_of_clause(words, clauses, group, subject);
    add(&parts(words, (own, subject.0)).0, Place::Ahead)?;
    add(&parts(words, (subject.0, group.start)).0, Place::Subject)?;
    let acts = clauses.groups.iter().find(|g| g.head == head)?;
    let active = !(acts.passive || acts.lemma == "be");
    let joints = || found.iter().enumerate().filter(|(_, p)| matches!(p, Part::Joint(_))).map(|(i, _)| i);
    for joint in joints() {
        let Some(first) = phrases(words, found.get(..joint)?) else { continue };
        let mut slots = slots.clone();
        slots.extend(first.iter().map(|&phrase| Slot { phrase, place: Place::Behind }));
        // "open a two-day": the phrase goes on.
        let bare = |p: &Phrase| {
            words.get(p.inner.0..p.inner.1).is_some_and(|w| matches!(w, [d] if d.tag == Tag::Det))
        };
        if first.iter().any(bare) {
            continue;
        }
        let whole = Whole { words, who, slots, active };
        let end = first.last()?.whole.1;
        let mut clauses = Vec::new();
        let mut from = joint;
        let mut last = end;
        let mut shared = None;
        while let Some((swaps, next)) = next(&whole, &found, from) {
            clauses.push(tell((start, end), &swaps));
            last = swaps.iter().filter_map(|s| s.new).map(|new| new.1).max()?;
            shared = swaps.iter().find(|s| s.old.is_none()).and_then(|s| s.new);
            from = next;
        }
        let one = clauses.len() == 1 && !conjoined(words, &found, joint) && !twice_told_apart(&found, joint);
        if one && set_beside(words, &found, joint) {
            continue;
        }
        if !clauses.is_empty() && balanced(words, (start, last)) {
            return Some(Gaps { whole: end, clauses, end: last, shared });
        }
    }
    None
}

/// Whether something behind a joint may be told apart from something before it.
fn may_go_on(found: &[Part]) -> bool {
    let joint = found.iter().position(|p| matches!(p, Part::Joint(_)));
    joint.and_then(|joint| found.get(joint..)).is_some_and(|behind| {
        behind.iter().any(|p| matches!(p, Part::Phrase(phrase) if phrase.tells_apart()))
    })
}

/// Whether the clause only describes something: "the duty which Oslo laid".
pub(super) fn described(words: &[Word], group: &Group, subject: Range) -> bool {
    let opener = subject.0.checked_sub(1).and_then(|i| words.get(i));
    words.get(subject.0..group.start).unwrap_or_default().iter().any(|w| w.tag == Tag::Rel)
        || opener.is_some_and(|w| w.tag == Tag::Rel || w.lower == "what") && !of_which(words, subject.0)
        || opener.is_some_and(|w| w.lower == "that") && group.governor.is_none()
}

/// "…, of which the first part": told of a part alone.
fn of_which(words: &[Word], start: usize) -> bool {
    start
        .checked_sub(2)
        .and_then(|i| words.get(i..start))
        .is_some_and(|opener| matches!(opener, [of, which] if of.lower == "of" && which.lower == "which"))
}

/// What stands behind the joint at `from` in the place of what, and where that ends.
fn next(whole: &Whole<'_>, found: &[Part], from: usize) -> Option<(Vec<Swap>, usize)> {
    found.get(from)?;
    let mut ends: Vec<usize> =
        (from + 1..found.len()).filter(|&i| matches!(found.get(i), Some(Part::Joint(_)))).collect();
    ends.push(found.len());
    // "25% on steel and aluminum from May 1": no more is left out than has to be.
    ends.into_iter().rev().find_map(|end| {
        let rest = phrases(whole.words, found.get(from + 1..end)?)?;
        Some((whole.align(&rest)?, end))
    })
}

/// Whether the joint is more than a comma.
fn conjoined(words: &[Word], found: &[Part], joint: usize) -> bool {
    let Some(&Part::Joint((from, to))) = found.get(joint) else { return false };
    words.get(from..to).unwrap_or_default().iter().any(|w| !is!(w.lower, "," | ";"))
}

/// Whether what stands behind the joint has a rate and a time of its own.
fn twice_told_apart(found: &[Part], joint: usize) -> bool {
    let behind = found.iter().skip(joint + 1).take_while(|p| matches!(p, Part::Phrase(_)));
    behind.filter(|p| matches!(p, Part::Phrase(phrase) if phrase.tells_apart())).count() > 1
}

/// ", its best day this month", ", the first visit in years", ", in May of that year": behind a comma, more is
/// said of what was told.
fn set_beside(words: &[Word], found: &[Part], joint: usize) -> bool {
    let Some(Part::Phrase(first)) = found.get(joint + 1) else { return true };
    let opener = words.get(first.whole.0);
    let other = words.get(first.whole.0 + 1).is_some_and(|w| is!(w.lower, "other" | "others" | "second"));
    !other
        && opener.is_none_or(|w| {
            !(matches!(w.tag, Tag::Noun | Tag::Pron)
                || is!(w.lower, "that" | "those")
                || w.tag == Tag::Det && w.capital)
                || is!(w.lower, "one" | "its" | "their" | "his" | "her" | "which")
        })
}

/// Where the telling of the clause of the group `at` starts: with whoever says it.
fn start(words: &[Word], clauses: &Clauses, at: usize) -> Option<usize> {
    let group = clauses.groups.get(at)?;
    match group.governor {
        Some(above) if above < at => start(words, clauses, above),
        _ => Some(start_of_clause(words, clauses, group, group.subject?)),
    }
}

/// Where the clause of a group begins, with what stands before its subject.
pub(super) fn start_of_clause(words: &[Word], clauses: &Clauses, group: &Group, subject: Range) -> usize {
    let floor = clauses.groups.iter().filter(|g| g.head < subject.0).map(|g| g.head + 1).next_back();
    let Some(floor) = floor else { return group.begins().min(subject.0) };
    let joins = |&i: &usize| {
        let sign = |w: &Word| is!(w.lower, "and" | "but" | ";" | ":" | "while" | "whereas") && !w.time;
        words.get(i).is_some_and(sign)
    };
    (floor..subject.0).rev().find(joins).map_or(subject.0.min(group.begins().max(floor)), |joint| joint + 1)
}

/// The verb that has the phrases behind the group `at` ("is to pay", "has agreed to pay"), and where the
/// next clause begins.
pub(super) fn reach(words: &[Word], clauses: &Clauses, at: usize) -> (usize, usize) {
    let mut head = clauses.groups.get(at).map_or(0, |g| g.head);
    let mut limit = words.len();
    for group in clauses.groups.iter().skip(at + 1) {
        if group.tense == Tense::Participle || group.tense == Tense::Gerund && !opens(words, group) {
            continue;
        }
        if group.tense == Tense::Infinitive && group.start == head + 1 {
            head = group.head;
            continue;
        }
        limit = group.subject.filter(|s| s.0 > head).map_or(group.start, |s| s.0.min(group.start));
        break;
    }
    (head, limit)
}

/// ", bringing the total to 54%": a gerund that opens a clause.
fn opens(words: &[Word], group: &Group) -> bool {
    let before = group.start.checked_sub(1).and_then(|i| words.get(i));
    before.is_some_and(|w| is!(w.lower, "," | "and" | "by" | "while" | "after" | "before"))
}

/// The words of `whole` with something else in the place of some.
fn tell((start, end): Range, swaps: &[Swap]) -> Telling {
    let mut swaps: Vec<&Swap> = swaps.iter().collect();
    swaps.sort_by_key(|swap| swap.old.map_or(end, |old| old.0));
    let mut out = Vec::new();
    let mut at = start;
    for swap in swaps {
        let (from, to) = swap.old.unwrap_or((end, end));
        if at < from {
            out.push(Bit::Words((at, from)));
        }
        out.extend(swap.new.map(Bit::Words));
        out.extend(swap.sign.map(Bit::LeftOut));
        at = to.max(at);
    }
    if at < end {
        out.push(Bit::Words((at, end)));
    }
    out
}

/// No quotation starts or ends among the words alone.
fn balanced(words: &[Word], (from, to): Range) -> bool {
    let count =
        |sign: &str| words.get(from..to).unwrap_or_default().iter().filter(|w| w.lower == sign).count();
    count("“") == count("”") && count("\"") % 2 == 0 && count("(") == count(")")
}
