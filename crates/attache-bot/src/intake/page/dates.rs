//! Dates as pages write them, from `2025-05-12T14:05:00+08:00` to "3:04 p.m. EDT, Mon May 12, 2025".

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use regex::{Captures, Regex};

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// The calendar day.
    pub(super) day: Date,
    /// The instant, where a clock time and its zone are written.
    pub(super) instant: Option<Timestamp>,
    /// Whether the zone is UTC: machines write it wherever they stand, so the day may be another
    /// to the publisher.
    pub(super) utc: bool,
}

/// How days are written where the page comes from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits {
    /// `05/12/2025` is 12 May.
    pub(super) month_first: bool,
    /// `12/05/2025` is 12 May.
    pub(super) day_first: bool,
    /// CST is China's, not the central United States'.
    pub(super) chinese: bool,
}

/// Days before it are no publications of pages.
const FIRST_YEAR: i16 = 1990;

#[expect(clippy::unwrap_used, reason = "constants, compiled by a test")]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

static ISO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:\b|T)"));
static COMPACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<t>\d{6})(?P<z>Z)?)?\s*$")
});
static CHINESE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"));
static MONTH_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<n>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<y>(?:19|20)\d\d)\b",
    )
});
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<n>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?,?[\s-]+(?P<y>(?:19|20)\d\d)\b",
    )
});
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<y>(?:19|20)\d\d)\s+(?P<n>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+(?P<d>\d{1,2})\b",
    )
});
/// Months as the frames of English pages write them elsewhere, in lower case, in order of the year; where one
/// stands in a date it is inflected.
const MONTHS: [&[&str]; 12] = [
    &[
        "enero",
        "janeiro",
        "janvier",
        "januar",
        "jänner",
        "gennaio",
        "januari",
        "stycznia",
        "ocak",
        "ledna",
        "января",
    ],
    &[
        "febrero",
        "fevereiro",
        "février",
        "februar",
        "febbraio",
        "februari",
        "lutego",
        "şubat",
        "února",
        "февраля",
    ],
    &["marzo", "março", "mars", "märz", "maart", "maret", "marca", "mart", "března", "марта"],
    &["abril", "avril", "april", "aprile", "kwietnia", "nisan", "dubna", "апреля"],
    &["mayo", "maio", "mai", "maggio", "mei", "maj", "maja", "mayıs", "května", "мая"],
    &["junio", "junho", "juin", "juni", "giugno", "czerwca", "haziran", "června", "июня"],
    &["julio", "julho", "juillet", "juli", "luglio", "lipca", "temmuz", "července", "июля"],
    &[
        "agosto",
        "août",
        "august",
        "augustus",
        "agustus",
        "augusti",
        "sierpnia",
        "ağustos",
        "srpna",
        "августа",
    ],
    &[
        "septiembre",
        "setiembre",
        "setembro",
        "septembre",
        "september",
        "settembre",
        "września",
        "eylül",
        "září",
        "сентября",
    ],
    &["octubre", "outubro", "octobre", "oktober", "ottobre", "października", "ekim", "října", "октября"],
    &["noviembre", "novembro", "novembre", "november", "listopada", "kasım", "listopadu", "ноября"],
    &[
        "diciembre",
        "dezembro",
        "décembre",
        "dezember",
        "dicembre",
        "desember",
        "grudnia",
        "aralık",
        "prosince",
        "декабря",
    ],
];
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    let months = MONTHS.concat().join("|");
    pattern(&format!(
        r"(?i)\b(?P<d>\d{{1,2}})(?:\.|º|°|er)?(?:\s+de)?\s+(?P<n>{months})\.?(?:\s+del?)?\s+(?P<y>(?:19|20)\d\d)\b"
    ))
});
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?P<w>mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs|r|nes)?\.?,?\s*$")
});
static NUMERIC: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)\b"));
static EASTERN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[\s|,·-]{0,4}\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*\(?(?:GMT|UTC)\s?\+\s?0?(?P<o>\d{1,2})\b")
});
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<h>\d{1,2})(?:[:.](?P<mi>\d\d)(?::(?P<se>\d\d)(?:[.,]\d+)?)?)?\s*(?P<ap>a\.?\s?m\b\.?|p\.?\s?m\b\.?)?\s*(?P<z>Z\b|(?:\(?\s*(?:GMT|UTC)\s*)?[+-]\s?\d{1,2}(?::?\d\d)?\b|\(?(?:Beijing|Hong Kong|Eastern|Pacific|Central European)(?:\s+(?:Standard|Daylight|Summer))?\s+Time|\(?[A-Z]{1,5}T\b|\(?UTC\b)?",
    )
});

/// The one date an attribute, a meta element or a JSON field holds.
pub(super) fn read(text: &str, habits: Habits) -> Option<Written> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    if let Some(found) = COMPACT.captures(text) {
        let day = civil(&found, "y", "m", "d")?;
        let instant = found.name("z").and_then(|_| found.name("t")).and_then(|clock| {
            let part = |range: std::ops::Range<usize>| {
                clock.as_str().get(range).and_then(|digits| digits.parse::<i8>().ok())
            };
            let time = Time::new(part(0..2)?, part(2..4)?, part(4..6)?, 0).ok()?;
            TimeZone::UTC.to_timestamp(day.to_datetime(time)).ok()
        });
        return Some(Written { day, instant, utc: instant.is_some() });
    }
    if text.len() >= 10 && text.len() <= 13 && text.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        let seconds = if text.len() == 13 { number / 1000 } else { number };
        let instant = Timestamp::from_second(seconds).ok()?;
        let day = TimeZone::UTC.to_datetime(instant).date();
        return (day.year() >= FIRST_YEAR).then_some(Written { day, instant: Some(instant), utc: true });
    }
    first(text, habits)
}

