//! Which legal layer an event speaks of, decided from its own words and from nothing else.

use crate::record::EventRecord;

/// Layers that apply to all goods of a side, and so may be added up.
pub const ALL_GOODS: [&str; 4] = ["IEEPA-fentanyl", "IEEPA-reciprocal", "Section 122", "Section 338"];

/// Words and the layer they name, the most telling first.
const WORDS: [(&str, &str); 26] = [
    ("de minimis", "de minimis"),
    ("low-value", "de minimis"),
    ("fentanyl", "IEEPA-fentanyl"),
    ("reciprocal", "IEEPA-reciprocal"),
    ("list 4a", "Section 301 List 4A"),
    ("list 4b", "Section 301 List 4B"),
    ("list 1", "Section 301 List 1"),
    ("list 2", "Section 301 List 2"),
    ("list 3", "Section 301 List 3"),
    ("section 301", "Section 301"),
    ("section 232", "Section 232"),
    ("section 201", "Section 201"),
    ("section 122", "Section 122"),
    ("section 338", "Section 338"),
    ("anti-dumping", "anti-dumping"),
    ("antidumping", "anti-dumping"),
    ("countervailing", "countervailing"),
    ("steel", "Section 232"),
    ("aluminum", "Section 232"),
    ("aluminium", "Section 232"),
    ("copper", "Section 232"),
    ("timber", "Section 232"),
    ("lumber", "Section 232"),
    ("automobile", "Section 232"),
    ("retaliatory", "retaliatory"),
    ("counter-tariff", "retaliatory"),
];

/// The layer's name, `unspecified` where no word tells. Goods stand for a United States layer only
/// when the United States charge the duty.
#[must_use]
pub fn layer_of(event: &EventRecord) -> &'static str {
    let by_us = event
        .parties
        .iter()
        .any(|party| party.role.0 == attache_extract::Role::Actor && party.country.as_deref() == Some("US"));
    let narrow =
        [event.scope.as_deref().unwrap_or_default(), &event.topics.join(" ")].join(" ").to_lowercase();
    let fits = |text: &str| {
        WORDS
            .iter()
            .find(|(word, layer)| text.contains(word) && (by_us || !layer.starts_with("Section 232")))
            .map(|(_, l)| *l)
    };
    fits(&narrow).or_else(|| fits(&event.quote.to_lowercase())).unwrap_or("unspecified")
}
