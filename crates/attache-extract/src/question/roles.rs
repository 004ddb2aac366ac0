//! Which of the states named acts, and which one it is done to.

use super::Asked;
use crate::event::Kind;
use crate::grammar::lower::{WordId, is};
use crate::grammar::tag::Tag;
use crate::reading::Reading;
use crate::state::StateCode;
use crate::who::{Who, WhoKind};

/// What the words around a state say of its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Acts,
    Bears,
    Unsaid,
}

/// Whether the question is about duties, which are there for somebody.
fn out_of_duties(asked: &Asked<'_>) -> bool {
    let duty = |at: usize| asked.class("act.tariff_action", at);
    let exempt = |at: usize| asked.words.get(at).is_some_and(|w| w.lower == "minimis");
    (0..asked.words.len()).any(|at| duty(at) || exempt(at))
}

impl Asked<'_> {
    /// Sets actor and recipient where the grammar tells them apart. What several do together has neither.
    pub(super) fn roles(&mut self, out: &mut Reading) {
        let joint = out.kinds.contains(&Kind::Agreement) && out.states.len() > 1;
        let between =
            self.who.iter().any(|who| who.country.is_some() && self.behind_all(who.span, "between"));
        if out.kinds.contains(&Kind::Engagement) || joint || between {
            return;
        }
        let mut unsaid: Vec<StateCode> = Vec::new();
        for who in &self.who {
            let Some(code) = who.country.filter(|c| out.states.contains(c)) else { continue };
            match self.part(who) {
                Part::Acts => out.actor = out.actor.or(Some(code)),
                Part::Bears => out.recipient = out.recipient.or(Some(code)),
                Part::Unsaid => unsaid.push(code),
            }
        }
        // One of two is told: the other one has the other part.
        for code in unsaid {
            if out.recipient.is_some_and(|r| r != code) {
                out.actor = out.actor.or(Some(code));
            } else if out.actor.is_some_and(|a| a != code) {
                out.recipient = out.recipient.or(Some(code));
            }
        }
        if out.recipient == out.actor {
            out.recipient = None;
        }
    }

    /// Whether a word stands before a span, articles aside.
    fn behind_all(&self, span: crate::span::Span, word: &str) -> bool {
        let at = self.words.iter().position(|w| w.span.start >= span.start).unwrap_or(0);
        let before = (0..at).rev().filter_map(|i| self.words.get(i)).find(|w| w.tag != Tag::Det);
        before.is_some_and(|w| w.lower == word)
    }

    fn part(&self, who: &Who) -> Part {
        let start = self.words.iter().position(|w| w.span.end > who.span.start).unwrap_or(0);
        let end = self.words.iter().rposition(|w| w.span.start < who.span.end).map_or(start, |i| i + 1);
        // The noun that an adjective or a possessive belongs to: "Chinese rare earth exports".
        let head = (end..self.words.len())
            .take_while(|&i| {
                self.words
                    .get(i)
                    .is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Poss | Tag::Num) && !w.time)
            })
            .filter(|&i| self.words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.name))
            .last();
        let previous = (0..start).rev().filter_map(|i| self.words.get(i)).find(|w| w.tag != Tag::Det);
        // "India's duty" may be the one it levies or the one it bears.
        let owned = self.words.get(end).is_some_and(|w| w.tag == Tag::Poss);
        let before = previous.map_or("", |w| w.lower.as_str());
        // "Which Chinese firms did the US list": what is asked for is the object of a question with "did".
        let asked_for = matches!(before, "which" | "what" | "many" | "whose" | "whom");
        if asked_for && self.words.get(head.map_or(end, |head| head + 1)).is_some_and(|w| w.tag == Tag::Do) {
            return Part::Bears;
        }
        if let Some(head) = head {
            let duty = (end..=head).any(|at| self.class("act.tariff_action", at));
            if duty && owned {
                return Part::Unsaid;
            }
            if duty || (end..=head).any(|at| self.class("ask.move", at) || self.names_measure(at)) {
                return Part::Acts;
            }
            // "US imports from China": whoever lets them in charges the duty.
            let lower = |at: usize| self.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
            if is!(lower(head), "import" | "imports") && lower(head + 1) == "from" {
                return Part::Acts;
            }
            if (end..=head).any(|at| self.class("ask.goods", at)) {
                return Part::Bears;
            }
        }
        match before {
            "on" | "against" | "toward" | "towards" | "hitting" | "facing" | "at" | "from" => {
                return Part::Bears;
            }
            "for" if out_of_duties(self) => return Part::Bears,
            "by" => return Part::Acts,
            _ => {}
        }
        // "has Beijing done", "does Japan pay": the helper before the subject makes a question.
        let bears = (end..self.words.len()).any(|at| self.class("ask.bears", at));
        let verb =
            (end..self.words.len()).any(|i| self.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Verb(_))));
        match previous.map(|w| w.tag) {
            Some(Tag::Have | Tag::Do | Tag::Modal) => return if bears { Part::Bears } else { Part::Acts },
            Some(Tag::Be) if verb || bears => return Part::Bears,
            // "Who urged China": the object.
            Some(Tag::Verb(_)) => return Part::Bears,
            _ => {}
        }
        let subject_of =
            self.clauses.groups.iter().find(|g| g.subject.is_some_and(|s| s.0 <= start && start < s.1));
        match subject_of {
            Some(group) if self.class("ask.bears", group.head) || group.passive => Part::Bears,
            Some(_) if who.kind != WhoKind::Adjective => Part::Acts,
            _ => Part::Unsaid,
        }
    }

    /// Whether a word names a measure that is no duty: "Chinese export controls".
    fn names_measure(&self, at: usize) -> bool {
        self.extractor.classes.starting("act.tension").any(|(_, phrases)| phrases.at(&self.words, at))
    }
}
