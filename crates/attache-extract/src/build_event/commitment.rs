//! One-sided commitments: one for each of the goods that has an amount of its own.

use super::*;

impl Builder<'_> {
    /// "Will buy $17 billion of farm products and 200 aircraft": two commitments.
    pub(super) fn commitments(&self, draft: Draft) -> Vec<Draft> {
        let Some(theme) = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal) else {
            return vec![draft];
        };
        let words = self.view.words;
        let mut end = self.hit.frame.extent.1.min(words.len());
        let amount = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Num && !w.time);
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        // "12 million tons by January, then 25 million tons a year".
        if lower(end) == ","
            && matches!(lower(end + 1), "then" | "and" | "plus")
            && (end + 2..end + 5).any(amount)
        {
            end =
                (end + 1..words.len()).find(|&i| matches!(lower(i), "," | "." | ";")).unwrap_or(words.len());
        }
        let mut parts: Vec<Range> = Vec::new();
        let mut start = theme.0;
        for at in theme.0..end {
            let joins = words.get(at).is_some_and(|w| matches!(w.lower.as_str(), "and" | "," | "plus"));
            let next = (at + 1..end.min(at + 5)).find(|&i| {
                amount(i)
                    || words.get(i).is_some_and(|w| {
                        matches!(
                            w.lower.as_str(),
                            "," | "and" | "by" | "over" | "in" | "to" | "including" | "such" | "among"
                        )
                    })
            });
            if joins && next.is_some_and(amount) && (start..at).any(amount) {
                parts.push((start, at));
                start = at + 1;
            }
        }
        parts.push((start, end));
        if parts.len() < 2 || !parts.iter().all(|&(a, b)| (a..b).any(amount)) {
            return vec![draft];
        }
        parts
            .iter()
            .map(|&part| {
                let mut out = draft.clone();
                let span = self.span_of(part);
                out.start = span.start;
                let printed = span.of(self.context.doc.text).unwrap_or("").trim_end_matches(['.', ',', ' ']);
                out.event.scope = Some(printed.to_owned());
                let span = Span::new(span.start, span.start + printed.len());
                out.event.evidence.fields.insert("scope", span);
                out
            })
            .collect()
    }
}
