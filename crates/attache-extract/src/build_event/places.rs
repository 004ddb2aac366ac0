//! Which words of the sentence a place of a rule stands for.

use super::*;

use crate::grammar::lower::{WordId, is};
use smallvec::smallvec;

/// Within how many words behind a demand the one stands of whom it is demanded.
const ASKED: usize = 8;

/// The words of a place that stands for one phrase at most.
fn one(range: Option<Range>) -> Ranges {
    let mut out = Ranges::new();
    if let Some(range) = range {
        out.push(range);
    }
    out
}

impl Builder<'_> {
    /// Ranges a role word stands for.
    pub(super) fn ranges(&self, place: &str) -> Ranges {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let contact = self.hit.rule.act.kind() == Kind::Engagement;
        let governing =
            || group.filter(|_| frame.nominal && !(contact && (self.presupposed() || self.own_people())));
        match place {
            // "The presidents agreed that their teams go on": the presidents.
            "agent" if self.hit.rule.act.kind() == Kind::Agreement && self.agreeing().is_some() => {
                one(self.agreeing())
            }
            "agent" => {
                let mut out = one(frame.agent);
                // "Investors studied Japan's pledge": Japan's.
                let promised = self.is_commitment()
                    && out.iter().any(|r| self.view.who_in(*r).any(|w| w.country.is_some()));
                if let Some(group) = governing() {
                    let contains =
                        group.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
                    let by = group
                        .preps
                        .iter()
                        .filter(|(p, _)| words.get(*p).is_some_and(|w| w.lower == "by"))
                        .map(|(_, r)| *r);
                    if group.passive {
                        out.extend(by);
                    } else if !(contains
                        || promised
                        || self.hit.rule.act.kind() == Kind::TariffAction && self.owned_by_name()
                        || contact && frame.agent.is_some() && self.by_somebody())
                    {
                        out.extend(group.subject);
                    }
                }
                out
            }
            "subject" => one(group.and_then(|g| g.subject)),
            // A subject that is nothing but a state, an official or a pronoun for one.
            "doer" => {
                // "The Chilean side"
                let of_state = |at: usize| {
                    words.get(at).is_some_and(|w| {
                        is!(
                            w.lemma,
                            "side"
                                | "government"
                                | "administration"
                                | "authority"
                                | "customs"
                                | "cabinet"
                                | "parliament"
                        )
                    })
                };
                let lone = |(start, end): Range| {
                    let span = self.span_of((start, end));
                    let before = |at: usize| at.checked_sub(1).and_then(|i| words.get(i));
                    let last = end.checked_sub(1).filter(|&at| of_state(at)).and_then(before);
                    self.view.who.iter().any(|w| {
                        w.kind == WhoKind::Adjective && last.is_some_and(|b| b.span.end == w.span.end)
                    }) || self.view.who.iter().any(|w| {
                        !matches!(w.kind, WhoKind::Adjective | WhoKind::Group | WhoKind::Place)
                            && span.contains(w.span)
                            && span.end == w.span.end
                            && !(start..end).any(|i| {
                                words.get(i).is_some_and(|x| {
                                    x.span.start < w.span.start && matches!(x.tag, Tag::Prep | Tag::Punct)
                                })
                            })
                    })
                };
                // "Lee, who inherited the quarrel, dropped it"
                let alone = |r: Range| {
                    let aside = (r.0 + 1..r.1).find(|&i| {
                        words.get(i).is_some_and(|w| w.lower == ",")
                            && words.get(i + 1).is_some_and(|w| w.tag == Tag::Rel)
                    });
                    aside.map_or(r, |i| (r.0, i))
                };
                one(frame.agent.map(alone).filter(|r| lone(*r)))
            }
            "owner" => one(self.owner()),
            "theme" if self.hit.rule.act.kind() == Kind::Forecast => {
                one(frame.theme.and_then(|theme| self.who_would_act(theme)))
            }
            "theme" => one(frame.theme),
            "object" => one(frame.object),
            "clause" => smallvec![frame.extent],
            "sentence" => smallvec![(0, words.len())],
            "complement" if self.hit.rule.act.kind() == Kind::Forecast => {
                self.foreseen_to_act().into_iter().filter_map(|range| self.who_would_act(range)).collect()
            }
            "complement" => self.complement().into_iter().chain(self.asked_party()).collect(),
            prep => {
                let prep = WordId::of(prep);
                let led = |p: usize| words.get(p).is_some_and(|w| w.lower.id() == prep);
                let leads = |preps: &[(usize, Range)]| preps.iter().any(|(p, _)| led(*p));
                let kept = |&&(p, range): &&(usize, Range)| led(p) && !self.absolute(p, range);
                let mut out = Ranges::new();
                let told = leads(&frame.preps);
                if told {
                    let own = (frame.preps.iter())
                        .take_while(|(p, _)| !((frame.nominal || contact) && self.turns_away(*p)));
                    out.extend(own.filter(kept).map(|(_, r)| *r));
                }
                // "20% on French and 34% on Chinese goods": each rate has its own.
                let closed = told && self.hit.rule.weak && self.hit.rule.act.kind() == Kind::TariffAction;
                let shared = group.filter(|g| !closed && leads(&g.preps)).and_then(|_| governing());
                if let Some(group) = shared.filter(|g| !contact || self.shares_phrases(g)) {
                    let others = group.preps.iter().take_while(|(p, _)| !(contact && self.turns_away(*p)));
                    out.extend(others.filter(kept).map(|(_, r)| *r));
                }
                if let Some((_, range)) = group.and_then(|g| self.leading(g.subject?, prep)) {
                    out.push(range);
                }
                out
            }
        }
    }

    /// "complained of China's imposition of duties": China's.
    pub(super) fn owned_by_name(&self) -> bool {
        let Some((start, end)) = self.hit.frame.agent.filter(|_| self.hit.frame.nominal) else {
            return false;
        };
        let mark = |i: usize| self.view.words.get(i).is_some_and(|w| is!(w.lower, "'s" | "’s" | "'" | "’"));
        (start..end).any(mark) && self.view.who_in((start, end)).any(|w| w.country.is_some())
    }

    /// "A China visit by X": X's own.
    pub(super) fn by_somebody(&self) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let start = crate::grammar::clause::phrase_start(self.view.words, trigger);
        let host = start < trigger && self.view.who_in((start, trigger)).any(|w| w.country.is_some());
        host && self
            .hit
            .frame
            .preps
            .iter()
            .any(|(p, _)| self.view.words.get(*p).is_some_and(|w| w.lower == "by"))
    }

    /// Whoever is said to agree, where a rule reads what is agreed to.
    pub(super) fn agreeing(&self) -> Option<Range> {
        let rule = self.hit.rule;
        let own = self.hit.frame.group.filter(|_| !rule.governor.is_empty())?;
        let mut above = self.view.clauses.above(own);
        above.find(|g| self.view.names_at(g.head, &rule.governor)).and_then(|g| g.subject)
    }

    /// "Talks followed a clash with Japan": what comes behind the verb is not of the talks.
    pub(super) fn shares_phrases(&self, group: &crate::grammar::clause::Group) -> bool {
        let trigger = self.hit.frame.trigger.0;
        // "Had lunch with X on Monday and a call with Y": not with X.
        let start = crate::grammar::clause::phrase_start(self.view.words, trigger);
        let second = group.head + 2 < start
            && self.view.words.get(start).is_some_and(|w| w.tag == Tag::Det)
            && self.view.words.get(start - 1).is_some_and(|w| is!(w.lower, "," | "and"));
        if second && self.hit.rule.act.kind() == Kind::Engagement {
            return false;
        }
        let subject = group.subject.is_some_and(|s| s.0 <= trigger && trigger < s.1);
        let holds = self.context.classes.get("hold").unwrap_or_default();
        !subject || group.lemma == "be" || self.view.has((group.head, group.head + 1), holds)
    }

    /// "…, with the presidents expected to sign": a clause of its own.
    pub(super) fn absolute(&self, prep: usize, range: Range) -> bool {
        let words = self.view.words;
        let with = words.get(prep).is_some_and(|w| w.lower == "with")
            && prep.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        with && self.view.clauses.groups.iter().any(|g| {
            (g.start == range.1 || g.start == range.1 + 1)
                && (!g.finite || g.start == g.head && g.tense == Tense::Past)
        })
    }

    /// "The visit came after messages by the two presidents": another matter begins.
    pub(super) fn turns_away(&self, prep: usize) -> bool {
        // "A lunch with X on Monday and a call with Y": the call is another contact.
        let frame = &self.hit.frame;
        let another = (frame.nominal || frame.theme.is_some())
            && (frame.trigger.1..prep.saturating_sub(1)).any(|i| {
                let word = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
                is!(word(i), "and" | ",")
                    && is!(word(i + 1), "a" | "an" | "another")
                    && self.view.words.get(prep - 1).is_some_and(|w| {
                        ["meeting_noun", "call_noun", "talk_noun", "video_noun"]
                            .iter()
                            .any(|class| self.context.classes.has(class, &w.lemma))
                            || is!(w.lower, "lunch" | "dinner" | "breakfast" | "visit")
                    })
            });
        // "Built on the accord as well as on the call between X and Y": the call's.
        let contact = |i: usize| {
            self.view.words.get(i).is_some_and(|w| {
                w.tag == Tag::Noun
                    && ["meeting_noun", "call_noun", "video_noun"]
                        .iter()
                        .any(|class| self.context.classes.has(class, &w.lemma))
            })
        };
        let beyond = frame.nominal
            && self.view.words.get(prep).is_some_and(|w| w.lower == "between")
            && (frame.trigger.1 + 1..prep).any(|i| {
                let start = crate::grammar::clause::phrase_start(self.view.words, i);
                contact(i)
                    && start > frame.trigger.1
                    && self.view.words.get(start).is_some_and(|w| w.tag == Tag::Det)
            });
        another
            || beyond
            || self.view.words.get(prep).is_some_and(|w| {
                is!(
                    w.lower,
                    "following" | "after" | "amid" | "despite" | "against" | "because" | "ahead" | "during"
                )
            })
    }

    /// "for China the rate goes up": a phrase right before the subject.
    fn leading(&self, subject: Range, prep: WordId) -> Option<(usize, Range)> {
        let words = self.view.words;
        let mut end = subject.0;
        if end > 0 && words.get(end - 1).is_some_and(|w| w.lower == ",") {
            end -= 1;
        }
        let at = (end.saturating_sub(4)..end)
            .rev()
            .find(|&i| words.get(i).is_some_and(|w| w.lower.id() == prep))?;
        let plain = (at + 1..end)
            .all(|i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det) && !w.time));
        (plain && at + 1 < end).then_some((at, (at + 1, end)))
    }

    /// Subjects, objects and phrases of the clauses that hang on the act.
    pub(super) fn complement(&self) -> Vec<Range> {
        let clauses = &self.view.clauses;
        let Some(own) = self.hit.frame.group else { return Vec::new() };
        let mut out = Vec::new();
        for (at, group) in clauses.groups.iter().enumerate().skip(own + 1) {
            if !clauses.chain(at).any(|g| g == own) {
                continue;
            }
            let subject = group.subject.filter(|s| group.finite && s.0 > self.hit.frame.trigger.0);
            out.extend(subject.into_iter().chain(group.theme).chain(group.preps.iter().map(|(_, r)| *r)));
        }
        out
    }

    /// "Thinks that Oslo will act", "expects that it will be answered by Oslo", "thinks there will be a deal
    /// between Oslo and Lima": who is foreseen to act, not what is acted on.
    pub(super) fn foreseen_to_act(&self) -> Vec<Range> {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group else { return Vec::new() };
        let hangs = |at: usize| self.view.clauses.chain(at).any(|g| g == own);
        let says = |group: &Group| self.context.classes.has("say", &group.lemma);
        let mut out = Vec::new();
        // "expects Chilean packers to sell more": whoever stands before the "to".
        let to = |g: &&Group| {
            !g.finite
                && g.subject.is_none_or(|subject| Some(subject) == self.hit.frame.theme)
                && self.view.words.get(g.start).is_some_and(|w| w.tag == Tag::To)
                && self.hit.frame.theme.is_some_and(|theme| theme.1 == g.start)
        };
        // "expects the review to end": a thing does nothing.
        let acts = |theme: Range| {
            let last = |w: &Who| self.word_range(w.span).1 == theme.1;
            crate::firm::named(self.view, self.context.classes, theme)
                || self.view.who_in(theme).any(|w| last(w) && w.kind != WhoKind::Adjective)
        };
        if groups.iter().skip(own + 1).any(|g| to(&g)) {
            out.extend(self.hit.frame.theme.filter(|theme| acts(*theme)));
        }
        for (at, group) in groups.iter().enumerate().skip(own + 1) {
            if !hangs(at) || says(group) {
                continue;
            }
            let by = |p: usize| self.view.words.get(p).is_some_and(|w| w.lower == "by");
            let exists = group.lemma == "be";
            let subject = group.subject.filter(|s| group.finite && s.0 > self.hit.frame.trigger.0);
            out.extend(subject.into_iter().chain(group.theme.filter(|_| exists)));
            out.extend(group.preps.iter().filter(|(p, _)| exists || by(*p)).map(|(_, range)| *range));
        }
        out
    }

    /// "Expects beef sales to Chile to triple": no act of Chile's is foreseen, nor one of whoever sells;
    /// "expects Chile's duties to rise" foresees one.
    pub(super) fn who_would_act(&self, range: Range) -> Option<Range> {
        let words = self.view.words;
        let head = crate::firm::head_part(self.view, range);
        let outcome = self.context.classes.get("outcome").unwrap_or_default();
        let noun = (head.0..head.1).rfind(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun));
        if noun.is_some_and(|i| outcome.at(words, i)) {
            return None;
        }
        Some(if self.view.who_in(head).next().is_some() { head } else { range })
    }

    /// "Demanded that Oslo drop it", "wants Oslo to relist them": of whom it is demanded, also where the
    /// verb of the demand is no known one.
    pub(super) fn asked_party(&self) -> Option<Range> {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let frame = &self.hit.frame;
        (self.hit.rule.act.subtype() == "demand" && !frame.nominal).then_some(())?;
        let behind = frame.trigger.1;
        let that = (behind..words.len().min(behind + ASKED)).find(|&at| is!(lower(at), "that" | "for"));
        let start = that.map_or(behind, |at| at + 1);
        let start = start + usize::from(words.get(start).is_some_and(|w| w.tag == Tag::Det));
        let who = self.view.who_in((start, start + 1)).find(|w| w.kind != WhoKind::Adjective)?;
        let end = self.word_range(who.span).1;
        // "wants Chinese buyers", "asked for Chile’s help": nobody is told to do anything.
        let told = that.is_some_and(|at| lower(at) == "that") || lower(end) == "to";
        told.then_some((start, end))
    }

    /// The words before the measure in its own phrase: "Washington's new duties".
    pub(super) fn owner(&self) -> Option<Range> {
        let (rule, frame) = (&self.hit.rule, &self.hit.frame);
        // "Thai rice is exempt from Peru's duty"
        if rule.theme.is_empty() && rule.act.kind() == Kind::TariffAction {
            let behind = (frame.trigger.1, frame.extent.1);
            let head = self.view.first(behind, self.context.classes.get("tariff")?)?;
            let start = crate::grammar::clause::phrase_start(self.view.words, head).max(behind.0);
            return (start < head).then_some((start, head));
        }
        let theme = self.hit.frame.theme?;
        let head = self.view.first(theme, &self.hit.rule.theme)?;
        let start = crate::grammar::clause::phrase_start(self.view.words, head).max(theme.0);
        (start < head).then_some((start, head))
    }

    /// "wafers from Ghana and Chile": the last state of a list that an "and" cuts off.
    pub(super) fn whole_list(&self, range: Range) -> Range {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        if self.hit.rule.act.kind() != Kind::Tension || !is!(lower(range.1), "and" | "or") {
            return range;
        }
        let ends = range.1.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.name);
        let next = range.1 + 1 + usize::from(lower(range.1 + 1) == "the");
        let state = words.get(next).filter(|w| w.name && ends).and_then(|w| {
            self.view.who.iter().find(|who| {
                who.span.start == w.span.start
                    && matches!(who.kind, WhoKind::State | WhoKind::Place)
                    && !who.city
            })
        });
        state.map_or(range, |who| (range.0, self.word_range(who.span).1))
    }

    /// "Acme, a supplier to the US,": the firm that acts, without what the text tells of it.
    pub(super) fn firm_alone(&self, range: Range) -> Range {
        let word = |at: usize| self.view.words.get(at);
        let comma = (range.0..range.1).find(|&at| word(at).is_some_and(|w| w.lower == ","));
        let Some(comma) = comma.filter(|_| self.hit.rule.act.kind() == Kind::BusinessShift) else {
            return range;
        };
        let apposed = word(comma + 1).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Rel | Tag::Num));
        if apposed && comma > range.0 { (range.0, comma) } else { range }
    }

    /// "America's port fees on Chinese ships": the part of a measure's phrase that says whose it is.
    pub(super) fn whose_measure(&self, range: Range) -> Range {
        let aims = (range.0 + 1..range.1).find(|&i| {
            let word = self.view.words.get(i);
            word.is_some_and(|w| w.tag == Tag::Prep && is!(w.lower, "on" | "against" | "for" | "upon"))
        });
        let Some(aim) = aims else { return range };
        let measure = |class: &str| {
            let phrases = self.context.classes.get(class);
            phrases.is_some_and(|phrases| phrases.at(self.view.words, aim - 1))
        };
        let owned = self.view.who_in((range.0, aim)).any(|w| w.country.is_some());
        let measured = measure("measure_noun") || measure("curb_noun") || measure("charge_noun");
        if owned && measured { (range.0, aim) } else { range }
    }
}
