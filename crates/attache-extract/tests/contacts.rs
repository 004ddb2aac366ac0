//! Contacts told in several sentences: which are one, and whose day is whose.

use attache_extract::event::Factuality;
use attache_extract::{Article, Event, Extractor, Kind};
use jiff::civil::{Date, date};

/// A Friday.
const TODAY: Date = date(2025, 5, 23);

fn contacts(text: &str) -> Vec<Event> {
    let found = Extractor::builtin().extract(&Article::new(text, TODAY)).events;
    found.into_iter().filter(|event| event.act.kind() == Kind::Engagement).collect()
}

#[test]
fn earlier_talks_take_neither_the_day_nor_the_people_of_the_call_that_names_them() {
    let found = contacts(
        "Canada and Mexico held a call on Thursday, marking their first contact since earlier talks in Lima.\n\n\
         Canadian Trade Minister Mary Ng and Mexican Economy Secretary Marcelo Ebrard exchanged views on tariffs.",
    );
    let [call, talks] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((call.act.subtype(), call.date.start()), ("call", Some(date(2025, 5, 22))));
    let names: Vec<_> = call.parties.iter().filter_map(|party| party.name.as_deref()).collect();
    assert_eq!(names, ["Mary Ng", "Marcelo Ebrard"]);
    assert!(call.quote.starts_with("Canada and Mexico held a call"));
    assert_eq!((talks.place.as_deref(), talks.date.start()), (Some("Lima"), None));
    assert!(talks.parties.iter().all(|party| party.office.is_none()), "{talks:#?}");
}

/// Subtype, states and days of the contacts of a text.
fn told(text: &str) -> Vec<String> {
    let line = |event: &Event| {
        let states: Vec<_> = event.parties.iter().filter_map(|p| p.country).map(|c| c.to_string()).collect();
        let day = event.date.start().map_or("-".to_owned(), |day| day.to_string());
        format!("{} {} {day}", event.act.subtype(), states.join(","))
    };
    contacts(text).iter().map(line).collect()
}

#[test]
fn what_only_describes_takes_no_day() {
    for (text, expected) in [
        (
            "U.S. Trade Representative Jane Roe received a team led by Peru's Vice President Juan Ejemplo in Lima on \
             May 19.",
            "visit PE,US 2025-05-19",
        ),
        (
            "Chile's Ana Muestra and Peru's Juan Ejemplo sat down in Oslo on September 10.",
            "meeting CL,PE 2024-09-10",
        ),
        ("Officials of Chile and Peru conferred in Oslo on September 10.", "meeting CL,PE 2024-09-10"),
    ] {
        assert_eq!(told(text), [expected], "{text:?}");
    }
}

#[test]
fn talks_that_failed_to_settle_it_were_held_and_those_that_failed_to_start_were_not() {
    for (text, held) in [
        (
            "Consultations between Chile and Peru in Lima on May 19 failed to settle the row over rice duties.",
            true,
        ),
        ("Consultations between Chile and Peru in Lima on May 19 failed to take place.", false),
        ("Consultations between Chile and Peru in Lima on May 19 failed.", false),
    ] {
        let found = contacts(text);
        assert_eq!(
            found.iter().any(|event| event.factuality == Factuality::Asserted),
            held,
            "{text}: {found:#?}"
        );
    }
}

#[test]
fn europe_is_the_union_and_its_parts_are_not() {
    assert_eq!(told("Europe and Chile held talks on duties in Lima on May 19."), ["talks EU,CL 2025-05-19"]);
    for other in ["Eastern Europe", "The Council of Europe", "South America", "Latin America"] {
        let found = contacts(&format!("{other} and Chile held talks on duties in Lima on May 19."));
        let named = |code: &str| {
            found
                .iter()
                .flat_map(|event| &event.parties)
                .any(|party| party.country.is_some_and(|c| c.as_str() == code))
        };
        assert!(!named("EU") && !named("US"), "{other}: {found:#?}");
    }
}

