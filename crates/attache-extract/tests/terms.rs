//! When a measure was decided, starts and ends: never with a day, an end or a rate of something else.

use attache_extract::event::Status;
use attache_extract::{Article, Event, Extractor, Kind};
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
