//! Commas that part no clauses: between the nouns of a list, between adjectives of one noun.

use crate::grammar::lower::{WordList, is};
use crate::grammar::tag::{Tag, Word};

/// Whether a comma at `at` goes on with a list of nouns.
pub(super) fn list_comma(words: &[Word], at: usize, limit: usize) -> bool {
    let mut nouns = 0;
    for i in at + 1..limit.min(at + 11) {
        let Some(word) = words.get(i) else { return false };
        match word.tag {
            Tag::Noun | Tag::Num | Tag::Poss => nouns += usize::from(!word.time),
            Tag::Det if nouns == 0 => {}
            Tag::Conj => return word.lower != "but",
            Tag::Punct if is!(word.lower, "$" | "%" | "-") => {}
            Tag::Punct => return nouns > 0 && word.lower == "," && list_comma_tail(words, i, limit),
            Tag::Prep if nouns > 0 && word.lower == "of" => {}
            _ => return false,
        }
        if word.time {
            return false;
        }
    }
    false
}

/// Whether the list that goes on behind the comma at `at` has its "and".
fn list_comma_tail(words: &[Word], at: usize, limit: usize) -> bool {
    (at + 1..limit.min(at + 24)).any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Conj))
}

/// "a cordial, roughly 30-minute call": the comma stands between what describes one noun.
pub(super) fn described_twice(words: &[Word], at: usize, limit: usize) -> bool {
    let describes =
        at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| DESCRIBING.has(&w.lower) && !w.name);
    // "a two-day, third round"
    let lasting = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
        w.lower
            .as_str()
            .split_once('-')
            .is_some_and(|(_, unit)| matches!(unit, "day" | "hour" | "week" | "minute" | "month" | "year"))
    });
    let describes = describes || lasting;
    let opened = lasting
        || (2..=3).any(|back| {
            at.checked_sub(back)
                .and_then(|i| words.get(i))
                .is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Verb(_) | Tag::Have))
        });
    let goes_on = (at + 1..limit.min(at + 7))
        .take_while(|&i| words.get(i).is_some_and(|w| !matches!(w.tag, Tag::Punct) || w.lower == "-"))
        .any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time));
    let fresh = words.get(at + 1).is_some_and(|w| !matches!(w.tag, Tag::Det | Tag::Pron) && !w.name);
    describes && opened && goes_on && fresh
}

/// What is said of contacts and accords before a comma and more of the kind.
static DESCRIBING: WordList = WordList::new(&[
    "cordial",
    "frank",
    "candid",
    "long",
    "lengthy",
    "brief",
    "short",
    "productive",
    "constructive",
    "rare",
    "tense",
    "warm",
    "friendly",
    "new",
    "major",
    "broad",
    "sweeping",
    "comprehensive",
    "historic",
    "direct",
    "professional",
    "pragmatic",
    "substantive",
    "informal",
    "formal",
    "private",
    "first",
    "early",
    "great",
    "good",
    "deep",
    "open",
    "honest",
    "fresh",
    "joint",
    "limited",
    "preliminary",
    "tentative",
    "interim",
    "modest",
    "detailed",
    "landmark",
    "respectful",
    "excellent",
    "high-level",
    "face-to-face",
    "in-depth",
    "closed-door",
    "last-minute",
    "surprise",
]);
