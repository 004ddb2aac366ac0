//! How every feed is doing now, for whoever lists them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use tokio::sync::Notify;

use super::Plan;
use super::state::State;

/// The board, and the bell that tells the schedule to look at the list of feeds again.
#[derive(Debug, Default)]
pub struct Board {
    plan: RwLock<Arc<Plan>>,
    lines: Mutex<HashMap<String, Line>>,
    pub(super) changed: Notify,
}

/// One feed's line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) state: State,
    /// When it is looked at next.
    pub(crate) next: Timestamp,
}

impl Board {
    /// A board for the config's feeds.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self { plan: RwLock::new(Arc::new(plan)), ..Self::default() }
    }

    /// What the config says.
    #[must_use]
    pub fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.plan.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The config says something else from now on.
    pub fn set_plan(&self, plan: Plan) {
        *self.plan.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(plan);
        self.ring();
    }

    pub(crate) fn line(&self, feed: &str) -> Option<Line> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).get(feed).cloned()
    }

    pub(super) fn put(&self, feed: &str, state: &State, next: Timestamp) {
        let line = Line { state: state.clone(), next };
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).insert(feed.to_owned(), line);
    }

    pub(super) fn take_off(&self, feed: &str) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).remove(feed);
    }

    /// Tells the schedule that feeds were added, changed or taken out.
    pub(crate) fn ring(&self) {
        self.changed.notify_one();
    }
}
