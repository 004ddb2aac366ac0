//! Ordinals printed with an act.

use super::*;

use crate::grammar::lower::{WordList, few};

/// Ordinals of what is not the first of its kind.
pub(super) static LATER: WordList =
    WordList::new(&["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]);

impl Builder<'_> {
    /// Ordinals printed with the act.
    pub(super) fn claims(&self, kind: Kind) -> Vec<Span> {
        if !matches!(kind, Kind::Engagement | Kind::Agreement) {
            return Vec::new();
        }
        let later = self.may_say(few![
            "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"
        ]);
        if !later && !self.may_say(few!["first"]) {
            return Vec::new();
        }
        let words = self.view.words;
        let mut out = Vec::new();
        for at in 0..words.len() {
            let ordinal = words.get(at).is_some_and(|w| w.lower == "first" || LATER.has(&w.lower));
            let noun = words
                .get(at + 1)
                .is_some_and(|w| w.tag == Tag::Noun || w.lower == "such" || matches!(w.tag, Tag::Verb(_)));
            if ordinal && noun {
                let end = (at..words.len())
                    .find(|&i| {
                        words.get(i).is_some_and(|w| {
                            is!(w.lower, "," | "." | ";" | "—") || (w.lower == "and" && i > at + 2)
                        })
                    })
                    .unwrap_or(words.len());
                out.push(self.span_of((at, end)));
                break;
            }
        }
        out
    }
}
