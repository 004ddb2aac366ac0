//! Words, numbers and signs of a sentence, as byte spans.
//!
//! A capitalised compound falls apart at its hyphens ("U.S.-China" gives `U.S.`, `-`, `China`); a
//! lower-case one or one that starts with a digit stays whole ("high-level", "90-day"). A
//! possessive ending is a token of its own, and so is the verb of "we've". Abbreviations keep their full stop.

use crate::grammar::lower::every_byte;
use crate::sentence::abbreviation;
use crate::span::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Starts with a letter.
    Word,
    /// Starts with a digit: `25`, `1,234.5`, `12:01`, `90-day`.
    Number,
    /// `'s`, `’s`, or the apostrophe after a plural.
    Possessive,
    /// One sign: punctuation, `%`, `$`.
    Sign,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    /// Byte range in the article's text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Printed with a capital.
    pub capital: bool,
}

/// Whether a word is printed with a capital.
pub(crate) fn capital(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}

const fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The tokens of the range `span` of `text`, in order. Empty where the range is none of `text`.
#[must_use]
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let Some(part) = span.of(text) else { return Vec::new() };
    let mut out = Vec::with_capacity(part.len() / 4 + 4);
    let mut at = 0;
    while let Some(&byte) = part.as_bytes().get(at) {
        if byte == b' ' {
            at += 1;
            continue;
        }
        let Some(rest) = part.get(at..) else { break };
        if byte.is_ascii_alphanumeric() {
            let kind = if byte.is_ascii_digit() { TokenKind::Number } else { TokenKind::Word };
            let len = word(rest, char::from(byte));
            let span = Span::new(span.start + at, span.start + at + len);
            out.push(Token { span, kind, capital: byte.is_ascii_uppercase() });
            at += len;
            // As behind nearly every word.
            at += usize::from(part.as_bytes().get(at) == Some(&b' '));
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() || first == '\u{feff}' || first == '\u{200b}' {
            at += first.len_utf8();
            continue;
        }
        let (len, kind) = if first.is_alphanumeric() {
            let kind = if first.is_numeric() { TokenKind::Number } else { TokenKind::Word };
            (word(rest, first), kind)
        } else if apostrophe(first) {
            let open = || out.iter().any(|t| t.kind == TokenKind::Sign && t.span.of(text) == Some("'"));
            let plural = part.get(..at).is_some_and(|before| before.ends_with('s')) && !open();
            mark(rest, first, out.last(), (span.start + at, plural))
        } else {
            (first.len_utf8(), TokenKind::Sign)
        };
        let span = Span::new(span.start + at, span.start + at + len);
        out.push(Token { span, kind, capital: first.is_uppercase() });
        at += len;
    }
    out
}

/// Length and kind of what starts with an apostrophe at a place; whether an "s" stands before that it may belong to,
/// rather than end what another apostrophe opened.
fn mark(rest: &str, first: char, last: Option<&Token>, (at, plural): (usize, bool)) -> (usize, TokenKind) {
    let attached = last.is_some_and(|t| t.span.end == at && t.kind != TokenKind::Sign);
    if let Some(len) = contraction(rest.get(first.len_utf8()..)).filter(|_| attached) {
        return (first.len_utf8() + len, TokenKind::Word);
    }
    let mut after = rest.chars().skip(1);
    let s = matches!(after.next(), Some('s' | 'S')) && !after.next().is_some_and(char::is_alphanumeric);
    match (attached, s) {
        (true, true) => (first.len_utf8() + 1, TokenKind::Possessive),
        (true, false) if first == '’' || plural && after_space(rest) => {
            (first.len_utf8(), TokenKind::Possessive)
        }
        _ => (first.len_utf8(), TokenKind::Sign),
    }
}

/// Whether a space follows an apostrophe.
fn after_space(rest: &str) -> bool {
    rest.chars().nth(1).is_some_and(char::is_whitespace)
}

/// How many ASCII letters and digits some bytes start with; eight are looked at in one step.
fn alphanumeric(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(part) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let part = u64::from_be_bytes(*part);
        // The high bits of the sums say what each byte reaches and passes; no sum carries into the next.
        let seven = part & every_byte(0x7f);
        let small = seven | every_byte(0x20);
        let letter = (small + every_byte(0x80 - b'a')) & !(small + every_byte(0x7f - b'z'));
        let digit = (seven + every_byte(0x80 - b'0')) & !(seven + every_byte(0x7f - b'9'));
        let other = (part | !(letter | digit)) & every_byte(0x80);
        if other != 0 {
            return at + other.leading_zeros() as usize / 8;
        }
        at += 8;
    }
    at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The runs of ASCII letters and digits of a text.
pub(crate) fn ascii_words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| byte.is_ascii_alphanumeric())?;
        let from = rest.get(start..)?;
        let (word, behind) = from.split_at_checked(alphanumeric(from.as_bytes()))?;
        rest = behind;
        Some(word)
    })
}

fn digit(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_digit)
}

