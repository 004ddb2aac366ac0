//! Reads a text on trade diplomacy and says which events it reports.
//!
//! In goes an [`Article`] (text and publication date), out comes an [`Extraction`]: [`Event`]s in
//! text order, each carrying the sentence it rests on. The crate does no I/O, reads no clock, uses
//! no randomness and never fails on a text; the same bytes in give the same bytes out.

pub mod article;
pub mod document;
pub mod event;
pub mod explain;
pub mod extractor;
pub mod reading;
pub mod sentence;
pub mod span;
pub mod state;
pub mod time;
pub mod token;
pub mod vocabulary;
pub mod when;

pub use article::Article;
pub use document::Document;
pub use event::{Act, Event, Evidence, Extraction, Kind, Party, Role};
pub use explain::Explanation;
pub use extractor::Extractor;
pub use reading::{Intent, Reading};
pub use span::Span;
pub use state::StateCode;
pub use vocabulary::Vocabulary;
