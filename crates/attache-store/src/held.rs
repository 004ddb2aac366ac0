//! Views kept in memory: folded from the stored events when first asked for, and after that taking in
//! only what changed.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attache_extract::StateCode;
use attache_extract::event::Kind;
use jiff::civil::Date;

use crate::change::Change;
use crate::engine::Table;
use crate::error::ReadError;
use crate::id::EventId;
use crate::names::Names;
use crate::query::EventQuery;
use crate::row::StoredEvent;
use crate::store::Store;
use crate::view::tariffs::{AsOf, Ledger, TariffStatus};
use crate::view::tensions::{Register, Thread};
use crate::view::terms::Terms;

/// A view that takes events one by one.
pub(crate) trait Fold: Default {
    /// Kinds of events that can change it.
    const KINDS: &'static [Kind];

    /// Takes an event in, in the place of its earlier revision; a deleted one is taken out.
    fn put(&mut self, row: &StoredEvent);

    /// Takes an event out.
    fn forget(&mut self, id: EventId);

    /// Called after changes, before the view is asked.
    fn settle(&mut self) {}
}

/// A view, once it was asked for, and the events that changed since it was brought up to date.
#[derive(Debug)]
pub(crate) struct Held<V>(Mutex<Inner<V>>);

#[derive(Debug)]
struct Inner<V> {
    view: Option<V>,
    /// Changes are noted: somebody has begun to read the events.
    asked: bool,
    changed: Vec<EventId>,
}

impl<V> Default for Held<V> {
    fn default() -> Self {
        Self(Mutex::new(Inner { view: None, asked: false, changed: Vec::new() }))
    }
}

impl<V: Fold> Held<V> {
    fn inner(&self) -> MutexGuard<'_, Inner<V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, changed: &[EventId]) {
        let mut inner = self.inner();
        if inner.asked {
            inner.changed.extend(changed);
        }
    }

    /// An empty view to be filled, where there is none yet; from now on changes are noted.
    fn begin(&self) -> Option<V> {
        let mut inner = self.inner();
        inner.asked = true;
        inner.view.is_none().then(V::default)
    }

    /// Keeps a view that was filled, unless somebody was faster.
    fn keep(&self, new: Option<V>) {
        let mut inner = self.inner();
        if inner.view.is_none() {
            inner.view = new;
        }
    }

    fn ask<T>(&self, store: &Store, ask: impl FnOnce(&V) -> T) -> Result<T, ReadError> {
        // The index is asked without this lock: who writes notes changes while holding the index.
        if let Some(mut new) = self.begin() {
            for kind in V::KINDS {
                store.each_event(&EventQuery::of(*kind), &mut |row| new.put(&row))?;
            }
            self.keep(Some(new));
        }
        let mut inner = self.inner();
        let Inner { view, changed, .. } = &mut *inner;
        let view = view.get_or_insert_default();
        while let Some(id) = changed.last().copied() {
            match store.event(id)? {
                Some(row) => view.put(&row),
                None => view.forget(id),
            }
            changed.pop();
        }
        view.settle();
        Ok(ask(view))
    }
}

/// All views kept in memory.
#[derive(Debug, Default)]
pub(crate) struct Views {
    ledger: Held<Ledger>,
    register: Held<Register>,
    terms: Held<Terms>,
    names: Held<Names>,
    given: Given,
}

/// What is asked of the ledger for a status.
type Asked = (StateCode, Option<StateCode>, AsOf);

/// Answers that views gave since events last changed: one day's are asked for again and again.
#[derive(Debug, Default)]
struct Given {
    /// How often events changed.
    changes: AtomicU64,
    statuses: Kept<Asked, TariffStatus>,
    threads: Kept<Date, Vec<Thread>>,
}

/// Answers by what was asked, given after so many changes.
#[derive(Debug)]
struct Kept<K, V>(Mutex<(u64, HashMap<K, Arc<V>>)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new((0, HashMap::new())))
    }
}

/// Rows kept of answers of one kind; beyond that all are forgotten.
const KEPT: usize = 20_000;

