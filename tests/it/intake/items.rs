//! Items and the pages behind them: what is stored, and why the others are not.

use std::time::Duration;

use attache_tests::scenario::Scenario;
use attache_tests::web::{Body, Host, Page};

use super::{LOOPBACK, PUBLISHED, admin, news, news_text, vienna};
use crate::seed::{SOON, store};

/// A feed of so many items with whole texts.
fn whole(items: usize) -> Page {
    let items: String = (0..items)
        .map(|number| {
            let text = news_text(number).map(|text| format!("<p>{text}</p>")).concat();
            format!(
                "<item><title>News {number}</title><guid>{number}</guid><pubDate>{PUBLISHED}</pubDate>\
                 <content:encoded><![CDATA[{text}<script>alert(1)</script>]]></content:encoded></item>"
            )
        })
        .collect();
    Page::new(
        "application/rss+xml",
        format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
             <title>Whole</title>{items}</channel></rss>"
        ),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_with_whole_texts_needs_no_page() {
    let paper = Host::start().await;
    paper.put("/feed", whole(2));
    let mut story = Scenario::new().await;
    story.config(LOOPBACK);
    story.config(&format!("[[feed]]\nurl = \"{}\"\nname = \"Configured\"", paper.url("/feed")));
    story.start_bot().await;
    paper.wait_for("/feed", 3, SOON).await;
    story.stop().await;
    let stored = store(&story);
    let articles = stored.stats().unwrap().articles;
    let events = stored.all_events(&Default::default()).unwrap();
    let article = stored.article(events[0].sources[0].article).unwrap().unwrap();
    let text = stored.article_text(article.id).unwrap().unwrap();
    assert_eq!(articles, 2);
    assert_eq!(article.origin, paper.url("/feed"));
    assert_eq!(article.publisher.as_deref(), Some("Configured"));
    assert_eq!(article.published.to_string(), "2025-06-12");
    assert!(text.contains("imposed a tariff") && !text.contains("alert"), "{text}");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn items_without_an_article_are_told_with_the_reason_and_do_not_stop_the_others() {
    let paper = Host::start().await;
    let closed = Host::start().await;
    closed.put("/robots.txt", Page::new("text/plain", "User-agent: *\nDisallow: /\n"));
    closed.put("/a", vienna());
    paper.put("/pdf", Page::new("application/pdf", "%PDF-1.7"));
    paper.put("/empty", Page::html("<!doctype html><title>x</title>"));
    paper.put("/large", Page::html(&"<p>word".repeat(2 << 20)));
    paper.put("/slow", Page::body(Body::Endless(b" ".to_vec(), Duration::from_millis(50))));
    paper.put("/undated", Page::html(&vienna_undated()));
    paper.put("/private", Page::to(302, "http://10.0.0.1/"));
    paper.put("/busy", Page::status(503));
    paper.put("/good", vienna());
    let robots = closed.url("/a");
    let items: Vec<(&str, &str, &str)> = vec![
        ("Pdf", "/pdf", PUBLISHED),
        ("Empty", "/empty", PUBLISHED),
        ("Large", "/large", PUBLISHED),
        ("Gone", "/gone", PUBLISHED),
        ("Robots", &robots, PUBLISHED),
        ("Undated", "/undated", ""),
        ("Private", "/private", PUBLISHED),
        ("Inside", "http://169.254.169.254/latest", PUBLISHED),
        ("Busy", "/busy", PUBLISHED),
        ("Good", "/good", PUBLISHED),
    ];
    let first = Page::rss(items.get(5..).unwrap());
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    let curator = story.curator(guild, "ada");
    story.config(LOOPBACK);
    paper.put("/feed", Page::rss(items.get(..5).unwrap()));
    story.config(&format!("[[feed]]\nurl = \"{}\"", paper.url("/feed")));
    story.start_bot().await;
    let told = |reason: &'static str| {
        let story = &story;
        async move {
            let end = tokio::time::Instant::now() + SOON;
            loop {
                let told = admin(story, curator, desk, "admin feeds list", &[("feed", "/feed")]).await;
                if told.contains(reason) {
                    return;
                }
                assert!(tokio::time::Instant::now() < end, "no {reason:?} in {told}");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    };
    told("Pdf: it is application/pdf, not a page").await;
    told("Empty: the page holds").await;
    told("Large: it is larger than").await;
    told("Gone: the server answered 404").await;
    told("does not allow programs to read this").await;
    paper.put("/feed", first);
    // A page that is busy is tried again, and read when it answers.
    paper.wait_for("/busy", 1, SOON).await;
    paper.put("/busy", news(1));
    told("Undated: neither the page nor the feed says when it was published").await;
    told("Private: 10.0.0.1 is not asked").await;
    told("Inside: 169.254.169.254 is not asked").await;
    told("2 articles stored").await;
    assert!(closed.count("/a") == 0, "robots.txt is kept to");
    assert_eq!(paper.most_at_once(), 1, "one request at a time to a host");
    story.stop().await;
    story.end();
}

fn vienna_undated() -> String {
    let text =
        "<p>Officials of both sides spoke for several hours about what their ministers had left open, and \
        said that they would go on, although nobody named the place or the people who would take part."
            .repeat(4);
    format!(
        "<!doctype html><html><head><title>No day</title></head><body><article><h1>No day</h1>{text}</article></body></html>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_of_ten_thousand_items_is_read_once() {
    let paper = Host::start().await;
    let links: Vec<String> = (0..10_000).map(|n| format!("/item/{n}")).collect();
    let mut items: Vec<(&str, &str, &str)> =
        links.iter().map(|link| ("Item", link.as_str(), PUBLISHED)).collect();
    paper.put("/feed", Page::rss(&items));
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    let curator = story.curator(guild, "ada");
    story.config(LOOPBACK);
    story.config(&format!("[[feed]]\nurl = \"{}\"", paper.url("/feed")));
    story.start_bot().await;
    paper.wait_for("/feed", 3, SOON).await;
    let fetched = || paper.all_requests().iter().filter(|request| request.path.starts_with("/item")).count();
    assert_eq!(fetched(), 50, "the first reading takes fifty");
    story.restart().await;
    items.insert(0, ("New", "/vienna", "Fri, 13 Jun 2025 09:00:00 GMT"));
    paper.put("/vienna", vienna());
    paper.put("/feed", Page::rss(&items));
    paper.wait_for("/vienna", 1, SOON).await;
    let before = paper.count("/feed");
    paper.wait_for("/feed", before + 2, SOON).await;
    assert_eq!((fetched(), paper.count("/vienna")), (50, 1));
    let told = admin(&story, curator, desk, "admin feeds list", &[]).await;
    assert!(
        told.contains("10001 items seen, 1 articles stored, 0 known, 0 updated, 10000 passed over"),
        "{told}"
    );
    story.stop().await;
    story.end();
}
