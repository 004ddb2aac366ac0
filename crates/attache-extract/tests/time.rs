//! Expressions of time: what they mean, and what holds of them in any text.

use attache_extract::time::{Reference, Timex, timexes};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A Friday: the one day all examples are published on.
const TODAY: Date = date(2025, 5, 23);

fn read(text: &str) -> Vec<Timex> {
    timexes(text, &Reference::on(TODAY))
}

/// Each expression found, with its value.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let found = read(text);
    let found: Vec<_> =
        found.iter().map(|timex| (timex.span.of(text).unwrap_or(""), timex.value.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

/// The first expression as the day or days of something that happened.
#[track_caller]
fn check_days(text: &str, expected: Option<(Date, Date)>) {
    let found = read(text).first().and_then(|timex| timex.event_date().interval);
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_bare_weekday_is_the_latest_unless_the_clause_points_ahead() {
    check("The envoys met on Monday.", &[("Monday", "2025-05-19")]);
    check("The envoys met on Friday.", &[("Friday", "2025-05-23")]);
    check("The envoys will meet on Monday.", &[("Monday", "2025-05-26")]);
    check("The pause runs until Monday.", &[("Monday", "2025-05-26")]);
    check("Talks had been scheduled for Monday.", &[("Monday", "2025-05-19")]);
}

#[test]
fn a_day_without_a_year_is_the_nearest_and_a_month_the_latest() {
    check("Ministers met on Dec. 10.", &[("Dec. 10", "2024-12-10")]);
    check("Ministers meet on June 3.", &[("June 3", "2025-06-03")]);
    check("Ministers met on June 3.", &[("June 3", "2024-06-03")]);
    check("Ministers met in September.", &[("September", "2024-09")]);
    check("Ministers will meet in September.", &[("September", "2025-09")]);
    check("A hearing is set for mid-September.", &[("mid-September", "2025-09")]);
    check("Output fell in the fourth quarter.", &[("the fourth quarter", "2024-Q4")]);
}

#[test]
fn numbers_officials_write_are_days_and_hours() {
    check("The duty starts on 04.03.2025.", &[("04.03.2025", "2025-03-04")]);
    check("The duty starts at 0001 hours on June 4.", &[("0001 hours on June 4", "2025-06-04T00:01")]);
    check("It runs for five (5) years.", &[("five (5) years", "P5Y")]);
    check("It runs for a period of 90 days from June 4.", &[("90 days", "P90D"), ("June 4", "2025-06-04")]);
}

#[test]
fn a_weekday_and_a_day_find_their_month() {
    check("The deal was struck on Friday the 16th.", &[("Friday the 16th", "2025-05-16")]);
    check("Sat, 10 May 2025", &[("Sat, 10 May 2025", "2025-05-10")]);
    check("He sat 10 hours in the plane.", &[("10 hours", "PT10H")]);
}

#[test]
fn the_weekend_is_the_past_one_where_the_past_is_told() {
    check("Envoys met in Oslo over the weekend.", &[("the weekend", "2025-W20-WE")]);
    check("Envoys will meet in Oslo over the weekend.", &[("the weekend", "2025-W21-WE")]);
}

#[test]
fn stretches_of_a_larger_unit() {
    check(
        "Exports rose in the first four months of 2025.",
        &[("the first four months of 2025", "2025-01-01/2025-04-30")],
    );
    check(
        "Sales fell in the last two weeks of April.",
        &[("the last two weeks of April", "2025-04-17/2025-04-30")],
    );
    check("The first 100 days were busy.", &[("100 days", "P100D")]);
}

#[test]
fn lengths_of_several_units() {
    check("a term of two years and six months", &[("two years and six months", "P2Y6M")]);
    check("a pause of a year and a half", &[("a year and a half", "P1.5Y")]);
    check(
        "for 30 days, six months or a year",
        &[("30 days", "P30D"), ("six months", "P6M"), ("a year", "P1Y")],
    );
    check("They waited another month.", &[("another month", "P1M")]);
}

#[test]
fn days_counted_in_months_told_otherwise() {
    check("It starts on the 9th of next month.", &[("the 9th of next month", "2025-06-09")]);
    check("It ran from 4 to 9 this month.", &[("4 to 9 this month", "2025-05-04/2025-05-09")]);
    check("The week before last was quiet.", &[("The week before last", "2025-W19")]);
}

#[test]
fn years_in_words_and_years_of_accounts() {
    check("It was signed in nineteen ninety-six.", &[("nineteen ninety-six", "1996")]);
    check("Revenue for fiscal 2026 fell.", &[("fiscal 2026", "FY2026")]);
    check("Trade boomed in the 21st century.", &[("the 21st century", "20")]);
    check("The plant will open in mid-2026.", &[("mid-2026", "2026")]);
}

#[test]
fn a_past_story_lends_its_year() {
    check(
        "In March 2023 it opened talks, and on June 1 it left them.",
        &[("March 2023", "2023-03"), ("June 1", "2023-06-01")],
    );
    check(
        "It signed in May 2022.\n\nBy July of that year it had left.",
        &[("May 2022", "2022-05"), ("July of that year", "2022-07")],
    );
    check(
        "It has stood at 12 since May 4, 2022, when a pact of April 9 of that year took effect.",
        &[("May 4, 2022", "2022-05-04"), ("April 9 of that year", "2022-04-09")],
    );
    check("It met for the sixth time, on May 4, 2023.", &[("May 4, 2023", "2023-05-04")]);
    check(
        "In early February and early April 2024 it raised duties.",
        &[("early February", "2024-02"), ("early April 2024", "2024-04")],
    );
}

#[test]
fn a_year_that_heads_a_part_is_the_year_of_its_days() {
    check(
        "2018\n\nJuly 6: Duties begin.\n\n2019\n\nMay 10: Duties rise.",
        &[("July 6", "2018-07-06"), ("May 10", "2019-05-10")],
    );
}

#[test]
fn how_long_and_from_when_are_two_expressions() {
    check("It is suspended for 90 days from June 2.", &[("90 days", "P90D"), ("June 2", "2025-06-02")]);
    check("It expires 90 days from June 2.", &[("90 days from June 2", "2025-08-31")]);
    check("It takes effect 30 days after signing.", &[("30 days after signing", "2025-06-22")]);
}

#[test]
fn ends_left_open_have_no_bound() {
    let bounds = |text: &str| {
        let bounds = read(text).first().and_then(Timex::bounds);
        bounds.map(|(from, to)| (from.map(|at| at.date()), to.map(|at| at.date())))
    };
    assert_eq!(bounds("The pause runs until August 12."), Some((None, Some(date(2025, 8, 13)))));
    assert_eq!(bounds("goods entered on or after June 1"), Some((Some(date(2025, 6, 1)), None)));
    assert_eq!(bounds("They met on May 5."), Some((Some(date(2025, 5, 5)), Some(date(2025, 5, 6)))));
}

#[test]
fn holidays() {
    check("Talks resume after the Lunar New Year.", &[("the Lunar New Year", "2026-02-17")]);
    check("They met before Christmas.", &[("Christmas", "2024-12-25")]);
    check("A new year of growth begins.", &[]);
}

#[test]
fn zones_are_read_only_where_named() {
    let zone = |text: &str| read(text).first().and_then(|timex| timex.zone);
    assert_eq!(zone("effective 12:01 a.m. eastern daylight time on May 14"), Some(-240));
    assert_eq!(zone("from 6:40 p.m. (GMT+8) on May 14"), Some(480));
    assert_eq!(zone("at 13:01 Beijing time on May 14"), Some(480));
    assert_eq!(zone("at 12:01 a.m. on May 14"), None);
}

#[test]
fn units_that_run_end_today_and_earlier_ones_before() {
    check_days("They met this week.", Some((date(2025, 5, 19), TODAY)));
    check_days("They met last week.", Some((date(2025, 5, 12), date(2025, 5, 18))));
    check_days("They met earlier this month.", Some((date(2025, 5, 1), date(2025, 5, 22))));
    check_days("They met in early May.", Some((date(2025, 5, 1), date(2025, 5, 10))));
    check_days("They met in late April.", Some((date(2025, 4, 21), date(2025, 4, 30))));
    check_days("It lasted for 90 days.", None);
}

#[test]
fn what_looks_like_time_and_is_none() {
    for text in [
        "Theresa May spoke.",
        "They march on.",
        "a 3/4 majority",
        "chapter 85 of the schedule",
        "Announcement No. 55",
        "heading 2008.11",
        "on August 32, 2025",
        "due to 2025-02-30 being no day",
        "the second largest market",
    ] {
        check(text, &[]);
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "May",
        "14",
        ",",
        "2025",
        "on",
        "Monday",
        "the",
        "last",
        "next",
        "week",
        "of",
        "month",
        "year",
        "90",
        "days",
        "from",
        "to",
        "until",
        "by",
        "-",
        "/",
        ".",
        "12:01",
        "a.m.",
        "EDT",
        "first",
        "two",
        "and",
        "a",
        "half",
        "nineteen",
        "ninety",
        "quarter",
        "Q3",
        "early",
        "end",
        "weekend",
        "Christmas",
        "day",
        "before",
        "after",
        "that",
        "20250514",
        "'98",
        "1990s",
        "\n\n",
        "é",
        "中",
        "fiscal",
        "time",
    ]);
    let glue = prop::sample::select(vec![" ", " ", " ", ""]);
    prop_oneof![
        prop::collection::vec((word, glue), 0..40)
            .prop_map(|words| words.iter().map(|(word, glue)| format!("{word}{glue}")).collect()),
        any::<String>()
    ]
}

proptest! {
    #[test]
    fn spans_are_words_of_the_text_in_order(text in words()) {
        let found = read(&text);
        let mut end = 0;
        for timex in &found {
            let surface = timex.span.of(&text);
            prop_assert!(surface.is_some_and(|words| !words.trim().is_empty() && words.trim() == words));
            prop_assert!(timex.span.start >= end);
            end = timex.span.end;
            prop_assert!(!timex.value.is_empty());
            if let Some((from, to)) = timex.interval {
                prop_assert!(from < to, "{} {:?}", timex.value, timex.interval);
            }
            if let Some((first, last)) = timex.event_date().interval {
                prop_assert!(first <= last);
            }
        }
        prop_assert_eq!(read(&text), found);
    }

    #[test]
    fn a_full_date_means_the_same_whenever_it_is_read(days in -20_000..20_000_i64, far in -20_000..20_000_i64) {
        let day = |far: i64| TODAY.checked_add(jiff::Span::new().days(far)).unwrap_or(TODAY);
        let (told, published) = (day(days), day(far));
        for text in [told.to_string(), told.strftime("%B %-d, %Y").to_string(), told.strftime("%-d %b %Y").to_string()] {
            let found = timexes(&text, &Reference::on(published));
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(&found[0].value, &told.to_string());
            prop_assert_eq!(found[0].event_date().interval, Some((told, told)));
        }
    }

    #[test]
    fn a_bare_weekday_is_never_more_than_a_week_away(far in 0..4000_i64, day in 0..7_i64, ahead: bool) {
        let published = TODAY.checked_add(jiff::Span::new().days(far)).unwrap_or(TODAY);
        let weekday = date(2024, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap_or(TODAY);
        let text = format!("They {} on {}.", if ahead { "will meet" } else { "met" }, weekday.strftime("%A"));
        let found = timexes(&text, &Reference::on(published));
        let start = found[0].event_date().start().unwrap_or(TODAY);
        let distance = published.until(start).map_or(99, |span| span.get_days());
        let near = if ahead { 0..=6 } else { -6..=0 };
        prop_assert!(near.contains(&distance));
        prop_assert_eq!(start.weekday(), weekday.weekday());
    }
}

#[test]
fn hostile_texts_take_time_in_proportion() {
    for unit in ["May ", "the last day of the ", "two ", "12:", "2025-", "and a half ", "next ", "1/", "a "] {
        let text = unit.repeat(400_000 / unit.len());
        let found = read(&text);
        assert!(found.len() <= text.len());
    }
}
