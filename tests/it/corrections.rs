//! Stories of what was announced and then changed: another source, a correction, a merge, an undo, a
//! deletion. What was posted is edited, and posted once.

use attache_store::{Correction, EventId, Plan};
use attache_tests::discord::{ChannelId, Fault, Message, Route};
use attache_tests::scenario::Scenario;
use jiff::Timestamp;

use crate::seed::{QUOTE, SOON, events, store, subscribe_by, told_again};

/// A bot that has announced so many events in a channel, and their ids, as they were posted.
async fn announced(count: usize, notices: bool) -> (Scenario, ChannelId, Vec<EventId>) {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    subscribe_by(&story, guild, &[news], &Plan { notices, ..Plan::default() });
    events(&story, count, QUOTE);
    story.start_bot().await;
    let posts = story.discord.wait_for_posts(news, count, SOON).await;
    story.stop().await;
    let held = store(&story);
    let ids = posts.iter().map(|post| {
        let text = post.text();
        let short = text.split("/event id:").nth(1).unwrap().chars().take(8).collect::<String>();
        match held.find_event(&short).unwrap() {
            attache_store::Found::One(id) => id,
            other => panic!("{other:?}"),
        }
    });
    let ids = ids.collect();
    drop(held);
    (story, news, ids)
}

/// Waits until the first post was edited so often.
async fn edited(story: &mut Scenario, place: ChannelId, times: usize) -> Vec<Message> {
    story.discord.wait_for_requests(Route::EditMessage, times, SOON).await;
    story.bot().wait_for_line("brought up to date", SOON).await;
    story.discord.posts(place)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_source_edits_the_message() {
    let (mut story, news, _) = announced(1, true).await;
    told_again(&story, 1, "The Other Paper");
    story.start_bot().await;
    let posts = edited(&mut story, news, 1).await;
    assert_eq!(posts.len(), 1);
    let text = posts[0].text();
    assert!(text.contains("Also reported by") && text.contains("The Other Paper"), "{text}");
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_edits_the_message_and_is_told_once() {
    let (mut story, news, ids) = announced(1, true).await;
    let held = store(&story);
    let mut event = held.event(ids[0]).unwrap().unwrap().event;
    event.place = Some("Vienna".to_owned());
    held.correct(
        ids[0],
        Correction::Edit(Box::new(event)),
        "discord:1",
        "the readout says so",
        Timestamp::now(),
    )
    .unwrap();
    drop(held);
    story.start_bot().await;
    let posts = story.discord.wait_for_posts(news, 2, SOON).await;
    edited(&mut story, news, 1).await;
    let first = story.discord.message(posts[0].id).unwrap().text();
    assert!(
        first.contains("Vienna") && first.contains("Corrected") && first.contains("the readout says so"),
        "{first}"
    );
    let notice = posts[1].text();
    assert!(notice.contains("Correction") && notice.contains(&posts[0].id.to_string()), "{notice}");
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 2);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_strikes_the_message_and_its_undo_puts_it_back() {
    let (mut story, news, ids) = announced(1, false).await;
    let change = store(&story)
        .correct(ids[0], Correction::Delete, "discord:1", "it never happened", Timestamp::now())
        .unwrap();
    story.start_bot().await;
    let text = edited(&mut story, news, 1).await[0].text();
    assert!(
        text.contains("Taken back") && text.contains("~~") && text.contains("it never happened"),
        "{text}"
    );
    story.stop().await;
    store(&story).undo(change.id, "discord:1", Timestamp::now()).unwrap();
    story.start_bot().await;
    let text = edited(&mut story, news, 2).await[0].text();
    assert!(!text.contains("~~") && text.contains(QUOTE), "{text}");
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_strikes_one_message_and_names_the_other_event() {
    let (mut story, news, ids) = announced(2, false).await;
    store(&story).merge(ids[1], ids[0], "discord:1", "one meeting", Timestamp::now()).unwrap();
    story.start_bot().await;
    let posts = edited(&mut story, news, 2).await;
    assert_eq!(posts.len(), 2);
    let gone = posts[1].text();
    assert!(gone.contains("The same event as") && gone.contains(&ids[0].short()), "{gone}");
    assert!(!posts[0].text().contains("~~"));
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_discord_takes_no_more_edits_the_message_comes_anew() {
    let (mut story, news, _) = announced(1, false).await;
    told_again(&story, 1, "The Other Paper");
    let refused = serde_json::json!({"message": "Maximum number of edits", "code": 30046});
    story.discord.fail_next(Route::EditMessage, Fault::Status(400, refused));
    story.start_bot().await;
    let posts = story.discord.wait_for_posts(news, 2, SOON).await;
    assert!(posts[1].text().contains("The Other Paper"), "{}", posts[1].text());
    story.bot().wait_for_line("brought up to date", SOON).await;
    story.stop().await;
    // What follows is brought to the new one.
    told_again(&story, 1, "A Third Paper");
    story.start_bot().await;
    edited(&mut story, news, 2).await;
    let newest = story.discord.message(posts[1].id).unwrap().text();
    assert!(newest.contains("A Third Paper"), "{newest}");
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_posted_is_struck_although_nobody_subscribes_any_more() {
    let (mut story, news, ids) = announced(2, true).await;
    let held = store(&story);
    let subscription = held.subscriptions().unwrap()[0].id;
    held.unsubscribe(subscription, "ann", Timestamp::now()).unwrap();
    held.correct(ids[0], Correction::Delete, "discord:1", "it never happened", Timestamp::now()).unwrap();
    drop(held);
    story.start_bot().await;
    let posts = edited(&mut story, news, 1).await;
    assert!(
        posts[0].text().contains("it never happened") && posts[0].text().contains("~~"),
        "{}",
        posts[0].text()
    );
    assert!(!posts[1].text().contains("~~"), "{}", posts[1].text());
    story.stop().await;
    // Where the bot may do nothing any more the correction is given up, and tried no longer.
    store(&story).correct(ids[1], Correction::Delete, "discord:1", "nor this", Timestamp::now()).unwrap();
    story.discord.set_bot_permissions(news, 0);
    story.start_bot().await;
    story.discord.wait_for_requests(Route::EditMessage, 2, SOON).await;
    story.stop().await;
    let left = store(&story).deliveries(subscription, 1).unwrap();
    assert_eq!(left[0].state, attache_store::DeliveryState::Dead, "{left:?}");
    assert_eq!(story.discord.requests_on(Route::EditMessage).len(), 2);
    assert_eq!(story.discord.posts(news).len(), 2, "nothing new is posted there");
    story.end();
}
