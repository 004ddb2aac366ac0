//! Every documented limit at its edge: what just fits is taken, one more is refused by the double as
//! Discord refuses it. What the bot itself makes of too much stands beside its renderers.

use std::time::Duration;

use attache_tests::discord::{Double, File, Interaction, Route, permissions};
use attache_tests::scenario::Scenario;
use serde_json::{Value, json};

use crate::double::{SOON, connected, raw};

fn x(count: usize) -> String {
    "x".repeat(count)
}

fn several(count: usize, one: impl Fn(usize) -> Value) -> Value {
    (0..count).map(one).collect()
}

fn button(n: usize) -> Value {
    json!({"type": 2, "style": 1, "label": "x", "custom_id": format!("id{n}")})
}

fn rows(count: usize) -> Value {
    several(count, |row| json!({"type": 1, "components": [button(row)]}))
}

fn select(options: Value) -> Value {
    json!([{"type": 1, "components": [{"type": 3, "custom_id": "s", "options": options}]}])
}

fn option(n: usize) -> Value {
    json!({"label": "x", "value": n.to_string()})
}

/// A limit of messages: what it is of, how many fit, a body with so many.
type Edge = (&'static str, usize, fn(usize) -> Value);

const MESSAGES: &[Edge] = &[
    ("content", 2000, |n| json!({"content": x(n)})),
    ("title", 256, |n| json!({"embeds": [{"title": x(n)}]})),
    ("description", 4096, |n| json!({"embeds": [{"description": x(n)}]})),
    ("fields", 25, |n| json!({"embeds": [{"fields": several(n, |_| json!({"name": "x", "value": "x"}))}]})),
    ("field name", 256, |n| json!({"embeds": [{"fields": [{"name": x(n), "value": "x"}]}]})),
    ("field value", 1024, |n| json!({"embeds": [{"fields": [{"name": "x", "value": x(n)}]}]})),
    ("footer", 2048, |n| json!({"embeds": [{"footer": {"text": x(n)}}]})),
    ("author", 256, |n| json!({"embeds": [{"author": {"name": x(n)}}]})),
    ("embeds", 10, |n| json!({"embeds": several(n, |_| json!({"title": "x"}))})),
    ("all embeds", 6000, |n| json!({"embeds": [{"description": x(4000)}, {"description": x(n - 4000)}]})),
    ("rows", 5, |n| json!({"content": "x", "components": rows(n)})),
    (
        "buttons",
        5,
        |n| json!({"content": "x", "components": [{"type": 1, "components": several(n, button)}]}),
    ),
    ("label", 80, |n| {
        let one = json!({"type": 2, "style": 1, "label": x(n), "custom_id": "x"});
        json!({"content": "x", "components": [{"type": 1, "components": [one]}]})
    }),
    ("custom_id", 100, |n| {
        let one = json!({"type": 2, "style": 1, "label": "x", "custom_id": x(n)});
        json!({"content": "x", "components": [{"type": 1, "components": [one]}]})
    }),
    ("select options", 25, |n| json!({"content": "x", "components": select(several(n, option))})),
    (
        "option label",
        100,
        |n| json!({"content": "x", "components": select(json!([{"label": x(n), "value": "x"}]))}),
    ),
    (
        "option value",
        100,
        |n| json!({"content": "x", "components": select(json!([{"label": "x", "value": x(n)}]))}),
    ),
    (
        "option description",
        100,
        |n| json!({"content": "x", "components": select(json!([{"label": "x", "value": "x", "description": x(n)}]))}),
    ),
    ("placeholder", 150, |n| {
        let one = json!({"type": 3, "custom_id": "s", "placeholder": x(n), "options": [option(1)]});
        json!({"content": "x", "components": [{"type": 1, "components": [one]}]})
    }),
    ("nonce", 25, |n| json!({"content": "x", "nonce": x(n), "enforce_nonce": true})),
];

const COMMANDS: &[Edge] = &[
    ("commands", 100, |n| several(n, |n| json!({"name": format!("c{n}"), "description": "x"}))),
    ("name", 32, |n| json!([{"name": x(n), "description": "x"}])),
    ("description", 100, |n| json!([{"name": "x", "description": x(n)}])),
    ("options", 25, |n| {
        let one = |n| json!({"type": 3, "name": format!("o{n}"), "description": "x"});
        json!([{"name": "x", "description": "x", "options": several(n, one)}])
    }),
    ("choices", 25, |n| of_option("choices", several(n, |n| json!({"name": n.to_string(), "value": "x"})))),
    ("choice name", 100, |n| of_option("choices", json!([{"name": x(n), "value": "x"}]))),
    ("choice value", 100, |n| of_option("choices", json!([{"name": "x", "value": x(n)}]))),
    ("max_length", 6000, |n| of_option("max_length", json!(n))),
];

fn of_option(key: &str, value: Value) -> Value {
    let mut option = json!({"type": 3, "name": "o", "description": "x"});
    option[key] = value;
    json!([{"name": "x", "description": "x", "options": [option]}])
}

/// Answers to a command or a keystroke: the callback's type and its data.
const MODALS: &[Edge] = &[
    ("inputs", 5, |n| modal("x", "x", several(n, |n| input(&format!("i{n}"), "x", "x")))),
    ("title", 45, |n| modal("x", &x(n), json!([input("i", "x", "x")]))),
    ("custom_id", 100, |n| modal(&x(n), "x", json!([input("i", "x", "x")]))),
    ("input label", 45, |n| modal("x", "x", json!([input("i", &x(n), "x")]))),
    ("input value", 4000, |n| modal("x", "x", json!([input("i", "x", &x(n))]))),
    ("input custom_id", 100, |n| modal("x", "x", json!([input(&x(n), "x", "x")]))),
];

fn modal(id: &str, title: &str, rows: Value) -> Value {
    json!({"type": 9, "data": {"custom_id": id, "title": title, "components": rows}})
}

fn input(id: &str, label: &str, value: &str) -> Value {
    let input = json!({"type": 4, "custom_id": id, "label": label, "style": 1, "value": value});
    json!({"type": 1, "components": [input]})
}

const SUGGESTIONS: &[Edge] = &[
    ("suggestions", 25, |n| suggested(several(n, |n| json!({"name": n.to_string(), "value": "x"})))),
    ("suggestion name", 100, |n| suggested(json!([{"name": x(n), "value": "x"}]))),
    ("suggestion value", 100, |n| suggested(json!([{"name": "x", "value": x(n)}]))),
];

fn suggested(choices: Value) -> Value {
    json!({"type": 8, "data": {"choices": choices}})
}

/// Posts a body that just fits and one that has one too many.
async fn probe(double: &Double, edge: &Edge, method: &str, path: impl AsyncFn() -> String) {
    let (name, most, body) = edge;
    let (status, said) = raw(double, method, &path().await, &body(*most)).await;
    assert!(status < 300, "{name}: {most} should fit: {said}");
    let broken: Vec<_> = double.take_violations().into_iter().filter(|one| one.rule != "openapi").collect();
    assert!(broken.is_empty(), "{name}: {broken:?}");
    let (status, said) = raw(double, method, &path().await, &body(most + 1)).await;
    assert_eq!((status, &said["code"]), (400, &json!(50035)), "{name}: {} should not fit", most + 1);
    assert!(double.take_violations().iter().any(|one| one.rule == "limit"), "{name}");
}

#[tokio::test]
async fn messages_are_taken_up_to_each_limit_and_not_beyond() {
    let double = Double::start().await;
    let guild = double.guild("Trade desk");
    let path = format!("/channels/{}/messages", double.channel(guild, "news"));
    for edge in MESSAGES {
        probe(&double, edge, "POST", async || path.clone()).await;
    }
}

#[tokio::test]
async fn commands_are_taken_up_to_each_limit_and_not_beyond() {
    let double = Double::start().await;
    let path = format!("/applications/{}/commands", double.bot());
    for edge in COMMANDS {
        probe(&double, edge, "PUT", async || path.clone()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_and_suggestions_are_taken_up_to_each_limit_and_not_beyond() {
    let (double, _, channel, user) = connected().await;
    // The bot of the test would answer itself: its answers are lost, ours are not.
    let callback = async |asked: Interaction| {
        let before = double.requests_on(Route::Callback).len();
        double.fail_next(Route::Callback, attache_tests::discord::Fault::ServerError(500));
        double.send(user, channel, &asked);
        let seen = double.wait_for_requests(Route::Callback, before + 1, SOON).await;
        // The fault is for the bot's answer, not for ours.
        while double.faults_pending() > 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        seen[before].path.clone()
    };
    for edge in MODALS {
        probe(&double, edge, "POST", async || callback(Interaction::slash("panel")).await).await;
    }
    let typing = || Interaction::typing("tariffs status", "imposer", "U");
    for edge in SUGGESTIONS {
        probe(&double, edge, "POST", async || callback(typing()).await).await;
    }
}

/// The bot's own answers where there is far too much to say: everything is cut within the limits, which
/// the end of the story checks, and says how much was left out.
#[tokio::test(flavor = "multi_thread")]
async fn the_bot_stays_within_every_limit_however_much_there_is() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    let quote = "𝔸 very long sentence_with *marks* and https://paper.example/ in it. ".repeat(60);
    crate::seed::subscribe(&story, guild, &[news]);
    crate::seed::events(&story, 40, &quote);
    story.start_bot().await;
    story.discord.wait_for_posts(news, 1, SOON).await;
    for line in [
        "/brief",
        "/engagements chart:true",
        "/search words:sentence",
        "/admin review below:100",
        "/admin history",
        "/subscribe kinds:engagement",
        "/subscriptions list",
        "/subscriptions log number:1",
    ] {
        let answer = story.discord.slash(curator, news, line).await;
        assert!(!answer.text().is_empty(), "{line}");
    }
    let long = Interaction::slash("ask").option("question", "who met whom ".repeat(35));
    assert!(!story.discord.run(curator, news, long).await.text().is_empty());
    let file = File::text(&format!("{}.txt", "n".repeat(200)), "They met.");
    let ingest = Interaction::slash("admin ingest").attach("file", file).within(SOON);
    assert!(!story.discord.run(curator, news, ingest).await.text().is_empty());
    for typed in ["", "E", &"z".repeat(100)] {
        let offered = story.discord.autocomplete(curator, news, "engagements", "person", typed).await;
        assert!(offered.len() <= 25);
    }
    story.discord.set_bot_permissions(news, permissions::INVITE);
    story.stop().await;
    story.end();
}
