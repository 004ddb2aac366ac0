//! Where sentences end.
//!
//! In goes a stretch of running text, out come the ranges of its sentences. A full stop ends a
//! sentence unless it belongs to an abbreviation, an initial or a number; closing quotes and
//! brackets stay with the sentence they close.

use crate::grammar::lower::{Lower, every_byte};
use crate::span::Span;
use crate::token::{Token, tokens};

/// One sentence and its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Byte range, without surrounding space.
    pub span: Span,
    /// Words, numbers and signs in order.
    pub tokens: Vec<Token>,
    /// Index of the block it stands in.
    pub block: usize,
    /// The tokens in lower case.
    pub(crate) lower: Vec<Lower>,
}

impl Sentence {
    /// The sentence at `span` of `text`, in the block with this index; `small` is the text with its ASCII
    /// letters made small.
    pub(crate) fn read(text: &str, small: &str, span: Span, block: usize) -> Self {
        let tokens = tokens(text, span);
        let lower = tokens.iter().map(|t| Lower::at(small, t.span)).collect();
        Self { span, tokens, block, lower }
    }
}

/// How an abbreviation behaves at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A title or the like: what follows belongs to it.
    Never,
    /// Only where no number follows.
    BeforeNumber,
    /// May end a sentence: what follows decides.
    May,
}

/// What kind of abbreviation `word`, written without its last full stop, is.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > 12 || word.is_empty() {
        return None;
    }
    let mut chars = word.chars();
    if word.contains('.') {
        let initials =
            word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        return initials.then_some(Abbreviation::May);
    }
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return only.is_uppercase().then_some(Abbreviation::Never);
    }
    let kind = match word {
        "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "Sen" | "Rep" | "Gov" | "Gen" | "Lt" | "Col" | "Sgt"
        | "Capt" | "Maj" | "St" | "Hon" | "Amb" | "Rev" | "vs" | "v" | "Cf" | "cf" | "approx" | "Messrs"
        | "Adm" | "Sect" | "Eng" | "Ir" | "Smt" => Abbreviation::Never,
        "No" | "Nos" | "no" | "Art" | "Sec" | "Fig" | "Vol" | "pp" | "Jan" | "Feb" | "Mar" | "Apr"
        | "Jun" | "Jul" | "Aug" | "Sep" | "Sept" | "Oct" | "Nov" | "Dec" | "Ch" | "para" | "cl" => {
            Abbreviation::BeforeNumber
        }
        "Inc" | "Corp" | "Co" | "Ltd" | "Jr" | "Sr" | "etc" | "Bros" | "Ave" | "Blvd" | "Pty" | "Plc"
        | "est" => Abbreviation::May,
        _ => return None,
    };
    Some(kind)
}

/// Words that start a sentence far more often than they follow an abbreviation.
const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "On",
    "It",
    "He",
    "She",
    "They",
    "We",
    "But",
    "And",
    "However",
    "This",
    "That",
    "These",
    "Those",
    "If",
    "As",
    "At",
    "For",
    "By",
    "There",
    "When",
    "While",
    "After",
    "Before",
    "Its",
    "His",
    "Her",
    "Their",
    "Some",
    "Last",
    "Earlier",
    "Both",
    "Also",
    "Under",
    "Since",
    "Although",
    "According",
    "Asked",
    "What",
    "No",
];

const fn closes(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '›')
}

const fn opens(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '–' | '—' | '-' | '`' | '$' | '#')
}

/// Few sentences are shorter, in bytes.
pub(crate) const SHORT: usize = 80;

/// The ranges of the sentences in `within`, in order.
#[must_use]
pub fn sentences(text: &str, within: Span) -> Vec<Span> {
    let Some(part) = within.of(text) else { return Vec::new() };
    let mut out = Vec::with_capacity(part.len() / SHORT + 1);
    let mut start = 0;
    let mut from = 0;
    while let Some((at, c)) = next_stop(part, from) {
        let mut end = at + c.len_utf8();
        let mut closed = false;
        for next in part.get(end..).unwrap_or("").chars() {
            if !(closes(next) || matches!(next, '.' | '!' | '?' | '…')) {
                break;
            }
            closed |= closes(next);
            end += next.len_utf8();
        }
        if let Some(len) = detached_close(part.get(end..).unwrap_or("")) {
            end += len;
            closed = true;
        }
        from = end;
        if !(ends(part, start, at, c, end, closed) || matches!(c, '。' | '！' | '？')) {
            continue;
        }
        push(&mut out, text, within.start, start, end);
        start = end;
    }
    push(&mut out, text, within.start, start, part.len());
    out
}

/// Whether signs which may end a sentence start with a byte; of those beyond ASCII there are three.
const fn may_stop(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xe2 | 0xe3 | 0xef)
}

