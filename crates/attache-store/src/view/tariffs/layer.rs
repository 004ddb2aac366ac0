//! Which legal layer an event speaks of, decided from its own words and from nothing else.

use crate::record::{EventRecord, PartyRecord};

/// Layers that apply to all goods of a side, and so may be added up.
pub const ALL_GOODS: [&str; 6] = [
    "IEEPA-fentanyl",
    "IEEPA-reciprocal",
    "Section 122",
    "Section 338",
    "retaliation-fentanyl",
    "retaliation-reciprocal",
];

/// What another side's answer to a layer of the United States is called.
const ANSWERS: [(&str, &str); 4] = [
    ("IEEPA-fentanyl", "retaliation-fentanyl"),
    ("IEEPA-reciprocal", "retaliation-reciprocal"),
    ("Section 301", "retaliation-301"),
    ("Section 232", "retaliation-232"),
];

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

/// Words that say "goods" and not which.
const GENERIC: [&str; 47] = [
    "a",
    "additional",
    "all",
    "american",
    "and",
    "any",
    "certain",
    "code",
    "commodities",
    "countermeasures",
    "cross",
    "duties",
    "duty",
    "existing",
    "extra",
    "for",
    "from",
    "goods",
    "hong",
    "import",
    "imported",
    "imports",
    "in",
    "including",
    "into",
    "items",
    "its",
    "kong",
    "levies",
    "levy",
    "macao",
    "macau",
    "merchandise",
    "most",
    "of",
    "on",
    "origin",
    "other",
    "products",
    "rate",
    "rates",
    "s",
    "tariff",
    "tariffs",
    "the",
    "to",
    "us",
];

/// The goods an event speaks of, as words in order: `steel`, `aluminum steel`; empty where it
/// speaks of all goods of a side, however worded.
#[must_use]
pub(crate) fn goods(event: &EventRecord) -> String {
    let scope = event.scope.as_deref().unwrap_or_default().to_lowercase().replace("u.s.", "us");
    let layer: Vec<_> = WORDS.iter().map(|(word, _)| *word).filter(|word| LEGAL.contains(word)).collect();
    let scope = layer.iter().fold(scope, |scope, word| scope.replace(word, " "));
    let sides: Vec<String> = event.parties.iter().flat_map(side_words).collect();
    // "Chinese" is of China, "Canadian" of Canada: four letters tell.
    let of_a_side = |word: &str| {
        word.get(..4).is_some_and(|head| sides.iter().any(|side| side.get(..4).is_some_and(|s| s == head)))
    };
    let mut words: Vec<_> = scope
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty() && !GENERIC.contains(word) && !of_a_side(word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// Words of [`WORDS`] that name a law or its cause, and no goods.
const LEGAL: [&str; 10] = [
    "fentanyl",
    "reciprocal",
    "section 301",
    "section 232",
    "section 201",
    "section 122",
    "section 338",
    "de minimis",
    "retaliatory",
    "counter-tariff",
];

fn side_words(party: &PartyRecord) -> Vec<String> {
    let name = party.name.as_deref().unwrap_or_default().to_lowercase();
    let known = match party.country.as_deref() {
        Some("CN") => "china chinese",
        Some("US") => "united states",
        Some("EU") => "european union",
        _ => "",
    };
    name.split(' ').chain(known.split(' ')).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The layer's name, `unspecified` where no word tells. A law of the United States names a layer
/// only of theirs; goods stand for one only when they charge the duty.
#[must_use]
pub fn layer_of(event: &EventRecord) -> &'static str {
    let imposes = |party: &&PartyRecord| party.role.0 != attache_extract::Role::Recipient;
    let by_us = event.parties.iter().filter(imposes).any(|party| party.country.as_deref() == Some("US"));
    let narrow =
        [event.scope.as_deref().unwrap_or_default(), &event.topics.join(" ")].join(" ").to_lowercase();
    let fits = |text: &str| {
        let named = |(word, layer): &&(&str, &'static str)| {
            text.contains(word) && (by_us || LEGAL.contains(word) || !layer.starts_with("Section"))
        };
        WORDS.iter().find(named).map(|(_, layer)| *layer)
    };
    let layer = fits(&narrow).or_else(|| fits(&event.quote.to_lowercase())).unwrap_or("unspecified");
    let answer = ANSWERS.iter().find(|(theirs, _)| !by_us && layer.starts_with(theirs));
    answer.map_or(layer, |(_, answer)| answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_goods(scope: &str, expected: &str) {
        let mut record: EventRecord = serde_json::from_str(crate::record::SAMPLE).unwrap();
        record.parties[0].country = Some("CN".to_owned());
        record.parties[0].name = Some("Canada".to_owned());
        record.scope = Some(scope.to_owned());
        assert_eq!(goods(&record), expected, "{scope}");
    }

    #[test]
    fn goods_are_told_from_talk_of_goods() {
        check_goods("all Chinese goods", "");
        check_goods("the reciprocal tariff on imports from China", "");
        check_goods("U.S. goods", "");
        check_goods("steel and aluminum products", "aluminum steel");
        check_goods("Canadian softwood lumber", "lumber softwood");
        check_goods("Section 301 tariffs on semiconductors", "semiconductors");
        check_goods("", "");
    }
}
