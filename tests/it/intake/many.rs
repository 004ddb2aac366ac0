//! Five hundred feeds, some of them bad, and one item.

use std::time::{Duration, Instant};

use attache_tests::scenario::Scenario;
use attache_tests::web::{Body, Host, Page};

use super::{PUBLISHED, news};
use crate::seed::{SOON, subscribe};

/// Seconds between two looks at each feed.
const EVERY: u64 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn with_five_hundred_feeds_an_item_is_told_within_one_look_and_two_seconds() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    subscribe(&story, guild, &[desk]);
    story.config(&format!("[fetch]\nallow_loopback = true\n\n[feeds]\nevery = {EVERY}\ndays = 3650\n"));
    let mut hosts = Vec::new();
    for number in 0..500 {
        let host = Host::start().await;
        host.put(
            "/feed",
            match number % 25 {
                0 => Page::body(Body::Silence),
                1 => Page::body(Body::Endless(b" ".to_vec(), Duration::from_millis(200))),
                2 => Page::status(500),
                3 => Page::new("text/xml", "<rss>"),
                _ => Page::rss(&[("Old", "/old", "Mon, 01 Jan 2001 09:00:00 GMT")]).etag("\"1\""),
            },
        );
        story.config(&format!("[[feed]]\nurl = \"{}\"\n", host.url("/feed")));
        hosts.push(host);
    }
    story.start_bot().await;
    // Every good one was read twice before anything happens.
    for (_, host) in (0..).zip(&hosts).filter(|(number, _)| number % 25 > 3) {
        host.wait_for("/feed", 2, SOON).await;
    }
    let mut waited = Vec::new();
    for (told, number) in [79, 333, 499, 104, 260].into_iter().enumerate() {
        let host = &hosts[number];
        host.put("/new", news(told));
        let began = Instant::now();
        host.put("/feed", Page::rss(&[("New", "/new", PUBLISHED)]).etag("\"2\""));
        story.discord.wait_for_posts(desk, story.discord.posts(desk).len() + 1, SOON).await;
        waited.push(began.elapsed());
        // What else the article brings is not to be taken for the next one's.
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    println!("500 feeds, looked at every {EVERY} s: items were told of after {waited:.2?}");
    let longest = waited.iter().max().unwrap();
    assert!(*longest < Duration::from_secs(4 * EVERY + 20), "{waited:?}");
    story.stop().await;
    story.end();
}
