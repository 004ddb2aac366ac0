//! What is sent, once, and by whom.

use attache_store::record::Word;
use attache_store::{
    Correction, Delivery, DeliveryState, Errand, Filter, Mode, NewSubscription, Pace, Pause, Plan, Store,
    Subscription, SubscriptionId, WriteError,
};
use jiff::Timestamp;
use serde_json::json;

use crate::sample::{at, call, commit, new_events, with};

fn subscribe(store: &Store, channel: u64, filter: Filter) -> Subscription {
    let new = NewSubscription {
        guild: Some(1),
        channel,
        author: "ann".to_owned(),
        filter,
        plan: Default::default(),
    };
    store.subscribe(new, at(0)).unwrap()
}

fn claim(store: &Store, worker: &str, now: Timestamp, until: Timestamp) -> Vec<Delivery> {
    store.claim(worker, now, until, 9, &Pace::default()).unwrap().0
}

fn pause(why: &str) -> Pause {
    Pause { why: why.to_owned(), since: at(0), until: None, by_person: true }
}

#[test]
fn a_new_event_is_queued_once_for_each_subscription_that_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    subscribe(&store, 10, Filter::default());
    let tariffs = vec![Word(attache_extract::Kind::TariffAction)];
    subscribe(&store, 11, Filter { kinds: tariffs, ..Filter::default() });
    commit(
        &store,
        "First report.",
        &[call(3), with(call(9), |event| event["factuality"] = json!("hypothetical"))],
    );
    commit(&store, "First report.", &[call(3)]);
    commit(&store, "Second report.", &[call(3)]);
    assert_eq!(store.stats().unwrap().waiting, 1);
}

#[test]
fn events_stored_before_a_subscription_are_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    commit(&store, "Text.", &[call(3)]);
    subscribe(&store, 10, Filter::default());
    assert_eq!(store.stats().unwrap().waiting, 0);
}

#[test]
fn a_claim_ends_with_its_lease_and_the_late_worker_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    subscribe(&store, 10, Filter::default());
    commit(&store, "Text.", &[call(3)]);
    let first = claim(&store, "a", at(0), at(30)).remove(0);
    assert!(claim(&store, "b", at(29), at(60)).is_empty());
    let second = claim(&store, "b", at(30), at(60)).remove(0);
    assert_eq!((second.id, second.nonce(), second.attempts), (first.id, first.nonce(), 2));
    assert!(matches!(store.delivered(first.id, first.fence, 7, at(31)), Err(WriteError::Conflict(_))));
    store.delivered(second.id, second.fence, 8, at(31)).unwrap();
    assert!(matches!(store.delivered(second.id, second.fence, 8, at(31)), Err(WriteError::Conflict(_))));
    assert!(claim(&store, "a", at(999), at(1000)).is_empty());
    assert_eq!(
        store.deliveries(first.subscription, 9).unwrap()[0].state,
        DeliveryState::Delivered(8, at(31))
    );
    assert!(first.nonce().len() <= 25);
}

#[test]
fn a_channel_keeps_its_order_and_holds_up_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    subscribe(&store, 10, Filter::default());
    subscribe(&store, 11, Filter::default());
    commit(&store, "Text.", &[call(3), call(9)]);
    let claimed = claim(&store, "a", at(0), at(30));
    assert_eq!(claimed.iter().map(|d| d.channel).collect::<Vec<_>>(), [10, 11]);
    store.retry(claimed[0].id, claimed[0].fence, at(100), "rate limited", at(1)).unwrap();
    store.delivered(claimed[1].id, claimed[1].fence, 1, at(1)).unwrap();
    let (next, due) = store.claim("a", at(2), at(30), 9, &Pace::default()).unwrap();
    assert_eq!(next.iter().map(|d| d.channel).collect::<Vec<_>>(), [11]);
    assert_eq!(due, Some(at(30)), "when its lease ends");
    assert_eq!(store.next_due(at(2), &Pace::default()).unwrap(), Some(at(30)));
    let later = claim(&store, "a", at(100), at(130));
    assert_eq!((later[0].id, later[0].last_fault.as_deref()), (claimed[0].id, Some("rate limited")));
}

