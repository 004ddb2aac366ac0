//! When an act happened or was announced.

use super::*;

impl Builder<'_> {
    pub(super) fn date(
        &self,
        terms: &Terms,
        stance: &Stance,
        fact: Factuality,
        kind: Kind,
    ) -> (EventDate, Option<Span>) {
        let frame = &self.hit.frame;
        let taken = [terms.effective_span, terms.expires_span, terms.duration_span];
        let usable =
            |t: &&Timing| t.date.is_some_and(|d| d.interval.is_some()) && !taken.contains(&Some(t.span));
        let trigger = self.trigger_span().start;
        // "suspends its curbs of October 9": the day of the curbs is not the day of the easing.
        let eased = matches!(self.hit.rule.status, Some(Status::Eased | Status::Resolved));
        let original = self.hit.frame.theme.filter(|_| eased).map(|theme| self.span_of(theme));
        let usable = |t: &&Timing| usable(t) && original.is_none_or(|theme| !theme.contains(t.span));
        // A date that belongs to something else: "since November 2023", "the first since …".
        let own = |t: &&Timing| {
            let before = self.before(t.span);
            let first = self.context.doc.slice(t.span).split_whitespace().next().unwrap_or("").to_lowercase();
            !(first == "since" || before.iter().any(|w| w.lower == "since")) || kind != Kind::Engagement
        };
        // "… since earlier talks in Geneva": the clause's day is not the day of those talks.
        let start = crate::grammar::clause::phrase_start(self.view.words, frame.trigger.0);
        let aside = frame.nominal
            && start.checked_sub(1).and_then(|i| self.view.words.get(i)).is_some_and(|w| {
                matches!(
                    w.lower.as_str(),
                    "since" | "after" | "before" | "following" | "from" | "during" | "until"
                )
            });
        let reach = if aside {
            let end = frame.preps.iter().map(|(_, r)| r.1).max().unwrap_or(frame.trigger.1);
            (start, end.max(frame.trigger.1))
        } else {
            frame.extent
        };
        let nearest = self
            .times_in(reach)
            .filter(usable)
            .filter(own)
            .min_by_key(|t| t.span.start.abs_diff(trigger))
            .or_else(|| {
                if aside {
                    return None;
                }
                // A time that opens the sentence holds for its main clauses.
                let first = self.view.clauses.groups.first().map_or(usize::MAX, |g| g.start);
                let opening = self.view.words.get(first).map_or(usize::MAX, |w| w.span.start);
                self.times.iter().filter(usable).filter(own).find(|t| {
                    t.span.end <= opening && !frame.nominal || t.span.start <= self.sentence.span.start + 8
                })
            });
        if let Some(time) = nearest {
            return (time.date.unwrap_or(EventDate::UNKNOWN), Some(time.span));
        }
        let running = kind == Kind::TariffAction
            && fact == Factuality::Asserted
            && !stance.future
            && !self.context.official;
        if let (true, Some(moment), Some(span)) = (running, terms.effective, terms.effective_span)
            && !moment.by
            && let Some((first, last)) = moment.days()
            && first <= self.context.published
        {
            let precision = match (moment.month, moment.day) {
                (Some(_), Some(_)) => Precision::Day,
                (Some(_), None) => Precision::Month,
                _ => Precision::Year,
            };
            return (EventDate { interval: Some((first, last)), precision }, Some(span));
        }
        if self.context.official && (kind != Kind::Engagement || !stance.future) {
            return (EventDate::day(self.context.published), None);
        }
        (EventDate::UNKNOWN, None)
    }
}
