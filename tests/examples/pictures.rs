//! Writes what the bot answers as pages that look like Discord, to be looked at, and prints it as narrow
//! and wide text: `cargo run -p attache-tests --example pictures -- FOLDER [COMMAND …]`.
#![expect(clippy::expect_used, reason = "a tool for developers may stop where it cannot go on")]

use std::path::Path;
use std::time::Duration;

use attache_tests::discord::{File, Interaction, Message};
use attache_tests::layout;
use attache_tests::scenario::Scenario;
use serde_json::json;

const SOON: Duration = Duration::from_secs(60);
const NEWS: &str = "The United States imposed a tariff of 15 percent on ceramic tiles from Japan on 10 June 2025, \
                    the Commerce Department said in a statement.";

#[tokio::main]
async fn main() {
    let mut given = std::env::args().skip(1);
    let folder = given.next().unwrap_or_else(|| "pictures".to_owned());
    let mut commands: Vec<String> = given.collect();
    if commands.is_empty() {
        commands = ["/brief", "/tariffs history imposer:US on:CN", "/tariffs status imposer:US on:CN"]
            .map(str::to_owned)
            .to_vec();
    }
    std::fs::create_dir_all(&folder).expect("the folder is made");
    let mut story = Scenario::new().await;
    story.with_chronology();
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    let mut shown = Vec::new();
    for line in &commands {
        let answer = story.discord.slash(curator, news, line).await;
        shown.push((line.trim_matches('/').replace([' ', ':'], "-"), answer.message().clone()));
    }
    story.discord.slash(curator, news, "/subscribe include:threats").await;
    let article = format!(
        "---\ntitle: Tiles\npublished: 2025-06-12\npublisher: The Courier\nurl: https://courier.example/tiles\n---\n{NEWS}\n"
    );
    let ingest = Interaction::slash("admin ingest").attach("file", File::text("tiles.txt", &article));
    story.discord.run(curator, news, ingest.within(SOON)).await;
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    shown.push(("notification".to_owned(), posts[0].clone()));
    for (name, message) in &shown {
        write(Path::new(&folder), name, message);
    }
    story.stop().await;
}

#[expect(clippy::print_stdout, reason = "what this is for")]
fn write(folder: &Path, name: &str, message: &Message) {
    let mut pictures = Vec::new();
    for (number, attachment) in message.attachments.iter().enumerate() {
        let file = format!("{name}-{number}.png");
        std::fs::write(folder.join(&file), &attachment.file.bytes).expect("a picture is written");
        pictures.push(file);
    }
    let json =
        json!({"content": message.content, "embeds": message.embeds, "components": message.components});
    for width in [74, 40] {
        println!("=== {name}, {width} columns\n{}", layout::columns(&json, width));
    }
    std::fs::write(folder.join(format!("{name}.html")), layout::page(&[(json, pictures)]))
        .expect("a page is written");
}
