//! States that share their name with a place which trade news names more often.

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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::{Article, Extractor};

    fn tells(text: &str) -> bool {
        !Extractor::builtin().extract(&Article::new(text, date(2025, 5, 23))).events.is_empty()
    }

    #[test]
    fn georgia_is_no_country_beside_atlanta() {
        let talks = "China and Georgia held trade talks in Shanghai on Monday.";
        assert!(tells(talks));
        assert!(!tells(&format!("{talks} The delegation from Atlanta flew home.")));
        assert!(tells(&format!("{talks} The governor welcomed the minister from Tbilisi.")));
    }
}
