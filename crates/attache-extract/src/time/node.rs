//! What the grammar hands to the resolver: an expression read but not yet placed in time.

use super::lexicon::{Part, Unit, Zone};
use super::period::Period;

/// Which part of a unit, or how far it had gone, an expression means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modifier {
    /// "early", "the start of".
    Early,
    /// "mid", "the middle of".
    Mid,
    /// "late".
    Late,
    /// "the end of": its last day where a deadline is meant.
    End,
    /// "earlier this month": before the publication day.
    Earlier,
    /// "later this month", "the rest of": after the publication day.
    Later,
}

/// Parts of a date that the text gives; the others are implied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<i8>,
}

/// How many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    Exact(u32),
    /// That many and a half.
    AndHalf(u32),
    /// "several", "few": more than one.
    Vague,
}

/// The meaning of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Core {
    /// A date with what it leaves open.
    Parts(Parts),
    /// A quarter or half (`halves`) whose year is open.
    Quarter { quarter: i8, halves: bool },
    /// Settled days.
    Period(Period),
    /// A duration, and the days it covers where they are known.
    Length(Count, Unit, Option<Period>),
    /// Two or three units together: "two years and six months"; unused places are zero.
    Sum([(Count, Unit); 3]),
    /// A recurrence.
    Every(Count, Unit),
    /// Every such weekday.
    EveryWeekday(i8),
    /// A TIMEX3 reference: `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Vague(&'static str),
    /// Looks like a date but is none, such as 32 August: to be passed over whole.
    Bad,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    At { hour: i8, minute: Option<i8>, second: Option<i8>, zone: Option<Zone> },
    Part(Part),
}

/// An expression that ends before token `next`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) core: Core,
    pub(super) modifier: Option<Modifier>,
    pub(super) next: usize,
}

impl Node {
    pub(super) const fn new(core: Core, next: usize) -> Self {
        Self { core, modifier: None, next }
    }

    pub(super) const fn period(period: Period, next: usize) -> Self {
        Self::new(Core::Period(period), next)
    }

    pub(super) const fn with(mut self, modifier: Modifier) -> Self {
        self.modifier = Some(modifier);
        self
    }
}
