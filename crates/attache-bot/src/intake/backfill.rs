//! Many articles at once: a folder or a file of JSON Lines, read by several threads, stored in order and
//! in batches. How far it got stands in the record of the batch itself, so that a run that was cut off,
//! however hard, goes on with the article after the last one stored.
//!
//! Memory is bounded by [`IN_HAND`] articles, whatever the size of the source.

mod lines;
mod place;
mod source;

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use attache_extract::Article;
use attache_store::{CommitError, WriteError};
use jiff::Timestamp;

use super::{Draft, How, Outcome, Read, ReadArticle, Sift, read, take_read, would_take};
use crate::app::App;

pub use place::Place;
pub use source::{BadSource, Source};

/// Articles that are read, waited for or about to be stored at a time.
const IN_HAND: usize = 512;

/// Articles in one record, and bytes of text after which it is full: both by count alone, so that a run
/// that was cut off makes the same records as one that was not.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 2 << 20;

/// Why a backfill stopped. What was stored before stays, and the next run goes on behind it.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The source cannot be read.
    #[error(transparent)]
    Source(#[from] BadSource),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] CommitError),
}

impl From<WriteError> for Stopped {
    fn from(error: WriteError) -> Self {
        Self::Store(error.into())
    }
}

/// What a run tells while it goes on.
#[derive(Debug)]
pub enum Told<'a> {
    /// It begins behind this place, where an earlier run was cut off.
    Resumed(&'a Place),
    /// Something in the source is no article; why and where.
    Refused(&'a str),
    /// What became of an article, and how many bytes of the source are done with it.
    Taken(&'a Outcome, u64),
    /// What would become of the article behind which a place is, how many events would be read in it, and
    /// how many bytes of the source are done with it.
    Would(&'a Place, &'a Outcome, usize, u64),
}

/// What the source gives: an article or why there is none, and the place behind it.
type Item = (Result<Draft, String>, Place, u64);

/// What [`backfill`] would do, held against what is stored now; stores nothing.
///
/// # Errors
/// See [`Stopped`].
pub fn survey(
    app: &App,
    mut source: Source,
    sift: Sift,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<(), Stopped> {
    while let Some((draft, place, done)) = source.next()? {
        match draft.and_then(|draft| dated(&draft).map(|_| ()).map(|()| draft)) {
            Ok(draft) => {
                let article = dated(&draft).map_err(|_| CommitError::Empty)?;
                let (outcome, events) = would_take(app, &article, sift)?;
                told(Told::Would(&place, &outcome, events.len(), done));
            }
            Err(what) => told(Told::Refused(&what)),
        }
    }
    Ok(())
}

fn dated(draft: &Draft) -> Result<Article<'_>, String> {
    draft.article().map_err(|error| error.to_string())
}

/// Reads a source to its end. `told` hears of every article in order, `clock` says what time it is.
///
/// # Errors
/// See [`Stopped`].
pub fn backfill(
    app: &App,
    mut source: Source,
    how: &How<'_>,
    threads: usize,
    clock: fn() -> Timestamp,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<(), Stopped> {
    let name = source.name().to_owned();
    let mark = app.store.feed_mark(&name).map_err(CommitError::from)?;
    if let Some(place) = mark.and_then(|mark| Place::parse(&mark.place))
        && source.go_behind(&place)?
    {
        told(Told::Resumed(&place));
    }
    let (tokens, token) = sync_channel::<()>(IN_HAND);
    let (items, item) = sync_channel::<(u64, Item)>(IN_HAND);
    let (done, finished) = sync_channel(IN_HAND);
    for _ in 0..IN_HAND {
        // There is room for all of them.
        let _ = tokens.send(());
    }
    let item = Mutex::new(item);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || hand_out(&mut source, &token, &items));
        for _ in 0..threads.max(1) {
            let (item, done, sift) = (&item, done.clone(), how.sift);
            scope.spawn(move || read_each(app, item, sift, &done));
        }
        drop(done);
        let stored = store(app, &name, &|| How { now: clock(), ..*how }, &finished, &tokens, told);
        // Whoever still reads or waits ends with its channel.
        drop((finished, tokens));
        let read = reader.join().unwrap_or_else(|_| Err(BadSource::broken_off()));
        stored?;
        read.map_err(Stopped::from)
    })?;
    app.store.set_feed_mark(&name, None, clock())?;
    Ok(())
}

/// Numbers what the source gives, a token for each.
fn hand_out(
    source: &mut Source,
    token: &Receiver<()>,
    items: &SyncSender<(u64, Item)>,
) -> Result<(), BadSource> {
    let mut number = 0;
    while token.recv().is_ok() {
        let Some(item) = source.next()? else { break };
        if items.send((number, item)).is_err() {
            break;
        }
        number += 1;
    }
    Ok(())
}

type Done = (u64, Item, Result<Read, CommitError>);

fn read_each(app: &App, items: &Mutex<Receiver<(u64, Item)>>, sift: Sift, done: &SyncSender<Done>) {
    loop {
        let next = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = next else { return };
        let article = item.0.as_ref().ok().and_then(|draft| draft.article().ok());
        let read = article.map_or_else(|| Ok(Read::default()), |article| read(app, &article, sift));
        if done.send((number, item, read)).is_err() {
            return;
        }
    }
}

/// Puts what was read back into its order and stores it.
fn store<'h>(
    app: &App,
    name: &str,
    how: &dyn Fn() -> How<'h>,
    finished: &Receiver<Done>,
    tokens: &SyncSender<()>,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<(), Stopped> {
    let mut early: BTreeMap<u64, (Item, Read)> = BTreeMap::new();
    let mut next = 0;
    let mut batch = Vec::new();
    let mut bytes = 0;
    while let Ok((number, item, read)) = finished.recv() {
        early.insert(number, (item, read?));
        while let Some((item, read)) = early.remove(&next) {
            next += 1;
            bytes += item.0.as_ref().map_or(0, |draft| draft.text.len());
            batch.push((item, read));
            if batch.len() == BATCH || bytes > BATCH_BYTES {
                flush(app, name, &how(), &mut batch, told)?;
                bytes = 0;
            }
            // Nobody waits for a token once the source is at its end.
            let _ = tokens.try_send(());
        }
    }
    flush(app, name, &how(), &mut batch, told)
}

fn flush(
    app: &App,
    name: &str,
    how: &How<'_>,
    batch: &mut Vec<(Item, Read)>,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<(), Stopped> {
    let places: Vec<String> = batch.iter().map(|((_, place, _), _)| place.to_string()).collect();
    let mut articles: Vec<Option<Article<'_>>> = Vec::with_capacity(batch.len());
    for ((draft, _, _), _) in &*batch {
        let article = draft.as_ref().map_err(Clone::clone).and_then(dated);
        if let Err(what) = &article {
            told(Told::Refused(what));
        }
        articles.push(article.ok());
    }
    let kept: Vec<ReadArticle<'_>> = articles
        .iter()
        .zip(batch.iter().zip(&places))
        .filter_map(|(article, ((_, read), place))| {
            Some(ReadArticle { article: (*article)?, read, mark: Some((name, place)), from: None })
        })
        .collect();
    let outcomes = take_read(app, &kept, how)?;
    let mut outcomes = outcomes.iter();
    for (article, ((_, _, done), _)) in articles.iter().zip(&*batch) {
        if article.is_some()
            && let Some(outcome) = outcomes.next()
        {
            told(Told::Taken(outcome, *done));
        }
    }
    batch.clear();
    Ok(())
}
