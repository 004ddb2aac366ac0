//! Stories of whoever runs the bot: health, metrics, signals, the log, the check.

use std::time::{Duration, Instant};

use attache_tests::discord::{Fault, Interaction, Route, permissions};
use attache_tests::scenario::Scenario;
use serde_json::Value;

use crate::seed::{QUOTE, SOON, events, subscribe};

/// What the operator's port answers, and its status.
async fn get(address: &str, path: &str) -> (u16, String) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let response = client.get(format!("http://{address}{path}")).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// The address of the operator's port, which the log names: one JSON object a line.
async fn port(story: &mut Scenario) -> String {
    let line = story.bot().wait_for_line("operator's port", SOON).await;
    let line: Value = serde_json::from_str(&line).unwrap();
    line["fields"]["address"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn health_tells_a_bot_that_is_online_and_silent() {
    let mut story = Scenario::new().await;
    story.config("[operator]\nlisten = \"127.0.0.1:0\"\n\n[log]\nformat = \"json\"\nlevel = \"debug\"\n");
    let guild = story.discord.guild("Trade desk");
    let (news, user) = (story.discord.channel(guild, "news"), story.discord.member(guild, "bob", 0));
    subscribe(&story, guild, &[news]);
    events(&story, 1, QUOTE);
    story.start_bot().await;
    let address = port(&mut story).await;
    story.discord.wait_for_posts(news, 1, SOON).await;
    story.bot().wait_for_line("\"delivered\"", SOON).await;
    let first = story.discord.run(user, news, Interaction::slash("brief").within(SOON)).await;
    story.bot().wait_for_line("\"answered\"", SOON).await;
    let (status, report) = get(&address, "/health").await;
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(status, 200, "{report}");
    assert_eq!(report["shards"]["0"]["connected"], true, "{report}");
    for known in ["last_event", "last_answer", "last_delivery"] {
        assert!(report[known].is_string(), "{known}: {report}");
    }
    let (_, page) = get(&address, "/metrics").await;
    for line in [
        "attache_answers_total{command=\"brief\",outcome=\"answered\"} 1",
        "attache_deliveries_total{outcome=\"delivered\"} 1",
        "attache_events 1",
        "attache_shards{state=\"connected\"} 1",
    ] {
        assert!(page.contains(line), "{line} is not in {page}");
    }
    assert_eq!(get(&address, "/").await.0, 404);

    // The connection stands and no answer arrives: each is tried again, then said under a number.
    story.discord.fail_times(Route::Callback, 30, Fault::ServerError(500));
    let silent: Vec<_> =
        (0..5).map(|_| story.discord.send(user, news, &Interaction::slash("brief"))).collect();
    story.discord.wait_for_requests(Route::Callback, 31, SOON).await;
    let limit = Instant::now() + SOON;
    let report = loop {
        let (status, report) = get(&address, "/health").await;
        if status == 503 {
            break report;
        }
        assert!(Instant::now() < limit, "{report}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert!(report.contains("online and silent: the last 5 answers did not arrive"), "{report}");
    story.discord.clear_faults();
    story.discord.run(user, news, Interaction::slash("brief").within(SOON)).await;
    // The answer is in its channel a moment before the bot has noted that it arrived.
    let limit = Instant::now() + SOON;
    while get(&address, "/health").await.0 != 200 {
        assert!(Instant::now() < limit, "answers arrive, and health does not say so");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let said = story.bot().lines().join("\n");
    story.stop().await;
    let token = story.discord.token();
    let secrets = silent.iter().chain([&first.id]).map(|id| format!("interaction-token-{id}"));
    for secret in secrets.chain([token]) {
        assert!(!said.contains(&secret), "{secret} is in the log");
    }
    for line in said.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok(), "no JSON: {line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_others_reach_is_refused_unless_that_is_meant() {
    let mut story = Scenario::new().await;
    story.config("[operator]\nlisten = \"0.0.0.0:0\"\n");
    story.launch_bot();
    assert!(!story.bot().wait(SOON).await.success());
    let said = story.bot().lines().join("\n");
    assert!(said.contains("`operator.listen` is an address that other machines reach"), "{said}");
    assert!(story.discord.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_is_read_again_and_a_wrong_one_refused() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let boss = story.discord.member(guild, "ada", permissions::ADMINISTRATOR);
    story.start_bot().await;
    assert!(story.discord.slash(boss, news, "/admin stats").await.text().contains("Only curators"));
    let path = story.folder().join("bot-config.toml");
    let old = std::fs::read_to_string(&path).unwrap();
    let new = old.replace("curator_users = []", &format!("curator_users = [{}]", boss.0));
    std::fs::write(&path, new.replace("chronology = false", "chronology = true")).unwrap();
    story.bot().signal("HUP");
    let said = story.bot().wait_for_line("takes a restart", SOON).await;
    assert!(said.contains("store.chronology") && !said.contains("curator_users"), "{said}");
    let shown = story.discord.slash(boss, news, "/admin stats").await;
    assert!(shown.text().contains("articles"), "{}", shown.text());
    std::fs::write(&path, new.replace("chronology = false", "chronologie = false")).unwrap();
    story.bot().signal("HUP");
    let said = story.bot().wait_for_line("the old configuration stays in force", SOON).await;
    assert!(said.contains("bot-config.toml") && said.contains("chronologie"), "{said}");
    let shown = story.discord.slash(boss, news, "/admin stats").await;
    assert!(shown.text().contains("articles"), "{}", shown.text());
    std::fs::write(&path, &old).unwrap();
    story.bot().signal("HUP");
    let limit = Instant::now() + SOON;
    while !story.discord.slash(boss, news, "/admin stats").await.text().contains("Only curators") {
        assert!(Instant::now() < limit, "who is no curator any more still is one");
    }
    std::fs::write(&path, old.replace("cooldown_requests = 0", "cooldown_requests = 1")).unwrap();
    story.bot().signal("HUP");
    while !story.discord.slash(boss, news, "/brief").await.text().contains("Please wait") {
        assert!(Instant::now() < limit, "the cooldown of the new configuration is not in force");
    }
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_on_its_way_is_finished_before_the_end() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, user) = (story.discord.channel(guild, "news"), story.discord.member(guild, "bob", 0));
    story.start_bot().await;
    let slow = Duration::from_secs(2);
    story.discord.fail_next(Route::Callback, Fault::Slow(slow));
    let id = story.discord.send(user, news, &Interaction::slash("brief"));
    story.discord.wait_for_requests(Route::Callback, 1, SOON).await;
    let asked = Instant::now();
    story.bot().terminate();
    let status = story.bot().wait(Duration::from_secs(15)).await;
    assert!(status.success());
    assert!(asked.elapsed() + Duration::from_millis(300) > slow, "it did not wait: {:?}", asked.elapsed());
    assert!(story.bot().lines().iter().any(|line| line.contains("answered")), "{:#?}", story.bot().lines());
    assert!(!story.discord.answer(id, SOON).await.text().is_empty());
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_names_what_is_missing_on_discord() {
    let story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let check = |story: &Scenario, token: Option<&str>| {
        let mut command = story.command();
        if let Some(token) = token {
            command.env("DISCORD_TOKEN", token);
        }
        let output = tokio::task::block_in_place(|| command.arg("check").output()).unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!said.contains(&story.discord.token()));
        (output.status.success(), said)
    };
    subscribe(&story, guild, &[news]);
    let (good, said) = check(&story, None);
    assert!(good && said.contains("token: good") && said.contains("the bot may post there"), "{said}");
    assert!(said.contains("intents: none that needs approval is switched on"), "{said}");

    subscribe(&story, guild, &[desk]);
    story.discord.set_bot_permissions(news, permissions::VIEW_CHANNEL);
    story.discord.delete_channel(desk);
    let (good, said) = check(&story, None);
    assert!(!good && said.contains("(#news): the bot lacks Send Messages, Embed Links"), "{said}");
    assert!(said.contains("it does not exist any more"), "{said}");

    let wrong = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.wrong0.this-is-not-the-token-of-this-bot";
    let (good, said) = check(&story, Some(wrong));
    assert!(!good && said.contains("Discord refused the token") && !said.contains(wrong), "{said}");
    let (good, said) = check(&story, Some(""));
    assert!(good && said.contains("0 faults") && said.contains("Discord was not asked"), "{said}");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_runs_as_many_shards_as_discord_recommends() {
    let mut story = Scenario::new().await;
    story.discord.recommend_shards(2);
    story.start_bot().await;
    let limit = Instant::now() + SOON;
    while story.discord.identifies().len() < 2 {
        assert!(Instant::now() < limit, "{:?}", story.discord.identifies());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut shards: Vec<_> = story.discord.identifies().iter().map(|one| one["shard"].to_string()).collect();
    shards.sort();
    assert_eq!(shards, ["[0,2]", "[1,2]"]);
    story.stop().await;
    story.end();
}
