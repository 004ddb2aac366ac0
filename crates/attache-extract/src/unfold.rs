//! Clauses that leave out what they share with the one before them, put into words.
//!
//! "Oslo taxed pears at 10% in May and plums at 20% in June" tells of two acts with one verb. Every later
//! step reads a clause by its verb, so the text is read as though it said "Oslo taxed pears at 10% in May.
//! Oslo taxed plums at 20% in June." What comes out of that is put back into the words of the text as given:
//! each event quotes the whole sentence.

mod align;
mod each;
mod gap;
mod likewise;
mod phrase;
mod step;

use crate::document::{BlockKind, Document};
use crate::event::Event;
use crate::explain::{Explanation, SentenceExplanation};
use crate::grammar::clause::{Clauses, Range};
use crate::grammar::lower::WordList;
use crate::grammar::tag::Word;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::surroundings::Seen;
use crate::timing::Timing;
use crate::who::Who;

/// Words by which a clause leaves something out that names no two numbers or times.
static MARKS: WordList = WordList::new(&[
    "likewise",
    "same",
    "too",
    "suit",
    "each",
    "separate",
    "individual",
    "another",
    "second",
    "third",
]);

/// A clause that is put into words, bit by bit.
type Telling = Vec<Bit>;

/// A bit of a clause that is put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bit {
    /// As printed at these words.
    Words(Range),
    /// The same words, which the text leaves out at that place: "10% on pears and 20 on plums".
    LeftOut(Range),
    /// The words before it own what follows.
    Owns,
    /// Words that the text has in another form.
    Put(&'static str),
}

/// What is left out in a sentence.
#[derive(Debug)]
struct Gaps {
    /// The word at which the clause ends that is whole; 0 where none is.
    whole: usize,
    /// The clauses that are not.
    clauses: Vec<Telling>,
    /// The word behind the last of them.
    end: usize,
    /// When all of it is: "10% on pears and 20% on plums in May".
    shared: Option<Range>,
}

/// A stretch of the new text and where it comes from; one that was put in comes from an empty span.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    new: Span,
    old: Span,
}

/// A text in which no clause leaves anything out.
#[derive(Debug)]
pub(crate) struct Unfolded {
    pub(crate) text: String,
    stretches: Vec<Stretch>,
    /// The sentences told in several: where they stand now and where they stood.
    sentences: Vec<Stretch>,
}

/// A sentence with its index, its words and its clauses.
type Sought = (usize, Vec<Word>, Clauses);

/// Sentences that leave nothing out as they were read to find that out, for whoever reads them next.
#[derive(Debug, Default)]
pub(crate) struct ReadAhead {
    /// The next one last once all are read.
    kept: Vec<Sought>,
    /// Lists for the words of more sentences.
    pub(crate) spare: Vec<Vec<Word>>,
}

impl ReadAhead {
    /// So many sentences are read together, and as many are kept at most.
    const MOST: usize = 32;

    fn keep(&mut self, sentence: Sought) {
        if self.kept.len() < Self::MOST {
            self.kept.push(sentence);
        } else {
            self.spare.push(sentence.1);
        }
    }

    /// Forgets all sentences, but not their lists.
    pub(crate) fn forget(&mut self) {
        self.spare.extend(self.kept.drain(..).map(|(_, words, _)| words));
    }

    /// The words and clauses of a sentence that is kept; sentences are asked for in their order.
    pub(crate) fn take(&mut self, index: usize) -> Option<(Vec<Word>, Clauses)> {
        let (_, words, clauses) = self.kept.pop_if(|(kept, ..)| *kept == index)?;
        Some((words, clauses))
    }
}

