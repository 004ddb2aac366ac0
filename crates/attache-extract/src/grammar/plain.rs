//! Reads rule files as they are nearly always written, a value on a line, at a tenth of the time.
//!
//! In goes the text of a rule up to its examples, out comes what stands in it, or `None` where some line
//! is not a comment, a `[section]` or a key with a plain text, a list of such, a number or a truth; what
//! the keys mean is not known here. The TOML parser reads what this module leaves, and says what is wrong.

use std::ops::Range;

/// A text and where it stands in the file, in bytes.
pub(super) type Placed<'t> = (Range<usize>, &'t str);

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'t> {
    Text(&'t str),
    List(Vec<Placed<'t>>),
    Number(u16),
    Truth(bool),
}

/// A key of a section with its value and where that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Empty before the first section.
    pub(super) section: &'t str,
    pub(super) key: &'t str,
    pub(super) value: Value<'t>,
    pub(super) place: Range<usize>,
}

/// The lines of a file, of which no two have the same key.
pub(super) fn lines(text: &str) -> Option<Vec<Line<'_>>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let mut sections: Vec<&str> = vec![""];
    let mut next = 0;
    for line in text.split('\n') {
        let start = next;
        next += line.len() + 1;
        if line.is_empty() || line.starts_with('#') && !line.bytes().any(|byte| byte.is_ascii_control()) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            // What an empty section is good for, the parser knows.
            let empty =
                sections.len() > 1 && out.last().is_none_or(|line| Some(&line.section) != sections.last());
            if !is_key(name) || sections.contains(&name) || empty {
                return None;
            }
            sections.push(name);
            continue;
        }
        let (key, written) = line.split_once(" = ").filter(|(key, _)| is_key(key))?;
        let section = *sections.last()?;
        if out.iter().any(|known| known.key == key && known.section == section) {
            return None;
        }
        let at = start + line.len() - written.len();
        out.push(Line { section, key, value: value(written, at)?, place: at..at + written.len() });
    }
    (out.last().map(|line| line.section) == sections.pop()).then_some(out)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn value(written: &str, at: usize) -> Option<Value<'_>> {
    match written.as_bytes() {
        [b'"', ..] => {
            let (text, "") = quoted(written)? else { return None };
            Some(Value::Text(text))
        }
        [b'[', ..] => list(written, at).map(Value::List),
        b"true" | b"false" => Some(Value::Truth(written == "true")),
        b"0" => Some(Value::Number(0)),
        [b'1'..=b'9', ..] if written.bytes().all(|byte| byte.is_ascii_digit()) => {
            written.parse().ok().map(Value::Number)
        }
        _ => None,
    }
}

/// The text in quotes that `written` starts with, and what stands behind it.
fn quoted(written: &str) -> Option<(&str, &str)> {
    let rest = written.strip_prefix('"')?;
    let end = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\') || byte.is_ascii_control())?;
    let (text, rest) = rest.split_at_checked(end)?;
    Some((text, rest.strip_prefix('"')?))
}

fn list(written: &str, at: usize) -> Option<Vec<Placed<'_>>> {
    let end = at + written.len();
    let mut rest = written.strip_prefix('[')?;
    let mut out = Vec::new();
    while rest != "]" {
        let start = end - rest.len();
        let (text, behind) = quoted(rest)?;
        out.push((start..end - behind.len(), text));
        rest = match behind.strip_prefix(", ") {
            Some(more) if more != "]" => more,
            None if behind == "]" => behind,
            _ => return None,
        };
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_file_is_read() {
        let text =
            "# A rule.\nname = \"a b\"\n\n[when]\nkeys = [\"x\", \"y z\"]\nnone = []\ncount = 20\nyes = true";
        let lines = lines(text).unwrap();
        let found: Vec<_> = lines.iter().map(|line| (line.section, line.key, &line.value)).collect();
        let list = Value::List(vec![(39..42, "x"), (44..49, "y z")]);
        assert_eq!(
            found,
            [
                ("", "name", &Value::Text("a b")),
                ("when", "keys", &list),
                ("when", "none", &Value::List(Vec::new())),
                ("when", "count", &Value::Number(20)),
                ("when", "yes", &Value::Truth(true)),
            ]
        );
        assert!(lines.iter().all(|line| text.get(line.place.clone()).is_some_and(|own| !own.contains('='))));
    }

    #[test]
    fn all_else_is_left_to_the_parser() {
        for text in [
            "a = 'b'",
            "a = \"b\\n\"",
            "a = \"b\" # c",
            "a = \"b",
            "a = \"b\tc\"",
            "a = [\"b\",]",
            "a = [\"b\", ]",
            "a = [\"b\" \"c\"]",
            "a = [1]",
            "a = 01",
            "a = -1",
            "a = 1.5",
            "a.b = 1",
            "a=1",
            "a = 1\na = 2",
            "[a]\nb = 1\n[a]\nc = 1",
            "[a]\n[b]\nc = 1",
            "b = 1\n[a]",
            "[[a]]",
            " a = 1",
            "a = 1\r",
            "a",
        ] {
            assert_eq!(lines(text), None, "{text:?}");
        }
    }
}
