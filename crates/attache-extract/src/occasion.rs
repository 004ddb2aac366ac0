//! Dates that hold for more than the sentence they stand in: a day that heads a section, a deadline
//! before a list, the day of what the whole text is about.

use jiff::civil::Date;
use memchr::memchr;

use crate::announced::{Announced, announcements};
use crate::document::{BlockKind, Document};
use crate::grammar::classes::Classes;
use crate::sentence::Sentence;
use crate::sequel::{Sequel, sequels};
use crate::span::Span;
use crate::state::StateCode;
use crate::time::{Reference, Relation, timexes};
use crate::timing::Timing;
use crate::when::{EventDate, Moment, Precision};
use crate::who::{Who, WhoKind};

/// A date and the words it was read from.
pub(crate) type Told<T> = Option<(T, Span)>;

/// The dates that sentences inherit.
#[derive(Debug, Default)]
pub(crate) struct Occasions {
    /// Per sentence the day of its section.
    heads: Vec<Told<EventDate>>,
    /// Per sentence the start or deadline announced before its list.
    leads: Vec<Told<Moment>>,
    /// Per sentence the line that ends in a colon above it, if it belongs to its list.
    lists: Vec<Option<usize>>,
    /// Per sentence the start, the end and the length that a sentence nearby gives what it told.
    sequels: Vec<Sequel>,
    /// Per sentence the day on which what it tells was made known, as one beside it says.
    announced: Vec<Announced>,
    /// When what the text opens with happened.
    pub(crate) opening: Told<EventDate>,
    /// The text only answers what happened then.
    pub(crate) answered: bool,
    /// The day that stands under an official text with its place or its signature.
    pub(crate) signed: Told<EventDate>,
}

/// How many sentences a line that ends in a colon introduces.
const LIST: usize = 12;
/// What stands before the day on which the items of a list begin to hold.
const BEGINS: &[&str] = &[
    "effect on",
    "effect",
    "force on",
    "force",
    "effective",
    "effective on",
    "effective from",
    "apply on",
    "as of",
    "starting",
    "starting on",
    "beginning",
    "beginning on",
];
/// Most tokens of a line that heads an entry.
const LABEL: usize = 14;
/// Fewer such lines head no entries.
const FEWEST: usize = 3;
/// How many sentences open a text.
const OPENING: usize = 3;
/// Most words of the place before the day of a scene or signature.
const SCENE: usize = 3;
/// Most bytes of a heading that says when what stands below it begins.
const HEADING: usize = 60;
/// Most bytes of a signature.
const SIGNATURE: usize = 60;
/// A text comes out at most this many days after it was signed.
const SIGNED: i32 = 14;
/// An occasion lies at most this many days back.
const RECENT: i32 = 45;

