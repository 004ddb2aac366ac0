//! A stretch of whole days with the calendar unit it stands for.

use jiff::civil::Date;

use super::calendar::{add, add_days, add_months, monday, quarter_start};
use super::lexicon::{Season, Unit};

/// The calendar unit an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// A clock time to the second.
    Second,
    /// A clock time to the minute.
    Minute,
    /// A full hour.
    Hour,
    /// Morning, afternoon, evening or night.
    PartOfDay,
    /// One calendar day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// A calendar week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A season of the northern hemisphere.
    Season,
    /// A calendar quarter.
    Quarter,
    /// Half a calendar year.
    Half,
    /// A calendar year.
    Year,
    /// A year of accounts, placed as the calendar year of its number.
    FiscalYear,
    /// Ten calendar years.
    Decade,
    /// A hundred calendar years.
    Century,
    /// Any other stretch of days.
    Range,
}

/// Whole days `start..end` (half-open) and what they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) start: Date,
    pub(super) end: Date,
    pub(super) grain: Grain,
}

impl Period {
    pub(super) fn day(day: Date) -> Self {
        Self { start: day, end: add_days(day, 1), grain: Grain::Day }
    }

    pub(super) fn range(start: Date, end: Date) -> Self {
        Self { start, end: end.max(start), grain: Grain::Range }
    }

    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Self { start, end: add_months(start, 1), grain: Grain::Month })
    }

    pub(super) fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let start = Date::new(year, quarter.checked_mul(3)?.checked_sub(2)?, 1).ok()?;
        Some(Self { start, end: add_months(start, 3), grain: Grain::Quarter })
    }

    pub(super) fn half(year: i16, half: i8) -> Option<Self> {
        let start = Date::new(year, half.checked_mul(6)?.checked_sub(5)?, 1).ok()?;
        Some(Self { start, end: add_months(start, 6), grain: Grain::Half })
    }

    pub(super) fn year(year: i16) -> Option<Self> {
        let start = Date::new(year, 1, 1).ok()?;
        Some(Self { start, end: add_months(start, 12), grain: Grain::Year })
    }

    pub(super) fn fiscal_year(year: i16) -> Option<Self> {
        Some(Self { grain: Grain::FiscalYear, ..Self::year(year)? })
    }

    pub(super) fn years(first: i16, count: i16, grain: Grain) -> Option<Self> {
        let start = Date::new(first, 1, 1).ok()?;
        Some(Self { start, end: Date::new(first.checked_add(count)?, 1, 1).ok()?, grain })
    }

    /// The season that begins in `year`; winter runs from December.
    pub(super) fn season(year: i16, season: Season) -> Option<Self> {
        let month = match season {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        };
        let start = Date::new(year, month, 1).ok()?;
        Some(Self { start, end: add_months(start, 3), grain: Grain::Season })
    }

    /// The calendar unit around `date`, moved by `shift` units.
    pub(super) fn around(date: Date, unit: Unit, shift: i64) -> Option<Self> {
        let at = add(date, shift, unit);
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day => Some(Self::day(at)),
            Unit::Week => {
                let start = monday(at);
                Some(Self { start, end: add_days(start, 7), grain: Grain::Week })
            }
            Unit::Fortnight => {
                let start = monday(at);
                Some(Self::range(start, add_days(start, 14)))
            }
            Unit::Weekend => {
                let start = add_days(monday(at), 5);
                Some(Self { start, end: add_days(start, 2), grain: Grain::Weekend })
            }
            Unit::Month => Self::month(at.year(), at.month()),
            Unit::Quarter => {
                let start = quarter_start(at);
                Some(Self { start, end: add_months(start, 3), grain: Grain::Quarter })
            }
            Unit::Year => Self::year(at.year()),
            Unit::Decade => Self::years(at.year().div_euclid(10) * 10, 10, Grain::Decade),
            Unit::Century => Self::years(at.year().div_euclid(100) * 100, 100, Grain::Century),
        }
    }

    pub(super) fn last_day(&self) -> Date {
        add_days(self.end, -1).max(self.start)
    }

    /// The TIMEX3 value.
    pub(super) fn value(&self) -> String {
        let (year, month) = (self.start.year(), self.start.month());
        match self.grain {
            Grain::Month => format!("{year:04}-{month:02}"),
            Grain::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Grain::Half => format!("{year:04}-H{}", (month - 1) / 6 + 1),
            Grain::Year => format!("{year:04}"),
            Grain::FiscalYear => format!("FY{year:04}"),
            Grain::Decade => format!("{:03}", year.div_euclid(10)),
            Grain::Century => format!("{:02}", year.div_euclid(100)),
            Grain::Season => {
                let code = match month {
                    3 => "SP",
                    6 => "SU",
                    9 => "FA",
                    _ => "WI",
                };
                format!("{year:04}-{code}")
            }
            Grain::Week | Grain::Weekend => {
                let week = self.start.iso_week_date();
                let tail = if self.grain == Grain::Weekend { "-WE" } else { "" };
                format!("{:04}-W{:02}{tail}", week.year(), week.week())
            }
            Grain::Range => format!("{}/{}", self.start, self.last_day()),
            Grain::Day | Grain::Second | Grain::Minute | Grain::Hour | Grain::PartOfDay => {
                self.start.to_string()
            }
        }
    }
}
