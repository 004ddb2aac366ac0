//! "Extract events" on a message with links: the pages behind them are read, for who asked alone.

use attache_tests::discord::Interaction;
use attache_tests::scenario::Scenario;
use attache_tests::web::Host;

use super::{LOOPBACK, vienna};
use crate::seed::{SOON, store};

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_behind_a_messages_links_are_read_and_nothing_is_stored() {
    let paper = Host::start().await;
    paper.put("/vienna", vienna());
    let mut story = Scenario::new().await;
    story.config(LOOPBACK);
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;
    let content = format!("[read]({}), <{}>", paper.url("/vienna"), paper.url("/gone"));
    let written = story.discord.write_message(reader, news, &content);
    let ask = Interaction::message_command("Extract events", written).within(SOON);
    let read = story.discord.run(reader, news, ask).await;
    let text = read.text().replace(['\\', '\u{2060}'], "");
    assert!(read.ephemeral(), "only who asks sees it");
    for expected in
        ["/vienna: The article would be stored", "met Chinese Vice Premier He Lifeng", "/gone", "404"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert_eq!((paper.count("/vienna"), paper.count("/gone")), (1, 1));
    story.stop().await;
    assert!(store(&story).is_empty(), "nothing was stored");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_cannot_make_the_bot_ask_its_own_machine() {
    let paper = Host::start().await;
    paper.put("/vienna", vienna());
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;
    let written = story.discord.write_message(reader, news, &paper.url("/vienna"));
    let ask = Interaction::message_command("Extract events", written).within(SOON);
    let read = story.discord.run(reader, news, ask).await;
    let text = read.text().replace(['\\', '\u{2060}'], "");
    assert!(text.contains("is not asked"), "{text}");
    assert_eq!(paper.count("/vienna"), 0);
    story.stop().await;
    story.end();
}
