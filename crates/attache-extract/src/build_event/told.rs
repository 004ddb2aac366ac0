//! The events of an act that is told: one for each pair of sides and each of several rates, as far as
//! they carry enough to be worth telling.

use super::standing::Standing;
use super::*;

use crate::grammar::lower::is;

/// How many sentences at the head of a text tell its news.
const NEWS: usize = 2;

/// What bears on whether an act of which little is told is worth telling at all.
struct Worth {
    fact: Factuality,
    /// Both sides, whoever pays or an office that orders it are named.
    named: bool,
    /// Who does it is named.
    open: bool,
    /// Who does it.
    does: States,
    /// Another state complains of it.
    complains: bool,
}

impl Builder<'_> {
    /// What is done, as the rule has it and the words around it.
    pub(super) fn act_told(
        &self,
        standing: &Standing<'_>,
        fact: Factuality,
        sides: &[Side],
    ) -> Result<Act, Reason> {
        let rule = self.hit.rule;
        let action = match rule.act {
            Act::TariffAction(action) if rule.same => self.repeated().unwrap_or(Ok(action))?,
            Act::TariffAction(_) if standing.called_off => TariffAction::Suspend,
            Act::TariffAction(action) if self.of_list() => {
                let (action, items) = self.listed_act(action);
                if items.is_empty() {
                    return Err("no rate of its own".into());
                }
                action
            }
            Act::TariffAction(action) => self.tariff_act(action, fact, sides)?,
            Act::Engagement(ref form) => return Ok(Act::Engagement(self.contact_act(form))),
            _ => return Ok(rule.act.clone()),
        };
        Ok(Act::TariffAction(action))
    }

    /// "China shelved 24 points, and Washington did the same": what the sentence tells last before it, else the
    /// sentences before.
    fn repeated(&self) -> Option<Result<TariffAction, Reason>> {
        let at = self.trigger_span().start;
        let measures =
            |d: &&Draft| d.start < at && matches!(d.event.act.kind(), Kind::TariffAction | Kind::Tension);
        match self.told.iter().filter(measures).max_by_key(|d| d.start).map(|d| &d.event.act) {
            Some(Act::TariffAction(action)) => Some(Ok(*action)),
            Some(_) => Some(Err("does the same as to no duty".into())),
            None => self.memory.act(self.index).map(Ok),
        }
    }

    /// The events of the act.
    pub(super) fn told(
        &self,
        standing: &Standing<'_>,
        act: &Act,
        fact: Factuality,
        sides: Vec<Side>,
    ) -> Result<Vec<Draft>, Reason> {
        let kind = self.hit.rule.act.kind();
        let worth = self.worth(&standing.stance, fact, &sides);
        let mut out = self.drafts(standing, act, fact, sides);
        self.once_per_paper(&mut out);
        if kind == Kind::TariffAction {
            out.retain(|d| self.worth_telling(d, &worth));
        }
        // "The United States has put ten firms on its list", opening an answer: the news it is about.
        let news = self.answer().is_some() && self.opens_block() && self.tense() == Some(Tense::Perfect);
        out.retain(|d| !worth.complains || news || d.dated || d.event.effective.is_some());
        let pointer = self.hit.frame.participle && kind == Kind::TariffAction;
        let starts_here = |d: &Draft| {
            let span = d.event.evidence.fields.get("effective").copied();
            span.is_some_and(|span| self.sentence.span.contains(span))
        };
        out.retain(|d| !pointer || d.event.rate.is_some() || d.dated || starts_here(d));
        if out.is_empty() {
            return Err("neither counterpart, rate nor date".into());
        }
        self.day_by_day(&mut out);
        self.respectively(&mut out);
        Ok(out)
    }

    /// One event for each pair of sides and each of several rates.
    fn drafts(&self, standing: &Standing<'_>, act: &Act, fact: Factuality, sides: Vec<Side>) -> Vec<Draft> {
        let kind = self.hit.rule.act.kind();
        let variants = self.tariff_variants(kind);
        let segments = self.segments(&variants);
        let mut out = Vec::with_capacity(variants.len());
        let splits = self.split(kind, sides);
        let several = splits.len() > 1;
        let apiece = if splits.len() == 2 { self.one_rate_each(&splits) } else { None };
        let actor =
            |sides: &[Side]| sides.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country);
        for (place, sides) in splits.into_iter().enumerate() {
            let alone = apiece.as_ref().and_then(|each| each.get(place)).map(std::slice::from_ref);
            for (number, variant) in alone.unwrap_or(&variants).iter().enumerate() {
                let part = Builder { segment: segments.get(number).copied(), share: Vec::new(), ..*self };
                let act = moved(act, &variant.items);
                let own = if variants.len() > 1 { self.those_of(variant, &sides) } else { None };
                // "Both cut duties, the US to 30% and China to 10%": each its own.
                if several && own.as_ref().is_some_and(|own| actor(own) != actor(&sides)) {
                    continue;
                }
                let sides_of = own.as_ref().unwrap_or(&sides);
                let draft = part.draft(&act, fact, &standing.stance, sides_of, variant);
                if self.is_commitment() {
                    out.extend(self.commitments(draft));
                } else if kind == Kind::Engagement {
                    let mut draft = Draft { retells: standing.retells, ..draft };
                    if draft.event.act == Act::Engagement(Engagement::Meeting)
                        && self.sits_for_days(&draft.event)
                    {
                        draft.event.act = Act::Engagement(Engagement::Talks);
                    }
                    out.extend(self.contacts(draft, &sides));
                } else {
                    out.push(draft);
                }
            }
        }
        out
    }

    fn worth(&self, stance: &Stance, fact: Factuality, sides: &[Side]) -> Worth {
        let of = |role: Role| sides.iter().filter(move |s| s.party.role == role);
        let does = distinct(of(Role::Actor).filter_map(|s| s.party.country));
        // An official text tells what its own state is to do without saying to whom.
        let command = self
            .own_group()
            .is_some_and(|g| g.subject.is_none() && g.tense == Tense::Present && g.start == 0);
        let spoken_for = |s: &Side| !s.understood || command && s.party.country == self.context.voice;
        let groups = &self.view.clauses.groups;
        let main = self.hit.frame.group.and_then(|own| groups.iter().take(own + 1).rev().find(|g| g.finite));
        let will = main.and_then(|g| g.modal.as_deref()).is_some_and(|m| matches!(m, "will" | "shall"));
        // "The duties are hereby terminated": done by the words themselves.
        let hereby = self.context.official && self.view.words.iter().any(|w| w.lower == "hereby");
        let firm = self.context.official
            && (stance.future || command || will || hereby)
            && of(Role::Actor).any(|s| spoken_for(s) || hereby);
        let named = does.len() > 1 || firm || of(Role::Recipient).any(|s| !s.understood);
        // "The U.S. side imposed sanctions on our firms", says another state: a complaint, told for no day.
        let teller = stance.speaker.and_then(|range| self.view.who_in(range).find_map(|w| w.country));
        let teller = teller.or(self.view.voice.own.as_deref().and_then(|w| w.country)).or(self.context.voice);
        let complains = self.hit.rule.act.kind() == Kind::Tension
            && fact == Factuality::Reported
            && self.hit.rule.status.is_none()
            && teller.is_some_and(|code| !does.contains(&code));
        let open = of(Role::Actor).any(|s| !s.understood);
        Worth { fact, named, open, does, complains }
    }

    /// A tariff action that carries neither counterpart nor rate nor date is no background worth telling,
    /// unless it says by other means which measure it is.
    fn worth_telling(&self, draft: &Draft, worth: &Worth) -> bool {
        let event = &draft.event;
        let bare = event.rate.is_none()
            && !draft.dated
            && event.effective.is_none()
            && event.expires.is_none()
            && event.duration.is_none();
        if !bare {
            return true;
        }
        // "Should new duties be put on our goods, we will answer."
        let supposed = worth.fact == Factuality::Hypothetical
            && self.own_group().is_some_and(|g| g.condition && g.finite)
            && !self.hit.frame.nominal;
        if supposed {
            return false;
        }
        // "China's list covers 106 products": how many tells which.
        let counted = || event.scope.as_deref().is_some_and(|s| s.contains(|c: char| c.is_ascii_digit()));
        // "scrapped its retaliatory duties": those on whom they answered.
        let answer = || self.theme_words().any(|w| is!(w.lower, "retaliatory" | "counter-tariffs"));
        // "is considering higher duties on Asian cars": a plan of its own, for goods that are named.
        let plans = || {
            self.hit.rule.hypothetical
                && worth.fact == Factuality::Hypothetical
                && event.scope.is_some()
                && worth.open
                && self.own_group().is_some_and(|g| g.finite && g.modal.is_none())
        };
        // "Washington put it off for 90 days, and Beijing did the same."
        let again = || self.hit.rule.same && self.repeated().is_some();
        worth.named
            || worth.fact == Factuality::Denied && worth.open && event.scope.is_some()
            || draft.states() > 1 && (counted() || answer() || again())
            || self.opens_the_news(event, worth)
            || self.of_known_layer()
            || plans()
            || self.lets_in(event, worth)
            || event.act == Act::TariffAction(TariffAction::Exclude) && self.lets_off(draft, worth)
    }

    /// "Delhi has done away with its duty on coal", at the head of a text: the news it tells needs no more.
    fn opens_the_news(&self, event: &Event, worth: &Worth) -> bool {
        let headed = self.index < NEWS && self.context.on_trade && !self.context.genre.history;
        let own = self.own_group().is_some_and(|g| {
            let told = matches!(g.tense, Tense::Past | Tense::Perfect | Tense::Present) && g.modal.is_none();
            g.finite && told && !g.passive && !g.condition && g.governor.is_none()
        });
        headed && own && worth.open && worth.fact == Factuality::Asserted && event.scope.is_some()
    }

    fn theme_words(&self) -> impl Iterator<Item = &Word> {
        let (start, end) = self.hit.frame.theme.unwrap_or((0, 0));
        self.view.words.get(start..end).unwrap_or_default().iter()
    }

    /// What the verb acts on, in a plain clause, is of a class.
    fn theme_of(&self, class: &str) -> bool {
        self.hit.frame.theme.filter(|_| !self.hit.frame.nominal).is_some_and(|theme| {
            let phrases = self.context.classes.get(class).unwrap_or_default();
            self.view.has(theme, phrases)
        })
    }

    /// "revoked the fentanyl duties": a layer known by its name.
    fn of_known_layer(&self) -> bool {
        self.eases()
            && self.own_group().is_some_and(|g| g.finite && !g.passive && !g.condition)
            && !self.conditional()
            && self.theme_of("layer")
    }

    /// "did away with the duty-free allowance for parcels"
    fn lets_in(&self, event: &Event, worth: &Worth) -> bool {
        event.act == Act::TariffAction(TariffAction::Impose)
            && worth.fact == Factuality::Asserted
            && worth.open
            && self.theme_of("exemption")
    }

    /// An exclusion from a duty that was told before, or by a paper.
    fn lets_off(&self, draft: &Draft, worth: &Worth) -> bool {
        if draft.event.scope.is_none() {
            return false;
        }
        // "signed an order exempting bananas from his duties"
        let ordered = (self.view.words.iter())
            .any(|w| is!(w.lower, "order" | "proclamation" | "decree" | "notice" | "announced"));
        // "Blades of glass are exempt from the duty": from that told right before.
        let spared = || self.spared_measure(worth.does.first().copied()).is_some();
        // "…, though it let off the makers that keep to a price": from the duty told right before.
        let freed = || {
            worth.fact != Factuality::Hypothetical
                && draft.states() > 1
                && self.memory.act(self.index).is_some()
                && self.own_group().is_some_and(|g| {
                    let measures = self.context.classes.get("tariff").unwrap_or_default();
                    let active = !g.passive || self.view.has(self.hit.frame.extent, measures);
                    g.finite && active && !g.condition && !self.hit.frame.nominal
                })
        };
        ordered || spared() || freed()
    }
}

/// A duty that goes from one rate to another rises or falls, whatever the verb.
fn moved(act: &Act, items: &[Percentage]) -> Act {
    let of = |part: Part| items.iter().find(|i| i.part == part).map(|i| i.value.ten_thousandths());
    match (act, of(Part::From), of(Part::To)) {
        (
            Act::TariffAction(TariffAction::Impose | TariffAction::Increase | TariffAction::Reduce),
            Some(from),
            Some(to),
        ) if from != to => {
            Act::TariffAction(if from < to { TariffAction::Increase } else { TariffAction::Reduce })
        }
        // "The duty drops from 25% to 15%": it goes no further.
        (Act::TariffAction(TariffAction::Remove), Some(from), Some(to)) if 0 < to && to < from => {
            Act::TariffAction(TariffAction::Reduce)
        }
        // "dropped its duty to 10%"
        (Act::TariffAction(TariffAction::Remove), None, Some(to)) if 0 < to => {
            Act::TariffAction(TariffAction::Reduce)
        }
        _ => act.clone(),
    }
}
