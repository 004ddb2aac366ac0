//! Which tariff act a possible one is: a threat, or a mere expectation, which is none.

use super::dating::Dated;
use super::own_time::Bond;
use super::terms::Terms;
use super::*;

use crate::grammar::lower::{Lower, few, is};
use crate::undone;

/// How far its particle may stand from a verb, in words.
const PARTICLE: usize = 10;

/// How far before the verb that allows it a law is named, in words.
const LAW: usize = 8;
/// A duty laid on so many days ago is still news.
const NEWS: i32 = 90;

impl Builder<'_> {
    /// The act as the sentence commits itself to it.
    pub(super) fn tariff_act(
        &self,
        action: TariffAction,
        fact: Factuality,
        parties: &[Side],
    ) -> Result<TariffAction, Reason> {
        let action = self.decreed().unwrap_or_else(|| self.lifted(action));
        // What nobody plans is a duty; what nobody threatened with, a threat.
        let planned = action == TariffAction::Threaten
            && !self.own_group().is_some_and(|g| is!(g.lemma, "threaten" | "warn"));
        if fact == Factuality::Denied && (planned || self.none_in_the_works()) {
            return Ok(TariffAction::Impose);
        }
        // "Barley goes to China": a thing that goes somewhere, no duty that goes to 25%.
        let goes =
            self.view.words.get(self.hit.frame.trigger.0).is_some_and(|w| {
                is!(w.lemma, "go" | "move" | "see" | "come") && matches!(w.tag, Tag::Verb(_))
            });
        let shifts = self.share.iter().any(|i| matches!(i.part, Part::To | Part::From | Part::By));
        if goes
            && !shifts
            && matches!(action, TariffAction::Increase | TariffAction::Reduce)
            && (self.hit.rule.weak || self.bare_go())
        {
            return Err("it goes to no rate".into());
        }
        if self.hit.frame.nominal
            && !matches!(action, TariffAction::Impose | TariffAction::Increase)
            && self.only_promised()
        {
            return Err("promised, not done".into());
        }
        if action == TariffAction::Remove && self.only_threatened() {
            return Ok(TariffAction::Suspend);
        }
        if matches!(action, TariffAction::Increase | TariffAction::Reduce) && self.volume_moves() {
            return Err("something else moves".into());
        }
        let rises = matches!(action, TariffAction::Impose | TariffAction::Increase);
        if rises && self.put_far_off() {
            if fact == Factuality::Hypothetical {
                return Err("its putting off is not told as done".into());
            }
            return Ok(TariffAction::Suspend);
        }
        if rises && self.not_begun() {
            return Err("did not begin".into());
        }
        if rises && fact != Factuality::Hypothetical && self.only_spoken_of() {
            return Err("spoken of, not laid".into());
        }
        // "a cut to 7 percent, announced on Monday": the rate that another act ends at.
        let bare_rate = self.hit.frame.theme.filter(|&(from, to)| {
            to <= from + 3 && self.view.words.get(from).is_some_and(|w| w.tag == Tag::Num)
        });
        let behind_to = bare_rate
            .and_then(|t| t.0.checked_sub(1))
            .is_some_and(|i| self.view.words.get(i).is_some_and(|w| w.lower == "to"));
        if rises && self.hit.frame.participle && behind_to {
            return Err("the rate another act ends at".into());
        }
        if self.hit.frame.theme.is_some_and(|theme| self.about_a_duty(theme)) {
            return Err("told of talk of a duty".into());
        }
        // "India's duty on walnuts is not affected": it stays.
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let stays = |g: &Group| {
            g.passive
                && is!(g.lemma, "affect" | "touch" | "change" | "alter")
                && g.subject.is_some_and(|(from, to)| {
                    let head =
                        (from..to).find(|&i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Prep));
                    self.view.has((from, head.unwrap_or(to)), measures)
                })
        };
        if action == TariffAction::Exclude && !self.hit.frame.nominal && self.own_group().is_some_and(stays) {
            return Err("the duty stays as it is".into());
        }
        // "Oslo declined, and the duty stays"
        if !self.hit.frame.nominal
            && self.own_group().is_some_and(|g| g.lemma == "decline" && g.theme.is_some())
        {
            return Err("turned down".into());
        }
        if self.bidden_to_be() {
            return Err("asked for, not done".into());
        }
        if rises && self.hit.frame.nominal && (self.paid_by_nobody() || self.over()) {
            return Err("of no duty that anybody pays".into());
        }
        if rises && self.never_came() {
            return Err("was to be laid, and was not".into());
        }
        if rises && self.held_ready() {
            return Err("held ready, not laid".into());
        }
        if rises && self.stopped_since() {
            return Err("its verb says that it is no more".into());
        }
        if rises && self.auxiliary() {
            return Err("the verb it helps tells what becomes of it".into());
        }
        if rises && self.fell_short() {
            return Err("all but laid".into());
        }
        if rises && self.refused() {
            return Err("refused, not laid".into());
        }
        if rises && self.price_moves() {
            return Err("a price moves, not the duty".into());
        }
        if rises && self.firm_charges() {
            return Err("a firm charges it, no state".into());
        }
        // "Brazil, which lowered its duty, is now back at 27%": what it charges, not what it pays.
        let own_rate = |s: &Side| {
            s.party.role == Role::Recipient
                && self.hit.rule.weak
                && self.told.iter().any(|d| {
                    d.sentence == self.index
                        && matches!(d.event.act, Act::TariffAction(_))
                        && d.event.actor() == s.party.country
                })
        };
        if rises
            && !self.hit.frame.nominal
            && self.hit.rule.agent == ["state"]
            && parties.iter().any(own_rate)
        {
            return Err("it charges the rate itself".into());
        }
        if rises && self.hit.frame.nominal && self.borne(parties) {
            return Err("who bears it did not impose it".into());
        }
        if rises && self.hit.frame.nominal {
            let words = self.view.words;
            let start = crate::grammar::clause::phrase_start(words, self.hit.frame.trigger.0);
            let lower =
                |n: usize| start.checked_sub(n).and_then(|i| words.get(i)).map_or("", |w| w.lower.as_str());
            if lower(1) == "for" && matches!(lower(2), "deadline" | "date" | "timetable" | "schedule") {
                return Err("only its date is told".into());
            }
        }
        // "The exclusions were set to expire": until something else was decided.
        let words = self.view.words;
        let head = |n: usize| self.hit.frame.trigger.0.checked_sub(n).and_then(|i| words.get(i));
        let meant = head(1).is_some_and(|w| w.lower == "to")
            && head(2).is_some_and(|w| is!(w.lower, "set" | "due" | "scheduled"))
            && head(3).is_some_and(|w| is!(w.lower, "was" | "were" | "been"));
        if rises
            && meant
            && words.get(self.hit.frame.trigger.0).is_some_and(|w| is!(w.lemma, "expire" | "lapse" | "run"))
        {
            return Err("meant to end at first".into());
        }
        // "duties that were set to take effect": meant to, not laid on anybody.
        let scheduled = rises
            && !self.hit.frame.nominal
            && words.get(self.hit.frame.trigger.0).is_some_and(|w| w.lower == "set")
            && words.get(self.hit.frame.trigger.1).is_some_and(|w| w.tag == Tag::To)
            && words
                .get(self.hit.frame.trigger.1 + 1)
                .is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have));
        if scheduled {
            return Err("meant for a day to come".into());
        }
        if rises && self.share.is_empty() && self.only_means() {
            return Err("the means of something else".into());
        }
        if rises && self.law_allows() {
            return Err("what a law allows".into());
        }
        if self.under("empower") && !self.authorised() && !self.let_go() {
            return Err("the law allows it, nobody does it".into());
        }
        // "will no longer be suspended": they come back.
        // "are no longer subject to the duty": the rule has it that they are not.
        let not = self.hit.rule.mood.contains(&Mood::Not);
        if matches!(action, TariffAction::Suspend | TariffAction::Exclude) && !not && self.no_longer() {
            return Ok(TariffAction::Impose);
        }
        if rises && self.was_due_itself() {
            return Err("was due, and may not have come".into());
        }
        if rises && fact != Factuality::Hypothetical {
            let rise = self.hit.frame.nominal && !self.hit.rule.weak && !self.named_by_measure();
            if self.under("forgo") || self.put_off() || self.held_off() || rise && self.under("suspend") {
                return Ok(TariffAction::Suspend);
            }
            if self.compares() {
                return Err("how it stands to an earlier rate".into());
            }
            let refuses = self.hit.rule.mood.contains(&Mood::Not);
            if !refuses && (self.under("stop") || self.no_longer() || self.no_longer_paid()) {
                return Ok(TariffAction::Remove);
            }
        }
        if rises
            && self.hit.rule.weak
            && ["suspend", "remove", "reduce", "exempt"].iter().any(|class| self.under(class))
        {
            let modal = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g)?.modal.as_deref());
            // "Oslo's duty would fall to 15% under a deal"
            let lower = fact == Factuality::Hypothetical
                && self.under("reduce")
                && self.share.iter().any(|i| i.part == Part::To)
                && modal.is_some_and(|m| matches!(m, "would" | "could" | "may" | "might"));
            return if lower { Ok(TariffAction::Reduce) } else { Err("its verb says it goes".into()) };
        }
        if action == TariffAction::Impose && self.hit.rule.weak && self.moved_by_its_clause() {
            return Err("its own clause says what becomes of it".into());
        }
        // "cut duty-free imports by 47%": by how much something else moves.
        let moved = !self.share.is_empty() && self.share.iter().all(|i| i.part == Part::By);
        if action == TariffAction::Impose && self.hit.rule.weak && self.hit.frame.nominal && moved {
            return Err("no rate of a duty".into());
        }
        if rises && self.hit.rule.weak && self.under("remove") {
            return Err("its verb says it goes".into());
        }
        if fact != Factuality::Hypothetical || self.hit.rule.hypothetical {
            return Ok(action);
        }
        // "would stop charging the duty under a new offer"
        if rises && self.under("stop") && self.offered() {
            return Ok(TariffAction::Remove);
        }
        let bid = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g)?.modal.as_deref());
        if self.eases() && matches!(bid, Some("should" | "must" | "ought")) {
            return Err("asked for, not done".into());
        }
        if rises && self.at_most() {
            return Err("a ceiling, no threat".into());
        }
        if self.wished_by_another(parties) {
            return Err("wished for or expected, not threatened".into());
        }
        let own = self.own_group();
        if !rises && !self.hit.frame.nominal && own.is_some_and(|g| g.condition) {
            return Err("a condition, no act".into());
        }
        match rises {
            true if self.threat() || self.intended() || self.conditional() => Ok(TariffAction::Threaten),
            true if self.goes_on_with_threat() => Ok(TariffAction::Threaten),
            _ if self.tabled() => Ok(action),
            true if self.spelled_out() => Ok(TariffAction::Threaten),
            true => Err("what may happen is no tariff".into()),
            false if self.only_possible() || !self.offered() => Err("what may happen is no relief".into()),
            false => Ok(action),
        }
    }

    /// "a bill that would raise duties to 50%", "a draft law would abolish the duties".
    fn tabled(&self) -> bool {
        let Some(own) = self.own_group().filter(|_| !self.hit.frame.nominal) else { return false };
        let words = self.view.words;
        let proposed =
            words.iter().take(own.start).any(|w| is!(w.lemma, "bill" | "draft" | "legislation" | "proposal"));
        let modal = own.modal.as_deref().is_some_and(|m| matches!(m, "would" | "could" | "may" | "might"));
        proposed && modal && !own.condition
    }

    /// "The duty would be 12.5%": a measure in prospect with its rate, told by nobody who only reckons.
    fn spelled_out(&self) -> bool {
        let reckons = |w: &Word| {
            is!(
                w.lemma,
                "analysis"
                    | "analyst"
                    | "economist"
                    | "estimate"
                    | "forecast"
                    | "gdp"
                    | "growth"
                    | "model"
                    | "researcher"
                    | "scenario"
                    | "simulation"
                    | "strategist"
                    | "study"
                    | "think-tank"
                    | "trader"
            )
        };
        !self.share.is_empty()
            && !self.own_group().is_some_and(|g| g.condition)
            && !self.view.words.iter().any(reckons)
    }

    /// "It could climb to 15% a year later", right behind a threat by the same side.
    fn goes_on_with_threat(&self) -> bool {
        let own = self.own_group();
        let modal = own.and_then(|g| g.modal.as_deref());
        let possible = modal.is_some_and(|m| matches!(m, "would" | "could" | "may" | "might" | "can"));
        let told = self.memory.act(self.index) == Some(TariffAction::Threaten);
        possible && told && !self.share.is_empty() && !own.is_some_and(|g| g.condition)
    }

    /// A duty that is lifted "to 25%" rises; one that is lifted goes.
    fn lifted(&self, action: TariffAction) -> TariffAction {
        let lift = self.view.words.get(self.hit.frame.trigger.0).is_some_and(|w| w.lemma == "lift");
        let moves = self.share.iter().any(|i| matches!(i.part, Part::To | Part::By | Part::From));
        // "moved its tariffs on steel down by 20 points": the particle behind the object.
        let behind = self.view.words.get(self.hit.frame.trigger.0 + 1..).unwrap_or_default().iter();
        let open = |w: &&Word| !matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal | Tag::Punct);
        let down = behind.take(PARTICLE).take_while(open).any(|w| w.lower == "down");
        let drop = self.view.words.get(self.hit.frame.trigger.0).is_some_and(|w| w.lemma == "drop");
        let done = self.own_group();
        let verb = self.view.words.get(self.hit.frame.trigger.0).map(|w| &w.lemma);
        let of = |class: &str| verb.is_some_and(|lemma| self.context.classes.has(class, lemma));
        match action {
            // "It was lifted on May 3."
            TariffAction::Reduce if lift && !moves => TariffAction::Remove,
            // "The rate will go up to 50%."
            TariffAction::Reduce if of("raise") && !of("reduce") && !down => TariffAction::Increase,
            // "dropped the 10% duty": it goes; a duty that "dropped to 10%" falls.
            TariffAction::Reduce
                if drop && !moves && done.is_some_and(|g| g.theme.is_some() || g.passive) =>
            {
                TariffAction::Remove
            }
            TariffAction::Increase if down || self.on_offer() => TariffAction::Reduce,
            TariffAction::Increase | TariffAction::Remove if lift && moves => TariffAction::Increase,
            TariffAction::Increase if lift => TariffAction::Remove,
            _ => action,
        }
    }

    /// "a hearing on", "talks on Monday about": where the noun of what is about something stands before such a word.
    fn talk_before(&self, on: usize) -> Option<usize> {
        let words = self.view.words;
        let dated = |w: &Word| w.time || w.tag == Tag::Prep;
        let at = (0..on).rev().find(|&i| words.get(i).is_none_or(|w| !dated(w)))?;
        words.get(at).filter(|w| {
            is!(
                w.lower,
                "talks"
                    | "negotiations"
                    | "discussions"
                    | "consultations"
                    | "dispute"
                    | "row"
                    | "quarrel"
                    | "spat"
                    | "debate"
                    | "uncertainty"
                    | "hearing"
                    | "hearings"
                    | "case"
                    | "standoff"
            )
        })?;
        Some(at)
    }

    /// "set July 8 for a hearing on the duties": whether a time at `start` is that of what is about the duty.
    pub(super) fn of_talk_about_it(&self, start: usize) -> bool {
        let noun = crate::grammar::clause::phrase_start(self.view.words, self.hit.frame.trigger.0);
        let on = noun.checked_sub(1).filter(|&i| matches!(self.word(i), "on" | "over" | "about" | "into"));
        self.hit.frame.nominal && start < noun && on.and_then(|on| self.talk_before(on)).is_some()
    }

    /// "Talks on the duty ended", "the dispute over the duty was suspended": of what is about a duty.
    fn about_a_duty(&self, (from, to): Range) -> bool {
        let to = self
            .own_group()
            .filter(|g| !self.hit.frame.nominal && g.head < from)
            .map_or(to, |g| g.extent.1.max(to));
        let words = self.view.words;
        // "a hearing on 12 May on the duties"
        let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
        let on = (from..to).find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep) && !timed(i + 1));
        let Some(on) = on.filter(|&i| {
            is!(words.get(i).map_or(WordId::NONE, |w| w.lower.id()), "on" | "over" | "about" | "into")
        }) else {
            return false;
        };
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        self.talk_before(on).is_some_and(|at| at >= from) && self.view.has((on, to), measures)
    }

    /// "asked that the exemption be ended": a bare "be" behind what somebody asks for.
    fn bidden_to_be(&self) -> bool {
        let words = self.view.words;
        let Some(group) = self.own_group().filter(|g| g.passive && !self.hit.frame.nominal) else {
            return false;
        };
        let back = |count: usize| group.head.checked_sub(count).and_then(|i| words.get(i));
        let bare = back(1).is_some_and(|w| w.lower == "be")
            && back(2).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Num | Tag::Verb(_)));
        let asks = |g: &Group| {
            g.head < group.head
                && is!(
                    g.lemma,
                    "ask"
                        | "demand"
                        | "urge"
                        | "request"
                        | "recommend"
                        | "propose"
                        | "suggest"
                        | "insist"
                        | "plead"
                        | "petition"
                        | "require"
                )
        };
        bare && self.view.clauses.groups.iter().any(asks)
    }

    /// "a 5% duty nobody pays is worth more": any such duty.
    fn paid_by_nobody(&self) -> bool {
        let at = self.hit.frame.trigger.1;
        let word = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let that = at + usize::from(is!(word(at), "that" | "which"));
        is!(word(that), "nobody" | "everybody" | "everyone")
            || is!(word(that), "no") && is!(word(that + 1), "one")
    }

    /// "the 25% penalty is gone too", "a 10% tariff goes at the end of June": told for its end.
    fn over(&self) -> bool {
        let (words, trigger) = (self.view.words, self.hit.frame.trigger);
        self.view.clauses.groups.iter().any(|g| {
            let next = words.get(g.head + 1);
            let ends = match g.lemma.as_str() {
                "be" => next.is_some_and(|w| is!(w.lower, "gone" | "dead" | "history" | "over" | "void")),
                "go" => next.is_none_or(|w| {
                    let timed = words.get(g.head + 2).is_some_and(|w| w.time)
                        || words.get(g.head + 3).is_some_and(|w| w.time);
                    w.time
                        || is!(w.lower, "." | ";" | "," | "altogether")
                        || is!(w.lower, "at" | "on" | "in" | "by") && timed
                }),
                // "was struck down by the court"
                "strike" => g.passive && next.is_some_and(|w| w.lower == "down"),
                "void" | "invalidate" | "annul" | "overturn" | "quash" | "nullify" => g.passive,
                _ => false,
            };
            ends && g.finite
                && !g.negated
                && g.head >= trigger.1
                && g.subject.is_some_and(|s| s.0 <= trigger.0 && trigger.0 < s.1)
        })
    }

    /// "the 24% rate that applied since May is no longer in effect": what a clause tells of it is over.
    fn stopped_since(&self) -> bool {
        let (words, trigger) = (self.view.words, self.hit.frame.trigger);
        let longer = |g: &Group| {
            words.get(g.head + 1).is_some_and(|w| w.lower == "no")
                && words.get(g.head + 2).is_some_and(|w| w.lower == "longer")
        };
        self.view.clauses.groups.iter().any(|g| {
            g.lemma == "be"
                && g.head > trigger.0
                && longer(g)
                && g.subject.is_some_and(|s| s.0 <= trigger.0 && g.start.saturating_sub(trigger.1) < LAW)
        })
    }

    /// "The decree raising the duty takes effect": what the paper does, not another duty.
    fn decreed(&self) -> Option<TariffAction> {
        decreed(self.view, self.context.classes, self.hit)
    }

    /// "promised her guest a tariff cut": a word, no act.
    fn only_promised(&self) -> bool {
        let governor = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
        governor.is_some_and(|g| is!(g.lemma, "promise" | "dangle"))
    }

    /// "The duty that she had threatened was dropped": what goes was never laid on.
    fn only_threatened(&self) -> bool {
        let words = self.view.words;
        let Some((from, to)) = self.hit.frame.theme else { return false };
        let meant = |i: usize| {
            words.get(i).is_some_and(|w| is!(w.lower, "threatened" | "planned" | "proposed" | "mooted"))
                // "the duty due on May 2"
                || words.get(i).is_some_and(|w| is!(w.lower, "due" | "scheduled"))
                    && (i + 1..i + 3).any(|at| words.get(at).is_some_and(|w| w.time && !is!(w.lower, "on" | "from")))
        };
        let relative = self.view.clauses.groups.iter().any(|g| {
            is!(g.lemma, "threaten" | "plan" | "propose")
                && !g.passive
                && g.theme.is_some_and(|(start, end)| start < to && from < end)
        });
        (from..to).any(meant) || relative
    }

    /// "intends to charge no more than 15% on boats": a promise of a ceiling.
    fn at_most(&self) -> bool {
        let words = self.view.words;
        let from = self.hit.frame.trigger.1;
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        (from..from + 4).any(|i| {
            lower(i) == "no" && matches!(lower(i + 1), "more" | "higher") && lower(i + 2) == "than"
                || lower(i) == "at" && lower(i + 1) == "most"
        })
    }

    /// "offered to bring its 10% duty closer to theirs": nobody offers to raise one.
    fn on_offer(&self) -> bool {
        self.hit.frame.group.is_some_and(|own| self.view.clauses.above(own).any(|g| g.lemma == "offer"))
    }

    /// "will raise the duty if no deal is reached": a threat, however firm its verb.
    pub(super) fn threatened_if(&self, action: TariffAction, stance: &Stance) -> bool {
        let rises = matches!(action, TariffAction::Impose | TariffAction::Increase);
        let (_, end) = self.hit.frame.trigger;
        let words = self.view.words;
        let condition = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "if" | "unless"));
        let asks = |i: usize| {
            words.get(i + 1).is_some_and(|w| {
                is!(
                    w.lower,
                    "any"
                        | "necessary"
                        | "applicable"
                        | "revoked"
                        | "superseded"
                        | "amended"
                        | "extended"
                        | "renewed"
                        | "withdrawn"
                        | "otherwise"
                        | "sooner"
                        | "earlier"
                )
            })
        };
        // "is ready to retaliate with duties"
        let open = self.own_group().is_some_and(|g| {
            let before = g.start.checked_sub(1).and_then(|i| words.get(i));
            g.tense == Tense::Infinitive
                && before.is_some_and(|w| self.context.classes.has("open_adjective", &w.lower))
        });
        if rises && open {
            return true;
        }
        rises && stance.future && !stance.past && (end..words.len()).any(|i| condition(i) && !asks(i))
    }

    /// "Trump has authorised a doubling of the duties": he who can has decided it.
    fn authorised(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group else { return false };
        self.view.clauses.chain(own).filter_map(|g| groups.get(g)).any(|g| {
            let past = matches!(g.tense, Tense::Past | Tense::Perfect) && g.modal.is_none() && !g.passive;
            let ruler = g.subject.is_some_and(|s| {
                self.view
                    .who_in(s)
                    .any(|w| w.country.is_some() && matches!(w.kind, WhoKind::Person | WhoKind::State))
            });
            past && ruler && is!(g.lemma, "authorise" | "authorize")
        })
    }

    /// "We have put up tariffs to answer that": what they are for.
    pub(super) fn for_a_purpose(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let Some(own) = self.hit.frame.group.filter(|_| !self.hit.frame.nominal) else { return false };
        let above = groups.get(own).filter(|g| g.tense == Tense::Infinitive).and_then(|g| g.governor);
        above.and_then(|g| groups.get(g)).is_some_and(|g| {
            matches!(g.tense, Tense::Past | Tense::Perfect)
                && (self.context.classes.has("impose", &g.lemma) || is!(g.lemma, "put" | "use" | "place"))
                && g.theme.is_some_and(|theme| self.view.has(theme, measures))
        })
    }

    /// "Pipes are exempt from the duty": of those whom the duty told before hits, and of nobody else.
    pub(super) fn hit_by_the_duty(&self, parties: &mut Vec<Side>) {
        let by = |parties: &[Side], role| {
            parties.iter().find(|s| s.party.role == role).and_then(|s| s.party.country)
        };
        // "Kenya doubled its duty on Indian sugar. A quota for mills in Mombasa is spared": it is Kenya's duty.
        let (actor, payer) = (by(parties, Role::Actor), by(parties, Role::Recipient));
        if payer.is_some()
            && payer == self.memory.laid_by(self.index)
            && payer.is_some_and(|code| {
                self.memory.recipients(self.index, code).iter().any(|c| Some(*c) == actor)
            })
        {
            for side in parties.iter_mut() {
                side.party.role = match side.party.role {
                    Role::Actor => Role::Recipient,
                    Role::Recipient => Role::Actor,
                    role => role,
                };
            }
            parties.sort_by_key(|s| s.party.role != Role::Actor);
        }
        let actor = by(parties, Role::Actor);
        let Some(laid) = self.spared_measure(actor) else { return };
        parties.retain(|s| {
            s.party.role != Role::Recipient || !s.understood || s.party.country == laid.recipient
        });
    }

    /// What stands outside a duty told before does so from the day of the duty on.
    pub(super) fn with_the_duty(&self, act: &Act, sides: &[Side], told: Dated, terms: &mut Terms) -> Dated {
        let exempts = *act == Act::TariffAction(TariffAction::Exclude);
        let actor = sides.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country);
        let Some(laid) = self.spared_measure(actor).filter(|_| exempts && !told.own) else { return told };
        if let (None, Some((start, span))) = (terms.effective, laid.start) {
            (terms.effective, terms.effective_span) = (Some(start), span);
            terms.told_elsewhere = true;
        }
        match laid.day {
            Some((date, span)) => Dated { date, span, own: true },
            None => told,
        }
    }

    /// The duty of the news that goods are spared from: the one told before, by the same side.
    pub(super) fn spared_measure(&self, actor: Option<StateCode>) -> Option<crate::memory::Told> {
        let laid = self.memory.laid_on(self.index, actor)?;
        let (date, _) = laid.day?;
        let old = self.context.published.since(date.end()?).ok()?;
        let stands =
            self.own_group().is_some_and(|g| g.finite && g.modal.is_none() && g.tense == Tense::Present);
        (stands && old.get_days() <= NEWS).then_some(laid)
    }

    /// "By imposing tariffs, the president makes trade fair": praise for what was done before.
    fn only_means(&self) -> bool {
        let words = self.view.words;
        self.own_group().filter(|g| g.tense == Tense::Gerund && !self.hit.frame.nominal).is_some_and(|g| {
            let before = g.start.checked_sub(1).filter(|&i| i <= 1).and_then(|i| words.get(i));
            let dated = self.times.iter().any(|t| self.bond(t.span) == Some(Bond::Own));
            before.is_some_and(|w| w.lower == "by") && !dated
        })
    }

    /// "Section 122 authorizes the President to impose a duty of up to 15 percent": nobody does.
    fn law_allows(&self) -> bool {
        if !self.may_say(few!["section", "act", "law", "statute", "code", "provision"]) {
            return false;
        }
        let words = self.view.words.get(..self.hit.frame.trigger.0).unwrap_or_default();
        let empowers = self.context.classes.get("empower").unwrap_or_default();
        let verb = words.iter().rposition(|w| empowers.has_word(&w.lemma));
        let law = |w: &Word| is!(w.lower, "section" | "act" | "law" | "statute" | "code" | "provision");
        verb.is_some_and(|at| {
            let from = at.saturating_sub(LAW);
            words.get(from..at).unwrap_or_default().iter().any(law)
        })
    }

    /// "delayed implementing a 50% tariff": what is told is the delay.
    fn put_off(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.and_then(|own| Some((own, groups.get(own)?)));
        own.filter(|(_, g)| g.tense == Tense::Gerund).is_some_and(|(own, gerund)| {
            let before = own.checked_sub(1).and_then(|at| groups.get(at));
            before.is_some_and(|g| {
                let pauses = self.context.classes.has("suspend", &g.lemma) && g.lemma != "hold";
                pauses && g.head + 1 == gerund.start && g.theme.is_none()
            })
        })
    }

    /// Whether the noun of the act is the measure itself, which a pause leaves standing.
    fn named_by_measure(&self) -> bool {
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        (self.hit.frame.trigger.0..self.hit.frame.trigger.1).any(|i| measures.at(self.view.words, i))
    }

    /// "a break of 90 days on imposing duties", "will hold off for a month on raising them", "held off collecting them".
    pub(super) fn held_off(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let words = self.view.words;
        let Some(own) = self.hit.frame.group.filter(|_| !self.hit.frame.nominal) else { return false };
        let Some(gerund) = groups.get(own).filter(|g| g.tense == Tense::Gerund) else { return false };
        let led = gerund
            .start
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| is!(w.lower, "on" | "in" | "before" | "from" | "of" | "off"));
        let floor = own.checked_sub(1).and_then(|at| groups.get(at)).map_or(0, |g| g.start);
        let paused = |i: usize| {
            words.get(i).is_some_and(|w| {
                self.context.classes.has("sequel_pause", &w.lower)
                    || is!(w.lower, "break" | "grace")
                    || w.lower == "off" && i > 0 && words.get(i - 1).is_some_and(|w| w.lemma == "hold")
            })
        };
        led && (floor..gerund.start).any(paused)
    }

    /// "The duties on farm goods go": away, not up.
    fn bare_go(&self) -> bool {
        let (from, to) = self.hit.frame.trigger;
        let way = self.view.words.get(to).is_some_and(|w| is!(w.lower, "up" | "down"));
        to == from + 1 && !way && self.view.words.get(from).is_some_and(|w| w.lemma == "go")
    }

    /// Whether a verb above the act is of the class: "stopped collecting", "refrained from imposing".
    fn under(&self, class: &str) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group else { return false };
        // "has ceased imposing the one but imposed the other": a finite verb stands on its own.
        if !self.hit.frame.nominal && groups.get(own).is_some_and(|g| g.finite) {
            return false;
        }
        let members = self.context.classes.get(class).unwrap_or_default();
        let chain = self.view.clauses.chain(own);
        // A gerund behind a preposition hangs on the verb before it.
        let led = |at: usize| {
            at.checked_sub(1)
                .and_then(|i| self.view.words.get(i))
                .is_some_and(|w| is!(w.lower, "of" | "from" | "to" | "on" | "against" | "about" | "in"))
        };
        let behind = |g: &&crate::grammar::clause::Group| g.tense == Tense::Gerund && led(g.start);
        let before = groups.get(own).filter(behind).and_then(|_| own.checked_sub(1));
        let skip = usize::from(!self.hit.frame.nominal);
        chain
            .skip(skip)
            .chain(before)
            .filter_map(|g| groups.get(g))
            .filter(|g| !crate::undone::persists(self.view, g))
            // "Member states backed the duties" are behind them.
            .filter(|g| {
                let next = self.view.words.get(g.head + 1).map_or("", |w| w.lower.as_str());
                g.lemma != "back" || matches!(next, "away" | "off" | "down" | "out")
            })
            .any(|g| self.view.has((g.head, g.head + 1), members))
    }

    /// "The 50% tariff took effect, doubling the earlier 25% duty": no second rise.
    fn compares(&self) -> bool {
        let gerund = self.own_group();
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let of_tariff = gerund.is_some_and(|g| {
            g.tense == Tense::Gerund && g.subject.is_some_and(|subject| self.view.has(subject, measures))
        });
        let old = self.hit.frame.theme.is_some_and(|(start, end)| {
            (start..end).any(|i| {
                self.view.words.get(i).is_some_and(|w| {
                    is!(
                        w.lower,
                        "earlier"
                            | "previous"
                            | "existing"
                            | "prior"
                            | "current"
                            | "old"
                            | "original"
                            | "initial"
                    )
                })
            })
        });
        of_tariff && old && !self.hit.frame.nominal
    }

    /// "duties that were set to take effect": a plan of then.
    fn was_due_itself(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group.filter(|_| !self.hit.frame.nominal) else { return false };
        let above = self.view.clauses.chain(own).nth(1).and_then(|g| groups.get(g));
        let planned =
            |lemma: &str| matches!(lemma, "set" | "schedule" | "slate" | "plan" | "suppose" | "expect");
        let due = |g: &crate::grammar::clause::Group| {
            let opener = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            let next = self.view.words.get(g.head + 1);
            // "duties which were to begin on Wednesday"
            let meant = next.is_some_and(|w| w.tag == Tag::To) && opener.is_some_and(|w| w.tag == Tag::Rel);
            g.lemma == "be" && (meant || next.is_some_and(|w| w.lower == "due"))
        };
        groups.get(own).is_some_and(|g| g.tense == Tense::Infinitive)
            && above.is_some_and(|g| {
                matches!(g.tense, Tense::Past | Tense::Perfect) && (g.passive && planned(&g.lemma) || due(g))
            })
    }

    /// "no longer have to pay the duties imposed by Canada".
    fn no_longer_paid(&self) -> bool {
        let frame = &self.hit.frame;
        let word = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        frame.participle
            && (1..frame.trigger.0).any(|i| word(i) == "longer" && word(i - 1) == "no")
            && self
                .view
                .clauses
                .groups
                .iter()
                .any(|g| g.head < frame.trigger.0 && is!(g.lemma, "pay" | "face" | "owe" | "bear"))
    }

    /// "Lima would answer a 5% duty in kind", "Peru, whose copper faces a 5% duty", "won an exemption from
    /// the 5% duty": read as if whoever bears the duty had imposed it.
    fn borne(&self, parties: &[Side]) -> bool {
        let words = self.view.words;
        let start = crate::grammar::clause::phrase_start(words, self.hit.frame.trigger.0);
        let actor = parties.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country);
        // Whoever is named last before the verb; "American importers pay" what America imposes.
        let does = |g: &Group| {
            let limit = words.get(g.start).map_or(0, |w| w.span.start);
            let last = self.view.who.iter().rfind(|w| w.country.is_some() && w.span.end <= limit);
            let itself = |w: &&Who| matches!(w.kind, WhoKind::State | WhoKind::Person | WhoKind::Body);
            last.filter(itself).and_then(|w| w.country)
        };
        let last = self.view.clauses.groups.iter().rev().find(|g| g.head < start);
        let word = |count: usize| start.checked_sub(count).and_then(|i| words.get(i));
        let relief = word(1).is_some_and(|w| w.lower == "from")
            && word(2)
                .is_some_and(|w| is!(w.lemma, "exemption" | "relief" | "reprieve" | "waiver" | "exclusion"));
        last.filter(|g| actor.is_some() && does(g) == actor).is_some_and(|g| {
            let direct = g.head + 1 >= start && !g.passive;
            // "came away from the talks with a tariff of 19%"
            let brings_home = word(1).is_some_and(|w| w.lower == "with")
                && !g.passive
                && is!(
                    g.lemma,
                    "come" | "emerge" | "leave" | "walk" | "fly" | "return" | "go" | "escape" | "end"
                );
            // "agreed to a tariff of 19%", of which nothing says on whose goods
            let accepts = word(1).is_some_and(|w| w.lower == "to")
                && is!(g.lemma, "agree" | "submit" | "consent")
                && parties.iter().all(|s| s.party.role != Role::Recipient || s.understood);
            brings_home
                || accepts
                || direct
                    && is!(g.lemma, "answer" | "face" | "pay" | "suffer" | "endure" | "incur" | "protest")
                || relief && is!(g.lemma, "win" | "secure" | "get" | "obtain" | "gain" | "seek" | "receive")
        })
    }

    /// "Peru's exports, hit by a 15% duty, fell 10%": not the duty.
    fn volume_moves(&self) -> bool {
        let Some(own) = self.own_group().filter(|g| g.finite && !g.passive && !self.hit.frame.nominal) else {
            return false;
        };
        let (from, to) = own.subject.unwrap_or_default();
        let subject = self.view.words.get(from..to).unwrap_or_default();
        let head = || subject.iter().take_while(|w| w.tag != Tag::Prep && w.lower != ",");
        is!(own.lemma, "fall" | "drop" | "rise" | "climb" | "decline" | "plunge" | "slump" | "jump" | "grow")
            && head()
                .any(|w| is!(w.lower, "exports" | "imports" | "shipments" | "sales" | "orders" | "output"))
            && !head().any(|w| is!(w.lemma, "tariff" | "duty" | "levy" | "rate"))
    }

    /// "will no longer collect".
    pub(super) fn no_longer(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let group = self.hit.frame.group.and_then(|g| groups.get(g));
        group.is_some_and(|g| {
            (g.start.saturating_sub(2)..g.head).any(|i| {
                self.view.words.get(i).is_some_and(|w| w.lower == "longer")
                    && i.checked_sub(1).and_then(|b| self.view.words.get(b)).is_some_and(|w| w.lower == "no")
            })
        })
    }

    /// "China urged Washington to lift its duties", "analysts expect …".
    fn wished_by_another(&self, parties: &[Side]) -> bool {
        let groups = &self.view.clauses.groups;
        let acting =
            distinct(parties.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
        let Some(own) = self.hit.frame.group else { return false };
        let skip = usize::from(!self.hit.frame.nominal);
        // "Should Lima fail to keep its word, we may raise it": the condition is no wish.
        self.view.clauses.chain(own).skip(skip).filter_map(|g| groups.get(g)).filter(|g| !g.condition).any(
            |g| {
                let doubts = self.context.classes.has("doubt", &g.lemma) && g.lemma != "fail";
                let subject = g.subject.map(|s| self.view.who_in(s).collect::<Vec<_>>()).unwrap_or_default();
                let other = subject.first().is_some_and(|w| {
                    w.kind == WhoKind::Group || w.country.is_some_and(|c| !acting.contains(&c))
                });
                doubts && other
            },
        )
    }

    /// "could be rolled back": nobody says that they will.
    fn only_possible(&self) -> bool {
        self.own_group().is_some_and(|g| {
            g.passive
                && g.modal
                    .as_deref()
                    .is_some_and(|m| matches!(m, "could" | "may" | "might" | "can" | "would"))
                && self.hit.frame.agent.is_none()
        })
    }

    /// Relief that the side which would give it offers or thinks of, rather than others imagining it.
    fn offered(&self) -> bool {
        let groups = &self.view.clauses.groups;
        self.intended()
            || undone::offered(self.view, &self.hit.frame)
            || self.hit.frame.group.is_some_and(|own| {
                let chain = || self.view.clauses.chain(own).filter_map(|g| groups.get(g));
                let offers = |lemma: &Lower| {
                    self.context.classes.has("offer", lemma) || self.context.classes.has("commit", lemma)
                };
                chain().any(|g| offers(&g.lemma)) || chain().any(|g| g.condition) || self.context.official
            })
    }

    /// "is considering a duty", "plans to raise": the side that would act thinks of it.
    fn intended(&self) -> bool {
        let groups = &self.view.clauses.groups;
        self.hit.frame.group.is_some_and(|own| {
            self.view.clauses.chain(own).filter_map(|g| groups.get(g)).any(|g| {
                self.context.classes.has("intend", &g.lemma)
                    && g.subject.is_some_and(|s| {
                        self.view.who_in(s).any(|w| w.country.is_some() && w.kind != WhoKind::Group)
                    })
            })
        })
    }

    /// "If no deal is reached, the duty will …".
    pub(super) fn conditional(&self) -> bool {
        let words = self.view.words;
        let own = self.own_group();
        let done = own.is_some_and(|g| g.finite && g.modal.is_none() && g.tense == Tense::Past);
        let inverted = |i: usize| {
            i == 0 || words.get(i - 1).is_some_and(|w| matches!(w.lower.as_str(), "," | "“" | "\""))
        };
        !done
            && words.iter().enumerate().any(|(i, w)| {
                is!(w.lower, "if" | "unless" | "otherwise") || is!(w.lower, "should" | "were") && inverted(i)
            })
    }
}

