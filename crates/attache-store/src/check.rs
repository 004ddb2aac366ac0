//! Looking over everything stored.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;

use crate::article::ReadFrom;
use crate::aside::Aside;
use crate::correct::AuditEntry;
use crate::engine::Table;
use crate::error::ReadError;
use crate::feed::FeedChange;
use crate::id::ArticleId;
use crate::outbox::{DeliveryRow, Errand};
use crate::revision::{Appearance, Revision};
use crate::row::StoredEvent;
use crate::store::Store;
use crate::subscription::Subscription;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Rows read.
    pub rows: usize,
    /// Each fault in words; empty is good.
    pub faults: Vec<String>,
}

/// Sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Articles.
    pub articles: usize,
    /// Events that are not deleted.
    pub events: usize,
    /// Deleted events, kept to be restored.
    pub deleted: usize,
    /// Subscriptions.
    pub subscriptions: usize,
    /// Announcements not yet sent, of subscriptions that are there.
    pub waiting: usize,
    /// Bytes of journal and tables.
    pub bytes: u64,
    /// Commits since the store was made.
    pub commits: u64,
    /// Times of the first and the last commit (UTC), by their callers' clocks.
    pub span: Option<(Timestamp, Timestamp)>,
}

impl Store {
    /// Reads every row, compares the indexes with what they lead to, and the texts with the articles.
    ///
    /// # Errors
    /// When the engine fails; what the check finds is in the report.
    pub fn check(&self) -> Result<CheckReport, ReadError> {
        let mut report = CheckReport::default();
        let events: Vec<StoredEvent> = self.read_table(Table::Event, &mut report)?;
        let articles: Vec<crate::Article> = self.read_table(Table::Article, &mut report)?;
        let subscriptions: Vec<Subscription> = self.read_table(Table::Subscription, &mut report)?;
        let outbox: Vec<DeliveryRow> = self.read_table(Table::Outbox, &mut report)?;
        let _: Vec<AuditEntry> = self.read_table(Table::Audit, &mut report)?;
        let _: Vec<FeedChange> = self.read_table(Table::FeedChange, &mut report)?;
        report.faults.extend(self.engine.check()?);
        if report.faults.is_empty() {
            report.faults.extend(self.index().differences(self.engine.as_ref())?);
        }
        let known: BTreeSet<ArticleId> = articles.iter().map(|article| article.id).collect();
        for article in &articles {
            let text = self.article_text(article.id);
            if !text.is_ok_and(|text| text.is_some_and(|text| ArticleId::of_text(&text) == article.id)) {
                report.faults.push(format!(
                    "the text of article {} is not the one that was stored",
                    article.id.short()
                ));
            }
        }
        for event in &events {
            if event.sources.is_empty() || event.sources.iter().any(|source| !known.contains(&source.article))
            {
                report.faults.push(format!("event {} names an article that is not there", event.id.short()));
            }
        }
        let channels: BTreeSet<_> = subscriptions.iter().map(|subscription| subscription.id).collect();
        // What was posted is set right, and what is on its way arrives, although nobody subscribes any more.
        let goes_on = |row: &DeliveryRow| matches!(row.errand, Errand::Rewrite { .. }) || row.attempts > 0;
        let waits = outbox.iter().filter(|row| !row.state.is_final() && !goes_on(row));
        for row in waits.filter(|row| !channels.contains(&row.subscription)) {
            report.faults.push(format!("delivery {} is for a subscription that is not there", row.id));
        }
        let mut expected: BTreeSet<_> =
            outbox.iter().filter(|row| !row.state.is_final()).map(|row| (row.channel, row.id)).collect();
        self.each_waiting(|channel, id, _| {
            if !expected.remove(&(channel, id)) {
                report.faults.push(format!("delivery {id} is listed as waiting, and is not"));
            }
        })?;
        for (_, id) in expected {
            report.faults.push(format!("delivery {id} waits, and is not listed"));
        }
        let addresses: Vec<ArticleId> = self.read_table(Table::ArticleKey, &mut report)?;
        for id in addresses.iter().filter(|id| !known.contains(*id)) {
            report.faults.push(format!("an address leads to article {}, which is not there", id.short()));
        }
        let revisions: Vec<Revision> = self.read_table(Table::Revision, &mut report)?;
        let texts = revisions.iter().flat_map(|row| [row.article, row.of, row.before]);
        for id in texts.filter(|id| !known.contains(id)) {
            report.faults.push(format!("a revision names article {}, which is not there", id.short()));
        }
        let _: Vec<ReadFrom> = self.read_table(Table::ReadFrom, &mut report)?;
        let appearances: Vec<Appearance> = self.read_table(Table::Appearance, &mut report)?;
        let _: Vec<Aside> = self.read_table(Table::Aside, &mut report)?;
        for row in appearances.iter().filter(|row| !known.contains(&row.article)) {
            report
                .faults
                .push(format!("a reprint names article {}, which is not there", row.article.short()));
        }
        Ok(report)
    }

    fn read_table<T: serde::de::DeserializeOwned>(
        &self,
        table: Table,
        report: &mut CheckReport,
    ) -> Result<Vec<T>, ReadError> {
        let mut rows = Vec::new();
        self.engine.scan(table, &[], &[u8::MAX; 40], false, &mut |key, bytes| {
            report.rows += 1;
            match crate::row::decode(table, key, bytes) {
                Ok(row) => rows.push(row),
                Err(error) => report.faults.push(error.to_string()),
            }
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// Counts and sizes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stats(&self) -> Result<Stats, ReadError> {
        let (live, articles) = self.counts();
        let all = self.index().len();
        let subscriptions = self.subscriptions()?;
        let awaited = |row: &DeliveryRow| {
            row.errand == Errand::Event && subscriptions.iter().any(|held| held.id == row.subscription)
        };
        Ok(Stats {
            articles,
            events: live,
            deleted: all - live.min(all),
            subscriptions: subscriptions.len(),
            waiting: self.waiting(awaited)?.len(),
            bytes: self.engine.bytes()?,
            commits: self.engine.head()?,
            span: self.span()?,
        })
    }

    fn span(&self) -> Result<Option<(Timestamp, Timestamp)>, ReadError> {
        let time_after = |seq: u64| {
            let mut at = None;
            let walked = self.engine.changes(seq, &mut |_, change, _| {
                at = Some(change.at);
                Err(String::new())
            });
            match (at, walked) {
                (None, Err(what)) => Err(ReadError::Engine(what)),
                _ => Ok(at),
            }
        };
        let head = self.engine.head()?;
        Ok(time_after(0)?.zip(time_after(head.saturating_sub(1))?))
    }
}
