//! The first or last few units of a larger one: "the first five months of the year", "the last two
//! weeks of May", "the first ten days of last month".

use jiff::civil::Date;

use super::Grammar;
use crate::time::calendar::add;
use crate::time::lexicon::{Key, Unit, Word};
use crate::time::node::{Count, Node};
use crate::time::period::Period;

impl Grammar<'_> {
    /// The stretch whose count stands at token `at`, at the beginning or the end of its whole.
    pub(super) fn stretch(&self, last: bool, at: usize) -> Option<Node> {
        let (Count::Exact(number), unit, next) = self.count_of(at)? else { return None };
        matches!(self.word(next), Word::Key(Key::Of | Key::In)).then_some(())?;
        let of = next + 1;
        let (whole, next) = self.whole_of(of)?;
        (unit >= Unit::Day && Period::around(whole.start, unit, 0)?.grain < whole.grain).then_some(())?;
        let number = i64::from(number);
        let (start, end): (Date, Date) = if last {
            (add(whole.end, -number, unit), whole.end)
        } else {
            (whole.start, add(whole.start, number, unit))
        };
        (whole.start <= start && end <= whole.end && start < end)
            .then(|| Node::period(Period::range(start, end), next))
    }

    /// A larger unit: "2025", "May", "last year", "the year".
    fn whole_of(&self, at: usize) -> Option<(Period, usize)> {
        if let Some(node) = self.date(at) {
            return self.settle(node, at).map(|period| (period, node.next));
        }
        match (self.word(at), self.word(at + 1)) {
            (Word::Key(Key::The), Word::Unit { unit, plural: false }) if unit >= Unit::Week => {
                Some((Period::around(self.today(), unit, 0)?, at + 2))
            }
            _ => None,
        }
    }
}
