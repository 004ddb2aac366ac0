//! What a store must hold, from what it acknowledged, and whether it does.
//!
//! A [`View`] is everything in a store, by labels. A [`Model`] keeps the view that follows from the
//! worker's lines, and the changes nobody heard the end of: each of those is there whole or not at
//! all. Then both views are equal, down to each source, change and delivery in its order.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use attache_extract::event::Kind;
use attache_store::record::EventRecord;
use attache_store::{Action, Article, AuditEntry, DeliveryState, EventId, EventQuery, Store, StoredEvent};
use serde::Deserialize;

use super::workload::{self, Change, LOUD, Said};

/// Everything in a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Labels of articles whose text is there, each byte of it.
    pub articles: BTreeSet<String>,
    /// Events by label.
    pub events: BTreeMap<String, EventView>,
    /// What was queued for the channels that have a subscription, oldest first: label of the event,
    /// and what became of it.
    pub channels: BTreeMap<u64, Vec<(String, Sending)>>,
    /// How far each feed was read.
    pub feeds: BTreeMap<String, String>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    /// Changes made, and one.
    pub revision: u32,
    /// Taken out.
    pub deleted: bool,
    /// Words of the last edit.
    pub words: Option<String>,
    /// Subscriptions ask for it.
    pub loud: bool,
    /// Labels of the articles that report it.
    pub sources: Vec<String>,
    /// Every change, with words and deletion as they were before.
    pub changes: Vec<(What, Option<String>, bool)>,
}

/// A change in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Fields changed.
    Edited,
    /// Taken out.
    Deleted,
    /// Put back.
    Restored,
    /// Taken back.
    Undone,
}

/// A delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// Not yet, after so many claims.
    Waits(u64),
    /// A worker has it, by this claim.
    Claimed(u64),
    /// As this message, by this claim.
    Sent(u64, u64),
    /// Given up.
    Dead,
}

/// A line of an export, as far as it is looked at.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line {
    Header {},
    Article {
        article: Article,
        text: String,
    },
    Event {
        event: StoredEvent,
    },
    Change {
        entry: AuditEntry,
    },
    #[serde(other)]
    Else,
}

impl View {
    /// Reads a store, whole, by its export, its lists and its indexes, which must agree.
    ///
    /// # Errors
    /// What cannot be read, or contradicts itself.
    pub fn read(store: &Store) -> Result<Self, String> {
        let mut view = Self::default();
        let mut bytes = Vec::new();
        store.export(&mut bytes).map_err(|error| format!("export: {error}"))?;
        let mut labels = HashMap::new();
        let mut ids = HashMap::new();
        let mut entries = Vec::new();
        for line in String::from_utf8_lossy(&bytes).lines() {
            match serde_json::from_str(line).map_err(|error| format!("export: {error}: {line}"))? {
                Line::Header {} | Line::Else => {}
                Line::Article { article, text } => {
                    let label = workload::label_of(&text).unwrap_or_default().to_owned();
                    if text != workload::text(&label) {
                        return Err(format!("the text of article {label:?} is not the one stored"));
                    }
                    labels.insert(article.id, label.clone());
                    if !view.articles.insert(label.clone()) {
                        return Err(format!("article {label} is there twice"));
                    }
                }
                Line::Event { event } => {
                    let label = event_label(&event.event)?;
                    ids.insert(event.id, label.clone());
                    let source = |id| labels.get(id).cloned().unwrap_or_else(|| format!("unknown {id}"));
                    let held = EventView {
                        revision: event.revision,
                        deleted: event.deleted,
                        words: event.event.claims.first().cloned(),
                        loud: event.event.topics == [LOUD],
                        sources: event.sources.iter().map(|s| source(&s.article)).collect(),
                        changes: Vec::new(),
                    };
                    let mut first = workload::event(&label, held.loud);
                    first.claims.clone_from(&event.event.claims);
                    if first != event.event {
                        return Err(format!("event {label} is not the one stored: {:?}", event.event));
                    }
                    if view.events.insert(label.clone(), held).is_some() {
                        return Err(format!("event {label} is there twice"));
                    }
                }
                Line::Change { entry } => entries.push(entry),
            }
        }
        entries.sort_by_key(|entry| entry.id);
        for entry in entries {
            let label = event_label(&entry.before.event)?;
            let event = view.events.get_mut(&label).ok_or_else(|| format!("a change of no event {label}"))?;
            let what = match entry.action {
                Action::Edited => What::Edited,
                Action::Deleted => What::Deleted,
                Action::Restored => What::Restored,
                Action::Undid(_) => What::Undone,
                other => return Err(format!("a change of {label} that nobody made: {other:?}")),
            };
            event.changes.push((what, entry.before.event.claims.first().cloned(), entry.before.deleted));
        }
        view.read_deliveries(store, &ids)?;
        for feed in (0..workload::THREADS).map(workload::feed) {
            let mark = store.feed_mark(&feed).map_err(|error| format!("feed {feed}: {error}"))?;
            view.feeds.extend(mark.map(|mark| (feed, mark.place)));
        }
        view.hold_against_indexes(store)?;
        Ok(view)
    }

