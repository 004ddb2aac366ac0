//! Stories of asking: in private and then for all, in another language, from a message's menu, too
//! often, while typing.

use std::time::{Duration, Instant};

use attache_tests::discord::{Answer, File, Interaction};
use attache_tests::scenario::Scenario;

use crate::seed::{QUOTE, SOON, events};

fn button(answer: &Answer, label: &str) -> String {
    let message = answer.message();
    message.button(label).unwrap_or_else(|| panic!("no button {label:?} in {}", message.text()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_answer_is_shown_to_all_only_on_purpose() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    events(&story, 2, QUOTE);
    story.start_bot().await;
    let alone = story.discord.slash(reader, news, "/engagements private:true").await;
    assert!(alone.ephemeral() && alone.text().contains("Envoy 0"), "{}", alone.text());
    let embeds = &alone.message().embeds;
    assert!(embeds.last().unwrap()["timestamp"].is_string(), "as of: {embeds:?}");
    assert!(alone.text().contains("Last updated <t:"), "{}", alone.text());
    let share = button(&alone, "Show everybody");
    let shared = story.discord.press_button(reader, alone.message().id, &share).await;
    assert!(!shared.ephemeral() && shared.text().contains("Envoy 0"), "{}", shared.text());
    assert!(shared.message().button("Show everybody").is_none());
    let sources = button(&shared, "Sources");
    let sources = story.discord.press_button(reader, shared.message().id, &sources).await;
    assert!(
        sources.ephemeral() && sources.text().contains("2 sources of what is shown"),
        "{}",
        sources.text()
    );
    let link = sources.message().controls().find(|control| control["style"] == 5).unwrap();
    assert_eq!(link["url"], "https://paper.example/meeting");
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_chinese_is_answered_in_chinese_and_quotes_stay() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bo", 0);
    events(&story, 12, QUOTE);
    story.start_bot().await;
    let asked = Interaction::slash("engagements").locale("zh-CN");
    let answer = story.discord.run(reader, news, asked).await;
    let text = answer.text();
    for expected in
        ["12 次往来，最新在前", "2025年5月12日", "往来：会晤", "已发生；作为事实陈述", "第 1 至 10 项", QUOTE]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let next = button(&answer, "下一页（2/2）▶");
    let press = Interaction::press(answer.message().id, &next).locale("zh-CN");
    let second = story.discord.run(reader, news, press).await;
    assert!(second.text().contains("第 11 至 12 项"), "{}", second.text());
    let commands = story.discord.registered_commands();
    let named = |name: &str| commands.iter().find(|command| command["name"] == name).unwrap();
    assert_eq!(named("engagements")["name_localizations"]["zh-CN"], "往来");
    assert_eq!(named("Extract events")["name_localizations"]["zh-CN"], "提取事件");
    story.stop().await;
    story.end();
}

const TEXT: &str =
    "U.S. Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Vienna on Wednesday.";

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_read_on_request_and_nothing_is_stored() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    let dm = story.discord.dm(reader);
    story.start_bot().await;
    let ask = |message| Interaction::message_command("Extract events", message).within(SOON);
    let written = story.discord.write_message(reader, news, TEXT);
    let read = story.discord.run(reader, news, ask(written)).await;
    assert!(read.ephemeral(), "only who asks sees it");
    assert!(read.text().contains("would be stored with 1 event") && read.text().contains("met Chinese Vice"));
    let installed = story.discord.run(reader, news, ask(written).user_installed()).await;
    assert!(installed.ephemeral() && installed.text().contains("met Chinese Vice"), "{}", installed.text());
    let direct = story.discord.write_message(reader, dm, TEXT);
    let direct = story.discord.run(reader, dm, ask(direct)).await;
    assert!(direct.text().contains("met Chinese Vice"), "{}", direct.text());
    let empty = story.discord.write_message(reader, news, "");
    let empty = story.discord.run(reader, news, ask(empty)).await;
    assert!(empty.text().contains("no text, no link"), "{}", empty.text());
    let attached = story.discord.write_message_with(reader, news, "", vec![File::text("a.txt", TEXT)]);
    let attached = story.discord.run(reader, news, ask(attached)).await;
    assert!(
        attached.text().contains("a.txt") && attached.text().contains("met Chinese Vice"),
        "{}",
        attached.text()
    );
    story.stop().await;
    let store = crate::seed::store(&story);
    assert!(store.is_empty(), "nothing was stored");
    drop(store);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits_and_others_are_answered() {
    let mut story = Scenario::new().await;
    story.env("ATTACHE__DISCORD__COOLDOWN_REQUESTS", "3");
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let eager = story.discord.member(guild, "eve", 0);
    let other = story.discord.member(guild, "bob", 0);
    events(&story, 12, QUOTE);
    story.start_bot().await;
    let first = story.discord.slash(eager, news, "/engagements").await;
    let next = button(&first, "Next (2 of 2) ▶");
    for _ in 0..2 {
        story.discord.slash(eager, news, "/engagements").await;
    }
    for refused in [
        story.discord.slash(eager, news, "/brief").await,
        story.discord.press_button(eager, first.message().id, &next).await,
    ] {
        assert!(refused.ephemeral() && refused.text().contains("Please wait"), "{}", refused.text());
    }
    let answered = story.discord.slash(other, news, "/engagements").await;
    assert!(answered.text().contains("Envoy"), "{}", answered.text());
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_offered_while_typing() {
    let mut story = Scenario::new().await;
    story.with_chronology();
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;
    let offered = async |command: &str, option: &str, typed: &str| {
        let begun = Instant::now();
        let offered = story.discord.autocomplete(reader, news, command, option, typed).await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{command} {option}");
        assert!(offered.len() <= 25 && offered.iter().all(|one| one.chars().count() <= 100), "{offered:?}");
        offered
    };
    assert_eq!(offered("engagements", "with", "chin").await[0], "CN China");
    assert_eq!(offered("engagements", "with", "cn").await[0], "CN China");
    assert!(offered("person", "name", "lifeng").await.contains(&"He Lifeng".to_owned()));
    assert!(!offered("engagements", "topic", "").await.is_empty());
    assert!(!offered("tariffs history", "layer", "ieepa").await.is_empty());
    assert!(!offered("tariffs status", "product", "").await.is_empty());
    assert_eq!(offered("tariffs deadlines", "act", "Susp").await, ["suspend"]);
    assert_eq!(offered("tariffs deadlines", "act", "suspend, ext").await, ["suspend,extend_suspension"]);
    let event = offered("event", "id", "Geneva").await.remove(0);
    let opened =
        story.discord.run(reader, news, Interaction::slash("event").option("id", event.as_str())).await;
    assert!(opened.text().contains(event.split(' ').next().unwrap()), "{}", opened.text());
    let tension = offered("tension", "id", "ports").await.into_iter().next();
    if let Some(tension) = tension {
        let opened = Interaction::slash("tension").option("id", tension.as_str());
        assert!(story.discord.run(reader, news, opened).await.text().contains("Moves"));
    }
    let person =
        story.discord.run(reader, news, Interaction::slash("person").option("name", "He Lifeng")).await;
    assert!(
        person.text().contains("Vice Premier") && person.text().contains("Scott Bessent"),
        "{}",
        person.text()
    );
    let country = Interaction::slash("engagements").option("with", "CN China");
    assert!(story.discord.run(reader, news, country).await.text().contains("engagements, latest first"));
    story.stop().await;
    story.end();
}
