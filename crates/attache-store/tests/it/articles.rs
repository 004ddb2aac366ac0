//! An article in several places, and an article that changed.

use attache_extract::event::Kind;
use attache_store::view::origin;
use attache_store::{
    Action, Announce, ArticleId, Correction, EventId, EventQuery, Filter, Incoming, NewArticle,
    NewSubscription, Outcome, Plan, Standing, Store,
};
use jiff::ToSpan as _;
use serde_json::{Value, json};

use crate::sample::{PUBLISHED, at, call, duty, event, with};

const STORY: &str = "Ana Reyes and Chen Bo spoke by telephone on Tuesday about chips and soybeans. \
    The call lasted for more than an hour and was the first since the spring, officials of both sides said. \
    They agreed to let their deputies meet again before the summer is over, without naming a place. \
    Shares of chip makers rose a little in early trading, while farmers said they would wait for orders. \
    Nobody would say whether the duties on steel had been a subject of the conversation at all.";

fn article<'a>(text: &'a str, url: &'a str) -> NewArticle<'a> {
    NewArticle {
        title: Some("They spoke"),
        url: Some(url),
        publisher: Some("The Paper"),
        published: PUBLISHED,
        text,
        origin: "test",
        rules: "0",
    }
}

fn take(store: &Store, text: &str, url: &str, events: &[Value]) -> (ArticleId, Outcome) {
    let events: Vec<_> = events.iter().cloned().map(event).collect();
    let commit = store.commit_article(&article(text, url), &events, at(0)).unwrap();
    (commit.article, commit.outcome)
}

fn one_new(outcome: &Outcome) -> EventId {
    match outcome {
        Outcome::New { events, .. } if events.len() == 1 => events[0],
        other => panic!("{other:?}"),
    }
}

fn quoted(mut value: Value, quote: &str) -> Value {
    value["quote"] = json!(quote);
    value
}

#[test]
fn a_text_in_another_place_adds_the_place_and_announces_nothing() {
    let store = Store::in_memory().unwrap();
    let new = NewSubscription {
        guild: None,
        channel: 1,
        author: "a".to_owned(),
        filter: Filter::default(),
        plan: Plan::default(),
    };
    store.subscribe(new, at(0)).unwrap();
    let (first, stored) = take(&store, STORY, "https://paper.example/a", &[call(3)]);
    let id = one_new(&stored);
    let elsewhere = take(&store, STORY, "https://other.example/b", &[call(3)]);
    assert_eq!(elsewhere, (first, Outcome::Reprint { alike: 1000 }));
    assert_eq!(take(&store, STORY, "http://www.other.example/b/?utm_source=x", &[]), (first, Outcome::Known));
    assert_eq!(take(&store, STORY, "https://paper.example/a#top", &[]), (first, Outcome::Known));
    let places = store.appearances(first).unwrap();
    assert_eq!(
        places.iter().map(|place| place.url.as_deref()).collect::<Vec<_>>(),
        [Some("https://other.example/b")]
    );
    assert_eq!(store.event(id).unwrap().unwrap().sources.len(), 1);
    let stats = store.stats().unwrap();
    assert_eq!((stats.articles, stats.events, stats.waiting), (1, 1, 1));
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}

fn reprint() -> String {
    let (kept, _) = STORY.split_once(" Nobody would").unwrap();
    format!("LONDON, June 10 (The Wire) \u{2014} {kept}\n\n(Reporting by Some One)")
}

