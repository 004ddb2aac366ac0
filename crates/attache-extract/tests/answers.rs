//! A ministry's questions and answers, remarks and announcements: who has the word, what counts once, and
//! which day and which measure an act is of.

use attache_extract::event::Factuality;
use attache_extract::{Article, Event, Extractor, Kind};
use jiff::civil::{Date, date};

/// A Friday.
const TODAY: Date = date(2025, 5, 23);

fn told(title: &str, text: &str, kind: Kind) -> Vec<Event> {
    let mut article = Article::new(text, TODAY);
    article.title = Some(title);
    let found = Extractor::builtin().extract(&article).events;
    found.into_iter().filter(|event| event.act.kind() == kind).collect()
}

fn sides(event: &Event) -> Vec<String> {
    event.parties.iter().filter_map(|p| p.country).map(|code| code.to_string()).collect()
}

#[test]
fn the_house_beside_the_office_in_a_headline_answers() {
    let found = told(
        "A PRC Ministry of Commerce spokesperson answers a question about a ruling of a U.S. court",
        "Q: A U.S. court has ruled on the American tariffs on Chinese goods. What is the comment?\n\n\
         A: The American tariffs violate the rules of the World Trade Organization.",
        Kind::Tension,
    );
    let [blame] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((blame.act.subtype(), sides(blame)), ("condemnation", vec!["CN".to_owned(), "US".to_owned()]));
}

#[test]
fn one_demand_on_a_party_and_one_view_put_in_the_same_way_count_in_an_answer() {
    let found = told(
        "Ministry of Commerce spokesperson answers questions",
        "Q: The United States raised its tariffs on Chinese goods. What is China's comment?\n\n\
         A: China has always handled tariffs with prudence. China has always handled its export controls with \
         prudence, too. China urges the United States to drop its tariffs. China urges the United States to \
         correct its practice.",
        Kind::Statement,
    );
    let stances: Vec<_> = found.iter().map(|event| event.act.subtype()).collect();
    assert_eq!(stances, ["position", "demand"], "{found:#?}");
    assert!(found.iter().all(|event| event.factuality == Factuality::Asserted));
}

#[test]
fn remarks_above_a_text_that_quotes_nobody_are_a_speech() {
    let found = told(
        "Ministry of Commerce Spokesperson's Remarks on the American Tariffs",
        "The United States has announced an additional 10% tariff on Chinese goods. There are no winners in a \
         tariff war.",
        Kind::Statement,
    );
    let [view] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((view.act.subtype(), view.factuality), ("position", Factuality::Asserted));
}

/// The words that a party's name and state rest on.
fn printed<'t>(event: &Event, text: &'t str) -> Vec<&'t str> {
    let fields = event.evidence.fields.iter();
    let own = fields.filter(|(field, _)| field.starts_with("parties.0."));
    own.filter_map(|(_, span)| span.of(text)).collect()
}

#[test]
fn who_speaks_by_the_headline_alone_rests_on_the_words_of_the_text() {
    let text = "The 20% tariffs on Chinese goods break the rules of the WTO. China opposes them. We have no \
                information on a call of the two presidents.";
    let found =
        told("Ministry of Commerce Spokesperson's Remarks on the American Tariffs", text, Kind::Statement);
    for event in &found {
        let words = printed(event, text);
        assert!(
            words.iter().all(|words| words.starts_with("The 20%") || ["China", "We"].contains(words)),
            "{words:?}"
        );
    }
    assert!(!found.is_empty());
}

#[test]
fn whose_circular_it_is_stands_on_its_last_line() {
    let text = "1. With effect from 1 April 2026 the rate of import duty on sugar from Mozambique is increased from \
                10% to 22%.\n\nIssued by the Zimbabwe Revenue Authority, Harare, 10 March 2026";
    let found = told("", text, Kind::TariffAction);
    let [raised] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(printed(raised, text), ["increased", "Zimbabwe Revenue Authority"]);
}

#[test]
fn notices_of_two_days_list_on_each_of_them() {
    let found = told(
        "Ministry of Commerce spokesperson answers questions",
        "The Ministry of Commerce issued notices on March 4 and April 9, 2025, adding 28 U.S. entities to the \
         export control list of China.",
        Kind::Tension,
    );
    let mut days: Vec<_> = found.iter().filter_map(|event| event.date.start()).collect();
    days.sort();
    assert_eq!(days, [date(2025, 3, 4), date(2025, 4, 9)]);
}

#[test]
fn easings_of_two_notices_stay_apart_and_keep_their_own_terms() {
    let found = told(
        "Ministry of Commerce spokesperson answers questions",
        "The Ministry of Commerce put U.S. entities on its export control list on March 4. China has decided to \
         suspend the measures of the list against the 14 U.S. entities of Notice No. 3, effective May 20, 2025; \
         and to continue suspending the measures of the list against the 11 U.S. entities of Notice No. 8 for \
         another year.",
        Kind::Tension,
    );
    let eased: Vec<_> = found.iter().filter(|event| event.status != found[0].status).collect();
    let [first, second] = eased.as_slice() else { panic!("{found:#?}") };
    assert!(first.effective.is_some() && first.duration.is_none(), "{first:#?}");
    assert!(second.effective.is_none() && second.duration.is_some(), "{second:#?}");
}

