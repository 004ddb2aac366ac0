//! When a measure was decided, starts and ends: never with a day, an end or a rate of something else.

use attache_extract::event::Status;
use attache_extract::{Article, Event, Extractor, Kind, Role};
use jiff::civil::{Date, date};

/// A Thursday.
const TODAY: Date = date(2026, 1, 15);

fn read(text: &str) -> Vec<Event> {
    Extractor::builtin().extract(&Article::new(text, TODAY)).events
}

#[test]
fn relief_from_a_duty_is_no_duty() {
    for relief in ["holiday", "amnesty", "moratorium", "waiver", "reprieve", "rollback", "preference"] {
        for text in [
            format!("Chile announced a tariff {relief} for Peruvian rice from March 1."),
            format!("Chile introduced a six-month duty {relief} on Peruvian rice."),
        ] {
            let found = read(&text);
            assert!(
                found.iter().all(|e| !matches!(e.act.subtype(), "impose" | "increase")),
                "{text}: {found:#?}"
            );
        }
    }
}

#[test]
fn what_has_not_ended_goes_on() {
    for stays in ["has not gone away", "was never lifted", "has not been withdrawn"] {
        let text =
            format!("Duties keep Chile and Peru apart. Chile's export ban of November 3 on lithium {stays}.");
        let found = read(&text);
        let open = |e: &Event| e.act.subtype() == "export_control" && e.status == Some(Status::Open);
        assert!(found.iter().any(open), "{text}: {found:#?}");
    }
    let found = read(
        "Duties keep Chile and Peru apart. Chile's duty of 12% on Peruvian maize has not been withdrawn.",
    );
    let told: Vec<_> = found.iter().map(|e| (e.act.subtype(), e.status)).collect();
    assert_eq!(told, [("impose", Some(Status::InForce))]);
}

#[test]
fn a_time_may_stand_between_have_and_its_verb() {
    let found = read(
        "Chile has since Monday charged 12% on Peruvian maize and had this month raised its duty on rice to 9%.",
    );
    let told: Vec<_> = found.iter().map(|e| (e.act.subtype(), e.date.start())).collect();
    assert_eq!(told, [("impose", Some(date(2026, 1, 12))), ("increase", Some(date(2026, 1, 1)))]);
}

#[test]
fn a_duty_moved_to_another_day_is_no_rise() {
    for moved in ["has been moved to June 30", "has been shifted to June 30", "was put on ice until June 30"]
    {
        let found = read(&format!("Chile's tariff on Peruvian maize, due on March 4, {moved}."));
        let wrong = |e: &Event| matches!(e.act.subtype(), "impose" | "increase") || e.date.interval.is_some();
        assert!(!found.iter().any(wrong), "{moved}: {found:#?}");
    }
}

#[test]
fn a_measure_has_no_terms_of_another() {
    let duty = "Chile on Monday imposed a 12% tariff on Peruvian maize.";
    for sequel in [
        "It was to take effect on January 4 but was put off.",
        "The talks continue until June 30.",
        "The minister stays in office until June 30.",
        "If senators approve, it would apply from March 4.",
    ] {
        let found = read(&format!("{duty} {sequel}"));
        let first = found.iter().find(|e| e.act.kind() == Kind::TariffAction);
        assert!(first.is_some_and(|e| e.effective.is_none() && e.expires.is_none()), "{sequel}: {first:#?}");
    }
    let paused = read(
        "Chile on Monday suspended its 12% tariff on Peruvian maize. The measure returns to parliament on June 30.",
    );
    assert!(paused.iter().all(|e| e.expires.is_none()), "{paused:#?}");
    let frozen = read("Chile on Monday froze its tariffs on Peruvian maize, in place since May 2024.");
    assert!(frozen.iter().all(|e| e.act.subtype() != "suspend" || e.effective.is_none()), "{frozen:#?}");
}

