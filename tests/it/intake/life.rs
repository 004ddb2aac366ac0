//! A feed's life: found, moved, failing, paused, gone, taken out, put back; and the bot's end within.

use std::time::Duration;

use attache_tests::discord::{ChannelId, UserId};
use attache_tests::scenario::Scenario;
use attache_tests::web::{Host, Page};

use super::{LOOPBACK, PUBLISHED, admin, news};
use crate::seed::{SOON, store};

/// Waits until the list says something.
async fn listed(story: &Scenario, who: UserId, place: ChannelId, expected: &str) -> String {
    let end = tokio::time::Instant::now() + SOON;
    loop {
        let told = admin(story, who, place, "admin feeds list", &[]).await;
        if told.contains(expected) {
            return told;
        }
        assert!(tokio::time::Instant::now() < end, "no {expected:?} in {told}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_found_moves_fails_and_goes() {
    let (old, new) = (Host::start().await, Host::start().await);
    old.put("/", Page::html("<html><link rel=alternate type=application/rss+xml href=/feed><p>News"));
    old.put("/feed", Page::rss(&[]));
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    let curator = story.curator(guild, "ada");
    story.config(LOOPBACK);
    story.start_bot().await;

    let added =
        admin(&story, curator, desk, "admin feeds add", &[("url", &old.url("/")), ("name", "Desk")]).await;
    assert!(added.contains("Feed added: Desk") && added.contains("It is read from"), "{added}");
    let twice = admin(&story, curator, desk, "admin feeds add", &[("url", &old.url("/feed"))]).await;
    assert!(twice.contains("is read already"), "{twice}");
    let none = admin(&story, curator, desk, "admin feeds add", &[("url", &new.url("/feed"))]).await;
    assert!(none.contains("answered 404"), "{none}");

    // Moved for good: the old address is not asked again, not even after a restart.
    new.put("/feed", Page::rss(&[("News", "/news", PUBLISHED)]));
    new.put("/news", news(0));
    old.put("/feed", Page::to(301, &new.url("/feed")));
    new.wait_for("/feed", 2, SOON).await;
    listed(&story, curator, desk, "read from").await;
    listed(&story, curator, desk, "1 articles stored").await;
    story.stop().await;
    let before = old.count("/feed");
    story.start_bot().await;
    let read = new.count("/feed");
    new.wait_for("/feed", read + 2, SOON).await;
    assert_eq!(old.count("/feed"), before);

    // Failing: told with the reason; well again: told too.
    new.put("/feed", Page::status(503));
    let told = listed(&story, curator, desk, "failed").await;
    assert!(told.contains("last fault: the server answered 503 (its own fault)"), "{told}");
    new.put("/feed", Page::rss(&[]));
    story.bot().wait_for_line("reads well again", SOON).await;

    // Paused and resumed by hand.
    let paused = admin(&story, curator, desk, "admin feeds pause", &[("feed", "desk")]).await;
    assert!(paused.contains("Desk is paused"), "{paused}");
    listed(&story, curator, desk, "paused: by discord:").await;
    let still = new.count("/feed");
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(new.count("/feed") <= still + 1, "a paused feed is left alone");
    admin(&story, curator, desk, "admin feeds resume", &[("feed", "Desk")]).await;
    new.wait_for("/feed", still + 3, SOON).await;

    // Gone for good: paused with the reason.
    new.put("/feed", Page::status(410));
    listed(&story, curator, desk, "paused: the server says that it is gone for good").await;

    // Taken out and put back.
    new.put("/feed", Page::rss(&[("News", "/news", PUBLISHED)]));
    let asked = admin(&story, curator, desk, "admin feeds remove", &[("feed", "Desk")]).await;
    assert!(asked.contains("Nothing is changed yet"), "{asked}");
    let sure = [("feed", "Desk"), ("confirm", "true")];
    let removed = admin(&story, curator, desk, "admin feeds remove", &sure).await;
    assert!(removed.contains("Desk is taken out"), "{removed}");
    listed(&story, curator, desk, "No feeds").await;
    old.put("/feed", Page::rss(&[("News", "/news", PUBLISHED)]));
    let back = admin(&story, curator, desk, "admin feeds add", &[("url", &old.url("/feed"))]).await;
    assert!(back.contains("Feed added"), "{back}");
    let told = listed(&story, curator, desk, "read well").await;
    assert!(told.contains("1 articles stored"), "what was seen is not seen anew: {told}");

    // All of it stands in the log, and is taken back from its end.
    let log = admin(&story, curator, desk, "admin history", &[("feed", "/feed")]).await;
    for done in ["added by discord:", "paused by discord:", "resumed by", "paused by program", "removed by"] {
        assert!(log.contains(done), "no {done:?} in {log}");
    }
    let undo = |number: &'static str| {
        let story = &story;
        async move {
            let sure = [("change", number), ("confirm", "true")];
            admin(story, curator, desk, "admin undo", &sure).await
        }
    };
    let early = undo("5").await;
    assert!(early.contains("undo the later change first"), "{early}");
    let back = undo("6").await;
    assert!(back.contains("took change 6 back; it is not read any more"), "{back}");
    listed(&story, curator, desk, "No feeds").await;
    let back = undo("5").await;
    assert!(back.contains("took change 5 back; it is paused"), "{back}");
    undo("4").await;
    let before = new.count("/feed");
    new.wait_for("/feed", before + 2, SOON).await;
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_reading_a_feed_the_bot_takes_each_item_once() {
    let paper = Host::start().await;
    let links: Vec<String> = (0..5).map(|number| format!("/news/{number}")).collect();
    for (number, link) in links.iter().enumerate() {
        paper.put(link, news(number).slow(Duration::from_millis(300)));
    }
    let items: Vec<_> = links.iter().map(|link| ("News", link.as_str(), PUBLISHED)).collect();
    paper.put("/feed", Page::rss(&items).etag("\"1\""));
    let mut story = Scenario::new().await;
    story.config(LOOPBACK);
    story.config(&format!("[[feed]]\nurl = \"{}\"", paper.url("/feed")));
    story.start_bot().await;
    paper.wait_for("/news/3", 1, SOON).await;
    story.restart().await;
    paper.wait_for("/news/0", 1, SOON).await;
    let before = paper.count("/feed");
    paper.wait_for("/feed", before + 2, SOON).await;
    story.stop().await;
    let store = store(&story);
    assert_eq!(store.stats().unwrap().articles, 5);
    let twice = links.iter().filter(|link| paper.count(link) > 1).count();
    assert!(twice <= 1, "only the page that was being read is read again");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_curator_has_no_say_about_feeds() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    let reader = story.discord.member(guild, "bob", 0);
    let web = Host::start().await;
    story.config(LOOPBACK);
    story.start_bot().await;
    for command in ["add", "test"] {
        let told =
            admin(&story, reader, desk, &format!("admin feeds {command}"), &[("url", &web.url("/"))]).await;
        assert!(told.contains("Only curators may do this"), "{told}");
    }
    for command in ["pause", "resume", "remove"] {
        let told = admin(&story, reader, desk, &format!("admin feeds {command}"), &[("feed", "x")]).await;
        assert!(told.contains("Only curators may do this"), "{told}");
    }
    assert!(web.all_requests().is_empty());
    story.stop().await;
    story.end();
}
