//! Dates, instants and durations as a text gives them, with what it leaves open left open.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time};

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How exactly a text says when.
    Precision: "precision" {
        /// One calendar day.
        Day = "day",
        /// Several days named as such.
        Range = "range",
        /// A calendar week, Monday to Sunday, or the part of it that had passed.
        Week = "week",
        /// A calendar month or the part of it that had passed.
        Month = "month",
        /// A calendar quarter.
        Quarter = "quarter",
        /// A calendar year.
        Year = "year",
        /// The text does not say.
        Unknown = "unknown",
    }
}

/// When an event happened or was announced: an interval of local calendar days, both ends
/// included, and the precision the text has. `Unknown` has no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventDate {
    /// First and last possible day.
    pub interval: Option<(Date, Date)>,
    /// What the interval stands for.
    pub precision: Precision,
}

impl EventDate {
    /// A text that does not say when.
    pub const UNKNOWN: Self = Self { interval: None, precision: Precision::Unknown };

    /// One day.
    #[must_use]
    pub const fn day(day: Date) -> Self {
        Self { interval: Some((day, day)), precision: Precision::Day }
    }

    /// The first possible day.
    #[must_use]
    pub fn start(&self) -> Option<Date> {
        self.interval.map(|(start, _)| start)
    }

    /// The last possible day.
    #[must_use]
    pub fn end(&self) -> Option<Date> {
        self.interval.map(|(_, end)| end)
    }
}

/// An instant at which a measure starts or ends, as exact as the text has it.
///
/// Written `2025-05-14T00:01-04:00`, `2025-05-14`, `2025-11`, `2026`, each with `by ` before it
/// where the text gives a deadline ("by 14 May"). A clock time stands only with a full date, an
/// offset only with a clock time **and** only where the text names the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The text gives a deadline, not the day itself.
    pub by: bool,
    /// Calendar year.
    pub year: i16,
    /// Month 1 to 12.
    pub month: Option<i8>,
    /// Day of the month.
    pub day: Option<i8>,
    /// Local clock time.
    pub time: Option<Time>,
    /// Minutes east of UTC.
    pub offset: Option<i16>,
}

/// Text that is not a [`Moment`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadMoment(pub String);

impl Moment {
    /// A whole day, no clock time.
    #[must_use]
    pub fn on(day: Date) -> Self {
        Self {
            by: false,
            year: day.year(),
            month: Some(day.month()),
            day: Some(day.day()),
            time: None,
            offset: None,
        }
    }

    /// The first and last day the moment may fall on.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        let last = match (self.month, self.day) {
            (Some(_), Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, _) => first.last_of_year(),
        };
        Some((first, last))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.by {
            f.write_str("by ")?;
        }
        write!(f, "{:04}", self.year)?;
        let Some(month) = self.month else { return Ok(()) };
        write!(f, "-{month:02}")?;
        let Some(day) = self.day else { return Ok(()) };
        write!(f, "-{day:02}")?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        if let Some(offset) = self.offset {
            let sign = if offset < 0 { '-' } else { '+' };
            write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)?;
        }
        Ok(())
    }
}

impl FromStr for Moment {
    type Err = BadMoment;

    fn from_str(text: &str) -> Result<Self, BadMoment> {
        parse_moment(text).ok_or_else(|| BadMoment(text.to_owned()))
    }
}

fn parse_moment(text: &str) -> Option<Moment> {
    let (by, rest) = match text.strip_prefix("by ") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (date, clock) = match rest.split_once('T') {
        Some((date, clock)) => (date, Some(clock)),
        None => (rest, None),
    };
    let mut parts = date.splitn(3, '-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2)).map_or(Some(None), |m| m.map(Some))?;
    let day = parts.next().map(|part| digits(part, 2)).map_or(Some(None), |d| d.map(Some))?;
    Date::new(year, i8::try_from(month.unwrap_or(1)).ok()?, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    let (time, offset) = match clock {
        Some(clock) if day.is_some() => parse_clock(clock)?,
        Some(_) => return None,
        None => (None, None),
    };
    Some(Moment {
        by,
        year,
        month: month.and_then(|m| i8::try_from(m).ok()),
        day: day.and_then(|d| i8::try_from(d).ok()),
        time,
        offset,
    })
}

fn parse_clock(clock: &str) -> Option<(Option<Time>, Option<i16>)> {
    let hour = digits(clock.get(0..2)?, 2)?;
    let minute = digits(clock.get(2..5)?.strip_prefix(':')?, 2)?;
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    let offset = match clock.get(5..)? {
        "" => None,
        "Z" => Some(0),
        zone => {
            let sign = match zone.get(0..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            let hours = digits(zone.get(1..3)?, 2)?;
            let minutes = digits(zone.get(3..)?.strip_prefix(':')?, 2)?;
            (hours <= 18 && minutes < 60).then_some(())?;
            Some(sign * (hours * 60 + minutes))
        }
    };
    Some((Some(time), offset))
}

fn digits(text: &str, width: usize) -> Option<i16> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

impl fmt::Display for BadMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not a date like 2025-05-14, 2025-05-14T00:01-04:00, 2025-05, 2025 or \"by 2025-05-14\"",
            self.0
        )
    }
}