#[test]
fn the_day_of_anothers_paper_is_not_that_of_the_measure() {
    let duty = "Chile has imposed a 12% tariff on Peruvian maize.";
    for sequel in [
        "The World Bank released its notice on Tuesday.",
        "Peru announced the same step on Tuesday.",
        "A list of questions was published on Tuesday.",
    ] {
        let found = read(&format!("{duty} {sequel}"));
        let first = found.iter().find(|e| e.act.kind() == Kind::TariffAction);
        assert!(first.is_some_and(|e| e.date.interval.is_none()), "{sequel}: {first:#?}");
    }
    let found = read(&format!("{duty} The decree was signed on Tuesday."));
    let day = found.iter().find(|e| e.act.kind() == Kind::TariffAction).and_then(|e| e.date.start());
    assert_eq!(day, Some(date(2026, 1, 13)));
}

#[test]
fn a_duty_told_for_its_end_is_not_in_force() {
    let found = read("Chile has scrapped the 20% duty it charged on Peruvian rice since 2018.");
    let running = |e: &Event| e.act.subtype() == "impose" && e.status == Some(Status::InForce);
    assert!(!found.iter().any(running), "{found:#?}");
}

#[test]
fn the_start_of_a_duty_is_not_that_of_its_pause() {
    let found = read("Chile suspended the 25% duty on Peruvian maize that begins on March 4.");
    let wrong = |e: &Event| e.act.subtype() == "suspend" && e.effective.is_some();
    assert!(!found.iter().any(wrong), "{found:#?}");
}

#[test]
fn how_long_an_inquiry_or_another_act_took_is_no_term() {
    for text in [
        "Chile closed an eighteen-month inquiry by putting 20% on Peruvian wire.",
        "Chile halved its duty on Peruvian wire to 10%, and the Peruvian side shelved for one year its curbs on ore.",
    ] {
        let found = read(text);
        let wrong = |e: &Event| e.act.kind() == Kind::TariffAction && e.duration.is_some();
        assert!(!found.iter().any(wrong), "{text}: {found:#?}");
    }
}

#[test]
fn a_time_that_something_is_measured_by_is_no_term() {
    let duty = "Chile imposed a 20% duty on Peruvian wire";
    for measured in [
        "for the first time since March 2018",
        "its highest rate for ten years",
        "that had entered free for ten years",
        "up 10% from last year in volume",
    ] {
        let comma = if measured.starts_with("its") || measured.starts_with("up") { "," } else { "" };
        let found = read(&format!("{duty}{comma} {measured}."));
        let first = found.iter().find(|e| e.act.subtype() == "impose");
        let bare = |e: &Event| e.effective.is_none() && e.duration.is_none() && e.date.interval.is_none();
        assert!(first.is_some_and(bare), "{measured}: {first:#?}");
    }
}

#[test]
fn the_end_of_an_exemption_is_not_that_of_the_duty() {
    let found =
        read("Chile's exemption of Peruvian wire from the 25% duty has been dragged out until June 30.");
    let wrong = |e: &Event| e.act.subtype() == "impose" && e.expires.is_some();
    assert!(!found.iter().any(wrong), "{found:#?}");
}

#[test]
fn what_is_promised_for_each_year_does_not_run_for_one() {
    for each in ["2 million tons of Peruvian wheat a year", "$3 billion of Peruvian copper a year"] {
        let found = read(&format!("Officials watch the tariffs. Norway agreed to buy {each}."));
        let promised = found.iter().filter(|e| e.act.subtype() == "commitment");
        assert!(
            promised.clone().count() == 1 && promised.clone().all(|e| e.duration.is_none()),
            "{found:#?}"
        );
    }
}
/// Each tariff told with its start, its end and its rate, `-` where there is none.
fn terms(text: &str) -> Vec<String> {
    let told = |e: &Event| {
        let or = |field: Option<String>| field.unwrap_or_else(|| "-".to_owned());
        let rate = e.rate.as_ref().and_then(|rate| rate.to.or(rate.value));
        let rate = or(rate.map(|rate| rate.to_string()));
        format!(
            "{} {} {} {rate}",
            e.act.subtype(),
            or(e.effective.map(|m| m.to_string())),
            or(e.expires.map(|m| m.to_string()))
        )
    };
    read(text).iter().filter(|e| e.act.kind() == Kind::TariffAction).map(told).collect()
}

