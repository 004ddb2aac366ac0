//! English as far as the rules need it: word forms, verb groups, clauses, and the pattern of a
//! rule over them. Nothing here knows a word of trade or diplomacy.

mod aside;
pub(crate) mod classes;
pub(crate) mod clause;
pub(crate) mod lemma;
pub(crate) mod lower;
pub(crate) mod mood;
pub(crate) mod openings;
pub(crate) mod phrases;
mod plain;
pub(crate) mod preps;
pub(crate) mod rule;
pub(crate) mod tag;
