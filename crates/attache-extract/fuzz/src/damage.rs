//! Texts made of others, or of nothing.

use crate::random::Random;

/// Longest text made, in bytes.
const LONGEST: usize = 60_000;

/// What breaks readers: signs that open and never close, directions, joiners, numbers out of
/// range, dates that are none, words the grammar leans on.
const PIECES: &[&str] = &[
    "(((",
    ")))",
    "\"\"\"",
    "“",
    "”",
    "‘",
    "’",
    "''",
    "``",
    "«",
    "»",
    "[",
    "]",
    "{",
    "—",
    " – ",
    "-",
    "--",
    "…",
    "...",
    ". ",
    "! ",
    "? ",
    "; ",
    ": ",
    ", ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2066}",
    "\u{0301}",
    "e\u{0301}\u{0302}",
    "ß",
    "İ",
    "ﬁ",
    "中国",
    "商务部",
    "東京",
    "🇺🇸",
    "👩‍🚀",
    "العربية",
    "עברית",
    "\u{a0}",
    "\u{2011}",
    "½",
    "²",
    "٢٥",
    "25%",
    "7.5 percent",
    "$1 ",
    "$3 billion",
    "€",
    "%",
    "99999999999999999999",
    "0",
    "00",
    "1e999",
    "-1",
    "1,000,000.5",
    "1.2.3.4",
    "12:01 a.m. EDT",
    "24:99",
    "February 30",
    "May 14, 2025",
    "0000-00-00",
    "9999-12-31",
    "31/31/3131",
    "the 99th",
    "100000 days from now",
    "9999 years ago",
    "until",
    "since",
    "90 days",
    "next Friday",
    "Q5 2025",
    "FY99999",
    "12th century",
    "U.S.",
    "U.S.-China",
    "Mr. ",
    "No. 5",
    "Nov. 10",
    "a.b.c.",
    "A.",
    "v.",
    "Q: ",
    "A: ",
    "By Jane Doe",
    "- ",
    "* ",
    "1. ",
    "1) ",
    "10:30 — ",
    "GENEVA, May 12 (Wire) — ",
    "http://a.b/c?d=e",
    "a@b.c",
    "#",
    "|",
    "<b>",
    "&amp;",
    "China",
    "Beijing",
    "the United States",
    "Washington",
    "both sides",
    "the two presidents",
    "the ministry",
    "Vice Premier He",
    "Treasury Secretary",
    "He",
    "it",
    "they",
    "which",
    "who",
    "that",
    "if",
    "unless",
    "not",
    "never",
    "would",
    "may",
    "could",
    "will",
    "said",
    "says",
    "denied",
    "according to",
    "and",
    "or",
    "but",
    "of",
    "by",
    "on",
    "to",
    "from",
    "imposed",
    "impose",
    "suspend",
    "suspended",
    "raise",
    "cut",
    "threatened to",
    "tariffs",
    "a 25% tariff on",
    "duties",
    "met",
    "talks",
    "held",
    "agreed to",
    "joint statement",
    "warned",
    "sanctions",
    "export controls",
    "first",
    "the first since",
];

/// A text from the corpus, damaged, or one from nothing.
pub fn damaged(random: &mut Random, corpus: &[String]) -> String {
    if random.one_in(12) {
        return from_nothing(random);
    }
    let mut text = random.pick(corpus).cloned().unwrap_or_default();
    for _ in 0..=random.below(12) {
        text = once(random, &text, corpus);
        text.truncate(boundary(&text, LONGEST));
    }
    text
}

/// Bytes, pieces, or one piece over and over.
fn from_nothing(random: &mut Random) -> String {
    let many = random.below(3000);
    match random.below(3) {
        0 => {
            let bytes: Vec<u8> = (0..many).map(|_| random.next() as u8).collect();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        1 => (0..many / 4).filter_map(|_| random.pick(PIECES).copied()).flat_map(|p| [p, " "]).collect(),
        _ => {
            let unit: String = (0..=random.below(3)).filter_map(|_| random.pick(PIECES).copied()).collect();
            unit.repeat((LONGEST / unit.len().max(1)).min(many * 4))
        }
    }
}

/// One wound.
fn once(random: &mut Random, text: &str, corpus: &[String]) -> String {
    let (a, b) = (place(random, text), place(random, text));
    let (start, end) = (a.min(b), a.max(b));
    let end = boundary(text, end.min(start + random.below(400)));
    let (before, part, after) = (&text[..start], &text[start..end], &text[end..]);
    let piece = random.pick(PIECES).copied().unwrap_or("");
    match random.below(12) {
        0 => [before, after].concat(),
        1 => [before, part, part, after].concat(),
        2 => [before, piece, part, after].concat(),
        3 => [before, " ", piece, " ", after].concat(),
        4 => {
            let other = random.pick(corpus).map_or("", String::as_str);
            [before, &other[place(random, other)..]].concat()
        }
        5 => [before, &part.to_uppercase(), after].concat(),
        6 => [before, &part.to_lowercase(), after].concat(),
        7 => [before, &part.replace(' ', ""), after].concat(),
        8 => [before, &part.replace(". ", ", "), after].concat(),
        9 => [before, &part.chars().rev().collect::<String>(), after].concat(),
        10 => {
            let mut bytes = text.as_bytes().to_vec();
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.next() as u8;
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
        _ => {
            let mut words: Vec<&str> = part.split(' ').collect();
            if words.len() > 1 {
                let (i, j) = (random.below(words.len()), random.below(words.len()));
                words.swap(i, j);
            }
            [before, &words.join(" "), after].concat()
        }
    }
}

fn place(random: &mut Random, text: &str) -> usize {
    boundary(text, random.below(text.len() + 1))
}

/// The nearest character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
