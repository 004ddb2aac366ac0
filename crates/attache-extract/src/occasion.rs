//! Dates that hold for more than the sentence they stand in: a day that heads a section, a deadline
//! before a list, the day of what the whole text is about.

use jiff::civil::Date;

use crate::document::{BlockKind, Document};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::time::Relation;
use crate::timing::Timing;
use crate::when::{EventDate, Length, Moment, Precision};

/// A date and the words it was read from.
pub(crate) type Told<T> = Option<(T, Span)>;

/// The dates that sentences inherit.
#[derive(Debug, Default)]
pub(crate) struct Occasions {
    /// Per sentence the day of its section.
    heads: Vec<Told<EventDate>>,
    /// Per sentence the start or deadline announced before its list.
    leads: Vec<Told<Moment>>,
    /// Per sentence the start, the end and the length that a sentence nearby gives what it told.
    afterwards: Vec<Afterwards>,
    /// When what the text opens with happened.
    pub(crate) opening: Told<EventDate>,
}

/// What "the measures take effect on …" says of the measures told before.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Afterwards {
    pub(crate) start: Told<Moment>,
    pub(crate) end: Told<Moment>,
    pub(crate) length: Told<Length>,
    /// How many sentences away that is said.
    pub(crate) far: usize,
    /// Said before the measures are told one by one.
    leads: bool,
}

/// How far back a sentence on the start of measures reaches in a text of an authority, and elsewhere.
const BACK: (usize, usize) = (8, 2);
/// How far on it reaches within its paragraph.
const ON: usize = 3;

/// How many sentences a line that ends in a colon introduces.
const LIST: usize = 12;
/// How many sentences open a text.
const OPENING: usize = 3;
/// An occasion lies at most this many days back.
const RECENT: i32 = 45;

