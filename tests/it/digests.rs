//! Stories of time that passes, under a clock that the tests move: digests, quiet hours, summer time.

use std::time::Duration;

use attache_tests::discord::{ChannelId, File, Interaction, Message, UserId, permissions};
use attache_tests::scenario::Scenario;

use crate::seed::SOON;

/// Long enough for a bot to have posted what it should not.
const NOT_SOON: Duration = Duration::from_millis(1200);

/// An article of one tariff, told apart by its rate.
pub(crate) fn article(rate: usize, goods: &str, day: &str) -> String {
    format!(
        "---\ntitle: Duty on {goods}\npublished: {day}\npublisher: The Trade Courier\n\
         url: https://courier.example/{rate}-{day}\n---\n\
         WASHINGTON - The United States imposed a tariff of {rate} percent on {goods} from Japan on {day}.\n"
    )
}

/// Stores it through the bot; gives how many events were new.
pub(crate) async fn ingest(story: &Scenario, who: UserId, place: ChannelId, article: &str) -> usize {
    let asked = Interaction::slash("admin ingest").attach("file", File::text("a.txt", article)).within(SOON);
    let stored = story.discord.run(who, place, asked).await.text();
    let count =
        stored.split_once(" is stored with ").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
    count.unwrap_or_else(|| panic!("nothing is stored: {stored}"))
}

async fn story(clock: &str) -> (Scenario, UserId, ChannelId, ChannelId) {
    let mut story = Scenario::new().await;
    story.set_clock(clock);
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    (story, curator, news, desk)
}

async fn posts(story: &Scenario, place: ChannelId, count: usize) -> Vec<Message> {
    let posts = story.discord.wait_for_posts(place, count, SOON).await;
    assert_eq!(posts.len(), count, "{posts:#?}");
    posts
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_of_digests() {
    let (mut story, ada, news, desk) = story("2026-03-02T08:00:00+01:00").await;
    let line = "/subscribe kinds:tariff_action mode:digest hour:9 days:mon,wed,fri zone:Europe/Berlin";
    let made = story.discord.slash(ada, news, line).await;
    assert!(made.text().contains("Mon, Wed, Fri"), "{}", made.text());
    // Monday: two events before nine, one message at nine.
    let mut sent = 0;
    for rate in [11, 12] {
        sent += ingest(&story, ada, desk, &article(rate, "ceramic tiles", "2026-03-01")).await;
    }
    tokio::time::sleep(NOT_SOON).await;
    assert!(story.discord.posts(news).is_empty());
    story.set_clock("2026-03-02T09:00:01+01:00");
    let first = posts(&story, news, 1).await;
    assert!(first[0].text().contains(&format!("Digest: {sent} events")), "{}", first[0].text());
    assert!(first[0].text().contains("11%") && first[0].text().contains("12%"), "{}", first[0].text());
    // One on Monday noon waits over Tuesday, where no digest comes.
    ingest(&story, ada, desk, &article(13, "ceramic tiles", "2026-03-02")).await;
    story.set_clock("2026-03-03T12:00:00+01:00");
    tokio::time::sleep(NOT_SOON).await;
    let waits = story.discord.slash(ada, news, "/subscriptions log number:1").await;
    assert!(waits.text().contains("waits"), "{}", waits.text());
    assert_eq!(story.discord.posts(news).len(), 1);
    story.set_clock("2026-03-04T09:00:01+01:00");
    let second = posts(&story, news, 2).await;
    assert!(second[1].text().contains("Digest: 1 event"), "{}", second[1].text());
    // Nothing came until Friday: no message, and none for the weekend.
    story.set_clock("2026-03-08T09:00:01+01:00");
    tokio::time::sleep(NOT_SOON).await;
    assert_eq!(story.discord.posts(news).len(), 2);
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_keeps_its_hour_when_the_clocks_change() {
    let (mut story, ada, news, desk) = story("2026-03-28T20:00:00Z").await;
    story.discord.slash(ada, news, "/subscribe mode:digest hour:9 zone:Europe/Berlin").await;
    ingest(&story, ada, desk, &article(11, "ceramic tiles", "2026-03-27")).await;
    // 29 March begins summer time: nine o'clock is seven in UTC, not eight.
    story.set_clock("2026-03-29T06:59:50Z");
    tokio::time::sleep(NOT_SOON).await;
    assert!(story.discord.posts(news).is_empty());
    story.set_clock("2026-03-29T07:00:01Z");
    posts(&story, news, 1).await;
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_end_in_one_digest_where_more_than_a_few_waited() {
    let (mut story, ada, news, desk) = story("2026-03-02T22:30:00Z").await;
    story.discord.slash(ada, news, "/subscribe quiet:22:00-07:00").await;
    let mut sent = 0;
    for rate in 11..16 {
        sent += ingest(&story, ada, desk, &article(rate, "ceramic tiles", "2026-03-01")).await;
    }
    tokio::time::sleep(NOT_SOON).await;
    assert!(story.discord.posts(news).is_empty());
    story.set_clock("2026-03-03T07:00:01Z");
    let all = posts(&story, news, 1).await;
    assert!(all[0].text().contains(&format!("{sent} events that came together")), "{}", all[0].text());
    // By day each comes at once again.
    ingest(&story, ada, desk, &article(31, "ceramic tiles", "2026-03-02")).await;
    posts(&story, news, 2).await;
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_events_at_once_are_one_digest() {
    let mut story = Scenario::new().await;
    story.set_clock("2026-03-02T08:00:00Z");
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    crate::seed::subscribe(&story, guild, &[news]);
    crate::seed::events_at(&story, 200, crate::seed::QUOTE, "2026-03-02T08:00:00Z");
    story.start_bot().await;
    tokio::time::sleep(NOT_SOON).await;
    assert!(story.discord.posts(news).is_empty());
    story.set_clock("2026-03-02T08:00:30Z");
    let all = posts(&story, news, 1).await;
    let text = all[0].text();
    assert!(text.contains("200 events that came together") && text.contains("more"), "{text}");
    story.stop().await;
    story.start_bot().await;
    tokio::time::sleep(NOT_SOON).await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_role_that_was_named_is_mentioned_and_only_where_the_filter_says() {
    let (mut story, ada, news, desk) = story("2026-03-02T08:00:00Z").await;
    let guild = story.discord.guild("Elsewhere");
    let role = story.discord.role(guild, "traders", permissions::EVERYONE);
    story.discord.expect_mentions_of(role);
    let ask = |place: ChannelId, least: i64| {
        Interaction::slash("subscribe")
            .option("channel", place)
            .option("mention", role)
            .option("mention_confidence", least)
    };
    story.discord.run(ada, news, ask(news, 10)).await;
    story.discord.run(ada, news, ask(desk, 100)).await;
    ingest(&story, ada, news, &article(11, "ceramic tiles", "2026-03-01")).await;
    let (loud, still) = (posts(&story, news, 1).await, posts(&story, desk, 1).await);
    assert_eq!(loud[0].content, format!("<@&{role}>"));
    assert_eq!(still[0].content, "");
    let body = &story.discord.requests_on(attache_tests::discord::Route::CreateMessage)[0].body;
    assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]));
    // A sample mentions nobody.
    story.discord.slash(ada, news, "/subscriptions test number:1").await;
    let sample = posts(&story, news, 2).await;
    assert!(sample[1].text().contains("Sample") && sample[1].content.is_empty(), "{}", sample[1].text());
    story.stop().await;
    story.end();
}