/// The first byte from `from` on that may start a sign which ends a sentence; eight are passed over
/// in one step.
fn stop_byte(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(part) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let part = u64::from_be_bytes(*part);
        // The high bit of a byte stays clear where it is below 0x80 and none of the three signs: a sum
        // carries into no other byte.
        let differs = |sign: u8| ((part ^ every_byte(sign)) & every_byte(0x7f)) + every_byte(0x7f);
        let plain = differs(b'.') & differs(b'!') & differs(b'?') & !part & every_byte(0x80);
        let other = plain ^ every_byte(0x80);
        if other != 0 {
            at += other.leading_zeros() as usize / 8;
            if bytes.get(at).is_some_and(|&byte| may_stop(byte)) {
                return Some(at);
            }
            at += 1;
        } else {
            at += 8;
        }
    }
    bytes.get(at..)?.iter().position(|&byte| may_stop(byte)).map(|ahead| at + ahead)
}

/// The next sign from byte `from` on that may end a sentence.
fn next_stop(part: &str, from: usize) -> Option<(usize, char)> {
    let mut at = from;
    loop {
        at = stop_byte(part.as_bytes(), at)?;
        let c = part.get(at..)?.chars().next()?;
        if matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// Length of a closing quote set off by a space, as some wires print it ("said. ''").
fn detached_close(after: &str) -> Option<usize> {
    let rest = after.strip_prefix(' ')?;
    let len = if rest.starts_with("''") || rest.starts_with("’’") {
        2 * rest.chars().next().map_or(0, char::len_utf8)
    } else if rest.starts_with(['”', '"', '»']) {
        rest.chars().next().map_or(0, char::len_utf8)
    } else {
        return None;
    };
    let next = rest.get(len..).and_then(|r| r.chars().next());
    next.is_none_or(char::is_whitespace).then_some(1 + len)
}

/// Whether the sign `c` at `at`, followed by closing signs up to `end`, ends a sentence.
fn ends(part: &str, start: usize, at: usize, c: char, end: usize, closed: bool) -> bool {
    let after = part.get(end..).unwrap_or("");
    let Some(space) = after.chars().next() else { return true };
    if !space.is_whitespace() {
        return false;
    }
    let mut next = after.trim_start();
    while let Some(c) = next.chars().next().filter(|&c| opens(c)) {
        next = next.get(c.len_utf8()..).unwrap_or("");
        // A dash or bracket followed by space goes on with the same sentence.
        if next.starts_with(' ') && matches!(c, '–' | '—' | '-') {
            return false;
        }
    }
    let Some(first) = next.chars().next() else { return true };
    // "iPhone": a brand may start a sentence.
    let brand = next.chars().nth(1).is_some_and(char::is_uppercase);
    if first.is_lowercase() && !brand {
        return false;
    }
    if c != '.' || closed {
        return c != '…' || first.is_uppercase();
    }
    let word = part
        .get(start..at)
        .unwrap_or("")
        .rsplit(|c: char| c.is_whitespace() || opens(c))
        .next()
        .unwrap_or("");
    // "wrote on X. Denmark": the site, no initial.
    if word == "X" && part.get(start..at).is_some_and(|told| told.ends_with(" on X")) {
        return true;
    }
    match abbreviation(word) {
        None => true,
        Some(Abbreviation::Never) => false,
        Some(Abbreviation::BeforeNumber) => !first.is_numeric(),
        Some(Abbreviation::May) => {
            let head = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            STARTERS.contains(&head)
        }
    }
}

fn push(out: &mut Vec<Span>, text: &str, base: usize, start: usize, end: usize) {
    let Some(part) = text.get(base + start..base + end) else { return };
    let inner = part.trim_start();
    let lead = part.len() - inner.len();
    let trimmed = inner.trim_end();
    if !trimmed.is_empty() {
        out.push(Span::new(base + start + lead, base + start + lead + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> =
            sentences(text, Span::new(0, text.len())).into_iter().map(|s| s.of(text).unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_may_end_a_sentence_is_found_at_any_place() {
        for byte in u8::MIN..=u8::MAX {
            for at in 0..20 {
                let mut text = [b'x'; 20];
                text[at] = byte;
                assert_eq!(stop_byte(&text, 0), may_stop(byte).then_some(at), "{byte} at {at}");
            }
        }
        assert_eq!(stop_byte("ä.ö.".as_bytes(), 3), Some(5));
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check(
            "The U.S. Treasury met Mr. Li on Nov. 10. It was No. 55. Done.",
            &["The U.S. Treasury met Mr. Li on Nov. 10.", "It was No. 55.", "Done."],
        );
        check("It came from the U.S. The reply followed.", &["It came from the U.S.", "The reply followed."]);
    }

    #[test]
    fn quotes_stay_with_their_sentence() {
        check("He said “we agree.” The talks ended.", &["He said “we agree.”", "The talks ended."]);
        check("“Will it hold?” she asked. Perhaps.", &["“Will it hold?” she asked.", "Perhaps."]);
        check("He said ``we agree. '' They left.", &["He said ``we agree. ''", "They left."]);
    }

    #[test]
    fn hostile_text_ends() {
        for unit in ["(((", ". . ", "\"\"\"", "A. ", "…"] {
            let text = unit.repeat(20_000);
            let found = sentences(&text, Span::new(0, text.len()));
            assert!(found.len() <= text.len());
        }
    }
}
