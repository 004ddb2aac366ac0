//! Stories of a bot that comes back later than Discord remembers nonces: what an earlier try posted is
//! looked for before it is posted again.

use attache_tests::discord::{ChannelId, Fault, GuildId, Route, permissions};
use attache_tests::scenario::Scenario;

use crate::seed::{QUOTE, SOON, events_at, subscribe};

/// A bot that was killed when Discord had taken its message and the bot did not know yet; ten minutes
/// pass.
async fn cut_off(allowed: u64) -> (Scenario, GuildId, ChannelId) {
    let mut story = Scenario::new().await;
    story.set_clock("2026-03-02T08:00:00Z");
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    story.discord.set_bot_permissions(news, allowed);
    subscribe(&story, guild, &[news]);
    events_at(&story, 1, QUOTE, "2026-03-02T07:59:00Z");
    story.discord.fail_next(Route::CreateMessage, Fault::SilenceAfter);
    story.start_bot().await;
    story.discord.wait_for_posts(news, 1, SOON).await;
    story.kill9();
    story.discord.forget_nonces();
    story.set_clock("2026-03-02T08:10:00Z");
    (story, guild, news)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_try_posted_is_found_and_not_posted_again() {
    let (mut story, guild, news) = cut_off(permissions::INVITE | permissions::READ_MESSAGE_HISTORY).await;
    // Somebody talks meanwhile, a lot.
    let reader = story.discord.member(guild, "bob", 0);
    for n in 0..150 {
        let _ = story.discord.write_message(reader, news, &format!("word {n}"));
    }
    story.start_bot().await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 1);
    assert_eq!(story.discord.requests_on(Route::ListMessages).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_arrived_is_posted_after_the_look() {
    let mut story = Scenario::new().await;
    story.set_clock("2026-03-02T08:00:00Z");
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    subscribe(&story, guild, &[news]);
    events_at(&story, 1, QUOTE, "2026-03-02T07:59:00Z");
    story.discord.fail_next(Route::CreateMessage, Fault::SilenceBefore);
    story.start_bot().await;
    story.discord.wait_for_requests(Route::CreateMessage, 1, SOON).await;
    story.kill9();
    // More than one page to look through.
    for n in 0..250 {
        let _ = story.discord.write_message(reader, news, &format!("word {n}"));
    }
    story.set_clock("2026-03-02T08:10:00Z");
    story.start_bot().await;
    story.discord.wait_for_posts(news, 1, SOON).await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 1);
    assert_eq!(story.discord.requests_on(Route::ListMessages).len(), 3);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_history_may_not_be_read_the_log_says_so() {
    let (mut story, guild, news) = cut_off(permissions::INVITE).await;
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    story.discord.wait_for_posts(news, 2, SOON).await;
    story.bot().wait_for_line("delivered: sent again", SOON).await;
    let log = story.discord.slash(curator, news, "/subscriptions log number:1").await.text();
    assert!(
        log.contains("an earlier try may stand there too") && log.contains("Read Message History"),
        "{log}"
    );
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 2);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_surely_did_not_take_is_not_looked_for() {
    let mut story = Scenario::new().await;
    story.set_clock("2026-03-02T08:00:00Z");
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    subscribe(&story, guild, &[news]);
    events_at(&story, 1, QUOTE, "2026-03-02T07:59:00Z");
    story.discord.fail_next(Route::CreateMessage, Fault::RateLimited { retry_after: 600.0, global: false });
    story.start_bot().await;
    story.bot().wait_for_line("will be sent again", SOON).await;
    story.set_clock("2026-03-02T08:11:00Z");
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 1);
    assert!(story.discord.requests_on(Route::ListMessages).is_empty());
    story.end();
}
