//! Articles with the events a careful reader takes from them, as files of `corpus/`.
//!
//! `NAME.md` is the article: lines of `key: value` between two lines `---`, then the text.
//! `NAME.jsonl` has its events, a line each, in the form in which `attache extract --jsonl` writes
//! them, without evidence; `"optional": true` marks those on which careful readers may differ.
//!
//! Short texts stand in `briefs/` and `drills/`: a line each with `text`, `published` and `events`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use attache_extract::event::{Factuality, Percent};
use attache_extract::{Act, Article, Event, Extractor, Kind, Role, StateCode, Vocabulary as _};
use jiff::civil::Date;
use serde_json::Value;

/// An article and its events.
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) published: Date,
    pub(crate) text: String,
    pub(crate) events: Vec<Gold>,
}

/// What one event is compared by, of the reader and of the annotation alike.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gold {
    pub(crate) act: Act,
    /// States with what they do, sorted.
    pub(crate) sides: Vec<(StateCode, Role)>,
    /// First and last day.
    pub(crate) days: Option<(Date, Date)>,
    /// `value`, `from` and `to`.
    pub(crate) rate: [Option<Percent>; 3],
    pub(crate) factuality: Factuality,
    pub(crate) quote: String,
    pub(crate) optional: bool,
}

impl Case {
    /// What the reader finds in the article.
    pub(crate) fn read(&self, extractor: &Extractor) -> Vec<Gold> {
        let article = Article { title: Some(&self.title), ..Article::new(&self.text, self.published) };
        extractor.extract(&article).events.iter().map(Gold::of).collect()
    }
}

impl Gold {
    fn of(event: &Event) -> Self {
        let rate = event.rate.as_ref().map_or([None; 3], |rate| [rate.value, rate.from, rate.to]);
        let sides = event.parties.iter().filter_map(|party| Some((party.country?, party.role)));
        Self {
            act: event.act.clone(),
            sides: sorted(sides),
            days: event.date.interval,
            rate,
            factuality: event.factuality,
            quote: event.quote.clone(),
            optional: false,
        }
    }

    fn parse(line: &str) -> Option<Self> {
        Self::of_value(&serde_json::from_str(line).ok()?)
    }

    fn of_value(event: &Value) -> Option<Self> {
        let word = |key: &str| event.get(key).and_then(Value::as_str);
        let day = |key: &str| event.get("date")?.get(key)?.as_str()?.parse::<Date>().ok();
        let part = |key: &str| Percent::parse(&event.get("rate")?.get(key)?.to_string());
        let parties = event.get("parties").and_then(Value::as_array).into_iter().flatten();
        let side = |party: &Value| {
            let code = party.get("country")?.as_str()?.parse().ok()?;
            Some((code, Role::parse(party.get("role")?.as_str()?)?))
        };
        let (first, last) = (day("start"), day("end"));
        Some(Self {
            act: Act::new(Kind::parse(word("kind")?)?, word("subtype")?).ok()?,
            sides: sorted(parties.filter_map(side)),
            days: first.or(last).zip(last.or(first)),
            rate: [part("value"), part("from"), part("to")],
            factuality: Factuality::parse(word("factuality")?)?,
            quote: word("quote")?.to_owned(),
            optional: event.get("optional").and_then(Value::as_bool).unwrap_or(false),
        })
    }
}

fn sorted(sides: impl Iterator<Item = (StateCode, Role)>) -> Vec<(StateCode, Role)> {
    let mut out: Vec<_> = sides.collect();
    out.sort();
    out.dedup();
    out
}

/// The articles that rules may be written from.
pub(crate) const OPEN: &str = "corpus";
/// Those kept apart: nobody reads them who works on the reader, so that they tell how it does on new text.
pub(crate) const APART: &str = "corpus/apart";
/// Short news, written kind by kind to have an act told in many ways.
pub(crate) const BRIEFS: &str = "corpus/briefs";
/// Short texts on one thing each that is hard to read, a quarter of them acts that are none.
pub(crate) const DRILLS: &str = "corpus/drills";
/// As many of the same kind, kept apart.
pub(crate) const DRILLS_APART: &str = "corpus/apart/drills";

/// All texts of one of the folders, sorted by name.
///
/// # Errors
/// Names the file, and for events the line, that cannot be read.
pub(crate) fn cases(folder: &str) -> Result<Vec<Case>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let folder = fs::read_dir(&root).map_err(|error| format!("{}: {error}", root.display()))?;
    let mut files: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut out = Vec::new();
    for file in &files {
        let article = file.with_extension("md").exists();
        match file.extension().and_then(OsStr::to_str) {
            Some("md") if file.with_extension("jsonl").exists() => out.push(case(file)?),
            Some("jsonl") if !article => out.extend(briefs(file)?),
            _ => {}
        }
    }
    Ok(out)
}

/// A file of short news.
fn briefs(file: &Path) -> Result<Vec<Case>, String> {
    let lines = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let brief = |(number, line): (usize, &str)| {
        brief(line).ok_or_else(|| format!("{}:{number}: no short news with its events", file.display()))
    };
    (1..).zip(lines.lines()).map(brief).collect()
}

fn brief(line: &str) -> Option<Case> {
    let brief: Value = serde_json::from_str(line).ok()?;
    let word = |key: &str| brief.get(key).and_then(Value::as_str);
    let text = word("text")?;
    let events: Vec<Gold> =
        brief.get("events")?.as_array()?.iter().map(Gold::of_value).collect::<Option<_>>()?;
    let quoted = events.iter().all(|gold| text.contains(&gold.quote));
    quoted.then_some(Case {
        title: word("title").unwrap_or_default().to_owned(),
        published: word("published")?.parse().ok()?,
        text: text.to_owned(),
        events,
    })
}

fn case(file: &Path) -> Result<Case, String> {
    let open = |file: &Path| fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()));
    let fault = |what: &str| format!("{}: {what}", file.display());
    let whole = open(file)?;
    let (head, text) = (whole.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")))
        .ok_or_else(|| fault("no lines between two lines ---"))?;
    let value = |key: &str| head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    let published = value("published").and_then(|day| day.parse().ok());
    let golds = file.with_extension("jsonl");
    let mut events = Vec::new();
    for (number, line) in (1..).zip(open(&golds)?.lines()) {
        let gold = Gold::parse(line).ok_or_else(|| format!("{}:{number}: no event", golds.display()))?;
        if !text.contains(&gold.quote) {
            return Err(format!("{}:{number}: the quote is not in the text", golds.display()));
        }
        events.push(gold);
    }
    Ok(Case {
        title: value("title").unwrap_or_default().to_owned(),
        published: published.ok_or_else(|| fault("no day after published:"))?,
        text: text.to_owned(),
        events,
    })
}
