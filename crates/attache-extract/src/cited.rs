//! Papers that an order cites by their day: "In Proclamation 12 of May 2, 2024 (Title), I imposed …".
//!
//! What such a sentence tells was done on the day of the paper, by each of several papers once. The
//! titles in brackets are no words of the sentence.

use smallvec::SmallVec;
use smol_str::SmolStr;

use crate::document::Document;
use crate::frame_match::View;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{Lower, WordId, is};
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
    /// Those that it names right behind a verb, and that verb: "I imposed in Proclamation 12 of May 2 a duty".
    pub(crate) beside: Vec<(Span, Paper)>,
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
        self.beside.clear();
        let papers = opening(doc, view, times, titled, &mut self.beside);
        self.own = !papers.is_empty();
        let dated = times.iter().any(|t| t.date.is_some_and(|date| date.precision == Precision::Day));
        if self.own || dated || sentence.block != self.block {
            self.papers = papers;
        }
        self.block = sentence.block;
    }
}

/// What has the force of law and a title.
const PAPERS: &[&str] =
    &["order", "proclamation", "memorandum", "determination", "decree", "announcement", "notice"];
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
    let stands = |at: usize, word: &str| lower.get(at).is_some_and(|own| *own == *word);
    let opens = |at: usize, list: &[&[&str]]| {
        list.iter().find(|words| words.iter().enumerate().all(|(n, w)| stands(at + n, w))).map(|w| w.len())
    };
    let mut skip: Vec<(usize, usize)> = Vec::new();
    for (at, _) in lower.iter().enumerate().filter(|(_, word)| is!(word, ",")) {
        if let Some(len) = opens(at + 1, PHRASES).filter(|len| stands(at + 1 + len, ",")) {
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
    if legal {
        skip.extend(run_in_title(sentence));
    }
    let out = |n: usize, span: Span| {
        skip.iter().any(|&(from, to)| from <= n && n < to)
            || titled.iter().any(|(title, _)| title.contains(span))
    };
    if skip.is_empty() && titled.is_empty() {
        return None;
    }
    let kept = || sentence.tokens.iter().enumerate().map(|(n, token)| !out(n, token.span));
    let tokens = sentence.tokens.iter().zip(kept()).filter(|(_, kept)| *kept).map(|(token, _)| *token);
    let lower = lower.iter().zip(kept()).filter(|(_, kept)| *kept).map(|(lower, _)| lower.clone());
    Some(Sentence {
        span: sentence.span,
        tokens: tokens.collect(),
        block: sentence.block,
        lower: lower.collect(),
    })
}

/// "The rate laid down in the Announcement of the Commission on Imposing Duties on Goods of Chile shall be raised":
/// where the title of a paper stands, that has no brackets.
fn run_in_title(sentence: &Sentence) -> Option<(usize, usize)> {
    let word = |at: usize| sentence.lower.get(at).map_or("", Lower::as_str);
    let capital = |at: usize| sentence.tokens.get(at).is_some_and(|token| token.capital);
    let paper = |at: usize| capital(at) && PAPERS.contains(&word(at));
    let leads =
        |at: usize| sentence.lower.get(at).is_some_and(|w| is!(w, "on" | "for" | "regarding" | "concerning"));
    let opens = |at: &usize| {
        leads(*at)
            && capital(at + 1)
            && word(at + 1).ends_with("ing")
            && !matches!(word(at + 1), "beijing" | "nanjing" | "chongqing")
            && (at.saturating_sub(ASIDE)..*at).any(paper)
    };
    let start = (1..sentence.tokens.len()).find(opens)?;
    let joins = |at: usize| {
        matches!(
            word(at),
            "of" | "and" | "the" | "in" | "on" | "to" | "from" | "for" | "a" | "with" | "by" | "against"
        )
    };
    let end = (start + 1..sentence.tokens.len()).find(|&at| !capital(at) && !joins(at))?;
    let last = (start + 1..end).rev().find(|&at| capital(at))?;
    Some((start, last + 1))
}

/// Tells what a paper set from what somebody sets: "the duty on goods of Chile established in Proclamation 12".
pub(crate) fn mark_set(words: &mut [Word]) {
    for at in 1..words.len() {
        let next = |by: usize| words.get(at + by).map_or(WordId::NONE, |w| w.lower.id());
        let names = |by: usize| is!(next(by), "in" | "by" | "under");
        let by = match next(1) {
            _ if names(1) => 2,
            word if word == "forth" && names(2) => 3,
            word if word == "pursuant" && next(2) == "to" => 3,
            _ => continue,
        };
        let paper = (at + by..at + by + 3).any(|i| is_paper(words, i))
            || next(by) == "this" && is!(next(by + 1), "section" | "order" | "proclamation" | "notice");
        // "I imposed in Proclamation 12": somebody does.
        let does = words.get(at - 1).is_some_and(|w| w.tag == Tag::Pron);
        let Some(word) = words.get_mut(at).filter(|_| paper && !does) else { continue };
        if word.tag == Tag::Verb(VerbForm::PastOrParticiple) {
            word.tag = Tag::Verb(VerbForm::Participle);
        }
    }
}

/// "Sec. 2.", "Section 1.": the number of a section, which its caption follows.
fn numbers_section(line: &str) -> bool {
    let mut words = line.split_whitespace();
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

/// The papers that a sentence opens with: "In Proclamation 12 of May 2, and Proclamation 13 of May 3, I …";
/// those right behind a verb are put `beside`. `titled` are those named in their titles.
fn opening(
    doc: &Document<'_>,
    View { words, clauses, .. }: View<'_>,
    times: &[Timing],
    titled: &[(Span, Vec<Who>)],
    beside: &mut Vec<(Span, Paper)>,
) -> Vec<Paper> {
    let mut out: Vec<Paper> = Vec::new();
    for time in times {
        let Some(date) = time.date.filter(|date| date.precision == Precision::Day) else { continue };
        let at = words.partition_point(|w| w.span.start < time.span.start);
        let Some((named, number)) = paper_of(words, at) else { continue };
        let of_it = |(title, _): &&(Span, Vec<Who>)| doc.slice(Span::new(time.span.end, title.start)) == " ";
        let title = titled.iter().filter(|(title, _)| title.start > time.span.end).find(of_it);
        let taxed = title.filter(|(title, _)| taxes(doc.slice(*title))).map(|(_, who)| who.as_slice());
        let states = taxed.unwrap_or_default().iter();
        let states = states.filter(|w| matches!(w.kind, WhoKind::State | WhoKind::Place) && !w.city).cloned();
        let number = number.map_or_else(|| doc.slice(time.span), |w| doc.slice(w.span));
        let paper = Paper { number: number.into(), date, day: time.span, taxed: states.collect() };
        let lead = led(words, named);
        let told = clauses.groups.iter().any(|g| g.finite && g.head < at);
        if !told && (lead.is_some() || !out.is_empty()) {
            out.push(paper);
        } else if let Some(verb) = lead.and_then(|lead| words.get(lead.checked_sub(1)?)) {
            beside.push((verb.span, paper));
        }
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

/// "By the Executive Order": the word by which a sentence says that a paper did something.
fn led(words: &[Word], paper: usize) -> Option<usize> {
    let describes = |w: &Word| is!(w.lower, "executive" | "presidential" | "the" | "a" | "an" | "separate");
    let lead = words.get(..paper)?.iter().rposition(|w| !describes(w))?;
    words
        .get(lead)
        .is_some_and(|w| is!(w.lower, "in" | "by" | "under" | "through" | "with" | "via"))
        .then_some(lead)
}

/// "Imposing Duties on", "Further Tariffs on": whether a title is of duties.
fn taxes(title: &str) -> bool {
    title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "Duties" | "Duty" | "Tariff" | "Tariffs" | "Surcharge" | "Imports"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::{Article, Extractor};

    /// Subtype, states and day of what an order tells below its words of enactment.
    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let text = format!(
            "By the authority vested in me as President by the laws of the United States of America, it is hereby ordered:\n\n{body}\n\nDONALD J. TRUMP\n\nTHE WHITE HOUSE, September 16, 2025.\n"
        );
        let read = Extractor::builtin().extract(&Article::new(&text, Date::constant(2025, 9, 16)));
        let state =
            |p: &crate::event::Party| p.country.map_or_else(|| "-".to_owned(), |code| code.to_string());
        let told = read.events.iter().map(|e| {
            let states: Vec<String> = e.parties.iter().map(state).collect();
            let day = e.date.start().map_or_else(|| "-".to_owned(), |day| day.to_string());
            format!("{} {} {day}", e.act.subtype(), states.join(">"))
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{body:?}");
    }

    #[test]
    fn what_a_paper_did_has_its_day() {
        check(
            "In Proclamation 10912 of March 3, 2025 (Addressing Imports of Tin), I found that imports of tin from Peru were too high. To deal with them, I imposed an additional duty of 30 percent on articles of Peru.",
            &["impose US>PE 2025-03-03"],
        );
        check(
            "I imposed in Executive Order 10912 of April 7, 2025 (Imposing Duties on Articles of Peru), an additional duty of 30 percent on articles of Peru.",
            &["impose US>PE 2025-04-07"],
        );
    }

    #[test]
    fn each_of_several_papers_did_it_once() {
        check(
            "In Executive Order 10912 of March 3, 2025 (Raising Duties), as amended, and Executive Order 10913 of May 9, 2025 (Raising Duties Again), I raised the rate of duty for imports of Peru established in Executive Order 11.",
            &["increase US>PE 2025-03-03", "increase US>PE 2025-05-09"],
        );
        check(
            "In Executive Order 10912 of March 3, 2025 (Imposing Duties on Articles of Peru); and Executive Order 10913 of March 3, 2025 (Imposing Duties on Articles of Chile), I took action, including by imposing, pursuant to the Act, additional duties on certain imports.",
            &["impose US>PE 2025-03-03", "impose US>CL 2025-03-03"],
        );
    }

    #[test]
    fn an_amendment_repeats_what_it_carries_out() {
        check(
            "Articles of Peru that are subject to a duty of 45 percent shall instead be subject to a duty of 10 percent.\n\nHeading 9903.02.44 of the Harmonized Tariff Schedule of the United States is amended by striking “45%” and inserting “10%”.",
            &["reduce US>PE 2025-09-16"],
        );
        check(
            "Section 1. Duty. Articles of Peru shall be subject to a duty of 10 percent in lieu of the duty of 45 percent.",
            &["reduce US>PE 2025-09-16"],
        );
    }

    #[test]
    fn what_a_law_allows_or_agencies_are_bidden_is_no_event() {
        check(
            "Section 12 authorizes the President to impose a surcharge of 15 percent on articles of Peru.",
            &[],
        );
        check(
            "The Secretary of Commerce, in consultation with the Secretary of State, shall inform me of any circumstance in Peru that might indicate the need for higher duties.",
            &[],
        );
        check("The Secretary shall review the effect of the surcharge imposed in this order on Peru.", &[]);
    }

    #[test]
    fn captions_name_no_act() {
        assert!(caption(Some("Sec. 4."), "Reduction of the Duty on Copper."));
        assert!(!caption(Some("Sec. 4."), "The duty on copper is reduced to 5 percent."));
        assert!(!caption(Some("It ends here."), "Reduction of the Duty on Copper."));
    }
}
