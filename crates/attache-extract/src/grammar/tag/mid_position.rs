//! Adverbials in mid-position, between an auxiliary and its verb: "must in return lower its levy".

use super::{Tag, Word};
use crate::grammar::lemma::{VerbForm, same_form};
use crate::grammar::lower::{WordId, is};

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
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
        let likely = lower(at + 1) == "in"
            && lower(at + 2) == "all"
            && is!(lower(at + 3), "likelihood" | "probability");
        let end = if likely {
            at + 4
        } else if sets_aside(lower(at + 1), lower(at + 2)) {
            at + 3
        } else if have && is!(lower(at + 1), "all" | "both" | "each") {
            // "had all laid duties"
            at + 2
        } else if is!(lower(at + 1), "from" | "by" | "on" | "in" | "as" | "until" | "since") {
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
    let mut rest = words;
    while let [subject, first, second, verb, ..] = rest {
        let aside = first.tag == Tag::Prep
            && replies(first.lower.id(), second.lower.id())
            && matches!(subject.tag, Tag::Noun | Tag::Pron)
            && match verb.tag {
                Tag::Verb(form) => {
                    !matches!(form, VerbForm::Base | VerbForm::Gerund) || same_form(&verb.lemma)
                }
                Tag::Modal | Tag::Have => true,
                _ => false,
            };
        if aside {
            (first.tag, second.tag) = (Tag::Adv, Tag::Adv);
        }
        rest = rest.get_mut(1..).unwrap_or_default();
    }
}

/// Whether two words may stand between a subject and its verb: "in turn".
fn replies(first: WordId, second: WordId) -> bool {
    first == "in" && is!(second, "turn" | "return" | "response" | "reply" | "exchange" | "contrast")
        || first == "by" && second == "contrast"
        || first == "at" && is!(second, "first" | "once")
        || first == "of" && second == "course"
}

/// Whether two words may stand between a modal and its verb: "in return".
fn sets_aside(first: WordId, second: WordId) -> bool {
    first == "in"
        && is!(
            second,
            "return"
                | "turn"
                | "future"
                | "exchange"
                | "time"
                | "effect"
                | "fact"
                | "principle"
                | "public"
                | "private"
        )
        || first == "for"
            && is!(second, "now" | "months" | "weeks" | "years" | "decades" | "example" | "instance")
        || first == "at" && is!(second, "first" | "once" | "last" | "least")
        || first == "of" && second == "course"
        || first == "by" && second == "then"
        || first == "all" && second == "along"
        || first == "until" && is!(second, "then" | "now" | "recently")
        || first == "till" && second == "then"
        || first == "to" && second == "date"
        || first == "as" && second == "always"
}
