//! Stories of the connection: how it begins, breaks and ends.

use serde_json::json;

use crate::wire::TOKEN;
use crate::world::{STRANGER, World};

#[test]
fn it_asks_for_no_privileged_intent_and_registers_its_commands() {
    let world = World::new();
    let bot = world.start();
    let hello = world.wire.greeting(1);
    assert_eq!(hello["d"]["intents"], 1, "GUILDS and nothing else");
    assert!(world.wire.registered().is_array());
    let (status, log) = bot.stop();
    assert!(status.success(), "{log}");
    world.wire.assert_clean();
}

#[test]
fn it_comes_back_after_a_reconnect_a_cut_and_a_lost_session() {
    let world = World::new();
    let bot = world.start();
    bot.wait_for_log("connected to Discord");
    world.wire.operation(7, json!(null));
    assert_eq!(world.wire.greeting(2)["op"], 6, "a resume");
    bot.wait_for_log("connection to Discord resumed");
    let before = world.wire.greetings();
    world.wire.cut();
    assert_eq!(world.wire.greeting(before + 1)["op"], 6, "a resume");
    let before = world.wire.greetings();
    world.wire.operation(9, json!(false));
    assert_eq!(world.wire.greeting(before + 1)["op"], 2, "a new session");
    let token = world.give(STRANGER, None, 2, json!({ "id": "1", "name": "no-such-command", "type": 1 }));
    assert_eq!(world.wire.first_answer(&token)["type"], 4);
    bot.stop();
    world.wire.assert_clean();
}

#[test]
fn a_refused_token_ends_it_with_a_word_and_without_the_token() {
    let world = World::new();
    let wrong = TOKEN.replace('a', "b");
    world.configure(&wrong, &world.wire.api_url(), &world.wire.gateway_url(), "trace");
    let (status, log) = world.start().ended();
    assert!(!status.success());
    assert!(log.contains("Discord refused the token"), "{log}");
    assert!(!log.contains(&wrong));
}

#[test]
fn an_address_nobody_answers_ends_it_with_a_word() {
    let world = World::new();
    world.configure(TOKEN, "http://127.0.0.1:1", "ws://127.0.0.1:1", "debug");
    let (status, log) = world.start().ended();
    assert!(!status.success());
    assert!(log.contains("http://127.0.0.1:1 cannot be reached"), "{log}");
}

#[test]
fn another_gateway_than_configured_ends_it_before_the_token_is_sent() {
    let world = World::new();
    world.configure(TOKEN, &world.wire.api_url(), "ws://127.0.0.1:1", "debug");
    let (status, log) = world.start().ended();
    assert!(!status.success());
    assert!(log.contains("the token was not sent"), "{log}");
    assert_eq!(world.wire.greetings(), 0);
}

#[test]
fn no_token_is_ever_in_the_log_however_much_it_says() {
    let world = World::new();
    world.configure(TOKEN, &world.wire.api_url(), &world.wire.gateway_url(), "trace");
    let bot = world.start();
    bot.wait_for_log("connected to Discord");
    let unknown = world.give(STRANGER, None, 2, json!({ "id": "1", "name": "no-such-command", "type": 1 }));
    world.wire.first_answer(&unknown);
    world.wire.dispatch("INTERACTION_CREATE", json!({ "id": "77", "token": "brokentoken77", "type": 2 }));
    world.wire.first_answer("brokentoken77");
    bot.wait_for_log("an event could not be read");
    let (_, log) = bot.stop();
    assert!(log.contains("[redacted]"), "nothing had to be redacted");
    for secret in [TOKEN, unknown.as_str(), "brokentoken77"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    world.wire.assert_clean();
}

#[test]
fn old_buttons_and_forms_get_a_polite_answer() {
    let world = World::new();
    let bot = world.start();
    bot.wait_for_log("connected to Discord");
    let pressed = world.give(STRANGER, Some(500), 5, json!({ "custom_id": "old", "components": [] }));
    assert_eq!(world.wire.first_answer(&pressed)["data"]["flags"], 64);
    bot.stop();
    world.wire.assert_clean();
}
