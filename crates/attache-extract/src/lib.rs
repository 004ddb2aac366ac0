//! Reads a text on trade diplomacy and says which events it reports.
//!
//! In goes an [`Article`] (text and publication date), out comes an [`Extraction`]: [`Event`]s in
//! text order, each carrying the sentence it rests on. The crate does no I/O, reads no clock, uses
//! no randomness and never fails on a text; the same bytes in give the same bytes out.

mod announced;
pub mod article;
mod as_printed;
mod author;
mod build_event;
mod carried_out;
mod caseless;
mod cited;
mod confidence;
mod discourse;
pub mod document;
mod embedded;
pub mod event;
pub mod explain;
pub mod extractor;
mod factuality;
mod fields;
mod firm;
mod frame_match;
mod genre;
mod grammar;
mod headline;
mod learned;
pub mod lexicon;
mod make_believe;
mod memory;
pub mod mention;
mod merge;
mod named;
mod namesake;
mod occasion;
mod off_topic;
mod particulars;
mod question;
pub mod reading;
mod restated;
mod retained;
mod same_tariff;
pub mod sentence;
mod sequel;
mod shares;
mod slots;
pub mod span;
mod speech;
pub mod state;
mod states;
mod subject_words;
mod surname;
mod surplus;
mod surroundings;
pub mod time;
mod timing;
pub mod token;
mod trigger_frame;
mod undone;
mod unfold;
pub mod vocabulary;
pub mod when;
mod who;

pub use article::Article;
pub use document::Document;
pub use event::{Act, Event, Evidence, Extraction, Kind, Party, Role};
pub use explain::Explanation;
pub use extractor::Extractor;
pub use grammar::rule::{Fault, LoadErrors};
pub use lexicon::Lexicon;
pub use mention::{Mention, Mentions};
pub use reading::{Intent, Reading, Side, Subject, Turn};
pub use span::Span;
pub use state::StateCode;
pub use vocabulary::Vocabulary;
