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
        let own = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let asides: Vec<Span> = self
            .view
            .clauses
            .groups
            .iter()
            .filter(|g| g.head != own.map_or(usize::MAX, |o| o.head) && !self.above(g.head))
            .filter(|g| g.tense == Tense::Participle || self.relative(g.start))
            .map(|g| self.span_of((g.start, g.extent.1.max(g.head + 1))))
            .collect();
        let first = self.view.clauses.groups.first().map_or(usize::MAX, |g| g.start);
        let opening = self.view.words.get(first).map_or(usize::MAX, |w| w.span.start);
        let shared = move |t: &Timing| t.span.end <= opening && t.span.start < opening;
        let inside: Vec<&Timing> = self
            .times
            .iter()
            .filter(|t| extent.contains(t.span) && !asides.iter().any(|a| a.contains(t.span)))
            .collect();
        let usable = |t: &&Timing| {
            t.date.is_some_and(|d| d.interval.is_some())
                && !self.in_title(t.span)
                && !taken.contains(&Some(t.span))
        };
        let near: Vec<&Timing> = inside.into_iter().filter(usable).collect();
        let rest: Vec<&Timing> = if near.is_empty() {
            self.times.iter().filter(|t| shared(t)).filter(usable).collect()
        } else {
            Vec::new()
        };
        near.into_iter().chain(rest)
    }

    /// Whether the verb at `head` governs the act.
    fn above(&self, head: usize) -> bool {
        let chain = self.hit.frame.group.map(|g| self.view.clauses.chain(g)).unwrap_or_default();
        chain.iter().any(|&g| self.view.clauses.groups.get(g).is_some_and(|g| g.head == head))
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
    fn in_title(&self, span: Span) -> bool {
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
