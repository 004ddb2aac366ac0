//! Rules of the house that a compiler does not check.

use std::fs;
use std::path::{Path, PathBuf};

use attache_bot::command::{Body, Command, OptKind};
use attache_bot::commands;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files_under(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                found.extend(files_under(&path, extension));
            }
        } else if path.extension().is_some_and(|ext| ext == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<_> = ["crates", "tests"]
        .iter()
        .flat_map(|folder| files_under(&root().join(folder), "rs"))
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! "))
        .collect();
    assert!(silent.is_empty(), "no module docs on the first line of {silent:#?}");
}

#[test]
fn no_folder_has_a_mod_rs() {
    let strays: Vec<_> = files_under(&root().join("crates"), "rs")
        .into_iter()
        .filter(|path| path.ends_with("mod.rs"))
        .collect();
    assert!(strays.is_empty(), "{strays:#?}: write `foo.rs` beside `foo/`");
}

#[test]
fn the_top_level_holds_what_the_readme_says() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "bot-config.example.toml",
        "crates",
        "tests",
        "target",
        "data",
    ];
    for entry in fs::read_dir(root()).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let own = name == "bot-config.toml";
        assert!(own || name.starts_with('.') || allowed.contains(&name.as_str()), "{name} at the top level");
    }
}

#[test]
fn the_readme_names_every_command() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for name in commands::ALL.iter().flat_map(|command| leaves("", command)) {
        assert!(readme.contains(&name), "README.md does not name `{name}`");
    }
}

/// The full names of what can be run, as a person types them.
fn leaves(before: &str, command: &Command) -> Vec<String> {
    let name =
        if before.is_empty() { format!("/{}", command.name) } else { format!("{before} {}", command.name) };
    match command.body {
        Body::Run { .. } => vec![name],
        Body::Group(members) => members.iter().flat_map(|member| leaves(&name, member)).collect(),
    }
}

/// Discord's limits on chat commands, from its documentation of application commands: the console
/// would not mind, so they are checked here once for both.
#[test]
fn commands_keep_discords_limits() {
    assert!(commands::ALL.len() <= 100);
    commands::ALL.iter().for_each(|command| check_command(command, 2));
}

fn check_command(command: &Command, depth: u8) {
    check_words(command.name, command.about);
    match command.body {
        Body::Group(subs) => {
            assert!(depth > 0 && !subs.is_empty() && subs.len() <= 25, "{}", command.name);
            subs.iter().for_each(|sub| check_command(sub, depth - 1));
        }
        Body::Run { options, .. } => {
            assert!(options.len() <= 25, "{}", command.name);
            assert!(
                options.is_sorted_by_key(|opt| !opt.required),
                "{}: required options first",
                command.name
            );
            for opt in options {
                check_words(opt.name, opt.about);
                if let OptKind::Word(words) = opt.kind {
                    let words = words();
                    assert!((1..=25).contains(&words.len()), "{} {}", command.name, opt.name);
                    assert!(words.iter().all(|word| (1..=100).contains(&word.chars().count())));
                }
            }
        }
    }
}

#[track_caller]
fn check_words(name: &str, about: &str) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    assert!((1..=32).contains(&name.len()) && name.chars().all(fits), "name {name:?}");
    assert!((1..=100).contains(&about.chars().count()), "{name}: {about:?}");
}
