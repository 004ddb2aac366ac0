//! Contacts to come and contacts before the one that a text is about.

use super::*;
use crate::grammar::lower::is;

use crate::grammar::clause::phrase_start;

impl Builder<'_> {
    /// "The way for a meeting", "plans for talks", "a meeting planned for": a contact to come.
    pub(super) fn prospect(&self) -> bool {
        let frame = &self.hit.frame;
        if !frame.nominal {
            return false;
        }
        let start = phrase_start(self.view.words, frame.trigger.0);
        let word = |back: usize| start.checked_sub(back).and_then(|i| self.view.words.get(i));
        let ahead = word(1).is_some_and(|w| is!(w.lower, "for" | "to" | "of"))
            && word(2).is_some_and(|w| {
                is!(
                    w.lemma,
                    "way"
                        | "path"
                        | "stage"
                        | "ground"
                        | "plan"
                        | "preparation"
                        | "date"
                        | "prepare"
                        | "road"
                        | "agenda"
                        | "schedule"
                        | "itinerary"
                        | "invitation"
                )
            });
        // "Talks planned for this week are in doubt."
        let set = self.view.words.get(frame.trigger.1).is_some_and(|w| {
            is!(w.lower, "planned" | "scheduled" | "due" | "slated" | "foreseen" | "pencilled")
        });
        if set
            && self.times.iter().any(|t| {
                t.span.start > self.trigger_span().end
                    && t.date.is_some_and(|d| d.end().is_some_and(|day| day >= self.context.published))
            })
        {
            return true;
        }
        let next = (start..frame.trigger.0).any(|i| {
            self.view.words.get(i).is_some_and(|w| {
                is!(w.lower, "upcoming" | "planned" | "scheduled" | "forthcoming" | "next" | "coming")
            })
        });
        let ahead_of =
            word(1).is_some_and(|w| w.lower == "of") && word(2).is_some_and(|w| w.lower == "ahead");
        // "a deal in time for a summit this month"
        let in_time = word(1).is_some_and(|w| w.lower == "for")
            && word(2).is_some_and(|w| w.lower == "time")
            && word(3).is_some_and(|w| w.lower == "in");
        // "Next on the calendar is a trip to Lima"
        let first = self.view.words.first().is_some_and(|w| is!(w.lower, "next" | "ahead"));
        let listed = first
            && self
                .own_group()
                .is_some_and(|g| g.lemma == "be" && g.tense == Tense::Present && g.head < frame.trigger.0);
        ahead || next || ahead_of || in_time || listed || self.in_the_works()
    }

    /// "A call is in the works", "is in the offing".
    fn in_the_works(&self) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        self.view.clauses.groups.iter().any(|g| {
            let told = g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
            g.lemma == "be"
                && g.tense == Tense::Present
                && told
                && matches!(
                    (lower(g.head + 1), lower(g.head + 2), lower(g.head + 3)),
                    ("in", "the", "works" | "offing" | "pipeline" | "making")
                        | ("on", "the", "cards" | "horizon" | "agenda")
                        | ("in", "preparation" | "prospect", _)
                )
        })
    }

    /// "Regular meetings", "a series of talks": none in particular.
    pub(super) fn habitual_contact(&self) -> bool {
        let frame = &self.hit.frame;
        let start = phrase_start(self.view.words, frame.trigger.0).saturating_sub(2);
        // "Visits in both directions", not "visits by X and Y".
        let by = |p: usize| self.view.words.get(p).is_some_and(|w| w.lower == "by");
        let several = self.visit()
            && !frame.preps.iter().any(|(p, _)| by(*p))
            && self.view.words.get(frame.trigger.0).is_some_and(|w| is!(w.lower, "visits" | "trips"));
        frame.nominal
            && !self.has_day()
            && (several
                || (start..frame.trigger.0).any(|i| {
                    self.view.words.get(i).is_some_and(|w| {
                        is!(
                            w.lower,
                            "regular"
                                | "annual"
                                | "frequent"
                                | "periodic"
                                | "routine"
                                | "weekly"
                                | "monthly"
                                | "future"
                        )
                    })
                }))
    }

    /// "The call follows their meeting in May": day or place of another contact, named in between.
    pub(super) fn beyond_another(&self, what: Span) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let end = words.partition_point(|w| w.span.start < what.start);
        if frame.trigger.1 >= end {
            return false;
        }
        let classes = ["meeting_noun", "talk_noun", "call_noun", "video_noun"]
            .map(|class| self.context.classes.get(class).unwrap_or_default());
        let noun = |at: usize| words.get(at).filter(|w| w.tag == Tag::Noun);
        let led = |at: usize| {
            let start = phrase_start(words, at);
            start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
                is!(w.lower, "since" | "after" | "following" | "before" | "and" | "follows" | "followed")
            })
        };
        let range = (frame.trigger.1, end);
        let mut named = classes.iter().flat_map(|phrases| self.view.opened.places(range, phrases));
        named.any(|at| noun(at).is_some() && led(at))
            || (range.0..range.1)
                .any(|at| noun(at).is_some_and(|w| is!(w.lemma, "summit" | "visit" | "round")) && led(at))
    }

    /// "Recent phone calls", "several rounds of talks", "has consulted with them on many occasions".
    pub(super) fn recent(&self) -> bool {
        let trigger = self.hit.frame.trigger.0;
        if self.often() {
            return true;
        }
        let start = phrase_start(self.view.words, trigger);
        let lower = |i: usize| self.view.words.get(i).map_or("", |w| w.lower.as_str());
        let rounds = start > 1 && lower(start - 1) == "of" && lower(start - 2) == "rounds";
        self.hit.frame.nominal
            && (rounds
                || (start..trigger).any(|i| matches!(lower(i), "recent" | "previous" | "prior" | "past")))
    }

    /// "Has consulted with them on many occasions".
    pub(super) fn often(&self) -> bool {
        let often = |pair: &[Word]| {
            matches!(pair, [many, times] if is!(many.lower, "many" | "several" | "multiple" | "various")
                && is!(times.lower, "occasions" | "times" | "channels"))
        };
        let words = self.view.words.get(self.hit.frame.trigger.0..).unwrap_or_default();
        !self.hit.frame.nominal && words.windows(2).any(often)
    }

    /// The act is planned or set for some time.
    pub(super) fn planned(&self) -> bool {
        let group = self.own_group();
        group.is_some_and(|g| is!(g.lemma, "plan" | "schedule" | "set" | "slate" | "expect"))
    }

    /// "On Wednesday negotiators sit down in Oslo": running text tells in the present what is to come, a
    /// headline what was.
    pub(super) fn scheduled(&self) -> bool {
        let running = matches!(self.block_kind(), Some(BlockKind::Body | BlockKind::Item));
        let told = self.own_group().filter(|_| running && !self.hit.frame.nominal);
        // "On Friday Roe has a meeting with Doe", in a live report as well, which tells what goes on in the same tense.
        let entry = self.block_kind() == Some(BlockKind::Entry);
        let resumed = || {
            self.own_group().filter(|g| {
                (running || entry && g.lemma == "have")
                    && self.hit.frame.nominal
                    && is!(
                        g.lemma,
                        "resume"
                            | "begin"
                            | "start"
                            | "open"
                            | "take"
                            | "hold"
                            | "chair"
                            | "co-chair"
                            | "host"
                            | "lead"
                            | "attend"
                            | "convene"
                            | "join"
                            | "have"
                    )
            })
        };
        told.or_else(resumed)
            .is_some_and(|g| g.finite && g.tense == Tense::Present && !g.passive && g.modal.is_none())
    }

    /// "Recently held", "earlier met": not the occasion of the text.
    pub(super) fn earlier(&self) -> bool {
        let extent = self.hit.frame.extent;
        (extent.0..extent.1.min(self.view.words.len())).any(|i| {
            self.view
                .words
                .get(i)
                .is_some_and(|w| is!(w.lower, "recently" | "previously" | "earlier" | "already" | "once"))
        })
    }
}
