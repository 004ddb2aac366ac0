//! Reads articles alone, without the chronology, and holds the ledger they give against the
//! chronology's, instant by instant.
//!
//! `cargo run -p attache-store --example texts_alone -- [--pair US:CN]… [--goods] [--events] [--until D] FILE…`
//!
//! The two are compared until the day the last article was published, or `--until` a day. A file is JSON with `published`, `text` and, where known, `title`. What only the chronology knows is
//! no fault of the reader's where no text states it; it is listed apart.

mod agree;

use std::error::Error;
use std::path::PathBuf;

use attache_extract::event::Kind;
use attache_extract::{Article, Extractor, StateCode};
use attache_store::record::PercentRecord;
use attache_store::view::tariffs::{Ledger, layer_of};
use attache_store::{EventQuery, NewArticle, Store, StoredEvent};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

#[expect(clippy::print_stdout, reason = "its findings")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut pairs: Vec<(StateCode, StateCode)> = Vec::new();
    let (mut files, mut all_goods, mut show_events) = (Vec::new(), true, false);
    let (mut last, mut until) = (Date::MIN, None);
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--goods" => all_goods = false,
            "--until" => until = Some(given.next().unwrap_or_default().parse::<Date>()?),
            "--events" => show_events = true,
            "--pair" => {
                let pair = given.next().unwrap_or_default();
                let (imposer, on) = pair.split_once(':').ok_or("--pair takes two states, such as US:CN")?;
                pairs.push((imposer.parse()?, on.parse()?));
            }
            _ => files.push(PathBuf::from(argument)),
        }
    }
    if pairs.is_empty() {
        let china: StateCode = "CN".parse()?;
        pairs = vec![(StateCode::US, china), (china, StateCode::US)];
    }
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let extractor = Extractor::builtin();
    let now = Timestamp::UNIX_EPOCH;
    for file in &files {
        let line: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let word = |key: &str| line.get(key).and_then(Value::as_str);
        let published: Date = word("published").and_then(|day| day.get(..10)).unwrap_or_default().parse()?;
        last = last.max(published);
        let (title, url, publisher) = (word("title"), word("url"), word("publisher"));
        let text = word("text").unwrap_or_default();
        let read = extractor.extract(&Article { title, url, publisher, published, text });
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let new = NewArticle { title, url, publisher, published, text, origin: &name, rules: "" };
        store.commit_article(&new, &read.events, now)?;
    }
    let texts = store.all_events(&EventQuery::default())?;
    let shipped_folder = tempfile::tempdir()?;
    let shipped_store = Store::open(shipped_folder.path())?;
    shipped_store.load_chronology(now)?;
    let shipped = shipped_store.all_events(&EventQuery::default())?;
    if show_events {
        for row in texts.iter().filter(|row| row.event.kind.0 == Kind::TariffAction) {
            println!("{}", line(&store, row)?);
        }
    }
    let (ledger, against) = (Ledger::of(&texts), Ledger::of(&shipped));
    for (imposer, on) in pairs {
        let (found, agreed) =
            agree::differences(&ledger, &against, imposer, on, all_goods, until.unwrap_or(last));
        println!("{imposer} on {on}: {agreed} turns of a measure agree");
        for (heading, told) in [("differs", true), ("only in the chronology", false)] {
            for one in found.iter().filter(|one| one.says.0.is_empty() != told) {
                let to = one.to.map_or_else(|| "on".to_owned(), |to| to.to_string());
                println!(
                    "  {heading}: {}, {} to {to}: {} instead of {}",
                    one.measure, one.from, one.says, one.against
                );
                let latest = one.sources.first().map(|id| store.event(*id)).transpose()?.flatten();
                if let Some(row) = latest {
                    println!("      {}", line(&store, &row)?);
                }
            }
        }
    }
    Ok(())
}

fn line(store: &Store, row: &StoredEvent) -> Result<String, Box<dyn Error>> {
    let event = &row.event;
    let article = row.sources.first().map(|source| store.article(source.article)).transpose()?.flatten();
    let side = |party: &attache_store::record::PartyRecord| {
        format!("{}:{}", party.role.0, party.country.as_deref().unwrap_or("?"))
    };
    let percent =
        |value: Option<PercentRecord>| value.map_or_else(|| "-".to_owned(), |value| value.0.to_string());
    let rate = event.rate.as_ref().map(|rate| {
        let figures = [rate.value, rate.from, rate.to, rate.retained].map(percent).join("/");
        format!("{figures} {}", rate.unit.0)
    });
    let terms = [
        Some(layer_of(event)),
        rate,
        event.date.end.map(|day| format!("of {day}")),
        event.effective.as_ref().map(|text| format!("from {text}")),
        event.expires.as_ref().map(|text| format!("until {text}")),
        event.duration.clone(),
        event.status.map(|status| status.0.to_string()),
        Some(event.factuality.0.to_string()),
        event.scope.as_ref().map(|text| format!("scope {text:?}")),
    ];
    Ok(format!(
        "{} {} {} {}, {}: {}",
        row.id.short(),
        article.map(|article| article.origin).unwrap_or_default(),
        event.subtype,
        event.parties.iter().map(side).collect::<Vec<_>>().join(" "),
        terms.into_iter().flatten().collect::<Vec<_>>().join(", "),
        event.quote
    ))
}