#[test]
fn what_is_paused_through_a_day_is_paused_until_the_next_such_day() {
    for until in [
        "through June 30",
        "up to June 30",
        "up to and including June 30",
        "until and including June 30",
        "through at least June 30",
    ] {
        let found = terms(&format!("Chile suspended its 14 percent duty on Peruvian oil {until}."));
        assert_eq!(found, ["suspend - 2026-06-30 14"], "{until}");
    }
}

#[test]
fn what_is_retroactive_starts_on_a_day_gone_by() {
    for since in
        ["retroactive to January 1", "retroactively from January 1", "with retroactive effect from January 1"]
    {
        let found =
            terms(&format!("Chile will raise its duty on Peruvian oil from 8 to 12 percent, {since}."));
        assert_eq!(found, ["increase 2026-01-01 - 12"], "{since}");
    }
}

#[test]
fn an_hour_at_which_a_duty_expires_is_no_start() {
    let found = terms("Chile's 12 percent duty on Peruvian grapes expires at midnight on March 31.");
    assert_eq!(found, ["impose - 2026-03-31T00:00 12"]);
}

#[test]
fn a_duty_that_stays_is_not_moved_with_another() {
    for stays in [
        "while its 12% tariff on Bolivian cod remains",
        "while its 12% tariff on Bolivian cod stays in place",
    ] {
        let found =
            terms(&format!("Chile has suspended until July 31 its 8% tariff on Peruvian cod, {stays}."));
        assert!(found.iter().all(|e| e.starts_with("impose") || e == "suspend - 2026-07-31 8"), "{found:?}");
    }
}

#[test]
fn each_step_of_a_rate_has_its_own_start() {
    let text = "Chile will impose a duty of 10 percent on Peruvian shoes from April 1, rising to 25 percent on October 1.";
    assert_eq!(terms(text), ["impose 2026-04-01 - 10", "increase 2026-10-01 - 25"]);
    let text =
        "Chile will cut its duty on Peruvian shoes to 8 percent on April 1 and 4 percent on October 1.";
    assert_eq!(terms(text), ["reduce 2026-04-01 - 8", "reduce 2026-10-01 - 4"]);
    let text = "Chile will cut its duty on Peruvian shoes to 8 percent on April 1 and zero on October 1.";
    assert_eq!(terms(text).len(), 2);
    let text = "Chile put a 10 percent duty on Peruvian shoes on January 5. The duty rises to 25 percent on October 1.";
    assert_eq!(terms(text), ["impose - - 10", "increase 2026-10-01 - 25"]);
}

#[test]
fn the_day_of_a_word_is_no_start() {
    let found =
        terms("Peru's minister said on January 3 that Chile had cut its duty on Peruvian oil to 14 percent.");
    assert_eq!(found, ["reduce - - 14"]);
    let found =
        terms("Peru's minister said that on January 3 Chile had cut its duty on Peruvian oil to 14 percent.");
    assert_eq!(found, ["reduce 2026-01-03 - 14"]);
}

#[test]
fn what_tells_an_act_by_another_name_has_its_start() {
    for text in [
        "In an order that takes effect on April 2, Peru cut its duty on Chilean steel to 7 percent.",
        "Peru cut its duty on Chilean steel to 7 percent, a measure that takes effect on April 2.",
        "The decree, which takes effect on April 2, cuts Peru's duty on Chilean steel to 7 percent.",
        "Taking effect on April 2, the decree cuts Peru's duty on Chilean steel to 7 percent.",
        "A cut in Peru's duty on Chilean steel to 7 percent, announced on January 9, takes effect on April 2.",
    ] {
        assert_eq!(terms(text), ["reduce 2026-04-02 - 7"], "{text}");
    }
    let text = "Peru slapped 30 percent on Chilean dates under a law that took effect in 1974.";
    assert_eq!(terms(text), ["impose - - 30"]);
}

