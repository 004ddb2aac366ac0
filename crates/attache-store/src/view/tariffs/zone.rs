//! The clock a state's announcements and duties go by, so that "9 April" begins when it begins there.

use std::sync::OnceLock;

use attache_extract::StateCode;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Clock of the capital, as a POSIX rule: no time zone files are needed, and the rules hold for all
/// years since 2007.
const CLOCKS: [(&str, &str); 16] = [
    ("US", "EST5EDT,M3.2.0,M11.1.0"),
    ("CA", "EST5EDT,M3.2.0,M11.1.0"),
    ("CN", "CST-8"),
    ("HK", "HKT-8"),
    ("TW", "CST-8"),
    ("JP", "JST-9"),
    ("KR", "KST-9"),
    ("IN", "IST-5:30"),
    ("EU", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("DE", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("FR", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("NL", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("CH", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("GB", "GMT0BST,M3.5.0/1,M10.5.0"),
    ("MX", "CST6"),
    ("BR", "BRT3"),
];

/// The clock of a state's capital; UTC where it is not in the list.
#[must_use]
pub fn zone_of(state: StateCode) -> TimeZone {
    static ZONES: OnceLock<Vec<TimeZone>> = OnceLock::new();
    let read = || CLOCKS.iter().map(|(_, rule)| TimeZone::posix(rule).unwrap_or(TimeZone::UTC)).collect();
    let zones = ZONES.get_or_init(read);
    let at = CLOCKS.iter().position(|(code, _)| *code == state.as_str());
    at.and_then(|at| zones.get(at)).cloned().unwrap_or(TimeZone::UTC)
}

/// The first instant of a day there.
pub(crate) fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(code: &str, day: Date, expected: &str) {
        assert_eq!(start_of(day, &zone_of(code.parse().unwrap())).to_string(), expected);
    }

    #[test]
    fn a_day_begins_by_the_clock_of_the_capital() {
        check("US", date(2025, 4, 9), "2025-04-09T04:00:00Z");
        check("US", date(2025, 11, 10), "2025-11-10T05:00:00Z");
        check("CN", date(2025, 4, 10), "2025-04-09T16:00:00Z");
        check("EU", date(2025, 7, 1), "2025-06-30T22:00:00Z");
        check("ZZ", date(2025, 7, 1), "2025-07-01T00:00:00Z");
    }
}