impl Occasions {
    /// Reads the dates of a document from its times by sentence.
    pub(crate) fn read(
        doc: &Document<'_>,
        (times, who): (&[Vec<Timing>], &[Vec<Who>]),
        classes: &Classes,
        published: Date,
        (official, house): (bool, Option<StateCode>),
    ) -> Self {
        let room = doc.sentences.len();
        let mut out = Self {
            heads: Vec::with_capacity(room),
            leads: Vec::with_capacity(room),
            lists: Vec::with_capacity(room),
            ..Self::default()
        };
        let mut section: Told<EventDate> = None;
        let mut lead: Option<(Moment, Span, usize)> = None;
        let mut list: Option<usize> = None;
        let labels = doc.blocks.iter().filter(|block| {
            let (first, end) = block.sentences;
            let sentence = doc.sentences.get(first).filter(|_| end == first + 1);
            sentence.is_some_and(|s| {
                is_label(doc, s) && times.get(first).is_some_and(|own| heads(doc, s, own).is_some())
            })
        });
        let labels = labels.take(FEWEST).count();
        for block in &doc.blocks {
            let (first, end) = block.sentences;
            let mut head = section;
            // The line that names the columns of a table belongs to it.
            let columns = memchr(b'|', doc.slice(block.span).as_bytes()).is_some();
            if !matches!(block.kind, BlockKind::Item | BlockKind::Noise) && !columns {
                list = None;
            }
            if block.kind == BlockKind::Heading {
                (section, head, lead) = (None, None, None);
            }
            // "What changes on May 1": above the list of it.
            if block.kind == BlockKind::Heading
                && let Some(told) = begins_below(doc, block.span, published)
            {
                lead = Some((told.0, told.1, first));
            }
            for index in first..end {
                let (Some(sentence), Some(own)) = (doc.sentences.get(index), times.get(index)) else { break };
                let run_in = || scene(doc, sentence, own).filter(|_| index + 1 < end);
                if index == first
                    && let Some(told) = heads(doc, sentence, own).or_else(run_in)
                {
                    head = Some(told);
                    let labels = labels >= FEWEST && is_label(doc, sentence);
                    if end == first + 1 && (labels || stands_alone(doc, sentence, told.1)) {
                        section = head;
                    }
                }
                out.heads.push(head);
                out.leads.push(
                    lead.filter(|(_, _, at)| index - at <= LIST).map(|(moment, span, _)| (moment, span)),
                );
                out.lists.push(list);
                if doc.slice(sentence.span).trim_end().ends_with(':') {
                    section = None;
                    list = Some(index);
                    // "It adjusts the rates as of May 1. The particulars are as follows:"
                    let bare = sentence.tokens.len() <= LABEL && own.is_empty() && index > first;
                    let above = index.checked_sub(1).filter(|_| bare);
                    let above = above.and_then(|i| Some((doc.sentences.get(i)?, times.get(i)?)));
                    let due = due(doc, sentence, own).or_else(|| above.and_then(|(s, own)| due(doc, s, own)));
                    lead = due.map(|(moment, span)| (moment, span, index));
                }
            }
        }
        out.earlier_week(published);
        out.earlier_year(doc, published);
        out.sequels = sequels(doc, times, who, classes, (published, official));
        if !official {
            out.announced = announcements(doc, (times, who), classes, published);
        }
        // "On May 9 Peru raised its duty", above what Chile's ministry has decided: not the day of that.
        let others = |index: usize| {
            let acts = |w: &&Who| !matches!(w.kind, WhoKind::Adjective | WhoKind::Group | WhoKind::Place);
            let mut named =
                who.get(index).into_iter().flatten().filter(acts).filter_map(|w| w.country).peekable();
            official && house.is_some() && named.peek().is_some() && named.all(|code| Some(code) != house)
        };
        out.opening = opening(doc, times, published, official).filter(|(_, span)| {
            let at = doc.sentences.iter().position(|s| s.span.contains(*span));
            !at.is_some_and(others)
        });
        out.signed = if official { signed(doc, published) } else { None };
        out
    }

    /// A round-up of a week that comes out on its weekday again: "Monday" before "Tuesday" is the one before.
    fn earlier_week(&mut self, published: Date) {
        let day = |told: &Told<EventDate>| told.as_ref().and_then(|(date, _)| date.start());
        let mut later: Option<Date> = None;
        for told in self.heads.iter_mut().rev() {
            let Some(start) = day(told) else { continue };
            if start == published
                && later.is_some_and(|later| later < published)
                && let Some(before) = start.checked_sub(jiff::Span::new().days(7)).ok()
                && let Some((date, _)) = told
            {
                *date = EventDate::day(before);
            }
            later = Some(start.min(later.unwrap_or(start)));
        }
    }

    /// "February 4: …" above entries that lie behind us is of this year, not of the next.
    fn earlier_year(&mut self, doc: &Document<'_>, published: Date) {
        let mut past = false;
        for told in self.heads.iter_mut().rev() {
            let Some((date, span)) = told else { continue };
            let Some((start, end)) = date.interval else { continue };
            if start <= published {
                past = true;
                continue;
            }
            let printed = crate::time::prints_year(doc.slice(*span));
            let back = |day: Date| day.saturating_sub(jiff::Span::new().years(1));
            if past && !printed && back(start) <= published {
                date.interval = Some((back(start), back(end)));
            }
        }
    }

