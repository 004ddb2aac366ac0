//! A bot that knows something on its first day: the chronology on Discord, with charts.

use attache_tests::discord::Interaction;
use attache_tests::scenario::Scenario;

use crate::seed::SOON;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_question_has_an_answer_and_a_chart() {
    let mut story = Scenario::new().await;
    story.with_chronology();
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;
    let asked = "/tariffs status imposer:US on:CN as_of:2025-05-23T09:00-04:00";
    let status = story.discord.slash(reader, news, asked).await;
    assert!(status.text().contains("Together 30%"), "{}", status.text());
    let asked = Interaction::slash("tariffs history").option("on", "CN").option("chart", true).within(SOON);
    let history = story.discord.run(reader, news, asked).await;
    let [chart] = history.message().attachments.as_slice() else { panic!("{history:?}") };
    assert_eq!(chart.file.name, "rates-us-cn.png");
    assert!(chart.file.bytes.starts_with(b"\x89PNG"));
    let tension = story.discord.slash(reader, news, "/tension id:cn-re-oct9 as_of:2025-12-01").await;
    assert!(tension.text().contains("eased until 10 November 2026"), "{}", tension.text());
    // What a question rests on is the same whoever asks it.
    let ask = |question: &'static str| Interaction::slash("ask").option("question", question).within(SOON);
    let rate = story.discord.run(reader, news, ask("what was the fentanyl rate on 1 Dec 2025")).await;
    assert!(rate.text().contains("Of these duties: 1 in force"), "{}", rate.text());
    let open = ask("Which tensions about rare earths were open on 20 October 2025?");
    let open = story.discord.run(reader, news, open).await;
    assert!(!open.text().contains("None is open"), "{}", open.text());
    assert!(story.discord.posts(news).is_empty(), "what the bot begins with is no news");
    story.stop().await;
    story.end();
}
