//! One entry per group of goods with a rate of its own.

use super::*;

impl Builder<'_> {
    /// One entry per group of goods with a rate of its own.
    pub(super) fn tariff_variants(&self, kind: Kind) -> Vec<Vec<Percentage>> {
        if kind != Kind::TariffAction {
            return vec![Vec::new()];
        }
        let frame = &self.hit.frame;
        let items = percentages(self.view.words, self.context.doc.text, frame.extent);
        let values = items.iter().filter(|i| i.part == Part::Value).count();
        let plain = items.iter().all(|i| i.part == Part::Value);
        let goods = |i: &Percentage| {
            (i.words.1..i.words.1 + 3)
                .any(|at| self.view.words.get(at).is_some_and(|w| matches!(w.lower.as_str(), "on" | "for")))
        };
        if plain && values > 1 && items.iter().all(goods) {
            return items.into_iter().map(|i| vec![i]).collect();
        }
        if plain && values > 1 {
            let near = items.iter().min_by_key(|i| i.words.0.abs_diff(frame.trigger.0)).copied();
            return vec![near.into_iter().collect()];
        }
        vec![items]
    }
}
