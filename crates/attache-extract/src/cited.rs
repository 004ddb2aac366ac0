//! Papers that an order cites by their day: "In Proclamation 12 of May 2, 2024 (Title), I imposed …".
//!
//! What such a sentence tells was done on the day of the paper, by each of several papers once. The
//! titles in brackets are no words of the sentence.

use smallvec::SmallVec;
use smol_str::SmolStr;

use crate::document::Document;
use crate::frame_match::View;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{Lower, is};
use crate::grammar::tag::{Tag, Word};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::timing::Timing;
use crate::when::{EventDate, Precision};
use crate::who::{Who, WhoKind};

/// A paper cited by its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paper {
    /// Its number, or the words of its day where it has none.
    pub(crate) number: SmolStr,
    /// Its day, and the words that tell it.
    pub(crate) date: EventDate,
    pub(crate) day: Span,
    /// The states whose goods it taxes by its title: "(Imposing Duties on Articles of Chile)".
    pub(crate) taxed: SmallVec<[Who; 1]>,
}

/// The papers by which a paragraph says that things were done.
#[derive(Debug, Default)]
pub(crate) struct Cited {
    /// In the order of their naming.
    pub(crate) papers: Vec<Paper>,
    /// The sentence at hand names them itself.
    pub(crate) own: bool,
    block: usize,
}

impl Cited {
    /// Goes on to the next sentence, which opens with papers of its own, or tells more of those before it:
    /// "I declared an emergency, and to deal with it, I imposed …".
    pub(crate) fn go_on(
        &mut self,
        doc: &Document<'_>,
        sentence: &Sentence,
        view: View<'_>,
        times: &[Timing],
        titled: &[(Span, Vec<Who>)],
    ) {
        let papers = opening(doc, view, times, titled);
        self.own = !papers.is_empty();
        let dated = times.iter().any(|t| t.date.is_some_and(|date| date.precision == Precision::Day));
        if self.own || dated || sentence.block != self.block {
            self.papers = papers;
        }
        self.block = sentence.block;
    }
}

/// What has the force of law and a title.
const PAPERS: &[&str] = &["order", "proclamation", "memorandum", "determination", "decree"];
/// Fewer words in brackets are no title.
const TITLE: usize = 3;

/// The titles in brackets behind the papers a sentence cites, brackets included.
pub(crate) fn titles(doc: &Document<'_>, sentence: &Sentence, times: &[Timing]) -> SmallVec<[Span; 2]> {
    let text = doc.slice(sentence.span);
    let mut out = SmallVec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| memchr::memchr(b'(', rest.as_bytes())) {
        let open = from + open;
        from = open + 1;
        let start = sentence.span.start + open;
        let day =
            times.iter().find(|t| t.span.end <= start && doc.slice(Span::new(t.span.end, start)) == " ");
        let lead = text.get(..day.map_or(open, |t| t.span.start - sentence.span.start)).unwrap_or("");
        let Some(close) = closing(text, open) else { continue };
        let title = text.get(open + 1..close).unwrap_or("");
        let named = title.starts_with(char::is_uppercase) && title.split_whitespace().count() >= TITLE;
        if named && names_paper(lead) {
            out.push(Span::new(start, sentence.span.start + close + 1));
            from = close;
        }
    }
    out
}

/// Where the bracket ends that opens at `open`.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// "Executive Order 12 of": whether the words end with a paper, its number and "of" aside.
fn names_paper(lead: &str) -> bool {
    let number = |word: &&str| {
        let bare = word.trim_end_matches(',');
        matches!(bare, "of" | "dated" | "No." | "Number") || bare.bytes().all(|b| b.is_ascii_digit())
    };
    lead.split_whitespace().rev().take(4).find(|word| !number(word)).is_some_and(|word| {
        word.starts_with(char::is_uppercase) && PAPERS.contains(&word.to_lowercase().as_str())
    })
}

