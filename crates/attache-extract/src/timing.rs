//! Expressions of time as the event builder needs them.

use jiff::civil::Date;

use crate::span::Span;
use crate::time::Relation;
use crate::when::{EventDate, Length, Moment};

/// One expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timing {
    pub(crate) span: Span,
    /// As the day or days on which something happened.
    pub(crate) date: Option<EventDate>,
    /// As the start or end of a measure.
    pub(crate) moment: Option<Moment>,
    /// A time of day without a word of the day.
    pub(crate) bare_clock: bool,
    /// As the start and end of a measure: "from June 1 to June 30".
    pub(crate) ends: Option<(Moment, Moment)>,
    /// As a duration.
    pub(crate) length: Option<Length>,
    /// How it bears on what it dates.
    pub(crate) relation: Relation,
    /// As days to come, where the text leaves the direction open.
    pub(crate) ahead: Option<(EventDate, Option<Moment>)>,
    /// As days past, where the text leaves the direction open.
    pub(crate) back: Option<EventDate>,
}

/// What is said to begin on a weekday just past begins on the next one.
const WEEK: i32 = 7;

impl Timing {
    /// The moment for what is still to come: a weekday without a date is the next one.
    pub(crate) fn upcoming(&self, published: Date) -> Option<Moment> {
        match (&self.ahead, self.date.and_then(|d| d.end())) {
            (Some((_, Some(moment))), Some(last)) if last < published => {
                let far = moment.days().and_then(|(first, _)| published.until(first).ok());
                far.filter(|far| far.get_days() <= WEEK).map_or(self.moment, |_| Some(*moment))
            }
            _ => self.moment,
        }
    }
}
