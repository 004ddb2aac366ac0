//! The tariff ledger: which duties of one side on another's goods stand, as of an instant, measure
//! by measure. "Announced" is not "in force", a threat is neither, and an end that passed has passed.

mod layer;
mod ledger;
mod measure;
mod step;
mod zone;

use attache_extract::StateCode;
use attache_extract::event::Percent;
use attache_extract::when::Moment;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::id::EventId;
use crate::row::StoredEvent;
use crate::view::origin::Certainty;

pub use layer::{all_goods, label, layer_of};
pub(crate) use layer::{goods, named};
pub use ledger::Ledger;
pub use zone::zone_of;

/// State of a measure, or of a part of it, as of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Charged.
    InForce,
    /// A part, or all of it, is not charged for a time.
    Suspended,
    /// Made known, not charged yet.
    Announced,
    /// Said to come if something happens.
    Threatened,
    /// Ended by a decision.
    Removed,
    /// Its time, or its suspension's time, ran out and no text says what followed.
    Expired,
    /// A threat whose day passed without it.
    Lapsed,
}

impl State {
    /// The word used in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Suspended => "suspended",
            Self::Announced => "announced",
            Self::Threatened => "threatened",
            Self::Removed => "removed",
            Self::Expired => "expired",
            Self::Lapsed => "lapsed",
        }
    }

    /// Charged, or kept from being charged: the measure exists.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::InForce | Self::Suspended)
    }

    /// It was, or was to be, and is no more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Removed | Self::Expired | Self::Lapsed)
    }
}

/// The instant a status is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AsOf {
    /// The end of a day, by the imposer's clock.
    Day(Date),
    /// An instant; `day` is its calendar day where it was written down.
    Instant {
        /// The instant.
        at: Timestamp,
        /// The day.
        day: Date,
    },
    /// A clock time of a day, by the imposer's clock.
    Clock(jiff::civil::DateTime),
}

impl AsOf {
    /// Reads `2025-05-23`, `2025-05-23T09:00` or `2025-05-23T09:00-04:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let moment: Moment = text.trim().parse().ok()?;
        let (day, last) = moment.days().filter(|(first, last)| first == last && !moment.by)?;
        let Some(time) = moment.time else { return Some(Self::Day(last)) };
        let local = day.to_datetime(time);
        let Some(minutes) = moment.offset else { return Some(Self::Clock(local)) };
        let offset = jiff::tz::Offset::from_seconds(i32::from(minutes) * 60).ok()?;
        Some(Self::Instant { at: offset.to_timestamp(local).ok()?, day })
    }

    fn instant(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => {
                let next = day.tomorrow().map_or(Timestamp::MAX, |next| zone::start_of(next, zone));
                next.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(next)
            }
            Self::Instant { at, .. } => at,
            Self::Clock(local) => zone.to_timestamp(local).unwrap_or(Timestamp::MAX),
        }
    }

    /// Its day by a clock.
    fn day(self, zone: &TimeZone) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Instant { at, .. } => zone.to_datetime(at).date(),
            Self::Clock(local) => local.date(),
        }
    }

    /// Its day as it was written down.
    #[must_use]
    pub fn own_day(self) -> Date {
        match self {
            Self::Day(day) | Self::Instant { day, .. } => day,
            Self::Clock(local) => local.date(),
        }
    }

    const fn clocked(self) -> bool {
        !matches!(self, Self::Day(_))
    }
}

impl From<Date> for AsOf {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

/// One row of a status. What no text says is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Name of the legal layer; `unspecified` where the texts do not say.
    pub layer: String,
    /// The measure's goods within its layer: a list's name, or words in order; empty for all.
    pub goods: String,
    /// On whose goods; `None` for everybody's.
    pub on: Option<StateCode>,
    /// Goods, in the text's words.
    pub scope: Option<String>,
    /// Ad valorem rate charged (or announced, or threatened).
    pub rate: Option<Percent>,
    /// The rate in the text's words.
    pub words: Option<String>,
    /// Points suspended or threatened.
    pub points: Option<Percent>,
    /// State.
    pub state: State,
    /// Since when, as exact as the text.
    pub effective: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// The calendar day of `until`.
    pub until_day: Option<Date>,
    /// `until` is reckoned from the day of the report, and so only roughly right.
    pub about: bool,
    /// What happens then, as far as the texts say.
    pub then: Option<String>,
    /// What courts held of it while it is charged.
    pub legal: Option<String>,
    /// How well the chronology supports it, where it comes from there.
    pub certainty: Option<Certainty>,
    /// The chronology's name for the step.
    pub key: Option<String>,
    /// The events it rests on, latest first.
    pub sources: Vec<EventId>,
}

impl Layer {
    /// Whether it applies to all goods of the side, and so may be added up.
    #[must_use]
    pub fn on_all_goods(&self) -> bool {
        self.goods.is_empty() && all_goods(&self.layer)
    }

    /// Whether its rate is part of the total.
    #[must_use]
    pub fn adds(&self) -> bool {
        self.on_all_goods() && self.state == State::InForce
    }
}

/// Two sources that do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// On which layer.
    pub layer: String,
    /// What differs, in words.
    pub what: String,
    /// Why the one is followed.
    pub why: String,
    /// The event followed.
    pub followed: EventId,
    /// The event not followed.
    pub other: EventId,
}

/// The status of one side's duties on another's goods.
#[derive(Debug, Clone, PartialEq)]
pub struct TariffStatus {
    /// Who charges.
    pub imposer: StateCode,
    /// On whose goods; `None` for everybody's.
    pub on: Option<StateCode>,
    /// The day asked for.
    pub as_of: Date,
    /// Rows, those in force first.
    pub layers: Vec<Layer>,
    /// Sum of the layers in force that apply to all goods; `None` where a rate is not known, a duty of
    /// an unnamed layer stands beside them, or nothing is stored.
    pub total: Option<Percent>,
    /// Where sources differ.
    pub conflicts: Vec<Conflict>,
}

impl TariffStatus {
    /// The nearest end that is still ahead of something charged or suspended, and its row: of what
    /// applies to all goods, or, where `listed`, of any row.
    #[must_use]
    pub fn next_end(&self, listed: bool) -> Option<(Date, &Layer)> {
        let watched =
            |layer: &&Layer| layer.state.stands() && !layer.about && (listed || layer.on_all_goods());
        let ends = self.layers.iter().filter(watched).filter_map(|layer| Some((layer.until_day?, layer)));
        ends.filter(|(end, _)| *end >= self.as_of).min_by_key(|(end, _)| *end)
    }
}

/// Computes the status from events of any kind, in any order.
#[must_use]
pub fn status(
    events: &[StoredEvent],
    imposer: StateCode,
    on: Option<StateCode>,
    as_of: impl Into<AsOf>,
) -> TariffStatus {
    Ledger::of(events).status(imposer, on, as_of.into())
}

/// The layer of an event whose words name none.
pub const UNSPECIFIED: &str = "unspecified";

fn last_day(text: &str) -> Option<Date> {
    text.parse::<Moment>().ok()?.days().map(|(_, last)| last)
}

fn total(layers: &[Layer]) -> Option<Percent> {
    let rates: Option<Vec<_>> = layers
        .iter()
        .filter(|layer| layer.adds())
        .map(|layer| layer.rate.map(Percent::ten_thousandths))
        .collect();
    Some(Percent::from_ten_thousandths(rates?.iter().sum()))
}
