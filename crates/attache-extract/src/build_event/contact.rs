//! What is particular to contacts between governments: told or merely pointed at, called off, one
//! verb for several occasions, and parties that the text leaves to the reader.

use super::*;

use crate::grammar::clause::{Tense, phrase_start};
use crate::grammar::rule::Form;

/// One of several contacts told with one word: "in Beijing in January and in Washington in March".
#[derive(Debug, Clone)]
pub(super) struct Occasion {
    pub(super) place: Span,
    pub(super) time: Option<Timing>,
}

/// Put off is not called off.
const PUT_OFF: &[&str] = &["postpone", "delay", "defer", "put", "push"];

impl Builder<'_> {
    /// The stance of a contact: what is taken for known is so, what is called off is not.
    ///
    /// # Errors
    /// When it may be called off.
    pub(super) fn contact_stance(&self, stance: Stance) -> Result<Stance, String> {
        if let Some(group) = self.called_off() {
            let groups = &self.view.clauses.groups;
            if groups.get(group).is_some_and(|g| PUT_OFF.contains(&g.lemma.as_str())) {
                return Err("put off".to_owned());
            }
            if self.unsure(group) {
                return Err("called off only perhaps".to_owned());
            }
            return Ok(Stance { denied: true, ..Stance::default() });
        }
        if self.failed() {
            return Err("failed, so nothing is told of a contact".to_owned());
        }
        if self.presupposed() {
            return Ok(Stance::default());
        }
        let group = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
        if group.is_some_and(|g| g.condition) {
            return Err("only asked or supposed".to_owned());
        }
        let future = stance.future || self.prospect() || self.expected() || self.agreed_to();
        if self.enabled() {
            return Err("made possible, not told".to_owned());
        }
        let stance = Stance { future, ..stance };
        // "Will not take place", of something that was to.
        let dropped = stance.negated
            && stance.future
            && self.hit.frame.nominal
            && group.is_some_and(|g| matches!(g.lemma.as_str(), "take" | "happen" | "go" | "proceed"));
        let denied = stance.denied || dropped || stance.negated && self.official_speaker(&stance);
        Ok(Stance { denied, ..stance })
    }

    /// The contacts that one word tells: one for each occasion, and the earlier one named after "since".
    pub(super) fn contacts(&self, draft: Draft, sides: &[Side]) -> Vec<Draft> {
        let earlier = self.earlier_contacts();
        let last = earlier.iter().map(|last| {
            let talks = self.hit.rule.act == Act::Engagement(Engagement::Talks);
            let act = Act::Engagement(if talks { Engagement::Talks } else { Engagement::Meeting });
            let variant = Variant::default();
            let told = self.draft(&act, Factuality::Asserted, &Stance::default(), sides, &variant);
            let mut told = self.on_occasion(&told, last);
            told.event.claims.clear();
            told.event.evidence.fields.retain(|field, _| !field.starts_with("claims."));
            told.event.status = Some(Status::Occurred);
            Draft { anaphoric: true, ..told }
        });
        let occasions = self.occasions();
        let mut out: Vec<Draft> = occasions.iter().map(|o| self.on_occasion(&draft, o)).collect();
        if out.is_empty() {
            out.push(draft);
        }
        out.extend(last);
        out
    }

    /// The noun names the contact that its clause is about: "held talks", "the talks ended".
    pub(super) fn held(&self) -> bool {
        let frame = &self.hit.frame;
        if !frame.nominal {
            return true;
        }
        let Some(group) = frame.group.and_then(|g| self.view.clauses.groups.get(g)) else { return false };
        let inside = |r: Option<Range>| {
            r.is_some_and(|r| {
                r.0 <= frame.trigger.0
                    && frame.trigger.0 < r.1
                    // Not within a phrase that hangs on another noun: "the consensus of the talks".
                    && !(r.0..frame.trigger.0).any(|i| {
                        self.view.words.get(i).is_some_and(|w| {
                            matches!(w.tag, Tag::Prep | Tag::To) && !matches!(w.lower.as_str(), "of")
                        })
                    })
            })
        };
        let verb = self.context.classes.get("hold").unwrap_or_default();
        // "Are resuming conversations" tells of none in particular.
        let again =
            matches!(group.lemma.as_str(), "resume" | "restart" | "reopen" | "start" | "open" | "launch");
        if again && inside(group.theme) && self.times_in(frame.extent).next().is_none() {
            return false;
        }
        let told_when = group.lemma == "be"
            && inside(group.subject)
            && self.times_in((group.head, group.extent.1)).any(|t| t.date.is_some());
        if told_when {
            return true;
        }
        let holds = self.view.has((group.head, group.head + 1), verb);
        holds
            && (inside(group.theme)
                || inside(group.subject)
                || group.preps.iter().any(|(_, r)| inside(Some(*r))))
    }

    /// "The previous round", "another meeting": not the contact told before.
    pub(super) fn another(&self) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let start = phrase_start(self.view.words, trigger);
        self.hit.frame.nominal
            && (start..trigger).any(|i| {
                self.view.words.get(i).is_some_and(|w| {
                    matches!(
                        w.lower.as_str(),
                        "previous" | "earlier" | "prior" | "another" | "next" | "new" | "further"
                    )
                })
            })
    }

    /// "Agreed to hold talks": still to come.
    pub(super) fn agreed_to(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(group) = self.hit.frame.group.and_then(|g| groups.get(g)) else { return false };
        let above = group.governor.and_then(|g| groups.get(g));
        group.tense == Tense::Infinitive
            && (!self.hit.frame.nominal || group.head < self.hit.frame.trigger.0)
            && above.is_some_and(|g| self.context.classes.has("promise", &g.lemma) || g.lemma == "decide")
    }

    /// "Met to seal the pact": what somebody is after.
    pub(super) fn aim(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(group) = self.hit.frame.group.and_then(|g| groups.get(g)) else { return false };
        let above = group.governor.and_then(|g| groups.get(g));
        group.tense == Tense::Infinitive
            && !self.hit.frame.nominal
            && above.is_some_and(|g| {
                !self.context.classes.has("promise", &g.lemma)
                    && !matches!(
                        g.lemma.as_str(),
                        "manage" | "succeed" | "decide" | "be" | "help" | "choose" | "go" | "move"
                    )
            })
    }

    /// "Is due in Paris": to come by its own words.
    fn expected(&self) -> bool {
        let (from, to) = self.hit.frame.trigger;
        let words = self.view.words;
        let group = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
        // "Is heading to Paris on Sunday", but not "is meeting", which goes on already.
        let under_way = group.is_some_and(|g| {
            g.tense == Tense::Present
                && g.start < g.head
                && words.get(g.head).is_some_and(|w| w.lower.ends_with("ing"))
                && matches!(
                    g.lemma.as_str(),
                    "travel"
                        | "head"
                        | "fly"
                        | "visit"
                        | "leave"
                        | "arrive"
                        | "go"
                        | "come"
                        | "host"
                        | "receive"
                )
        });
        let due = |i: usize| words.get(i).is_some_and(|w| matches!(w.lemma.as_str(), "due" | "expect"));
        under_way || (from..to).any(due)
    }

    /// The visit that somebody is invited to.
    pub(super) fn invited(&self) -> bool {
        let Some(group) = self.hit.frame.group.filter(|_| !self.hit.frame.nominal) else { return false };
        self.view.clauses.chain(group).into_iter().skip(1).any(|g| {
            self.view.clauses.groups.get(g).is_some_and(|g| matches!(g.lemma.as_str(), "invite" | "welcome"))
        })
    }

    /// A contact that the sentence takes for known: "the call on June 5", "their meeting in Rome".
    pub(super) fn presupposed(&self) -> bool {
        let frame = &self.hit.frame;
        if !frame.nominal || self.held() {
            return false;
        }
        let start = phrase_start(self.view.words, frame.trigger.0);
        let first = self.view.words.get(start).map_or("", |w| w.lower.as_str());
        let possessed =
            (start..frame.trigger.0).any(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Poss));
        let new = (start..frame.trigger.0).any(|i| {
            self.view.words.get(i).is_some_and(|w| {
                matches!(
                    w.lower.as_str(),
                    "next" | "new" | "upcoming" | "another" | "further" | "future" | "possible"
                )
            })
        });
        !new && (possessed
            || matches!(first, "the" | "this" | "that" | "those" | "their" | "his" | "her" | "last"))
    }

    /// "Negotiations had broken down on May 10": no contact of that day.
    fn failed(&self) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                let subject = g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
                let particle = words.get(g.head + 1).map_or("", |w| w.lower.as_str());
                let fails = matches!(
                    g.lemma.as_str(),
                    "fail" | "collapse" | "stall" | "founder" | "flounder" | "falter"
                ) || g.lemma == "break" && matches!(particle, "down" | "up")
                    || g.lemma == "fall" && matches!(particle, "through" | "apart");
                subject && !g.negated && fails
            })
    }

    /// Firms, visitors and the like make no contact between governments.
    pub(super) fn of_group(&self, side: &Side) -> bool {
        !side.pair && self.view.who.iter().any(|w| w.span == side.at && w.kind == WhoKind::Group)
    }

    /// The verb that calls the contact off.
    pub(super) fn called_off(&self) -> Option<usize> {
        let frame = &self.hit.frame;
        if !frame.nominal {
            return None;
        }
        let verb = self.context.classes.get("cancel").unwrap_or_default();
        // The verb right before the noun counts, whatever the clause was taken for.
        let start = phrase_start(self.view.words, frame.trigger.0);
        let near = (start.saturating_sub(2)..start)
            .filter(|&i| verb.at(self.view.words, i))
            .find_map(|i| self.view.clauses.at(i));
        let at = near.or(frame.group)?;
        let groups = &self.view.clauses.groups;
        // "The meeting planned for Monday has been scrapped": past what describes the noun.
        let over = |g: usize| {
            groups
                .get(g)
                .and_then(|g| g.subject)
                .is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1)
        };
        let candidates = std::iter::once(at).chain((0..groups.len()).filter(|&g| over(g)));
        candidates
            .into_iter()
            .find(|&g| groups.get(g).is_some_and(|g| self.view.has((g.head, g.head + 1), verb)))
    }

    /// Somebody only threatens or considers it, or it is not so.
    pub(super) fn unsure(&self, group: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let own = groups.get(group).is_none_or(|g| g.negated || g.condition || g.modal.is_some());
        own || self.view.clauses.chain(group).into_iter().skip(1).any(|g| {
            groups.get(g).is_some_and(|g| g.lemma != "plan" && self.context.classes.has("doubt", &g.lemma))
        })
    }

    /// "The way for the two teams to meet": made possible, not told.
    pub(super) fn enabled(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(group) = self.hit.frame.group.and_then(|g| groups.get(g)) else { return false };
        let Some(above) = group.governor.and_then(|g| groups.get(g)) else { return false };
        group.tense == Tense::Infinitive
            && !self.context.classes.has("promise", &above.lemma)
            && (above.head..group.start).any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "for"))
    }

    /// An agreement that is only named ("the consensus reached by …"), without day or people.
    pub(super) fn label(&self, sides: &[Side]) -> bool {
        let frame = &self.hit.frame;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let reduced = !frame.nominal && group.is_some_and(|g| g.tense == Tense::Participle);
        if !(frame.nominal && frame.trigger.0 > 0 && self.rule_is_noun() || reduced) {
            return false;
        }
        let named = |(from, to): Range| {
            (from..to).find(|&at| self.view.has((at, at + 1), &self.hit.rule.theme)).unwrap_or(from)
        };
        let head = if reduced { frame.theme.map_or(frame.trigger.0, named) } else { frame.trigger.0 };
        let start = phrase_start(self.view.words, head);
        let definite =
            self.view.words.get(start).is_some_and(|w| {
                matches!(w.lower.as_str(), "the" | "this" | "that" | "their" | "its" | "these")
            });
        let people = sides.iter().any(|s| s.party.name.is_some() && s.party.office.is_some());
        let (from, to) = (frame.trigger.0, frame.extent.1.min(frame.trigger.1 + 8));
        let dated = self.times_in((from, to)).any(|t| t.date.is_some_and(|d| d.interval.is_some()));
        let consensus = matches!(self.hit.rule.act, Act::Agreement(Agreement::Consensus));
        definite && (consensus || !(people || dated))
    }

    fn rule_is_noun(&self) -> bool {
        self.hit.rule.form == Form::Noun
            && !matches!(self.hit.rule.act, Act::Agreement(Agreement::JointStatement))
    }

    /// A contact worth telling: it is the point of its clause, or it carries a day, a place or people.
    pub(super) fn telling(&self, sides: &[Side]) -> bool {
        let frame = &self.hit.frame;
        if !frame.nominal || self.held() && !self.on_sidelines() {
            return true;
        }
        if self.on_sidelines() {
            return false;
        }
        let placed = self.place(Kind::Engagement).is_some();
        let located = self.has_day() || placed;
        let start = phrase_start(self.view.words, frame.trigger.0);
        let aim = !self.prospect()
            && start
                .checked_sub(1)
                .and_then(|i| self.view.words.get(i))
                .is_some_and(|w| matches!(w.lower.as_str(), "for" | "to" | "through"));
        let named = sides.iter().filter(|s| !s.pair);
        let people = named.clone().any(|s| s.party.office.is_some());
        !aim && (located || people || distinct(named.filter_map(|s| s.party.country)).len() >= 2)
    }

    /// "On the sidelines of the summit": where a contact was rather than the contact.
    fn on_sidelines(&self) -> bool {
        let start = phrase_start(self.view.words, self.hit.frame.trigger.0);
        let beside = (1..=3).any(|back| {
            start
                .checked_sub(back)
                .and_then(|i| self.view.words.get(i))
                .is_some_and(|w| matches!(w.lemma.as_str(), "sideline" | "margin" | "fringe" | "eve"))
        });
        beside || self.venue()
    }

    /// "Will see each other at the APEC summit": the contact is the other one.
    fn venue(&self) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let start = phrase_start(words, frame.trigger.0);
        let at = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "at");
        let named = (start..frame.trigger.0).any(|i| words.get(i).is_some_and(|w| w.capital && !w.time));
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        at && named
            && group.is_some_and(|g| {
                matches!(
                    g.lemma.as_str(),
                    "meet" | "see" | "talk" | "speak" | "confer" | "gather" | "sit" | "attend"
                )
            })
    }

    /// The occasions of one verb or noun, where there are several.
    pub(super) fn occasions(&self) -> Vec<Occasion> {
        let frame = &self.hit.frame;
        let words = self.view.words;
        if self.visit() {
            return Vec::new();
        }
        let from = if frame.nominal { frame.trigger.1 } else { frame.trigger.1.max(frame.trigger.0 + 1) };
        let next = self.view.clauses.groups.iter().find(|g| g.start >= from && g.finite);
        let limit = next.map_or(words.len(), |g| g.start);
        let spots = self.spots((from, limit), &["in", "at"]);
        let small = |i: usize| {
            words.get(i).is_some_and(|w| {
                w.time
                    || matches!(
                        w.lower.as_str(),
                        "," | "and"
                            | "in"
                            | "at"
                            | "on"
                            | "then"
                            | "again"
                            | "later"
                            | "the"
                            | "of"
                            | "finally"
                            | "from"
                    )
            })
        };
        let mut chain: Vec<_> = Vec::new();
        for spot in spots {
            let linked = chain.last().is_none_or(|last: &super::place::Spot| {
                (last.words.1..spot.words.0).all(small) && last.words.1 < spot.words.0
            });
            if !linked {
                break;
            }
            chain.push(spot);
        }
        if chain.len() < 2 {
            return Vec::new();
        }
        let mut out = Vec::new();
        for (number, spot) in chain.iter().enumerate() {
            let here = self.span_of(spot.words);
            let stop = chain.get(number + 1).map_or(limit, |n| n.words.0);
            let reach = self.span_of((spot.words.1, stop.max(spot.words.1 + 1)));
            let time = self
                .times
                .iter()
                .find(|t| reach.contains(t.span) && t.date.is_some_and(|d| d.interval.is_some()));
            out.push(Occasion { place: here, time: time.cloned() });
        }
        out
    }

    /// "Their first meeting since Rome in May", "following those in Vienna and Bangkok": earlier contacts,
    /// told by their places.
    pub(super) fn earlier_contacts(&self) -> Vec<Occasion> {
        let frame = &self.hit.frame;
        if !frame.nominal || self.hit.rule.act.kind() != Kind::Engagement {
            return Vec::new();
        }
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let reach = words.len().min(frame.trigger.1 + 16);
        let at = (frame.trigger.1..reach).find_map(|i| match lower(i) {
            "since" if words.get(i + 1).is_some_and(|w| w.capital && !w.time) => Some(i + 1),
            "since" | "following" | "after"
                if matches!(lower(i + 1), "those" | "the") && lower(i + 2) == "in" =>
            {
                Some(i + 3)
            }
            _ => None,
        });
        let Some(at) = at else { return Vec::new() };
        let end = (at..words.len())
            .find(|&i| {
                words
                    .get(i)
                    .is_some_and(|w| matches!(w.lower.as_str(), "." | ";") || matches!(w.tag, Tag::Verb(_)))
            })
            .unwrap_or(words.len());
        let places: Vec<&Who> =
            self.view.who_in((at, end)).filter(|w| w.kind == WhoKind::Place || w.city).collect();
        let mut out = Vec::new();
        let mut from = self.word_start(at).unwrap_or(0);
        for (number, who) in places.iter().enumerate() {
            // Only a list without other words between.
            let gap = self.context.doc.text.get(from..who.span.start).unwrap_or("");
            if !gap.split(|c: char| c == ',' || c.is_whitespace()).all(|w| matches!(w, "" | "and" | "in")) {
                break;
            }
            from = who.span.end;
            let next = places.get(number + 1).map_or(self.span_of((at, end)).end, |n| n.span.start);
            let time = self.times.iter().find(|t| {
                who.span.end <= t.span.start
                    && t.span.end <= next
                    && t.date.is_some_and(|d| d.interval.is_some())
            });
            if let Some(time) = time {
                from = time.span.end;
            }
            out.push(Occasion { place: who.span, time: time.cloned() });
        }
        out
    }

    /// The sentence names its parties by pronouns.
    pub(super) fn anaphoric(&self) -> bool {
        let frame = &self.hit.frame;
        let groups = &self.view.clauses.groups;
        let group = frame.group.and_then(|g| groups.get(g));
        let above = group.and_then(|g| g.governor).and_then(|g| groups.get(g));
        let pleased = group.is_some_and(|g| g.tense == Tense::Infinitive)
            && above.is_some_and(|g| {
                matches!(g.lemma.as_str(), "honor" | "honour" | "please" | "delight" | "be" | "appreciate")
            });
        pleased
            || self.view.words.iter().take(frame.trigger.1 + 4).enumerate().any(|(at, w)| {
                matches!(w.lower.as_str(), "they" | "their" | "it" | "both" | "them")
                    || w.lower == "two"
                        && self.view.words.get(at.wrapping_sub(1)).is_some_and(|w| w.lower == "the")
            })
    }

    /// The draft as it is on one of its occasions.
    pub(super) fn on_occasion(&self, draft: &Draft, occasion: &Occasion) -> Draft {
        let mut out = draft.clone();
        let fields = &mut out.event.evidence.fields;
        out.event.place = occasion.place.of(self.context.doc.text).map(str::to_owned);
        fields.insert("place".to_owned(), occasion.place);
        out.start = occasion.place.start;
        match &occasion.time {
            Some(time) => {
                out.event.date = time.date.unwrap_or(EventDate::UNKNOWN);
                fields.insert("date".to_owned(), time.span);
                out.dated = true;
            }
            None => {
                out.event.date = EventDate::UNKNOWN;
                fields.remove("date");
                out.dated = false;
            }
        }
        out
    }

    /// Somebody of a government says it, or the text is a government's own.
    pub(super) fn official_speaker(&self, stance: &Stance) -> bool {
        stance.speaker.is_some_and(|range| self.view.who_in(range).any(|w| w.is("official")))
            || self.block_kind() == Some(BlockKind::Turn)
    }

    /// "In a call with X on Monday, Y raised …": Y is the other one.
    pub(super) fn host_of_phrase(&self, out: &mut Vec<Side>) {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let start = phrase_start(words, frame.trigger.0);
        let leads = frame.nominal
            && start > 0
            && start <= 4
            && words.get(start - 1).is_some_and(|w| {
                matches!(w.lower.as_str(), "in" | "at" | "during" | "after" | "following" | "before" | "of")
            });
        if !leads || distinct(out.iter().filter_map(|s| s.party.country)).len() >= 2 {
            return;
        }
        let main = self.view.clauses.groups.iter().find(|g| g.finite && g.head > frame.trigger.1);
        let Some(subject) = main.and_then(|g| g.subject).filter(|s| s.0 >= frame.trigger.1) else { return };
        self.collect(subject, Role::Participant, out);
        // A state that follows a place in the sentence is one of those who act all the same.
        let states = self.view.who_in(subject).filter(|w| w.kind == WhoKind::Place && !w.city);
        let states: Vec<(StateCode, Span)> = states.filter_map(|w| Some((w.country?, w.span))).collect();
        out.extend(states.into_iter().map(|(code, span)| self.state(code, Role::Participant, span)));
    }

    /// "The Commission said a deal had been reached with Mexico": who says so is the other one.
    pub(super) fn teller(&self, stance: &Stance, out: &mut Vec<Side>) {
        let group = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let Some(range) = stance.speaker else { return };
        if self.hit.rule.act.kind() != Kind::Agreement
            || known.len() != 1
            || !group.is_some_and(|g| g.passive)
        {
            return;
        }
        let mut found = Vec::new();
        self.collect(range, Role::Participant, &mut found);
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// Fills in the side that a contact leaves to the reader.
    pub(super) fn counterpart(&self, out: &mut Vec<Side>) {
        if !self.context.governed || !self.context.on_trade && !self.context.official {
            return;
        }
        let [a, b] = *self.context.sides.as_slice() else { return };
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        // "The APEC meeting" is not one of the two sides alone.
        let of_many = |s: &Side| {
            s.party.country.is_none()
                && self.view.who.iter().any(|w| w.span == s.at && w.kind == WhoKind::Body)
        };
        if out.iter().any(of_many) {
            return;
        }
        if known.len() >= 2 || known.iter().any(|c| *c != a && *c != b) {
            return;
        }
        if !self.leaves_out(known.is_empty()) {
            return;
        }
        for code in [a, b] {
            if !known.contains(&code) {
                let mut side = self.state(code, Role::Participant, self.trigger_span());
                side.pair = true;
                out.push(side);
            }
        }
    }

    /// Whether the words of the act stand for the two sides of the article.
    fn leaves_out(&self, nobody: bool) -> bool {
        let frame = &self.hit.frame;
        let occasions = self.hit.rule.act.kind() == Kind::Engagement && !self.occasions().is_empty();
        let dated = occasions || self.times_in(frame.extent).any(|t| t.date.is_some());
        let placed = occasions || self.place(self.hit.rule.act.kind()).is_some();
        let denied = frame.group.is_some_and(|g| {
            self.view.clauses.chain(g).into_iter().any(|g| {
                self.view.clauses.groups.get(g).is_some_and(|g| self.context.classes.has("deny", &g.lemma))
            })
        });
        let generic = |r: Option<Range>| {
            r.is_some_and(|(a, b)| {
                (a..b).any(|i| {
                    self.view.words.get(i).is_some_and(|w| {
                        matches!(w.lower.as_str(), "they" | "their")
                            || self.context.classes.has("envoy", &w.lemma) && !w.name
                    })
                })
            })
        };
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let subject = group.and_then(|g| g.subject);
        let somebody = generic(frame.agent)
            || generic(subject)
            || frame.preps.iter().any(|(p, r)| {
                self.view.words.get(*p).is_some_and(|w| matches!(w.lower.as_str(), "with" | "between" | "of"))
                    && generic(Some(*r))
            });
        if !nobody {
            if self.hit.rule.act.kind() == Kind::Agreement {
                return dated && group.is_some_and(|g| g.passive);
            }
            let met = generic(frame.theme);
            return frame.nominal && dated && placed || somebody && (dated || placed) || met;
        }
        if self.hit.rule.act.kind() == Kind::Agreement {
            let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
            return somebody || group.is_some_and(|g| g.passive) || frame.nominal && (dated || placed);
        }
        if !frame.nominal {
            return somebody && (dated || placed);
        }
        let held = subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1)
            && group.is_some_and(|g| g.passive && g.lemma == "hold");
        dated || placed || denied || held || somebody && self.held()
    }
}
