//! Verbs that open an item of a list: "(b) increase the duty".

use super::Site;
use crate::grammar::lemma::VerbForm;
use crate::grammar::tag::{Tag, Word};

/// "Suspend, for one year, the fees": an item of a list.
pub(super) fn paused(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, .. } = *site;
    form == VerbForm::Base
        && word.capital
        && at <= 1
        && words.get(at + 1).is_some_and(|w| w.lower == ",")
        && words.get(at + 2).is_some_and(|w| w.tag == Tag::Prep)
        && words.get(at + 3).is_some_and(|w| w.time)
}

/// A word with a capital inside the sentence is no bare verb, unless it opens an item of a list after its
/// lead-in's "will" or "to".
pub(super) fn capital_within(site: &Site<'_>) -> bool {
    let Site { at, word, form, before, after, .. } = *site;
    let led = before.is_some_and(|w| matches!(w.tag, Tag::Modal | Tag::To))
        && after.is_some_and(|w| !w.capital && w.tag != Tag::Punct);
    word.capital && at > 0 && form == VerbForm::Base && !led
}

/// "increase the duty" opens an item of a list.
pub(super) fn first(site: &Site<'_>) -> bool {
    site.at == 0 && !site.word.capital && site.form == VerbForm::Base && site.after_tag == Some(Tag::Det)
}

/// "(b) increase the duty": a command in a list.
pub(super) fn numbered(site: &Site<'_>) -> bool {
    let Site { words, at, form, before, after_tag, .. } = *site;
    before.is_some_and(|w| w.lower == ")")
        && at.checked_sub(3).is_some_and(|i| is_opening(words, i))
        && form == VerbForm::Base
        && after_tag == Some(Tag::Det)
}

/// Whether a bracket at `at` opens the number of an item.
fn is_opening(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.lower == "(") && words.get(at + 1).is_some_and(|w| w.lower.len() <= 3)
}
