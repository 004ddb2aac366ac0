//! What curators do, in a terminal session: each change is seen, told, and taken back.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use attache_extract::{Article, Event, Extractor};
use attache_store::{NewArticle, Store};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::Value;

use crate::program::Program;

/// A session that is asked line by line.
struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    fn new(program: &Program) -> Self {
        let mut command = program.command(&["console", "--json"]);
        command.env("ATTACHE__STORE__CHRONOLOGY", "false").env("ATTACHE__CONSOLE__SAMPLE", "false");
        command.env("ATTACHE__STORE__BACKUPS", program.path("elsewhere"));
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, input, output: BufReader::new(output) }
    }

    fn line(&mut self, command: &str) -> String {
        writeln!(self.input, "{command}").unwrap();
        let mut line = String::new();
        while line.trim().is_empty() {
            line.clear();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the session ended at {command}");
        }
        line
    }

    fn asks(&mut self, command: &str) -> Value {
        let line = self.line(command);
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{command}: {line}"))
    }

    #[track_caller]
    fn refuses(&mut self, command: &str, expected: &str) {
        let line = self.line(command);
        assert!(line.contains(expected), "{command}: {line}");
    }

    fn end(mut self) {
        drop(self.input);
        assert!(self.child.wait().unwrap().success());
    }
}

const MET: &str = "U.S. Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Vienna on \
                   Wednesday, the Treasury Department said in a statement.";
const TAXED: &str =
    "The United States imposed a tariff of 15 percent on ceramic tiles from Japan on June 10, 2025.";
const EMPTY: &str = "The harvest was good and the weather was mild.";

fn read(text: &str) -> Vec<Event> {
    let article = Article { title: None, url: None, publisher: None, published: date(2025, 6, 12), text };
    Extractor::builtin().extract(&article).events
}

