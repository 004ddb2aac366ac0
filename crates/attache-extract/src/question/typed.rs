//! Questions as people type them: names without capitals, and words one letter off.
//!
//! In goes what was typed, out comes the same text with the names of the lexicons as they are
//! printed. A word is only taken for another where nothing at all was read from it, and the reading
//! says so.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::extractor::Extractor;
use crate::grammar::lower::Lower;
use crate::lexicon::TABLES;
use crate::span::Span;
use crate::token::{TokenKind, capital, tokens};

/// Columns that hold names, by table.
const NAMES: &[(&str, &[&str])] = &[
    ("bodies", &["name", "others"]),
    ("people", &["name", "others", "short"]),
    ("places", &["name", "others"]),
    ("states", &["name", "others", "adjectives", "people", "capitals", "metonyms"]),
    ("topics", &["phrase"]),
];

/// Names that in small letters are words of their own.
const WORDS: &[&str] = &[
    "alphabet",
    "apple",
    "bush",
    "contras",
    "diet",
    "doc",
    "dover",
    "eta",
    "kiwi",
    "kiwis",
    "mac",
    "man",
    "mea",
    "nice",
    "poles",
    "polish",
    "reading",
    "solidarity",
    "split",
    "tyre",
    "us",
    "who",
];

/// Words before "us" that make it a pronoun.
const BEFORE_PRONOUN: &[&str] = &["tell", "give", "show", "let", "help", "remind", "inform", "brief", "for"];

/// The longest name, in tokens.
const LONGEST: usize = 6;

/// The shortest word that may be a misspelt one, in letters.
const SHORTEST: usize = 5;

/// Names as printed by their small letters, and every other word of the tables.
struct Spelling {
    names: BTreeMap<String, String>,
    words: BTreeSet<String>,
    /// Every name of a body, by each of them in small letters.
    bodies: BTreeMap<String, Vec<String>>,
}

/// Every name of the body that goes by `name`; that name alone where the tables have none.
pub(crate) fn body_names(name: &str) -> Vec<String> {
    spelling().bodies.get(&name.to_lowercase()).cloned().unwrap_or_else(|| vec![name.to_owned()])
}

fn spelling() -> &'static Spelling {
    static SPELLING: OnceLock<Spelling> = OnceLock::new();
    SPELLING.get_or_init(|| {
        let mut out = Spelling { names: BTreeMap::new(), words: BTreeSet::new(), bodies: BTreeMap::new() };
        for (file, text) in TABLES {
            let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".csv")).unwrap_or(file);
            let columns = NAMES.iter().find(|(table, _)| *table == stem).map_or(&[][..], |(_, names)| names);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let Ok(header) = reader.headers().cloned() else { continue };
            for record in reader.records().flatten() {
                if stem == "bodies" {
                    out.add_body(&record);
                }
                let company = stem == "bodies" && record.get(3) == Some("company");
                for (column, field) in header.iter().zip(record.iter()) {
                    let text = columns.contains(&column) || matches!(column, "noun" | "form");
                    for part in field.split('|').filter(|part| text && !part.is_empty()) {
                        out.add(part, company);
                    }
                }
            }
        }
        out
    })
}

impl Spelling {
    fn add_body(&mut self, record: &csv::StringRecord) {
        let [name, others] = [0, 1].map(|at| record.get(at).unwrap_or(""));
        let names = || std::iter::once(name).chain(others.split('|')).filter(|name| !name.is_empty());
        for each in names() {
            let held = self.bodies.entry(each.to_lowercase()).or_default();
            held.extend(names().map(str::to_owned));
        }
    }

    fn add(&mut self, phrase: &str, company: bool) {
        let lower = phrase.to_lowercase();
        // "period" is no half of "Pernod Ricard".
        if !company || !lower.contains(' ') {
            self.words.extend(lower.split(' ').map(str::to_owned));
        }
        let name = phrase.chars().any(char::is_uppercase);
        if name && !WORDS.contains(&lower.as_str()) {
            self.names.entry(lower).or_insert_with(|| phrase.to_owned());
        }
    }
}

/// Words behind a bare number that make it a section of the trade laws.
const BEHIND_SECTION: &[&str] = &[
    "action",
    "actions",
    "case",
    "cases",
    "duties",
    "duty",
    "exclusion",
    "exclusions",
    "inquiry",
    "investigation",
    "investigations",
    "list",
    "lists",
    "on",
    "probe",
    "probes",
    "rate",
    "surcharge",
    "tariff",
    "tariffs",
];

