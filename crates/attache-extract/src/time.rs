//! Expressions of time in a text, placed on the calendar from the publication date.
//!
//! In goes a text and a [`Reference`], out come [`Timex`]es in text order that do not overlap. A
//! hash look-up finds the words that can start an expression, a hand-written grammar reads on from
//! there through a bounded number of tokens, and the resolver fills in what the text leaves open:
//!
//! - a bare weekday is the latest one, the publication day included, or the next one where the
//!   clause points ahead ("will", "until", "scheduled");
//! - a day without a year is the nearest, a month without a year the latest that has begun, a
//!   numbered quarter without a year the latest that is over; each the next where the clause points
//!   ahead;
//! - "the following day" and "a day earlier" count from the day told last in the same paragraph.
//!
//! This module does not know what happened, only when; which expression belongs to which event is
//! for later stages. Days are local calendar days: no text names the zone of its dates.

mod agenda;
mod calendar;
mod chronicle;
mod context;
mod expression;
mod grammar;
mod lexicon;
mod node;
mod period;
mod reading;
mod resolve;
mod scan;

use jiff::civil::{Date, DateTime};

pub use context::Relation;
pub use node::Modifier;
pub use period::Grain;

use crate::span::Span;
use expression::Found;
use grammar::Grammar;
use lexicon::{Feast, Key, Word};
use node::{Core, Count};
use scan::Token;

/// What relative expressions count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Local time of publication; midnight where only the day is known.
    pub date: DateTime,
}

impl Reference {
    /// A publication day whose clock time is not known.
    #[must_use]
    pub fn on(day: Date) -> Self {
        Self { date: day.at(0, 0, 0, 0) }
    }
}

/// The TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexKind {
    /// A calendar date of any size.
    Date,
    /// A time of day, or a date with one.
    Time,
    /// A length of time.
    Duration,
    /// A recurrence.
    Set,
}

impl TimexKind {
    /// The type as TIMEX3 writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// Which parts of a date the text leaves to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Implied {
    /// The year is not in the text.
    pub year: bool,
    /// The month is not in the text.
    pub month: bool,
    /// The day of the month is not in the text.
    pub day: bool,
}

/// One expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands, without the preposition before it.
    pub span: Span,
    /// Its TIMEX3 type.
    pub kind: TimexKind,
    /// Its TIMEX3 value; a range is written `first/last`.
    pub value: String,
    /// The local time it may cover, half-open, mostly as large as the unit it names: "late July"
    /// covers July, "the end of July" its second half.
    /// A duration has one only where the text anchors it ("the last three months").
    pub interval: Option<(DateTime, DateTime)>,
    /// The unit it names.
    pub grain: Grain,
    /// "early", "late", "the end of" and their like.
    pub modifier: Option<Modifier>,
    /// How it bears on what it dates.
    pub relation: Relation,
    /// Minutes east of UTC, only where the text names the zone.
    pub zone: Option<i16>,
    /// What the text leaves open.
    pub implied: Implied,
    /// The days meant, both included, narrowed by the modifier.
    days: Option<(Date, Date)>,
    /// The unit's own first and last day.
    whole: Option<(Date, Date)>,
    count: Option<(Count, lexicon::Unit)>,
    clock: Option<jiff::civil::Time>,
    published: Date,
    /// A time of day without a word of the day.
    bare_clock: bool,
    /// Where the clause decides: the readings that point back and ahead.
    sides: Option<(period::Period, period::Period)>,
}

/// How many days before its publication the occasion of a text lies at most.
const RECENT: i64 = 7;

/// How many tokens after a day "the following day" may still count from it.
const MEMORY: usize = 80;

/// Most days that are told in one breath.
const RUN: i64 = 14;

/// How many tokens may stand before the day of a dateline.
const DATELINE: usize = 12;

/// The expressions of time in `text`, in text order, none overlapping another.
///
/// Never fails, takes time in proportion to the text, and gives the same for the same input.
#[must_use]
pub fn timexes(text: &str, reference: &Reference) -> Vec<Timex> {
    timexes_below("", text, reference)
}

