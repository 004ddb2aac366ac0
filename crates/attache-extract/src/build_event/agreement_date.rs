//! When an agreement was reached or a commitment given, apart from the years it speaks of.

use super::*;

impl Builder<'_> {
    /// The day of the agreement: its own, else the day somebody told of it, else that of an official text.
    pub(super) fn agreement_date(&self, terms: &Terms, stance: &Stance) -> (EventDate, Option<Span>) {
        let frame = &self.hit.frame;
        let trigger = self.trigger_span();
        let taken = [terms.effective_span, terms.expires_span, terms.duration_span];
        let published = self.context.published;
        // What is promised for next year is promised today.
        let past = |t: &&Timing| t.date.and_then(|d| d.start()).is_some_and(|day| day <= published);
        let usable = |t: &&Timing| {
            past(t)
                && !taken.contains(&Some(t.span))
                && !self.before(t.span).iter().rev().take(2).any(|w| w.lower == "since")
        };
        let nearest = |range: Range| {
            self.times_in(range).filter(usable).min_by_key(|t| t.span.start.abs_diff(trigger.start))
        };
        let found = nearest(self.up_to_next_act(frame.extent))
            .or_else(|| self.opening_time(usable))
            .or_else(|| self.told_on(stance).filter(usable));
        if let Some(time) = found {
            return (time.date.unwrap_or(EventDate::UNKNOWN), Some(time.span));
        }
        if self.context.official {
            return (EventDate::day(published), None);
        }
        (EventDate::UNKNOWN, None)
    }

    /// "…, the White House said on Sunday": the time of the saying.
    fn told_on(&self, stance: &Stance) -> Option<&Timing> {
        let speaker = stance.speaker?;
        let groups = &self.view.clauses.groups;
        let says = groups
            .iter()
            .find(|g| g.subject == Some(speaker) || g.start == speaker.1 || g.theme == Some(speaker))?;
        let end = says.extent.1.max(says.head + 1).min(self.view.words.len());
        let first = groups.first().is_some_and(|g| g.start == says.start);
        let start = if first { 0 } else { speaker.0.min(says.start) };
        let span = self.span_of((start, end.max(speaker.1)));
        self.times.iter().find(|t| span.contains(t.span))
    }
}
