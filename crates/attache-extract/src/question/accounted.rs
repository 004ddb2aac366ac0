//! What nothing was read from: no word that could narrow a question is passed over in silence.

use super::{Asked, push};
use crate::event::Kind;
use crate::grammar::tag::{Tag, Word};
use crate::lexicon::Level;
use crate::reading::Reading;
use crate::token::TokenKind;
use crate::vocabulary::Vocabulary as _;
use crate::who::{Who, WhoKind};

/// Words that take something out of what is asked about.
const EXCEPT: &[&str] =
    &["without", "except", "excluding", "besides", "unless", "than", "despite", "instead"];

/// Words before a number that make it a bound.
const BOUNDS: &[&str] =
    &["above", "over", "below", "under", "least", "most", "than", "beyond", "exceeding", "about", "around"];

impl Asked<'_> {
    /// Marks the words of a mention as read. Of people of a kind only the country is.
    pub(super) fn use_who(&mut self, who: &Who) {
        if !matches!(who.kind, WhoKind::Group | WhoKind::Pair | WhoKind::Authority) {
            self.use_span(who.span);
            return;
        }
        for (word, used) in self.words.iter().zip(&mut self.used) {
            let inside = word.span.start >= who.span.start && word.span.end <= who.span.end;
            *used |= inside && (word.capital && who.country.is_some() || word.tag == Tag::Poss);
        }
    }

    /// The ranks of those who met: "between leaders", "at vice-ministerial level".
    pub(super) fn levels(&mut self, out: &mut Reading) {
        if !out.kinds.contains(&Kind::Engagement) {
            return;
        }
        let classes = &self.extractor.classes;
        let mut at = 0;
        while let Some(word) = self.words.get(at) {
            // The longest name wins: a vice minister is no minister.
            let best = classes
                .starting("ask.level.")
                .filter_map(|(name, phrases)| Some((phrases.find(&self.words, at)?.len(), name)))
                .max();
            match best.and_then(|(length, name)| Some((length, Level::parse(name)?))) {
                Some((length, level)) if !word.time && !self.titled(at, length) => {
                    push(&mut out.levels, level);
                    self.use_words(at, length);
                    self.ranked.extend(at..at + length);
                    if let Some(before) = at.checked_sub(1).filter(|&i| self.class("ask.portfolio", i)) {
                        let portfolio = self.words.get(before).map_or("", |w| w.lower.as_str());
                        push(&mut out.offices, format!("{portfolio} {}", level.as_str().replace('_', " ")));
                        self.use_words(before, 1);
                    }
                    at += length;
                }
                _ => at += 1,
            }
        }
        if !out.levels.is_empty() {
            self.says("ask.level");
        }
    }

    /// Whether words that name a rank belong to somebody's title: "the commerce minister", "President
    /// Xi". "The two presidents" are a rank.
    fn titled(&self, at: usize, length: usize) -> bool {
        let Some(first) = self.words.get(at).map(|word| word.span) else { return false };
        let covers = |who: &&Who| who.span.start <= first.start && first.end <= who.span.end;
        self.who.iter().filter(covers).any(|who| {
            let portfolio = self.words.iter().enumerate().any(|(i, word)| {
                let inside = word.span.start >= who.span.start && word.span.end <= who.span.end;
                inside && word.tag == Tag::Noun && !(at..at + length).contains(&i)
            });
            let plural = self.words.get(at + length - 1).is_some_and(|w| w.lower != w.lemma.as_str());
            let people = matches!(who.kind, WhoKind::Group | WhoKind::Pair | WhoKind::Authority);
            let named = who.name.is_some() && !people;
            named || portfolio && !plural
        })
    }

    /// Names and words that nothing was read from.
    pub(super) fn leftovers(&mut self, out: &mut Reading) {
        self.says("ask.filler");
        let mut name = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let new = !self.used.get(at).copied().unwrap_or(true) && !word.time;
            let named = new && word.capital && at > 0 && word.kind == TokenKind::Word;
            if named {
                name.push(self.doc.slice(word.span));
                continue;
            }
            if !name.is_empty() {
                push(&mut out.unknown, name.join(" "));
                name.clear();
            }
            if !new {
                continue;
            }
            match word.kind {
                TokenKind::Word if self.narrows(at, word) => push(&mut out.rest, word.lower.to_string()),
                TokenKind::Number => push(&mut out.rest, self.number(at, word)),
                _ => {}
            }
        }
        if !name.is_empty() {
            push(&mut out.unknown, name.join(" "));
        }
    }

    /// Whether a word that nothing was read from says which of several is meant.
    fn narrows(&self, at: usize, word: &Word) -> bool {
        let lower = word.lower.as_str();
        match word.tag {
            Tag::Noun | Tag::Verb(_) => true,
            Tag::Adv => lower.ends_with("ly"),
            _ => EXCEPT.contains(&lower) && !self.bounds(at + 1) || self.leads_nowhere(at),
        }
    }

    /// Whether a number follows here.
    fn bounds(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.kind == TokenKind::Number)
    }

    /// A number with its unit, and with the word that makes it a bound: "over 50%".
    fn number(&self, at: usize, word: &Word) -> String {
        let near = |at: Option<usize>| at.and_then(|at| self.words.get(at)).map_or("", |w| w.lower.as_str());
        let before = near(at.checked_sub(1));
        let bound = if BOUNDS.contains(&before) { format!("{before} ") } else { String::new() };
        let percent = matches!(near(Some(at + 1)), "%" | "percent");
        format!("{bound}{}{}", word.lower.as_str(), if percent { "%" } else { "" })
    }
}