#[test]
fn a_length_told_by_a_verb_of_its_own_gives_the_end() {
    let text = "Chile's 14 percent duty on Peruvian oil took effect on January 2 and will last three months.";
    assert_eq!(terms(text), ["impose 2026-01-02 2026-04-02 14"]);
    let text =
        "Chile's 14 percent duty on Peruvian oil, collected since January 2, will be in place until May 4.";
    assert_eq!(terms(text), ["impose 2026-01-02 2026-05-04 14"]);
}

#[test]
fn a_start_is_counted_from_the_day_its_paper_was_out() {
    let text =
        "Chile's 14 percent duty on Peruvian oil takes effect 15 days after its publication on January 9.";
    assert_eq!(terms(text), ["impose 2026-01-24 - 14"]);
    let text =
        "Chile began collecting a 14 percent duty on Peruvian oil on Sunday, two weeks later than planned.";
    assert_eq!(terms(text), ["impose 2026-01-11 - 14"]);
}

#[test]
fn who_charges_a_duty_at_once_is_no_firm() {
    let found = terms("Effective immediately, Chile will impose a 34 percent tariff on Peruvian peas.");
    assert!(matches!(found.as_slice(), [one] if one.starts_with("impose")), "{found:?}");
    let found = terms("Chile exempts Peruvian peas from the 19 percent safeguard duty.");
    assert_eq!(found, ["exclude - - 19"]);
}

#[test]
fn what_another_side_decrees_gives_no_start() {
    let text = "Peru raised its duty on Chilean steel to 7 percent after Chile issued a decree that takes effect on April 2.";
    assert_eq!(terms(text), ["increase - - 7"]);
    let text =
        "Carriers will remit the 10 percent tariff on Chilean parcels to Peruvian customs every month.";
    assert!(!terms(text).iter().any(|e| e.starts_with("suspend")), "{:?}", terms(text));
}

/// Act, sides, rate and terms of each tariff of a text.
fn acts(text: &str) -> Vec<String> {
    let side = |e: &Event, role: Role| {
        let codes = e.parties.iter().filter(|p| p.role == role).filter_map(|p| p.country);
        codes.map(|code| code.as_str().to_owned()).collect::<Vec<_>>().join("+")
    };
    let rate = |e: &Event| {
        let rate = e.rate.as_ref()?;
        let to = rate.to.map(|to| format!(" to {to}"));
        rate.value.map(|value| format!(" {value}")).or(to)
    };
    let told = read(text).into_iter().filter(|e| e.act.kind() == Kind::TariffAction);
    told.map(|e| {
        let sides = format!("{}>{}", side(&e, Role::Actor), side(&e, Role::Recipient));
        format!("{} {sides}{}", e.act.subtype(), rate(&e).unwrap_or_default())
    })
    .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(acts(text), expected, "{text:?}");
}

#[test]
fn what_is_answered_has_its_own_rate() {
    check(
        "Norway put a 12% duty on Chilean wine in retaliation for Chile's 20% levy on salmon.",
        &["impose NO>CL 12", "impose CL>NO 20"],
    );
    let met = acts("Norway answered Chile's 18% duty on salmon with a duty of 22% on wine.");
    assert!(!met.iter().any(|act| act.starts_with("impose NO") && act.ends_with("18")), "{met:?}");
}

#[test]
fn goods_no_longer_subject_to_a_duty_are_free_of_it() {
    for text in [
        "As of January 5, Chilean wine is no longer subject to Norway's 15% duty.",
        "Chilean grapes are no longer subject to Norway's 15% tariff.",
    ] {
        let found = acts(text);
        assert!(found.iter().all(|act| !act.starts_with("impose")), "{text:?}: {found:?}");
    }
}

#[test]
fn a_decree_whose_effect_begins_does_what_it_says() {
    check(
        "Norway's government said that the decree raising its duty on Chilean wine to 18% takes effect on March 5.",
        &["increase NO>CL to 18"],
    );
}

