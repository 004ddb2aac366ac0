//! Function words that belong to another class here: "because of the ban" names a cause, "once they had
//! met" opens a clause, "at least 12" counts.

use super::{Tag, Word};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{WordId, is};

/// How many words after "neither" its "nor" may stand.
const NOR_WITHIN: usize = 14;

/// Whether a word is one of those that [`linking`], [`measures`] and [`adverb`] tell apart.
#[inline]
pub(super) fn depends(word: &Word) -> bool {
    is!(
        word.lower,
        "all"
            | "at"
            | "back"
            | "because"
            | "both"
            | "each"
            | "forward"
            | "further"
            | "like"
            | "long"
            | "neither"
            | "once"
            | "one"
            | "since"
            | "than"
            | "to"
    )
}

/// Words of closed classes that are something else here: "because of the ban" names a cause, "once they
/// had met" opens a clause.
pub(super) fn linking(words: &[Word], at: usize) -> Option<Tag> {
    let word = words.get(at)?;
    let next = words.get(at + 1)?;
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let free = || before.is_some_and(|b| matches!(b.tag, Tag::Modal | Tag::To));
    match word.lower.as_str() {
        // "No one wins a trade war"
        "one" => before.is_some_and(|b| b.lower == "no").then_some(Tag::Pron),
        "because" => (next.lower == "of").then_some(Tag::Prep),
        "once" => {
            // "once lawyers have gone through it"
            let many = next.tag == Tag::Noun
                && words.get(at + 2).is_some_and(|w| matches!(w.tag, Tag::Have | Tag::Be | Tag::Modal));
            let subject =
                many || next.tag == Tag::Pron || is!(next.lower, "the" | "both" | "all" | "its" | "their");
            (subject && words.get(at + 2).is_some_and(|w| !w.time)).then_some(Tag::Sub)
        }
        // "Peru and Chile each signed"
        "each" | "both" | "all" => {
            let verb =
                matches!(next.tag, Tag::Verb(VerbForm::Past | VerbForm::PastOrParticiple | VerbForm::Base));
            let many =
                before.is_some_and(|b| b.tag == Tag::Noun && !b.time && (b.name || b.lower.ends_with('s')));
            (verb && many).then_some(Tag::Adv)
        }
        // "brought forward its ban"
        "forward" => before.is_some_and(|b| matches!(b.tag, Tag::Verb(_))).then_some(Tag::Adv),
        // "has since denied it"
        "since" => {
            let have = before.is_some_and(|b| b.tag == Tag::Have);
            (have && matches!(next.tag, Tag::Verb(_) | Tag::Be)).then_some(Tag::Adv)
        }
        // "would neither confirm nor deny"
        "neither" if free() => Some(Tag::Adv),
        // "Lima neither answered nor complained", "has neither confirmed nor denied it"
        "neither" => {
            let verb = matches!(next.tag, Tag::Verb(form) if form != VerbForm::Gerund);
            let nor = words.iter().skip(at + 2).take(NOR_WITHIN).any(|w| w.lower == "nor");
            (verb && nor).then_some(Tag::Not)
        }
        // "would like Washington to publish it"
        "like" if before.is_some_and(|b| b.lower == "would") => Some(Tag::Verb(VerbForm::Base)),
        // "will back that with guarantees"
        "back" if free() && (matches!(next.tag, Tag::Det | Tag::Poss) || is!(next.lower, "that" | "it")) => {
            Some(Tag::Verb(VerbForm::Base))
        }
        _ => None,
    }
}

/// "At least 12 million", "up to 20", "more than 5", "$40 billion to $50 billion": the preposition belongs
/// to the number.
pub(super) fn measures(words: &[Word], at: usize) -> bool {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let counted = |i: usize| {
        words.get(i).is_some_and(|w| w.tag == Tag::Num || is!(w.lower, "$" | "€" | "£" | "a" | "some"))
    };
    let word = lower(at);
    if !is!(word, "at" | "to" | "than") {
        return false;
    }
    word == "at" && is!(lower(at + 1), "least" | "most") && counted(at + 2)
        || word == "to" && (at > 0 && lower(at - 1) == "up" && counted(at + 1) || spans_amounts(words, at))
        || word == "than"
            && at > 0
            && is!(lower(at - 1), "more" | "less" | "fewer")
            // "would more than double the levy"
            && (counted(at + 1) || is!(lower(at + 1), "double" | "triple" | "treble" | "halve" | "quadruple"))
}

/// "$40 billion to $50 billion" is one amount; "from $2 to $3", "by $2 to $3" may tell of a change.
fn spans_amounts(words: &[Word], at: usize) -> bool {
    let money = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "$" | "€" | "£" | "¥"));
    let number = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Num);
    let Some(first) = (at.saturating_sub(3)..at).find(|&i| money(i)) else { return false };
    let change = first.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| is!(w.lower, "from" | "by"));
    !change && (first + 1..at).all(number) && money(at + 1) && number(at + 2)
}

/// Whether the word at `at` stands for how long, how much more or from when: "have long warned", "they further
/// agreed".
pub(super) fn adverb(words: &[Word], at: usize) -> bool {
    let tells_when =
        |w: &&Word| is!(w.lower, "long" | "last" | "first" | "starting" | "beginning" | "further");
    let Some(word) = words.get(at).filter(tells_when) else { return false };
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let after = words.get(at + 1).map(|w| w.tag);
    match word.lower.as_str() {
        // "have long warned"
        "long" | "last" | "first" => {
            before.is_some_and(|w| matches!(w.tag, Tag::Have | Tag::Be))
                && matches!(after, Some(Tag::Verb(_)))
        }
        // "starting on May 1 Peru and Chile will pay": no more than "from".
        "starting" | "beginning" => {
            let then = |n: usize| words.get(at + n);
            let timed = then(1).is_some_and(|w| w.time)
                || then(1).is_some_and(|w| is!(w.lower, "on" | "from" | "in"))
                    && then(2).is_some_and(|w| w.time);
            timed && matches!(word.tag, Tag::Verb(VerbForm::Gerund))
        }
        // "They further agreed to"
        "further" => {
            before.is_some_and(|b| b.tag == Tag::Pron || b.name)
                && matches!(after, Some(Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Past)))
        }
        _ => false,
    }
}
