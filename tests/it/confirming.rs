//! What destroys asks first: every command of the list is either one of these or known to be harmless.

use attache_bot::command::{Access, Body, Command};
use attache_bot::commands;
use attache_store::{FeedAction, FeedSource};
use attache_tests::discord::{Answer, ChannelId, Route, UserId};
use attache_tests::scenario::Scenario;
use jiff::Timestamp;

use crate::seed::{QUOTE, events, store, subscribe, told_again};

/// Takes something away that somebody relies on.
const DESTROYS: &[&str] = &[
    "subscriptions remove",
    "unsubscribe",
    "admin event delete",
    "admin event merge",
    "admin event split",
    "admin undo",
    "admin reextract",
    "admin feeds remove",
];

/// Shows, adds, rests, or changes one thing by a word of reason that one `/admin undo` takes back.
const HARMLESS: &[&str] = &[
    "subscribe",
    "subscriptions list",
    "subscriptions edit",
    "subscriptions pause",
    "subscriptions snooze",
    "subscriptions resume",
    "subscriptions test",
    "subscriptions log",
    "subscriptions why",
    "admin ingest",
    "admin feeds add",
    "admin feeds list",
    "admin feeds pause",
    "admin feeds resume",
    "admin feeds test",
    "admin review",
    "admin event add",
    "admin event edit",
    "admin event restore",
    "admin event confirm",
    "admin event dispute",
    "admin tension resolve",
    "admin tension reopen",
    "admin tension link",
    "admin tariff settle",
    "admin history",
    "admin export",
    "admin backup",
    "admin stats",
];

fn leaves(before: &str, command: &'static Command, outer: Access, all: &mut Vec<(String, bool)>) {
    let name = format!("{before} {}", command.name).trim().to_owned();
    let access = if command.access == Access::Everyone { outer } else { command.access };
    match command.body {
        Body::Group(members) => members.iter().for_each(|member| leaves(&name, member, access, all)),
        Body::Run { options, .. } if access != Access::Everyone => {
            all.push((name, options.iter().any(|opt| opt.name == "confirm")));
        }
        Body::Run { .. } => {}
    }
}

#[test]
fn each_command_that_changes_something_is_known_to_ask_or_to_be_harmless() {
    let mut all = Vec::new();
    commands::ALL.iter().for_each(|command| leaves("", command, Access::Everyone, &mut all));
    for (name, confirms) in &all {
        let (destroys, harmless) = (DESTROYS.contains(&name.as_str()), HARMLESS.contains(&name.as_str()));
        assert!(destroys != harmless, "/{name}: does it destroy something? Say so in one of the two lists");
        assert_eq!(
            *confirms, destroys,
            "/{name}: what destroys has the option confirm, and nothing else has"
        );
    }
    let known = |name: &&str| all.iter().any(|(command, _)| command == name);
    assert!(DESTROYS.iter().all(known));
}

/// A story in which each destructive command has something to destroy, and the lines that would.
async fn prepared() -> (Scenario, ChannelId, UserId, Vec<String>) {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let curator = story.curator(guild, "ada");
    events(&story, 4, QUOTE);
    told_again(&story, 1, "The Other Paper");
    subscribe(&story, guild, &[news, desk]);
    let held = store(&story);
    let now = Timestamp::now();
    let mut rows = held.all_events(&Default::default()).unwrap();
    rows.sort_by_key(|row| std::cmp::Reverse(row.sources.len()));
    let ids: Vec<String> = rows.iter().map(|row| row.id.short()).collect();
    let confirmed = held.correct(rows[3].id, attache_store::Correction::Confirm, "discord:1", "read it", now);
    let change = confirmed.unwrap().id;
    let feed = FeedSource {
        url: "https://feed.example/rss".to_owned(),
        name: None,
        every: None,
        paused: Some("by operator".to_owned()),
        removed: false,
        configured: false,
        author: "operator".to_owned(),
        since: now,
        changed_by: "operator".to_owned(),
        changed: now,
    };
    held.decide_feed(&feed.url, (FeedAction::Added, ""), "operator", now, |_| Ok(feed.clone())).unwrap();
    drop(held);
    let lines = vec![
        "/subscriptions remove number:1".to_owned(),
        "/unsubscribe number:2".to_owned(),
        format!("/admin event split id:{} source:2 reason:two", ids[0]),
        format!("/admin event merge id:{} into:{} reason:one", ids[1], ids[0]),
        format!("/admin event delete id:{} reason:wrong", ids[2]),
        format!("/admin undo change:{change}"),
        "/admin feeds remove feed:feed.example".to_owned(),
        "/admin reextract reason:rules".to_owned(),
    ];
    story.start_bot().await;
    (story, news, curator, lines)
}

/// What a curator could miss afterwards.
fn kept(story: &Scenario) -> (usize, usize, usize, usize) {
    let held = store(story);
    let events = held.all_events(&Default::default()).unwrap().iter().filter(|row| !row.deleted).count();
    let feeds = held.feed_sources().unwrap().iter().filter(|feed| !feed.removed).count();
    (events, held.subscriptions().unwrap().len(), held.history(99).unwrap().len(), feeds)
}

fn button(answer: &Answer, label: &str) -> String {
    answer.message().button(label).unwrap_or_else(|| panic!("no {label:?}: {}", answer.text()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_destroys_does_nothing_until_it_is_confirmed() {
    let (mut story, news, curator, lines) = prepared().await;
    assert_eq!(lines.len(), DESTROYS.len());
    for line in &lines {
        let asked = story.discord.slash(curator, news, line).await;
        let text = asked.text();
        assert!(asked.ephemeral() && text.contains("Nothing is changed yet"), "{line}: {text}");
        button(&asked, "Do it");
        let message = asked.message().id;
        let left = button(&asked, "Leave it");
        story.discord.press_button(curator, message, &left).await;
        let message = story.discord.message(message).unwrap();
        assert!(message.components.is_empty(), "{line}: the buttons are gone");
    }
    story.stop().await;
    assert_eq!(kept(&story), (4, 2, 1, 1));
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_destroys_does_so_when_the_button_is_pressed() {
    let (mut story, news, curator, lines) = prepared().await;
    // What is asked today may be pressed after a restart; what one press did, the next cannot do again.
    let mut asked = Vec::new();
    for line in &lines {
        let one = story.discord.slash(curator, news, line).await;
        asked.push((one.message().id, button(&one, "Do it")));
    }
    story.restart().await;
    let mut told = Vec::new();
    for (message, id) in &asked {
        told.push(story.discord.press_button(curator, *message, id).await.text());
    }
    story.stop().await;
    let (events, subscriptions, changes, feeds) = kept(&story);
    assert_eq!((subscriptions, feeds), (0, 0), "{told:#?}");
    assert!(events < 4 && changes > 4, "{events} events, {changes} changes: {told:#?}");
    assert!(story.discord.requests_on(Route::Callback).len() >= 2 * lines.len());
    story.end();
}