impl std::error::Error for BadMoment {}

vocabulary! {
    /// Calendar unit of a [`Length`].
    TimeUnit: "unit of time" {
        /// Hours.
        Hour = "hour",
        /// Days.
        Day = "day",
        /// Weeks of seven days.
        Week = "week",
        /// Calendar months.
        Month = "month",
        /// Calendar years.
        Year = "year",
    }
}

/// How long a measure runs, in the unit the text uses; written `90 days`, `1 year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    /// How many units.
    pub count: u32,
    /// Which unit.
    pub unit: TimeUnit,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit)
    }
}

impl FromStr for Length {
    type Err = BadLength;

    fn from_str(text: &str) -> Result<Self, BadLength> {
        use crate::Vocabulary as _;
        let bad = || BadLength(text.to_owned());
        let (count, unit) = text.split_once(' ').ok_or_else(bad)?;
        let count = count.parse().map_err(|_| bad())?;
        let unit =
            TimeUnit::parse(unit).or_else(|| TimeUnit::parse(unit.strip_suffix('s')?)).ok_or_else(bad)?;
        Ok(Self { count, unit })
    }
}

/// Text that is not a [`Length`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLength(pub String);

impl fmt::Display for BadLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a duration like \"90 days\"", self.0)
    }
}

impl std::error::Error for BadLength {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_moment(text: &str, expected: Option<&str>) {
        let read = text.parse::<Moment>().ok().map(|moment| moment.to_string());
        assert_eq!(read.as_deref(), expected, "{text:?}");
    }

    #[test]
    fn a_moment_reads_what_it_writes() {
        for text in [
            "2025",
            "2025-11",
            "2025-11-10",
            "by 2025-05-14",
            "2025-05-14T00:01",
            "2025-05-14T00:01-04:00",
            "2025-05-14T12:01+08:00",
            "2025-05-14T12:01+05:30",
        ] {
            check_moment(text, Some(text));
        }
        check_moment("2025-05-14T04:01Z", Some("2025-05-14T04:01+00:00"));
    }

    #[test]
    fn a_moment_refuses_what_no_calendar_has() {
        for text in ["", "25", "2025-13", "2025-02-30", "2025-5-1", "2025-05T00:01", "2025-05-14T25:00"] {
            check_moment(text, None);
        }
        for text in
            ["2025-05-14T00:01-4:00", "2025-05-14T00:01+19:00", "2025-05-14é", "by by 2025", "-025-01-01"]
        {
            check_moment(text, None);
        }
    }

    #[test]
    fn a_moment_covers_the_days_it_leaves_open() {
        let days = |text: &str| {
            let (first, last) = text.parse::<Moment>().unwrap().days().unwrap();
            format!("{first}..{last}")
        };
        assert_eq!(days("2024-02"), "2024-02-01..2024-02-29");
        assert_eq!(days("2026"), "2026-01-01..2026-12-31");
        assert_eq!(days("2025-11-10T00:01"), "2025-11-10..2025-11-10");
    }

    #[test]
    fn a_length_reads_what_it_writes() {
        for text in ["90 days", "1 year", "1 day", "18 months", "24 hours", "2 weeks"] {
            assert_eq!(text.parse::<Length>().map(|length| length.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "90", "ninety days", "-1 days", "90 sols", "s"] {
            assert!(text.parse::<Length>().is_err(), "{text:?}");
        }
    }
}
