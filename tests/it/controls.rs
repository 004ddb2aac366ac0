//! Stories of buttons, menus and forms: who may press them, and what a forged one gives.

use attache_tests::discord::{Answer, Interaction, Message, permissions};
use attache_tests::scenario::Scenario;
use serde_json::Value;

use crate::seed::{QUOTE, SOON, events};

fn button(message: &Message, label: &str) -> String {
    let labels = || message.controls().map(|control| control["label"].clone()).collect::<Vec<_>>();
    message.button(label).unwrap_or_else(|| panic!("no button {label:?} among {:?}", labels()))
}

fn menu(message: &Message) -> (String, Vec<String>) {
    let menu = message.controls().find(|control| control["type"] == 3).unwrap();
    let values = menu["options"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&menu["custom_id"]), values.map(|option| text(&option["value"])).collect())
}

fn shown(answer: &Answer) -> String {
    answer.message().text()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_turn_across_a_restart() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    events(&story, 23, QUOTE);
    story.start_bot().await;
    let first = story.discord.slash(reader, news, "/engagements").await;
    assert!(shown(&first).contains("1 to 10 of 23; page 1 of 3"), "{}", shown(&first));
    let message = first.message().id;
    let next = button(first.message(), "Next (2 of 3) ▶");
    story.restart().await;
    let second = story.discord.press_button(reader, message, &next).await;
    assert_eq!(second.message().id, message, "the answer changes in its place");
    assert!(shown(&second).contains("11 to 20 of 23"), "{}", shown(&second));
    let last = button(second.message(), "Next (3 of 3) ▶");
    let last = story.discord.press_button(reader, message, &last).await;
    assert!(shown(&last).contains("21 to 23 of 23"), "{}", shown(&last));
    assert!(last.message().button("Next (4 of 3) ▶").is_none());
    let back = button(last.message(), "◀ Previous");
    let back = story.discord.press_button(reader, message, &back).await;
    assert!(shown(&back).contains("11 to 20 of 23"), "{}", shown(&back));
    let (menu, values) = menu(back.message());
    let opened = story.discord.select(reader, message, &menu, &[&values[0]]).await;
    assert!(opened.ephemeral(), "an opened entry is for who opened it");
    assert!(shown(&opened).contains("Known since"), "{}", shown(&opened));
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_an_answer_of_their_own() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    let stranger = story.discord.member(guild, "eve", 0);
    events(&story, 23, QUOTE);
    story.start_bot().await;
    let first = story.discord.slash(reader, news, "/engagements").await;
    let message = first.message().id;
    let before = story.discord.message(message).unwrap().text();
    let next = button(first.message(), "Next (2 of 3) ▶");
    let theirs = story.discord.press_button(stranger, message, &next).await;
    assert!(theirs.ephemeral() && theirs.message().id != message);
    assert!(shown(&theirs).contains("11 to 20 of 23"), "{}", shown(&theirs));
    assert_eq!(story.discord.message(message).unwrap().text(), before, "the other's answer stays as it was");
    // From there on it is the stranger's own.
    let own = button(theirs.message(), "Next (3 of 3) ▶");
    let own = story.discord.press_button(stranger, theirs.message().id, &own).await;
    assert_eq!(own.message().id, theirs.message().id);
    assert!(shown(&own).contains("21 to 23 of 23"), "{}", shown(&own));
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_given_before_is_addressed_to_who_asks_and_ends_with_what_is_stored() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let (bob, eve) = (story.discord.member(guild, "bob", 0), story.discord.member(guild, "eve", 0));
    let curator = story.curator(guild, "ada");
    events(&story, 23, QUOTE);
    story.start_bot().await;
    for reader in [bob, eve, bob] {
        let first = story.discord.slash(reader, news, "/engagements").await;
        assert!(shown(&first).contains("page 1 of 3"), "{}", shown(&first));
        let next = button(first.message(), "Next (2 of 3) ▶");
        assert_eq!(next.split('.').nth(1), Some(base36(reader.0).as_str()), "whose it is");
        let second = story.discord.press_button(reader, first.message().id, &next).await;
        assert_eq!(second.message().id, first.message().id, "it is their own and changes in its place");
        assert!(shown(&second).contains("11 to 20 of 23"), "{}", shown(&second));
    }
    let more = "---\ntitle: Talks\npublished: 2026-11-20\n---\nU.S. Treasury Secretary Scott Bessent met Chinese \
                Vice Premier He Lifeng in Geneva on November 19, 2026.\n";
    assert_eq!(crate::digests::ingest(&story, curator, news, more).await, 1);
    let after = story.discord.slash(eve, news, "/engagements").await;
    assert!(shown(&after).contains("1 to 10 of 24"), "{}", shown(&after));
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_control_gives_what_the_command_would_and_no_more() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    let other = story.curator(guild, "ann");
    let boss = story.discord.member(guild, "eve", permissions::ADMINISTRATOR);
    let reader = story.discord.member(guild, "bob", 0);
    events(&story, 12, QUOTE);
    story.start_bot().await;
    let first = story.discord.slash(reader, news, "/engagements").await;
    let message = first.message().id;
    let id = |owner: u64, rest: &str| format!("1.{}.0.{rest}", base36(owner));
    let press = |id: String| Interaction::press(message, &id).unchecked().within(SOON);
    for (who, id, expected) in [
        (reader, id(reader.0, "h..admin stats"), "Only curators"),
        (boss, id(boss.0, "h..admin stats"), "Only curators"),
        (boss, id(0, "a..admin history"), "Only curators"),
        (reader, id(reader.0, "b..subscribe"), "Manage Channels"),
        (reader, id(reader.0, "b.reason.admin event delete id:ab"), "Only curators"),
        (reader, id(reader.0, "h..engagements with:Atlantis"), "no country I know"),
        (reader, id(reader.0, "h..engagements page:0"), "whole number from 1"),
        (reader, id(reader.0, "h..engagements colour:red"), "no option"),
        (reader, id(reader.0, "h..nothing"), "older version"),
        (reader, id(reader.0, "h..tariffs"), "needs one of"),
        (reader, id(reader.0, "h..~0123456789abcdef"), "older version"),
        (reader, id(reader.0, "h..admin ingest file:x"), "Only curators"),
        (curator, id(curator.0, "h..admin ingest file:x"), "older version"),
        (curator, id(curator.0, "h..subscribe channel:12345678901234567"), "Subscription"),
        (boss, id(boss.0, "h..subscribe channel:12345678901234567"), "in another channel"),
        // Nobody finishes what another curator began.
        (other, id(curator.0, "h..admin stats"), "belongs to whoever"),
        (reader, id(curator.0, "x.."), "belongs to whoever"),
        (reader, "0.old.thing".to_owned(), "older version"),
        (reader, "x".to_owned(), "older version"),
    ] {
        let answer = story.discord.run(who, news, press(id.clone())).await;
        assert!(answer.ephemeral() && shown(&answer).contains(expected), "{id}: {}", shown(&answer));
    }
    let forged = Interaction::submit(&id(reader.0, "h.reason.admin event delete id:ab"), &[("reason", "x")]);
    let answer = story.discord.run(reader, news, forged.from_message(message)).await;
    assert!(answer.ephemeral() && shown(&answer).contains("Only curators"), "{}", shown(&answer));
    // A form cannot give more options than the button asked for.
    let smuggled = Interaction::submit(&id(curator.0, "h.reason.admin undo"), &[("change", "1")]);
    let answer = story.discord.run(curator, news, smuggled.from_message(message)).await;
    assert!(answer.ephemeral() && shown(&answer).contains("older version"), "{}", shown(&answer));
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_asks_for_what_the_call_lacks() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    events(&story, 1, QUOTE);
    story.start_bot().await;
    let first = story.discord.slash(curator, news, "/engagements").await;
    let (_, values) = menu(first.message());
    let event = values[0].trim_start_matches("event id:").to_owned();
    let id = format!("1.{}.0.a.value,reason.admin event edit field:place id:{event}", base36(curator.0));
    let press = Interaction::press(first.message().id, &id).unchecked();
    let form = story.discord.run(curator, news, press).await.modal.expect("a form");
    assert_eq!(form["title"], "/admin event edit");
    assert_eq!(form["components"].as_array().unwrap().len(), 2);
    let id = form["custom_id"].as_str().unwrap().to_owned();
    // The bot keeps nothing in memory between the button and the form.
    story.restart().await;
    let sent = Interaction::submit(&id, &[("value", "Geneva"), ("reason", "it says so")]);
    let done = story.discord.run(curator, news, sent.from_message(first.message().id)).await;
    assert!(done.ephemeral() && shown(&done).contains("in Geneva"), "{}", shown(&done));
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_too_long_for_a_button_is_kept() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    events(&story, 23, QUOTE);
    story.start_bot().await;
    let question = format!("Which meetings were there {}?", "really and truly ".repeat(12));
    let first = story.discord.run(reader, news, Interaction::slash("ask").option("question", question)).await;
    let next = button(first.message(), "Next (2 of 3) ▶");
    assert!(next.contains('~'), "{next}");
    story.restart().await;
    let second = story.discord.press_button(reader, first.message().id, &next).await;
    assert!(shown(&second).contains("11 to 20 of 23"), "{}", shown(&second));
    story.stop().await;
    story.end();
}

fn base36(mut number: u64) -> String {
    let mut out = Vec::new();
    while number > 0 || out.is_empty() {
        out.push(char::from_digit((number % 36) as u32, 36).unwrap());
        number /= 36;
    }
    out.iter().rev().collect()
}
