//! What the learned reader goes by in a sentence: its words, who is named, how its verbs stand.
//!
//! A clue is a short text: `w duty` (the word stands there), `b raise duty` (these two do, in this order),
//! `v raise`, `main raise passive past` (a verb, that of the main clause), `s <state> raise`, `o duty raise` (what stands
//! as its subject, its object), `m past may not` (how some verb is put), `c tariff` (a phrase of that class of
//! `lexicon/acts.csv`), `block turn`, `official` (an authority's own text). Names, days and figures stand as what they are: `<state>`, `<time>`, `<rate>`.

use crate::document::BlockKind;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Group, Range, Tense};
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};
use crate::token::TokenKind;
use crate::who::{Who, WhoKind};

/// Most nouns of a subject or object that are clues.
const NOUNS: usize = 6;

/// Where clues go.
pub(super) trait Sink {
    /// One clue: its parts, those that are empty left out, and the word that it tells of, where it tells of
    /// one rather than of the whole sentence.
    fn clue(&mut self, parts: [&str; 4], word: Option<usize>);
}

/// Hands over the clues of a sentence; a clue may come several times.
pub(super) fn read(view: View<'_>, classes: &Classes, block: BlockKind, sink: &mut impl Sink) {
    let tokens = tokens(view);
    let mut before = "^";
    for (at, token) in &tokens {
        sink.clue(["w", token, "", ""], Some(*at));
        sink.clue(["b", before, token, ""], Some(*at));
        before = token;
    }
    sink.clue(["b", before, "$", ""], None);
    for group in &view.clauses.groups {
        verb(view, group, sink);
    }
    for name in classes.names_where(|set| view.opened.names(set)) {
        sink.clue(["c", name, "", ""], None);
    }
    sink.clue(["block", block_name(block), "", ""], None);
    if view.voice.official {
        sink.clue(["official", "", "", ""], None);
    }
    sink.clue(["length", LENGTHS.get(tokens.len() / 8).unwrap_or(&"6"), "", ""], None);
}

const LENGTHS: [&str; 6] = ["0", "1", "2", "3", "4", "5"];

/// The words that count, each with its place.
fn tokens<'v>(view: View<'v>) -> Vec<(usize, &'v str)> {
    let mut out: Vec<(usize, &str)> = Vec::with_capacity(view.words.len());
    let mut seen: Vec<usize> = Vec::new();
    for (at, word) in view.words.iter().enumerate() {
        let last = out.last().map_or("", |(_, token)| *token);
        if let Some(who) = named_at(view, word) {
            if !seen.contains(&who.span.start) {
                seen.push(who.span.start);
                out.push((at, mention(who)));
            }
        } else if word.time {
            if last != "<time>" {
                out.push((at, "<time>"));
            }
        } else if word.tag == Tag::Num {
            out.push((at, figure(view.words, at)));
        } else if word.kind == TokenKind::Sign {
            out.extend(sign(word).map(|sign| (at, sign)));
        } else if word.name {
            if last != "<name>" {
                out.push((at, "<name>"));
            }
        } else {
            out.push((at, word.lemma.as_str()));
        }
    }
    out
}

/// The few signs that tell something.
fn sign(word: &Word) -> Option<&'static str> {
    match word.lower.as_str() {
        "," => Some("<comma>"),
        ":" => Some("<colon>"),
        ";" => Some("<semicolon>"),
        "?" => Some("<question>"),
        "\"" | "“" => Some("<quote>"),
        _ => None,
    }
}

/// What is said of a verb: itself, how it is put, who does what.
fn verb(view: View<'_>, group: &Group, sink: &mut impl Sink) {
    let of = Some(group.head);
    let lemma = group.lemma.as_str();
    let passive = if group.passive { "passive" } else { "" };
    sink.clue(["v", lemma, "", ""], of);
    let modal = group.modal.as_ref().map_or("", |modal| modal.as_str());
    let denied = if group.negated { "not" } else { passive };
    sink.clue(["m", tense(group.tense), modal, denied], None);
    if group.finite && group.governor.is_none() {
        sink.clue(["main", lemma, "", ""], of);
        sink.clue(["main", lemma, passive, tense(group.tense)], of);
    }
    for (role, range) in [("s", group.subject), ("o", group.theme)] {
        let Some(range) = range else { continue };
        for who in kinds_in(view, range) {
            sink.clue([role, who, lemma, ""], of);
            sink.clue([role, who, "", ""], None);
        }
        for noun in nouns_in(view, range) {
            sink.clue([role, noun, lemma, ""], of);
            sink.clue([role, noun, "", ""], of);
        }
    }
}

/// What kinds of mentions stand in a range.
fn kinds_in<'v>(view: View<'v>, range: Range) -> impl Iterator<Item = &'static str> + use<'v> {
    let mut seen: Vec<&'static str> = Vec::new();
    view.who_in(range).map(mention).filter(move |kind| {
        let new = !seen.contains(kind);
        seen.push(kind);
        new
    })
}

/// The first plain nouns of a range.
fn nouns_in<'v>(view: View<'v>, (from, to): Range) -> impl Iterator<Item = &'v str> + use<'v> {
    let words = view.words.get(from..to).unwrap_or_default();
    let plain = move |w: &&Word| w.tag == Tag::Noun && !w.name && named_at(view, w).is_none();
    words.iter().filter(plain).take(NOUNS).map(|w| w.lemma.as_str())
}

fn named_at<'v>(view: View<'v>, word: &Word) -> Option<&'v Who> {
    view.who.iter().find(|who| who.span.contains(word.span))
}

fn mention(who: &Who) -> &'static str {
    let public = who.is("official");
    match who.kind {
        WhoKind::State => "<state>",
        WhoKind::Adjective => "<adjective>",
        WhoKind::Body if public => "<body+>",
        WhoKind::Body => "<body>",
        WhoKind::Firm => "<firm>",
        WhoKind::Person if public => "<person+>",
        WhoKind::Person => "<person>",
        WhoKind::Office if public => "<office+>",
        WhoKind::Office => "<office>",
        WhoKind::Authority => "<authority>",
        WhoKind::Place => "<place>",
        WhoKind::Group => "<group>",
        WhoKind::Pair => "<pair>",
    }
}

fn figure(words: &[Word], at: usize) -> &'static str {
    let next = words.get(at + 1).is_some_and(|w| is!(w.lower, "%" | "percent" | "per"));
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    if next {
        "<rate>"
    } else if before.is_some_and(|w| is!(w.lower, "$" | "€" | "£")) {
        "<money>"
    } else {
        "<number>"
    }
}

const fn tense(tense: Tense) -> &'static str {
    match tense {
        Tense::Present => "present",
        Tense::Past => "past",
        Tense::Perfect => "perfect",
        Tense::Future => "future",
        Tense::Infinitive => "infinitive",
        Tense::Gerund => "gerund",
        Tense::Participle => "participle",
    }
}

const fn block_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Body => "body",
        BlockKind::Item => "item",
        BlockKind::Heading => "heading",
        BlockKind::Entry => "entry",
        BlockKind::Turn => "turn",
        BlockKind::Question => "question",
        BlockKind::Noise => "noise",
    }
}