/// The text with abbreviations written out: "pharma", "301 tariffs".
pub(super) fn aliases(extractor: &Extractor, text: &str) -> String {
    let found = tokens(text, Span::new(0, text.len()));
    let word = |at: Option<usize>| {
        let span = at.and_then(|at| found.get(at)).map(|token| token.span);
        span.and_then(|span| span.of(text)).unwrap_or("").to_lowercase()
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, token) in found.iter().enumerate() {
        let lower = Lower::new(&word(Some(at)));
        let (before, behind) = (word(at.checked_sub(1)), word(Some(at + 1)));
        let section = extractor.classes.has("ask.code", &lower)
            && !matches!(before.as_str(), "section" | "sections" | "sec" | "s" | "$" | "no" | "article")
            && (BEHIND_SECTION.contains(&behind.as_str()) || matches!(behind.as_str(), "" | "?"));
        let longer = || {
            let mut rows = extractor.classes.starting("ask.alias.");
            rows.find(|(_, phrases)| phrases.has_word(&lower)).map(|(name, _)| name.to_owned())
        };
        let new = if section { Some(format!("Section {}", lower.as_str())) } else { longer() };
        if let Some(new) = new {
            out.push_str(text.get(from..token.span.start).unwrap_or(""));
            out.push_str(&new);
            from = token.span.end;
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}

/// The text with the capitals of the names in it.
pub(super) fn capitalised(text: &str) -> Cow<'_, str> {
    // A question all in capitals has none that mean something.
    let loud = !text.chars().any(char::is_lowercase) && text.split_whitespace().nth(2).is_some();
    let text: Cow<'_, str> = if loud { text.to_lowercase().into() } else { text.into() };
    let found = tokens(&text, Span::new(0, text.len()));
    let names = &spelling().names;
    let mut changes: Vec<(Span, String)> = Vec::new();
    let mut at = 0;
    while let Some(first) = found.get(at) {
        let small = |token: &crate::token::Token| {
            token.span.of(&text).is_some_and(|word| !capital(word)) && token.kind != TokenKind::Sign
        };
        let longest = (1..=LONGEST.min(found.len() - at)).rev().find_map(|count| {
            let last = found.get(at + count - 1)?;
            let span = Span::new(first.span.start, last.span.end);
            let printed = names.get(&span.of(&text)?.to_lowercase())?;
            let any_small = found.get(at..at + count)?.iter().any(small);
            any_small.then(|| (count, span, printed.clone()))
        });
        if let Some((count, span, printed)) = longest {
            changes.push((span, printed));
            at += count;
            continue;
        }
        // "chinas controls": the apostrophe is left out.
        let word = first.span.of(&text).unwrap_or("");
        let owner = word.strip_suffix('s').filter(|_| !capital(word)).and_then(|name| names.get(name));
        if let Some(owner) = owner.filter(|owner| owner.len() >= SHORTEST) {
            changes.push((first.span, format!("{owner}'s")));
        } else if word == "us" {
            let before = at.checked_sub(1).and_then(|i| found.get(i)?.span.of(&text)).unwrap_or("");
            if !BEFORE_PRONOUN.contains(&before.to_lowercase().as_str()) {
                changes.push((first.span, "US".to_owned()));
            }
        }
        at += 1;
    }
    if changes.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, printed) in changes {
        out.push_str(text.get(from..span.start).unwrap_or(""));
        out.push_str(&printed);
        from = span.end;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out.into()
}

/// The words of the lexicons that stand for words nothing was read from, one letter apart.
pub(super) fn mended(extractor: &Extractor, unread: &[String]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for word in unread.iter().flat_map(|words| words.split(' ')) {
        let lower = word.to_lowercase();
        let long = lower.chars().count() >= SHORTEST && lower.chars().all(char::is_alphabetic);
        if !long || extractor.knows(&lower) || spelling().words.contains(&lower) {
            continue;
        }
        let first = lower.chars().next();
        let near: BTreeSet<&str> = spelling()
            .words
            .iter()
            .map(String::as_str)
            .chain(extractor.question_words())
            .filter(|known| known.len().abs_diff(lower.len()) <= 1 && known.chars().count() >= SHORTEST)
            .filter(|known| known.chars().next() == first && strsim::osa_distance(known, &lower) == 1)
            .collect();
        if let [only] = near.into_iter().collect::<Vec<_>>().as_slice() {
            out.push((word.to_owned(), (*only).to_owned()));
        }
    }
    out
}

/// The text with words put in place of others.
pub(super) fn replaced(text: &str, words: &[(String, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for token in tokens(text, Span::new(0, text.len())) {
        let word = token.span.of(text).unwrap_or("");
        if let Some((_, new)) = words.iter().find(|(old, _)| old.to_lowercase() == word.to_lowercase()) {
            out.push_str(text.get(from..token.span.start).unwrap_or(""));
            out.push_str(new);
            from = token.span.end;
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(capitalised(typed), expected);
    }

    #[test]
    fn names_get_their_capitals() {
        check("who met he lifeng in kuala lumpur", "who met He Lifeng in Kuala Lumpur");
        check("us tariffs on japanese cars", "US tariffs on Japanese cars");
        check("tell us who he met", "tell us who he met");
        check("section 301 and china's answer", "Section 301 and China's answer");
        check("WHEN DID RUBIO MEET WANG YI", "when did Rubio meet Wang Yi");
        check("Who met Rubio?", "Who met Rubio?");
    }

    #[test]
    fn a_word_one_letter_off_is_taken_for_the_one_near() {
        let mended = |word: &str| super::mended(Extractor::builtin(), &[word.to_owned()]);
        assert_eq!(mended("retalliation"), [("retalliation".to_owned(), "retaliation".to_owned())]);
        assert_eq!(mended("besent"), [("besent".to_owned(), "bessent".to_owned())]);
        assert!(mended("court").is_empty());
        assert!(mended("weather").is_empty());
    }
}
