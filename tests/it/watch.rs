//! Stories of the watched folder, with the real binary.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use attache_tests::scenario::Scenario;
use tokio::time::sleep;

use crate::seed::{SOON, store, subscribe};

const STEEL: &str = "The United States imposed a tariff of 25 percent on steel from Brazil on May 20, 2025, the Commerce \
     Department said on Tuesday.";
const MEETING: &str = "U.S. Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Vienna on Wednesday, the \
     Treasury Department said in a statement.";
const FRENCH: &str = "Le ministre du commerce a annoncé mardi que les droits de douane sur l'acier seraient relevés à \
     vingt-cinq pour cent dès le mois de juin, selon un communiqué.";

/// A pause in which the folder is looked into more than twice.
const LOOKS: Duration = Duration::from_millis(3500);

fn dated(text: &str) -> String {
    format!("---\npublished: 2025-05-21\n---\n{text}\n")
}

/// A story whose bot watches `inbox` once a second.
async fn watching() -> (Scenario, PathBuf) {
    let mut story = Scenario::new().await;
    story.config("[intake]\nwatch = \"inbox\"\nwatch_seconds = 1\n");
    let inbox = story.folder().join("inbox");
    (story, inbox)
}

async fn comes(path: &Path) {
    let end = Instant::now() + SOON;
    while path.symlink_metadata().is_err() {
        assert!(Instant::now() < end, "{} does not come", path.display());
        sleep(Duration::from_millis(50)).await;
    }
}

