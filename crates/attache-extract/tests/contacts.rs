//! Contacts told in several sentences: which are one, and whose day is whose.

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
