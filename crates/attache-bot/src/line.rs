//! A call as a line, `/name sub option:value option:"two words"`: what a person types into the
//! terminal, and what a button on Discord stands for. Read by the commands' own definitions.

use crate::command::{Args, Body, Command, Fault, Opt, OptKind, Value};
use crate::commands;
use crate::console::{help, is_file};

/// The command a line names and the options it gives. Files are given as their paths.
///
/// # Errors
/// A fault of the user, when it names no command or an option that the command does not take so.
pub(crate) fn read(line: &str) -> Result<(&'static Command, Args), Fault> {
    let (command, args) = read_part(line)?;
    let Body::Run { options, .. } = command.body else {
        return Err(Fault::user(help::needs_subcommand(command)));
    };
    if let Some(opt) = options.iter().find(|opt| opt.required && !args.has(opt.name)) {
        return Err(Fault::user(format!("{} is missing: {}", opt.name, opt.about)));
    }
    Ok((command, args))
}

/// The same for a line that may lack options which are still to be asked for.
pub(crate) fn read_part(line: &str) -> Result<(&'static Command, Args), Fault> {
    let words = split(line)?;
    let path: Vec<&str> = words.iter().map(|word| word.trim_start_matches('/')).collect();
    let Some((command, used)) = commands::find(&path) else {
        let name = path.first().copied().unwrap_or_default();
        let names = commands::ALL.iter().map(|command| command.name);
        return Err(Fault::user(format!(
            "there is no command {name:?}{}; `help` lists all",
            meant(name, names)
        )));
    };
    let Body::Run { options, .. } = command.body else {
        return Err(Fault::user(help::needs_subcommand(command)));
    };
    let mut args = Args::default();
    for word in words.iter().skip(used) {
        let (opt, value) = option(command, options, word)?;
        args.set(opt.name, value);
    }
    Ok((command, args))
}

/// The line that [`read`] takes for this call. Files have no place in a line and are left out.
pub(crate) fn write(path: &str, args: &Args) -> String {
    let mut line = format!("/{path}");
    for (name, value) in args.iter() {
        if let Some(text) = plain(value) {
            line.push_str(&format!(" {name}:{}", quoted(&text)));
        }
    }
    line
}

/// A value as it is typed, without quotes; a file cannot be typed.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Whole(number) => Some(number.to_string()),
        Value::Flag(true) => Some("yes".to_owned()),
        Value::Flag(false) => Some("no".to_owned()),
        Value::Channel(id) | Value::Role(id) => Some(id.to_string()),
        Value::File { .. } => None,
    }
}

/// The words of a line that name its command.
pub(crate) fn path(line: &str) -> Vec<String> {
    let words = split(line).unwrap_or_default();
    let path: Vec<&str> = words.iter().map(|word| word.trim_start_matches('/')).collect();
    let used = commands::find(&path).map_or(0, |(_, used)| used);
    path.into_iter().take(used).map(str::to_owned).collect()
}

