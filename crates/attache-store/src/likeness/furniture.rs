//! What stands around a story and is changed by everyone who prints it: the dateline before its first
//! sentence, credits and notices after its last.

/// A dateline is over within so many bytes.
const DATELINE: usize = 90;

/// How the lines below a story begin.
const CREDITS: [&str; 14] = [
    "(reporting by",
    "reporting by",
    "(editing by",
    "editing by",
    "(with inputs from",
    "(additional reporting",
    "additional reporting",
    "copyright",
    "\u{a9}",
    "all rights reserved",
    "read more",
    "sign up",
    "follow us",
    "this story was originally published",
];

/// The text from behind its dateline to before its credits.
pub(super) fn without_furniture(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let last = text.rsplit('\n').next().unwrap_or(text);
        let line = last.trim().to_lowercase();
        if last.len() == text.len() || !(line.is_empty() || CREDITS.iter().any(|head| line.starts_with(head)))
        {
            break;
        }
        text = text.strip_suffix(last).unwrap_or(text).trim_end();
    }
    dateline(text).and_then(|end| text.get(end..)).unwrap_or(text)
}

/// Where the dateline ends: "LONDON, May 3 (Agency) - ", "Washington —".
fn dateline(text: &str) -> Option<usize> {
    let line = text.lines().next()?;
    let (at, dash) = [" - ", " -- ", "\u{2014}", "\u{2013}"]
        .iter()
        .filter_map(|dash| line.find(dash).map(|at| (at, dash.len())))
        .min()?;
    let head = line.get(..at).filter(|head| head.len() <= DATELINE)?;
    let first = head.split([' ', ',']).next()?;
    let shouted = first.chars().count() > 1 && first.chars().all(|c| c.is_uppercase() || c == '.');
    let named = head.contains('(') && first.starts_with(char::is_uppercase);
    let bare = head
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    (shouted || named || bare).then_some(at + dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without_furniture(text).trim(), expected);
    }

    #[test]
    fn a_dateline_is_told_from_a_sentence() {
        check("LONDON, May 3 (Agency) - Talks ended.", "Talks ended.");
        check("Geneva \u{2014} Talks ended.", "Talks ended.");
        check("BEIJING -- Talks ended.", "Talks ended.");
        check(
            "Talks ended \u{2014} for now \u{2014} on Friday.",
            "Talks ended \u{2014} for now \u{2014} on Friday.",
        );
        check("The minister - who had been ill - left.", "The minister - who had been ill - left.");
    }

    #[test]
    fn credits_are_told_from_paragraphs() {
        check("Talks ended.\n\nReporting by Ann Other\n\nCopyright 2025", "Talks ended.");
        check("Copyright talks ended.", "Copyright talks ended.");
    }
}
