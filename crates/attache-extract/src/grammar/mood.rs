//! How a verb group is put: as a fact, to come, possible, due, or denied; and how deep it hangs.

use serde::Deserialize;

use crate::grammar::clause::{Clauses, Frame, Range, Tense};
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};

/// How a clause puts its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mood {
    /// As a fact: "supports", "has supported".
    Plain,
    /// To come: "will", "plans to".
    Will,
    /// Possible: "may", "could".
    May,
    /// Due: "must", "should".
    Must,
    /// Denied: "did not", "will not".
    Not,
    /// The complement of a verb that is told instead.
    Under,
}

/// Verbs that only begin, decide on or carry on what their complement names.
const LIGHT: &[&str] = &[
    "begin", "start", "continue", "move", "decide", "resolve", "choose", "vote", "go", "manage", "proceed",
    "act", "help", "use", "come", "resume", "become", "try", "attempt",
];

/// Verbs that put their complement into the future.
const PLANNING: &[&str] =
    &["plan", "intend", "prepare", "schedule", "set", "arrange", "be", "expect", "mean", "consider"];

impl Clauses {
    /// How the group at `at` is put.
    pub(crate) fn mood(&self, words: &[Word], at: usize) -> Mood {
        let Some(group) = self.groups.get(at).filter(|g| !g.condition) else { return Mood::Under };
        if group.negated {
            return Mood::Not;
        }
        if let Some(modal) = group.modal.as_deref() {
            return match modal {
                "will" | "shall" | "would" => Mood::Will,
                "must" | "should" | "ought" => Mood::Must,
                _ => Mood::May,
            };
        }
        if matches!(group.tense, Tense::Infinitive | Tense::Gerund) {
            let Some(above) = group.governor.filter(|&g| g < at) else { return Mood::Under };
            let Some(governor) = self.groups.get(above) else { return Mood::Under };
            if is!(governor.lemma, "have" | "need") && group.tense == Tense::Infinitive {
                return Mood::Must;
            }
            // "is going to", "is to", "plans to": to come.
            let going =
                governor.lemma == "go" && words.get(governor.head).is_some_and(|w| w.lower == "going");
            let planned = PLANNING.contains(&governor.lemma.as_str())
                && (governor.lemma != "be" || governor.head + 1 == group.start);
            let above_mood = self.mood(words, above);
            let weighed = governor.lemma == "consider";
            if (going || planned) && group.tense == Tense::Infinitive || weighed {
                return if above_mood == Mood::Not { Mood::Not } else { Mood::Will };
            }
            if LIGHT.contains(&governor.lemma.as_str()) {
                return above_mood;
            }
            return Mood::Under;
        }
        Mood::Plain
    }

    /// The words of an act with those of the clauses that hang on it.
    pub(crate) fn reach(&self, frame: &Frame) -> Range {
        let (start, mut end) = frame.extent;
        if let Some(own) = frame.group {
            for (at, group) in self.groups.iter().enumerate().skip(own + 1) {
                if self.chain(at).any(|g| g == own) {
                    end = end.max(group.extent.1);
                }
            }
        }
        (start, end)
    }

    /// Whether the group only carries the verb it governs.
    pub(crate) fn is_light(&self, at: usize) -> bool {
        self.groups
            .get(at)
            .is_some_and(|g| LIGHT.contains(&g.lemma.as_str()) || PLANNING.contains(&g.lemma.as_str()))
    }

    /// Whether the group stands in a relative, participle or adverbial clause.
    pub(crate) fn is_aside(&self, words: &[Word], at: usize) -> bool {
        let Some(group) = self.groups.get(at) else { return false };
        if group.tense == Tense::Participle {
            return true;
        }
        let before = group.start.checked_sub(1).and_then(|i| words.get(i));
        if group.tense == Tense::Gerund {
            return group.governor.is_none() || before.is_some_and(|w| w.tag == Tag::Prep);
        }
        if !group.finite {
            return false;
        }
        let from = group.opens();
        let opener = from.checked_sub(1).and_then(|i| words.get(i));
        let opens = |w: &Word| {
            w.tag == Tag::Rel
                || w.tag == Tag::Sub && w.lower != "that"
                || is!(w.lower, "after" | "before" | "since" | "as" | "until" | "till")
        };
        opener.is_some_and(opens) || before.is_some_and(opens)
    }
}