#[test]
fn a_day_of_last_week_is_of_this_year_whatever_was_done_last_year() {
    let text = "Chile doubled its duty on Peruvian rice in June last year. Talks between Chile and Peru in Lima on \
                May 14 settled nothing.";
    assert_eq!(told(text), ["talks CL,PE 2025-05-14"]);
}

#[test]
fn there_is_where_the_text_was_last() {
    let text = "Canadian Trade Minister Maninder Sidhu flew to Jakarta in March. Foreign Minister Anita Anand \
                stayed there from May 12 to 14.";
    assert_eq!(told(text), ["visit CA,ID 2025-03-01", "visit CA,ID 2025-05-12"]);
}

#[test]
fn the_subject_stands_behind_phrases_of_place_and_time() {
    assert_eq!(
        told("In Lima on Monday negotiators of Chile and Japan met again."),
        ["talks CL,JP 2025-05-19"]
    );
    let text = "The move came before Chile, Peru and Japan met in Lima on Monday.";
    assert_eq!(told(text), ["meeting CL,PE,JP 2025-05-19"]);
}

#[test]
fn the_next_round_is_of_those_who_sat_in_the_last() {
    let text = "India and Japan held talks in Tokyo on Monday. The next round is due in June.";
    assert_eq!(told(text), ["talks IN,JP 2025-05-19", "talks IN,JP 2025-06-01"]);
    let text = "India and Japan held talks in Tokyo on Monday. The next round of layoffs is due in June.";
    assert_eq!(told(text), ["talks IN,JP 2025-05-19"]);
}

#[test]
fn who_leaves_himself_out_is_whoever_writes() {
    let text = "\"Had a very good telephone conversation with President Xi of China,\" Donald Trump wrote on Tuesday.";
    let found = contacts(text);
    let [call] = found.as_slice() else { panic!("{found:#?}") };
    let names: Vec<_> = call.parties.iter().filter_map(|party| party.name.as_deref()).collect();
    assert_eq!((call.act.subtype(), names), ("call", vec!["Xi", "Donald Trump"]));
}

#[test]
fn a_minister_met_is_of_no_state_of_his_host() {
    let found = contacts("Anita Anand of Canada met Foreign Minister Morita Kenji on Monday.");
    let own = |event: &Event| {
        event.parties.iter().any(|p| p.name.as_deref() == Some("Morita Kenji") && p.country.is_some())
    };
    assert!(!found.iter().any(own), "{found:#?}");
}

#[test]
fn a_contact_behind_the_day_of_a_measure_was_on_that_day() {
    let text = "President Donald Trump granted a reprieve on May 6 following a phone call with Mexican \
                President Claudia Sheinbaum.";
    assert_eq!(told(text), ["call US,MX 2025-05-06"]);
}

#[test]
fn a_meeting_for_which_somebody_is_to_travel_is_still_to_come() {
    let text = "Mexican Economy Minister Marcelo Ebrard flies to Washington on Tuesday to meet U.S. Trade \
                Representative Jamieson Greer.";
    let found = contacts(text);
    assert!(
        !found.is_empty() && found.iter().all(|e| e.date.start() == Some(date(2025, 5, 27))),
        "{found:#?}"
    );
}

#[test]
fn what_is_planned_for_a_month_may_come_until_it_is_over() {
    let may = |text: &str| {
        let events = Extractor::builtin().extract(&Article::new(text, date(2025, 5, 23))).events;
        events.iter().map(|e| (e.date.start(), e.date.end())).collect::<Vec<_>>()
    };
    assert_eq!(
        may("Trump will visit Beijing this month."),
        [(Some(date(2025, 5, 1)), Some(date(2025, 5, 31)))]
    );
    assert_eq!(may("Trump visited Beijing this month."), [(Some(date(2025, 5, 1)), Some(date(2025, 5, 23)))]);
    assert_eq!(may("Trump may go to Beijing in April."), [(Some(date(2026, 4, 1)), Some(date(2026, 4, 30)))]);
}

