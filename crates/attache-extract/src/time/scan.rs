//! The text as tokens: runs of letters, runs of digits, single signs, and an empty sign `\n` where a
//! paragraph ends. One pass, no allocation but the list itself.

use super::lexicon::{Lexicon, Word};

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: Word,
    /// Starts with an upper-case ASCII letter.
    pub(super) upper: bool,
    /// The first of its line; the sign of a blank line is none.
    pub(super) opens: bool,
    /// A word of no table that ends like a verb told as past: "instructed".
    pub(super) ed: bool,
}

/// Shortest word that is taken for a verb by its end: no "need", "seed".
const SHORTEST_ED: usize = 5;

/// Every token of `text` in order, and which of them open a line.
pub(super) fn scan(text: &str) -> (Vec<Token>, Vec<usize>) {
    let bytes = text.as_bytes();
    let lexicon = Lexicon::new();
    let (mut out, mut lines) = (Vec::with_capacity(bytes.len() / 4 + 4), Vec::new());
    let (mut at, mut breaks, mut opens) = (0, 0_usize, true);
    while let Some(&first) = bytes.get(at) {
        if first == b' ' {
            at += 1;
            continue;
        }
        let start = at;
        let word = if first.is_ascii_alphabetic() {
            let (word, end) = lexicon.read(bytes, at);
            at = end;
            word
        } else if first.is_ascii_digit() {
            let (word, end) = digits(bytes, at);
            at = end;
            word
        } else if first.is_ascii_whitespace() {
            if first == b'\n' {
                (breaks, opens) = (breaks + 1, true);
                if breaks == 2 {
                    out.push(Token {
                        start: at,
                        end: at,
                        word: Word::Sign('\n'),
                        upper: false,
                        opens: false,
                        ed: false,
                    });
                }
            }
            at += 1;
            continue;
        } else {
            let Some(sign) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += sign.len_utf8();
            if sign.is_whitespace() || sign == '\u{200b}' || sign == '\u{feff}' {
                continue;
            }
            if sign.is_alphanumeric() { Word::Other } else { Word::Sign(sign) }
        };
        if opens {
            lines.push(out.len());
        }
        let ed = word == Word::Other
            && first.is_ascii_lowercase()
            && at >= start + SHORTEST_ED
            && bytes.get(at - 2..at) == Some(b"ed");
        out.push(Token { start, end: at, word, upper: first.is_ascii_uppercase(), opens, ed });
        (breaks, opens) = (0, false);
        // As behind nearly every word.
        at += usize::from(bytes.get(at) == Some(&b' '));
    }
    (out, lines)
}

/// The number at `at`, and where it ends.
fn digits(bytes: &[u8], at: usize) -> (Word, usize) {
    let run = bytes.get(at..).unwrap_or_default();
    let len = run.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let value = run.iter().take(len.min(9)).fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    (Word::Digits { value, len: u8::try_from(len).unwrap_or(u8::MAX) }, at + len)
}
