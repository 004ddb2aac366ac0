//! Which legal layer an event speaks of, decided from its own words and from nothing else.

use crate::record::{EventRecord, PartyRecord};
use crate::view::origin;

/// What another side's answer to a layer of the United States is called, after its own code.
const ANSWERS: [(&str, &str); 4] = [
    ("IEEPA-fentanyl", "retaliation-fentanyl"),
    ("IEEPA-reciprocal", "retaliation-reciprocal"),
    ("s301", "retaliation-301"),
    ("s232", "retaliation-232"),
];

/// Layers, and ends of layers' names, that are on the goods they list and on no others.
const ON_LISTED_GOODS: [&str; 8] = [
    "s301",
    "s232",
    "s201",
    "de-minimis",
    "anti-dumping",
    "countervailing",
    "retaliation-301",
    "retaliation-232",
];

/// Words and the layer they name, the most telling first.
const WORDS: [(&str, &str); 45] = [
    ("de minimis", "de-minimis"),
    ("low-value", "de-minimis"),
    ("fentanyl", "IEEPA-fentanyl"),
    ("reciprocal", "IEEPA-reciprocal"),
    ("forced labor", "s301-forced-labor"),
    ("forced labour", "s301-forced-labor"),
    ("forced-labor", "s301-forced-labor"),
    ("section 301", "s301"),
    ("list 4a", "s301"),
    ("list 4b", "s301"),
    ("section 232", "s232"),
    ("section 201", "s201"),
    ("section 122", "s122"),
    ("section 338", "s338"),
    ("executive order 14195", "IEEPA-fentanyl"),
    ("executive order 14200", "IEEPA-fentanyl"),
    ("executive order 14228", "IEEPA-fentanyl"),
    ("executive order 14256", "de-minimis"),
    ("equivalent tariff", "IEEPA-reciprocal"),
    ("executive order 14257", "IEEPA-reciprocal"),
    ("executive order 14259", "IEEPA-reciprocal"),
    ("executive order 14266", "IEEPA-reciprocal"),
    ("executive order 14298", "IEEPA-reciprocal"),
    ("executive order 14334", "IEEPA-reciprocal"),
    ("synthetic opioid", "IEEPA-fentanyl"),
    ("tariff commission of the state council no. 4 of 2025", "IEEPA-reciprocal"),
    ("tariff commission of the state council no. 5 of 2025", "IEEPA-reciprocal"),
    ("tariff commission of the state council no. 6 of 2025", "IEEPA-reciprocal"),
    ("s301", "s301"),
    ("s232", "s232"),
    ("s201", "s201"),
    ("s122", "s122"),
    ("s338", "s338"),
    ("import surcharge", "s122"),
    ("anti-dumping", "anti-dumping"),
    ("antidumping", "anti-dumping"),
    ("countervailing", "countervailing"),
    ("steel", "s232"),
    ("aluminum", "s232"),
    ("aluminium", "s232"),
    ("copper", "s232"),
    ("timber", "s232"),
    ("lumber", "s232"),
    ("automobile", "s232"),
    ("retaliatory", "retaliatory"),
];

/// Whether a layer applies to all goods of a side, and so may be added up.
#[must_use]
pub fn all_goods(layer: &str) -> bool {
    let listed =
        |known: &&str| layer == *known || layer.strip_suffix(*known).is_some_and(|head| head.ends_with('-'));
    !ON_LISTED_GOODS.iter().any(listed)
}

/// A layer's name in words for people.
#[must_use]
pub fn label(layer: &str) -> String {
    let laws = [
        ("s301-forced-labor", "Section 301 (forced labor)"),
        ("s301", "Section 301"),
        ("s232", "Section 232"),
        ("s201", "Section 201"),
        ("s122", "Section 122"),
        ("s338", "Section 338"),
        ("de-minimis", "De minimis"),
        ("unspecified", "Layer not named"),
    ];
    if let Some((_, words)) = laws.iter().find(|(code, _)| *code == layer) {
        return (*words).to_owned();
    }
    match layer.split_once("-retaliation-") {
        Some((state, "301")) => format!("{state} answer to Section 301"),
        Some((state, "232")) => format!("{state} answer to Section 232"),
        Some((state, cause)) => format!("{state} answer to the {cause} tariff"),
        None => layer.replacen("IEEPA-", "IEEPA ", 1),
    }
}

