//! Two texts, sentence by sentence: which ones came and went, and whether a changed one tells something
//! else than the one in its place.

use std::collections::{BTreeMap, BTreeSet};

use attache_extract::Span;
use attache_extract::sentence::sentences;

use super::furniture::without_furniture;
use super::words;

/// Part of the words that two sentences share where one stands in the other's place, in hundredths.
const IN_PLACE: usize = 45;

/// Sentences that are kept of a difference, either way; both texts are stored whole beside.
const KEPT: usize = 64;

/// Words that turn what is said around.
const TURNS: [&str; 16] = [
    "not", "no", "nobody", "nothing", "none", "never", "denied", "denies", "deny", "cannot", "neither",
    "wont", "didnt", "doesnt", "hasnt", "isnt",
];

/// Names that an editor changes together with the source: agencies, days of the week.
const IDLE: [&str; 22] = [
    "reuters",
    "afp",
    "ap",
    "xinhua",
    "bloomberg",
    "dpa",
    "kyodo",
    "yonhap",
    "associated",
    "press",
    "agency",
    "news",
    "wire",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "gmt",
    "i",
];

/// Numbers in words: what they count is told by them as by digits.
const NUMBERS: [&str; 24] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "ninety", "hundred", "first", "second",
    "third", "half",
];

/// What differs between an earlier and a later text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Difference {
    /// Sentences that only the later one has, in its order.
    pub(crate) came: Vec<String>,
    /// Sentences that only the earlier one had.
    pub(crate) went: Vec<String>,
}

/// Which sentences came and went; a sentence that moved is neither.
pub(crate) fn difference(before: &str, after: &str) -> Difference {
    let (old, new) = (read(before), read(after));
    Difference { came: only(&new, &old), went: only(&old, &new) }
}

fn only(of: &[Sentence<'_>], beside: &[Sentence<'_>]) -> Vec<String> {
    let mut left: BTreeMap<&[String], usize> = BTreeMap::new();
    for sentence in beside {
        *left.entry(&sentence.words).or_default() += 1;
    }
    let own = of.iter().filter(|sentence| match left.get_mut(sentence.words.as_slice()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    own.map(|sentence| sentence.text.split_whitespace().collect::<Vec<_>>().join(" ")).take(KEPT).collect()
}

/// Whether a sentence of one text stands in the place of one of the other and names another number, day
/// or person, or says the contrary.
pub(crate) fn tells_otherwise(a: &str, b: &str) -> bool {
    let (a, b) = (read(without_furniture(a)), read(without_furniture(b)));
    let known = |list: &[Sentence<'_>]| list.iter().map(|one| one.words.clone()).collect::<BTreeSet<_>>();
    let (in_a, in_b) = (known(&a), known(&b));
    let changed: Vec<_> = b.iter().filter(|one| !in_a.contains(&one.words)).collect();
    a.iter().filter(|one| !in_b.contains(&one.words)).any(|old| {
        let nearest =
            changed.iter().map(|new| (shared(&old.words, &new.words), *new)).max_by_key(|(part, _)| *part);
        nearest.is_some_and(|(part, new)| part >= IN_PLACE && old.contradicts(new))
    })
}

/// Part of the words that two sentences share, in hundredths.
pub(crate) fn overlap(a: &str, b: &str) -> usize {
    shared(&words(a).collect::<Vec<_>>(), &words(b).collect::<Vec<_>>())
}

fn shared(a: &[String], b: &[String]) -> usize {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let both = a.intersection(&b).count();
    both * 100 / (a.len() + b.len() - both).max(1)
}

struct Sentence<'t> {
    text: &'t str,
    words: Vec<String>,
    /// Numbers and names.
    marks: BTreeSet<String>,
    /// Whether it says no.
    turned: bool,
}

impl Sentence<'_> {
    /// One names what the other does not, and the other way round; or only one says "not".
    fn contradicts(&self, other: &Self) -> bool {
        let replaced = self.marks.difference(&other.marks).next().is_some()
            && other.marks.difference(&self.marks).next().is_some();
        replaced || self.turned != other.turned
    }
}

fn read(text: &str) -> Vec<Sentence<'_>> {
    let spans = sentences(text, Span::new(0, text.len()));
    let read = spans.into_iter().filter_map(|span| {
        let text = text.get(span.start..span.end)?;
        let words: Vec<String> = words(text).collect();
        let turned = words.iter().any(|word| TURNS.contains(&word.as_str()));
        (!words.is_empty()).then(|| Sentence { text, words, marks: marks(text), turned })
    });
    read.collect()
}

fn marks(text: &str) -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    for (place, printed) in
        text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '/')).enumerate()
    {
        let capital =
            printed.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
        let bare = printed.trim_end_matches("'s").trim_end_matches("\u{2019}s");
        for word in words(bare) {
            let counts = word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(&word.as_str());
            let names = capital && place > 0 && !IDLE.contains(&word.as_str());
            if counts || names {
                marks.insert(word);
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "Ana Reyes called Chen Bo on 3 May. They spoke for an hour. Both will meet in Geneva.";

    #[test]
    fn a_difference_names_what_came_and_went() {
        let later = "They spoke for an hour. Ana Reyes called Chen Bo on 4 May.  Both will\nmeet in Geneva. More follows.";
        let found = difference(TOLD, later);
        assert_eq!(found.came, ["Ana Reyes called Chen Bo on 4 May.", "More follows."]);
        assert_eq!(found.went, ["Ana Reyes called Chen Bo on 3 May."]);
        assert_eq!(difference(TOLD, TOLD), Difference::default());
    }

    #[track_caller]
    fn check(from: &str, to: &str, expected: bool) {
        let changed = TOLD.replacen(from, to, 1);
        assert_ne!(changed, TOLD);
        assert_eq!(tells_otherwise(TOLD, &changed), expected, "{changed}");
        assert_eq!(tells_otherwise(&changed, TOLD), expected, "{changed}");
    }

    #[test]
    fn another_number_name_or_a_denial_tells_otherwise() {
        check("3 May", "4 May", true);
        check("Chen Bo", "Li Wei", true);
        check("Both will", "Both will not", true);
        check("Geneva", "London", true);
        check("spoke for", "talked for", false);
        check("Both will meet in Geneva.", "", false);
        check("Chen Bo", "Minister Chen Bo", false);
    }
}
