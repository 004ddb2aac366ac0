//! When a measure starts and ends, and how long it runs.

use super::*;
use crate::grammar::lower::{WordList, few, is};
use crate::sequel::Sequel;
use crate::time::{Relation, prints_year};

#[derive(Debug, Default)]
pub(super) struct Terms {
    pub(super) effective: Option<Moment>,
    pub(super) effective_span: Option<Span>,
    pub(super) expires: Option<Moment>,
    pub(super) expires_span: Option<Span>,
    pub(super) duration: Option<crate::when::Length>,
    pub(super) duration_span: Option<Span>,
    /// How long after the act it starts, and whether at the latest then.
    pub(super) delay: Option<((crate::when::Length, bool), Span)>,
    /// The start is told by another sentence.
    pub(super) told_elsewhere: bool,
    /// "With immediate effect": it starts on the day of the act.
    pub(super) at_once: bool,
    /// The day of publication.
    published: Option<jiff::civil::Date>,
    /// What is or is no longer collected: it starts on the day that is told of the act itself.
    collected: bool,
    /// What moved by then: it starts on the day that is told of the act itself, where that lies before this
    /// and stands behind this place.
    moved: Option<(jiff::civil::Date, usize)>,
}

/// What a time is to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    Start,
    End,
}

static ENDING: WordList = WordList::new(&[
    "expire",
    "expires",
    "expiring",
    "expired",
    "expiration",
    "expiry",
    "runs",
    "run",
    "lapse",
    "lapses",
    "lapsing",
    "sunset",
    "sunsets",
    "ends",
    "end",
    "ended",
    "ending",
    "remain",
    "remains",
    "valid",
    "die",
    "dies",
]);
static STARTING: WordList = WordList::new(&[
    "effect",
    "force",
    "effective",
    "w.e.f.",
    "w.e.f",
    "wef",
    "starting",
    "beginning",
    "begin",
    "begins",
    "began",
    "start",
    "starts",
    "arrives",
    "kick",
    "kicks",
]);
/// What an act can be told by, other than by its measure.
static PAPERS: WordList = WordList::new(&[
    "act",
    "change",
    "circular",
    "decision",
    "decree",
    "directive",
    "law",
    "legislation",
    "measure",
    "move",
    "notice",
    "notification",
    "order",
    "ordinance",
    "proclamation",
    "regulation",
    "resolution",
    "rule",
    "step",
]);
static LENGTHS: WordList =
    WordList::new(&["by", "over", "another", "additional", "further", "of", "to", "for", "within", "extra"]);

/// Most words between relief and the duty from which it frees.
const RELIEF: usize = 8;
/// A length that opens a sentence stands within so many words.
const OPENS: usize = 6;
/// Most words between a measure and what stands in apposition to it.
const GOODS: usize = 11;
/// Most words between the comma and a start that is said of all before it.
const SHARED: usize = 6;
/// What lies so many days back is no news.
const NEWS: i64 = 7;
/// Most words between a verb that goes on with the act and its time.
const GOES_ON: usize = 6;
/// Days of a year.
const YEAR: i32 = 365;
/// What lies further back than this, in days, without a year of its own, is next year's.
const HALF_YEAR: i32 = 183;

/// How many sentences before it the measure stands whose date is "the same date".
const SAME_DATE: usize = 3;

impl Terms {
    /// What is in force at once starts on the day of the act.
    pub(super) fn settle(&mut self, told: &dating::Dated, doc: &Document<'_>) {
        let day = told.date.start().filter(|_| told.date.precision == Precision::Day);
        // "On Friday it extended the exclusion through August 31": the next one.
        let yearless = |span: Span| !prints_year(doc.slice(span));
        if let (true, Some(day), Some(end)) =
            (told.own && self.expires_span.is_some_and(yearless), day, &mut self.expires)
            && end.month.is_some()
            && end.days().is_some_and(|(_, last)| last < day)
        {
            end.year += 1;
        }
        // "waived it in September until the end of the year", told a year later: of the year in which it was waived.
        let year_end = self.expires_span.is_some_and(|span| {
            let printed = doc.slice(span);
            ["the year", "year-end", "year end", "year’s end", "year's end"]
                .iter()
                .any(|end| printed.ends_with(end))
        });
        let start = self.effective.and_then(|m| m.days()).map(|(first, _)| first);
        if let (true, Some(act), Some(end)) =
            (year_end, start.or_else(|| told.date.start()), &mut self.expires)
            && end.month.is_some()
        {
            end.year = act.year();
        }
        // "raised it on Monday. The new duty applies from Tuesday": the first one behind the act.
        let weekday = self.effective_span.is_some_and(|span| crate::time::is_weekday(doc.slice(span)));
        if let (true, Some(day), Some(start)) = (weekday, day, &mut self.effective)
            && let Some((first, _)) = start.days()
            && let Ok(next) =
                day.checked_add(jiff::Span::new().days(i64::from((first - day).get_days().rem_euclid(7))))
        {
            *start = Moment { time: start.time, offset: start.offset, by: start.by, ..Moment::on(next) };
        }
        // "voted for duties in December; they apply from January": the next one.
        let no_year = self.effective_span.is_some_and(yearless);
        if let (true, true, Some(day), Some(start)) = (told.own, no_year, day, &mut self.effective)
            && let Some((_, last)) = start.days()
            && (day - last).get_days() > HALF_YEAR
        {
            start.year += 1;
        }
        // "promised it in May from June 1", said a year later: the first one behind the act.
        if let Some(day) = day {
            let length = self.duration_span;
            let end = self.expires_span.filter(|span| length != Some(*span));
            nearest(&mut self.effective, day, no_year);
            nearest(&mut self.expires, day, end.is_some_and(yearless));
        }
        if let (true, None, Some(day)) = (self.at_once, self.effective, day) {
            (self.effective, self.effective_span) = (Some(Moment::on(day)), told.span);
        }
        if let (true, true, None, Some(day)) = (self.collected, told.own, self.effective, day) {
            (self.effective, self.effective_span) = (Some(Moment::on(day)), told.span);
        }
        if let (Some((limit, from)), true, None, Some(day)) = (self.moved, told.own, self.effective, day)
            && day < limit
            && told.span.is_none_or(|span| span.start >= from)
        {
            (self.effective, self.effective_span) = (Some(Moment::on(day)), told.span);
        }
        if let (Some(((length, by), span)), None, Some(day)) = (self.delay, self.effective, day) {
            self.effective = add(Moment::on(day), length).map(|moment| Moment { by, ..moment });
            self.effective_span = Some(span);
        }
        self.counted_from_act(told, doc);
        self.end_of_length();
        // "in force since last February, lapsed in September": nothing ends before it starts.
        let (start, end) = (self.effective.and_then(|m| m.days()), self.expires.and_then(|m| m.days()));
        if let (Some((start, _)), Some((_, end))) = (start, end)
            && end < start
        {
            (self.effective, self.effective_span) = (None, None);
        }
    }

    /// "Published on May 2, it takes effect 30 days after its publication": counted from the day told.
    fn counted_from_act(&mut self, told: &dating::Dated, doc: &Document<'_>) {
        let behind = self.effective_span.and_then(|span| doc.slice(span).rsplit_once(" after "));
        let issue = behind.is_some_and(|(_, last)| {
            ["publication", "signing", "signature", "promulgation", "issuance", "adoption", "announcement"]
                .iter()
                .any(|noun| last.ends_with(noun))
        });
        let day = told.date.start().filter(|_| told.date.precision == Precision::Day);
        if let (true, Some(day), Some(start)) = (issue, day, &mut self.effective)
            && let Some((first, _)) = start.days()
            && let Some(published) = self.published
            && let Ok(length) = published.until(first)
            && let Ok(first) = day.checked_add(length)
        {
            *start = Moment { time: start.time, offset: start.offset, by: start.by, ..Moment::on(first) };
        }
    }

    /// "From May 2 for three months": the end follows from the start.
    fn end_of_length(&mut self) {
        if let (None, Some(start), Some(length)) = (self.expires, self.effective, self.duration)
            && !start.by
            && let Some(end) = add(start, length)
        {
            self.expires = Some(end);
            self.expires_span = self.duration_span;
        }
    }
}