fn quoted(text: &str) -> String {
    let plain = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '"' || c == '\\');
    if plain {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The file options given, with their paths.
pub(crate) fn files(command: &Command, args: &Args) -> Vec<(&'static str, String)> {
    let Body::Run { options, .. } = command.body else { return Vec::new() };
    let given = options.iter().filter(|opt| is_file(opt.kind));
    given.filter_map(|opt| Some((opt.name, args.text(opt.name)?.to_owned()))).collect()
}

fn option(command: &Command, options: &'static [Opt], word: &str) -> Result<(&'static Opt, Value), Fault> {
    let known = || options.iter().map(|opt| opt.name);
    let named = word.split_once(':').filter(|(name, _)| !name.contains(char::is_whitespace));
    let Some((name, value)) = named else {
        // A lone text goes to the first required option: `/ask "who met whom?"`.
        let first = options.iter().find(|opt| opt.required);
        let opt = first
            .ok_or_else(|| Fault::user(format!("{word:?} is not option:value{}", help::options(options))))?;
        return value_of(opt, word).map(|value| (opt, value));
    };
    let opt = options.iter().find(|opt| opt.name == name).ok_or_else(|| {
        let hint = meant(name, known());
        Fault::user(format!("/{} has no option {name:?}{hint}{}", command.name, help::options(options)))
    })?;
    value_of(opt, value).map(|value| (opt, value))
}

/// The value that a text is for an option.
pub(crate) fn value_of(opt: &Opt, text: &str) -> Result<Value, Fault> {
    let wrong = |expected: String| Fault::user(format!("{}: {text:?} is not {expected}", opt.name));
    match opt.kind {
        OptKind::Text { max, .. } => {
            let long = text.chars().count();
            if long > usize::from(max) {
                return Err(Fault::user(format!("{}: {long} characters; at most {max} are taken", opt.name)));
            }
            Ok(Value::Text(text.to_owned()))
        }
        OptKind::Word(words) => {
            let words = words();
            let fits = words.contains(&text).then(|| Value::Text(text.to_owned()));
            fits.ok_or_else(|| wrong(format!("one of: {}", words.join(", "))))
        }
        OptKind::Whole { min, max } => {
            let number = text.parse().ok().filter(|number| (min..=max).contains(number));
            number.map(Value::Whole).ok_or_else(|| wrong(format!("a whole number from {min} to {max}")))
        }
        OptKind::Flag => match text {
            "yes" | "true" => Ok(Value::Flag(true)),
            "no" | "false" => Ok(Value::Flag(false)),
            _ => Err(wrong("yes or no".to_owned())),
        },
        OptKind::Channel => {
            let digits = text.trim_start_matches("<#").trim_end_matches('>');
            digits.parse().map(Value::Channel).map_err(|_| wrong("a channel's Discord id".to_owned()))
        }
        OptKind::Role => {
            let digits = text.trim_start_matches("<#").trim_end_matches('>');
            digits.parse().map(Value::Role).map_err(|_| wrong("a role's Discord id".to_owned()))
        }
        OptKind::File => Ok(Value::Text(text.to_owned())),
    }
}

/// Words by blanks; quotes keep blanks, also behind a colon.
fn split(line: &str) -> Result<Vec<String>, Fault> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    let mut begun = false;
    let mut chars = line.trim().chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            '\\' if quoted => word.extend(chars.next()),
            c if c.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                    begun = false;
                }
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if quoted {
        return Err(Fault::user("a quotation mark is not closed"));
    }
    if begun {
        words.push(word);
    }
    Ok(words)
}

/// "; did you mean …?" where a known name is near.
fn meant<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near = known.map(|other| (distance(name, other), other)).min();
    let near = near.filter(|(distance, other)| *distance <= 2 && *distance < other.len());
    near.map(|(_, other)| format!(" (did you mean {other}?)")).unwrap_or_default()
}

/// Edits from one name to the other (Levenshtein), on short names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(40).enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let step = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = step.min(before + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(line: &str, expected: &str) {
        let fault = read(line).map(|(command, _)| command.name).unwrap_err().to_string();
        assert!(fault.contains(expected), "{line}: {fault}");
    }

    #[test]
    fn a_line_becomes_a_command_and_its_options() {
        let (found, args) = read("/tariffs status imposer:US as_of:2025-05-23T09:00-04:00").unwrap();
        assert_eq!((found.name, args.text("as_of")), ("status", Some("2025-05-23T09:00-04:00")));
        let (found, args) = read("engagements person:\"Wang Yi\"").unwrap();
        assert_eq!((found.name, args.text("person")), ("engagements", Some("Wang Yi")));
        let (_, args) = read("/ask \"Who said: \\\"no\\\"?\"").unwrap();
        assert_eq!(args.text("question"), Some("Who said: \"no\"?"));
        let (_, args) = read("/ask question:\"Who said: \\\"no\\\"?\"").unwrap();
        assert_eq!(args.text("question"), Some("Who said: \"no\"?"));
    }

    #[test]
    fn a_call_is_read_as_it_was_written() {
        let mut args = Args::default();
        for nasty in
            ["Wang Yi", "", "a\"b", "back\\slash", "x:y z:1", "新华 社", " two  blanks ", "line\nbreak", "\\"]
        {
            args.set("question", Value::Text(nasty.to_owned()));
            let line = write("ask", &args);
            assert_eq!(read(&line).map(|(_, args)| args).ok().as_ref(), Some(&args), "{line}");
        }
        let (_, args) = read("/tariffs deadlines within:9 chart:no on:CN").unwrap();
        assert_eq!(write("tariffs deadlines", &args), "/tariffs deadlines chart:no on:CN within:9");
    }

    #[test]
    fn what_is_wrong_is_named() {
        check_refused("/tarifs status", "did you mean tariffs?");
        check_refused("/tariffs", "status, history, deadlines");
        check_refused("/tensions colour:red", "no option \"colour\"");
        check_refused("/tensions statu:open", "did you mean status?");
        check_refused("/tensions status:closed", "one of: open, eased, resolved, lapsed, all");
        check_refused("/tariffs deadlines within:soon", "a whole number from 1 to 3650");
        check_refused("/event", "id is missing");
        check_refused("/ask question:\"who", "not closed");
        check_refused("", "there is no command");
    }
}