/// Puts into words what clauses leave out; none where nothing is left out. `tag` tags the words of a
/// sentence; those that leave nothing out are kept in `ahead`.
pub(crate) fn unfold(
    doc: &Document<'_>,
    seen: &Seen,
    ahead: &mut ReadAhead,
    mut tag: impl FnMut(&Sentence, &[Who], &[Timing], &mut Vec<Word>),
) -> Option<Unfolded> {
    let mut out = Unfolded { text: String::new(), stretches: Vec::new(), sentences: Vec::new() };
    let mut done = 0;
    let times = |index: usize| seen.times.get(index).map(Vec::as_slice).unwrap_or_default();
    let who = |index: usize| seen.who.get(index).map(Vec::as_slice).unwrap_or_default();
    let likely = |(index, sentence): &(usize, &Sentence)| {
        let heading = doc.block_of(sentence).is_none_or(|b| b.kind == BlockKind::Heading);
        let marked = || sentence.lower.iter().any(|w| MARKS.has(w));
        !heading && (gap::likely(sentence, times(*index).len()) || marked())
    };
    let mut all = doc.sentences.iter().enumerate().filter(likely).peekable();
    let mut batch: Vec<Sought> = Vec::new();
    while all.peek().is_some() {
        for (index, sentence) in all.by_ref().take(ReadAhead::MOST) {
            let mut words = ahead.spare.pop().unwrap_or_default();
            tag(sentence, who(index), times(index), &mut words);
            batch.push((index, words, Clauses::default()));
        }
        let mut read: Vec<(&[Word], &mut Clauses)> =
            batch.iter_mut().map(|(_, words, clauses)| (words.as_slice(), clauses)).collect();
        Clauses::read_all(&mut read);
        for (index, words, clauses) in batch.drain(..) {
            let who = who(index);
            let found = gap::find(&words, &clauses, who)
                .or_else(|| likewise::find(&words, &clauses, who))
                .or_else(|| each::find(&words, &clauses, who))
                .or_else(|| step::find(&words, &clauses));
            match (found, doc.sentences.get(index)) {
                (Some(gaps), Some(sentence)) => {
                    out.unfold(doc.text, sentence, &words, &gaps, &mut done);
                    ahead.spare.push(words);
                }
                _ => ahead.keep((index, words, clauses)),
            }
        }
    }
    ahead.kept.reverse();
    (!out.sentences.is_empty()).then(|| {
        out.copy(doc.text, Span::new(done, doc.text.len()));
        out
    })
}

impl Unfolded {
    /// Tells a sentence in several, behind what stands before it from `done` on.
    fn unfold(&mut self, text: &str, sentence: &Sentence, words: &[Word], gaps: &Gaps, done: &mut usize) {
        let at = |word: usize| match word.checked_sub(1) {
            Some(last) => words.get(last).map(|w| w.span.end),
            None => words.first().map(|w| w.span.start),
        };
        let (Some(whole), Some(end)) = (at(gaps.whole), at(gaps.end)) else { return };
        self.copy(text, Span::new(*done, sentence.span.start));
        let start = self.text.len();
        self.copy(text, Span::new(sentence.span.start, whole));
        let shared = gaps.shared.map(Bit::Words);
        if let Some(shared) = shared {
            self.put(" ", whole);
            self.tell(text, words, &[shared]);
        }
        for (number, telling) in gaps.clauses.iter().enumerate() {
            if gaps.whole > 0 || number > 0 {
                self.put(". ", whole);
            }
            let start = self.text.len();
            self.tell(text, words, telling);
            self.capitalise(start);
            let last = number + 1 == gaps.clauses.len();
            if let Some(shared) = shared.filter(|_| !last) {
                self.put(" ", whole);
                self.tell(text, words, &[shared]);
            }
        }
        self.copy(text, Span::new(end, sentence.span.end));
        self.sentences.push(Stretch { new: Span::new(start, self.text.len()), old: sentence.span });
        *done = sentence.span.end;
    }

    fn copy(&mut self, text: &str, old: Span) {
        let start = self.text.len();
        self.text.push_str(old.of(text).unwrap_or(""));
        self.stretches.push(Stretch { new: Span::new(start, self.text.len()), old });
    }

    /// Puts in words that the text does not have at `at`.
    fn put(&mut self, words: &str, at: usize) {
        let start = self.text.len();
        self.text.push_str(words);
        self.stretches.push(Stretch { new: Span::new(start, self.text.len()), old: Span::new(at, at) });
    }

    fn tell(&mut self, text: &str, words: &[Word], telling: &[Bit]) {
        let mut behind = 0;
        for (number, bit) in telling.iter().enumerate() {
            let (from, to) = match *bit {
                Bit::Words(range) | Bit::LeftOut(range) => range,
                Bit::Owns => {
                    self.put("'s", behind);
                    continue;
                }
                Bit::Put(put) => {
                    self.put(put, behind);
                    continue;
                }
            };
            let (Some(first), Some(last)) = (words.get(from), to.checked_sub(1).and_then(|i| words.get(i)))
            else {
                continue;
            };
            let span = Span::new(first.span.start, last.span.end);
            if number > 0 && !matches!(first.lower.as_str(), "," | "%" | "'s" | "’s") {
                self.put(" ", behind);
            }
            match bit {
                Bit::Words(_) => {
                    behind = span.end;
                    self.copy(text, span);
                }
                _ => self.put(span.of(text).unwrap_or(""), behind),
            }
        }
    }

