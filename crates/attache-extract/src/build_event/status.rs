//! The state of an act at publication.

use super::*;

/// What lies so many days back is still news.
const FRESH: i32 = 10;

impl Builder<'_> {
    pub(super) fn status(
        &self,
        act: &Act,
        fact: Factuality,
        stance: &Stance,
        terms: &Terms,
        date: &EventDate,
        foreign: bool,
    ) -> Option<Status> {
        let kind = act.kind();
        if matches!(kind, Kind::Statement | Kind::Forecast | Kind::BusinessShift) {
            return None;
        }
        if fact == Factuality::Denied {
            return Some(Status::Denied);
        }
        let published = self.context.published;
        let started = terms.effective.and_then(|m| m.days()).map(|(first, _)| first <= published);
        let to_come = date.start().is_some_and(|day| day > published);
        Some(match act {
            Act::Engagement(_) => match fact {
                Factuality::Hypothetical => Status::Planned,
                _ if stance.future || to_come => Status::Planned,
                _ => self.hit.rule.status.unwrap_or(Status::Occurred),
            },
            Act::TariffAction(TariffAction::Threaten) => Status::Threatened,
            Act::TariffAction(action) => match (fact, started) {
                (Factuality::Hypothetical, _) => match action {
                    TariffAction::Impose | TariffAction::Increase => Status::Threatened,
                    _ => Status::Planned,
                },
                _ if self.taken_off() => Status::Removed,
                (_, Some(false)) => Status::Announced,
                // "Bern will cut its duties, as of mid-November": not done yet.
                (_, Some(true)) if stance.future && !stance.past => Status::Announced,
                (_, None) if stance.future && !stance.past || self.only_announced() => Status::Announced,
                (_, None) if self.just_decided(date) => Status::Announced,
                // "The United Kingdom imposes a duty": in another's text, a custom.
                (_, None) if foreign && self.habitual() => Status::InForce,
                // "By Proclamation 12 I decided to adjust imports by imposing a duty": done then.
                (_, None) if self.context.official && !stance.past && self.papers().is_empty() => {
                    Status::Announced
                }
                _ if *action == TariffAction::Remove => Status::Removed,
                _ => Status::InForce,
            },
            Act::Agreement(Agreement::Deal) if fact == Factuality::Hypothetical => Status::Planned,
            // A pact to be signed is not signed.
            Act::Agreement(Agreement::Deal | Agreement::Framework | Agreement::JointStatement)
                if stance.future =>
            {
                Status::Planned
            }
            Act::Agreement(_) => match fact {
                Factuality::Hypothetical => Status::Planned,
                _ => self.hit.rule.status.unwrap_or(Status::Announced),
            },
            _ => self.hit.rule.status.unwrap_or(Status::Open),
        })
    }

    /// "The court ordered the government to stop collecting the duties."
    pub(super) fn ordered_by_court(&self) -> bool {
        let Some(own) = self.hit.frame.group else { return false };
        let court =
            |at: usize| self.view.words.get(at).is_some_and(|w| self.context.classes.has("court", &w.lemma));
        self.view.clauses.chain(own).skip(1).any(|g| {
            let subject = self.view.clauses.groups.get(g).and_then(|g| g.subject);
            subject.is_some_and(|(start, end)| (start..end).any(court))
        })
    }

    /// "approved a duty on Monday": decided, and not said to be collected, where that is news.
    fn just_decided(&self, date: &EventDate) -> bool {
        let news = date.start().is_none_or(|day| {
            self.context.published.until(day).is_ok_and(|far| far.get_days().abs() <= FRESH)
        });
        let decides = self
            .view
            .words
            .get(self.hit.frame.trigger.0)
            .is_some_and(|w| is!(w.lemma, "approve" | "adopt" | "order" | "endorse" | "ratify" | "pass"));
        decides && news && !self.hit.frame.nominal && !self.hit.frame.participle
    }

    /// "has scrapped the 20% it charged on rice since 2018": told for its end, which has come.
    fn taken_off(&self) -> bool {
        let rises = self.lays_more();
        let Some(own) = self.own_group().filter(|_| rises && !self.hit.frame.nominal) else { return false };
        let opener = own.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        let hangs = own.contact || opener.is_some_and(|w| w.tag == Tag::Rel);
        let main = self.view.clauses.groups.iter().rfind(|g| g.finite && g.head < own.start);
        hangs
            && main.is_some_and(|g| {
                matches!(g.tense, Tense::Past | Tense::Perfect)
                    && !g.negated
                    && g.modal.is_none()
                    && (self.context.classes.has("remove", &g.lemma) || g.lemma == "lift")
                    && g.lemma != "raise"
            })
    }

    fn habitual(&self) -> bool {
        let group = self.own_group();
        group.is_some_and(|g| g.finite && g.modal.is_none() && g.tense == Tense::Present)
    }

    /// "announced a duty", "agreed to cut its duties": said, not yet done.
    fn only_announced(&self) -> bool {
        let word = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        // "a framework under which the tariff falls to 15%".
        // "a pact that lowers the tariff to 15%"
        let by_deal = self.own_group().and_then(|g| g.subject).is_some_and(|(from, to)| {
            let subject = self.view.words.get(from..to).unwrap_or_default();
            subject.iter().any(|w| self.context.classes.has("agreement_noun", &w.lemma))
        });
        let terms = by_deal
            || (0..self.hit.frame.trigger.0)
                .any(|at| word(at) == "whereby" || word(at) == "under" && word(at + 1) == "which");
        if terms && self.habitual() {
            return true;
        }
        let groups = &self.view.clauses.groups;
        let lemma = |g: usize| groups.get(g).map(|g| &g.lemma);
        let said = self.hit.frame.group.is_some_and(|own| {
            let mut above = self.view.clauses.chain(own).skip(1);
            let infinitive = groups.get(own).is_some_and(|g| g.tense == Tense::Infinitive);
            above.any(|g| infinitive && lemma(g).is_some_and(|l| self.context.classes.has("commit", l)))
        });
        // "has reached a deal to slash duties"
        let dealt = self.hit.frame.group.and_then(|g| groups.get(g)).is_some_and(|g| {
            let over = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            g.tense == Tense::Infinitive
                && over.is_some_and(|w| self.context.classes.has("agreement_noun", &w.lemma))
        });
        let words = self.view.words.get(self.hit.frame.trigger.0);
        said || dealt || words.is_some_and(|w| is!(w.lemma, "announce" | "unveil" | "publish"))
    }

    /// The act is threatened rather than merely thought about.
    pub(super) fn threat(&self) -> bool {
        let start = crate::grammar::clause::phrase_start(self.view.words, self.hit.frame.trigger.0);
        if self.hit.frame.nominal && crate::factuality::of_a_threat(self.view, start) {
            return true;
        }
        // "Economists warned that a return of the duty could cost jobs": they threaten nobody.
        let outsider = |g: &crate::grammar::clause::Group| {
            g.lemma == "warn" && g.subject.is_some_and(|s| self.view.who_in(s).all(|w| !w.is("official")))
        };
        let threatens =
            |g: &crate::grammar::clause::Group| is!(g.lemma, "threaten" | "warn" | "vow") && !outsider(g);
        self.hit.frame.group.is_some_and(|g| {
            self.view.clauses.chain(g).filter_map(|g| self.view.clauses.groups.get(g)).any(threatens)
        })
    }
}
