//! The names of states as a text has them: "Turkey" where nothing says "Türkiye".

use crate::event::Event;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::state::StateCode;

/// Gives each state that the text never calls by its usual name the one other name that it bears there.
pub(crate) fn name_states(events: &mut [Event], text: &str) {
    let lexicon = Lexicon::builtin();
    // A text is looked through once for each state, however many events name it.
    let mut known: Vec<(StateCode, Option<&str>)> = Vec::new();
    for party in events.iter_mut().flat_map(|event| &mut event.parties) {
        if party.name.is_none() && party.office.as_deref().is_some_and(is_agency) {
            party.name = party.office.take();
        }
        let (Some(code), None) = (party.country, &party.office) else { continue };
        let usual = lexicon.state_name(code).filter(|name| party.name.as_deref() == Some(name));
        let Some(usual) = usual else { continue };
        let name = known.iter().find(|(state, _)| *state == code).map(|(_, name)| *name);
        let name = name.unwrap_or_else(|| {
            let name = printed(code, usual, text);
            known.push((code, name));
            name
        });
        if let Some(name) = name {
            party.name = Some(name.to_owned());
        }
    }
}

/// "The United States Trade Representative opened a case": an agency that is called by its head's office.
fn is_agency(office: &str) -> bool {
    matches!(
        office,
        "U.S. Trade Representative" | "US Trade Representative" | "United States Trade Representative"
    )
}

/// The one other name that a text has for a state.
fn printed(code: StateCode, usual: &str, text: &str) -> Option<&'static str> {
    if names(text, usual) {
        return None;
    }
    let mut others = Lexicon::builtin().other_names(code).filter(|name| *name != usual && names(text, name));
    let only = others.next().filter(|_| others.next().is_none())?;
    // "The EU" is short for what it is called.
    only.contains(char::is_lowercase).then_some(only)
}

/// Whether the words stand in a text by themselves.
fn names(text: &str, words: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), words.as_bytes()).any(|start| {
        let around = Span::new(start, start + words.len());
        let whole = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        whole(text.get(..around.start).and_then(|before| before.chars().next_back()))
            && whole(text.get(around.end..).and_then(|behind| behind.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read = Extractor::builtin().extract(&Article::new(text, jiff::civil::date(2025, 11, 20)));
        let event = read.events.first().unwrap_or_else(|| panic!("{text:?} tells nothing"));
        let found: Vec<&str> = event.parties.iter().filter_map(|p| p.name.as_deref()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_state_bears_the_name_that_the_text_gives_it() {
        check("Turkey raised its tariff on Chilean steel to 20% on Monday.", &["Turkey", "Chile"]);
        check(
            "Turkish steel bears more. Chile raised its tariff on steel from Turkey to 20%.",
            &["Chile", "Turkey"],
        );
    }

    #[test]
    fn an_agency_is_called_by_the_office_of_its_head() {
        check(
            "The U.S. Trade Representative opened a Section 301 investigation into Chilean wine on Monday.",
            &["U.S. Trade Representative", "Chile"],
        );
    }

    #[test]
    fn the_usual_name_comes_first() {
        let text = "Türkiye, once Turkey, raised its tariff on Chilean steel to 20% on Monday.";
        check(text, &["Türkiye", "Chile"]);
        check("Ankara raised its tariff on Chilean steel to 20% on Monday.", &["Türkiye", "Chile"]);
    }
}
