//! A clause that says of another side that it did the same: "and Oslo did likewise".

use super::gap::{described, reach, start_of_clause};
use super::phrase::{Part, Phrase, Sort, parts, phrases};
use super::{Bit, Gaps, Telling};
use crate::grammar::clause::{Clauses, Group, Range};
use crate::grammar::lower::is;
use crate::grammar::tag::Word;
use crate::state::StateCode;
use crate::who::{Who, WhoKind};

/// The clause of a sentence that is told so, in the words of the clause before it.
pub(super) fn find(words: &[Word], clauses: &Clauses, who: &[Who]) -> Option<Gaps> {
    (1..clauses.groups.len()).find_map(|at| told_alike(words, clauses, who, at))
}

fn told_alike(words: &[Word], clauses: &Clauses, who: &[Who], at: usize) -> Option<Gaps> {
    let group = clauses.groups.get(at).filter(|g| g.finite && !g.negated && !g.condition)?;
    let behind = likewise(words, group)?;
    let subject = group.subject.filter(|s| s.1 <= group.start)?;
    let side = state(words, who, subject)?;
    let model = (0..at).rev().find(|&i| clauses.groups.get(i).is_some_and(|g| g.finite))?;
    let told = clauses.groups.get(model)?;
    let first = told.subject.filter(|s| s.1 <= told.start)?;
    let plain = !told.passive && !told.negated && !told.contact && !described(words, told, first);
    if !plain || told.modal != group.modal || state(words, who, first) == Some(side) {
        return None;
    }
    let own = start_of_clause(words, clauses, group, subject);
    // "if China does the same", "but China never did so too"
    let doubted = |w: &Word| {
        is!(w.lower, "if" | "unless" | "until" | "whether" | "once" | "never" | "hardly" | "neither")
    };
    if words.get(own..behind).unwrap_or_default().iter().any(doubted) {
        return None;
    }
    // "shelved its rules and cut its fees": what was done first.
    let model = clauses.groups.iter().position(|g| g.finite && g.subject == told.subject)?;
    let told = clauses.groups.get(model)?;
    let close = list(words, &parts(words, (told.head + 1, own)).0)?.last()?.whole.1;
    let (head, limit) = reach(words, clauses, model);
    let whole = list(words, &parts(words, (head + 1, limit.min(own))).0)?;
    let (_, limit) = reach(words, clauses, at);
    let (rest, _) = parts(words, (behind, limit));
    let rest: Vec<Part> = rest.into_iter().take_while(|p| matches!(p, Part::Phrase(_))).collect();
    let rest = phrases(words, &rest)?;
    let lead = list(words, &parts(words, (own, subject.0)).0).unwrap_or_default();
    let timed = rest.iter().chain(&lead).any(|p| p.sort == Sort::Time);
    // "did the same with its fees"
    let instead = rest.iter().find(|p| p.prep(words) == "with" && p.sort == Sort::Plain);
    let mut out: Telling = lead.iter().map(|p| Bit::Words(p.whole)).collect();
    out.push(Bit::Words(subject));
    out.push(Bit::Words((told.start, head + 1)));
    let mut object = None;
    for phrase in &whole {
        let bare = phrase.sort == Sort::Plain && phrase.prep(words).is_empty();
        match instead.filter(|_| bare && object.is_none()) {
            Some(other) => out.push(Bit::Words(other.inner)),
            None if timed && phrase.sort == Sort::Time => {}
            // At which rate the other side did it is not told.
            None if matches!(phrase.sort, Sort::Rate | Sort::Money | Sort::Number) => {}
            // "its duties on Chinese goods": on those of the other.
            None if !bare && state_named(words, who, phrase.inner, side) => {
                let (from, to) = phrase.inner;
                if to > from + 1 && state_named(words, who, (from, from + 1), side) {
                    out.extend([Bit::Words((phrase.whole.0, from)), Bit::LeftOut(first), Bit::Owns]);
                    out.push(Bit::Words((from + 1, to)));
                }
            }
            None => out.push(Bit::Words(phrase.whole)),
        }
        object = object.or(bare.then_some(phrase));
    }
    object?;
    let more = rest.iter().filter(|p| instead != Some(p));
    out.extend(more.map(|p| Bit::Words(p.whole)));
    let end = rest.last().map_or(behind, |p| p.whole.1);
    Some(Gaps { whole: close, clauses: vec![out], end, shared: None })
}

/// The phrases before the joint at the end.
fn list(words: &[Word], found: &[Part]) -> Option<Vec<Phrase>> {
    let from = found.iter().position(|p| matches!(p, Part::Phrase(_)))?;
    let to = found.iter().rposition(|p| matches!(p, Part::Phrase(_)))?;
    phrases(words, found.get(from..=to)?)
}

/// The word behind "did likewise", "followed suit".
fn likewise(words: &[Word], group: &Group) -> Option<usize> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let next = group.head + 1;
    match (group.lemma.as_str(), lower(next), lower(next + 1)) {
        ("do", "likewise", _) | ("follow", "suit", _) => Some(next + 1),
        ("do", "the", "same") | ("do", "so", "too") => Some(next + 2),
        _ => None,
    }
}

/// Whether something of a state is named in a range.
fn state_named(words: &[Word], who: &[Who], (from, to): Range, code: StateCode) -> bool {
    (from..to).any(|i| state(words, who, (i, i + 1)) == Some(code))
}

/// The state named in a range, the last one.
fn state(words: &[Word], who: &[Who], (from, to): Range) -> Option<StateCode> {
    let within = |w: &&Who| {
        let inside = |word: &Word| w.span.start <= word.span.start && word.span.end <= w.span.end;
        words.get(from..to).unwrap_or_default().iter().any(inside)
    };
    let named = |w: &&Who| !matches!(w.kind, WhoKind::Place | WhoKind::Pair);
    // "its" is no name of the one it stands for.
    let name = |w: &&Who| {
        let word = words.iter().find(|word| word.span.start == w.span.start);
        word.is_none_or(|word| !is!(word.lower, "its" | "their" | "his" | "her"))
    };
    who.iter().filter(named).filter(name).filter(within).filter_map(|w| w.country).next_back()
}