    /// A sentence starts at `start`.
    fn capitalise(&mut self, start: usize) {
        let Some(first) = self.text.get(start..).and_then(|rest| rest.chars().next()) else { return };
        let upper: String = first.to_uppercase().collect();
        if upper.len() == first.len_utf8() {
            self.text.replace_range(start..start + first.len_utf8(), &upper);
        }
    }

    /// The words of the text as given that a span of the new text comes from: the first of them, where
    /// they stand apart there. "From 30% to 8%" may come from "to 8% from 30%".
    fn back(&self, span: Span) -> Span {
        let first = self.stretches.partition_point(|s| s.new.end <= span.start);
        let mut out: Option<Span> = None;
        for stretch in self.stretches.iter().skip(first).take_while(|s| s.new.start < span.end) {
            let from = stretch.old.start + span.start.saturating_sub(stretch.new.start);
            let to = stretch.old.end - stretch.new.end.saturating_sub(span.end).min(stretch.old.len());
            match &mut out {
                // What was put in comes from nowhere.
                _ if stretch.old.is_empty() => {}
                None => out = Some(Span::new(from, to)),
                Some(known) if from >= known.end && from - known.end <= 1 => known.end = to,
                Some(known) if to <= known.start && known.start - to <= " from ".len() => known.start = from,
                Some(_) => break,
            }
        }
        out.unwrap_or_else(|| {
            let at = self.stretches.get(first).map_or(span.start, |s| s.old.start);
            Span::new(at, at)
        })
    }

    /// As [`back`](Self::back), and the whole of every sentence that was told in several.
    fn quoted(&self, span: Span) -> Span {
        // A quotation may run over several sentences, the first and the last of which may be told in several.
        let (first, last) = (Span::new(span.start, span.start + 1), Span::new(span.end - 1, span.end));
        let whole = |part: Span| self.told_in(part).map_or_else(|| self.back(part), |s| s.old);
        Span::new(whole(first).start, whole(last).end)
    }

    /// Whether a span lies in a sentence that was told in several.
    fn touched(&self, span: Span) -> bool {
        self.told_in(span).is_some()
    }

    /// The first sentence told in several that a span reaches into.
    fn told_in(&self, span: Span) -> Option<&Stretch> {
        let at = self.sentences.partition_point(|s| s.new.end <= span.start);
        self.sentences.get(at).filter(|s| s.new.overlaps(span))
    }

    /// Puts an event back into the words of the text as given.
    pub(crate) fn restore(&self, event: &mut Event, text: &str) {
        let touched = self.touched(event.evidence.quote);
        if !event.evidence.quote.is_empty() {
            event.evidence.quote = self.quoted(event.evidence.quote);
        }
        if touched {
            event.quote = event.evidence.quote.of(text).unwrap_or("").to_owned();
        }
        let words = |span: Span| span.of(text).unwrap_or("").to_owned();
        let claims = &mut event.claims;
        let (scope, rate) = (&mut event.scope, &mut event.rate);
        event.evidence.fields.retain(|field, span| {
            let touched = self.touched(*span);
            *span = self.back(*span);
            if touched && field == "scope" {
                *scope = Some(words(*span));
            }
            if let Some(rate) = rate.as_mut().filter(|_| touched && field == "rate") {
                rate.raw = words(*span);
            }
            let claim = field.strip_prefix("claims.").and_then(|n| n.parse::<usize>().ok());
            if let Some(number) = claim.filter(|_| touched)
                && let Some(claim) = claims.get_mut(number)
            {
                *claim = words(*span);
            }
            !span.is_empty()
        });
    }

    /// Puts an explanation back into the words of the text as given, each sentence of which is explained once.
    pub(crate) fn restore_explanation(&self, explanation: &mut Explanation, text: &str) {
        let mut out: Vec<SentenceExplanation> = Vec::new();
        for mut sentence in std::mem::take(&mut explanation.sentences) {
            sentence.span = self.quoted(sentence.span);
            let marked = sentence.seen.iter_mut().chain(&mut sentence.fired);
            marked.for_each(|(_, span)| *span = self.back(*span));
            match out.last_mut().filter(|last| sentence.span.start < last.span.end) {
                Some(last) => {
                    last.span.end = last.span.end.max(sentence.span.end);
                    sentence.seen.retain(|seen| !last.seen.contains(seen));
                    last.seen.extend(sentence.seen);
                    last.fired.extend(sentence.fired);
                    last.dropped.extend(sentence.dropped);
                }
                None => out.push(sentence),
            }
        }
        for sentence in &mut out {
            sentence.text = sentence.span.of(text).unwrap_or("").to_owned();
        }
        explanation.sentences = out;
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor};

