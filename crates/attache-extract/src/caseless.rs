//! Comparisons with words in small ASCII letters, whatever the case of the text; nothing is copied.

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
    text.as_bytes().windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        || word.is_empty()
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
