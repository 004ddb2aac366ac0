//! From an expression to days: fills in what the text leaves open.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::calendar::{add_days, add_months, weekday, weekday_back, weekday_forth};
use super::context::Direction;
use super::lexicon::Unit;
use super::node::{Core, Count, Parts};
use super::period::Period;

/// The days `core` means, seen from `today`; `None` for durations, recurrences and vague words.
/// `direction` is asked only where the text leaves the direction open.
pub(super) fn period(core: Core, today: Date, direction: impl FnOnce() -> Direction) -> Option<Period> {
    match core {
        Core::Period(period) => Some(period),
        Core::Parts(parts) => from_parts(parts, today, direction),
        Core::Quarter { quarter, halves } => open_quarter(quarter, halves, today, direction()),
        Core::Length(..)
        | Core::Sum(..)
        | Core::Every(..)
        | Core::EveryWeekday(_)
        | Core::Vague(_)
        | Core::Bad => None,
    }
}

fn from_parts(parts: Parts, today: Date, direction: impl FnOnce() -> Direction) -> Option<Period> {
    match (parts.year, parts.month, parts.day) {
        (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok().map(Period::day),
        (Some(year), Some(month), None) => Period::month(year, month),
        (Some(year), None, None) => Period::year(year),
        (None, Some(month), Some(day)) => open_day(month, day, parts.weekday, today, direction()),
        (None, Some(month), None) => open_month(month, today, direction()),
        (None, None, Some(day)) => match parts.weekday {
            Some(weekday) => weekday_on(weekday, day, today),
            None => open_day_of_month(day, today, direction()),
        },
        (None, None, None) => parts.weekday.map(|day| {
            Period::day(match direction() {
                direction if direction.ahead() => weekday_forth(today, day),
                _ => weekday_back(today, day),
            })
        }),
        (Some(_), None, Some(_)) => None,
    }
}

/// What is told as to come lies at most this many days ahead; beyond, the text speaks of a day just past.
const AHEAD: i64 = 300;

/// What is told as past and lies further ahead than this, in days, by its nearest year was in the year before.
const FORESEEN: i64 = 75;

/// A day without a year: the nearest; never past where the clause points ahead.
fn open_day(month: i8, day: i8, on: Option<i8>, today: Date, direction: Direction) -> Option<Period> {
    let distance = |date: Date| (date.duration_since(today).as_hours() / 24).abs();
    let dates = |years: RangeInclusive<i16>| {
        years.filter_map(|shift| Date::new(today.year() + shift, month, day).ok())
    };
    // Only of a leap day there may be none in the years around.
    let nearest = || {
        let around = dates(-1..=1).min_by_key(|date| distance(*date));
        around.or_else(|| dates(-4..=8).min_by_key(|date| distance(*date)))
    };
    // Within a year the weekday decides; further away it is more likely misprinted.
    let near = |date: &Date| distance(*date) <= 366;
    let matching = on.and_then(|on| {
        dates(-1..=1).filter(near).filter(|date| weekday(*date) == on).min_by_key(|date| distance(*date))
    });
    let latest = || dates(-4..=0).rfind(|date| *date <= today);
    if direction == Direction::Back && on.is_none() {
        return latest().map(Period::day);
    }
    let ahead = || {
        let next = if direction.ahead() { dates(0..=8).find(|date| *date >= today) } else { None };
        next.filter(|date| direction == Direction::Due || distance(*date) <= AHEAD)
    };
    // "Trade dried up after Lima laid on a duty on March 10", said in December
    let told = || {
        let near = if direction == Direction::Past { nearest()? } else { return None };
        let far = near > today && distance(near) > FORESEEN;
        latest().filter(|_| far)
    };
    matching.or_else(ahead).or_else(told).or_else(nearest).map(Period::day)
}

/// A month without a year: the latest that has begun, or the next where the clause points ahead.
fn open_month(month: i8, today: Date, direction: Direction) -> Option<Period> {
    let year = match direction {
        direction if direction.ahead() => today.year() + i16::from(month < today.month()),
        _ => today.year() - i16::from(month > today.month()),
    };
    Period::month(year, month)
}

/// A quarter or half without a year: the latest that is over, or the next that is not.
fn open_quarter(number: i8, halves: bool, today: Date, direction: Direction) -> Option<Period> {
    let build = |year| if halves { Period::half(year, number) } else { Period::quarter(year, number) };
    let this = build(today.year())?;
    match direction {
        direction if direction.ahead() && this.end <= today => build(today.year() + 1),
        direction if direction.ahead() => Some(this),
        _ if this.end > today => build(today.year() - 1),
        _ => Some(this),
    }
}

/// "the 14th": the latest such day, or the next where the clause points ahead.
fn open_day_of_month(day: i8, today: Date, direction: Direction) -> Option<Period> {
    let step = if direction.ahead() { 1 } else { -1 };
    let first = today.first_of_month();
    (0..4).find_map(|months| {
        let month = add_months(first, step * months);
        let date = Date::new(month.year(), month.month(), day).ok()?;
        let fits = if step > 0 { date >= today } else { date <= today };
        fits.then(|| Period::day(date))
    })
}

/// "Friday the 13th": the nearest such day within a year.
pub(super) fn weekday_on(on: i8, day: i8, today: Date) -> Option<Period> {
    let first = today.first_of_month();
    (0..=12).flat_map(|far| [far, -far]).find_map(|months| {
        let month = add_months(first, months);
        let date = Date::new(month.year(), month.month(), day).ok()?;
        (weekday(date) == on).then(|| Period::day(date))
    })
}

/// Both ends of a range, each lending the other the parts it leaves open.
pub(super) fn ends(first: Core, last: Core, today: Date, direction: Direction) -> Option<(Period, Period)> {
    let (first, last) = match (first, last) {
        (Core::Parts(from), Core::Parts(to)) => lend(from, to),
        _ => (first, last),
    };
    let from = match (first, last) {
        // "from Monday to Wednesday of last week"
        (Core::Parts(Parts { year: None, month: None, day: None, weekday: Some(day) }), Core::Period(to))
            if to.grain == super::period::Grain::Day =>
        {
            Period::day(weekday_back(to.start, day))
        }
        _ => period(first, today, || direction)?,
    };
    let to = match last {
        Core::Parts(Parts { year: None, month: None, day: None, weekday: Some(day) }) => {
            Period::day(weekday_forth(from.start, day))
        }
        Core::Parts(parts @ Parts { year: None, month: Some(_), .. }) => {
            let in_year =
                |year| period(Core::Parts(Parts { year: Some(year), ..parts }), today, || direction);
            let same = in_year(from.start.year())?;
            if same.start < from.start { in_year(from.start.year() + 1)? } else { same }
        }
        Core::Quarter { quarter, halves } => {
            let build =
                |year| if halves { Period::half(year, quarter) } else { Period::quarter(year, quarter) };
            let same = build(from.start.year())?;
            if same.start < from.start { build(from.start.year() + 1)? } else { same }
        }
        other => period(other, today, || direction)?,
    };
    (from.start <= to.start && from.end <= to.end).then_some((from, to))
}

/// The year of one end stands for the other.
fn lend(from: Parts, to: Parts) -> (Core, Core) {
    let mut from = from;
    if let (None, Some(year), Some(month)) = (from.year, to.year, from.month) {
        let wraps = (month, from.day) > (to.month.unwrap_or(12), to.day);
        from.year = Some(year - i16::from(wraps));
    }
    (Core::Parts(from), Core::Parts(to))
}

/// The TIMEX3 value of a duration or recurrence.
pub(super) fn length_value(count: Count, unit: Unit) -> String {
    if unit == Unit::Fortnight {
        return match count {
            Count::Exact(number) => format!("P{}W", number.saturating_mul(2)),
            Count::AndHalf(number) => format!("P{}W", number.saturating_mul(2).saturating_add(1)),
            Count::Vague => "PXW".to_owned(),
        };
    }
    let (clock, code) = code(unit);
    match count {
        Count::Exact(number) => format!("P{clock}{number}{code}"),
        Count::AndHalf(number) => format!("P{clock}{number}.5{code}"),
        Count::Vague => format!("P{clock}X{code}"),
    }
}

/// The TIMEX3 value of a sum of units: the largest first, the clock's behind a `T`.
pub(super) fn sum_value(parts: &[(Count, Unit)]) -> String {
    let mut parts: Vec<(Count, Unit)> =
        parts.iter().copied().filter(|(count, _)| *count != Count::Exact(0)).collect();
    parts.sort_by_key(|(_, unit)| std::cmp::Reverse(*unit));
    let (mut out, mut clocked) = ("P".to_owned(), false);
    for (count, unit) in parts {
        let (clock, code) = code(unit);
        if !clock.is_empty() && !clocked {
            out.push('T');
            clocked = true;
        }
        match count {
            Count::Exact(number) => out.push_str(&format!("{number}{code}")),
            Count::AndHalf(number) => out.push_str(&format!("{number}.5{code}")),
            Count::Vague => out.push_str(&format!("X{code}")),
        }
    }
    out
}

/// The letter of a unit, after a `T` for those of the clock.
const fn code(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Weekend => ("", "WE"),
        Unit::Week | Unit::Fortnight => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Quarter => ("", "Q"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "DE"),
        Unit::Century => ("", "CE"),
    }
}

