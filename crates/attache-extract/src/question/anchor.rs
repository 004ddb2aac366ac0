//! Days told by what happened then: "after Busan", "since the Geneva talks".

use super::Asked;
use crate::grammar::lower::is;
use crate::grammar::tag::Tag;
use crate::reading::{Reading, Side};
use crate::who::WhoKind;

impl Asked<'_> {
    /// The contact whose place stands behind "after", "since" or "before".
    pub(super) fn anchor(&mut self, out: &mut Reading) {
        let places: Vec<_> = self
            .who
            .iter()
            .filter(|who| matches!(who.kind, WhoKind::State | WhoKind::Place) && who.city)
            .map(|who| who.span)
            .collect();
        for span in places {
            let Some(start) = self.words.iter().position(|w| w.span.start >= span.start) else { continue };
            let lead = (0..start).rev().find(|&i| self.words.get(i).is_none_or(|w| w.tag != Tag::Det));
            let side = match lead.and_then(|i| self.words.get(i)).map(|w| w.lower.as_str()) {
                Some("after" | "since" | "following") => Side::After,
                Some("before") => Side::Before,
                _ => continue,
            };
            let end = self.words.iter().position(|w| w.span.start >= span.end).unwrap_or(self.words.len());
            let contact =
                (end..self.words.len()).take_while(|&at| self.class("act.engagement", at) || self.meets(at));
            let last = contact.last().map_or(end, |at| at + 1);
            out.anchor = Some((side, self.doc.slice(span).to_owned()));
            self.anchored.extend(lead.into_iter().chain(start..last));
            self.use_words(start, last - start);
        }
    }

    /// Whether a word names a form of contact.
    fn meets(&self, at: usize) -> bool {
        let mut forms = self.extractor.classes.starting("act.engagement.");
        forms.any(|(_, phrases)| phrases.at(&self.words, at))
    }

    /// Whether "after" and the like stand before something that gives no day.
    pub(super) fn leads_nowhere(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at).filter(|w| !w.time && !self.anchored.contains(&at)) else {
            return false;
        };
        let next = self.words.iter().skip(at + 1).find(|w| w.tag != Tag::Det);
        is!(word.lower, "after" | "before" | "since" | "following")
            && next.is_some_and(|w| !w.time && w.lower.as_str() != "when" && w.tag != Tag::Punct)
    }
}
