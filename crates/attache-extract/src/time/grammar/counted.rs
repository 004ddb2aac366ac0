//! A number of units: durations, and points that far from another.

use super::Grammar;
use crate::time::calendar::{add, add_days, add_seconds, weekday_back};
use crate::time::context::Direction;
use crate::time::lexicon::{Key, Shift, Unit, Word};
use crate::time::node::{Core, Count, Node};
use crate::time::period::{Grain, Period};

/// How far before "in seven years" the rank stands that it is a span of: "the first … in seven years".
const FAR_RANK: usize = 14;

impl Grammar<'_> {
    /// "90 days", "two weeks ago", "a day earlier", "90 days from May 14", "five-year".
    pub(super) fn counted(&self, at: usize) -> Option<Node> {
        if !self.article(at)
            && let Some(node) = self.counted_shift(at)
        {
            return Some(node);
        }
        let (count, unit, mut next) = self.count_of(at)?;
        let mut more = [(count, unit), (Count::Exact(0), Unit::Day), (Count::Exact(0), Unit::Day)];
        let mut used = 1;
        while used < more.len() {
            let joined = match self.word(next) {
                Word::Key(Key::And) | Word::Sign(',') => next + 1,
                _ => next,
            };
            let Some((count, smaller, after)) = self.count_of(joined) else { break };
            let told = more.get(..used).unwrap_or_default();
            // "30 days, six months or a year" is a choice, no sum.
            let listed = joined > next && told.last().is_none_or(|&(_, unit)| smaller >= unit);
            if listed || told.iter().any(|&(_, unit)| unit == smaller) {
                break;
            }
            if let Some(place) = more.get_mut(used) {
                *place = (count, smaller);
            }
            used += 1;
            next = after;
        }
        let parts = more.get(..used).unwrap_or_default();
        // "for 90 days from May 14" is how long and from when, not a day.
        let runs = self.led_by_for(at) && matches!(self.word(next), Word::Key(Key::From | Key::After));
        if let Some(node) = self.displaced(parts, next).filter(|_| !runs) {
            // "within two weeks from today": the stretch, not its last day.
            let stretch = self.before(at) == Word::Key(Key::Within)
                && matches!(self.word(next + 1), Word::Key(Key::Today | Key::Now));
            return match node.core {
                Core::Period(last) if stretch && used == 1 => {
                    let covered = Period::range(self.today(), add_days(last.start, 1));
                    Some(Node::new(Core::Length(count, unit, Some(covered)), node.next))
                }
                _ => Some(node),
            };
        }
        if used > 1 {
            return Some(Node::new(Core::Sum(more), next));
        }
        if self.article(at) && !self.length_article(at, unit, next) {
            return None;
        }
        if self.article(at) && self.rate_before(at) {
            return Some(Node::new(Core::Every(Count::Exact(1), unit), next));
        }
        self.length(at, count, unit, next)
    }

    /// "another month", "all day", "the full year": one unit, told as a length.
    pub(super) fn one_more(&self, at: usize) -> Option<Node> {
        let another = self.is(at, Key::Another);
        let next = if another { at + 1 } else { self.past_dash(at + 1) };
        let Word::Unit { unit, plural: false } = self.word(next) else { return None };
        let fits = unit >= Unit::Day && unit != Unit::Weekend;
        let noun = self.dash(next + 1) && self.glued(next + 1);
        (fits && !noun).then(|| Node::new(Core::Length(Count::Exact(1), unit, None), next + 1))
    }

    /// "for 90 days", "for a period of 90 days", "by another 90 days".
    fn led_by_for(&self, at: usize) -> bool {
        let mut others = 0;
        for back in 1..=4 {
            match at.checked_sub(back).map(|at| self.word(at)) {
                Some(Word::Key(Key::For | Key::By)) => return true,
                Some(Word::Key(Key::A | Key::The | Key::Of | Key::Period | Key::Another)) => {}
                Some(Word::Other | Word::Shift(_)) if others == 0 => others = 1,
                _ => return false,
            }
        }
        false
    }

    fn article(&self, at: usize) -> bool {
        self.is(at, Key::A)
    }

    /// A count and its unit: "90 days", "90-day", "twelve calendar months".
    pub(super) fn count_of(&self, at: usize) -> Option<(Count, Unit, usize)> {
        let (count, mut next) = self.count(at)?;
        // "five (5) years"
        if self.sign(next, '(')
            && self.sign(next + 2, ')')
            && let Some((again, _)) = self.digits(next + 1)
            && count == Count::Exact(again)
        {
            next += 3;
        }
        next = self.past_dash(next);
        for _ in 0..2 {
            match self.word(next) {
                Word::Key(Key::Calendar | Key::Working) => next += 1,
                Word::Other if self.is(next + 1, Key::Working) && self.dash(next + 2) => return None,
                _ => break,
            }
        }
        let (unit, plural) = match self.word(next) {
            Word::Unit { unit, plural } => (unit, plural),
            Word::Part(crate::time::lexicon::Part::Night) if !self.is(at, Key::A) => (Unit::Day, false),
            _ => return None,
        };
        let money = matches!(self.before(at), Word::Sign('$' | '€' | '£' | '¥')) && self.glued(at);
        let one = matches!(count, Count::Exact(0 | 1) | Count::AndHalf(0));
        let fraction = unit == Unit::Quarter && !plural && !self.dash(next.wrapping_sub(1)) && !one;
        let ill_formed = one && plural && self.is(at, Key::A);
        next += 1;
        let mut count = count;
        if let Count::Exact(number) = count
            && self.is(next, Key::And)
            && self.is(next + 1, Key::A)
            && self.is(next + 2, Key::Half)
            && !matches!(self.word(next + 3), Word::Unit { .. })
        {
            (count, next) = (Count::AndHalf(number), next + 3);
        }
        (!money && !fraction && !ill_formed).then_some((count, unit, next))
    }

    /// "ago", "earlier", "from now", "after May 14" behind a duration.
    fn displaced(&self, parts: &[(Count, Unit)], at: usize) -> Option<Node> {
        let vague = parts.iter().any(|(count, _)| *count == Count::Vague);
        match self.word(at) {
            Word::Key(Key::Ago) => {
                self.weeks_ago_on(parts, at + 1).or_else(|| self.moved(parts, -1, false, at + 1, vague))
            }
            Word::Key(Key::Hence) => self.moved(parts, 1, false, at + 1, vague),
            Word::Key(Key::Earlier) => self.moved(parts, -1, true, at + 1, vague),
            Word::Key(Key::Later) => self.moved(parts, 1, true, at + 1, vague),
            Word::Key(Key::From) if self.is(at + 1, Key::Now) => self.moved(parts, 1, false, at + 2, vague),
            Word::Key(Key::After | Key::From | Key::Of) if self.issue(at + 1).is_some() => {
                let next = self.issue(at + 1)?;
                let told = self.told.is_some();
                self.moved(parts, 1, told, next, vague)
            }
            // "ten days after that", "a week before this meeting"
            Word::Key(key @ (Key::Before | Key::After)) if self.points_back(at + 1) => {
                let sign = if key == Key::Before { -1 } else { 1 };
                self.moved(parts, sign, true, at + 2, vague)
            }
            Word::Key(key @ (Key::Before | Key::After | Key::From)) => {
                let sign = if key == Key::Before { -1 } else { 1 };
                let (node, from) = [at + 1, at + 2].into_iter().find_map(|from| {
                    let led = from == at + 1 || self.is(at + 1, Key::The);
                    led.then(|| self.date(from)).flatten().map(|node| (node, from))
                })?;
                let period = self.settle(node, from)?;
                if let ([(Count::Exact(number), unit)], true) = (parts, period.grain > Grain::Day) {
                    let moved = Period::around(period.start, *unit, sign * i64::from(*number))?;
                    return (moved.grain == period.grain).then(|| Node::period(moved, node.next));
                }
                (period.grain == Grain::Day && !vague).then_some(())?;
                let date = parts
                    .iter()
                    .fold(period.start, |date, &(count, unit)| add(date, sign * whole(count), unit));
                Some(Node::period(Period::day(date), node.next))
            }
            Word::Shift(Shift::Previous) if parts.len() == 1 => self.moved(parts, -1, true, at + 1, vague),
            _ => None,
        }
    }

    /// "a week ago Friday", "two weeks ago on Monday", "a week ago today": as many weeks before the latest such
    /// day.
    fn weeks_ago_on(&self, parts: &[(Count, Unit)], at: usize) -> Option<Node> {
        let [(Count::Exact(weeks), Unit::Week)] = parts else { return None };
        let on = self.past_key(at, Key::On);
        let latest = match self.word(on) {
            Word::Weekday { day, plural: false } => weekday_back(self.today(), day),
            Word::Key(Key::Today) => self.today(),
            _ => return None,
        };
        Some(Node::period(Period::day(add_days(latest, -7 * i64::from(*weeks))), on + 1))
    }

    /// "signing", "the date of publication", "its signature": the token after.
    fn issue(&self, at: usize) -> Option<usize> {
        (at..at + 6).find(|&at| self.is(at, Key::Issue)).map(|at| at + 1)
    }

    /// "that", "this" for what was told with its day.
    fn points_back(&self, at: usize) -> bool {
        let known = self.told.is_some() || self.month.is_some();
        let points = matches!(self.word(at), Word::Shift(Shift::Same | Shift::This));
        known && points && matches!(self.word(at + 1), Word::Other | Word::Sign(_))
    }

    fn moved(
        &self,
        parts: &[(Count, Unit)],
        sign: i64,
        told: bool,
        next: usize,
        vague: bool,
    ) -> Option<Node> {
        if vague {
            return Some(Node::new(Core::Vague(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }), next));
        }
        let smallest = parts.iter().map(|&(_, unit)| unit).min().unwrap_or(Unit::Day);
        // "two weeks later than planned": no day.
        if told && self.is(next, Key::Than) {
            return None;
        }
        let from = if told { self.anchor_of(smallest) } else { self.today() };
        if let [(count, unit)] = parts {
            let number = whole(*count);
            if *unit < Unit::Day {
                let size = match unit {
                    Unit::Second => 1,
                    Unit::Minute => 60,
                    _ => 3600,
                };
                let half = if matches!(count, Count::AndHalf(_)) { size / 2 } else { 0 };
                let at = add_seconds(self.reference, sign * (number * size + half));
                return Some(Node::period(Period::day(at.date()), next));
            }
            // "A week later" than a day told is a day again.
            let counted = told && *unit == Unit::Week && self.told.is_some();
            let exact = matches!(count, Count::Exact(_));
            if *unit == Unit::Fortnight || counted && exact {
                return Some(Node::period(Period::day(add(from, sign * number, *unit)), next));
            }
            if let (Count::AndHalf(_), Unit::Day) = (count, unit) {
                return Some(Node::period(Period::day(add(from, sign * number, *unit)), next));
            }
            if let Count::AndHalf(_) = count {
                let (scale, unit) = match unit {
                    Unit::Year => (12, Unit::Month),
                    Unit::Week => (7, Unit::Day),
                    Unit::Month => (30, Unit::Day),
                    _ => return None,
                };
                let date = add(from, sign * (number * scale + scale / 2), unit);
                return Some(Node::period(Period::around(date, unit, 0)?, next));
            }
            return Some(Node::period(Period::around(from, *unit, sign * number)?, next));
        }
        let date = parts.iter().fold(from, |date, &(count, unit)| add(date, sign * whole(count), unit));
        Some(Node::period(Period::day(date), next))
    }

    /// A duration, or the day "in two weeks" and the stretch "within two weeks" lead to.
    fn length(&self, at: usize, count: Count, unit: Unit, next: usize) -> Option<Node> {
        let plain = Node::new(Core::Length(count, unit, None), next);
        let Count::Exact(number) = count else { return Some(plain) };
        let number = i64::from(number);
        let today = self.today();
        match self.before(at) {
            Word::Key(Key::Within) if unit >= Unit::Day => {
                let last = add(today, number, unit);
                let covered = Period::range(today, add_days(last, 1));
                Some(Node::new(Core::Length(count, unit, Some(covered)), next))
            }
            Word::Key(Key::In) if unit >= Unit::Day && self.ahead(at) => {
                Some(Node::period(Period::day(add(today, number, unit)), next))
            }
            Word::Key(Key::The) if self.is(next, Key::To) => self.length_up_to(count, unit, next),
            _ => Some(plain),
        }
    }

    /// "the 12 months to March".
    fn length_up_to(&self, count: Count, unit: Unit, at: usize) -> Option<Node> {
        let plain = Node::new(Core::Length(count, unit, None), at);
        let Some(node) = self.date(at + 1) else { return Some(plain) };
        let (Some(period), Count::Exact(number)) = (self.settle(node, at + 1), count) else {
            return Some(plain);
        };
        let covered = Period::range(add(period.end, -i64::from(number), unit), period.end);
        Some(Node::new(Core::Length(count, unit, Some(covered)), node.next))
    }

    /// "in two weeks" looks ahead unless the clause tells of the past.
    fn ahead(&self, at: usize) -> bool {
        let ranks = |far| {
            (2..far)
                .filter_map(|back| at.checked_sub(back))
                .any(|at| matches!(self.word(at), Word::Ordinal(_) | Word::Key(Key::Time | Key::Once)))
        };
        // "the first leader to set foot there in seven years"
        let ordinal = ranks(6) || ranks(FAR_RANK) && !self.direction(at).ahead();
        !ordinal && self.direction(at) != Direction::Past
    }

    /// "a year" is a duration only where the words around let it be one.
    fn length_article(&self, at: usize, unit: Unit, next: usize) -> bool {
        if matches!(unit, Unit::Quarter | Unit::Second | Unit::Minute | Unit::Century | Unit::Weekend) {
            return self.is(at.wrapping_sub(1), Key::For);
        }
        let noun = self.glued(next) && self.dash(next);
        !noun
    }

    /// "15 a year", "$3 billion a year", "once a week".
    fn rate_before(&self, at: usize) -> bool {
        match self.before(at) {
            Word::Digits { .. }
            | Word::Scale(_)
            | Word::Key(Key::Once | Key::Times | Key::Percent)
            | Word::Sign('%') => true,
            Word::Cardinal(_) => true,
            Word::Other => {
                let amount = at.checked_sub(2).map(|two| self.word(two));
                matches!(amount, Some(Word::Digits { .. } | Word::Scale(_) | Word::Cardinal(_)))
            }
            _ => false,
        }
    }
}

fn whole(count: Count) -> i64 {
    match count {
        Count::Exact(number) | Count::AndHalf(number) => i64::from(number),
        Count::Vague => 0,
    }
}