fn store(program: &Program, text: &str, events: &[Event]) -> Vec<String> {
    let store = Store::open(&program.path("data")).unwrap();
    let new = NewArticle {
        title: None,
        url: None,
        publisher: Some("The Trade Courier"),
        published: date(2025, 6, 12),
        text,
        origin: "test",
        rules: "0",
    };
    let commit = store.commit_article(&new, events, Timestamp::now()).unwrap();
    match commit.outcome {
        attache_store::Outcome::New { events, .. } => events.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_curators_word_is_shown_and_taken_back() {
    let program = Program::new();
    let mut met = read(MET);
    met[0].confidence = attache_extract::event::Confidence::from_thousandths(400);
    let id = store(&program, MET, &met[..1]).remove(0);
    let mut session = Session::new(&program);

    let queue = session.asks("/admin review");
    assert_eq!((&queue["total"], &queue["events"][0]["id"]), (&1.into(), &id.as_str().into()));
    session.asks(&format!("/admin event confirm id:{id} reason:\"read the readout\""));
    assert_eq!(session.asks("/admin review")["total"], 0);
    session.refuses(&format!("/admin event confirm id:{id} reason:\"read the readout\""), "is so already");
    let disputed = session.asks(&format!("/admin event dispute id:{id} reason:\"the ministry denies it\""));
    let rules = disputed["event"]["event"]["evidence"]["rules"].to_string();
    assert!(rules.contains("disputed by a curator: the ministry denies it"), "{rules}");
    assert!(!rules.contains("confirmed by"), "{rules}");

    // What destroys asks first.
    let asked = session.asks(&format!("/admin event delete id:{id} reason:wrong"));
    assert_eq!(asked["confirmed"], false);
    assert_eq!(session.asks(&format!("/event id:{id}"))["deleted"], false);
    session.asks(&format!("/admin event delete id:{id} reason:wrong confirm:yes"));
    assert_eq!(session.asks(&format!("/event id:{id}"))["deleted"], true);
    assert_eq!(session.asks("/admin undo change:3")["confirmed"], false);
    for change in [3, 2, 1] {
        session.asks(&format!("/admin undo change:{change} confirm:yes"));
    }
    assert_eq!(session.asks("/admin review")["total"], 1);

    let of = |session: &mut Session, filter: &str| {
        session.asks(&format!("/admin history {filter}"))["changes"].as_array().unwrap().len()
    };
    assert_eq!(of(&mut session, ""), 6);
    assert_eq!(of(&mut session, "kind:disputed"), 1);
    assert_eq!(of(&mut session, "kind:undone author:operator"), 3);
    assert_eq!(of(&mut session, "author:77"), 0);
    assert_eq!(of(&mut session, &format!("event:{id}")), 6);
    session.end();
    program.run(&["check"]).works().says("0 faults");
}

#[test]
fn an_event_is_added_by_hand_and_a_tension_ruled_on() {
    let program = Program::new();
    let mut session = Session::new(&program);
    let added = |parties: &str, quote: &str| {
        format!(
            "/admin event add kind:tension subtype:export_control parties:\"{parties}\" quote:\"{quote}\" \
             published:2025-04-04 topics:\"rare earths\" reason:\"no article read it\""
        )
    };
    let first = session.asks(&added("CN; US", "China put rare earths under licence."));
    let id = first["event"]["id"].as_str().unwrap().to_owned();
    assert_eq!(first["event"]["event"]["parties"][0]["role"], "actor");
    session.refuses(&added("CN; US", "China put rare earths under licence."), "was added before");
    session.refuses(&added("Atlantis", "It did."), "is no country I know");
    let open =
        |session: &mut Session| session.asks("/tensions status:open")["tensions"].as_array().unwrap().len();
    assert_eq!(open(&mut session), 1);
    session.asks(&format!("/admin tension resolve id:{id} reason:\"a deal was signed\""));
    assert_eq!(open(&mut session), 0);
    let shown = session.asks(&format!("/tension id:{id}"))["tension"].clone();
    assert_eq!(shown["status"], "resolved");
    assert!(shown["note"].as_str().unwrap().contains("by a curator's word of"), "{shown}");
    session.asks(&format!("/admin tension reopen id:{id} reason:\"it failed\""));
    assert_eq!(open(&mut session), 1);
    for change in [3, 2] {
        session.asks(&format!("/admin undo change:{change} confirm:yes"));
    }
    assert_eq!(open(&mut session), 1);
    // An undo of the adding takes the event out again.
    session.asks("/admin undo change:1 confirm:yes");
    assert_eq!(open(&mut session), 0);
    session.end();
}

#[test]
fn stored_articles_are_read_again_and_curators_corrections_stay() {
    let program = Program::new();
    let mut wrong = read(TAXED);
    wrong[0].scope = Some("umbrellas".to_owned());
    let changed = store(&program, TAXED, &wrong[..1]).remove(0);
    let met = read(MET);
    assert!(!met.is_empty());
    store(&program, MET, &[]);
    let mut invented = met[0].clone();
    invented.quote = EMPTY.to_owned();
    invented.evidence.quote = attache_extract::Span::new(0, EMPTY.len());
    let gone = store(&program, EMPTY, &[invented]).remove(0);
    let mut session = Session::new(&program);

    let told = session.asks("/admin reextract");
    assert_eq!(
        (&told["changed"], &told["gone"]),
        (&serde_json::json!([changed]), &serde_json::json!([gone]))
    );
    let new = told["new"][0].as_str().unwrap().to_owned();
    assert_eq!((&told["change"], told["articles"].as_u64()), (&Value::Null, Some(3)));
    assert_eq!(session.asks("/admin stats")["events"], 2, "nothing is changed yet");
    session.refuses("/admin reextract confirm:yes", "reason: say why");

    // A curator's correction of what would have changed survives.
    session.asks(&format!("/admin event edit id:{changed} field:scope value:parasols reason:\"as printed\""));
    let taken = session.asks("/admin reextract confirm:yes reason:\"new rules\"");
    assert_eq!((&taken["changed"], &taken["kept"]), (&serde_json::json!([]), &serde_json::json!([changed])));
    assert_eq!(session.asks(&format!("/event id:{changed}"))["event"]["scope"], "parasols");
    assert_eq!(session.asks(&format!("/event id:{gone}"))["deleted"], true);
    assert_eq!(session.asks(&format!("/event id:{new}"))["deleted"], false);
    assert_eq!(session.asks("/admin reextract")["new"], serde_json::json!([]), "read again, nothing differs");

    // One undo takes all of it back.
    let change = &taken["change"];
    let asked = session.asks(&format!("/admin undo change:{change}"));
    assert!(asked["would"].as_str().unwrap().contains("events that were changed together"), "{asked}");
    session.asks(&format!("/admin undo change:{change} confirm:yes"));
    assert_eq!(session.asks(&format!("/event id:{gone}"))["deleted"], false);
    assert_eq!(session.asks(&format!("/event id:{new}"))["deleted"], true);
    // And an undo of that puts all of it in force again.
    let last = session.asks("/admin history")["changes"][0]["id"].clone();
    session.asks(&format!("/admin undo change:{last} confirm:yes"));
    assert_eq!(session.asks(&format!("/event id:{gone}"))["deleted"], true);
    assert_eq!(session.asks(&format!("/event id:{new}"))["deleted"], false);
    session.end();
    program.run(&["check"]).works().says("0 faults");
}

#[test]
fn a_backup_and_exports_are_files() {
    let program = Program::new();
    store(&program, TAXED, &read(TAXED));
    let mut session = Session::new(&program);
    let backup = session.asks("/admin backup");
    let file = backup["file"].as_str().unwrap().to_owned();
    assert_eq!(backup["attached"], true);
    assert!(file.starts_with(&program.path("elsewhere").display().to_string()), "{file}");
    let table = session.asks("/admin export what:tariffs as_of:2025-07-01");
    assert!(table["file"].as_str().unwrap().ends_with(".csv"));
    session.end();
    let table = std::fs::read_to_string(program.path(table["file"].as_str().unwrap())).unwrap();
    assert!(table.starts_with("imposer,on,layer"), "{table}");
    let other = Program::new();
    let path = program.path(&file);
    other.run(&["import", path.to_str().unwrap()]).works().says("1 articles and 1 events taken in");
}
