//! Chronicles: lines that open with their day, of which some leave out the year. An entry's own
//! words count from its day, not from the day of publication.

use jiff::civil::Date;

use super::Reference;
use super::calendar::add_days;
use super::expression::expression;
use super::grammar::Grammar;
use super::lexicon::{Key, Word};
use super::node::{Core, Parts};
use super::period::Grain;
use super::scan::Token;

/// The tokens of one entry, from its date on, and the day it tells of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) from: usize,
    pub(super) until: usize,
    pub(super) day: Date,
    /// Its last day: "9–10 May".
    pub(super) last: Date,
}

/// Fewer dated lines than this make no chronicle.
const FEWEST: usize = 3;
/// How many days ahead the last entry of a chronicle may lie.
const SOON: i64 = 60;
/// Months between two entries of one order that only the turn of a year explains.
const TURN: i8 = 6;

/// Most signs before the day of an entry: "- **".
const MARKS: usize = 4;

/// A line that opens with a date.
struct Head {
    at: usize,
    parts: Parts,
    /// How many days its last day lies behind its first.
    more: i64,
}

/// The entries of a chronicle that says its years; none in any other text. `first` are the tokens that
/// open a line.
pub(super) fn entries(tokens: &[Token], first: &[usize], reference: &Reference) -> Vec<Entry> {
    let mut heads: Vec<Head> = Vec::new();
    let mut chapter = None;
    for &at in first {
        if let Some(year) = super::chapter_year(tokens, at) {
            chapter = Some(year);
            continue;
        }
        if let Some(mut head) = head(tokens, at, reference) {
            head.parts.year = head.parts.year.or(chapter);
            heads.push(head);
        }
    }
    if heads.len() < FEWEST {
        return Vec::new();
    }
    let today = reference.date.date();
    if heads.iter().all(|head| head.parts.year.is_none()) && !give_years(&mut heads, today) {
        return Vec::new();
    }
    let falls = |pair: &&[Head]| {
        let on = |head: &Head| (head.parts.month, head.parts.day);
        matches!(pair, [a, b] if on(b) < on(a))
    };
    let latest_first = heads.windows(2).filter(falls).count() * 2 > heads.len();
    let mut out: Vec<Entry> = Vec::new();
    let mut last: Option<Date> = None;
    for (number, head) in heads.iter().enumerate() {
        let until = match (heads.get(number + 1), number.checked_sub(1).and_then(|n| heads.get(n))) {
            (Some(next), _) => next.at,
            // The last entry is taken to be as long as the one before.
            (None, before) => {
                let lines = before.map_or(1, |before| lines(tokens, (before.at, head.at)));
                (0..lines).fold(head.at, |at, _| end_of_line(tokens, at))
            }
        };
        let day = day_of(head.parts, last, (latest_first, today));
        if let Some(day) = day {
            out.push(Entry { from: head.at, until, day, last: add_days(day, head.more) });
        }
        last = day.or(last);
    }
    out
}

/// Gives entries without any year theirs: a chronicle ends near the day of publication, and each entry lies
/// before the next. A calendar of days to come and entries in no order get none.
fn give_years(heads: &mut [Head], today: Date) -> bool {
    let on = |head: &Head| (head.parts.month, head.parts.day);
    let falls = heads.windows(2).filter(|pair| matches!(pair, [a, b] if on(b) < on(a))).count();
    let rises = heads.windows(2).filter(|pair| matches!(pair, [a, b] if on(a) < on(b))).count();
    if falls.min(rises) > 1 {
        return false;
    }
    let latest_first = falls > rises;
    if latest_first {
        heads.reverse();
    }
    let soon = add_days(today, SOON);
    let opens = heads.first().and_then(|head| latest(head.parts, soon));
    let told = opens.is_some_and(|day| day < today);
    let mut bound = Some(soon);
    for head in heads.iter_mut().rev().filter(|_| told) {
        let day = bound.and_then(|bound| latest(head.parts, bound));
        head.parts.year = day.map(Date::year);
        bound = day;
    }
    if latest_first {
        heads.reverse();
    }
    told && heads.iter().all(|head| head.parts.year.is_some())
}

