//! Stories of the world's feeds and pages: what a curator sees of each, and what is stored.

mod aside;
mod feeds;
mod hostile;
mod items;
mod life;
mod many;
mod message;
mod refused;
mod updates;

use attache_tests::discord::{ChannelId, Interaction, UserId};
use attache_tests::scenario::Scenario;
use attache_tests::web::Page;

use crate::seed::SOON;

/// What the tests' config adds: loopback may be asked, quickly.
const LOOPBACK: &str = "[fetch]\nallow_loopback = true\npause = 20\nlongest = 3\nlargest = 4000000\n\n[feeds]\nevery = 1\ndays = 3650\n";

/// An article of ours, long enough to be one.
const TEXT: [&str; 3] = [
    "VIENNA - U.S. Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Vienna on Wednesday, \
     the Treasury Department said in a statement that was published after the talks had ended in the evening.",
    "The United States imposed a tariff of 15 percent on ceramic tiles from Japan on June 10, 2025, and the \
     department said that it would publish the list of goods in the Federal Register within two weeks.",
    "Both sides described the talks as candid. They did not say when their delegations would meet again, and \
     the ministries in Washington and Beijing did not answer questions on Wednesday about what comes next.",
];

const PUBLISHED: &str = "Thu, 12 Jun 2025 09:00:00 GMT";

/// The article as a page.
fn vienna() -> Page {
    Page::article("Ministers meet in Vienna", "2025-06-12T09:00:00Z", &TEXT)
}

/// What the curator reads in answer to a command.
async fn admin(
    story: &Scenario,
    who: UserId,
    place: ChannelId,
    command: &str,
    options: &[(&str, &str)],
) -> String {
    let mut asked = Interaction::slash(command).unchecked().within(SOON);
    for (name, value) in options {
        asked = asked.option(name, *value);
    }
    // As the curator reads it: without what keeps Discord from formatting it.
    story.discord.run(who, place, asked).await.text().replace(['\\', '\u{2060}'], "")
}

/// The text of an article with one new tariff and words of its own, so that no two are taken for one.
fn news_text(number: usize) -> [String; 5] {
    let act = [
        "a tariff of 11 percent on ceramic tiles from Japan",
        "a tariff of 12 percent on copper from Chile",
        "a tariff of 13 percent on steel from Brazil",
        "a tariff of 14 percent on toys from Vietnam",
        "a tariff of 15 percent on wine from France",
    ][number];
    let words =
        ["harbour", "ledger", "quota", "clerk", "vessel", "notice", "quarter", "panel", "docket", "levy"];
    let mut seed = number + 7;
    let mut sentence = || {
        let mut text = "Officials spoke of".to_owned();
        for _ in 0..14 {
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            text.push_str(&format!(" {} {}", words[seed / 65_536 % words.len()], seed % 977));
        }
        text + "."
    };
    let first = format!("The United States imposed {act} on June 10, 2025, the Commerce Department said.");
    [first, sentence(), sentence(), sentence(), sentence()]
}

/// That article as a page.
fn news(number: usize) -> Page {
    let texts = news_text(number);
    Page::article(&format!("News {number}"), "2025-06-12T09:00:00Z", &texts.each_ref().map(String::as_str))
}