impl Occasions {
    /// Reads the dates of a document from its times by sentence.
    pub(crate) fn read(doc: &Document<'_>, times: &[Vec<Timing>], published: Date, official: bool) -> Self {
        let mut out = Self::default();
        let mut section: Told<EventDate> = None;
        let mut lead: Option<(Moment, Span, usize)> = None;
        for block in &doc.blocks {
            let (first, end) = block.sentences;
            let mut head = section;
            if block.kind == BlockKind::Heading {
                (section, head, lead) = (None, None, None);
            }
            for index in first..end {
                let (Some(sentence), Some(own)) = (doc.sentences.get(index), times.get(index)) else { break };
                if index == first
                    && let Some(told) = heads(doc, sentence, own)
                {
                    head = Some(told);
                    if end == first + 1 && stands_alone(doc, sentence, told.1) {
                        section = head;
                    }
                }
                out.heads.push(head);
                out.leads.push(
                    lead.filter(|(_, _, at)| index - at <= LIST).map(|(moment, span, _)| (moment, span)),
                );
                if doc.slice(sentence.span).trim_end().ends_with(':') {
                    section = None;
                    let due = own.iter().rev().find(|t| matches!(t.relation, Relation::By | Relation::From));
                    lead = due.and_then(|t| Some((t.moment?, t.span, index)));
                }
            }
        }
        out.earlier_week(published);
        out.afterwards = afterwards(doc, times, official);
        out.opening = opening(doc, times, published, official);
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

    /// The day of the section a sentence stands in.
    pub(crate) fn head(&self, sentence: usize) -> Told<EventDate> {
        self.heads.get(sentence).copied().flatten()
    }

    /// What a sentence nearby says of the start, end and length of what this one tells.
    pub(crate) fn afterwards(&self, sentence: usize) -> Afterwards {
        self.afterwards.get(sentence).copied().unwrap_or_default()
    }

    /// The start or deadline of the list a sentence belongs to.
    pub(crate) fn lead(&self, sentence: usize) -> Told<Moment> {
        self.leads.get(sentence).copied().flatten()
    }
}

/// Words that point back at measures, as a subject.
const MEASURES: &[&str] = &[
    "measure",
    "measures",
    "tariff",
    "tariffs",
    "duty",
    "duties",
    "action",
    "actions",
    "surcharge",
    "surcharges",
    "change",
    "changes",
    "adjustment",
    "adjustments",
    "modification",
    "modifications",
    "rate",
    "rates",
    "suspension",
    "pause",
    "fee",
    "fees",
    "levy",
    "levies",
    "control",
    "controls",
    "rule",
    "rules",
    "increase",
    "increases",
    "cut",
    "cuts",
    "reduction",
    "reductions",
    "ban",
    "truce",
    "decision",
    "step",
    "steps",
    "provision",
    "provisions",
    "commitments",
    "exclusions",
    "exemption",
    "exemptions",
    "quota",
    "quotas",
    "concessions",
    "exclusion",
    "surtax",
    "relief",
    "waiver",
    "sanctions",
    "restrictions",
    "order",
    "notice",
    "announcement",
    "regulation",
];

/// "The measures will take effect on …": what it gives the measures told around it.
fn goes_on(doc: &Document<'_>, sentence: &Sentence, times: &[Timing]) -> Option<Afterwards> {
    if times.is_empty() {
        return None;
    }
    let text = doc.slice(sentence.span).to_lowercase();
    if text.contains(['%', '$']) || text.contains("percent") {
        return None;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let first = words.next()?;
    let named = |word: Option<&str>| word.is_some_and(|w| MEASURES.contains(&w));
    let points = match first {
        "it" | "they" | "both" | "all" => true,
        "the" | "these" | "this" | "those" | "such" => {
            let (second, third) = (words.next(), words.next());
            named(second) || named(third)
        }
        _ => false,
    };
    let says = |phrases: &[&str]| phrases.iter().any(|p| text.contains(p));
    // "It was decided that duties shall be levied as of …": the rates follow.
    let leads = !points
        && says(&[
            "shall be levied",
            "will be levied",
            "shall be imposed",
            "will be imposed",
            "shall be collected",
        ])
        && times.iter().any(|t| t.moment.is_some());
    if !leads && !points {
        return None;
    }
    let begins = says(&[
        "take effect",
        "takes effect",
        "took effect",
        "into effect",
        "into force",
        "in force",
        "effective",
        "be implemented",
        "will apply",
        "applies",
        "kicks in",
        "kick in",
        "starts",
        "enters",
        "shall apply",
        "applies from",
        "apply from",
        "these actions by",
        "these steps by",
        "will begin",
        "will start",
        "begin on",
        "start on",
        "starts on",
        "begins on",
        "suspended",
        "retroactive",
        "backdated",
    ]);
    let ends = says(&[
        "expire",
        "will last",
        "lasts",
        "run until",
        "runs until",
        "in place until",
        "remain in",
        "suspended",
    ]);
    if !leads && !begins && !ends {
        return None;
    }
    let begins = begins || leads;
    let moment = |t: &&Timing| t.moment.is_some() && t.relation != Relation::Until;
    let told = |t: &Timing| Some((t.moment?, t.span));
    let by = |t: &Timing| t.relation == Relation::By;
    Some(Afterwards {
        start: times
            .iter()
            .find(moment)
            .filter(|_| begins)
            .and_then(|t| told(t).map(|(moment, span)| (Moment { by: by(t), ..moment }, span))),
        end: times.iter().find(|t| t.relation == Relation::Until || ends && !begins).and_then(told),
        length: times.iter().filter(|_| ends).find_map(|t| Some((t.length?, t.span))),
        far: 0,
        leads,
    })
}

fn afterwards(doc: &Document<'_>, times: &[Vec<Timing>], official: bool) -> Vec<Afterwards> {
    let mut out = vec![Afterwards::default(); doc.sentences.len()];
    let kind = |at: usize| doc.sentences.get(at).and_then(|s| doc.block_of(s)).map(|b| b.kind);
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let Some(said) = times.get(index).and_then(|own| goes_on(doc, sentence, own)) else { continue };
        let back = if official { BACK.0 } else { BACK.1 };
        let before =
            (index.saturating_sub(back)..index).rev().take_while(|&at| kind(at) != Some(BlockKind::Heading));
        // "Both sides will take these actions by …" holds for all that an official text lists.
        let whole = official && said.start.is_some_and(|(moment, _)| moment.by);
        let on = if whole { LIST } else { ON };
        let behind = (index + 1..=index + on)
            .take_while(|&at| doc.sentences.get(at).is_some_and(|s| whole || s.block == sentence.block));
        for at in before.filter(|_| !said.leads).chain(behind) {
            if let Some(place) = out.get_mut(at).filter(|place| place.far == 0) {
                *place = Afterwards { far: index.abs_diff(at), ..said };
            }
        }
    }
    out
}

/// A sentence that is a date, or opens with one before a colon or dash.
fn heads(doc: &Document<'_>, sentence: &Sentence, times: &[Timing]) -> Told<EventDate> {
    let time = times.first()?;
    let date = time.date.filter(|d| matches!(d.precision, Precision::Day | Precision::Range))?;
    let before = doc.slice(Span::new(sentence.span.start, time.span.start));
    let leads =
        before.split_whitespace().all(|w| matches!(w.to_lowercase().as_str(), "on" | "-" | "•" | "–"));
    let after = doc.slice(Span::new(time.span.end, sentence.span.end)).trim_start();
    let marked = after.starts_with([':', '—', '–', '|']) || after.starts_with("- ");
    (leads && (marked || stands_alone(doc, sentence, time.span))).then_some((date, time.span))
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
            let last = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
            let aside = matches!(last.as_str(), "of" | "since" | "after" | "before" | "until");
            let own = time.relation == Relation::At && !aside && !dateline.contains(time.span);
            own.then_some((date, time.span))
        })
    };
    let body = |sentence: &Sentence| {
        doc.block_of(sentence).is_some_and(|b| !matches!(b.kind, BlockKind::Heading | BlockKind::Question))
    };
    doc.sentences.iter().enumerate().filter(|(_, s)| body(s)).take(sentences).find_map(told)
}
