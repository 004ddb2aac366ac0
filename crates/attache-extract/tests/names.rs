//! Who is read in a sentence: name, office and country as an event names them. All of the persons
//! who hold no office in the lexicon are invented.

use attache_extract::{Document, Lexicon, mention::mentions};

/// Checks the parties of a text in order, each as "name | office | country".
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let document = Document::read(text);
    let found = mentions(&document, None, Lexicon::builtin());
    let parties: Vec<String> = found
        .list
        .iter()
        .flat_map(|m| found.parties(m, text))
        .map(|p| {
            let country = p.country.map(|c| c.to_string());
            [p.name, p.office, country].map(|part| part.unwrap_or_else(|| "-".to_owned())).join(" | ")
        })
        .collect();
    assert_eq!(parties, expected, "{text}");
}

#[test]
fn an_office_before_a_name() {
    check(
        "Chinese Vice Commerce Minister Zhao Example met U.S. Trade Representative Jane Roe.",
        &["Zhao Example | Vice Commerce Minister | CN", "Jane Roe | U.S. Trade Representative | US"],
    );
    check(
        "Kenya met Ghana's Finance Minister Ama Example.",
        &["Kenya | - | KE", "Ama Example | Finance Minister | GH"],
    );
    check(
        "Japan's chief trade negotiator Ken Example spoke.",
        &["Ken Example | chief trade negotiator | JP"],
    );
}

#[test]
fn an_office_behind_a_name() {
    check(
        "Zhao Example, China's international trade representative, spoke.",
        &["Zhao Example | international trade representative | CN"],
    );
    check(
        "Zhao Example, a member of the Political Bureau and vice premier, spoke.",
        &["Zhao Example | member of the Political Bureau and vice premier | CN"],
    );
    check(
        "Ambassador Zhao Example, head of the Permanent Mission of China to the WTO, spoke.",
        &["Zhao Example | Ambassador | CN", "- | head of the Permanent Mission of China to the WTO | CN"],
    );
}

#[test]
fn two_offices_of_one_person_and_of_two() {
    check(
        "Director of the CCP Central Foreign Affairs Commission and Foreign Minister Zhao Example spoke.",
        &["Zhao Example | Director of the CCP Central Foreign Affairs Commission and Foreign Minister | CN"],
    );
    check(
        "The Secretary of Commerce and the Chair of the International Trade Commission shall report.",
        &["- | Secretary of Commerce | US", "- | Chair of the International Trade Commission | US"],
    );
}

#[test]
fn later_mentions_find_their_person() {
    check(
        "Vice Premier Zhao Example met Jane Roe, the US commerce secretary. The vice premier left. Roe stayed.",
        &[
            "Zhao Example | Vice Premier | -",
            "Jane Roe | commerce secretary | US",
            "Zhao Example | vice premier | -",
            "Jane Roe | commerce secretary | US",
        ],
    );
    check("Vice Premier He spoke.", &["He | Vice Premier | CN"]);
}

#[test]
fn several_at_once() {
    check(
        "American and Chinese officials met.",
        &["American officials | - | US", "Chinese officials | - | CN"],
    );
    check(
        "The trade ministers of Japan and South Korea met.",
        &["- | trade minister | JP", "- | trade minister | KR"],
    );
    check("Negotiators from India and Brazil met.", &["India | - | IN", "Brazil | - | BR"]);
    check(
        "China met the United States. The two presidents spoke.",
        &["China | - | CN", "United States | - | US", "- | president | CN", "- | president | US"],
    );
}

#[test]
fn bodies_and_groups() {
    check(
        "The Ministry of Commerce and the General Administration of Customs of China acted.",
        &["Ministry of Commerce | - | CN", "General Administration of Customs of China | - | CN"],
    );
    check(
        "Treasury officials and factories in Ningbo waited.",
        &["Treasury officials | - | US", "factories | - | CN"],
    );
    check("Foggy Bottom was silent.", &["Foggy Bottom | - | US"]);
}

