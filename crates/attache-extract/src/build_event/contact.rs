//! Whether a contact between governments is told, planned or merely pointed at.

use super::*;

use super::contact_off::PUT_OFF;
use crate::grammar::clause::phrase_start;
use crate::grammar::lower::is;
use crate::grammar::rule::Form;

/// Whose gatherings are of many.
const MANY: &[&str] = &[
    "asem", "unga", "asean", "apec", "g7", "g20", "g8", "brics", "wto", "oecd", "imf", "nato", "davos",
    "cop30", "cop", "sco",
];

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
        if self.came_to_nothing() || self.missed().is_some() {
            return Ok(Stance { denied: true, ..Stance::default() });
        }
        match self.expected_in_vain() {
            Some(true) => return Ok(Stance { denied: true, ..Stance::default() }),
            Some(false) => return Err("expected, not told as held".into()),
            None => {}
        }
        if self.of_plan_before() {
            return Err("the contact planned right before".into());
        }
        if self.only_prepared() {
            return Err("only prepared or spoken of".into());
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
        if self.unconfirmed(&stance) {
            return Err("not confirmed".into());
        }
        if self.counts_planned() {
            return Err("the contact planned right before, counted".into());
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
        if self.might_have_been(&stance) {
            return Err("would have been, not told".into());
        }
        if self.only_willing() {
            return Err("somebody is willing, nothing is planned".into());
        }
        let future_only = future || stance.future;
        let doubtful = stance.doubtful && !(self.by_means() || self.pushes()) || self.likely();
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
            && (group.map_or(self.hit.frame.trigger.1, |g| g.start)..words.len()).any(|i| {
                words.get(i).is_some_and(|w| is!(w.lower, "as" | "after"))
                    && words.get(i + 1).is_some_and(|w| {
                        is!(w.lower, "planned" | "scheduled" | "announced" | "expected" | "all")
                    })
            });
        let said = stance.negated && (self.official_speaker(&stance) || self.spokesman(&stance));
        let denied = stance.denied || planned || dropped || said || self.none_was(&stance);
        Ok(Stance { denied, ..stance })
    }

    /// "will fly to Beijing on Monday, her third visit this year": no second visit, and none that was held.
    fn counts_planned(&self) -> bool {
        let words = self.view.words;
        let start = phrase_start(words, self.hit.frame.trigger.0);
        let comma = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        let own =
            words.get(start).is_some_and(|w| is!(w.lower, "his" | "her" | "their" | "its" | "the" | "a"));
        let planned = |d: &Draft| {
            d.event.act.kind() == Kind::Engagement
                && d.event.status == Some(Status::Planned)
                && d.start < self.trigger_span().start
        };
        self.hit.frame.nominal && comma && own && self.told.iter().any(planned)
    }

    /// "A call that was to prepare their meeting", "said of a meeting with Roe that it could happen": no further one.
    fn only_prepared(&self) -> bool {
        let words = self.view.words;
        let start = phrase_start(words, self.hit.frame.trigger.0);
        let lemma = |back: usize| {
            start.checked_sub(back).and_then(|i| words.get(i)).map_or(WordId::NONE, |w| w.lemma.id())
        };
        let own = words.get(start).is_some_and(|w| is!(w.lower, "their" | "the" | "this" | "that"));
        let prepares = own && (lemma(1) == "prepare" || lemma(1) == "for" && lemma(2) == "prepare");
        self.hit.frame.nominal && (prepares || lemma(1) == "of" && is!(lemma(2), "say" | "joke"))
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
        (frame.trigger.1..words.len().min(frame.trigger.1 + 12)).any(|at| {
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

    /// "A call on May 3 pushed the date back": what the contact did, of which nobody doubts.
    fn pushes(&self) -> bool {
        let trigger = self.hit.frame.trigger.0;
        self.hit.frame.nominal
            && self.own_group().is_some_and(|g| {
                let subject = g.subject.is_some_and(|s| s.0 <= trigger && trigger < s.1);
                let done = g.finite && g.tense == Tense::Past && !g.passive && g.theme.is_some();
                subject && done && is!(g.lemma, "push" | "encourage" | "prepare" | "recommend" | "ready")
            })
    }

    /// "No such call was made, a palace spokesman said": whoever speaks for an office speaks for a government.
    fn spokesman(&self, stance: &Stance) -> bool {
        let public = |w: &Who| matches!(w.kind, WhoKind::Office | WhoKind::Body | WhoKind::Authority);
        stance.speaker.is_some_and(|range| self.view.who_in(range).any(public))
    }

    /// "There was no call between Roe and Doe on Monday": told of one day, so that somebody has said there was.
    fn none_was(&self, stance: &Stance) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let none = (phrase_start(words, frame.trigger.0)..frame.trigger.0)
            .any(|i| words.get(i).is_some_and(|w| w.lower == "no"));
        let held = |g: &Group| {
            let is = matches!(g.tense, Tense::Past | Tense::Perfect) && g.modal.is_none() && g.finite;
            is && !g.condition && is!(g.lemma, "be" | "hold" | "take" | "have")
        };
        let on_a_day = self
            .times_in((frame.trigger.1, words.len()))
            .any(|t| t.date.is_some_and(|d| matches!(d.precision, Precision::Day | Precision::Range)));
        frame.nominal
            && none
            && on_a_day
            && stance.negated
            && !stance.doubtful
            && self.own_group().is_some_and(held)
    }

    /// "Could have met her but stayed away", "had he met her, all would be well", "almost met her".
    fn might_have_been(&self, stance: &Stance) -> bool {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        self.own_group().filter(|_| !self.hit.frame.nominal).is_some_and(|g| {
            let has = |word: &str| (g.start..g.head).any(|i| words.get(i).is_some_and(|w| w.lower == word));
            let modal = matches!(g.modal.as_deref(), Some("would" | "could" | "should" | "might" | "ought"));
            let supposed = g.tense == Tense::Perfect && stance.doubtful && lower(g.start) == "had";
            let all_but = g.head.checked_sub(1).is_some_and(|i| is!(lower(i), "almost" | "nearly"));
            modal && has("have") || supposed || all_but
        })
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
        // "Open a second round of talks on Monday", "sit down on Monday for talks".
        let begins = group.is_some_and(|g| {
            is!(
                g.lemma,
                "open" | "sit" | "begin" | "start" | "hold" | "launch" | "convene" | "gather" | "meet"
            ) || is!(
                g.lemma,
                "resume" | "reopen" | "enter" | "kick" | "fly" | "travel" | "head" | "host" | "get"
            )
        });
        (!self.hit.frame.nominal || begins)
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
        if self.ranked() {
            return false;
        }
        group.tense == Tense::Infinitive
            && !self.hit.frame.nominal
            && above.is_some_and(|g| {
                !self.context.classes.has("promise", &g.lemma)
                    && !self.hoped_for_a_day(g)
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

    /// Somebody only threatens or considers it, or it is not so.
    pub(super) fn unsure(&self, group: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let own = groups.get(group).is_none_or(|g| g.negated || g.condition || g.modal.is_some());
        // "Rejected as false a report that the talks had been broken off".
        let denied = groups.get(..group).unwrap_or_default().iter().any(|g| {
            // "Waved aside talk that they were abandoning the talks".
            let shot_down = self.context.classes.get("shoot_down").unwrap_or_default();
            (self.context.classes.has("deny", &g.lemma) || self.view.has((g.head, g.head + 1), shot_down))
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
        // "open for the session to be convened in Lima on 4 May": of a day, so that it is planned
        let set = group.passive
            && self.times.iter().any(|t| t.date.is_some() && t.span.start > self.trigger_span().end);
        tasked && group.tense == Tense::Infinitive
            || group.tense == Tense::Infinitive
                && !set
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
        // "hosted Roe for the first meeting under the initiative": Roe is of the meeting.
        let under = start.checked_sub(1).is_some_and(|i| matches!(self.word(i), "under" | "within"));
        let before = self.view.words.get(start).map_or(0, |w| w.span.start);
        let people = sides.iter().any(|s| {
            (s.party.name.is_some() && s.party.office.is_some() || self.kind_at(s) == Some(WhoKind::Person))
                && !(under && frame.nominal && s.at.end <= before)
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
        let off = self.called_off().and_then(|g| self.view.clauses.groups.get(g));
        if shuns && off.is_none() || self.again_and_again() || self.to_be_founded() {
            return false;
        }
        if !frame.nominal || self.held() && !self.on_sidelines() {
            return true;
        }
        // "skipped talks with her counterpart in Lima": with whom, where and when is told of what was not held
        let kept_away = off.is_some_and(|g| {
            !is!(g.lemma, "pull" | "walk" | "withdraw" | "break" | "suspend" | "terminate" | "drop")
        });
        if kept_away && self.times.iter().any(|t| t.date.is_some()) {
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

    /// Somebody of a government says it, or the text is a government's own.
    pub(super) fn official_speaker(&self, stance: &Stance) -> bool {
        stance.speaker.is_some_and(|range| self.view.who_in(range).any(|w| w.is("official")))
            || self.block_kind() == Some(BlockKind::Turn)
    }
}
