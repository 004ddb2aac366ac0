//! When a tariff act was announced or began, apart from the dates of what it only mentions.

use super::*;
use crate::grammar::clause::Tense;

impl Builder<'_> {
    /// The day of the act: its own, else the one it took effect on, else that of an official text.
    pub(super) fn tariff_date(
        &self,
        terms: &Terms,
        stance: &Stance,
        fact: Factuality,
    ) -> (EventDate, Option<Span>) {
        let taken = [terms.effective_span, terms.expires_span, terms.duration_span];
        let own = self.own_times(taken);
        let trigger = self.trigger_span().start;
        if let Some(time) = own.min_by_key(|t| t.span.start.abs_diff(trigger))
            && let Some(date) = time.date
        {
            return (date, Some(time.span));
        }
        let planned = stance.future || fact == Factuality::Hypothetical;
        if let (false, Some(moment), Some(span)) = (planned, terms.effective, terms.effective_span)
            && !moment.by
            && let Some((first, last)) = moment.days()
            && first <= self.context.published
            && (!self.context.official || stance.past && first < self.context.published)
        {
            let precision = match (moment.month, moment.day) {
                (Some(_), Some(_)) => Precision::Day,
                (Some(_), None) => Precision::Month,
                _ => Precision::Year,
            };
            return (EventDate { interval: Some((first, last)), precision }, Some(span));
        }
        if self.context.official && fact != Factuality::Denied {
            return (EventDate::day(self.context.published), None);
        }
        (EventDate::UNKNOWN, None)
    }

    /// Times told of the act itself: in its clause or at the head of the sentence, not those of a
    /// participle or a relative clause beside it, and none inside the name of a law or an order.
    fn own_times(&self, taken: [Option<Span>; 3]) -> impl Iterator<Item = &Timing> {
        let frame = &self.hit.frame;
        let extent = self.span_of(frame.extent);
        let first = self.view.clauses.groups.first().map_or(usize::MAX, |g| g.start);
        let opening = self.view.words.get(first).map_or(usize::MAX, |w| w.span.start);
        let shared = move |t: &Timing| t.span.end <= opening && t.span.start < opening;
        let inside: Vec<&Timing> =
            self.times.iter().filter(|t| extent.contains(t.span) && !self.of_another_verb(t.span)).collect();
        let usable = |t: &&Timing| {
            t.date.is_some_and(|d| d.interval.is_some())
                && !self.in_title(t.span)
                && !self.before_now(t.span)
                && !taken.contains(&Some(t.span))
        };
        let near: Vec<&Timing> = inside.into_iter().filter(usable).collect();
        let rest: Vec<&Timing> = if near.is_empty() && !frame.participle {
            self.times.iter().filter(|t| shared(t)).filter(usable).collect()
        } else {
            Vec::new()
        };
        near.into_iter().chain(rest)
    }

    /// "prior to April 2": no day of the act.
    fn before_now(&self, span: Span) -> bool {
        let first = self.context.doc.slice(span).split_whitespace().next().unwrap_or("").to_lowercase();
        let before = self.before(span);
        let last = |back: usize| {
            before.len().checked_sub(back).and_then(|i| before.get(i)).map_or("", |w| w.lower.as_str())
        };
        matches!(first.as_str(), "before" | "prior")
            || last(1) == "before"
            || last(1) == "to" && last(2) == "prior"
    }

    /// Whether the verb at `head` governs the act.
    fn above(&self, head: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group else { return false };
        // "published a list, fixing a rate": a gerund shares the time of its main verb.
        let hangs = groups.get(own).is_some_and(|g| matches!(g.tense, Tense::Gerund | Tense::Infinitive));
        let main = groups.iter().take(own).rev().find(|g| g.finite).filter(|_| hangs);
        main.is_some_and(|g| g.head == head)
            || self.view.clauses.chain(own).iter().any(|&g| groups.get(g).is_some_and(|g| g.head == head))
    }

    /// Whether a time belongs to another verb of the sentence: a participle or a relative clause
    /// beside the measure, or the other half of "halved the one and prolonged the other".
    pub(super) fn of_another_verb(&self, span: Span) -> bool {
        self.in_clause_of_another(span, |_| true)
    }

    /// The same, where only a clause on a level with the act counts: "for 90 days" behind a participle
    /// is still how long the act runs.
    pub(super) fn beside(&self, span: Span) -> bool {
        self.in_clause_of_another(span, |g| g.finite && !self.relative(g.start))
    }

    fn in_clause_of_another(
        &self,
        span: Span,
        counts: impl Fn(&crate::grammar::clause::Group) -> bool,
    ) -> bool {
        let trigger = self.hit.frame.trigger;
        self.view.clauses.groups.iter().any(|g| {
            let holds = g.start <= trigger.0 && trigger.1 <= g.extent.1;
            let own = g.start <= trigger.0 && trigger.0 <= g.head;
            let finds = self.span_of((g.start, g.extent.1.max(g.head + 1))).contains(span);
            let of_measure = g.tense == Tense::Participle || self.relative(g.start) || g.finite;
            counts(g) && finds && !own && !holds && of_measure && !self.above(g.head) && !self.below(g)
        })
    }

    /// "to take effect on", "effective": a verb that goes on with the act.
    fn below(&self, group: &crate::grammar::clause::Group) -> bool {
        let goes_on = self.context.classes.get("inchoative").unwrap_or_default();
        self.view.has((group.start, group.head + 2), goes_on)
    }

    fn relative(&self, start: usize) -> bool {
        let frame = &self.hit.frame;
        start > frame.trigger.1
            && start
                .checked_sub(1)
                .and_then(|i| self.view.words.get(i))
                .is_some_and(|w| w.tag == Tag::Rel || matches!(w.lower.as_str(), "it" | "they"))
    }

    /// "the Trade Act of 1974", "Executive Order 14257 of April 2, 2025".
    pub(super) fn in_title(&self, span: Span) -> bool {
        let before = self.before(span);
        let first = self.context.doc.slice(span).split_whitespace().next().unwrap_or("").to_lowercase();
        let (of, name) = match before.as_slice() {
            _ if first == "of" => (true, before.last()),
            [.., name, of] => (of.lower == "of", Some(name)),
            _ => (false, None),
        };
        of && name.is_some_and(|w| (w.capital || w.tag == Tag::Num) && !w.time)
    }
}
