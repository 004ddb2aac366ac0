//! Contact clauses: those that describe a noun without "that", "the duty it announced".

use super::relative::antecedent;
use super::reporting::COMPLEMENT_TAKERS;
use super::{Group, Range};
use crate::grammar::lower::{Lower, WordId, WordList, is};
use crate::grammar::tag::{Tag, Word};

/// Subject and object of a clause such as "it announced" behind "the duty".
pub(super) fn contact(words: &[Word], group: &Group) -> Option<(Range, Range)> {
    if !group.finite || group.passive {
        return None;
    }
    // "the 25% it already bears"
    let at = (0..group.start).rev().find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Adv))?;
    let pronoun = words.get(at).is_some_and(|w| is!(w.lower, "it" | "they" | "he" | "she" | "we" | "i"));
    // "The accord the United States reached", "a deal Trump struck".
    let mut first = at;
    let named = words.get(at).is_some_and(|w| w.name);
    while named && first > 0 && words.get(first - 1).is_some_and(|w| w.name) {
        first -= 1;
    }
    if named && first > 0 && words.get(first - 1).is_some_and(|w| w.lower == "the") {
        first -= 1;
    }
    // "The pact the two capitals sealed".
    let both = both(words, at + 1);
    first = both.unwrap_or(first);
    let noun = first
        .checked_sub(1)
        .and_then(|i| words.get(i))
        .is_some_and(|w| w.tag == Tag::Noun && !w.time && !w.name || is!(w.lower, "%" | "percent"));
    let made = (named || both.is_some()) && MADE.has(&group.lemma);
    let timed = |r: Range| (r.0..r.1).all(|i| words.get(i).is_some_and(|w| w.time));
    let gap = group.theme.is_none_or(|r| made && timed(r));
    // "told dealers it would": what is told, not which dealers.
    let told = first
        .checked_sub(2)
        .and_then(|i| words.get(i))
        .is_some_and(|w| is!(w.lemma, "tell" | "assure" | "inform" | "remind" | "notify" | "warn"));
    ((pronoun || made) && noun && gap && !told).then_some(())?;
    Some(((first, at + 1), antecedent(words, first)?))
}

/// Where a clause without "that" begins behind the object of `group`, if one does; `next` is its verb.
pub(super) fn contact_clause(
    words: &[Word],
    group: &Group,
    next: Option<&Lower>,
    limit: usize,
) -> Option<usize> {
    // "would add a fee to the cars it ships"
    let adds = group.lemma == "add" && words.get(group.head + 1).is_some_and(|w| is!(w.lower, "a" | "an"));
    if COMPLEMENT_TAKERS.has(&group.lemma) && !adds {
        return None;
    }
    let subject = limit.checked_sub(1)?;
    let pronoun = words.get(subject).is_some_and(|w| is!(w.lower, "it" | "they" | "he" | "she" | "we" | "i"));
    // "the tariffs Trump imposed"
    let name = |i: usize| words.get(i).is_some_and(|w| w.name);
    let mut first = subject;
    while name(subject) && first > 0 && name(first - 1) {
        first -= 1;
    }
    let both = both(words, limit);
    first = both.unwrap_or(first);
    let thing = first.checked_sub(1).and_then(|i| words.get(i));
    let bare = thing.is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.capital && !w.time);
    if (name(subject) || both.is_some())
        && bare
        && next.is_some_and(|verb| MADE.has(verb))
        && first > group.head + 1
    {
        return Some(first);
    }
    let behind = subject.checked_sub(1).and_then(|i| words.get(i));
    let noun = behind.is_some_and(|w| w.tag == Tag::Noun || w.lower == "%" || w.lower == "percent");
    (pronoun && noun && subject > group.head + 1).then_some(subject)
}

/// Where "the two capitals", "both sides" or "the pair" starts that ends before word `end`.
pub(super) fn both(words: &[Word], end: usize) -> Option<usize> {
    let lower =
        |back: usize| end.checked_sub(back).and_then(|i| words.get(i)).map_or(WordId::NONE, |w| w.lower.id());
    if lower(1) == "pair" {
        return (lower(2) == "the").then(|| end - 2);
    }
    let sides = is!(
        lower(1),
        "capitals"
            | "countries"
            | "governments"
            | "leaders"
            | "ministers"
            | "nations"
            | "neighbours"
            | "neighbors"
            | "partners"
            | "presidents"
            | "sides"
            | "states"
            | "teams"
    );
    if !sides {
        return None;
    }
    let two = lower(2) == "two" && lower(3) == "the";
    if two { Some(end - 3) } else { (lower(2) == "both").then(|| end - 2) }
}

/// Verbs of making an accord or a measure, whose object a clause without "that" may describe.
pub(super) static MADE: WordList = WordList::new(&[
    "reach",
    "strike",
    "sign",
    "seal",
    "conclude",
    "clinch",
    "secure",
    "negotiate",
    "make",
    "impose",
    "levy",
    "announce",
    "introduce",
    "threaten",
    "unveil",
    "charge",
    "collect",
    "decree",
    "proclaim",
    "place",
    "slap",
]);