#[test]
fn what_was_said_before_decides() {
    check(
        "Vietnam met the United States. India's steel authority and the commerce ministry agreed.",
        &["Vietnam | - | VN", "United States | - | US", "India | - | IN", "commerce ministry | - | IN"],
    );
    check(
        "China and the United States argued. Prime Minister Ken Example of Japan and President Ana Muestra of \
         Chile met. The two leaders spoke.",
        &[
            "China | - | CN",
            "United States | - | US",
            "Ken Example | Prime Minister | JP",
            "Japan | - | JP",
            "Ana Muestra | President | CL",
            "Chile | - | CL",
            "Ken Example | Prime Minister | JP",
            "Ana Muestra | President | CL",
        ],
    );
    check(
        "Brazil's Vice President Ana Exemplo, who is also industry minister, called her American counterpart.",
        &[
            "Ana Exemplo | Vice President | BR",
            "Ana Exemplo | industry minister | BR",
            "- | counterpart | US",
        ],
    );
}

#[test]
fn a_name_set_off_behind_its_office() {
    check("China's trade representative, Zhao Example, left.", &["Zhao Example | trade representative | CN"]);
    check("Beijing's envoy to Washington, Zhao Example, left.", &["Zhao Example | envoy to Washington | CN"]);
    check(
        "Peru's foreign ministry spokesman in Lima, Juan Ejemplo, left.",
        &["Juan Ejemplo | foreign ministry spokesman | PE"],
    );
    check("Kenya's emir, Ali bin Example al-Muestra, left.", &["Ali bin Example al-Muestra | emir | KE"]);
    check(
        "Brazil's trade minister rang her Swedish counterpart, Maja Exempel, on Monday.",
        &["- | trade minister | BR", "Maja Exempel | - | SE"],
    );
    check(
        "Vietnam's foreign ministry spokesperson Nguyen Thu Vidu left.",
        &["Nguyen Thu Vidu | foreign ministry spokesperson | VN"],
    );
}

#[test]
fn the_house_in_which_somebody_serves() {
    check("Peru's commerce ministry's Juan Ejemplo spoke.", &["Juan Ejemplo | commerce ministry | PE"]);
    check(
        "Juan Ejemplo, speaking for Peru's commerce ministry, left.",
        &["Juan Ejemplo | commerce ministry | PE", "commerce ministry | - | PE"],
    );
    check(
        "Jane Roe, a White House deputy press secretary, left.",
        &["Jane Roe | White House deputy press secretary | US"],
    );
    check(
        "Ambassador Jane Roe left. Trade Representative Jane Roe stayed.",
        &["Jane Roe | Ambassador | -", "Jane Roe | Trade Representative | -"],
    );
}

#[test]
fn one_title_of_several_names() {
    check(
        "Presidents Jane Roe and Ken Example met.",
        &["Jane Roe | President | -", "Ken Example | President | -"],
    );
    check(
        "Prime Ministers Jane Roe of Britain and Ken Example of Japan met.",
        &["Jane Roe | Prime Minister | GB", "Ken Example | Prime Minister | JP"],
    );
    check(
        "The trade ministers of Chile and Peru, Ana Muestra and Juan Ejemplo, met.",
        &["Ana Muestra | trade minister | CL", "Juan Ejemplo | trade minister | PE"],
    );
    check(
        "U.S. Trade Representative Ambassador Jane Roe left.",
        &["Jane Roe | U.S. Trade Representative | US"],
    );
}

#[test]
fn somebody_in_a_capital_is_of_its_state() {
    check(
        "Olena Example, a deputy economy minister in Kyiv, spoke.",
        &["Olena Example | deputy economy minister | UA", "Ukraine | - | UA"],
    );
    check("An official in Ankara spoke.", &["- | official | TR", "Türkiye | - | TR"]);
    check("An analyst in Oslo spoke.", &["analyst | - | NO", "Norway | - | NO"]);
    check("The Treasury in London spoke.", &["Treasury | - | GB", "United Kingdom | - | GB"]);
}

#[test]
fn a_name_told_by_what_its_bearer_does() {
    check("\"A number for the cameras,\" said Tom Example, who follows grain.", &["Tom Example | - | -"]);
    check(
        "\"It will not hold,\" said Ann Example of the Norden Foundation.",
        &["Ann Example | - | -", "Norden Foundation | - | -"],
    );
    // The museum is named for nobody who says anything.
    check("The tour passes Ann Example at Norden Labs.", &[]);
}

#[test]
fn a_house_before_an_office_tells_its_state() {
    check(
        "White House spokeswoman Jane Example declined to comment.",
        &["Jane Example | White House spokeswoman | US"],
    );
}

