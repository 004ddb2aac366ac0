//! Accounts of calls, meetings and talks: who says what, what both agree on, and on which day.

use attache_extract::{Article, Event, Extractor, Kind};
use jiff::civil::{Date, date};

/// A Wednesday.
const TODAY: Date = date(2025, 5, 21);

fn readout(text: &str) -> Vec<Event> {
    let title = "Readout of the meeting of the foreign ministers of Kenya and Peru";
    let article = Article { title: Some(title), ..Article::new(text, TODAY) };
    Extractor::builtin().extract(&article).events
}

/// What the speakers say and charge: by whom, of which kind, in which words.
fn said(text: &str) -> Vec<(String, String, String)> {
    let words = |e: &Event| matches!(e.act.kind(), Kind::Statement | Kind::Tension);
    let by = |e: &Event| e.parties.first().and_then(|p| p.name.clone()).unwrap_or_default();
    let opening = |e: &Event| e.quote.chars().take(20).collect();
    let told = readout(text).into_iter().filter(words);
    told.map(|e| (by(&e), e.act.subtype().to_owned(), opening(&e))).collect()
}

const MEETING: &str = "Foreign Minister Musalia Mudavadi of Kenya met with Foreign Minister Elmer Schialer of \
                       Peru in Nairobi on May 20.";

#[test]
fn in_words_that_run_on_a_speaker_takes_one_stance() {
    let found = said(&format!(
        "{MEETING}\n\nMudavadi said that he enjoyed the dinner. Kenya will deepen its reforms. Both sides should \
         widen their trade in tea. They should also open their ports."
    ));
    let [(by, form, words)] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((by.as_str(), form.as_str()), ("Musalia Mudavadi", "position"));
    assert!(words.starts_with("Both sides should"));
}

#[test]
fn a_state_is_willing_in_the_words_of_its_minister() {
    let found = said(&format!(
        "{MEETING}\n\nMudavadi said that he enjoyed the dinner. Kenya is willing to expand trade with Peru."
    ));
    let [(by, ..)] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(by, "Musalia Mudavadi");
}

#[test]
fn what_somebody_says_is_not_so_is_said_all_the_same() {
    for words in [
        "\"We did not want to be in this quarrel over copper,\" Mudavadi said on Tuesday.",
        "\"Our tea growers should not be made to pay for a quarrel about copper,\" said Mudavadi.",
        "Kenya is in no hurry to answer the duties on copper, Mudavadi said.",
    ] {
        let text = format!("Kenya and Peru argue over import duties.\n\n{MEETING}\n\n{words}");
        let found = said(&text);
        let [(by, ..)] = found.as_slice() else { panic!("{text}: {found:#?}") };
        assert_eq!(by, "Musalia Mudavadi");
    }
}

#[test]
fn concern_over_what_a_state_does_is_a_charge_each_its_own() {
    let found = said(&format!(
        "{MEETING} Mudavadi raised concerns about Peru's unfair fishing practices and emphasized that Kenya will \
         protect its fleet. He voiced concern over Peru's discriminatory port rules."
    ));
    let forms: Vec<&str> = found.iter().map(|(_, form, _)| form.as_str()).collect();
    assert_eq!(forms, ["accusation", "position", "accusation"]);
}

#[test]
fn what_is_opposed_was_charged_right_before() {
    let found = said(&format!(
        "{MEETING}\n\nMudavadi noted that trust takes time. The recent wrong deeds of Peru have harmed Kenya's \
         lawful rights. Kenya firmly opposes these actions."
    ));
    assert!(found.iter().all(|(_, form, _)| form != "condemnation"), "{found:#?}");
}

#[test]
fn both_affirm_on_the_day_they_met() {
    let found = readout(&format!(
        "{MEETING} The two ministers recalled the accord that their presidents signed on July 2, 2024. They stressed \
         the importance of safe ports. The two sides exchanged views on tea."
    ));
    let agreed: Vec<_> = found.iter().filter(|e| e.act.subtype() == "consensus").collect();
    let [consensus] = agreed.as_slice() else { panic!("{found:#?}") };
    assert_eq!(consensus.date.start(), Some(date(2025, 5, 20)));
    let met: Vec<_> = found.iter().filter(|e| e.act.kind() == Kind::Engagement).collect();
    assert_eq!(met.len(), 1, "{met:#?}");
}

#[test]
fn a_day_within_what_is_said_is_none_of_the_saying() {
    let found = said(&format!("{MEETING} Mudavadi stressed that trade rests on the accord of July 2, 2024."));
    assert_eq!(found.len(), 1);
    let text = format!("{MEETING} Mudavadi stressed that trade rests on the accord of July 2, 2024.");
    let stated = readout(&text).into_iter().find(|e| e.act.kind() == Kind::Statement);
    assert_eq!(stated.and_then(|e| e.date.start()), Some(date(2025, 5, 20)));
}

#[test]
fn talks_held_beside_the_visit_are_a_contact_of_their_own() {
    let found = readout(
        "From May 18 to 20, Kenyan Trade Minister Lee Kinyanjui visited Peru and held talks with officials from the \
         Ministry of Foreign Trade. He also held discussions with the Lima Chamber of Commerce.",
    );
    let contacts: Vec<_> = found.iter().filter(|e| e.act.kind() == Kind::Engagement).collect();
    assert_eq!(contacts.len(), 2, "{contacts:#?}");
}
