//! Feeds that behave, and those that do not.

use attache_tests::scenario::Scenario;
use attache_tests::web::{Host, Page};

use super::{LOOPBACK, PUBLISHED, admin, vienna};
use crate::seed::{SOON, subscribe};

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_a_curator_adds_is_read_by_itself() {
    let paper = Host::start().await;
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    subscribe(&story, guild, &[news]);
    story.config(LOOPBACK);
    story.start_bot().await;
    paper.put("/feed", Page::rss(&[]).etag("\"1\""));
    let added = admin(&story, curator, news, "admin feeds add", &[("url", &paper.url("/feed"))]).await;
    assert!(added.contains("Feed added: The Paper") && added.contains("0 items"), "{added}");
    paper.wait_for("/feed", 3, SOON).await;

    paper.put("/vienna", vienna());
    paper.put("/feed", Page::rss(&[("Ministers meet in Vienna", "/vienna", PUBLISHED)]).etag("\"2\""));
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    assert!(posts[0].text().contains("He Lifeng"), "{}", posts[0].text());

    let before = paper.count("/feed");
    paper.wait_for("/feed", before + 2, SOON).await;
    assert_eq!(paper.count("/vienna"), 1, "a page is read once");
    assert_eq!(paper.count("/robots.txt"), 1);
    let last = paper.requests("/feed").pop().unwrap();
    assert_eq!(last.headers["if-none-match"], "\"2\"");
    assert!(last.headers["user-agent"].starts_with("attache/"), "{:?}", last.headers);

    let listed = admin(&story, curator, news, "admin feeds list", &[]).await;
    for told in ["The Paper", "1 items seen, 1 articles stored", "read well", "added by discord:"] {
        assert!(listed.contains(told), "{told}: {listed}");
    }
    story.stop().await;
    story.end();
}
