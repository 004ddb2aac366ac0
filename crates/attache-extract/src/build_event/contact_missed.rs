//! Contacts that were to be and were not: what became of the plan is told in words of the calendar or of absence.

use super::*;

use crate::grammar::clause::phrase_start;
use crate::grammar::lower::{WordList, is};

/// What becomes of a contact that is not held: "the dinner was struck from the programme".
const GONE: &[&str] = &[
    "and called off",
    "and cancelled",
    "and dropped",
    "and scrapped",
    "be cancelled",
    "be called off",
    "be dropped",
    "be scrapped",
    "be scratched",
    "been called off",
    "been cancelled",
    "been crossed off",
    "been crossed out",
    "been dropped",
    "been scrapped",
    "been scratched",
    "been struck",
    "but called off",
    "but cancelled",
    "but dropped",
    "but scrapped",
    "came to naught",
    "came to nothing",
    "crossed off",
    "crossed out",
    "deleted from",
    "disappeared from",
    "dropped from",
    "dropped off",
    "dropped out",
    "fallen off",
    "fallen through",
    "fell off",
    "fell through",
    "never came about",
    "never came off",
    "pulled from",
    "removed from",
    "slipped off",
    "struck from",
    "struck off",
    "struck out",
    "taken off",
    "vanished from",
    "was dropped",
    "was scratched",
    "went by the board",
    "were dropped",
    "wiped from",
];

/// What those do who do not come: "was expected in Lima on Monday and did not turn up".
const ABSENT: &[&str] = &[
    "backed out",
    "begged off",
    "bowed out",
    "called home",
    "cried off",
    "did not appear",
    "did not arrive",
    "did not attend",
    "did not come",
    "did not show",
    "did not turn up",
    "didn't show",
    "didn't turn up",
    "failed to appear",
    "failed to arrive",
    "failed to attend",
    "failed to come",
    "failed to show",
    "failed to turn up",
    "has not appeared",
    "has not shown up",
    "has not turned up",
    "have not turned up",
    "never appeared",
    "never arrived",
    "never came",
    "never did",
    "never left",
    "never made it",
    "never showed",
    "never turned up",
    "not to come",
    "not to travel",
    "sent apologies",
    "sent regrets",
    "sent word that",
    "stay at home",
    "stay away",
    "stay home",
    "stay put",
    "stayed at home",
    "stayed away",
    "stayed home",
    "turned back",
    "was recalled",
    "were recalled",
];

/// What is done to those who were to come, told before them: "Chile turned back a team that was to hold talks".
const SENT_BACK: &[&str] =
    &["called back", "disinvited", "recalled", "stood down", "turned back", "uninvited"];

/// Words of a plan.
static PLANNED: WordList = WordList::new(&[
    "arranged",
    "booked",
    "down",
    "due",
    "envisaged",
    "expected",
    "foreseen",
    "intended",
    "meant",
    "penciled",
    "pencilled",
    "planned",
    "scheduled",
    "set",
    "slated",
    "supposed",
]);

/// How a contact that was planned came to nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missed {
    /// The plan was dropped, perhaps before its day.
    Gone,
    /// Somebody did not come, so that the day has been.
    Absent,
}