    /// Each event with its states, day and rate, and what is quoted.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let article = Article::new(text, jiff::civil::date(2026, 11, 20));
        let told: Vec<String> = Extractor::builtin()
            .extract(&article)
            .events
            .iter()
            .map(|e| {
                assert_eq!(e.evidence.quote.of(text), Some(e.quote.as_str()));
                let printed = e.evidence.fields.get("rate").and_then(|span| span.of(text));
                assert_eq!(printed, e.rate.as_ref().map(|rate| rate.raw.as_str()));
                let states: Vec<_> =
                    e.parties.iter().filter_map(|p| p.country).map(|c| c.to_string()).collect();
                let day = e.date.start().map_or("-".to_owned(), |day| day.to_string());
                let rate = e.rate.as_ref().and_then(|r| r.to.or(r.value));
                let rate = rate.map_or("-".to_owned(), |r| r.to_string());
                format!("{} {day} {rate} {}", states.join(" "), e.scope.as_deref().unwrap_or("-"))
            })
            .collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn a_clause_without_a_verb_has_that_of_the_one_before_it() {
        check(
            "Peru put a 10% tariff on American grapes on November 2 and Chile a 12% tariff on American rice on \
             November 9.",
            &["PE US 2026-11-02 10 American grapes", "CL US 2026-11-09 12 American rice"],
        );
        check(
            "China taxed Canadian peas at 100% on March 2, and Canadian pork at 25 on May 4.",
            &["CN CA 2026-03-02 100 Canadian peas", "CN CA 2026-05-04 25 Canadian pork"],
        );
        check(
            "Japan has demanded licences for gallium since June 1, and for graphite since August 3.",
            &["JP 2026-06-01 - gallium", "JP 2026-08-03 - graphite"],
        );
        check(
            "The American tariff on Indian tea came down from 50% to 20% on Monday, and the Indian charge on \
             American almonds to 8% from 30%.",
            &["US IN 2026-11-16 20 Indian tea", "IN US 2026-11-16 8 -"],
        );
    }

    #[test]
    fn a_sentence_is_explained_once_whatever_it_leaves_out() {
        let text = "Peru taxed pears at 10% in May and plums at 20% in June. Chile did not.";
        let shown = Extractor::builtin().explain(&Article::new(text, jiff::civil::date(2026, 11, 20)));
        let told: Vec<&str> = shown.sentences.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(told, ["Peru taxed pears at 10% in May and plums at 20% in June.", "Chile did not."]);
        let states =
            shown.sentences.iter().flat_map(|s| &s.seen).filter(|(label, _)| label.contains("State PE"));
        assert_eq!(states.count(), 1);
    }

    #[test]
    fn a_time_at_the_end_holds_for_all() {
        check(
            "Mexico taxed Chinese steel at 35% and Korean pipes at 25% on March 2.",
            &["MX CN 2026-03-02 35 Chinese steel", "MX KR 2026-03-02 25 Korean pipes"],
        );
    }

    #[test]
    fn whoever_does_likewise_does_the_same_at_no_rate_that_is_told() {
        check(
            "The United States suspended its port fees on Chinese ships on November 10, and China did the same.",
            &["US CN 2026-11-10 - Chinese ships", "CN US 2026-11-10 - ships"],
        );
        check(
            "The United States raised its tariffs on Chinese goods to 84% on March 2, and China did likewise on \
             March 4.",
            &["US CN 2026-03-02 84 Chinese goods", "CN US 2026-03-04 - goods"],
        );
        check(
            "Norway suspended its port fees on Chinese ships on November 10, but Sweden did not follow suit.",
            &["NO CN 2026-11-10 - Chinese ships"],
        );
    }

    #[test]
    fn what_each_does_is_done_more_than_once() {
        check(
            "Malaysia and Cambodia each signed a trade agreement with Japan in Osaka on October 26.",
            &["MY JP 2026-10-26 - -", "KH JP 2026-10-26 - -"],
        );
        check(
            "President Lula held separate meetings with Chinese President Xi Jinping and Chilean President Gabriel \
             Boric on October 26.",
            &["BR CN 2026-10-26 - -", "BR CL 2026-10-26 - -"],
        );
        check(
            "China opened one anti-dumping investigation into American pork on March 2 and another into Canadian \
             peas.",
            &["CN US 2026-03-02 - American pork", "CN CA 2026-03-02 - Canadian peas"],
        );
    }

    #[test]
    fn what_describes_is_no_clause() {
        check(
            "The United States put a 10% tariff on Chilean copper on November 2, the third rise in a month.",
            &["US CL 2026-11-02 10 Chilean copper"],
        );
    }
}