#[test]
fn a_reprint_is_the_stored_article_as_long_as_it_tells_nothing_else() {
    let store = Store::in_memory().unwrap();
    let (first, _) = take(&store, STORY, "https://paper.example/a", &[call(3)]);
    let (of, outcome) = take(&store, &reprint(), "https://other.example/b", &[call(3)]);
    let Outcome::Reprint { alike } = outcome else { panic!("{outcome:?}") };
    assert!(of == first && alike > 900, "{alike}");
    let again = reprint();
    assert_eq!(take(&store, &again, "https://other.example/b", &[]), (first, Outcome::Known));
    assert_eq!(store.appearances(first).unwrap().len(), 1);
    // Another day, another name, or an event of its own: another article.
    let other = reprint().replace("Chen Bo", "Li Wei");
    assert!(matches!(take(&store, &other, "https://third.example/c", &[]).1, Outcome::New { .. }));
    let more = format!("{} The European Union then put a duty on tiles.", reprint());
    let duty = quoted(duty("tiles", 10, "2025-06-10"), "The European Union then put a duty on tiles.");
    assert!(matches!(take(&store, &more, "https://third.example/d", &[duty]).1, Outcome::New { .. }));
    // The same words a month later are news.
    let later = reprint().replace("(Reporting by Some One)", "(Reporting by One Other)  The end.");
    let published = PUBLISHED.checked_add(30.days()).unwrap();
    let new = NewArticle { published, ..article(&later, "https://fourth.example/e") };
    assert_eq!(store.standing(&new, &[]).unwrap(), Standing::New);
}

