//! Damage to a store's files, and what a store may say of itself then: the truth, or what is wrong.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use attache_store::{
    Article, ArticleId, AuditEntry, Delivery, EventQuery, Store, StoredEvent, Subscription, SubscriptionId,
};

use super::chance::Chance;

/// What is done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// One byte becomes another.
    Flipped {
        /// Where.
        at: usize,
        /// Which bits.
        bits: u8,
    },
    /// Up to four KiB become zeros.
    Zeroed {
        /// From where.
        at: usize,
    },
    /// The file ends earlier.
    Cut {
        /// Its new length.
        length: usize,
    },
}

/// One trial: a file of the store's folder and what is done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Relative to the store's folder.
    pub file: PathBuf,
    /// What is done.
    pub damage: Damage,
}

impl Trial {
    /// One by chance: first a file, then a place in it, so that short files get their share.
    ///
    /// # Panics
    /// When the folder cannot be read, or has no file.
    pub fn choose(folder: &Path, chance: &mut Chance) -> Self {
        let files = files_of(folder).expect("the folder can be read");
        let file = chance.pick(&files).expect("a store has files").clone();
        let bytes = fs::read(folder.join(&file)).expect("the file can be read");
        let at = chance.place(bytes.len());
        let damage = match chance.below(3) {
            0 => Damage::Flipped { at, bits: 1 << chance.below(8) },
            1 => Damage::Zeroed { at: at / 4096 * 4096 },
            _ => Damage::Cut { length: at },
        };
        Self { file, damage }
    }

    /// Does it. Says whether the file is another one now: zeros over zeros are no damage.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn inflict(&self, folder: &Path) -> io::Result<bool> {
        let path = folder.join(&self.file);
        let before = fs::read(&path)?;
        let mut bytes = before.clone();
        match self.damage {
            Damage::Flipped { at, bits } => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= bits;
                }
            }
            Damage::Zeroed { at } => bytes.iter_mut().skip(at).take(4096).for_each(|byte| *byte = 0),
            Damage::Cut { length } => bytes.truncate(length),
        }
        fs::write(&path, &bytes)?;
        Ok(bytes != before)
    }
}

/// Files below a store's folder that hold something. `LOCK` holds nothing of the store's.
///
/// # Errors
/// When the folder cannot be read.
pub fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else if entry.metadata()?.len() > 0 && entry.file_name() != "LOCK" {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a folder with all that is in it.
///
/// # Errors
/// When something cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            let (mut old, mut new) = (File::open(entry.path())?, File::create(&target)?);
            io::copy(&mut old, &mut new)?;
        }
    }
    Ok(())
}

/// Every answer of a store that is whole.
#[derive(Debug, PartialEq)]
pub struct Answers {
    events: Vec<StoredEvent>,
    deleted: Vec<StoredEvent>,
    articles: Vec<(Article, String)>,
    history: Vec<AuditEntry>,
    subscriptions: Vec<Subscription>,
    deliveries: Vec<(SubscriptionId, Vec<Delivery>)>,
    export: Vec<u8>,
}

/// What a damaged store answered.
#[derive(Debug, Default)]
pub struct Honesty {
    /// Errors it gave, in its words.
    pub errors: Vec<String>,
    /// Answers that are not the truth, and no error.
    pub lies: Vec<String>,
}

impl Answers {
    /// Asks a store that is whole.
    ///
    /// # Errors
    /// When it is not.
    pub fn of(store: &Store) -> Result<Self, String> {
        let told = |error: &dyn std::fmt::Display| error.to_string();
        let events = store.all_events(&EventQuery::default()).map_err(|error| told(&error))?;
        let history = store.history(usize::MAX).map_err(|error| told(&error))?;
        let mut ids: Vec<ArticleId> =
            events.iter().flat_map(|row| row.sources.iter().map(|source| source.article)).collect();
        ids.sort();
        ids.dedup();
        let mut articles = Vec::new();
        for id in ids {
            let article = store.article(id).map_err(|error| told(&error))?;
            let text = store.article_text(id).map_err(|error| told(&error))?;
            articles.push((article.ok_or("no article")?, text.ok_or("no text")?));
        }
        let mut deleted = Vec::new();
        for entry in &history {
            let row = store.event(entry.event).map_err(|error| told(&error))?.ok_or("no event")?;
            if row.deleted && !deleted.contains(&row) {
                deleted.push(row);
            }
        }
        let subscriptions = store.subscriptions().map_err(|error| told(&error))?;
        let mut deliveries = Vec::new();
        for subscription in &subscriptions {
            let rows = store.deliveries(subscription.id, usize::MAX).map_err(|error| told(&error))?;
            deliveries.push((subscription.id, rows));
        }
        let mut export = Vec::new();
        store.export(&mut export).map_err(|error| told(&error))?;
        Ok(Self { events, deleted, articles, history, subscriptions, deliveries, export })
    }

    /// Asks everything again.
    #[must_use]
    pub fn ask(&self, store: &Store) -> Honesty {
        let mut found = Honesty::default();
        for row in self.events.iter().chain(&self.deleted) {
            found.hold(&format!("event {}", row.id), store.event(row.id), &Some(row.clone()));
        }
        for (article, text) in &self.articles {
            found.hold(&format!("article {}", article.id), store.article(article.id), &Some(article.clone()));
            let read = store.article_text(article.id);
            found.hold(&format!("text of article {}", article.id), read, &Some(text.clone()));
            found.hold(&format!("whether {} is known", article.id), store.has_text(text), &true);
        }
        found.hold("all events", store.all_events(&EventQuery::default()), &self.events);
        found.hold("a count", store.count(&EventQuery::default()), &self.events.len());
        found.hold("the history", store.history(usize::MAX), &self.history);
        found.hold("the subscriptions", store.subscriptions(), &self.subscriptions);
        for (id, rows) in &self.deliveries {
            found.hold(&format!("deliveries of {id}"), store.deliveries(*id, usize::MAX), rows);
        }
        let mut export = Vec::new();
        let exported = store.export(&mut export).map(|_| export);
        found.hold("the export", exported, &self.export);
        found
    }
}

impl Honesty {
    fn hold<T: PartialEq, E: std::fmt::Display>(&mut self, what: &str, answer: Result<T, E>, truth: &T) {
        match answer {
            Err(error) => self.errors.push(format!("{what}: {error}")),
            Ok(answer) if answer == *truth => {}
            Ok(_) => self.lies.push(what.to_owned()),
        }
    }
}