/// The first date in running words.
pub(super) fn first(text: &str, habits: Habits) -> Option<Written> {
    all(text, habits).into_iter().next()
}

/// All dates in running words, in order.
pub(super) fn all(text: &str, habits: Habits) -> Vec<Written> {
    let mut found: Vec<(usize, usize, Date)> = Vec::new();
    let mut take = |captures: Captures<'_>, day: Option<Date>| {
        if let (Some(whole), Some(day)) = (captures.get(0), day)
            && !found.iter().any(|(from, to, _)| whole.start() < *to && *from < whole.end())
        {
            found.push((whole.start(), whole.end(), day));
        }
    };
    for pattern in [&ISO, &CHINESE] {
        for captures in pattern.captures_iter(text) {
            let day = civil(&captures, "y", "m", "d");
            take(captures, day);
        }
    }
    for pattern in [&MONTH_FIRST, &DAY_FIRST, &YEAR_FIRST] {
        for captures in pattern.captures_iter(text) {
            let day = named(&captures);
            take(captures, day);
        }
    }
    for captures in FOREIGN.captures_iter(text) {
        let day = foreign(&captures);
        take(captures, day);
    }
    for captures in NUMERIC.captures_iter(text) {
        let before = captures.get(0).and_then(|whole| text.get(..whole.start())).unwrap_or_default();
        let after = captures.get(0).and_then(|whole| text.get(whole.end()..)).unwrap_or_default();
        let habits = Habits { day_first: habits.day_first || of_the_east(after), ..habits };
        let day = by_weekday(&captures, before).or_else(|| numeric(&captures, habits));
        take(captures, day);
    }
    found.sort_unstable_by_key(|(from, ..)| *from);
    found.into_iter().map(|(from, to, day)| clocked(text, from, to, day, habits)).collect()
}

fn number(captures: &Captures<'_>, name: &str) -> Option<i16> {
    captures.name(name).and_then(|digits| digits.as_str().parse().ok())
}

fn civil(captures: &Captures<'_>, year: &str, month: &str, day: &str) -> Option<Date> {
    let small = |name| number(captures, name).and_then(|n| i8::try_from(n).ok());
    dated(number(captures, year)?, small(month)?, small(day)?)
}

fn dated(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|date| date.year() >= FIRST_YEAR)
}

fn named(captures: &Captures<'_>) -> Option<Date> {
    let name = captures.name("n")?.as_str().to_lowercase();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = months.iter().zip(1..).find(|(short, _)| name.starts_with(**short))?.1;
    dated(number(captures, "y")?, month, i8::try_from(number(captures, "d")?).ok()?)
}

fn foreign(captures: &Captures<'_>) -> Option<Date> {
    let name = captures.name("n")?.as_str().to_lowercase();
    let month = MONTHS.iter().zip(1..).find(|(names, _)| names.contains(&name.as_str()))?.1;
    dated(number(captures, "y")?, month, i8::try_from(number(captures, "d")?).ok()?)
}

/// A day in digits whose order the weekday before it tells: one of both ways fits, the other does not.
fn by_weekday(captures: &Captures<'_>, before: &str) -> Option<Date> {
    let named = WEEKDAY.captures(before)?.name("w")?.as_str().to_lowercase();
    let small = |name| number(captures, name).and_then(|n| i8::try_from(n).ok());
    let (year, a, b) = (number(captures, "y")?, small("a")?, small("b")?);
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let fits = |day: &Date| {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        days.get(weekday) == Some(&named.as_str())
    };
    let ways = [dated(year, a, b), dated(year, b, a)].map(|day| day.filter(fits));
    match ways {
        [Some(day), None] | [None, Some(day)] => Some(day),
        _ => None,
    }
}

