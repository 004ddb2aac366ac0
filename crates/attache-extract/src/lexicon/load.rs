//! Reads the tables and says every fault with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::lexicon::lookup::{Class, Phrases};
use crate::lexicon::{Body, Holder, Lexicon, Place, State, StateForm, Title, TitlePart};
use crate::mention::listed_words;
use crate::state::StateCode;
use crate::surname::surname;
use crate::vocabulary::{Vocabulary, vocabulary};

vocabulary! {
    /// Rank of an office.
    Level: "level" {
        /// Heads of state and government.
        Leader = "leader",
        /// Ministers and their equals.
        Minister = "minister",
        /// Deputies, ambassadors, chief negotiators.
        ViceMinister = "vice_minister",
        /// Everybody below.
        Working = "working",
    }
}

/// One thing wrong in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// Line, counted from 1; 1 is the header.
    pub line: u64,
    /// Column, counted from 1; 0 where the whole line is meant.
    pub column: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for Fault {}

/// Columns per table, in their order.
const COLUMNS: &[(&str, &[&str])] = &[
    ("bodies", &["name", "others", "country", "kind", "source", "added"]),
    ("groups", &["noun", "kind", "source", "added"]),
    ("people", &["name", "others", "short", "country", "office", "level", "from", "to", "source", "added"]),
    ("places", &["name", "others", "country", "source", "added"]),
    (
        "states",
        &["code", "name", "others", "adjectives", "people", "capitals", "metonyms", "source", "added"],
    ),
    ("titles", &["form", "part", "level", "country", "source", "added"]),
    ("topics", &["phrase", "topic", "source", "added"]),
];

/// Columns that may stay empty.
const OPTIONAL: &[&str] = &[
    "others",
    "short",
    "country",
    "office",
    "level",
    "from",
    "to",
    "adjectives",
    "people",
    "capitals",
    "metonyms",
];

/// One line of a table.
struct Row {
    line: u64,
    columns: &'static [&'static str],
    fields: csv::StringRecord,
}

impl Row {
    fn at(&self, column: &str) -> usize {
        self.columns.iter().position(|&name| name == column).unwrap_or(usize::MAX)
    }

    fn get(&self, column: &str) -> &str {
        self.fields.get(self.at(column)).unwrap_or("")
    }

    fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|part| !part.is_empty())
    }
}

struct Reader<'a> {
    file: &'a str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, line: u64, column: usize, message: impl Into<String>) {
        self.faults.push(Fault { file: self.file.to_owned(), line, column, message: message.into() });
    }

    /// The value of a column, or a fault.
    fn value<T>(&mut self, row: &Row, column: &str, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let text = row.get(column);
        if text.is_empty() {
            return None;
        }
        read(text).map_err(|message| self.fault(row.line, row.at(column) + 1, message)).ok()
    }

    fn country(&mut self, row: &Row) -> Option<StateCode> {
        self.value(row, "country", code)
    }

    fn level(&mut self, row: &Row) -> Option<Level> {
        self.value(row, "level", |word| {
            Level::parse(word).ok_or_else(|| format!("{word:?} is no level; levels are: {}", Level::words()))
        })
    }

    fn rows(&mut self, columns: &'static [&'static str], content: &str) -> Vec<Row> {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(content.as_bytes());
        let mut rows: Vec<Row> = Vec::new();
        for (index, record) in reader.records().enumerate() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.fault(line, 0, "the line is not well-formed CSV in UTF-8");
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            if index == 0 {
                self.header(columns, &record);
                continue;
            }
            if record.len() != columns.len() {
                self.fault(
                    line,
                    0,
                    format!("{} fields where the header has {}", record.len(), columns.len()),
                );
                continue;
            }
            for (at, (field, column)) in record.iter().zip(columns).enumerate() {
                self.field(line, at + 1, column, field);
            }
            rows.push(Row { line, columns, fields: record });
        }
        rows
    }

    fn header(&mut self, columns: &[&str], record: &csv::StringRecord) {
        for at in 0..record.len().max(columns.len()) {
            match (record.get(at), columns.get(at)) {
                (Some(found), Some(&wanted)) if found == wanted => {}
                (Some(found), Some(wanted)) => {
                    self.fault(1, at + 1, format!("column {found:?} where {wanted:?} belongs"));
                }
                (Some(found), None) => self.fault(1, at + 1, format!("unknown column {found:?}")),
                (None, wanted) => {
                    self.fault(1, at + 1, format!("column {:?} is missing", wanted.unwrap_or(&"")))
                }
            }
        }
    }

    fn field(&mut self, line: u64, at: usize, column: &str, field: &str) {
        let blank = |part: &str| part != part.trim() || part.contains("  ");
        if blank(field) || field.split('|').any(|part| blank(part) || part.is_empty() && !field.is_empty()) {
            self.fault(line, at, format!("stray blanks or an empty part in {field:?}"));
        }
        if field.is_empty() && !OPTIONAL.contains(&column) {
            self.fault(line, at, format!("{column} is missing"));
        }
        if matches!(column, "from" | "to" | "added") && !field.is_empty() && !dated(field) {
            self.fault(line, at, format!("{field:?} is no date; write 2025, 2025-05 or 2025-05-14"));
        }
    }
}

