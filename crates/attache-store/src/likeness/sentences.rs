//! Two texts, sentence by sentence: which ones came and went, and whether a changed one tells something
//! else than the one in its place.

use std::collections::{BTreeMap, BTreeSet};

use attache_extract::Span;
use attache_extract::sentence::sentences;

use super::furniture::without_furniture;
use super::words::words;
use crate::months::MONTHS;

/// Part of the words that two sentences share where one stands in the other's place, in hundredths.
const IN_PLACE: usize = 45;

/// From so much on, of the words that are no names, a sentence is the other one with names replaced, and not
/// one written anew.
const REPLACED: usize = 75;

/// So many sentences written anew that name others tell otherwise, however they are written.
const RENAMED: usize = 2;

/// Names that begin with so many of the same letters and end in these are forms of one: China, Chinese;
/// Centre, Center.
const STEM: usize = 4;
const ENDINGS: [&str; 22] = [
    "", "n", "an", "ian", "ese", "s", "ish", "ans", "y", "a", "o", "ey", "ain", "me", "er", "re", "ur", "r",
    "ce", "se", "sation", "zation",
];

/// Forms of one name that begin otherwise.
const FORMS: [(&str, &str); 10] = [
    ("usd", "us"),
    ("swiss", "switzerland"),
    ("french", "france"),
    ("spanish", "spain"),
    ("danish", "denmark"),
    ("dutch", "netherlands"),
    ("welsh", "wales"),
    ("american", "us"),
    ("americans", "us"),
    ("british", "uk"),
];

/// Letters of a name that stands for several words by their initials: EU, WTO.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=5;

/// Sentences that are kept of a difference, either way; both texts are stored whole beside.
const KEPT: usize = 64;

/// What a line ends with whose sentence does not go on in the next.
const ENDS: [char; 9] = ['.', '!', '?', '"', '\u{201c}', '\u{201d}', '\u{2019}', ')', ':'];

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

/// Numbers in words: what they count is told by them as by digits. "One" more often stands for a name.
const NUMBERS: [(&str, &str); 30] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("ninety", "90"),
    ("hundred", "100"),
    ("first", "1"),
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("seventh", "7"),
    ("eighth", "8"),
    ("ninth", "9"),
    ("tenth", "10"),
    ("half", "half"),
];

/// Words before a share: a third, two fifths.
const SHARES: [&str; 3] = ["a", "one", "two"];

/// The month that a word names, in full or in short.
fn month(word: &str) -> Option<&'static str> {
    let short = word.len() == 3 || word == "sept";
    MONTHS.into_iter().find(|name| *name == word || short && name.starts_with(word))
}

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
/// or person, or says the contrary. An editor who writes a sentence anew calls the same by other names: one
/// such sentence is none.
pub(crate) fn tells_otherwise(a: &str, b: &str) -> bool {
    let (a, b) = (read(without_furniture(a)), read(without_furniture(b)));
    let known = |list: &[Sentence<'_>]| list.iter().map(|one| one.words.clone()).collect::<BTreeSet<_>>();
    let (in_a, in_b) = (known(&a), known(&b));
    let changed: Vec<_> = b.iter().filter(|one| !in_a.contains(&one.words)).collect();
    let mut renamed = 0;
    a.iter().filter(|one| !in_b.contains(&one.words)).any(|old| {
        let nearest =
            changed.iter().map(|new| (shared(&old.words, &new.words), *new)).max_by_key(|(part, _)| *part);
        let Some((_, new)) = nearest.filter(|(part, _)| *part >= IN_PLACE) else { return false };
        let named = old.names_others(new);
        renamed += usize::from(named);
        old.counts_otherwise(new)
            || (named || old.turned != new.turned) && old.frame(new) >= REPLACED
            || renamed >= RENAMED
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
    numbers: BTreeSet<String>,
    names: BTreeSet<String>,
    /// Those of the names that are printed in capitals.
    initials: BTreeSet<String>,
    /// Whether it says no.
    turned: bool,
}

impl Sentence<'_> {
    /// One has a number that the other does not have, and the other way round.
    fn counts_otherwise(&self, other: &Self) -> bool {
        self.numbers.difference(&other.numbers).next().is_some()
            && other.numbers.difference(&self.numbers).next().is_some()
    }

    /// Part of the words that both share, of those that name nobody, in hundredths.
    fn frame(&self, other: &Self) -> usize {
        let plain = |of: &Self| -> Vec<String> {
            let names = |word: &&String| self.names.contains(*word) || other.names.contains(*word);
            of.words.iter().filter(|word| !names(word)).cloned().collect()
        };
        shared(&plain(self), &plain(other))
    }

    /// One names what the other does not, and the other way round.
    fn names_others(&self, other: &Self) -> bool {
        let lacks = |has: &Self, lacks: &Self| {
            has.names.iter().any(|name| {
                !(lacks.names.iter().any(|other| is_form(name, other))
                    || has.initials.contains(name) && stands_for(name, &lacks.names)
                    || lacks
                        .initials
                        .iter()
                        .any(|short| short.contains(initial(name)) && stands_for(short, &has.names)))
            })
        };
        lacks(self, other) && lacks(other, self)
    }
}

fn read(text: &str) -> Vec<Sentence<'_>> {
    // A quotation that is not closed ends with its paragraph.
    let mut start = 0;
    let lines = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end, line.trim_end()))
    });
    let paragraphs = lines.filter_map(|(end, line)| {
        let over = line.ends_with(ENDS) || line.is_empty() || end == text.len();
        over.then(|| Span::new(std::mem::replace(&mut start, end), end))
    });
    let spans = paragraphs.flat_map(|paragraph| sentences(text, paragraph));
    let read = spans.filter_map(|span| {
        let text = text.get(span.start..span.end)?;
        let words: Vec<String> = words(text).collect();
        let turned = words.iter().any(|word| TURNS.contains(&word.as_str()));
        let Marks { numbers, names, initials } = marks(text);
        (!words.is_empty()).then_some(Sentence { text, words, numbers, names, initials, turned })
    });
    read.collect()
}