/// Words that a legal text sets between commas inside a clause, and that tell of no act.
const ASIDES: &[&[&str]] = &[
    &["pursuant", "to"],
    &["consistent", "with"],
    &["as", "amended"],
    &["as", "modified"],
    &["as", "described"],
    &["as", "applicable"],
    &["as", "appropriate"],
];
/// The same in any text.
const PHRASES: &[&[&str]] = &[&["among", "other", "things"], &["inter", "alia"]];
/// Most tokens of an aside.
const ASIDE: usize = 16;

/// The sentence without the titles of papers and without what stands between commas inside its clauses: "it
/// committed to, among other things, keep the pause", "by imposing, pursuant to the Act, duties".
pub(crate) fn plain(sentence: &Sentence, titled: &[(Span, Vec<Who>)], legal: bool) -> Option<Sentence> {
    let lower = &sentence.lower;
    let word = |at: usize| lower.get(at).map_or("", Lower::as_str);
    let opens = |at: usize, list: &[&[&str]]| {
        list.iter().find(|words| words.iter().enumerate().all(|(n, w)| word(at + n) == *w)).map(|w| w.len())
    };
    let mut skip: Vec<(usize, usize)> = Vec::new();
    for at in (0..lower.len()).filter(|&at| word(at) == ",") {
        if let Some(len) = opens(at + 1, PHRASES).filter(|len| word(at + 1 + len) == ",") {
            skip.push((at, at + 2 + len));
        } else if legal && opens(at + 1, ASIDES).is_some() {
            let end = (at + 3..at + 3 + ASIDE).find(|&i| matches!(word(i), "," | ";" | "." | ":" | ""));
            let Some(end) = end else { continue };
            // "…, as amended, I imposed": the comma still parts what opens the sentence from its clause.
            let parts =
                matches!(word(end + 1), "i" | "the" | "a" | "an" | "we" | "it" | "this" | "all" | "and");
            skip.push((at, if word(end) == "," && !parts { end + 1 } else { end }));
        }
    }
    let out = |n: usize, span: Span| {
        skip.iter().any(|&(from, to)| from <= n && n < to)
            || titled.iter().any(|(title, _)| title.contains(span))
    };
    if skip.is_empty() && titled.is_empty() {
        return None;
    }
    let kept = || sentence.tokens.iter().enumerate().map(|(n, token)| !out(n, token.span));
    let tokens = sentence.tokens.iter().zip(kept()).filter(|(_, kept)| *kept).map(|(token, _)| token.clone());
    let lower = lower.iter().zip(kept()).filter(|(_, kept)| *kept).map(|(lower, _)| lower.clone());
    Some(Sentence {
        span: sentence.span,
        tokens: tokens.collect(),
        block: sentence.block,
        lower: lower.collect(),
    })
}

/// Tells what a paper set from what somebody sets: "the duty on goods of Chile established in Proclamation 12".
pub(crate) fn mark_set(words: &mut [Word]) {
    for at in 1..words.len() {
        let next = |by: usize| words.get(at + by).map_or("", |w| w.lower.as_str());
        let by = match next(1) {
            "in" | "by" | "under" => 2,
            "forth" if matches!(next(2), "in" | "by" | "under") => 3,
            "pursuant" if next(2) == "to" => 3,
            _ => continue,
        };
        let paper = (at + by..at + by + 3).any(|i| is_paper(words, i))
            || next(by) == "this" && matches!(next(by + 1), "section" | "order" | "proclamation" | "notice");
        let Some(word) = words.get_mut(at).filter(|_| paper) else { continue };
        if word.tag == Tag::Verb(VerbForm::PastOrParticiple) {
            word.tag = Tag::Verb(VerbForm::Participle);
        }
    }
}

