//! From when to when an agreement runs: "was signed on May 2, 2019 and has been in force since August 1, 2020".

use super::*;

use crate::grammar::lower::is;
use crate::time::Relation;

impl Builder<'_> {
    /// The days on which the agreement of the sentence comes into force and ends, as far as its other verbs tell.
    pub(super) fn run_of_accord(&self) -> [Option<(Moment, Span)>; 2] {
        let mut out = [None; 2];
        if self.hit.rule.act != Act::Agreement(Agreement::Deal) {
            return out;
        }
        let groups = &self.view.clauses.groups;
        for (at, group) in groups.iter().enumerate() {
            let Some(ends) = self.ends_or_begins(group).filter(|_| self.of_the_accord(at, group)) else {
                continue;
            };
            let place = usize::from(ends);
            // The day that this verb has behind it, before any other verb.
            let next = groups.iter().find(|g| g.head > group.head).map_or(usize::MAX, |g| g.start);
            let behind = self.times.iter().find(|t| {
                let from = self.word_from(t.span.start);
                group.head < from && from < next.min(group.head + 8)
            });
            let Some(time) = behind.filter(|t| t.length.is_none()) else { continue };
            let to_come = matches!(group.tense, Tense::Present | Tense::Future | Tense::Infinitive);
            let moment = if to_come { time.upcoming(self.context.published) } else { time.moment };
            let moment = moment.map(|moment| Moment { by: time.relation == Relation::By, ..moment });
            if let (Some(slot), Some(moment)) = (out.get_mut(place), moment) {
                *slot = slot.or(Some((moment, time.span)));
            }
        }
        out
    }

    /// "The pact was signed on May 2, 2019 and took effect on August 1, 2020": the second verb tells no other act.
    pub(super) fn takes_effect_as_signed(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group.filter(|_| !self.hit.frame.nominal) else { return false };
        let Some(group) = groups.get(own).filter(|g| self.ends_or_begins(g).is_some()) else { return false };
        let signs =
            |g: &Group| self.context.classes.has("sign", &g.lemma) || is!(g.lemma, "conclude" | "ratify");
        groups.get(..own).unwrap_or_default().iter().any(|g| {
            let same = g.subject == group.subject && g.subject.is_some();
            signs(g) && !g.negated && (same || group.subject.is_some_and(|s| s.0 <= g.head && g.head < s.1))
        })
    }

    /// Whether a verb tells that something ends (`true`) or comes into force (`false`), as a fact or a plan.
    fn ends_or_begins(&self, group: &Group) -> Option<bool> {
        let firm = !group.negated
            && !group.condition
            && group.modal.as_ref().is_none_or(|modal| is!(modal, "will" | "shall"));
        if !firm {
            return None;
        }
        let word =
            |ahead: usize| self.view.words.get(group.head + ahead).map_or(WordId::NONE, |w| w.lower.id());
        let force = |ahead: usize| is!(word(ahead), "force" | "effect");
        let begins = match () {
            () if is!(group.lemma, "enter" | "come" | "go" | "be") => {
                is!(word(1), "in" | "into") && force(2) || is!(word(2), "in" | "into") && force(3)
            }
            () if group.lemma == "take" => force(1),
            () => is!(group.lemma, "apply"),
        };
        let ends = is!(group.lemma, "expire" | "lapse") || group.lemma == "run" && word(1) == "out";
        (begins || ends).then_some(ends)
    }

    /// Whether the subject of a verb is the agreement that is told of: the noun itself, "which" or "it" behind it,
    /// or nobody beside another verb of it.
    fn of_the_accord(&self, at: usize, group: &Group) -> bool {
        let (words, trigger) = (self.view.words, self.hit.frame.trigger);
        let accords = self.context.classes.get("agreement_noun").unwrap_or_default();
        let names = |(from, to): Range| (from..to).any(|i| self.view.names_at(i, accords));
        // "ratified the pact with Peru, which enters into force on May 1": no state does that.
        let rel = group.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Rel);
        match group.subject {
            _ if rel && group.start > trigger.0 => !is!(group.lemma, "apply"),
            Some(subject) if subject.0 <= trigger.0 && trigger.0 < subject.1 => true,
            Some((from, to)) if to == from + 1 => {
                let stands_for = words.get(from).is_some_and(|w| is!(w.lower, "it" | "which" | "that"));
                from > trigger.0 && stands_for || names((from, to)) && self.of_main(at)
            }
            Some(subject) => names(subject) && self.of_main(at),
            None => group.start > trigger.0 && at > 0,
        }
    }

    /// Whether the verb has the subject of the act's own verb, which is the agreement: "was signed … and took effect".
    fn of_main(&self, at: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.and_then(|own| groups.get(own));
        let Some((own, other)) = own.zip(groups.get(at)) else { return false };
        // "The pact, signed on May 2 by Peru, took effect on June 1"
        let described = || other.subject.is_some_and(|s| s.0 <= own.head && own.head < s.1);
        own.subject == other.subject
            || described()
            || own.theme.is_some_and(|t| other.subject.is_some_and(|s| s.0 == t.0))
    }
}
