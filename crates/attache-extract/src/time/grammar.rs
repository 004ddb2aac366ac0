//! The grammar: at a token, which expression starts there. Each function looks at a bounded number
//! of tokens, so that reading a text takes time in proportion to its length.

mod absolute;
mod clock;
mod counted;
mod edge;
mod holiday;
mod number;
mod numeric;
mod recurring;
mod relative;
mod spelled;
mod stretch;

use jiff::civil::{Date, DateTime};

use super::context::{self, Direction};
use super::lexicon::{Key, Word};
use super::node::{Core, Node};
use super::resolve;
use super::scan::Token;

/// The tokens with what the grammar must know to settle relative expressions.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'t> {
    pub(super) tokens: &'t [Token],
    /// The publication instant, or the day of the entry of a chronicle.
    pub(super) reference: DateTime,
    /// The day of publication.
    pub(super) published: Date,
    /// The day told last, in reach of "the following day".
    pub(super) told: Option<Date>,
    /// The day named last, be it one since which something has run: "that day". Whether it is named in the same
    /// sentence, so that "the same day" means it too.
    pub(super) named: Option<(Date, bool)>,
    /// The first and last of the days told last in one breath: "the second of those days".
    pub(super) run: Option<(Date, Date)>,
    /// A list of what is to come: "The week ahead".
    pub(super) agenda: bool,
    /// The start of the month told last, where no day was told since.
    pub(super) month: Option<Date>,
    /// The start of the date in an earlier year that the paragraph has come to.
    pub(super) story: Option<Date>,
    /// Whether the sentence itself tells that day.
    pub(super) story_here: bool,
    /// The year that heads the part of the text.
    pub(super) chapter: Option<i16>,
    /// The day told last, in whatever paragraph.
    pub(super) last: Option<Date>,
    /// The year told last.
    pub(super) year: Option<i16>,
    /// How many expressions this one stands inside.
    pub(super) depth: u8,
}

/// How deep an expression may nest: "the last day of the second week of the month after next".
const DEEPEST: u8 = 3;

/// A day without a year that lies so few days back is told as news.
const NEWS: i64 = 14;

