//! Which lines of an article are none of it, by their words.

use super::openings::{OF_DATES, OPENINGS};
use crate::intake::page::dates::{Habits, first};

/// Whether a line is none of the article, by its words.
pub(in crate::intake::page) fn is_noise_line(text: &str, words: usize, linked: usize) -> bool {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let lower = lower.trim_start_matches(['>', '»', '•', '-', '|', ' ', '*', '▶', '►', '→']);
    let opens = OPENINGS.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| {
            let whole = opening.ends_with([' ', ':', '|', '>', '»', '/', '©'])
                || !rest.starts_with(|c: char| c.is_alphanumeric());
            // A word that also begins sentences counts only where nothing like a sentence follows.
            whole
                && (words <= 4 || (words <= 18 && !is_sentence(text)) || (linked * 2 >= words && words <= 30))
        })
    });
    let minutes = words <= 5
        && (lower.ends_with("min read") || lower.ends_with("minute read") || lower.ends_with("minutes read"));
    opens
        || minutes
        || (words <= 40
            && ["all rights reserved", "©", "(c) 20", "copyright 20"].iter().any(|of| lower.contains(of)))
}

/// Whether a line before the text names who wrote it, or is nothing but its date.
pub(in crate::intake::page) fn is_head_line(text: &str, words: usize) -> bool {
    let lower = text.to_lowercase();
    let date = words <= 12
        && lower.chars().any(|c| c.is_ascii_digit())
        && lower
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| OF_DATES.contains(&word));
    let dated = words <= 9
        && !lower.starts_with("for ")
        && first(text, Habits::default()).is_some()
        && !text.ends_with('.');
    date || dated || (words <= 12 && lower.starts_with("by ") && !lower.ends_with('.'))
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '"', '”', ':']) && text.split_whitespace().count() >= 8
}
