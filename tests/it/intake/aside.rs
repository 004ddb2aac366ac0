//! What is none of our stories, from feeds and pages: set aside, told and counted.

use std::time::Duration;

use attache_tests::scenario::Scenario;
use attache_tests::web::{Host, Page};

use super::{LOOPBACK, PUBLISHED, admin, vienna};
use crate::seed::{SOON, store};

const FRENCH: [&str; 3] = [
    "Le ministre du commerce a annoncé mardi que les droits de douane sur l'acier seraient relevés à vingt-cinq pour cent dès le mois de juin, selon un communiqué publié à Paris.",
    "Les producteurs européens ont salué cette décision, qu'ils réclamaient depuis plusieurs mois, tandis que les importateurs craignent une hausse des prix pour les consommateurs.",
    "La Commission européenne doit encore donner son accord avant l'entrée en vigueur de la mesure, qui pourrait être contestée devant les tribunaux par les partenaires concernés.",
];

const FOOTBALL: [&str; 3] = [
    "The striker scored twice in the second half as the visitors came from behind to win at a rain-soaked ground on Saturday, and the goalkeeper saved a late penalty to keep the lead.",
    "The manager praised his young back line after the match and said that the team had shown character when the crowd turned against them following a slow start to the evening.",
    "The club moves up to fourth place in the table, and plays its next two matches at home before the winter break, when the injured captain is hoped to be back in training.",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_our_story_is_set_aside_from_feeds_and_pages_alike() {
    let paper = Host::start().await;
    paper.put("/vienna", vienna());
    paper.put("/acier", Page::article("Acier", "2025-06-12T09:00:00Z", &FRENCH));
    paper.put("/match", Page::article("A late win", "2025-06-12T09:00:00Z", &FOOTBALL));
    let items = [
        ("Acier", "/acier", PUBLISHED),
        ("A late win", "/match", PUBLISHED),
        ("Ministers meet", "/vienna", PUBLISHED),
    ];
    paper.put("/feed", Page::rss(&items));
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    let curator = story.curator(guild, "ada");
    story.config(LOOPBACK);
    story.start_bot().await;
    let feed = paper.url("/feed");
    let tested = admin(&story, curator, desk, "admin feeds test", &[("url", &feed)]).await;
    for expected in [
        "would be set aside: it is not in English but in French",
        "would be set aside: it has no word of trade or diplomacy",
    ] {
        assert!(tested.contains(expected), "{expected}: {tested}");
    }
    let before = admin(&story, curator, desk, "admin stats", &[]).await;
    assert!(!before.contains("set aside"), "a test counts nothing: {before}");
    admin(&story, curator, desk, "admin feeds add", &[("url", &feed)]).await;
    let end = tokio::time::Instant::now() + SOON;
    // What a feed passed over is written down behind what was stored of it.
    while !admin(&story, curator, desk, "admin feeds list", &[("feed", "/feed")])
        .await
        .contains("A late win: it has no word of trade or diplomacy")
    {
        assert!(tokio::time::Instant::now() < end, "the feed does not say what it passed over");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let stats = loop {
        let stats = admin(&story, curator, desk, "admin stats", &[]).await.replace('*', "");
        if stats.contains("1 articles\n") && stats.contains("in French") {
            break stats;
        }
        assert!(tokio::time::Instant::now() < end, "{stats}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    for reason in ["it is not in English but in French", "it has no word of trade or diplomacy"] {
        assert!(stats.contains(&format!("1 articles set aside: {reason}")), "{stats}");
    }
    // A page somebody gives is looked at in the same way, and stored on request; the count outlives the
    // program.
    let page = paper.url("/acier");
    let given = admin(&story, curator, desk, "admin ingest", &[("url", &page)]).await;
    assert!(
        given.contains("was set aside: it is not in English") && given.contains("everything:yes"),
        "{given}"
    );
    story.restart().await;
    let stats = admin(&story, curator, desk, "admin stats", &[]).await.replace('*', "");
    assert!(stats.contains("2 articles set aside: it is not in English but in French"), "{stats}");
    let asked = attache_tests::discord::Interaction::slash("admin ingest").within(SOON);
    let asked = asked.option("url", page.as_str()).option("everything", true);
    let stored = story.discord.run(curator, desk, asked).await.text();
    assert!(stored.contains("is stored; no event was read in it"), "{stored}");
    story.stop().await;
    assert_eq!(store(&story).stats().unwrap().articles, 2);
    story.end();
}
