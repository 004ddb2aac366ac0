//! States that share their name with a place which trade news names more often.

use crate::state::StateCode;
use crate::who::Who;

/// The state, the name it shares, and words one of which stands in a text on the state itself.
const SHARED: &[(&str, &str, &[&str])] =
    &[("GE", "Georgia", &["Tbilisi", "Georgian", "Batumi", "Caucasus", "Abkhazia", "Armenia", "Azerbaijan"])];

/// Drops the mentions of such states where the text shows nothing of them, and says which were dropped:
/// "Georgia" beside Atlanta is no party to a trade dispute.
pub(crate) fn set_aside(text: &str, who: &mut [Vec<Who>]) -> Vec<StateCode> {
    let mut out = Vec::new();
    for (code, name, signs) in SHARED {
        let Ok(code) = code.parse::<StateCode>() else { continue };
        let bare = |w: &Who| w.country == Some(code) && w.span.of(text) == Some(*name);
        if !who.iter().flatten().any(bare) || signs.iter().any(|sign| text.contains(sign)) {
            continue;
        }
        who.iter_mut().for_each(|named| named.retain(|w| !bare(w)));
        out.push(code);
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::{Article, Extractor};

    fn contacts(text: &str) -> usize {
        Extractor::builtin().extract(&Article::new(text, date(2025, 5, 23))).events.len()
    }

    #[test]
    fn georgia_is_a_country_only_where_the_text_shows_it() {
        let talks = "China and Georgia held trade talks in Shanghai on Monday.";
        assert_eq!(contacts(talks), 0);
        assert_eq!(contacts(&format!("{talks} The minister flew home to Tbilisi.")), 1);
    }
}
