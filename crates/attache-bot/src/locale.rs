//! The asker's language: labels, dates and the words of closed lists. Sentences of sources, names of
//! people and headlines stay as they are printed.
//!
//! Commands speak English and know no language; a renderer is told one. The catalogue
//! `locale/zh-CN.toml` says, for each English message, the same with its holes `{…}` in place, so a
//! message nobody translated yet is shown in English and nothing is lost. What stands in a hole is
//! put into the language in turn where it is a word, a day or a list of such.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::command::{Command, Opt};

/// The catalogue of simplified Chinese.
const CHINESE: &str = include_str!("../locale/zh-CN.toml");

/// A language that answers are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English: what commands speak.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

/// The names of a command or an option in one language.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) about: String,
    /// Of a command: its options, by their English names.
    #[serde(default)]
    pub(crate) options: BTreeMap<String, Named>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// By path, such as `tariffs status`.
    commands: BTreeMap<String, Named>,
    /// Options that several commands have.
    options: BTreeMap<String, Named>,
    /// Words of closed lists, and single labels.
    words: BTreeMap<String, String>,
    /// Messages with holes.
    messages: BTreeMap<String, String>,
}

/// A catalogue made ready for looking up.
#[derive(Debug)]
struct Catalogue {
    commands: BTreeMap<String, Named>,
    options: BTreeMap<String, Named>,
    words: BTreeMap<String, String>,
    messages: Vec<Message>,
}

/// A message: the fixed parts of the English one, and the translation's parts with the holes that
/// stand between them.
#[derive(Debug)]
struct Message {
    fixed: Vec<String>,
    holes: Vec<String>,
    said: String,
}

fn chinese() -> Option<&'static Catalogue> {
    static READ: OnceLock<Option<Catalogue>> = OnceLock::new();
    // The catalogue is part of the program; a test reads it.
    READ.get_or_init(|| toml::from_str(CHINESE).ok().map(Catalogue::of)).as_ref()
}

impl Locale {
    /// The language of one of Discord's locales; English for those that are not spoken here.
    #[must_use]
    pub fn of(discord: &str) -> Self {
        if discord == "zh-CN" { Self::Chinese } else { Self::English }
    }

    fn catalogue(self) -> Option<&'static Catalogue> {
        match self {
            Self::English => None,
            Self::Chinese => chinese(),
        }
    }

    /// A message of ours in this language.
    #[must_use]
    pub fn text(self, english: &str) -> Cow<'_, str> {
        let said = self.catalogue().and_then(|catalogue| catalogue.say(self, english, 0));
        said.map_or(Cow::Borrowed(english), Cow::Owned).into_owned().into()
    }

    /// A day as it is written in this language. A bare day has no zone, and so is never shown as an
    /// instant: that would be another day for some reader.
    #[must_use]
    pub fn day(self, day: Date) -> String {
        match self {
            Self::English => day.strftime("%-d %B %Y").to_string(),
            Self::Chinese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }
}

/// The names of a command and of its options in Chinese; `path` as in `tariffs status`.
pub(crate) fn command_in_chinese(path: &str, _: &Command) -> Option<&'static Named> {
    chinese()?.commands.get(path)
}

/// The names of an option in Chinese.
pub(crate) fn option_in_chinese(path: &str, option: &Opt) -> Option<&'static Named> {
    let catalogue = chinese()?;
    let own = catalogue.commands.get(path).and_then(|command| command.options.get(option.name));
    own.or_else(|| catalogue.options.get(option.name))
}

impl Catalogue {
    fn of(file: File) -> Self {
        let mut messages: Vec<_> =
            file.messages.into_iter().map(|(english, said)| Message::of(&english, said)).collect();
        // What says most in fixed words is tried first.
        messages.sort_by_key(|message| std::cmp::Reverse(message.says()));
        Self { commands: file.commands, options: file.options, words: file.words, messages }
    }

