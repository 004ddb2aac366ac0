//! Makes text of others harmless in Discord's markdown.
//!
//! What comes out shows the same words and nothing else: it cannot ping, link, format, open a
//! custom emoji or a timestamp, start a list or a heading, or hide characters from the reader.

/// Length as Discord's clients count it (UTF-16 units, never less than Discord's own count).
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// `text` in one line, escaped, at most `budget` units long. Where it has to be cut, the cut falls
/// behind a sentence or a word and is marked with "…"; the second value says whether all fitted.
pub(super) fn inert(text: &str, budget: usize) -> (String, bool) {
    let clean = clean(text);
    let mut out = String::with_capacity(clean.len() + 8);
    let (mut used, mut sentence, mut word) = (0, 0, 0);
    let mut before = None;
    let mut chars = clean.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let piece = escaped(c, before, next, &clean);
        let size = piece.len_units();
        // One unit stays free for the mark of a cut, unless this is the end.
        let room = if next.is_none() { budget } else { budget.saturating_sub(1) };
        if used + size > room {
            return (cut(out, sentence, word), false);
        }
        if c == ' ' {
            word = out.len();
            if before.is_some_and(|b| matches!(b, '.' | '!' | '?')) {
                sentence = out.len();
            }
        }
        piece.push(&mut out);
        used += size;
        if matches!(c, '。' | '！' | '？') {
            sentence = out.len();
        }
        before = Some(c);
    }
    (out, true)
}

/// `text` in one line without hidden characters, at most `budget` units long; for the places where
/// Discord renders no markdown and a backslash would be seen.
pub(super) fn plain(text: &str, budget: usize) -> String {
    let clean = clean(text);
    if units(&clean) <= budget {
        return clean;
    }
    let mut out = String::new();
    let mut used = 1;
    for c in clean.chars() {
        used += c.len_utf16();
        if used > budget {
            break;
        }
        out.push(c);
    }
    if budget > 0 {
        out.push('…');
    }
    out
}

/// Shortens at the last sentence if that keeps half of it, else at the last word, and marks it.
fn cut(mut out: String, sentence: usize, word: usize) -> String {
    let at = if sentence * 2 >= out.len() && sentence > 0 {
        sentence
    } else if word > 0 {
        word
    } else {
        out.len()
    };
    out.truncate(at);
    out.push('…');
    out
}

/// One character as it is written out.
enum Written {
    Bare(char),
    Escaped(char),
    /// An escaped `@` held apart from a word that would make it a mention of everybody.
    At,
}

impl Written {
    fn len_units(&self) -> usize {
        match self {
            Self::Bare(c) => c.len_utf16(),
            Self::Escaped(c) => 1 + c.len_utf16(),
            Self::At => 3,
        }
    }

    fn push(&self, out: &mut String) {
        match self {
            Self::Bare(c) => out.push(*c),
            Self::Escaped(c) => out.extend(['\\', *c]),
            Self::At => out.push_str("\\@\u{2060}"),
        }
    }
}

fn escaped(c: char, before: Option<char>, next: Option<char>, whole: &str) -> Written {
    let starts = before.is_none_or(|b| b == ' ') && leads(whole, before);
    match c {
        '\\' | '*' | '_' | '~' | '|' | '`' | '[' | ']' | '<' | '>' | '/' => Written::Escaped(c),
        '@' if next.is_some_and(|n| n.is_alphabetic()) => Written::At,
        '@' => Written::Escaped(c),
        ':' if next.is_some_and(|n| n == '/' || n.is_alphabetic()) => Written::Escaped(c),
        '#' | '-' | '+' | '.' if starts => Written::Escaped(c),
        // "1. " and "1) " at the start of a line make a list.
        '.' | ')' if before.is_some_and(|b| b.is_ascii_digit()) && numbers_lead(whole, c) => {
            Written::Escaped(c)
        }
        _ => Written::Bare(c),
    }
}

/// Whether everything up to here is blank, so that a mark would stand at the start of a line.
fn leads(whole: &str, before: Option<char>) -> bool {
    before.is_none() || whole.starts_with(' ')
}

fn numbers_lead(whole: &str, mark: char) -> bool {
    let rest = whole.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with(mark) && rest.chars().nth(1).is_none_or(|c| c == ' ')
}

/// One line, single spaces, no control, bidirectional or invisible characters, and no towers of
/// combining marks.
fn clean(text: &str) -> String {
    // Most text is as it should be.
    let printed = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if printed && !text.contains("  ") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            marks = 0;
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c.is_control() || invisible(c) {
        } else if combining(c) {
            marks += 1;
            if marks <= 3 {
                out.push(c);
            }
        } else {
            marks = 0;
            out.push(c);
        }
    }
    out
}

const fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

const fn combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(inert(input, 500).0, expected);
    }

    #[test]
    fn mentions_are_words() {
        check("hello @everyone and @here", "hello \\@\u{2060}everyone and \\@\u{2060}here");
        check("<@123> <@&5> <#9> </tell:1>", r"\<\@123\> \<\@&5\> \<#9\> \<\/tell:1\>");
    }

    #[test]
    fn links_are_words() {
        check("see https://evil.example/a", r"see https\:\/\/evil.example\/a");
        check("[click](https://x.y)", r"\[click\](https\:\/\/x.y)");
        check("discord.gg/abc", r"discord.gg\/abc");
    }

    #[test]
    fn marks_are_signs() {
        check("**bold** _it_ ~~no~~ ||secret|| `code`", {
            r"\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|secret\|\| \`code\`"
        });
        check("<t:1700000000:R> <:a:1>", r"\<t:1700000000\:R\> \<\:a:1\>");
        check(r"\*", r"\\\*");
    }

    #[test]
    fn a_line_start_is_no_heading_or_list() {
        check("# Heading", r"\# Heading");
        check("  - point", r" \- point");
        check("1. first", r"1\. first");
        check("> quoted", r"\> quoted");
        check("one\n# two", "one # two");
    }

    #[test]
    fn usual_prose_stays_readable() {
        let prose = "The U.S.-China truce (24%) ends at 00:01 on 10 November: nobody knows. It is No. 1.";
        check(prose, prose);
    }

    #[test]
    fn hidden_characters_are_gone() {
        check("a\u{202e}b\u{200b}c\u{7}d\u{feff}", "abcd");
        check("z\u{301}\u{301}\u{301}\u{301}\u{301}", "z\u{301}\u{301}\u{301}");
    }

    #[test]
    fn cuts_fall_behind_a_sentence_or_a_word() {
        assert_eq!(inert("First one. Second one here.", 20), ("First one.…".to_owned(), false));
        assert_eq!(inert("abcdef ghijkl", 10), ("abcdef…".to_owned(), false));
        assert_eq!(inert("abcdefghijkl", 5), ("abcd…".to_owned(), false));
        assert_eq!(inert("abc", 3), ("abc".to_owned(), true));
    }
}
