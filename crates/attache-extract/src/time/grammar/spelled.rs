//! Years, decades and centuries in words: "nineteen ninety-six", "two thousand and eight", "the
//! nineties", "the 21st century".

use super::Grammar;
use super::absolute::whole;
use crate::time::lexicon::{Key, Unit, Word};
use crate::time::node::{Core, Node, Parts};
use crate::time::period::{Grain, Period};

impl Grammar<'_> {
    /// A year in words at token `at`, and the token after.
    pub(super) fn spelled_year(&self, at: usize) -> Option<(i16, usize)> {
        let (first, next) = self.cardinal(at)?;
        let (year, next) = match first {
            10..=20 => {
                let (rest @ 10..=99, next) = self.cardinal(self.past_dash(next))? else { return None };
                (first * 100 + rest, next)
            }
            1000..=2999 => (first, next),
            _ => return None,
        };
        let counts = matches!(self.word(next), Word::Unit { .. } | Word::Scale(_) | Word::Key(Key::Percent));
        let year = i16::try_from(year).ok().filter(|year| (1000..2200).contains(year))?;
        (!counts).then_some((year, next))
    }

    /// "fifteen August": a day in words before its month.
    pub(super) fn cardinal_day(&self, at: usize) -> Option<Node> {
        let Word::Cardinal(day @ 1..=31) = self.word(at) else { return None };
        let (month, next) = self.month_name(at + 1).filter(|_| self.upper(at + 1))?;
        let led = matches!(self.before(at), Word::Key(Key::On | Key::By | Key::Until | Key::Since));
        let (year, next) = self.year_after(next).map_or((None, next), |(year, next)| (Some(year), next));
        let parts = Parts { year, month: Some(month), day: i8::try_from(day).ok(), weekday: None };
        led.then(|| Node::new(whole(parts), next))
    }

    /// A year in words that stands alone.
    pub(super) fn year_in_words(&self, at: usize) -> Option<Node> {
        let led = matches!(
            self.before(at),
            Word::Key(
                Key::In
                    | Key::Since
                    | Key::By
                    | Key::Until
                    | Key::From
                    | Key::Before
                    | Key::After
                    | Key::During
                    | Key::Of
            ) | Word::Unit { unit: Unit::Year, plural: false }
        );
        let (year, next) = led.then(|| self.spelled_year(at))??;
        Some(Node::new(Core::Parts(Parts { year: Some(year), ..Parts::default() }), next))
    }

    /// "the nineties", "the 1990s" has its own rule.
    pub(super) fn decade_in_words(&self, at: usize) -> Option<Node> {
        let Word::Key(Key::Tens(first)) = self.word(at) else { return None };
        let led = matches!(
            self.before(at),
            Word::Key(Key::The | Key::In | Key::Early | Key::Late | Key::Mid) | Word::Sign('-')
        );
        led.then(|| Period::years(first, 10, Grain::Decade).map(|period| Node::period(period, at + 1)))?
    }

    /// "century" after its number.
    pub(super) fn nth_century(&self, number: u32, at: usize) -> Option<Node> {
        let number = i16::try_from(number).ok().filter(|number| (1..=30).contains(number))?;
        Some(Node::period(Period::years((number - 1) * 100, 100, Grain::Century)?, at + 1))
    }
}
