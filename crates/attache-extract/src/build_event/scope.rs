//! The goods, firms or list concerned.

use super::*;

impl Builder<'_> {
    /// The goods or the list concerned.
    pub(super) fn scope(&self, kind: Kind, items: &[Percentage]) -> Option<Span> {
        if !matches!(kind, Kind::TariffAction | Kind::Tension | Kind::Agreement) {
            return None;
        }
        // "N% on goods": what stands behind the rate, up to the next preposition or conjunction with a rate.
        if let Some(item) = items.first() {
            let mut at = item.words.1;
            let end = (at + 5).min(self.view.words.len());
            while at < end && self.view.words.get(at).is_some_and(|w| w.lower != "on" && w.tag != Tag::Punct)
            {
                at += 1;
            }
            if self.view.words.get(at).is_some_and(|w| w.lower == "on") {
                let (theme, _, _) =
                    crate::grammar::clause::phrases(self.view.words, at + 1, self.view.words.len());
                if let Some((start, end)) = theme {
                    let cut = (start..end)
                        .find(|&i| i > start + 1 && self.view.words.get(i).is_some_and(|w| w.lower == "%"))
                        .and_then(|i| {
                            (start..i)
                                .rev()
                                .find(|&j| self.view.words.get(j).is_some_and(|w| w.tag == Tag::Conj))
                        });
                    return Some(self.span_of((start, cut.unwrap_or(end))));
                }
            }
        }
        for place in &self.hit.rule.scope {
            if let Some(range) = self.ranges(place).into_iter().next() {
                return Some(self.span_of(range));
            }
        }
        None
    }
}
