//! An item that is changed under its old name: read again, a version of what is stored, told once.

use std::time::Duration;

use attache_tests::scenario::Scenario;
use attache_tests::web::{Host, Page};

use super::{LOOPBACK, PUBLISHED, TEXT, admin, vienna};
use crate::seed::{SOON, store, subscribe};

/// An Atom feed of one entry and an older one, with the time it was updated last.
fn atom(updated: &str, title: &str) -> Page {
    let entry = |id: &str, title: &str, link: &str, updated: &str| {
        format!(
            "<entry><id>{id}</id><title>{title}</title><link href=\"HOST{link}\"/>\
             <published>2025-06-12T09:00:00Z</published><updated>{updated}</updated></entry>"
        )
    };
    let entries = entry("tag:1", title, "/vienna", updated)
        + &entry("tag:2", "Another", "/another", "2025-06-11T09:00:00Z");
    Page::new(
        "application/atom+xml",
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Paper</title><id>tag:0</id>\
             <updated>{updated}</updated>{entries}</feed>"
        ),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_that_is_updated_becomes_a_version_and_its_message_is_edited() {
    let paper = Host::start().await;
    paper.put("/vienna", vienna());
    paper.put("/another", super::news(1));
    paper.put("/feed", atom("2025-06-12T09:00:00Z", "Ministers meet").etag("\"1\""));
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    subscribe(&story, guild, &[news]);
    story.config(LOOPBACK);
    story.config("[operator]\nlisten = \"127.0.0.1:0\"");
    story.config(&format!("[[feed]]\nurl = \"{}\"", paper.url("/feed")));
    story.start_bot().await;
    let posts = story.discord.wait_for_posts(news, 4, SOON).await;
    let tiles = posts.iter().find(|post| post.text().contains("ceramic tiles from Japan")).unwrap();
    assert!(tiles.text().contains("15"), "{}", tiles.text());

    // Would the feed be tested now, it is said to bring nothing new.
    let told = admin(&story, curator, news, "admin feeds test", &[("url", &paper.url("/feed"))]).await;
    assert!(told.contains("stored already; nothing would change"), "{told}");

    let [first, second, third] = TEXT;
    let corrected = second.replace("15 percent", "25 percent");
    let later = [first, corrected.as_str(), third];
    paper.put("/vienna", Page::article("Ministers meet in Vienna", "2025-06-12T09:00:00Z", &later));
    let told = admin(&story, curator, news, "admin feeds test", &[("url", &paper.url("/feed"))]).await;
    assert!(told.contains("would be stored as version 2"), "{told}");
    let looks = paper.count("/vienna");
    let before = paper.count("/feed");
    paper.wait_for("/feed", before + 2, SOON).await;
    assert_eq!(paper.count("/vienna"), looks, "nobody said that it was changed");

    paper.put("/feed", atom("2025-06-13T10:00:00Z", "Ministers meet (updated)").etag("\"2\""));
    let end = tokio::time::Instant::now() + SOON;
    while !story.discord.message(tiles.id).unwrap().text().contains("25") {
        assert!(tokio::time::Instant::now() < end, "{}", story.discord.message(tiles.id).unwrap().text());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let before = paper.count("/feed");
    paper.wait_for("/feed", before + 2, SOON).await;
    assert_eq!(paper.count("/vienna"), looks + 1, "read again once");
    assert_eq!(paper.requests("/feed").pop().unwrap().headers["if-none-match"], "\"2\"");
    assert_eq!(story.discord.posts(news).len(), 4, "nothing is told twice");
    let listed = admin(&story, curator, news, "admin feeds list", &[]).await;
    assert!(listed.contains("2 items seen, 2 articles stored, 0 known, 1 updated"), "{listed}");

    let short = tiles.text().split("/event id:").nth(1).unwrap().chars().take(8).collect::<String>();
    let event = admin(&story, curator, news, "event", &[("id", &short)]).await;
    assert!(event.contains("in version 2") && event.contains("How The Paper was read: day from "), "{event}");
    let line = story.bot().wait_for_line("operator's port", SOON).await;
    let port =
        line.split("127.0.0.1:").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect::<String>();
    let health = reqwest::Client::builder().no_proxy().build().unwrap();
    let health =
        health.get(format!("http://127.0.0.1:{port}/health")).send().await.unwrap().text().await.unwrap();
    let health: serde_json::Value = serde_json::from_str(&health).unwrap();
    assert!(health["last_feed"].is_string(), "{health}");
    story.stop().await;
    let stored = store(&story);
    assert_eq!(stored.all_events(&Default::default()).unwrap().len(), 4, "updated, not doubled");
    drop(stored);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_of_the_configuration_come_and_go_when_it_is_read_again() {
    let (one, other) = (Host::start().await, Host::start().await);
    one.put("/feed", Page::rss(&[]));
    other.put("/vienna", vienna());
    other.put("/feed", Page::rss(&[("Ministers meet", "/vienna", PUBLISHED)]));
    let mut story = Scenario::new().await;
    story.config(LOOPBACK);
    story.config(&format!("[[feed]]\nurl = \"{}\"", one.url("/feed")));
    story.start_bot().await;
    one.wait_for("/feed", 2, SOON).await;
    let path = story.folder().join("bot-config.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace(one.address(), other.address())).unwrap();
    story.bot().signal("HUP");
    other.wait_for("/vienna", 1, SOON).await;
    let said = story.bot().wait_for_line("read again and is in force", SOON).await;
    assert!(!said.contains("takes a restart"), "{said}");
    let before = one.count("/feed");
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(one.count("/feed") <= before + 1, "a feed that was taken out is left alone");
    story.stop().await;
    story.end();
}