/// The same for the text below a headline: under "The week ahead" a weekday is the next one.
#[must_use]
pub(crate) fn timexes_below(title: &str, text: &str, reference: &Reference) -> Vec<Timex> {
    let (tokens, lines) = scan::scan(text);
    let mut out = Vec::new();
    let mut told: Option<(usize, Date)> = None;
    let mut story: Option<(usize, Date)> = None;
    let mut month: Option<(usize, Date)> = None;
    let mut year: Option<(usize, i16)> = None;
    let mut last: Option<(usize, Date)> = None;
    let mut past: Option<(usize, Date)> = None;
    let mut named: Option<(usize, Date)> = None;
    let mut run: Option<(usize, Date, Date)> = None;
    let mut occasion: Option<Date> = None;
    // Whether the day told last is simply that of what happened.
    let mut plain = true;
    // Where the sentence begins.
    let mut begins = 0;
    let mut at = 0;
    let mut chapter = chapter_year(&tokens, at);
    let entries = chronicle::entries(&tokens, &lines, reference);
    let agendas = agenda::agendas(text, &tokens, &lines, agenda::announces(title));
    let mut next_entry = entries.iter().peekable();
    let mut entry: Option<&chronicle::Entry> = None;
    while let Some(token) = tokens.get(at) {
        if idle(&tokens, at, token.word) {
            at += 1;
            continue;
        }
        if let Word::Sign(sign) = token.word {
            if sign == '\n' {
                // "Then, on March 8": the story goes on.
                story = story.filter(|_| goes_on(&tokens, at + 1));
                (told, past, month, named, run) = (None, None, None, None, None);
                let headed = tokens.get(at + 1).is_some_and(|token| token.word == Word::Sign('#'));
                chapter = chapter_year(&tokens, at + 1).or(chapter.filter(|_| !headed));
            }
            if context::ends_sentence(&tokens, at) {
                begins = at + 1;
            }
        }
        if !may_start(token.word) {
            at += 1;
            continue;
        }
        while let Some(begun) = next_entry.next_if(|entry| entry.from <= at) {
            entry = Some(begun);
            (told, past, month, story) = (None, None, None, Some((at, begun.day)));
            (named, run) = (None, None);
        }
        entry = entry.filter(|entry| at < entry.until);
        // "He signed it on Thursday, to apply from March 23. A day later he called": behind Thursday.
        let ahead = || context::direction(&tokens, at).ahead();
        let near =
            told.filter(|(_, day)| *day <= reference.date.date() || past.is_none() || ahead()).or(past);
        let near = near.filter(|(seen, _)| at - seen < MEMORY).map(|(_, day)| day);
        let day = entry.map(|entry| entry.last.at(0, 0, 0, 0));
        let grammar = Grammar {
            tokens: &tokens,
            reference: day.unwrap_or(reference.date),
            published: reference.date.date(),
            told: near,
            named: named
                .filter(|(seen, _)| at - seen < MEMORY && near.is_some())
                .map(|(seen, day)| (day, seen >= begins)),
            run: run.filter(|(seen, ..)| at - seen < MEMORY).map(|(_, first, last)| (first, last)),
            agenda: agendas.iter().any(|lines| lines.contains(&at)),
            month: month.filter(|(seen, _)| at - seen < MEMORY).map(|(_, day)| day),
            story: story.filter(|(seen, _)| at - seen < MEMORY).map(|(_, day)| day),
            story_here: story.is_some_and(|(seen, _)| seen >= begins),
            // "Earlier on the same day", far behind any other day: that of the occasion the text opens with.
            last: last
                .filter(|(seen, _)| at - seen < MEMORY || occasion.is_none() && at - seen < LONG_MEMORY)
                .map(|(_, day)| day)
                .or(occasion),
            year: year.filter(|(seen, _)| at - seen < LONG_MEMORY).map(|(_, year)| year),
            chapter: chapter.filter(|year| *year < reference.date.year() && entry.is_none()),
            depth: 0,
        };
        let Some(found) = expression::expression(&grammar, at) else {
            at += 1;
            continue;
        };
        // "at midnight" tells no day.
        let exact = |days: &period::Period| matches!(days.grain, Grain::Day | Grain::Range);
        // "the fees it had charged since May 4": no day that the text has come to.
        // "recalled the statement of August 21": nor one that only tells which paper is meant.
        let of = || matches!(grammar.before(at), Word::Key(Key::Of)) && !new_paper(&tokens, at, begins);
        let relation = context::relation(&tokens, at);
        let here = told.filter(|(seen, _)| *seen >= begins && plain);
        // "In a letter dated July 9 it threatened 50% from August 1. Six days later": nor one of what is threatened.
        let term = here.is_some()
            && matches!(relation, Relation::From | Relation::By | Relation::Until | Relation::For);
        let behind = told.is_some() && (relation == Relation::Since || of())
            || term && found.days.is_some_and(|days| days.grain == Grain::Day);
        // "It has been charged since May 4. On that day"
        if relation == Relation::Since
            && here.is_none()
            && let Some(days) = found.days.filter(|days| days.grain == Grain::Day)
        {
            named = Some((at, days.start));
        }
        // "LIMA, July 2 — …": the day of the report, of nothing in it.
        let dateline = at < DATELINE
            && matches!(
                tokens.get(found.next).map(|next| next.word),
                Some(Word::Sign('—' | '–' | '-' | '('))
            )
            && found.days.is_some_and(|days| days.start == reference.date.date());
        if let Some(days) = found.days.filter(|days| exact(days) && !found.bare_clock && !behind && !dateline)
        {
            let (first, end) = (days.start, days.last_day());
            let both =
                here.map(|(_, day)| day).filter(|day| *day < first && first <= calendar::add_days(*day, RUN));
            if first < end && end <= calendar::add_days(first, RUN) {
                run = Some((at, first, end));
            } else if let Some(day) = both {
                run = Some((at, day, end));
            }
            (told, month, named) = (Some((at, first)), None, Some((at, first)));
            plain = relation == Relation::At;
            // "the same day", paragraphs later, is no day still to come.
            if days.start <= reference.date.date() {
                let recent = calendar::add_days(reference.date.date(), -RECENT) <= days.start;
                occasion = occasion.or((last.is_none() && recent).then_some(days.start));
                (last, past) = (told, told);
            }
        }
        // "The September levy" only names its month.
        let named =
            at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.word == Word::Key(Key::The))
                && tokens.get(found.next).is_some_and(|next| next.word == Word::Other && !next.upper);
        if let Some(days) = found.days.filter(|days| days.grain == Grain::Month && !named) {
            month = Some((at, days.start));
        }
        if let Some(days) = found.days.filter(|_| names_year(&tokens, &found)) {
            let since = relation == Relation::Since;
            // "the first such talk since 2016": no year that the story has come to. "Since May 4, 2020" tells one.
            if !since || days.grain <= Grain::Month {
                year = Some((at, days.start.year()));
            }
            if !since {
                let exact = days.grain <= Grain::Month || found.ends.is_some();
                // "an exception to the ban of January 2020": which ban it is.
                if !of() {
                    story = (exact && days.start.year() < reference.date.year()).then_some((at, days.start));
                }
            }
        }
        let next = found.next.max(at + 1);
        if let Some(timex) = build(&grammar, &found, at, relation) {
            out.push(timex);
        }
        at = next;
    }
    out
}

