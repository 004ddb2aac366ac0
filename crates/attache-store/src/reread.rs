//! Reading stored articles again with the rules of today: what would differ, and taking it over as one
//! change that one undo takes back. What a curator touched stays as the curator left it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use attache_extract::Event;
use jiff::Timestamp;

use crate::article::{Article, NewArticle};
use crate::change::Act;
use crate::commit::{Coming, PROGRAM, of_article};
use crate::correct::{Action, AuditEntry};
use crate::engine::Table;
use crate::error::{ReadError, WriteError};
use crate::id::{ArticleId, AuditId, EventId};
use crate::join;
use crate::record::EventRecord;
use crate::row::StoredEvent;
use crate::store::Store;
use crate::view::origin;

/// What reading again would change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reread {
    /// Articles that were read.
    pub articles: usize,
    /// Events that would be there.
    pub new: Vec<StoredEvent>,
    /// Events that would be taken out.
    pub gone: Vec<StoredEvent>,
    /// Events that would read differently: before and after.
    pub changed: Vec<(StoredEvent, StoredEvent)>,
    /// Events that would differ but were touched by a curator: they stay.
    pub kept: Vec<EventId>,
}

impl Reread {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}

impl Store {
    /// Reads every article that is wanted with `read` and tells what would differ. Records of the
    /// shipped chronology are not read from texts and are passed over.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn compare_reading(
        &self,
        wanted: &dyn Fn(&Article) -> bool,
        read: &dyn Fn(&Article, &str) -> Vec<Event>,
        now: Timestamp,
    ) -> Result<Reread, ReadError> {
        let touched = self.touched()?;
        let mut of: HashMap<ArticleId, Vec<StoredEvent>> = HashMap::new();
        self.each(Table::Event, &[], &[u8::MAX; 17], false, &mut |_, row: StoredEvent| {
            for source in &row.sources {
                of.entry(source.article).or_default().push(row.clone());
            }
            ControlFlow::Continue(())
        })?;
        let mut difference = Reread::default();
        let mut found: Vec<(Article, String, Vec<Event>)> = Vec::new();
        for article in self.all::<Article>(Table::Article)? {
            if article.origin == crate::chronology::ORIGIN || !wanted(&article) {
                continue;
            }
            let Some(text) = self.article_text(article.id)? else { continue };
            difference.articles += 1;
            let events = read(&article, &text);
            let records: Vec<EventRecord> =
                events.iter().map(|event| of_article(event, &as_new(&article, &text))).collect();
            let stored = of.remove(&article.id).unwrap_or_default();
            let unmatched = matched(&article, &stored, &records, &touched, &mut difference);
            let events: Vec<Event> = unmatched.into_iter().filter_map(|at| events.get(at).cloned()).collect();
            if !events.is_empty() {
                found.push((article, text, events));
            }
        }
        let mut coming = Coming::default();
        coming.gone = difference.gone.iter().map(|row| row.id).collect();
        for (article, text, events) in &found {
            for event in events {
                let name = format!("{} {:?} {:?}", article.id, event.evidence.quote, event.act);
                let id = EventId::of_name("reread", &name);
                self.place(event, id, article.id, &as_new(article, text), now, &mut coming)?;
            }
        }
        difference.new = std::mem::take(&mut coming.new);
        for (id, after) in coming.joined {
            if let Some(before) = self.event(id)? {
                match difference.changed.iter_mut().find(|(held, _)| held.id == id) {
                    Some((_, held)) => held.sources = after.sources,
                    None => difference.changed.push((before, after)),
                }
            }
        }
        Ok(difference)
    }

    /// Takes a difference over: one entry of the log for each event, all taken back by one undo.
    /// Nothing is announced.
    ///
    /// # Errors
    /// When an event of it was changed meanwhile, there is nothing to change, or the store cannot be
    /// written; nothing is changed then.
    pub fn take_reading(
        &self,
        difference: &Reread,
        author: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<Vec<AuditEntry>, WriteError> {
        self.decide(now, author, Act::Correct, |writer| {
            let action = Action::Reread(AuditId(writer.audit + 1));
            let mut changes = Vec::new();
            for row in &difference.gone {
                self.as_before(row)?;
                changes.push((action, row.clone(), StoredEvent { deleted: true, ..row.clone() }));
            }
            for (before, after) in &difference.changed {
                self.as_before(before)?;
                changes.push((action, before.clone(), after.clone()));
            }
            for row in &difference.new {
                let none = match self.event(row.id)? {
                    Some(held) if !held.deleted => {
                        let what = format!("event {} is there by now; compare again", row.id.short());
                        return Err(WriteError::Conflict(what));
                    }
                    Some(held) => held,
                    None => StoredEvent { deleted: true, revision: 0, ..row.clone() },
                };
                changes.push((action, none, row.clone()));
            }
            if changes.is_empty() {
                return Err(WriteError::Conflict("the rules of today read what is stored".to_owned()));
            }
            self.written_down(writer, changes, author, reason, now)
        })
    }

    fn as_before(&self, row: &StoredEvent) -> Result<(), WriteError> {
        if self.event(row.id)?.as_ref() == Some(row) {
            return Ok(());
        }
        Err(WriteError::Conflict(format!("event {} changed meanwhile; compare again", row.id.short())))
    }

    /// Events that somebody changed by more than reading again, or taking that back.
    fn touched(&self) -> Result<BTreeSet<EventId>, ReadError> {
        let mut touched = BTreeSet::new();
        let mut rereads = BTreeSet::new();
        self.each(Table::Audit, &[], &[u8::MAX; 9], false, &mut |_, entry: AuditEntry| {
            match entry.action {
                Action::Reread(_) => drop(rereads.insert(entry.id)),
                Action::Undid(undone) if rereads.contains(&undone) => drop(rereads.insert(entry.id)),
                _ if entry.author == PROGRAM => {}
                _ => drop(touched.insert(entry.event)),
            }
            ControlFlow::Continue(())
        })?;
        Ok(touched)
    }
}

