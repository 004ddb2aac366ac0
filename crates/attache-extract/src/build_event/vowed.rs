//! Deeds vowed, hoped for or counted: whether they have been done, and to whose good.

use super::*;

/// Measures that are done by laying them, not by saying so.
const SAID: [&str; 3] = ["warning", "condemnation", "accusation"];

/// Most words from the verb to what it is counted among.
const RANK: usize = 6;

/// How far behind the act the time may stand for which it is hoped.
const SOON: usize = 5;

impl Builder<'_> {
    /// "Vowed to blacklist its banks": a measure that is only vowed.
    pub(super) fn only_vowed(&self) -> bool {
        let rule = self.hit.rule;
        if !matches!(rule.act, Act::Tension(_)) || rule.status.is_some() || SAID.contains(&rule.act.subtype())
        {
            return false;
        }
        let Some(own) = self.own_group().filter(|g| g.tense == Tense::Infinitive) else { return false };
        let above = own.governor.and_then(|at| self.view.clauses.groups.get(at));
        above.is_some_and(|g| is!(g.lemma, "vow" | "swear" | "pledge" | "promise"))
    }

    /// "The truce expires on Tuesday": till then it runs.
    pub(super) fn runs_still(&self) -> bool {
        let lapses = self.context.classes.get("lapse");
        lapses.is_some_and(|phrases| self.view.names_at(self.hit.frame.trigger.0, phrases))
            && self.own_group().is_some_and(|g| g.tense == Tense::Present)
    }

    /// "Hopes to sign the pact by May": a deal that is aimed at for a time.
    pub(super) fn hoped_for_a_day(&self, above: &Group) -> bool {
        let deal = matches!(self.hit.rule.act, Act::Agreement(Agreement::Deal | Agreement::Framework));
        let hopes = is!(above.lemma, "hope" | "aim" | "want" | "intend" | "wish" | "seek" | "look");
        let end = (self.hit.frame.extent.1 + SOON).min(self.view.words.len());
        deal && hopes && !above.negated && self.times_in((self.hit.frame.trigger.1, end)).next().is_some()
    }

    /// "Became the third country to sign a pact": it has.
    pub(super) fn ranked(&self) -> bool {
        let Some(own) = self.own_group().filter(|g| g.tense == Tense::Infinitive) else { return false };
        let Some(above) = own.governor.and_then(|at| self.view.clauses.groups.get(at)) else { return false };
        let words = self.view.words.get(above.head + 1..own.start).unwrap_or_default();
        let rank = |w: &Word| {
            is!(
                w.lower,
                "first" | "second" | "third" | "fourth" | "fifth" | "sixth" | "latest" | "last" | "only"
            )
        };
        let told = above.finite && !above.negated && !above.condition && above.modal.is_none();
        told && is!(above.lemma, "be" | "become" | "remain")
            && words.len() <= RANK
            && words.first().is_some_and(|w| w.tag == Tag::Det)
            && words.iter().any(rank)
    }

    /// "Vowed to expel its envoy": done to the other side, so no commitment to it.
    pub(super) fn hostile_promise(&self, parties: &[Side]) -> bool {
        let Some(hostile) = self.context.classes.get("hostile_deed") else { return false };
        let Some(own) = self.hit.frame.group else { return false };
        let groups = &self.view.clauses.groups;
        // "Promised to stop buying copper": the deed may stand above the act as well as below.
        let above = |at: usize| self.view.clauses.chain(own).any(|link| link == at);
        let promised =
            |at: usize, g: &Group| g.tense == Tense::Infinitive && (above(at) || g.governor == Some(own));
        let deeds = groups.iter().enumerate().filter(|(at, g)| promised(*at, g));
        let Some(deed) = deeds.map(|(_, g)| g.head).find(|&head| self.view.names_at(head, hostile)) else {
            return false;
        };
        let edge = self.view.words.get(deed).map_or(0, |w| w.span.start);
        let towards = |s: &Side| {
            s.at.start > edge && self.before(s.at).last().is_none_or(|w| !is!(w.lower, "to" | "for"))
        };
        let others = distinct(self.view.who.iter().filter_map(|w| w.country)).len();
        let mut hit = parties.iter().filter(|s| s.party.role == Role::Recipient).peekable();
        others < 3 && hit.peek().is_some() && hit.all(towards)
    }
}
