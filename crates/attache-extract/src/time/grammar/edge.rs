//! Parts of a unit: "early 2026", "mid-June", "the end of the year", "the rest of this week".

use super::Grammar;
use crate::time::lexicon::{Key, Unit, Word};
use crate::time::node::{Core, Modifier, Node};
use crate::time::period::{Grain, Period};

impl Grammar<'_> {
    pub(super) fn edge(&self, at: usize) -> Option<Node> {
        let Word::Key(key) = self.word(at) else { return None };
        let modifier = match key {
            Key::Early | Key::Beginning | Key::Start => Modifier::Early,
            Key::Mid => Modifier::Mid,
            Key::Late => Modifier::Late,
            Key::End => Modifier::End,
            Key::Rest => Modifier::Later,
            _ => return None,
        };
        let noun = matches!(key, Key::Beginning | Key::Start | Key::End | Key::Rest);
        let of = self.past_dash(at + 1);
        // "start on March 10", "beginning in June": verbs.
        let linked = match self.word(of) {
            Word::Key(Key::Of) => true,
            Word::Key(Key::In | Key::On) => !noun,
            _ => false,
        };
        if noun && !linked && !matches!(self.word(of), Word::Shift(_)) {
            return None;
        }
        let mut next = if linked { of + 1 } else { of };
        if !noun && matches!(self.word(next), Word::Key(Key::To) | Word::Sign('-')) {
            let to = self.past_dash(self.past_key(self.past_dash(next), Key::To));
            if matches!(self.word(to), Word::Key(Key::Mid | Key::Late)) {
                next = self.past_dash(to + 1);
            }
        }
        let unit_at = self.past_key(next, Key::The);
        let node = match self.word(unit_at) {
            Word::Unit { unit, plural: false } if linked && unit >= Unit::Day => {
                let from = if unit == Unit::Day { self.anchor() } else { self.today() };
                Node::period(Period::around(from, unit, 0)?, unit_at + 1)
            }
            Word::Digits { .. } => self.unit_of_digits(unit_at)?,
            Word::Season(_) => self.season(unit_at)?,
            Word::Month { .. } => self.month(unit_at)?,
            Word::Key(Key::Tens(_)) => self.decade_in_words(unit_at)?,
            Word::Shift(_) => self.shifted(unit_at)?,
            Word::Ordinal(_) => self.ordinal(unit_at)?,
            Word::Key(Key::Q | Key::Fiscal | Key::Fy) => self.fiscal(unit_at)?,
            Word::Weekday { plural: false, .. } => self.weekday(unit_at)?,
            Word::Key(Key::Today | Key::Tomorrow | Key::Yesterday) if !noun => self.deictic(unit_at)?,
            _ => return None,
        };
        let fits = match node.core {
            Core::Period(period) => period.grain >= Grain::Day,
            Core::Parts(_) | Core::Quarter { .. } => true,
            _ => false,
        };
        fits.then(|| node.with(modifier))
    }

    /// A year or decade after "early", "mid", "late".
    fn unit_of_digits(&self, at: usize) -> Option<Node> {
        if let Some(node) = self.decade(at) {
            return Some(node);
        }
        let node = self.plain_year(at)?;
        matches!(node.core, Core::Parts(_)).then_some(node)
    }
}
