//! What the address of a page tells of its day.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::intake::page::dates::{self, Habits};

/// The day in an address: `/2025/05/12/`, `/2025-05/12/`, `/2025/may/12/`, `t20250512_1`, `-20250512`.
pub(super) fn of_url(url: &str) -> Option<Date> {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[/_=.-]|/[a-z])(?P<y>20\d\d)(?:[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>0[1-9]|[12]\d|3[01])|/(?P<n>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(?P<e>\d{1,2})|[/-](?P<m2>[1-9])[/-](?P<d2>[1-9]|[12]\d|3[01]))(?:[/_.?#-]|$)").ok()
    });
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let found = DAY.as_ref()?.captures(path)?;
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    let year = part("y")?;
    let text = match (part("m").or(part("m2")), part("d").or(part("d2")), part("n"), part("e")) {
        (Some(month), Some(day), ..) => format!("{year}-{month}-{day}"),
        (_, _, Some(month), Some(day)) => format!("{day} {month} {year}"),
        _ => return None,
    };
    dates::read(&text, Habits::default()).map(|read| read.day)
}

/// The year in an address that tells no day.
pub(super) fn year_of_url(url: &str) -> Option<String> {
    static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"/(20\d\d)[-/]?\d{2}").ok());
    Some(YEAR.as_ref()?.captures(url)?.get(1)?.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        assert_eq!(of_url(url).map(|day| day.to_string()).as_deref(), expected, "{url}");
    }

    #[test]
    fn addresses_tell_their_day() {
        check("https://news.example/2025/05/12/truce", Some("2025-05-12"));
        check("https://news.example/world/2025/may/12/truce", Some("2025-05-12"));
        check("https://news.example/english/2025-05/12/c_131.htm", Some("2025-05-12"));
        check("https://mof.example/art/202505/t20250512_9.html", Some("2025-05-12"));
        check("https://news.example/truce-20250512/", Some("2025-05-12"));
        check("https://news.example/2025/5/9/truce", Some("2025-05-09"));
        check("https://news.example/2025/05/truce-of-14", None);
        check("https://news.example/id/2025123456", None);
        check("https://news.example/goal-2030", None);
    }
}
