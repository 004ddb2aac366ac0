//! What is particular to contacts between governments: told or merely pointed at, called off, one
//! verb for several occasions, and parties that the text leaves to the reader.

use super::*;

use crate::grammar::clause::{Tense, phrase_start};
use crate::grammar::lower::is;
use crate::grammar::rule::Form;

/// One of several contacts told with one word: "in Lima in May and in Oslo in July".
#[derive(Debug, Clone)]
pub(super) struct Occasion {
    pub(super) place: Span,
    pub(super) time: Option<Timing>,
}

/// Whose gatherings are of many.
const MANY: &[&str] = &[
    "asem", "unga", "asean", "apec", "g7", "g20", "g8", "brics", "wto", "oecd", "imf", "nato", "davos",
    "cop30", "cop", "sco",
];

/// Put off is not called off.
const PUT_OFF: &[&str] = &["postpone", "delay", "defer", "put", "push"];

impl Builder<'_> {
    /// "spoke about Taiwan and the summit planned for the spring": a contact that another one is about, and
    /// whose own sides the text does not give.
    fn talked_about(&self) -> bool {
        let frame = &self.hit.frame;
        let Some(group) = self.own_group().filter(|_| frame.nominal) else { return false };
        let speaks =
            is!(group.lemma, "speak" | "talk" | "confer" | "telephone" | "phone" | "discuss" | "meet");
        let about = group.preps.iter().any(|(prep, range)| {
            range.0 <= frame.trigger.0
                && frame.trigger.1 <= range.1
                && self
                    .view
                    .words
                    .get(*prep)
                    .is_some_and(|w| is!(w.lower, "about" | "over" | "regarding" | "concerning"))
        });
        let sided = frame
            .preps
            .iter()
            .any(|(prep, _)| self.view.words.get(*prep).is_some_and(|w| is!(w.lower, "with" | "between")));
        speaks && about && !sided
    }

    /// The stance of a contact: what is taken for known is so, what is called off is not.
    ///
    /// # Errors
    /// When it may be called off.
    pub(super) fn contact_stance(&self, stance: Stance) -> Result<Stance, Reason> {
        if let Some(group) = self.called_off() {
            let groups = &self.view.clauses.groups;
            if groups.get(group).is_some_and(|g| PUT_OFF.contains(&g.lemma.as_str())) && !self.was_set() {
                return Err("put off".into());
            }
            if self.unsure(group) {
                return Err("called off only perhaps".into());
            }
            return Ok(Stance { denied: true, ..Stance::default() });
        }
        if self.came_to_nothing() {
            return Ok(Stance { denied: true, ..Stance::default() });
        }
        if self.of_plan_before() {
            return Err("the contact planned right before".into());
        }
        let above = self.own_group();
        if self.hit.frame.nominal
            && above.is_some_and(|g| {
                let trigger = self.hit.frame.trigger.0;
                let dated =
                    self.times.iter().any(|t| t.date.is_some() && t.span.start > self.trigger_span().end);
                g.lemma == "prepare" && !dated && g.theme.is_some_and(|t| t.0 <= trigger && trigger < t.1)
            })
        {
            return Err("only prepared".into());
        }
        if self.talked_about() {
            return Err("only talked about".into());
        }
        if self.failed() {
            return Err("failed, so nothing is told of a contact".into());
        }
        if self.presupposed() {
            return Ok(Stance { future: self.prospect(), ..Stance::default() });
        }
        // "Step up dialogue by convening the commission": a means, not told.
        let means = self.own_group().is_some_and(|g| {
            g.tense == Tense::Gerund
                && !self.hit.frame.nominal
                && g.start
                    .checked_sub(1)
                    .and_then(|i| self.view.words.get(i))
                    .is_some_and(|w| w.lower == "by")
        });
        if means {
            return Err("a means, not told".into());
        }
        let follows = self.own_group().is_some_and(|g| {
            let trigger = self.hit.frame.trigger.0;
            self.hit.frame.nominal
                && is!(g.lemma, "follow" | "succeed")
                && !g.passive
                && g.theme.is_some_and(|t| t.0 <= trigger && trigger < t.1)
        });
        // "The session will follow a meeting in Rome".
        if follows {
            return Ok(Stance { speaker: stance.speaker, ..Stance::default() });
        }
        if self.behind_it() {
            return Ok(Stance { speaker: stance.speaker, ..Stance::default() });
        }
        let group = self.own_group();
        if let Some(sure) = self.once_met() {
            return Ok(Stance { future: true, doubtful: !sure, ..stance });
        }
        if group.is_some_and(|g| g.condition) {
            return Err("only asked or supposed".into());
        }
        let future = self.on_weekday_to_come() || self.prospect() || self.expected() || self.agreed_to();
        if self.enabled() {
            return Err("made possible, not told".into());
        }
        if self.only_willing() {
            return Err("somebody is willing, nothing is planned".into());
        }
        let future_only = future || stance.future;
        let doubtful = stance.doubtful && !self.by_means() || self.likely();
        let stance = Stance { future: future_only, doubtful, ..stance };
        // "Will not take place", of something that was to.
        let dropped = stance.negated
            && stance.future
            && self.hit.frame.nominal
            && group.is_some_and(|g| is!(g.lemma, "take" | "happen" | "go" | "proceed"));
        // "Will not travel to Lima as planned".
        let words = self.view.words;
        let planned = stance.negated
            && stance.future
            && !self.hit.frame.nominal
            && (self.hit.frame.trigger.1..words.len()).any(|i| {
                words.get(i).is_some_and(|w| is!(w.lower, "as" | "after"))
                    && words.get(i + 1).is_some_and(|w| {
                        is!(w.lower, "planned" | "scheduled" | "announced" | "expected" | "all")
                    })
            });
        let denied = stance.denied || planned || dropped || stance.negated && self.official_speaker(&stance);
        Ok(Stance { denied, ..stance })
    }

    /// "Put off a trip planned for Monday", "the round that was to open in May": on that day it was not.
    fn was_set(&self) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let set = |at: usize| {
            words.get(at).is_some_and(|w| {
                is!(w.lower, "planned" | "scheduled" | "set" | "due" | "slated" | "pencilled" | "foreseen")
            }) || words.get(at).is_some_and(|w| is!(w.lower, "was" | "were"))
                && words.get(at + 1).is_some_and(|w| is!(w.lower, "to" | "due" | "meant"))
        };
        (frame.trigger.1..words.len().min(frame.trigger.1 + 8)).any(|at| {
            set(at)
                && self.times.iter().any(|t| {
                    let behind = self.word_from(t.span.start);
                    t.date.is_some() && at < behind && behind < at + 12
                })
        })
    }

    /// "Discussed the curbs by video link": the means of what was done, of which nobody doubts.
    fn by_means(&self) -> bool {
        let frame = &self.hit.frame;
        let start = phrase_start(self.view.words, frame.trigger.0);
        let by = start.checked_sub(1).and_then(|i| self.view.words.get(i));
        frame.nominal
            && by.is_some_and(|w| is!(w.lower, "by" | "via" | "over" | "through"))
            && self.own_group().is_some_and(|g| g.finite && g.tense == Tense::Past && g.modal.is_none())
    }

    /// "The duty will fall after a visit to Rome": what the sentence foresees is not the visit.
    fn behind_it(&self) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let start = phrase_start(words, frame.trigger.0);
        let after = start
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| is!(w.lower, "after" | "following" | "since"));
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let somebody = group
            .and_then(|g| g.subject)
            .is_some_and(|s| self.view.who_in(s).any(|w| w.is("official") || w.is("person")));
        // "Following talks that resulted in a deal".
        let past = (frame.trigger.1..words.len().min(frame.trigger.1 + 20)).any(|i| {
            words.get(i).is_some_and(|w| w.lower == "recent")
                || words.get(i).is_some_and(|w| w.tag == Tag::Rel || w.lower == "that")
                    && words.get(i + 1).is_some_and(|w| w.lower.ends_with("ed"))
        });
        frame.nominal
            && after
            && (!somebody || past)
            && group.is_some_and(|g| g.finite && g.head < frame.trigger.0)
    }

    /// "Expects to sign pacts after its minister meets officials", "will decide when they meet": as much to
    /// come as the signing, and as sure.
    fn once_met(&self) -> Option<bool> {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.filter(|_| !self.hit.frame.nominal)?;
        let group = groups.get(own).filter(|g| g.finite && g.tense == Tense::Present && g.modal.is_none())?;
        let from = group.opens();
        let opened = (from.saturating_sub(2)..from).any(|i| {
            self.view
                .words
                .get(i)
                .is_some_and(|w| is!(w.lower, "after" | "before" | "when" | "once" | "until"))
        });
        let expected = |g: &crate::grammar::clause::Group| {
            is!(g.lemma, "expect" | "plan" | "hope" | "intend" | "aim" | "want")
        };
        let foreseen = |g: &&crate::grammar::clause::Group| {
            g.finite && (g.modal.as_deref().is_some_and(|m| m != "would") || expected(g))
        };
        let main = groups.iter().take(own).find(foreseen).filter(|_| opened)?;
        Some(matches!(main.modal.as_deref(), Some("will" | "shall")))
    }

    /// "Meets X on Tuesday, their third encounter this year": the one just told, which has yet to come.
    fn of_plan_before(&self) -> bool {
        let start = phrase_start(self.view.words, self.hit.frame.trigger.0);
        let word = |at: usize| self.view.words.get(at).map_or("", |w| w.lower.as_str());
        let apposed = start.checked_sub(1).is_some_and(|at| word(at) == ",") && word(start) == "their";
        let mut before = self.view.clauses.groups.iter().filter(|g| g.finite && g.head < start);
        let comes = |g: &Group| {
            g.tense == Tense::Future || g.tense == Tense::Present && g.modal.is_none() && !g.negated
        };
        self.hit.frame.nominal && apposed && before.next_back().is_some_and(comes)
    }

    /// "Sits down with X on Tuesday": the present tense with a bare weekday looks ahead.
    fn on_weekday_to_come(&self) -> bool {
        const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let group = self.own_group();
        let plain = group.is_some_and(|g| {
            g.finite && g.tense == Tense::Present && g.modal.is_none() && g.start == g.head && !g.negated
        });
        let published = self.context.published;
        // "Flies to Lima on Tuesday to meet X": as much to come as the flight.
        let aim = self.hit.frame.group.is_some_and(|at| {
            let groups = &self.view.clauses.groups;
            let finite = groups.get(..at).and_then(|before| before.iter().rfind(|g| g.finite));
            group.is_some_and(|g| g.tense == Tense::Infinitive)
                && finite.is_some_and(|g| g.tense == Tense::Present && g.modal.is_none() && !g.negated)
        });
        let bare = |t: &Timing| {
            let text = self.context.doc.slice(t.span).to_lowercase();
            let ahead = t.ahead.and_then(|(date, _)| date.start());
            text.split(' ').any(|word| DAYS.contains(&word)) && ahead.is_some_and(|day| day > published)
        };
        !self.hit.frame.nominal
            && (plain
                && self.times.iter().any(|t| bare(t) && self.bond(t.span).is_some_and(|b| b <= Bond::Own))
                || aim && self.times.iter().any(|t| bare(t) && t.span.end <= self.trigger_span().start))
    }

    /// "Further meetings were likely": foreseen, not held.
    fn likely(&self) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                let subject = g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
                subject
                    && g.lemma == "be"
                    && (g.head + 1..g.head + 4).any(|i| {
                        words.get(i).is_some_and(|w| {
                            is!(
                                w.lower,
                                "likely" | "unlikely" | "possible" | "probable" | "necessary" | "needed"
                            )
                        })
                    })
            })
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
                            matches!(w.tag, Tag::Prep | Tag::To) && !is!(w.lower, "of")
                        })
                    })
            })
        };
        let verb = self.context.classes.get("hold").unwrap_or_default();
        // "Are resuming conversations" tells of none in particular.
        let again = is!(
            group.lemma,
            "resume" | "restart" | "reopen" | "start" | "open" | "launch" | "continue" | "keep"
        );
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
                || group.preps.iter().any(|(p, r)| {
                    let during = self.view.words.get(*p).is_some_and(|w| w.lower == "during");
                    !during && inside(Some(*r))
                }))
    }

    /// "The previous round", "another meeting": not the contact told before.
    pub(super) fn another(&self) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let start = phrase_start(self.view.words, trigger);
        let said =
            |i: usize, fits: fn(&str) -> bool| self.view.words.get(i).is_some_and(|w| fits(w.lower.as_str()));
        let other =
            |w: &str| matches!(w, "previous" | "earlier" | "prior" | "another" | "next" | "new" | "further");
        // "She also held talks with the chamber": beside the contact told before.
        let also = self.own_group().is_some_and(|g| {
            let before = g.subject.map_or(g.start, |s| s.1.min(g.start));
            g.head < start && (before..g.head).any(|i| said(i, |w| w == "also"))
        });
        let named = self.hit.frame.preps.iter().any(|(at, range)| {
            said(*at, |w| w == "with") && self.view.who_in(*range).any(|w| w.name.is_some())
        });
        self.hit.frame.nominal && ((start..trigger).any(|i| said(i, other)) || also && named)
    }

    /// "The two sides exchanged views": no talks beside those that the text opens with.
    pub(super) fn of_these_talks(&self, parties: &[Side]) -> bool {
        let frame = &self.hit.frame;
        let told = self.hit.rule.act == Act::Engagement(Engagement::Talks) && !frame.nominal;
        let subject = frame.agent.filter(|_| told);
        let pair = subject.is_some_and(|range| self.view.who_in(range).all(|w| w.kind == WhoKind::Pair));
        let past = self.own_group().is_some_and(|g| g.tense == Tense::Past);
        let elsewhere = self.has_day() || self.place(Kind::Engagement).is_some();
        let states = distinct(parties.iter().filter_map(|s| s.party.country));
        pair && past && !elsewhere && self.memory.contact_between(&states).is_some()
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
        if self.laid_down() || self.contracted() {
            return false;
        }
        let groups = &self.view.clauses.groups;
        let Some(group) = self.hit.frame.group.and_then(|g| groups.get(g)) else { return false };
        let above = group.governor.and_then(|g| groups.get(g));
        group.tense == Tense::Infinitive
            && !self.hit.frame.nominal
            && above.is_some_and(|g| {
                !self.context.classes.has("promise", &g.lemma)
                    && !is!(
                        g.lemma,
                        "manage"
                            | "succeed"
                            | "decide"
                            | "be"
                            | "help"
                            | "choose"
                            | "go"
                            | "move"
                            | "expect"
                            | "plan"
                            | "set"
                            | "schedule"
                            | "prepare"
                    )
            })
    }

    /// "Is due in Paris": to come by its own words.
    fn expected(&self) -> bool {
        let (from, to) = self.hit.frame.trigger;
        let words = self.view.words;
        let group = self.own_group();
        // "Is heading to Paris on Sunday", but not "is meeting", which goes on already.
        let under_way = group.is_some_and(|g| {
            g.tense == Tense::Present
                && g.start < g.head
                && words.get(g.head).is_some_and(|w| w.lower.ends_with("ing"))
                && is!(
                    g.lemma,
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
        let due = |i: usize| words.get(i).is_some_and(|w| is!(w.lemma, "due" | "expect"));
        under_way || (from..to).any(due)
    }

    /// The visit that somebody is invited to.
    pub(super) fn invited(&self) -> bool {
        let Some(group) = self.hit.frame.group.filter(|_| !self.hit.frame.nominal) else { return false };
        let groups = &self.view.clauses.groups;
        let to_come = groups.get(group).filter(|g| g.tense == Tense::Infinitive);
        let above = to_come.and_then(|g| g.governor).and_then(|g| groups.get(g));
        if let (Some(own), Some(above)) = (to_come, above)
            && (above.head..own.start)
                .any(|i| self.view.words.get(i).is_some_and(|w| w.lemma == "invitation"))
        {
            return true;
        }
        self.view
            .clauses
            .chain(group)
            .skip(1)
            .any(|g| self.view.clauses.groups.get(g).is_some_and(|g| is!(g.lemma, "invite" | "welcome")))
    }

    /// A contact that the sentence takes for known: "the call on June 5", "their meeting in Rome".
    pub(super) fn presupposed(&self) -> bool {
        self.hit.frame.nominal && *self.known.presupposed.get_or_init(|| self.points_at_contact())
    }

    fn points_at_contact(&self) -> bool {
        let frame = &self.hit.frame;
        if self.held() || self.called_off().is_some() {
            return false;
        }
        let start = phrase_start(self.view.words, frame.trigger.0);
        let first = self.view.words.get(start).map_or("", |w| w.lower.as_str());
        let possessed =
            (start..frame.trigger.0).any(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Poss));
        let new = (start..frame.trigger.0).any(|i| {
            self.view.words.get(i).is_some_and(|w| {
                is!(w.lower, "next" | "new" | "upcoming" | "another" | "further" | "future" | "possible")
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
                let fails = is!(g.lemma, "fail" | "collapse" | "stall" | "founder" | "flounder" | "falter")
                    || g.lemma == "break" && matches!(particle, "down" | "up")
                    || g.lemma == "fall" && matches!(particle, "through" | "apart");
                subject && !g.negated && fails
            })
    }

    /// Firms, visitors and the like make no contact between governments.
    pub(super) fn of_group(&self, side: &Side) -> bool {
        let contact = self.hit.rule.act.kind() == Kind::Engagement;
        let private = |kind: WhoKind| kind == WhoKind::Group || contact && kind == WhoKind::Firm;
        !side.pair && self.view.who.iter().any(|w| w.span == side.at && private(w.kind))
    }

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
            g.lemma == "be"
                && g.finite
                && g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1)
                && self.view.words.get(g.head + 1).is_some_and(|w| w.lower == "off")
                && self.view.words.get(g.head + 2).is_none_or(|w| w.tag != Tag::Noun && w.tag != Tag::To)
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
        let candidates = std::iter::once(at).chain((0..groups.len()).filter(|&g| over(g) || beyond(g)));
        candidates
            .into_iter()
            .find(|&g| groups.get(g).is_some_and(|g| self.view.has((g.head, g.head + 1), verb)))
    }

    /// "The call never happened", "was due to visit Lima but cancelled the trip".
    fn came_to_nothing(&self) -> bool {
        let frame = &self.hit.frame;
        let groups = &self.view.clauses.groups;
        if self.meant_but_did_not() {
            return true;
        }
        if frame.nominal {
            return groups.iter().any(|g| {
                g.finite
                    && g.negated
                    && g.modal.is_none()
                    && is!(g.lemma, "happen" | "occur" | "materialise" | "materialize")
                    && g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1)
            });
        }
        let Some(own) = frame.group.filter(|&g| groups.get(g).is_some_and(|g| g.tense == Tense::Infinitive))
        else {
            return false;
        };
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

    /// "Had meant to hold talks in Lima and did not", "had hoped to meet her but could not".
    fn meant_but_did_not(&self) -> bool {
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

    /// Somebody only threatens or considers it, or it is not so.
    pub(super) fn unsure(&self, group: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let own = groups.get(group).is_none_or(|g| g.negated || g.condition || g.modal.is_some());
        // "Rejected as false a report that the talks had been broken off".
        let denied = groups.get(..group).unwrap_or_default().iter().any(|g| {
            self.context.classes.has("deny", &g.lemma)
                && self.view.words.get(g.head + 1..).is_some_and(|rest| {
                    let head = groups.get(group).map_or(0, |own| own.head);
                    rest.iter().take(head.saturating_sub(g.head)).any(|w| w.lower == "that")
                })
        });
        own || denied
            || self.view.clauses.chain(group).skip(1).any(|g| {
                groups
                    .get(g)
                    .is_some_and(|g| g.lemma != "plan" && self.context.classes.has("doubt", &g.lemma))
            })
    }

    /// "The road for both delegations to meet": made possible, not told.
    pub(super) fn enabled(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(group) = self.hit.frame.group.and_then(|g| groups.get(g)) else { return false };
        let Some(above) = group.governor.and_then(|g| groups.get(g)) else { return false };
        let tasked = is!(
            above.lemma,
            "designate"
                | "appoint"
                | "name"
                | "task"
                | "authorise"
                | "authorize"
                | "instruct"
                | "direct"
                | "dispatch"
                | "assign"
                | "order"
        );
        tasked && group.tense == Tense::Infinitive
            || group.tense == Tense::Infinitive
                && !self.context.classes.has("promise", &above.lemma)
                && (above.head..group.start).any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "for"))
    }

    /// "The ministry is willing to hold talks": a position.
    fn only_willing(&self) -> bool {
        let Some(group) = self.own_group() else {
            return false;
        };
        let before = group.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        // "is ready to talk, it said on Tuesday": the day of saying so.
        let dated = self.times.iter().any(|t| {
            let behind = t.date.is_some() && t.span.start > self.trigger_span().end;
            behind && self.bond(t.span) == Some(Bond::Own)
        });
        // "ready to hold the sixth round": a round that is to come.
        let start = crate::grammar::clause::phrase_start(self.view.words, self.hit.frame.trigger.0);
        let known = self.view.words.get(start).is_some_and(|w| w.tag == Tag::Det);
        group.tense == Tense::Infinitive
            && !dated
            && !known
            && before.is_some_and(|w| {
                is!(w.lower, "willing" | "ready" | "open" | "prepared" | "happy" | "keen" | "eager")
            })
    }

    /// An agreement that is only named ("the consensus reached by …"), without day or people.
    pub(super) fn label(&self, sides: &[Side]) -> bool {
        let frame = &self.hit.frame;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let reduced = !frame.nominal && group.is_some_and(|g| g.tense == Tense::Participle);
        if !(frame.nominal && frame.trigger.0 > 0 && self.rule_is_noun() || reduced) {
            return false;
        }
        let named = |(from, to): Range| self.view.first((from, to), &self.hit.rule.theme).unwrap_or(from);
        let head = if reduced { frame.theme.map_or(frame.trigger.0, named) } else { frame.trigger.0 };
        let start = phrase_start(self.view.words, head);
        let definite = self
            .view
            .words
            .get(start)
            .is_some_and(|w| is!(w.lower, "the" | "this" | "that" | "their" | "its" | "these"));
        let people = sides.iter().any(|s| {
            s.party.name.is_some() && s.party.office.is_some()
                || self.view.who.iter().any(|w| w.span == s.at && w.kind == WhoKind::Person)
        });
        let (from, to) = (start.min(frame.trigger.0), frame.extent.1.min(frame.trigger.1 + 8));
        let dated = self.times_in((from, to)).any(|t| t.date.is_some_and(|d| d.interval.is_some()));
        let consensus = matches!(self.hit.rule.act, Act::Agreement(Agreement::Consensus));
        definite && (consensus || !(people || dated))
    }

    fn rule_is_noun(&self) -> bool {
        self.hit.rule.form == Form::Noun
            && !matches!(self.hit.rule.act, Act::Agreement(Agreement::JointStatement))
    }

    /// "A joint notice of the two ministries", "the carrier and the maker agreed": a paper of offices of one
    /// state, or a matter of firms, is no act of several states.
    pub(super) fn of_one_house(&self, sides: &[Side]) -> bool {
        let joint = self.hit.rule.act == Act::Agreement(Agreement::JointStatement);
        if !joint && self.hit.rule.act != Act::Agreement(Agreement::Consensus) {
            return false;
        }
        let kind = |s: &Side| self.view.who.iter().find(|w| w.span == s.at);
        let speaks = |s: &&Side| !s.pair && kind(s).is_some_and(|w| w.is("official"));
        let private = |s: &Side| {
            kind(s).is_some_and(|w| w.kind == WhoKind::Firm || w.kind == WhoKind::Body && w.country.is_some())
                && !speaks(&s)
        };
        if sides.iter().any(private) {
            return true;
        }
        // "Jane Roe, head of the commission, left with a joint statement": one person.
        let several = |of: &[WhoKind]| {
            let of_kind = |s: &&Side| speaks(s) && kind(s).is_some_and(|w| of.contains(&w.kind));
            sides.iter().filter(of_kind).count() > 1
        };
        let offices = [WhoKind::Body, WhoKind::Authority];
        joint
            && (several(&offices) || several(&[WhoKind::Person]) || several(&[WhoKind::Office]))
            && distinct(sides.iter().filter_map(|s| s.party.country)).len() < 2
    }

    /// Whoever is named only in what a joint paper is about: "a joint statement hailing the pact with Peru", "on
    /// the duties against Chile".
    pub(super) fn only_treated(&self, side: &Side) -> bool {
        let frame = &self.hit.frame;
        if !frame.nominal || self.hit.rule.act != Act::Agreement(Agreement::JointStatement) {
            return false;
        }
        let (at, _) = self.word_range(side.at);
        let behind = frame.trigger.1;
        let hails = |g: &Group| g.tense == Tense::Gerund && g.start == behind && g.head < at;
        let matters =
            ["agreement_noun", "tariff"].map(|class| self.context.classes.get(class).unwrap_or_default());
        let about = self.view.words.get(behind).is_some_and(|w| {
            is!(w.lower, "on" | "about" | "over" | "against" | "regarding" | "concerning" | "after")
        });
        let matter = || behind < at && matters.iter().any(|class| self.view.has((behind, at), class));
        self.view.clauses.groups.iter().any(hails) || about && matter()
    }

    /// "Agreed to set up a trade dialogue": where to talk, no talk.
    fn to_be_founded(&self) -> bool {
        let classes = self.context.classes;
        let trigger = self.hit.frame.trigger;
        let mechanism = classes.get("mechanism_noun").unwrap_or_default();
        let (start, end) = (phrase_start(self.view.words, trigger.0), trigger.1);
        self.own_group().is_some_and(|g| {
            (g.tense == Tense::Infinitive || g.modal.is_some())
                && g.head < trigger.0
                && classes.get("found_verb").is_some_and(|verbs| self.view.has((g.head, trigger.0), verbs))
                && self.view.has((start, end), mechanism)
        })
    }

    /// A contact worth telling: it is the point of its clause, or it carries a day, a place or people.
    pub(super) fn telling(&self, sides: &[Side]) -> bool {
        let frame = &self.hit.frame;
        // "avoided his counterpart at the summit"
        let shuns = self.own_group().is_some_and(|g| {
            frame.nominal
                && is!(
                    g.lemma,
                    "avoid" | "snub" | "shun" | "skip" | "boycott" | "dodge" | "ignore" | "cold-shoulder"
                )
        });
        if shuns || self.again_and_again() || self.to_be_founded() {
            return false;
        }
        if !frame.nominal || self.held() && !self.on_sidelines() {
            return true;
        }
        // "sanctioned a refinery amid talks with Tehran": told in passing.
        let start = phrase_start(self.view.words, frame.trigger.0);
        let amid = start.checked_sub(1).and_then(|i| self.view.words.get(i));
        let later = self.times.iter().any(|t| t.date.is_some() && t.span.start >= self.trigger_span().end);
        if amid.is_some_and(|w| is!(w.lower, "amid" | "amidst")) && !later {
            return false;
        }
        // "Said talks were progressing well".
        let own_day = self.times_in((frame.trigger.1, frame.extent.1)).any(|t| t.date.is_some());
        if self.under_way() && !own_day {
            return false;
        }
        if self.on_sidelines() || self.habitual_contact() {
            return false;
        }
        let first = self.view.words.get(phrase_start(self.view.words, frame.trigger.0));
        let here = self.view.words.get(frame.trigger.1).is_some_and(|w| is!(w.lower, "in" | "at" | "on"));
        // "Progress in these talks", "strengthening the dialogue": none told.
        let back = |steps: usize| {
            start
                .checked_sub(steps)
                .and_then(|i| self.view.words.get(i))
                .map_or(WordId::NONE, |w| w.lower.id())
        };
        let pointed = first.is_some_and(|w| is!(w.lower, "these" | "those" | "such")) && !here
            || back(1) == "such" && first.is_some_and(|w| w.tag == Tag::Det);
        // "The importance of open and frank dialogue".
        let valued = (2..8).any(|steps| {
            is!(back(steps), "importance" | "value" | "need" | "benefits" | "usefulness" | "spirit")
                && back(steps - 1) == "of"
                && (1..steps - 1).all(|near| !is!(back(near), "," | "in" | "at" | "the"))
        });
        let fostered = frame.group.and_then(|g| self.view.clauses.groups.get(g)).is_some_and(|g| {
            g.head < frame.trigger.0
                && is!(
                    g.lemma,
                    "strengthen"
                        | "deepen"
                        | "promote"
                        | "enhance"
                        | "advance"
                        | "facilitate"
                        | "foster"
                        | "boost"
                        | "maintain"
                        | "pursue"
                        | "encourage"
                        | "improve"
                )
                && g.theme.is_some_and(|t| t.0 <= frame.trigger.0 && frame.trigger.0 < t.1)
        });
        if (pointed || fostered || valued) && !self.held() {
            return false;
        }
        let placed = self.place(Kind::Engagement).is_some();
        let located = (self.has_day() || placed) && !self.under_way();
        let start = phrase_start(self.view.words, frame.trigger.0);
        // "For highly anticipated talks".
        let mut start = start;
        while start > 0
            && frame.trigger.0 - start < 5
            && self.view.words.get(start - 1).is_some_and(|w| {
                matches!(w.tag, Tag::Adv | Tag::Verb(_)) && w.lower.ends_with("ed") || w.tag == Tag::Adv
            })
        {
            start -= 1;
        }
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let thanks = group.is_some_and(|g| is!(g.lemma, "thank" | "praise" | "congratulate"));
        let aim = !self.prospect()
            && !thanks
            && start
                .checked_sub(1)
                .and_then(|i| self.view.words.get(i))
                .is_some_and(|w| is!(w.lower, "for" | "to" | "through"));
        let named = sides.iter().filter(|s| !s.pair);
        let text = self.context.doc.text;
        let pronoun = |s: &Side| {
            s.at.of(text).is_some_and(|w| matches!(w, "their" | "they" | "his" | "her" | "he" | "she"))
        };
        let people = named.clone().any(|s| s.party.office.is_some() && !pronoun(s));
        !aim && (located || people || distinct(named.filter_map(|s| s.party.country)).len() >= 2)
    }

    /// "Will meet twice a year".
    fn again_and_again(&self) -> bool {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let from = self.hit.frame.trigger.1;
        (from..from + 6).any(|i| {
            is!(lower(i), "once" | "twice" | "times") && is!(lower(i + 1), "a" | "per" | "each" | "every")
                || lower(i) == "every"
                    && is!(lower(i + 1), "day" | "week" | "month" | "quarter" | "year" | "six" | "three")
                || is!(lower(i), "annually" | "regularly" | "quarterly")
        })
    }

    /// "The negotiations move slowly": none in particular.
    fn under_way(&self) -> bool {
        let trigger = self.hit.frame.trigger.0;
        self.view.clauses.groups.iter().any(|g| {
            g.subject.is_some_and(|s| s.0 <= trigger && trigger < s.1)
                && is!(
                    g.lemma,
                    "move"
                        | "progress"
                        | "proceed"
                        | "drag"
                        | "advance"
                        | "continue"
                        | "remain"
                        | "stall"
                        | "seem"
                        | "appear"
                )
        })
    }

    /// "On the sidelines of the summit": where a contact was rather than the contact.
    fn on_sidelines(&self) -> bool {
        let start = phrase_start(self.view.words, self.hit.frame.trigger.0);
        let beside = (1..=5).any(|back| {
            start
                .checked_sub(back)
                .and_then(|i| self.view.words.get(i))
                .is_some_and(|w| is!(w.lemma, "sideline" | "margin" | "fringe" | "eve"))
                // "On the margins he also held talks": those were it.
                && (1..back).any(|near| {
                    let word = start.checked_sub(near).and_then(|i| self.view.words.get(i));
                    word.is_some_and(|w| w.lower == "of")
                })
        });
        beside || self.venue()
    }

    /// "Will see each other at the APEC summit", "at the Business and Investment Summit": where something
    /// else was.
    fn venue(&self) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        // Past "Business and Investment".
        let joint = |i: usize| {
            words.get(i).is_some_and(|w| {
                w.capital || w.tag == Tag::Num || is!(w.lower, "and" | "-" | "the" | "'s" | "’s")
            })
        };
        let mut start = frame.trigger.0;
        while start > 0 && joint(start - 1) {
            start -= 1;
        }
        let at = start
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| is!(w.lower, "at" | "during" | "for"));
        let named = |i: usize| words.get(i).is_some_and(|w| w.capital && !w.time);
        let place = |i: usize| {
            words.get(i).is_some_and(|w| {
                self.view.who.iter().any(|one| {
                    one.span.contains(w.span)
                        && !matches!(one.kind, WhoKind::Body | WhoKind::Firm | WhoKind::Group)
                })
            })
        };
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let meets = group.is_some_and(|g| {
            is!(g.lemma, "meet" | "see" | "talk" | "speak" | "confer" | "gather" | "sit" | "attend")
        });
        let of_many =
            (start..frame.trigger.0).any(|i| words.get(i).is_some_and(|w| MANY.contains(&w.lower.as_str())));
        of_many || at && (start..frame.trigger.0).any(|i| named(i) && (meets || !place(i)))
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
                    || is!(
                        w.lower,
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
            .find(|&i| words.get(i).is_some_and(|w| is!(w.lower, "." | ";") || matches!(w.tag, Tag::Verb(_))))
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
                is!(g.lemma, "honor" | "honour" | "please" | "delight" | "be" | "appreciate")
            });
        // "A continuation of the discussions in Oslo", "their teams will meet": not those told right before.
        let words = self.view.words;
        let start = phrase_start(words, frame.trigger.0);
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let theirs = (start..frame.trigger.0).any(|i| is!(lower(i), "their" | "his" | "her" | "both"));
        let elsewhere = self.presupposed() && !theirs && self.place(Kind::Engagement).is_some();
        let teams = group
            .and_then(|g| g.subject)
            .is_some_and(|(a, b)| (a..b).any(|i| is!(lower(i), "team" | "teams" | "delegations")));
        if elsewhere || teams {
            return false;
        }
        // Not the "it" of another clause long before.
        let from = frame.trigger.0.saturating_sub(14).min(frame.extent.0);
        pleased
            || self.view.words.iter().enumerate().take(frame.trigger.1 + 4).skip(from).any(|(at, w)| {
                is!(w.lower, "they" | "their" | "it" | "both" | "them")
                    || w.lower == "two"
                        && self.view.words.get(at.wrapping_sub(1)).is_some_and(|w| w.lower == "the")
            })
    }

    /// The draft as it is on one of its occasions.
    pub(super) fn on_occasion(&self, draft: &Draft, occasion: &Occasion) -> Draft {
        let mut out = draft.clone();
        let fields = &mut out.event.evidence.fields;
        let who = self.view.who.iter().find(|w| w.span == occasion.place);
        (out.seat, out.local) = (who.and_then(|w| w.country), who.is_none_or(|w| w.city));
        out.event.place = occasion.place.of(self.context.doc.text).map(str::to_owned);
        fields.insert("place", occasion.place);
        out.start = occasion.place.start;
        match &occasion.time {
            Some(time) => {
                out.event.date = time.date.unwrap_or(EventDate::UNKNOWN);
                fields.insert("date", time.span);
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
                is!(w.lower, "in" | "at" | "during" | "after" | "following" | "before" | "of")
            });
        if !leads || distinct(out.iter().filter_map(|s| s.party.country)).len() >= 2 {
            return;
        }
        let main = self.view.clauses.groups.iter().find(|g| g.finite && g.head > frame.trigger.1);
        let Some(subject) = main.and_then(|g| g.subject).filter(|s| s.0 >= frame.trigger.1) else { return };
        self.collect(subject, Role::Participant, out);
        // A state that follows a place in the sentence is one of those who act all the same.
        // But not "Kuala Lumpur, Malaysia".
        let text = self.context.doc.text;
        let beyond = |w: &&Who| {
            self.view.who.iter().any(|city| {
                city.city
                    && city.span.end <= w.span.start
                    && text.get(city.span.end..w.span.start) == Some(", ")
            })
        };
        let states =
            self.view.who_in(subject).filter(|w| w.kind == WhoKind::Place && !w.city).filter(|w| !beyond(w));
        let states: Vec<(StateCode, Span)> = states.filter_map(|w| Some((w.country?, w.span))).collect();
        out.extend(states.into_iter().map(|(code, span)| self.state(code, Role::Participant, span)));
    }

    /// "X thanked Y for a call on Monday", "X told Y in a meeting": both took part.
    pub(super) fn told_each_other(&self, out: &mut Vec<Side>) {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let mut start = phrase_start(words, frame.trigger.0);
        // "For an “excellent and respectful” call".
        let joins =
            |i: usize| words.get(i).is_some_and(|w| matches!(w.lower.as_str(), "“" | "”" | "\"" | "and"));
        while start > 0 && frame.trigger.0 - start < 8 && joins(start - 1) {
            start = phrase_start(words, start - 1);
        }
        let beside = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
            is!(w.lower, "in" | "during" | "for" | "at" | "over" | "by" | "after" | "following")
        });
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let Some(group) = group.filter(|g| frame.nominal && beside && g.head < frame.trigger.0) else {
            return;
        };
        if group.negated || distinct(out.iter().filter_map(|s| s.party.country)).len() >= 2 {
            return;
        }
        let mut both = Vec::new();
        for range in group.subject.into_iter().chain(group.theme) {
            self.collect(range, Role::Participant, &mut both);
        }
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        // "Japan asked Peru at Monday's talks to drop the duty"
        let there = known.is_empty()
            && is!(group.lemma, "ask" | "tell" | "urge" | "press" | "warn" | "promise" | "assure" | "offer")
            && self.has_day();
        both.retain(|s| {
            let person = |w: &Who| {
                w.span == s.at
                    && (matches!(w.kind, WhoKind::Person | WhoKind::Office)
                        || there && w.kind == WhoKind::State)
            };
            self.view.who.iter().any(person)
        });
        let states = distinct(both.iter().filter_map(|s| s.party.country));
        // "X left Rome after talks with Y".
        let joins = states.len() == 1 && known.len() == 1 && states != known;
        if states.len() == 2 || joins {
            out.extend(both);
        }
    }

    /// "X declared the talks with Peru \"terminated\"": X was to take part.
    pub(super) fn who_calls_off(&self, out: &mut Vec<Side>) {
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        if known.len() != 1 || self.called_off().is_none() {
            return;
        }
        let trigger = self.hit.frame.trigger.0;
        let main = self.view.clauses.groups.iter().find(|g| g.finite && g.head < trigger);
        let Some(subject) = main.filter(|g| !g.passive && !g.negated).and_then(|g| g.subject) else { return };
        let mut found = Vec::new();
        self.collect(subject, Role::Participant, &mut found);
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "I had a good meeting with X": whoever says so took part.
    pub(super) fn oneself(&self, stance: &Stance, out: &mut Vec<Side>) {
        let words = self.view.words;
        let group = self.own_group();
        let agent = self.hit.frame.agent.into_iter().chain(group.and_then(|g| g.subject));
        let own = |(from, to): Range| {
            (from..to).any(|i| words.get(i).is_some_and(|w| is!(w.lower, "i" | "we" | "my" | "our")))
        };
        if !agent.into_iter().any(own) {
            return;
        }
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let mut found = Vec::new();
        if let Some(range) = stance.speaker {
            self.collect(range, Role::Participant, &mut found);
        }
        if found.is_empty()
            && let Some(who) = self.view.voice.own.as_deref().or(self.view.voice.carried.as_deref())
        {
            found.push(super::parties::side(who, Role::Participant));
        }
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        // "I spoke by telephone with X", in an order: its signatory, or the state that speaks.
        if found.is_empty() && self.context.first_person {
            let signatory = self.context.signatory.as_ref().filter(|who| who.country.is_some());
            let signatory = signatory.map(|who| super::parties::side(who, Role::Participant));
            let state = || Some(self.state(self.context.voice?, Role::Participant, self.trigger_span()));
            found.extend(
                signatory.or_else(state).filter(|s| s.party.country.is_some_and(|c| !known.contains(&c))),
            );
        }
        out.extend(found);
    }

    /// "The premier said that we had reached an understanding": with whom he spoke when he said so.
    pub(super) fn met_with(&self, one: StateCode) -> Option<Side> {
        let (from, to) = self.own_group().and_then(|g| g.subject)?;
        let word = |at: usize| self.view.words.get(at).map_or("", |w| w.lower.as_str());
        // "carry out what we agreed on": only points back.
        let what = from.checked_sub(1).is_some_and(|i| word(i) == "what");
        let we = word(from) == "we" && to == from + 1 && !what;
        let told = self.view.voice.own.is_none() && self.hit.rule.act == Act::Agreement(Agreement::Consensus);
        let other = self.memory.met_with(one).filter(|_| we && told)?;
        Some(self.state(other, Role::Participant, self.trigger_span()))
    }

    /// "Met his counterpart, the trade representative, X", "met with officials from X": with X.
    pub(super) fn named_behind(&self, out: &mut Vec<Side>) {
        let words = self.view.words;
        let peer = |(from, to): Range| {
            (from..to)
                .any(|i| words.get(i).is_some_and(|w| is!(w.lemma, "counterpart" | "opposite")))
                .then_some(to)
        };
        self.sent_from(out);
        let ranges = self.hit.frame.theme.into_iter().chain(self.hit.frame.preps.iter().map(|(_, r)| *r));
        let Some(from) = ranges.filter_map(peer).next() else { return };
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        if known.len() != 1 || words.get(from).is_none_or(|w| w.lower != ",") {
            return;
        }
        let next = self.view.clauses.groups.iter().find(|g| g.start >= from).map_or(words.len(), |g| g.start);
        let mut found = Vec::new();
        self.collect((from, next), Role::Participant, &mut found);
        found.retain(|s| s.party.office.is_some() && s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "Will lead a delegation to Lima to hold talks with X": whoever leads it talks, Peru gives the room.
    pub(super) fn led_there(&self, out: &mut Vec<Side>) {
        let groups = &self.view.clauses.groups;
        let Some(over) = self.own_group().and_then(|g| g.governor).and_then(|g| groups.get(g)) else {
            return;
        };
        let (Some(leader), Some(sent)) = (over.subject, over.theme) else { return };
        let team = (sent.0..sent.1)
            .any(|i| self.view.words.get(i).is_some_and(|w| is!(w.lemma, "delegation" | "team" | "mission")));
        if !team || !is!(over.lemma, "lead" | "head" | "bring" | "take" | "send") {
            return;
        }
        out.retain(|s| self.before(s.at).last().is_none_or(|w| w.lower != "to"));
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let mut found = Vec::new();
        self.collect(leader, Role::Participant, &mut found);
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "Met with counterparts from X and Y": with both.
    fn sent_from(&self, out: &mut Vec<Side>) {
        const SENT: &[&str] = &[
            "counterpart",
            "official",
            "minister",
            "negotiator",
            "representative",
            "delegation",
            "delegate",
            "leader",
            "envoy",
            "diplomat",
            "regulator",
            "team",
        ];
        let words = self.view.words;
        let word = |i: usize| words.get(i);
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        for &(prep, range) in &self.hit.frame.preps {
            let sent = prep.checked_sub(1).and_then(word).is_some_and(|w| SENT.contains(&w.lemma.as_str()));
            let with =
                (prep.saturating_sub(4)..prep).any(|i| word(i).is_some_and(|w| is!(w.lower, "with" | "met")));
            if !(sent && with && word(prep).is_some_and(|w| w.lower == "from")) {
                continue;
            }
            let mut found = Vec::new();
            self.collect(range, Role::Participant, &mut found);
            found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
            out.extend(found);
        }
    }

    /// "Had a video meeting at the invitation of X": with X.
    pub(super) fn at_request(&self, out: &mut Vec<Side>) {
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let words = self.view.words;
        let end = self.hit.frame.extent.1.min(words.len());
        let asked = (self.hit.frame.trigger.1..end).find(|&i| {
            words.get(i).is_some_and(|w| is!(w.lower, "invitation" | "request"))
                && words.get(i + 1).is_some_and(|w| w.lower == "of")
        });
        let Some(at) = asked.filter(|_| known.len() == 1) else { return };
        let stop = (at + 2..end).find(|&i| words.get(i).is_some_and(|w| w.lower == ",")).unwrap_or(end);
        let mut found = Vec::new();
        self.collect((at + 2, stop), Role::Participant, &mut found);
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "The Commission said a deal had been reached with Mexico": who says so is the other one.
    pub(super) fn teller(&self, stance: &Stance, out: &mut Vec<Side>) {
        let group = self.own_group();
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

    /// "Jane Roe, head of the secretariat, met the American representative": whoever is of no state told
    /// is of the other one of the two sides.
    pub(super) fn opposite(&self, out: &mut [Side]) {
        let [a, b] = *self.context.sides.as_slice() else { return };
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let other = match known.as_slice() {
            [one] if *one == a => b,
            [one] if *one == b => a,
            _ => return,
        };
        let person = |s: &Side| {
            s.party.country.is_none()
                && s.party.name.is_some()
                && self
                    .view
                    .who
                    .iter()
                    .any(|w| w.span == s.at && w.kind == WhoKind::Person && w.office.is_some())
        };
        let host = self.hit.rule.act == Act::Engagement(Engagement::Visit);
        let official = out.iter().any(|s| s.party.country.is_some() && s.party.office.is_some());
        if official || host {
            for side in out.iter_mut().filter(|s| person(s)) {
                side.party.country = Some(other);
            }
        }
    }

    /// "Will fly to Madrid to meet X of China": Spain only gives the room.
    pub(super) fn third_place(&self, out: &mut Vec<Side>) {
        let [a, b] = *self.context.sides.as_slice() else { return };
        if self.hit.rule.act != Act::Engagement(Engagement::Visit) {
            return;
        }
        let Some(seat) = self.spot(Kind::Engagement).and_then(|s| s.country).filter(|&c| c != a && c != b)
        else {
            return;
        };
        let host = out.iter().any(|s| s.party.country == Some(seat) && s.party.office.is_some());
        let travellers = distinct(out.iter().filter_map(|s| s.party.country).filter(|&c| c != seat));
        let other = match travellers.as_slice() {
            [one] if *one == a => b,
            [one] if *one == b => a,
            _ => return,
        };
        // "told the Peruvian premier of his trip to Oslo": he goes to Oslo, not to the premier.
        let trigger = self.trigger_span().start;
        let named = |before: bool| {
            let there = |w: &Who| w.country == Some(other) && (w.span.end <= trigger) == before;
            self.view.who.iter().any(there)
        };
        let hearer = self.hit.frame.nominal && named(true) && !named(false);
        if !host && !hearer {
            out.retain(|s| s.party.country != Some(seat));
            let mut side = self.state(other, Role::Participant, self.trigger_span());
            side.pair = true;
            out.push(side);
        }
    }

    /// Fills in the side that a contact leaves to the reader.
    pub(super) fn counterpart(&self, out: &mut Vec<Side>) {
        if !self.context.governed || !self.context.on_trade && !self.context.official {
            return;
        }
        let [a, b] = *self.context.sides.as_slice() else { return };
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        // "The framework of July 22 caps Japanese cars at 15%, Washington says": the two states told.
        if self.hit.rule.act.kind() == Kind::Agreement
            && self.hit.frame.nominal
            && self.hit.rule.needs.contains(&crate::grammar::rule::Need::Dated)
            && known.len() < 2
        {
            let told = |w: &&Who| !matches!(w.kind, WhoKind::Place | WhoKind::Firm);
            let states = distinct(self.view.who.iter().filter(told).filter_map(|w| w.country));
            if states.len() == 2 && known.iter().all(|code| states.contains(code)) {
                for &code in states.as_slice().iter().filter(|code| !known.contains(code)) {
                    let mut side = self.state(code, Role::Participant, self.trigger_span());
                    side.pair = true;
                    out.push(side);
                }
                return;
            }
        }
        // "Signed a memorandum for 700,000 tons of American wheat": with those whose wheat it is.
        let theme = self.hit.frame.theme.filter(|_| self.hit.rule.act == Act::Agreement(Agreement::Deal));
        if let ([one], Some(theme)) = (known.as_slice(), theme)
            && !self.hit.frame.nominal
        {
            let goods = distinct(
                (self.view.who_in(theme).filter(|w| w.kind == WhoKind::Adjective))
                    .filter_map(|w| w.country)
                    .filter(|code| code != one),
            );
            if let [other] = *goods.as_slice() {
                out.push(self.state(other, Role::Participant, self.trigger_span()));
                return;
            }
        }
        // "The APEC meeting" is not one of the two sides alone.
        // "The meeting of the Committee" is one of both.
        let joint = |s: &Side| {
            let last = s.party.name.as_deref().and_then(|name| name.rsplit(' ').next()).unwrap_or("");
            matches!(
                last,
                "Committee" | "Commission" | "Dialogue" | "Council" | "Group" | "Board" | "Panel" | "Forum"
            ) && self.hit.rule.act.kind() == Kind::Engagement
        };
        let of_many = |s: &Side| {
            s.party.country.is_none()
                && !joint(s)
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
        // "On a visit to a factory in Jiangxi": at home.
        let home = self.hit.rule.act == Act::Engagement(Engagement::Visit)
            && self.spot(Kind::Engagement).and_then(|s| s.country).is_some_and(|c| known.as_slice() == [c]);
        if home {
            return;
        }
        // "Canada waits: Trump broke off the talks", in a text on others.
        let outsiders = self.outsiders(&known);
        match (known.as_slice(), outsiders.as_slice()) {
            (_, []) => {}
            ([_], [one]) => {
                let mut side = self.state(*one, Role::Participant, self.trigger_span());
                side.pair = true;
                out.push(side);
                return;
            }
            _ if self.hit.rule.act.kind() == Kind::Agreement => return,
            // "India and the United States put off the talks", in a text on others.
            ([], _) => {
                let told = |w: &&Who| {
                    matches!(w.kind, WhoKind::State | WhoKind::Person | WhoKind::Body | WhoKind::Authority)
                };
                let states = distinct(self.view.who.iter().filter(told).filter_map(|w| w.country));
                if states.len() == 2 {
                    out.extend(
                        states
                            .as_slice()
                            .iter()
                            .map(|&code| self.state(code, Role::Participant, self.trigger_span())),
                    );
                    out.iter_mut().for_each(|side| side.pair = true);
                }
                return;
            }
            _ => {}
        }
        for code in [a, b] {
            if !known.contains(&code) {
                let mut side = self.state(code, Role::Participant, self.trigger_span());
                side.pair = true;
                out.push(side);
            }
        }
    }

    /// States the sentence names besides those of the text's two sides and those `known`.
    pub(super) fn outsiders(&self, known: &[StateCode]) -> States {
        let sides = &self.context.sides;
        distinct(
            (self.view.who.iter())
                .filter(|w| {
                    matches!(w.kind, WhoKind::State | WhoKind::Person | WhoKind::Body | WhoKind::Authority)
                        || known.is_empty() && w.kind == WhoKind::Adjective
                })
                .filter_map(|w| w.country)
                .filter(|code| !known.contains(code) && !sides.contains(code)),
        )
    }

    /// Whether the words of the act stand for the two sides of the article.
    fn leaves_out(&self, nobody: bool) -> bool {
        let frame = &self.hit.frame;
        let occasions = self.hit.rule.act.kind() == Kind::Engagement && !self.occasions().is_empty();
        let dated = occasions
            || self.times_in(frame.extent).any(|t| t.date.is_some())
            || self.hit.rule.act.kind() == Kind::Engagement
                && self.context.occasions.head(self.index).is_some();
        let placed = occasions || self.place(self.hit.rule.act.kind()).is_some();
        let denied = frame.group.is_some_and(|g| {
            self.view.clauses.chain(g).any(|g| {
                self.view.clauses.groups.get(g).is_some_and(|g| self.context.classes.has("deny", &g.lemma))
            })
        });
        let generic = |r: Option<Range>| {
            r.is_some_and(|(a, b)| {
                (a..b).any(|i| {
                    self.view.words.get(i).is_some_and(|w| {
                        is!(w.lower, "they" | "their")
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
                self.view.words.get(*p).is_some_and(|w| is!(w.lower, "with" | "between" | "of"))
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
