//! How an article was read, sentence by sentence.

use std::fmt;

use crate::span::Span;

/// What was seen in one sentence and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceExplanation {
    /// The sentence.
    pub span: Span,
    /// Its text.
    pub text: String,
    /// What was marked in it: a label and the words it covers.
    pub seen: Vec<(String, Span)>,
    /// Rules that matched, each with the words that made it match.
    pub fired: Vec<(String, Span)>,
    /// Candidates given up, each with the reason.
    pub dropped: Vec<(String, String)>,
}

/// How an article was read. Prints every sentence with carets under what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// Sentences in text order.
    pub sentences: Vec<SentenceExplanation>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sentence in &self.sentences {
            writeln!(f, "{}", sentence.text.replace('\n', " "))?;
            for (label, span) in &sentence.seen {
                carets(f, sentence, *span, '-', label)?;
            }
            for (rule, span) in &sentence.fired {
                carets(f, sentence, *span, '^', rule)?;
            }
            for (candidate, reason) in &sentence.dropped {
                writeln!(f, "  dropped {candidate}: {reason}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn carets(
    f: &mut fmt::Formatter<'_>,
    sentence: &SentenceExplanation,
    span: Span,
    sign: char,
    label: &str,
) -> fmt::Result {
    let columns = |end: usize| {
        let within = end.saturating_sub(sentence.span.start).min(sentence.text.len());
        sentence.text.get(..within).map_or(within, |part| part.chars().count())
    };
    let (from, to) = (columns(span.start), columns(span.end));
    writeln!(f, "{}{} {label}", " ".repeat(from), sign.to_string().repeat(to.saturating_sub(from).max(1)))
}