fn as_new<'a>(article: &'a Article, text: &'a str) -> NewArticle<'a> {
    NewArticle {
        title: article.title.as_deref(),
        url: article.url.as_deref(),
        publisher: article.publisher.as_deref(),
        published: article.published,
        text,
        origin: &article.origin,
        rules: &article.rules,
    }
}

/// Pairs what is stored of an article with what was read now, notes what changed and what is gone, and
/// gives the places of what has no pair.
fn matched(
    article: &Article,
    stored: &[StoredEvent],
    found: &[EventRecord],
    touched: &BTreeSet<EventId>,
    difference: &mut Reread,
) -> Vec<usize> {
    let span_of = |row: &StoredEvent| {
        row.sources.iter().find(|source| source.article == article.id).map_or([0, 0], |source| source.span)
    };
    let closeness = |row: &StoredEvent, record: &EventRecord| {
        let (a, b) = (span_of(row), record.evidence.quote);
        let near = a[0] < b[1] && b[0] < a[1];
        let same = row.event.subtype == record.subtype;
        let named = names(&row.event) == names(record);
        (row.event.kind == record.kind && near)
            .then(|| usize::from(a == b) * 4 + usize::from(same) * 2 + usize::from(named))
    };
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, row) in stored.iter().enumerate() {
        for (n, record) in found.iter().enumerate() {
            pairs.extend(closeness(row, record).map(|close| (close, at, n)));
        }
    }
    pairs.sort_by_key(|(close, at, n)| (std::cmp::Reverse(*close), *at, *n));
    let (mut of_row, mut of_found) = (BTreeMap::new(), BTreeMap::new());
    for (_, at, n) in pairs {
        if !of_row.contains_key(&at) && !of_found.contains_key(&n) {
            of_row.insert(at, n);
            of_found.insert(n, at);
        }
    }
    for (at, row) in stored.iter().enumerate() {
        let own = row.sources.first().is_some_and(|source| source.article == article.id);
        let curated = touched.contains(&row.id) || origin::is_by_hand(&row.event);
        let now = of_row.get(&at).and_then(|n| found.get(*n));
        match now {
            Some(record) if own => {
                let after = anew(row, record);
                if after != *row {
                    if curated {
                        difference.kept.push(row.id);
                    } else {
                        difference.changed.push((row.clone(), after));
                    }
                }
            }
            None if own && !row.deleted && row.sources.len() == 1 => {
                if curated {
                    difference.kept.push(row.id);
                } else {
                    difference.gone.push(row.clone());
                }
            }
            _ => {}
        }
    }
    (0..found.len()).filter(|n| !of_found.contains_key(n)).collect()
}

/// An event as it reads now, with what its other reports add.
fn anew(row: &StoredEvent, record: &EventRecord) -> StoredEvent {
    let mut after = row.clone();
    after.event = record.clone();
    after.deleted = false;
    if row.sources.len() > 1 {
        join::sharpen(&mut after.event, &row.event);
    }
    if let Some(first) = after.sources.first_mut() {
        first.quote.clone_from(&record.quote);
        first.span = record.evidence.quote;
        after.sort_day = after.event.date.start.unwrap_or(first.published);
    }
    after
}

fn names(event: &EventRecord) -> Vec<&str> {
    let mut names: Vec<&str> =
        event.parties.iter().filter_map(|party| party.name.as_deref().or(party.country.as_deref())).collect();
    names.sort_unstable();
    names
}