    /// `None` where nothing is to be said otherwise.
    fn say(&self, locale: Locale, english: &str, depth: usize) -> Option<String> {
        /// Messages within messages; ours are not deeper.
        const DEEPEST: usize = 4;
        let bare = english.trim();
        if bare.is_empty() || depth > DEEPEST {
            return None;
        }
        if let Some(word) = self.words.get(bare) {
            return Some(word.clone());
        }
        if let Some(day) = read_day(bare) {
            return Some(locale.day(day));
        }
        if let Some(month) = read_month(bare) {
            return Some(format!("{}年{}月", month.year(), month.month()));
        }
        if let Some(said) = self.row(locale, bare, " · ", " · ", depth) {
            return Some(said);
        }
        let (telling, short): (Vec<_>, Vec<_>) =
            self.messages.iter().partition(|message| message.says() >= TELLING);
        let read = |messages: &[&Message]| {
            messages.iter().find_map(|message| self.filled(locale, message, english, depth))
        };
        if let Some(said) = read(&telling) {
            return Some(said);
        }
        // A row of statements, each said by itself; a short message would take the row for its hole.
        self.row(locale, bare, "; ", "；", depth)
            .or_else(|| read(&short))
            .or_else(|| self.row(locale, bare, ", ", "，", depth))
    }

    fn filled(&self, locale: Locale, message: &Message, english: &str, depth: usize) -> Option<String> {
        let forms = [english, english.trim_end(), english.trim()];
        let held = forms.into_iter().find_map(|form| message.read(form))?;
        let said = |text: &&str| self.say(locale, text, depth + 1).unwrap_or_else(|| (*text).to_owned());
        Some(message.fill(&held.iter().map(said).collect::<Vec<_>>()))
    }

    /// Several texts in a row, where at least one is said otherwise; words of lists stand closer.
    fn row(&self, locale: Locale, text: &str, between: &str, wide: &str, depth: usize) -> Option<String> {
        let parts: Vec<_> = text.split(between).collect();
        if parts.len() < 2 {
            return None;
        }
        let said: Vec<_> = parts.iter().map(|part| self.say(locale, part, depth + 1)).collect();
        if said.iter().all(Option::is_none) {
            return None;
        }
        let list = parts.iter().all(|part| !part.contains(' ') || self.words.contains_key(*part));
        let between = if list && wide == "，" { "、" } else { wide };
        let one = |(part, said): (&&str, Option<String>)| said.unwrap_or_else(|| (*part).to_owned());
        Some(parts.iter().zip(said).map(one).collect::<Vec<_>>().join(between))
    }
}

/// Fixed letters from which on a message is known by itself, whatever stands in its holes.
const TELLING: usize = 10;

/// "10 April 2025", "10 Apr 2025".
fn read_day(text: &str) -> Option<Date> {
    text.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    Date::strptime("%d %B %Y", text).or_else(|_| Date::strptime("%d %b %Y", text)).ok()
}

/// "April 2025", by its first day.
fn read_month(text: &str) -> Option<Date> {
    text.starts_with(|c: char| c.is_ascii_uppercase()).then_some(())?;
    Date::strptime("%d %B %Y", format!("1 {text}")).ok()
}

impl Message {
    /// How many letters are fixed.
    fn says(&self) -> usize {
        self.fixed.iter().map(String::len).sum()
    }