    fn read_deliveries(&mut self, store: &Store, ids: &HashMap<EventId, String>) -> Result<(), String> {
        for subscription in store.subscriptions().map_err(|error| format!("subscriptions: {error}"))? {
            let rows = store.deliveries(subscription.id, usize::MAX);
            let mut rows = rows.map_err(|error| format!("deliveries: {error}"))?;
            rows.sort_by_key(|row| row.id);
            // What follows from further reports of what was sent is not modelled.
            rows.retain(|row| row.errand == attache_store::Errand::Event);
            let list = self.channels.entry(subscription.channel).or_default();
            for row in rows {
                let label = ids.get(&row.event).ok_or_else(|| format!("delivery {} of no event", row.id))?;
                let state = match row.state {
                    DeliveryState::Pending(_) => Sending::Waits(row.fence),
                    DeliveryState::Claimed(_) => Sending::Claimed(row.fence),
                    DeliveryState::Delivered(message, _) => Sending::Sent(message, row.fence),
                    DeliveryState::Dead => Sending::Dead,
                };
                list.push((label.clone(), state));
            }
        }
        Ok(())
    }

    /// Queries, counts and sizes say what the rows say.
    fn hold_against_indexes(&self, store: &Store) -> Result<(), String> {
        let told = |query: &EventQuery| -> Result<BTreeSet<String>, String> {
            let rows = store.all_events(query).map_err(|error| format!("a query: {error}"))?;
            let count = store.count(query).map_err(|error| format!("a count: {error}"))?;
            let labels =
                rows.iter().map(|row| event_label(&row.event)).collect::<Result<BTreeSet<_>, _>>()?;
            if labels.len() != rows.len() || count != rows.len() {
                return Err(format!("{} rows, {} events, counted {count}", rows.len(), labels.len()));
            }
            Ok(labels)
        };
        let held = |keep: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
            let live = self.events.iter().filter(|(label, event)| !event.deleted && keep(label));
            live.map(|(label, _)| label.clone()).collect()
        };
        let japan = EventQuery { countries: "JP".parse().into_iter().collect(), ..EventQuery::default() };
        let of_japan = |label: &str| {
            workload::event(label, false).parties.iter().any(|p| p.country.as_deref() == Some("JP"))
        };
        let checks: [(&str, EventQuery, BTreeSet<String>); 3] = [
            ("day", EventQuery::default(), held(&|_| true)),
            ("kind", EventQuery::of(Kind::Engagement), held(&workload::is_contact)),
            ("country", japan, held(&of_japan)),
        ];
        for (index, query, expected) in checks {
            let found = told(&query)?;
            if found != expected {
                return Err(format!(
                    "the index by {index} lacks {:?} and has {:?} too much",
                    expected.difference(&found).collect::<Vec<_>>(),
                    found.difference(&expected).collect::<Vec<_>>()
                ));
            }
        }
        let stats = store.stats().map_err(|error| format!("sizes: {error}"))?;
        let deleted = self.events.values().filter(|event| event.deleted).count();
        let waiting = self.channels.values().flatten();
        let waiting =
            waiting.filter(|(_, state)| matches!(state, Sending::Waits(_) | Sending::Claimed(_))).count();
        let expected =
            (self.articles.len(), self.events.len() - deleted, deleted, self.channels.len(), waiting);
        let found = (stats.articles, stats.events, stats.deleted, stats.subscriptions, stats.waiting);
        if expected != found {
            return Err(format!("sizes are {found:?}, and {expected:?} is there"));
        }
        Ok(())
    }

    /// Makes a change.
    ///
    /// # Panics
    /// When the worker did what it could not.
    pub fn make(&mut self, change: &Change) {
        match change {
            Change::Article { label, events, loud } => {
                self.articles.insert(label.clone());
                for place in 0..*events {
                    let event = workload::event_label(label, place);
                    self.events.insert(
                        event.clone(),
                        EventView {
                            revision: 1,
                            deleted: false,
                            words: None,
                            loud: *loud,
                            sources: vec![label.clone()],
                            changes: Vec::new(),
                        },
                    );
                    if *loud {
                        for queue in self.channels.values_mut() {
                            queue.push((event.clone(), Sending::Waits(0)));
                        }
                    }
                }
            }
            Change::Report { label, event } => {
                self.articles.insert(label.clone());
                self.event(event).sources.push(label.clone());
            }
            Change::Edit { event, words } => {
                self.change(event, What::Edited, |event| event.words = Some(words.clone()));
            }
            Change::Delete { event } => self.change(event, What::Deleted, |event| event.deleted = true),
            Change::Restore { event } => self.change(event, What::Restored, |event| event.deleted = false),
            Change::Undo { event } => self.change(event, What::Undone, |event| {
                if let Some((_, words, deleted)) = event.changes.last().cloned() {
                    event.words = words;
                    event.deleted = deleted;
                }
            }),
            Change::Subscribe { channel } => {
                self.channels.insert(*channel, Vec::new());
            }
            Change::Unsubscribe { channel } => {
                self.channels.remove(channel);
            }
            Change::Claim => {
                for queue in self.channels.values_mut() {
                    let mut states = queue.iter_mut().map(|(_, state)| state);
                    let next = states.find(|state| !matches!(state, Sending::Sent(..) | Sending::Dead));
                    if let Some(state) = next
                        && let Sending::Waits(claims) = *state
                    {
                        *state = Sending::Claimed(claims + 1);
                    }
                }
            }
            Change::Release => {
                for (_, state) in self.channels.values_mut().flatten() {
                    if let Sending::Claimed(claims) = *state {
                        *state = Sending::Waits(claims);
                    }
                }
            }
            Change::Read { feed, place: Some(place) } => drop(self.feeds.insert(feed.clone(), place.clone())),
            Change::Read { feed, place: None } => drop(self.feeds.remove(feed)),
            Change::Send { channel, message } => {
                for (_, state) in self.channels.entry(*channel).or_default() {
                    if let Sending::Claimed(claim) = *state {
                        *state = Sending::Sent(*message, claim);
                    }
                }
            }
        }
    }

    fn event(&mut self, label: &str) -> &mut EventView {
        self.events.get_mut(label).unwrap_or_else(|| panic!("the worker changed {label}, which nobody made"))
    }

    fn change(&mut self, label: &str, what: What, make: impl FnOnce(&mut EventView)) {
        let event = self.event(label);
        let before = (what, event.words.clone(), event.deleted);
        make(event);
        event.revision += 1;
        event.changes.push(before);
    }

    /// Whether a change that would be made to this view is in `other`, going by its chief mark alone.
    fn is_made_in(&self, change: &Change, other: &Self) -> bool {
        let mut after = self.clone();
        after.make(change);
        match change {
            Change::Article { label, .. } | Change::Report { label, .. } => other.articles.contains(label),
            Change::Edit { event, .. }
            | Change::Delete { event }
            | Change::Restore { event }
            | Change::Undo { event } => {
                other.events.get(event).map(|e| e.revision) == after.events.get(event).map(|e| e.revision)
            }
            Change::Read { feed, .. } => other.feeds.get(feed) == after.feeds.get(feed),
            Change::Subscribe { .. }
            | Change::Unsubscribe { .. }
            | Change::Claim
            | Change::Release
            | Change::Send { .. } => {
                // Any channel that shows the change shows that it was made.
                let channels = after.channels.keys().chain(self.channels.keys());
                let mut moved =
                    channels.filter(|channel| after.channels.get(channel) != self.channels.get(channel));
                moved.any(|channel| after.channels.get(channel) == other.channels.get(channel))
            }
        }
    }

    /// Where two views differ, the first few places.
    #[must_use]
    pub fn differences(&self, found: &Self) -> String {
        let mut text = String::new();
        differ(&mut text, "event", &self.events, &found.events);
        differ(&mut text, "channel", &self.channels, &found.channels);
        differ(&mut text, "feed", &self.feeds, &found.feeds);
        let lost: Vec<_> = self.articles.difference(&found.articles).take(5).collect();
        let gained: Vec<_> = found.articles.difference(&self.articles).take(5).collect();
        if !lost.is_empty() || !gained.is_empty() {
            let _ = writeln!(text, "articles lost {lost:?}, and not of ours {gained:?}");
        }
        text
    }
}

