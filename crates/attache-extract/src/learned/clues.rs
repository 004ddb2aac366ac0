//! What the learned reader goes by in a sentence: its words, who is named, how its verbs stand.
//!
//! A clue is a short text: `w duty` (the word stands there), `b raise duty` (these two do, in this order),
//! `v raise`, `main raise passive past` (a verb, that of the main clause), `s <state> raise`, `o duty raise` (what stands
//! as its subject, its object), `m past may not` (how some verb is put), `c tariff` (a phrase of that class of
//! `lexicon/acts.csv`), `block turn`, `official` (an authority's own text). Names, days and figures stand as what they are: `<state>`, `<time>`, `<rate>`.

use smallvec::SmallVec;

use crate::document::BlockKind;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Group, Range, Tense};
use crate::grammar::lower::{Lower, is};
use crate::grammar::phrases::small;
use crate::grammar::tag::{Tag, Word};
use crate::token::TokenKind;
use crate::who::{Who, WhoKind};

/// Most nouns of a subject or object that are clues.
const NOUNS: usize = 6;

/// Mentions that a sentence usually has at most.
const MENTIONS: usize = 8;

/// Words that a sentence usually has at most.
const WORDS: usize = 64;

/// A part of clues that is known beforehand.
macro_rules! part {
    ($text:literal) => {{
        static PART: Lower = Lower::known($text);
        &PART
    }};
}

/// Where clues go.
pub(super) trait Sink {
    /// One clue: its parts, and the word that it tells of, where it tells of one rather than of the whole sentence.
    fn clue<const N: usize>(&mut self, parts: [&Lower; N], word: Option<usize>);

    /// The clue `c …`: a phrase of this class stands in the sentence. Each class comes once.
    fn class(&mut self, number: usize, name: &Lower);
}

/// Hands over the clues of a sentence; a clue may come several times.
pub(super) fn read(view: View<'_>, classes: &Classes, block: BlockKind, sink: &mut impl Sink) {
    let mentions = Mentions::of(view);
    let tokens = words(&mentions, sink);
    for group in &view.clauses.groups {
        verb(&mentions, group, sink);
    }
    for (number, name) in classes.named_in(view.opened) {
        sink.class(number, name);
    }
    sink.clue([part!("block"), block_name(block)], None);
    if view.voice.official {
        sink.clue([part!("official")], None);
    }
    sink.clue([part!("length"), length(tokens)], None);
}

/// Who is named in a sentence, as clues have it.
struct Mentions<'v> {
    view: View<'v>,
    /// What each mention is called.
    kinds: SmallVec<[&'static Lower; MENTIONS]>,
    /// The number of the mention that a word belongs to.
    at: SmallVec<[Option<u32>; WORDS]>,
}

impl<'v> Mentions<'v> {
    fn of(view: View<'v>) -> Self {
        let mut at = SmallVec::from_elem(None, view.words.len());
        // Of several mentions the first one has the word.
        for (number, who) in view.who.iter().enumerate().rev() {
            let from = view.words.partition_point(|word| word.span.start < who.span.start);
            let own = view.words.iter().zip(&mut at).skip(from);
            let own = own.take_while(|(word, _)| word.span.end <= who.span.end);
            own.for_each(|(_, mention)| *mention = Some(small(number)));
        }
        Self { view, kinds: view.who.iter().map(kind).collect(), at }
    }

    /// The mention that a word belongs to.
    fn at(&self, word: usize) -> Option<usize> {
        self.at.get(word).copied().flatten().map(|number| number as usize)
    }

    /// What kinds of mentions stand in a range, each once.
    fn kinds_in(&self, range: Range) -> SmallVec<[&'static Lower; MENTIONS]> {
        let stretch = self.view.stretch(range);
        let mut out = SmallVec::new();
        for (who, kind) in self.view.who.iter().zip(&self.kinds) {
            if who.span.overlaps(stretch) && !out.contains(kind) {
                out.push(*kind);
            }
        }
        out
    }

    /// The first plain nouns of a range.
    fn nouns_in(&self, (from, to): Range) -> impl Iterator<Item = &'v Lower> {
        let words = self.view.words.get(from..to).unwrap_or_default();
        let plain =
            |(at, word): &(usize, &Word)| word.tag == Tag::Noun && !word.name && self.at(*at).is_none();
        (from..).zip(words).filter(plain).take(NOUNS).map(|(_, word)| &word.lemma)
    }
}