/// The days that a part of a unit may mean in its widest reading, half-open: the second half for the
/// end of a month or year, either half of a week, what is left of it for "later"; else the unit.
pub(super) fn widest(whole: &Period, modifier: Option<super::node::Modifier>, today: Date) -> (Date, Date) {
    use super::node::Modifier;
    use super::period::Grain;
    let (start, end) = (whole.start, whole.end);
    let part = match (modifier, whole.grain) {
        (Some(Modifier::Early), Grain::Week) => (start, add_days(start, 3)),
        (Some(Modifier::Late | Modifier::End), Grain::Week) => (add_days(start, 3), end),
        (Some(Modifier::End), Grain::Month) => (add_days(start, 15), end),
        (Some(Modifier::End), Grain::Year) => (add_months(start, 6), end),
        (Some(Modifier::Later), _) => (today.max(start), end),
        _ => (start, end),
    };
    if part.0 < part.1 { part } else { (start, end) }
}

/// The days of an early, middle or late part; first and last day, both included.
pub(super) fn narrowed(whole: &Period, modifier: Option<super::node::Modifier>, today: Date) -> (Date, Date) {
    use super::node::Modifier;
    use super::period::Grain;
    let (start, end) = (whole.start, whole.last_day());
    let third = |first: i64, last: i64| match whole.grain {
        Grain::Month => Some((add_days(start, first * 10), add_days(start, last * 10 - 1))),
        Grain::Year => Some((add_months(start, first * 4), add_days(add_months(start, last * 4), -1))),
        Grain::Quarter | Grain::Season => {
            Some((add_months(start, first), add_days(add_months(start, last), -1)))
        }
        _ => None,
    };
    let cut = match modifier {
        Some(Modifier::Early) => third(0, 1),
        Some(Modifier::Mid) => third(1, 2),
        Some(Modifier::Late) => third(2, 3).map(|(from, _)| (from, end)),
        Some(Modifier::End) if whole.grain == Grain::Year => Some((end.first_of_month(), end)),
        Some(Modifier::End) => third(2, 3).map(|(from, _)| (from, end)).or(Some((end, end))),
        Some(Modifier::Earlier) => Some((start, add_days(today, -1).min(end))),
        Some(Modifier::Later) => Some((add_days(today, 1).max(start), end)),
        None => None,
    };
    cut.filter(|(from, to)| from <= to && start <= *from && *to <= end).unwrap_or((start, end))
}
