//! The days a question asks about.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Asked;
use crate::reading::{Reading, Subject};
use crate::timing::Timing;
use crate::when::Precision;

/// The last day of the month, quarter or year that begins on `start`.
fn last_day(start: Date, precision: Option<Precision>) -> Option<Date> {
    match precision? {
        Precision::Month => Some(start.last_of_month()),
        Precision::Quarter => Some(start.checked_add(2.months()).ok()?.last_of_month()),
        Precision::Year => Some(start.last_of_year()),
        Precision::Week => start.checked_add(6.days()).ok(),
        _ => None,
    }
}

impl Asked<'_> {
    /// First and last day: "since October" has no last one, "before March" no first one.
    pub(super) fn period(&mut self, times: &[Timing], today: Date, out: &mut Reading) {
        for time in times {
            self.use_span(time.span);
            let Some((mut start, mut end)) = time.date.and_then(|d| d.interval) else { continue };
            let words = self.doc.slice(time.span).to_lowercase();
            let lead = words.split_whitespace().next().unwrap_or_default();
            let led = |leads: &[&str]| leads.contains(&lead) || self.behind(time.span, leads);
            // "this year" ends today in a report, on its last day ahead of it.
            if out.subject == Subject::Deadlines && end == today {
                end = last_day(start, time.date.map(|d| d.precision)).unwrap_or(end);
            }
            let has_year = words.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() == 4);
            // A month named without its year is the last one in a report, the next one in a deadline.
            if out.subject == Subject::Deadlines && end < today && !has_year {
                start = start.saturating_add(1.year());
                end = end.saturating_add(1.year());
            }
            if out.subject == Subject::Comparison {
                // "between April and May" compares how either month ended.
                let coarse = time.date.map(|d| d.precision) == Some(Precision::Month);
                let first = if start == end || !coarse { start } else { start.last_of_month() };
                out.since = out.since.or(Some(first));
                out.until = Some(end);
            } else if led(&["since", "from", "after", "starting"]) {
                out.since = Some(out.since.map_or(start, |day| day.min(start)));
            } else if led(&["before"]) {
                out.until = start.yesterday().ok();
            } else if led(&["until", "till", "by", "through", "to"]) {
                out.until = Some(end);
            } else {
                out.since = Some(out.since.map_or(start, |day| day.min(start)));
                out.until = Some(out.until.map_or(end, |day| day.max(end)));
            }
        }
    }
}
