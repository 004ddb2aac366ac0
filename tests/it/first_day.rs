//! Stories of people: a first day, a stranger, a direct message.

use attache_tests::discord::{ChannelId, File, Interaction, UserId, permissions};
use attache_tests::scenario::Scenario;

use crate::seed::{QUOTE, SOON, events};

const ARTICLE: &str = "---
title: Ministers meet in Vienna
published: 2025-06-12
publisher: The Trade Courier
url: https://courier.example/vienna
---
VIENNA - U.S. Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Vienna on Wednesday, \
the Treasury Department said in a statement.

The United States imposed a tariff of 15 percent on ceramic tiles from Japan on June 10, 2025.
";

async fn ingest(story: &Scenario, who: UserId, place: ChannelId) -> String {
    let article = File::text("vienna.txt", ARTICLE);
    let asked = Interaction::slash("admin ingest").attach("file", article).within(SOON);
    let answer = story.discord.run(who, place, asked).await;
    assert!(answer.ephemeral() && answer.deferred(), "{answer:?}");
    answer.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_day() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;

    let subscribed = story.discord.slash(curator, news, "/subscribe").await;
    assert!(subscribed.ephemeral() && subscribed.text().contains("Subscription 1"), "{}", subscribed.text());

    let stored = ingest(&story, curator, news).await;
    let new: usize = stored
        .split_once(" is stored with ")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| panic!("no count of events in {stored:?}"));
    assert!(new > 0);
    let posts = story.discord.wait_for_posts(news, new, SOON).await;
    assert!(posts.iter().all(|post| post.embeds.len() == 1));

    let again = ingest(&story, curator, news).await;
    assert!(again.contains("is stored already"), "{again}");

    let text = posts[0].text();
    let id = text.split("/event id:").nth(1).unwrap().chars().take(8).collect::<String>();
    let shown = story.discord.slash(reader, news, &format!("/event id:{id}")).await;
    let quote = text.lines().find(|line| line.starts_with("> “")).unwrap();
    assert!(!shown.ephemeral());
    assert!(shown.text().contains(quote.trim_start_matches("> ")), "{} lacks {quote}", shown.text());

    story.restart().await;
    story.stop().await;
    assert_eq!(story.discord.posts(news).len(), new, "the same article again sends nothing");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_curator_changes_nothing() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    // Discord shows the commands to administrators; the config decides all the same.
    let boss = story.discord.member(guild, "eve", permissions::ADMINISTRATOR);
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;
    for line in ["/admin stats", "/admin history", "/admin ingest text:They met on Monday."] {
        let refused = story.discord.slash(boss, news, line).await;
        assert!(refused.ephemeral() && refused.text().contains("Only curators"), "{}", refused.text());
    }
    let forged = Interaction::slash("admin stats").unchecked();
    let refused = story.discord.run(reader, news, forged).await;
    assert!(refused.ephemeral() && refused.text().contains("Only curators"), "{}", refused.text());
    let forged = Interaction::slash("subscribe").unchecked();
    let refused = story.discord.run(reader, news, forged).await;
    assert!(refused.ephemeral() && refused.text().contains("Manage Channels"), "{}", refused.text());
    story.stop().await;
    assert!(crate::seed::subscriptions(&story).is_empty());
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_of_channels_may_name_another_one() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let manager = story.discord.member(guild, "mia", permissions::MANAGE_CHANNELS);
    story.start_bot().await;
    let desk = story.discord.channel(guild, "desk");
    let there = Interaction::slash("subscribe").option("channel", desk);
    let done = story.discord.run(manager, news, there).await;
    assert!(done.text().contains("Subscription 1"), "{}", done.text());
    story.stop().await;
    assert_eq!(crate::seed::subscriptions(&story)[0].channel, desk.0);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_in_direct_messages_and_where_only_a_user_installed_it() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    let dm = story.discord.dm(reader);
    events(&story, 1, QUOTE);
    story.start_bot().await;
    let direct = story.discord.slash(reader, dm, "/engagements").await;
    assert!(direct.text().contains("Envoy 0"), "{}", direct.text());
    let installed = Interaction::slash("engagements").user_installed();
    let elsewhere = story.discord.run(reader, news, installed).await;
    assert!(elsewhere.text().contains("Envoy 0"), "{}", elsewhere.text());
    let forged = Interaction::slash("subscribe").unchecked();
    let refused = story.discord.run(reader, dm, forged).await;
    assert!(refused.text().contains("only in a server"), "{}", refused.text());
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_completed_while_typing() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let reader = story.discord.member(guild, "bob", 0);
    events(&story, 30, QUOTE);
    story.start_bot().await;
    let offered = story.discord.autocomplete(reader, news, "event", "id", "").await;
    assert!((1..=25).contains(&offered.len()), "{offered:?}");
    assert!(offered.iter().all(|one| (1..=100).contains(&one.chars().count())), "{offered:?}");
    story.stop().await;
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_said_and_nothing_is_lost() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    for (file, expected) in [
        (File::text("empty.txt", ""), "no text"),
        (File::bytes("broken.txt", "text/plain", b"\x01\x02\x03\xff\xfe\x04"), "binary data"),
        (File::bytes("pack.txt", "text/plain", b"PK\x05\x06\0\0"), "ZIP archive"),
        (File::bytes("scan.pdf", "application/pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "it is a picture"),
        (File::text("long.txt", &"word ".repeat(1 << 20)), "more than an article may have"),
        (File::text("large.txt", &"word ".repeat(11 << 18)), "too large"),
        (File::text("undated.txt", "They met."), "published"),
    ] {
        let asked = Interaction::slash("admin ingest").attach("file", file).within(SOON);
        let answer = story.discord.run(curator, news, asked).await;
        assert!(answer.ephemeral() && answer.text().contains(expected), "{expected}: {}", answer.text());
    }
    story.stop().await;
    story.end();
}

/// A PDF of one page with these lines.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let shown: String = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td ")).collect();
    let content = format!("BT /F1 12 Tf 72 720 Td {shown}ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let at = file.len();
    format!("{file}{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n").into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn attachments_of_every_kind_are_read_and_shown_before() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    let reader = story.discord.member(guild, "bob", 0);
    story.start_bot().await;
    let vienna =
        "U.S. Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Vienna on Wednesday.";
    let files = || {
        let page = format!(
            "<!doctype html><html lang=en><title>Talks in Vienna</title><meta property=article:published_time content=2025-06-12T10:00:00Z><h1>Talks in Vienna</h1><p>{vienna} No date was set for another round of talks.</p></html>"
        );
        let mail = "From: press@trade.example\nTo: list@trade.example\nSubject: Duty on tiles\nDate: Tue, 10 Jun 2025 09:00:00 -0400\n\nThe United States imposed a tariff of 15 percent on ceramic tiles from Japan on June 10, 2025.\n";
        let gazette = pdf(&[
            "May 22, 2025",
            "",
            "Canada imposed a surtax of 25 percent on steel from China.",
            "It took effect on May 20, 2025.",
        ]);
        [
            File::bytes("page.dat", "application/octet-stream", page.as_bytes()),
            File::bytes("duty.txt", "text/plain", mail.as_bytes()),
            File::bytes("gazette", "application/octet-stream", &gazette),
        ]
    };
    // A message's attachments, with the day that each gives itself; one that is not read does not hide
    // the others.
    let [page, mail, gazette] = files();
    let written = story.discord.write_message_with(reader, news, "", vec![page, mail, gazette]);
    let ask = Interaction::message_command("Extract events", written).within(SOON);
    let read = story.discord.run(reader, news, ask).await.text();
    assert!(read.contains("11 Jun"), "a page's Wednesday is before its own day: {read}");
    for expected in
        ["page.dat: The article would be stored", "Bessent met", "duty.txt", "ceramic tiles", "surtax of 25"]
    {
        assert!(read.contains(expected), "{expected}: {read}");
    }
    let pack = File::bytes("pack.txt", "text/plain", b"PK\x05\x06\0\0");
    let large = File::text("large.txt", &"word ".repeat(11 << 18));
    let written = story.discord.write_message_with(reader, news, vienna, vec![pack, large]);
    let ask = Interaction::message_command("Extract events", written).within(SOON);
    let read = story.discord.run(reader, news, ask).await.text();
    for expected in ["would be stored with 1 event", "ZIP archive", "too large"] {
        assert!(read.contains(expected), "{expected}: {read}");
    }
    for file in files() {
        let asked = Interaction::slash("admin ingest").attach("file", file).within(SOON);
        let stored = story.discord.run(curator, news, asked).await.text();
        assert!(stored.contains("is stored with 1 new event"), "{stored}");
    }
    let lines = File::text(
        "lines.jsonl",
        "{\"published\":\"2025-06-12\",\"text\":\"India banned exports of sugar to Brazil, its trade ministry said.\"}\n{\"text\":\"x\"}\n",
    );
    let asked = Interaction::slash("admin ingest").attach("file", lines).within(SOON);
    let stored = story.discord.run(curator, news, asked).await.text();
    assert!(stored.contains("1 articles stored") && stored.contains("line 2: missing field"), "{stored}");
    story.stop().await;
    let held = crate::seed::store(&story);
    let days: Vec<_> = ["2025-06-12", "2025-06-10", "2025-05-22"].map(str::to_owned).into();
    let mut lines = Vec::new();
    held.export(&mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    for day in days {
        assert!(lines.contains(&format!("\"published\":\"{day}\"")), "{day}");
    }
    drop(held);
    story.end();
}
