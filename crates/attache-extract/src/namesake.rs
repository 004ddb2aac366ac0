//! States that share their name with a place which trade news names more often, or with a street or a person.

use crate::state::StateCode;
use crate::who::{Who, WhoKind};

/// A state, and words that show it or the other place of its name.
struct Shared {
    code: &'static str,
    state: &'static [&'static str],
    place: &'static [&'static str],
}

const SHARED: &[Shared] = &[
    Shared {
        code: "JE",
        state: &["Guernsey", "Channel Island", "St Helier", "St. Helier"],
        place: &["New Jersey", "Jersey City", "N.J.", "Newark", "shirt", "cows", "cattle", "club", "Shore"],
    },
    Shared {
        code: "GE",
        state: &["Tbilisi", "Georgian", "Batumi", "Caucasus", "Abkhazia", "Armenia", "Azerbaijan"],
        place: &[
            "Ga.",
            "Atlanta",
            "Savannah",
            "Alabama",
            "Tennessee",
            "Carolina",
            "Florida",
            "Texas",
            "Hyundai",
            "Kia",
            "governor",
            "Governor",
            "senator",
            "Senator",
            "plant",
            "factory",
            "county",
            "County",
            "peach",
            "poultry",
        ],
    },
];

/// Drops the mentions of such states where the text shows the other place and nothing of the state, and
/// says which were dropped: "Georgia" beside Atlanta is no party to a trade dispute.
pub(crate) fn set_aside(text: &str, who: &mut [Vec<Who>]) -> Vec<StateCode> {
    let mut out = Vec::new();
    for shared in SHARED {
        let Ok(code) = shared.code.parse::<StateCode>() else { continue };
        let shown = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
        let named = who.iter().flatten().any(|w| w.country == Some(code));
        if !named || shown(shared.state) || !shown(shared.place) {
            continue;
        }
        // "The two sides" may have been taken for it and another.
        let stays = |w: &Who| w.country != Some(code) && w.kind != WhoKind::Pair;
        who.iter_mut().for_each(|named| named.retain(stays));
        out.push(code);
    }
    out
}

/// What ends the name of a street or a house that starts with that of a state.
const NAMED_AFTER: &[&str] = &[
    "Street",
    "Road",
    "Avenue",
    "Lane",
    "Boulevard",
    "Square",
    "Drive",
    "Terrace",
    "Grove",
    "Gardens",
    "Hotel",
    "Inn",
    "Arms",
    "Tower",
    "Plaza",
    "Theatre",
    "Theater",
    "Bakery",
    "Restaurant",
    "Wharf",
];

/// What may stand behind the name of a state and is no surname.
const OFFICES: &[&str] =
    &["Ambassador", "Defence", "Finance", "Foreign", "Government", "President", "Prime", "Trade"];

/// How somebody is called before his first name.
const STYLES: &[&str] = &[
    "Coach", "Captain", "Chef", "Dr", "Dr.", "Lady", "Miss", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.",
    "Sergeant", "Sir", "Umpire",
];

/// What may stand before the name of a state and tells which part of it is meant.
const PARTS: &[&str] =
    &["Central", "Communist", "Eastern", "Greater", "Inner", "Mainland", "Northern", "Southern", "Western"];

/// Drops the states in "Canada Street", "Coach Ray Beijing" and "the manager, Joan China, said", and says which
/// are then named nowhere.
pub(crate) fn part_of_a_name(text: &str, who: &mut [Vec<Who>]) -> Vec<StateCode> {
    let mut dropped = Vec::new();
    for named in who.iter_mut() {
        named.retain(|w| {
            let part = matches!(w.kind, WhoKind::State | WhoKind::Place) && within_a_name(text, w);
            dropped.extend(w.country.filter(|_| part));
            !part
        });
    }
    dropped.retain(|code| !who.iter().flatten().any(|w| w.country == Some(*code)));
    dropped
}

/// Whether what is taken for a state is a part of another name.
fn within_a_name(text: &str, who: &Who) -> bool {
    let before = text.get(..who.span.start).unwrap_or("");
    let after = text.get(who.span.end..).unwrap_or("");
    // All that shows the name of somebody or something else has a capital.
    let behind = after.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_uppercase));
    let next = behind.and_then(|rest| rest.split([' ', ',', '.', '\'', '’', '\n']).next());
    // "Chad Rowe of the institute": a first name.
    let surname = |word: &str| word.starts_with(char::is_uppercase) && !OFFICES.contains(&word);
    if who.span.of(text) == Some("Chad") && next.is_some_and(surname) {
        return true;
    }
    if next.is_some_and(|word| NAMED_AFTER.contains(&word)) {
        return true;
    }
    let mut back = before.strip_suffix(' ').unwrap_or("").rsplit(' ');
    let Some(first) = back.next() else { return false };
    let mut letters = first.chars();
    let given = letters.next().is_some_and(char::is_uppercase)
        && first.len() > 1
        && letters.all(char::is_lowercase)
        && !PARTS.contains(&first);
    given
        && back
            .next()
            .is_some_and(|style| STYLES.contains(&style) || style.ends_with(',') && after.starts_with(','))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::{Article, Extractor};

    fn tells(text: &str) -> bool {
        !Extractor::builtin().extract(&Article::new(text, date(2025, 5, 23))).events.is_empty()
    }

    #[test]
    fn a_street_or_a_person_is_no_state() {
        let told = |who: &str| tells(&format!("{who} and China held trade talks in Shanghai on Monday."));
        assert!(told("Canada"));
        assert!(!told("The owners of Canada Street"));
        assert!(!told("Coach Ray Canada"));
        assert!(told("Chad"));
        assert!(!told("Chad Rowe"));
        assert!(!told("The manager, Joan Canada,"));
    }

    #[test]
    fn georgia_is_no_country_beside_atlanta() {
        let talks = "China and Georgia held trade talks in Shanghai on Monday.";
        assert!(tells(talks));
        assert!(!tells(&format!("{talks} The delegation from Atlanta flew home.")));
        assert!(tells(&format!("{talks} The governor welcomed the minister from Tbilisi.")));
    }
}
