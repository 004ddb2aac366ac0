//! Keeps articles and events, and answers questions about them.
//!
//! A [`Store`] is a folder. What [`Store::commit_article`] and the other writing functions have
//! returned is on disk: it is there after a crash of the program or of the machine. Views
//! (engagement log, tariff status, tension register) are pure folds over stored events.
//!
//! The crate knows no clock: whoever calls says what time it is. One module, `engine`, names sled.

mod added;
mod address;
mod article;
mod aside;
mod call;
mod change;
mod check;
mod chronology;
mod commit;
mod correct;
mod error;
mod feed;
mod held;
mod history;
mod id;
mod index;
mod join;
mod journal;
mod key;
mod likeness;
mod manifest;
mod migrate;
mod months;
mod names;
mod outbox;
mod query;
mod reread;
mod revision;
mod row;
mod store;
mod subscription;
mod transfer;

pub mod engine;
#[doc(hidden)]
pub mod fuzzing;
pub mod record;
pub mod view;

pub use address::canonical as canonical_address;
pub use article::{Article, NewArticle, ReadFrom};
pub use aside::Aside;
pub use change::{Act, Change, Seq};
pub use check::{CheckReport, Stats};
pub use chronology::{
    BadChronology, ChronologyError, ChronologyEvent, ChronologyRecord, ChronologySource, ORIGIN, chronology,
};
pub use commit::{Announce, Commit, Incoming, Outcome, Standing};
pub use correct::{Action, AuditEntry, Correction};
pub use error::{CommitError, ImportError, OpenError, ReadError, WriteError};
pub use feed::{FeedAction, FeedChange, FeedMark, FeedSource};
pub use id::{ArticleId, AuditId, DeliveryId, EventId, Found, SubscriptionId};
pub use names::{NameOf, Names};
pub use outbox::{Delivery, DeliveryState, Errand, Pace, Posted, Verdict, Wait};
pub use query::{Cursor, EventQuery, Page, Rule};
pub use reread::Reread;
pub use revision::{Appearance, Revision};
pub use row::{Source, StoredEvent};
pub use store::Store;
pub use subscription::{Filter, Layout, Mention, Mode, NewSubscription, Pause, Plan, Quiet, Subscription};
pub use transfer::Imported;
