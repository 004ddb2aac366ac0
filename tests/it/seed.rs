//! Stories that begin with something stored: written into the store while no bot runs.

use std::time::Duration;

use attache_extract::event::{
    Act, Confidence, Engagement, Evidence, Factuality, Plover, PloverCategory, Status,
};
use attache_extract::when::EventDate;
use attache_extract::{Event, Party, Role, Span, StateCode};
use attache_store::{NewArticle, NewSubscription, Outcome, Plan, Store, Subscription};
use attache_tests::discord::{ChannelId, GuildId};
use attache_tests::scenario::Scenario;
use jiff::Timestamp;
use jiff::civil::date;

/// Longest wait for anything the bot should do.
pub(crate) const SOON: Duration = Duration::from_secs(60);

/// A sentence to rest on.
pub(crate) const QUOTE: &str = "The two envoys met in the capital on Monday.";

/// The story's store; no bot may run meanwhile.
pub(crate) fn store(story: &Scenario) -> Store {
    Store::open(&story.store()).unwrap()
}

pub(crate) fn subscriptions(story: &Scenario) -> Vec<Subscription> {
    store(story).subscriptions().unwrap()
}

pub(crate) fn subscribe(story: &Scenario, guild: GuildId, channels: &[ChannelId]) {
    subscribe_by(story, guild, channels, &Plan::default());
}

/// Subscribes channels to everything, by a plan of their own.
pub(crate) fn subscribe_by(story: &Scenario, guild: GuildId, channels: &[ChannelId], plan: &Plan) {
    let store = store(story);
    for channel in channels {
        let new = NewSubscription {
            guild: Some(guild.0),
            channel: channel.0,
            author: "test".to_owned(),
            filter: Default::default(),
            plan: plan.clone(),
        };
        store.subscribe(new, Timestamp::UNIX_EPOCH).unwrap();
    }
}

/// Stores an article with so many events; what subscribed channels are to hear of it waits.
pub(crate) fn events(story: &Scenario, count: usize, quote: &str) {
    events_at(story, count, quote, &Timestamp::now().to_string());
}

/// As [`events`], at an instant.
pub(crate) fn events_at(story: &Scenario, count: usize, quote: &str, at: &str) {
    let events: Vec<_> = (0..count).map(|n| meeting(n, quote)).collect();
    let article = article("https://paper.example/meeting", "The Paper", quote);
    store(story).commit_article(&article, &events, at.parse().unwrap()).unwrap();
}

/// The last of so many events, in an article of their own.
pub(crate) fn events_again(story: &Scenario, count: usize, at: &str) {
    let quote = "Another envoy met the other one.";
    let last = meeting(count - 1, quote);
    let article = article("https://paper.example/another", "The Paper", quote);
    store(story).commit_article(&article, &[last], at.parse().unwrap()).unwrap();
}

/// Another paper tells of the first so many of those events.
pub(crate) fn told_again(story: &Scenario, count: usize, publisher: &str) {
    let quote = format!("{publisher} has learnt that the two envoys met on Monday.");
    let events: Vec<_> = (0..count).map(|n| meeting(n, &quote)).collect();
    let url = format!("https://{}.example/", publisher.to_lowercase().replace(' ', "-"));
    // Its own words: two papers that say the same and nothing else are one article, printed twice.
    let own: String = (0..20).map(|n| format!(" {publisher} {n}")).collect();
    let text = format!("{quote}{own}");
    let commit = store(story).commit_article(&article(&url, publisher, &text), &events, Timestamp::now());
    let Outcome::New { joined, .. } = commit.unwrap().outcome else { panic!("known before") };
    assert_eq!(joined.len(), count, "not taken for the same events");
}

fn article<'a>(url: &'a str, publisher: &'a str, text: &'a str) -> NewArticle<'a> {
    NewArticle {
        title: Some("A meeting"),
        url: Some(url),
        publisher: Some(publisher),
        published: date(2025, 5, 14),
        text,
        origin: "test",
        rules: "1",
    }
}

fn meeting(n: usize, quote: &str) -> Event {
    let party = |name: &str, country| Party {
        name: Some(name.to_owned()),
        office: Some("trade envoy".to_owned()),
        country: Some(country),
        role: Role::Participant,
    };
    Event {
        act: Act::Engagement(Engagement::Meeting),
        parties: vec![party(&format!("Envoy {n}"), StateCode::US), party("Other Envoy", StateCode::CN)],
        date: EventDate::day(date(2025, 5, 12)),
        effective: None,
        expires: None,
        duration: None,
        rate: None,
        scope: None,
        topics: Vec::new(),
        place: None,
        factuality: Factuality::Asserted,
        status: Some(Status::Occurred),
        quote: quote.to_owned(),
        claims: Vec::new(),
        plover: Plover { category: PloverCategory::Consult, mode: None },
        confidence: Confidence::from_thousandths(900),
        evidence: Evidence {
            quote: Span::new(0, quote.len()),
            fields: Default::default(),
            rules: Vec::new(),
        },
    }
}
