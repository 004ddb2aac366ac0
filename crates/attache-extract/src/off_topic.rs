//! Words of sports and the like, beside which acts of trade are told in the same words, and those of
//! them that texts about trade use too.

use crate::grammar::classes::Classes;
use crate::grammar::lower::Lower;

/// Whether the one word of another subject is one that trade knows as well ("match", "goal",
/// "season"), beside one of duties or of goods under export control.
pub(crate) fn ambiguous<'w>(classes: &Classes, words: impl Iterator<Item = &'w Lower> + Clone) -> bool {
    let mut others = words.clone().filter(|w| classes.has("off_topic", w));
    others.next().is_some_and(|first| classes.has("ambiguous", first))
        && others.next().is_none()
        && words.clone().any(|w| classes.has("export_control", w) || classes.has("tariff", w))
}
