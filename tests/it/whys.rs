//! "Why was this not delivered?", for each reason there is, and what is told of a pause.

use std::time::Duration;

use attache_tests::discord::{ChannelId, Fault, Route, UserId, permissions};
use attache_tests::scenario::Scenario;

use crate::digests::{article, ingest};
use crate::seed::SOON;

async fn why(story: &Scenario, who: UserId, place: ChannelId, event: &str, number: u32) -> String {
    let line = format!("/subscriptions why event:{event} number:{number}");
    story.discord.slash(who, place, &line).await.text()
}

/// The first event's id in what a message says.
fn event_in(text: &str) -> String {
    text.split("/event id:").nth(1).unwrap().chars().take(8).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_is_named() {
    let mut story = Scenario::new().await;
    story.set_clock("2026-03-02T12:00:00Z");
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let ada = story.curator(guild, "ada");
    story.start_bot().await;
    for line in [
        "/subscribe",
        "/subscribe kinds:engagement",
        "/subscribe topics:ceramic mode:digest hour:18",
        "/subscribe people:Nobody",
        "/subscribe topics:tiles quiet:11:00-13:00",
        "/subscribe countries:US",
        "/subscribe confidence:100",
    ] {
        let made = story.discord.slash(ada, news, line).await;
        assert!(made.text().contains("Subscription"), "{line}: {}", made.text());
    }
    story.discord.slash(ada, news, "/subscriptions pause number:6").await;
    ingest(&story, ada, desk, &article(11, "ceramic tiles", "2026-03-01")).await;
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    let event = event_in(&posts[0].text());
    story.discord.slash(ada, news, "/subscribe kinds:tariff_action").await;
    for (number, expected) in [
        (1, "delivered"),
        (2, "kind: it is a tariff"),
        (3, "digest of"),
        (4, "person: nobody in it"),
        (5, "quiet hours to end"),
        (6, "paused since"),
        (7, "confidence:"),
        (8, "before the subscription began"),
    ] {
        let told = why(&story, ada, news, &event, number).await.replace('\\', "");
        assert!(told.contains(expected), "{number}: {expected} is not in {told}");
    }
    let sent = why(&story, ada, news, &event, 1).await;
    assert!(sent.contains(&format!("/{}/{}", news.0, posts[0].id)), "{sent}");
    // Taken out before it was sent, and after.
    story
        .discord
        .slash(ada, news, &format!("/admin event delete id:{event} reason:wrong confirm:true"))
        .await;
    assert!(why(&story, ada, news, &event, 5).await.contains("took it out"));
    assert!(why(&story, ada, news, &event, 1).await.contains("was taken out since"));
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_limited_hour_delays_one_channel_and_loses_nothing() {
    let mut story = Scenario::new().await;
    story.set_clock("2026-03-02T12:00:00Z");
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let ada = story.curator(guild, "ada");
    story.start_bot().await;
    story.discord.slash(ada, news, "/subscribe").await;
    story.discord.fail_next(Route::CreateMessage, Fault::RateLimited { retry_after: 3600.0, global: false });
    ingest(&story, ada, desk, &article(11, "ceramic tiles", "2026-03-01")).await;
    story.bot().wait_for_line("will be sent again", SOON).await;
    story.discord.run(ada, desk, attache_tests::discord::Interaction::slash("subscribe")).await;
    let new = ingest(&story, ada, desk, &article(12, "ceramic tiles", "2026-03-01")).await;
    story.discord.wait_for_posts(desk, new, SOON).await;
    assert!(story.discord.posts(news).is_empty());
    let log = story.discord.slash(ada, news, "/subscriptions log number:1 failed:true").await.text();
    assert!(log.contains("429"), "{log}");
    story.set_clock("2026-03-02T13:00:10Z");
    let late = story.discord.wait_for_posts(news, 1, SOON).await;
    assert!(late[0].text().contains("11%"), "{}", late[0].text());
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_subscribed_is_told_once_and_it_goes_on_when_the_permission_is_back() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let ada = story.curator(guild, "ada");
    let dm = story.discord.dm(ada);
    story.start_bot().await;
    story.discord.slash(ada, news, "/subscribe").await;
    story.discord.set_bot_permissions(news, permissions::VIEW_CHANNEL);
    ingest(&story, ada, desk, &article(11, "ceramic tiles", "2026-03-01")).await;
    let told = story.discord.wait_for_posts(dm, 1, SOON).await;
    assert!(told[0].text().contains("Subscription 1 is paused"), "{}", told[0].text());
    let listed = story.discord.slash(ada, desk, "/subscriptions list").await.text();
    assert!(listed.contains("paused") && listed.contains("Send Messages"), "{listed}");
    // Something changes, not enough: it is tried once, paused anew, and nobody is told again.
    story.discord.set_bot_permissions(news, permissions::VIEW_CHANNEL | permissions::ATTACH_FILES);
    story.discord.wait_for_requests(Route::CreateMessage, 3, SOON).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    story.discord.set_bot_permissions(news, permissions::INVITE);
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    assert!(posts[0].text().contains("11%"), "{}", posts[0].text());
    story.stop().await;
    assert_eq!((story.discord.posts(dm).len(), story.discord.posts(news).len()), (1, 1));
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_are_reminded_of_once() {
    let mut story = Scenario::new().await;
    story.with_chronology();
    story.set_clock("2025-08-05T08:00:00Z");
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let ada = story.curator(guild, "ada");
    story.start_bot().await;
    story.discord.slash(ada, news, "/subscribe kinds:tariff_action countries:US,CN include:threats").await;
    story.set_clock("2025-08-05T09:01:00Z");
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    assert!(posts.iter().any(|post| post.text().contains("in 7 days")), "{:?}", posts[0].text());
    tokio::time::sleep(Duration::from_millis(800)).await;
    let count = story.discord.posts(news).len();
    story.restart().await;
    story.set_clock("2025-08-05T12:00:00Z");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(story.discord.posts(news).len(), count);
    // What it rests on is taken out: the reminder says so where it stands.
    let post = story.discord.posts(news).into_iter().find(|post| post.text().contains("in 7 days")).unwrap();
    let event = event_in(&post.text());
    let line = format!("/admin event delete id:{event} reason:misread confirm:true");
    story.discord.slash(ada, news, &line).await;
    let limit = std::time::Instant::now() + SOON;
    loop {
        let text = story.discord.message(post.id).unwrap().text();
        if text.contains("No longer so") && text.contains("misread") {
            break;
        }
        assert!(std::time::Instant::now() < limit, "the reminder stands as it was: {text}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    story.stop().await;
    story.end();
}
