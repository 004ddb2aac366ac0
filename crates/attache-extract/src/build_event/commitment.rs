//! One-sided commitments: one for each of the goods that has an amount of its own.

use super::*;

impl Builder<'_> {
    /// "Will buy $17 billion of farm products and 200 aircraft": two commitments.
    pub(super) fn commitments(&self, draft: Draft) -> Vec<Draft> {
        let promised = self.things_promised();
        if promised.len() > 1 {
            let start = draft.start;
            return promised.iter().map(|&part| Draft { start, ..self.part(&draft, part) }).collect();
        }
        let own = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal);
        let Some(theme) = promised.first().copied().or(own) else {
            return vec![draft];
        };
        let words = self.view.words;
        let mut end = if promised.is_empty() { self.hit.frame.extent.1 } else { theme.1 }.min(words.len());
        let amount = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Num && !w.time);
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        // "12 million tons by January, then 25 million tons a year".
        if lower(end) == "," && is!(lower(end + 1), "then" | "and" | "plus") && (end + 2..end + 5).any(amount)
        {
            end = (end + 1..words.len()).find(|&i| is!(lower(i), "," | "." | ";")).unwrap_or(words.len());
        }
        let mut parts: Vec<Range> = Vec::new();
        let mut start = theme.0;
        for at in theme.0..end {
            let joins = words.get(at).is_some_and(|w| is!(w.lower, "and" | "," | "plus"));
            let next = (at + 1..end.min(at + 5)).find(|&i| {
                amount(i)
                    || words.get(i).is_some_and(|w| {
                        is!(
                            w.lower,
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
        if parts.len() < 2 && !promised.is_empty() {
            let start = draft.start;
            return vec![Draft { start, ..self.part(&draft, theme) }];
        }
        if parts.len() < 2 || !parts.iter().all(|&(a, b)| (a..b).any(amount)) {
            return vec![draft];
        }
        parts.iter().map(|&part| self.part(&draft, part)).collect()
    }

    /// The draft with one of several things as its scope.
    fn part(&self, draft: &Draft, part: Range) -> Draft {
        let mut out = draft.clone();
        let span = self.span_of(part);
        out.start = span.start;
        let printed = span.of(self.context.doc.text).unwrap_or("").trim_end_matches(['.', ',', ' ']);
        out.event.scope = Some(printed.to_owned());
        let span = Span::new(span.start, span.start + printed.len());
        out.event.evidence.fields.insert("scope", span);
        out
    }

    /// "Promises to recognise a standard and to lift a ban": what is done to which things.
    fn things_promised(&self) -> Vec<Range> {
        let groups = &self.view.clauses.groups;
        let frame = &self.hit.frame;
        let Some(own) = frame.group.filter(|_| !frame.nominal && frame.theme.is_none()) else {
            return Vec::new();
        };
        let promises = |g: &Group| self.context.classes.has("promise", &g.lemma);
        if !groups.get(own).is_some_and(promises) {
            return Vec::new();
        }
        let hangs =
            |g: &&Group| g.governor == Some(own) && matches!(g.tense, Tense::Infinitive | Tense::Gerund);
        groups.iter().filter(hangs).map(|g| g.theme.unwrap_or((g.head, g.head + 1))).collect()
    }
}
