//! Lists of what is to come: below "The week ahead" and "Diary" a weekday is the next one.

use std::ops::Range;

use super::scan::Token;
use crate::caseless;

/// What heads such a list, in lower case.
const HEADS: &[&str] = &[
    "the week ahead",
    "week ahead",
    "the days ahead",
    "the month ahead",
    "diary",
    "the diary",
    "coming up",
    "coming up next week",
    "next week",
    "looking ahead",
    "what's next",
    "what’s next",
    "what comes next",
    "what to watch",
    "on the calendar",
    "on the agenda",
    "dates to watch",
    "dates for the diary",
];

/// The marks around a heading.
const MARKS: &[char] = &['*', '#', '_', '-', '•', ' ', '\t'];
/// A line that is shorter and ends in no full stop is a heading.
const HEADING: usize = 60;

/// What heads a passage on the days past within a text on what is to come.
const PAST: &[&str] =
    &["last week", "the week behind", "looking back", "the week that was", "in case you missed"];

/// Words of a headline above a text on what is to come.
const HEADLINES: &[&str] = &["week ahead", "days ahead", "month ahead", "next week in", "what to watch"];

/// Whether a headline says that the text below it is on what is to come: "The week ahead in trade".
#[must_use]
pub(super) fn announces(title: &str) -> bool {
    HEADLINES.iter().any(|known| caseless::contains(title, known))
}

/// The tokens of each such list: from its head up to the next heading. `first` are the tokens that open a line.
/// Where all of the text is such a list (`whole`), only what looks back is left out.
pub(super) fn agendas(text: &str, tokens: &[Token], first: &[usize], whole: bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    if whole {
        let mut from = Some(0);
        for &at in first {
            let Some(start) = tokens.get(at).map(|token| token.start) else { continue };
            let bare = text.get(start..).unwrap_or_default().trim_start_matches(MARKS);
            if PAST.iter().any(|known| caseless::starts_with(bare, known)) {
                out.extend(from.take().map(|from| from..at));
            } else {
                from = from.or(Some(at));
            }
        }
        out.extend(from.map(|from| from..tokens.len()));
        return out;
    }
    let mut open: Option<usize> = None;
    for &at in first {
        let Some(start) = tokens.get(at).map(|token| token.start) else { continue };
        let rest = text.get(start..).unwrap_or_default();
        let heads = heads(rest);
        // Where no list is open, no heading ends one.
        if !heads && (open.is_none() || !is_heading(rest.lines().next().unwrap_or_default())) {
            continue;
        }
        out.extend(open.take().map(|from| from..at));
        open = heads.then_some(at);
    }
    out.extend(open.map(|from| from..tokens.len()));
    out
}

/// Whether the line that a text starts with says that what follows, in it or below it, is to come.
fn heads(text: &str) -> bool {
    let bare = text.trim_start_matches(MARKS);
    let first = bare.as_bytes().first().map(u8::to_ascii_lowercase);
    HEADS.iter().filter(|known| known.as_bytes().first().copied() == first).any(|known| {
        caseless::starts_with(bare, known) && {
            let behind = bare.get(known.len()..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            let rest = behind.trim_start_matches(|c| c != '*' && MARKS.contains(&c));
            rest.is_empty() || rest.starts_with(['.', ':', '*', '—', '–'])
        }
    })
}

fn is_heading(line: &str) -> bool {
    let line = line.trim_end();
    let label = line.starts_with("**") || line.starts_with('#');
    let capitals = line.split(['.', ':']).next().unwrap_or_default();
    let shouted = capitals.len() > 3
        && capitals.len() < line.len()
        && capitals.chars().any(char::is_alphabetic)
        && !capitals.chars().any(char::is_lowercase);
    let short = line.len() < HEADING
        && !line.ends_with(['.', '!', '?', ';', ','])
        && !line.starts_with(['-', '•', '*']);
    label || shouted || short
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::time::{Reference, timexes, timexes_below};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        // A Friday.
        let found = timexes(text, &Reference::on(Date::constant(2025, 11, 21)));
        let found: Vec<&str> = found.iter().map(|timex| timex.value.as_str()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn weekdays_below_such_a_head_are_the_next_ones() {
        check("**The week ahead**\n\nOn Monday Roe and Doe chair the dialogue.", &["2025-11-24"]);
        check("DIARY. Monday: trade ministers meet.", &["2025-11-24"]);
        check("Coming up\n\n- Tuesday: the council sits.", &["2025-11-25"]);
    }

    #[test]
    fn a_text_headed_by_what_is_to_come_is_such_a_list_but_for_what_looks_back() {
        assert!(!super::announces("Envoys had a week of talks"));
        let title = "The week ahead in trade, 24 to 30 November";
        let text = "Monday. Roe receives Doe in Oslo.\n\nAlso on Tuesday, the council sits.\n\n\
                    On Wednesday Roe flies home; the pact was signed on Monday.\n\n\
                    Last week in a line. On Tuesday Roe lifted a ban.";
        let found = timexes_below(title, text, &Reference::on(Date::constant(2025, 11, 21)));
        let found: Vec<&str> = found.iter().map(|timex| timex.value.as_str()).collect();
        assert_eq!(found, ["2025-11-24", "2025-11-25", "2025-11-26", "2025-11-17", "2025-W46", "2025-11-18"]);
    }

    #[test]
    fn what_stands_elsewhere_is_told_of_the_days_past() {
        check("On Monday Roe and Doe chair the dialogue.", &["2025-11-17"]);
        check("Diary entries were few.\n\nOn Monday Roe met Doe.", &["2025-11-17"]);
        check("**The week ahead**\n\nNothing.\n\n**Numbers**\n\nOn Monday prices fell.", &["2025-11-17"]);
        check("The week ahead:\n\nThe pact that Roe signed on Monday comes up.", &["2025-11-17"]);
    }
}