/// Whether a word as printed is the name of a month, in full or with its full stop: "May", "Sept."
pub(crate) fn is_month(word: &str) -> bool {
    matches!(printed(word), Word::Month { short, .. } if short == word.ends_with('.'))
}

/// Whether a time as printed tells its year: "May 3, 2025", not "May 3".
pub(crate) fn prints_year(time: &str) -> bool {
    time.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// Whether a word as printed is the name of a weekday.
pub(crate) fn is_weekday(word: &str) -> bool {
    matches!(printed(word), Word::Weekday { plural: false, .. })
}

/// The names of months and weekdays in lower case, each with and without a full stop.
pub(crate) fn calendar_words() -> impl Iterator<Item = String> {
    lexicon::calendar_words().flat_map(|word| [word.to_owned(), format!("{word}.")])
}

fn printed(word: &str) -> Word {
    let letters = word.strip_suffix('.').unwrap_or(word).as_bytes();
    let name = letters.first().is_some_and(u8::is_ascii_uppercase)
        && letters.iter().skip(1).all(u8::is_ascii_lowercase);
    if name { lexicon::Lexicon::new().word(letters) } else { Word::Other }
}

/// The year of a paragraph that is nothing but a year, or a month and a year, or opens with one that is set off:
/// "**2022** In June", "2022: in June". Signs of a heading may stand around.
fn chapter_year(tokens: &[Token], at: usize) -> Option<i16> {
    let word = |at: usize| tokens.get(at).map_or(Word::Sign('\n'), |token| token.word);
    let past_signs = |from: usize| {
        let marks = (from..from + HEADING_SIGNS)
            .take_while(|&at| matches!(word(at), Word::Sign('#' | '*' | '=' | '_')));
        from + marks.count()
    };
    let first = past_signs(at);
    let from = if matches!(word(first), Word::Month { .. }) { first + 1 } else { first };
    let Word::Digits { value: value @ 1900..=2100, len: 4 } = word(from) else { return None };
    let (behind, marked) = (past_signs(from + 1), first > at);
    // Marks of a list open no chapter by themselves: "* 2022 was a good year".
    let set_off = match word(behind) {
        Word::Sign('\n' | ':' | '–' | '—') => true,
        _ => marked && behind > from + 1,
    };
    set_off.then(|| i16::try_from(value).ok())?
}

/// Most signs that mark a heading: "######".
const HEADING_SIGNS: usize = 6;

/// "A letter of July 12 spoke of 30%": of a paper that is told first, which the sentence begins with.
fn new_paper(tokens: &[Token], at: usize, begins: usize) -> bool {
    let article = |from: usize| tokens.get(from).is_some_and(|token| token.word == Word::Key(Key::A));
    (begins..begins + 2).any(|from| article(from) && (from + 3..=from + 4).contains(&at))
}

/// Whether the sentence at token `at` begins with "Then, on".
fn goes_on(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map(|token| token.word);
    let comma = usize::from(word(at + 1) == Some(Word::Sign(',')));
    word(at) == Some(Word::Key(Key::Then))
        && matches!(word(at + 1 + comma), Some(Word::Key(Key::On | Key::In)))
}

/// How many tokens after a year "that year" may still mean it.
const LONG_MEMORY: usize = 400;

/// Whether the year is told, here or in the story this goes on with.
fn names_year(tokens: &[Token], found: &Found) -> bool {
    let last = found.next.checked_sub(1).and_then(|last| tokens.get(last)).map(|token| token.word);
    match found.core {
        Core::Parts(parts) => parts.year.is_some(),
        Core::Period(period) => {
            let year = period.grain == Grain::Year || found.ends.is_some();
            // "New Year's Day 2021"
            year || matches!(last, Some(Word::Digits { value, len: 4 }) if i64::from(value) == i64::from(period.start.year()))
        }
        _ => false,
    }
}

/// Whether no expression starts at a word, by the next one alone: articles, "this", "all" and "new" say
/// nothing before a word that is none of the grammar's, an apostrophe nothing but before digits, and a
/// percentage is no time.
fn idle(tokens: &[Token], at: usize, word: Word) -> bool {
    let next = || tokens.get(at + 1).map(|next| next.word);
    match word {
        Word::Other => true,
        Word::Key(Key::The | Key::A | Key::All | Key::Feast(Feast::NewYear)) => next() == Some(Word::Other),
        Word::Shift(_) => matches!(next(), Some(Word::Other | Word::Sign(_) | Word::Future | Word::Past)),
        Word::Sign('\'' | '’') => !matches!(next(), Some(Word::Digits { .. })),
        Word::Digits { len: ..=3, .. } => matches!(next(), Some(Word::Sign('%') | Word::Key(Key::Percent))),
        _ => false,
    }
}

/// Whether an expression can start with this word.
const fn may_start(word: Word) -> bool {
    match word {
        Word::Other | Word::Sign('\'' | '’') => matches!(word, Word::Sign(_)),
        Word::Sign(_) | Word::Future | Word::Past => false,
        Word::Key(key) => matches!(
            key,
            Key::The
                | Key::A
                | Key::Few
                | Key::Couple
                | Key::Half
                | Key::Each
                | Key::Once
                | Key::Per
                | Key::Early
                | Key::Late
                | Key::Mid
                | Key::Beginning
                | Key::Start
                | Key::End
                | Key::Rest
                | Key::Earlier
                | Key::Later
                | Key::Today
                | Key::Tonight
                | Key::Yesterday
                | Key::Tomorrow
                | Key::Present
                | Key::Recent
                | Key::Soon
                | Key::Nowness
                | Key::Q
                | Key::H
                | Key::Fy
                | Key::Fiscal
                | Key::Calendar
                | Key::Noon
                | Key::Midnight
                | Key::Another
                | Key::All
                | Key::Semi
                | Key::Bi
                | Key::Brief(_)
                | Key::Tens(_)
                | Key::Feast(_)
        ),
        _ => true,
    }
}

fn span(tokens: &[Token], at: usize, next: usize) -> Option<Span> {
    Some(Span::new(tokens.get(at)?.start, tokens.get(next.checked_sub(1)?)?.end))
}

fn build(grammar: &Grammar<'_>, found: &Found, at: usize, relation: Relation) -> Option<Timex> {
    let span = span(grammar.tokens, at, found.next)?;
    let published = grammar.today();
    let mut timex = Timex {
        span,
        kind: TimexKind::Date,
        value: String::new(),
        interval: None,
        grain: Grain::Range,
        modifier: found.modifier,
        relation,
        zone: None,
        implied: Implied::default(),
        days: None,
        whole: None,
        count: None,
        clock: None,
        published,
        bare_clock: found.bare_clock,
        sides: None,
    };
    match found.core {
        Core::Bad => return None,
        Core::Vague(value) => {
            timex.value = value.to_owned();
            if value == "PRESENT_REF" {
                let today = period::Period::day(published);
                timex.interval = Some((today.start.at(0, 0, 0, 0), today.end.at(0, 0, 0, 0)));
            }
        }
        Core::Every(count, unit) => {
            timex.kind = TimexKind::Set;
            timex.value = resolve::length_value(count, unit);
        }
        Core::EveryWeekday(day) => {
            timex.kind = TimexKind::Set;
            timex.value = format!("XXXX-WXX-{day}");
        }
        Core::Length(count, unit, covered) => {
            timex.kind = TimexKind::Duration;
            timex.value = resolve::length_value(count, unit);
            timex.count = Some((count, unit));
            if let Some(covered) = covered {
                reading::place(&mut timex, &covered);
            }
        }
        Core::Sum(parts) => {
            timex.kind = TimexKind::Duration;
            timex.value = resolve::sum_value(&parts);
        }
        Core::Parts(_) | Core::Quarter { .. } | Core::Period(_) => {
            let days = found.days?;
            let deadline = timex.relation == Relation::By && timex.modifier == Some(Modifier::End);
            timex.value = match &found.ends {
                Some((first, last)) => format!("{}/{}", first.value(), last.value()),
                None if deadline => days.last_day().to_string(),
                None => days.value(),
            };
            reading::place(&mut timex, &days);
            timex.implied = reading::implied(&found.core);
            let side = |direction| resolve::period(found.core, published, || direction);
            timex.sides = side(context::Direction::Back)
                .zip(side(context::Direction::Future))
                .filter(|(back, ahead)| back != ahead && found.ends.is_none() && !grammar.agenda);
            if let Some(clock) = found.clock {
                reading::set_clock(&mut timex, clock, days.start);
            }
        }
    }
    Some(timex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = timexes(text, &Reference::on(Date::constant(2026, 2, 20)));
        let values: Vec<&str> = found.iter().map(|t| t.value.as_str()).collect();
        assert_eq!(values, expected, "{text:?}");
    }

    #[test]
    fn an_entry_of_a_chronicle_counts_from_its_own_day() {
        let dated = "March 8, 2018: A duty.\n\nApril 2: An answer. The next day, a list.\n\n";
        let days = ["2018-03-08", "2018-04-02", "2018-04-03"];
        let with = |more: &[&'static str]| [&days, more].concat();
        check(
            &format!("{dated}Sept 17: A duty, effective September 24."),
            &with(&["2018-09-17", "2018-09-24"]),
        );
        check(&format!("{dated}Feb 4: A cut."), &with(&["2018-02-04"]));
        check(&format!("{dated}Dec 15: A truce.\n\nFeb 4: A cut."), &with(&["2018-12-15", "2019-02-04"]));
    }

    #[test]
    fn a_chronicle_takes_its_years_from_headings_and_its_days_from_lists() {
        let text = "## 2019\n\n* 3–4 May. Talks in Lima. A paper followed on the 9th.\n\n* 2 June. A visit. \
                    The May levy was cut on the same day.\n\n## 2021\n\n* 7 July. They met. Four days afterwards \
                    the pact was signed.\n";
        let found = timexes(text, &Reference::on(Date::constant(2023, 1, 20)));
        let days: Vec<String> = found.iter().map(|t| t.value.clone()).collect();
        for day in ["2019-05-03/2019-05-04", "2019-05-09", "2019-06-02", "2021-07-07", "2021-07-11"] {
            assert!(days.iter().any(|value| value == day), "{day} in {days:?}");
        }
        assert_eq!(days.iter().filter(|value| *value == "2019-06-02").count(), 2, "{days:?}");
    }

    #[test]
    fn a_chronicle_without_years_ends_near_the_day_of_publication() {
        check(
            "Sept. 15: A duty.\n\nDec. 3: A talk.\n\nFeb. 2: A cut.",
            &["2025-09-15", "2025-12-03", "2026-02-02"],
        );
        check(
            "Feb. 28: A duty.\n\nMarch 3: A talk.\n\nAug. 2: A cut.",
            &["2026-02-28", "2026-03-03", "2026-08-02"],
        );
    }

    #[test]
    fn a_day_later_counts_from_what_has_happened() {
        check(
            "He signed it on Thursday, to apply from March 23. A day later he called.",
            &["2026-02-19", "2026-03-23", "2026-02-20"],
        );
        check("He spoke on May 3, 2025. The next morning he left.", &["2025-05-03", "2025-05-04TMO"]);
    }

    #[test]
    fn days_later_count_from_what_was_done_not_from_when_it_starts() {
        check(
            "In a letter dated January 9 it threatened 50% from February 1. Six days later it began an inquiry.",
            &["2026-01-09", "2026-02-01", "2026-01-15"],
        );
        check("It has been charged since February 4. On that day it was new.", &["2026-02-04", "2026-02-04"]);
        check(
            "On Monday it dropped the fee. The toll has run since February 4. The same day it rained.",
            &["2026-02-16", "2026-02-04", "2026-02-16"],
        );
    }

    #[test]
    fn one_of_several_days_told_together() {
        check(
            "They met on January 18 and 19. On the second of those days it was signed.",
            &["2026-01-18/2026-01-19", "2026-01-19"],
        );
        check(
            "He was in Lima from January 5 to 8 and left on the last day.",
            &["2026-01-05/2026-01-08", "2026-01-08"],
        );
        check("on the last day of January", &["2026-01-31"]);
    }

    #[test]
    fn weeks_before_a_weekday() {
        check("A week ago Friday it rose.", &["2026-02-13"]);
        check("He said two weeks ago on Monday that it rose.", &["2026-02-02"]);
        check("A week ago it rose.", &["2026-W07"]);
    }

    #[test]
    fn bold_days_and_days_of_a_month_told() {
        check("**7 January 2026.** They met.", &["2026-01-07"]);
        check("Roe went in December. On the 16th the two met.", &["2025-12", "2025-12-16"]);
        check("In June 1930 it rose. Roe had not waited: in May it fell.", &["1930-06", "1930-05"]);
        check("In June 2025 it rose. Roe had not waited: in January it fell.", &["2025-06", "2025-01"]);
    }

    #[test]
    fn a_paragraph_that_opens_with_a_year_is_of_that_year() {
        for opens in ["**2022** ", "2022: ", "2022 – ", "## 2022\n\n"] {
            check(
                &format!("{opens}On April 15 Oslo closed it. On Monday Bern did. By Easter it fell."),
                &["2022-04-15", "2022-04-18", "2022-04-17"],
            );
            check(
                &format!("{opens}In the first quarter it rose. In the summer it fell."),
                &["2022-Q1", "2022-SU"],
            );
            check(
                &format!("{opens}In April it fell.\n\n## What next\n\nIn May it rose."),
                &["2022-04", "2025-05"],
            );
        }
        check("* 2022 was dear. In April it fell.", &["2025-04"]);
    }

    #[test]
    fn seasons_of_a_story() {
        check("In June 2022 it rose. That autumn it fell.", &["2022-06", "2022-FA"]);
        check("In June 2022 it rose. The following spring it fell.", &["2022-06", "2023-SP"]);
        check("In January 2022 it rose. That winter was cold.", &["2022-01", "2021-WI"]);
        check("The following autumn it will fall. That spring was cold.", &["2026-FA"]);
    }

    #[test]
    fn what_is_told_lends_its_day() {
        check("On July 6, 2018, it began. Ten days after that it grew.", &["2018-07-06", "2018-07-16"]);
        check(
            "On May 3, 2025, he dropped what he had charged since April 2, 2025. The same day he left.",
            &["2025-05-03", "2025-04-02", "2025-05-03"],
        );
        check("In January 2018 it began. Two months later it grew.", &["2018-01", "2018-03"]);
        check("On May 3, 2025, he spoke. The next day he left.", &["2025-05-03", "2025-05-04"]);
    }

    #[test]
    fn a_story_goes_on_from_the_month_and_year_it_has_come_to() {
        check("In November 2020 it began. The following March it grew.", &["2020-11", "2021-03"]);
        check(
            "In May 2022 it met him, the first since 2016. That June it fell.",
            &["2022-05", "2016", "2022-06"],
        );
        check("It ended on New Year's Day 2021. On March 4 it began again.", &["2021-01-01", "2021-03-04"]);
        check(
            "On October 18, 2019 it began. On March 18 of the next year it grew.",
            &["2019-10-18", "2020-03-18"],
        );
        check("The following March it will grow.", &["2026-03"]);
    }

    #[test]
    fn a_rank_behind_a_weekday_is_no_date() {
        check("They met on Monday, the first time since 2018.", &["2026-02-16", "2018"]);
    }

    #[test]
    fn a_verb_of_no_list_tells_by_its_end() {
        check("On Tuesday Peru served notice that it would not give in.", &["2026-02-17"]);
        check(
            "The ministry instructed its officers on Tuesday to prepare what will follow.",
            &["2026-02-17"],
        );
        check("On Tuesday the increased duty will apply.", &["2026-02-24"]);
    }

    #[test]
    fn then_goes_on_with_the_story_of_the_paragraph_before() {
        let met = "On March 4, 2025, a duty came into force. That was not the end.\n\n";
        check(&format!("{met}Then, on March 8, an answer came."), &["2025-03-04", "2025-03-08"]);
        check(&format!("{met}On February 8 an answer came."), &["2025-03-04", "2026-02-08"]);
    }

    #[test]
    fn what_a_noun_is_of_is_no_time_that_a_story_has_come_to() {
        check(
            "It is an exception to the ban of January 2020. Oslo shelves until September what was to start.",
            &["2020-01", "2026-09"],
        );
    }

    #[test]
    fn days_later_count_from_a_paper_that_the_sentence_begins_with() {
        check(
            "A letter of July 12, 2025, spoke of 30% from August 1. Fifteen days later they shook hands.",
            &["2025-07-12", "2025-08-01", "2025-07-27"],
        );
    }

    #[test]
    fn a_timetable_looks_ahead() {
        check("The duty takes effect on Tuesday.", &["2026-02-24"]);
        check("The duty took effect on Tuesday.", &["2026-02-17"]);
        check("The minister leaves for Oslo on Tuesday.", &["2026-02-24"]);
        check("The round will be held in the second week of January.", &["2027-W02"]);
        check("The round was held in the second week of January.", &["2026-W02"]);
    }
}