/// Words that say "goods" and not which.
const GENERIC: [&str; 94] = [
    "a",
    "ad",
    "additional",
    "administrative",
    "against",
    "all",
    "amended",
    "american",
    "and",
    "answer",
    "any",
    "article",
    "articles",
    "as",
    "at",
    "by",
    "certain",
    "code",
    "commodities",
    "countermeasures",
    "countries",
    "country",
    "cross",
    "duties",
    "duty",
    "each",
    "economies",
    "emergency",
    "every",
    "existing",
    "extra",
    "for",
    "forth",
    "from",
    "goods",
    "hong",
    "ieepa",
    "import",
    "imported",
    "imports",
    "imposed",
    "in",
    "including",
    "initial",
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
    "nation",
    "nations",
    "nearly",
    "of",
    "on",
    "origin",
    "other",
    "partners",
    "people",
    "prc",
    "products",
    "pursuant",
    "rate",
    "rates",
    "region",
    "remaining",
    "republic",
    "respect",
    "response",
    "retaliation",
    "s",
    "set",
    "special",
    "such",
    "surcharge",
    "tariff",
    "tariffs",
    "that",
    "the",
    "these",
    "those",
    "to",
    "trading",
    "under",
    "us",
    "valorem",
    "value",
    "whole",
    "with",
    "world",
];

