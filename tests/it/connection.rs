//! Stories of the connection: how it begins, breaks and ends.

use std::time::{Duration, Instant};

use attache_tests::discord::{Fault, Interaction, Route};
use attache_tests::scenario::Scenario;
use serde_json::json;

use crate::seed::{QUOTE, SOON, events, subscribe};

#[tokio::test(flavor = "multi_thread")]
async fn it_asks_for_no_privileged_intent_and_ends_politely() {
    let mut story = Scenario::new().await;
    story.start_bot().await;
    assert_eq!(story.discord.intents(), Some(1), "GUILDS and nothing else");
    let names: Vec<_> = story.discord.registered_commands().iter().map(|one| one["name"].clone()).collect();
    for name in ["engagements", "tariffs", "tensions", "ask", "event", "brief", "subscribe", "admin"] {
        assert!(names.contains(&json!(name)), "{name} is not among {names:?}");
    }
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_back_after_a_reconnect_a_cut_and_a_lost_session() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, user) = (story.discord.channel(guild, "news"), story.discord.member(guild, "bob", 0));
    story.start_bot().await;
    for (resumes, breaks) in [(1, true), (2, false)] {
        if breaks {
            story.discord.ask_to_reconnect()
        } else {
            story.discord.cut_gateway()
        }
        until(|| story.discord.resumes() == resumes && story.discord.is_connected()).await;
        assert!(!story.discord.slash(user, news, "/brief").await.text().is_empty());
    }
    story.discord.invalidate_session(false);
    until(|| story.discord.identifies().len() == 2 && story.discord.is_connected()).await;
    assert!(!story.discord.slash(user, news, "/brief").await.text().is_empty());
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_before_a_new_session_still_works_after_it() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, user) = (story.discord.channel(guild, "news"), story.discord.member(guild, "bob", 0));
    subscribe(&story, guild, &[news]);
    events(&story, 23, QUOTE);
    story.start_bot().await;
    let first = story.discord.slash(user, news, "/engagements").await;
    let next = first.message().button("Next (2 of 3) ▶").unwrap();
    story.discord.invalidate_session(false);
    // Pressed while nobody listens: Discord shows a failure, and nothing is half done.
    until(|| story.discord.identifies().len() == 2 && story.discord.is_connected()).await;
    story.discord.refuse_resumes(false);
    let second = story.discord.press_button(user, first.message().id, &next).await;
    assert!(second.text().contains("11 to 20 of 23"), "{}", second.text());
    // Nothing was posted twice for the new session.
    story.stop().await;
    let texts: Vec<_> = story.discord.posts(news).iter().map(|post| post.text()).collect();
    let mut different = texts.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), texts.len());
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_global_limit_holds_every_channel_and_no_answer() {
    const HELD: Duration = Duration::from_secs(4);
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let user = story.discord.member(guild, "bob", 0);
    let channels: Vec<_> =
        ["one", "two", "three"].iter().map(|name| story.discord.channel(guild, name)).collect();
    subscribe(&story, guild, &channels);
    events(&story, 3, QUOTE);
    let limit = Fault::RateLimited { retry_after: HELD.as_secs_f64(), global: true };
    story.discord.fail_next(Route::CreateMessage, limit);
    story.start_bot().await;
    story.bot().wait_for_line("will be sent again", SOON).await;
    let held_at = Instant::now();
    // Beside the limit: interactions are exempt from it, and the gateway goes on.
    let answer = story.discord.slash(user, channels[0], "/brief").await;
    assert!(!answer.text().is_empty() && story.discord.is_connected());
    assert!(held_at.elapsed() < HELD, "the answer waited for the limit to end");
    for channel in &channels {
        story.discord.wait_for_posts(*channel, 3, SOON).await;
    }
    let limited = story.discord.requests_on(Route::CreateMessage);
    let first = limited.iter().find(|request| request.status == 429).unwrap().at;
    // What was on its way when the limit was told may arrive; nothing begins before its end.
    let begun: Vec<_> = limited.iter().map(|request| request.at.saturating_duration_since(first)).collect();
    let during =
        |since: &&Duration| **since > Duration::from_secs(1) && **since + Duration::from_millis(200) < HELD;
    assert_eq!(begun.iter().filter(during).count(), 0, "{begun:?}");
    story.stop().await;
    for channel in &channels {
        let texts: Vec<_> = story.discord.posts(*channel).iter().map(|post| post.text()).collect();
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert!((0..3).all(|n| texts[n].contains(&format!("Envoy {n}"))), "{texts:?}");
    }
    story.end();
}

async fn until(condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(SOON, waiting).await.unwrap();
}

/// Starts a bot that ends by itself, in failure, and gives what it wrote.
async fn failing(story: &mut Scenario) -> String {
    story.launch_bot();
    let status = story.bot().wait(SOON).await;
    assert!(!status.success());
    story.bot().lines().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_ends_it_with_a_word_and_without_the_token() {
    let mut story = Scenario::new().await;
    let wrong = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.wrong0.this-is-not-the-token-of-this-bot";
    story.env("DISCORD_TOKEN", wrong);
    story.env("ATTACHE__LOG__LEVEL", "trace");
    let said = failing(&mut story).await;
    assert!(said.contains("Discord refused the token"), "{said}");
    assert!(!said.contains(wrong));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_cannot_register_ends_with_a_word() {
    let mut story = Scenario::new().await;
    story.discord.fail_times(Route::SetGlobalCommands, 9, Fault::ServerError(500));
    let said = failing(&mut story).await;
    assert!(said.contains("the commands could not be registered"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_nobody_answers_ends_it_with_a_word() {
    let mut story = Scenario::new().await;
    story.env("ATTACHE__DISCORD__API_URL", "http://127.0.0.1:1");
    let said = failing(&mut story).await;
    assert!(said.contains("http://127.0.0.1:1 cannot be reached"), "{said}");
    assert!(story.discord.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_gateway_than_configured_ends_it_before_the_token_is_sent() {
    let mut story = Scenario::new().await;
    story.env("ATTACHE__DISCORD__GATEWAY_URL", "ws://127.0.0.1:1");
    let said = failing(&mut story).await;
    assert!(said.contains("the token was not sent"), "{said}");
    assert!(story.discord.identifies().is_empty());
    assert!(story.discord.requests().iter().all(|request| request.authorization.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_ever_in_the_log_however_much_it_says() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, user) = (story.discord.channel(guild, "news"), story.discord.member(guild, "bob", 0));
    story.env("ATTACHE__LOG__LEVEL", "trace");
    story.start_bot().await;
    let answer = story.discord.run(user, news, Interaction::slash("brief").within(SOON)).await;
    story
        .discord
        .dispatch("INTERACTION_CREATE", &json!({ "id": "77", "token": "broken-token-77", "type": 2 }));
    story.bot().wait_for_line("an event could not be read", SOON).await;
    story.discord.wait_for_requests(Route::Callback, 2, SOON).await;
    let said = story.bot().lines().join("\n");
    story.stop().await;
    // The answer to an interaction of the test's own making, which Discord does not know.
    assert_eq!(story.discord.take_violations().len(), 1);
    assert!(said.contains("[redacted]"), "nothing had to be redacted");
    let token = story.discord.token();
    for secret in [token.as_str(), &format!("interaction-token-{}", answer.id), "broken-token-77"] {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
}
