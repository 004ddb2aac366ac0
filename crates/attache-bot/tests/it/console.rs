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
    run("/subscribe kinds:tension").fails(1, "channel's Discord id is needed");
    run("/admin ingest file:none.txt published:2025-05-23").fails(1, "none.txt: No such file");
}

#[test]
fn a_correction_made_in_the_terminal_is_seen_and_undone() {
    let program = Program::new();
    let run = |command: &str| program.run(&["console", "-c", command]);
    let data = program.run(&["console", "-c", "/engagements", "--json"]).works().out;
    let data: Value = serde_json::from_str(&data).unwrap();
    let id = data["engagements"][0]["id"].as_str().unwrap().to_owned();
    run(&format!("/admin event edit id:{id} field:place value:Lima reason:\"was in Lima\""))
        .works()
        .says("in Lima");
    run(&format!("/event id:{id}")).works().says("edited by operator").says("was in Lima");
    run("/admin undo change:1 confirm:yes").works();
    run(&format!("/admin event delete id:{id} reason:test confirm:yes")).works();
    run("/admin history").works().says("taken out by operator");
    run(&format!("/admin event delete id:{id} reason:again confirm:yes")).fails(1, "is so already");
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

#[test]
fn the_ledger_answers_from_the_chronology() {
    let program = Program::new();
    program.run(&["init"]).works().says("events of the shipped chronology");
    let run = |command: &str| program.run(&["console", "-c", command]).works();
    run("/tariffs status imposer:US on:CN as_of:2025-05-23T09:00-04:00")
        .says("Together 30%: 20 IEEPA fentanyl + 10 IEEPA reciprocal")
        .says("in 81 days (IEEPA reciprocal): unless prolonged, 24 percentage points come");
    run("/tariffs status imposer:CN on:US as_of:2026-10-05T09:00+08:00")
        .says("Sources differ on CN answer to the reciprocal tariff: end: 2026-11-10")
        .says("an official text weighs more than an unconfirmed");
    run("/tariffs status imposer:US on:CN list:\"List 3\" as_of:2019-01-15")
        .says("the rate rises from 10% to 25%");
    run("/compare as_of_a:2025-04-15 as_of_b:2025-05-23").says("145% → 30%").says("125% → 10%");
    run("/tension id:cn-re-oct9 as_of:2025-12-01")
        .says("eased until 10 November 2026")
        .says("open again if its suspension ends on 2026-11-10")
        .says("in this thread because: the chronology counts it to cn-re-oct9");
    run("/tariffs deadlines within:60 as_of:2026-10-05").says("10 Nov 2026 (36 days): CN on US");
    run("/engagements with:US party:CN since:2026-09-01").says("from a news digest only");
    let wrong = |command: &str| program.run(&["console", "-c", command]);
    wrong("/compare as_of_a:2025-05-23 as_of_b:2025-04-15").fails(1, "give the earlier one first");
    wrong("/tension id:nothing").fails(1, "no tension's id begins with");
    wrong("/tariffs history chart:yes").fails(1, "a chart shows a pair; add on:");
}

#[test]
fn a_chart_is_a_file_and_a_view_a_table() {
    let program = Program::new();
    program.run(&["init"]).works();
    for (command, file) in [
        ("/tariffs history on:CN chart:yes", "rates-us-cn.png"),
        ("/tariffs deadlines within:900 as_of:2026-10-05 chart:yes", "deadlines.png"),
        ("/engagements with:CN chart:yes", "engagements.png"),
    ] {
        program.run(&["console", "-c", command]).works().says(&format!("Chart written to {file}"));
        assert!(std::fs::read(program.path(file)).unwrap().starts_with(b"\x89PNG\r\n\x1a\n"), "{file}");
    }
    program.run(&["console", "-c", "/tariffs history on:CN chart:yes"]).works().says("rates-us-cn-2.png");
    for (view, cell) in [
        ("tariffs", "IEEPA-fentanyl"),
        ("tensions", "cn-re-oct9"),
        ("engagements", "Scott Bessent, Treasury Secretary, US"),
        ("deadlines", "comes_back"),
    ] {
        let args = ["export", "--format", "csv", "--view", view, "--as-of", "2026-01-15"];
        program.run(&args).works().says(cell);
    }
    program
        .run(&["export", "--format", "ics", "--as-of", "2026-10-05"])
        .works()
        .says("DTSTART;VALUE=DATE:20261110")
        .says("END:VCALENDAR");
    program.run(&["export", "--format", "csv", "--as-of", "soon"]).fails(1, "is not a day");
}

#[test]
fn which_source_is_followed_can_be_settled_and_a_move_put_elsewhere() {
    let program = Program::new();
    program.run(&["init"]).works();
    let ask = |command: &str| {
        let ran = program.run(&["console", "-c", command, "--json"]).works();
        serde_json::from_str::<Value>(&ran.out).unwrap()
    };
    let status = "/tariffs status imposer:CN on:US as_of:2026-10-05";
    let before = ask(status);
    let (other, followed) = (&before["conflicts"][0]["other"], &before["conflicts"][0]["followed"]);
    let (other, followed) = (other.as_str().unwrap(), followed.as_str().unwrap());
    assert_eq!(before["next_expiry"]["date"], "2026-11-10");
    let settle =
        format!("/admin tariff settle follow:{other} over:{followed} reason:\"read at the ministry\"");
    let change = ask(&settle)["change"].clone();
    let after = ask(status);
    assert_eq!(
        (&after["next_expiry"]["date"], after["conflicts"].as_array().unwrap().len()),
        (&"2027-01-10".into(), 0)
    );
    program.run(&["console", "-c", &settle]).fails(1, "settled so already");
    program.run(&["console", "-c", &format!("/admin undo change:{change} confirm:yes")]).works();
    assert_eq!(ask(status)["next_expiry"], before["next_expiry"]);
    let thread = ask("/tension id:us-teapot");
    let moved = thread["moves"][1]["event"]["id"].as_str().unwrap();
    ask(&format!("/admin tension link id:{moved} to:own reason:\"another matter\""));
    assert_eq!(ask("/tension id:us-teapot")["moves"].as_array().unwrap().len(), 1);
}