#[test]
fn a_paused_subscription_waits_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let subscription = subscribe(&store, 10, Filter::default());
    store.pause(subscription.id, &pause("no permission"), "ann", at(2)).unwrap();
    commit(&store, "Text.", &[call(3)]);
    assert!(claim(&store, "a", at(1), at(30)).is_empty());
    store.resume(subscription.id, "ann", at(3)).unwrap();
    assert_eq!(claim(&store, "a", at(1), at(30)).len(), 1);
}

#[test]
fn removing_a_subscription_removes_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let subscription = subscribe(&store, 10, Filter::default());
    commit(&store, "Text.", &[call(3)]);
    store.unsubscribe(subscription.id, "ann", at(4)).unwrap();
    assert_eq!(store.stats().unwrap().waiting, 0);
    assert!(matches!(store.unsubscribe(subscription.id, "ann", at(4)), Err(WriteError::Missing(_))));
    assert!(matches!(store.pause(SubscriptionId(99), &pause(""), "ann", at(5)), Err(WriteError::Missing(_))));
}

#[test]
fn the_same_subscription_twice_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let new = || NewSubscription {
        guild: None,
        channel: 5,
        author: "ann".to_owned(),
        filter: Filter::default(),
        plan: Default::default(),
    };
    store.subscribe(new(), at(0)).unwrap();
    assert!(matches!(store.subscribe(new(), at(1)), Err(WriteError::Conflict(_))));
}

#[test]
fn what_was_taken_out_is_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let subscription = subscribe(&store, 10, Filter::default());
    let ids = new_events(commit(&store, "Text.", &[call(3), call(9)]));
    store.correct(ids[0], Correction::Delete, "ann", "never was", at(1)).unwrap();
    let claimed = claim(&store, "a", at(2), at(30));
    assert_eq!(claimed.iter().map(|delivery| delivery.event).collect::<Vec<_>>(), [ids[1]]);
    let log = store.deliveries(subscription.id, 9).unwrap();
    assert_eq!(log.last().map(|delivery| &delivery.state), Some(&DeliveryState::Dead));
    assert!(store.check().unwrap().faults.is_empty());
}

#[test]
fn claims_of_an_earlier_run_are_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    subscribe(&store, 10, Filter::default());
    commit(&store, "Text.", &[call(3)]);
    let first = claim(&store, "a", at(0), at(900)).remove(0);
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.release_claims(at(1)).unwrap(), 1);
    assert!(matches!(store.delivered(first.id, first.fence, 7, at(1)), Err(WriteError::Conflict(_))));
    let second = claim(&store, "b", at(1), at(900)).remove(0);
    assert!(second.fence > first.fence && second.nonce() == first.nonce());
}

fn errands(store: &Store, subscription: SubscriptionId) -> Vec<Errand> {
    let mut all = store.deliveries(subscription, 99).unwrap();
    all.reverse();
    all.into_iter().map(|delivery| delivery.errand).collect()
}

#[test]
fn further_reports_of_what_was_sent_are_one_rewriting_until_somebody_begins_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let subscription = subscribe(&store, 10, Filter::default());
    commit(&store, "Text.", &[call(3)]);
    let post = claim(&store, "a", at(0), at(30)).remove(0);
    store.delivered(post.id, post.fence, 7, at(1)).unwrap();
    commit(&store, "Second report.", &[call(3)]);
    commit(&store, "Third report.", &[call(3)]);
    let rewrite = Errand::Rewrite { of: post.id };
    assert_eq!(errands(&store, subscription.id), [Errand::Event, rewrite.clone()]);
    // A rewriting waits for no post of its channel.
    let begun = claim(&store, "a", at(2), at(30)).remove(0);
    assert_eq!(begun.errand, rewrite);
    commit(&store, "Fourth report.", &[call(3)]);
    assert_eq!(errands(&store, subscription.id), [Errand::Event, rewrite.clone(), rewrite]);
    store.rewritten(begun.id, begun.fence, Some(8), at(3)).unwrap();
    let posted = store.delivery(post.id).unwrap().unwrap();
    assert_eq!(posted.state, DeliveryState::Delivered(8, at(1)));
    assert!(store.check().unwrap().faults.is_empty());
}

