//! Sums over the civil calendar. Where a sum leaves the calendar (years -9999 to 9999) the given
//! date comes back: no text can make these functions fail.

use jiff::Span;
use jiff::civil::{Date, DateTime, Weekday};

use super::lexicon::Place;
use super::lexicon::{Unit, Zone};

pub(super) fn add_days(date: Date, days: i64) -> Date {
    Span::new().try_days(days).and_then(|span| date.checked_add(span)).unwrap_or(date)
}

pub(super) fn add_months(date: Date, months: i64) -> Date {
    Span::new().try_months(months).and_then(|span| date.checked_add(span)).unwrap_or(date)
}

/// Adds seconds to an instant.
pub(super) fn add_seconds(at: DateTime, seconds: i64) -> DateTime {
    Span::new().try_seconds(seconds).and_then(|span| at.checked_add(span)).unwrap_or(at)
}

/// `count` units after `date`; clock units leave the day alone.
pub(super) fn add(date: Date, count: i64, unit: Unit) -> Date {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => date,
        Unit::Day => add_days(date, count),
        Unit::Weekend | Unit::Week => add_days(date, count.saturating_mul(7)),
        Unit::Fortnight => add_days(date, count.saturating_mul(14)),
        Unit::Month => add_months(date, count),
        Unit::Quarter => add_months(date, count.saturating_mul(3)),
        Unit::Year => add_months(date, count.saturating_mul(12)),
        Unit::Decade => add_months(date, count.saturating_mul(120)),
        Unit::Century => add_months(date, count.saturating_mul(1200)),
    }
}

/// Monday of the week `date` lies in.
pub(super) fn monday(date: Date) -> Date {
    add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// First day of the quarter `date` lies in.
pub(super) fn quarter_start(date: Date) -> Date {
    Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).unwrap_or(date)
}

/// Weekday of `date`, Monday 1 to Sunday 7.
pub(super) fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The latest day of that weekday that is not after `date`.
pub(super) fn weekday_back(date: Date, day: i8) -> Date {
    add_days(date, -i64::from((weekday(date) - day).rem_euclid(7)))
}

/// The first day of that weekday that is not before `date`.
pub(super) fn weekday_forth(date: Date, day: i8) -> Date {
    add_days(date, i64::from((day - weekday(date)).rem_euclid(7)))
}

/// Minutes east of UTC on `date`. On the day the clocks change, the offset after the change.
pub(super) fn offset(zone: Zone, date: Date) -> i16 {
    match zone {
        Zone::Fixed(minutes) => minutes,
        Zone::American(standard) => standard + if american_summer(date) { 60 } else { 0 },
        Zone::European(standard) => standard + if european_summer(date) { 60 } else { 0 },
        Zone::City(place) => offset(
            match place {
                Place::Beijing => Zone::Fixed(480),
                Place::Tokyo => Zone::Fixed(540),
                Place::India => Zone::Fixed(330),
                Place::London => Zone::European(0),
                Place::Brussels => Zone::European(60),
                Place::Eastern => Zone::American(-300),
                Place::Central => Zone::American(-360),
                Place::Mountain => Zone::American(-420),
                Place::Pacific => Zone::American(-480),
                Place::Moscow => Zone::Fixed(180),
            },
            date,
        ),
    }
}

/// Second Sunday of March to first Sunday of November.
fn american_summer(date: Date) -> bool {
    let edge = |month, nth| {
        Date::new(date.year(), month, 1).and_then(|first| first.nth_weekday_of_month(nth, Weekday::Sunday))
    };
    matches!((edge(3, 2), edge(11, 1)), (Ok(from), Ok(to)) if from <= date && date < to)
}

/// Last Sunday of March to last Sunday of October.
fn european_summer(date: Date) -> bool {
    let edge = |month| {
        Date::new(date.year(), month, 1).and_then(|first| first.nth_weekday_of_month(-1, Weekday::Sunday))
    };
    matches!((edge(3), edge(10)), (Ok(from), Ok(to)) if from <= date && date < to)
}
