//! The tariff status: which duties of one side on another's goods stand, as of a day, layer by
//! layer. "Announced" is not "in force", a threat is neither, and an end that passed has passed.

mod fold;
mod layer;

use std::collections::BTreeMap;

use attache_extract::StateCode;
use attache_extract::event::{Kind, Percent, Role};
use jiff::civil::Date;

use crate::id::EventId;
use crate::row::StoredEvent;

pub(crate) use layer::goods;
pub use layer::{ALL_GOODS, layer_of};

/// State of a layer as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Charged.
    InForce,
    /// Wholly or partly not charged for a time.
    Suspended,
    /// Made known, not charged yet.
    Announced,
    /// Said to come if something happens.
    Threatened,
    /// Ended by a decision.
    Removed,
    /// Its time, or its suspension's time, ran out and no text says what followed.
    Expired,
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
        }
    }
}

/// One layer's state. What no text says is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Name of the legal layer; `unspecified` where the texts do not say.
    pub layer: String,
    /// Goods, in the text's words.
    pub scope: Option<String>,
    /// Ad valorem rate charged (or announced, or threatened).
    pub rate: Option<Percent>,
    /// Points suspended, threatened or added.
    pub points: Option<Percent>,
    /// State.
    pub state: State,
    /// Since when, as exact as the text.
    pub effective: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// What happens then, as far as the texts say.
    pub then: Option<String>,
    /// The events it rests on, latest first.
    pub sources: Vec<EventId>,
}

/// Two sources that do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// On which layer.
    pub layer: String,
    /// What differs, in words.
    pub what: String,
    /// The event followed: the later one.
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
    /// As of the end of this day.
    pub as_of: Date,
    /// Layers, those in force first.
    pub layers: Vec<Layer>,
    /// Sum of the layers in force that apply to all goods, where each rate is known and no duty of an
    /// unnamed layer stands beside them.
    pub total: Option<Percent>,
    /// Where sources differ.
    pub conflicts: Vec<Conflict>,
}

/// Computes the status from events of any kind, in any order.
#[must_use]
pub fn status(
    events: &[StoredEvent],
    imposer: StateCode,
    on: Option<StateCode>,
    as_of: Date,
) -> TariffStatus {
    let mut measures: BTreeMap<(String, String), Vec<&StoredEvent>> = BTreeMap::new();
    for row in events.iter().filter(|row| concerns(row, imposer, on)) {
        // Within a layer, duties on single goods are measures of their own.
        measures.entry((layer_of(&row.event).to_owned(), goods(&row.event))).or_default().push(row);
    }
    let mut layers = Vec::new();
    let mut conflicts = Vec::new();
    for ((layer, goods), rows) in &mut measures {
        rows.sort_by_key(|row| (row.sort_day, row.event.evidence.quote, row.id));
        let part = !goods.is_empty() && ALL_GOODS.contains(&layer.as_str());
        let name = if part { format!("{layer}: {goods}") } else { layer.clone() };
        conflicts.extend(fold::conflicts(&name, rows, as_of));
        layers.extend(fold::layers(&name, rows, as_of));
    }
    let unnamed = measures.get(&(UNSPECIFIED.to_owned(), String::new()));
    let unclear = unnamed.map(|rows| fold::unclear(&layers, rows, as_of)).unwrap_or_default();
    let charged = |layer: &&Layer| matches!(layer.state, State::InForce | State::Suspended);
    let whole = unclear.is_empty() && !layers.iter().filter(charged).any(|layer| layer.layer == UNSPECIFIED);
    conflicts.extend(unclear);
    layers.sort_by(|a, b| (a.state, &a.layer, &a.scope).cmp(&(b.state, &b.layer, &b.scope)));
    TariffStatus { imposer, on, as_of, total: total(&layers).filter(|_| whole), layers, conflicts }
}

/// The layer of an event whose words name none.
const UNSPECIFIED: &str = "unspecified";

fn concerns(row: &StoredEvent, imposer: StateCode, on: Option<StateCode>) -> bool {
    let event = &row.event;
    let has = |role: Role, code: StateCode| {
        event.parties.iter().any(|p| p.role.0 == role && p.country.as_deref() == Some(code.as_str()))
    };
    let everybody = !event.parties.iter().any(|p| p.role.0 == Role::Recipient && p.country.is_some());
    event.kind.0 == Kind::TariffAction
        && !row.deleted
        && (has(Role::Actor, imposer) || has(Role::Participant, imposer))
        && on.is_none_or(|on| everybody || has(Role::Recipient, on))
}

fn total(layers: &[Layer]) -> Option<Percent> {
    let charged = layers.iter().filter(|layer| {
        ALL_GOODS.contains(&layer.layer.as_str()) && matches!(layer.state, State::InForce | State::Suspended)
    });
    let rates: Option<Vec<_>> = charged.map(|layer| layer.rate.map(Percent::ten_thousandths)).collect();
    let rates = rates.filter(|rates| !rates.is_empty())?;
    Some(Percent::from_ten_thousandths(rates.iter().sum()))
}
