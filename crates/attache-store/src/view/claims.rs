//! What an article counts ("the fifth call since May") held against what the log holds.

use attache_extract::Vocabulary as _;
use attache_extract::event::Engagement;
use jiff::civil::Date;

use super::engagements::took_place;
use crate::id::EventId;
use crate::months::MONTHS;
use crate::row::StoredEvent;

/// An ordinal that an article prints with a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// In the article's words.
    pub words: String,
    /// Which one it says this is.
    pub nth: usize,
    /// The first day that counts.
    pub since: Date,
    /// What is counted, in our words.
    pub form: &'static str,
    /// Contacts of both sides, of that form and in that time, that the log holds, this one too.
    pub log: Vec<EventId>,
}

impl Claim {
    /// Whether the log holds as many.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.nth == self.log.len()
    }
}

const ORDINALS: [(&str, usize); 20] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("4th", 4),
    ("5th", 5),
    ("6th", 6),
    ("7th", 7),
    ("8th", 8),
    ("9th", 9),
    ("10th", 10),
];

/// Claims of a contact that give both a count and the time it counts from. The log may hold less
/// than happened: a claim it does not bear out is shown beside it, never called wrong.
#[must_use]
pub fn claims(row: &StoredEvent, log: &[StoredEvent]) -> Vec<Claim> {
    let Some(day) = row.event.date.end else { return Vec::new() };
    let read = |words: &String| {
        let (nth, since, form) = read(words, day)?;
        let counts = |other: &&StoredEvent| {
            let within = other.event.date.start.is_some_and(|start| since <= start)
                && other.event.date.end.is_some_and(|end| end <= day);
            within && took_place(other) && sides(other) == sides(row) && of_form(other, form)
        };
        let mut found: Vec<_> = log.iter().filter(counts).collect();
        found.sort_by_key(|other| (other.sort_day, other.id));
        let log = found.into_iter().map(|other| other.id).collect();
        Some(Claim { words: words.clone(), nth, since, form, log })
    };
    row.event.claims.iter().filter_map(read).collect()
}

fn sides(row: &StoredEvent) -> Vec<&str> {
    let mut codes: Vec<_> = row.event.parties.iter().filter_map(|party| party.country.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn read(words: &str, day: Date) -> Option<(usize, Date, &'static str)> {
    let lower = words.to_lowercase();
    let list: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let nth = list.iter().find_map(|word| ORDINALS.iter().find(|(name, _)| name == word))?.1;
    let has = |names: &[&str]| list.iter().any(|word| names.contains(word));
    let form = if has(&["call", "calls", "phone", "telephone", "conversation"]) {
        "calls"
    } else if has(&["meeting", "meetings", "talks", "summit", "round"]) {
        "meetings"
    } else {
        "contacts"
    };
    Some((nth, since(&list, day)?, form))
}

/// "since May", "since May last year", "since January 2025", "since 2024", "this year".
fn since(list: &[&str], day: Date) -> Option<Date> {
    if list.windows(2).any(|pair| pair == ["this", "year"]) {
        return Date::new(day.year(), 1, 1).ok();
    }
    let at = list.iter().position(|word| *word == "since")?;
    let rest = list.get(at + 1..)?;
    let year = |word: &&str| word.parse::<i16>().ok().filter(|year| (1900..2100).contains(year));
    if let Some(year) = rest.first().and_then(year) {
        return Date::new(year, 1, 1).ok();
    }
    let month = MONTHS.iter().position(|month| rest.first() == Some(month))?;
    let month = i8::try_from(month + 1).ok()?;
    let of_year = |year: i16| Date::new(year, month, 1).ok();
    match rest.get(1) {
        Some(&"last") if rest.get(2) == Some(&"year") => of_year(day.year() - 1),
        Some(word) if year(word).is_some() => of_year(year(word)?),
        _ => of_year(day.year()).filter(|first| *first <= day).or_else(|| of_year(day.year() - 1)),
    }
}

fn of_form(row: &StoredEvent, form: &str) -> bool {
    let call =
        matches!(Engagement::parse(&row.event.subtype), Some(Engagement::Call | Engagement::VideoCall));
    match form {
        "calls" => call,
        "meetings" => !call && row.event.subtype != Engagement::Invitation.as_str(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Option<(usize, &str, &str)>) {
        let read = read(words, date(2025, 5, 23)).map(|(nth, since, form)| (nth, since.to_string(), form));
        assert_eq!(read, expected.map(|(nth, since, form)| (nth, since.to_owned(), form)), "{words}");
    }

    #[test]
    fn a_count_needs_a_time_to_count_from() {
        check("the second call since January", Some((2, "2025-01-01", "calls")));
        check("fifth such communication since May last year", Some((5, "2024-05-01", "contacts")));
        check("first meeting since October", Some((1, "2024-10-01", "meetings")));
        check("third round of talks this year", Some((3, "2025-01-01", "meetings")));
        check("4th contact since 2023", Some((4, "2023-01-01", "contacts")));
        check("sixth round", None);
        check("since January", None);
        check("first meeting since Busan", None);
    }
}