fn code(text: &str) -> Result<StateCode, String> {
    let upper = text.bytes().all(|b| b.is_ascii_uppercase());
    match text.parse() {
        Ok(code) if upper => Ok(code),
        _ => Err(format!("{text:?} is not a country code: two capitals, as in ISO 3166-1, or EU")),
    }
}

/// A day, a month or a year.
fn dated(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    full.len() == 10 && full.parse::<jiff::civil::Date>().is_ok()
}

/// Reads tables; what is faulty is left out and reported.
pub(super) fn read(tables: &[(&str, &str)]) -> (Lexicon, Vec<Fault>) {
    let mut lexicon = Lexicon {
        states: Vec::new(),
        by_code: Vec::new(),
        bodies: Vec::new(),
        titles: Vec::new(),
        people: Vec::new(),
        by_surname: BTreeMap::new(),
        topics: Vec::new(),
        places: Vec::new(),
        companies: BTreeSet::new(),
        phrases: Phrases::default(),
    };
    let mut faults = Vec::new();
    for &(file, content) in tables {
        let mut reader = Reader { file, faults: Vec::new() };
        let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".csv")).unwrap_or(file);
        match COLUMNS.iter().find(|(name, _)| *name == stem) {
            None => {
                let known: Vec<_> = COLUMNS.iter().map(|(name, _)| *name).collect();
                reader.fault(0, 0, format!("unknown table; tables are: {}", known.join(", ")));
            }
            Some((name, columns)) => {
                let rows = reader.rows(columns, content);
                reader.repeated(&rows);
                fill(&mut lexicon, name, &rows, &mut reader);
            }
        }
        faults.append(&mut reader.faults);
    }
    for (word, traits) in listed_words() {
        lexicon.phrases.list(&word, traits);
    }
    (lexicon, faults)
}

impl Reader<'_> {
    /// A key that stands twice, and rows out of order.
    fn repeated(&mut self, rows: &[Row]) {
        fn key(row: &Row) -> impl Iterator<Item = &str> {
            // A person may hold several offices in turn.
            let keys: &[&str] = if row.at("office") < row.columns.len() {
                &["name", "office", "from", "to"]
            } else {
                &row.columns[..1]
            };
            keys.iter().map(|column| row.get(column))
        }
        for pair in rows.windows(2) {
            let [before, after] = pair else { continue };
            if key(before).eq(key(after)) {
                let twice = key(after).collect::<Vec<_>>().join(", ");
                self.fault(after.line, 1, format!("{twice:?} stands twice"));
            } else if before.fields.iter().gt(after.fields.iter()) {
                self.fault(after.line, 1, "the rows are not sorted");
            }
        }
    }
}

fn fill(lexicon: &mut Lexicon, table: &str, rows: &[Row], reader: &mut Reader<'_>) {
    match table {
        "states" => rows.iter().for_each(|row| state(lexicon, row, reader)),
        "bodies" => rows.iter().for_each(|row| body(lexicon, row, reader)),
        "titles" => rows.iter().for_each(|row| title(lexicon, row, reader)),
        "people" => people(lexicon, rows, reader),
        "places" => rows.iter().for_each(|row| place(lexicon, row, reader)),
        "groups" => rows.iter().for_each(|row| lexicon.phrases.add(row.get("noun"), Class::Group, 0)),
        _ => rows.iter().for_each(|row| {
            lexicon.phrases.add(row.get("phrase"), Class::Topic, lexicon.topics.len());
            lexicon.topics.push(row.get("topic").to_owned());
        }),
    }
}