#[test]
fn a_house_is_of_the_state_named_behind_it() {
    check(
        "The Senate of Paraguay ratified the pact with the Senate of the Philippines.",
        &["Senate | - | PY", "Paraguay | - | PY", "Senate | - | PH", "Philippines | - | PH"],
    );
    check("The Senate of the United States did not.", &["Senate | - | US", "United States | - | US"]);
}

#[test]
fn an_office_takes_in_no_name() {
    check(
        "The President of the Republic of Peru, Jane Roe, and the President of the Republic of Chile, John Doe, met.",
        &[
            "Jane Roe | President of the Republic of Peru | PE",
            "John Doe | President of the Republic of Chile | CL",
        ],
    );
    check(
        "H.E. Ms. Jane Roe, Minister of Economy of Peru, and H.E. Mr. John Doe, Minister of Trade of Chile, met.",
        &["Jane Roe | Minister of Economy of Peru | PE", "John Doe | Minister of Trade of Chile | CL"],
    );
    check(
        "Senator the Hon John Doe, Minister for Trade and Tourism of Australia, and H.E. Jane Roe, Minister of Commerce \
         of Peru, met.",
        &[
            "John Doe | Minister for Trade and Tourism of Australia | AU",
            "Jane Roe | Minister of Commerce of Peru | PE",
        ],
    );
    check(
        "The minister for trade of New Zealand, the Hon. John Doe, spoke.",
        &["John Doe | minister for trade of New Zealand | NZ"],
    );
}

#[test]
fn the_ministry_in_which_an_office_is_held() {
    check(
        "Zhao Example, China's trade representative with the Ministry of Commerce, spoke.",
        &["Zhao Example | trade representative with the Ministry of Commerce | CN"],
    );
    check(
        "Asha Example, special secretary at the commerce ministry, spoke.",
        &["Asha Example | special secretary at the commerce ministry | -"],
    );
    check(
        "Guo Jiakun of China's foreign ministry spoke.",
        &["Guo Jiakun | foreign ministry | CN", "foreign ministry | - | CN"],
    );
    check("A European Commission spokesman left.", &["- | European Commission spokesman | EU"]);
    check("A USTR spokeswoman left.", &["- | USTR spokeswoman | US"]);
}

#[test]
fn names_in_brackets_and_behind_their_state() {
    check(
        "The Peruvian trade minister (Jane Roe) met the Chilean ambassador (John Doe).",
        &["Jane Roe | trade minister | PE", "John Doe | ambassador | CL"],
    );
    check(
        "Ministers Jane Roe (Peru) and John Doe (Chile) met.",
        &["Jane Roe | Minister | PE", "John Doe | Minister | CL"],
    );
    check("Peru's Jane Roe met her Chilean colleague John Doe.", &["Jane Roe | - | PE", "John Doe | - | CL"]);
    check(
        "The ministers of commerce of Peru and Chile, Jane Roe and John Doe, met.",
        &["Jane Roe | minister of commerce | PE", "John Doe | minister of commerce | CL"],
    );
    check("Peru's Lima Motors met demand.", &["Peru | - | PE", "Lima Motors | - | PE"]);
}

#[test]
fn the_head_of_a_world_body_is_of_no_state() {
    check(
        "WTO Director-General Jane Roe met Brazil's foreign minister, John Doe.",
        &["Jane Roe | WTO Director-General | -", "John Doe | foreign minister | BR"],
    );
}

#[test]
fn portfolios_in_a_list() {
    check(
        "Japan's Economy, Trade and Industry Minister Ken Example met Brazil's Environment and Climate Change \
         Minister Ana Muestra.",
        &[
            "Ken Example | Economy, Trade and Industry Minister | JP",
            "Ana Muestra | Environment and Climate Change Minister | BR",
        ],
    );
    check(
        "Canada's Minister of Export Promotion Jane Roe met Guatemala's Minister of Agriculture, Livestock and \
         Food Ana Muestra.",
        &[
            "Jane Roe | Minister of Export Promotion | CA",
            "Ana Muestra | Minister of Agriculture, Livestock and Food | GT",
        ],
    );
    check(
        "Canada's Minister responsible for Internal Trade, Jane Roe, spoke.",
        &["Jane Roe | Minister responsible for Internal Trade | CA"],
    );
}