#[test]
fn what_is_phased_out_does_not_come_back() {
    check("Chile will phase out its 35% duty on Norwegian cheese over four years.", &["remove CL>NO 35"]);
    check("Chile will not collect its 35% duty on Norwegian cheese for a year.", &["suspend CL>NO 35"]);
}

#[test]
fn a_sequel_on_one_of_two_goods_says_nothing_of_the_other() {
    let found = read(
        "Norway on Monday raised its duty on Chilean wine to 18% and imposed 22% on plywood. The plywood duty runs for four months.",
    );
    let wine = found.iter().find(|e| e.act.subtype() == "increase");
    let wood = found.iter().find(|e| e.act.subtype() == "impose");
    assert!(wine.is_some_and(|e| e.duration.is_none()), "{wine:#?}");
    assert!(wood.is_some_and(|e| e.duration.is_some()), "{wood:#?}");
}

#[test]
fn a_pause_has_no_start_or_rate_of_what_replaces_it() {
    let found = read(
        "Norway's suspension of its 30% duty on Chilean wine runs until June 30 and will be replaced by a duty of 50% on July 1.",
    );
    let pause = found.iter().find(|e| e.act.subtype() == "suspend");
    assert!(pause.is_some_and(|e| e.effective.is_none() && e.rate.is_none()), "{pause:#?}");
    let next = read("Norway paused its duty on Chilean wine on April 9, and set it at 39% as of August 7.");
    let pause = next.iter().find(|e| e.act.subtype() == "suspend");
    assert!(pause.is_some_and(|e| e.effective.is_none()), "{pause:#?}");
}

#[test]
fn the_clock_of_a_live_report_starts_no_duty() {
    let text = "Trade war live\n\n09:05 Norway's 12% tariff on Chilean wine came into force overnight.\n\n10:15 Norway raises its tariff on Chilean copper to 8% from 5%.\n\n14:20 Chile ends its 7% duty on Norwegian cement.";
    let found = read(text);
    let starts = |e: &Event| e.act.subtype() != "impose" && e.effective.is_some();
    assert!(found.len() == 3 && !found.iter().any(starts), "{found:#?}");
}

/// Each tariff act with who lays it, its rate (before > after) and its day.
fn laid(text: &str) -> Vec<String> {
    let events = read(text);
    let of = events.iter().filter(|e| e.act.kind() == Kind::TariffAction).map(|e| {
        let actor = e.parties.iter().find(|p| p.role == Role::Actor).and_then(|p| p.country);
        let actor = actor.map(|c| c.to_string()).unwrap_or_default();
        let rate = e.rate.as_ref().map(|r| {
            let [from, to] = [r.from, r.to.or(r.value)].map(|p| p.map(|p| p.to_string()).unwrap_or_default());
            format!("{from}>{to}")
        });
        let day = e.date.start().map(|day| day.to_string()).unwrap_or_default();
        format!("{} {actor} {} {day}", e.act.subtype(), rate.unwrap_or_default())
    });
    of.collect()
}

#[test]
fn other_goods_have_rates_of_their_own() {
    assert_eq!(
        laid("Chilean cars now pay 50% and Chilean wine 20% in Peru."),
        ["impose PE >50 ", "impose PE >20 "]
    );
    assert_eq!(
        laid("Peru put 50% on Chilean cars and a 20% duty on Chilean wine."),
        ["impose PE >50 ", "impose PE >20 "]
    );
    for same in [
        "Chilean cars, which now pay 5%, will pay 10% in Peru.",
        "Chilean cars now pay 5% and will pay 10% in Peru from May.",
        "Peru's duty on Chilean cars now stands at 10%, up from 5%.",
        "Chilean cars now pay 10 percent in Peru, up from 5 percent.",
    ] {
        assert_eq!(laid(same), ["increase PE 5>10 "], "{same}");
    }
}

#[test]
fn the_duty_is_of_whoever_a_clause_without_that_names() {
    for duty in ["charges", "imposed", "levies", "collects"] {
        let text = format!("The duty Peru {duty} on Chilean wine was increased to 20% on Monday.");
        assert_eq!(laid(&text), ["increase PE >20 2026-01-12"], "{duty}");
    }
}