/// Whether two names are forms of one.
fn is_form(a: &str, b: &str) -> bool {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let ends = |name: &str| name.get(same..).is_some_and(|end| ENDINGS.contains(&end));
    a == b
        || same >= STEM && ends(a) && ends(b)
        || FORMS.iter().any(|form| *form == (a, b) || *form == (b, a))
}

fn initial(name: &str) -> char {
    name.chars().next().unwrap_or_default()
}

/// Whether each letter begins one of the names.
fn stands_for(short: &str, names: &BTreeSet<String>) -> bool {
    short.chars().all(|letter| names.iter().any(|name| initial(name) == letter && name != short))
}

#[derive(Default)]
struct Marks {
    numbers: BTreeSet<String>,
    names: BTreeSet<String>,
    initials: BTreeSet<String>,
}

/// The numbers and the names of a sentence.
fn marks(text: &str) -> Marks {
    let mut marks = Marks::default();
    let mut share = false;
    for (place, printed) in
        text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '/')).enumerate()
    {
        let capital =
            printed.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
        let bare = printed.trim_end_matches("'s").trim_end_matches("\u{2019}s");
        let shouted = bare.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        // "(WTO)" repeats the name before it.
        if shouted && printed.starts_with('(') && printed.contains(')') {
            continue;
        }
        for word in words(bare) {
            let spelt = NUMBERS.iter().find(|(spelt, _)| *spelt == word).map(|(_, digits)| *digits);
            let month = month(&word).filter(|_| capital);
            // "A fifth" is as good as "40 of 200".
            let part = std::mem::replace(&mut share, SHARES.contains(&word.as_str()));
            let spelt = spelt.filter(|_| !part).or(month);
            let counts = word.starts_with(|c: char| c.is_ascii_digit()) || spelt.is_some();
            let names = capital && place > 0 && !IDLE.contains(&word.as_str());
            if counts {
                marks.numbers.insert(spelt.map_or(word, str::to_owned));
            } else if names {
                if shouted && INITIALS.contains(&word.len()) {
                    marks.initials.insert(word.clone());
                }
                marks.names.insert(word);
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

    #[test]
    fn a_month_is_one_in_full_and_in_short() {
        for name in MONTHS {
            assert_eq!((month(name), month(name.get(..3).unwrap())), (Some(name), Some(name)));
        }
        assert_eq!(
            (month("sept"), month("marc"), month("ma"), month("")),
            (Some("september"), None, None, None)
        );
    }

    #[test]
    fn a_name_in_another_form_tells_the_same() {
        let told = |name: &str| format!("The talks with {name} about steel and cars end on Friday.");
        for (one, other, expected) in [
            ("the European Union", "the EU", false),
            ("U.S. makers", "US makers", false),
            ("Indian mills", "India's mills", false),
            ("Swiss banks", "Switzerland's banks", false),
            ("the European Union", "the WTO", true),
            ("Austria", "Australia", true),
            ("Slovakia", "Slovenia", true),
        ] {
            assert_eq!(tells_otherwise(&told(one), &told(other)), expected, "{one}, {other}");
            assert_eq!(tells_otherwise(&told(other), &told(one)), expected, "{other}, {one}");
        }
    }
}
