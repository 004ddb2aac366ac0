//! Texts read alone, without the chronology, held against it: what they say of a day, it says too.

use attache_extract::{Article, Extractor, StateCode};
use attache_store::view::tariffs::Ledger;
use attache_store::{EventQuery, NewArticle, Store};
use jiff::civil::date;

use crate::sample::at;

#[path = "../../examples/texts_alone/agree.rs"]
mod agree;

/// Day of publication, and our own sentences as a news agency might write them.
const TEXTS: [(&str, &str); 10] = [
    (
        "2025-02-01",
        "President Donald Trump signed an order on Saturday. The United States will impose a 10% fentanyl tariff on \
         Chinese goods from 12:01 a.m. eastern time on February 4, 2025.",
    ),
    (
        "2025-03-03",
        "The United States will raise its fentanyl tariff on Chinese goods from 10% to 20% from 12:01 a.m. eastern \
         time on March 4, 2025.",
    ),
    ("2025-03-04", "The United States imposed a 20% fentanyl tariff on Chinese goods on Tuesday."),
    (
        "2025-04-08",
        "The United States will raise its reciprocal tariff on Chinese goods from 34% to 84% from 12:01 a.m. eastern \
         time on April 9, 2025.",
    ),
    (
        "2025-04-09",
        "The United States will raise its reciprocal tariff on Chinese goods from 84% to 125% from 12:01 a.m. eastern \
         time on April 10, 2025.",
    ),
    (
        "2025-05-12",
        "The United States will suspend 24 percentage points of its reciprocal tariff on Chinese goods for 90 days \
         from 12:01 a.m. eastern time on May 14, 2025, and keep 10 percent in place.",
    ),
    (
        "2025-05-20",
        "The 20% fentanyl tariff that Washington imposed on Chinese goods on March 4 is untouched.",
    ),
    (
        "2025-11-01",
        "The United States will reduce its fentanyl tariff on Chinese goods from 20% to 10% from 12:01 a.m. eastern \
         time on November 10, 2025.",
    ),
    (
        "2025-04-11",
        "China will raise its reciprocal tariff on American goods from 84% to 125% on April 12, 2025.",
    ),
    (
        "2025-05-13",
        "China will suspend 24 percentage points of its reciprocal tariff on American goods for 90 days from 12:01 \
         p.m. Beijing time on May 14, 2025, and keep 10 percent in place.",
    ),
];

#[test]
fn texts_alone_agree_with_the_chronology() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, shipped) = (Store::open(folder.path()).unwrap(), Store::open(other.path()).unwrap());
    shipped.load_chronology(at(0)).unwrap();
    for (published, text) in TEXTS {
        let published = published.parse().unwrap();
        let read = Extractor::builtin().extract(&Article::new(text, published));
        let (title, url, publisher) = (None, None, None);
        let article = NewArticle { title, url, publisher, published, text, origin: "test", rules: "0" };
        store.commit_article(&article, &read.events, at(0)).unwrap();
    }
    let rows = |store: &Store| store.all_events(&EventQuery::default()).unwrap();
    let (ledger, against) = (Ledger::of(&rows(&store)), Ledger::of(&rows(&shipped)));
    let mut agreed = 0;
    for (imposer, on) in [(StateCode::US, StateCode::CN), (StateCode::CN, StateCode::US)] {
        let (found, same) = agree::differences(&ledger, &against, imposer, on, true, date(2025, 8, 10));
        let told: Vec<_> = found.iter().filter(|one| !one.says.0.is_empty()).collect();
        assert!(told.is_empty(), "{told:#?}");
        agreed += same;
    }
    assert!(agreed >= 8, "only {agreed} turns agree");
}

/// A ledger that says something else is found out.
#[test]
fn a_text_that_tells_another_rate_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.load_chronology(at(0)).unwrap();
    let rows = store.all_events(&EventQuery::default()).unwrap();
    let against = Ledger::of(&rows);
    let mut wrong = rows;
    for row in &mut wrong {
        if let Some(rate) = row.event.rate.as_mut()
            && row.event.parties.first().is_some_and(|party| party.country.as_deref() == Some("US"))
            && row.sort_day == date(2025, 2, 1)
        {
            rate.value = Some(attache_store::record::PercentRecord(
                attache_extract::event::Percent::parse("15").unwrap(),
            ));
        }
    }
    let ledger = Ledger::of(&wrong);
    let (found, _) =
        agree::differences(&ledger, &against, StateCode::US, StateCode::CN, true, date(2025, 3, 1));
    let said: Vec<_> =
        found.iter().map(|one| format!("{}: {} instead of {}", one.measure, one.says, one.against)).collect();
    assert_eq!(said, ["IEEPA-fentanyl: 15% instead of 10%"]);
}
