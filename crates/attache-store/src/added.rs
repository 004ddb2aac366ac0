//! Events that a curator adds by hand: with their sentence and where it stands, in the log of changes,
//! and taken back like any other change.

use attache_extract::Event;
use jiff::Timestamp;

use crate::article::{MOST_BYTES, NewArticle};
use crate::change::Act;
use crate::commit::{Announce, article_rows, of_article, tells};
use crate::correct::{Action, AuditEntry};
use crate::error::{CommitError, WriteError};
use crate::id::{ArticleId, EventId};
use crate::row::{Source, StoredEvent};
use crate::store::Store;
use crate::view::origin;

impl Store {
    /// Stores an event that a curator tells, resting on a sentence of an article: `new.text` is the
    /// sentence, or more of the article with the sentence in it. Where the article is stored already
    /// (the same address, the same text), the sentence has to stand in it. Who subscribed hears of it.
    ///
    /// # Errors
    /// When the event was added before, its sentence does not stand in the article, the text is empty
    /// or too long, or the store cannot be written.
    pub fn add(
        &self,
        new: &NewArticle<'_>,
        event: &Event,
        author: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<AuditEntry, CommitError> {
        if new.text.trim().is_empty() {
            return Err(CommitError::Empty);
        }
        if new.text.len() > MOST_BYTES {
            return Err(CommitError::TooLarge { bytes: new.text.len(), most: MOST_BYTES });
        }
        let done = self.decide(now, author, Act::Correct, |writer| {
            let known = self.known(ArticleId::of_text(new.text), new.url)?;
            let article = known.unwrap_or_else(|| ArticleId::of_text(new.text));
            let (text, mut puts) = match known {
                Some(id) => (self.article_text(id)?.unwrap_or_default(), Vec::new()),
                None => (new.text.to_owned(), article_rows(article, new, now)?),
            };
            let mut record = of_article(event, new);
            let at = text.find(record.quote.as_str()).ok_or_else(|| {
                let what = format!("the sentence does not stand in article {}", article.short());
                WriteError::Conflict(what)
            })?;
            record.evidence.quote = [at, at + record.quote.len()];
            origin::by_hand(&mut record);
            let name = format!("{article} {} {} {:?}", record.quote, record.subtype, record.parties);
            let id = EventId::of_name("added", &name);
            if self.event(id)?.is_some_and(|held| !held.deleted) {
                return Err(WriteError::Conflict(format!("event {} was added before", id.short())));
            }
            let source = Source {
                article,
                published: new.published,
                quote: record.quote.clone(),
                span: record.evidence.quote,
                joined: None,
            };
            let sort_day = record.date.start.unwrap_or(new.published);
            let revision = self.event(id)?.map_or(0, |held| held.revision);
            let none = StoredEvent {
                id,
                event: record,
                sources: vec![source],
                known_since: now,
                revision,
                deleted: true,
                sort_day,
            };
            let after = StoredEvent { deleted: false, ..none.clone() };
            puts.extend(tells(
                writer,
                &self.subscriptions()?,
                std::slice::from_ref(&after),
                Announce::All,
                now,
            )?);
            let changes = vec![(Action::Added, none, after)];
            let (mut entries, rows) = self.written_down(writer, changes, author, reason, now)?;
            puts.extend(rows);
            let entry = entries.pop().ok_or_else(|| WriteError::Engine("nothing was added".to_owned()))?;
            Ok((entry, puts))
        })?;
        Ok(done)
    }
}