#[test]
fn a_planned_contact_that_is_counted_is_told_once() {
    let text = "Maros Sefcovic will fly to Beijing on Monday, his third trip to China this year.";
    let events = Extractor::builtin().extract(&Article::new(text, date(2025, 5, 23))).events;
    assert_eq!(events.len(), 1, "{events:#?}");
    assert_eq!(events[0].date.start(), Some(date(2025, 5, 26)));
}

#[test]
fn whom_somebody_met_is_one_of_the_two() {
    for text in [
        "Japan's Ryosei Akazawa, whom Scott Bessent saw in Washington on Monday, kept quiet.",
        "Japan's Ryosei Akazawa, with whom Scott Bessent had lunch in Washington on Monday, kept quiet.",
        "Meeting Scott Bessent in Washington on Monday, Japan's negotiator, Ryosei Akazawa, praised the yen.",
        "Ryosei Akazawa, the first Japanese negotiator to set foot there in years, was received by Scott \
         Bessent on Monday.",
    ] {
        let found = contacts(text);
        let [one] = found.as_slice() else { panic!("{text}: {found:#?}") };
        let mut states: Vec<_> =
            one.parties.iter().filter_map(|p| p.country).map(|c| c.to_string()).collect();
        states.sort_unstable();
        assert_eq!((states.join(","), one.date.start()), ("JP,US".to_owned(), Some(date(2025, 5, 19))));
    }
}

#[test]
fn a_day_long_past_is_none_to_come() {
    let text = "President Donald Trump cut the duty on Feb. 3 after a call with Mexican President Claudia \
                Sheinbaum.";
    let read = Extractor::builtin().extract(&Article::new(text, date(2025, 12, 10))).events;
    let call = read.iter().find(|e| e.act.kind() == Kind::Engagement).expect("a call");
    assert_eq!(call.date.start(), Some(date(2025, 2, 3)));
}

/// Who takes part in the contacts of a text, each as "name/office/country", and where.
fn people(text: &str) -> Vec<String> {
    let party = |p: &attache_extract::Party| {
        let part = |s: Option<&str>| s.unwrap_or("-").to_owned();
        let country = p.country.map(|c| c.to_string());
        format!("{}/{}/{}", part(p.name.as_deref()), part(p.office.as_deref()), part(country.as_deref()))
    };
    let told = |e: &Event| {
        let place = e.place.as_deref().unwrap_or("-").to_owned();
        format!("{} {place}: {}", e.act.subtype(), e.parties.iter().map(party).collect::<Vec<_>>().join(", "))
    };
    contacts(text).iter().map(told).collect()
}

#[test]
fn whoever_comes_along_takes_part() {
    assert_eq!(
        people(
            "Peru's trade minister Ana Roca, flanked by Finance Minister Jorge Paz, saw Chilean Trade Minister Jan Roe \
             in Lima on Monday."
        ),
        [
            "meeting Lima: Ana Roca/trade minister/PE, Jan Roe/Trade Minister/CL, Jorge Paz/Finance Minister/PE"
        ]
    );
    assert_eq!(
        people(
            "The two delegations, headed respectively by Peruvian Vice President Ana Roca and by Thai Finance Minister \
             Jan Roe, conferred in Lima on Monday."
        ),
        ["meeting Lima: Ana Roca/Vice President/PE, Jan Roe/Finance Minister/TH"]
    );
    assert_eq!(
        people(
            "Talks between Peru and Chile resumed in Lima on Tuesday, with Trade Minister Ana Roca of Peru and her \
             counterpart Jan Roe at the table."
        ),
        ["talks Lima: Ana Roca/Trade Minister/PE, Jan Roe/-/CL"]
    );
    assert_eq!(
        people("The two ministers, Ana Roca of Peru and Jan Roe of Chile, conferred in Lima on Monday."),
        ["meeting Lima: Ana Roca/minister/PE, Jan Roe/minister/CL"]
    );
}

