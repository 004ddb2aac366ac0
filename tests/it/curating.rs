//! The review queue pressed through: approve, edit by a form, reject by a form, undo; by whom it was
//! shown to and by others, once and again.

use attache_tests::discord::{Answer, Interaction, Route, permissions};
use attache_tests::scenario::Scenario;

use crate::seed::{QUOTE, SOON, events, store, subscribe};

fn button(answer: &Answer, label: &str) -> String {
    answer.message().button(label).unwrap_or_else(|| panic!("no {label:?}: {}", answer.text()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_curator_works_through_the_queue_by_buttons_and_forms() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let (news, desk) = (story.discord.channel(guild, "news"), story.discord.channel(guild, "desk"));
    let ada = story.curator(guild, "ada");
    let ann = story.curator(guild, "ann");
    let boss = story.discord.member(guild, "eve", permissions::ADMINISTRATOR);
    subscribe(&story, guild, &[news]);
    events(&story, 3, QUOTE);
    let ids: Vec<String> = {
        let mut rows = store(&story).all_events(&Default::default()).unwrap();
        rows.sort_by_key(|row| format!("{:?}", row.event.parties));
        rows.iter().map(|row| row.id.short()).collect()
    };
    story.start_bot().await;
    story.discord.wait_for_posts(news, 3, SOON).await;
    let queue = story.discord.slash(ada, desk, "/admin review below:100").await;
    let message = queue.message().id;
    assert!(queue.ephemeral() && queue.text().contains("3 events wait"), "{}", queue.text());

    // Approve, once; again it is so already.
    let approve = button(&queue, &format!("Approve {}", ids[0]));
    let done = story.discord.press_button(ada, message, &approve).await;
    assert!(done.ephemeral() && done.text().contains("Change 1"), "{}", done.text());
    let again = story.discord.press_button(ada, message, &approve).await;
    assert!(again.text().contains("is so already"), "{}", again.text());

    // Edit by a form, which is filled in after a restart.
    let edit = button(&queue, &format!("Edit {}", ids[1]));
    let form = story.discord.press_button(ada, message, &edit).await.modal.unwrap();
    let edit_form = form["custom_id"].as_str().unwrap().to_owned();
    story.restart().await;
    let fill = |id: &str, values: &[(&str, &str)]| Interaction::submit(id, values).from_message(message);
    let values = [("field", "place"), ("value", "Geneva"), ("reason", "the readout says so")];
    let wrong = [("field", "colour"), ("value", "red"), ("reason", "x")];
    let told = story.discord.run(ada, desk, fill(&edit_form, &wrong)).await.text();
    assert!(told.contains("colour"), "{told}");
    let done = story.discord.run(ada, desk, fill(&edit_form, &values)).await;
    assert!(done.ephemeral() && done.text().contains("Geneva"), "{}", done.text());

    // Reject by a form: what was posted is struck.
    let reject = button(&queue, &format!("Reject {}", ids[2]));
    let form = story.discord.press_button(ada, message, &reject).await.modal.unwrap();
    assert_eq!(form["components"].as_array().unwrap().len(), 1, "the reason alone");
    let reject_form = form["custom_id"].as_str().unwrap().to_owned();
    for (who, expected) in [(boss, "Only curators"), (ann, "belongs to whoever")] {
        for (id, values) in [(&edit_form, &values[..]), (&reject_form, &[("reason", "mine")][..])] {
            let told = story.discord.run(who, desk, fill(id, values).unchecked()).await;
            assert!(told.ephemeral() && told.text().contains(expected), "{}", told.text());
        }
        for id in [&approve, &edit, &reject] {
            let pressed = Interaction::press(message, id).unchecked();
            let told = story.discord.run(who, desk, pressed).await;
            assert!(told.ephemeral() && told.text().contains(expected), "{}", told.text());
        }
    }
    let done = story.discord.run(ada, desk, fill(&reject_form, &[("reason", "it never happened")])).await;
    assert!(done.text().contains("Change 3"), "{}", done.text());
    // Sent off once more, by whoever kept it.
    let replayed = story.discord.run(ada, desk, fill(&reject_form, &[("reason", "again")])).await.text();
    assert!(replayed.contains("already"), "{replayed}");
    story.discord.wait_for_requests(Route::EditMessage, 3, SOON).await;
    let struck = |story: &Scenario| {
        story.discord.posts(news).iter().filter(|post| post.text().contains("it never happened")).count()
    };
    until(|| struck(&story) == 1).await;

    // Undo asks, then does; twice it cannot.
    let asked = story.discord.slash(ada, desk, "/admin undo change:3").await;
    let sure = button(&asked, "Do it");
    let undone = story.discord.press_button(ada, asked.message().id, &sure).await.text();
    assert!(undone.contains("Change 4"), "{undone}");
    let twice = Interaction::press(asked.message().id, &sure).unchecked();
    let twice = story.discord.run(ada, desk, twice).await.text();
    assert!(!twice.contains("Change 5"), "{twice}");
    until(|| struck(&story) == 0).await;
    let log = story.discord.slash(ada, desk, "/admin history").await.text();
    assert!(log.contains("it never happened") && log.contains("the readout says so"), "{log}");
    story.stop().await;
    let held = store(&story);
    assert_eq!(held.history(99).unwrap().len(), 4);
    assert!(held.history(99).unwrap().iter().all(|entry| entry.author == format!("discord:{}", ada.0)));
    drop(held);
    story.end();
}

async fn until(condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(SOON, waiting).await.unwrap();
}
