//! Coordination: what a verb behind "and" or in a series shares with the verbs before it: their
//! modal, their "to", their passive auxiliary, their subject.

use super::reduced_relative::INTRANSITIVE;
use super::reporting::{COMPLEMENT_TAKERS, UTTERS, reports};
use super::{Clauses, Group, Range, Tense};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{Lower, is};
use crate::grammar::tag::{Tag, Word};

/// What a verb shares with those behind it.
struct Elder {
    modal: Option<Lower>,
    tense: Tense,
    negated: bool,
}

/// "will suspend its duty but retain a part", "did not end the talks and raise its duty": the second verb is as much
/// to come, and as little done, as the first.
pub(super) fn share_modals(words: &[Word], groups: &mut [Group]) {
    let mut elder: Option<Elder> = None;
    for group in groups {
        if group.tense == Tense::Participle {
            continue;
        }
        let bare = group.start == group.head
            // "may leave and put"
            && (group.tense == Tense::Present || group.tense == Tense::Past && elder.is_some())
            && words.get(group.head).is_some_and(|w| w.tag == Tag::Verb(VerbForm::Base));
        // "Will accept standards, exempt goods and allow imports".
        let listed = || {
            words
                .get(group.head + 1)
                .is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Noun | Tag::Num) && !w.time)
        };
        let joint = if bare { joint_before(words, group.start) } else { None };
        if let Some(joint) = joint.filter(|w| w.tag == Tag::Conj || w.lower == "," && listed()) {
            if let Some(elder) = &elder {
                group.modal.clone_from(&elder.modal);
                group.tense = elder.tense;
                group.negated |= elder.negated && !is!(joint.lower, "but" | "yet");
            }
        } else if group.finite {
            // "did not": a helper is shared like a modal.
            let helped = group.negated
                && words.get(group.start..group.head).is_some_and(|w| w.iter().any(|w| w.tag == Tag::Do));
            let shares = group.modal.is_some() || helped;
            let (modal, tense, negated) = (group.modal.clone(), group.tense, group.negated);
            elder = shares.then_some(Elder { modal, tense, negated });
        }
    }
}

/// "threatened to end the talks and raise the duty": the second verb is as little done as the first, though no
/// "to" stands before it.
pub(super) fn share_infinitives(words: &[Word], groups: &mut [Group]) {
    let mut open = false;
    for group in groups {
        let bare = group.start == group.head
            && group.modal.is_none()
            && !group.passive
            && words.get(group.head).is_some_and(|w| w.tag == Tag::Verb(VerbForm::Base));
        if open && bare && joined(words, group.start) {
            group.tense = Tense::Infinitive;
            group.finite = false;
        } else if group.finite {
            // "to tax goods that it sells and raise prices": one form does not go with the other.
            open &= words.get(group.start).is_some_and(|w| w.tag == Tag::Verb(VerbForm::ThirdPerson));
        }
        open |= group.tense == Tense::Infinitive;
    }
}

/// The word before a verb group but for adverbs.
fn joint_before(words: &[Word], start: usize) -> Option<&Word> {
    words.get(..start)?.iter().rev().find(|w| w.tag != Tag::Adv)
}

/// Whether a verb group stands behind a conjunction or in a series.
fn joined(words: &[Word], start: usize) -> bool {
    joint_before(words, start).is_some_and(|w| w.tag == Tag::Conj || w.lower == ",")
}

/// "were unveiled in April, put on ice a week later and replaced in May": a participle that shares the
/// auxiliary of the passive before it.
pub(super) fn share_passives(words: &[Word], groups: &mut [Group]) {
    let mut passive: Option<usize> = None;
    for group in groups {
        let bare = group.start == group.head && group.tense == Tense::Past && group.form_allows(words);
        let object = || {
            words.get(group.head + 1).is_some_and(|w| {
                !w.time
                    && (matches!(
                        w.tag,
                        Tag::Det | Tag::Num | Tag::Noun | Tag::Pron | Tag::Sub | Tag::To | Tag::Poss
                    ) || w.lower == "$")
            })
        };
        if let Some(head) = passive.filter(|_| bare && joined(words, group.start) && !object()) {
            let clause = |i: usize| {
                words.get(i).is_some_and(|w| {
                    matches!(w.tag, Tag::Sub | Tag::Rel) || is!(w.lower, ";" | ":" | "—" | "”")
                })
            };
            let own = INTRANSITIVE.has(&group.lemma)
                || COMPLEMENT_TAKERS.has(&group.lemma)
                || UTTERS.has(&group.lemma)
                || reports(&group.lemma);
            group.passive = !own && !(head + 1..group.start).any(clause);
        }
        if group.finite {
            passive = group.passive.then_some(group.head);
        }
    }
}