/// "The decree raising the duty to 18% takes effect": what a paper does whose effect begins.
pub(super) fn decreed(view: View<'_>, classes: &Classes, hit: &Hit<'_>) -> Option<TariffAction> {
    let begins = hit.rule.act == Act::TariffAction(TariffAction::Impose) && !hit.frame.nominal;
    let own = hit.frame.group.filter(|_| begins && !hit.rule.weak)?;
    let group = view.clauses.groups.get(own).filter(|g| g.finite && !g.passive)?;
    let subject = group.subject?;
    let does = view.clauses.groups.iter().take(own).find(|g| {
        g.tense == Tense::Gerund
            && (subject.0..=subject.0 + 1).contains(&(g.head + 1))
            && g.head.checked_sub(1).and_then(|i| view.words.get(i)).is_some_and(|w| {
                is!(
                    w.lower,
                    "act"
                        | "bill"
                        | "circular"
                        | "decision"
                        | "decree"
                        | "law"
                        | "measure"
                        | "notice"
                        | "notification"
                        | "order"
                        | "ordinance"
                        | "proclamation"
                        | "regulation"
                        | "resolution"
                        | "rule"
                )
            })
    })?;
    let verb = |class: &str| classes.has(class, &does.lemma);
    match () {
        () if verb("raise") => Some(TariffAction::Increase),
        () if verb("reduce") => Some(TariffAction::Reduce),
        () if verb("suspend") => Some(TariffAction::Suspend),
        () if verb("remove") => Some(TariffAction::Remove),
        () => None,
    }
}
