//! Clause boundaries: where the clause of a verb begins on its left.

use super::{Clauses, Group, Tense};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{WordId, is};
use crate::grammar::tag::{Tag, Word};

impl Clauses {
    /// Where the clause of group `at` begins: after the nearest word that opens a clause.
    pub(super) fn left_boundary(&self, words: &[Word], at: usize) -> usize {
        let Some(group) = self.groups.get(at) else { return 0 };
        if let Some(aside) = group.aside {
            return aside.start;
        }
        let mut earlier = self.groups.get(..at).unwrap_or_default().iter().rev();
        let ends = |g: &&Group| (g.finite || g.tense != Tense::Participle) && !set_in(words, g, group);
        let floor = earlier.find(ends).map_or(0, |g| g.head + 1);
        let mut left = group.start;
        while left > floor {
            let Some(word) = words.get(left - 1) else { break };
            if !may_open(word) {
                left -= 1;
                continue;
            }
            // "The secretariat (SECO) met": past what stands in brackets.
            if word.lower == ")"
                && let Some(open) =
                    (floor..left - 1).rev().take(12).find(|&i| words.get(i).is_some_and(|w| w.lower == "("))
            {
                left = open;
                continue;
            }
            // "should" before its subject opens a condition.
            if matches!(word.tag, Tag::Sub | Tag::Rel)
                || word.tag == Tag::Modal && word.lower == "should"
                || is!(word.lower, ";" | ":" | "—" | "–" | "(")
                || opens_clause(words, left - 1, group.start, floor)
            {
                break;
            }
            left -= 1;
        }
        left
    }
}

/// Whether a clause may begin behind a word, or the search for its beginning may leap from there.
#[inline]
fn may_open(word: &Word) -> bool {
    matches!(word.tag, Tag::Sub | Tag::Rel | Tag::Modal)
        || is!(word.lower, ")" | "(" | ";" | ":" | "—" | "–" | "as" | "since" | "after" | "before" | "until")
}

/// Whether the group `earlier` stands between commas in the clause of `group`, which it does not end.
fn set_in(words: &[Word], earlier: &Group, group: &Group) -> bool {
    let word = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let closed = group.start.checked_sub(1).is_some_and(|i| word(i) == ",");
    if !closed {
        return false;
    }
    // "Chile, breaking with its past, is to …"
    let gerund =
        earlier.tense == Tense::Gerund && earlier.start.checked_sub(1).is_some_and(|i| word(i) == ",");
    // "The pause, due to end on Sunday, has been extended".
    let due = earlier.tense == Tense::Infinitive
        && earlier.start >= 2
        && is!(
            word(earlier.start - 1),
            "due" | "set" | "scheduled" | "meant" | "expected" | "slated" | "supposed"
        )
        && word(earlier.start - 2) == ",";
    gerund || due || distinguishes(words, earlier)
}

/// "Starmer, the first British leader to go there in years, was received": what somebody is the first or
/// the only one to do.
fn distinguishes(words: &[Word], earlier: &Group) -> bool {
    const FAR: usize = 12;
    let word = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    if earlier.tense != Tense::Infinitive {
        return false;
    }
    let from = earlier.start.saturating_sub(FAR);
    let comma = (from..earlier.start).rev().find(|&i| word(i) == ",");
    comma.is_some_and(|comma| {
        let ranked = |i: usize| {
            is!(word(i), "first" | "second" | "third" | "fourth" | "last" | "latest" | "only" | "youngest")
        };
        is!(word(comma + 1), "the" | "only")
            && (comma + 1..earlier.start).any(ranked)
            && comma.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Noun)
            && !words
                .get(comma + 1..earlier.start)
                .unwrap_or_default()
                .iter()
                .any(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal))
    })
}

/// "Since they met", "after China answered": a preposition at `at` that opens the clause of the verb
/// at `verb`; `floor` is where the clause before it has had its own verb.
fn opens_clause(words: &[Word], at: usize, verb: usize, floor: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    if !is!(word.lower, "as" | "since" | "after" | "before" | "until") {
        return false;
    }
    let next = words.get(at + 1);
    let pronoun = next.is_some_and(|w| w.tag == Tag::Pron);
    let phrase = next.is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Num) && !w.time);
    let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
    // "The visit comes as Ottawa announced a duty"
    // "The thaw came in May, as Trump gave his blessing"
    if word.lower == "as" && at > floor && floor > 0 && words.get(at - 1).is_some_and(|w| w.lower == ",") {
        let subject =
            pronoun || next.is_some_and(|w| w.name || is!(w.lower, "the" | "both" | "its" | "their"));
        return subject && !(at + 1..verb).any(|i| words.get(i).is_some_and(|w| w.lower == ","));
    }
    if word.lower == "as" && at == floor && floor > 0 {
        let comes = words.get(at - 1).is_some_and(|w| is!(w.lemma, "come" | "arrive" | "land"));
        return comes && (pronoun || phrase) && (names(words, at + 1, verb) || !(at + 1..verb).any(comma));
    }
    if word.lower == "as" {
        return false;
    }
    let commas = (at + 1..verb).filter(|&i| comma(i)).count();
    // "since the two ministers, Roe and Doe, agreed"
    // "after the court, on February 20, found": an aside of nothing but time.
    let dated = commas == 2
        && comma(verb - 1)
        && (at + 1..verb)
            .skip_while(|&i| !comma(i))
            .all(|i| words.get(i).is_some_and(|w| w.time || w.tag == Tag::Prep || w.lower == ","));
    let broken = commas > 0
        && !dated
        && !names(words, at + 1, verb)
        && (floor == 0 || commas == 1 || !comma(verb - 1));
    // "A day after Washington put", "hours before Beijing announced"
    let first = at == 0
        || words.get(at - 1).is_some_and(|w| {
            w.time
                || matches!(
                    w.lower.as_str(),
                    "," | "“" | "\"" | "hours" | "days" | "weeks" | "months" | "minutes" | "shortly" | "soon"
                )
        });
    // "After talks in Oslo on Friday the two ministers signed": no clause is left to be the main one.
    let alone = at == 0
        && !pronoun
        && !words.iter().skip(verb + 1).any(|w| {
            matches!(w.tag, Tag::Be | Tag::Have | Tag::Do | Tag::Modal)
                || matches!(w.tag, Tag::Verb(form) if form != VerbForm::Gerund && form != VerbForm::Base)
        });
    pronoun || phrase && (floor > 0 || first) && !broken && !alone
}

/// "before Chile, Peru and Fiji meet": nothing but a list of names stands before the verb.
fn names(words: &[Word], from: usize, verb: usize) -> bool {
    let listed = |w: &Word| w.name || w.tag == Tag::Adv || is!(w.lower, "," | "and" | "the");
    let behind = verb.checked_sub(1).and_then(|i| words.get(i));
    let list = words.get(from..verb).unwrap_or_default();
    list.iter().all(listed) && list.iter().any(|w| w.lower == "and") && behind.is_some_and(|w| w.lower != ",")
}