/// Length of the word or number that `rest` starts with.
#[inline]
fn word(rest: &str, first: char) -> usize {
    let bytes = rest.as_bytes();
    let end = alphanumeric(bytes);
    match bytes.get(end) {
        // Nearly every word ends before one of these.
        None | Some(b' ' | b'\n' | b')' | b'"' | b'%') => end,
        Some(b',') if !digit(bytes.get(end.wrapping_sub(1))) || !digit(bytes.get(end + 1)) => end,
        // As at the end of nearly every sentence.
        Some(b'.') if matches!(bytes.get(end + 1), None | Some(b' ' | b'\n' | b'"')) => {
            end + usize::from(rest.get(..end).is_some_and(|word| abbreviation(word).is_some()))
        }
        Some(_) => joined(rest, first, end),
    }
}

/// First parts of words that stay one word with a capital too: "Duty-free treatment ends".
const JOINED: &[&str] = &["Anti", "Counter", "Dual", "Duty", "Non", "Tariff", "Tax", "Zero"];

/// Length of the word or number that `rest` starts with, whose first `ran` bytes are ASCII letters and
/// digits.
#[inline(never)]
fn joined(rest: &str, first: char, ran: usize) -> usize {
    let mut end = ran;
    let before = ran.checked_sub(1).and_then(|at| rest.as_bytes().get(at));
    let mut last = before.map_or(first, |&byte| char::from(byte));
    let opens = rest.get(..ran).is_some_and(|word| JOINED.contains(&word));
    let splits = first.is_uppercase() && !opens;
    let mut chars = rest.get(end..).unwrap_or("").char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = ran + at;
        let next = chars.peek().map(|&(_, c)| c);
        let joins = match c {
            _ if c.is_alphanumeric() => true,
            '.' | ',' | ':' if last.is_ascii_digit() => next.is_some_and(|n| n.is_ascii_digit()),
            '.' => next.is_some_and(char::is_alphabetic) && end <= 12,
            '-' | '\u{2011}' => !splits && next.is_some_and(char::is_alphanumeric),
            '&' => splits && next.is_some_and(char::is_uppercase),
            c if apostrophe(c) => {
                let after = rest.get(at + c.len_utf8()..);
                next.is_some_and(char::is_alphabetic) && !possessive(after) && contraction(after).is_none()
            }
            _ => false,
        };
        if !joins {
            if c == '.' && rest.get(..at).is_some_and(|w| abbreviation(w).is_some()) {
                end = at + 1;
            }
            return end;
        }
        end = at + c.len_utf8();
        last = c;
    }
    end
}

fn possessive(after: Option<&str>) -> bool {
    let mut chars = after.unwrap_or("").chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

/// Length of "ve" behind the apostrophe of "we've", of "ll", "re", "m" and "d".
fn contraction(after: Option<&str>) -> Option<usize> {
    let after = after.unwrap_or("");
    let len = ["ve", "ll", "re", "m", "d"].iter().find(|end| after.starts_with(**end))?.len();
    let ends = !after.get(len..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    ends.then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = tokens(text, Span::new(0, text.len()));
        let words: Vec<_> = found.iter().map(|t| t.span.of(text).unwrap()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn letters_and_digits_are_told_from_all_other_bytes() {
        for byte in u8::MIN..=u8::MAX {
            for len in [0, 3, 7, 8, 17] {
                let mut text = [b'x'; 32];
                text[len] = byte;
                let whole = if byte.is_ascii_alphanumeric() { text.len() } else { len };
                assert_eq!(alphanumeric(&text), whole, "{byte} at {len}");
                assert_eq!(alphanumeric(&text[..=len]), whole.min(len + 1), "{byte} at {len}, the last");
            }
        }
    }

    #[test]
    fn letters_and_digits_run_up_to_the_next_other_sign() {
        for (text, expected) in
            [("", &[][..]), ("U.S. note-2", &["U", "S", "note", "2"]), (" ’s é, Côte", &["s", "C", "te"])]
        {
            assert_eq!(ascii_words(text).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn compounds_and_abbreviations() {
        check("U.S.-China talks.", &["U.S.", "-", "China", "talks", "."]);
        check("a high-level, 90-day pause", &["a", "high-level", ",", "90-day", "pause"]);
        check("on Nov. 10 at 12:01 a.m.", &["on", "Nov.", "10", "at", "12:01", "a.m."]);
        check("Duty-free entry ends", &["Duty-free", "entry", "ends"]);
        check("$1,234.5bn or 7.5%", &["$", "1,234.5bn", "or", "7.5", "%"]);
    }

    #[test]
    fn possessives_stand_alone() {
        check("China’s ministry", &["China", "’s", "ministry"]);
        check("the ministries’ talks, O'Brien's", &["the", "ministries", "’", "talks", ",", "O'Brien", "'s"]);
        check("We've said they’ll go", &["We", "'ve", "said", "they", "’ll", "go"]);
        check("It isn't 'so'", &["It", "isn't", "'", "so", "'"]);
        let kinds = |text: &str| -> Vec<TokenKind> {
            let found = tokens(text, Span::new(0, text.len())).into_iter();
            found.filter(|t| t.span.of(text) == Some("'")).map(|t| t.kind).collect()
        };
        assert_eq!(kinds("Brussels' plan and Honduras' reply"), [TokenKind::Possessive; 2]);
        assert_eq!(kinds("called it 'a breach of rules' and left"), [TokenKind::Sign; 2]);
    }
}