    fn of(english: &str, said: String) -> Self {
        let (mut fixed, mut holes) = (vec![String::new()], Vec::new());
        let mut rest = english;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
            if let Some(last) = fixed.last_mut() {
                last.push_str(before);
            }
            holes.push(name.to_owned());
            fixed.push(String::new());
            rest = behind;
        }
        if let Some(last) = fixed.last_mut() {
            last.push_str(rest);
        }
        Self { fixed, holes, said }
    }

    /// What stands in the holes of a text that is this message. No hole is empty; one named `n` is a
    /// number.
    fn read<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, others) = self.fixed.split_first()?;
        let mut rest = text.strip_prefix(first.as_str())?;
        let mut held = Vec::new();
        for (n, part) in others.iter().enumerate() {
            let last = n + 1 == others.len();
            let (hole, behind) =
                if last { (rest.strip_suffix(part.as_str())?, "") } else { rest.split_once(part.as_str())? };
            let number = |text: &str| text.trim().bytes().all(|b| b.is_ascii_digit() || b".,+".contains(&b));
            let counted = self.holes.get(n).is_some_and(|name| name == "n");
            if hole.trim().is_empty() || counted && !number(hole) {
                return None;
            }
            held.push(hole);
            rest = behind;
        }
        (rest.is_empty() || !others.is_empty()).then_some(held)
    }

    fn fill(&self, held: &[String]) -> String {
        let mut said = self.said.clone();
        for (name, text) in self.holes.iter().zip(held) {
            // A name that stands twice is filled from its first place.
            said = said.replacen(&format!("{{{name}}}"), text, 1);
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(english: &str, expected: &str) {
        assert_eq!(Locale::Chinese.text(english), expected);
        assert_eq!(Locale::English.text(english), english);
    }

    #[test]
    fn messages_words_and_days_are_said_in_chinese() {
        check("23 engagements, latest first", "23 次往来，最新在前");
        check("took place; stated as a fact", "已发生；作为事实陈述");
        check("10 April 2025", "2025年4月10日");
        check("Tariffs of US on CN goods as of 10 April 2025", "US对CN商品的关税，截至2025年4月10日");
        check("from April 2025", "自 2025年4月");
        assert_eq!(Locale::Chinese.day(date(2025, 5, 14)), "2025年5月14日");
    }

    #[test]
    fn what_is_not_ours_stays_as_it_is() {
        for text in ["Wang Yi", "", " ", "They met, and that was all", "{", "}{", "1 2 3"] {
            check(text, text);
        }
    }

    /// Paths of commands and options without a name or a line of help, or with one Discord refuses.
    fn nameless(command: &Command, path: &str, found: &mut Vec<String>) {
        let good = |named: Option<&Named>| {
            named.is_some_and(|named| {
                let name = named.name.chars();
                (1..=32).contains(&name.clone().count())
                    && name.clone().all(|c| c.is_alphabetic() || c.is_numeric() || "-_".contains(c))
                    && !named.name.chars().any(char::is_uppercase)
                    && (1..=100).contains(&named.about.chars().count())
                    && !named.name.is_ascii()
            })
        };
        if !good(command_in_chinese(path, command)) {
            found.push(format!("/{path}"));
        }
        match &command.body {
            crate::command::Body::Run { options, .. } => {
                for option in options.iter().filter(|option| !good(option_in_chinese(path, option))) {
                    found.push(format!("/{path} {}", option.name));
                }
                let names: Vec<_> = options
                    .iter()
                    .filter_map(|option| Some(&option_in_chinese(path, option)?.name))
                    .collect();
                let distinct: std::collections::BTreeSet<_> = names.iter().collect();
                if distinct.len() < names.len() {
                    found.push(format!("/{path}: two options have one name: {names:?}"));
                }
            }
            crate::command::Body::Group(subs) => {
                subs.iter().for_each(|sub| nameless(sub, &format!("{path} {}", sub.name), found));
            }
        }
    }

    #[test]
    fn every_command_and_option_has_a_chinese_name() {
        let mut found = Vec::new();
        for command in crate::commands::ALL {
            nameless(command, command.name, &mut found);
        }
        assert!(found.is_empty(), "{} without: {found:#?}", found.len());
    }

    #[test]
    fn every_translation_has_the_holes_of_its_message() {
        let file: File = toml::from_str(CHINESE).unwrap();
        for (english, said) in &file.messages {
            let holes = |text: &str| {
                let mut holes = Message::of(text, String::new()).holes;
                holes.sort();
                holes
            };
            assert_eq!(holes(english), holes(said), "{english}");
            let distinct: std::collections::BTreeSet<_> = holes(english).into_iter().collect();
            assert_eq!(distinct.len(), holes(english).len(), "a name twice in {english}");
            assert_ne!(
                Message::of(english, String::new()).fixed.concat().trim(),
                "",
                "{english} fits everything"
            );
        }
    }
}