/// The goods an event speaks of, as words in order: `steel`, `aluminum steel`; empty where it
/// speaks of all goods of a side, however worded.
#[must_use]
pub(crate) fn goods(event: &EventRecord) -> String {
    let scope = event.scope.as_deref().unwrap_or_default().to_lowercase().replace("u.s.", "us");
    if let Some(list) = list(&scope) {
        return list;
    }
    let layer: Vec<_> = WORDS.iter().map(|(word, _)| *word).filter(|word| LEGAL.contains(word)).collect();
    let scope = layer.iter().fold(scope, |scope, word| scope.replace(word, " "));
    let sides: Vec<String> = event.parties.iter().flat_map(side_words).collect();
    // "Chinese" is of China, "Canadian" of Canada: four letters tell.
    let of_a_side = |word: &str| {
        word.get(..4).is_some_and(|head| sides.iter().any(|side| side.get(..4).is_some_and(|s| s == head)))
    };
    let mut words: Vec<_> = without_rates(&scope)
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .map(str::to_owned)
        .filter(|word| !word.is_empty() && !GENERIC.contains(&word.as_str()) && !of_a_side(word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// The words without rates ("initial 34% tariff", "24 percentage points of that rate").
fn without_rates(scope: &str) -> String {
    let spaced = scope.replace('%', " percent ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let unit = |word: &&&str| word.starts_with("percent") || word.starts_with("point");
    let figure = |(n, word): (usize, &&str)| {
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        !(unit(&word) || number && words.get(n + 1).as_ref().is_some_and(unit))
    };
    let kept = words.iter().enumerate().filter(|(n, word)| figure((*n, *word))).map(|(_, word)| *word);
    kept.collect::<Vec<_>>().join(" ")
}

/// The name of a numbered list of goods: `List 4A`.
fn list(scope: &str) -> Option<String> {
    let mut words = scope.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.find(|word| *word == "list")?;
    let number = words.next()?;
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let fits = !digits.is_empty() && digits.len() < 3 && digits.bytes().all(|b| b.is_ascii_digit());
    (fits && number.len() <= digits.len() + 1).then(|| format!("List {}", number.to_uppercase()))
}

/// Words of [`WORDS`] that name a law or its cause, and no goods.
const LEGAL: [&str; 26] = [
    "fentanyl",
    "reciprocal",
    "forced labor",
    "forced labour",
    "forced-labor",
    "section 301",
    "section 232",
    "section 201",
    "section 122",
    "section 338",
    "executive order 14195",
    "executive order 14200",
    "executive order 14228",
    "executive order 14256",
    "equivalent tariff",
    "executive order 14257",
    "executive order 14259",
    "executive order 14266",
    "executive order 14298",
    "executive order 14334",
    "synthetic opioid",
    "tariff commission of the state council no. 4 of 2025",
    "tariff commission of the state council no. 5 of 2025",
    "tariff commission of the state council no. 6 of 2025",
    "de minimis",
    "retaliatory",
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
/// only of theirs; goods stand for one only when they charge the duty. Another state's answer to a
/// layer has that state's code before it.
#[must_use]
pub fn layer_of(event: &EventRecord) -> String {
    let imposes = |party: &&PartyRecord| party.role.0 != attache_extract::Role::Recipient;
    let imposers = || event.parties.iter().filter(imposes).filter_map(|party| party.country.as_deref());
    let by_us = imposers().any(|code| code == "US");
    let fits = |text: &str| {
        let named = |(word, layer): &&(&str, &'static str)| {
            text.contains(word) && (by_us || LEGAL.contains(word) || !layer.starts_with('s'))
        };
        WORDS.iter().find(named).map(|(_, layer)| *layer)
    };
    let scope = event.scope.as_deref().unwrap_or_default().to_lowercase();
    let own = fits(&scope).or_else(|| match legal(&event.quote.to_lowercase()).len() {
        0 | 1 => fits(&event.topics.join(" ").to_lowercase()).or_else(|| fits(&event.quote.to_lowercase())),
        // The sentence speaks of several layers: only the clause of the act tells which is meant.
        _ => {
            let clause = clause(event).to_lowercase();
            let known = legal(&clause);
            // A low-value rule beside a layer is a part of that order, not its subject.
            let one = known.len() < 2 || known.contains(&"de-minimis");
            fits(&clause).filter(|_| one)
        }
    });
    let layer = own.or_else(|| origin::layer(event)).unwrap_or(super::UNSPECIFIED);
    let answer = ANSWERS.iter().find(|(theirs, _)| !by_us && layer == *theirs);
    match (answer, imposers().next()) {
        (Some((_, answer)), Some(code)) => format!("{code}-{answer}"),
        (Some((_, answer)), None) => (*answer).to_owned(),
        (None, _) => layer.to_owned(),
    }
}

/// The layers whose laws or causes a text in lower case names.
fn legal(text: &str) -> Vec<&'static str> {
    let named = WORDS.iter().filter(|(word, _)| LEGAL.contains(word) && text.contains(word));
    let mut layers: Vec<_> = named.map(|(_, layer)| *layer).collect();
    layers.sort_unstable();
    layers.dedup();
    layers
}

/// What begins a clause of its own.
const CLAUSES: [&str; 6] = ["; ", ", but ", ", and ", " and will ", " while ", " but will "];

/// The clause of the sentence in which the act stands; all of it where no evidence tells.
fn clause(event: &EventRecord) -> &str {
    let quote = event.quote.as_str();
    let trigger = event.evidence.fields.get("status").or_else(|| event.evidence.fields.get("rate"));
    let at =
        trigger.and_then(|[at, _]| at.checked_sub(event.evidence.quote[0])).filter(|at| *at < quote.len());
    let Some(at) = at else { return quote };
    let cuts = || CLAUSES.iter().flat_map(|cut| quote.match_indices(cut)).map(|(cut, _)| cut);
    let from = cuts().filter(|cut| *cut < at).max().unwrap_or(0);
    let to = cuts().filter(|cut| *cut > at).min().unwrap_or(quote.len());
    quote.get(from..to).unwrap_or(quote)
}

/// The one layer that a headline names; goods alone name none there.
pub(crate) fn named(headline: &str) -> Option<&'static str> {
    let layers = legal(&headline.to_lowercase());
    match layers.as_slice() {
        [layer] => Some(layer),
        // A low-value rule beside a layer is a part of that order, not its subject.
        [a, b] if *a == "de-minimis" || *b == "de-minimis" => Some(if *a == "de-minimis" { b } else { a }),
        _ => None,
    }
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
        check_goods("Section 301 List 4A", "List 4A");
        check_goods("articles of the People's Republic", "");
        check_goods("a list of 106 goods", "106 list");
        check_goods("the initial 34% tariff", "");
        check_goods("24 percentage points of that rate", "");
        check_goods("7.5 percent on 12 kinds of nuts", "12 kinds nuts");
    }

    #[track_caller]
    fn check_named(headline: &str, expected: Option<&str>) {
        assert_eq!(named(headline), expected, "{headline}");
    }

    #[track_caller]
    fn check_layer(quote: &str, trigger: &str, expected: &str) {
        let mut record: EventRecord = serde_json::from_str(crate::record::SAMPLE).unwrap();
        record.scope = None;
        record.topics.clear();
        record.quote = quote.to_owned();
        let at = quote.find(trigger).unwrap();
        record.evidence.quote = [100, 100 + quote.len()];
        record.evidence.fields.insert("status".to_owned(), [100 + at, 100 + at + trigger.len()]);
        assert_eq!(layer_of(&record), expected, "{quote}");
    }

    #[test]
    fn of_several_layers_the_clause_of_the_act_tells_which() {
        let both =
            "It will cut the fentanyl tariff by half, and will keep its pause of the reciprocal tariff.";
        check_layer(both, "cut", "IEEPA-fentanyl");
        check_layer(both, "pause", "IEEPA-reciprocal");
        let kept = "It lifts the duties of last week, but keeps Section 301 duties and the fentanyl tariff.";
        check_layer(kept, "lifts", "unspecified");
        check_layer(kept, "keeps", "unspecified");
        check_layer("It lifts the fentanyl tariff.", "lifts", "IEEPA-fentanyl");
        check_layer("The reciprocal tariff, as applied to low-value goods, falls.", "falls", "de-minimis");
    }

    #[test]
    fn a_headline_names_a_layer_or_none() {
        check_named("Duties to Address the Synthetic Opioid Supply Chain", Some("IEEPA-fentanyl"));
        check_named(
            "Amendment to Reciprocal Tariffs and Duties on Low-Value Imports",
            Some("IEEPA-reciprocal"),
        );
        check_named("Fentanyl and reciprocal tariffs fall", None);
        check_named("Steel prices rise", None);
    }
}