impl<K: Copy + Eq + Hash, V> Kept<K, V> {
    /// The answer to what is asked; `rows` says how much it holds.
    fn or_ask(
        &self,
        asked: K,
        changes: &AtomicU64,
        rows: impl Fn(&V) -> usize,
        ask: impl FnOnce() -> Result<V, ReadError>,
    ) -> Result<Arc<V>, ReadError> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = changes.load(Ordering::Acquire);
        if let Some(answer) =
            Some(kept()).filter(|kept| kept.0 == changes).and_then(|k| k.1.get(&asked).cloned())
        {
            return Ok(answer);
        }
        let answer = Arc::new(ask()?);
        let mut kept = kept();
        let held: usize = kept.1.values().map(|answer| rows(answer)).sum();
        if kept.0 != changes || held + rows(&answer) > KEPT {
            *kept = (changes, HashMap::new());
        }
        kept.1.insert(asked, Arc::clone(&answer));
        Ok(answer)
    }
}

impl Views {
    /// Keeps in mind which events have to be read again.
    pub(crate) fn note(&self, change: &Change) {
        let puts = change.puts.iter().filter(|put| put.table == Table::Event);
        let events: Vec<_> = puts.filter_map(|put| put.key.as_slice().try_into().ok().map(EventId)).collect();
        if events.is_empty() {
            return;
        }
        self.ledger.note(&events);
        self.register.note(&events);
        self.terms.note(&events);
        self.names.note(&events);
        // Last: who counts this change finds it noted.
        self.given.changes.fetch_add(1, Ordering::AcqRel);
    }
}

/// Takes an event into a view that is being filled, if it is of its kinds.
fn fold<V: Fold>(view: &mut Option<V>, row: &StoredEvent) {
    if let Some(view) = view.as_mut().filter(|_| V::KINDS.contains(&row.event.kind.0)) {
        view.put(row);
    }
}

impl Store {
    /// Makes all views before somebody waits for one, in one reading of the events.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn make_views(&self) -> Result<(), ReadError> {
        let Views { ledger, register, terms, names, .. } = &self.views;
        let (mut duties, mut moves, mut ends) = (ledger.begin(), register.begin(), terms.begin());
        let mut named = names.begin();
        self.each_event(&EventQuery::default(), &mut |row| {
            fold(&mut duties, &row);
            fold(&mut moves, &row);
            fold(&mut ends, &row);
            fold(&mut named, &row);
        })?;
        ledger.keep(duties);
        register.keep(moves);
        terms.keep(ends);
        names.keep(named);
        self.with_names(|_| ())?;
        self.with_ledger(|_| ())?;
        self.with_register(|_| ())?;
        self.with_terms(|_| ())
    }

    /// Asks the tariff ledger. The first time takes as long as reading every event it rests on; so for
    /// all views.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn with_ledger<T>(&self, ask: impl FnOnce(&Ledger) -> T) -> Result<T, ReadError> {
        self.views.ledger.ask(self, ask)
    }

    /// The ledger's status, as [`Ledger::status`] gives it; what was asked since the last change is
    /// not reckoned again.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tariff_status(
        &self,
        imposer: StateCode,
        on: Option<StateCode>,
        as_of: AsOf,
    ) -> Result<Arc<TariffStatus>, ReadError> {
        let Given { changes, statuses, .. } = &self.views.given;
        let rows = |status: &TariffStatus| status.layers.len() + status.conflicts.len() + 1;
        statuses.or_ask((imposer, on, as_of), changes, rows, || {
            self.with_ledger(|ledger| ledger.status(imposer, on, as_of))
        })
    }

    /// The register's threads, as [`Register::threads`] gives them; what was asked since the last change
    /// is not put together again.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn threads(&self, as_of: Date) -> Result<Arc<Vec<Thread>>, ReadError> {
        let Given { changes, threads, .. } = &self.views.given;
        threads.or_ask(as_of, changes, Vec::len, || self.with_register(|register| register.threads(as_of)))
    }

    /// Asks the tension register.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn with_register<T>(&self, ask: impl FnOnce(&Register) -> T) -> Result<T, ReadError> {
        self.views.register.ask(self, ask)
    }

    /// Asks for the ends and plans that stored events tell.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn with_terms<T>(&self, ask: impl FnOnce(&Terms) -> T) -> Result<T, ReadError> {
        self.views.terms.ask(self, ask)
    }

    /// Asks for names.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn with_names<T>(&self, ask: impl FnOnce(&Names) -> T) -> Result<T, ReadError> {
        self.views.names.ask(self, ask)
    }
}