#[test]
fn what_an_answer_was_has_the_day_on_which_it_came() {
    let before = "Peru put a duty on Chilean wine in May.";
    assert_eq!(
        laid(&format!(
            "{before} Chile's response came on Monday. It raised its duty on Peruvian rice to 20%."
        )),
        ["impose PE  2025-05-01", "increase CL >20 2026-01-12"]
    );
}

#[test]
fn parts_of_a_bargain_have_its_day() {
    let met = "Peru's trade minister received a delegation led by Chile's vice president in Lima on December 8 \
               and 9, 2025.";
    let during = "During those meetings, Peru committed to suspend, from March 1, 2026, its 18 percent tariff on \
                  wine from Chile.";
    assert_eq!(laid(&format!("{met} {during}")), ["suspend PE >18 2025-12-08"]);
    let signed = "Peru and Chile signed the pact in Lima in March 2024.";
    let under = "Under it Peru will phase out its 20 percent duty on watches over seven years.";
    assert!(laid(&format!("{signed} {under}")).iter().all(|act| act.ends_with(" 2024-03-01")));
    let other = "Under the law Peru will raise its 20 percent duty on Chilean watches.";
    assert!(laid(&format!("{signed} {other}")).iter().all(|act| !act.ends_with(" 2024-03-01")));
}

#[test]
fn a_duty_is_dropped_to_a_rate_hangs_over_goods_or_spares_them() {
    assert_eq!(laid("Peru dropped its duty on Chilean wine to 10%."), ["reduce PE >10 "]);
    assert_eq!(laid("Peru dropped its 10% duty on Chilean wine."), ["remove PE >10 "]);
    assert_eq!(laid("A 20% Peruvian duty hangs over Chilean wine."), ["threaten PE >20 "]);
    assert_eq!(laid("Chilean wine is exempt from Peru's 20% duty."), ["exclude PE >20 "]);
}

#[test]
fn goods_are_spared_by_whoever_laid_the_duty_told_before() {
    assert_eq!(
        laid("Kenya on Monday doubled its duty on Indian sugar. A quota for refiners in Mombasa is spared."),
        ["increase KE  2026-01-12", "exclude KE  2026-01-12"]
    );
}

#[test]
fn a_duty_that_was_to_start_has_not() {
    assert_eq!(
        laid(
            "The EU, for its part, shelves until September the 15% duty on Chilean steel that was to bite on April 1."
        ),
        ["suspend EU >15 "]
    );
}

#[test]
fn a_time_behind_a_conjunction_is_of_the_next_clause() {
    assert_eq!(
        laid("Peru announced a 100% surtax on Thai cars, and since July Chile has charged 30% on rice from Laos.")
            .first()
            .map(String::as_str),
        Some("impose PE >100 ")
    );
    for joint in [", and", "; ", ", while"] {
        let found = read(&format!("Peru signed a pact with Laos{joint} on Monday Chile banned wine."));
        let pact = found.iter().find(|e| e.act.kind() == Kind::Agreement);
        assert!(pact.is_some_and(|e| e.date.interval.is_none()), "{joint}: {found:#?}");
    }
}

#[test]
fn what_is_put_off_to_a_day_is_put_off_to_one_to_come() {
    for (put_off, end) in [
        ("delayed its 25% duty on Thai steel to July 1", "2026-07-01"),
        ("extended a pause in its duty on Thai steel to the end of August", "2026-08-31"),
        ("deferred a 25% duty on Thai steel to July 1", "2026-07-01"),
    ] {
        let found = read(&format!("Norway {put_off}."));
        let ends: Vec<_> = found.iter().filter_map(|e| e.expires).map(|m| m.to_string()).collect();
        assert_eq!(ends, [end], "{put_off}: {found:#?}");
    }
    let found = read("Norway warned that Thai wool could face a 15% duty as early as April.");
    assert!(found.iter().all(|e| e.date.start().is_none_or(|day| day > TODAY)), "{found:#?}");
}