    /// The day of the section a sentence stands in.
    pub(crate) fn head(&self, sentence: usize) -> Told<EventDate> {
        self.heads.get(sentence).copied().flatten()
    }

    /// What a sentence nearby says of the start, end and length of what this one tells.
    pub(crate) fn sequel(&self, sentence: usize) -> Sequel {
        self.sequels.get(sentence).copied().unwrap_or_default()
    }

    /// The day on which what a sentence tells of `actor` was made known, as one beside it says.
    pub(crate) fn announced(&self, sentence: usize, actor: Option<StateCode>) -> Told<EventDate> {
        self.announced.get(sentence).and_then(|said| said.of(actor))
    }

    /// The line above the list a sentence belongs to.
    pub(crate) fn list(&self, sentence: usize) -> Option<usize> {
        self.lists.get(sentence).copied().flatten()
    }

    /// The start or deadline of the list a sentence belongs to.
    pub(crate) fn lead(&self, sentence: usize) -> Told<Moment> {
        self.leads.get(sentence).copied().flatten()
    }
}

/// "The following duties take effect on May 1:": when what a line leads to begins, or is due.
fn due(doc: &Document<'_>, sentence: &Sentence, times: &[Timing]) -> Option<(Moment, Span)> {
    let begins = |t: &&Timing| {
        let before = doc.slice(Span::new(sentence.span.start, t.span.start)).trim_end();
        BEGINS.iter().any(|end| before.ends_with(end))
    };
    let held = |t: &&Timing| matches!(t.relation, Relation::By | Relation::From) || begins(t);
    times.iter().rev().find(held).and_then(|t| Some((t.moment?, t.span)))
}

/// A sentence that is a date, or opens with one before a colon or dash.
fn heads(doc: &Document<'_>, sentence: &Sentence, times: &[Timing]) -> Told<EventDate> {
    let time = times.first()?;
    let date = time.date?;
    let exact = matches!(date.precision, Precision::Day | Precision::Range);
    let before = doc.slice(Span::new(sentence.span.start, time.span.start));
    let mut led = before.split_whitespace();
    if !led.all(|w| w.eq_ignore_ascii_case("on") || matches!(w, "-" | "•" | "–")) {
        return None;
    }
    let after = doc.slice(Span::new(time.span.end, sentence.span.end)).trim_start();
    let marked = after.starts_with([':', '—', '–', '|']) || after.starts_with("- ");
    let coarse = matches!(date.precision, Precision::Week | Precision::Month);
    let alone = || exact && stands_alone(doc, sentence, time.span);
    (marked && (exact || coarse) || alone()).then_some((date, time.span))
}

/// A heading that says when what stands below it begins: "What changes on May 1", "Effective May 1".
fn begins_below(doc: &Document<'_>, heading: Span, published: Date) -> Option<(Moment, Span)> {
    let line = doc.slice(heading);
    if line.len() > HEADING {
        return None;
    }
    let lower = line.to_lowercase();
    let begins = lower.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "change" | "changes" | "effective" | "effect" | "starting" | "start" | "starts" | "applies"
        )
    });
    if !begins {
        return None;
    }
    let found = timexes(line, &Reference::on(published));
    let [time] = found.as_slice() else { return None };
    let moment = time.moment().filter(|moment| moment.day.is_some())?;
    let from = heading.start;
    Some((moment, Span::new(from + time.span.start, from + time.span.end)))
}

/// "Geneva, Tuesday. The envoys …": a place and a day before what happened there.
fn scene(doc: &Document<'_>, sentence: &Sentence, times: &[Timing]) -> Told<EventDate> {
    let time = times.first()?;
    let date = time.date.filter(|date| date.precision == Precision::Day)?;
    let before = doc.slice(Span::new(sentence.span.start, time.span.start)).trim_end();
    let after = doc.slice(Span::new(time.span.end, sentence.span.end));
    let named = |word: &str| word.starts_with(char::is_uppercase);
    let placed = before.strip_suffix(',').is_some_and(|place| {
        place.split_whitespace().count() <= SCENE && place.split_whitespace().all(named)
    });
    (placed && !after.contains(char::is_alphanumeric)).then_some((date, time.span))
}

