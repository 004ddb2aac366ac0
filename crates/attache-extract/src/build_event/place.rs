//! Where a contact took place.

use super::*;

impl Builder<'_> {
    /// A capitalised place behind "in" or "at" of the act.
    pub(super) fn place(&self, kind: Kind) -> Option<Span> {
        if !matches!(kind, Kind::Engagement) {
            return None;
        }
        for prep in ["in", "at"] {
            for (start, end) in self.ranges(prep) {
                let mut stop = start;
                while stop < end
                    && self
                        .view
                        .words
                        .get(stop)
                        .is_some_and(|w| (w.capital && !w.time) || (w.lower == "the" && stop == start))
                {
                    stop += 1;
                }
                let first = self.view.words.get(start).filter(|w| w.capital && !w.time);
                if first.is_some() && stop > start && prep == "in" {
                    return Some(self.span_of((start, stop)));
                }
            }
        }
        None
    }
}
