//! Holidays that news counts from: "before Christmas", "the day after Thanksgiving", "the Lunar New
//! Year".

use jiff::civil::{Date, Weekday};

use super::Grammar;
use super::absolute::relative;
use crate::time::calendar::{add_days, monday};
use crate::time::lexicon::{Feast, Key, Shift, Unit, Word};
use crate::time::node::Node;
use crate::time::period::Period;

impl Grammar<'_> {
    /// The holiday at token `at`: the year the text or its part names, else the nearest, else the next where the
    /// clause points ahead.
    pub(super) fn holiday(&self, at: usize) -> Option<Node> {
        let (feast, next) = self.feast(at)?;
        let today = self.today();
        let year = self.year_after(next).or_else(|| self.year_told(next));
        if let Some((year, next)) = year.or_else(|| Some((self.chapter?, next))) {
            return Some(self.holiday_or_weekend(day_of(feast, year)?, next));
        }
        let days = || (-1..=1).filter_map(|shift| day_of(feast, today.year() + shift));
        let ahead = self.direction(at).ahead().then(|| days().find(|day| *day >= today)).flatten();
        let near = || days().min_by_key(|day| day.until(today).map_or(i32::MAX, |far| far.get_days().abs()));
        Some(self.holiday_or_weekend(ahead.or_else(near)?, next))
    }

    /// The day, or the weekend around it: "Labor Day weekend" runs to its Monday.
    fn holiday_or_weekend(&self, day: Date, next: usize) -> Node {
        if self.word(next) != (Word::Unit { unit: Unit::Weekend, plural: false }) {
            return Node::period(Period::day(day), next);
        }
        let long = day.weekday() == Weekday::Monday;
        let saturday = add_days(monday(day), if long { -2 } else { 5 });
        Node::period(Period::range(saturday, add_days(saturday, if long { 3 } else { 2 })), next + 1)
    }

    /// "next Easter", "last Christmas".
    pub(super) fn shifted_holiday(&self, shift: Shift, at: usize) -> Option<Node> {
        let (feast, next) = self.feast(at)?;
        let today = self.today();
        let mut days = (-1..=1).filter_map(|shift| day_of(feast, today.year() + shift));
        let day = match shift {
            Shift::Next | Shift::Following => days.find(|day| *day > today)?,
            Shift::Last | Shift::Past | Shift::Previous => days.rfind(|day| *day < today)?,
            Shift::This => day_of(feast, today.year())?,
            Shift::Same => return None,
        };
        Some(Node::period(Period::day(day), next))
    }

    /// "of next year", "last year" after a holiday.
    fn year_told(&self, at: usize) -> Option<(i16, usize)> {
        let from = self.past_key(at, Key::Of);
        let Word::Shift(shift @ (Shift::This | Shift::Last | Shift::Next)) = self.word(from) else {
            return None;
        };
        (self.word(from + 1) == Word::Unit { unit: Unit::Year, plural: false }).then_some(())?;
        Some((self.today().year() + relative(shift), from + 2))
    }

    /// The name of a holiday, and the token after.
    fn feast(&self, at: usize) -> Option<(Feast, usize)> {
        let Word::Key(Key::Feast(feast)) = self.word(at) else { return None };
        let day = Word::Unit { unit: Unit::Day, plural: false };
        let past_s = |at: usize| {
            let sign = matches!(self.word(at), Word::Sign('\'' | '’')) && self.is(at + 1, Key::S);
            if sign { at + 2 } else { at }
        };
        match feast {
            Feast::NewYear | Feast::Lunar => {
                let new = if feast == Feast::Lunar { at + 1 } else { at };
                let named = self.is(new, Key::Feast(Feast::NewYear))
                    && matches!(self.word(new + 1), Word::Unit { unit: Unit::Year, .. });
                named.then_some(())?;
                let next = past_s(new + 2);
                match (feast, self.word(next)) {
                    (_, word) if word == day => Some((feast, next + 1)),
                    (Feast::NewYear, Word::Key(Key::Eve)) => Some((Feast::NewYearEve, next + 1)),
                    (Feast::Lunar, _) => Some((feast, next)),
                    _ => None,
                }
            }
            Feast::Independence
            | Feast::Labor
            | Feast::Valentine
            | Feast::Veterans
            | Feast::Memorial
            | Feast::Earth
            | Feast::Patrick
            | Feast::Presidents
            | Feast::Columbus
            | Feast::Boxing
            | Feast::Mothers
            | Feast::Fathers => {
                let past = past_s(at + 1);
                let past = if past == at + 1 { self.past_sign(past, '\'') } else { past };
                let past = if past == at + 1 { self.past_sign(past, '’') } else { past };
                let named = self.word(past) == day && self.upper(at);
                let dated = feast == Feast::Patrick && self.year_number(past).is_some();
                match (named, feast) {
                    (true, _) => Some((feast, past + 1)),
                    (_, Feast::Earth) if self.word(past) == day && self.year_after(past + 1).is_some() => {
                        Some((feast, past + 1))
                    }
                    _ => dated.then_some((feast, past)),
                }
            }
            Feast::BlackFriday => self.with_weekday(at, 5).map(|next| (feast, next)),
            Feast::CyberMonday => self.with_weekday(at, 1).map(|next| (feast, next)),
            _ if self.word(at + 1) == day => Some((feast, at + 2)),
            Feast::Christmas if self.is(at + 1, Key::Eve) => Some((Feast::ChristmasEve, at + 2)),
            Feast::Easter if matches!(self.word(at + 1), Word::Weekday { day: 7, plural: false }) => {
                Some((feast, at + 2))
            }
            _ => Some((feast, at + 1)),
        }
    }
}

