//! When and where contacts were held: one sentence may tell of several, or point at one told before.

use super::*;

use crate::grammar::clause::phrase_start;
use crate::grammar::lower::is;

/// One of several contacts told with one word: "in Lima in May and in Oslo in July".
#[derive(Debug, Clone)]
pub(super) struct Occasion {
    pub(super) place: Span,
    pub(super) time: Option<Timing>,
}

impl Builder<'_> {
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

    /// "Will meet twice a year".
    pub(super) fn again_and_again(&self) -> bool {
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
}