#[test]
fn a_contact_is_placed_behind_a_name_between_commas() {
    assert_eq!(
        people(
            "Peru's trade minister, Ana Roca, met her Chilean opposite number, Jan Roe, in Oslo on Monday."
        ),
        ["meeting Oslo: Ana Roca/trade minister/PE, Jan Roe/-/CL"]
    );
    assert_eq!(
        people(
            "Peruvian Trade Minister Ana Roca flew to Oslo, where she met Chilean Trade Minister Jan Roe on Monday."
        )
        .last()
        .map(String::as_str),
        Some("meeting Oslo: Ana Roca/Trade Minister/PE, Jan Roe/Trade Minister/CL")
    );
    assert_eq!(
        people(
            "Peruvian Trade Minister Ana Roca and Chilean Trade Minister Jan Roe spoke for an hour in Oslo on Monday."
        ),
        ["meeting Oslo: Ana Roca/Trade Minister/PE, Jan Roe/Trade Minister/CL"]
    );
}

#[test]
fn a_tariff_raised_in_talks_is_spoken_of() {
    let read = |text: &str| {
        let events = Extractor::builtin().extract(&Article::new(text, date(2026, 3, 11))).events;
        events.iter().filter(|e| e.act.kind() == Kind::TariffAction).count()
    };
    let roe = "Peruvian Trade Minister Ana Roca raised the 10 percent tariff";
    assert_eq!(read(&format!("In talks with Secretary of State Jan Roe on Monday, {roe}.")), 0);
    assert_eq!(read(&format!("{roe} with Secretary of State Jan Roe on Monday.")), 0);
    assert_eq!(read(&format!("In March, {roe} on Chilean copper to 15 percent.")), 1);
}

#[test]
fn a_meeting_of_a_day_that_is_scrapped_is_not_held() {
    let read = contacts("Peru and Chile have scrapped a March 20 meeting of their trade ministers.");
    assert!(read.iter().all(|e| e.factuality == attache_extract::event::Factuality::Denied), "{read:?}");
}

#[test]
fn heads_of_both_sides_take_part() {
    for text in [
        "The Third Peru–Norway Dialogue was held in Lima on 5 May under the co-chairmanship of Ana Roca, Minister of \
         Foreign Trade of Peru, and Ola Roe, Minister of Industry of Norway.",
        "The talks in Lima on May 5, in which the Peruvian side was led by Trade Minister Ana Roca and the Norwegian \
         side by State Secretary Ola Roe, ended without a deal.",
        "Peru and Norway held talks in Lima on May 5, led by Ana Roca, Peru's vice-minister for foreign trade, and \
         Ola Roe, director general for trade at the Norwegian foreign ministry.",
        "Chief negotiators Ana Roca of Peru and Ola Roe of Norway opened talks in Lima on May 5.",
    ] {
        let found = contacts(text);
        let [talks] = found.as_slice() else { panic!("{text:?}: {found:#?}") };
        let names: Vec<_> = talks.parties.iter().map(|p| p.name.as_deref().unwrap_or("")).collect();
        assert_eq!(names, ["Ana Roca", "Ola Roe"], "{text:?}");
        assert!(talks.parties.iter().all(|p| p.office.is_some() && p.country.is_some()), "{text:?}");
    }
}

#[test]
fn a_list_goes_on_behind_what_one_of_it_is() {
    assert_eq!(
        people(
            "Peru's trade minister Ana Roca led a team to Oslo. She met Ola Roe, the head of Norway's trade \
             department, and Kari Prøve, state secretary there, on Tuesday."
        )
        .last()
        .map(String::as_str),
        Some(
            "meeting -: Ana Roca/trade minister/PE, Ola Roe/head of Norway's trade department/NO, Kari Prøve/state \
             secretary/NO"
        )
    );
}

#[test]
fn whoever_is_invited_is_asked_to_come() {
    let found = contacts(
        "At the invitation of Peruvian Foreign Minister Ana Roca, Norwegian Foreign Minister Ola Roe will visit Peru \
         from May 26 to 28.",
    );
    let asked = found.iter().find(|e| e.act.subtype() == "invitation").unwrap();
    let roles: Vec<_> = asked.parties.iter().map(|p| (p.name.as_deref(), p.role)).collect();
    assert_eq!(
        roles,
        [
            (Some("Ana Roca"), attache_extract::Role::Actor),
            (Some("Ola Roe"), attache_extract::Role::Recipient)
        ]
    );
    let found = contacts("Australia's Don Farrell said he had invited China's Wang Wentao to Canberra.");
    assert!(found.iter().all(|e| e.place.as_deref() != Some("China")), "{found:#?}");
}

