//! Words of a sentence with their part of speech, by closed-class lists, verb forms and context.
//!
//! [`tag`] has the order of the passes: each word by itself, spellings that stand for something else,
//! adverbials between an auxiliary and its verb, then, from left to right, words that mean something
//! else among their neighbours. Tags on the left of a word are final when it is looked at, those on
//! its right are first guesses.

pub(super) mod closed_class;
mod first_guess;
mod function_word;
pub(super) mod inversion;
pub(super) mod mandative;
mod mid_position;
mod normalise;
mod noun_or_verb;
mod ranges;
pub(super) mod seen;
pub(super) mod that;

use crate::document::Document;
use crate::grammar::lemma::{VerbForm, Verbs};
use crate::grammar::lower::{Lower, is};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::{Token, TokenKind};

use first_guess::{first_guess, going_on, noun};
use ranges::Ranges;

/// Part of speech, as coarse as the clauses need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tag {
    Det,
    Prep,
    Conj,
    Sub,
    Rel,
    Be,
    Have,
    Do,
    Modal,
    Not,
    To,
    Pron,
    Adv,
    Verb(VerbForm),
    Noun,
    Num,
    Poss,
    Punct,
}

/// One word.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    /// Lower case.
    pub(crate) lower: Lower,
    /// Verb lemma or singular.
    pub(crate) lemma: Lower,
    pub(crate) tag: Tag,
    /// Printed with a capital.
    pub(crate) capital: bool,
    /// Inside the name of somebody or something.
    pub(crate) name: bool,
    /// Inside an expression of time.
    pub(crate) time: bool,
}

/// Ranges of a sentence, each kind in text order.
pub(crate) struct Marked<N, A, T> {
    /// Names: no verb is looked for in them.
    pub(crate) names: N,
    /// Adjectives of states.
    pub(crate) adjectives: A,
    /// Expressions of time: no verb is looked for in them.
    pub(crate) times: T,
}

/// Puts the words of a sentence into `words`, whatever stood there.
pub(crate) fn tag(
    doc: &Document<'_>,
    sentence: &Sentence,
    verbs: &Verbs,
    marked: Marked<impl Iterator<Item = Span>, impl Iterator<Item = Span>, impl Iterator<Item = Span>>,
    words: &mut Vec<Word>,
) {
    words.clear();
    words.reserve(sentence.tokens.len());
    let mut names = Ranges::new(marked.names);
    let mut adjectives = Ranges::new(marked.adjectives);
    let mut times = Ranges::new(marked.times);
    let mut met = Met::default();
    for (token, lower) in sentence.tokens.iter().zip(&sentence.lower) {
        let mut stands_for = match token.kind {
            TokenKind::Sign => joining_dash(doc, token, lower, words),
            _ => normalise::spelt_out(words, lower),
        };
        let name = names.hold(token.span);
        let time = times.hold(token.span);
        // "from 12:01 am on May 1": no verb.
        if time && *stands_for.as_ref().unwrap_or(lower) == "am" {
            stands_for = Some(Lower::new("a.m."));
        }
        met.add(token.kind, lower, stands_for.is_some());
        let lower = stands_for.as_ref().unwrap_or(lower);
        let (mut tag, mut lemma) = if adjectives.hold(token.span) {
            // "Chinese" before its noun works like "the".
            (Tag::Det, lower.clone())
        } else {
            // "it's" has "is" for a possessive ending.
            let kind = if *lower == "is" { TokenKind::Word } else { token.kind };
            first_guess(lower, kind, verbs, name, time)
        };
        // "Roe Jae-in accused Lima": "in" is the end of the name.
        if name && tag == Tag::Prep && words.last().is_some_and(|w| w.lower == "-" && w.name) {
            (tag, lemma) = (Tag::Noun, lower.clone());
        }
        let plain = tag == Tag::Noun && !token.capital && !name && !time;
        if plain && let Some(stem) = going_on(words, lower) {
            (tag, lemma) = (Tag::Verb(VerbForm::Gerund), stem);
        }
        // "from May 1": the month is no modal, whatever looks for one.
        let month = time && *lower == "may";
        let lower = if month { Lower::new("may (month)") } else { lower.clone() };
        if month {
            lemma = lower.clone();
        }
        words.push(Word {
            span: token.span,
            kind: token.kind,
            lower,
            lemma,
            tag,
            capital: token.capital,
            name,
            time,
        });
        match token.kind {
            TokenKind::Sign => normalise::drop_number(words),
            _ => normalise::join_last(words),
        }
    }
    if met.dash {
        normalise::level_dashes(words);
    }
    if met.short {
        normalise::join_auxiliaries(words);
    }
    if met.mark {
        normalise::unquote(words);
    }
    mid_position::set_aside(words);
    for at in 0..words.len() {
        if !words.get(at).is_some_and(depends) {
            continue;
        }
        if let Some(tag) = function_word::linking(words, at)
            && let Some(word) = words.get_mut(at)
        {
            word.tag = tag;
            continue;
        }
        if function_word::measures(words, at)
            && let Some(word) = words.get_mut(at)
        {
            word.tag = Tag::Adv;
        }
        if let Some(tag) = correct(words, at) {
            let Some(word) = words.get_mut(at) else { continue };
            if tag == Tag::Noun {
                word.lemma = noun(&word.lower);
            }
            word.tag = tag;
        }
    }
}

/// What stands in a sentence that few sentences have: what looks for it need not look through the others.
#[derive(Default)]
struct Met {
    /// A dash.
    dash: bool,
    /// A quotation mark.
    mark: bool,
    /// A word that stands for another: "'ll".
    short: bool,
}

impl Met {
    #[inline]
    fn add(&mut self, kind: TokenKind, lower: &Lower, short: bool) {
        if kind == TokenKind::Sign {
            self.dash |= is!(lower, "—" | "–");
            self.mark |= is!(lower, "\"" | "“" | "”" | "‘");
        }
        self.short |= short;
    }
}

/// "Xi–Trump" is joined like "Xi-Trump".
fn joining_dash(doc: &Document<'_>, token: &Token, lower: &Lower, before: &[Word]) -> Option<Lower> {
    let joins = *lower == "–"
        && before.last().is_some_and(|w| w.span.end == token.span.start)
        && doc.text.get(token.span.end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    joins.then(|| Lower::new("-"))
}

/// Whether the words around may make something else of a word.
#[inline]
fn depends(word: &Word) -> bool {
    matches!(word.tag, Tag::Verb(_)) || word.lower == "that" || function_word::depends(word)
}

/// A better tag for the word at `at`, by its neighbours.
fn correct(words: &[Word], at: usize) -> Option<Tag> {
    let word = words.get(at)?;
    if word.lower == "that" {
        return that::correct(words, at);
    }
    if function_word::adverb(words, at) {
        return Some(Tag::Adv);
    }
    let Tag::Verb(form) = word.tag else { return None };
    noun_or_verb::is_noun(words, at, form).then_some(Tag::Noun)
}
