//! A duty spoken of as known beside another verb: it was not laid on the day of that verb.

use super::*;
use crate::grammar::clause::phrase_start;
use crate::grammar::lower::is;
use crate::grammar::tag::Word;

/// Classes of verbs that tell of a duty on the day on which it is laid, begins or is borne.
const LAYING: [&str; 8] =
    ["impose", "decide", "set_in", "charged_verb", "answer", "raise", "inchoative", "duty_verb"];

/// What is told of a day further back was not told on that day.
const WEEK: i32 = 7;

impl Builder<'_> {
    /// "On Monday Norway defended the 20% duty", "published a study of its duty on Monday".
    pub(super) fn duty_by_the_way(&self) -> bool {
        self.beside_verb().is_some_and(|group| self.duty_by_the_way_of(group))
    }

    fn duty_by_the_way_of(&self, group: &Group) -> bool {
        let start = phrase_start(self.view.words, self.hit.frame.trigger.0);
        self.known_from(start) && (!self.lays(group) || self.of_another_noun(start))
    }

    /// "Norway regretted the 20% duty": the states that a verb has for its subject whose object is a duty known
    /// already, and that do not hold to it as their own.
    pub(super) fn onlookers(&self) -> Vec<StateCode> {
        let own =
            |g: &&Group| ["hold_to", "say"].iter().any(|class| self.context.classes.has(class, &g.lemma));
        let known = self.beside_verb().filter(|g| !g.passive && self.duty_by_the_way_of(g) && !own(g));
        let regarded = || self.own_group().filter(|_| self.only_regarded());
        let subject = known.or_else(regarded).and_then(|g| g.subject);
        subject.into_iter().flat_map(|range| self.view.who_in(range)).filter_map(|w| w.country).collect()
    }

    /// "Norway described the pause in the duty", "welcomed the duty on cars": who talks of a measure does not take
    /// it; who welcomes a pause is spared by it.
    pub(super) fn only_regarded(&self) -> bool {
        let classes = self.context.classes;
        let spared = |g: &Group| !self.lays_more() && classes.has("obtain", &g.lemma);
        self.hit.frame.nominal
            && self.own_group().is_some_and(|g| !g.passive && classes.has("regard", &g.lemma) && !spared(g))
    }

    /// Whether the rule tells of a duty laid or raised.
    pub(super) fn lays_more(&self) -> bool {
        matches!(self.hit.rule.act, Act::TariffAction(TariffAction::Impose | TariffAction::Increase))
    }

    /// "Norway described the pause on Monday": the day of the describing, but for "the pause of Monday" and "the
    /// pause that Oslo ordered on Monday".
    pub(super) fn day_of_regard(&self, time: Span) -> bool {
        let at = self.word_from(time.start);
        let of = at.checked_sub(1).and_then(|i| self.view.words.get(i)).is_some_and(|w| w.lower == "of");
        let behind = self.hit.frame.trigger.1;
        let clause = || self.view.clauses.groups.iter().any(|g| g.finite && (behind..at).contains(&g.head));
        // "Recalled the visit to Malaysia on 10 February 2025": nobody recalls it on a day long gone.
        let long_past = || {
            let day = self.times.iter().find(|t| t.span == time).and_then(|t| t.date?.end());
            let ago = day.and_then(|day| day.until(self.context.published).ok());
            matches!(self.hit.rule.act.kind(), Kind::Engagement | Kind::Agreement)
                && ago.is_some_and(|ago| ago.get_days() > WEEK)
        };
        self.only_regarded() && !of && !clause() && !long_past()
    }

    /// "Norway teased a 20% duty on Monday": one that is not known yet, as the object of a verb that does not lay it.
    pub(super) fn only_spoken_of(&self) -> bool {
        let Some(group) = self.beside_verb().filter(|g| !g.passive) else { return false };
        let words = self.view.words;
        let mut start = phrase_start(words, self.hit.frame.trigger.0);
        // "a tariff of 20%"
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let whole = start
            .checked_sub(2)
            .filter(|&at| measures.at(words, at) && words.get(at + 1).is_some_and(|w| w.lower == "of"));
        if let Some(noun) = whole {
            start = phrase_start(words, noun);
        }
        let blamed = self.context.classes.has("condemn", &group.lemma);
        // "pledged duties of 20%"
        let noun = whole.unwrap_or(self.hit.frame.trigger.0);
        let indefinite = words.get(start).is_some_and(|w| {
            is!(w.lower, "a" | "an" | "another" | "new") || start == noun && w.lower.as_str().ends_with('s')
        });
        start > group.head && indefinite && !self.lays(group) && !blamed
    }

    /// The verb over a duty that a rule on mere nouns has found.
    fn beside_verb(&self) -> Option<&Group> {
        let frame = &self.hit.frame;
        let laid = self.hit.rule.act == Act::TariffAction(TariffAction::Impose);
        let noun = laid && self.hit.rule.weak && frame.nominal;
        frame.group.filter(|_| noun).and_then(|g| self.view.clauses.groups.get(g))
    }

    /// Whether a verb tells of a duty as laid, begun or borne.
    fn lays(&self, group: &Group) -> bool {
        LAYING.iter().any(|class| {
            self.context.classes.get(class).is_some_and(|verbs| verbs.at(self.view.words, group.head))
        })
    }

    /// Whether the phrase that starts there up to the noun names a duty as known.
    fn known_from(&self, start: usize) -> bool {
        known(self.view.words.get(start..self.hit.frame.trigger.0).unwrap_or_default())
    }

    /// "the 20% duty that Oslo lifted on Monday": what is told is the lifting.
    pub(super) fn moved_by_its_clause(&self) -> bool {
        let frame = &self.hit.frame;
        let (from, to) = frame.trigger;
        let moves = |g: &Group| {
            ["suspend", "remove", "reduce", "raise"].iter().any(|class| {
                self.context.classes.get(class).is_some_and(|verbs| verbs.at(self.view.words, g.head))
            })
        };
        frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                g.finite
                    && !g.passive
                    && !g.negated
                    && g.modal.is_none()
                    && g.head >= to
                    && (g.theme.is_some_and(|theme| theme.0 <= from && to <= theme.1)
                        // "a levy that Oslo dropped in May"
                        || g.theme.is_none() && self.done_by_clause(g))
                    && moves(g)
            })
    }

    /// "has a 30% duty on rice up its sleeve": held ready, laid on nobody.
    pub(super) fn held_ready(&self) -> bool {
        const READY: &[&str] = &[
            "up its sleeve",
            "up his sleeve",
            "up her sleeve",
            "up their sleeve",
            "in its drawer",
            "in the drawer",
            "at the ready",
            "in the pipeline",
        ];
        let from = self.hit.frame.trigger.1;
        let held = self.own_group().is_some_and(|g| is!(g.lemma, "have" | "keep" | "hold"));
        let says = |at: usize| READY.iter().any(|phrase| self.spells(at, phrase));
        self.hit.frame.nominal && held && (from..self.view.words.len()).any(says)
    }

    /// "Oslo let its tariff fall to 5%": what whoever laid it lets go is gone; "the law lets the tariff rise" is not.
    pub(super) fn let_go(&self) -> bool {
        let own = self.own_group().filter(|_| !self.hit.frame.nominal);
        let falls = own.filter(|g| {
            is!(
                g.lemma,
                "fall" | "drop" | "lapse" | "expire" | "die" | "slide" | "melt" | "sink" | "decline" | "slip"
            )
        });
        let above = falls.and_then(|own| {
            let at = self.view.clauses.groups.iter().rfind(|g| g.head < own.start && g.finite)?;
            (is!(at.lemma, "let" | "allow") && at.modal.is_none() && !at.negated && !at.condition)
                .then_some(at)
        });
        let acts = |w: &Who| w.is("official") && w.country.is_some();
        above.and_then(|g| g.subject).is_some_and(|subject| self.view.who_in(subject).any(acts))
    }

    /// "a levy on wire that was to have begun this week": it did not.
    pub(super) fn never_came(&self) -> bool {
        let from = self.hit.frame.trigger.1;
        let words = self.view.words;
        let clause = |g: &&Group| g.head >= from && crate::undone::was_to_have(self.view, g);
        let Some(group) = self.view.clauses.groups.iter().find(clause) else { return false };
        let was = (from..group.head).rev().find(|&i| matches!(self.word(i), "was" | "were"));
        let that = was.and_then(|i| i.checked_sub(1)).filter(|&i| matches!(self.word(i), "that" | "which"));
        let verb = |w: &Word| matches!(w.tag, Tag::Verb(_) | Tag::Be);
        self.hit.frame.nominal
            && that.is_some_and(|that| words.get(from..that).is_some_and(|between| !between.iter().any(verb)))
    }

    /// Whether a relative clause with a subject of its own stands right behind the measure or its goods.
    fn done_by_clause(&self, group: &Group) -> bool {
        let behind = self.hit.frame.trigger.1;
        let Some(subject) = group.subject.filter(|s| s.0 > behind && s.1 <= group.start) else {
            return false;
        };
        let that = self.view.words.get(subject.0 - 1).is_some_and(|w| w.tag == Tag::Rel || w.lower == "that");
        let verb =
            self.view.clauses.groups.iter().any(|g| g.finite && behind <= g.head && g.head < subject.0);
        let named = self.view.who_in(subject).any(|w| self.word_range(w.span) == subject);
        that && named && !verb
    }

    /// "China will suspend its duties on cars, lowering the rate to 15%": the same act in other words.
    pub(super) fn comes_to(&self) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let gerund = self.own_group().filter(|g| g.tense == Tense::Gerund && !frame.nominal);
        let comma = gerund
            .and_then(|g| g.start.checked_sub(1))
            .and_then(|i| words.get(i))
            .is_some_and(|w| w.lower == ",");
        let goods = frame
            .preps
            .iter()
            .any(|(prep, _)| words.get(*prep).is_some_and(|w| is!(w.lower, "on" | "for" | "against" | "of")));
        let bare = frame.theme.is_some_and(|(from, to)| {
            to - from <= 3 && words.get(from..to).unwrap_or_default().iter().all(|w| w.tag != Tag::Prep)
        });
        comma && bare && !goods
    }

    /// "a study of its duty": the noun is what the verb is about.
    fn of_another_noun(&self, start: usize) -> bool {
        let word = |back: usize| start.checked_sub(back).and_then(|at| self.view.words.get(at));
        word(1).is_some_and(|w| is!(w.lower, "of" | "about" | "over" | "against"))
            && word(2).is_some_and(|w| w.tag == Tag::Noun)
    }
}

/// "the 20% duty", "its duty", "Norway's duty", but not "a 20% duty".
fn known(phrase: &[Word]) -> bool {
    phrase.first().is_some_and(|w| {
        is!(w.lower, "the" | "its" | "their" | "his" | "her" | "our" | "this" | "that" | "these" | "those")
    }) || phrase.iter().any(|w| w.tag == Tag::Poss)
}
