//! Stores of earlier releases. A migration writes beside what is there and puts its work in place
//! with one rename; killed on the way, it begins again at the next start.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use jiff::Timestamp;

use crate::article::Article;
use crate::change::{Act, Change};
use crate::engine::format_1::{self, Row};
use crate::engine::{Put, Table};
use crate::error::OpenError;
use crate::id::ArticleId;
use crate::journal::{Journal, twin};
use crate::manifest::{self, Manifest, State};
use crate::row::{self, StoredEvent};
use crate::store::COUNTERS;

/// Rows in one record, for what belongs to no article.
const PART: usize = 500;

/// Brings a folder up to this release's format. A folder of this format, or a new one, is left as it is.
pub(crate) fn up(folder: &Path) -> Result<(), OpenError> {
    let Ok(text) = fs::read_to_string(manifest::path(folder)) else { return Ok(()) };
    if text.lines().next() != Some(format!("format {}", manifest::WITHOUT_JOURNAL).as_str()) {
        return Ok(());
    }
    give_a_journal(folder, &text).map_err(|what| OpenError::Damaged { folder: folder.to_owned(), what })
}

/// Format 1 had its rows in sled alone. They become a journal; sled is then made anew from it.
fn give_a_journal(folder: &Path, manifest: &str) -> Result<(), String> {
    let told = |error: std::io::Error| format!("taking it over to format {}: {error}", manifest::FORMAT);
    let (new, place) = (folder.join("journal.new"), folder.join("journal"));
    for unfinished in [&new, &place, &twin::folder(&new), &twin::folder(&place)] {
        if unfinished.exists() {
            fs::remove_dir_all(unfinished).map_err(told)?;
        }
    }
    let acknowledged = manifest.lines().filter_map(|line| {
        let commits = line.strip_prefix("commits ")?.split(' ').next()?;
        commits.parse::<u64>().ok()
    });
    let acknowledged = acknowledged.max().ok_or_else(|| format!("MANIFEST does not read: {manifest:?}"))?;
    let sled = folder.join("sled");
    if acknowledged > 0 && !sled.join("db").exists() {
        return Err("its sled folder is missing".to_owned());
    }
    let changes = changes(format_1::rows(&sled)?, acknowledged)?;
    let journal = Journal::create(&new, 0).map_err(told)?;
    for change in &changes {
        journal.append(change)?;
    }
    let last = journal.close()?;
    // The twins first: without a journal beside them they are made anew.
    fs::rename(twin::folder(&new), twin::folder(&place)).map_err(told)?;
    fs::rename(&new, &place).map_err(told)?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(told)?;
    // No run of the machine has this name: sled's old files are not taken for the journal's.
    Manifest::write(folder, State::Open { boot: String::new(), after: last }).map_err(told)
}

/// Every row as commits, the articles' in order of arrival.
fn changes(tables: Vec<(Table, Vec<Row>)>, acknowledged: u64) -> Result<Vec<Change>, String> {
    let mut rows: BTreeMap<Table, Vec<Row>> = tables.into_iter().collect();
    let mut take = |table: Table| rows.remove(&table).unwrap_or_default();
    let counters = take(Table::Meta).into_iter().find(|(key, _)| key == COUNTERS);
    let counters =
        counters.map(|(_, bytes)| row::decode::<(u64, u64, u64, u64)>(Table::Meta, COUNTERS, &bytes));
    let counters = counters.transpose().map_err(|error| error.to_string())?.unwrap_or_default();
    if counters.0 < acknowledged {
        return Err(format!("{acknowledged} commits were acknowledged, {} are there", counters.0));
    }
    let mut order: BTreeMap<(Timestamp, ArticleId), Vec<Put>> = BTreeMap::new();
    let mut times: BTreeMap<ArticleId, Timestamp> = BTreeMap::new();
    let put = |table: Table, (key, value): Row| Put { table, key, value: Some(value) };
    for (key, value) in take(Table::Article) {
        let article: Article =
            row::decode(Table::Article, &key, &value).map_err(|error| error.to_string())?;
        times.insert(article.id, article.stored);
        order.insert((article.stored, article.id), vec![put(Table::Article, (key, value))]);
    }
    let mut rest = Vec::new();
    let mut with_article = |id: Option<ArticleId>, put: Put| {
        let group = id.and_then(|id| order.get_mut(&(*times.get(&id)?, id)));
        match group {
            Some(group) => group.push(put),
            None => rest.push(put),
        }
    };
    for pair in take(Table::Text) {
        let id = pair.0.first_chunk::<16>().map(|id| ArticleId(*id));
        with_article(id, put(Table::Text, pair));
    }
    for pair in take(Table::ArticleKey) {
        let id = row::decode::<ArticleId>(Table::ArticleKey, &pair.0, &pair.1)
            .map_err(|error| error.to_string())?;
        with_article(Some(id), put(Table::ArticleKey, pair));
    }
    for pair in take(Table::Event) {
        let event =
            row::decode::<StoredEvent>(Table::Event, &pair.0, &pair.1).map_err(|error| error.to_string())?;
        with_article(event.sources.first().map(|source| source.article), put(Table::Event, pair));
    }
    for table in [Table::Subscription, Table::Outbox, Table::Waiting, Table::Sent, Table::Audit, Table::Feed]
    {
        rest.extend(take(table).into_iter().map(|pair| put(table, pair)));
    }
    let counted = row::encode(Table::Meta, &(counters.1, counters.2, counters.3))?;
    rest.push(put(Table::Meta, (COUNTERS.to_vec(), counted)));
    let latest = order.keys().map(|(at, _)| *at).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let change =
        |at: Timestamp, puts: Vec<Put>| Change { at, act: Act::Migrate, author: "program".to_owned(), puts };
    let mut changes: Vec<Change> = order.into_iter().map(|((at, _), puts)| change(at, puts)).collect();
    changes.extend(rest.chunks(PART).map(|part| change(latest, part.to_vec())));
    Ok(changes)
}
