//! Expressions counted from the publication day or from a day told before.

use jiff::civil::Date;

use super::Grammar;
use super::absolute::{relative, whole};
use crate::time::calendar::{add, add_days, add_months, monday, weekday_forth};
use crate::time::context::Direction;
use crate::time::lexicon::{Key, Part, Season, Shift, Unit, Word};
use crate::time::node::{Core, Count, Modifier, Node, Parts};
use crate::time::period::{Grain, Period};

impl Grammar<'_> {
    /// "today", "tomorrow", "now".
    pub(super) fn deictic(&self, at: usize) -> Option<Node> {
        let Word::Key(key) = self.word(at) else { return None };
        let days = match key {
            Key::Today | Key::Tonight => 0,
            Key::Tomorrow => 1,
            Key::Yesterday => -1,
            Key::Present => return Some(Node::new(Core::Vague("PRESENT_REF"), at + 1)),
            Key::Soon => {
                let compared = self.is(at.wrapping_sub(1), Key::As) || self.is(at + 1, Key::After);
                return (!compared).then(|| Node::new(Core::Vague("FUTURE_REF"), at + 1));
            }
            Key::Nowness => {
                let led = self.before(at) == Word::Key(Key::At);
                return led.then(|| Node::new(Core::Vague("PRESENT_REF"), at + 1));
            }
            Key::Recent => {
                let next = match self.word(at + 1) {
                    Word::Unit { plural: true, .. } => at + 2,
                    _ => at + 1,
                };
                return Some(Node::new(Core::Vague("PAST_REF"), next));
            }
            _ => return None,
        };
        let glued = self.glued(at) && !matches!(self.before(at), Word::Sign(_));
        (!glued).then(|| Node::period(Period::day(add_days(self.today(), days)), at + 1))
    }

    /// What "the" leads to.
    pub(super) fn the(&self, at: usize) -> Option<Node> {
        let next = at + 1;
        if let Some(node) = self.day_of_run(next) {
            return Some(node);
        }
        match self.word(next) {
            Word::Unit { unit: Unit::Day, plural: false } => self.the_day(next),
            Word::Unit { unit: Unit::Year, plural: false } => self.the_year(next),
            Word::Unit { unit: Unit::Week, plural: false } => self.the_week(next),
            Word::Unit { unit: Unit::Weekend, plural: false } => self.the_weekend(next),
            Word::Digits { .. } => {
                self.decade(next).or_else(|| self.numeric(next)).or_else(|| self.day_alone(next))
            }
            Word::Ordinal(_) | Word::Cardinal(20 | 30) => self.ordinal(next).or_else(|| self.day_alone(next)),
            Word::Shift(Shift::Past)
                if self.tokens.get(next + 1).is_none_or(|after| matches!(after.word, Word::Sign(_))) =>
            {
                Some(Node::new(Core::Vague("PAST_REF"), next + 1))
            }
            // "The next day Beijing answered": the day after the one told.
            Word::Shift(Shift::Next) if self.told.is_some() && !self.direction(at).ahead() => {
                match self.word(next + 1) {
                    Word::Unit { unit: unit @ (Unit::Day | Unit::Week | Unit::Month), plural: false } => {
                        self.shifted_unit(Shift::Following, unit, next, next + 1)
                    }
                    _ => self.shifted(next),
                }
            }
            Word::Shift(_) => self.shifted(next),
            Word::Season(_) => self.season(next),
            Word::Key(Key::Tens(_)) => self.decade_in_words(next),
            Word::Key(Key::Feast(_)) => self.holiday(next),
            Word::Key(Key::Nowness) if self.is(next + 1, Key::Time) => {
                Some(Node::new(Core::Vague("PRESENT_REF"), next + 2))
            }
            Word::Unit { unit: unit @ (Unit::Month | Unit::Quarter), plural: false } => {
                self.the_month(unit, next)
            }
            Word::Cardinal(_) => self.counted_shift(next),
            Word::Key(
                Key::Early | Key::Late | Key::Mid | Key::Beginning | Key::Start | Key::End | Key::Rest,
            ) => self.edge(next),
            Word::Key(Key::Fiscal | Key::Calendar) => self.fiscal(next),
            _ => None,
        }
        .filter(|node| !matches!(node.core, Core::Every(..)))
    }

    /// "the weekend": the latest that has begun where the clause tells of the past, else the next.
    fn the_weekend(&self, at: usize) -> Option<Node> {
        let this = Period::around(self.today(), Unit::Weekend, 0)?;
        let over = matches!(self.before(at - 1), Word::Key(Key::Over));
        let told = match self.direction(at) {
            Direction::Past | Direction::Back => !matches!(self.before(at - 1), Word::Key(Key::Through)),
            Direction::Open => over,
            Direction::Future | Direction::Due => false,
        };
        let back = this.start > self.today() && told;
        let weekend = if back { Period::around(self.today(), Unit::Weekend, -1)? } else { this };
        Some(Node::period(weekend, at + 1))
    }

    /// "the day before yesterday", "the day after tomorrow", "the day".
    fn the_day(&self, at: usize) -> Option<Node> {
        let sign = match self.word(at + 1) {
            Word::Key(Key::Before) => -1,
            Word::Key(Key::After) => 1,
            Word::Key(Key::Earlier) | Word::Shift(Shift::Previous) => {
                return Some(Node::period(Period::day(add_days(self.anchor(), -1)), at + 2));
            }
            _ => {
                let part = matches!(self.before(at - 1), Word::Key(Key::In | Key::During | Key::Of))
                    && matches!(
                        self.before(at - 2),
                        Word::Key(Key::Earlier | Key::Later | Key::Late | Key::Early)
                    );
                let stops = self
                    .tokens
                    .get(at + 1)
                    .is_none_or(|next| matches!(next.word, Word::Sign(_) | Word::Key(Key::At)));
                let whole =
                    stops && matches!(self.before(at - 1), Word::Key(Key::On | Key::For | Key::During));
                let closed = matches!(
                    self.before(at - 1),
                    Word::Key(Key::End | Key::Ending | Key::Starting) | Word::Past
                );
                let led = part || whole || closed;
                return led.then(|| Node::period(Period::day(self.anchor()), at + 1));
            }
        };
        if let Some(node) = self.date(at + 2)
            && let Some(period) = self.settle(node, at + 2)
            && period.grain == Grain::Day
        {
            return Some(Node::period(Period::day(add_days(period.start, sign)), node.next));
        }
        let ends = self.tokens.get(at + 2).is_none()
            || !matches!(self.word(at + 2), Word::Other | Word::Key(Key::The | Key::A));
        ends.then(|| Node::period(Period::day(add_days(self.anchor(), sign)), at + 2))
    }

    /// "the year before last", "the year".
    fn the_year(&self, at: usize) -> Option<Node> {
        let ((Key::Before, sign) | (Key::After, sign)) = (match self.word(at + 1) {
            Word::Key(Key::Before) => (Key::Before, -1),
            Word::Key(Key::After) => (Key::After, 1),
            Word::Shift(Shift::Previous) => {
                return Some(Node::period(Period::around(self.anchor(), Unit::Year, -1)?, at + 2));
            }
            Word::Key(Key::To) if self.is(at + 2, Key::Date) => return self.until_today(Unit::Year, at + 3),
            _ => {
                let quantity = matches!(self.word(at + 1), Word::Digits { .. });
                let led =
                    matches!(self.before(at - 1), Word::Key(Key::Of | Key::In | Key::During | Key::For));
                return (led && !quantity).then(|| {
                    Period::around(self.today(), Unit::Year, 0).map(|period| Node::period(period, at + 1))
                })?;
            }
        }) else {
            return None;
        };
        matches!(self.word(at + 2), Word::Shift(Shift::Last | Shift::Next))
            .then(|| Period::around(self.today(), Unit::Year, 2 * sign).map(|p| Node::period(p, at + 3)))?
    }

    /// "year to date", "month-to-date": up to the publication day.
    fn until_today(&self, unit: Unit, next: usize) -> Option<Node> {
        let start = Period::around(self.today(), unit, 0)?.start;
        Some(Node::period(Period::range(start, self.today()), next))
    }

    /// "the month before last", "the quarter after next", "for the month".
    fn the_month(&self, unit: Unit, at: usize) -> Option<Node> {
        let sign = match self.word(at + 1) {
            Word::Key(Key::Before) => -2,
            Word::Key(Key::After) => 2,
            Word::Key(Key::To) if self.is(at + 2, Key::Date) => return self.until_today(unit, at + 3),
            _ => {
                let stops = self.tokens.get(at + 1).is_none_or(|next| matches!(next.word, Word::Sign(_)));
                let led = matches!(self.before(at - 1), Word::Key(Key::For | Key::In | Key::During));
                return (unit == Unit::Month && stops && led)
                    .then(|| Period::around(self.today(), unit, 0).map(|p| Node::period(p, at + 1)))?;
            }
        };
        let named = self.past_key(at + 2, Key::The);
        matches!(self.word(named), Word::Shift(Shift::Last | Shift::Next))
            .then(|| Period::around(self.today(), unit, sign).map(|p| Node::period(p, named + 1)))?
    }

    /// "the week of May 12", "the week before last", "the week".
    fn the_week(&self, at: usize) -> Option<Node> {
        match self.word(at + 1) {
            Word::Key(Key::Of | Key::Starting | Key::Beginning) => {
                self.week_of(self.past_key(at + 2, Key::On))
            }
            Word::Digits { .. } => self.week_number(at),
            Word::Key(key @ (Key::Before | Key::After)) => {
                let weeks = if key == Key::Before { -2 } else { 2 };
                matches!(self.word(at + 2), Word::Shift(Shift::Last | Shift::Next)).then(|| {
                    Period::around(self.today(), Unit::Week, weeks).map(|p| Node::period(p, at + 3))
                })?
            }
            _ => matches!(self.before(at - 1), Word::Key(Key::In | Key::Of))
                .then(|| Period::around(self.today(), Unit::Week, 0).map(|p| Node::period(p, at + 1)))?,
        }
    }

    fn week_of(&self, at: usize) -> Option<Node> {
        let node = self.date(at).or_else(|| self.day_alone(self.past_key(at, Key::The)))?;
        let period = self.settle(node, at)?;
        (period.grain == Grain::Day)
            .then(|| Period::around(period.start, Unit::Week, 0).map(|week| Node::period(week, node.next)))?
    }

    /// "this week", "last three months", "next Friday", "the following day".
    pub(super) fn shifted(&self, at: usize) -> Option<Node> {
        let Word::Shift(shift) = self.word(at) else { return None };
        if shift == Shift::Last
            && let Some(node) = self.last_of(at)
        {
            return Some(node);
        }
        let next = match self.word(at + 1) {
            Word::Key(Key::Calendar | Key::Fiscal) => at + 2,
            Word::Shift(Shift::This) => at + 2,
            _ => at + 1,
        };
        match self.word(next) {
            Word::Unit { unit, plural: false } => self.shifted_unit(shift, unit, at, next),
            // "on that date"
            Word::Key(Key::Date) if shift == Shift::Same => self.shifted_unit(shift, Unit::Day, at, next),
            Word::Weekday { day, plural: false } => {
                let node = Node::period(Period::day(self.shifted_weekday(shift, day, at)), next + 1);
                Some(self.weekday_with_date(next).unwrap_or(node))
            }
            Word::Month { month, .. } => self.shifted_month(shift, month, next),
            Word::Season(season) => self.shifted_season(shift, season, next),
            Word::Part(part) => self.shifted_part(shift, part, next),
            Word::Key(Key::Feast(_)) => self.shifted_holiday(shift, next),
            Word::Key(Key::Time) => self.this_time(shift, at),
            Word::Digits { .. } | Word::Cardinal(_) | Word::Scale(_) | Word::Key(Key::Few | Key::Couple) => {
                self.shifted_count(shift, next)
            }
            _ => None,
        }
    }

    /// "at this time", but not "at this time last year".
    fn this_time(&self, shift: Shift, at: usize) -> Option<Node> {
        let now = shift == Shift::This && self.before(at) == Word::Key(Key::At);
        let moved = matches!(self.word(at + 2), Word::Shift(_) | Word::Key(Key::Of));
        (now && !moved).then(|| Node::new(Core::Vague("PRESENT_REF"), at + 2))
    }

    /// "Friday, June 13" after "this": the date decides.
    fn weekday_with_date(&self, at: usize) -> Option<Node> {
        self.weekday(at).filter(|node| matches!(node.core, Core::Parts(Parts { day: Some(_), .. })))
    }

    fn shifted_unit(&self, shift: Shift, unit: Unit, at: usize, next: usize) -> Option<Node> {
        // "go back to July 2018 … on the same day": some day of that month.
        if let (Shift::Same, Unit::Day, Some(month)) = (shift, unit, self.month) {
            return Some(Node::period(Period::around(month, Unit::Month, 0)?, next + 1));
        }
        // "the same day" may point past a paragraph.
        let from = match (shift, unit, self.told) {
            (Shift::Same | Shift::Next, Unit::Day, None) => self.last.unwrap_or_else(|| self.today()),
            (Shift::Next, Unit::Day, Some(told)) => told,
            (Shift::Same, Unit::Day, Some(told)) => {
                let that = self.before(at) != Word::Key(Key::The);
                self.named.filter(|(_, near)| that || *near).map_or(told, |(day, _)| day)
            }
            (Shift::Following | Shift::Previous | Shift::Same, Unit::Month, _) => self.anchor_of(unit),
            _ => self.origin(shift),
        };
        let period = Period::around(from, unit, i64::from(relative(shift)))?;
        if shift == Shift::Same && unit > Unit::Day && !matches!(self.before(at), Word::Key(_)) {
            return None;
        }
        if unit == Unit::Week
            && let Some((day, next)) = self.weekday_in_week(next + 1)
        {
            return Some(Node::period(Period::day(add_days(period.start, i64::from(day) - 1)), next));
        }
        Some(Node::period(period, next + 1))
    }

    /// "on Monday", "- Monday", "Monday" after a week.
    fn weekday_in_week(&self, at: usize) -> Option<(i8, usize)> {
        let from = match self.word(at) {
            Word::Key(Key::On) | Word::Sign('-' | '–') => at + 1,
            _ => at,
        };
        match self.word(from) {
            Word::Weekday { day, plural: false } => Some((day, from + 1)),
            _ => None,
        }
    }

    /// The day that a word such as "next" counts from.
    fn origin(&self, shift: Shift) -> Date {
        match shift {
            Shift::Following | Shift::Previous | Shift::Same => self.anchor(),
            _ => self.today(),
        }
    }

    /// The day told last, else the publication day.
    pub(super) fn anchor(&self) -> Date {
        self.told.unwrap_or_else(|| self.today())
    }

    /// What "later" and "the following" count whole units from.
    pub(super) fn anchor_of(&self, unit: Unit) -> Date {
        self.month.filter(|_| unit >= Unit::Month).unwrap_or_else(|| self.anchor())
    }

    fn shifted_month(&self, shift: Shift, month: i8, at: usize) -> Option<Node> {
        let dated = self.month(at).filter(|node| {
            matches!(node.core, Core::Parts(Parts { day: Some(_), .. } | Parts { year: Some(_), .. }))
        });
        if let Some(node) = dated {
            return Some(node);
        }
        if month == 5 && !self.upper(at) {
            return None;
        }
        let today = self.today();
        // "In November 2020 … The following March": behind what is told.
        let told = self.month.or(self.story).filter(|told| told.year() < today.year());
        if let (Shift::Following | Shift::Next, Some(told)) = (shift, told)
            && !self.direction(at).ahead()
        {
            let year = told.year() + i16::from(month <= told.month());
            return Some(Node::period(Period::month(year, month)?, at + 1));
        }
        let year = today.year()
            + match shift {
                Shift::Last | Shift::Past | Shift::Previous => -i16::from(month >= today.month()),
                Shift::Next | Shift::Following => i16::from(month <= today.month()),
                Shift::This => 0,
                // "that April", in a story.
                Shift::Same => self.year? - today.year(),
            };
        Some(Node::period(Period::month(year, month)?, at + 1))
    }

    fn shifted_season(&self, shift: Shift, season: Season, at: usize) -> Option<Node> {
        let today = self.today();
        // "In November 2020 … The following spring", "that autumn", in a story.
        let told = self.month.or(self.told).or(self.story);
        if shift == Shift::Same {
            let begins = |day: Date| day.year() - i16::from(season == Season::Winter && day.month() <= 2);
            let year = told.filter(|told| self.year.or(self.chapter) == Some(told.year())).map(begins);
            return Some(Node::period(Period::season(year.or(self.year).or(self.chapter)?, season)?, at + 1));
        }
        let told = told.filter(|told| told.year() < today.year() && !self.direction(at).ahead());
        if let (Shift::Following | Shift::Next, Some(told)) = (shift, told) {
            let this = Period::season(told.year(), season)?;
            let next = if this.start > told { this } else { Period::season(told.year() + 1, season)? };
            return Some(Node::period(next, at + 1));
        }
        let year = today.year() - i16::from(season == Season::Winter && today.month() <= 2);
        let this = Period::season(year, season)?;
        let year = match shift {
            Shift::Last | Shift::Past | Shift::Previous if this.end > today => year - 1,
            Shift::Next | Shift::Following if this.start <= today => year + 1,
            _ => year,
        };
        Some(Node::period(Period::season(year, season)?, at + 1))
    }

    fn shifted_part(&self, shift: Shift, part: Part, at: usize) -> Option<Node> {
        let days = match (shift, part) {
            (Shift::This, _) => 0,
            (Shift::Last, Part::Night | Part::Evening) | (Shift::Previous, _) => -1,
            // "the next morning", told of the past: behind the day told.
            (Shift::Next | Shift::Following, _) => {
                let told = self.told.filter(|_| !self.direction(at).ahead());
                let day = add_days(told.unwrap_or_else(|| self.origin(shift)), 1);
                return Some(Node::period(Period::day(day), at));
            }
            // "the same evening", "that night": of the day told.
            (Shift::Same, _) => {
                // "announced it in January and dropped it the same evening": some day of that month.
                if let Some(month) = self.month {
                    return Some(Node::period(Period::around(month, Unit::Month, 0)?, at + 1));
                }
                let day = self.told.or(self.last)?;
                return Some(Node::period(Period::day(day), at + 1));
            }
            _ => return None,
        };
        let day = add_days(self.origin(shift), days);
        Some(Node::period(Period::day(day), at))
    }

    /// "last three months", "next 90 days".
    fn shifted_count(&self, shift: Shift, at: usize) -> Option<Node> {
        let (count, unit, next) = self.count_of(at)?;
        if let (
            Shift::Next | Shift::Following,
            Count::Exact(number),
            Some((Count::Exact(more), smaller, next)),
        ) = (shift, count, self.count_of(next))
            && smaller < unit
            && smaller >= Unit::Day
        {
            let from = self.origin(shift);
            let end = add(add(from, i64::from(number), unit), i64::from(more), smaller);
            let sum = [(count, unit), (Count::Exact(more), smaller), (Count::Exact(0), Unit::Day)];
            return (from < end).then(|| Node::new(Core::Sum(sum), next));
        }
        let node = self.length_to(shift, count, unit, next)?;
        // "within the next 30 days" begins at once.
        let lead = at.checked_sub(2).map_or(Word::Other, |lead| self.word(lead));
        let lead = if lead == Word::Key(Key::The) { self.before(at - 2) } else { lead };
        if let (Word::Key(Key::Within), Core::Length(_, _, Some(covered))) = (lead, node.core)
            && relative(shift) > 0
        {
            let (start, end) = (add_days(covered.start, -1), add_days(covered.end, -1));
            return Some(Node { core: Core::Length(count, unit, Some(Period::range(start, end))), ..node });
        }
        Some(node)
    }

    /// "three previous weeks", "two upcoming years".
    pub(super) fn counted_shift(&self, at: usize) -> Option<Node> {
        let (count, next) = self.count(at)?;
        let Word::Shift(shift) = self.word(next) else { return None };
        let Word::Unit { unit, .. } = self.word(next + 1) else { return None };
        self.length_to(shift, count, unit, next + 2)
    }

    fn length_to(&self, shift: Shift, count: Count, unit: Unit, next: usize) -> Option<Node> {
        let from = self.origin(shift);
        let Count::Exact(number) = count else {
            return Some(Node::new(Core::Length(count, unit, None), next));
        };
        let number = i64::from(number);
        let from = if unit == Unit::Quarter && relative(shift) > 0 {
            add_days(Period::around(from, unit, 0)?.end, -1)
        } else {
            from
        };
        let covered = match shift {
            Shift::Last | Shift::Past | Shift::Previous => Period::range(add(from, -number, unit), from),
            Shift::Next | Shift::Following => {
                let first = add_days(from, 1);
                Period::range(first, add(first, number, unit))
            }
            _ => return None,
        };
        Some(Node::new(Core::Length(count, unit, Some(covered)), next))
    }

    /// "the second of those days", "on the last day": of the days told last in one breath.
    fn day_of_run(&self, at: usize) -> Option<Node> {
        let (first, last) = self.run?;
        let is_day = |at: usize| self.word(at) == Word::Unit { unit: Unit::Day, plural: false };
        let next = if is_day(at + 1) {
            // "on the first day of the month" is of another whole.
            let stops = matches!(self.word(at + 2), Word::Sign(_)) || self.tokens.get(at + 2).is_none();
            (self.before(at - 1) == Word::Key(Key::On) && stops).then_some(at + 2)?
        } else {
            let these = self.is(at + 1, Key::Of)
                && matches!(self.word(at + 2), Word::Shift(Shift::Same) | Word::Key(Key::The) | Word::Other);
            let of = if matches!(self.word(at + 3), Word::Cardinal(_)) { at + 4 } else { at + 3 };
            (these && self.word(of) == Word::Unit { unit: Unit::Day, plural: true }).then_some(of + 1)?
        };
        let day = match self.word(at) {
            Word::Shift(Shift::Last) | Word::Ordinal(99) => last,
            Word::Ordinal(1) => first,
            Word::Ordinal(number) => {
                let day = add_days(first, i64::from(number) - 1);
                if day <= last { day } else { (number == 2).then_some(last)? }
            }
            _ => return None,
        };
        Some(Node::period(Period::day(day), next))
    }

    /// "earlier this month", "later in the week", "earlier today".
    pub(super) fn earlier(&self, at: usize) -> Option<Node> {
        let modifier = if self.is(at, Key::Earlier) { Modifier::Earlier } else { Modifier::Later };
        let next = at + 1;
        match self.word(next) {
            Word::Shift(_) => self.shifted(next),
            Word::Key(Key::Today) => self.deictic(next),
            Word::Key(Key::In | Key::On) => {
                let unit_at = self.past_key(next + 1, Key::The);
                match self.word(unit_at) {
                    Word::Unit { unit, plural: false } if unit_at > next + 1 => {
                        let from = if unit == Unit::Day { self.anchor() } else { self.today() };
                        Some(Node::period(Period::around(from, unit, 0)?, unit_at + 1))
                    }
                    Word::Month { .. } if unit_at == next + 1 => self.month(unit_at),
                    Word::Digits { .. } if unit_at == next + 1 => self.numeric(unit_at),
                    _ => None,
                }
            }
            _ => None,
        }
        .map(|node| node.with(modifier))
    }

    /// "third quarter of 2025", "first half", "first week of May", "14th of May", "second Monday of May".
    pub(super) fn ordinal(&self, at: usize) -> Option<Node> {
        if let Some(node) = self.spelled_day(at) {
            return Some(node);
        }
        let Word::Ordinal(number) = self.word(at) else { return None };
        if matches!(number, 1 | 99)
            && let Some(node) = self.stretch(number == 99, at + 1)
        {
            return Some(node);
        }
        self.nth(number, at + 1)
    }

    /// "twenty-first of May", "fourteenth May 2025".
    pub(super) fn spelled_day(&self, at: usize) -> Option<Node> {
        let (day, after) = self.day_number(at)?;
        if let Some((last, next)) = self.last_day(after)
            && let Some((month, next)) = self.month_name(next)
        {
            let (year, next) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
            return Some(self.days_of_month(year, month, day, last, next));
        }
        let named = if self.word(after) == (Word::Unit { unit: Unit::Day, plural: false }) {
            after + 1
        } else {
            after
        };
        if let Some((month, next)) = self.month_name(named) {
            let (year, next) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
            return Some(Node::new(
                whole(Parts { year, month: Some(month), day: Some(day), weekday: None }),
                next,
            ));
        }
        self.day_of_this_month(at)
    }

    /// "the 20th of next month", "the 9th of the month", "from 4 to 22 this month".
    pub(super) fn day_of_this_month(&self, at: usize) -> Option<Node> {
        let (day, after) = self.day_number(at)?;
        let (last, next) = self.last_day(after).unwrap_or((day, after));
        let of = self.is(next, Key::Of);
        let exact = of || last != day || next > at + 1;
        let (month, next) = self.relative_month(self.past_key(next, Key::Of), of)?;
        let (year, month) = (month.start.year(), month.start.month());
        exact.then(|| self.days_of_month(Some(year), month, day, last, next)).map(|node| match node.core {
            Core::Period(days) if last == day => Node::period(Period::day(days.start), node.next),
            _ => node,
        })
    }

    /// "this month", "next month", after "of" also "the month"; and the token after.
    fn relative_month(&self, at: usize, of: bool) -> Option<(Period, usize)> {
        let shift = match self.word(at) {
            Word::Shift(shift) => shift,
            Word::Key(Key::The) if of && matches!(self.word(at + 1), Word::Shift(_)) => {
                return self.relative_month(at + 1, false);
            }
            Word::Key(Key::The) if of => Shift::This,
            _ => return None,
        };
        (self.word(at + 1) == Word::Unit { unit: Unit::Month, plural: false }).then_some(())?;
        // "on the 26th of that month": of the month told.
        let told = matches!(shift, Shift::Same | Shift::Following | Shift::Previous);
        let from = if told { self.anchor_of(Unit::Month) } else { self.today() };
        Some((Period::around(from, Unit::Month, i64::from(relative(shift)))?, at + 2))
    }

    /// What the `number`th of something is, the something at token `at`.
    pub(super) fn nth(&self, number: u32, at: usize) -> Option<Node> {
        let last = number == 99;
        match self.word(at) {
            Word::Unit { unit: Unit::Quarter, plural: false } => {
                let quarter =
                    if last { 4 } else { i8::try_from(number).ok().filter(|q| (1..=4).contains(q))? };
                Some(self.in_year(quarter, false, at + 1))
            }
            Word::Key(Key::Half) => {
                let half =
                    if last { 2 } else { i8::try_from(number).ok().filter(|h| (1..=2).contains(h))? };
                let node = self.in_year(half, true, at + 1);
                (node.next > at + 1).then_some(node)
            }
            Word::Unit { unit: unit @ (Unit::Week | Unit::Day | Unit::Weekend), plural: false } => {
                self.nth_of(number, unit, at + 1)
            }
            Word::Weekday { day, plural: false } => self.nth_weekday(number, day, at + 1),
            Word::Unit { unit: Unit::Century, plural: false } => self.nth_century(number, at),
            _ => None,
        }
    }

    /// A quarter or half with the year that follows, if one does.
    fn in_year(&self, number: i8, halves: bool, at: usize) -> Node {
        let build = |year| if halves { Period::half(year, number) } else { Period::quarter(year, number) };
        let of = match self.word(at) {
            Word::Key(Key::Of | Key::In) => at + 1,
            _ => self.past_sign(at, ','),
        };
        if let Some((year, next)) = self.year_number(of)
            && let Some(period) = build(year)
        {
            return Node::period(period, next);
        }
        let shifted = self.past_key(of, Key::The);
        let year = match (self.word(shifted), self.word(shifted + 1)) {
            (Word::Shift(shift), Word::Unit { unit: Unit::Year, plural: false }) => {
                Some((self.today().year() + relative(shift), shifted + 2))
            }
            (Word::Unit { unit: Unit::Year, plural: false }, _) if shifted > of => {
                Some((self.today().year(), shifted + 1))
            }
            _ => None,
        };
        if let Some((year, next)) = year
            && let Some(period) = build(year)
        {
            return Node::period(period, next);
        }
        Node::new(Core::Quarter { quarter: number, halves }, at)
    }

    /// "first week of May", "last day of the month".
    fn nth_of(&self, number: u32, unit: Unit, at: usize) -> Option<Node> {
        let of = match self.word(at) {
            Word::Key(Key::Of | Key::In) => at + 1,
            Word::Shift(_) => at,
            _ => return None,
        };
        let node = self.date(of)?;
        let whole = self.settle(node, of)?;
        (whole.grain > Grain::Week).then_some(())?;
        let start = nth_start(&whole, number, unit)?;
        let period = Period::around(start, unit, 0)?;
        if unit == Unit::Week
            && let Some((day, next)) = self.weekday_in_week(node.next)
        {
            return Some(Node::period(Period::day(add_days(period.start, i64::from(day) - 1)), next));
        }
        Some(Node::period(period, node.next))
    }

    fn nth_weekday(&self, number: u32, day: i8, at: usize) -> Option<Node> {
        let of = match self.word(at) {
            Word::Key(Key::Of | Key::In) => at + 1,
            _ => return None,
        };
        let node = self.date(of)?;
        let whole = self.settle(node, of)?;
        (whole.grain == Grain::Month || whole.grain == Grain::Year).then_some(())?;
        let date = if number == 99 {
            crate::time::calendar::weekday_back(whole.last_day(), day)
        } else {
            add_days(weekday_forth(whole.start, day), 7 * (i64::from(number) - 1))
        };
        (date < whole.end).then(|| Node::period(Period::day(date), node.next))
    }

    /// "last week of March" and "last day of May", where "last" is a place, not a shift.
    fn last_of(&self, at: usize) -> Option<Node> {
        match self.word(at + 1) {
            Word::Unit { unit: unit @ (Unit::Week | Unit::Day | Unit::Weekend), plural: false }
                if self.is(at + 2, Key::Of) =>
            {
                self.nth_of(99, unit, at + 2)
            }
            Word::Digits { .. } | Word::Cardinal(_) => self.stretch(true, at + 1),
            Word::Weekday { day, .. } if self.is(at + 2, Key::Of) || self.is(at + 2, Key::In) => {
                self.nth_weekday(99, day, at + 2)
            }
            Word::Unit { unit: Unit::Quarter, plural: false } if self.is(at + 2, Key::Of) => {
                let node = self.in_year(4, false, at + 2);
                (node.next > at + 2).then_some(node)
            }
            _ => None,
        }
    }

    /// "the 14th", where the words around say a day is meant.
    pub(super) fn day_alone(&self, at: usize) -> Option<Node> {
        let lead = if self.before(at) == Word::Key(Key::The) { at - 1 } else { at };
        let led = matches!(
            self.before(lead),
            Word::Key(
                Key::On
                    | Key::By
                    | Key::Until
                    | Key::Since
                    | Key::From
                    | Key::Before
                    | Key::After
                    | Key::Of
                    | Key::Through
                    | Key::For
            )
        );
        let (day, next) = self.day_number(at)?;
        let ordinal = !matches!(self.word(at), Word::Digits { .. }) || next > at + 1;
        let noun = match self.word(next) {
            Word::Other => self.tokens.get(next).is_some_and(|_| !self.dash(next)),
            Word::Sign(sign) => !matches!(sign, '.' | ',' | ';' | '?' | '!' | ')'),
            // "for the sixth time": no sixth day.
            Word::Unit { .. }
            | Word::Season(_)
            | Word::Scale(_)
            | Word::Ordinal(_)
            | Word::Key(Key::Time) => true,
            _ => false,
        };
        (led && ordinal && !noun && day != 0)
            .then(|| Node::new(Core::Parts(Parts { day: Some(day), ..Parts::default() }), next))
    }

    /// "spring 2025", "the summer", "last winter" has its own rule.
    pub(super) fn season(&self, at: usize) -> Option<Node> {
        let Word::Season(season) = self.word(at) else { return None };
        let of = match self.word(at + 1) {
            Word::Key(Key::Of) => at + 2,
            _ => self.past_sign(at + 1, ','),
        };
        if let Some((year, next)) = self.year_number(of).or_else(|| self.spelled_year(of)) {
            return Some(Node::period(Period::season(year, season)?, next));
        }
        let shifted = self.past_key(of, Key::The);
        if let (Word::Shift(shift), Word::Unit { unit: Unit::Year, plural: false }) =
            (self.word(shifted), self.word(shifted + 1))
        {
            let year = match shift {
                // "the summer of that year", in a story.
                Shift::Same => self.year?,
                _ => self.today().year() + relative(shift),
            };
            return Some(Node::period(Period::season(year, season)?, shifted + 2));
        }
        let lead = if self.before(at) == Word::Key(Key::The) { at - 1 } else { at };
        let led = matches!(
            self.before(lead),
            Word::Key(
                Key::In
                    | Key::During
                    | Key::Since
                    | Key::By
                    | Key::Until
                    | Key::Early
                    | Key::Late
                    | Key::Mid
                    | Key::Of
            )
        ) || self.dash(at.wrapping_sub(1));
        if !led {
            return None;
        }
        if let Some(year) = self.chapter {
            return Some(Node::period(Period::season(year, season)?, at + 1));
        }
        let shift = match self.direction(at) {
            direction if direction.ahead() => Shift::Next,
            _ => Shift::This,
        };
        let node = self.shifted_season(shift, season, at)?;
        let Core::Period(period) = node.core else { return None };
        let past = shift == Shift::This && period.start > self.today();
        if past { self.shifted_season(Shift::Last, season, at) } else { Some(node) }
    }

    /// "week 31".
    fn week_number(&self, at: usize) -> Option<Node> {
        let (number @ 1..=53, ..=2) = self.digits(at + 1)? else { return None };
        let first = monday(Date::new(self.today().year(), 1, 4).ok()?);
        Some(Node::period(Period::around(first, Unit::Week, i64::from(number) - 1)?, at + 2))
    }

    /// "year-end", "Week 31", "Monday morning" has its own rule.
    pub(super) fn unit_first(&self, at: usize) -> Option<Node> {
        let Word::Unit { unit, plural } = self.word(at) else { return None };
        if unit == Unit::Weekend {
            if plural {
                return Some(Node::new(Core::Every(Count::Exact(1), unit), at + 1));
            }
            let led = matches!(self.before(at), Word::Key(Key::On | Key::At));
            return led.then(|| self.the_weekend(at))?;
        }
        let next = self.past_dash(at + 1);
        if self.is(next, Key::End) && !plural && unit >= Unit::Month {
            return Some(Node::period(Period::around(self.today(), unit, 0)?, next + 1).with(Modifier::End));
        }
        let to = self.past_dash(at + 1);
        if self.is(to, Key::To) && !plural {
            let date = self.past_dash(to + 1);
            return self.is(date, Key::Date).then(|| self.until_today(unit, date + 1))?;
        }
        if unit == Unit::Week && !plural {
            if let Some(node) = self.week_number(at) {
                return Some(node);
            }
            if self.is(at + 1, Key::Of) {
                return self.week_of(at + 2);
            }
        }
        if plural && unit >= Unit::Day {
            let led =
                matches!(self.before(at), Word::Key(Key::For | Key::In | Key::Over | Key::Within | Key::Of))
                    || matches!(self.before(at), Word::Shift(_));
            let long = self.dash(at + 1) && self.glued(at + 2) && self.word(at + 2) == Word::Other;
            let suffixed = self.is(at + 1, Key::Ago);
            return ((led && unit >= Unit::Month && !self.is(at + 1, Key::Of))
                || (long && unit >= Unit::Day)
                || suffixed)
                .then(|| {
                    if suffixed {
                        Node::new(Core::Vague("PAST_REF"), at + 2)
                    } else {
                        Node::new(Core::Length(Count::Vague, unit, None), at + 1)
                    }
                });
        }
        None
    }

    /// "Q3 2025", "H1", "FY2026", "fiscal year 2026", "calendar year 2008".
    pub(super) fn fiscal(&self, at: usize) -> Option<Node> {
        if self.is(at, Key::Q) || self.is(at, Key::H) {
            let most = if self.is(at, Key::Q) { 4 } else { 2 };
            let (number, 1) = self.digits(at + 1)? else { return None };
            let number = i8::try_from(number).ok().filter(|n| (1..=most).contains(n))?;
            (self.glued(at + 1) && !self.glued(at) && self.upper(at) && !self.is(at, Key::H)
                || self.glued(at + 1) && self.is(at, Key::H) && self.year_after(at + 2).is_some()
                || self.glued(at + 1) && !self.upper(at) && self.is(at, Key::Q) && !self.glued(at))
            .then_some(())?;
            let dash = self.past_dash(at + 2);
            return Some(self.in_year(number, most == 2, dash));
        }
        if self.is(at, Key::Fy) {
            let year_at = self.past_dash(at + 1);
            let (value, len) = self.digits(year_at)?;
            let year = match len {
                4 => self.year_number(year_at)?.0,
                2 => super::absolute::century(value),
                _ => return None,
            };
            return Some(Node::period(Period::fiscal_year(year)?, year_at + 1));
        }
        if self.is(at, Key::Fiscal) && matches!(self.word(at + 1), Word::Digits { .. }) {
            let (year, next) = self.year_number(at + 1)?;
            return Some(Node::period(Period::fiscal_year(year)?, next));
        }
        if self.word(at + 1) == (Word::Unit { unit: Unit::Year, plural: false }) {
            let (year, next) = self.year_number(at + 2).unwrap_or((self.today().year(), at + 2));
            let fiscal = self.is(at, Key::Fiscal);
            let period = if fiscal { Period::fiscal_year(year) } else { Period::year(year) };
            return Some(Node::period(period?, next));
        }
        None
    }
}

/// First day of the `number`th unit of a period; 99 is the last.
fn nth_start(whole: &Period, number: u32, unit: Unit) -> Option<Date> {
    let step = if unit == Unit::Day { 1 } else { 7 };
    // A week belongs to where most of its days are.
    let lead = if unit == Unit::Week { 3 } else { 0 };
    let first = if unit == Unit::Day { whole.start } else { monday(add_days(whole.start, lead)) };
    let start = if number == 99 {
        if unit == Unit::Day { whole.last_day() } else { monday(add_days(whole.last_day(), -lead)) }
    } else {
        add_days(first, step * (i64::from(number) - 1))
    };
    (start < whole.end && add_months(start, 1) > whole.start).then_some(start)
}
