//! A time expression as the event format wants it: a date, a moment, a length.

use jiff::civil::{Date, DateTime, Time};

use super::calendar::{add_days, add_seconds, offset};
use super::lexicon::{Part, Unit};
use super::node::{Clock, Core, Count, Modifier};
use super::period::{Grain, Period};
use super::{Implied, Relation, Timex, TimexKind, resolve};
use crate::when::{EventDate, Length, Moment, Precision, TimeUnit};

impl Timex {
    /// When something happened that the text dates with this expression.
    ///
    /// A unit that is not over ends with the publication day ("this week" is Monday to that day);
    /// "since" runs from the first day of the unit to the publication day. Durations without an
    /// anchor, recurrences and vague words give [`EventDate::UNKNOWN`].
    #[must_use]
    pub fn event_date(&self) -> EventDate {
        let Some((start, end)) = self.days else { return EventDate::UNKNOWN };
        if self.relation == Relation::Since && start <= self.published {
            return EventDate { interval: Some((start, self.published)), precision: Precision::Range };
        }
        let runs = start <= self.published && self.published < end;
        let open = self.modifier.is_none() && self.grain != Grain::Range && self.relation == Relation::At;
        let end = if runs && open { self.published } else { end };
        EventDate { interval: Some((start, end)), precision: precision(self.grain) }
    }

    /// Whether the text leaves it to the clause which way this points.
    pub(crate) const fn may_turn(&self) -> bool {
        self.sides.is_some()
    }

    /// The reading that points ahead, or back, where the text leaves that to the clause.
    #[must_use]
    pub fn facing(&self, ahead: bool) -> Self {
        let mut turned = self.turned(ahead);
        turned.value = match (self.sides, self.clock, self.kind) {
            (None, ..) => self.value.clone(),
            (Some(_), Some(clock), TimexKind::Time) => {
                let day = turned.interval.map_or(self.published, |(start, _)| start.date());
                format!("{day}T{:02}:{:02}", clock.hour(), clock.minute())
            }
            (Some((back, forth)), ..) => if ahead { forth } else { back }.value(),
        };
        turned
    }

    /// The same without its value.
    pub(crate) fn turned(&self, ahead: bool) -> Self {
        let mut turned = Self { value: String::new(), ..*self };
        if let Some((back, forth)) = self.sides {
            let days = if ahead { forth } else { back };
            place(&mut turned, &days);
            if let (Some(clock), TimexKind::Time) = (self.clock, self.kind) {
                turned.interval = span(days.start.to_datetime(clock), 60);
                turned.grain = self.grain;
            }
        }
        turned
    }

    /// Whether the words give a time of day and leave the day to the reader.
    #[must_use]
    pub const fn is_bare_clock(&self) -> bool {
        self.bare_clock
    }

    /// The local time from which and until which the words hold, half-open, `None` where they leave
    /// an end open: "until 12 August" has no beginning, "since March" no end.
    #[must_use]
    pub fn bounds(&self) -> Option<(Option<DateTime>, Option<DateTime>)> {
        let (start, end) = self.interval?;
        if self.grain == Grain::Range || self.kind == TimexKind::Duration {
            return Some((Some(start), Some(end)));
        }
        Some(match self.relation {
            Relation::By | Relation::Until => (None, Some(end)),
            Relation::Before if self.modifier == Some(Modifier::End) => (None, Some(end)),
            Relation::Before => (None, Some(start)),
            Relation::After if self.grain > Grain::Day => (Some(end), None),
            Relation::From if self.grain == Grain::Week || self.grain < Grain::Day => {
                (Some(start), Some(end))
            }
            Relation::Since | Relation::From | Relation::After => (Some(start), None),
            Relation::At | Relation::For | Relation::Within => (Some(start), Some(end)),
        })
    }

