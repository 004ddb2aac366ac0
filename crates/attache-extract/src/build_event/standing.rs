//! How an act stands in its sentence: done, to come, denied, forbidden, called off.

use super::*;

use crate::grammar::lower::is;

/// What the words around an act make of it, before it is asked who takes part.
pub(super) struct Standing<'w> {
    pub(super) stance: Stance,
    /// "will not rise to 25% as planned": a rise that does not come.
    pub(super) called_off: bool,
    /// The modal of the verb that tells the act.
    pub(super) modal: Option<&'w str>,
    /// The rule reads what somebody says: "must" is the message, no doubt of the act.
    pub(super) message: bool,
    /// Told in the question that somebody is asked.
    pub(super) question: bool,
    /// Points back at a contact that was told before.
    pub(super) retells: bool,
}

impl<'b> Builder<'b> {
    /// How the act stands, or why it is not told as one.
    pub(super) fn standing(&self) -> Result<Standing<'b>, Reason> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        let contact = kind == Kind::Engagement;
        let mut stance = self.stance_of_kind()?;
        let own = self.own_group();
        let called_off = self.called_off_rise(&stance);
        if (contact || self.raises()) && self.no_plan() {
            stance.denied = true;
            stance.doubtful = false;
        }
        let modal = (self.hit.frame.group)
            .and_then(|g| self.view.clauses.groups.get(g))
            .and_then(|g| g.modal.as_deref());
        let message = !rule.voice.is_empty();
        let bidden = message && matches!(modal, Some("should" | "must" | "can" | "cannot"));
        // "ruled out any concession": refused, not left unsaid.
        let refusal = rule.mood.contains(&Mood::Not)
            || kind == Kind::Forecast
            || kind == Kind::Statement
                && (rule.learned
                    || own.is_some_and(|g| {
                        !g.negated
                            && is!(g.lemma, "rule" | "reject" | "dismiss" | "deny" | "oppose" | "rebuff")
                    }));
        // "No longer buys frames there": what a firm has given up.
        let ended = matches!(kind, Kind::TariffAction | Kind::BusinessShift) && self.no_longer();
        if stance.negated && !stance.denied && !called_off && !bidden && !refusal && !ended && !rule.general {
            return Err("negated".into());
        }
        Ok(Standing {
            stance,
            called_off,
            modal,
            message,
            question: self.block_kind() == Some(BlockKind::Question),
            retells: contact && self.points_back(),
        })
    }

    /// What surrounds the act, as far as acts of its kind take it otherwise than others.
    fn stance_of_kind(&self) -> Result<Stance, Reason> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        let mut stance = stance(self.view, self.context.classes, &self.hit.frame);
        // "shall not be exported": what is forbidden is no doubt.
        if kind == Kind::Tension && rule.mood == [Mood::Not] && !rule.hypothetical && self.forbidden() {
            (stance.doubtful, stance.negated, stance.future) = (false, false, true);
        }
        // "may come in again", "can once more be sold there": what is allowed again is no doubt.
        if kind == Kind::Tension
            && rule.status == Some(Status::Eased)
            && rule.mood.contains(&Mood::May)
            && self.forbidden()
        {
            (stance.doubtful, stance.negated, stance.future) = (false, false, false);
        }
        if kind == Kind::Engagement {
            stance = self.contact_stance(stance)?;
        }
        // "Said no deal had been signed", "said it had not raised the duty".
        if (kind == Kind::Agreement || kind == Kind::TariffAction && self.told_as_not_done())
            && stance.negated
            && !stance.doubtful
            && !stance.future
            && self.official_speaker(&stance)
        {
            stance.denied = true;
        }
        if self.is_commitment() {
            // "Must buy 12 million tons under the deal": bound to.
            let bound = self.own_group().and_then(|g| g.modal.as_deref()).is_some_and(|m| m == "must");
            if bound && self.in_return() {
                stance.doubtful = false;
                stance.future = true;
            }
            // "The Participants intend to import": how a joint paper lays down what is to be done.
            if self.laid_down() {
                stance.doubtful = false;
            }
        }
        if kind == Kind::BusinessShift && self.underway() {
            stance.doubtful = false;
        }
        // "Withdrew from the pact": a rule whose status is "denied" tells what is no more.
        if rule.status == Some(Status::Denied) {
            if stance.doubtful || stance.negated || stance.future || self.runs_still() {
                return Err("not undone".into());
            }
            stance.denied = true;
        }
        // "Became the first state to sign a pact": signed.
        if matches!(kind, Kind::Agreement | Kind::Tension) && self.ranked() {
            (stance.doubtful, stance.future, stance.past) = (false, false, true);
        }
        Ok(stance)
    }

    /// A duty is laid or raised. "will not lift its tariffs": stays as it is.
    fn raises(&self) -> bool {
        let lifts = self.view.words.get(self.hit.frame.trigger.0).is_some_and(|w| w.lemma == "lift");
        let rise = Act::TariffAction(TariffAction::Increase);
        !lifts && (self.hit.rule.act == rise || self.hit.rule.act == Act::TariffAction(TariffAction::Impose))
    }

    /// "will not rise to 25% as planned": a rise that was to come does not.
    fn called_off_rise(&self, stance: &Stance) -> bool {
        let ahead = self.hit.rule.act == Act::TariffAction(TariffAction::Increase) && stance.future;
        // "is not ready to lift the duties": nothing is called off.
        let ready = self.own_group().is_some_and(|g| {
            g.tense == Tense::Infinitive
                && g.start.checked_sub(1).and_then(|i| self.view.words.get(i)).is_some_and(|w| {
                    is!(w.lower, "ready" | "willing" | "prepared" | "able" | "inclined" | "eager")
                })
        });
        let put_off = || !stance.doubtful && self.held_off();
        self.raises()
            && stance.negated
            && !ready
            && (ahead || self.planned_before() || put_off())
            && !self.limits()
    }

    /// "may not be shipped", "no item shall be sold".
    fn forbidden(&self) -> bool {
        let modal = self.own_group().and_then(|g| g.modal.as_deref());
        modal.is_some_and(|m| matches!(m, "may" | "must" | "shall" | "can" | "cannot"))
    }

    /// "accelerate efforts to relocate": firms that make an effort have begun to shift.
    fn underway(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group else { return false };
        let mut chain = self.view.clauses.chain(own).filter_map(|g| groups.get(g));
        let effort = chain.next().and_then(|g| g.start.checked_sub(1)).and_then(|at| self.view.words.get(at));
        effort.is_some_and(|w| w.lemma == "effort")
            && chain.all(|g| g.modal.is_none() && !g.negated && !g.condition)
    }

    /// "will not go above 45%": a promise of a ceiling, no rise called off.
    fn limits(&self) -> bool {
        let frame = &self.hit.frame;
        (frame.trigger.1..frame.extent.1)
            .any(|i| self.view.words.get(i).is_some_and(|w| is!(w.lower, "above" | "beyond" | "over")))
    }

    /// "The duties planned for December were never imposed".
    fn planned_before(&self) -> bool {
        let planned = |i: usize| {
            self.view
                .words
                .get(i)
                .is_some_and(|w| is!(w.lower, "planned" | "scheduled" | "threatened" | "due" | "announced"))
        };
        let frame = &self.hit.frame;
        !frame.nominal && frame.theme.is_some_and(|(start, end)| (start..end).any(planned))
            || (frame.trigger.1..frame.extent.1).any(|i| {
                planned(i)
                    && i.checked_sub(1).and_then(|b| self.view.words.get(b)).is_some_and(|w| w.lower == "as")
            })
    }

    /// "has no plans to tax rice", "has no intention of ringing him": said not to be coming.
    fn no_plan(&self) -> bool {
        let Some(own) = self.own_group() else { return false };
        let back = |n: usize| own.start.checked_sub(n).and_then(|i| self.view.words.get(i));
        let led = usize::from(back(1).is_some_and(|w| w.lower == "of"));
        back(1 + led).is_some_and(|w| is!(w.lower, "plan" | "plans" | "intention" | "intentions" | "intent"))
            && back(2 + led).is_some_and(|w| w.lower == "no")
    }
}
