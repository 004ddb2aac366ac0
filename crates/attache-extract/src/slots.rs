//! Rates, read part by part: a rate before, a rate after, points taken off, the part that stays.

use crate::event::{Percent, Rate, RateUnit};
use crate::grammar::clause::Range;
use crate::grammar::tag::Word;
use crate::span::Span;
use crate::token::TokenKind;

/// How a percentage stands to its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The rate itself.
    Value,
    /// After "from".
    From,
    /// After "to" or "at".
    To,
    /// After "by".
    By,
    /// What stays in force.
    Retained,
}

/// One percentage in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Percentage {
    pub(crate) words: Range,
    pub(crate) value: Percent,
    pub(crate) unit: RateUnit,
    pub(crate) part: Part,
}

/// The percentages among the words of `range`.
pub(crate) fn percentages(words: &[Word], text: &str, range: Range) -> Vec<Percentage> {
    let mut out: Vec<Percentage> = Vec::new();
    for at in range.0..range.1.min(words.len()) {
        let Some(word) = words.get(at) else { break };
        if word.kind != TokenKind::Number {
            continue;
        }
        let Some((value, rest)) = number(&word.lower) else { continue };
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let (unit, len) = match (rest, lower(at + 1)) {
            ("", "%" | "percent") => match lower(at + 2) {
                "point" | "points" => (RateUnit::PercentagePoints, 3),
                _ => (RateUnit::Percent, 2),
            },
            ("", "per") if lower(at + 2) == "cent" => (RateUnit::Percent, 3),
            ("", "percentage") => (RateUnit::PercentagePoints, 3),
            ("", "point" | "points") => (RateUnit::PercentagePoints, 2),
            ("-percent" | "-per-cent", _) => (RateUnit::Percent, 1),
            ("-percentage-point" | "-point", _) => (RateUnit::PercentagePoints, 1),
            // "10 to 25 percent", "50 or 100%": the sign belongs to both numbers.
            ("", "to" | "or" | "and") if matches!(lower(at + 3), "%" | "percent") => (RateUnit::Percent, 1),
            _ => continue,
        };
        let part = part(words, at);
        let _ = text;
        out.push(Percentage { words: (at, at + len), value, unit, part });
    }
    out
}

fn number(word: &str) -> Option<(Percent, &str)> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(end)?;
    Percent::parse(&digits.replace(',', "")).map(|value| (value, rest))
}

/// What the words before a percentage at `at` say of it.
fn part(words: &[Word], at: usize) -> Part {
    let filler = [
        "the",
        "a",
        "an",
        "current",
        "about",
        "some",
        "as",
        "much",
        "high",
        "an",
        "additional",
        "around",
        "roughly",
        "its",
        "just",
        "only",
        "nearly",
        "still",
        "further",
        "up",
    ];
    let mut before = at;
    while before > 0 && words.get(before - 1).is_some_and(|w| filler.contains(&w.lower.as_str())) {
        before -= 1;
    }
    let word =
        |back: usize| before.checked_sub(back).and_then(|i| words.get(i)).map_or("", |w| w.lower.as_str());
    let retains = (1..=9).any(|back| {
        matches!(word(back), "retain" | "retaining" | "retained" | "remaining" | "keeping" | "leaving")
    });
    match word(1) {
        _ if retains => Part::Retained,
        "from" => Part::From,
        "to" | "at" | "into" => Part::To,
        "by" => Part::By,
        "of" if word(2) == "rate" && matches!(word(4), "to" | "at") => Part::To,
        _ => Part::Value,
    }
}

/// The rate that percentages of one measure give together.
pub(crate) fn rate(items: &[Percentage], words: &[Word], text: &str) -> Option<(Rate, Span)> {
    let first = items.first()?;
    let of = |part: Part| items.iter().find(|i| i.part == part);
    let (from, to, by) = (of(Part::From), of(Part::To), of(Part::By));
    let retained = of(Part::Retained);
    let value = of(Part::Value);
    let mut used: Vec<&Percentage> = Vec::new();
    let mut rate =
        Rate { raw: String::new(), value: None, from: None, to: None, unit: first.unit, retained: None };
    match (from, to, by) {
        (Some(from), Some(to), _) => {
            rate.from = Some(from.value);
            rate.to = Some(to.value);
            used.extend([from, to]);
        }
        (_, Some(to), _) => {
            rate.to = Some(to.value);
            used.push(to);
            if let Some(by) = by {
                rate.value = Some(by.value);
                used.push(by);
            }
        }
        (_, _, Some(by)) => {
            rate.value = Some(by.value);
            rate.unit = RateUnit::PercentagePoints;
            used.push(by);
        }
        _ => {
            if let Some(value) = value.or(from) {
                rate.value = Some(value.value);
                rate.unit = value.unit;
                used.push(value);
            }
        }
    }
    if let Some(retained) = retained {
        rate.retained = Some(retained.value);
        used.push(retained);
    }
    let start = used.iter().map(|i| i.words.0).min()?;
    let end = used.iter().map(|i| i.words.1).max()?;
    let span = Span::new(words.get(start)?.span.start, words.get(end - 1)?.span.end);
    rate.raw = span.of(text)?.to_owned();
    Some((rate, span))
}