/// Whether the clock time behind a day is of a zone east of Greenwich, where the day is written first. But for
/// eight hours: the Philippines write the month first.
fn of_the_east(after: &str) -> bool {
    let hours = EASTERN.captures(after).and_then(|captures| number(&captures, "o"));
    hours.is_some_and(|hours| (1..=14).contains(&hours) && hours != 8)
}

/// A day in digits, where its order is certain: by a part above 12, by dots, by habit.
fn numeric(captures: &Captures<'_>, habits: Habits) -> Option<Date> {
    let year = number(captures, "y")?;
    let (a, b) = (i8::try_from(number(captures, "a")?).ok()?, i8::try_from(number(captures, "b")?).ok()?);
    let dots = captures.name("s").is_some_and(|s| s.as_str() == ".");
    if a > 12 || dots || a == b || (b <= 12 && habits.day_first) {
        dated(year, b, a)
    } else if b > 12 || habits.month_first {
        dated(year, a, b)
    } else {
        None
    }
}

/// The date with the clock time beside it.
fn clocked(text: &str, from: usize, to: usize, day: Date, habits: Habits) -> Written {
    let bare = Written { day, instant: None, utc: false };
    let after = text.get(to..).unwrap_or_default();
    let after: String =
        after.trim_start_matches(['T', ' ', ',', '|', '·', '-', '–', '—', '\n']).chars().take(40).collect();
    let after = after.trim_start_matches("at ");
    let before = text.get(..from).unwrap_or_default();
    let at = before.char_indices().rev().take(40).last().map_or(0, |(at, _)| at);
    let before = before.get(at..).unwrap_or_default();
    let follows = CLOCK
        .captures_iter(after)
        .find(|c| is_clock(c))
        .filter(|c| c.get(0).is_some_and(|whole| whole.start() <= 8));
    let found = follows.or_else(|| CLOCK.captures_iter(before).filter(is_clock).last());
    let Some(found) = found else { return bare };
    let (Some(time), Some(zone)) = (time(&found), found.name("z")) else { return bare };
    let Some(zone) = zone_of(zone.as_str(), habits) else { return bare };
    // Midnight sharp is how machines write a day without a clock time.
    if time == Time::midnight() {
        return bare;
    }
    let instant = zone.to_timestamp(day.to_datetime(time)).ok();
    Written {
        day,
        instant,
        utc: zone == TimeZone::UTC || zone.to_fixed_offset().is_ok_and(|offset| offset == Offset::UTC),
    }
}

fn is_clock(captures: &Captures<'_>) -> bool {
    captures.name("mi").is_some() || captures.name("ap").is_some()
}

fn time(captures: &Captures<'_>) -> Option<Time> {
    let small = |name| number(captures, name).and_then(|n| i8::try_from(n).ok());
    let hour = small("h")?;
    let half = captures.name("ap").map(|half| half.as_str().to_ascii_lowercase().starts_with('p'));
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
        None => hour,
    };
    Time::new(hour, small("mi").unwrap_or(0), small("se").unwrap_or(0).min(59), 0).ok()
}

