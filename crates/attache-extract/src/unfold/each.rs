//! What several do one by one: "Peru and Chile each signed an accord", "in separate calls with X and Y".

use super::gap::{described, reach, start_of_clause};
use super::phrase::{Part, Sort, parts};
use super::{Bit, Gaps};
use crate::grammar::clause::{Clauses, Range};
use crate::grammar::lower::is;
use crate::grammar::tag::Word;
use crate::who::{Who, WhoKind};

/// How far behind "separate" those that it is with may stand, in words.
const APART: usize = 5;

/// The first clause of a sentence that tells of several what each of them does.
pub(super) fn find(words: &[Word], clauses: &Clauses, who: &[Who]) -> Option<Gaps> {
    let at = clauses.groups.iter().position(|g| g.finite)?;
    let group = clauses.groups.get(at)?;
    let subject = group.subject.filter(|s| s.1 <= group.start)?;
    let own = start_of_clause(words, clauses, group, subject);
    if group.contact || group.condition || own > 0 || described(words, group, subject) {
        return None;
    }
    let (head, limit) = reach(words, clauses, at);
    let (found, end) = parts(words, (head + 1, limit));
    let joint = matches!(found.last(), Some(Part::Joint(_)));
    let end = match found.iter().rfind(|p| matches!(p, Part::Phrase(_))) {
        Some(Part::Phrase(last)) if joint => last.whole.1,
        _ => end,
    };
    let word = |i: usize| words.get(i);
    let each = (subject.0..head).find(|&i| word(i).is_some_and(|w| w.lower == "each"));
    if let Some(each) = each {
        let listed = parties(words, who, (subject.0, each.min(subject.1)))?;
        let tell = |one: &Range| {
            let (first, last) = (listed.first().map_or(0, |r| r.0), listed.last().map_or(0, |r| r.1));
            let bits = [(0, first), *one, (last, each), (each + 1, end)];
            bits.into_iter().filter(|(from, to)| from < to).map(Bit::Words).collect()
        };
        return Some(Gaps { whole: 0, clauses: listed.iter().map(tell).collect(), end, shared: None });
    }
    let apart =
        (head + 1..end).find(|&i| word(i).is_some_and(|w| is!(w.lower, "separate" | "individual")))?;
    let with = (apart + 1..(apart + APART).min(end))
        .find(|&i| word(i).is_some_and(|w| is!(w.lower, "with" | "to")))?;
    let listed = parties(words, who, (with + 1, end))?;
    let last = listed.last()?.1;
    let tell = |one: &Range| {
        let bits = [(0, with + 1), *one, (last, end)];
        bits.into_iter().filter(|(from, to)| from < to).map(Bit::Words).collect()
    };
    Some(Gaps { whole: 0, clauses: listed.iter().map(tell).collect(), end, shared: None })
}

/// Two parties or more that a range starts with, each of a state of its own, the last one behind "and".
fn parties(words: &[Word], who: &[Who], range: Range) -> Option<Vec<Range>> {
    let party = |(from, to): Range| {
        let last = to.checked_sub(1).and_then(|i| words.get(i))?;
        let names =
            |w: &&Who| !matches!(w.kind, WhoKind::Adjective | WhoKind::Group) && w.span.end == last.span.end;
        let first = words.get(from)?;
        let code = who.iter().filter(names).find_map(|w| w.country);
        code.filter(|_| last.span.start >= first.span.start)
    };
    let mut out: Vec<Range> = Vec::new();
    let mut codes = Vec::new();
    let mut and = false;
    for part in parts(words, range).0 {
        match part {
            Part::Joint((from, to)) => {
                and |= words.get(from..to).unwrap_or_default().iter().any(|w| w.lower == "and");
            }
            Part::Phrase(phrase) => {
                let bare = phrase.whole == phrase.inner && phrase.sort == Sort::Plain;
                let Some(code) = party(phrase.inner).filter(|_| bare) else { break };
                if codes.contains(&code) {
                    return None;
                }
                codes.push(code);
                out.push(phrase.inner);
                if and {
                    break;
                }
            }
        }
    }
    (and && out.len() > 1).then_some(out)
}
