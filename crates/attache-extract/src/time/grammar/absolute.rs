//! Dates that name a month or a weekday, and days of the month.

use super::Grammar;
use crate::time::calendar::{add_days, monday, weekday_back, weekday_forth};
use crate::time::lexicon::{Key, Shift, Unit, Word};
use crate::time::node::{Core, Node, Parts};
use crate::time::period::Period;

impl Grammar<'_> {
    /// "May 14, 2025", "May 14-16", "June 2025", "May".
    pub(super) fn month(&self, at: usize) -> Option<Node> {
        let Word::Month { month, short } = self.word(at) else { return None };
        if self.glued(at) && matches!(self.before(at), Word::Sign('$' | '@' | '#' | '_')) {
            return None;
        }
        let dotted = self.sign(at + 1, '.') && self.glued(at + 1) && (short || self.digits(at + 2).is_some());
        let mut next = if dotted { at + 2 } else { at + 1 };
        if self.glued(next)
            && matches!(self.word(next), Word::Sign('/' | '-'))
            && self.digits(next + 1).is_some()
        {
            next += 1;
        }
        // "March, 6th 2016"
        let comma = self.sign(next, ',') && self.is(next + 2, Key::Th) && self.glued(next + 2);
        let day_at = self.past_key(if comma { next + 1 } else { next }, Key::The);
        if let Some((day, after)) = self.day_number(day_at) {
            return Some(self.month_day(month, day, after));
        }
        if let Some((year, after)) = self.year_after(next) {
            let parts = Parts { year: Some(year), month: Some(month), ..Parts::default() };
            return Some(Node::new(Core::Parts(parts), after));
        }
        if let Some(node) = self.month_of_relative_year(month, next) {
            return Some(node);
        }
        let parts = Parts { month: Some(month), ..Parts::default() };
        self.bare_month(at, month, short, dotted).then(|| Node::new(Core::Parts(parts), next))
    }

    fn month_day(&self, month: i8, day: i8, after: usize) -> Node {
        if let Some((last, next)) = self.last_day(after) {
            let month_follows = matches!(self.word(self.past_key(next, Key::Of)), Word::Month { .. });
            if !month_follows && last != 0 {
                let (year, next) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
                return self.days_of_month(year, month, day, last, next);
            }
        }
        let (year, next) = self
            .year_after(after)
            .or_else(|| self.that_year(after))
            .or_else(|| self.this_year(after))
            .map_or((None, after), |(y, n)| (Some(y), n));
        Node::new(whole(Parts { year, month: Some(month), day: Some(day), weekday: None }), next)
    }

    /// "this year", "of last year" after a day.
    fn this_year(&self, at: usize) -> Option<(i16, usize)> {
        let of = self.past_key(at, Key::Of);
        let Word::Shift(shift @ (Shift::This | Shift::Last | Shift::Next)) = self.word(of) else {
            return None;
        };
        (self.word(of + 1) == Word::Unit { unit: Unit::Year, plural: false }).then_some(())?;
        Some((self.today().year() + relative(shift), of + 2))
    }

    /// "of that year", "the same year" after a day.
    fn that_year(&self, at: usize) -> Option<(i16, usize)> {
        let of = self.past_key(self.past_key(at, Key::Of), Key::The);
        (self.word(of + 1) == Word::Unit { unit: Unit::Year, plural: false }).then_some(())?;
        let past = self.year.filter(|year| *year < self.today().year());
        match self.word(of) {
            Word::Shift(Shift::Same) => Some((self.year?, of + 2)),
            // "on March 18 of the next year", in a story.
            Word::Shift(Shift::Next | Shift::Following) => Some((past? + 1, of + 2)),
            _ => None,
        }
    }

    /// "-16", "to 16", "and 16" after a day of the month.
    pub(super) fn last_day(&self, at: usize) -> Option<(i8, usize)> {
        let joined = self.dash(at)
            || self.is(at, Key::To)
            || self.is(at, Key::Through)
            || self.is(at, Key::Until)
            || self.is(at, Key::And);
        joined.then(|| self.day_number(self.past_key(at + 1, Key::The)))?
    }

    /// From one day to another of one month, the year possibly open.
    pub(super) fn days_of_month(
        &self,
        year: Option<i16>,
        month: i8,
        first: i8,
        last: i8,
        next: usize,
    ) -> Node {
        let parts = |day| whole(Parts { year, month: Some(month), day: Some(day), weekday: None });
        let (from, to) = (parts(first), parts(last));
        if from == Core::Bad || to == Core::Bad || last < first {
            return Node::new(Core::Bad, next);
        }
        let Some(start) = self.settle(Node::new(from, next), next) else { return Node::new(Core::Bad, next) };
        let end = add_days(start.start, i64::from(last - first) + 1);
        Node::period(Period::range(start.start, end), next)
    }

    /// ", 2025", "of 2025", " 2025", " '25" after a month or day.
    pub(super) fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let comma = self.past_sign(at, ',');
        if let Some(found) = self.year_number(comma).or_else(|| self.spelled_year(comma)) {
            return Some(found);
        }
        if self.is(at, Key::Of)
            || self.is(at, Key::In)
            || (self.dash(at) && self.glued(at) && self.glued(at + 1))
        {
            let short = match self.digits(at + 1) {
                Some((value @ 32..=99, 2)) if self.is(at, Key::Of) => Some((century(value), at + 2)),
                _ => None,
            };
            return self.year_number(at + 1).or_else(|| self.spelled_year(at + 1)).or(short);
        }
        if matches!(self.word(at), Word::Sign('\'' | '’')) && self.glued(at + 1) {
            let (value, 2) = self.digits(at + 1)? else { return None };
            return Some((century(value), at + 2));
        }
        None
    }

    fn month_of_relative_year(&self, month: i8, at: usize) -> Option<Node> {
        let of = if self.is(at, Key::Of) { at + 1 } else { at };
        let of = self.past_key(of, Key::The);
        let Word::Shift(shift) = self.word(of) else { return None };
        (self.word(of + 1) == Word::Unit { unit: Unit::Year, plural: false }).then_some(())?;
        let year = match shift {
            Shift::This | Shift::Last | Shift::Next => self.today().year() + relative(shift),
            Shift::Same => self.year?,
            _ => return None,
        };
        let parts = Parts { year: Some(year), month: Some(month), ..Parts::default() };
        Some(Node::new(Core::Parts(parts), of + 2))
    }

    /// Whether a month's name without a day or year is meant as one.
    fn bare_month(&self, at: usize, month: i8, short: bool, dotted: bool) -> bool {
        let led = match self.before(at) {
            Word::Key(key) => matches!(
                key,
                Key::In
                    | Key::By
                    | Key::Since
                    | Key::Until
                    | Key::From
                    | Key::To
                    | Key::Through
                    | Key::Of
                    | Key::During
                    | Key::Before
                    | Key::After
                    | Key::Early
                    | Key::Late
                    | Key::Mid
                    | Key::Between
                    | Key::And
                    | Key::Or
                    | Key::For
                    | Key::End
                    | Key::On
            ),
            Word::Shift(shift) => shift != Shift::Same,
            Word::Sign('-' | '–') => self.glued(at),
            _ => false,
        };
        if !self.upper(at) {
            return led && !matches!(month, 3 | 5) && !short;
        }
        if month == 5 || month == 3 || short {
            let alone = at == 0 && self.tokens.len() == 1;
            return led || alone || dotted;
        }
        true
    }

    /// "Monday", "Tuesday, May 14", "Friday of next week".
    pub(super) fn weekday(&self, at: usize) -> Option<Node> {
        let Word::Weekday { day, .. } = self.word(at) else { return None };
        // "arrived on a Wednesday": some such day.
        let word = |back: usize| at.checked_sub(back).map_or(Word::Other, |at| self.word(at));
        let article = word(1) == Word::Key(Key::A) && word(2) == Word::Key(Key::On);
        if article && matches!(self.word(at + 1), Word::Sign('.' | ',' | '\n' | ';') | Word::Key(Key::In)) {
            return None;
        }
        let dotted = if self.sign(at + 1, '.') && self.glued(at + 1) && self.digits(at + 2).is_some()
            || self.sign(at + 1, '.') && matches!(self.word(at + 2), Word::Month { .. })
        {
            at + 2
        } else {
            at + 1
        };
        let comma = if self.sign(dotted, ',')
            || self.sign(dotted, '(')
            || (self.dash(dotted) && self.glued(dotted))
        {
            dotted + 1
        } else {
            dotted
        };
        let from = self.past_key(comma, Key::The);
        if let Some(node) = self.dated(from, day) {
            let next = if self.sign(dotted, '(') { self.past_sign(node.next, ')') } else { node.next };
            return Some(Node { next, ..node });
        }
        if let Some(node) = self.weekday_on(day, from) {
            return Some(node);
        }
        let of = if self.is(comma, Key::Of) || self.is(comma, Key::In) { comma + 1 } else { comma };
        if let Some((week, next)) = self.relative_week(self.past_key(of, Key::The)) {
            return Some(Node::period(Period::day(add_days(week, i64::from(day) - 1)), next));
        }
        let parts = Parts { weekday: Some(day), ..Parts::default() };
        Some(Node::new(Core::Parts(parts), at + 1))
    }

    /// "Sat, May 10", "Mon 13th": a short weekday that a date follows.
    pub(super) fn brief_weekday(&self, day: i8, at: usize) -> Option<Node> {
        self.upper(at).then_some(())?;
        let from = self.past_key(self.past_sign(self.past_sign(at + 1, '.'), ','), Key::The);
        self.dated(from, day).or_else(|| self.weekday_on(day, from))
    }

    /// "13th" after its weekday: the nearest month in which they meet.
    fn weekday_on(&self, weekday: i8, at: usize) -> Option<Node> {
        let (day, next) = self.day_number(at)?;
        // "on Thursday, first announced in May": no day behind the comma.
        let apart = at.checked_sub(1).is_some_and(|i| self.sign(i, ','));
        let plain = apart || matches!(self.word(at), Word::Digits { .. }) && next == at + 1;
        // "on Wednesday the second half of the duty", "on Monday, the first time since 2018"
        let ranks = self.is(at.wrapping_sub(1), Key::The) && self.sign(at.wrapping_sub(2), ',');
        let noun = matches!(
            self.word(next),
            Word::Other | Word::Unit { .. } | Word::Month { .. } | Word::Key(Key::Half)
        );
        let ends = self.tokens.get(next).is_none_or(|token| {
            matches!(token.word, Word::Sign('.' | ',' | ';' | ')' | '!' | '?' | '"' | '”' | '\n'))
        });
        if day == 0 || (plain || ranks) && !ends || noun && self.tokens.get(next).is_some() {
            return None;
        }
        crate::time::resolve::weekday_on(weekday, day, self.today()).map(|period| Node::period(period, next))
    }

    /// A date that a weekday stands before.
    fn dated(&self, at: usize, weekday: i8) -> Option<Node> {
        let node = match self.word(at) {
            Word::Month { .. } => self.month(at)?,
            Word::Digits { .. } => self.numeric(at)?,
            Word::Ordinal(_) => self.ordinal(at)?,
            _ => return None,
        };
        match node.core {
            Core::Parts(parts) if parts.day.is_some() => {
                Some(Node { core: Core::Parts(Parts { weekday: Some(weekday), ..parts }), ..node })
            }
            Core::Bad => Some(node),
            _ => None,
        }
    }

    /// "next week": its Monday.
    fn relative_week(&self, at: usize) -> Option<(jiff::civil::Date, usize)> {
        let Word::Shift(shift) = self.word(at) else { return None };
        (self.word(at + 1) == Word::Unit { unit: Unit::Week, plural: false }).then_some(())?;
        Some((add_days(monday(self.today()), 7 * i64::from(relative(shift))), at + 2))
    }

    /// "this Friday", "last Friday", "next Friday".
    pub(super) fn shifted_weekday(&self, shift: Shift, day: i8, at: usize) -> jiff::civil::Date {
        let today = self.today();
        match shift {
            Shift::Last => add_days(monday(today), i64::from(day) - 8),
            Shift::Previous if self.told.is_none() => add_days(monday(today), i64::from(day) - 8),
            Shift::Previous => weekday_back(add_days(self.anchor(), -1), day),
            Shift::Past => weekday_back(add_days(today, -1), day),
            Shift::Next | Shift::Following => weekday_forth(add_days(today, 1), day),
            Shift::This | Shift::Same => match self.direction(at) {
                crate::time::context::Direction::Past => weekday_back(today, day),
                _ => weekday_forth(today, day),
            },
        }
    }
}

/// Which unit a word points at, counted from the present one.
pub(super) const fn relative(shift: Shift) -> i16 {
    match shift {
        Shift::This | Shift::Same => 0,
        Shift::Last | Shift::Past | Shift::Previous => -1,
        Shift::Next | Shift::Following => 1,
    }
}

/// A year of two digits.
pub(super) fn century(value: u32) -> i16 {
    let value = i16::try_from(value % 100).unwrap_or(0);
    if value < 50 { 2000 + value } else { 1900 + value }
}

/// The date, or `Bad` where the calendar has none such in any year it may mean.
pub(super) fn whole(parts: Parts) -> Core {
    let (Some(month), Some(day)) = (parts.month, parts.day) else { return Core::Parts(parts) };
    let year = parts.year.unwrap_or(2024);
    match jiff::civil::Date::new(year, month, day) {
        Ok(_) => Core::Parts(parts),
        Err(_) => Core::Bad,
    }
}