#[test]
fn the_object_stands_behind_the_rates_wherever_the_next_verb_begins() {
    assert_eq!(
        laid("Norway halved to 12.5% the duty on Thai steel on Monday and scrapped that on Thai rails."),
        ["reduce NO >12.5 2026-01-12", "remove NO  2026-01-12"]
    );
    assert_eq!(laid("Norway will lower to zero its tariffs on Thai steel."), ["remove NO >0 "]);
    assert_eq!(
        laid("Norway raised to 30% the tariff it has charged on Thai steel since 2024.")
            .first()
            .map(String::as_str),
        Some("increase NO >30 ")
    );
}

#[test]
fn a_decree_made_known_in_an_aside_takes_effect_all_the_same() {
    for behind in [
        "The decree, published in the gazette overnight, takes effect on March 20.",
        "Implementation is set for March 20.",
    ] {
        let found = read(&format!("Peru doubled its duty on Thai rice to 30% on Monday. {behind}"));
        let starts: Vec<_> = found.iter().filter_map(|e| e.effective).map(|m| m.to_string()).collect();
        assert_eq!(starts, ["2026-03-20"], "{behind}: {found:#?}");
    }
}

#[test]
fn goods_of_a_numbered_chapter_have_a_verb() {
    assert_eq!(
        laid(
            "Peru raises its tariffs on goods from Laos. Products of Chapter 72 go from 15 percent to 50 percent."
        ),
        ["increase PE  ", "increase PE 15>50 "]
    );
}

#[test]
fn whose_cut_in_us_duties_it_is() {
    assert_eq!(
        laid("Norwegian yards win orders again after a cut in US duties on Norwegian goods from 39% to 15%."),
        ["reduce US 39>15 "]
    );
}

#[test]
fn a_day_beside_a_word_that_is_no_verb_may_lie_ahead() {
    let day = |text: &str| {
        let found = read(text);
        let event = found.iter().find(|e| e.act.kind() == Kind::TariffAction).expect("a tariff");
        (
            event.date.interval.map(|(first, _)| first.to_string()),
            event.effective.as_ref().map(ToString::to_string),
            event.expires.as_ref().map(ToString::to_string),
        )
    };
    let own = |text: &str| Some(text.to_owned());
    let text = "Norway said on Monday it would double to 50% the duty on Danish-made hulls on June 1.";
    assert_eq!(day(text), (own("2026-01-12"), own("2026-06-01"), None));
    let text = "Oman will charge 40% on Kenyan tea, according to a notification dated Monday.";
    assert_eq!(day(text), (own("2026-01-12"), None, None));
    let text = "Oman waived a duty on Kenyan tea last September until the end of the year.";
    assert_eq!(day(text).2, own("2025-12-31"));
    let text = "Oman answered Kenya in kind, putting 30% on Kenyan tea as of Monday.";
    assert_eq!(day(text).1, own("2026-01-12"));
    let text = "Algeria's Order No. 12, signed by President Abdelmadjid Tebboune on 2 January, raises the duty on \
                Spanish tiles from 30% to 60%.";
    assert_eq!(day(text).0, own("2026-01-02"));
}

/// The days of the acts of a subtype.
fn days(text: &str, subtype: &str) -> Vec<Option<Date>> {
    let found = read(text);
    found.iter().filter(|e| e.act.subtype() == subtype).map(|e| e.date.start()).collect()
}

#[test]
fn several_words_of_one_breath_have_one_day() {
    let duty = "Peru put a 10 percent tariff on Fijian sugar last month.";
    for (text, subtype) in [
        ("Chile's trade minister welcomed the ruling on Monday.", "assessment"),
        (
            "Chile's trade minister welcomed the ruling on Monday but said that it came too late.",
            "assessment",
        ),
        (
            "Kenya's trade minister struck a softer note on Monday, saying that the ban was nearly gone, yet she refused to \
             say when.",
            "non_confirmation",
        ),
        (
            "If the fee stays, the Ghanaian minister said on Monday, Ghana will close its ports to ships from Togo.",
            "warning",
        ),
    ] {
        let days = days(&format!("{duty} {text}"), subtype);
        assert_eq!(days, [Some(date(2026, 1, 12))], "{text:?}");
    }
}

