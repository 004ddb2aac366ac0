//! Stories of people: a first day, a stranger, a direct message.

use attache_tests::discord::{ChannelId, File, Interaction, UserId, permissions};
use attache_tests::scenario::Scenario;

use crate::seed::{QUOTE, SOON, events};

const ARTICLE: &str = "---
title: Ministers meet in Vienna
published: 2025-06-12
publisher: The Trade Courier
url: https://courier.example/vienna
---
VIENNA - U.S. Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Vienna on Wednesday, \
the Treasury Department said in a statement.

The United States imposed a tariff of 15 percent on ceramic tiles from Japan on June 10, 2025.
";

async fn ingest(story: &Scenario, who: UserId, place: ChannelId) -> String {
    let article = File::text("vienna.txt", ARTICLE);
    let asked = Interaction::slash("admin ingest").attach("file", article).within(SOON);
    let answer = story.discord.run(who, place, asked).await;
    assert!(answer.ephemeral() && answer.deferred(), "{answer:?}");
    answer.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_day() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;

    let subscribed = story.discord.slash(curator, news, "/subscribe").await;
    assert!(subscribed.ephemeral() && subscribed.text().contains("Subscription 1"), "{}", subscribed.text());

    let stored = ingest(&story, curator, news).await;
    let new: usize = stored
        .split_once(" is stored with ")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| panic!("no count of events in {stored:?}"));
    assert!(new > 0);
    let posts = story.discord.wait_for_posts(news, new, SOON).await;
    assert!(posts.iter().all(|post| post.embeds.len() == 1));

    let again = ingest(&story, curator, news).await;
    assert!(again.contains("is stored already"), "{again}");

    let text = posts[0].text();
    let id = text.split("/event id:").nth(1).unwrap().chars().take(8).collect::<String>();
    let shown = story.discord.slash(reader, news, &format!("/event id:{id}")).await;
    let quote = text.lines().find(|line| line.starts_with("> “")).unwrap();
    assert!(!shown.ephemeral());
    assert!(shown.text().contains(quote.trim_start_matches("> ")), "{} lacks {quote}", shown.text());

    story.restart().await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), new, "the same article again sends nothing");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_curator_changes_nothing() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    // Discord shows the commands to administrators; the config decides all the same.
    let boss = story.discord.member(guild, "eve", permissions::ADMINISTRATOR);
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;
    for line in ["/admin stats", "/admin history", "/admin ingest text:They met on Monday."] {
        let refused = story.discord.slash(boss, news, line).await;
        assert!(refused.ephemeral() && refused.text().contains("Only curators"), "{}", refused.text());
    }
    let forged = Interaction::slash("admin stats").unchecked();
    let refused = story.discord.run(reader, news, forged).await;
    assert!(refused.ephemeral() && refused.text().contains("Only curators"), "{}", refused.text());
    let forged = Interaction::slash("subscribe").unchecked();
    let refused = story.discord.run(reader, news, forged).await;
    assert!(refused.ephemeral() && refused.text().contains("Manage Channels"), "{}", refused.text());
    story.stop().await;
    assert!(crate::seed::subscriptions(&story).is_empty());
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_of_channels_may_name_another_one() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let manager = story.discord.member(guild, "mia", permissions::MANAGE_CHANNELS);
    story.start_bot().await;
    let desk = story.discord.channel(guild, "desk");
    let there = Interaction::slash("subscribe").option("channel", desk);
    let done = story.discord.run(manager, news, there).await;
    assert!(done.text().contains("Subscription 1"), "{}", done.text());
    story.stop().await;
    assert_eq!(crate::seed::subscriptions(&story)[0].channel, desk.0);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_in_direct_messages_and_where_only_a_user_installed_it() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    let dm = story.discord.dm(reader);
    events(&story, 1, QUOTE);
    story.start_bot().await;
    let direct = story.discord.slash(reader, dm, "/engagements").await;
    assert!(direct.text().contains("Envoy 0"), "{}", direct.text());
    let installed = Interaction::slash("engagements").user_installed();
    let elsewhere = story.discord.run(reader, news, installed).await;
    assert!(elsewhere.text().contains("Envoy 0"), "{}", elsewhere.text());
    let forged = Interaction::slash("subscribe").unchecked();
    let refused = story.discord.run(reader, dm, forged).await;
    assert!(refused.text().contains("only in a server"), "{}", refused.text());
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_completed_while_typing() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    events(&story, 30, QUOTE);
    story.start_bot().await;
    let offered = story.discord.autocomplete(reader, news, "event", "id", "").await;
    assert!((1..=25).contains(&offered.len()), "{offered:?}");
    assert!(offered.iter().all(|one| (1..=100).contains(&one.chars().count())), "{offered:?}");
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_said_and_nothing_is_lost() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    for (file, expected) in [
        (File::text("empty.txt", ""), "no text"),
        (File::bytes("broken.txt", "text/plain", b"caf\xe9 \xff\xfe"), "not UTF-8"),
        (File::text("large.txt", &"word ".repeat(1 << 20)), "too large"),
        (File::text("undated.txt", "They met."), "published"),
    ] {
        let asked = Interaction::slash("admin ingest").attach("file", file).within(SOON);
        let answer = story.discord.run(curator, news, asked).await;
        assert!(answer.ephemeral() && answer.text().contains(expected), "{expected}: {}", answer.text());
    }
    story.stop().await;
    story.end();
}
