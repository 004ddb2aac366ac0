//! When a contact between governments was, apart from the dates of what it only mentions.

use super::*;

use crate::grammar::clause::phrase_start;

impl Builder<'_> {
    /// The day of the contact: its own, else the one its clause gives, else that of a readout.
    pub(super) fn contact_date(&self, stance: &Stance) -> (EventDate, Option<Span>) {
        let frame = &self.hit.frame;
        let trigger = self.trigger_span();
        let usable = |t: &&Timing| {
            t.date.is_some_and(|d| d.interval.is_some())
                && !self.before(t.span).iter().rev().take(2).any(|w| w.lower == "since")
                && !self.context.doc.slice(t.span).to_lowercase().starts_with("since")
        };
        let nearest = |range: Range| {
            self.times_in(range)
                .filter(usable)
                .min_by_key(|t| (t.span.start < trigger.start, t.span.start.abs_diff(trigger.start)))
        };
        let phrase = self.own_phrase();
        let mut found = nearest(phrase);
        let pointer = frame.nominal && !self.held();
        if found.is_none() && (!pointer || self.governed()) {
            found = nearest(self.up_to_next_act(frame.extent)).or_else(|| self.opening_time(usable));
        }
        if let Some(time) = found {
            let date = time.date.unwrap_or(EventDate::UNKNOWN);
            let (date, span) = self.joined_day(self.to_come(date, time, stance), time);
            return (date, Some(span));
        }
        let occasion =
            self.context.official && !pointer && !stance.future && !stance.denied && self.index <= 2;
        let spoken = self.context.official && stance.denied;
        if (occasion && !self.earlier()) || spoken {
            return (EventDate::day(self.context.published), None);
        }
        (EventDate::UNKNOWN, None)
    }

    /// "On Monday and Tuesday": both days.
    fn joined_day(&self, date: EventDate, time: &Timing) -> (EventDate, Span) {
        let alone = (date, time.span);
        let next = |t: &&Timing| {
            self.context.doc.text.get(time.span.end..t.span.start).is_some_and(|gap| gap.trim() == "and")
        };
        let Some(other) = self.times.iter().filter(|t| t.span.start >= time.span.end).find(next) else {
            return alone;
        };
        match (date.interval, other.date.and_then(|d| d.interval)) {
            (Some((start, end)), Some((from, to))) if end.tomorrow().is_ok_and(|day| day == from) => (
                EventDate { interval: Some((start, to)), precision: Precision::Range },
                Span::new(time.span.start, other.span.end),
            ),
            _ => alone,
        }
    }

    /// The noun with its modifiers and what hangs on it; of a verb, what follows it.
    fn own_phrase(&self) -> Range {
        let frame = &self.hit.frame;
        if !frame.nominal {
            return self.up_to_next_act((frame.trigger.0, frame.extent.1));
        }
        let start = phrase_start(self.view.words, frame.trigger.0);
        let end = frame.preps.iter().map(|(_, r)| r.1).max().unwrap_or(frame.trigger.1);
        let times = (frame.trigger.1..self.view.words.len())
            .take_while(|&i| {
                self.view.words.get(i).is_some_and(|w| w.time || matches!(w.lower.as_str(), "on" | "in"))
            })
            .last()
            .map_or(frame.trigger.1, |i| i + 1);
        self.up_to_next_act((start, end.max(times).max(frame.trigger.1)))
    }

    /// Cuts a range before another contact named in it: its day is not this one's.
    pub(super) fn up_to_next_act(&self, range: Range) -> Range {
        let trigger = self.hit.frame.trigger;
        let classes = ["meeting_noun", "talk_noun", "call_noun", "video_noun", "agreement_noun"];
        let named = |i: usize| {
            classes.iter().any(|c| self.context.classes.get(c).is_some_and(|p| p.at(self.view.words, i)))
        };
        let stop = (trigger.1..range.1).find(|&i| {
            named(i)
                && (trigger.1..i).rev().take(6).any(|back| {
                    self.view.words.get(back).is_some_and(|w| {
                        matches!(
                            w.lower.as_str(),
                            "since" | "after" | "following" | "before" | "from" | "and" | ";"
                        )
                    })
                })
        });
        (range.0, stop.unwrap_or(range.1))
    }

    /// Whether the noun hangs on the verb of its clause rather than on another noun.
    fn governed(&self) -> bool {
        let frame = &self.hit.frame;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        group.is_some_and(|g| {
            g.preps.iter().any(|(p, r)| {
                r.0 <= frame.trigger.0
                    && frame.trigger.0 < r.1
                    && self
                        .view
                        .words
                        .get(*p)
                        .is_some_and(|w| matches!(w.lower.as_str(), "in" | "at" | "for" | "during"))
                    && !(r.0..frame.trigger.0)
                        .any(|i| self.view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To)))
            })
        })
    }

    /// "On Monday, in Geneva, the two …": a time before the subject of the clause.
    pub(super) fn opening_time(&self, usable: impl Fn(&&Timing) -> bool) -> Option<&Timing> {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group?;
        let group = groups.get(own)?;
        let end = group.subject.map_or(group.start, |s| s.0.min(group.start));
        // Back to the verb before, or to what opens this clause.
        let floor = groups.get(..own)?.iter().rev().find(|g| g.finite).map_or(0, |g| g.head + 1);
        let left = (floor..end)
            .rev()
            .find(|&i| {
                self.view.words.get(i).is_some_and(|w| {
                    matches!(w.tag, Tag::Sub | Tag::Rel) || matches!(w.lower.as_str(), ";" | ":")
                })
            })
            .map_or(floor, |i| i + 1);
        let span = self.span_of((left, end.max(left)));
        if let Some(time) = self.times.iter().rev().filter(|t| span.contains(t.span)).find(&usable) {
            return Some(time);
        }
        // What opens the sentence holds for the clauses joined with "and".
        let first = groups.first().map_or(0, |g| g.subject.map_or(g.start, |s| s.0.min(g.start)));
        let opening = self.span_of((0, first));
        let joined = !(first..end)
            .any(|i| self.view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Sub | Tag::Rel)));
        let alone = self.times.iter().filter(&usable).count() == 1;
        self.times.iter().filter(|t| joined && alone && opening.contains(t.span)).find(&usable)
    }

    /// A weekday of something to come is the next one.
    fn to_come(&self, date: EventDate, time: &Timing, stance: &Stance) -> EventDate {
        let prospect = stance.future || self.prospect();
        let words = self.context.doc.slice(time.span).to_lowercase();
        let weekday = words
            .split_whitespace()
            .last()
            .is_some_and(|w| w.ends_with("day") && !matches!(w, "today" | "yesterday"));
        match date.interval {
            Some((day, _))
                if prospect
                    && weekday
                    && date.precision == Precision::Day
                    && day < self.context.published =>
            {
                day.checked_add(jiff::Span::new().days(7)).map_or(date, EventDate::day)
            }
            // "Planned for September", said in August, is the September to come.
            Some((start, end))
                if (prospect || self.planned())
                    && date.precision == Precision::Month
                    && end < self.context.published
                    && !words.chars().any(|c| c.is_ascii_digit()) =>
            {
                let year = jiff::Span::new().years(1);
                match (start.checked_add(year), end.checked_add(year)) {
                    (Ok(start), Ok(end)) => EventDate { interval: Some((start, end)), ..date },
                    _ => date,
                }
            }
            _ => date,
        }
    }

    /// "The way for a meeting", "plans for talks", "a meeting planned for": a contact to come.
    pub(super) fn prospect(&self) -> bool {
        let frame = &self.hit.frame;
        if !frame.nominal {
            return false;
        }
        let start = phrase_start(self.view.words, frame.trigger.0);
        let word = |back: usize| start.checked_sub(back).and_then(|i| self.view.words.get(i));
        let ahead = word(1).is_some_and(|w| matches!(w.lower.as_str(), "for" | "to" | "of"))
            && word(2).is_some_and(|w| {
                matches!(
                    w.lemma.as_str(),
                    "way"
                        | "path"
                        | "stage"
                        | "ground"
                        | "plan"
                        | "preparation"
                        | "date"
                        | "prepare"
                        | "road"
                        | "agenda"
                )
            });
        let next = (start..frame.trigger.0).any(|i| {
            self.view.words.get(i).is_some_and(|w| {
                matches!(
                    w.lower.as_str(),
                    "upcoming" | "planned" | "scheduled" | "forthcoming" | "next" | "coming"
                )
            })
        });
        let ahead_of =
            word(1).is_some_and(|w| w.lower == "of") && word(2).is_some_and(|w| w.lower == "ahead");
        ahead || next || ahead_of
    }

    /// The act is planned or set for some time.
    fn planned(&self) -> bool {
        let group = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
        group.is_some_and(|g| {
            matches!(g.lemma.as_str(), "plan" | "schedule" | "set" | "slate" | "expect") || g.modal.is_some()
        })
    }

    /// "Recently held", "earlier met": not the occasion of the text.
    fn earlier(&self) -> bool {
        let extent = self.hit.frame.extent;
        (extent.0..extent.1.min(self.view.words.len())).any(|i| {
            self.view.words.get(i).is_some_and(|w| {
                matches!(w.lower.as_str(), "recently" | "previously" | "earlier" | "already" | "once")
            })
        })
    }
}
