//! Words as they are compared: what house styles spell differently is one word.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Short forms of magnitudes behind a figure: 3.1bn, 2.3 mln.
const MAGNITUDES: [(&str, &str); 10] = [
    ("m", "million"),
    ("mn", "million"),
    ("mln", "million"),
    ("b", "billion"),
    ("bn", "billion"),
    ("bln", "billion"),
    ("tn", "trillion"),
    ("trn", "trillion"),
    ("trln", "trillion"),
    ("k", "thousand"),
];

/// How "%" is spelt; the sign itself is no word.
const PERCENT: [&str; 2] = ["percent", "pct"];

/// Letters and digits in lower case, without accents, an apostrophe dropped; "U.S." is "US", "3.1bn" is
/// "3.1 billion", "4 percent" is "4%", "2nd" is "2".
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let inside =
        |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '.') || is_combining_mark(c);
    let mut figure = false;
    text.split(move |c: char| !inside(c)).flat_map(parts).filter_map(move |part| {
        let word: String = match part.is_ascii() {
            true => {
                part.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
            }
            false => part.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect(),
        };
        let behind_figure = std::mem::replace(&mut figure, word.starts_with(|c: char| c.is_ascii_digit()));
        if word.is_empty() || PERCENT.contains(&word.as_str()) {
            return None;
        }
        let magnitude = MAGNITUDES.iter().find(|(short, _)| behind_figure && *short == word);
        Some(magnitude.map_or(word, |(_, long)| (*long).to_owned()))
    })
}

/// What stands between two full stops, but for those of initials and decimals; letters behind a figure are
/// apart from it.
fn parts(printed: &str) -> Vec<&str> {
    let end = printed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(printed.len());
    let (figure, rest) = printed.split_at_checked(end).unwrap_or((printed, ""));
    if figure.contains(|c: char| c.is_ascii_digit()) && !figure.starts_with('.') {
        let ordinal = ["st", "nd", "rd", "th"].contains(&rest);
        return if ordinal || rest.is_empty() { vec![figure] } else { vec![figure, rest] };
    }
    let initials = printed.split('.').all(|part| part.chars().count() < 2);
    if initials { vec![printed] } else { printed.split('.').collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(words(text).collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn one_word_in_several_spellings() {
        check("The U.S. tariff isn\u{2019}t new.", "the us tariff isnt new");
        check("L\u{e1}zaro C\u{e1}rdenas, Sa\u{303}o Paulo", "lazaro cardenas sao paulo");
        check("$3.1bn, 3.1 billion and 2.3 mln; 4b", "31 billion 31 billion and 23 million 4 billion");
        check("4.9 percent, 4.9%, 4.9 pct", "49 49 49");
        check("the 2nd of 10,000 m. ended.m", "the 2 of 10 000 million ended m");
        check("plan b and B2B", "plan b and b2b");
        check(".5 ... 1. a.b", "5 1 ab");
    }
}