fn differ<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
    text: &mut String,
    what: &str,
    expected: &BTreeMap<K, V>,
    found: &BTreeMap<K, V>,
) {
    let keys: BTreeSet<&K> = expected.keys().chain(found.keys()).collect();
    for key in keys.into_iter().filter(|key| expected.get(key) != found.get(key)).take(5) {
        let _ =
            writeln!(text, "{what} {key:?}: expected {:?}, found {:?}", expected.get(key), found.get(key));
    }
}

fn event_label(event: &EventRecord) -> Result<String, String> {
    event.scope.clone().ok_or_else(|| format!("an event without its label: {event:?}"))
}

/// What a store must hold.
#[derive(Debug, Default)]
pub struct Model {
    view: View,
    /// Changes whose end nobody heard.
    open: Vec<Change>,
    /// How many were acknowledged.
    pub acknowledged: usize,
}

impl Model {
    /// Takes a run's lines in.
    ///
    /// # Panics
    /// When the worker reports a fault.
    pub fn hear(&mut self, lines: &[Said]) {
        let mut tried: BTreeMap<u64, Change> = BTreeMap::new();
        for line in lines {
            match line {
                Said::Try(thread, change) => {
                    tried.insert(*thread, change.clone());
                }
                Said::Done(thread) => {
                    if let Some(change) = tried.remove(thread) {
                        self.view.make(&change);
                        self.acknowledged += 1;
                    }
                }
                Said::Failed { thread, uncertain, .. } => {
                    // What the store says it did not do must not be there: then it is no open one.
                    if let Some(change) = tried.remove(thread).filter(|_| *uncertain) {
                        self.open.push(change);
                    }
                }
                Said::Wrong(what) => panic!("the worker read what it did not write: {what}"),
                Said::Open | Said::Shut(_) | Said::End => {}
            }
        }
        self.open.extend(tried.into_values());
    }

    /// Holds a store against what must be there. Open changes are looked for; from then on they
    /// count as made, or as never tried.
    ///
    /// # Errors
    /// What is missing, half there, or not of ours.
    pub fn settle(&mut self, store: &Store) -> Result<(), String> {
        let found = View::read(store)?;
        for change in std::mem::take(&mut self.open) {
            if self.view.is_made_in(&change, &found) {
                self.view.make(&change);
            }
        }
        if found != self.view {
            return Err(self.view.differences(&found));
        }
        let report = store.check().map_err(|error| format!("check: {error}"))?;
        if report.faults.is_empty() { Ok(()) } else { Err(format!("check: {:#?}", report.faults)) }
    }

    /// The view of it.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.view
    }
}
