//! Nothing that did not happen is told as a fact, and nobody is told to have done what others did.

use attache_extract::event::{Factuality, Status};
use attache_extract::{Article, Event, Extractor, Kind, Role};
use jiff::civil::{Date, date};

/// A Thursday.
const TODAY: Date = date(2026, 1, 15);

fn read(text: &str) -> Vec<Event> {
    Extractor::builtin().extract(&Article::new(text, TODAY)).events
}

/// Told as done, by the text itself or by somebody in it.
fn told(event: &Event) -> bool {
    matches!(event.factuality, Factuality::Asserted | Factuality::Reported)
}

/// The state of whoever acts.
fn actor(event: &Event) -> Option<String> {
    let acts = event.parties.iter().find(|p| p.role == Role::Actor);
    acts.and_then(|p| p.country).map(|code| code.to_string())
}

#[track_caller]
fn no_fact(kind: Kind, texts: &[&str]) {
    let wrong: Vec<_> = texts
        .iter()
        .flat_map(|text| read(text).into_iter().map(move |event| (text, event)))
        .filter(|(_, event)| event.act.kind() == kind && told(event))
        .map(|(text, event)| format!("{text:?}: {} {:?}", event.act.subtype(), event.factuality))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a text tells of a measure that was taken.
fn taken(text: &str) -> bool {
    let found = Extractor::builtin().extract(&Article::new(text, TODAY)).events;
    found.iter().any(|event| {
        matches!(event.act.kind(), Kind::TariffAction | Kind::Tension)
            && matches!(event.factuality, Factuality::Asserted | Factuality::Reported)
    })
}

#[test]
fn an_act_is_done_only_behind_words_that_carry_it_out() {
    let open = [
        "threatened to",
        "plans to",
        "was tempted to",
        "is free to",
        "has until May 30 to",
        "was due to",
        "is in two minds whether to",
        "has yet to",
        "did not",
        "vowed not to",
        "could",
    ];
    let acts = ["impose a 25% tariff on Mexican cars", "put 12 Mexican firms on its entity list"];
    for act in acts {
        for over in open {
            for middle in
                ["", "leave the talks and ", "leave the talks or ", "recall its envoy, leave the talks and "]
            {
                let text = format!("Canada {over} {middle}{act}, an official said on Tuesday.");
                assert!(!taken(&text), "{text}");
            }
        }
        for over in ["managed to", "went on to", "began to", "was forced to"] {
            let text = format!("Canada {over} leave the talks and {act}, an official said on Tuesday.");
            assert!(taken(&text), "{text}");
        }
    }
}

#[test]
fn a_gerund_is_done_only_behind_words_that_carry_it_out() {
    let acts = ["imposing a 25% tariff on Mexican cars", "putting 12 Mexican firms on its entity list"];
    let open =
        ["is weighing", "talked about", "refrained from", "gave up the idea of", "threatened Mexico with"];
    for act in acts {
        for over in open {
            for middle in ["", "leaving the talks and ", "either leaving the talks or "] {
                let text = format!("Canada {over} {middle}{act}, an official said on Tuesday.");
                assert!(!taken(&text), "{text}");
            }
        }
        let text = format!("Canada answered by leaving the talks and {act}, an official said on Tuesday.");
        assert!(taken(&text), "{text}");
    }
}

#[test]
fn who_is_visited_or_told_something_by_guests_is_not_visited_by_the_speaker() {
    no_fact(
        Kind::Engagement,
        &[
            "Chilean Trade Minister Ana Silva told visiting executives that Chile was ready to reopen its treaty with \
             the European Union.",
            "Chilean Trade Minister Ana Silva put off visiting Japan until June.",
        ],
    );
}

#[test]
fn a_contact_that_is_ruled_out_or_in_the_works_was_not_held() {
    for text in [
        "Canadian Trade Minister Mary Ng ruled out a meeting with Mexican Economy Minister Marcelo Ebrard.",
        "A call between Canadian Trade Minister Mary Ng and Mexican Economy Minister Marcelo Ebrard is in the works.",
    ] {
        let held = |e: &Event| e.act.kind() == Kind::Engagement && e.status == Some(Status::Occurred);
        let found = read(text);
        assert!(!found.iter().any(held), "{text}: {found:#?}");
    }
}

#[test]
fn who_is_told_of_a_measure_or_compared_with_its_author_takes_none() {
    assert_eq!(
        tariffs("Canada told Mexico on Monday it would impose a 25% tariff on its cars."),
        ["CA 25% Asserted"]
    );
    assert_eq!(tariffs("Unlike Japan, Canada imposed a 25% tariff on Mexican cars."), ["CA 25% Asserted"]);
}

#[test]
fn what_is_aimed_at_is_no_pact() {
    no_fact(
        Kind::Agreement,
        &[
            "Japan and the EU have narrowed their differences on cars and aim to conclude their trade pact by June.",
            "Canada and Mexico set June 1 as the deadline for a trade deal.",
            "India and the United States have closed the gap on farm goods and hope to sign the first tranche of \
             their trade agreement before the end of the month, two officials said.",
        ],
    );
}

#[test]
fn what_is_told_behind_a_time_long_past_has_not_the_day_of_the_story() {
    let text = "The EU and the United States spoke on Thursday. The duties were first adopted in July and shelved a \
                fortnight later, when the two sides reached a framework deal in Scotland.";
    let found = read(text);
    let pact = found.iter().find(|event| event.act.kind() == Kind::Agreement);
    assert_eq!(pact.and_then(|event| event.date.start()), None, "{found:#?}");
}

#[test]
fn a_measure_that_is_only_spoken_of_is_not_taken() {
    for over in ["was silent on", "hinted at", "spoke of", "warned against"] {
        for middle in ["", "an end to the talks and "] {
            let text = format!("Canada {over} {middle}the imposition of a 25% tariff on Mexican cars.");
            assert!(!taken(&text), "{text}");
        }
    }
    for over in [
        "A Canadian court struck down",
        "Canada overturned",
        "Canada opened consultations on",
        "Canada modelled",
    ] {
        let text = format!("{over} a 25% tariff on Mexican cars.");
        assert!(!taken(&text), "{text}");
    }
    assert!(!taken("There is no reason for Canada to impose a 25% tariff on Mexican cars."));
    assert!(!taken("Canada said a probe into the dumping of Mexican tomatoes could be opened."));
}

#[test]
fn what_somebody_was_yet_to_do_or_failed_to_do_is_no_contact_held() {
    for text in [
        "Due to meet Scott Bessent on Friday, Katsunobu Kato of Japan said he would press his case.",
        "A meeting between Scott Bessent and Katsunobu Kato of Japan, planned for Monday, did not take place.",
        "There was no call between Scott Bessent and Katsunobu Kato of Japan on Monday.",
        "No such call between Scott Bessent and Katsunobu Kato of Japan was made on Monday, a palace \
         spokesman said.",
        "Katsunobu Kato of Japan failed to meet Scott Bessent on Monday.",
        "Katsunobu Kato of Japan could have met Scott Bessent on Monday but stayed away.",
        "Katsunobu Kato of Japan almost met Scott Bessent on Monday.",
    ] {
        let held = |e: &Event| e.act.kind() == Kind::Engagement && e.status == Some(Status::Occurred);
        let found = read(text);
        assert!(!found.iter().any(held), "{text}: {found:#?}");
    }
}

#[test]
fn what_almost_happened_is_no_fact() {
    no_fact(
        Kind::TariffAction,
        &[
            "Trump almost imposed a 25% tariff on Japanese rice.",
            "Delhi is close to imposing a 12% safeguard duty on steel.",
            "Washington came within hours of imposing a 30% tariff on Mexican goods.",
            "Ottawa all but dropped its 25% duty on American cars.",
            "Trump has toyed with a 10% surcharge on Swiss watches.",
            "Jakarta is willing to remove its duty on American wheat.",
        ],
    );
    no_fact(Kind::Agreement, &["London and Delhi came within a whisker of signing a trade deal."]);
    no_fact(Kind::Tension, &["Tokyo was on the brink of banning exports of photoresist to Seoul."]);
}

#[test]
fn what_is_neither_confirmed_nor_denied_is_no_fact() {
    no_fact(
        Kind::Tension,
        &[
            "Tokyo would neither confirm nor deny that it had banned exports of photoresist to Seoul.",
            "Tokyo did not deny that it had banned exports of photoresist to Seoul.",
        ],
    );
}

#[test]
fn readiness_to_talk_is_no_talk() {
    no_fact(
        Kind::Engagement,
        &[
            "The tariffs stay. Peru is ready to hold talks with Beijing, its foreign minister said on Tuesday.",
        ],
    );
}

#[test]
fn whoever_is_served_by_another_takes_no_part() {
    for (text, absent) in [
        (
            "Peter Navarro, an adviser to President Donald Trump, met Katsunobu Kato of Japan on Monday.",
            "Trump",
        ),
        (
            "A spokesman for Prime Minister Giorgia Meloni said the tariff of the United States was unfair.",
            "Meloni",
        ),
        (
            "A spokeswoman for Chilean President Gabriel Boric on Monday condemned the 10% tariff of the United States.",
            "Boric",
        ),
    ] {
        let events = read(text);
        assert!(!events.is_empty(), "{text:?}");
        for name in events.iter().flat_map(|e| &e.parties).filter_map(|p| p.name.as_deref()) {
            assert!(!name.contains(absent), "{text:?}: {name}");
        }
    }
}

#[test]
fn contacts_sounded_out_and_duties_only_proposed_are_no_facts() {
    no_fact(
        Kind::Engagement,
        &[
            "Aides were sounding out a meeting between Scott Bessent and Katsunobu Kato of Japan in June.",
            "Diplomats are working on a call between Scott Bessent and Katsunobu Kato of Japan.",
        ],
    );
    no_fact(
        Kind::TariffAction,
        &[
            "Norway's finance minister replied on Monday with a proposal for a 100 percent duty on whatever comes \
             from Chile.",
            "A duty of 50% would end what remains of Norway's business in Chile within a quarter, growers said.",
            "Norway's 2% levy on Chilean films was not up for negotiation, its minister said on Monday.",
            "Jamaica had been due to raise its duty on Dominican rum to 40% on Monday, but the cabinet balked.",
        ],
    );
}

#[test]
fn what_is_done_in_no_way_is_not_done() {
    for text in [
        "Kenya lodged no protest with Tanzania over the killing.",
        "Kenya issued no threat against Tanzania.",
        "Kenya has made no promise to lift its ban on Tanzanian onions.",
    ] {
        assert!(!read(text).iter().any(told), "{text:?}");
    }
}

#[test]
fn where_somebody_came_from_takes_no_part() {
    for text in [
        "Panama's trade minister flew to Madrid straight from a summit in Lisbon on Friday.",
        "After a summit in Lisbon, Panama's trade minister met his Spanish counterpart in Madrid on Friday.",
    ] {
        for event in read(text) {
            let portugal = event.parties.iter().any(|p| p.country.is_some_and(|c| c.as_str() == "PT"));
            let summit = event.act.subtype() == "summit";
            assert!(!portugal && !summit, "{text:?}: {event:?}");
        }
    }
}

#[test]
fn a_stranger_speaks_for_no_state() {
    let official =
        |e: &Event| e.act.kind() == Kind::Statement && e.parties.iter().any(|party| party.country.is_some());
    for text in [
        "U.S. Treasury Secretary Scott Bessent met He Lifeng in Oslo on Monday. \"Nobody blinked,\" said \
         Marta Kline, a trade lawyer in Bergen. She wants both capitals to renew the tariff truce.",
        "Canada keeps its tariff on Indian peas. A man from Ottawa explains that the tariff will be lifted soon.",
    ] {
        let wrong: Vec<_> = read(text).into_iter().filter(official).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn a_court_that_is_asked_or_awaited_has_not_ruled() {
    let texts = [
        "The tariffs stay. Importers asked the U.S. Supreme Court to strike down the tariffs.",
        "The tariffs stay. If the Supreme Court rules for the importers, the Treasury pays back the tariffs.",
        "The tariffs stay. Should the Supreme Court strike down the tariffs, the Treasury pays them back.",
    ];
    for text in texts {
        let rulings = read(text).into_iter().filter(|e| e.act.subtype() == "assessment").count();
        assert_eq!(rulings, 0, "{text}");
    }
}

#[test]
fn what_hangs_on_a_condition_is_no_fact() {
    no_fact(
        Kind::TariffAction,
        &[
            "Without an agreement, the United States will raise tariffs on Japan to 24%.",
            "Barring a breakthrough, Washington will impose a 30% tariff on Mexican goods next month.",
            "In the absence of a deal, the United States imposes a 35% tariff on Canadian goods.",
            "Provided Tokyo invests, Washington lowers the tariff on Japanese cars to 15%.",
            "The United States lowers its tariff on cars to 15% provided that Tokyo passes the investment law.",
            "Washington cuts the tariff to 15% on condition that Seoul buys gas.",
            "Assuming that Washington lifts the 50% tariff, exports recover by spring.",
            "Otherwise Washington imposes a 50% tariff on European goods.",
        ],
    );
    no_fact(
        Kind::Tension,
        &[
            "After China lifts its ban on American beef, exports could reach $2bn.",
            "Each time Washington adds firms to the Entity List, Beijing imposes sanctions on American firms.",
            "The rule, if adopted, adds 20 Chinese firms to the Entity List.",
            "The draft rule adds 20 Chinese firms to the Entity List.",
        ],
    );
}

#[test]
fn what_was_kept_from_happening_is_no_fact() {
    no_fact(
        Kind::TariffAction,
        &[
            "Protests kept Paris from imposing a 20% duty on Moroccan tomatoes.",
            "The deal prevented the United States from imposing a 50% tariff on European goods.",
            "Germany voted against the 35% duty on Chinese electric cars.",
            "The Senate blocked a 10% tariff on Canadian lumber.",
            "The Senate voted to end the 50% tariff on Brazilian coffee.",
            "Washington never lifted the 25% tariff on Turkish steel.",
            "Section 122 lets the president impose a tariff of up to 15%.",
        ],
    );
    no_fact(Kind::Agreement, &["China and Canada signed no deal in Beijing."]);
    no_fact(
        Kind::Engagement,
        &[
            "The call between Xi and Trump never happened.",
            "Nobody from Beijing met Bessent in Washington.",
            "Bessent was to have met He Lifeng in Geneva.",
            "He Lifeng skipped a meeting with Bessent.",
            "He Lifeng turned down a meeting with Bessent in Geneva.",
            "Xi was scheduled to visit Rome in May but cancelled the trip.",
        ],
    );
}

#[test]
fn what_is_only_believed_wanted_or_rumoured_is_no_fact() {
    no_fact(
        Kind::TariffAction,
        &[
            "Perhaps Washington has lifted the tariff on Swiss gold.",
            "Rumours that Washington had lifted the tariffs on Chinese ships swirled in the market.",
            "A hoax said that Washington had suspended its tariffs on Chinese goods.",
            "Critics say the White House will impose a 25% tariff on medicines anyway.",
            "Few expect Washington to lift the 50% tariff on Indian goods.",
            "It would be a mistake to think that Washington has lifted the tariff on Indian goods.",
            "Farmers demand that Paris raise the tariff on Ukrainian sugar to 40%.",
            "Glass makers petitioned Washington for an 80% duty on Malaysian glass.",
            "Hungary criticised the idea of a 35% duty on Chinese cars.",
            "According to a leaked draft, the EU will impose a 25% duty on American whiskey.",
            "Trump wrote a letter announcing a possible 30% tariff on Mexican goods.",
        ],
    );
    no_fact(
        Kind::Tension,
        &[
            "According to a rumour, Beijing lifted the ban on Nvidia's chips.",
            "In a simulation, Beijing banned exports of magnets to Europe.",
            "The exercise assumed that Beijing had banned exports of antibiotics.",
        ],
    );
    no_fact(Kind::Agreement, &["Traders bet that Beijing will lift its ban on Australian lobster."]);
    no_fact(Kind::Engagement, &["There is no truth in the report that Bessent met He Lifeng in Vienna."]);
}

#[test]
fn what_is_sought_or_argued_over_is_no_fact() {
    no_fact(
        Kind::TariffAction,
        &[
            "Brussels was talked out of a 20% duty on Chinese wind turbines.",
            "Brussels came under pressure to impose a 20% duty on Chinese wind turbines.",
            "Brussels lacks the votes to impose a 20% duty on Chinese wind turbines.",
            "Brussels lost a vote on a 20% duty on Chinese wind turbines.",
            "Brussels is debating a 20% duty on Chinese wind turbines.",
            "Brussels is divided over a 20% duty on Chinese wind turbines.",
            "Brussels's plan for a 20% duty on Chinese wind turbines leaked.",
            "Instead of a 20% duty on Chinese wind turbines, Brussels chose quotas.",
            "\"I would have imposed a 50% tariff on Spain,\" Trump said.",
        ],
    );
    no_fact(
        Kind::Tension,
        &[
            "The FT said, wrongly, that Beijing had lifted its ban on Micron's chips.",
            "The report that Beijing had banned Micron's chips turned out to be wrong.",
        ],
    );
}

/// The tariff of a text as "actor rate factuality".
fn tariffs(text: &str) -> Vec<String> {
    let duties = read(text).into_iter().filter(|event| event.act.kind() == Kind::TariffAction);
    duties
        .map(|event| {
            let actor = event.parties.iter().find(|party| party.role == Role::Actor).and_then(|p| p.country);
            let rate = event.rate.as_ref().map(|rate| rate.raw.clone()).unwrap_or_default();
            format!(
                "{} {rate} {:?}",
                actor.map(|code| code.to_string()).unwrap_or_default(),
                event.factuality
            )
        })
        .collect()
}

#[test]
fn what_an_accuser_says_is_his_word() {
    let text = "Beijing accused Washington of imposing a 100% tariff on Chinese magnets.";
    assert_eq!(tariffs(text), ["US 100% Reported"]);
}

#[test]
fn exports_that_fall_are_no_cut_of_the_duty_they_pay() {
    assert!(tariffs("Japan's exports to the United States, hit by a 15% tariff, fell 10%.").is_empty());
}

#[test]
fn whoever_pays_is_not_said_to_impose() {
    for text in [
        "Japan's rate fell to 15% and Korea's stayed at 25%.",
        "Vietnam's exports face 20%, and goods sent through Vietnam from China face 40%.",
    ] {
        assert!(tariffs(text).iter().all(|t| !t.starts_with("KR") && !t.starts_with("CN")), "{text}");
    }
    for text in [
        "Peruvian goods bound for Canada face a 10 percent duty.",
        "Peruvian steel destined for Canada still meets a duty of 12 percent.",
        "On May 3 Canada laid duties of 50% on washers, most of them made by Samsung and LG, and 30% on lamps.",
    ] {
        assert!(tariffs(text).iter().all(|t| !t.starts_with("PE") && !t.starts_with("KR")), "{text}");
    }
    let text = "Washington published its new tariff rates on Thursday. Peru is at 10%, while Laos pays 20%.";
    assert!(tariffs(text).iter().all(|t| !t.starts_with("PE") && !t.starts_with("LA")), "{text}");
}

#[test]
fn whoever_bears_a_duty_did_not_impose_it() {
    for (text, code, rate) in [
        ("Xi congratulated Lula on winning an exemption from the 50% tariff on aircraft.", "BR", "50%"),
        ("Canada, whose steel faces a 50% tariff, retaliated with a 25% duty.", "CA", "50%"),
        ("Sheinbaum told Trump that Mexico would answer a 30% tariff in kind.", "MX", "30%"),
        ("Kenya Power cut its tariff by 15% for households.", "KE", "15%"),
        ("Brussels hit back with a 25% duty on motorcycles after Trump taxed steel at 50%.", "EU", "50%"),
    ] {
        let wrong = format!("{code} {rate} ");
        let found = tariffs(text);
        assert!(found.iter().all(|t| !t.starts_with(&wrong)), "{text:?}: {found:?}");
    }
}

#[test]
fn who_is_named_as_absent_takes_no_part() {
    let found = read("Bessent, not Lutnick, met He Lifeng in London.");
    let parties: Vec<_> = found.iter().flat_map(|event| &event.parties).collect();
    assert!(!parties.is_empty());
    assert!(parties.iter().all(|party| party.name.as_deref() != Some("Lutnick")), "{parties:?}");
}

#[test]
fn the_partner_of_another_contact_is_none_of_this_one() {
    let found = read("Rubio met Wang after Trump's call with Xi.");
    let met = found.iter().find(|event| event.act.subtype() == "meeting");
    assert!(met.is_none_or(|event| event.parties.iter().all(|p| p.name.as_deref() != Some("Xi"))));
}

#[test]
fn what_nobody_plans_or_has_agreed_on_is_no_fact() {
    no_fact(
        Kind::Engagement,
        &[
            "Norwegian Prime Minister Jonas Roe says he has no intention of ringing Trump.",
            "Not a single Indian minister will fly to Washington this month.",
            "The American tariffs stay. The Norwegian government says it wants to go on talking to the United States.",
        ],
    );
    no_fact(
        Kind::TariffAction,
        &[
            "Bern and Oslo are close to a deal to bring the tariff down to 15%.",
            "The Bank of Canada cut its rate to 2.5% from 2.75% on Wednesday, citing American tariffs.",
            "A leaked draft shows Canada cutting its tariff on Danish pork to 10%.",
            "The opposition accused Carney of having promised Trump a tariff cut.",
            "A poll showed that most Canadians oppose dropping the tariffs on American cars.",
            "Hanoi is ready to cut its tariffs on American corn to zero.",
            "Norwegian salmon faces the threat of a 35% duty from Canada.",
            "Trump's threat of a 35% duty on Norwegian salmon hangs over Oslo.",
            "Economists warned that a return of the full 25% duty on Canadian goods in April could cost jobs.",
        ],
    );
}

#[test]
fn a_local_paper_tells_of_no_state() {
    let text = "The water tariff goes up by 8% from April. \"Nobody likes it,\" said the manager, Joan China. \
                The Washington Street bakery and the Geneva Hotel keep their prices. The league confirmed its \
                sanctions against the captain and the goalkeeper. The chess club and the bridge club meet in \
                the museum. A pottery has shifted its kilns to larger premises.";
    assert!(read(text).is_empty(), "{:#?}", read(text));
}

#[test]
fn a_threatened_duty_that_is_dropped_was_never_lifted() {
    let text = "The 25% duty that Trump had threatened on Peru in May was dropped on Monday.";
    let found = read(text);
    let acts: Vec<_> = found.iter().map(|e| e.act.subtype()).collect();
    assert!(acts.contains(&"suspend") && !acts.contains(&"remove"), "{acts:?}");
}

#[test]
fn states_before_their_rates_pay_them() {
    let text = "Donald Trump's new tariffs took effect. The tariffs range from 10% to 41%. From today: Norway \
                39%, Chile 20%, Kenya and Peru 12%.";
    assert_eq!(tariffs(text), ["US 39% Asserted", "US 20% Asserted", "US 12% Asserted"]);
}

#[test]
fn what_stands_between_a_subject_and_its_verb_takes_no_part() {
    let asides = [
        "asked last week whether it was preparing duties on rapeseed from Canada",
        "which buys wheat from Canada",
        "stung by Canadian duties",
        "eager to please its growers",
        "long a critic of Canadian subsidies",
        "having failed to win concessions from Canada",
        "under pressure from Canada to open its market",
        "unlike Canada",
        "without waiting for Canada",
        "worried that Canadian peas would swamp it",
        "no friend of free trade",
        "where rice is sacred",
        "which had promised Canada not to do so",
    ];
    for aside in asides {
        let found = tariffs(&format!(
            "Japan, {aside}, raised its tariff on rice to 12% on Monday. Officials in Hanoi and Ottawa were silent. \
             Canada, Vietnam and Brazil all sell rice to the country. Canadian farmers shipped most of it."
        ));
        assert_eq!(found, ["JP 12% Asserted"], "{aside}");
    }
}

#[test]
fn what_hangs_on_a_noun_is_not_done_by_its_subject() {
    let found = read("Chile's plan to ban exports of copper to Peru angered importers.");
    assert!(found.iter().all(|event| !told(event) || event.act.kind() != Kind::Tension), "{found:#?}");
}

#[test]
fn a_rank_in_years_is_no_day_to_come() {
    let text = "Anthony Albanese had landed in Shanghai on 4 November 2023, the first Australian leader to set \
                foot in China in seven years.";
    let found = read(text);
    assert!(found.iter().all(|event| event.date.start().is_none_or(|day| day < TODAY)), "{found:#?}");
}

#[test]
fn who_talks_about_curbs_lays_none() {
    no_fact(
        Kind::Tension,
        &[
            "China and the United States keep the tariffs. Wang Yi and Marco Rubio discussed the chip curbs by \
             telephone.",
            "China and the United States keep the tariffs. The two ministers examined the chip curbs and the \
             rare-earth licences.",
        ],
    );
}

#[test]
fn whoever_is_asked_or_listed_shifts_no_business() {
    no_fact(
        Kind::BusinessShift,
        &[
            "China and the United States keep the tariffs. Four makers of drones found themselves on the Entity \
             List.",
            "China and the United States keep the tariffs. Reports that crushers have stopped buying American \
             beans are untrue.",
            "China and the United States keep the tariffs. The lower house put off its vote on farm orders.",
            "China and the United States keep the tariffs. The mayor told mills to hold finished goods back.",
            "Canada and Chile keep the tariffs. Zetamax used to buy its copper in Antofagasta.",
            "Canada and Chile keep the tariffs. Zetamax used to ship its peas to Iquique by way of Lima.",
        ],
    );
}

#[test]
fn the_day_of_the_next_verb_is_its_own() {
    let text = "China's commerce ministry, which opened an anti-dumping inquiry into Mexican steel in September, \
                on Monday urged Mexico to drop its tariff plan.";
    let case = read(text).into_iter().find(|e| e.act.subtype() == "investigation");
    let start = case.and_then(|e| e.date.start());
    assert_eq!(start, Some(date(2025, 9, 1)));
}

#[test]
fn what_a_relative_clause_describes_acts() {
    let text = "China and the United States keep the tariffs. Importers who lost their contracts in Ohio and \
                Texas are wooing buyers in Brazil. Brandt, a maker of tools, cut its list prices in May.";
    let found = read(text);
    let names = |e: &Event| e.parties.iter().find_map(|p| p.name.clone());
    let shifts: Vec<_> = found.iter().filter(|e| e.act.kind() == Kind::BusinessShift).map(names).collect();
    assert_eq!(shifts.len(), 2, "{shifts:?}");
    assert!(shifts.iter().flatten().any(|name| name.contains("Importers")), "{shifts:?}");
}

#[test]
fn a_fee_on_the_ships_of_another_is_no_fee_of_his() {
    let text =
        "China and the United States keep the tariffs. America's port fees on Chinese ships are on ice.";
    let found = read(text);
    let actors: Vec<_> = found
        .iter()
        .filter(|e| e.act.subtype() == "port_fees")
        .flat_map(|e| e.parties.iter().filter(|p| p.role == Role::Actor))
        .filter_map(|p| p.country.map(|c| c.as_str().to_owned()))
        .collect();
    assert_eq!(actors, ["US"]);
}

#[test]
fn the_boss_of_a_firm_blames_for_no_state() {
    no_fact(
        Kind::Tension,
        &[
            "China and the United States keep the tariffs. Acme boss Jane Roe said she was disappointed with \
             China's export controls.",
            "China and the United States keep the tariffs. Wang Wei, the chairman of Longwei, accused the United \
             States of protectionism.",
        ],
    );
}

#[test]
fn the_end_of_a_measure_has_no_day_of_its_start() {
    let text = "China and the United States keep the tariffs. The export controls that China unveiled on October \
                9 are parked for a year.";
    let ends: Vec<_> = read(text)
        .into_iter()
        .filter(|e| e.act.subtype() == "export_control" && e.status == Some(Status::Eased))
        .map(|e| e.date.start())
        .collect();
    assert_eq!(ends, [None]);
}

#[test]
fn an_aside_within_a_verb_hides_nobody() {
    let text = "China and the United States keep the tariffs. Both sides welcomed the fact that Chile had, on May 2, \
                suspended its licensing requirement for exports of lithium to the United States.";
    let found = read(text);
    let actors: Vec<_> = found
        .iter()
        .filter(|e| e.act.subtype() == "export_control")
        .flat_map(|e| e.parties.iter().filter(|p| p.role == Role::Actor))
        .filter_map(|p| p.country.map(|c| c.as_str().to_owned()))
        .collect();
    assert_eq!(actors, ["CL"]);
}

#[test]
fn papers_of_offices_of_one_state_and_of_firms_are_no_act_of_several_states() {
    no_fact(
        Kind::Agreement,
        &[
            "A joint notice of the commerce ministry and the customs administration bans exports of graphite. \
             Japan had warned of the step. China's commerce ministry said it applies at once.",
            "Germany's economy ministry and the finance ministry issued a joint declaration on US tariffs.",
            "Toyota and Ford published a joint statement on the US tariffs on Japan.",
            "The finance and trade ministers of India said in a joint statement that Japan's duties were unfair.",
        ],
    );
}

#[test]
fn what_is_vowed_against_a_side_is_no_promise_to_it() {
    let texts = [
        "Chile and Peru trade over their tariffs. Chile vowed on Monday to expel Peru's envoy over the tariffs.",
        "Chile and Peru trade over their tariffs. Chile pledged on Monday to punish Peru for its tariffs.",
    ];
    no_fact(Kind::Agreement, &texts);
    no_fact(Kind::Tension, &["Chile vowed on Monday to blacklist Peruvian banks."]);
}

#[test]
fn a_pact_that_runs_out_is_none_that_was_made() {
    no_fact(
        Kind::Agreement,
        &[
            "The investment treaty between Chile and Peru lapsed on Monday.",
            "Chile tore up its trade pact with Peru on Monday.",
        ],
    );
    let found = read("The trade truce between Chile and Peru expires in November.");
    assert!(found.iter().all(|e| e.status != Some(Status::Denied)), "{found:#?}");
    let found = read("Britain's accession to the CPTPP took effect on December 15.");
    assert!(found.iter().all(|e| e.status != Some(Status::Denied)), "{found:#?}");
}

#[test]
fn what_is_held_or_hoped_for_is_neither_seized_nor_torn_up() {
    no_fact(
        Kind::Tension,
        &["The tariffs of Chile and Peru stay. Chile holds Peruvian assets worth $3 billion."],
    );
    no_fact(
        Kind::TariffAction,
        &["The tariffs bite. Chile followed suit on Monday with a pact of its own with Peru."],
    );
    let found = read("The tariffs bite. Chile killed hopes of a trade deal with Peru on Monday.");
    assert!(found.iter().all(|e| e.status != Some(Status::Denied)), "{found:#?}");
}

#[test]
fn an_inquiry_into_a_duty_lays_none() {
    no_fact(
        Kind::TariffAction,
        &["Chile has initiated a countervailing duty investigation into steel from Peru."],
    );
    let found = read("Peru is the target of a Section 301 probe launched by USTR in July.");
    assert!(
        found
            .iter()
            .flat_map(|e| &e.parties)
            .all(|p| { p.role != Role::Actor || p.country.is_none_or(|code| code.as_str() != "PE") })
    );
}

#[test]
fn a_pact_that_somebody_leaves_was_not_made_on_that_day() {
    no_fact(Kind::Agreement, &["Iceland withdrew on Tuesday from the pact with Norway on fish."]);
}

#[test]
fn what_is_put_off_ruled_out_or_charged_by_a_firm_is_no_duty() {
    for text in [
        "Chile and Peru trade. Chile ruled out a 12% tariff on Peruvian maize on Monday.",
        "Chile and Peru trade. Chile thought better of a 12% tariff on Peruvian maize on Monday.",
        "Chile and Peru trade. Shoe prices rose 9% because of the tariff that Chile imposed on Peruvian leather.",
        "Chile and Peru trade. Acme, a maker of watches in Geneva, has put 12 percent on its Peruvian catalogue \
         because of the tariffs.",
    ] {
        let duties =
            read(text).into_iter().filter(|e| e.act.kind() == Kind::TariffAction && e.rate.is_some());
        assert_eq!(duties.filter(told).count(), 0, "{text}");
    }
    let found = read("Chile and Peru trade. Chile put its duty on Peruvian maize off until June.");
    assert!(found.iter().all(|e| e.act.subtype() != "impose"), "{found:#?}");
}

#[test]
fn what_a_side_is_said_to_tell_is_its_word() {
    for account in ["By his telling", "By the ministry's account", "In Oslo's version"] {
        let text = format!("{account}, Chile raised its tariff on Peruvian maize to 12% on Monday.");
        assert_eq!(tariffs(&text), ["CL 12% Reported"], "{account}");
    }
}

#[test]
fn a_duty_spoken_of_was_not_laid_on_that_day() {
    for text in [
        "On Monday Norway defended the 20% duty on Chilean salmon.",
        "Norway reviewed its 20% duty on Chilean salmon on Monday.",
        "Norway on Monday published a study of its 20% duty on Chilean salmon.",
        "The 20% duty that Norway removed on Monday on Chilean salmon had hurt.",
    ] {
        let laid = read(text).into_iter().filter(|e| e.act.subtype() == "impose");
        assert_eq!(laid.filter(|e| e.date.start().is_some()).count(), 0, "{text}");
    }
}

#[test]
fn what_its_side_says_was_not_done_is_denied() {
    for text in [
        "Norway has not raised the duty on Chilean salmon, the ministry said on Monday.",
        "It is not true that Norway has raised its duty on Chilean salmon, the ministry said.",
    ] {
        let found = read(text);
        let duty = found.iter().find(|e| e.act.kind() == Kind::TariffAction);
        assert_eq!(duty.map(|e| e.factuality), Some(Factuality::Denied), "{text}: {found:#?}");
    }
    let called = read("On Monday Norway called the planned 12% tariff on all frozen salmon from Chile off.");
    assert!(called.iter().any(|e| e.act.subtype() == "suspend"), "{called:#?}");
}

#[test]
fn what_becomes_of_talks_or_of_a_start_is_not_what_becomes_of_the_duty() {
    no_fact(
        Kind::TariffAction,
        &[
            "Norway pulled the plug on tariff talks with Chile on Monday.",
            "The 12% Norwegian tariff on Chilean salmon did not start on Monday.",
        ],
    );
    let found = read("On Monday the 12% Norwegian tariff on Chilean salmon went down to 5%.");
    assert!(found.iter().any(|e| e.act.subtype() == "reduce"), "{found:#?}");
}

#[test]
fn a_duty_only_spoken_of_is_no_duty() {
    for verb in ["pencilled in", "readied", "submitted", "opposed", "resisted", "tabled"] {
        let text = format!("On Monday Norway {verb} a 20% duty on Chilean salmon.");
        no_fact(Kind::TariffAction, &[text.as_str()]);
    }
    assert_eq!(tariffs("On Monday Norway announced a 20% duty on Chilean salmon."), ["NO 20% Asserted"]);
}

#[test]
fn who_talks_of_a_known_measure_did_not_take_it() {
    let taken = |clause: &str| -> Vec<String> {
        let lead = "Chile and the United States argue over tariffs. On Monday Chile's finance minister";
        let found = read(&format!("{lead} {clause}."));
        let tariffs = found.iter().filter(|e| e.act.kind() == Kind::TariffAction);
        let day = |e: &Event| e.date.start().map_or_else(|| "-".to_owned(), |day| day.to_string());
        let actor = |e: &Event| {
            let actor = e.parties.iter().find(|p| p.role == Role::Actor);
            actor.and_then(|p| p.country).map_or_else(|| "-".to_owned(), |code| code.to_string())
        };
        tariffs.map(|e| format!("{} {}", actor(e), day(e))).collect()
    };
    assert_eq!(taken("regretted the 10% duty on copper"), ["US -"]);
    assert_eq!(taken("shrugged off the 10% duty on copper"), ["US -"]);
    assert_eq!(taken("defended the 10% duty on copper"), ["CL -"]);
    for clause in ["described the pause in the tariff", "recalled the suspension of the tariff"] {
        assert!(taken(clause).iter().all(|act| act == "US -"), "{clause}: {:?}", taken(clause));
    }
    no_fact(Kind::TariffAction, &["Hungary welcomed the 35% duty on Chinese cars."]);
    let thanks = taken("thanked Washington for the pause in the tariff");
    assert!(thanks.iter().all(|act| act.starts_with("US")), "{thanks:?}");
}

#[test]
fn what_has_nothing_to_do_with_trade_is_no_quarrel_over_it() {
    let arrests = "Police in Kenya arrested two Chinese nationals on Friday over illegal fishing. China's embassy asked \
                   for access to them.";
    no_fact(Kind::Tension, &[arrests]);
    no_fact(Kind::TariffAction, &["Germany's cabinet agreed on a levy of 5% on domestic air tickets."]);
}

#[test]
fn where_to_talk_is_no_talk() {
    no_fact(Kind::Engagement, &["Chile and Peru agreed on Monday to set up a trade dialogue."]);
}

#[test]
fn what_is_made_up_joked_rumoured_or_taken_back_is_no_duty() {
    let act = "Chile imposed a 40% tariff on Peruvian maize";
    let frames = [
        "In the war game, {act} on day three.",
        "In a world in which {act}, bakers would suffer.",
        "I dreamt that {act}.",
        "He joked that {act}.",
        "It is as if {act}.",
        "{act}, if you believe the tabloids.",
        "{act}, or so the rumour went.",
        "Rumours swirled that {act}.",
        "It is being whispered that {act}.",
        "Contrary to reports that {act}, nothing has changed.",
        "The report that {act} was later withdrawn.",
        "A newspaper has retracted its story that {act}.",
        "It would be wrong to say that {act}.",
        "One could be forgiven for thinking that {act}.",
        "An earlier version of this article said that {act}.",
        "The author claims that {act}, which it never did.",
        "Few in Lima believe that {act}.",
        "No evidence has emerged that {act}.",
    ];
    for frame in frames {
        let text = format!("{} Chile and Peru trade.", frame.replace("{act}", act));
        no_fact(Kind::TariffAction, &[text.as_str()]);
    }
    // What stands beside such words is told all the same.
    let found = tariffs(&format!("In the film, a queen taxes roses. {act} on Monday."));
    assert_eq!(found, ["CL 40% Asserted"]);
}

#[test]
fn what_a_side_is_wished_or_expected_to_do_is_not_done() {
    no_fact(
        Kind::TariffAction,
        &[
            "Peru insists on Chile lifting its tariff on Peruvian maize.",
            "Peru dreams of Chile lifting its tariff on Peruvian maize.",
            "There is no sign of Chile lifting its tariff on Peruvian maize.",
            "Not until Chile lifts its tariff on Peruvian maize will Peru sign.",
            "Say Chile lifts its tariff on Peruvian maize.",
            "Under the opposition's plan, Chile lifts its tariff on Peruvian maize.",
        ],
    );
}

#[test]
fn what_nobody_in_particular_tells_is_reported() {
    for told in ["reportedly imposed", "apparently imposed", "is said to have imposed"] {
        let text = format!("Chile and Peru trade. Chile {told} a 40% tariff on Peruvian maize.");
        assert_eq!(tariffs(&text), ["CL 40% Reported"], "{told}");
    }
}

#[test]
fn who_is_called_something_is_not_rung_up() {
    no_fact(
        Kind::Engagement,
        &[
            "President Luiz Inácio Lula da Silva called President Donald Trump's 50% tariff “blackmail”.",
            "President Donald Trump called Prime Minister Narendra Modi reckless.",
            "President Donald Trump, who called Xi Jinping “very tough”, spoke in Ohio.",
        ],
    );
}

#[test]
fn a_contact_that_nobody_confirms_or_that_is_shot_down_is_no_fact() {
    no_fact(
        Kind::Engagement,
        &[
            "China has yet to confirm Scott Bessent's visit to Beijing.",
            "Neither side has announced the meeting between Trump and Xi.",
            "The White House shot down a story that Trump and Xi met in Seoul.",
        ],
    );
}

#[test]
fn what_is_gainsaid_is_denied() {
    let duty = "a 40% tariff on Peruvian maize";
    for frame in [
        "There is no such thing as {}, Chile's finance ministry said.",
        "Chile's finance ministry knocked down a report of {}.",
        "At no point had Chile imposed {}, a spokesman said.",
        "It was not the case that Chile had imposed {}.",
        "Chile's finance ministry shot down an account according to which it had imposed {}.",
    ] {
        let text = format!("Chile and Peru trade. {}", frame.replace("{}", duty));
        no_fact(Kind::TariffAction, &[text.as_str()]);
    }
    let denied = |kind: Kind, text: &str| {
        read(text).iter().any(|e| e.act.kind() == kind && e.factuality == Factuality::Denied)
    };
    let text = "Chile and Peru keep their tariffs. Reports of a secret deal between Chile and Peru on maize are false, \
                Chile's finance ministry said.";
    assert!(denied(Kind::Agreement, text));
    let text = "Chile and Peru keep their tariffs. Reports of new sanctions on Peruvian banks are false, Chile's \
                finance ministry said.";
    assert!(denied(Kind::Tension, text));
}

#[test]
fn papers_that_came_to_nothing_tell_no_measure() {
    for text in [
        "The Senate rejected an amendment that imposed a 20% duty on Chilean salmon.",
        "A bill that imposed a 20% duty on Chilean salmon was defeated in Oslo.",
        "The motion imposing a 20% duty on Chilean salmon was voted down in Oslo.",
        "The columnist mocked the 25% tariff on Mexican tomatoes, once floated by the White House, as a hangover.",
        "To impose a 25% tariff on Mexican beer, Washington would first need a new law.",
    ] {
        assert!(!taken(text), "{text:?}");
    }
    assert!(taken("Oslo passed the bill that imposed a 20% duty on Chilean salmon."));
    assert!(taken("To impose the 25% tariff on Mexican beer, Washington used an old law."));
    assert!(!taken("Hungary blocked EU sanctions on the banker."));
    no_fact(Kind::Engagement, &["Reports of a phone call between Trump and Carney were made up."]);
}

#[test]
fn a_meeting_spoken_of_later_is_that_of_both_sides_told_last() {
    let text = "Q: Mexico's tariffs on Chinese cars took effect in January. What will China do?\n\n\
                A: China and Mexico have held several rounds of consultations.\n\n\
                Q: And the curbs?\n\n\
                A: On November 10 the United States suspended its rule, and China suspended its export controls. \
                Both sides should implement the outcomes of the Busan meeting.";
    let found = read(text);
    let placed = found.iter().filter(|e| e.place.is_some());
    let with_mexico = |e: &Event| e.parties.iter().any(|p| p.country.is_some_and(|c| c.as_str() == "MX"));
    assert!(!placed.clone().any(with_mexico), "{placed:#?}", placed = placed.collect::<Vec<_>>());
}

#[test]
fn a_guess_of_somebody_at_a_mill_names_no_state() {
    let text = "Kenya put a 100% levy on Ugandan sugar on Monday, and Uganda answered with 60% on Kenyan cement. \
                One manager expects to ship a fifth of his crop to Juba by Christmas.";
    let found = read(text);
    let foretold = found.iter().filter(|e| e.act.kind() == Kind::Forecast);
    assert!(foretold.flat_map(|e| &e.parties).all(|p| p.country.is_none()), "{found:#?}");
    no_fact(
        Kind::Forecast,
        &["Importers should note that refunds of the duty may be requested within 60 days."],
    );
}

#[test]
fn what_came_to_nothing_is_no_agreement() {
    no_fact(
        Kind::Agreement,
        &[
            "Oslo and Lima keep their tariffs. Oslo and Lima failed to agree.",
            "Oslo and Lima keep their tariffs. Peru and Norway will start talks on a trade deal.",
            "Oslo and Lima keep their tariffs. Peru's cabinet approved a negotiating mandate for a trade deal with Norway.",
            "Oslo and Lima keep their tariffs. Peru's pledge to invest $2 billion in Norway fell through.",
            "Oslo and Lima keep their tariffs. Norway's commitment to buy $3 billion of Peruvian copper was withdrawn.",
            "Oslo and Lima keep their tariffs. Nothing in the agreement commits Norway to buy Peruvian copper.",
            "Oslo and Lima keep their tariffs. Peru denies having agreed to buy wheat from Norway.",
        ],
    );
}

#[test]
fn a_timetable_in_the_present_lies_ahead() {
    for verb in ["rises", "goes up", "increases"] {
        let text =
            format!("Ecuador's duty on Colombian coffee {verb} on March 15, the minister told reporters.");
        let found = read(&text);
        let told: Vec<_> = found.iter().map(|e| (e.effective.map(|m| m.to_string()), e.status)).collect();
        assert!(
            told.iter().all(|(start, status)| {
                start.as_deref() == Some("2026-03-15") && *status == Some(Status::Announced)
            }),
            "{text:?}: {told:?}"
        );
    }
}

#[test]
fn nobody_does_what_another_state_tells_it_to() {
    let controls = "Officials watch the tariffs, the export controls and the trade truce.";
    let texts = [
        "Norway's commerce ministry told Peru to withdraw its export limits on rare earths.",
        "Peru was told by Norway to withdraw its export limits on rare earths.",
    ]
    .map(|text| format!("{controls} {text}"));
    no_fact(Kind::Tension, &texts.each_ref().map(String::as_str));
}

#[test]
fn whoever_stops_what_others_send_it_controls_no_exports() {
    let controls = "Officials watch the tariffs, the export controls and the trade truce.";
    for text in [
        "Peru's rare-earth exports to Norway were stopped by Oslo.",
        "Norwegian customs stopped a shipment of Peruvian gloves.",
    ] {
        let found = read(&format!("{controls} {text}"));
        assert!(found.iter().all(|e| e.act.subtype() != "export_control"), "{text:?}: {found:#?}");
    }
}

#[test]
fn what_will_more_than_double_has_not_yet() {
    for verb in ["will more than double", "would more than halve"] {
        let found = read(&format!("Ecuador said on Monday it {verb} its levy on goods from Colombia."));
        assert!(!found.is_empty(), "{verb}");
        assert!(found.iter().all(|e| e.status == Some(Status::Announced)), "{verb}: {found:#?}");
    }
}

#[test]
fn goods_named_by_how_they_are_kept_pay_and_do_nothing() {
    let text = "Colombia hit back within hours. Trade Minister Diana Morales of Colombia announced that 73 Ecuadorean \
                products, among them rice, bananas and canned tuna, would pay a duty of 30 percent from May 24.";
    let found = read(text);
    let tariff = found.iter().find(|e| e.act.kind() == Kind::TariffAction).expect("a tariff");
    let of = |role: Role| {
        let sides = tariff.parties.iter().filter(move |p| p.role == role).filter_map(|p| p.country);
        sides.map(|code| code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!((of(Role::Actor), of(Role::Recipient)), (vec!["CO".to_owned()], vec!["EC".to_owned()]));
}

#[test]
fn a_paper_is_nobody_and_its_money_no_origin() {
    let text = "GOVERNMENT OF INDIA\n\nThe Central Government hereby imposes on float glass from Thailand an anti-dumping \
                duty of 11 per cent.\n\nThe duty imposed under this notification shall be effective for five years from \
                the date of its publication in the Official Gazette and shall be payable in Indian currency.";
    let found = read(text);
    let wrong = |e: &&Event| {
        e.parties.iter().any(|p| {
            let code = p.country.map(|code| code.to_string());
            p.role == Role::Actor && code.as_deref() == Some("TH")
                || p.name.as_deref().is_some_and(|name| name.contains("Gazette"))
        })
    };
    assert!(!found.iter().any(|e| wrong(&e)), "{found:#?}");
}

#[test]
fn who_stops_buying_by_agreement_does_not_retaliate() {
    let texts = [
        "Norway agreed to stop importing Peruvian copper.",
        "Under the trade deal Norway will stop buying copper from Peru.",
    ]
    .map(|text| format!("Officials watch the tariffs, the export controls and the trade truce. {text}"));
    no_fact(Kind::Tension, &texts.each_ref().map(String::as_str));
}

#[test]
fn whoever_speaks_of_a_duty_on_his_own_goods_did_not_lay_it() {
    for text in [
        "The 25% duty on our steel is self-harm, said the Turkish minister.",
        "The 25% duty on our steel hurts American builders, the Turkish trade minister said.",
        "Turkish officials confirmed that talks on the 25% duty go on.",
    ] {
        let found = read(text);
        let lays = |e: &Event| {
            e.act.kind() == Kind::TariffAction
                && e.parties
                    .iter()
                    .any(|p| p.role == Role::Actor && p.country.is_some_and(|code| code.as_str() == "TR"))
        };
        assert!(!found.iter().any(lays), "{text:?}: {found:#?}");
    }
}

/// The states that a text tells to have acted on tariffs.
fn imposers(text: &str) -> Vec<String> {
    let tariffs = read(text).into_iter().filter(|e| e.act.kind() == Kind::TariffAction);
    let actors = |e: Event| -> Vec<String> {
        let side = e.parties.into_iter().filter(|p| p.role == Role::Actor);
        side.filter_map(|p| p.country).map(|code| code.as_str().to_owned()).collect()
    };
    tariffs.flat_map(actors).collect()
}

#[test]
fn a_duty_known_by_its_goods_is_of_whoever_laid_it() {
    let story =
        "Norway on Monday cut its duty on Chilean wine to 2%. Peru's 20% tariff on Chilean beer will stay.";
    for sequel in [
        "The wine duty had been raised from 3% to 9% last August.",
        "The duty on wine had been raised from 3% to 9% last August.",
    ] {
        let found = imposers(&format!("{story} {sequel}"));
        assert_eq!(found.last().map(String::as_str), Some("NO"), "{sequel}: {found:?}");
    }
}

#[test]
fn its_duty_is_that_of_whoever_acts_in_the_sentence() {
    let story = "Norway on Monday imposed a 12% duty on Chilean wine.";
    for sequel in [
        "Peru prolonged its 33% duty on Brazilian ovens.",
        "Peru, by removing its 10% levy on Brazilian cement, has shown good will.",
    ] {
        let found = imposers(&format!("{story} {sequel}"));
        assert_eq!(found.last().map(String::as_str), Some("PE"), "{sequel}: {found:?}");
    }
}

#[test]
fn who_it_was_that_laid_a_duty_is_told_by_the_sentence() {
    let cleft = "It was Norway, not Chile, that put a duty of 25% on Peruvian wine.";
    assert_eq!(imposers(cleft), ["NO"]);
}

#[test]
fn the_last_line_of_a_circular_tells_whose_it_is() {
    let text = "1. With effect from 1 April 2026 the rate of import duty on sugar from Mozambique is increased from 10% to 22%.\n\n2. The additional duty of 15% on South African chicken ceased on 28 February 2026.\n\nIssued by the Zimbabwe Revenue Authority, Harare, 10 March 2026";
    let found = imposers(text);
    assert!(!found.is_empty() && found.iter().all(|code| code == "ZW"), "{found:?}");
}

#[test]
fn what_is_about_a_duty_ends_without_it() {
    no_fact(
        Kind::TariffAction,
        &[
            "Peru said talks on its 18% duty on Chilean milk had ended without result.",
            "Growers in Peru ask that the exemption from the 16% duty on Chilean sugar be ended.",
            "The lesson is that a 5% duty nobody pays hurts no one.",
        ],
    );
}

#[test]
fn whoever_is_begged_to_drop_a_duty_has_not_dropped_it() {
    no_fact(
        Kind::TariffAction,
        &[
            "Ghana's trade minister appealed to Switzerland on Monday to drop a planned levy.",
            "Ghana's trade minister pleaded with Switzerland on Monday to drop a planned levy.",
            "Ghana's trade minister led a delegation to Bern to plead with Swiss officials to drop a planned levy.",
        ],
    );
}

#[test]
fn whoever_speaks_with_another_about_a_duty_threatens_none() {
    let texts = "The White House put new tariffs on steel on Monday. Acting Norwegian Trade Minister Jan Roe spoke with \
                 Peru's Ana Roca by phone on Monday about the 15% duty Lima put on Norwegian fish in August.";
    let threat = |e: &Event| e.act.subtype() == "threaten";
    assert!(!read(texts).iter().any(threat), "{:#?}", read(texts));
}

#[test]
fn whom_a_minister_calls_on_is_asked_for_nothing() {
    let found = read(
        "Peru's trade minister, Ana Roca, called on Indonesia's President Prabowo Subianto on Monday. The visitors \
         later called on Vice President Gibran Example, who assured them of Jakarta's full support.",
    );
    assert!(!found.iter().any(|e| e.act.subtype() == "demand"), "{found:#?}");
}

#[test]
fn a_visit_to_a_third_state_is_paid_to_that_state() {
    let found = read(
        "India and Qatar will start talks on a tariff pact. Qatar wants cheaper rice and India wants gas. Prime \
         Minister Narendra Modi's visit to Jordan in December was theatre.",
    );
    let qatar = |e: &Event| {
        e.act.subtype() == "visit"
            && e.parties.iter().any(|p| p.country.is_some_and(|code| code.as_str() == "QA"))
    };
    assert!(!found.iter().any(qatar), "{found:#?}");
}

#[test]
fn what_a_duty_is_for_lays_none_and_is_not_hit() {
    let acts = |text: &str, role: Role, code: &str| {
        let parties: Vec<_> = read(text).into_iter().flat_map(|e| e.parties).collect();
        parties.iter().any(|p| p.role == role && p.country.is_some_and(|c| c.as_str() == code))
    };
    for reason in ["for buying Russian oil", "over Russian oil", "linked to Russian oil"] {
        let text = format!("In August the president put a further 25% duty on Indian goods {reason}.");
        assert!(!acts(&text, Role::Actor, "RU") && !acts(&text, Role::Recipient, "RU"), "{text}");
    }
    let text = "Washington lifted the 25% duty linked to India's imports of Russian oil.";
    assert!(!acts(text, Role::Recipient, "RU"), "{text}");
}

#[test]
fn a_duty_that_was_never_more_than_a_plan_is_none() {
    no_fact(
        Kind::TariffAction,
        &[
            "Norway considered, but then dropped, a 15% duty on Thai wool.",
            "Norway considered and dropped a 15% duty on Thai wool.",
            "Norway threatened, but never imposed, a 15% duty on Thai wool.",
            "Norway drew up but never imposed a 15% duty on Thai wool.",
        ],
    );
}

#[test]
fn an_exclusion_that_ends_by_the_way_lays_no_duty() {
    let found = read(
        "Norway's steel duty does not apply to Thai rails, which are covered by an exclusion that ends on May 31.",
    );
    assert!(found.iter().all(|e| e.act.subtype() == "exclude" && e.effective.is_none()), "{found:#?}");
}

#[test]
fn what_is_bought_again_is_stopped_no_more() {
    let found = read(
        "Farmers have waited for years. On Friday Peru resumed imports of Lithuanian beef, which it had stopped in \
         2021. Vilnius called it overdue. The first boxes leave in May. Prices fell a little.",
    );
    let stopped = |e: &Event| e.act.kind() == Kind::Tension && e.status == Some(Status::Open);
    assert!(!found.iter().any(stopped), "{found:#?}");
}

#[test]
fn it_is_the_same_all_along() {
    let found = read(
        "Mexico and China are at odds. China opened an inquiry on Monday. The United States has not commented. In July \
         it postponed for 90 days a 30 percent tariff on Mexican goods, and on October 27 it extended that pause.",
    );
    let tariffs = found.iter().filter(|e| e.act.kind() == Kind::TariffAction);
    let actors: Vec<_> = tariffs.filter_map(actor).collect();
    assert_eq!(actors, ["US", "US"], "{found:#?}");
}

#[test]
fn talks_that_broke_up_took_place() {
    let found =
        read("A second round of talks between Peru and Chile in Lima broke up without result on Tuesday.");
    let talks = found.iter().find(|e| e.act.kind() == Kind::Engagement);
    assert!(talks.is_some_and(told), "{found:#?}");
}

#[test]
fn whoever_speaks_for_somebody_is_of_his_state() {
    let found = read(
        "PERU and Chile quarrel over duties. Trade Minister Ana Roca of Peru is due to meet her Chilean counterpart, Luis \
         Soto, in Lima on May 17. A spokesman for Soto denied reports that the meeting had been called off.",
    );
    let denial = found.iter().find(|e| e.act.subtype() == "denial");
    assert_eq!(denial.and_then(actor).as_deref(), Some("CL"), "{found:#?}");
}

#[test]
fn a_clause_about_goods_takes_nothing_back() {
    let text = "In May Norway put a 12% tariff on Danish hams, which it did not need.";
    assert_eq!(tariffs(text), ["NO 12% Asserted"]);
    let text = "Peru put a 20% duty on Chilean yarn in May, which it did not.";
    assert!(!tariffs(text).iter().any(|told| told.ends_with("Asserted")));
}

#[test]
fn a_rate_that_was_is_none_that_is() {
    let text = "Oman doubled to 60% the duty on Kenyan tea, which had been 30%.";
    assert_eq!(tariffs(text), ["OM 60% Asserted"]);
    no_fact(
        Kind::TariffAction,
        &[
            "Egypt's duty on Kenyan tea was 12% until last year.",
            "The rise would lift the average Kenyan tariff on Ugandan goods to 41%, a bank reckons.",
            "Take a mill that sells a tonne in Peru: with a 40% duty on Chilean yarn, it earns nothing.",
            "Kenya asked to be spared; Uganda declined, and the 20% levy on Kenyan eggs stays.",
        ],
    );
}

#[test]
fn a_report_called_baseless_is_denied() {
    for text in [
        "The minister dismissed as fabricated a report that Norway was preparing a 34% duty on Danish ham.",
        "Reports that Norway is planning a 34% duty on Danish ham were called baseless.",
        "He called reports that Norway is planning a 34% duty on Danish ham pure invention.",
    ] {
        assert_eq!(tariffs(text), ["NO 34% Denied"], "{text}");
    }
}

#[test]
fn a_duty_heard_about_is_only_proposed() {
    no_fact(
        Kind::TariffAction,
        &[
            "Norway's ministry will hold a hearing on 12 May on the duties of 30% on Danish ham that it proposed.",
            "Norway's ministry set 8 May for a hearing on the duties of 30% on Danish ham that it proposed in \
             October.",
            "Both sides should work to extend the suspension of the 24 points on Danish ham.",
        ],
    );
    let text = "Uganda is weighing a 30% duty on goods with more than 40% Kenyan content.";
    assert_eq!(tariffs(text), ["UG 30% Hypothetical"]);
    let text = "Uganda threatened on Monday to tax Kenyan eggs at 25%.";
    assert_eq!(tariffs(text), ["UG 25% Hypothetical"]);
}

#[test]
fn what_is_said_around_an_aside_is_announced() {
    let text = "Trump said on Monday, after he had met the president of Chile, that Chilean grapes would pay 19% \
                instead of 20%.";
    assert_eq!(tariffs(text), ["US 19% instead of 20% Asserted"]);
    let text =
        "The minister said on Monday, when he visited Lima, that Chile would raise its duty on Peruvian tin.";
    assert_eq!(tariffs(text), ["CL  Reported"]);
}

#[test]
fn an_order_is_that_of_the_president_who_signs_it() {
    let text = "The president of the Philippines, Ferdinand Marcos Jr., signed Executive Order No. 105, which raises \
                the duty on Thai rice to 20%.";
    assert_eq!(tariffs(text), ["PH 20% Asserted"]);
    let text = "London announced that the British safeguard on Turkish steel would be replaced on 1 July by a duty of 50%.";
    assert_eq!(tariffs(text), ["GB 50% Asserted"]);
}

#[test]
fn two_sides_have_each_its_own_rate() {
    let text =
        "In April Chile and Peru raised the tariffs on each other's goods to 45% and 25% respectively.";
    assert_eq!(tariffs(text), ["CL 45% Asserted", "PE 25% Asserted"]);
    let text = "In April Chile and Peru quarrelled, and the two sides raised the tariffs on each other's goods to 45% \
                and 25%.";
    assert!(tariffs(text).iter().all(|told| !told.contains('%')), "{:?}", tariffs(text));
}

#[test]
fn a_ledger_tells_of_whoever_keeps_it() {
    let text = "This page lists what Washington charges, country by country.\n\nIndia\n\n25% since 7 August. The rate \
                was raised to 50% on 27 August.\n\nCanada\n\nThe rate for other goods went from 25% to 35% on 1 \
                August.\n\nLesotho\n\nA tariff of 15% took effect on 7 August.";
    let told = read(text);
    let sides = |event: &Event, role: Role| {
        event
            .parties
            .iter()
            .filter(|p| p.role == role)
            .filter_map(|p| p.country)
            .map(|c| c.to_string())
            .collect()
    };
    let pairs: Vec<(Vec<String>, Vec<String>)> = told
        .iter()
        .filter(|event| event.act.kind() == Kind::TariffAction)
        .map(|event| (sides(event, Role::Actor), sides(event, Role::Recipient)))
        .collect();
    assert!(!pairs.is_empty());
    assert!(pairs.iter().all(|(actor, _)| *actor == ["US"]), "{pairs:?}");
    assert!(pairs.iter().any(|(_, hit)| *hit == ["CA"]), "{pairs:?}");
    assert!(pairs.iter().any(|(_, hit)| *hit == ["LS"]), "{pairs:?}");
}

#[test]
fn every_state_of_a_list_acts() {
    let text = "Chile, Peru and Bolivia have all imposed a 12% tariff on Danish fish.";
    assert_eq!(tariffs(text), ["CL 12% Asserted", "PE 12% Asserted", "BO 12% Asserted"]);
}

#[test]
fn its_minister_is_that_of_whoever_the_sentence_is_about() {
    let text = "Chile will not answer Peru's duty with one of its own, its minister said on Monday.";
    let speakers: Vec<_> = read(text).into_iter().flat_map(|e| e.parties).filter_map(|p| p.country).collect();
    assert!(speakers.iter().all(|code| code.as_str() == "CL"), "{speakers:?}");
}

#[test]
fn neither_washington_nor_brussels_has_ministers() {
    let text = "The United States put a 15% tariff on Ghanaian goods in August. At home, Finance Minister Jane Roe told \
                parliament on Wednesday that the government would scrap the 10% duty on solar panels.";
    assert!(!tariffs(text).iter().any(|told| told.starts_with("US 10%")), "{:?}", tariffs(text));
}

/// Who does what to whom in the acts of a subtype, a line each: "CN>JP".
fn who_to_whom(text: &str, subtype: &str) -> Vec<String> {
    let of = |event: &Event, role: Role| {
        let codes = event.parties.iter().filter(|p| p.role == role).filter_map(|p| p.country);
        codes.map(|code| code.as_str().to_owned()).collect::<Vec<_>>().join(",")
    };
    let found = read(text);
    let told = found.iter().filter(|e| e.act.subtype() == subtype);
    told.map(|e| format!("{}>{}", of(e, Role::Actor), of(e, Role::Recipient))).collect()
}

/// A measure of states that have no part in what follows it.
const ELSEWHERE: &str = "Peru put a 10 percent tariff on Fijian sugar last month.";

#[test]
fn a_ban_is_that_of_the_state_before_it() {
    for (text, sides) in [
        ("Kenya's ban on Ugandan milk, imposed in August 2023, is still in place.", "KE>UG"),
        ("Nigeria's blanket halt to Ghanaian rice, introduced on Monday, has emptied the stalls.", "NG>GH"),
        ("Algeria's closure of its ports to Moroccan ships, announced on Monday, hurts both.", "DZ>MA"),
    ] {
        assert_eq!(who_to_whom(&format!("{ELSEWHERE} {text}"), "sanction"), [sides], "{text:?}");
    }
    for text in [
        "India's ban on Bangladeshi jute, which was announced on June 27, hurts traders.",
        "Indonesia's curbs on Thai fruit, introduced on Monday, hit growers.",
    ] {
        let found = who_to_whom(&format!("{ELSEWHERE} {text}"), "sanction");
        assert!(
            found.iter().all(|sides| matches!(sides.as_str(), "IN>" | "IN>BD" | "ID>" | "ID>TH")),
            "{found:?}"
        );
    }
}

#[test]
fn whose_goods_are_curbed_curbs_nothing() {
    for (text, actor) in [
        ("Last year India curbed Turkish marble.", "IN>"),
        ("In 2020 Nigeria curbed Ghanaian cement.", "NG>"),
        ("Kenya banned Tanzanian shows in 2017.", "KE>"),
    ] {
        let found = who_to_whom(&format!("{ELSEWHERE} {text}"), "sanction");
        assert!(found.iter().all(|sides| sides.starts_with(actor)), "{text:?}: {found:?}");
    }
}

#[test]
fn whoever_is_urged_or_asked_does_not_speak() {
    for text in [
        "She urged the Chilean side to revoke it.",
        "We have asked Santiago to think again about the duty.",
        "They have urged Chile to drop the tariff.",
    ] {
        let found = who_to_whom(&format!("{ELSEWHERE} {text}"), "demand");
        assert!(!found.iter().any(|sides| sides.starts_with("CL")), "{text:?}: {found:?}");
    }
}

#[test]
fn what_went_before_somebodys_words_is_told_by_the_text() {
    let found = read(&format!(
        "{ELSEWHERE} Chile is open to talks, the ministry said on Tuesday, days after Norway put ten Chilean firms on \
         its entity list."
    ));
    let listing = found.iter().find(|e| e.act.subtype() == "entity_listing");
    assert_eq!(listing.map(|e| e.factuality), Some(Factuality::Asserted), "{found:#?}");
}

#[test]
fn a_body_of_many_states_is_not_of_the_town_it_sits_in() {
    let text =
        "The World Bank's office in Hanoi expects Vietnamese growth to slow to 5.1% if the duty stays.";
    let found = read(&format!("{ELSEWHERE} {text}"));
    let outlook = found.iter().filter(|e| e.act.kind() == Kind::Forecast);
    let mut actors = outlook.flat_map(|e| e.parties.iter().filter(|p| p.role == Role::Actor));
    assert!(actors.all(|p| p.country.is_none()), "{found:#?}");
}

#[test]
fn a_package_that_is_proposed_is_not_in_force() {
    for text in [
        "The European Commission presented its proposal for a 21st package of sanctions against Russia on Monday.",
        "On Friday Kyiv put forward a draft package of measures against Iran.",
    ] {
        let found = read(&format!("{ELSEWHERE} {text}"));
        assert!(!found.iter().any(|e| e.act.kind() == Kind::Tension && told(e)), "{text:?}: {found:#?}");
    }
}

#[test]
fn whoever_uses_the_berth_fee_to_call_another_unfriendly_means_its_author() {
    let text = "Oman is weighing a fee on foreign coasters, which Sri Lanka's port authority has described as unfriendly.";
    assert_eq!(who_to_whom(&format!("{ELSEWHERE} {text}"), "condemnation"), ["LK>OM"]);
    let text = "Mao Ning criticised the extension of licensing, issued in December, as a step back and urged the U.S. \
                side to revoke it.";
    assert_eq!(who_to_whom(&format!("{ELSEWHERE} {text}"), "condemnation"), ["CN>US"]);
}

#[test]
fn whoever_is_quoted_speaks_and_not_whom_the_quotation_is_about() {
    for text in [
        "\"Firms that want to sell here must open their books,\" Maros Sefcovic, the bloc's trade chief, told a news conference.",
        "\"Companies that want to sell here must let us look at the books,\" said Maros Sefcovic, the EU's trade chief.",
    ] {
        let found = read(&format!("{ELSEWHERE} {text}"));
        let words = found.iter().filter(|e| e.act.kind() == Kind::Statement);
        let names: Vec<_> = words.flat_map(|e| e.parties.iter().filter_map(|p| p.name.as_deref())).collect();
        assert!(names.iter().all(|name| name.contains("Sefcovic")), "{text:?}: {names:?}");
    }
}

#[test]
fn every_clause_has_the_subject_of_its_own() {
    for (text, subtype, sides) in [
        (
            "South Korean President Moon Jae-in accused Oslo on Tuesday of a selfish act.",
            "accusation",
            "KR>NO",
        ),
        (
            "Kenya cut its purchases of Ugandan milk in May and Uganda answered by banning imports of Kenyan tea.",
            "retaliation",
            "UG>KE",
        ),
        (
            "Foreign Minister Ana Roe of Chile spoke to reporters, and she once more called on Peru to lift its duty.",
            "demand",
            "CL>PE",
        ),
        ("If the duty stays, Oman will answer in kind, its trade minister said on Monday.", "warning", "OM>"),
    ] {
        let found = who_to_whom(&format!("{ELSEWHERE} {text}"), subtype);
        assert!(found.iter().any(|f| f.starts_with(sides)), "{text:?}: {found:?} in {:#?}", read(text));
    }
}

#[test]
fn a_house_whose_name_ends_like_a_plural_foresees() {
    for text in [
        "Barclays sees Mexican exports falling by 3% because of the tariff.",
        "The IMF, in its outlook of January, forecasts growth of 2% for Mexico because of the tariff.",
    ] {
        let found = read(&format!("{ELSEWHERE} {text}"));
        assert!(found.iter().any(|e| e.act.kind() == Kind::Forecast), "{text:?}: {found:#?}");
    }
}

#[test]
fn what_is_done_at_somebodys_request_is_asked_of_nobody() {
    no_fact(
        Kind::Statement,
        &[
            "The session of the Turkish-Ukrainian commission was put off at Türkiye's request.",
            "Chile's talks with Peru were held at the request of Norway on Monday.",
        ],
    );
}

#[test]
fn a_state_that_goes_to_a_rate_of_its_own_is_not_the_payer() {
    let text = "Kenya announced a levy of 30 percent on all Ugandan goods in October. It has applied since December 1. \
                Kampala struck back at once: it stopped selling electricity to its neighbour and laid 30 percent on about \
                twenty Kenyan products. On January 5 Nairobi went to 50 percent.";
    let payer = |e: &Event| {
        let raised = e.date.start() == Some(date(2026, 1, 5));
        raised
            && e.parties
                .iter()
                .any(|p| p.role == Role::Recipient && p.country.is_some_and(|c| c.to_string() == "KE"))
    };
    let found = read(text);
    assert!(!found.iter().any(payer), "{found:#?}");
}

#[test]
fn what_others_say_of_a_plan_is_no_announcement() {
    for text in [
        "Lima said on Monday that a plan to double the duty on copper would close Peruvian mines.",
        "Lima said on Monday that Brussels' plan to double the duty on copper would close Peruvian mines.",
        "Lima said on Monday that the proposal to raise the duty on copper to 40% was no help to Peruvian mines.",
    ] {
        let raised = read(&format!("{ELSEWHERE} {text}"))
            .into_iter()
            .find(|e| told(e) && e.act.subtype() == "increase");
        assert_eq!(raised, None, "{text:?}");
    }
}

#[test]
fn the_day_on_which_a_decision_is_blamed_is_not_its_own() {
    let text = "Quarrels over trade go on. Ankara condemned on Tuesday India's move to raise the duty on Turkish marble \
                to 40%.";
    let found = read(text);
    let raised: Vec<&Event> = found.iter().filter(|e| e.act.kind() == Kind::TariffAction).collect();
    assert!(
        matches!(&raised[..], [e] if actor(e).as_deref() == Some("IN") && e.date.start().is_none()),
        "{found:#?}"
    );
}

#[test]
fn the_day_of_the_next_verb_is_not_that_of_the_one_before() {
    let text = "Trade ties have soured. Chile imposed a 12% duty on Peruvian cheese and on January 8 raised the \
                levy on Peruvian wine to 20%.";
    let days: Vec<_> = read(text).iter().map(|e| (e.act.subtype().to_owned(), e.date.start())).collect();
    let expected = [("impose".to_owned(), None), ("increase".to_owned(), Some(date(2026, 1, 8)))];
    assert_eq!(days, expected);
}

#[test]
fn a_firm_named_after_a_state_is_not_that_state() {
    for text in [
        "The Bank of China met the Chilean finance minister on Monday to discuss the duty.",
        "China Molybdenum said on Monday it would halt cobalt exports to Japan because of the duty.",
    ] {
        let found = read(&format!("{ELSEWHERE} {text}"));
        let states = |e: &&Event| matches!(e.act.kind(), Kind::Engagement | Kind::Tension);
        assert_eq!(found.iter().find(states), None);
    }
}

#[test]
fn a_duty_that_was_to_come_or_all_but_came_is_laid_on_nobody() {
    let held = [
        "On Monday India called off a levy of 9% on Korean resin that was to have begun this week.",
        "Vietnamese cranes, which were to have been charged with a 40% Canadian tariff, are safe.",
        "Canada has a 40% tariff on Vietnamese cranes up its sleeve.",
        "Canada came within a whisker of a 40% tariff on Vietnamese cranes.",
        "Canada got cold feet over its 40% tariff on Vietnamese cranes.",
        "A 40% Canadian tariff on Vietnamese cranes exists only on paper.",
        "Vietnam is on edge. Its cranes could end up paying a 40% tariff in Canada.",
        "Canada is angry. Vietnamese cranes might find themselves facing a 40% tariff there.",
    ];
    for text in held {
        let laid = |e: &Event| matches!(e.act.subtype(), "impose" | "increase") && told(e);
        assert!(!read(text).iter().any(laid), "{text}");
    }
    assert!(taken("Canada has a 40% tariff on Vietnamese cranes."));
    assert!(taken("Vietnamese cranes ended up paying a 40% tariff in Canada."));
}

#[test]
fn whoever_has_a_duty_on_goods_laid_it_whatever_the_text_told_before() {
    let before = "Malawi has a duty of 25% on Tanzanian cement.";
    let text = format!("{before} Nairobi has had a 90% duty on sugar from outside the quota since 2023.");
    let found = read(&text);
    let kenyan = found.iter().find(|e| e.rate.as_ref().is_some_and(|r| r.raw.contains("90")));
    assert_eq!(kenyan.and_then(actor).as_deref(), Some("KE"), "{found:#?}");
}

#[test]
fn a_bloc_has_duties_of_its_own_and_growers_get_one_on_others() {
    let found = read("The United States is far. Norwegian salmon will shed its Mercosur duty of 10% in May.");
    assert!(found.iter().all(|e| actor(e).as_deref() != Some("US")), "{found:#?}");
    let found = read("Danish growers got their 12% tariff on Thai roses from Copenhagen on Monday.");
    assert!(found.iter().all(|e| actor(e).as_deref() != Some("TH")), "{found:#?}");
}

#[test]
fn the_secretary_of_state_of_a_british_text_is_not_american() {
    let found = read(
        "The British safeguard duty on tiles was to end. The Secretary of State decided on Monday that ceramic \
         tiles from China will go on bearing their duty of 20% in the United Kingdom.",
    );
    assert!(!found.is_empty());
    assert!(found.iter().all(|e| actor(e).as_deref() == Some("GB")), "{found:#?}");
}

#[test]
fn whoever_stands_accused_accuses_nobody() {
    no_fact(
        Kind::Tension,
        &["Zambia's duty on sugar stays. Zambia and Malawi stand accused of dumping by growers in Kenya."],
    );
}

#[test]
fn goods_that_are_let_in_or_not_are_those_of_the_other_state() {
    let sides = |text: &str| -> Vec<(Option<String>, Vec<String>)> {
        let found = read(&format!("{ELSEWHERE} {text}"));
        let bans = found.iter().filter(|e| e.act.subtype() == "sanction");
        bans.map(|e| {
            let hit = e.parties.iter().filter(|p| p.role == Role::Recipient).filter_map(|p| p.country);
            (actor(e), hit.map(|code| code.to_string()).collect())
        })
        .collect()
    };
    for text in [
        "Moldovan grapes have been welcome in Russia again since Monday.",
        "Moldovan grapes have been kept out of Russia since May.",
        "Nine lorries of Moldovan grapes were impounded at the border in Russia on Monday.",
    ] {
        assert_eq!(sides(text), [(Some("RU".to_owned()), vec!["MD".to_owned()])], "{text}");
    }
    let closed = "Peru closed the border to cut flowers from Ecuador on Monday.";
    assert_eq!(sides(closed), [(Some("PE".to_owned()), vec!["EC".to_owned()])]);
}

#[test]
fn what_never_was_is_denied() {
    for text in [
        "China's commerce ministry said on Monday that there is no such thing as a halt of rare-earth supplies to Japan.",
        "Peru's trade minister called it untrue that Ecuador's bananas had been banned.",
    ] {
        let found = read(&format!("{ELSEWHERE} {text}"));
        let ban = found.iter().find(|e| e.act.kind() == Kind::Tension).map(|e| e.factuality);
        assert_eq!(ban, Some(Factuality::Denied), "{text}: {found:#?}");
    }
}

#[test]
fn a_likelihood_and_a_freight_rate_are_no_duties() {
    no_fact(
        Kind::TariffAction,
        &[
            "The tariffs stay. Chile finds the legal base to be sound; we attach a likelihood of 70% to that.",
            "The tariffs stay. Spot rates out of Valparaíso shed 4% on the week.",
        ],
    );
}

#[test]
fn the_city_of_the_wto_is_no_party() {
    let text =
        "Fiji put an embargo on Norwegian cod in May. Norway challenged that embargo in Geneva in June.";
    let found = read(&format!("{ELSEWHERE} {text}"));
    let case = found.iter().find(|e| e.act.subtype() == "wto_dispute");
    let swiss =
        case.map(|e| e.parties.iter().any(|p| p.country.is_some_and(|code| code.to_string() == "CH")));
    assert_eq!(swiss, Some(false));
}

#[test]
fn what_is_raised_or_cut_by_a_percentage_need_not_be_a_duty() {
    for text in [
        "Ottawa raised its stake in the smelter to 20% on Monday.",
        "Beijing lifted its holding in the port of Vancouver to 30% last week.",
        "Seoul cut its deposit requirement for importers to 10% in December.",
        "Ottawa set its emissions target at 45% on Tuesday.",
        "India has cut its purchases of Russian oil by 20% since August.",
        "The Toronto index closed 2.1% lower on Thursday after the news.",
        "Britain's VAT of 20% applies to Canadian parcels from January.",
    ] {
        let found = read(&format!("Tariffs weigh on Canada. {text}"));
        let duty = found.iter().find(|e| e.act.kind() == Kind::TariffAction);
        assert_eq!(duty, None, "{text:?}");
    }
    assert!(taken(
        "Tariffs weigh on Canada. India has cut its duty on purchases of Canadian peas to 20% since August."
    ));
}

#[test]
fn a_rate_that_was_threatened_avoided_or_half_as_high_was_not_laid() {
    for text in [
        "The rate is below the 36% that Chile had threatened to charge from May.",
        "That is half the 36% that Chile had threatened to charge from May.",
        "Lima avoided the 36% that Chile had threatened to charge from May.",
    ] {
        let laid = read(&format!("The tariffs weigh on Peru and Chile. {text}"))
            .into_iter()
            .find(|e| e.act.kind() == Kind::TariffAction && told(e));
        assert_eq!(laid, None, "{text:?}");
    }
}
