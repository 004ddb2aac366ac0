//! Stories of announcements on their way: once, in order, whatever happens.

use attache_tests::discord::{Fault, Route, permissions};
use attache_tests::scenario::Scenario;

use crate::seed::{QUOTE, SOON, events, events_again, events_at, store, subscribe, subscriptions};

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_at_the_start_is_delivered_once_and_in_order() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    subscribe(&story, guild, &[news, desk]);
    events(&story, 3, QUOTE);
    story.start_bot().await;
    for channel in [news, desk] {
        let posts = story.discord.wait_for_posts(channel, 3, SOON).await;
        let texts: Vec<_> = posts.iter().map(|post| post.text()).collect();
        assert!((0..3).all(|n| texts[n].contains(&format!("Envoy {n}"))), "{texts:#?}");
        assert!(texts[0].contains(QUOTE), "{texts:#?}");
        assert_eq!(posts[0].embeds.len(), 1);
    }
    story.stop().await;
    story.start_bot().await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 3);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_discord_took_it_the_message_comes_once_after_the_restart() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    subscribe(&story, guild, &[news]);
    events(&story, 1, QUOTE);
    story.discord.fail_next(Route::CreateMessage, Fault::SilenceBefore);
    story.start_bot().await;
    story.discord.wait_for_requests(Route::CreateMessage, 1, SOON).await;
    story.restart().await;
    story.discord.wait_for_posts(news, 1, SOON).await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_discord_took_it_the_message_is_not_posted_again() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    subscribe(&story, guild, &[news]);
    events(&story, 1, QUOTE);
    story.discord.fail_next(Route::CreateMessage, Fault::SilenceAfter);
    story.start_bot().await;
    story.discord.wait_for_posts(news, 1, SOON).await;
    story.restart().await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_that_pass_end_in_one_message() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    subscribe(&story, guild, &[news]);
    events(&story, 1, QUOTE);
    let faults = [
        Fault::RateLimited { retry_after: 0.3, global: false },
        Fault::RateLimited { retry_after: 0.3, global: true },
        Fault::ServerError(500),
        Fault::ServerError(502),
        Fault::DropBefore,
        Fault::DropAfter,
    ];
    let tries = faults.len() + 1;
    for fault in faults {
        story.discord.fail_next(Route::CreateMessage, fault);
    }
    story.start_bot().await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    assert_eq!(story.discord.requests_on(Route::CreateMessage).len(), tries);
    assert_eq!(story.discord.posts(news).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_without_permission_is_paused_and_the_others_are_served() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let curator = story.curator(guild, "ada");
    subscribe(&story, guild, &[news, desk]);
    events(&story, 2, QUOTE);
    story.discord.set_bot_permissions(news, permissions::VIEW_CHANNEL);
    story.start_bot().await;
    story.discord.wait_for_posts(desk, 2, SOON).await;
    story.bot().wait_for_line("paused: the bot may not post there", SOON).await;
    let shown = story.discord.slash(curator, desk, "/subscriptions list").await;
    assert!(shown.ephemeral() && shown.text().contains("Send Messages"), "{}", shown.text());
    assert!(story.discord.posts(news).is_empty());
    story.stop().await;
    let [shut, open] = &subscriptions(&story)[..] else { panic!("two subscriptions") };
    assert!(shut.paused.is_some() && open.paused.is_none());
    // The permission comes back, somebody resumes: nothing was lost.
    store(&story).resume(shut.id, "ann", jiff::Timestamp::now()).unwrap();
    story.discord.set_bot_permissions(news, permissions::INVITE);
    story.start_bot().await;
    story.discord.wait_for_posts(news, 2, SOON).await;
    story.stop().await;
    assert_eq!(story.discord.posts(desk).len(), 2);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_never_answers_delays_no_other() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    subscribe(&story, guild, &[news, desk]);
    events(&story, 3, QUOTE);
    story.discord.fail_next(Route::CreateMessage, Fault::SilenceBefore);
    story.start_bot().await;
    // Whichever of the two met the silence, the other one has everything.
    story.discord.wait_for_requests(Route::CreateMessage, 4, SOON).await;
    story.bot().wait_for_line("delivered", SOON).await;
    let waiting = tokio::time::timeout(SOON, async {
        while story.discord.posts(news).len() + story.discord.posts(desk).len() < 3 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    waiting.await.unwrap();
    let counts = [story.discord.posts(news).len(), story.discord.posts(desk).len()];
    assert!(counts.contains(&0) && counts.contains(&3), "{counts:?}");
    story.kill9();
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_channel_and_a_left_server_are_paused_with_the_reason() {
    let mut story = Scenario::new().await;
    let (guild, other) = (story.discord.guild("Trade desk"), story.discord.guild("Elsewhere"));
    let (news, far) = (story.discord.channel(guild, "news"), story.discord.channel(other, "far"));
    subscribe(&story, guild, &[news]);
    subscribe(&story, other, &[far]);
    story.start_bot().await;
    story.discord.delete_channel(news);
    story.bot().wait_for_line("paused: the channel was deleted", SOON).await;
    story.discord.remove_guild(other);
    story.bot().wait_for_line("paused: the bot was removed from the server", SOON).await;
    story.stop().await;
    let reasons: Vec<_> =
        subscriptions(&story).into_iter().filter_map(|one| one.paused).map(|pause| pause.why).collect();
    assert_eq!(reasons, ["the channel was deleted", "the bot was removed from the server"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_sentence_arrives_as_plain_words() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    subscribe(&story, guild, &[news]);
    events(
        &story,
        1,
        "@everyone <@1> [gift](https://evil.example) **now** `x` <t:1:R> discord.gg/abc \u{202e}cba",
    );
    story.start_bot().await;
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    let text = posts[0].text();
    for live in ["@everyone", "<@1", "[gift](", "https://evil", "**now", "`x`", "discord.gg/", "\u{202e}"] {
        assert!(!text.contains(live), "{live} is live in {text}");
    }
    assert!(text.contains("[A meeting](https://paper.example/meeting)"), "{text}");
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_a_digest_comes_once() {
    for fault in [None, Some(Fault::SilenceBefore), Some(Fault::SilenceAfter)] {
        let mut story = Scenario::new().await;
        story.set_clock("2026-03-02T08:00:00Z");
        let guild = story.discord.guild("Trade desk");
        let news = story.discord.channel(guild, "news");
        subscribe(&story, guild, &[news]);
        events_at(&story, 20, QUOTE, "2026-03-02T07:50:00Z");
        if let Some(fault) = &fault {
            story.discord.fail_next(Route::CreateMessage, fault.clone());
        }
        story.start_bot().await;
        story.discord.wait_for_requests(Route::CreateMessage, 1, SOON).await;
        if fault.is_none() {
            // Marked as sent.
            story.bot().wait_for_line("delivered", SOON).await;
        }
        // More comes meanwhile; what was begun stays as it was.
        story.kill9();
        events_again(&story, 21, "2026-03-02T08:00:01Z");
        story.start_bot().await;
        story.discord.wait_for_posts(news, 2, SOON).await;
        story.stop().await;
        let posts = story.discord.posts(news);
        assert_eq!(posts.len(), 2, "{fault:?}");
        assert!(posts[0].text().contains("20 events"), "{fault:?}: {}", posts[0].text());
        story.end();
    }
}