impl Builder<'_> {
    /// "Was to give a dinner for Roe, which was struck from the programme", "was due in Lima and did not turn up".
    pub(super) fn missed(&self) -> Option<Missed> {
        let words = self.view.words;
        // What the learned reader takes for the word of the act may stand anywhere.
        let trigger = if self.hit.rule.learned { self.plan()? } else { self.hit.frame.trigger };
        if !self.hit.rule.learned && !self.was_planned() {
            return None;
        }
        let shut = (trigger.1..words.len()).find(|&i| self.word(i) == ";").unwrap_or(words.len());
        let told = |at: usize, phrases: &[&str]| {
            phrases.iter().any(|phrase| self.spells(at, phrase)) && !self.put_in_doubt(at)
        };
        for at in trigger.1..shut {
            // "A dinner was dropped" after the visit: another contact.
            if at > trigger.1 && self.another_contact(at) {
                return None;
            }
            if told(at, ABSENT) {
                return Some(Missed::Absent);
            }
            if told(at, GONE) && self.of_the_plan(at) {
                return Some(Missed::Gone);
            }
        }
        let which = (0..trigger.0)
            .rfind(|&i| matches!(self.word(i), "that" | "which" | "who" | "whom" | "due" | "expected"))?;
        (0..which).any(|at| told(at, SENT_BACK)).then_some(Missed::Gone)
    }

    /// The verb at `at` says so of the contact or of its place in the diary: "the slot has vanished from it".
    fn of_the_plan(&self, at: usize) -> bool {
        let (trigger, words) = (self.hit.frame.trigger, self.view.words);
        let diary = |i: usize| {
            matches!(self.word(i), "programme" | "program" | "schedule" | "calendar" | "agenda" | "diary")
        };
        if matches!(self.word(at), "and" | "but") || (at + 1..at + 6).any(diary) {
            return true;
        }
        let subject = self
            .view
            .clauses
            .groups
            .iter()
            .find(|g| g.head >= at && g.start <= at + 1)
            .and_then(|g| g.subject);
        subject.is_some_and(|(from, to)| {
            let last = to.checked_sub(1).and_then(|i| words.get(i));
            from <= trigger.0 && trigger.0 < to
                || last.is_some_and(|w| {
                    is!(w.lower, "it" | "which" | "that" | "this" | "both")
                        || is!(
                            w.lemma,
                            "slot"
                                | "date"
                                | "plan"
                                | "session"
                                | "appointment"
                                | "event"
                                | "meeting"
                                | "trip"
                        )
                        || is!(w.lemma, "call" | "visit" | "conversation" | "idea" | "stop" | "engagement")
                })
        })
    }

    /// "Could be dropped", "was nearly dropped", "unless it is dropped".
    fn put_in_doubt(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|i| {
            matches!(
                self.word(i),
                "could"
                    | "may"
                    | "might"
                    | "would"
                    | "if"
                    | "unless"
                    | "not"
                    | "nearly"
                    | "almost"
                    | "whether"
                    | "n't"
                    | "should"
            )
        })
    }

    /// A noun of contact that is not said again of the first: "the meeting", "their trip".
    fn another_contact(&self, at: usize) -> bool {
        let words = self.view.words;
        let contact = words.get(at).is_some_and(|w| {
            w.tag == Tag::Noun
                && is!(
                    w.lemma,
                    "meeting" | "talks" | "call" | "visit" | "trip" | "summit" | "dinner" | "lunch" | "round"
                )
        });
        let first = self.word(phrase_start(words, at));
        contact && !matches!(first, "the" | "that" | "this" | "his" | "her" | "their" | "its")
    }

    /// The first words of a plan in the sentence: "a visit foreseen for Friday".
    fn plan(&self) -> Option<Range> {
        let words = self.view.words;
        let at = (0..words.len())
            .find(|&i| self.plans(i) || matches!(self.word(i), "was" | "were") && self.word(i + 1) == "to")?;
        Some((at, at + 1))
    }

    /// "Planned", "set for Monday", but not "stood down".
    fn plans(&self, at: usize) -> bool {
        let planned = self.view.words.get(at).is_some_and(|w| PLANNED.has(&w.lower));
        planned
            && (!matches!(self.word(at), "down" | "set")
                || matches!(self.word(at + 1), "for" | "to" | "on" | "in"))
    }

    /// "Was to meet", "a visit foreseen for Friday", "the dinner that Roe was to give".
    fn was_planned(&self) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let was_to = |at: usize| {
            matches!(self.word(at), "was" | "were" | "been")
                && matches!(self.word(at + 1), "to" | "due" | "supposed" | "meant" | "going")
        };
        let planned = |at: usize| self.plans(at);
        let start = if frame.nominal { phrase_start(words, frame.trigger.0) } else { frame.trigger.0 };
        let before = start.saturating_sub(if frame.nominal { 9 } else { 5 })..frame.trigger.1;
        let behind = frame.trigger.1..(frame.trigger.1 + 14).min(words.len());
        if frame.nominal {
            before.clone().any(was_to) || before.chain(behind).any(|at| planned(at) || was_to(at))
        } else {
            let had = before.clone().any(|at| matches!(self.word(at), "was" | "were" | "had"));
            before.clone().any(was_to) || had && before.into_iter().any(planned)
        }
    }
}
