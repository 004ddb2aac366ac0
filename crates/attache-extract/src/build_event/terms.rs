//! When a measure starts and ends, and how long it runs.

use super::*;
use crate::grammar::clause::Tense;
use crate::time::Relation;

#[derive(Debug, Default)]
pub(super) struct Terms {
    pub(super) effective: Option<Moment>,
    pub(super) effective_span: Option<Span>,
    pub(super) expires: Option<Moment>,
    pub(super) expires_span: Option<Span>,
    pub(super) duration: Option<crate::when::Length>,
    pub(super) duration_span: Option<Span>,
}

/// What a time is to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    Start,
    End,
}

const ENDING: &[&str] = &[
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
    "ends",
    "end",
    "ending",
    "remain",
    "remains",
    "valid",
];
const STARTING: &[&str] = &[
    "effect",
    "force",
    "effective",
    "starting",
    "beginning",
    "begin",
    "begins",
    "start",
    "starts",
    "arrives",
    "kick",
    "kicks",
];
const LENGTHS: &[&str] = &["by", "another", "additional", "further", "of", "to", "for", "within", "extra"];

impl Builder<'_> {
    pub(super) fn terms(&self) -> Terms {
        let mut out = Terms::default();
        let mut settled = false;
        for time in self.times {
            if let Some(length) = time.length {
                if out.duration.is_none() && self.runs_for(time) {
                    (out.duration, out.duration_span) = (Some(length), Some(time.span));
                }
                continue;
            }
            if let Some((first, last)) = time.ends.filter(|_| self.spans(time)) {
                (out.effective, out.effective_span) = (Some(first), Some(time.span));
                (out.expires, out.expires_span) = (Some(last), Some(time.span));
                continue;
            }
            let Some(moment) = self.moment_of(time) else { continue };
            let until = time.relation == Relation::Until;
            match self.term(time) {
                // "due to expire in May, extended until November": the later word holds.
                Some(Term::End) if until && !settled => {
                    out.expires = Some(Moment { by: false, ..moment });
                    out.expires_span = Some(time.span);
                    settled = true;
                }
                Some(Term::End) if out.expires.is_none() => {
                    out.expires = Some(Moment { by: false, ..moment });
                    out.expires_span = Some(time.span);
                }
                Some(Term::Start) if out.effective.is_none() => {
                    out.effective = Some(Moment { by: time.relation == Relation::By, ..moment });
                    out.effective_span = Some(time.span);
                }
                _ => {}
            }
        }
        let measure = matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension);
        if let (None, true, Some((moment, span))) =
            (out.effective, measure, self.context.occasions.lead(self.index))
        {
            (out.effective, out.effective_span) = (Some(moment), Some(span));
        }
        if measure && self.announces() {
            let said = self.context.occasions.afterwards(self.index);
            if let (None, Some((moment, span))) = (out.effective, said.start) {
                (out.effective, out.effective_span) = (Some(moment), Some(span));
            }
            if let (None, Some((moment, span))) = (out.expires, said.end) {
                (out.expires, out.expires_span) = (Some(Moment { by: false, ..moment }), Some(span));
            }
            if let (None, Some((length, span))) = (out.duration, said.length) {
                (out.duration, out.duration_span) = (Some(length), Some(span));
            }
        }
        if let (None, Some(start), Some(length)) = (out.expires, out.effective, out.duration)
            && !start.by
            && let Some(end) = add(start, length)
        {
            out.expires = Some(end);
            out.expires_span = out.duration_span;
        }
        out
    }

    /// Whether the act is what is being announced, so that what follows can say more of it.
    fn announces(&self) -> bool {
        let near = self.context.occasions.afterwards(self.index).far == 1;
        let open = self.hit.frame.group.is_none() || self.to_be_done();
        let today = self.times.iter().any(|t| {
            t.date.is_some_and(|d| d.start() == Some(self.context.published)) && self.bond(t.span).is_some()
        });
        near || open || today
    }

    /// Whether the act, or what it is named in, is still to be done.
    pub(super) fn to_be_done(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.and_then(|g| groups.get(g));
        let open = own.is_some_and(|g| {
            matches!(g.tense, Tense::Future | Tense::Infinitive | Tense::Present | Tense::Gerund)
                && !g.passive
                || g.tense == Tense::Future
        });
        open || groups.iter().any(|g| g.tense == Tense::Future && g.start < self.hit.frame.trigger.0)
    }

    /// "from June 1 until June 30", told of a measure that runs.
    fn spans(&self, time: &Timing) -> bool {
        let from = self.before(time.span).last().is_some_and(|w| w.lower == "from");
        let measure = matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension);
        from && measure && self.tied(time.span, true)
    }

    /// A start told as a weekday to come is the next one.
    fn moment_of(&self, time: &Timing) -> Option<Moment> {
        let ahead = matches!(time.relation, Relation::Until | Relation::By | Relation::From);
        match (&time.ahead, time.date.and_then(|d| d.end())) {
            (Some((_, Some(moment))), Some(last)) if ahead && last < self.context.published => {
                let far = moment.days().and_then(|(first, _)| self.context.published.until(first).ok());
                far.filter(|far| far.get_days() <= 7).map_or(time.moment, |_| Some(*moment))
            }
            _ => time.moment,
        }
    }

    /// Whether the measure starts or ends with this time, or neither.
    fn term(&self, time: &Timing) -> Option<Term> {
        let before = self.before(time.span);
        let lower: Vec<&str> = before.iter().map(|w| w.lower.as_str()).collect();
        let near = |words: &[&str]| lower.iter().any(|l| words.contains(l));
        let (_, end) = self.word_range(time.span);
        let next = self.view.words.get(end).map_or("", |w| w.lower.as_str());
        let opens = matches!(time.relation, Relation::Since | Relation::From);
        let starts = near(STARTING) || matches!(next, "effective" | "onwards" | "onward");
        let kind = self.hit.rule.act.kind();
        let participle = lower.iter().any(|l| matches!(*l, "imposed" | "taken" | "announced" | "adopted"));
        let tied = self.tied(time.span, !participle && (starts || near(ENDING) || opens));
        if !tied {
            return None;
        }
        // "seven days after its publication"
        let counted = self.context.doc.slice(time.span).contains(" after ");
        match time.relation {
            Relation::At if counted && kind == Kind::TariffAction => Some(Term::Start),
            Relation::Until => Some(Term::End),
            Relation::Before if near(&["and", "but"]) => Some(Term::End),
            _ if near(ENDING) && !starts => Some(Term::End),
            Relation::Since => {
                let eased = matches!(self.hit.rule.status, Some(Status::Eased | Status::Resolved));
                (kind != Kind::Agreement && !eased && !self.to_be_done()).then_some(Term::Start)
            }
            Relation::From | Relation::By => {
                let dates = near(&["dates", "date", "dated", "dating"]);
                (!dates).then_some(Term::Start)
            }
            Relation::After if lower.ends_with(&["or", "after"]) => Some(Term::Start),
            _ if starts => Some(Term::Start),
            Relation::At if lower.ends_with(&["as", "of"]) => Some(Term::Start),
            Relation::At if lower.last() == Some(&"to") && self.pauses() => Some(Term::End),
            Relation::At => {
                let ahead = time.date.and_then(|d| d.start()).is_some_and(|day| day > self.context.published);
                let day = time.moment.is_some_and(|m| m.month.is_some());
                let done =
                    self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g)).is_some_and(|g| {
                        matches!(g.tense, Tense::Past | Tense::Perfect) && !self.hit.frame.nominal
                    });
                (ahead && day && !done && kind == Kind::TariffAction).then_some(Term::Start)
            }
            _ => None,
        }
    }

    /// "delay the tariff to October 29": a pause.
    fn pauses(&self) -> bool {
        let group = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
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
        match self.bond(time) {
            Some(Bond::Own) => true,
            Some(Bond::Opening) => marked,
            Some(Bond::Above) if marked && self.word_range(time).1 <= self.hit.frame.trigger.0 => true,
            Some(Bond::Above | Bond::Beside) | None => {
                let (start, _) = self.word_range(time);
                start >= self.hit.frame.trigger.1
                    && !self.in_title(time)
                    && (self.only_goes_on(start) || marked && self.no_other_clause(start))
            }
        }
    }

    /// "…, covering all imports, in force since …": no verb on a level with the act stands between.
    fn no_other_clause(&self, start: usize) -> bool {
        let between = self.barriers(self.hit.frame.trigger.1, start);
        between.iter().all(|&g| {
            self.view.clauses.groups.get(g).is_some_and(|g| {
                let opens = matches!(g.lemma.as_str(), "start" | "begin" | "commence");
                !g.finite && (opens || g.head + 2 < start)
            })
        })
    }

    fn only_goes_on(&self, start: usize) -> bool {
        let goes_on = self.context.classes.get("inchoative");
        let between = self.barriers(self.hit.frame.trigger.1, start);
        !between.is_empty()
            && between.iter().all(|&g| {
                self.view.clauses.groups.get(g).is_some_and(|g| {
                    let due = matches!(
                        g.lemma.as_str(),
                        "be" | "remain" | "set" | "schedule" | "run" | "stay" | "come" | "enter"
                    );
                    due || goes_on.is_some_and(|verbs| self.view.has((g.start, g.head + 3), verbs))
                })
            })
    }

    /// "for 90 days", "by another year", "a 90-day pause", told of this act.
    fn runs_for(&self, time: &Timing) -> bool {
        let words = self.view.words;
        let (start, end) = self.word_range(time.span);
        let trigger = self.hit.frame.trigger;
        let text = self.context.doc.slice(time.span);
        if text.contains('-') {
            let pause = self.context.classes.get("truce");
            let named = (end..(end + 3).min(words.len()))
                .any(|i| trigger.0 <= i && i < trigger.1 || pause.is_some_and(|pauses| pauses.at(words, i)));
            return named && trigger.0 <= end + 4 && start <= trigger.1 + 12;
        }
        let before = self.before(time.span);
        let lower: Vec<&str> = before.iter().map(|w| w.lower.as_str()).collect();
        let led = lower.iter().any(|l| LENGTHS.contains(l));
        let level = |g: &usize| {
            self.view.clauses.groups.get(*g).is_some_and(|g| g.finite && g.tense != Tense::Participle)
        };
        let relative = |g: &usize| {
            self.view.clauses.groups.get(*g).is_some_and(|g| {
                let opener = g.start.checked_sub(1).and_then(|i| words.get(i));
                opener.is_some_and(|w| {
                    matches!(w.tag, Tag::Rel | Tag::Pron) || w.lower == "it" || w.lower == "they"
                })
            })
        };
        let goes_on =
            start >= trigger.1 && !self.barriers(trigger.1, start).iter().any(|g| level(g) && !relative(g));
        led && (goes_on || self.bond(time.span) == Some(Bond::Own))
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
