//! Mentions and times of a text, brought into the shape the event builder reads.

use crate::article::Article;
use crate::document::Document;
use crate::state::StateCode;
use crate::timing::Timing;
use crate::who::Who;

/// What is named where, per sentence.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) who: Vec<Vec<Who>>,
    pub(crate) times: Vec<Vec<Timing>>,
}

/// Lexicons of names and times.
#[derive(Debug)]
pub(crate) struct Surroundings {}

impl Surroundings {
    pub(crate) fn builtin() -> Self {
        Self {}
    }

    pub(crate) fn read(&self, _doc: &Document<'_>, _article: &Article<'_>) -> Seen {
        Seen::default()
    }

    pub(crate) fn states_in(&self, _text: &str) -> Vec<StateCode> {
        Vec::new()
    }
}

/// The usual English name of a state.
pub(crate) fn state_name(code: StateCode) -> String {
    code.to_string()
}
