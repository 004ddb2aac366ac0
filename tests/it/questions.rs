//! Questions in many wordings, and how each must be read: `questions/readings.toml`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use attache_extract::{Extractor, Reading, Vocabulary as _};
use attache_tests::binary::attache;
use jiff::civil::{Date, date};
use serde::Deserialize;

/// The day all questions are asked on.
const TODAY: Date = date(2026, 11, 25);

#[derive(Debug, Deserialize)]
struct File {
    question: Vec<Question>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Question {
    text: String,
    /// Intent and subject.
    asks: String,
    states: Vec<String>,
    actor: Vec<String>,
    recipient: Vec<String>,
    people: Vec<String>,
    topics: Vec<String>,
    levels: Vec<String>,
    turn: Vec<String>,
    anchor: Vec<String>,
    mended: Vec<String>,
    places: Vec<String>,
    kinds: Vec<String>,
    acts: Vec<String>,
    statuses: Vec<String>,
    since: Vec<String>,
    until: Vec<String>,
    unknown: Vec<String>,
    rest: Vec<String>,
}

fn read(text: &str) -> Question {
    let reading: Reading = Extractor::builtin().read_question(text, TODAY);
    let words = |items: &[attache_extract::StateCode]| items.iter().map(ToString::to_string).collect();
    Question {
        text: text.to_owned(),
        asks: format!("{:?} {:?}", reading.intent, reading.subject),
        states: words(&reading.states),
        actor: words(reading.actor.as_slice()),
        recipient: words(reading.recipient.as_slice()),
        people: reading.people.into_iter().chain(reading.bodies).chain(reading.offices).collect(),
        topics: reading.topics,
        levels: reading.levels.iter().map(|level| level.as_str().to_owned()).collect(),
        turn: reading.turn.iter().map(|turn| format!("{turn:?}").to_lowercase()).collect(),
        anchor: reading
            .anchor
            .iter()
            .map(|(side, place)| format!("{side:?} {place}").to_lowercase())
            .collect(),
        mended: reading.mended.iter().map(|(old, new)| format!("{old} = {new}")).collect(),
        places: reading.places,
        kinds: reading.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
        acts: reading.acts.iter().map(|act| act.subtype().to_owned()).collect(),
        statuses: reading.statuses.iter().map(|status| status.as_str().to_owned()).collect(),
        since: reading.since.iter().map(ToString::to_string).collect(),
        until: reading.until.iter().map(ToString::to_string).collect(),
        unknown: reading.unknown,
        rest: reading.rest,
    }
}

#[test]
fn every_question_is_read_as_it_should_be() {
    let file: File = toml::from_str(include_str!("../questions/readings.toml")).unwrap();
    assert!(file.question.len() >= 250, "{} questions", file.question.len());
    let wrong: Vec<String> = file
        .question
        .iter()
        .filter_map(|expected| {
            let found = read(&expected.text);
            (found != *expected).then(|| format!("expected {expected:#?}\nfound {found:#?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} questions are read wrongly:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_no_question_is_not_understood() {
    for text in
        ["", "?", "hello", "What is the weather in Paris?", "((((", "\u{0}\u{202e}", "lorem ipsum dolor"]
    {
        assert!(Extractor::builtin().read_question(text, TODAY).is_empty(), "{text:?}");
    }
}

#[test]
fn a_hostile_question_is_read_in_time() {
    let long = "who met ".repeat(5_000) + &"(".repeat(5_000);
    let reading = Extractor::builtin().read_question(&long, TODAY);
    assert!(reading.people.is_empty());
}

#[derive(Debug, Deserialize)]
struct Answers {
    answer: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
struct Expected {
    text: String,
    says: Vec<String>,
}

/// How the small print of an answer ends.
const FRESH: &str = "Only what their texts say is shown.";

#[test]
fn the_shipped_chronology_answers() {
    let file: Answers = toml::from_str(include_str!("../questions/answers.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str], typed: &str| {
        let mut child = Command::new(attache())
            .args(args)
            .current_dir(folder.path())
            .env_remove("DISCORD_TOKEN")
            .env("COLUMNS", "120")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{args:?}: {said}");
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(file.answer.len() >= 60, "{} answers", file.answer.len());
    run(&["init"], "");
    let typed: String = file.answer.iter().map(|asked| format!("/ask question:{:?}\n", asked.text)).collect();
    let said = run(&["console"], &typed);
    // Every answer ends with how fresh it is.
    let answers: Vec<&str> = said.split(FRESH).collect();
    assert_eq!(answers.len(), file.answer.len() + 1, "{said}");
    for (Expected { text, says }, answer) in file.answer.iter().zip(answers) {
        for part in says {
            assert!(answer.contains(part.as_str()), "{text}: {part:?} is not in {answer}");
        }
    }
}
