//! Initials that a text sets in brackets behind a name: "the Ministry of Finance (MOF)".

use super::phrase::{Found, Raw};
use crate::document::Document;
use crate::sentence::Sentence;
use crate::span::Span;

/// Longest initials that are read.
const LONGEST: usize = 7;

/// The initials a text explains, with what they stand for.
pub(super) struct Initials(Vec<(Span, Raw)>);

impl Initials {
    pub(super) fn of(document: &Document<'_>, found: &[Vec<Found>]) -> Self {
        let mut known: Vec<(Span, Raw)> = Vec::new();
        for (sentence, found) in document.sentences.iter().zip(found) {
            for one in found {
                if !matches!(one.raw, Raw::Body { noun: false, .. } | Raw::State { .. }) {
                    continue;
                }
                let sign = |at: usize, sign: &str| {
                    sentence.tokens.get(at).and_then(|t| t.span.of(document.text)) == Some(sign)
                };
                let Some(span) = sentence.tokens.get(one.end + 1).map(|t| t.span) else { continue };
                let printed = span.of(document.text).unwrap_or("");
                if sign(one.end, "(")
                    && sign(one.end + 2, ")")
                    && letters(printed)
                    && !known.iter().any(|(other, _)| other.of(document.text) == Some(printed))
                {
                    known.push((span, one.raw));
                }
            }
        }
        Self(known)
    }

    /// Adds the initials of a sentence where no phrase was found.
    pub(super) fn read(&self, text: &str, sentence: &Sentence, here: &mut Vec<Found>) {
        if self.0.is_empty() {
            return;
        }
        let mut extra = Vec::new();
        for (at, token) in sentence.tokens.iter().enumerate() {
            if !text.as_bytes().get(token.span.start).is_some_and(u8::is_ascii_uppercase) {
                continue;
            }
            let Some(printed) = token.span.of(text).filter(|word| letters(word)) else { continue };
            let known = self.0.iter().find(|(span, _)| span.of(text) == Some(printed));
            let Some((_, raw)) = known.filter(|(span, _)| *span != token.span) else { continue };
            if !here.iter().any(|f| f.start <= at && at < f.end) {
                extra.push(Found { start: at, end: at + 1, raw: *raw });
            }
        }
        if !extra.is_empty() {
            here.extend(extra);
            here.sort_by_key(|f| f.start);
        }
    }
}

fn letters(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}
