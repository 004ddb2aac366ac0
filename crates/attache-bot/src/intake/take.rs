//! The one door by which articles come in, whoever brings them: a file, a feed, a command. Whether an
//! article is new, a copy or a later version of a stored one is the store's to say.

use std::ops::ControlFlow;

use attache_extract::{Article, Event};
use attache_store::{
    Announce, ArticleId, Commit, CommitError, EventId, Incoming, NewArticle, ReadFrom, Standing,
};
use jiff::Timestamp;

use super::{Draft, RULES, relevance};
use crate::app::App;

/// Articles of one file that are stored in one record.
const BATCH: usize = 64;

/// Which articles are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sift {
    /// Those that may be our stories; others are set aside and counted.
    #[default]
    Ours,
    /// Everything: somebody looked at it and wants it.
    Everything,
}

/// How an article comes in.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    /// Where it came from: `file`, `command`, a feed's address.
    pub origin: &'a str,
    /// Which of its events subscribers hear of.
    pub announce: Announce,
    /// Whether it is looked at first.
    pub sift: Sift,
    /// Now.
    pub now: Timestamp,
}

/// What became of an article, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was stored.
    New {
        /// Its id.
        article: ArticleId,
        /// Events nobody had reported, in text order.
        events: Vec<EventId>,
        /// Events that gained it as a source.
        joined: Vec<EventId>,
    },
    /// It is stored already; an address that was not known was added to it.
    Duplicate {
        /// The stored article.
        of: ArticleId,
        /// Which part of the shorter text is in the longer one, in thousandths; `None` where the same text
        /// was read from the same place.
        alike: Option<u16>,
    },
    /// It took the place of an earlier version.
    Revision {
        /// The text whose place it took.
        of: ArticleId,
        /// Its own id.
        article: ArticleId,
        /// 2 for the first that followed the text first stored.
        number: u32,
        /// Events nobody had reported.
        events: Vec<EventId>,
        /// Events of other articles that gained it as a source.
        joined: Vec<EventId>,
        /// Events that it tells otherwise than the version before.
        updated: Vec<EventId>,
        /// Events that it no longer has.
        gone: Vec<EventId>,
    },
    /// It is none of our stories; nothing was stored, and it was counted.
    SetAside {
        /// Why.
        reason: String,
    },
}

/// An article after reading, not stored yet.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// Its events, in text order.
    pub events: Vec<Event>,
    /// Why it is set aside, where it is.
    pub aside: Option<String>,
}

/// An article that was read, and how far its feed is read with it: the feed's name and the place.
#[derive(Debug, Clone, Copy)]
pub struct ReadArticle<'a> {
    /// The article.
    pub article: Article<'a>,
    /// What was read in it.
    pub read: &'a Read,
    /// Kept in the same record.
    pub mark: Option<(&'a str, &'a str)>,
    /// What its parts were read from, where that is known.
    pub from: Option<&'a ReadFrom>,
}

/// Reads an article and stores it with its events.
///
/// # Errors
/// When the store refuses it; nothing is stored then.
pub fn take(app: &App, article: &Article<'_>, how: &How<'_>) -> Result<Outcome, CommitError> {
    take_from(app, article, None, how)
}

/// As [`take`], with what the article's parts were read from, where that is known.
///
/// # Errors
/// As [`take`].
pub fn take_from(
    app: &App,
    article: &Article<'_>,
    from: Option<&ReadFrom>,
    how: &How<'_>,
) -> Result<Outcome, CommitError> {
    let read = read(app, article, how.sift)?;
    let one = ReadArticle { article: *article, read: &read, mark: None, from };
    take_read(app, &[one], how)?.pop().ok_or(CommitError::Empty)
}

/// What [`take`] does before it writes, as far as it costs time: any number of threads may read at once.
/// A text that was read before brings nothing, and is not read again. What is none of our stories is set
/// aside before anything is read in it.
///
/// # Errors
/// When the store cannot be read.
pub fn read(app: &App, article: &Article<'_>, sift: Sift) -> Result<Read, CommitError> {
    let aside = |reason: String| Ok(Read { aside: Some(reason), ..Read::default() });
    if article.text.trim().is_empty() {
        return aside("there is no text in it".to_owned());
    }
    if app.store.has_text(article.text)? {
        return Ok(Read::default());
    }
    match relevance::judge(article.title, article.text).filter(|_| sift == Sift::Ours) {
        Some(why) => aside(why.to_string()),
        None => Ok(Read { events: app.extractor.extract(article).events, aside: None }),
    }
}

