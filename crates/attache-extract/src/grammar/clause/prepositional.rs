//! The object and the prepositional phrases behind a verb or a noun.

use super::Range;
use super::inner_comma::{described_twice, list_comma};
use super::noun_phrase::trim;
use crate::grammar::lower::is;
use crate::grammar::preps::Gathered;
use crate::grammar::tag::{Tag, Word};

/// An object, phrases with the place of their preposition, and where they end.
pub(super) type Complements = (Option<Range>, Gathered, usize);

/// The object, then each preposition with its phrase, from `from` to the end of the clause.
pub(crate) fn phrases(words: &[Word], from: usize, limit: usize) -> Complements {
    let mut theme = None;
    let mut preps = Gathered::default();
    let mut open: Option<usize> = None;
    let mut start = from;
    let mut at = from;
    let mut close = |open: Option<usize>, start: usize, end: usize, preps: &mut Gathered| {
        if let Some(range) = trim(words, (start, end)) {
            match open {
                None => theme = theme.or(Some(range)),
                Some(prep) => preps.push((prep, range)),
            }
        }
    };
    while at < limit {
        let Some(word) = words.get(at) else { break };
        // "put the firm, a maker of drones, on its list": past what the object is.
        if word.lower == ","
            && let Some(end) = apposition(words, at).filter(|&end| end < limit)
        {
            close(open, start, at, &mut preps);
            (open, start, at) = (Some(at), end + 1, end + 1);
            continue;
        }
        let stop = match word.tag {
            Tag::Sub | Tag::Rel => true,
            Tag::Punct if is!(word.lower, ";" | ":" | "—" | "–" | "." | "?" | "!") => true,
            Tag::Punct if word.lower == "," => {
                let next = words.get(at + 1);
                let prep = next.is_some_and(|w| w.tag == Tag::Prep || w.tag == Tag::To || w.time);
                !(prep || list_comma(words, at, limit) || described_twice(words, at, limit))
            }
            _ => false,
        };
        if stop {
            break;
        }
        // "of" belongs to its noun, except where it opens the phrase of a noun of action, and in "out of".
        let out = || at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "out");
        if matches!(word.tag, Tag::Prep | Tag::To)
            && (word.lower != "of" || out())
            && !(word.time && word.lower != "on" && word.lower != "in")
            && !word.name
            && !inside_range(words, at)
            && !(word.lower == "for" && chosen(words, at))
        {
            close(open, start, at, &mut preps);
            open = Some(at);
            start = at + 1;
        }
        at += 1;
    }
    close(open, start, at, &mut preps);
    (theme, preps, at)
}

/// How many words may say what a name before them is.
const APPOSED: usize = 12;

/// The comma that ends what is said, without a verb, of the name before the comma at `at`, where a phrase
/// with a preposition follows.
fn apposition(words: &[Word], at: usize) -> Option<usize> {
    let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
    let before = at.checked_sub(1).and_then(|i| words.get(i)).filter(|_| comma(at))?;
    let named = before.tag == Tag::Noun && !before.time && (before.name || before.capital);
    let first = words.get(at + 1).filter(|_| named)?;
    let says = first.tag == Tag::Det && !first.capital
        || is!(first.lower, "one" | "its" | "his" | "her" | "their")
        || first.name && (at + 2..at + 5).any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Poss))
        || first.tag == Tag::Noun && !first.name && !first.capital && !first.time;
    if !says {
        return None;
    }
    let end = (at + 2..at + 2 + APPOSED).find(|&i| {
        words.get(i).is_none_or(|w| {
            matches!(
                w.tag,
                Tag::Punct | Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Sub | Tag::Rel
            ) && w.lower != "-"
        })
    })?;
    let joins = (at + 1..end).any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Conj && w.lower == "or"));
    let next = words.get(end + 1).is_some_and(|w| w.tag == Tag::Prep || w.tag == Tag::To);
    (comma(end) && next && !joins).then_some(end)
}

/// As [`phrases`], for the phrases behind a noun, where "of" counts like any other preposition.
pub(super) fn phrases_of_noun(words: &[Word], from: usize, limit: usize) -> Complements {
    let (theme, preps, end) = phrases(words, from, limit);
    if words.get(from).is_some_and(|w| w.lower == "of") {
        let stop = preps.first().map_or(end, |(p, _)| *p);
        if let Some(range) = trim(words, (from + 1, stop)) {
            let mut all = Gathered::default();
            all.push((from, range));
            all.extend(preps.iter().copied());
            return (theme, all, end);
        }
    }
    (theme, preps, end)
}

/// "the president's pick for secretary": part of the phrase before it.
fn chosen(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    before.is_some_and(|w| is!(w.lower, "pick" | "choice" | "nominee" | "candidate"))
}

/// "the 10 to 15 percent duty": one number of two ends.
fn inside_range(words: &[Word], at: usize) -> bool {
    // "the 10% to 15% duties"
    let sign = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "%" | "percent"));
    let rates = at >= 3
        && sign(at - 1)
        && words.get(at + 1).is_some_and(|w| w.tag == Tag::Num)
        && sign(at + 2)
        && words.get(at + 3).is_some_and(|w| w.tag == Tag::Noun && !w.time)
        && words.get(at - 3).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Verb(_)));
    if rates {
        return true;
    }

    let number = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Num);
    let before = at.checked_sub(1).filter(|&i| number(i));
    let from = before.and_then(|i| i.checked_sub(1)).and_then(|i| words.get(i));
    words.get(at).is_some_and(|w| w.tag == Tag::To)
        && before.is_some()
        && number(at + 1)
        && from.is_none_or(|w| w.lower != "from")
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor};

    /// Subtype and place of each event.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 9, 10)));
        let told: Vec<_> = read.events.iter().map(|e| (e.act.subtype(), e.place.as_deref())).collect();
        assert_eq!(told, expected, "{text:?}");
    }

    #[test]
    fn the_object_goes_on_behind_what_it_is_called() {
        check("In March Japan put SMIC, a maker of chips, on its blacklist.", &[("entity_listing", None)]);
        check(
            "Chile's trade minister met Howard Lutnick, the commerce secretary, in Geneva on Monday.",
            &[("meeting", Some("Geneva"))],
        );
    }
}