#[test]
fn nobody_urges_since_a_day() {
    let text = "Peru put a 10 percent tariff on Fijian sugar last month. Mao Ning criticised the rule, issued in November \
                and applied since January 5, as a step back and urged Peru to revoke it.";
    let days = days(text, "demand");
    assert!(days.iter().all(|day| day.is_none_or(|day| day == TODAY)), "{days:?}");
}

#[test]
fn a_deal_starts_on_the_day_that_its_sentence_tells_besides() {
    for text in [
        "The free trade agreement between Chile and Peru was signed on May 4, 2019 and has been in force since March \
         1, 2020.",
        "The free trade agreement between Chile and Peru was signed on May 4, 2019 and entered into force on March 1, \
         2020.",
        "Chile and Peru signed the agreement on May 4, 2019; it came into force on March 1, 2020.",
        "The pact, signed on May 4, 2019 by Chile and Peru, took effect on March 1, 2020.",
        "Chile signed a trade agreement with Peru on May 4, 2019, which entered into force on March 1, 2020.",
    ] {
        let found = read(text);
        let deals: Vec<_> = found.iter().filter(|e| e.act.kind() == Kind::Agreement).collect();
        let [deal] = deals.as_slice() else { panic!("{text:?}: {found:#?}") };
        assert_eq!(deal.date.start(), Some(date(2019, 5, 4)), "{text:?}");
        assert_eq!(deal.effective.map(|m| m.to_string()).as_deref(), Some("2020-03-01"), "{text:?}");
    }
    for text in [
        "Chile and Peru signed the agreement on May 4, 2019; it has not entered into force.",
        "Chile and Peru signed the agreement on May 4, 2019; it could enter into force on March 1, 2027.",
        "Chile and Peru signed the agreement on May 4, 2019, before a duty on copper took effect on March 1, 2020.",
    ] {
        let found = read(text);
        let deals = found.iter().filter(|e| e.act.kind() == Kind::Agreement);
        assert!(
            deals.clone().count() == 1 && deals.clone().all(|e| e.effective.is_none()),
            "{text:?}: {found:#?}"
        );
    }
}

#[test]
fn most_goods_are_no_record() {
    assert_eq!(
        laid("Peru has charged 50% on most Chilean goods since August 6, 2025."),
        ["impose PE >50 2025-08-06"]
    );
}

#[test]
fn so_much_a_year_is_no_length() {
    let found = read("Peru will admit 300,000 tons of Thai rice a year at a duty of 4%, down from 12%.");
    assert!(found.iter().all(|e| e.duration.is_none() && e.expires.is_none()), "{found:#?}");
}

#[test]
fn what_was_paid_until_a_day_is_paid_no_more() {
    let found = read("Peru charged a 20% duty on Thai rice until December 1.");
    let ends: Vec<_> = found.iter().filter_map(|e| e.expires).map(|m| m.to_string()).collect();
    assert_eq!(ends, ["2025-12-01"], "{found:#?}");
}

#[test]
fn what_was_promised_months_before_a_pact_has_not_its_day() {
    let found = read(
        "India and Brazil signed an accord on Monday, four months after Prime Minister Narendra Modi and President Luiz \
         Inacio Lula da Silva agreed on one in New Delhi.",
    );
    let days: Vec<_> = found.iter().filter_map(|e| e.date.start()).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-01-12"], "{found:#?}");
}

#[test]
fn a_ban_in_place_since_something_is_not_lifted_then() {
    let found = read(
        "Peru said on Monday that it would lift a ban on Thai chicken, in place since an outbreak in 2023.",
    );
    assert!(found.iter().all(|e| e.date.start().is_none_or(|day| day.year() == 2026)), "{found:#?}");
}