impl Grammar<'_> {
    /// The expression of dates or durations that starts at token `at`.
    pub(super) fn date(&self, at: usize) -> Option<Node> {
        (self.depth < DEEPEST).then(|| Self { depth: self.depth + 1, ..*self }.start(at))?
    }

    fn start(&self, at: usize) -> Option<Node> {
        match self.word(at) {
            Word::Digits { .. } => self.numeric(at),
            Word::Month { .. } => self.month(at),
            Word::Weekday { plural: false, .. } => self.weekday(at),
            Word::Weekday { day, plural: true } => Some(Node::new(Core::EveryWeekday(day), at + 1)),
            Word::Shift(_) => self.shifted(at),
            Word::Ordinal(_) => self.ordinal(at),
            Word::Cardinal(_) | Word::Scale(_) => self
                .counted(at)
                .or_else(|| self.spelled_day(at))
                .or_else(|| self.cardinal_day(at))
                .or_else(|| self.year_in_words(at)),
            Word::Season(_) => self.season(at),
            Word::Every { .. } => self.recurring(at),
            Word::Unit { .. } | Word::Part(_) => self.unit_first(at),
            Word::Key(key) => match key {
                Key::The => self.the(at),
                Key::Early | Key::Late | Key::Mid | Key::Beginning | Key::Start | Key::End | Key::Rest => {
                    self.edge(at)
                }
                Key::Earlier | Key::Later => self.earlier(at),
                Key::Today
                | Key::Tonight
                | Key::Yesterday
                | Key::Tomorrow
                | Key::Present
                | Key::Nowness
                | Key::Soon
                | Key::Recent => self.deictic(at),
                Key::A | Key::Few | Key::Couple | Key::Half => self.counted(at),
                Key::Each | Key::Once | Key::Per | Key::Semi | Key::Bi => self.recurring(at),
                Key::Another | Key::All => self.one_more(at),
                Key::Brief(day) => self.brief_weekday(day, at),
                Key::Feast(_) => self.holiday(at),
                Key::Tens(_) => self.decade_in_words(at),
                Key::Q | Key::H | Key::Fy | Key::Fiscal | Key::Calendar => self.fiscal(at),
                _ => None,
            },
            Word::Sign('\'' | '’') => self.short_year(at),
            _ => None,
        }
    }

    pub(super) fn today(&self) -> Date {
        self.reference.date()
    }

    pub(super) fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::Other, |token| token.word)
    }

    /// The word before token `at`.
    pub(super) fn before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(Word::Other, |before| self.word(before))
    }

    pub(super) fn is(&self, at: usize, key: Key) -> bool {
        self.word(at) == Word::Key(key)
    }

    pub(super) fn sign(&self, at: usize, sign: char) -> bool {
        self.word(at) == Word::Sign(sign)
    }

    /// A hyphen or dash.
    pub(super) fn dash(&self, at: usize) -> bool {
        matches!(self.word(at), Word::Sign('-' | '–' | '—' | '‐' | '‑' | '~'))
    }

    /// No blank stands between token `at` and the one before.
    pub(super) fn glued(&self, at: usize) -> bool {
        at > 0
            && match (self.tokens.get(at - 1), self.tokens.get(at)) {
                (Some(left), Some(right)) => left.end == right.start,
                _ => false,
            }
    }

    pub(super) fn upper(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.upper)
    }

    /// `at`, or the token after it where that is a hyphen in `at`.
    pub(super) fn past_dash(&self, at: usize) -> usize {
        if self.dash(at) { at + 1 } else { at }
    }

    pub(super) fn past_key(&self, at: usize, key: Key) -> usize {
        if self.is(at, key) { at + 1 } else { at }
    }

    pub(super) fn past_sign(&self, at: usize, sign: char) -> usize {
        if self.sign(at, sign) { at + 1 } else { at }
    }

    /// The number at `at` and how many digits it has.
    pub(super) fn digits(&self, at: usize) -> Option<(u32, u8)> {
        match self.word(at) {
            Word::Digits { value, len } if len <= 9 => Some((value, len)),
            _ => None,
        }
    }

    /// Which way the clause around token `at` points.
    pub(super) fn direction(&self, at: usize) -> Direction {
        // "The duty rises to 25 percent on October 1": a timetable, unless it is told of a year gone by.
        if self.story.is_none() && self.chapter.is_none() && context::moves(self.tokens, at) {
            return Direction::Future;
        }
        match context::direction(self.tokens, at) {
            Direction::Open if self.agenda => Direction::Future,
            direction => direction,
        }
    }

    /// "In May 2019 … and on June 1": a day or month without a year goes on with the year told.
    fn in_story(&self, parts: super::node::Parts, at: usize) -> Option<super::period::Period> {
        let month = parts.month.filter(|_| parts.year.is_none())?;
        let year = match (self.story, self.chapter) {
            (Some(story), _) => {
                // "Canada had not waited: in May": before what was told, in that year.
                let before = context::pluperfect(self.tokens, at) && story.year() < self.published.year();
                let next = (month, parts.day.unwrap_or(31)) < (story.month(), story.day()) && !before;
                story.year() + i16::from(next)
            }
            (None, chapter) => chapter?,
        };
        let told = super::node::Parts { year: Some(year), ..parts };
        let period = resolve::period(Core::Parts(told), self.today(), || Direction::Past)?;
        // "They signed it in February 2022. On March 2 he raised it", told a week after such a day: that one.
        let news = parts.day.is_some_and(|day| {
            let near = Date::new(self.published.year(), month, day).ok();
            near.is_some_and(|near| {
                near <= self.published && super::calendar::add_days(near, NEWS) >= self.published
            })
        });
        if news && self.story.is_some_and(|story| story.year() < self.published.year()) && !self.story_here {
            return None;
        }
        let fits = parts.weekday.is_none_or(|day| super::calendar::weekday(period.start) == day);
        let direction = self.direction(at);
        // "prolonged it until August 1", told of a year gone by.
        let then = direction == Direction::Due && self.story.is_some() && !context::foretold(self.tokens, at);
        (fits && period.start <= self.today() && (!direction.ahead() || then)).then_some(period)
    }

    /// "Talks on 17 May … a statement on the 19th": in the month of the day told or, where that day is
    /// over, in the next one, never past the day of publication.
    fn day_behind_told(&self, day: i8, at: usize) -> Option<super::period::Period> {
        // "Roe went in January. On the 16th": of that month.
        let month = match self.month {
            Some(month) => month.first_of_month(),
            None => {
                let told = self.told.or(self.story)?;
                super::calendar::add_months(told.first_of_month(), i64::from(day < told.day()))
            }
        };
        let date = Date::new(month.year(), month.month(), day).ok()?;
        let past = date <= self.published && !self.direction(at).ahead();
        past.then(|| super::period::Period::day(date))
    }

    /// "is putting up its prices from March": a month that starts before long, where nothing is told as past.
    fn soon(&self, parts: super::node::Parts, at: usize) -> Option<super::period::Period> {
        const MONTHS: i8 = 4;
        let month = parts.month.filter(|_| parts.year.is_none() && parts.day.is_none())?;
        let today = self.today();
        let ahead = (month - today.month()).rem_euclid(12);
        let starts = context::relation(self.tokens, at) == context::Relation::From
            && (1..=MONTHS).contains(&ahead)
            && context::not_past(self.tokens, at);
        let year = today.year() + i16::from(month < today.month());
        starts.then(|| super::period::Period::month(year, month))?
    }

    /// Settles `node`, which starts at token `at`, as days.
    pub(super) fn settle(&self, node: Node, at: usize) -> Option<super::period::Period> {
        if let Core::Parts(parts) = node.core {
            let told = self.in_story(parts, at).filter(|_| !context::counts_from_now(self.tokens, at));
            if let Some(period) = told.or_else(|| self.soon(parts, at)) {
                return Some(period);
            }
        }
        if let (Core::Quarter { .. }, Some(year)) = (node.core, self.chapter) {
            return resolve::period(node.core, Date::new(year, 12, 31).ok()?, || Direction::Past);
        }
        // "**2023** On April 15 Oslo closed the port. On Monday Bern did": one day of that week, or none that is known.
        if let Core::Parts(super::node::Parts { year: None, month: None, day: None, weekday: Some(weekday) }) =
            node.core
            && self.chapter.is_some()
        {
            let told = self.told?;
            let days = (weekday - super::calendar::weekday(told) + 6).rem_euclid(7) + 1;
            return Some(super::period::Period::day(super::calendar::add_days(told, days.into())));
        }
        if let Core::Parts(super::node::Parts { year: None, month: None, day: Some(day), weekday: None }) =
            node.core
            && let Some(period) = self.day_behind_told(day, at)
        {
            return Some(period);
        }
        resolve::period(node.core, self.today(), || self.direction(at))
    }
}