impl Clauses {
    /// The subject that the group `at` takes over from a finite verb before it.
    pub(super) fn shared_subject(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        let last = self.groups.get(..at)?.iter().rev().find(|g| g.finite)?;
        let above = last.governor.and_then(|g| self.groups.get(g)).filter(|g| g.finite);
        match above {
            // "The guild says the tariffs are a tax and has urged Lima to drop them": not the tariffs.
            Some(above) if agrees(words, above, group) && !agrees(words, last, group) => above.subject,
            // "ruled that brandy had been dumped and set duties": the ruling goes on, not the brandy.
            Some(above) if last.passive && !group.passive && group.modal.is_none() => above.subject,
            // "found that mills had dumped steel and proposed duties": the finding goes on.
            Some(above)
                if last.tense == Tense::Perfect
                    && above.tense == Tense::Past
                    && group.tense == Tense::Past
                    && !group.passive =>
            {
                above.subject
            }
            // "said the channel remained open, and called on X to act": whoever spoke goes on.
            Some(above)
                if reports(&above.lemma)
                    && group.modal.is_none()
                    && !group.passive
                    && above.tense == group.tense
                    && UTTERS.has(&group.lemma)
                    && (last.tense != group.tense || comma_before_conjunction(words, group.start)) =>
            {
                above.subject
            }
            // "denied that it had to do with the summit which both sides are to hold, and said that it was not": whoever
            // denied goes on.
            _ if last.tense != group.tense => self.speaks_on(words, at).or(last.subject),
            _ => last.subject,
        }
    }

    /// Whoever said something before, where a verb of saying in the past stands behind a comma and "and".
    fn speaks_on(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        let says = |g: &Group| {
            g.finite
                && !g.passive
                && g.modal.is_none()
                && g.tense == Tense::Past
                && (reports(&g.lemma) || UTTERS.has(&g.lemma) || g.lemma == "deny")
        };
        (says(group) && comma_before_conjunction(words, group.start)).then_some(())?;
        self.groups.get(..at)?.iter().rev().find(|g| says(g))?.subject
    }
}

/// Whether the subject of `other` may be that of `group` by number; where the verb's form or the subject
/// leaves it open, it may.
fn agrees(words: &[Word], other: &Group, group: &Group) -> bool {
    let verb = words.get(group.start);
    let singular = group.modal.is_none()
        && verb.is_some_and(|w| {
            is!(w.lower, "has" | "is" | "was" | "does") || w.tag == Tag::Verb(VerbForm::ThirdPerson)
        });
    let plural = verb.is_some_and(|w| is!(w.lower, "have" | "are" | "were"));
    match other.subject.and_then(|range| many(words, range)) {
        Some(many) => !(many && singular || !many && plural),
        None => true,
    }
}

/// Whether a subject names several: "the tariffs", "Peru and Chile", "they". Names and nouns that may be
/// either say nothing.
fn many(words: &[Word], range: Range) -> Option<bool> {
    let part = words.get(range.0..range.1)?;
    if let [one] = part
        && one.tag == Tag::Pron
    {
        return match one.lower.as_str() {
            "they" | "we" => Some(true),
            "it" | "he" | "she" => Some(false),
            _ => None,
        };
    }
    // "The tariffs on steel": the head stands before what hangs on it.
    let end = part.iter().position(|w| w.tag == Tag::Prep || w.lower == ",").unwrap_or(part.len());
    let phrase = part.get(..end)?;
    if phrase.iter().any(|w| w.tag == Tag::Conj) {
        return Some(true);
    }
    let head = phrase.last().filter(|w| w.tag == Tag::Noun)?;
    if head.name || head.capital {
        return (head.name && !head.lower.ends_with('s')).then_some(false);
    }
    let several = head.lower.ends_with('s') && head.lower != head.lemma;
    let one = phrase.first().is_some_and(|w| is!(w.lower, "a" | "an" | "this" | "that"));
    if several { Some(true) } else { (one || head.lower == head.lemma).then_some(false) }
}

/// ", and called": a comma before the conjunction in front of the verb at `start`.
fn comma_before_conjunction(words: &[Word], start: usize) -> bool {
    let conj = (0..start).rev().find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Adv));
    conj.and_then(|i| i.checked_sub(1)).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",")
}