/// What is in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn articles(story: &Scenario) -> usize {
    store(story).stats().unwrap().articles
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_into_the_folder_is_posted_and_moved() {
    let (mut story, inbox) = watching().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    let curator = story.curator(guild, "ada");
    subscribe(&story, guild, &[news]);
    story.start_bot().await;
    comes(&inbox.join("taken")).await;
    fs::write(inbox.join("steel.txt"), dated(STEEL)).unwrap();
    let posts = story.discord.wait_for_posts(news, 1, SOON).await;
    assert!(posts[0].text().contains("steel"), "{}", posts[0].text());
    comes(&inbox.join("taken/steel.txt")).await;
    for (name, content, reason) in [
        ("pack.txt", b"\x1f\x8b\x08\0\0\0\0\0\0\x03abc".to_vec(), "it is a gzip archive"),
        ("french.txt", dated(FRENCH).into_bytes(), "set aside: it is not in English but in French"),
        ("day.txt", STEEL.as_bytes().to_vec(), "the day of publication is missing"),
    ] {
        fs::write(inbox.join(name), content).unwrap();
        let note = inbox.join(format!("refused/{name}.reason.txt"));
        comes(&note).await;
        comes(&inbox.join("refused").join(name)).await;
        let told = fs::read_to_string(note).unwrap();
        assert!(told.contains(reason), "{told}");
    }
    // Of lines the good ones are stored, and the note says which are not.
    let lines = format!(
        "{{\"published\":\"2025-06-12\",\"text\":\"{MEETING}\"}}\n{{\"text\":\"x\"}}\n{{\"published\":\"2025-06-12\",\"text\":\"{FRENCH}\"}}\n"
    );
    fs::write(inbox.join("lines"), lines).unwrap();
    comes(&inbox.join("refused/lines")).await;
    let told = fs::read_to_string(inbox.join("refused/lines.reason.txt")).unwrap();
    for expected in
        ["line 2: missing field `published`", "article 3: set aside: it is not", "1 articles of it"]
    {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    story.discord.wait_for_posts(news, 2, SOON).await;
    // The same again is known: nobody hears of it, and nothing is written over.
    fs::write(inbox.join("steel.txt"), dated(STEEL)).unwrap();
    comes(&inbox.join("taken/2-steel.txt")).await;
    let stats = story.discord.slash(curator, news, "/admin stats").await.text().replace('*', "");
    assert!(stats.contains("2 articles set aside: it is not in English but in French"), "{stats}");
    assert_eq!(names(&inbox), ["refused", "taken"]);
    story.stop().await;
    assert_eq!(articles(&story), 2);
    assert_eq!(story.discord.posts(news).len(), 2);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_still_written_waits() {
    let (mut story, inbox) = watching().await;
    story.start_bot().await;
    comes(&inbox.join("taken")).await;
    let mut file = File::create(inbox.join("slow.txt")).unwrap();
    write!(file, "---\npublished: 2025-05-21\n---\n{STEEL}").unwrap();
    for number in 0..20 {
        write!(file, " The notice goes on with paragraph {number}.").unwrap();
        file.flush().unwrap();
        sleep(Duration::from_millis(200)).await;
        assert!(inbox.join("slow.txt").exists(), "it was taken while it was written");
    }
    fs::write(inbox.join(".hidden.txt"), dated(MEETING)).unwrap();
    drop(file);
    comes(&inbox.join("taken/slow.txt")).await;
    sleep(LOOKS).await;
    assert_eq!(names(&inbox), [".hidden.txt", "refused", "taken"]);
    story.stop().await;
    let held = store(&story);
    assert_eq!(held.stats().unwrap().articles, 1);
    let mut lines = Vec::new();
    held.export(&mut lines).unwrap();
    assert!(String::from_utf8(lines).unwrap().contains("paragraph 19."));
    drop(held);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_and_not_moved_is_moved_later_and_stored_once() {
    let (mut story, inbox) = watching().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    subscribe(&story, guild, &[news]);
    story.start_bot().await;
    comes(&inbox.join("taken")).await;
    // Nothing can be moved there: as if the program were killed each time before it could.
    fs::remove_dir(inbox.join("taken")).unwrap();
    fs::write(inbox.join("taken"), "in the way").unwrap();
    fs::write(inbox.join("steel.txt"), dated(STEEL)).unwrap();
    story.discord.wait_for_posts(news, 1, SOON).await;
    story.bot().wait_for_line("cannot be moved", SOON).await;
    sleep(LOOKS).await;
    let told = story.bot().lines().iter().filter(|line| line.contains("cannot be moved")).count();
    assert_eq!(told, 1, "it is left alone until it changes");
    assert!(inbox.join("steel.txt").exists());
    story.kill9();
    fs::remove_file(inbox.join("taken")).unwrap();
    story.start_bot().await;
    comes(&inbox.join("taken/steel.txt")).await;
    story.stop().await;
    assert_eq!(articles(&story), 1);
    assert_eq!(story.discord.posts(news).len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_loses_nothing_and_stores_nothing_twice() {
    let (mut story, inbox) = watching().await;
    fs::create_dir(&inbox).unwrap();
    let goods = ["tiles", "copper", "steel", "toys", "wine", "paper", "glass", "rice"];
    let lines = |from: usize| -> String {
        (from..from + 100)
            .map(|n| {
                let good = goods[n % goods.len()];
                let words: Vec<_> = (0..12).map(|k| format!("w{}", (n * 7919 + k * 104_729) % 99_991)).collect();
                format!(
                    "{{\"published\":\"2025-05-21\",\"text\":\"The United States imposed a tariff of {} percent on {good} from Brazil on May {}, 2025. Notes: {}.\"}}\n",
                    10 + n % 60,
                    1 + n % 20,
                    words.join(" ")
                )
            })
            .collect()
    };
    for file in 0..6 {
        fs::write(inbox.join(format!("part-{file}.jsonl")), lines(file * 100)).unwrap();
    }
    let mut moved = 0;
    for round in 0..4_u64 {
        story.launch_bot();
        story.bot().wait_for_line("articles=100", SOON).await;
        sleep(Duration::from_millis(30 * round)).await;
        story.kill9();
        let now = names(&inbox.join("taken")).len();
        assert!(now > moved, "each run gets on");
        moved = now;
    }
    story.start_bot().await;
    for file in 0..6 {
        comes(&inbox.join(format!("taken/part-{file}.jsonl"))).await;
    }
    story.stop().await;
    assert!(names(&inbox.join("refused")).is_empty());
    let held = store(&story);
    assert_eq!(held.stats().unwrap().articles, 600);
    assert_eq!(held.check().unwrap().faults, Vec::<String>::new());
    drop(held);
    story.end();
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn links_pipes_and_odd_names_do_no_harm() {
    let (mut story, inbox) = watching().await;
    fs::write(story.folder().join("secret.txt"), dated(MEETING)).unwrap();
    story.start_bot().await;
    comes(&inbox.join("taken")).await;
    std::os::unix::fs::symlink("../secret.txt", inbox.join("link.txt")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(inbox.join("pipe.txt")).status().unwrap();
    assert!(pipe.success());
    fs::create_dir(inbox.join("folder")).unwrap();
    fs::write(inbox.join("folder/in.txt"), dated(MEETING)).unwrap();
    fs::write(inbox.join("odd\n\u{1b}[31mname.txt"), dated(STEEL)).unwrap();
    comes(&inbox.join("taken/odd__[31mname.txt")).await;
    for (name, reason) in [("link.txt", "links are not followed"), ("pipe.txt", "no file that could be read")]
    {
        comes(&inbox.join("refused").join(name)).await;
        let note = fs::read_to_string(inbox.join(format!("refused/{name}.reason.txt"))).unwrap();
        assert!(note.contains(reason), "{note}");
    }
    assert_eq!(names(&inbox), ["folder", "refused", "taken"]);
    assert!(!story.bot().lines().iter().any(|line| line.contains('\u{1b}')));
    story.stop().await;
    assert_eq!(articles(&story), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_holds_the_store_is_refused() {
    for folder in [".", "data", "data/inbox"] {
        let mut story = Scenario::new().await;
        story.config(&format!("[intake]\nwatch = \"{folder}\"\n"));
        story.launch_bot();
        story.bot().wait_for_line("it has to be a folder of its own", SOON).await;
        assert!(!story.bot().wait(SOON).await.success());
        assert!(story.folder().join("bot-config.toml").exists());
        story.end();
    }
}
