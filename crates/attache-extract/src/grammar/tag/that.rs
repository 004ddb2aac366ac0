//! "that": it opens a clause, describes a noun, points at one or stands for one.

use super::{Tag, Word};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{WordId, WordList, is};

/// What the "that" at `at` is where it opens no clause of its own.
pub(super) fn correct(words: &[Word], at: usize) -> Option<Tag> {
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let after = words.get(at + 1)?;
    // "duties that hit", "goods from Canada that do not": a relative; "said that": a conjunction.
    let behind =
        at.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::Conj));
    // "said last week that imported lorries"
    let told = before.is_some_and(|b| b.time) && words.iter().take(at).any(|w| THAT_CLAUSE.has(&w.lemma));
    let relative = before.is_some_and(|b| b.tag == Tag::Noun && (!b.name || behind) && !told)
        && matches!(after.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal);
    if relative || cleft(words, at) && matches!(after.tag, Tag::Verb(_) | Tag::Have | Tag::Do | Tag::Modal) {
        return Some(Tag::Rel);
    }
    // "a call that morning between X and Y"
    if after.time && after.tag == Tag::Noun && before.is_some_and(|b| b.tag == Tag::Noun) {
        return Some(Tag::Det);
    }
    // "will halve that on pork", "… to 30% and that on cabinets to 50%": stands for a noun told before.
    let stands = is!(after.lower, "on" | "for" | "against")
        && before.is_some_and(|b| matches!(b.tag, Tag::Verb(_) | Tag::Conj) || b.lower == ",")
        && words.get(at + 2).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det) && !w.time);
    if stands && !before.is_some_and(|b| THAT_CLAUSE.has(&b.lemma)) {
        return Some(Tag::Pron);
    }
    (points(words, at) || points_at_rate(words, at)).then_some(Tag::Det)
}

/// "It was Oslo, not Bern, that taxed feed", "it is Oslo that taxes it": what is said of the name.
fn cleft(words: &[Word], at: usize) -> bool {
    const NAMES: usize = 10;
    let it = (at.saturating_sub(NAMES)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == "it"));
    let Some(it) = it.filter(|&i| words.get(i + 1).is_some_and(|w| is!(w.lower, "was" | "is"))) else {
        return false;
    };
    let between = words.get(it + 2..at).unwrap_or_default();
    let names = |w: &Word| {
        w.name || matches!(w.tag, Tag::Det) || is!(w.lower, "," | "not" | "but" | "and" | "only" | "rather")
    };
    between.iter().any(|w| w.name) && between.iter().all(names)
}

/// "freed tea from that 40% duty": the word before a rate and its noun, behind a preposition or an object.
fn points_at_rate(words: &[Word], at: usize) -> bool {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let rate =
        words.get(at + 1).is_some_and(|w| w.tag == Tag::Num) && is!(lower(at + 2), "%" | "percent" | "pct");
    let noun = words.get(at + 3).is_some_and(|w| w.tag == Tag::Noun && !w.lower.ends_with('s'));
    let led = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|b| match b.tag {
        Tag::Prep | Tag::To => true,
        Tag::Verb(_) => !THAT_CLAUSE.has(&b.lemma),
        _ => false,
    });
    rate && noun && led
}

/// "took that decision to the court": the word before its noun, where it opens no clause.
fn points(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let opens = match before.map(|b| b.tag) {
        Some(Tag::Verb(_)) => before.is_some_and(|b| THAT_CLAUSE.has(&b.lemma)),
        Some(Tag::Prep | Tag::To | Tag::Conj) | None => false,
        Some(Tag::Punct) => before.is_some_and(|b| b.lower != ","),
        _ => true,
    };
    let noun = words.get(at + 1).is_some_and(|w| {
        !w.name && !w.lower.ends_with('s') && matches!(w.tag, Tag::Noun | Tag::Verb(VerbForm::Base))
    });
    !opens && noun
}

/// Verbs whose "that" opens a clause.
pub(in crate::grammar) static THAT_CLAUSE: WordList = WordList::new(&[
    "say",
    "add",
    "tell",
    "note",
    "warn",
    "argue",
    "believe",
    "think",
    "know",
    "hope",
    "expect",
    "agree",
    "announce",
    "confirm",
    "deny",
    "state",
    "stress",
    "emphasize",
    "emphasise",
    "report",
    "claim",
    "show",
    "find",
    "suggest",
    "see",
    "hold",
    "rule",
    "declare",
    "insist",
    "mean",
    "fear",
    "demand",
    "require",
    "write",
    "understand",
    "conclude",
    "indicate",
    "reiterate",
    "reaffirm",
    "estimate",
    "predict",
    "be",
    "ensure",
    "acknowledge",
    "admit",
    "maintain",
    "propose",
    "caution",
    "observe",
    "remember",
    "feel",
    "signal",
    "reveal",
    "threaten",
    "promise",
    "pledge",
    "vow",
    "decide",
    "complain",
    "object",
    "remark",
    "mention",
    "underscore",
    "underline",
    "explain",
    "learn",
    "hear",
    "assume",
    "recall",
    "consider",
]);
