//! The tag of a word by itself: its closed class, its verb form, or its ending.

use super::{Tag, Word};
use crate::grammar::lemma::{VerbForm, Verbs, singular};
use crate::grammar::lower::{Lower, is};
use crate::token::TokenKind;

/// Tag of a word by itself, and its lemma.
pub(super) fn first_guess(
    lower: &Lower,
    kind: TokenKind,
    verbs: &Verbs,
    name: bool,
    time: bool,
) -> (Tag, Lower) {
    match kind {
        TokenKind::Sign => return (Tag::Punct, lower.clone()),
        TokenKind::Possessive => return (Tag::Poss, lower.clone()),
        TokenKind::Number => return (Tag::Num, lower.clone()),
        TokenKind::Word => {}
    }
    // "US" is a name; "us" is a pronoun. "Under Secretary" is an office.
    let known = verbs.known(lower);
    let closed = known.and_then(|known| known.closed);
    let fits = |t| matches!(t, Tag::Pron | Tag::Det | Tag::Adv | Tag::Modal | Tag::To);
    if name && closed.is_none_or(|t| fits(t) || *lower == "under") {
        return (Tag::Noun, noun(lower));
    }
    // "since May" names a month.
    if time && closed.is_none_or(|t| t == Tag::Modal) {
        return (Tag::Noun, noun(lower));
    }
    if let Some(tag) = closed {
        let lemma = match tag {
            Tag::Be => const { Lower::fixed("be") },
            Tag::Have => const { Lower::fixed("have") },
            Tag::Do => const { Lower::fixed("do") },
            _ => lower.clone(),
        };
        return (tag, lemma);
    }
    if let Some((lemma, form)) = known.and_then(|known| verbs.verb(known)) {
        return (Tag::Verb(form), lemma.clone());
    }
    match known.and_then(|known| known.late) {
        Some(tag) => (tag, lower.clone()),
        None => by_ending(lower),
    }
}

/// The same for a word that no table has.
fn by_ending(lower: &Lower) -> (Tag, Lower) {
    let word = lower.as_str();
    if let [.., b'l', b'y'] = word.as_bytes() {
        let none = word.len() <= 4 || matches!(word, "supply" | "july" | "family" | "italy" | "apply");
        return (if none { Tag::Noun } else { Tag::Adv }, lower.clone());
    }
    let [.., b'e', b'd'] = word.as_bytes() else { return (Tag::Noun, noun(lower)) };
    let stem = word.strip_suffix("ed").unwrap_or(word);
    // "majority-owned units": what kind they are.
    if word.rsplit_once('-').is_some_and(|(_, kind)| OF_A_KIND.contains(&kind)) {
        return (Tag::Noun, lower.clone());
    }
    // "Unjustified", "unwarranted": no act.
    let state = word.starts_with("un") && word.len() > 7 && !word.starts_with("under");
    // A verb the table lacks, by its ending.
    if !state && stem.len() > 3 && !stem.ends_with("re") && !stem.ends_with('e') {
        return (Tag::Verb(VerbForm::PastOrParticiple), Lower::new(undoubled(stem)));
    }
    (Tag::Noun, lower.clone())
}

/// What makes a word with a hyphen tell of what kind a thing is.
const OF_A_KIND: &[&str] = &[
    "assembled",
    "backed",
    "based",
    "bonded",
    "branded",
    "controlled",
    "dominated",
    "flagged",
    "funded",
    "headquartered",
    "invested",
    "linked",
    "listed",
    "oriented",
    "owned",
    "related",
    "registered",
    "sized",
    "sourced",
    "sponsored",
];

/// "Is stocking", "have been trucking": a verb the table lacks, by its ending behind a form of "be".
pub(super) fn going_on(before: &[Word], lower: &Lower) -> Option<Lower> {
    let [_, _, _, .., b'i', b'n', b'g'] = lower.as_bytes() else { return None };
    let stem = lower.strip_suffix("ing")?;
    let noun = is!(
        lower,
        "nothing"
            | "something"
            | "anything"
            | "everything"
            | "evening"
            | "morning"
            | "missing"
            | "during"
            | "willing"
    );
    let adverb = |w: &&Word| w.tag == Tag::Adv && !is!(w.lower, "all" | "about");
    let behind = before.iter().rev().find(|w| !adverb(w))?;
    (!noun && behind.tag == Tag::Be).then(|| Lower::new(undoubled(stem)))
}

/// "wrapp" as "wrap".
fn undoubled(stem: &str) -> &str {
    let mut back = stem.chars().rev();
    let (last, before) = (back.next(), back.next());
    let doubled = last == before && !matches!(last, Some('l' | 's' | 'z' | 'f' | 'e' | 'o'));
    if doubled { stem.get(..stem.len() - 1).unwrap_or(stem) } else { stem }
}

/// A noun's lemma.
pub(super) fn noun(word: &Lower) -> Lower {
    if word.as_bytes().last() != Some(&b's') {
        return word.clone();
    }
    let one = singular(word);
    if one.len() == word.len() { word.clone() } else { Lower::new(&one) }
}
