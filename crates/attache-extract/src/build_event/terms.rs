//! When a measure starts and ends, and how long it runs.

use super::*;

#[derive(Debug, Default)]
pub(super) struct Terms {
    pub(super) effective: Option<Moment>,
    pub(super) effective_span: Option<Span>,
    pub(super) expires: Option<Moment>,
    pub(super) expires_span: Option<Span>,
    pub(super) duration: Option<crate::when::Length>,
    pub(super) duration_span: Option<Span>,
}

impl Builder<'_> {
    pub(super) fn terms(&self) -> Terms {
        let mut out = Terms::default();
        let frame = &self.hit.frame;
        let mut range = frame.extent;
        // "to take effect on …", "which expires on …" hang on the act although they are clauses of their own.
        range.1 = self.view.words.len();
        for time in self.times_in(range) {
            if time.span.start < self.span_of(frame.extent).start {
                continue;
            }
            let tariff = self.hit.rule.act.kind() == Kind::TariffAction;
            let foreign =
                if time.length.is_some() { self.beside(time.span) } else { self.of_another_verb(time.span) };
            if tariff && (foreign || self.in_title(time.span)) {
                continue;
            }
            let before = self.before(time.span);
            let lower: Vec<&str> = before.iter().map(|w| w.lower.as_str()).collect();
            let first =
                self.context.doc.slice(time.span).split_whitespace().next().unwrap_or("").to_lowercase();
            let lead = if matches!(
                first.as_str(),
                "from"
                    | "until"
                    | "till"
                    | "through"
                    | "by"
                    | "since"
                    | "on"
                    | "to"
                    | "starting"
                    | "effective"
                    | "for"
            ) {
                first.as_str()
            } else {
                lower.last().copied().unwrap_or("")
            };
            let near = |words: &[&str]| lower.iter().any(|l| words.contains(l));
            let expiring = near(&[
                "expire", "expires", "expiring", "expired", "runs", "lapse", "lapses", "ends", "ending",
            ]);
            if let Some(length) = time.length {
                if out.duration.is_none()
                    && (lead == "for"
                        || near(&["by", "another", "additional", "of", "to", "for"])
                        || self.context.doc.slice(time.span).contains('-'))
                {
                    out.duration = Some(length);
                    out.duration_span = Some(time.span);
                }
                continue;
            }
            let Some(moment) = time.moment else { continue };
            if expiring || matches!(lead, "until" | "till" | "through") {
                if out.expires.is_none() {
                    out.expires = Some(Moment { by: false, ..moment });
                    out.expires_span = Some(time.span);
                }
            } else if matches!(lead, "from" | "effective" | "starting" | "beginning" | "of" | "by")
                || lead == "since" && self.hit.rule.act.kind() == Kind::TariffAction
                || near(&["effect", "force", "effective", "starting", "beginning", "begin", "start"])
            {
                let of = lead == "of" && !near(&["as"]);
                if out.effective.is_none() && !of {
                    out.effective = Some(if lead == "by" {
                        Moment { by: true, ..moment }
                    } else {
                        Moment { by: false, ..moment }
                    });
                    out.effective_span = Some(time.span);
                }
            }
        }
        if let (None, Some(start), Some(length)) = (out.expires, out.effective, out.duration)
            && !start.by
            && let Some(end) = add(start, length)
        {
            out.expires = Some(end);
            out.expires_span = out.duration_span;
        }
        out
    }
}

/// Start plus duration, where the start is a full date.
fn add(start: Moment, length: crate::when::Length) -> Option<Moment> {
    let day = jiff::civil::Date::new(start.year, start.month?, start.day?).ok()?;
    let count = i64::from(length.count.min(10_000));
    let span = match length.unit {
        TimeUnit::Hour => return None,
        TimeUnit::Day => jiff::Span::new().try_days(count).ok()?,
        TimeUnit::Week => jiff::Span::new().try_weeks(count).ok()?,
        TimeUnit::Month => jiff::Span::new().try_months(count).ok()?,
        TimeUnit::Year => jiff::Span::new().try_years(count).ok()?,
    };
    Some(Moment::on(day.checked_add(span).ok()?))
}