impl Grammar<'_> {
    /// "Friday" behind "Black".
    fn with_weekday(&self, at: usize, wanted: i8) -> Option<usize> {
        let named = self.word(at + 1) == (Word::Weekday { day: wanted, plural: false });
        (named && self.upper(at)).then_some(at + 2)
    }
}

/// First days of the lunar year, from 2015.
const LUNAR: [(i8, i8); 16] = [
    (2, 19),
    (2, 8),
    (1, 28),
    (2, 16),
    (2, 5),
    (1, 25),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
];

fn day_of(feast: Feast, year: i16) -> Option<Date> {
    let fixed = |month, day| Date::new(year, month, day).ok();
    let nth = |month, nth, day| fixed(month, 1)?.nth_weekday_of_month(nth, day).ok();
    let thanks = || nth(11, 4, Weekday::Thursday);
    match feast {
        Feast::Juneteenth => fixed(6, 19),
        Feast::Halloween => fixed(10, 31),
        Feast::Valentine => fixed(2, 14),
        Feast::Veterans => fixed(11, 11),
        Feast::Memorial => nth(5, -1, Weekday::Monday),
        Feast::Earth => fixed(4, 22),
        Feast::Patrick => fixed(3, 17),
        Feast::Presidents => nth(2, 3, Weekday::Monday),
        Feast::Columbus => nth(10, 2, Weekday::Monday),
        Feast::Boxing => fixed(12, 26),
        Feast::Mothers => nth(5, 2, Weekday::Sunday),
        Feast::Fathers => nth(6, 3, Weekday::Sunday),
        Feast::BlackFriday => thanks().map(|day| add_days(day, 1)),
        Feast::CyberMonday => thanks().map(|day| add_days(day, 4)),
        Feast::Christmas => fixed(12, 25),
        Feast::ChristmasEve => fixed(12, 24),
        Feast::NewYear => fixed(1, 1),
        Feast::NewYearEve => fixed(12, 31),
        Feast::Independence => fixed(7, 4),
        Feast::Labor => nth(9, 1, Weekday::Monday),
        Feast::Thanksgiving => thanks(),
        Feast::Easter => easter(year),
        Feast::Lunar => {
            let (month, day) = LUNAR.get(usize::try_from(year.checked_sub(2015)?).ok()?)?;
            fixed(*month, *day)
        }
    }
}

/// Easter Sunday of the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let year32 = i32::from(year);
    let (golden, century) = (year32.rem_euclid(19), year32.div_euclid(100));
    let epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15).rem_euclid(30);
    let moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let sunday = (year32 + year32 / 4 + moon + 2 - century + century / 4).rem_euclid(7);
    let after = moon - sunday;
    let march = Date::new(year, 3, 1).ok()?;
    Some(add_days(march, i64::from(after + 27)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_moves() {
        for (year, month, day) in [(2010, 4, 4), (2018, 4, 1), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20)] {
            assert_eq!(easter(year), Date::new(year, month, day).ok());
        }
    }
}
