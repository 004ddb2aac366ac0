//! Stories of where messages stand: forum posts and threads, one for each story; archived, deleted.

use std::time::Duration;

use attache_store::{Layout, Plan};
use attache_tests::discord::{ChannelKind, Fault, Interaction, Route, permissions};
use attache_tests::scenario::Scenario;

use crate::seed::{QUOTE, SOON, events, store, subscribe_by, subscriptions, told_again};

fn laid_out(layout: Layout) -> Plan {
    Plan { layout, ..Plan::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_has_a_post_for_each_story_and_an_archived_one_is_woken() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let forum = story.discord.channel_of(guild, "stories", ChannelKind::Forum, None);
    subscribe_by(&story, guild, &[forum], &laid_out(Layout::Forum));
    events(&story, 2, QUOTE);
    story.start_bot().await;
    story.discord.wait_for_requests(Route::OpenThread, 2, SOON).await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    let posts = story.discord.threads(forum);
    assert_eq!(posts.len(), 2, "{posts:?}");
    assert!(posts[0].1.contains("Envoy 0") && posts[1].1.contains("Envoy 1"), "{posts:?}");
    let first = story.discord.posts(posts[0].0);
    assert!(first.len() == 1 && first[0].text().contains(QUOTE), "{first:?}");
    // Another source reaches the post, although it was archived meanwhile.
    story.discord.archive(posts[0].0);
    told_again(&story, 1, "The Other Paper");
    story.start_bot().await;
    story.bot().wait_for_line("brought up to date", SOON).await;
    story.stop().await;
    assert!(story.discord.posts(posts[0].0)[0].text().contains("The Other Paper"));
    assert_eq!(story.discord.threads(forum).len(), 2);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_post_whose_answer_was_lost_is_not_opened_again() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let forum = story.discord.channel_of(guild, "stories", ChannelKind::Forum, None);
    subscribe_by(&story, guild, &[forum], &laid_out(Layout::Forum));
    events(&story, 1, QUOTE);
    story.discord.fail_next(Route::OpenThread, Fault::DropAfter);
    story.start_bot().await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    assert_eq!(story.discord.threads(forum).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_in_a_story_stands_in_a_thread_under_its_first_message() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    story.discord.set_bot_permissions(news, permissions::INVITE | permissions::CREATE_PUBLIC_THREADS);
    let plan = Plan { notices: true, ..laid_out(Layout::Threads) };
    subscribe_by(&story, guild, &[news], &plan);
    events(&story, 1, QUOTE);
    story.start_bot().await;
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    story.stop().await;
    let held = store(&story);
    let id = held.all_events(&attache_store::EventQuery::default()).unwrap()[0].id;
    held.correct(id, attache_store::Correction::Delete, "discord:1", "not so", jiff::Timestamp::now())
        .unwrap();
    drop(held);
    story.start_bot().await;
    story.discord.wait_for_requests(Route::OpenThreadUnder, 1, SOON).await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    let threads = story.discord.threads(news);
    assert!(threads.len() == 1 && threads[0].0.0 == posts[0].id.0, "{threads:?}");
    let said = story.discord.posts(threads[0].0);
    assert!(said.len() == 1 && said[0].text().contains("not so"), "{said:?}");
    assert_eq!(story.discord.posts(news).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_that_is_named_gets_posts_without_being_asked_for() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let forum = story.discord.channel_of(guild, "stories", ChannelKind::Forum, None);
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    let there = Interaction::slash("subscribe").option("channel", forum);
    let made = story.discord.run(curator, news, there).await;
    assert!(made.text().contains("forum post for each story"), "{}", made.text());
    story.discord.slash(curator, news, "/subscriptions test number:1").await;
    story.discord.wait_for_requests(Route::OpenThread, 1, SOON).await;
    story.stop().await;
    assert_eq!(subscriptions(&story)[0].plan.layout, Layout::Forum);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_post_is_left_alone_and_its_story_goes_on_in_another() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let forum = story.discord.channel_of(guild, "stories", ChannelKind::Forum, None);
    subscribe_by(&story, guild, &[forum], &Plan { notices: true, ..laid_out(Layout::Forum) });
    events(&story, 1, QUOTE);
    story.start_bot().await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    let first = story.discord.threads(forum)[0].0;
    story.discord.lock(first);
    story.discord.archive(first);
    let held = store(&story);
    let id = held.all_events(&attache_store::EventQuery::default()).unwrap()[0].id;
    held.correct(id, attache_store::Correction::Delete, "discord:1", "not so", jiff::Timestamp::now())
        .unwrap();
    drop(held);
    story.start_bot().await;
    story.bot().wait_for_line("its thread is locked", SOON).await;
    story.discord.wait_for_requests(Route::OpenThread, 2, SOON).await;
    story.bot().wait_for_line("delivered", SOON).await;
    story.stop().await;
    let posts = story.discord.threads(forum);
    assert_eq!(posts.len(), 2, "{posts:?}");
    let said = story.discord.posts(posts[1].0);
    assert!(said.len() == 1 && said[0].text().contains("not so"), "{said:?}");
    assert!(subscriptions(&story)[0].paused.is_none(), "one locked thread shuts no forum");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_left_and_joined_again_has_lost_nothing() {
    let mut story = Scenario::new().await;
    let (guild, other) = (story.discord.guild("Trade desk"), story.discord.guild("Elsewhere"));
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(other, "desk"));
    let ada = story.curator(guild, "ada");
    let bob = story.curator(other, "bob");
    story.start_bot().await;
    story.discord.slash(ada, news, "/subscribe").await;
    story.discord.remove_guild(guild);
    story.bot().wait_for_line("paused: the bot was removed from the server", SOON).await;
    let dm = story.discord.dm(ada);
    let told = story.discord.wait_for_posts(dm, 1, SOON).await;
    assert!(told[0].text().contains("removed from the server"), "{}", told[0].text());
    for rate in [11, 12] {
        let news_of = crate::digests::article(rate, "ceramic tiles", "2026-03-01");
        crate::digests::ingest(&story, bob, desk, &news_of).await;
    }
    assert!(story.discord.posts(news).is_empty());
    story.discord.invite_again(guild);
    let posts = story.discord.wait_for_posts(news, 2, SOON).await;
    assert!(posts[0].text().contains("11%") && posts[1].text().contains("12%"), "{posts:?}");
    let listed = story.discord.slash(ada, news, "/subscriptions list").await.text();
    assert!(!listed.contains("paused"), "{listed}");
    story.stop().await;
    assert_eq!((story.discord.posts(news).len(), story.discord.posts(dm).len()), (2, 1));
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_needs_a_right_of_its_own() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let thread = story.discord.channel_of(guild, "talk", ChannelKind::Thread, Some(news));
    story.discord.set_bot_permissions(news, permissions::INVITE & !permissions::SEND_MESSAGES_IN_THREADS);
    subscribe_by(&story, guild, &[news, thread], &Plan::default());
    events(&story, 1, QUOTE);
    let ada = story.curator(guild, "ada");
    story.start_bot().await;
    story.discord.wait_for_posts(news, 1, SOON).await;
    story.bot().wait_for_line("in threads Send Messages in Threads", SOON).await;
    // News of the server, told at the start, takes the pause back once; then it is tried and paused again.
    for _ in 0..40 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        if story.discord.slash(ada, thread, "/subscriptions list").await.text().contains("paused") {
            break;
        }
    }
    story.stop().await;
    let held = subscriptions(&story);
    assert!(held[0].paused.is_none() && held[1].paused.is_some(), "{held:?}");
    assert!(story.discord.posts(thread).is_empty());
    story.end();
}
