//! What subscribers hear of what is read in: everything, one digest, or nothing.

use attache_extract::event::Factuality;
use attache_store::record::Word;
use attache_store::{
    Announce, Delivery, Errand, EventId, Filter, Incoming, NewArticle, NewSubscription, Outcome, Pace, Plan,
    Store, Subscription,
};
use serde_json::{Value, json};

use crate::sample::{PUBLISHED, at, call, event, with};

/// A subscription to what is stated as a fact, that wants to hear of corrections.
fn desk(store: &Store, channel: u64) -> Subscription {
    let filter = Filter { factualities: vec![Word(Factuality::Asserted)], ..Filter::default() };
    let plan = Plan { notices: true, ..Plan::default() };
    store
        .subscribe(NewSubscription { guild: None, channel, author: "a".to_owned(), filter, plan }, at(0))
        .unwrap()
}

fn take(store: &Store, text: &str, url: &str, events: &[Value], announce: Announce, second: i64) -> Outcome {
    let events: Vec<_> = events.iter().cloned().map(event).collect();
    let article = NewArticle {
        title: None,
        url: Some(url),
        publisher: None,
        published: PUBLISHED,
        text,
        origin: "test",
        rules: "0",
    };
    let one = Incoming { article, events: &events, mark: None, aside: None, from: None };
    store.take_in(&[one], announce, at(second)).unwrap().remove(0).outcome
}

fn claim(store: &Store, second: i64) -> Vec<Delivery> {
    store.claim("w", at(second), at(second + 30), 9, &Pace::default()).unwrap().0
}

fn reported(day: i8) -> Value {
    with(call(day), |event| event["factuality"] = json!("reported"))
}

#[test]
fn what_is_read_in_silence_stays_silent_where_an_event_only_now_fits() {
    for (announce, heard) in [(Announce::None, 0), (Announce::All, 1)] {
        let store = Store::in_memory().unwrap();
        desk(&store, 1);
        take(&store, "They are said to have spoken.", "https://a.example/1", &[reported(3)], announce, 1);
        assert_eq!(store.stats().unwrap().waiting, 0, "a report is not wanted");
        let joined = take(&store, "They spoke.", "https://b.example/2", &[call(3)], announce, 2);
        assert!(matches!(joined, Outcome::New { ref joined, .. } if joined.len() == 1), "{joined:?}");
        assert_eq!(store.stats().unwrap().waiting, heard, "{announce:?}");
        // What was passed over in silence is no news later either.
        take(&store, "Both talked by phone.", "https://c.example/3", &[call(3)], Announce::All, 3);
        assert_eq!(store.stats().unwrap().waiting, heard, "{announce:?}");
    }
}

#[test]
fn what_is_read_in_silence_mends_what_was_posted_and_tells_nobody() {
    for (announce, expected) in [(Announce::None, 1), (Announce::All, 2)] {
        let store = Store::in_memory().unwrap();
        desk(&store, 1);
        let text = "Ana Reyes and Chen Bo spoke on the third day of June about soybeans and ships.";
        take(&store, text, "https://a.example/1", &[call(3)], Announce::All, 1);
        let post = claim(&store, 2).remove(0);
        store.delivered(post.id, post.fence, 77, at(3)).unwrap();
        let later = text.replace("third", "fourth");
        let revised = take(&store, &later, "https://a.example/1", &[call(4)], announce, 4);
        assert!(matches!(revised, Outcome::Revised { ref updated, .. } if updated.len() == 1), "{revised:?}");
        let waiting = claim(&store, 5);
        assert_eq!(waiting.len(), expected, "{announce:?}: {waiting:?}");
        assert!(waiting.iter().any(|held| matches!(held.errand, Errand::Rewrite { .. })));
    }
}

#[test]
fn a_digest_is_one_message_of_everything_read_in_that_way() {
    let store = Store::in_memory().unwrap();
    let (one, other) = (desk(&store, 1), desk(&store, 2));
    let mut events: Vec<EventId> = Vec::new();
    for day in 3..6 {
        let (text, url) = (format!("Day {day}."), format!("https://a.example/{day}"));
        let taken = take(&store, &text, &url, &[call(day * 4)], Announce::Digest, day.into());
        let Outcome::New { events: new, .. } = taken else { panic!("{taken:?}") };
        events.extend(new);
    }
    take(&store, "They are said to have.", "https://a.example/r", &[reported(28)], Announce::Digest, 6);
    let joined = take(&store, "They have.", "https://b.example/r", &[call(28)], Announce::Digest, 7);
    let Outcome::New { joined, .. } = joined else { panic!("{joined:?}") };
    events.extend(joined);
    // What comes by itself meanwhile waits for no digest.
    take(&store, "By itself.", "https://c.example/x", &[call(25)], Announce::All, 8);
    let first = claim(&store, 9);
    assert!(first.iter().all(|delivery| delivery.digest.is_none() && delivery.with.is_empty()), "{first:?}");
    assert_eq!(first.len(), 2);
    for post in first {
        store.delivered(post.id, post.fence, 5, at(9)).unwrap();
    }
    assert!(claim(&store, 12).is_empty(), "it may not be complete yet");
    let digests = claim(&store, 60);
    let of: Vec<_> = digests.iter().map(|digest| digest.subscription).collect();
    assert_eq!(of, [one.id, other.id]);
    for digest in &digests {
        let rows = digest.with.iter().map(|id| store.delivery(*id).unwrap().unwrap());
        let told: Vec<_> = std::iter::once(digest.clone()).chain(rows).map(|row| row.event).collect();
        assert_eq!(told, events);
        assert!(digest.digest.is_some());
        store.retry(digest.id, digest.fence, at(61), "busy", at(60)).unwrap();
    }
    // A further attempt is the same message.
    let again = claim(&store, 62);
    let nonces = |all: &[Delivery]| all.iter().map(Delivery::nonce).collect::<Vec<_>>();
    assert_eq!(nonces(&again), nonces(&digests));
    assert_eq!(again.iter().map(|digest| digest.with.len()).collect::<Vec<_>>(), [3, 3]);
}