#[test]
fn a_speech_abroad_is_no_contact() {
    assert!(contacts("The Norwegian ambassador, Ola Roe, will speak in Lima on May 28.").is_empty());
}

#[test]
fn who_meets_the_head_of_a_world_body_keeps_his_state_to_himself() {
    let texts = "Peru and Norway trade fish. Norway's finance minister, Ola Roe, spoke by telephone with IMF Managing \
                 Director Kristalina Georgieva on Monday. Norway and Peru trade copper.";
    for event in contacts(texts) {
        let head = event.parties.iter().find(|p| p.name.as_deref() == Some("Kristalina Georgieva"));
        assert!(head.is_none_or(|p| p.country.is_none()), "{event:#?}");
    }
}

#[test]
fn a_meeting_that_is_now_off_is_not_planned() {
    let found = contacts(
        "Chile doubled its duty on Peruvian sugar on Monday. Chile's minister said nothing would be done before a \
         meeting with Peru planned for May 20 in Lima, which is now off.",
    );
    let planned = |e: &Event| e.factuality != attache_extract::event::Factuality::Denied;
    assert!(!found.iter().any(planned), "{found:#?}");
}

#[test]
fn whoever_heads_a_delegation_is_of_its_state() {
    let found = contacts(
        "OSLO - Norwegian Minister of Trade Kari Roe today issued a statement after two days of consultations with a \
         Peruvian delegation headed by Vice Minister of Foreign Trade Luis Paz.",
    );
    let parties = found.iter().flat_map(|e| &e.parties);
    let head = parties.filter(|p| p.name.as_deref() == Some("Luis Paz"));
    let states: Vec<_> = head.map(|p| p.country.map(|c| c.to_string())).collect();
    assert!(!states.is_empty() && states.iter().all(|c| c.as_deref() == Some("PE")), "{found:#?}");
}

#[test]
fn a_day_of_last_week_is_no_day_of_an_old_story() {
    let found = contacts(
        "Peru and Chile signed a trade pact in February 2022. Peru's prime minister, Ana Rojas, discussed it with Chilean \
         Vice President Luis Soto by phone on May 12.",
    );
    let call = found.iter().find(|e| e.act.subtype() == "call");
    let day = call.and_then(|e| e.date.start()).map(|day| day.to_string());
    assert_eq!(day.as_deref(), Some("2025-05-12"), "{found:#?}");
}

#[test]
fn a_contact_called_off_in_any_words_is_denied_for_the_day_it_was_set_for() {
    let day = |month, day| Some(date(2025, month, day));
    for (text, expected) in [
        (
            "A meeting between Peru's Trade Minister Ana Roca and Norway's Ola Roe in Lima, planned for May 20, did \
             not materialise.",
            day(5, 20),
        ),
        (
            "The telephone call between Foreign Ministers Ana Roca of Peru and Ola Roe of Norway, set for Monday, \
             did not take place.",
            day(5, 19),
        ),
        ("The summit of Poland and Ukraine in Lviv, planned for May 27, will not take place.", day(5, 27)),
        (
            "A visit by Peru's President Juan Paz to Chile, pencilled in for May, fell victim to the strike.",
            day(5, 1),
        ),
        (
            "Talks between Serbia and Albania scheduled for May 4 in Rome were scrapped at the last minute.",
            day(5, 4),
        ),
        (
            "Peru's Ana Roca pulled out of a meeting with Chile's Juan Doe that had been arranged for May 6.",
            day(5, 6),
        ),
        (
            "Norwegian Trade Minister Ola Roe had been expected in Lima last week but stayed in Oslo.",
            day(5, 12),
        ),
    ] {
        let found = contacts(text);
        let [one] = found.as_slice() else { panic!("{text:?}: {found:#?}") };
        let denied = one.factuality == attache_extract::event::Factuality::Denied;
        assert!(denied && one.date.start() == expected, "{text:?}: {one:#?}");
    }
}

