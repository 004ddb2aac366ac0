//! Stories of announcements on their way: once, in order, whatever happens.

use serde_json::json;

use crate::wire::Trouble;
use crate::world::World;

const QUOTE: &str = "The two envoys met in the capital on Monday.";

fn title(body: &serde_json::Value) -> String {
    body["embeds"][0]["title"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn what_waits_at_the_start_is_delivered_once_and_in_order() {
    let world = World::new();
    world.store_events(&[71, 72], 3, QUOTE);
    let bot = world.start();
    for channel in [71, 72] {
        let posted = world.wire.messages(channel, 3);
        let who: Vec<_> = posted.iter().map(|one| one.body["embeds"][0]["description"].to_string()).collect();
        assert!((0..3).all(|n| who[n].contains(&format!("Envoy {n}"))), "{who:#?}");
        assert_eq!(title(&posted[0].body), "Engagement: meeting");
    }
    let (status, log) = bot.stop();
    assert!(status.success(), "{log}");
    let again = world.start();
    again.wait_for_log("connected to Discord");
    again.stop();
    assert_eq!(world.wire.messages_now(71), 3);
    world.wire.assert_clean();
}

#[test]
fn killed_before_discord_took_it_the_message_comes_once_after_the_restart() {
    let world = World::new();
    world.store_events(&[71], 1, QUOTE);
    world.wire.trouble(71, [Trouble::Hang]);
    let bot = world.start();
    world.wire.tried(71, 1);
    bot.kill();
    let bot = world.start();
    world.wire.messages(71, 1);
    bot.stop();
    assert_eq!(world.wire.messages_now(71), 1);
    world.wire.assert_clean();
}

#[test]
fn killed_after_discord_took_it_the_message_is_not_posted_again() {
    let world = World::new();
    world.store_events(&[71], 1, QUOTE);
    world.wire.trouble(71, [Trouble::PostAndDrop, Trouble::Hang]);
    let bot = world.start();
    world.wire.tried(71, 2);
    bot.kill();
    let bot = world.start();
    bot.wait_for_log("delivered");
    bot.stop();
    assert_eq!(world.wire.messages_now(71), 1);
    world.wire.assert_clean();
}

#[test]
fn failures_that_pass_end_in_one_message() {
    let world = World::new();
    world.store_events(&[71], 1, QUOTE);
    let slow = json!({ "message": "slow", "retry_after": 0.2, "global": false });
    world.wire.trouble(
        71,
        [
            Trouble::Answer(429, slow),
            Trouble::Answer(500, json!({})),
            Trouble::Answer(502, json!("bad gateway")),
            Trouble::Drop,
            Trouble::PostAndDrop,
        ],
    );
    let bot = world.start();
    bot.wait_for_log("delivered");
    world.wire.tried(71, 6);
    bot.stop();
    assert_eq!(world.wire.messages_now(71), 1);
    world.wire.assert_clean();
}

#[test]
fn a_channel_without_permission_is_paused_and_the_others_are_served() {
    let world = World::new();
    world.store_events(&[71, 72], 2, QUOTE);
    world
        .wire
        .trouble(71, [Trouble::Answer(403, json!({ "message": "Missing Permissions", "code": 50013 }))]);
    let bot = world.start();
    world.wire.messages(72, 2);
    bot.wait_for_log("paused: the bot may not post there");
    bot.stop();
    assert_eq!(world.wire.messages_now(71), 0);
    let [shut, open] = &world.subscriptions()[..] else { panic!("two subscriptions") };
    assert!(shut.paused.as_deref().unwrap().contains("Send Messages"), "{shut:?}");
    assert_eq!(open.paused, None);
    world.store().resume(shut.id).unwrap();
    let bot = world.start();
    world.wire.messages(71, 2);
    bot.stop();
    world.wire.assert_clean();
}

#[test]
fn a_channel_that_never_answers_delays_no_other() {
    let world = World::new();
    world.store_events(&[71, 72], 3, QUOTE);
    world.wire.trouble(71, [Trouble::Hang]);
    let bot = world.start();
    world.wire.messages(72, 3);
    assert_eq!(world.wire.messages_now(71), 0);
    bot.kill();
    world.wire.assert_clean();
}

#[test]
fn a_deleted_channel_is_paused_with_the_reason() {
    let world = World::new();
    world.store_events(&[71], 0, QUOTE);
    let bot = world.start();
    bot.wait_for_log("connected to Discord");
    world.wire.dispatch(
        "CHANNEL_DELETE",
        json!({ "id": "71", "type": 0, "guild_id": "500", "name": "news", "position": 0, "permission_overwrites": [] }),
    );
    bot.wait_for_log("paused: the channel was deleted");
    bot.stop();
    assert_eq!(world.subscriptions()[0].paused.as_deref(), Some("the channel was deleted"));
    world.wire.assert_clean();
}

#[test]
fn a_hostile_sentence_arrives_as_plain_words() {
    let world = World::new();
    let quote = "@everyone <@1> [gift](https://evil.example) **now** `x` <t:1:R> discord.gg/abc \u{202e}cba";
    world.store_events(&[71], 1, quote);
    let bot = world.start();
    let posted = world.wire.messages(71, 1);
    let text = posted[0].body["embeds"][0]["description"].as_str().unwrap();
    for live in
        ["@everyone", "<@1>", "](https://evil", "**now**", "`x`", "<t:1:R>", "discord.gg/abc", "\u{202e}"]
    {
        assert!(!text.replace("\\<", "").contains(live), "{live} is live in {text}");
    }
    assert!(text.contains("[A meeting](https://paper.example/meeting)"), "{text}");
    bot.stop();
    world.wire.assert_clean();
}