/// The latest day that an entry can mean, up to `bound`.
fn latest(parts: Parts, bound: Date) -> Option<Date> {
    let (month, day) = (parts.month?, parts.day.unwrap_or(1));
    let in_year = |year: i16| Date::new(year, month, day).ok().filter(|date| *date <= bound);
    in_year(bound.year()).or_else(|| in_year(bound.year() - 1))
}

/// How many lines a range of tokens covers.
fn lines(tokens: &[Token], (from, to): (usize, usize)) -> usize {
    1 + tokens.iter().take(to).skip(from + 1).filter(|token| token.opens).count()
}

fn opens(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.opens)
}

fn end_of_line(tokens: &[Token], at: usize) -> usize {
    (at + 1..tokens.len()).find(|&next| opens(tokens, next)).unwrap_or(tokens.len())
}

/// The date that a line opens with, set off from what it tells.
fn head(tokens: &[Token], line: usize, reference: &Reference) -> Option<Head> {
    let word = |at: usize| tokens.get(at).map(|token| token.word);
    let mut at = line;
    while at < line + MARKS && matches!(word(at), Some(Word::Sign('-' | '–' | '—' | '•' | '*' | '·')))
    {
        at += 1;
    }
    let grammar = Grammar {
        tokens,
        reference: reference.date,
        published: reference.date.date(),
        told: None,
        named: None,
        run: None,
        agenda: false,
        month: None,
        story: None,
        story_here: false,
        chapter: None,
        last: None,
        year: None,
        depth: 0,
    };
    let found = expression(&grammar, at)?;
    let days = found.days?;
    let more = match days.grain {
        Grain::Range => i64::from((days.last_day() - days.start).get_days()),
        _ => 0,
    };
    let parts = match found.core {
        Core::Parts(parts) => parts,
        // "3–4 May": the entry is of its first day.
        _ if days.grain == Grain::Range => {
            let told = |at: usize| matches!(word(at), Some(Word::Digits { len: 4, .. }));
            let year = (at..found.next).any(told).then(|| days.start.year());
            Parts { year, month: Some(days.start.month()), day: Some(days.start.day()), weekday: None }
        }
        _ => return None,
    };
    let whole = matches!(days.grain, Grain::Day | Grain::Month | Grain::Range);
    // "**6 July.** They meet", "**6 July** – They meet"
    let past_bold = |mut at: usize| {
        while matches!(word(at), Some(Word::Sign('*'))) {
            at += 1;
        }
        at
    };
    let next = past_bold(found.next);
    let set_off = match word(next) {
        Some(Word::Sign(':' | '-' | '–' | '—' | '|' | '\n')) | None => true,
        // "6 July. They meet in Oslo."
        Some(Word::Sign('.')) => {
            days.grain != Grain::Month && tokens.get(past_bold(next + 1)).is_some_and(|next| next.upper)
        }
        _ => opens(tokens, next) || next > found.next,
    };
    (whole && parts.month.is_some() && set_off && word(at) != Some(Word::Key(Key::The))).then_some(Head {
        at,
        parts,
        more,
    })
}

/// The day of an entry: a year left out is that of the entry before, or the one it turns into.
fn day_of(parts: Parts, last: Option<Date>, (latest_first, today): (bool, Date)) -> Option<Date> {
    let (month, day) = (parts.month?, parts.day.unwrap_or(1));
    if let Some(year) = parts.year {
        return Date::new(year, month, day).ok();
    }
    let last = last?;
    let turned = last.month() - month;
    let year = match turned {
        _ if turned >= TURN && !latest_first => last.year() + 1,
        _ if -turned >= TURN && latest_first => last.year() - 1,
        _ => last.year(),
    };
    let told = Date::new(year, month, day).ok()?;
    if told <= today { Some(told) } else { Date::new(year - 1, month, day).ok() }
}