/// The zone a page names. One that could be several is none.
fn zone_of(name: &str, habits: Habits) -> Option<TimeZone> {
    let name = name.trim_start_matches('(').trim();
    let lower = name.to_ascii_lowercase();
    let digits = lower.trim_start_matches("gmt").trim_start_matches("utc").trim();
    if let Some(sign) = digits.chars().next().filter(|c| matches!(c, '+' | '-')) {
        let figures: String = digits.chars().filter(char::is_ascii_digit).collect();
        let figures = figures.parse::<i32>().ok()?;
        let (hours, minutes) = if digits.trim_start_matches(['+', '-', ' ']).len() <= 2 {
            (figures, 0)
        } else {
            (figures / 100, figures % 100)
        };
        let seconds = (hours * 60 + minutes) * 60;
        let seconds = if sign == '-' { -seconds } else { seconds };
        return (hours <= 14).then(|| Offset::from_seconds(seconds).ok()).flatten().map(Offset::to_time_zone);
    }
    let fixed = |hours: i8| Some(Offset::constant(hours).to_time_zone());
    match lower.as_str() {
        "z" | "utc" | "gmt" | "ut" => Some(TimeZone::UTC),
        "bst" => fixed(1),
        "cet" => fixed(1),
        "cest" => fixed(2),
        "eet" => fixed(2),
        "eest" => fixed(3),
        "hkt" | "sgt" | "beijing time" | "hong kong time" => fixed(8),
        "jst" | "kst" => fixed(9),
        "aest" => fixed(10),
        "aedt" => fixed(11),
        "cst" if habits.chinese => fixed(8),
        "est" | "eastern standard time" => fixed(-5),
        "edt" | "eastern daylight time" => fixed(-4),
        "cdt" => fixed(-5),
        "mdt" => fixed(-6),
        "mst" | "pdt" | "pacific daylight time" => fixed(-7),
        "pst" | "pacific standard time" => fixed(-8),
        "et" | "eastern time" => TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").ok(),
        "pt" | "pacific time" => TimeZone::posix("PST8PDT,M3.2.0,M11.1.0").ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let habits = Habits::default();
        let said = read(text, habits).map_or("none".to_owned(), |read| match read.instant {
            Some(instant) => format!("{} {instant}", read.day),
            None => read.day.to_string(),
        });
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn machines_dates_are_read() {
        check("2025-05-12", "2025-05-12");
        check("2025-05-12T14:05:00+08:00", "2025-05-12 2025-05-12T06:05:00Z");
        check("2025-05-12T14:05:00.123Z", "2025-05-12 2025-05-12T14:05:00Z");
        check("2025-05-12T14:05:00-0400", "2025-05-12 2025-05-12T18:05:00Z");
        check("2025-05-12 14:05:00 +0000", "2025-05-12 2025-05-12T14:05:00Z");
        check("2025-05-12T14:05:00", "2025-05-12");
        check("2025-05-12T00:00:00Z", "2025-05-12");
        check("20250512", "2025-05-12");
        check("20250512T140500Z", "2025-05-12 2025-05-12T14:05:00Z");
        check("1747058700", "2025-05-12 2025-05-12T14:05:00Z");
        check("1747058700000", "2025-05-12 2025-05-12T14:05:00Z");
        check("Mon, 12 May 2025 14:05:00 GMT", "2025-05-12 2025-05-12T14:05:00Z");
        check("Mon, 12 May 2025 14:05:00 -0400", "2025-05-12 2025-05-12T18:05:00Z");
    }

    #[test]
    fn peoples_dates_are_read() {
        check("May 12, 2025", "2025-05-12");
        check("Monday, 12th May 2025", "2025-05-12");
        check("Sept. 4, 2025", "2025-09-04");
        check("May 12, 2025 at 3:04 p.m. ET", "2025-05-12 2025-05-12T19:04:00Z");
        check("Jan. 12, 2025 3:04 pm ET", "2025-01-12 2025-01-12T20:04:00Z");
        check("May 12, 2025 | 9:30 PM EDT", "2025-05-12 2025-05-13T01:30:00Z");
        check("Published 3:04 PM EDT, Mon May 12, 2025", "2025-05-12 2025-05-12T19:04:00Z");
        check("12 May 2025 10:00 (GMT+8)", "2025-05-12 2025-05-12T02:00:00Z");
        check("2025年5月12日 10:00", "2025-05-12");
        check("2025-05-12 10:00 (Beijing Time)", "2025-05-12 2025-05-12T02:00:00Z");
        check("12.05.2025", "2025-05-12");
        check("25/05/2025", "2025-05-25");
        check("06/11/2025", "none");
        check("Wed, 06/11/2025 - 10:21", "2025-06-11");
        check("Thursday 06/11/2025", "2025-11-06");
        check("05 de noviembre de 2025", "2025-11-05");
        check("17. März 2026", "2026-03-17");
        check("1er août 2025", "2025-08-01");
        check("3 grudnia 2025", "2025-12-03");
        check("12-May-2025", "2025-05-12");
    }

    #[test]
    fn what_is_no_certain_date_is_none() {
        for text in
            ["05/12/2025", "31 February 2025", "May 2025", "1200", "soon", "2025-13-01", "12 May 1887"]
        {
            check(text, "none");
        }
        check("04/03/2026 | 17:32 GMT+7", "2026-03-04 2026-03-04T10:32:00Z");
        check("04/03/2026 | 17:32 GMT+8", "none");
        // CST is two zones.
        check("May 12, 2025 3:04 p.m. CST", "2025-05-12");
    }

    #[test]
    fn a_habit_settles_the_order_of_digits() {
        let day = |habits| first("on 05/12/2025", habits).map(|read| read.day.to_string());
        assert_eq!(day(Habits { month_first: true, ..Habits::default() }).as_deref(), Some("2025-05-12"));
        assert_eq!(day(Habits { day_first: true, ..Habits::default() }).as_deref(), Some("2025-12-05"));
    }
}