impl Builder<'_> {
    pub(super) fn terms(&self) -> Terms {
        let mut out = Terms {
            at_once: self.at_once(),
            collected: self.collected(),
            moved: self.moved(),
            published: Some(self.context.published),
            ..Terms::default()
        };
        let mut settled = false;
        // "instead of the 100% surtax in place since May": the day right behind the measure.
        if let Some(time) = self.times.iter().find(|t| self.in_place_since(t)) {
            (out.effective, out.effective_span) = (time.moment, Some(time.span));
        }
        let mut own_start = out.effective.is_some();
        let measure = matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension);
        for time in self.times.iter().filter(|t| self.in_segment(t.span) && !self.of_next_act(t.span)) {
            if let Some(length) = time.length {
                let delayed = time.relation == Relation::Within && !self.pauses() && self.comes_into_force();
                if delayed && measure {
                    let own = self.bond(time.span) == Some(Bond::Own);
                    out.delay = out.delay.or(Some(((length, true), time.span)).filter(|_| own));
                    continue;
                }
                if out.duration.is_none() && self.runs_for(time) {
                    (out.duration, out.duration_span) = (Some(length), Some(time.span));
                }
                continue;
            }
            if let Some((first, last)) = time.ends.filter(|_| self.spans(time)) {
                // "extends the pause from July 9 to August 1": from one end to another.
                let stops = matches!(
                    self.hit.rule.act,
                    Act::TariffAction(TariffAction::Suspend | TariffAction::Exclude)
                ) || self.hit.rule.act.kind() == Kind::Tension;
                let printed = self.context.doc.slice(time.span);
                let through = [" through ", " until ", " till "].iter().any(|word| printed.contains(word));
                let group = self.own_group();
                let extends = group.is_some_and(|g| self.context.classes.has("extend", &g.lemma));
                if !self.pauses() || stops && through && !extends {
                    (out.effective, out.effective_span) = (Some(first), Some(time.span));
                }
                (out.expires, out.expires_span) = (Some(last), Some(time.span));
                continue;
            }
            let Some(moment) = self.moment_of(time).map(|moment| self.beside_head(time, moment)) else {
                continue;
            };
            let until = time.relation == Relation::Until;
            let own = self.bond(time.span) == Some(Bond::Own);
            match self.term(time).filter(|term| *term == Term::End || !self.of_another_clause(time)) {
                // "due to expire in May, extended until November": the later word holds.
                Some(Term::End) if until && !settled => {
                    out.expires = Some(Moment { by: false, ..moment });
                    out.expires_span = Some(time.span);
                    settled = true;
                }
                Some(Term::End) if out.expires.is_none() => {
                    let moment = self.end_to_come(time).unwrap_or(moment);
                    out.expires = Some(Moment { by: false, ..moment });
                    out.expires_span = Some(time.span);
                }
                // The start told in the act's own clause goes before one that opens the sentence.
                Some(Term::Start) if out.effective.is_none() || !own_start && own => {
                    out.effective = Some(Moment { by: time.relation == Relation::By, ..moment });
                    out.effective_span = Some(time.span);
                    own_start = own;
                }
                _ => {}
            }
        }
        // "will scrap one duty and halve another, both with effect from July 15"
        if measure && out.effective.is_none() {
            let shared = self.times.iter().find(|t| self.takes_effect(t));
            if let Some((moment, time)) = shared.and_then(|t| Some((t.upcoming(self.context.published)?, t)))
            {
                (out.effective, out.effective_span) = (Some(moment), Some(time.span));
            }
        }
        // "has been on ice since May 10 for one year": the pause ends a year later.
        if matches!(self.hit.rule.status, Some(Status::Eased))
            && out.expires.is_none()
            && let Some(length) = out.duration
            && let Some(since) = self
                .times
                .iter()
                .find(|t| t.relation == Relation::Since && self.bond(t.span) == Some(Bond::Own))
            && let Some(end) = since.moment.and_then(|start| add(start, length))
        {
            (out.expires, out.expires_span) = (Some(end), out.duration_span);
        }
        // "If no deal is reached by March 1, the rate goes to 25%": the day of the threat.
        if out.effective.is_none()
            && let Some((moment, span)) = self.deadline()
        {
            (out.effective, out.effective_span) = (Some(moment), Some(span));
        }
        // "The pause, extended in May, runs out on August 12": the end of what was extended.
        if out.expires.is_none()
            && self.hit.frame.participle
            && self.pauses()
            && let Some((moment, span)) = self.end_of_described()
        {
            (out.expires, out.expires_span) = (Some(moment), Some(span));
        }
        if measure
            && out.expires.is_none()
            && let Some(time) = self.end_of_its_run()
        {
            match (time.length, time.upcoming(self.context.published).or(time.moment)) {
                (Some(length), _) => {
                    out.duration = out.duration.or(Some(length));
                    out.duration_span = out.duration_span.or(Some(time.span));
                }
                (None, Some(moment)) => {
                    (out.expires, out.expires_span) = (Some(Moment { by: false, ..moment }), Some(time.span));
                }
                _ => {}
            }
        }
        // "for the same 90 days": those of the measure told right before.
        if let (Some(length), Some(span)) = (out.duration, out.duration_span)
            && self.same_length(span)
            && out.effective.is_none()
            && let Some(known) = self.memory.as_long(self.index, length)
        {
            out.effective = known.start.map(|(moment, _)| moment);
            out.effective_span = known.start.and_then(|(_, span)| span);
            out.expires = out.expires.or(known.end.map(|(moment, _)| moment));
            out.expires_span = out.expires_span.or(known.end.and_then(|(_, span)| span));
        }
        if measure
            && out.effective.is_none()
            && let Some((moment, span)) = self.start_of_list()
        {
            (out.effective, out.effective_span) = (Some(moment), Some(span));
        }
        if let (None, true, Some((moment, span))) =
            (out.effective, measure, self.context.occasions.lead(self.index))
        {
            (out.effective, out.effective_span) = (Some(moment), Some(span));
            out.told_elsewhere = true;
        }
        if measure
            && out.effective.is_none()
            && let Some((moment, span)) = self.start_of_paper()
        {
            (out.effective, out.effective_span) = (Some(moment), Some(span));
        }
        // An entry of a chronicle: "July 6 / The tariffs take effect."
        if let (None, true, Some((date, span))) =
            (out.effective, self.begins() || self.applies(), self.context.occasions.head(self.index))
            && let Some(day) = date.start().filter(|_| date.precision == Precision::Day)
        {
            (out.effective, out.effective_span) = (Some(Moment::on(day)), Some(span));
        }
        let said = self.context.occasions.sequel(self.index);
        let named = self.hit.frame.participle;
        if measure && !named && self.comes_into_force() && self.announces() && self.told_of(&said) {
            out.at_once |= said.at_once;
            out.delay = out.delay.or(said.delay);
            if let (None, Some((moment, span))) = (out.effective, said.start) {
                (out.effective, out.effective_span) = (Some(moment), Some(span));
                out.told_elsewhere = true;
            }
            if let (None, Some((moment, span))) = (out.expires, said.end) {
                (out.expires, out.expires_span) = (Some(Moment { by: false, ..moment }), Some(span));
            }
            if let (None, Some((length, span))) = (out.duration, said.length) {
                (out.duration, out.duration_span) = (Some(length), Some(span));
            }
        }
        out.end_of_length();
        out
    }

    /// "From April 1: 25% on lorries, 10% on buses", "The list came into force on May 2: 10% on pears": the
    /// start of all that follows.
    fn start_of_list(&self) -> Option<(Moment, Span)> {
        let trigger = self.hit.frame.trigger.0;
        let ranges = || self.times.iter().map(|t| (t, self.word_range(t.span)));
        let (time, (start, _)) = ranges().find(|(_, (_, end))| *end < trigger && self.word(*end) == ":")?;
        let led = (start.saturating_sub(1)..=start)
            .any(|i| matches!(self.word(i), "from" | "starting" | "beginning" | "effective" | "of"));
        let begins = self.context.classes.get("set_in").unwrap_or_default();
        let comes =
            || self.view.clauses.groups.iter().any(|g| g.head < start && begins.at(self.view.words, g.head));
        Some((self.moment_of(time).filter(|_| led || comes())?, time.span))
    }

    /// "will phase out its duty over four years": it goes in steps, and does not come back.
    pub(super) fn step_by_step(&self) -> bool {
        let phases = self.view.words.get(self.hit.frame.trigger.0).is_some_and(|w| w.lemma == "phase");
        let over = |t: &Timing| {
            t.length.is_some()
                && self.before(t.span).last().is_some_and(|w| is!(w.lower, "over" | "within" | "in"))
        };
        phases || self.times.iter().any(over)
    }

    /// "Since May 2 Oslo has charged 10%, a rate it doubled on June 4": the doubling has its own day.
    pub(super) fn of_another_clause(&self, time: &Timing) -> bool {
        let dated = |t: &&Timing| {
            t.moment.is_some_and(|m| m.month.is_some())
                && !matches!(t.relation, Relation::Until | Relation::By)
        };
        self.segment.is_none()
            && Self::since(time)
            && self.bond(time.span) == Some(Bond::Opening)
            && self.times.iter().filter(dated).any(|t| self.bond(t.span) == Some(Bond::Own))
    }

    /// "…, with effect from July 15": said of all that the sentence tells before.
    fn takes_effect(&self, time: &Timing) -> bool {
        let word = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let start = self.word_from(time.span.start);
        if start <= self.hit.frame.trigger.1 || !matches!(time.relation, Relation::From | Relation::At) {
            return false;
        }
        // "10% on A and 25% on B, for entries made from May 2": said of both.
        let comma = (start.saturating_sub(SHARED)..start).rfind(|&i| word(i) == ",");
        let all = comma.is_some_and(|comma| {
            (comma + 1..start).all(|i| {
                is!(
                    word(i),
                    "for"
                        | "entries"
                        | "made"
                        | "goods"
                        | "entered"
                        | "from"
                        | "effective"
                        | "starting"
                        | "as"
                        | "of"
                )
            }) && !(comma..start).any(|i| is!(word(i), "%" | "percent"))
        });
        let told = self.barriers(self.hit.frame.trigger.1, start);
        // "and did so with effect from May 2"
        let finite =
            |g: &usize| self.view.clauses.groups.get(*g).is_some_and(|g| g.finite && g.lemma != "do");
        if all && !told.iter().any(finite) && time.relation == Relation::From {
            return true;
        }
        let at = (start.saturating_sub(2)..=start + 1).find(|&i| word(i) == "effect" || word(i) == "force");
        let with = at.and_then(|i| (i.saturating_sub(2)..i).rfind(|&i| word(i) == "with"));
        // "came at 15% and was halved with effect from May 2": said of the halving alone.
        with.and_then(|i| i.checked_sub(1))
            .is_some_and(|i| is!(word(i), "," | "both" | "all" | "each") || !told.iter().any(finite))
    }

    /// "the duty in force since May 3".
    fn in_place_since(&self, time: &Timing) -> bool {
        if time.relation != Relation::Since || self.hit.rule.act.kind() != Kind::TariffAction {
            return false;
        }
        let words = self.view.words;
        let word = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let (_, end) = self.hit.frame.trigger;
        let start = self.word_from(time.span.start);
        // "The duty on chips, collected since May, will be in place until July"
        let subject = self.own_group().and_then(|g| g.subject).filter(|_| !self.hit.frame.nominal);
        let end = subject.filter(|s| s.0 < start && start < s.1).map_or(end, |s| s.0);
        // "the duty on certain chips, in force since May 3"
        let verb =
            |i: usize| self.view.clauses.groups.iter().any(|g| g.finite && g.head < i && g.head >= end);
        let apart = (end..start).rfind(|&i| word(i) == ",").filter(|&i| i <= end + GOODS && !verb(i));
        let at = apart.map_or(end, |comma| comma + 1);
        let stands = word(at) == "in" && is!(word(at + 1), "place" | "force" | "effect");
        // "…, collected since Friday"
        let collected = apart.is_some()
            && is!(word(at), "collected" | "levied" | "charged" | "applied" | "payable")
            && (at + 1..at + 3).contains(&start);
        let laid = self.hit.rule.act == Act::TariffAction(TariffAction::Impose) && apart.is_some();
        let stands = stands && (at + 2..at + 4).contains(&start);
        (self.hit.frame.nominal || laid) && (stands || collected)
    }

    /// When the main clause says that what a participle describes ends.
    fn end_of_described(&self) -> Option<(Moment, Span)> {
        let trigger = self.hit.frame.trigger;
        let theme = self.hit.frame.theme?;
        let groups = &self.view.clauses.groups;
        let main = groups.iter().find(|g| {
            let ends = is!(g.lemma, "run" | "expire" | "end" | "lapse" | "last" | "die");
            g.finite
                && g.head > trigger.1
                && ends
                && g.subject.is_some_and(|s| s.0 <= theme.0 && theme.0 < s.1)
        })?;
        let (from, to) = (main.head, main.extent.1);
        let time = self.times_in((from, to)).find(|t| t.moment.is_some())?;
        let moment = time.upcoming(self.context.published).or(time.moment)?;
        Some((Moment { by: false, ..moment }, time.span))
    }

    /// "The duty took effect in May and expires in July", "put a duty on pears; it lapses after 150 days": when
    /// what the act has laid ends, by a verb of its own.
    fn end_of_its_run(&self) -> Option<&Timing> {
        let rises = matches!(
            self.hit.rule.act,
            Act::TariffAction(TariffAction::Impose | TariffAction::Increase | TariffAction::Reduce)
        );
        let own = self.own_group().filter(|_| rises && !self.hit.frame.nominal && !self.pauses())?;
        let measure = self.hit.frame.theme.or(own.subject)?;
        let word = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        // "The duty, which took effect in May, expires in July"
        let opener = own.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        let describes = own.tense == Tense::Participle || opener.is_some_and(|w| w.tag == Tag::Rel);
        let ends = |g: &Group| {
            let out = || g.lemma == "run" && word(g.head + 1) == "out";
            // "and will last three months"
            g.lemma == "last"
            // "it ended the talks on May 3" ends something else.
            || g.theme.is_none() && (is!(g.lemma, "expire" | "lapse" | "end" | "die") || out())
        };
        let of_it = |(from, to): Range| {
            let stands_for = to == from + 1 && is!(word(from), "it" | "they" | "that" | "which");
            let joined = from.checked_sub(1).is_some_and(|i| is!(word(i), ";" | "," | "and"));
            own.subject == Some((from, to)) && self.hit.frame.theme == own.subject
                || describes && from <= measure.0 && measure.0 < to
                || stands_for && (joined || is!(word(from), "that" | "which"))
        };
        let last = self.view.clauses.groups.iter().find(|g| {
            g.finite
                && !(g.negated || g.passive || g.condition)
                && g.head >= self.hit.frame.trigger.1
                && ends(g)
                && g.subject.is_some_and(of_it)
        })?;
        self.times_in((last.head, last.extent.1)).find(|t| t.moment.is_some() || t.length.is_some())
    }

    /// "The decree, which takes effect on April 2, cuts the duty", "raised it, a step that comes into force on
    /// April 2": when what tells the act by another name starts.
    fn start_of_paper(&self) -> Option<(Moment, Span)> {
        let own = self.own_group().filter(|_| self.comes_into_force() && !self.hit.frame.participle)?;
        let begins = self.context.classes.get("set_in")?;
        let words = self.view.words;
        let is_paper = |i: usize| words.get(i).is_some_and(|w| PAPERS.has(&w.lemma) || is!(w.lower, "which"));
        let subject = own.subject.unwrap_or((own.start, own.start));
        // "that", "which", behind the noun and perhaps a comma
        let host = |at: usize| {
            let before = at.checked_sub(1)?;
            let at = if words.get(before).is_some_and(|w| w.lower == ",") {
                before.checked_sub(1)?
            } else {
                before
            };
            words.get(at).filter(|w| PAPERS.has(&w.lemma)).map(|_| at)
        };
        let of_it = |g: &Group| {
            let opener = g.start.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Rel));
            match opener {
                Some(rel) => host(rel).is_some(),
                None if g.tense == Tense::Gerund => {
                    host(g.start).is_some() || g.start == 0 && (subject.0..subject.1).any(is_paper)
                }
                // "A law that raises the duty was passed in March and enters into force in April."
                None => {
                    g.finite
                        && g.subject
                            .is_some_and(|s| (s.0..s.1).any(is_paper) && s.0 <= own.start && own.head < s.1)
                }
            }
        };
        let verb = self.view.clauses.groups.iter().find(|g| {
            g.head != own.head
                && !g.negated
                && !g.condition
                && g.modal.as_ref().is_none_or(|m| is!(m, "will" | "shall"))
                && begins.at(words, g.head)
                && of_it(g)
        })?;
        // "raised it after the other side issued a decree that takes effect in May": the other's.
        let between = |g: &Group| g.finite && own.head < g.head && g.head < verb.start;
        if self.view.clauses.groups.iter().any(between) {
            return None;
        }
        let time = self
            .times_in((verb.head, (verb.head + GOES_ON).min(words.len())))
            .find(|t| t.moment.is_some() && !self.of_a_law(t.span))?;
        let starts = matches!(time.relation, Relation::At | Relation::From | Relation::By);
        let past = matches!(verb.tense, Tense::Past | Tense::Perfect);
        let moment = if past { time.moment? } else { time.upcoming(self.context.published)? };
        starts.then_some((Moment { by: time.relation == Relation::By, ..moment }, time.span))
    }

    /// "under a law that took effect in 1974": the law is older than the act.
    fn of_a_law(&self, span: Span) -> bool {
        let start = self.word_from(span.start);
        let words = self.view.words;
        let law = |i: &usize| {
            i.checked_sub(1)
                .and_then(|i| words.get(i))
                .is_some_and(|w| is!(w.lemma, "act" | "law" | "legislation"))
        };
        let relative = (start.saturating_sub(GOES_ON)..start)
            .filter(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Rel))
            .find(law);
        relative.is_some_and(|rel| {
            let past = |g: &Group| matches!(g.tense, Tense::Past | Tense::Perfect);
            self.view.clauses.groups.iter().any(|g| rel < g.head && g.head < start && past(g))
        })
    }

    /// The day by which a condition has to be met, where a rise follows if it is not.
    fn deadline(&self) -> Option<(Moment, Span)> {
        let rises = matches!(
            self.hit.rule.act,
            Act::TariffAction(TariffAction::Impose | TariffAction::Increase | TariffAction::Threaten)
        );
        let clauses = &self.view.clauses;
        let own = self.hit.frame.group.and_then(|g| clauses.groups.get(g));
        if !rises || !self.conditional() || own.is_some_and(|g| g.condition) {
            return None;
        }
        let deal = self.context.classes.get("agreement_noun").unwrap_or_default();
        let condition = |span: Span| {
            clauses.groups.iter().any(|g| {
                g.condition
                    && self.view.has((g.extent.0.min(g.start), g.extent.1), deal)
                    && self.span_of((g.start, g.extent.1)).contains(span)
            })
        };
        let ends = |t: &&Timing| matches!(t.relation, Relation::By | Relation::Before | Relation::Until);
        let time = self.times.iter().find(|t| ends(t) && condition(t.span))?;
        let moment = time.upcoming(self.context.published).or(time.moment)?;
        Some((Moment { by: false, ..moment }, time.span))
    }

    /// "the same 90 days".
    fn same_length(&self, span: Span) -> bool {
        self.before(span).last().is_some_and(|w| w.lower == "same")
            || caseless::starts_with(self.context.doc.slice(span), "the same")
    }

    /// "stopped collecting the duty on Tuesday", "suspended the collection of duties".
    fn collected(&self) -> bool {
        let frame = &self.hit.frame;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let done = group.is_some_and(|g| matches!(g.tense, Tense::Past | Tense::Perfect | Tense::Gerund));
        let named = |range: Range| {
            (range.0..range.1).any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "collection"))
        };
        let verb = self.pays_from_then();
        let fees = self.hit.rule.act == Act::Tension(Tension::PortFees);
        let over = group.and_then(|g| g.governor).and_then(|g| self.view.clauses.groups.get(g));
        let begun = over.is_some_and(|g| is!(g.lemma, "begin" | "start"));
        // "began on May 2 to collect 10%"
        let done = done
            || begun
                && over.is_some_and(|g| matches!(g.tense, Tense::Past | Tense::Perfect))
                && group.is_some_and(|g| g.tense == Tense::Infinitive);
        if fees && done && begun && !frame.nominal {
            return true;
        }
        self.hit.rule.act.kind() == Kind::TariffAction
            && (verb && (done || group.is_some_and(|g| g.tense == Tense::Participle))
                || done && !frame.nominal && frame.theme.is_some_and(named))
    }

    /// "The rate rose to 20% on May 3", "the duty was doubled on May 3": it is the rate that moves, on the
    /// day it does; what a text tells of its own week may as well be an announcement.
    fn moved(&self) -> Option<(jiff::civil::Date, usize)> {
        let moves =
            matches!(self.hit.rule.act, Act::TariffAction(TariffAction::Increase | TariffAction::Reduce));
        let changes = moves || self.hit.rule.act == Act::TariffAction(TariffAction::Remove);
        let group = self.own_group().filter(|_| changes && !self.hit.frame.nominal)?;
        let done =
            group.finite && matches!(group.tense, Tense::Past | Tense::Perfect) && group.modal.is_none();
        let rates = self.context.classes.get("tariff").unwrap_or_default();
        let told = group.subject.is_some_and(|s| {
            self.view.has(s, rates)
                || (s.0..s.1).any(|i| self.view.words.get(i).is_some_and(|w| is!(w.lemma, "rate" | "levy")))
        });
        let rate = told && self.hit.frame.agent.is_none_or(|a| Some(a) == group.subject);
        // "Those on steel rose to 50% on June 4", "it went up to 25%": so do goods and what is only pointed at.
        let official = |range: Range| self.view.who_in(range).any(|w| w.is("official"));
        let goods = group.subject.is_some_and(|s| !official(s))
            && self.hit.frame.agent.is_none_or(|a| !official(a))
            && !self.context.first_person
            && self.papers().is_empty();
        // "On May 3 Chile raised its duty": what a state is said to have done, it did on that day; what one man
        // did may be an order or a word.
        let person = |w: &Who| matches!(w.kind, WhoKind::Person | WhoKind::Office | WhoKind::Authority);
        let state = |range: Range| {
            self.view.who_in(range).any(|w| w.is("official")) && !self.view.who_in(range).any(person)
        };
        let nation = !self.context.first_person
            && self.papers().is_empty()
            && self.hit.frame.agent.is_some_and(state)
            && group.subject == self.hit.frame.agent;
        // "said on Monday that the duty was halved": the day of the word, which stands before it.
        let said = group.governor.and(self.view.words.get(group.begins())).map_or(0, |w| w.span.start);
        let limit = self.context.published.checked_sub(jiff::Span::new().days(NEWS)).ok()?;
        (done && (moves && (rate || goods) || nation)).then_some((limit, said))
    }

    /// Whether the verb of the act says that goods pay from its day on: "was levied", "took effect".
    fn pays_from_then(&self) -> bool {
        let verbs = self.context.classes.get("charged_verb").unwrap_or_default();
        let frame = &self.hit.frame;
        match self.own_group().filter(|_| frame.nominal) {
            // "have paid 25%", "10% was collected"
            Some(group) => !group.negated && verbs.at(self.view.words, group.head),
            // "had been charged": the trigger opens with its auxiliary.
            None => (frame.trigger.0..frame.trigger.1).any(|i| verbs.at(self.view.words, i)),
        }
    }

    /// Whether the act is what is being announced, so that what follows can say more of it.
    fn announces(&self) -> bool {
        let near = self.context.occasions.sequel(self.index).far == 1;
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.and_then(|g| groups.get(g));
        // "has put a 40% surcharge on": told as news.
        let news = own.is_some_and(|g| g.tense == Tense::Perfect) && !self.hit.frame.nominal;
        let open = own.is_none() || news || self.to_be_done();
        let today = self.times.iter().any(|t| {
            t.date.is_some_and(|d| d.start() == Some(self.context.published)) && self.bond(t.span).is_some()
        });
        near || open || today
    }

    /// "in answer to Ottawa imposing duties in May": done already.
    fn named_gerund(&self, group: &crate::grammar::clause::Group) -> bool {
        let before = group.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        group.tense == Tense::Gerund && before.is_some_and(|w| w.name)
    }

    /// Whether the act, or what it is named in, is still to be done.
    pub(super) fn to_be_done(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.and_then(|g| groups.get(g)).filter(|g| !self.named_gerund(g));
        let open = own.is_some_and(|g| {
            matches!(g.tense, Tense::Future | Tense::Infinitive | Tense::Present | Tense::Gerund)
                && !g.passive
                || g.tense == Tense::Future
        });
        if self.had_to() {
            return false;
        }
        // "will look into the duty that it has charged since May 2": charged already.
        let described = own.filter(|_| !self.hit.frame.nominal).is_some_and(|g| {
            let subject = g.subject.map_or(g.start, |s| s.0);
            let opener =
                |i: &usize| self.view.words.get(*i).is_some_and(|w| matches!(w.tag, Tag::Rel | Tag::Sub));
            g.finite
                && g.modal.is_none()
                && matches!(g.tense, Tense::Past | Tense::Perfect)
                && (subject.saturating_sub(2)..subject + 1).any(|i| opener(&i))
        });
        let foretold = groups.iter().any(|g| g.tense == Tense::Future && g.start < self.hit.frame.trigger.0);
        open || foretold && !described
    }

    /// "have had to pay 25% since May 2", "began to charge it": done, whatever its form.
    fn had_to(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let own = self.own_group().filter(|g| g.tense == Tense::Infinitive);
        let over = own.and_then(|g| g.governor).and_then(|g| groups.get(g));
        over.is_some_and(|g| {
            let binds = is!(g.lemma, "have" | "require" | "oblige" | "force" | "make");
            g.finite && binds && g.modal.is_none() && matches!(g.tense, Tense::Past | Tense::Perfect)
        })
    }

    /// Whether nothing has been done since any day: "is to lift the duty charged since May 2". What is charged
    /// since then is.
    pub(super) fn not_yet(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let present = |g: &Group| g.finite && g.tense == Tense::Present && g.modal.is_none();
        let own = self.own_group().filter(|_| !self.hit.frame.nominal);
        // "goes on charging 25%, as it has since May 2"
        let over = own.and_then(|g| g.governor).and_then(|g| groups.get(g));
        let goes_on = over.is_some_and(|g| present(g) && is!(g.lemma, "go" | "keep" | "continue"));
        let runs = (own.is_some_and(present) || goes_on)
            && matches!(self.hit.rule.act, Act::TariffAction(TariffAction::Impose));
        self.to_be_done() && !runs
    }

    /// "with immediate effect", "effective immediately".
    fn at_once(&self) -> bool {
        if !self.may_say(few!["immediate", "immediately", "effective", "starting", "beginning"]) {
            return false;
        }
        let word = |at: usize| self.view.words.get(at).map_or("", |w| w.lower.as_str());
        (0..self.view.words.len()).any(|at| match word(at) {
            "immediate" => matches!(word(at + 1), "effect" | "force"),
            "immediately" => {
                let near = |by: usize| at.checked_sub(by).map_or("", word);
                matches!(near(1), "effective" | "effect" | "force") || word(at + 1) == "effective"
            }
            "effective" => matches!(word(at + 1), "instantly" | "upon"),
            // "starting right now"
            "starting" | "beginning" => {
                matches!((word(at + 1), word(at + 2)), ("right", "now" | "away") | ("now", _) | ("today", _))
            }
            _ => false,
        })
    }

    /// "from June 1 until June 30", told of a measure that runs.
    fn spans(&self, time: &Timing) -> bool {
        let lead = self.before(time.span).last();
        let from = lead.is_some_and(|w| {
            is!(w.lower, "from" | "between" | "effective" | "starting" | "beginning" | "period")
        });
        let measure = matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension);
        from && measure && self.tied(time.span, true)
    }

    /// In an entry of a chronicle a day without its year lies near the day of the entry.
    fn beside_head(&self, time: &Timing, moment: Moment) -> Moment {
        let head = self.context.occasions.head(self.index).and_then(|(date, _)| date.start());
        let (Some(head), Some((day, _))) = (head, moment.days()) else { return moment };
        let earlier = Moment { year: moment.year - 1, ..moment };
        let nearer = earlier
            .days()
            .is_some_and(|(early, _)| (early - head).get_days().abs() < (day - head).get_days().abs());
        if nearer && !prints_year(self.context.doc.slice(time.span)) { earlier } else { moment }
    }

    /// "will put 25% on cars on October 1, he said on Monday": the day is still to come.
    pub(super) fn to_come_after_all(&self, time: &Timing) -> Option<(EventDate, Option<Moment>)> {
        let group = self.own_group();
        let will = group
            .is_some_and(|g| g.finite && g.modal.as_deref().is_some_and(|m| matches!(m, "will" | "shall")));
        let tariff = self.hit.rule.act.kind() == Kind::TariffAction;
        let past = time.date.and_then(|d| d.end()).is_some_and(|last| last < self.context.published);
        time.ahead.filter(|_| tariff && will && past && self.bond(time.span) == Some(Bond::Own))
    }

    /// "The duty runs out in July", said in August: the next one.
    fn end_to_come(&self, time: &Timing) -> Option<Moment> {
        let (start, _) = self.word_range(time.span);
        let verb = self.view.clauses.groups.iter().rfind(|g| g.head < start)?;
        let past = time.date.and_then(|d| d.end()).is_some_and(|last| last < self.context.published);
        (past && matches!(verb.tense, Tense::Present | Tense::Future)).then_some(())?;
        time.ahead.and_then(|(_, moment)| moment)
    }

    /// A start told as a weekday to come is the next one.
    fn moment_of(&self, time: &Timing) -> Option<Moment> {
        // "at midnight", under the day of the section: of that day or the next.
        if time.bare_clock && self.context.occasions.head(self.index).is_some() {
            return None;
        }
        // "is abolished as of the same date": that on which the measure told before starts.
        if self.context.doc.slice(time.span).ends_with("same date") {
            return self.memory.above(self.index, SAME_DATE)?.start.map(|(moment, _)| moment);
        }
        if let Some((_, Some(moment))) = self.to_come_after_all(time) {
            return Some(moment);
        }
        // "answered, putting 30% on it as of Monday": as past as the verb before it.
        let told = self.own_group().and_then(|g| match g.tense {
            Tense::Gerund => self.view.clauses.groups.iter().rfind(|over| over.finite && over.head < g.head),
            _ => Some(g),
        });
        let done = told.is_some_and(|g| {
            !self.hit.frame.nominal
                && matches!(g.tense, Tense::Past | Tense::Perfect)
                && !self.context.classes.has("announce", &g.lemma)
                && !self.context.classes.has("say", &g.lemma)
        });
        let ahead = match time.relation {
            // "was gone by May 3"
            Relation::By => !done,
            Relation::Until => true,
            Relation::From => !done && !self.is_retroactive(time.span),
            _ => !done && self.as_of(time.span),
        };
        if !ahead || self.promised_before(time) {
            return time.moment;
        }
        let coming = time.upcoming(self.context.published);
        // "paid 50% until February 7", told in May: as past as the paying.
        let lasted = time.relation == Relation::Until
            && told.is_some_and(|g| {
                g.tense == Tense::Past
                    && is!(
                        g.lemma,
                        "pay" | "face" | "charge" | "collect" | "be" | "stand" | "carry" | "bear" | "owe"
                    )
            });
        let far = |moment: &Moment| {
            let first = moment.days().map(|(first, _)| first);
            first.is_some_and(|day| (day - self.context.published).get_days() > HALF_YEAR)
        };
        match coming {
            Some(moment) if lasted && !prints_year(self.context.doc.slice(time.span)) && far(&moment) => {
                Some(Moment { year: moment.year - 1, ..moment })
            }
            coming => coming,
        }
    }

    /// "On January 16 Peru undertook to cut it by March 1": a day gone by, but one behind that of the promise.
    fn promised_before(&self, time: &Timing) -> bool {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.filter(|_| !self.hit.frame.nominal);
        let past = own.is_some_and(|own| {
            groups.get(own).is_some_and(|g| g.tense == Tense::Infinitive)
                && self
                    .view
                    .clauses
                    .above(own)
                    .any(|g| g.finite && g.tense == Tense::Past && g.modal.is_none())
        });
        let Some((day, _)) = time.moment.and_then(|m| m.days()).filter(|_| past) else { return false };
        let earlier = |t: &Timing| {
            t.span != time.span
                && t.relation == Relation::At
                && t.date.is_some_and(|d| d.precision == Precision::Day && d.start().is_some_and(|d| d < day))
        };
        day <= self.context.published && self.times.iter().any(earlier)
    }

    /// "will be raised, retroactive to January 1": no day to come.
    fn is_retroactive(&self, span: Span) -> bool {
        self.before(span).iter().any(|w| is!(w.lower, "retroactive" | "retroactively" | "backdated"))
    }

    /// Whether what a sentence nearby says of measures is said of this one.
    fn told_of(&self, said: &Sequel) -> bool {
        let rule = self.hit.rule;
        let eased = matches!(rule.status, Some(Status::Eased | Status::Resolved));
        let own = self.hit.frame.agent.and_then(|range| self.view.who_in(range).find_map(|w| w.country));
        let stem = |word: &str| word.trim_end_matches('s').to_lowercase();
        // "The plywood duty runs for four months": not that on palm oil, told in the same sentence.
        let other_goods = said.goods.is_some_and(|at| {
            let goods = stem(self.context.doc.slice(at));
            let (from, to) = self.hit.frame.extent;
            let named = |from: usize, to: usize| (from..to).any(|i| stem(self.word(i)) == goods);
            named(0, self.view.words.len()) && !named(from, to)
        });
        !other_goods && said.concerns(&rule.act, eased, own)
    }

    /// What is said, and a case that is opened, happens on a day and does not come into force: "has been
    /// looking into imports of pork since June".
    fn comes_into_force(&self) -> bool {
        let rule = self.hit.rule;
        let case = matches!(rule.act, Act::Tension(Tension::Investigation | Tension::WtoDispute));
        let over = self.eases_at_all();
        !dating::in_words(&rule.act) && (!case || over)
    }

    /// Whether the rule is of what ends or eases.
    fn eases_at_all(&self) -> bool {
        matches!(self.hit.rule.status, Some(Status::Eased | Status::Resolved))
    }

    /// Whether the measure starts or ends with this time, or neither.
    fn term(&self, time: &Timing) -> Option<Term> {
        self.term_told(time).filter(|term| *term == Term::End || self.comes_into_force())
    }

    fn term_told(&self, time: &Timing) -> Option<Term> {
        let before = self.before(time.span);
        let near = |words: &WordList| before.iter().any(|w| words.has(&w.lower));
        let last = before.last().map_or("", |w| w.lower.as_str());
        let (_, end) = self.word_range(time.span);
        let next = self.view.words.get(end).map_or("", |w| w.lower.as_str());
        let kind = self.hit.rule.act.kind();
        // "froze the duties, in place since May 2": when the duties began.
        let stands = |w: &[Word]| {
            matches!(w, [mark, a, b] if mark.lower == "," && a.lower == "in"
                && is!(b.lower, "place" | "force" | "effect"))
        };
        if before.windows(3).any(stands) && Self::since(time) && self.lightens_measure() {
            return None;
        }
        // "raised the tariff it has charged since May 2", "the tariff that has applied since May 2"
        let charged = || {
            let between = self.barriers(self.hit.frame.trigger.1, self.word_from(time.span.start));
            let describes = |&g: &usize| {
                let Some(group) = self.view.clauses.groups.get(g) else { return false };
                let opener = group.start.checked_sub(1).and_then(|i| self.view.words.get(i));
                (group.contact || opener.is_some_and(|w| w.tag == Tag::Rel))
                    && self.context.classes.has("charged_verb", &group.lemma)
            };
            between.iter().any(describes)
        };
        if Self::since(time) && self.lightens_measure() && charged() {
            return None;
        }
        if self.of_the_described(time.span) && time.relation != Relation::Until {
            return None;
        }
        // "As of Friday, nine states had answered" counts, it does not begin.
        let as_of = self.as_of(time.span);
        let counts = as_of && !self.to_be_done();
        let opens =
            matches!(time.relation, Relation::Since | Relation::From | Relation::Until) || as_of && !counts;
        let begun = self.begins();
        let starts = near(&STARTING) || matches!(next, "effective" | "onwards" | "onward");
        if self.pauses() && (starts || near(&ENDING)) && self.was_due(time.span) && !self.is_due(time.span) {
            return None;
        }
        let participle = !before.iter().any(|w| w.lower == "that")
            && before.iter().any(|w| is!(w.lower, "imposed" | "taken" | "announced" | "adopted"));
        if self.of_a_relief() && !Self::since(time) || self.compared_with(time) {
            return None;
        }
        if self.in_brackets(time.span) || self.of_a_next_step(time.span) || self.first_told(time.span) {
            return None;
        }
        if self.of_what_replaces(time.span) || self.of_next_verb(time.span) {
            return None;
        }
        if self.of_a_law(time.span) {
            return None;
        }
        // "A bill tabled on Thursday would end it": the day of the tabling.
        let verb = self.own_group().is_some_and(|g| matches!(g.tense, Tense::Future | Tense::Infinitive));
        if time.back.is_some() && verb && self.told_as_past(time) {
            return None;
        }
        // "The story begins on May 2, when Oslo closed its ports": what begins then is no measure.
        if self.antecedent_of_when(end) {
            return None;
        }
        // "On January 1, the tariff will rise": what is to come has its day for a start.
        let comes = kind == Kind::TariffAction
            && time.relation == Relation::At
            && self.to_be_done()
            && !self.times.iter().any(|t| t.span.start > time.span.start && t.moment.is_some())
            && time.date.and_then(|d| d.start()).is_some_and(|day| day > self.context.published);
        // "At 13:01 on November 10 it scrapped the duty": the hour is that of a start.
        let announces = self.own_group().is_some_and(|g| {
            ["announce", "say", "sign"].iter().any(|class| self.context.classes.has(class, &g.lemma))
        });
        let to_the_hour = kind == Kind::TariffAction
            && time.relation == Relation::At
            && time.moment.is_some_and(|m| m.time.is_some())
            && !announces
            // "expires at midnight on May 2"
            && !near(&ENDING)
            && !self.pauses();
        let marked = starts || near(&ENDING) || opens || comes || to_the_hour;
        // "By the end of May, Norway will end its duty"
        let due = time.relation == Relation::By && self.to_be_done() && kind == Kind::TariffAction;
        let tied = self.tied(time.span, !participle && (marked || due));
        // "At 12:01 a.m., the duty took effect", where nothing behind the verb says when.
        let opening = || {
            let behind = |t: &&Timing| t.moment.is_some() && self.bond(t.span) == Some(Bond::Own);
            begun
                && self.bond(time.span) == Some(Bond::Opening)
                && !self.times.iter().any(|t| t.span != time.span && behind(&t))
        };
        if !tied && !opening() {
            return None;
        }
        let (at, _) = self.word_range(time.span);
        let anew = matches!(time.relation, Relation::At | Relation::From | Relation::Since)
            && self.goes_on_behind(at);
        if to_the_hour || anew {
            return Some(Term::Start);
        }
        // "does not apply to rails, under an exclusion that ends on May 2"
        let ending = near(&ENDING) && !starts;
        let starts = starts || begun;
        let clocked = time.moment.is_some_and(|m| m.time.is_some());
        // "seven days after its publication"
        let counted = self.context.doc.slice(time.span).contains(" after ");
        // What ends has its end for a start: "the duties end on August 5".
        let ends = Some(if self.ends_something() { Term::Start } else { Term::End });
        match time.relation {
            Relation::At if counted && kind == Kind::TariffAction => Some(Term::Start),
            // "has threatened 30% for August 1"
            Relation::For
                if kind == Kind::TariffAction
                    && !self.pauses()
                    && time.moment.is_some_and(|m| m.day.is_some()) =>
            {
                Some(Term::Start)
            }
            Relation::Until => Some(Term::End),
            Relation::Before if before.iter().any(|w| is!(w.lower, "and" | "but")) => Some(Term::End),
            _ if ending => ends,
            Relation::Since => {
                let eased = matches!(self.hit.rule.status, Some(Status::Eased | Status::Resolved));
                // "The rate is 40% since May 6": it stands.
                let stands = kind == Kind::TariffAction
                    && self.own_group().is_some_and(|g| {
                        g.tense == Tense::Present
                            && is!(g.lemma, "be" | "stand" | "pay" | "face" | "carry" | "bear")
                    });
                (kind != Kind::Agreement && !eased && (stands || !self.not_yet())).then_some(Term::Start)
            }
            // "had laid duties on them by the middle of May": done before that.
            Relation::By
                if !self.hit.frame.nominal
                    && self.own_group().is_some_and(|g| g.tense == Tense::Perfect && !g.passive) =>
            {
                None
            }
            Relation::From | Relation::By => {
                // "The duties date from July 6": when they began, where that is what is told.
                let dates = before.iter().any(|w| is!(w.lower, "dates" | "date" | "dated" | "dating"));
                let began = dates
                    && kind == Kind::TariffAction
                    && !self.eases()
                    && time.moment.is_some_and(|m| m.day.is_some());
                (!dates || began).then_some(Term::Start)
            }
            // "on or after March 3", "after 12:01 a.m. on March 3"
            Relation::After
                if matches!(before, [.., or, after] if or.lower == "or" && after.lower == "after")
                    || clocked =>
            {
                Some(Term::Start)
            }
            _ if starts || as_of && !counts => Some(Term::Start),
            Relation::At if as_of && time.span.start > self.trigger_span().start => Some(Term::Start),
            Relation::At if last == "to" && self.pauses() => Some(Term::End),
            // "delays the July 9 deadline": what was to begin then.
            Relation::At if self.pauses() && !(self.to_be_done() && matches!(last, "on" | "at")) => None,
            Relation::At => {
                let date = self.to_come_after_all(time).map(|(date, _)| date).or(time.date);
                let ahead = date.and_then(|d| d.start()).is_some_and(|day| day > self.context.published);
                let year = self.this_year(time) && self.to_be_done();
                let day = time.moment.is_some_and(|m| m.month.is_some());
                if year && kind == Kind::TariffAction {
                    return Some(Term::Start);
                }
                let done = self.own_group().is_some_and(|g| {
                    (matches!(g.tense, Tense::Past | Tense::Perfect) || self.named_gerund(g))
                        && !self.hit.frame.nominal
                });
                // "Tariffs on cells go to 50 percent in 2024", told in that year.
                let runs = time.date.and_then(|d| d.end()).is_some_and(|day| day > self.context.published);
                let set = runs && self.to_be_done();
                (kind == Kind::TariffAction && !done && (ahead && day || set)).then_some(Term::Start)
            }
            _ => None,
        }
    }

    /// Whether the act takes something off a measure that is told of in its own clause.
    fn lightens_measure(&self) -> bool {
        !self.hit.frame.nominal
            && matches!(
                self.hit.rule.act,
                Act::TariffAction(
                    TariffAction::Suspend
                        | TariffAction::Reduce
                        | TariffAction::Remove
                        | TariffAction::Increase
                        | TariffAction::ExtendSuspension
                )
            )
    }

    /// "For the first time since 2018", "up 10% from last year", "its highest rate for ten years": a time that
    /// something is measured by.
    pub(super) fn compared_with(&self, time: &Timing) -> bool {
        let before = self.before(time.span);
        let ranked = before.iter().any(|w| {
            is!(
                w.lower,
                "first" | "highest" | "lowest" | "biggest" | "largest" | "steepest" | "sharpest" | "heaviest"
            ) || is!(w.lower, "worst" | "best")
        });
        // "the most since 2018", not "on most goods since 2018"
        let ranked = ranked
            || before.windows(2).any(|w| {
                matches!(w, [the, most] if most.lower == "most" && is!(the.lower, "the" | "its" | "their"))
            });
        let far = Self::since(time) || time.length.is_some();
        // "up 10% from last year"
        let from = time.relation == Relation::From
            && matches!(before, [moved, _, sign, from] if is!(moved.lower, "up" | "down")
                && is!(sign.lower, "%" | "percent" | "points")
                && from.lower == "from");
        ranked && far || from
    }

    /// "The exemption of wire from the 25% duty runs until May 3": the duty is only named.
    fn of_a_relief(&self) -> bool {
        let lays = self.hit.rule.act == Act::TariffAction(TariffAction::Impose);
        if !lays || !self.hit.frame.nominal {
            return false;
        }
        let words = self.view.words;
        let start = crate::grammar::clause::phrase_start(words, self.hit.frame.trigger.0);
        let led = start.checked_sub(1).and_then(|i| words.get(i));
        let relief = |i: usize| {
            words.get(i).is_some_and(|w| {
                ["sequel_exemption", "sequel_pause"]
                    .iter()
                    .any(|class| self.context.classes.has(class, &w.lower))
            })
        };
        let verb =
            |i: usize| self.view.clauses.groups.iter().any(|g| g.finite && g.head > i && g.head < start);
        led.is_some_and(|w| is!(w.lower, "from" | "to" | "of" | "on"))
            && (start.saturating_sub(RELIEF)..start).rev().any(|i| relief(i) && !verb(i))
    }

    /// "spared under an exclusion that ends on May 2": the end of a relief that is only described.
    pub(super) fn ends_by_the_way(&self) -> bool {
        let opener = self.own_group().and_then(|g| g.start.checked_sub(1));
        self.hit.rule.act == Act::TariffAction(TariffAction::Impose)
            && self.ends_something()
            && opener.and_then(|i| self.view.words.get(i)).is_some_and(|w| is!(w.lower, "that" | "which"))
    }

    /// What ends: a duty, or the exemption from one.
    fn ends_something(&self) -> bool {
        let lapses = !self.hit.frame.nominal
            && self.view.words.get(self.hit.frame.trigger.0).is_some_and(|w| {
                is!(w.lemma, "lapse" | "expire" | "end" | "run" | "close" | "disappear")
                    || is!(w.lemma, "bring" | "come") && self.named_end()
            });
        match self.hit.rule.act {
            Act::TariffAction(TariffAction::Remove) => true,
            Act::TariffAction(TariffAction::Impose) => lapses,
            _ => false,
        }
    }

    /// "was brought to an end".
    fn named_end(&self) -> bool {
        let (from, to) = self.hit.frame.trigger;
        let behind = self.view.words.get(from..to + 4).unwrap_or_default();
        behind.windows(2).any(|w| matches!(w, [a, b] if a.lower == "an" && b.lower == "end"))
    }

    /// Whether what lapses is told with its start: start and end are then those of the duty.
    pub(super) fn ended_with_start(&self, act: &Act, terms: &mut Terms) -> bool {
        let (from, to) = self.hit.frame.trigger;
        let lapses = (from..to)
            .any(|i| self.view.words.get(i).is_some_and(|w| is!(w.lemma, "lapse" | "expire" | "run")));
        let verb = self.view.words.get(from).map_or(0, |w| w.span.start);
        let alone = !self.view.clauses.groups.iter().any(|g| g.finite && g.head < from);
        let named = |t: &&Timing| Self::since(t) && t.span.end <= verb && alone;
        let ends = *act == Act::TariffAction(TariffAction::Remove) && lapses && !self.hit.frame.nominal;
        let Some(start) = self.times.iter().find(named).filter(|_| ends) else { return false };
        let behind = |t: &&Timing| t.span.start > verb && self.bond(t.span) == Some(Bond::Own);
        if let (None, Some(end)) = (terms.expires, self.times.iter().find(behind)) {
            (terms.expires, terms.expires_span) = (self.end_to_come(end).or(end.moment), Some(end.span));
        }
        (terms.effective, terms.effective_span) = (start.moment, Some(start.span));
        true
    }

    /// "paused it on April 9, and set it at 39% as of August 7": the start of what is done to it next.
    fn of_next_verb(&self, time: Span) -> bool {
        let (start, _) = self.word_range(time);
        let (trigger, groups) = (self.hit.frame.trigger, &self.view.clauses.groups);
        let Some(own) = self.own_group().filter(|g| g.finite && !g.passive && !self.hit.frame.nominal) else {
            return false;
        };
        let last = groups.iter().rfind(|g| g.finite && trigger.1 <= g.head && g.head < start);
        last.is_some_and(|g| {
            let joined = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            let acts = ["impose", "raise", "reduce", "suspend", "remove"];
            joined.is_some_and(|w| is!(w.lower, "and" | "," | "then"))
                && g.subject == own.subject
                && g.tense == own.tense
                && g.theme.is_some_and(|t| matches!(self.word(t.0), "it" | "them" | "that" | "the"))
                && (is!(g.lemma, "set" | "put" | "bring" | "take")
                    || acts.iter().any(|class| self.context.classes.has(class, &g.lemma)))
        })
    }

    /// "The pause runs until June 30 and will be replaced by a duty on July 1": the day of what comes then.
    fn of_what_replaces(&self, time: Span) -> bool {
        let (start, _) = self.word_range(time);
        let (trigger, groups) = (self.hit.frame.trigger, &self.view.clauses.groups);
        let last = groups.iter().rfind(|g| g.finite && g.head < start);
        last.is_some_and(|g| {
            g.passive && trigger.1 <= g.head && is!(g.lemma, "replace" | "supersede" | "succeed" | "supplant")
        })
    }

    /// "will start at 10% and rise to 20% on June 1": the day of the second step.
    fn of_a_next_step(&self, time: Span) -> bool {
        let (start, _) = self.word_range(time);
        let Some(rate) = self.share.iter().map(|p| p.words.1).max() else { return false };
        let words = self.view.words;
        self.hit.frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                let joined = g.start.checked_sub(1).and_then(|i| words.get(i));
                let moves = ["raise", "reduce"].iter().any(|class| self.context.classes.has(class, &g.lemma));
                rate <= g.start && g.head < start && moves && joined.is_some_and(|w| w.tag == Tag::Conj)
            })
    }

    /// "25% (set to rise to 30% on January 1)": what the brackets tell has its own day.
    fn in_brackets(&self, time: Span) -> bool {
        if !self.may_say(few!["("]) {
            return false;
        }
        let start = self.word_from(time.start);
        let word = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let Some(open) = (self.hit.frame.trigger.1..start).rev().find(|&at| word(at) == "(") else {
            return false;
        };
        let closed = (open..start).any(|at| word(at) == ")");
        !closed && self.view.clauses.groups.iter().any(|g| open < g.head && g.head < start)
    }

    /// "hours before a truce was to expire on Tuesday": the day of something else.
    fn set_aside(&self, start: usize) -> bool {
        let word = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        (self.hit.frame.trigger.1..start).any(|at| {
            let counted =
                is!(word(at), "after" | "before") && self.view.words.get(at).is_some_and(|w| w.time);
            is!(word(at), "after" | "before" | "following")
                && !counted
                && !is!(word(at.saturating_sub(1)), "or" | "and")
        })
    }

    /// "delays the duties that were set to take effect on August 12": what was due, not what is.
    fn was_due(&self, time: Span) -> bool {
        let (start, _) = self.word_range(time);
        let word = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let sets_in = self.context.classes.get("set_in");
        // "The rise that was to take effect on April 1 has been put off"
        let subject = self.own_group().and_then(|g| g.subject).filter(|s| s.0 < start && start < s.1);
        let from =
            subject.filter(|_| start < self.hit.frame.trigger.0).map_or(self.hit.frame.trigger.1, |s| s.0);
        (from..start).any(|at| {
            !self.view.words.get(at).is_some_and(|w| STARTING.has(&w.lower))
                && sets_in.is_some_and(|verbs| verbs.at(self.view.words, at))
                || is!(word(at), "due" | "set" | "scheduled" | "slated" | "supposed" | "planned" | "meant")
                    && is!(word(at + 1), "to" | "for")
        })
    }

    /// "The pause is set to expire on July 9": the act itself is.
    fn is_due(&self, time: Span) -> bool {
        let (start, _) = self.word_range(time);
        let trigger = self.hit.frame.trigger;
        self.hit.frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                let relative = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
                let due = g.finite && g.tense == Tense::Present && g.start >= trigger.1 && g.head < start;
                due && relative.is_none_or(|w| w.tag != Tag::Rel)
                    && g.subject.map_or_else(
                        || self.in_dashes(g.start.saturating_sub(2), g.start),
                        |s| s.0 <= trigger.0 && trigger.0 < s.1,
                    )
            })
    }

    /// "as of March 3".
    pub(super) fn as_of(&self, time: Span) -> bool {
        matches!(self.before(time), [.., a, of] if a.lower == "as" && of.lower == "of")
    }

    /// "delay the tariff to October 29": a pause.
    fn pauses(&self) -> bool {
        let group = self.own_group();
        let extends = group.is_some_and(|g| {
            ["extend", "suspend"].iter().any(|class| self.context.classes.has(class, &g.lemma))
        });
        extends
            || matches!(
                self.hit.rule.act,
                Act::TariffAction(
                    TariffAction::Suspend | TariffAction::ExtendSuspension | TariffAction::Exclude
                )
            )
    }

    /// Whether a start or end is told of this act: in its clause, or behind it with a verb that only
    /// goes on with it ("to take effect on", "which expires on"). What opens the sentence must say so itself.
    fn tied(&self, time: Span, marked: bool) -> bool {
        let (start, end) = self.word_range(time);
        // "imports above the 2024 volumes": which volumes.
        if self.segment.is_none() && self.modifies_noun(start, end) {
            return false;
        }
        match self.bond(time) {
            Some(Bond::Own) => true,
            _ if self.goes_on_behind(start) => true,
            Some(Bond::Opening) => marked,
            Some(Bond::Above) if marked && self.word_range(time).1 <= self.hit.frame.trigger.0 => true,
            Some(Bond::Above | Bond::Beside) | None => {
                let (start, _) = self.word_range(time);
                start >= self.hit.frame.trigger.1
                    && !self.set_aside(start)
                    && !self.in_title(time)
                    && !self.of_next(time)
                    && (self.only_goes_on(start)
                        || marked && self.told_below(start)
                        || marked && self.no_other_clause(start)
                        || self.pauses() && self.it_ends(start)
                        || self.pauses() && self.only_origin(start))
            }
        }
    }

    /// "The pause agreed in May is in force; it runs out on June 3."
    fn it_ends(&self, start: usize) -> bool {
        let word = |i: usize| self.view.words.get(i);
        self.view.clauses.groups.iter().rfind(|g| g.head < start).is_some_and(|g| {
            let it = g.subject.is_some_and(|s| {
                s.1 == s.0 + 1 && word(s.0).is_some_and(|w| is!(w.lower, "it" | "they" | "which"))
            });
            let ends = is!(g.lemma, "run" | "expire" | "end" | "lapse")
                || g.lemma == "come" && (g.head..start).any(|i| word(i).is_some_and(|w| w.lower == "end"));
            g.finite && it && ends && g.start > self.hit.frame.trigger.1
        })
    }

    /// "on goods imported from Australia until May": where they come from is no act between.
    fn only_origin(&self, start: usize) -> bool {
        let between = self.barriers(self.hit.frame.trigger.1, start);
        !between.is_empty()
            && between.iter().all(|&g| {
                self.view.clauses.groups.get(g).is_some_and(|g| {
                    let origin = is!(
                        g.lemma,
                        "import" | "make" | "produce" | "originate" | "manufacture" | "ship" | "export"
                    );
                    let lists = is!(g.lemma, "include" | "cover") && g.tense == Tense::Present;
                    // "goods that meet the rules"
                    let opener = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
                    let which = g.tense == Tense::Present && opener.is_some_and(|w| w.tag == Tag::Rel);
                    origin && g.tense == Tense::Participle || lists || which
                })
            })
    }

    /// "…, covering all imports, in force since …": no verb on a level with the act stands between.
    fn no_other_clause(&self, start: usize) -> bool {
        let between = self.barriers(self.hit.frame.trigger.1, start);
        between.iter().all(|&g| {
            self.view.clauses.groups.get(g).is_some_and(|g| {
                // "…, collected since Friday"
                let charged = self.context.classes.has("charged_verb", &g.lemma);
                let opens = charged || is!(g.lemma, "start" | "begin" | "commence");
                // "…, exempting what is at sea until May": that is an act of its own.
                let apart = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
                let acts = apart.is_some_and(|w| w.lower == ",")
                    && ["exempt", "suspend", "remove", "reduce", "raise", "extend"]
                        .iter()
                        .any(|class| self.context.classes.has(class, &g.lemma));
                !g.finite && !acts && (opens || g.head + 2 < start)
            })
        })
    }

    /// "let it be known that exporters would need a permit from May 2", "rules under which they need one from May 2":
    /// all verbs between say what the act comes to.
    fn told_below(&self, start: usize) -> bool {
        let frame = &self.hit.frame;
        let Some(own) = frame.group.filter(|_| !frame.nominal) else { return false };
        let words = self.view.words;
        let clauses = &self.view.clauses;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let between = self.barriers(frame.trigger.1, start);
        let rules =
            (frame.trigger.1..start).find(|&i| is!(lower(i), "under" | "by") && lower(i + 1) == "which");
        let below = |&g: &usize| {
            let hangs = clauses.chain(g).skip(1).any(|above| above == own);
            hangs || rules.is_some_and(|at| clauses.groups.get(g).is_some_and(|g| g.head > at))
        };
        self.hit.rule.act.kind() == Kind::Tension && !between.is_empty() && between.iter().all(below)
    }

    /// "ordered it on May 2; it has applied since May 9", "…; collection started on Friday", "…, and it took effect at
    /// midnight": the next clause says when it starts.
    pub(super) fn goes_on_behind(&self, start: usize) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let curbs = matches!(self.hit.rule.act, Act::Tension(Tension::ExportControl | Tension::PortFees));
        if self.hit.rule.act.kind() != Kind::TariffAction && !curbs || self.pauses() {
            return false;
        }
        let joint = (frame.trigger.1..start).rfind(|&i| {
            lower(i) == ";" || lower(i) == "," && is!(lower(i + 1), "and" | "which" | "it" | "they" | "both")
        });
        let Some(joint) = joint else { return false };
        let groups = self.view.clauses.groups.iter();
        let mut behind = groups.filter(|g| joint < g.start && g.head < start && g.finite);
        let (Some(verb), None) = (behind.next(), behind.next()) else { return false };
        // Its subject is what was just told, in a word.
        let subject = verb.subject.map_or((joint + 1, verb.start), |s| (s.0.max(joint + 1), verb.start));
        let last = subject.1.checked_sub(1).filter(|&i| i > joint).map_or(WordId::NONE, lower);
        let pointed = is!(last, "it" | "they" | "which" | "both" | "collection" | "this");
        let sets_in = ["set_in", "charged_verb"]
            .iter()
            .any(|class| self.context.classes.get(class).is_some_and(|verbs| verbs.at(words, verb.head)));
        let stands = verb.lemma == "be" && is!(lower(verb.head + 1), "in" | "effective" | "payable");
        pointed && (sets_in || stands) && !verb.negated && start <= verb.head + GOES_ON
    }

    /// "The pause – the second this year – ends on …": whether a word behind the act and before
    /// `end` stands between dashes.
    fn in_dashes(&self, word: usize, end: usize) -> bool {
        let dash = |i: usize| self.view.words.get(i).is_some_and(|w| is!(w.lower, "–" | "—"));
        (self.hit.frame.trigger.1..word).any(dash) && (word..end).any(dash)
    }

    /// "The tariff took effect": the act is the start itself.
    fn begins(&self) -> bool {
        self.context.classes.get("set_in").is_some_and(|verbs| {
            self.hit.rule.act.kind() == Kind::TariffAction
                && !self.hit.frame.nominal
                && verbs.at(self.view.words, self.hit.frame.trigger.0)
        })
    }

    /// "The 10% on copper is applied", in an entry of a chronicle.
    fn applies(&self) -> bool {
        let now = self.own_group().is_some_and(|g| g.finite && g.tense == Tense::Present);
        self.hit.rule.act.kind() == Kind::TariffAction && now && self.pays_from_then()
    }

    fn only_goes_on(&self, start: usize) -> bool {
        let goes_on = self.context.classes.get("inchoative");
        let between = self.barriers(self.hit.frame.trigger.1, start);
        !between.is_empty()
            && between.iter().all(|&g| {
                self.view.clauses.groups.get(g).is_some_and(|g| {
                    if self.in_dashes(g.head, start) {
                        return true;
                    }
                    let due = is!(
                        g.lemma,
                        "be" | "remain" | "set" | "schedule" | "run" | "last" | "stay" | "come" | "enter"
                    );
                    !self.moves_anew(g, start)
                        && (due || goes_on.is_some_and(|verbs| self.view.has((g.start, g.head + 3), verbs)))
                })
            })
    }

    /// "…, which will rise to 30% on May 1": the day of another rate.
    fn moves_anew(&self, group: &crate::grammar::clause::Group, end: usize) -> bool {
        let moves = ["raise", "reduce"].iter().any(|class| self.context.classes.has(class, &group.lemma));
        // "…, with rates scheduled to rise by 2028": of other rates.
        if moves && group.subject.is_some_and(|s| s.0 >= self.hit.frame.trigger.1) {
            return true;
        }
        let own = |i: usize| self.share.iter().any(|item| item.words.0 <= i && i < item.words.1);
        let rated = |i: usize| {
            let word = self.view.words.get(i).map_or("", |w| w.lower.as_str());
            matches!(word, "%" | "percent" | "pct" | "cent") && !own(i)
        };
        moves && (group.head..end).any(rated)
    }

    /// "for 90 days", "by another year", "a 90-day pause", told of this act.
    fn runs_for(&self, time: &Timing) -> bool {
        let words = self.view.words;
        let (start, end) = self.word_range(time.span);
        let trigger = self.hit.frame.trigger;
        let text = self.context.doc.slice(time.span);
        if text.contains('-') {
            let limited = |i: usize| {
                ["truce", "sequel_pause", "sequel_exemption"]
                    .iter()
                    .any(|class| self.context.classes.get(class).is_some_and(|nouns| nouns.at(words, i)))
            };
            // "closed an eighteen-month inquiry by putting 20% on wire": so long the inquiry was.
            let noun = (end..(end + 3).min(words.len()))
                .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.name))
                .filter(|&i| i < trigger.0 && !limited(i));
            let measured = noun
                .is_none_or(|i| self.context.classes.get("tariff").is_some_and(|nouns| nouns.at(words, i)));
            let named = measured
                && (end..(end + 3).min(words.len())).any(|i| trigger.0 <= i && i < trigger.1 || limited(i));
            // "for a 90-day period"
            let stretch = words.get(end).is_some_and(|w| is!(w.lower, "period" | "term" | "window" | "span"))
                && self.before(time.span).iter().any(|w| is!(w.lower, "for" | "over"));
            return named && trigger.0 <= end + 4 && start <= trigger.1 + 12
                || stretch && self.bond(time.span) == Some(Bond::Own);
        }
        let before = self.before(time.span);
        // "buy 2 million tons of wheat a year": each year.
        let yearly = text.starts_with("a ") && before.last().is_some_and(|w| !LENGTHS.has(&w.lower));
        // "admits 300,000 tons a year at 4%"
        let counted = || {
            (start.saturating_sub(RELIEF)..start).any(|i| {
                words.get(i).is_some_and(|w| {
                    is!(
                        w.lemma,
                        "ton"
                            | "tonne"
                            | "litre"
                            | "liter"
                            | "barrel"
                            | "unit"
                            | "vehicle"
                            | "car"
                            | "head"
                            | "bale"
                            | "piece"
                    )
                })
            })
        };
        if yearly && (self.is_commitment() || counted()) {
            return false;
        }
        // "brings it back after a suspension of four years": that was the pause.
        let pause = before
            .iter()
            .rev()
            .take(3)
            .any(|w| is!(w.lemma, "suspension" | "pause" | "truce" | "delay" | "break" | "absence"));
        if pause && !self.pauses() && !self.hit.frame.nominal {
            return false;
        }
        if self.compared_with(time) {
            return false;
        }
        // "took effect on May 2 and will last three months"
        let lasts = before.last().is_some_and(|w| is!(w.lower, "last" | "lasts" | "lasting" | "lasted"));
        let led = lasts || before.iter().rev().take(3).any(|w| LENGTHS.has(&w.lower));
        // "a day after talks resume": how far from something else.
        let (_, behind) = self.word_range(time.span);
        if words.get(behind).is_some_and(|w| is!(w.lower, "after" | "before" | "into")) {
            return false;
        }
        // "for the past three years": how long it had been.
        if time.date.is_none() && ["past", "last", "previous"].iter().any(|p| text.contains(p)) {
            return false;
        }
        let level = |g: &usize| {
            self.view
                .clauses
                .groups
                .get(*g)
                .is_some_and(|g| g.finite && g.tense != Tense::Participle && g.lemma != "limit")
        };
        let relative = |g: &usize| {
            // "on steel that had entered free for ten years": how long that had lasted.
            self.view.clauses.groups.get(*g).filter(|g| g.tense != Tense::Perfect).is_some_and(|g| {
                let opener = g.start.checked_sub(1).and_then(|i| words.get(i));
                opener.is_some_and(|w| w.tag == Tag::Rel || is!(w.lower, "it" | "they"))
            })
        };
        // "lifted the duty that had been in place for three years"
        let been = |g: &usize| {
            self.view.clauses.groups.get(*g).is_some_and(|g| {
                g.lemma == "be"
                    && matches!(g.tense, Tense::Perfect | Tense::Past)
                    && words.get(g.head + 1).is_some_and(|w| w.lower == "in")
                    && words.get(g.head + 2).is_some_and(|w| is!(w.lower, "place" | "force"))
            })
        };
        // "The duty had been in place for a week": so long it had been, not so long it runs.
        let lasted = self.hit.frame.group.is_some_and(|own| been(&own)) && !self.hit.frame.nominal;
        if lasted && self.tense() == Some(Tense::Perfect) {
            return false;
        }
        if start >= trigger.1 && !self.hit.frame.nominal && self.barriers(trigger.1, start).iter().any(been) {
            return false;
        }
        // "agreed to lift its duties, to suspend its curbs for a year": of the second act.
        let another = |g: &&Group| {
            g.tense == Tense::Infinitive
                && trigger.1 <= g.start
                && g.head < start
                && g.theme.is_some()
                && g.start
                    .checked_sub(1)
                    .and_then(|i| words.get(i))
                    .is_some_and(|w| is!(w.lower, "," | "and"))
        };
        if !self.hit.frame.nominal && self.view.clauses.groups.iter().any(|g| another(&g)) {
            return false;
        }
        // "cut its duty, and the other side shelved for a year its curbs": of the other act.
        let paused = |g: &usize| {
            self.view.clauses.groups.get(*g).is_some_and(|g| self.context.classes.has("suspend", &g.lemma))
        };
        if start >= trigger.1 && !self.pauses() && self.barriers(trigger.1, start).iter().any(paused) {
            return false;
        }
        // "The exemption, granted in May, is valid for two years"
        let valid = self.hit.frame.nominal && self.only_goes_on(start);
        let goes_on = valid
            || start >= trigger.1
                && !self.barriers(trigger.1, start).iter().any(|g| level(g) && !relative(g));
        // "For a period of one year starting May 1, Oslo will …"
        let opens = start < OPENS && words.first().is_some_and(|w| w.lower == "for");
        let bond = self.bond(time.span);
        led && (goes_on || bond == Some(Bond::Own) || opens && bond == Some(Bond::Opening))
    }
}