#[test]
fn what_is_denied_right_behind_a_report_of_it_did_not_happen() {
    let report =
        "A network reported that Peru's Trade Minister Ana Roca telephoned Norway's Ola Roe on Monday.";
    for denial in [
        "\"There was no such call,\" her spokesman said.",
        "We asked. \"There was no call,\" says the ministry in Lima.",
        "\"That is not true,\" her spokesman said.",
        "The ministry in Lima called the report false.",
    ] {
        let found = contacts(&format!("{report} {denial}"));
        let [call] = found.as_slice() else { panic!("{denial:?}: {found:#?}") };
        assert_eq!(call.factuality, attache_extract::event::Factuality::Denied, "{denial:?}");
    }
    for other in ["The ministry would not say whether the report is false.", "The price of fish fell."] {
        let found = contacts(&format!("{report} {other}"));
        assert!(
            found.iter().all(|e| e.factuality == attache_extract::event::Factuality::Reported),
            "{found:#?}"
        );
    }
}

#[test]
fn below_a_headline_on_the_week_ahead_a_weekday_is_the_next_one() {
    let text = "Monday. Peru's Trade Minister Ana Roca meets Norway's Ola Roe in Oslo.\n\n\
                Tuesday. Chile and Kenya open the third round of talks in Santiago.";
    let days = |title: &str| {
        let article = Article { title: Some(title), ..Article::new(text, TODAY) };
        let found = Extractor::builtin().extract(&article).events;
        found.iter().map(|event| event.date.start()).collect::<Vec<_>>()
    };
    let days_to_come = vec![Some(date(2025, 5, 26)), Some(date(2025, 5, 27))];
    assert_eq!(days("The week ahead in trade"), days_to_come);
    assert_ne!(days("A week of talks"), days_to_come);
}

#[test]
fn where_two_others_meet_nobody_serves() {
    let text = "The truce between Ecuador and Colombia was agreed in Lima last Friday. Ecuador and Colombia had \
                quarrelled for weeks. It was to be signed in Lima on Monday, and President Juan Paz told a radio \
                station that he would not come. Paz met President Donald Trump on Thursday.";
    let parties: Vec<_> = contacts(text).into_iter().flat_map(|e| e.parties).collect();
    let paz = parties.iter().filter(|p| p.name.as_deref() == Some("Juan Paz"));
    assert!(paz.clone().all(|p| p.country.is_none_or(|c| c.to_string() != "PE")), "{parties:#?}");
}

#[test]
fn a_meeting_that_somebody_has_on_a_weekday_is_still_to_come() {
    // Told on a Friday.
    for text in [
        "On Monday Roca has a meeting with Norway's Trade Minister Ola Roe in Oslo.",
        "Roca has talks with Norway's Trade Minister Ola Roe in Oslo on Monday.",
    ] {
        let found = contacts(&format!("Peru's Trade Minister Ana Roca is in Lima today. {text}"));
        assert!(found.iter().any(|e| e.date.start() == Some(date(2025, 5, 26))), "{text:?}: {found:#?}");
    }
}