    /// The moment at which a measure starts or ends that the text dates with this expression;
    /// `None` where the format cannot say it (a week, a quarter, a range).
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        let (first, last) = self.whole?;
        let by = self.relation == Relation::By;
        let on = |day: Date| Moment { by, ..Moment::on(day) };
        match self.grain {
            _ if self.kind == TimexKind::Duration => None,
            Grain::Day | Grain::PartOfDay | Grain::Hour | Grain::Minute | Grain::Second => {
                Some(Moment { time: self.clock, offset: self.clock.and(self.zone), ..on(first) })
            }
            _ if self.modifier == Some(Modifier::End) => Some(on(last)),
            Grain::Month => Some(Moment { day: None, ..on(first) }),
            Grain::Year => Some(Moment { day: None, month: None, ..on(first) }),
            _ => None,
        }
    }

    /// First and last day of a range of days, as the start and end of a measure.
    #[must_use]
    pub fn ends(&self) -> Option<(Moment, Moment)> {
        let days = self.grain == Grain::Range && self.value.len() == "2025-01-01/2025-01-02".len();
        let (first, last) = self.whole.filter(|_| days && self.kind == TimexKind::Date)?;
        Some((Moment::on(first), Moment::on(last)))
    }

    /// The duration, where the expression is one with a whole number of units.
    #[must_use]
    pub fn length(&self) -> Option<Length> {
        let (count, unit) = match self.count? {
            // "half a year", "a year and a half"
            (Count::AndHalf(years), Unit::Year) => {
                let count = years.checked_mul(12)?.checked_add(6)?;
                return Some(Length { count, unit: TimeUnit::Month });
            }
            (Count::Exact(count), unit) => (count, unit),
            _ => return None,
        };
        let (factor, unit) = match unit {
            Unit::Hour => (1, TimeUnit::Hour),
            Unit::Day => (1, TimeUnit::Day),
            Unit::Week => (1, TimeUnit::Week),
            Unit::Fortnight => (2, TimeUnit::Week),
            Unit::Month => (1, TimeUnit::Month),
            Unit::Quarter => (3, TimeUnit::Month),
            Unit::Year => (1, TimeUnit::Year),
            Unit::Decade => (10, TimeUnit::Year),
            Unit::Century => (100, TimeUnit::Year),
            Unit::Second | Unit::Minute | Unit::Weekend => return None,
        };
        Some(Length { count: count.checked_mul(factor)?, unit })
    }
}

const fn precision(grain: Grain) -> Precision {
    match grain {
        Grain::Second | Grain::Minute | Grain::Hour | Grain::PartOfDay | Grain::Day => Precision::Day,
        Grain::Week => Precision::Week,
        Grain::Month => Precision::Month,
        Grain::Quarter => Precision::Quarter,
        Grain::Year | Grain::FiscalYear => Precision::Year,
        Grain::Weekend | Grain::Season | Grain::Half | Grain::Decade | Grain::Century | Grain::Range => {
            Precision::Range
        }
    }
}

/// Gives the expression its days.
pub(super) fn place(timex: &mut Timex, days: &Period) {
    timex.grain = days.grain;
    let (start, end) = resolve::widest(days, timex.modifier, timex.published);
    timex.interval = Some((start.at(0, 0, 0, 0), end.at(0, 0, 0, 0)));
    timex.whole = Some((days.start, days.last_day()));
    timex.days = Some(resolve::narrowed(days, timex.modifier, timex.published));
}

/// Which parts the text does not give.
pub(super) fn implied(core: &Core) -> Implied {
    match core {
        Core::Parts(parts) => {
            Implied { year: parts.year.is_none(), month: parts.month.is_none(), day: parts.day.is_none() }
        }
        Core::Quarter { .. } => Implied { year: true, month: false, day: true },
        _ => Implied { year: true, month: true, day: true },
    }
}

/// Adds a time of day to an expression that names a day.
pub(super) fn set_clock(timex: &mut Timex, clock: Clock, day: Date) {
    timex.kind = TimexKind::Time;
    match clock {
        Clock::Part(part) => {
            let (code, from, hours) = match part {
                Part::Morning => ("MO", 6, 6),
                Part::Afternoon => ("AF", 12, 6),
                Part::Evening => ("EV", 18, 6),
                Part::Night => ("NI", 20, 4),
            };
            timex.grain = Grain::PartOfDay;
            timex.value = format!("{day}T{code}");
            timex.interval = span(day.at(from, 0, 0, 0), hours * 3600);
        }
        Clock::At { hour, minute, second, zone } => {
            let Ok(time) = Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0), 0) else { return };
            timex.zone = zone.map(|zone| offset(zone, day));
            timex.clock = Some(time);
            timex.value = format!("{day}T{hour:02}:{:02}", minute.unwrap_or(0));
            let length = match (second, minute) {
                (Some(second), _) => {
                    timex.value.push_str(&format!(":{second:02}"));
                    timex.grain = Grain::Second;
                    1
                }
                (None, Some(_)) => {
                    timex.grain = Grain::Minute;
                    60
                }
                (None, None) => {
                    timex.grain = Grain::Hour;
                    3600
                }
            };
            if timex.zone == Some(0) {
                timex.value.push('Z');
            }
            timex.interval = span(day.to_datetime(time), length);
        }
    }
}

fn span(from: DateTime, seconds: i64) -> Option<(DateTime, DateTime)> {
    let end = add_seconds(from, seconds);
    Some((from, if end > from { end } else { add_days(from.date(), 1).at(0, 0, 0, 0) }))
}
