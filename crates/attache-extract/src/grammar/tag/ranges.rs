//! Ranges of a sentence known before its words are tagged: names, adjectives of states, times.

use crate::span::Span;

/// Ranges in text order, of which the first that may hold a token is at hand.
pub(super) struct Ranges<I> {
    next: Span,
    rest: I,
}

impl<I: Iterator<Item = Span>> Ranges<I> {
    /// Behind every token.
    const NONE: Span = Span::new(usize::MAX, usize::MAX);

    pub(super) fn new(mut spans: I) -> Self {
        Self { next: spans.next().unwrap_or(Self::NONE), rest: spans }
    }

    /// Whether a token lies in one of the ranges; tokens come in text order.
    #[inline]
    pub(super) fn hold(&mut self, token: Span) -> bool {
        // Nearly every token stands before the next range.
        if token.start < self.next.start {
            return false;
        }
        while self.next.end <= token.start {
            self.next = self.rest.next().unwrap_or(Self::NONE);
        }
        self.next.contains(token)
    }
}