/// "Oslo, 18 June 2026" on a line of its own behind the text, or a date under who signs it.
fn signed(doc: &Document<'_>, published: Date) -> Told<EventDate> {
    doc.blocks.iter().skip(1).rev().find_map(|block| {
        let line = doc.slice(block.span).trim_end_matches('.');
        if line.len() > SIGNATURE || !line.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let found = timexes(line, &Reference::on(published));
        let [time] = found.as_slice() else { return None };
        let date = Some(time.event_date()).filter(|date| date.precision == Precision::Day)?;
        let far = date.start()?.until(published).map_or(i32::MAX, |span| span.get_days());
        let place = line.get(..time.span.start).unwrap_or("").trim_end();
        let named = place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        let short = place.is_empty() || place.ends_with(',') && place.split_whitespace().count() <= SCENE;
        let whole = !time.implied.year && time.span.end == line.len();
        let from = block.span.start;
        let span = Span::new(from + time.span.start, from + time.span.end);
        ((0..=SIGNED).contains(&far) && whole && named && short).then_some((date, span))
    })
}

/// "March 22: China ripostes": a short line that only heads what follows.
fn is_label(doc: &Document<'_>, sentence: &Sentence) -> bool {
    let ended = doc.slice(sentence.span).trim_end().ends_with(['.', '!', '?', '”', '"']);
    !ended && sentence.tokens.len() <= LABEL
}

/// Whether a sentence has hardly a word beside the time.
fn stands_alone(doc: &Document<'_>, sentence: &Sentence, time: Span) -> bool {
    let words =
        |span: Span| doc.slice(span).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    let rest = Span::new(sentence.span.start, time.start);
    words(rest) + words(Span::new(time.end, sentence.span.end)) <= 1
}

/// The first recent day, days or week that the opening sentences tell of.
fn opening(doc: &Document<'_>, times: &[Vec<Timing>], published: Date, official: bool) -> Told<EventDate> {
    // An official text gives its occasion at once or not at all.
    let (sentences, days) = if official { (1, 14) } else { (OPENING, RECENT) };
    let recent = |date: &EventDate| {
        let Some((first, last)) = date.interval else { return false };
        let far = first.until(published).map_or(i32::MAX, |span| span.get_days());
        last <= published && (0..=days).contains(&far)
    };
    let told = |(index, sentence): (usize, &Sentence)| {
        let block = doc.block_of(sentence)?;
        let dateline = block.prefix.unwrap_or(Span::new(0, 0));
        times.get(index)?.iter().find_map(|time| {
            let exact =
                |d: &EventDate| matches!(d.precision, Precision::Day | Precision::Range | Precision::Week);
            let date = time.date.filter(|d| exact(d) && recent(d))?;
            let before = doc.slice(Span::new(sentence.span.start, time.span.start));
            let last = before.split_whitespace().next_back().unwrap_or("");
            // "the duty that was due on Sunday": a day it did not come to.
            // "is due to meet Wang on Wednesday"
            let plan = |w: &str| matches!(w, "due" | "set" | "scheduled" | "slated" | "supposed");
            let meant = before.split_whitespace().rev().take(4).any(plan) || before.contains(" due to meet ");
            // "the duty, first announced on May 2": the day of an older act.
            let older = before
                .split_whitespace()
                .rev()
                .take(4)
                .any(|w| matches!(w, "first" | "originally" | "initially" | "previously" | "earlier"));
            let behind = ["of", "since", "after", "before", "until"]
                .iter()
                .any(|word| last.eq_ignore_ascii_case(word));
            let aside = meant || older || behind;
            // "held from May 2 to May 4"
            let held = time.relation == Relation::At
                || time.relation == Relation::From && date.precision == Precision::Range;
            let own = held && !aside && !dateline.contains(time.span);
            own.then_some((date, time.span))
        })
    };
    let body = |sentence: &Sentence| {
        doc.block_of(sentence).is_some_and(|b| !matches!(b.kind, BlockKind::Heading | BlockKind::Question))
    };
    doc.sentences.iter().enumerate().filter(|(_, s)| body(s)).take(sentences).find_map(told)
}