/// Takes whole years off a moment more than a year behind the day of the act.
fn nearest(moment: &mut Option<Moment>, day: jiff::civil::Date, open: bool) {
    let Some(moment) = moment.as_mut().filter(|m| open && m.month.is_some()) else { return };
    while moment.days().is_some_and(|(first, _)| (first - day).get_days() > YEAR) {
        moment.year -= 1;
    }
}

/// Start plus duration, where the start is a full date.
fn add(start: Moment, length: crate::when::Length) -> Option<Moment> {
    let day = jiff::civil::Date::new(start.year, start.month?, start.day?).ok()?;
    let count = i64::from(length.count.min(10_000));
    let span = match length.unit {
        TimeUnit::Hour => return None,
        TimeUnit::Day => jiff::Span::new().try_days(count).ok()?,
        TimeUnit::Week => jiff::Span::new().try_weeks(count).ok()?,
        TimeUnit::Month => jiff::Span::new().try_months(count).ok()?,
        TimeUnit::Year => jiff::Span::new().try_years(count).ok()?,
    };
    Some(Moment::on(day.checked_add(span).ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor};

    /// Subtype, start, end and rate of each tariff, `-` where there is none.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2026, 2, 2)));
        let tariffs = read.events.iter().filter(|e| e.act.kind() == crate::event::Kind::TariffAction);
        let told: Vec<String> = tariffs
            .map(|e| {
                let or = |field: Option<String>| field.unwrap_or_else(|| "-".to_owned());
                let rate = e.rate.as_ref();
                let part = |p: Option<crate::event::Percent>| or(p.map(|p| p.to_string()));
                format!(
                    "{} {} {} {}/{}/{}",
                    e.act.subtype(),
                    or(e.effective.map(|m| m.to_string())),
                    or(e.expires.map(|m| m.to_string())),
                    part(rate.and_then(|r| r.value)),
                    part(rate.and_then(|r| r.from)),
                    part(rate.and_then(|r| r.to)),
                )
            })
            .collect();
        assert_eq!(told, expected, "{text:?}");
    }

    #[test]
    fn a_start_without_its_year_lies_behind_the_act() {
        check(
            "On May 23, 2025, President Donald Trump threatened the European Union with a 40% tariff from June 1.",
            &["threaten 2025-06-01 - 40/-/-"],
        );
    }

    #[test]
    fn a_duty_ends_where_a_verb_of_its_own_says_so() {
        check(
            "The American tariff of 10% on Chilean copper took effect on January 24 and expires on July 24.",
            &["impose 2026-01-24 2026-07-24 10/-/-"],
        );
        check(
            "Washington put a 10% tariff on Chilean copper on January 24; it expires on July 24.",
            &["impose - 2026-07-24 10/-/-"],
        );
        check(
            "Washington put a 10% tariff on Chilean copper on January 24; it ended talks with Santiago on February 1.",
            &["impose - - 10/-/-"],
        );
    }

    #[test]
    fn a_start_that_opens_a_list_is_that_of_every_item() {
        check(
            "The White House published its new tariff rates on Monday. The tariffs differ. From March 1: 25% on \
             lorries, 10% on buses.",
            &["impose 2026-03-01 - 25/-/-", "impose 2026-03-01 - 10/-/-"],
        );
    }

    #[test]
    fn the_object_stands_behind_times_and_rates() {
        check(
            "Beijing prolonged for another 90 days the suspension of 24 points of its tariffs on American goods.",
            &["extend_suspension - - 24/-/-"],
        );
        check(
            "Washington will hold in abeyance for one year 10 points of its surcharge on Chinese goods.",
            &["suspend - - 10/-/-"],
        );
        check("On Monday Washington doubled, to 50%, the duty on Peruvian copper.", &["increase - - -/-/50"]);
    }

    #[test]
    fn what_is_called_off_or_held_off_does_not_rise() {
        check(
            "Washington called off a 15% duty on Peruvian copper planned for April 15.",
            &["suspend - - 15/-/-"],
        );
        check(
            "Lima will hold off on raising its tariff on American corn from 10% to 25% until March 1.",
            &["suspend - 2026-03-01 -/10/25"],
        );
    }

    #[test]
    fn a_condition_put_by_inversion_leaves_a_threat() {
        for opener in ["Were Brussels to", "Should Brussels"] {
            check(
                &format!(
                    "{opener} tax wine, the United States would put a 20% duty on European cars, the president said."
                ),
                &["threaten - - 20/-/-"],
            );
        }
    }

    #[test]
    fn what_lapses_and_is_told_with_its_start_has_both() {
        check(
            "The American surcharge, 10% on nearly all imports since March 24, 2025, ran out on July 24, 2025.",
            &["impose 2025-03-24 2025-07-24 10/-/-"],
        );
    }

    #[test]
    fn a_rate_paid_so_far_is_where_the_new_one_starts() {
        check(
            "The United States and Norway agreed on tariffs. Norwegian steel pipes, which now pay 10 percent, will pay 30 percent at the American border.",
            &["increase - - -/10/30"],
        );
        check(
            "The United States will reduce to 12 percent the rate of 18 percent on Chilean goods.",
            &["reduce - - -/18/12"],
        );
        check(
            "Chile has suspended 20 percentage points of its 30 percent duty on American pork.",
            &["suspend - - 20/-/-"],
        );
    }

    #[test]
    fn goods_outside_a_duty_are_so_from_its_start() {
        check(
            "On January 5, 2026, the United States put a 20 percent duty on wind turbines, effective March 1, 2026. Blades made in Mexico are exempt from the duty.",
            &["impose 2026-03-01 - 20/-/-", "exclude 2026-03-01 - -/-/-"],
        );
    }

    #[test]
    fn a_law_that_allows_a_duty_lays_on_none() {
        check(
            "Section 122 authorizes President Donald Trump to impose a surcharge of up to 15 percent on American imports from Chile.",
            &[],
        );
    }
}