fn state(lexicon: &mut Lexicon, row: &Row, reader: &mut Reader<'_>) {
    let Some(code) = reader.value(row, "code", code) else { return };
    let at = lexicon.states.len();
    let forms = [
        ("name", StateForm::Name),
        ("others", StateForm::Name),
        ("adjectives", StateForm::Adjective),
        ("people", StateForm::People),
        ("capitals", StateForm::Capital),
        ("metonyms", StateForm::Metonym),
    ];
    for (column, form) in forms {
        row.list(column).for_each(|phrase| lexicon.phrases.add(phrase, Class::State(form), at));
    }
    let others = row.list("others").map(str::to_owned).collect();
    if lexicon.by_code.len() <= code.number() {
        lexicon.by_code.resize(code.number() + 1, 0);
    }
    if let Some(row) = lexicon.by_code.get_mut(code.number()) {
        *row = at + 1;
    }
    lexicon.states.push(State { code, name: row.get("name").to_owned(), others });
}

fn body(lexicon: &mut Lexicon, row: &Row, reader: &mut Reader<'_>) {
    let country = reader.country(row);
    let at = lexicon.bodies.len();
    let name = row.get("name");
    row.list("others").chain([name]).for_each(|phrase| lexicon.phrases.add(phrase, Class::Body, at));
    if row.get("kind") == "company" {
        lexicon.companies.extend(row.list("others").chain([name]).map(str::to_owned));
    }
    lexicon.bodies.push(Body { name: name.to_owned(), country, noun: row.get("kind") == "noun" });
}

fn title(lexicon: &mut Lexicon, row: &Row, reader: &mut Reader<'_>) {
    let part = reader.value(row, "part", |word| match word {
        "whole" => Ok(TitlePart::Whole),
        "head" => Ok(TitlePart::Head),
        "weak" => Ok(TitlePart::Weak),
        "prefix" => Ok(TitlePart::Prefix),
        "portfolio" => Ok(TitlePart::Portfolio),
        "short" => Ok(TitlePart::Short),
        _ => Err(format!("{word:?} is no part; parts are: whole, head, weak, prefix, portfolio, short")),
    });
    let (level, country) = (reader.level(row), reader.country(row));
    let Some(part) = part else { return };
    lexicon.phrases.add(row.get("form"), Class::Title, lexicon.titles.len());
    lexicon.titles.push(Title { form: row.get("form").to_owned(), part, level, country });
}

/// The highest rank of a person over all rows; the country where all rows agree.
fn people(lexicon: &mut Lexicon, rows: &[Row], reader: &mut Reader<'_>) {
    let mut known: BTreeMap<(String, Option<StateCode>), usize> = BTreeMap::new();
    for row in rows {
        let (country, level) = (reader.country(row), reader.level(row));
        if let (Some(from), Some(to)) = (Some(row.get("from")), Some(row.get("to")))
            && !from.is_empty()
            && !to.is_empty()
            && from.get(..4) > to.get(..4)
        {
            reader.fault(row.line, row.at("to") + 1, "the office ends before it begins");
        }
        let name = row.get("name").to_owned();
        let at = *known.entry((name.clone(), country)).or_insert_with(|| {
            let row = lexicon.people.len();
            if let Some(surname) = surname(&name, country) {
                let rows = lexicon.by_surname.entry(surname.to_lowercase()).or_default();
                rows.extend(u32::try_from(row));
            }
            lexicon.people.push(Holder { name, country, level, offices: Vec::new() });
            row
        });
        if let Some(holder) = lexicon.people.get_mut(at) {
            holder.level = holder.level.into_iter().chain(level).min();
            holder.offices.push(row.get("office").to_lowercase());
        }
        row.list("others")
            .chain([row.get("name")])
            .for_each(|name| lexicon.phrases.add(name, Class::Person, at));
        // "ISHIBA Shigeru", as papers of these states print it.
        if country.is_some_and(|code| matches!(code.as_str(), "JP" | "HU"))
            && let Some((given, family)) = row.get("name").split_once(' ').filter(|(_, f)| !f.contains(' '))
        {
            lexicon.phrases.add(&format!("{family} {given}"), Class::Person, at);
        }
        row.list("short").for_each(|name| lexicon.phrases.add(name, Class::Surname, at));
    }
}

fn place(lexicon: &mut Lexicon, row: &Row, reader: &mut Reader<'_>) {
    let country = reader.country(row);
    let at = lexicon.places.len();
    row.list("others")
        .chain([row.get("name")])
        .for_each(|phrase| lexicon.phrases.add(phrase, Class::Place, at));
    lexicon.places.push(Place { name: row.get("name").to_owned(), country });
}