#[test]
fn a_later_version_brings_its_events_up_to_it() {
    let store = Store::in_memory().unwrap();
    let told = "Ana Reyes and Chen Bo spoke by telephone on Tuesday about chips and soybeans.";
    let gone = quoted(
        duty("steel", 25, "2025-06-01"),
        "Nobody would say whether the duties on steel had been a subject.",
    );
    let first = [quoted(call(3), told), gone];
    let (before, outcome) = take(&store, STORY, "https://paper.example/a", &first);
    let Outcome::New { events: ids, .. } = outcome else { panic!("{outcome:?}") };
    let later = STORY.replace("on Tuesday about", "on Wednesday about").replace(
        "Nobody would say whether the duties on steel had been a subject of the conversation at all.",
        "Ben Ito denied all of it.",
    );
    let corrected = with(quoted(call(9), &told.replace("Tuesday", "Wednesday")), |event| {
        event["parties"][1]["name"] = json!("Chen Bo Li");
    });
    let denial = quoted(
        with(call(4), |event| {
            event["parties"][0]["name"] = json!("Ben Ito");
            event["factuality"] = json!("denied");
        }),
        "Ben Ito denied all of it.",
    );
    let (article, outcome) =
        take(&store, &later, "https://paper.example/a?utm_source=x", &[corrected, denial]);
    let Outcome::Revised { number: 2, events, joined, updated, gone } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!((joined, updated, gone), (vec![], vec![ids[0]], vec![ids[1]]));
    assert_eq!(events.len(), 1);
    let call = store.event(ids[0]).unwrap().unwrap();
    assert_eq!(call.event.parties[1].name.as_deref(), Some("Chen Bo Li"));
    assert_eq!((call.sources.len(), call.sources[0].article), (1, article));
    let left = store.event(ids[1]).unwrap().unwrap();
    assert_eq!((origin::left_by(&left.event), left.sources[0].article), (vec![before], before));
    let history = store.history(9).unwrap();
    assert!(history.iter().all(|entry| entry.author == "program" && entry.action == Action::Edited));
    assert_eq!(history.len(), 2);
    let revision = &store.revisions(before).unwrap()[0];
    assert_eq!((revision.came.len(), revision.went.len()), (2, 2));
    // It can be taken back like any change; the sentence it then rests on is the earlier version's.
    store.undo(history[1].id, "ann", at(5)).unwrap();
    let undone = store.event(ids[0]).unwrap().unwrap();
    assert_eq!((undone.event.quote.as_str(), undone.sources[0].article), (told, before));
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn what_a_version_left_out_and_a_later_one_has_again_is_one_event() {
    let store = Store::in_memory().unwrap();
    let url = "https://paper.example/a";
    let id = one_new(&take(&store, STORY, url, &[call(3)]).1);
    let second = STORY.replace("Shares of chip makers rose", "Shares of tile makers fell");
    let outcome = take(&store, &second, url, &[]).1;
    assert!(matches!(&outcome, Outcome::Revised { gone, .. } if gone == &[id]), "{outcome:?}");
    let third = STORY.replace("Shares of chip makers rose", "Shares of paper makers sank");
    let outcome = take(&store, &third, url, &[call(3)]).1;
    assert!(
        matches!(&outcome, Outcome::Revised { number: 3, events, updated, .. } if events.is_empty() && updated == &[id]),
        "{outcome:?}"
    );
    let row = store.event(id).unwrap().unwrap();
    assert_eq!((row.sources.len(), origin::left_by(&row.event).len()), (1, 0));
}

#[test]
fn what_a_curator_settled_stays_through_later_versions() {
    let store = Store::in_memory().unwrap();
    let url = "https://paper.example/a";
    let (_, outcome) = take(&store, STORY, url, &[call(3), call(20)]);
    let Outcome::New { events: ids, .. } = outcome else { panic!("{outcome:?}") };
    let mut record = store.event(ids[0]).unwrap().unwrap().event;
    record.place = Some("Geneva".to_owned());
    store.correct(ids[0], Correction::Edit(Box::new(record)), "ann", "so", at(1)).unwrap();
    store.correct(ids[1], Correction::Delete, "ann", "wrong", at(1)).unwrap();
    let placed = with(call(3), |event| event["place"] = json!("London"));
    let later = STORY.replace("Nobody would", "No one would");
    let (_, outcome) = take(&store, &later, url, &[placed, call(20)]);
    let Outcome::Revised { events, updated, gone, .. } = outcome else { panic!("{outcome:?}") };
    assert!(events.is_empty() && updated.is_empty() && gone.is_empty());
    assert_eq!(store.event(ids[0]).unwrap().unwrap().event.place.as_deref(), Some("Geneva"));
    assert!(store.event(ids[1]).unwrap().unwrap().deleted);
}

#[test]
fn an_event_that_others_tell_the_old_way_is_told_both_ways() {
    let store = Store::in_memory().unwrap();
    let url = "https://paper.example/a";
    let told = "The duty on tiles is 10%.";
    let id = one_new(&take(&store, STORY, url, &[quoted(duty("tiles", 10, "2025-06-01"), told)]).1);
    take(
        &store,
        "Another paper tells it in its own words, and briefly.",
        "https://b.example",
        &[duty("tiles", 10, "2025-06-01")],
    );
    let later = STORY.replace("Nobody would", "No one would");
    let (_, outcome) =
        take(&store, &later, url, &[quoted(duty("tiles", 20, "2025-06-01"), "The duty on tiles is 20%.")]);
    assert!(
        matches!(&outcome, Outcome::Revised { events, gone, .. } if events.len() == 1 && gone == &[id]),
        "{outcome:?}"
    );
    let rows = store.all_events(&EventQuery::of(Kind::TariffAction)).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(store.event(id).unwrap().unwrap().sources.len(), 2);
}

#[test]
fn an_address_used_again_is_another_article() {
    let store = Store::in_memory().unwrap();
    let url = "https://paper.example/latest";
    take(&store, STORY, url, &[call(3)]);
    let text = "Farmers in the north expect a dry summer, the weather service wrote in its report on Monday.";
    let published = PUBLISHED.checked_add(5.days()).unwrap();
    let new = NewArticle { published, ..article(text, url) };
    let commit = store.commit_article(&new, &[], at(1)).unwrap();
    assert!(matches!(commit.outcome, Outcome::New { .. }), "{commit:?}");
    assert!(matches!(
        store.standing(&NewArticle { published, ..article(STORY, url) }, &[]).unwrap(),
        Standing::Known { .. }
    ));
}

#[test]
fn a_batch_is_its_articles_one_after_the_other() {
    let other = reprint();
    let later = STORY.replace("Nobody would", "No one would");
    let texts = [
        (STORY, "https://paper.example/a"),
        (other.as_str(), "https://other.example/b"),
        (later.as_str(), "https://paper.example/a"),
        (STORY, "https://third.example/c"),
        ("Something else entirely was told by a small paper in the north.", "https://paper.example/d"),
    ];
    let events = [event(call(3))];
    let (whole, single) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
    let batch: Vec<_> = texts
        .iter()
        .zip(["1", "2", "3", "4", "5"])
        .map(|((text, url), n)| Incoming {
            article: article(text, url),
            events: &events,
            mark: Some(("feed", n)),
            aside: None,
            from: None,
        })
        .collect();
    let together = whole.take_in(&batch, Announce::None, at(0)).unwrap();
    let apart: Vec<_> =
        batch.iter().flat_map(|one| single.take_in(&[*one], Announce::None, at(0)).unwrap()).collect();
    assert_eq!(together, apart);
    let exported = |store: &Store| {
        let mut lines = Vec::new();
        store.export(&mut lines).unwrap();
        String::from_utf8(lines).unwrap()
    };
    assert_eq!(exported(&whole), exported(&single));
    assert_eq!(whole.feed_mark("feed").unwrap().unwrap().place, "5");
    // An export brings versions and places along.
    let copy = Store::in_memory().unwrap();
    copy.import(&mut exported(&whole).as_bytes(), at(9)).unwrap();
    assert_eq!(exported(&copy), exported(&whole));
    assert_eq!(copy.import(&mut exported(&whole).as_bytes(), at(9)).unwrap().articles, 0);
    assert_eq!(
        copy.standing(&article("Yet another version.", "https://paper.example/a"), &[]).unwrap(),
        whole.standing(&article("Yet another version.", "https://paper.example/a"), &[]).unwrap()
    );
    assert_eq!(copy.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn what_is_announced_is_chosen_with_the_commit() {
    let store = Store::in_memory().unwrap();
    let new = NewSubscription {
        guild: None,
        channel: 1,
        author: "a".to_owned(),
        filter: Filter::default(),
        plan: Plan::default(),
    };
    store.subscribe(new, at(0)).unwrap();
    for (n, (announce, waiting)) in [(Announce::None, 0), (Announce::All, 1)].into_iter().enumerate() {
        let text = format!("Text {n} of its own.");
        let events = [event(call(3 + 5 * i8::try_from(n).unwrap()))];
        let one =
            Incoming { article: article(&text, &text), events: &events, mark: None, aside: None, from: None };
        store.take_in(&[one], announce, at(0)).unwrap();
        assert_eq!(store.stats().unwrap().waiting, waiting);
    }
}

#[test]
fn what_is_set_aside_is_counted_by_reason_and_moves_the_mark() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = |text| Incoming {
        article: article(text, "https://paper.example/f"),
        events: &[],
        mark: Some(("feed", "2")),
        aside: Some("in French"),
        from: None,
    };
    let ours = Incoming { aside: None, mark: Some(("feed", "1")), ..foreign(STORY) };
    {
        let store = Store::open(folder.path()).unwrap();
        let done = store.take_in(&[ours, foreign("Non."), foreign("")], Announce::All, at(0)).unwrap();
        assert!(matches!(done[0].outcome, Outcome::New { .. }), "{done:?}");
        assert!(done[1..].iter().all(|commit| commit.outcome == Outcome::Aside), "{done:?}");
        let before = store.stats().unwrap();
        store.take_in(&[foreign("Non.")], Announce::All, at(5)).unwrap();
        store.take_in(&[Incoming { aside: Some("of football"), ..ours }], Announce::All, at(6)).unwrap();
        assert_eq!((before.articles, store.stats().unwrap().articles), (1, 1));
        assert_eq!(store.feed_mark("feed").unwrap().unwrap().place, "1");
    }
    let store = Store::open(folder.path()).unwrap();
    let asides = store.asides().unwrap();
    let told: Vec<_> = asides.iter().map(|one| (one.reason.as_str(), one.count, one.last)).collect();
    assert_eq!(told, [("in French", 3, at(5)), ("of football", 1, at(6))]);
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}
