//! What an answer is made of, before anybody decides how it looks.
//!
//! All text in an [`Answer`] is taken as **untrusted**: renderers escape it, so a sentence of an
//! article can neither ping, link nor format. Emphasis, links and dates are pieces of their own.

pub mod controls;
pub mod embed;
pub mod event_card;
mod inert;
mod localised;
pub mod terminal;
pub(crate) mod words;

pub use controls::{Button, Choice, Control, Menu, Show, Step, Tone};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::locale::Locale;

/// The answer to one command.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// One line.
    pub title: String,
    /// Content, in reading order.
    pub blocks: Vec<Block>,
    /// Small print: how the question was read, what is not known, "as of".
    pub notes: Vec<String>,
    /// Shown only to the asker.
    pub private: bool,
    /// Pictures that go with it.
    pub pictures: Vec<Picture>,
    /// What can be done from here: buttons and menus on Discord, commands to type in the terminal.
    pub controls: Vec<Control>,
    /// The language its labels are in.
    pub locale: Locale,
    /// The instant it holds for.
    pub as_of: Option<Timestamp>,
    /// When what is stored last grew.
    pub updated: Option<Timestamp>,
    /// The same answer as data, for `--json`; an object.
    pub data: serde_json::Value,
}

/// A picture, or another file, that goes with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// File name, with its ending.
    pub name: String,
    /// The file; a picture is a PNG.
    pub bytes: Vec<u8>,
    /// What it shows, for who cannot see it: at most 1024 characters.
    pub alt: String,
}

/// One part of an answer.
#[derive(Debug, Clone)]
pub enum Block {
    /// A line of text.
    Line(Rich),
    /// A named part: what follows belongs to it until the next heading.
    Heading(String),
    /// An entry of a list: a first line, further lines under it.
    Item {
        /// The entry itself.
        head: Rich,
        /// What belongs to it.
        lines: Vec<Rich>,
    },
    /// A sentence of a source, verbatim, and where it stands.
    Quote {
        /// The sentence.
        text: String,
        /// Its source.
        source: Rich,
    },
}

/// A run of text pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<Piece>);

/// A piece of text with one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text, escaped by the renderer.
    Text(String),
    /// Emphasised text, escaped likewise.
    Strong(String),
    /// Text that no longer holds, escaped likewise.
    Struck(String),
    /// An id or a command to type.
    Code(String),
    /// A calendar day.
    Day(Date),
    /// An instant, shown in the reader's own zone where the renderer can.
    Instant(Timestamp),
    /// A link; dropped to its label unless the address is plain http(s).
    Link {
        /// What is shown.
        label: String,
        /// Where it leads.
        url: String,
    },
}

impl Rich {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// The words alone, for a log or a plain file.
    #[must_use]
    pub fn plain(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Strong(text) | Piece::Struck(text) | Piece::Code(text) => text.clone(),
            Piece::Day(day) => day.strftime("%-d %B %Y").to_string(),
            Piece::Instant(instant) => instant.to_string(),
            Piece::Link { label, .. } => label.clone(),
        };
        self.0.iter().map(piece).collect()
    }

    /// Adds plain text.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Text(text.into()));
        self
    }

    /// Adds emphasised text.
    #[must_use]
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(text.into()));
        self
    }

    /// Adds an id or command.
    #[must_use]
    pub fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Code(text.into()));
        self
    }

    /// Adds a day.
    #[must_use]
    pub fn day(mut self, day: Date) -> Self {
        self.0.push(Piece::Day(day));
        self
    }

    /// Adds a link.
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        self.0.push(Piece::Link { label: label.into(), url: url.into() });
        self
    }
}

impl<T: Into<String>> From<T> for Rich {
    fn from(text: T) -> Self {
        Self::text(text)
    }
}
