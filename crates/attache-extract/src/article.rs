//! What the reader is given.

use jiff::civil::Date;

/// One text with what is known about its publication. Borrowed: the reader keeps nothing.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// Headline, where there is one. It names speakers and channels; events are quoted from `text`.
    pub title: Option<&'a str>,
    /// Address the text came from.
    pub url: Option<&'a str>,
    /// Who published it, as printed.
    pub publisher: Option<&'a str>,
    /// The local calendar day of publication; the anchor of "Thursday" and "last month".
    pub published: Date,
    /// The text. Every [`Span`](crate::Span) of the result is a byte range of it.
    pub text: &'a str,
}

impl<'a> Article<'a> {
    /// A text and its day of publication, nothing else known.
    #[must_use]
    pub const fn new(text: &'a str, published: Date) -> Self {
        Self { title: None, url: None, publisher: None, published, text }
    }
}
