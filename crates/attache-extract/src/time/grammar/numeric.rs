//! Expressions that start with digits.

use super::Grammar;
use super::absolute::{century, whole};
use crate::time::lexicon::{Key, Unit, Word};
use crate::time::node::{Core, Node, Parts};
use crate::time::period::{Grain, Period};

impl Grammar<'_> {
    pub(super) fn numeric(&self, at: usize) -> Option<Node> {
        let (value, len) = self.digits(at)?;
        if self.inside_number(at) {
            let joined = matches!(self.before(at), Word::Sign('-' | '_')) && (len == 4 || len == 8);
            if joined && len == 8 {
                let core = ymd(value / 10_000, value / 100 % 100, value % 100)?;
                return ((1990..2100).contains(&(value / 10_000))).then(|| Node::new(core, at + 1));
            }
            let date = joined.then(|| self.signed(at, value, len))??;
            return matches!(date.core, Core::Parts(Parts { day: Some(_), .. })).then_some(date);
        }
        if let Some(node) = self.signed(at, value, len) {
            return Some(node);
        }
        if let Some(node) = self.day_month(at) {
            return Some(node);
        }
        if let Some(node) = self.day_of_this_month(at) {
            return Some(node);
        }
        if let Some(node) = self.counted(at) {
            return Some(node);
        }
        if len == 4 {
            return self.plain_year(at).or_else(|| self.decade(at));
        }
        if len == 2
            && let Some(node) = self.decade(at)
        {
            return Some(node);
        }
        if len <= 2 && self.glued(at + 1) && self.is(at + 1, Key::Th) {
            return self.nth(value, at + 2).or_else(|| self.day_alone(at));
        }
        None
    }

    /// Digits that continue a number, a code or a sum of money.
    fn inside_number(&self, at: usize) -> bool {
        if !self.glued(at) {
            return false;
        }
        match self.before(at) {
            Word::Sign('(' | '[' | '"' | '\'' | '“' | '‘' | '—' | '–' | '~') => false,
            // "**27 May 2021.** They meet in Oslo": marks of bold print, no sign of a product.
            Word::Sign('*') => self.glued(at - 1) && !self.sign(at - 2, '*'),
            // The second day of "5/1-5/7".
            Word::Sign('-') => {
                let back = |far: usize| at.checked_sub(far).map_or(Word::Other, |at| self.word(at));
                !(matches!(
                    (back(2), back(3), back(4)),
                    (Word::Digits { len: ..=2, .. }, Word::Sign('/'), Word::Digits { len: ..=2, .. })
                ) && self.sign(at + 1, '/'))
            }
            Word::Sign(',' | ';' | ':') => {
                matches!(self.before(at - 1), Word::Digits { .. }) && self.glued(at - 1)
            }
            _ => true,
        }
    }

    /// Digits joined by `-`, `/` or `.`: `2025-05-14`, `5/14/2025`, `14.05.2025`, `2025-05`, `5/14`.
    fn signed(&self, at: usize, first: u32, len: u8) -> Option<Node> {
        let Word::Sign(sign @ ('-' | '/' | '.')) = self.word(at + 1) else { return None };
        (self.glued(at + 1) && self.glued(at + 2)).then_some(())?;
        if let Word::Month { month, .. } = self.word(at + 2) {
            return self.signed_name(at, first, len, month);
        }
        let (second, second_len) = self.digits(at + 2)?;
        let third = (self.word(at + 3) == Word::Sign(sign) && self.glued(at + 3) && self.glued(at + 4))
            .then(|| self.digits(at + 4))
            .flatten();
        let next = if third.is_some() { at + 5 } else { at + 3 };
        let clocked = third.is_some()
            && matches!(self.word(next), Word::Sign('-' | '.'))
            && self.sign(next + 2, ':')
            && self.glued(next + 2);
        if self.runs_on(next) && !clocked {
            return Some(Node::new(Core::Bad, self.code_end(next)));
        }
        let core = match (len, second_len, third) {
            // "9903.01.24": a heading of a tariff schedule.
            (4, _, Some(_)) if sign == '.' && first >= 2200 => Core::Bad,
            (4, ..=2, Some((third, ..=2))) => {
                ymd(first, second, third).or_else(|| ymd(first, third, second)).unwrap_or(Core::Bad)
            }
            // With full stops the day stands first wherever it can: "04.03.2025" is in March.
            (..=2, ..=2, Some((third, 4))) if sign == '.' => {
                ymd(third, second, first).or_else(|| ymd(third, first, second)).unwrap_or(Core::Bad)
            }
            (..=2, ..=2, Some((third, 4))) => {
                ymd(third, first, second).or_else(|| ymd(third, second, first)).unwrap_or(Core::Bad)
            }
            (..=2, ..=2, Some((third, 2))) if sign != '.' => {
                let year = u32::from(century(third).unsigned_abs());
                ymd(year, first, second).or_else(|| ymd(year, second, first)).unwrap_or(Core::Bad)
            }
            (4, 2, None) if sign != '.' && (1900..2100).contains(&first) => {
                let month = i8::try_from(second).ok().filter(|m| (1..=12).contains(m))?;
                Core::Parts(Parts { year: i16::try_from(first).ok(), month: Some(month), ..Parts::default() })
            }
            // "2025-3", "2025/3"
            (4, 1, None) if sign != '.' && (1900..2100).contains(&first) && (1..=9).contains(&second) => {
                Core::Parts(Parts {
                    year: i16::try_from(first).ok(),
                    month: i8::try_from(second).ok(),
                    ..Parts::default()
                })
            }
            // "on 4-22"
            (..=2, 2, None)
                if sign == '-' && self.before(at) == Word::Key(Key::On) && first <= 12 && second > 12 =>
            {
                let (month, day) = (i8::try_from(first).ok(), i8::try_from(second).ok());
                return Some(Node::new(whole(Parts { month, day, ..Parts::default() }), next))
                    .filter(|node| node.core != Core::Bad);
            }
            (..=2, 4, None) if sign == '/' && (1900..2100).contains(&second) => {
                let month = i8::try_from(first).ok().filter(|m| (1..=12).contains(m))?;
                Core::Parts(Parts {
                    year: i16::try_from(second).ok(),
                    month: Some(month),
                    ..Parts::default()
                })
            }
            (..=2, ..=2, None) if sign == '/' && self.is_date_slash(at, next) => {
                let (month, day) = if first <= 12 { (first, second) } else { (second, first) };
                let year = if self.sign(next, ',') { self.year_number(next + 1) } else { None };
                let (year, next) = year.map_or((None, next), |(year, next)| (Some(year), next));
                let parts = Parts {
                    year,
                    month: i8::try_from(month).ok(),
                    day: i8::try_from(day).ok(),
                    ..Parts::default()
                };
                return Some(Node::new(whole(parts), next));
            }
            (4, 4, None) if sign == '-' => return None,
            (_, _, Some(_)) => Core::Bad,
            _ => return None,
        };
        Some(Node::new(core, next))
    }

    /// `14-May-2025`, `14-May`.
    fn signed_name(&self, at: usize, first: u32, len: u8, month: i8) -> Option<Node> {
        let joined = matches!(self.word(at + 3), Word::Sign('-' | '/')) && self.glued(at + 4);
        let last = if joined { self.digits(at + 4) } else { None };
        let (year, day, next) = match (len, last) {
            (4, Some((day, ..=2))) => (i16::try_from(first).ok(), day, at + 5),
            (..=2, Some((year, 4))) => (i16::try_from(year).ok(), first, at + 5),
            (..=2, Some((year, 2))) => (Some(century(year)), first, at + 5),
            (..=2, None) => (None, first, at + 3),
            _ => return None,
        };
        Some(Node::new(
            whole(Parts { year, month: Some(month), day: i8::try_from(day).ok(), weekday: None }),
            next,
        ))
    }

    /// Whether the number goes on after token `at`.
    fn runs_on(&self, at: usize) -> bool {
        self.glued(at)
            && match self.word(at) {
                Word::Sign('-' | '/' | '.' | ',') => self.glued(at + 1) && self.digits(at + 1).is_some(),
                Word::Sign('%') => true,
                Word::Sign(_) | Word::Key(Key::T) => false,
                _ => true,
            }
            && !(self.sign(at, '-') && self.digits(at + 2).is_none() && self.sign(at + 2, '/'))
    }

    fn code_end(&self, from: usize) -> usize {
        let mut at = from;
        while at < from + 8 && self.glued(at) && at < self.tokens.len() {
            at += 1;
        }
        at
    }

    /// A slash between two small numbers is a date, not a fraction.
    fn is_date_slash(&self, at: usize, next: usize) -> bool {
        if self.is(next, Key::Of) || matches!(self.before(at), Word::Key(Key::A | Key::About)) {
            return false;
        }
        at == 0
            || matches!(
                self.before(at),
                Word::Key(_) | Word::Weekday { .. } | Word::Shift(_) | Word::Sign('(' | '-' | '–')
            )
            || self.sign(next, '-') && self.glued(next) && self.sign(next + 2, '/')
    }

    /// "14 May 2025", "14th of May", "10-12 June 2025".
    fn day_month(&self, at: usize) -> Option<Node> {
        let (day, after) = self.day_number(at)?;
        if let Some((last, next)) = self.last_day(after)
            && let Some((month, next)) = self.month_name(next)
            && last != 0
        {
            let (year, next) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
            return Some(self.days_of_month(year, month, day, last, next));
        }
        let (month, next) = self.month_name(after).or_else(|| self.dotted_day_month(after))?;
        let short = match self.digits(next) {
            Some((value, 2)) if !self.sign(next + 1, ':') && value > 31 => Some((century(value), next + 1)),
            _ => None,
        };
        let (year, next) = self.year_after(next).or(short).map_or((None, next), |(y, n)| (Some(y), n));
        Some(Node::new(whole(Parts { year, month: Some(month), day: Some(day), weekday: None }), next))
    }

    /// ". Nov. 2016" after a day: the full stop of an ordinal only where the year follows.
    fn dotted_day_month(&self, at: usize) -> Option<(i8, usize)> {
        (self.sign(at, '.') && self.glued(at)).then_some(())?;
        let (month, next) = self.month_name(at + 1)?;
        self.year_number(next)?;
        Some((month, next))
    }

    /// "of May", "May", "May." after a day; the token after.
    pub(super) fn month_name(&self, at: usize) -> Option<(i8, usize)> {
        let at = self.past_sign(self.past_key(at, Key::Of), ',');
        let Word::Month { month, short } = self.word(at) else { return None };
        let dotted = short && self.sign(at + 1, '.') && self.glued(at + 1);
        Some((month, if dotted { at + 2 } else { at + 1 }))
    }

    /// A year that stands alone, where the words around make it one.
    pub(super) fn plain_year(&self, at: usize) -> Option<Node> {
        let (year, next) = self.year_number(at)?;
        if self.is(next, Key::Percent) || matches!(self.word(next), Word::Scale(_)) {
            return None;
        }
        if let Word::Month { month, .. } = self.word(self.past_sign(next, ',')) {
            let month_at = self.past_sign(next, ',');
            let day = self.day_number(month_at + 1);
            let (day, next) = day.map_or((None, month_at + 1), |(day, next)| (Some(day), next));
            let bare = day.is_some()
                || self.word(next) == Word::Other
                || !matches!(self.word(next), Word::Digits { .. });
            return bare.then(|| {
                Node::new(whole(Parts { year: Some(year), month: Some(month), day, weekday: None }), next)
            });
        }
        let next_q = if self.glued(next) { self.past_dash(next) } else { next };
        if (self.is(next_q, Key::Q) || self.is(next_q, Key::H))
            && self.glued(next_q + 1)
            && let Some((number @ 1..=4, 1)) = self.digits(next_q + 1)
        {
            let number = i8::try_from(number).ok()?;
            let period = if self.is(next_q, Key::Q) {
                Period::quarter(year, number)
            } else {
                Period::half(year, number)
            };
            return period.map(|period| Node::period(period, next_q + 2));
        }
        let led = match self.before(at) {
            Word::Key(key) => match key {
                Key::In
                | Key::Since
                | Key::By
                | Key::Until
                | Key::From
                | Key::Through
                | Key::Before
                | Key::After
                | Key::During
                | Key::Of
                | Key::Early
                | Key::Late
                | Key::Mid
                | Key::Between
                | Key::Than
                | Key::The
                | Key::For
                | Key::On => true,
                Key::To if self.tokens.get(next).is_none_or(|after| matches!(after.word, Word::Sign(_))) => {
                    (1600..2100).contains(&year)
                }
                Key::And | Key::Or | Key::To => (1900..2100).contains(&year),
                _ => false,
            },
            Word::Sign('-' | '–' | '—' | '~' | '(') => (1900..2100).contains(&year),
            Word::Sign(',') => (1900..2100).contains(&year) && !self.glued(at),
            Word::Unit { unit: Unit::Year, .. } | Word::Season(_) => true,
            Word::Future | Word::Past => (1950..2050).contains(&year),
            _ => {
                (1950..2050).contains(&year)
                    && (self.glued(next)
                        && matches!(self.word(next), Word::Sign('\'' | '’' | '-' | '–' | ')')))
            }
        };
        (led && year >= 1400)
            .then(|| Node::new(Core::Parts(Parts { year: Some(year), ..Parts::default() }), next))
    }

    /// "1990s", "90s".
    pub(super) fn decade(&self, at: usize) -> Option<Node> {
        let (value, len) = self.digits(at)?;
        let apostrophe = usize::from(matches!(self.word(at + 1), Word::Sign('\'' | '’')));
        let s = at + 1 + apostrophe;
        (value % 10 == 0 && self.is(s, Key::S) && self.glued(s)).then_some(())?;
        let first = match len {
            4 => i16::try_from(value).ok().filter(|year| (1000..2200).contains(year))?,
            2 => 1900 + i16::try_from(value).ok().filter(|year| *year >= 20)?,
            _ => return None,
        };
        Some(Node::period(Period::years(first, 10, Grain::Decade)?, s + 1))
    }

    /// "'98" for 1998.
    pub(super) fn short_year(&self, at: usize) -> Option<Node> {
        let (value, 2) = self.digits(at + 1)? else { return None };
        let led = matches!(self.before(at), Word::Key(Key::In | Key::Since | Key::Of | Key::By));
        (led && self.glued(at + 1) && !self.glued(at + 2))
            .then(|| Node::new(Core::Parts(Parts { year: Some(century(value)), ..Parts::default() }), at + 2))
    }
}

fn ymd(year: u32, month: u32, day: u32) -> Option<Core> {
    let parts = Parts {
        year: i16::try_from(year).ok(),
        month: i8::try_from(month).ok(),
        day: i8::try_from(day).ok(),
        weekday: None,
    };
    (parts.year.is_some() && parts.month.is_some() && parts.day.is_some()).then_some(())?;
    match whole(parts) {
        Core::Bad => None,
        core => Some(core),
    }
}