/// Stores articles that were read, in their order, and says what became of each. What is set aside is
/// counted in the same record.
///
/// # Errors
/// When the store refuses one; some first ones may be stored then, each whole and with its mark.
pub fn take_read(app: &App, batch: &[ReadArticle<'_>], how: &How<'_>) -> Result<Vec<Outcome>, CommitError> {
    let incoming: Vec<Incoming<'_>> = batch.iter().map(|one| incoming(one, how)).collect();
    let commits = app.store.take_in(&incoming, how.announce, how.now)?;
    batch.iter().zip(commits).map(|(one, commit)| outcome(app, one.read, commit)).collect()
}

/// Takes in the articles of one file, in few records. `told` hears of each, counted from 1: what became of
/// it, or why it is none; it says whether to go on.
///
/// # Errors
/// When the store refuses one; those told of before are stored.
pub fn take_all(
    app: &App,
    drafts: &[Result<Draft, String>],
    how: &How<'_>,
    told: &mut dyn FnMut(usize, Result<Outcome, String>) -> ControlFlow<()>,
) -> Result<(), CommitError> {
    let numbered: Vec<_> = (1..).zip(drafts).collect();
    for batch in numbered.chunks(BATCH) {
        let mut articles = Vec::new();
        for (number, draft) in batch {
            let article = draft.as_ref().map_err(Clone::clone);
            let from = draft.as_ref().ok().and_then(|draft| draft.from.as_ref());
            match article.and_then(|draft| draft.article().map_err(|error| error.to_string())) {
                Ok(article) => articles.push((*number, article, from, read(app, &article, how.sift)?)),
                Err(why) if told(*number, Err(why.clone())).is_break() => return Ok(()),
                Err(_) => {}
            }
        }
        let whole: Vec<_> = articles
            .iter()
            .map(|(_, article, from, read)| ReadArticle { article: *article, read, mark: None, from: *from })
            .collect();
        let outcomes = take_read(app, &whole, how)?;
        for ((number, ..), outcome) in articles.iter().zip(outcomes) {
            if told(*number, Ok(outcome)).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What [`take`] would do, and the events it would read; stores nothing. Events are counted as new here,
/// also where they would join stored ones.
///
/// # Errors
/// When the store cannot be read.
pub fn would_take(
    app: &App,
    article: &Article<'_>,
    sift: Sift,
) -> Result<(Outcome, Vec<Event>), CommitError> {
    let read = read(app, article, sift)?;
    if let Some(reason) = read.aside {
        return Ok((Outcome::SetAside { reason }, Vec::new()));
    }
    let new = new_article(article, "");
    let none = Vec::new;
    let outcome = match app.store.standing(&new, &read.events)? {
        Standing::New => Outcome::New { article: new.id(), events: none(), joined: none() },
        Standing::Known { of } => Outcome::Duplicate { of, alike: None },
        Standing::Reprint { of, alike } => Outcome::Duplicate { of, alike: Some(alike) },
        Standing::Revision { before, number } => Outcome::Revision {
            of: before,
            article: new.id(),
            number,
            events: none(),
            joined: none(),
            updated: none(),
            gone: none(),
        },
    };
    Ok((outcome, read.events))
}

fn incoming<'a>(one: &ReadArticle<'a>, how: &How<'a>) -> Incoming<'a> {
    let Read { events, aside } = one.read;
    let article = new_article(&one.article, how.origin);
    Incoming { article, events, mark: one.mark, aside: aside.as_deref(), from: one.from }
}

fn new_article<'a>(article: &Article<'a>, origin: &'a str) -> NewArticle<'a> {
    NewArticle {
        title: article.title,
        url: article.url,
        publisher: article.publisher,
        published: article.published,
        text: article.text,
        origin,
        rules: RULES,
    }
}

fn outcome(app: &App, read: &Read, commit: Commit) -> Result<Outcome, CommitError> {
    use attache_store::Outcome as Stored;
    let article = commit.article;
    Ok(match commit.outcome {
        Stored::New { events, joined } => Outcome::New { article, events, joined },
        Stored::Aside => Outcome::SetAside { reason: read.aside.clone().unwrap_or_default() },
        Stored::Known => Outcome::Duplicate { of: article, alike: None },
        Stored::Reprint { alike } => Outcome::Duplicate { of: article, alike: Some(alike) },
        Stored::Revised { number, events, joined, updated, gone } => {
            let before = app.store.revisions(article)?.into_iter().find(|held| held.article == article);
            let of = before.map_or(article, |revision| revision.before);
            Outcome::Revision { of, article, number, events, joined, updated, gone }
        }
    })
}