#[test]
fn two_offices_before_a_name_set_off() {
    check(
        "Thailand's Deputy Prime Minister and Minister of Commerce, Somchai Example, spoke.",
        &["Somchai Example | Deputy Prime Minister and Minister of Commerce | TH"],
    );
    check(
        "Pakistan's Deputy Prime Minister and Foreign Minister Senator Ali Example spoke.",
        &["Ali Example | Deputy Prime Minister and Foreign Minister | PK"],
    );
    check(
        "The prime minister and minister of commerce, Jane Roe and John Doe, spoke.",
        &["- | prime minister | -", "- | minister of commerce | -"],
    );
}

#[test]
fn whom_an_office_serves_is_not_its_holder() {
    check(
        "Special Assistant to the Prime Minister Ali Example met Uzbek Trade Minister Jamshid Example.",
        &[
            "Ali Example | Special Assistant to the Prime Minister | -",
            "Jamshid Example | Trade Minister | UZ",
        ],
    );
}

#[test]
fn a_counterpart_named_behind_or_before() {
    check(
        "Ola Example, Norway's trade minister, and Ana Muestra, his Peruvian counterpart, will meet.",
        &["Ola Example | trade minister | NO", "Ana Muestra | - | PE", "- | counterpart | PE"],
    );
    check(
        "Peru's and Chile's foreign ministers, Ana Muestra and Juan Modelo, met.",
        &["Ana Muestra | foreign minister | PE", "Juan Modelo | foreign minister | CL"],
    );
    check(
        "Chief negotiators Jane Roe for Canada and Ana Muestra for Peru initialled the text.",
        &["Jane Roe | Chief negotiator | CA", "Ana Muestra | Chief negotiator | PE"],
    );
}

#[test]
fn a_name_alone_behind_the_state_it_serves() {
    check("Sheinbaum had lunch with Peru's Ana Muestra.", &["Sheinbaum | - | MX", "Ana Muestra | - | PE"]);
    check("She met Iceland's Jóna Dæmi on Monday.", &["Jóna Dæmi | - | IS"]);
    check("They met Peru's Democratic Front.", &["Peru | - | PE"]);
}

#[test]
fn the_head_of_a_house_of_a_state() {
    check(
        "Ola Example, head of the Norwegian customs service, spoke.",
        &["Ola Example | head of the Norwegian customs service | NO"],
    );
}

#[test]
fn names_of_the_gulf_and_their_later_mentions() {
    check(
        "Qatar's prime minister, Sheikh Ali bin Example Al Muestra, spoke. Al Muestra left.",
        &[
            "Sheikh Ali bin Example Al Muestra | prime minister | QA",
            "Sheikh Ali bin Example Al Muestra | prime minister | QA",
        ],
    );
}

#[test]
fn an_office_that_several_states_have() {
    check(
        "Pakistan sent its team. Commerce Secretary Ali Example led it.",
        &["Pakistan | - | PK", "Ali Example | Commerce Secretary | PK"],
    );
    check(
        "India waited for the United States. The spokesperson of the Department of Commerce, Smt. Asha Example, \
         smiled.",
        &[
            "India | - | IN",
            "United States | - | US",
            "Asha Example | spokesperson of the Department of Commerce | -",
        ],
    );
    check(
        "India and the United States talked. U.S. Commerce Secretary Jane Roe led.",
        &["India | - | IN", "United States | - | US", "Jane Roe | Commerce Secretary | US"],
    );
}

#[test]
fn whoever_meets_the_official_of_a_state_is_not_of_it() {
    check(
        "Kenyan Trade Secretary John Doe waited. Minister Jane Roe met with Kenya's Trade Secretary John Doe. \
         Minister Roe smiled.",
        &[
            "John Doe | Trade Secretary | KE",
            "Jane Roe | Minister | -",
            "John Doe | Trade Secretary | KE",
            "Jane Roe | Minister | -",
        ],
    );
}

#[test]
fn a_communist_party_is_that_of_a_state_named() {
    check(
        "Vietnam put off the visit until the Communist Party congress.",
        &["Vietnam | - | VN", "Communist Party | - | VN"],
    );
    check(
        "China put off the visit until the Communist Party congress.",
        &["China | - | CN", "Communist Party | - | CN"],
    );
}