#[test]
fn what_was_called_off_is_taken_up_again_with_its_event() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    subscribe(&store, 10, Filter::default());
    let ids = new_events(commit(&store, "Text.", &[call(3)]));
    let change = store.correct(ids[0], Correction::Delete, "ann", "never was", at(1)).unwrap();
    assert!(claim(&store, "a", at(2), at(30)).is_empty());
    store.undo(change.id, "ann", at(3)).unwrap();
    let claimed = claim(&store, "a", at(4), at(30));
    assert_eq!(claimed.iter().map(|delivery| delivery.event).collect::<Vec<_>>(), ids);
    assert!(store.check().unwrap().faults.is_empty());
}

#[test]
fn a_digest_that_was_begun_is_tried_again_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let subscription = subscribe(&store, 10, Filter::default());
    let plan = Plan { mode: Mode::Digest { hour: 1, days: Vec::new() }, ..Plan::default() };
    store.rearrange(subscription.id, &Filter::default(), &plan, "ann", at(0)).unwrap();
    commit(&store, "Text.", &[call(3), call(9)]);
    let noon = at(12 * 3600);
    assert!(claim(&store, "a", at(10), at(30)).is_empty());
    assert!(store.next_due(at(10), &Pace::default()).unwrap().is_some_and(|due| due > at(10) && due < noon));
    let first = claim(&store, "a", noon, at(12 * 3600 + 30)).remove(0);
    assert_eq!(first.with.len(), 1);
    commit(&store, "More.", &[call(15)]);
    store.release_claims(noon).unwrap();
    let again = claim(&store, "b", noon, at(12 * 3600 + 60)).remove(0);
    assert_eq!((again.nonce(), &again.with), (first.nonce(), &first.with));
    store.delivered(again.id, again.fence, 7, noon).unwrap();
    let states = store.deliveries(subscription.id, 9).unwrap();
    let sent = states.iter().filter(|one| matches!(one.state, DeliveryState::Delivered(7, _)));
    assert_eq!(sent.count(), 2);
}

#[test]
fn what_was_posted_is_set_right_although_nobody_subscribes_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let held = subscribe(&store, 10, Filter::default());
    let event = new_events(commit(&store, "First report.", &[call(3)]))[0];
    let posted = claim(&store, "a", at(0), at(30)).remove(0);
    // On its way when the subscription ends: it arrives.
    store.unsubscribe(held.id, "ann", at(1)).unwrap();
    store.delivered(posted.id, posted.fence, 7, at(2)).unwrap();
    // Another one waits, and nothing new is sent to who is gone.
    let other = subscribe(&store, 11, Filter::default());
    commit(&store, "Another text.", &[call(9)]);
    store.unsubscribe(other.id, "ann", at(3)).unwrap();
    assert_eq!(store.stats().unwrap().waiting, 0);
    store.correct(event, Correction::Delete, "ann", "not so", at(4)).unwrap();
    let rewriting = claim(&store, "a", at(5), at(30));
    assert_eq!(
        rewriting.iter().map(|one| &one.errand).collect::<Vec<_>>(),
        [&Errand::Rewrite { of: posted.id }]
    );
    store.correct(event, Correction::Restore, "ann", "it was so", at(6)).unwrap();
    let rewrite = Errand::Rewrite { of: posted.id };
    assert_eq!(
        errands(&store, held.id),
        [Errand::Event, rewrite.clone(), rewrite],
        "the first is on its way"
    );
    assert!(store.check().unwrap().faults.is_empty());
}
