//! What looks like a duty laid and is none: one put off or ruled out, a price that moves, a firm's own charge.

use super::*;
use crate::grammar::clause::phrase_start;
use crate::grammar::lower::{WordList, is};

/// Verbs of having a duty in mind.
static IN_MIND: WordList = WordList::new(&[
    "consider",
    "contemplate",
    "debate",
    "discuss",
    "draft",
    "draw",
    "float",
    "mull",
    "plan",
    "ponder",
    "prepare",
    "propose",
    "study",
    "threaten",
    "weigh",
]);

/// How far its particle may stand from a verb, in words.
const PARTICLE: usize = 12;

impl Builder<'_> {
    /// "put the 12% duty on Thai rice off until June", "moved its start back to July": the particle behind the
    /// object turns the verb.
    pub(super) fn put_far_off(&self) -> bool {
        let words = self.view.words;
        let (from, to) = self.hit.frame.trigger;
        let [verb] = words.get(from..to).unwrap_or_default() else { return false };
        let particle = match verb.lemma.as_str() {
            "put" => "off",
            "move" | "push" | "shift" => "back",
            _ => return false,
        };
        let open = |i: usize| {
            words.get(i).is_some_and(|w| {
                !matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal) && w.lower != ","
            })
        };
        let at = (to..to + PARTICLE)
            .take_while(|&i| open(i))
            .find(|&i| words.get(i).is_some_and(|w| w.lower == particle));
        // "put a duty on cars off the line": a preposition; "moved the rate back to 10%": a rate.
        !self.hit.frame.nominal
            && at.is_some_and(|at| {
                let next = words.get(at + 1);
                let date = particle == "off"
                    || next.is_none_or(|w| is!(w.lower, "a" | "by" | "until"))
                    || words.get(at + 2).is_some_and(|w| w.time);
                date && next
                    .is_none_or(|w| w.time || !matches!(w.tag, Tag::Noun | Tag::Det) || particle == "back")
            })
    }

    /// "considered, but then dropped, a 15% duty", "drew up and shelved a 15% duty": never more than a plan.
    pub(super) fn had_in_mind(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let word = |i: usize| self.view.words.get(i);
        let comma = |i: usize| word(i).is_some_and(|w| w.lower == ",");
        let Some(measure) = self.measure() else { return false };
        let start = phrase_start(self.view.words, measure);
        let end = start - usize::from(start > 0 && comma(start - 1));
        let Some(last) = groups.iter().find(|g| g.finite && g.head + 1 == end) else { return false };
        let before = (0..last.start).rev().find(|&i| word(i).is_some_and(|w| w.tag != Tag::Adv));
        let Some(and) = before.filter(|&i| word(i).is_some_and(|w| w.tag == Tag::Conj)) else { return false };
        let end = and - usize::from(and > 0 && comma(and - 1));
        groups.iter().any(|g| {
            // "drew up"
            let particle = g.head + 2 == end && word(g.head + 1).is_some_and(|w| w.lower == "up");
            g.finite && IN_MIND.has(&g.lemma) && (g.head + 1 == end || particle)
        })
    }

    /// "did not start on Monday": there is none as yet.
    pub(super) fn not_begun(&self) -> bool {
        self.hit.rule.mood.contains(&Mood::Not)
            && self.own_group().is_some_and(|g| {
                g.negated
                    && g.finite
                    && g.modal.is_none()
                    && matches!(g.tense, Tense::Past | Tense::Perfect)
                    && self.context.classes.has("set_in", &g.lemma)
            })
    }

    /// "was stayed": "be" before a participle is no verb of its own.
    pub(super) fn auxiliary(&self) -> bool {
        let (from, to) = self.hit.frame.trigger;
        self.hit.rule.weak
            && self.view.words.get(from).is_some_and(|w| w.tag == Tag::Be)
            && self.own_group().is_some_and(|g| {
                // "the duty that was to start in May"
                let meant = self.view.words.get(to).is_some_and(|w| w.tag == Tag::To)
                    && self
                        .view
                        .words
                        .get(to + 1)
                        .is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have));
                g.passive && g.head >= to || meant
            })
    }

    /// "A 40% duty on whisky is unthinkable": weighed, not laid. "The 40% duty is needed" is one that stands.
    pub(super) fn only_weighed(&self) -> bool {
        let words = self.view.words;
        let noun = self.hit.frame.trigger.0;
        let start = phrase_start(words, noun);
        let open = words.get(start).is_some_and(|w| is!(w.lower, "a" | "an" | "any" | "another"));
        let weighed = |w: &Word| {
            is!(
                w.lower,
                "conceivable"
                    | "imaginable"
                    | "impossible"
                    | "inconceivable"
                    | "inevitable"
                    | "likely"
                    | "possible"
                    | "probable"
                    | "unavoidable"
                    | "unimaginable"
                    | "unlikely"
                    | "unthinkable"
            )
        };
        let over = self.own_group().filter(|g| self.hit.frame.nominal && g.lemma == "be");
        open && over.is_some_and(|g| {
            g.subject.is_some_and(|(from, to)| from <= noun && noun < to)
                && words.get(g.head + 1..).unwrap_or_default().iter().take(4).any(weighed)
        })
    }

    /// "doubled the duty, which had been 30%", "which was 10% until January": the rate that is no more.
    pub(super) fn former_rate(&self) -> bool {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let own = self.own_group().filter(|g| {
            !self.hit.frame.nominal && is!(g.lemma, "be" | "stand") && g.finite && g.modal.is_none()
        });
        own.is_some_and(|g| {
            let had = (g.start..g.head).any(|i| lower(i) == "had");
            // "until" where its clause ends, the day perhaps behind it.
            let ended = || {
                (g.head + 1..words.len())
                    .take_while(|&i| lower(i) != ",")
                    .any(|i| is!(lower(i), "until" | "till" | "before" | "previously" | "hitherto"))
            };
            had || g.tense == Tense::Past && ended()
        })
    }

    /// "would lift the average tariff to 41%": what somebody has reckoned out of all duties together.
    pub(super) fn average_reckoned(&self) -> bool {
        let own = self.own_group().filter(|g| {
            !self.hit.frame.nominal
                && g.modal.as_deref().is_some_and(|m| matches!(m, "would" | "could" | "might"))
        });
        own.and_then(|g| if g.passive { g.subject } else { g.theme }).is_some_and(|(from, to)| {
            let mut words = self.view.words.get(from..to).unwrap_or_default().iter();
            words.by_ref().take(4).any(|w| is!(w.lower, "average" | "effective" | "overall"))
        })
    }

    /// "has not raised the duty", but not "has not raised it yet".
    pub(super) fn told_as_not_done(&self) -> bool {
        let open = |w: &Word| is!(w.lower, "yet" | "immediately" | "decided" | "only" | "just");
        let nothing = |g: &Group| g.subject.is_some_and(|s| crate::factuality::nothing(self.view, s));
        let own = self
            .own_group()
            .filter(|g| g.finite && g.modal.is_none() && (g.negated || g.passive && nothing(g)));
        self.none_in_the_works()
            || !self.hit.frame.nominal
                && self.hit.rule.mood.is_empty()
                && own.is_some_and(|g| {
                    matches!(g.tense, Tense::Past | Tense::Perfect)
                        && !self.view.words.get(g.start..).unwrap_or_default().iter().any(open)
                })
    }

    /// "Said no duties on tin were planned": none is laid.
    pub(super) fn none_in_the_works(&self) -> bool {
        let own = self.own_group().filter(|g| g.finite && g.modal.is_none());
        let looms = self.hit.rule.act == Act::TariffAction(TariffAction::Threaten);
        looms
            && !self.hit.frame.nominal
            && own
                .and_then(|g| Some((g.negated, g.subject?)))
                .is_some_and(|(negated, subject)| negated != crate::factuality::nothing(self.view, subject))
    }

    /// "Oslo ruled out a 12% duty", "refused to impose it": a verb of refusing stands over the duty.
    pub(super) fn refused(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let members = self.context.classes.get("spurn").unwrap_or_default();
        let Some(own) = self.hit.frame.group.filter(|_| self.hit.frame.nominal) else { return false };
        let noun = self.hit.frame.trigger.0;
        let over = |g: &crate::grammar::clause::Group| {
            let object = g.theme.is_some_and(|(from, to)| from <= noun && noun < to);
            let inside = g.extent.0 <= noun && noun < g.extent.1;
            // "has ruled the duty out": the particle behind the object.
            let apart = self.view.words.get(g.head).is_some_and(|w| w.lemma == "rule")
                && object
                && (noun + 1..g.extent.1).any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "out"));
            apart || (object || inside) && members.at(self.view.words, g.head)
        };
        let below = groups.get(own).is_some_and(|g| g.tense == Tense::Infinitive);
        groups.get(own).is_some_and(over)
            || below
                && self.view.clauses.above(own).any(|g| members.at(self.view.words, g.head) && g.head < noun)
    }

    /// "came within a whisker of a 12% duty", "got cold feet over it", "remained a dead letter": none is laid.
    pub(super) fn fell_short(&self) -> bool {
        let words = self.view.words;
        let (at, end) = self.hit.frame.trigger;
        let start = crate::grammar::clause::phrase_start(words, at);
        let before = |back: usize| start.checked_sub(back).map_or("", |i| self.word(i));
        let short = matches!(before(1), "of" | "from" | "over" | "about")
            && matches!(
                before(2),
                "whisker"
                    | "inch"
                    | "breadth"
                    | "brink"
                    | "verge"
                    | "cusp"
                    | "ace"
                    | "feet"
                    | "thoughts"
                    | "away"
            );
        let letter = (end..words.len()).any(|at| {
            ["dead letter", "only on paper", "uncollected"].iter().any(|phrase| self.spells(at, phrase))
        });
        self.hit.frame.nominal && short || letter
    }

    /// "Prices went up 9% because of the duty", "it added 9% to prices": the rate is that of the price.
    pub(super) fn price_moves(&self) -> bool {
        let words = self.view.words;
        let prices = self.context.classes.get("price_word").unwrap_or_default();
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let Some(rate) = self.share.first().map(|i| i.words) else { return false };
        if !self.view.has((0, words.len()), prices) {
            return false;
        }
        let led = rate.0.checked_sub(1).and_then(|i| words.get(i));
        // "raised the duty to 9%", "a 9% duty": its own rate.
        let end = (rate.1..rate.1 + 4)
            .find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Noun && w.lower != "-"))
            .unwrap_or(rate.1 + 4);
        let own = (rate.1..end).any(|i| measures.at(words, i))
            || led.is_some_and(|w| is!(w.lower, "of" | "at"))
                && rate.0.checked_sub(2).is_some_and(|i| measures.at(words, i));
        if own {
            return false;
        }
        let price = |range: Range| self.view.has(range, prices);
        self.view.clauses.groups.iter().any(|g| {
            let holds = |range: Range| range.0 <= rate.0 && rate.1 <= range.1;
            let behind = g.head < rate.0 && holds(g.extent);
            let subject = g.subject.filter(|&range| price(range) && !self.view.has(range, measures));
            let theme = g.theme.filter(|&range| price(crate::firm::head_part(self.view, range)));
            let to = g.preps.iter().any(|(prep, range)| {
                *prep == rate.1 && words.get(*prep).is_some_and(|w| w.lower == "to") && price(*range)
            });
            let moved = subject.is_some_and(holds)
                || subject.is_some() && !g.passive && rate.0 <= g.head + 3
                || theme.is_some() && words.get(g.head).is_some_and(|w| w.lemma != "impose");
            g.subject.is_some_and(holds) && moved || behind && (moved || to)
        })
    }

    /// "Acme, a maker of watches, has put 12% on its American models": a firm lays on no duty.
    pub(super) fn firm_charges(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(group) = self.hit.frame.group.and_then(|g| groups.get(g)) else { return false };
        let lays = self.context.classes.has("impose", &group.lemma)
            || is!(group.lemma, "add" | "put" | "charge" | "slap");
        let Some(mut agent) = group.subject.filter(|_| !group.passive && lays) else { return false };
        // "Effective immediately, Chile charges 10%"
        let opener = self.view.words.get(agent.0..agent.1).unwrap_or_default();
        if let [effective, _, comma, _, ..] = opener
            && effective.lower == "effective"
            && comma.lower == ","
        {
            agent.0 += 3;
        }
        // "Acme, a maker of watches": what the name is of.
        let apposed = (agent.0 + 1..agent.1)
            .find(|&i| {
                self.view.words.get(i - 1).is_some_and(|w| w.lower == ",")
                    && self.view.words.get(i).is_some_and(|w| w.tag == Tag::Det)
            })
            .map(|i| (i, agent.1));
        let classes = self.context.classes;
        let firm = |range: Range| crate::firm::named(self.view, classes, range);
        let public = self.view.who_in(crate::firm::head_part(self.view, agent)).any(|w| {
            w.country.is_some()
                && matches!(w.kind, WhoKind::State | WhoKind::Person | WhoKind::Body)
                && self.view.words.get(agent.0 + 1).is_none_or(|w| w.tag != Tag::Poss)
        });
        !public && (firm(agent) || apposed.is_some_and(firm))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor};

    #[test]
    fn no_duties_planned_are_duties_denied() {
        let text = "Japan's trade minister said on Monday that no new tariffs on Chilean salmon were being discussed.";
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 9, 10)));
        let told: Vec<_> = read.events.iter().map(|e| (e.act.subtype(), e.factuality)).collect();
        assert_eq!(told, [("impose", crate::event::Factuality::Denied)]);
    }
}
