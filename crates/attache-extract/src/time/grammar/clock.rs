//! Times of day, with the zone where the text names one.

use super::Grammar;
use crate::time::lexicon::{Key, Part, Shift, Unit, Word, Zone};
use crate::time::node::Clock;

impl Grammar<'_> {
    /// The time of day at token `at`, and the token after.
    pub(in crate::time) fn clock(&self, at: usize) -> Option<(Clock, usize)> {
        let (clock, next) = self.clock_alone(at)?;
        Some((clock, self.past_same_clock(next)))
    }

    /// A clock time with the zone that stands at `at`, where it has none yet.
    pub(in crate::time) fn zoned(&self, clock: Clock, at: usize) -> (Clock, usize) {
        let Clock::At { hour, minute, second, zone: None } = clock else { return (clock, at) };
        match self.zone(at) {
            (Some(zone), next) => (Clock::At { hour, minute, second, zone: Some(zone) }, next),
            _ => (clock, at),
        }
    }

    /// "(0501 GMT)": the same time told for another zone.
    fn past_same_clock(&self, at: usize) -> usize {
        let again = || match self.hours(self.sign(at, '(').then_some(at + 1)?)? {
            (Clock::At { zone: Some(_), .. }, next) => self.sign(next, ')').then_some(next + 1),
            _ => None,
        };
        again().unwrap_or(at)
    }

    fn clock_alone(&self, at: usize) -> Option<(Clock, usize)> {
        match self.word(at) {
            Word::Digits { .. } => self.hours(at),
            // "one minute past midnight"
            Word::Cardinal(1) | Word::Key(Key::A)
                if matches!(self.word(at + 1), Word::Unit { unit: Unit::Minute, .. })
                    && matches!(self.word(at + 2), Word::Shift(Shift::Past) | Word::Key(Key::After))
                    && matches!(self.word(at + 3), Word::Key(Key::Noon | Key::Midnight)) =>
            {
                match self.clock_alone(at + 3)? {
                    (Clock::At { hour, second, zone, .. }, next) => {
                        Some((Clock::At { hour, minute: Some(1), second, zone }, next))
                    }
                    part => Some(part),
                }
            }
            Word::Key(key @ (Key::Noon | Key::Midnight)) => {
                let (zone, next) = self.zone(at + 1);
                let hour = if key == Key::Noon { 12 } else { 0 };
                Some((Clock::At { hour, minute: Some(0), second: None, zone }, next))
            }
            _ => None,
        }
    }

    fn hours(&self, at: usize) -> Option<(Clock, usize)> {
        if self.glued(at)
            && !matches!(
                self.before(at),
                Word::Sign('(' | '-' | '–' | '"' | '“' | ',' | '.') | Word::Key(Key::T)
            )
        {
            return None;
        }
        let (hour, len) = self.digits(at)?;
        if len == 4 {
            return self.military(hour, at + 1);
        }
        (len <= 2 && hour < 25).then_some(())?;
        let mut next = at + 1;
        let (mut minute, mut second) = (None, None);
        if matches!(self.word(next), Word::Sign(':')) && self.glued(next) && self.glued(next + 1) {
            let (value @ 0..60, 2) = self.digits(next + 1)? else { return None };
            minute = i8::try_from(value).ok();
            next += 2;
            if self.sign(next, ':') && self.glued(next) && self.glued(next + 1) {
                let (value @ 0..60, 2) = self.digits(next + 1)? else { return None };
                second = i8::try_from(value).ok();
                next += 2;
            }
        } else if self.sign(next, '.') && self.glued(next + 1) {
            let (value @ 0..60, 2) = self.digits(next + 1)? else { return None };
            self.half_day(next + 2)?;
            minute = i8::try_from(value).ok();
            next += 2;
        }
        let mut hour = i8::try_from(hour).ok()?;
        let mut certain = minute.is_some();
        if let Some((afternoon, after)) = self.half_day(next) {
            (1..=12).contains(&hour).then_some(())?;
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            next = after;
            certain = true;
        } else if self.is(next, Key::Oclock) && self.is(next + 2, Key::Clock) {
            next += 3;
            certain = true;
        } else if certain && matches!(self.word(next), Word::Unit { unit: Unit::Hour, .. }) {
            next += 1;
        } else if self.glued(next)
            && matches!(self.word(next), Word::Other | Word::Digits { .. } | Word::Sign('%' | ':'))
        {
            return None;
        }
        let (zone, after) = self.zone(next);
        ((certain || zone.is_some()) && hour < 24)
            .then_some((Clock::At { hour, minute, second, zone }, after))
    }

    /// "0800 UTC", "0001 hours".
    fn military(&self, value: u32, at: usize) -> Option<(Clock, usize)> {
        let hours = matches!(self.word(at), Word::Unit { unit: Unit::Hour, plural: true });
        let (zone, next) = self.zone(if hours { at + 1 } else { at });
        (hours || zone.is_some()).then_some(())?;
        let (hour, minute) = (i8::try_from(value / 100).ok()?, i8::try_from(value % 100).ok()?);
        (hour < 24 && minute < 60)
            .then_some((Clock::At { hour, minute: Some(minute), second: None, zone }, next))
    }

    /// "a.m.", "pm": whether after noon, and the token after.
    fn half_day(&self, at: usize) -> Option<(bool, usize)> {
        let afternoon = match self.word(at) {
            Word::Key(Key::Am) => return Some((false, at + 1)),
            Word::Key(Key::Pm) => return Some((true, at + 1)),
            Word::Key(Key::A) => false,
            Word::Key(Key::P) => true,
            Word::Key(Key::In) if self.is(at + 1, Key::The) => {
                let Word::Part(part) = self.word(at + 2) else { return None };
                return Some((part != Part::Morning, at + 3));
            }
            Word::Key(Key::At) if self.word(at + 1) == Word::Part(Part::Night) => {
                return Some((true, at + 2));
            }
            _ => return None,
        };
        (self.sign(at + 1, '.') && self.is(at + 2, Key::M)).then(|| (afternoon, self.past_sign(at + 3, '.')))
    }

    /// "U.S. Eastern time": the token after "U.S.".
    fn past_country(&self, at: usize) -> usize {
        let short = self.upper(at) && self.sign(at + 1, '.') && self.is(at + 2, Key::S) && self.upper(at + 2);
        match short {
            true => self.past_sign(at + 3, '.'),
            false if self.upper(at) && matches!(self.word(at + 1), Word::Key(Key::Zone(Zone::City(_)))) => {
                at + 1
            }
            false => at,
        }
    }

    /// "EDT", "(GMT)", "Beijing time", "local time": the zone named, and the token after.
    fn zone(&self, at: usize) -> (Option<Zone>, usize) {
        let from = self.past_country(self.past_sign(self.past_sign(at, ','), '('));
        let close = |next: usize| if self.sign(at, '(') { self.past_sign(next, ')') } else { next };
        match self.word(from) {
            Word::Key(Key::Zone(zone @ Zone::City(_))) => {
                let next = self.past_key(from + 1, Key::Saving);
                if self.is(next, Key::Time) { (Some(zone), close(next + 1)) } else { (None, at) }
            }
            Word::Key(Key::Zone(zone)) if self.upper(from) => {
                let next = from + 1;
                if let (Zone::Fixed(0), Word::Sign(sign @ ('+' | '-' | '−')), Some((hours @ 0..=14, ..=2))) =
                    (zone, self.word(next), self.digits(next + 1))
                {
                    let minutes = i16::try_from(hours).unwrap_or(0) * 60;
                    let zone = Zone::Fixed(if sign == '+' { minutes } else { -minutes });
                    return (Some(zone), close(next + 2));
                }
                (Some(zone), close(self.past_key(next, Key::Time)))
            }
            Word::Key(Key::Local) if self.is(from + 1, Key::Time) => (None, close(from + 2)),
            Word::Key(Key::Z) if self.glued(from) => (Some(Zone::Fixed(0)), from + 1),
            _ => (None, at),
        }
    }
}
