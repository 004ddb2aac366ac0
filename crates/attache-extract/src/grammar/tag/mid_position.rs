//! Adverbials in mid-position, between an auxiliary and its verb: "must in return lower its levy".

use super::{Tag, Word};
use crate::grammar::lemma::{VerbForm, same_form};
use crate::grammar::lower::is;

/// "must in return lower its levy", "will from May 1 charge 25%": what stands between a modal and its
/// verb is no noun before it.
pub(super) fn set_aside(words: &mut [Word]) {
    behind_subject(words);
    for at in 0..words.len() {
        // "has since Friday blocked", "had by then held": the same behind "have".
        let have = words.get(at).is_some_and(|w| w.tag == Tag::Have);
        if !have && words.get(at).is_none_or(|w| w.tag != Tag::Modal) {
            continue;
        }
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
        let likely = lower(at + 1) == "in"
            && lower(at + 2) == "all"
            && matches!(lower(at + 3), "likelihood" | "probability");
        let end = if likely {
            at + 4
        } else if ASIDES.contains(&(lower(at + 1), lower(at + 2))) {
            at + 3
        } else if matches!(lower(at + 1), "from" | "by" | "on" | "in" | "as" | "until" | "since") {
            let first = at + 2 + usize::from(lower(at + 2) == "of");
            (first..words.len()).find(|&i| !timed(i)).filter(|&i| i > first).unwrap_or(at)
        } else {
            at
        };
        let verb = words.get(end).is_some_and(|w| match w.tag {
            Tag::Be => true,
            Tag::Verb(VerbForm::Base) => !have || same_form(&w.lemma),
            Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple) => have,
            _ => false,
        });
        for word in words.get_mut(at + 1..end.max(at + 1)).unwrap_or_default().iter_mut().filter(|_| verb) {
            word.tag = Tag::Adv;
        }
    }
}

/// "Lima in turn put off the rule": between a subject and its verb.
fn behind_subject(words: &mut [Word]) {
    for at in 0..words.len().saturating_sub(3) {
        if !words.get(at + 1).is_some_and(|w| is!(w.lower, "in" | "by" | "at" | "of")) {
            continue;
        }
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let aside = REPLIES.contains(&(lower(at + 1), lower(at + 2)))
            && words.get(at).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Pron))
            && words.get(at + 3).is_some_and(|w| match w.tag {
                Tag::Verb(form) => !matches!(form, VerbForm::Base | VerbForm::Gerund) || same_form(&w.lemma),
                Tag::Modal | Tag::Have => true,
                _ => false,
            });
        for word in words.get_mut(at + 1..at + 3).unwrap_or_default().iter_mut().filter(|_| aside) {
            word.tag = Tag::Adv;
        }
    }
}

/// What two words may say between a subject and its verb.
const REPLIES: &[(&str, &str)] = &[
    ("in", "turn"),
    ("in", "return"),
    ("in", "response"),
    ("in", "reply"),
    ("in", "exchange"),
    ("in", "contrast"),
    ("by", "contrast"),
    ("at", "first"),
    ("at", "once"),
    ("of", "course"),
];

/// What two words may say between a modal and its verb.
const ASIDES: &[(&str, &str)] = &[
    ("in", "return"),
    ("in", "turn"),
    ("in", "future"),
    ("in", "exchange"),
    ("in", "time"),
    ("for", "now"),
    ("at", "first"),
    ("at", "once"),
    ("at", "last"),
    ("at", "least"),
    ("of", "course"),
    ("by", "then"),
    ("all", "along"),
    ("until", "then"),
    ("till", "then"),
    ("until", "now"),
    ("until", "recently"),
    ("to", "date"),
    ("in", "effect"),
    ("in", "fact"),
    ("in", "principle"),
    ("in", "public"),
    ("in", "private"),
    ("for", "months"),
    ("for", "weeks"),
    ("for", "years"),
    ("for", "decades"),
    ("for", "example"),
    ("for", "instance"),
    ("as", "always"),
];