/// "Sec. 2.", "Section 1.": the number of a section, which its caption follows.
fn numbers_section(line: &str) -> bool {
    let mut words = line.trim().split_whitespace();
    let section =
        words.next().is_some_and(|w| matches!(w, "Section" | "Sec." | "SEC." | "SECTION" | "Article" | "§"));
    let number =
        words.next().is_some_and(|w| w.trim_end_matches(['.', ':']).chars().all(|c| c.is_alphanumeric()));
    section && number && words.next().is_none()
}

/// The caption of a section is no sentence of it: "Reduction of the Duty on Copper."
pub(crate) fn caption(before: Option<&str>, line: &str) -> bool {
    let line = line.trim().trim_matches('*');
    let long = |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() > LONGEST_SMALL;
    let printed = |w: &str| !w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    before.is_some_and(numbers_section)
        && line.split_whitespace().count() <= CAPTION
        && line.split_whitespace().filter(long).all(printed)
}

/// Most words of a caption.
const CAPTION: usize = 14;
/// Longer words of a caption are printed with a capital.
const LONGEST_SMALL: usize = 4;

/// "Order", "Proclamation": printed with a capital.
fn is_paper(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.capital && PAPERS.contains(&w.lower.as_str()))
}

/// The papers that a sentence opens with: "In Proclamation 12 of May 2, and Proclamation 13 of May 3, I …".
/// `titled` are those named in their titles.
fn opening(
    doc: &Document<'_>,
    View { words, clauses, .. }: View<'_>,
    times: &[Timing],
    titled: &[(Span, Vec<Who>)],
) -> Vec<Paper> {
    let mut out: Vec<Paper> = Vec::new();
    for time in times {
        let Some(date) = time.date.filter(|date| date.precision == Precision::Day) else { continue };
        let at = words.partition_point(|w| w.span.start < time.span.start);
        let Some((paper, number)) = paper_of(words, at) else { continue };
        let told = clauses.groups.iter().any(|g| g.finite && g.head < at);
        if told || out.is_empty() && !led(words, paper) {
            break;
        }
        let of_it = |(title, _): &&(Span, Vec<Who>)| doc.slice(Span::new(time.span.end, title.start)) == " ";
        let title = titled.iter().filter(|(title, _)| title.start > time.span.end).find(of_it);
        let taxed = title.filter(|(title, _)| taxes(doc.slice(*title))).map(|(_, who)| who.as_slice());
        let states = taxed
            .unwrap_or_default()
            .iter()
            .filter(|w| matches!(w.kind, WhoKind::State | WhoKind::Place) && !w.city)
            .cloned();
        let number = number.map_or_else(|| doc.slice(time.span), |w| doc.slice(w.span));
        out.push(Paper { number: number.into(), date, day: time.span, taxed: states.collect() });
    }
    out
}

/// The paper whose day begins at word `at`, and its number: "Executive Order 12 of".
fn paper_of(words: &[Word], at: usize) -> Option<(usize, Option<&Word>)> {
    let of = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "of" | "dated"));
    let mut last = if of(at) { at } else { at.checked_sub(1).filter(|&i| of(i))? }.checked_sub(1)?;
    let number =
        words.get(last).filter(|w| w.tag == Tag::Num || w.lower.as_str().bytes().all(|b| b.is_ascii_digit()));
    if number.is_some() {
        last = last.checked_sub(1)?;
    }
    is_paper(words, last).then_some((last, number))
}

/// "By the Executive Order": whether a paper is how the sentence says that something was done.
fn led(words: &[Word], paper: usize) -> bool {
    let describes = |w: &&Word| is!(w.lower, "executive" | "presidential" | "the" | "a" | "an" | "separate");
    let lead = words.get(..paper).unwrap_or_default().iter().rev().find(|w| !describes(w));
    lead.is_some_and(|w| is!(w.lower, "in" | "by" | "under" | "through" | "with" | "via"))
}

/// "Imposing Duties on", "Further Tariffs on": whether a title is of duties.
fn taxes(title: &str) -> bool {
    title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "Duties" | "Duty" | "Tariff" | "Tariffs" | "Surcharge" | "Imports"))
}
