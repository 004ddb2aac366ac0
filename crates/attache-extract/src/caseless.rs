//! Comparisons with words in small ASCII letters, whatever the case of the text; nothing is copied.

use memchr::memchr2_iter;

/// Whether a text starts with `word`.
pub(crate) fn starts_with(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a text ends with `word`.
pub(crate) fn ends_with(text: &str, word: &str) -> bool {
    let start = text.len().checked_sub(word.len());
    let end = start.and_then(|start| text.as_bytes().get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether `word` stands somewhere in a text.
pub(crate) fn contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(&first) = word.first() else { return true };
    memchr2_iter(first, first.to_ascii_uppercase(), text).any(|at| {
        let part = text.get(at..).and_then(|rest| rest.get(..word.len()));
        part.is_some_and(|part| part.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_make_no_difference() {
        for text in ["court", "COURT", "Court"] {
            assert!(starts_with(text, "court") && ends_with(text, "court") && contains(text, "court"));
        }
        assert!(ends_with("the Chinese Side", " side") && !ends_with("side", " side"));
        assert!(contains("High Court of Justice", "court") && !contains("cour", "court"));
        assert!(!starts_with("é", "e") && !ends_with("é", "e") && contains("", ""));
    }
}
