//! What an event is found by.

use attache_extract::event::{Factuality, Kind, Role, Status};
use attache_extract::{StateCode, Vocabulary};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::row::StoredEvent;
use crate::view::engagements::{Level, level};
use crate::view::tariffs;

/// One property out of a closed or slowly growing list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Facet {
    Kind(u8),
    Subtype(SmolStr),
    /// Takes part in any role.
    Country([u8; 2]),
    /// Takes part as other than a recipient.
    Actor([u8; 2]),
    Factuality(u8),
    Status(u8),
    /// Legal layer of a tariff.
    Layer(SmolStr),
    /// Level of a contact.
    Level(u8),
}

/// A word's place in its closed list.
fn code<T: Vocabulary + PartialEq>(word: T) -> u8 {
    T::ALL.iter().position(|held| *held == word).and_then(|n| u8::try_from(n).ok()).unwrap_or(u8::MAX)
}

impl Facet {
    pub(crate) fn kind(kind: Kind) -> Self {
        Self::Kind(code(kind))
    }

    pub(crate) fn factuality(word: Factuality) -> Self {
        Self::Factuality(code(word))
    }

    pub(crate) fn status(word: Status) -> Self {
        Self::Status(code(word))
    }

    pub(crate) fn country(code: StateCode) -> Self {
        Self::Country(code.bytes())
    }

    pub(crate) fn actor(code: StateCode) -> Self {
        Self::Actor(code.bytes())
    }

    pub(crate) fn level(level: Level) -> Self {
        Self::Level(
            Level::ALL.iter().position(|l| *l == level).and_then(|n| u8::try_from(n).ok()).unwrap_or(u8::MAX),
        )
    }
}

/// Every facet of an event.
pub(super) fn of(row: &StoredEvent) -> Vec<Facet> {
    let event = &row.event;
    let mut facets = vec![
        Facet::kind(event.kind.0),
        Facet::Subtype(event.subtype.as_str().into()),
        Facet::factuality(event.factuality.0),
    ];
    facets.extend(event.status.map(|word| Facet::status(word.0)));
    for party in &event.parties {
        let Some(code) = party.country.as_deref().and_then(|code| code.parse::<StateCode>().ok()) else {
            continue;
        };
        facets.push(Facet::country(code));
        if party.role.0 != Role::Recipient {
            facets.push(Facet::actor(code));
        }
    }
    match event.kind.0 {
        Kind::TariffAction => facets.push(Facet::Layer(tariffs::layer_of(event).into())),
        Kind::Engagement => facets.extend(level(row).map(Facet::level)),
        _ => {}
    }
    facets
}

/// Every word of an event's texts and of its articles' headlines, in lower case.
pub(super) fn words(row: &StoredEvent, titles: &[&str], take: &mut dyn FnMut(&str)) {
    let event = &row.event;
    let parties = event.parties.iter().flat_map(|party| [&party.name, &party.office]).flatten();
    let texts = parties.chain(&event.scope).chain(&event.place).chain(&event.topics).chain(&event.claims);
    let quotes = row.sources.iter().map(|source| source.quote.as_str());
    let texts =
        texts.map(String::as_str).chain([event.quote.as_str()]).chain(quotes).chain(titles.iter().copied());
    let mut lower = String::new();
    for text in texts {
        lower.clear();
        lower.extend(text.chars().flat_map(char::to_lowercase));
        split(&lower).for_each(&mut *take);
    }
}

/// The words of a text in lower case.
pub(super) fn split(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

pub(super) fn thousandths(confidence: f64) -> u16 {
    let clamped = (confidence * 1000.0).round().clamp(0.0, 1000.0);
    // In range by the clamp; floats have no checked conversion.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
    let thousandths = clamped as u16;
    thousandths
}