#[test]
fn whoever_leads_a_team_abroad_talks_there_and_the_host_does_not() {
    let found = told(
        "Ministry of Commerce spokesperson answers questions",
        "Q: When do the talks with the United States go on?\n\nA: Vice Premier He Lifeng of China will lead a \
         delegation to Malaysia from May 26 to 28 to hold trade consultations with the U.S. side.",
        Kind::Engagement,
    );
    let [talks] = found.as_slice() else { panic!("{found:#?}") };
    let mut codes = sides(talks);
    codes.sort();
    assert_eq!(codes, ["CN", "US"]);
}

#[test]
fn a_ministry_that_closes_the_sentence_tells_of_its_own_act() {
    use attache_extract::event::Factuality;
    for teller in [
        "the commerce ministry",
        "its trade ministry",
        "the finance minister",
        "the government",
        "the cabinet",
    ] {
        let text = format!("India imposed a 12% duty on steel from China on Monday, {teller} said.");
        let found = told("Steel", &text, Kind::TariffAction);
        let first = found.first().map(|e| (sides(e), e.factuality));
        assert_eq!(first, Some((vec!["IN".to_owned(), "CN".to_owned()], Factuality::Asserted)), "{text:?}");
    }
    // Washington has no ministries: whoever is hit tells of it.
    let text = "The United States raised its duty on Chinese cars to 100%, the commerce ministry said.";
    let found = told("Cars", text, Kind::TariffAction);
    assert_eq!(found.first().map(|e| e.factuality), Some(Factuality::Reported));
}

#[test]
fn whoever_lays_and_pays_a_duty_is_found_past_what_stands_between() {
    for (text, expected) in [
        ("Vietnam cut import tariffs on American gas from 5 to 2 percent.", ["VN", "US"]),
        (
            "The 25% duty that Washington had levied on Indian goods for buying Russian oil was rescinded on May 7.",
            ["US", "IN"],
        ),
        ("Norway's 30% duty on Chilean wine returns on March 15.", ["NO", "CL"]),
        ("Mills that use Chilean lithium pay more, since Oslo has put a 5% duty on it.", ["NO", "CL"]),
        (
            "Jakarta has prolonged the safeguard duty on Peruvian cloth by three years, to March 2029.",
            ["ID", "PE"],
        ),
    ] {
        let found = told("Duties", text, Kind::TariffAction);
        let told: Vec<_> = found.iter().map(sides).collect();
        assert!(!told.is_empty() && told.iter().all(|sides| sides == &expected), "{text:?}: {told:?}");
    }
    let joined = "Chile, joined by Peru and Norway, imposed sanctions on two Russian banks.";
    let found = told("Banks", joined, Kind::Tension);
    assert_eq!(found.first().map(sides), Some(["CL", "PE", "NO", "RU"].map(str::to_owned).to_vec()));
}

#[test]
fn both_sides_of_an_answer_are_those_of_its_question() {
    let text = "Nikkei: Japan has raised its duties on Chinese steel. Japan says that the duties stay. Will China act?\n\n\
         Lin Jian: Japan should lower the duties. What Japan does harms the trade of the two sides.\n\n\
         Globe: Peru's trade minister was here on Monday. What was talked of?\n\n\
         Lin Jian: The two sides held talks on fish in Beijing on May 19.\n\n\
         Reuters: Two weeks ago the Norwegian side said there would be talks on salmon.\n\n\
         Lin Jian: The two sides held talks on salmon in Oslo on May 12.";
    let found =
        told("Foreign Ministry Spokesperson Lin Jian's Regular Press Conference", text, Kind::Engagement);
    let mut talks: Vec<_> = found.iter().map(|e| (e.date.start(), sides(e))).collect();
    talks.sort();
    let with = |state: &str| vec!["CN".to_owned(), state.to_owned()];
    let [oslo, beijing] = talks.as_slice() else { panic!("{found:#?}") };
    assert_eq!(oslo, &(Some(date(2025, 5, 12)), with("NO")));
    assert_eq!(beijing, &(Some(date(2025, 5, 19)), with("PE")));
}

#[test]
fn what_is_asked_about_a_report_is_told_by_the_report_and_may_be_denied() {
    let title = "Foreign Ministry Spokesperson Lin Jian's Regular Press Conference";
    let question =
        "Q: Did Wang Yi and Norway's Foreign Minister Ola Roe hold a call on Monday, as a network reported?";
    let read = |answer: &str| told(title, &format!("{question}\n\nA: {answer}"), Kind::Engagement);
    let found = read("The report is not true.");
    let [call] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((call.factuality, call.date.start()), (Factuality::Denied, Some(date(2025, 5, 19))));
    let found = read("I have nothing to share.");
    assert!(found.iter().all(|e| e.factuality == Factuality::Reported), "{found:#?}");
    let open = "Q: Did Wang Yi and Norway's Foreign Minister Ola Roe hold a call on Monday?\n\nA: We have no information.";
    assert!(told(title, open, Kind::Engagement).is_empty());
}
