//! The terminal: the main job, single commands, and what is told when one is wrong.

use std::process::Stdio;

use serde_json::Value;

use crate::program::Program;

#[test]
fn without_arguments_it_briefs_from_the_sample_and_takes_commands() {
    let program = Program::new();
    let ran =
        program.run_with(&[], "/engagements with:CN\n\nnonsense\nhelp tensions\n/quit\n/brief\n").works();
    assert!(ran.err.contains("No Discord token is set"));
    assert!(ran.err.contains("10 sample articles"));
    assert!(ran.err.contains("the shipped chronology"));
    let ran = ran
        .says("Brief: ")
        .says("latest first")
        .says("there is no command \"nonsense\"")
        .says("status:open|eased");
    assert_eq!(ran.out.matches("Brief: ").count(), 1, "after quit nothing runs");
    // The second start finds a store that is not empty.
    let again = program.run(&[]).works();
    assert!(!again.err.contains("sample") && !again.err.contains("chronology"));
}

#[test]
fn one_command_runs_and_its_data_is_json() {
    let program = Program::new();
    let ask = |command: &str| {
        let ran = program.run(&["console", "-c", command, "--json"]).works();
        serde_json::from_str::<Value>(&ran.out).unwrap()
    };
    let tariffs = ask("/tariffs status imposer:US on:CN as_of:2025-05-23T09:00-04:00");
    for key in ["as_of", "imposer", "on", "layers", "additional_total_percent", "next_expiry", "conflicts"] {
        assert!(tariffs.get(key).is_some(), "{key} in {tariffs}");
    }
    assert_eq!(tariffs["as_of"], "2025-05-23T09:00-04:00");
    assert!(ask("/tensions status:all")["tensions"].is_array());
    assert!(ask("/engagements")["total"].is_u64());
    assert!(ask("/brief period:all")["events"].as_array().is_some_and(|events| !events.is_empty()));
}

#[test]
fn a_wrong_command_is_an_error_with_the_nearest_right_one() {
    let program = Program::new();
    let run = |command: &str| program.run(&["console", "-c", command]);
    run("/tarifs").fails(1, "did you mean tariffs?");
    run("/tensions status:closed").fails(1, "one of: open, eased, resolved, lapsed, all");
    run("/tariffs status as_of:tomorrow").fails(1, "as_of: \"tomorrow\" is not a day");
    run("/engagements with:Atlantis").fails(1, "is no country I know");
    run("/event id:ffffffff").fails(1, "no event's id begins with");
    run("/subscribe kind:tension").fails(1, "channel's Discord id is needed");
    run("/admin ingest file:none.txt published:2025-05-23").fails(1, "none.txt: No such file");
}

#[test]
fn a_correction_made_in_the_terminal_is_seen_and_undone() {
    let program = Program::new();
    let run = |command: &str| program.run(&["console", "-c", command]);
    let data = program.run(&["console", "-c", "/engagements", "--json"]).works().out;
    let data: Value = serde_json::from_str(&data).unwrap();
    let id = data["engagements"][0]["id"].as_str().unwrap().to_owned();
    run(&format!("/admin edit id:{id} field:place value:Lima reason:\"was in Lima\""))
        .works()
        .says("in Lima");
    run(&format!("/event id:{id}")).works().says("edited by operator").says("was in Lima");
    run("/admin undo change:1").works();
    run(&format!("/admin delete id:{id} reason:test")).works();
    run("/admin history").works().says("taken out by operator");
    run(&format!("/admin delete id:{id} reason:again")).fails(1, "is so already");
}

#[test]
fn a_second_process_is_told_who_has_the_store() {
    let program = Program::new();
    let mut first = program.command(&["console"]);
    let mut first = first.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    // The first answer shows that the store is open.
    use std::io::{BufRead as _, BufReader, Write as _};
    let mut input = first.stdin.take().unwrap();
    input.write_all(b"/admin stats\n").unwrap();
    let mut line = String::new();
    // Kept open: a program whose reader has left ends.
    let mut output = BufReader::new(first.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    program.run(&["console", "-c", "/brief"]).fails(1, &format!("in use by process {}", first.id()));
    drop(input);
    std::io::copy(&mut output, &mut std::io::sink()).unwrap();
    first.wait().unwrap();
    program.run(&["console", "-c", "/brief"]).works();
}