#[test]
fn a_currency_is_not_talked_with() {
    let found = contacts("The finance ministers of Japan and France agreed on Monday to talk the euro down.");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_the_next_sentence_calls_off_is_off() {
    let plan = "Kenya's trade minister, Lee Doe, was supposed to visit Addis Ababa on Thursday.";
    for off in [
        "Nairobi cancelled the trip late on Friday.",
        "The visit was called off.",
        "Nairobi called the visit off.",
    ] {
        let found = contacts(&format!("{plan} {off}"));
        let [visit] = found.as_slice() else { panic!("{off:?}: {found:#?}") };
        assert_eq!(visit.factuality, attache_extract::event::Factuality::Denied, "{off:?}");
    }
    for on in ["Nairobi called the visit useful.", "Nobody has cancelled the flight."] {
        let found = contacts(&format!("{plan} {on}"));
        assert!(
            found.iter().all(|e| e.factuality != attache_extract::event::Factuality::Denied),
            "{on:?}: {found:#?}"
        );
    }
}

#[test]
fn a_meeting_only_prepared_or_spoken_of_is_none() {
    let found = contacts(
        "On Friday Chile's President Juan Doe said of a meeting with Peru's Ana Roca that it could happen.",
    );
    assert!(found.is_empty(), "{found:#?}");
    let found = contacts(
        "Presidents Xi Jinping and Donald Trump will meet in Shenzhen next Thursday, China's foreign ministry announced \
         on Wednesday, and a call is to prepare their meeting.",
    );
    let meetings = found.iter().filter(|e| e.act.subtype() == "meeting").count();
    assert_eq!(meetings, 1, "{found:#?}");
}

#[test]
fn what_is_recalled_keeps_the_day_on_which_it_was() {
    for text in [
        "The two sides recalled the official visit of Peru's President Juan Paz to Norway on 10 February 2025.",
        "They noted the talks between Peru and Norway in Oslo on 10 February 2025.",
    ] {
        let found = contacts(text);
        let [one] = found.as_slice() else { panic!("{text:?}: {found:#?}") };
        assert_eq!(one.date.start(), Some(date(2025, 2, 10)), "{text:?}");
    }
}

#[test]
fn what_was_to_be_and_was_not_is_denied() {
    for text in [
        "Ghana's trade minister was expected in Lagos for talks on Monday and did not turn up.",
        "Togo and Ghana keep their tariffs. The dinner that Togo's President Ama Doe was to give for Ghana's \
         President Kofi Roe on Monday was struck from the programme.",
        "The trade ministers of Togo and Ghana, who were supposed to gather in Lome last week, never did.",
        "Togolese Foreign Minister Ama Doe will not, after all, be making the trip to Ghana that had been down \
         for May 30.",
        "Togo's trade minister, Ama Doe, stayed away from a meeting with her Ghanaian counterpart in Lome on Monday.",
        "Togo turned back a Ghanaian delegation that was to hold talks in Lome on Monday.",
    ] {
        let found = contacts(text);
        let denied = |e: &Event| e.factuality == Factuality::Denied;
        assert!(!found.is_empty() && found.iter().all(denied), "{text:?}: {found:#?}");
    }
    let found = contacts(
        "The dinner that Togo's President Ama Doe was to give for Ghana's President Kofi Roe on Monday went ahead.",
    );
    assert!(found.iter().all(|e| e.factuality != Factuality::Denied), "{found:#?}");
}

#[test]
fn whoever_owns_the_invitation_gives_it() {
    let text =
        "At Togolese President Ama Doe's invitation, Ghana's President Kofi Roe will be in Lome in June.";
    let found = contacts(text);
    let invitation = found.iter().find(|e| e.act.subtype() == "invitation");
    let Some(invitation) = invitation else { panic!("{found:#?}") };
    let host = invitation.parties.iter().find(|p| p.role == attache_extract::event::Role::Actor);
    assert_eq!(host.and_then(|p| p.country).map(|c| c.to_string()).as_deref(), Some("TG"));
}

#[test]
fn staff_is_of_the_state_of_its_chief() {
    let found = contacts(
        "The Ghanaian visitors will sit down with Togolese Trade Minister Ama Doe and her chief negotiator, Jan Poe, \
         on Monday.",
    );
    let [one] = found.as_slice() else { panic!("{found:#?}") };
    let states: Vec<_> = one.parties.iter().filter_map(|p| p.country).map(|c| c.to_string()).collect();
    assert_eq!(states, ["GH", "TG", "TG"], "{one:#?}");
}

#[test]
fn how_often_since_a_month_is_not_when() {
    let found = contacts(
        "Togolese Trade Minister Ama Doe spent two hours in Accra on Monday with Ghana's President Kofi Roe, their \
         fourth encounter since January.",
    );
    let wrong = |e: &Event| e.date.start() == Some(date(2025, 1, 1));
    assert!(!found.iter().any(wrong), "{found:#?}");
}
