//! Headlines: "Trump to visit Oslo in April", where the infinitive is the main verb of what is to come.

use super::control::RESOLVES;
use super::{Group, Tense};
use crate::grammar::lower::{Lower, is};
use crate::grammar::tag::{Tag, Word};

/// "Trump to visit Oslo in April", "Seoul says talks to resume": in a headline the infinitive is the main
/// verb of what is to come.
pub(super) fn announce(words: &[Word], groups: &mut [Group]) {
    let first = groups.iter().position(|g| g.finite);
    let at = match first {
        None => 0,
        Some(says) if groups.get(says).is_some_and(|g| g.lemma == "say" && !g.passive) => says + 1,
        Some(_) => return,
    };
    let from = at.checked_sub(1).and_then(|i| groups.get(i)).map_or(0, |g| g.head + 1);
    let Some(group) = groups.get_mut(at).filter(|g| g.tense == Tense::Infinitive && !g.negated) else {
        return;
    };
    let subject = words.get(from..group.start).unwrap_or_default();
    let phrase = subject
        .first()
        .is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Num) || w.tag == Tag::Det && w.capital)
        && subject.iter().all(|w| {
            matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::Conj | Tag::Adv)
                || is!(w.lower, "," | "$" | "%" | "-")
        });
    // "a promise to visit", "the right to regulate": it hangs on a noun.
    let hangs = subject
        .last()
        .is_none_or(|w| RESOLVES.has(&w.lemma) || !w.name && (w.tag != Tag::Noun || !w.lower.ends_with('s')));
    // "the deadline for Oslo to answer"
    let for_others = subject.iter().any(|w| w.lower == "for");
    if phrase && !hangs && !for_others {
        group.tense = Tense::Future;
        group.modal = Some(Lower::new("will"));
        group.finite = true;
    }
}