/// What is said of the words that count, and how many those are.
fn words(mentions: &Mentions<'_>, sink: &mut impl Sink) -> usize {
    let view = mentions.view;
    let mut seen: SmallVec<[usize; MENTIONS]> = SmallVec::new();
    let (mut before, mut count) = (part!("^"), 0);
    for (at, word) in view.words.iter().enumerate() {
        let token = if let Some(number) = mentions.at(at) {
            let start = view.who.get(number).map_or(0, |who| who.span.start);
            if seen.contains(&start) {
                continue;
            }
            seen.push(start);
            mentions.kinds.get(number).copied()
        } else if word.time {
            (before != part!("<time>")).then_some(part!("<time>"))
        } else if word.tag == Tag::Num {
            Some(figure(view.words, at))
        } else if word.kind == TokenKind::Sign {
            sign(word)
        } else if word.name {
            (before != part!("<name>")).then_some(part!("<name>"))
        } else {
            Some(&word.lemma)
        };
        let Some(token) = token else { continue };
        sink.clue([part!("w"), token], Some(at));
        sink.clue([part!("b"), before, token], Some(at));
        before = token;
        count += 1;
    }
    sink.clue([part!("b"), before, part!("$")], None);
    count
}

/// The few signs that tell something.
fn sign(word: &Word) -> Option<&'static Lower> {
    Some(match word.lower.as_str() {
        "," => part!("<comma>"),
        ":" => part!("<colon>"),
        ";" => part!("<semicolon>"),
        "?" => part!("<question>"),
        "\"" | "“" => part!("<quote>"),
        _ => return None,
    })
}

/// What is said of a verb: itself, how it is put, who does what.
fn verb(mentions: &Mentions<'_>, group: &Group, sink: &mut impl Sink) {
    let of = Some(group.head);
    let lemma = &group.lemma;
    let tense = tense(group.tense);
    sink.clue([part!("v"), lemma], of);
    let passive = group.passive.then_some(part!("passive"));
    match (&group.modal, if group.negated { Some(part!("not")) } else { passive }) {
        (Some(modal), Some(put)) => sink.clue([part!("m"), tense, modal, put], None),
        (Some(put), None) | (None, Some(put)) => sink.clue([part!("m"), tense, put], None),
        (None, None) => sink.clue([part!("m"), tense], None),
    }
    if group.finite && group.governor.is_none() {
        sink.clue([part!("main"), lemma], of);
        match passive {
            Some(passive) => sink.clue([part!("main"), lemma, passive, tense], of),
            None => sink.clue([part!("main"), lemma, tense], of),
        }
    }
    for (role, range) in [(part!("s"), group.subject), (part!("o"), group.theme)] {
        let Some(range) = range else { continue };
        for who in mentions.kinds_in(range) {
            sink.clue([role, who, lemma], of);
            sink.clue([role, who], None);
        }
        for noun in mentions.nouns_in(range) {
            sink.clue([role, noun, lemma], of);
            sink.clue([role, noun], of);
        }
    }
}

/// What a mention is called.
fn kind(who: &Who) -> &'static Lower {
    let public = || who.is("official");
    match who.kind {
        WhoKind::State => part!("<state>"),
        WhoKind::Adjective => part!("<adjective>"),
        WhoKind::Body if public() => part!("<body+>"),
        WhoKind::Body => part!("<body>"),
        WhoKind::Firm => part!("<firm>"),
        WhoKind::Person if public() => part!("<person+>"),
        WhoKind::Person => part!("<person>"),
        WhoKind::Office if public() => part!("<office+>"),
        WhoKind::Office => part!("<office>"),
        WhoKind::Authority => part!("<authority>"),
        WhoKind::Place => part!("<place>"),
        WhoKind::Group => part!("<group>"),
        WhoKind::Pair => part!("<pair>"),
    }
}

fn figure(words: &[Word], at: usize) -> &'static Lower {
    let next = words.get(at + 1).is_some_and(|w| is!(w.lower, "%" | "percent" | "per"));
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    if next {
        part!("<rate>")
    } else if before.is_some_and(|w| is!(w.lower, "$" | "€" | "£")) {
        part!("<money>")
    } else {
        part!("<number>")
    }
}

/// By eights of words.
fn length(tokens: usize) -> &'static Lower {
    match tokens / 8 {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        3 => part!("3"),
        4 => part!("4"),
        5 => part!("5"),
        _ => part!("6"),
    }
}

fn tense(tense: Tense) -> &'static Lower {
    match tense {
        Tense::Present => part!("present"),
        Tense::Past => part!("past"),
        Tense::Perfect => part!("perfect"),
        Tense::Future => part!("future"),
        Tense::Infinitive => part!("infinitive"),
        Tense::Gerund => part!("gerund"),
        Tense::Participle => part!("participle"),
    }
}

fn block_name(kind: BlockKind) -> &'static Lower {
    match kind {
        BlockKind::Body => part!("body"),
        BlockKind::Item => part!("item"),
        BlockKind::Heading => part!("heading"),
        BlockKind::Entry => part!("entry"),
        BlockKind::Turn => part!("turn"),
        BlockKind::Question => part!("question"),
        BlockKind::Noise => part!("noise"),
    }
}
