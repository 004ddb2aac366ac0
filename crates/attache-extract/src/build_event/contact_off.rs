//! Contacts that were called off, put off or came to nothing.

use super::*;

use crate::grammar::clause::phrase_start;
use crate::grammar::lower::is;

/// Put off is not called off.
pub(super) const PUT_OFF: &[&str] = &["postpone", "delay", "defer", "put", "push"];

/// How many words behind a noun of contact what describes it may stand.
const FAR_FROM_NOUN: usize = 9;

impl Builder<'_> {
    /// The verb that calls the contact off.
    pub(super) fn called_off(&self) -> Option<usize> {
        let frame = &self.hit.frame;
        if !frame.nominal {
            return None;
        }
        let verb = self.context.classes.get("cancel").unwrap_or_default();
        // "Declared the talks with Peru over".
        let declares = frame.group.filter(|&g| {
            let group = self.view.clauses.groups.get(g);
            group.is_some_and(|g| {
                g.head < frame.trigger.0
                    && is!(g.lemma, "declare" | "pronounce" | "call" | "consider" | "proclaim")
            })
        });
        let over = |i: usize| {
            self.view.words.get(i).is_some_and(|w| {
                is!(
                    w.lower,
                    "over" | "terminated" | "dead" | "ended" | "finished" | "closed" | "off" | "suspended"
                ) && self.view.words.get(i + 1).is_none_or(|next| next.tag != Tag::Noun)
            })
        };
        // "His trip to Lima is off".
        let off = |g: &Group| {
            let words = self.view.words;
            let adverb = words.get(g.head + 1).is_some_and(|w| w.tag == Tag::Adv && w.lower != "off");
            let at = g.head + 1 + usize::from(adverb);
            // "a meeting planned for May 2 in Lima, which is now off"
            let described = || {
                let which =
                    g.start.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Rel));
                let verb = |v: &&Group| v.finite && frame.trigger.1 <= v.start && v.head < g.start;
                which.is_some_and(|i| i > frame.trigger.1)
                    && !self.view.clauses.groups.iter().any(|v| verb(&v))
            };
            g.lemma == "be"
                && g.finite
                && (g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1) || described())
                && words.get(at).is_some_and(|w| w.lower == "off")
                && words.get(at + 1).is_none_or(|w| w.tag != Tag::Noun && w.tag != Tag::To)
        };
        if let Some(group) = self.view.clauses.groups.iter().position(off) {
            return Some(group);
        }
        if let Some(group) = declares
            && (frame.trigger.1..frame.trigger.1 + 8).any(over)
        {
            return Some(group);
        }
        // The verb right before the noun counts, whatever the clause was taken for.
        let start = phrase_start(self.view.words, frame.trigger.0);
        // "Put off the round of talks": past what the noun hangs on.
        let of =
            start.checked_sub(2).filter(|&i| self.view.words.get(i + 1).is_some_and(|w| w.lower == "of"));
        let start = of.map_or(start, |i| phrase_start(self.view.words, i));
        // "Called off, for good, the talks", "scrapped, abruptly, the talks": past an aside between commas.
        let comma = |i: usize| self.view.words.get(i).is_some_and(|w| w.lower == ",");
        let start = start
            .checked_sub(1)
            .filter(|&closing| comma(closing))
            .and_then(|closing| (closing.saturating_sub(6)..closing).rev().find(|&i| comma(i)))
            .unwrap_or(start);
        let near = (start.saturating_sub(2)..start)
            .filter(|&i| verb.at(self.view.words, i))
            .find_map(|i| self.view.clauses.at(i));
        let at = near.or(frame.group)?;
        let groups = &self.view.clauses.groups;
        // "The meeting planned for Monday has been scrapped": past what describes the noun.
        let over = |g: usize| {
            let group = groups.get(g);
            // "asked Peru at the talks to drop the duty": not the talks, which only say where.
            let aside = |s: Range| {
                group.is_some_and(|g| g.tense == Tense::Infinitive)
                    && (s.0..start).any(|i| {
                        self.view.words.get(i).is_some_and(|w| w.tag == Tag::Prep && w.lower != "of")
                    })
            };
            group
                .and_then(|g| g.subject)
                .is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1 && !aside(s))
        };
        // "The talks, scheduled for Monday, were postponed": past the aside between commas.
        let beyond = |g: usize| {
            let aside =
                g.checked_sub(1).filter(|&p| groups.get(p).is_some_and(|p| p.tense == Tense::Participle));
            let comma = groups.get(g).and_then(|g| self.view.words.get(g.start.checked_sub(1)?));
            aside.is_some_and(over) && comma.is_some_and(|w| w.lower == ",")
        };
        // "failed to appear for talks"
        let fails = groups
            .get(at)
            .filter(|g| g.tense == Tense::Infinitive)
            .and_then(|g| g.governor)
            .filter(|&g| groups.get(g).is_some_and(|g| g.lemma == "fail"));
        let candidates =
            std::iter::once(at).chain(fails).chain((0..groups.len()).filter(|&g| over(g) || beyond(g)));
        candidates
            .into_iter()
            .find(|&g| groups.get(g).is_some_and(|g| self.view.has((g.head, g.head + 1), verb)))
    }

    /// "The call never happened", "was due to visit Lima but cancelled the trip".
    pub(super) fn came_to_nothing(&self) -> bool {
        let frame = &self.hit.frame;
        let groups = &self.view.clauses.groups;
        if self.meant_but_did_not() {
            return true;
        }
        if frame.nominal {
            let next =
                |g: &Group, word: &str| self.view.words.get(g.head + 1).is_some_and(|w| w.lower == word);
            let comes_about = |g: &Group| {
                is!(g.lemma, "happen" | "occur" | "materialise" | "materialize" | "transpire" | "eventuate")
                    || g.lemma == "take" && next(g, "place")
                    || g.lemma == "go" && (next(g, "ahead") || next(g, "forward"))
                    || g.lemma == "come" && (next(g, "off") || next(g, "about"))
            };
            let subject =
                |g: &Group| g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
            // "A visit pencilled in for May fell victim to the elections"
            let victim = |g: &Group| g.finite && !g.negated && g.lemma == "fall" && next(g, "victim");
            if groups.iter().any(|g| victim(g) && subject(g)) || self.opening_off() {
                return true;
            }
            // "Nothing came of the meeting planned for Monday"
            let start = phrase_start(self.view.words, frame.trigger.0);
            let word = |back: usize| start.checked_sub(back).map_or("", |i| self.word(i));
            if word(1) == "of" && word(2) == "came" && word(3) == "nothing" && self.prospect() {
                return true;
            }
            return groups.iter().any(|g| {
                // "The summit planned for May will not take place"
                let told = match &g.modal {
                    Some(modal) => *modal == "will" && !g.condition,
                    None => matches!(g.tense, Tense::Past | Tense::Perfect | Tense::Future),
                };
                g.finite && g.negated && told && comes_about(g) && subject(g)
            });
        }
        let Some(own) = frame.group.filter(|&g| groups.get(g).is_some_and(|g| g.tense == Tense::Infinitive))
        else {
            return false;
        };
        self.was_to_but_cancelled(own)
    }

    /// "Was supposed to open talks in Lima on Monday, but Oslo cancelled the trip": the contact is what was to be opened.
    fn opening_off(&self) -> bool {
        let (trigger, groups) = (self.hit.frame.trigger, &self.view.clauses.groups);
        let opens = groups.iter().position(|g| {
            g.tense == Tense::Infinitive
                && is!(g.lemma, "open" | "hold" | "begin" | "start" | "attend" | "join" | "resume" | "have")
                && g.theme.is_some_and(|t| t.0 <= trigger.0 && trigger.0 < t.1)
        });
        opens.is_some_and(|own| self.was_to_but_cancelled(own))
    }

    /// Whether a verb in the infinitive is what was planned, and called off in the same sentence.
    fn was_to_but_cancelled(&self, own: usize) -> bool {
        let (frame, groups) = (&self.hit.frame, &self.view.clauses.groups);
        let was = groups.get(..own).unwrap_or_default().iter().any(|g| {
            g.finite
                && g.tense == Tense::Past
                && is!(g.lemma, "be" | "schedule" | "suppose" | "expect" | "slate" | "set" | "plan")
        });
        let cancel = self.context.classes.get("cancel").unwrap_or_default();
        let but = (frame.trigger.1..self.view.words.len())
            .find(|&i| self.view.words.get(i).is_some_and(|w| is!(w.lower, "but" | "until" | "before")));
        was && but.is_some_and(|but| {
            groups.iter().any(|g| {
                g.head > but
                    && g.finite
                    && !g.negated
                    && g.modal.is_none()
                    && !PUT_OFF.contains(&g.lemma.as_str())
                    && self.view.has((g.head, g.head + 1), cancel)
            })
        })
    }

    /// "Had been expected in Lima last week but stayed at home": came after all only where nothing says otherwise.
    pub(super) fn expected_in_vain(&self) -> Option<bool> {
        let (words, group) = (self.view.words, self.own_group()?);
        let back = |count: usize| {
            group.head.checked_sub(count).and_then(|i| words.get(i)).map_or(WordId::NONE, |w| w.lower.id())
        };
        let due = is!(group.lemma, "expect" | "schedule" | "slate" | "await")
            || words.get(group.head + 1).is_some_and(|w| w.lower == "due");
        let had = back(1) == "been" && back(2) == "had" || group.lemma == "be" && back(1) == "had";
        let but = (self.hit.frame.trigger.1..words.len())
            .any(|i| words.get(i).is_some_and(|w| is!(w.lower, "but" | "until" | ";")));
        (due && had && !self.hit.frame.nominal).then_some(but)
    }

    /// "Had meant to hold talks in Lima and did not", "had hoped to meet her but could not".
    pub(super) fn meant_but_did_not(&self) -> bool {
        let (frame, words, groups) = (&self.hit.frame, self.view.words, &self.view.clauses.groups);
        let Some(own) = frame.group.filter(|&g| groups.get(g).is_some_and(|g| g.tense == Tense::Infinitive))
        else {
            return false;
        };
        let meant = own.checked_sub(1).and_then(|g| groups.get(g)).is_some_and(|g| {
            g.finite
                && !g.negated
                && matches!(g.tense, Tense::Past | Tense::Perfect)
                && is!(g.lemma, "mean" | "hope" | "intend" | "want" | "plan" | "wish" | "expect" | "be")
        });
        // Nothing but the end of the clause may follow, for what is denied is what was told before.
        let did_not = (frame.trigger.1..words.len()).any(|i| {
            let word = |n: usize| words.get(i + n).map_or(WordId::NONE, |w| w.lower.id());
            let shut = |n: usize| is!(word(n), "." | "," | ";") || words.get(i + n).is_none();
            is!(word(0), "and" | "but")
                && (is!(word(1), "did" | "could" | "do") && word(2) == "not" && shut(3)
                    || is!(word(1), "didn't" | "couldn't" | "didn’t" | "couldn’t") && shut(2)
                    || word(1) == "never" && word(2) == "did" && shut(3))
        });
        meant && did_not
    }

    /// "Negotiations had broken down on May 10": no contact of that day.
    pub(super) fn failed(&self) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        // "A second round, held in Lima in May, stalled over rice": it was held all the same.
        let held = self.view.clauses.groups.iter().any(|g| {
            let next = frame.trigger.1 <= g.head && g.head < frame.trigger.1 + FAR_FROM_NOUN;
            next && g.tense == Tense::Participle && is!(g.lemma, "hold" | "convene" | "open" | "host")
        });
        frame.nominal
            && !held
            && self.view.clauses.groups.iter().any(|g| {
                let subject = g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
                let particle = words.get(g.head + 1).map_or("", |w| w.lower.as_str());
                let fails = !crate::undone::falls_short(self.view, g)
                    && is!(g.lemma, "fail" | "collapse" | "stall" | "founder" | "flounder" | "falter")
                    || g.lemma == "break" && particle == "down"
                    || g.lemma == "fall" && matches!(particle, "through" | "apart");
                subject && !g.negated && fails
            })
    }

    /// "Beijing has yet to confirm the trip", "the ministry declined to confirm it": known of, not told as held.
    pub(super) fn unconfirmed(&self, stance: &Stance) -> bool {
        let frame = &self.hit.frame;
        let Some(group) = self.own_group().filter(|_| frame.nominal) else { return false };
        let of_it = |(from, to): Range| from <= frame.trigger.0 && frame.trigger.1 <= to;
        let about = group.theme.is_some_and(of_it) || group.preps.iter().any(|(_, range)| of_it(*range));
        let above = group.governor.and_then(|g| self.view.clauses.groups.get(g));
        let withheld = above.is_some_and(|g| is!(g.lemma, "decline" | "refuse" | "fail"));
        // "Neither side has announced the call"
        let nobody = group.subject.is_some_and(|s| crate::factuality::nothing(self.view, s));
        let not = stance.negated || nobody || withheld;
        is!(group.lemma, "confirm" | "announce" | "acknowledge" | "verify" | "corroborate") && about && not
    }
}
