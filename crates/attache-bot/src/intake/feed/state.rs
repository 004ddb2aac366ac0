//! Where the reading of one feed stands, and how it went: kept in the store as one line of JSON.

use std::collections::{BTreeMap, HashSet, VecDeque};

use attache_store::{ReadError, Store, WriteError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::intake::fetch::Validators;

/// Items kept in mind at least, however short the feed is; a longer one has twice its length.
const REMEMBERED: usize = 500;
/// Reasons kept for items that were passed over.
const REASONS: usize = 5;
/// How often an item whose page does not answer is tried.
pub(super) const TRIES: u32 = 12;
/// How often it is written down that nothing happened, in seconds.
const QUIET: i64 = 3600;
/// Items kept that are still to be tried again.
const WAITING: usize = 200;
/// Items, from the top of the feed, whose changes are noticed.
const WATCHED: usize = 300;
/// How often a changed item is read again: one that changes without end is only noisy.
const REREAD: u8 = 24;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// Another address than the configured one: it moved for good, or was found on a page.
    pub(crate) address: Option<String>,
    /// What the feed calls itself.
    pub(crate) title: Option<String>,
    etag: Option<String>,
    modified: Option<String>,
    seen: Seen,
    /// Of items whose article was read: what the feed said of them then.
    prints: Prints,
    /// Items whose page did not answer, and how often.
    again: Vec<(u64, u32)>,
    /// When it was read first.
    pub(crate) since: Option<Timestamp>,
    /// When it was asked last.
    pub(crate) looked: Option<Timestamp>,
    /// When it answered well last.
    pub(crate) success: Option<Timestamp>,
    /// What went wrong last, and when.
    pub(crate) fault: Option<(Timestamp, String)>,
    /// Failures since it answered well.
    pub(crate) failures: u32,
    /// Items it has shown.
    pub(crate) items: u64,
    /// Articles stored of them.
    pub(crate) articles: u64,
    /// Items whose article was stored already.
    pub(crate) known: u64,
    /// Later versions of articles that were stored.
    pub(crate) updated: u64,
    /// Items passed over.
    pub(crate) passed: u64,
    /// Events found in its articles.
    pub(crate) events: u64,
    /// Why items were passed over, the latest last.
    pub(crate) reasons: Vec<String>,
}

impl State {
    /// What is kept of a feed.
    pub(crate) fn load(store: &Store, feed: &str) -> Result<Self, ReadError> {
        let kept = store.feed_mark(feed)?;
        // A line of a later version reads as far as it is known; one that does not read at all means
        // reading the feed anew, and the store knows its articles.
        Ok(kept.and_then(|mark| serde_json::from_str(&mark.place).ok()).unwrap_or_default())
    }

    /// Keeps it.
    pub(crate) fn save(&self, store: &Store, feed: &str, now: Timestamp) -> Result<(), WriteError> {
        let line = serde_json::to_string(self).map_err(|error| WriteError::Engine(error.to_string()))?;
        store.set_feed_mark(feed, Some(&line), now)
    }

    /// What to ask the server with, so that it sends only what changed.
    pub(super) fn validators(&self) -> Validators {
        Validators { etag: self.etag.clone(), modified: self.modified.clone() }
    }

    /// Keeps the server's word on what was read whole. While items wait to be tried again the feed has
    /// to be sent whole.
    pub(super) fn read_whole(&mut self, validators: Validators) {
        let keep = self.again.is_empty();
        self.etag = validators.etag.filter(|_| keep);
        self.modified = validators.modified.filter(|_| keep);
    }

    /// The items that were dealt with before.
    pub(super) fn dealt_with(&self) -> HashSet<u64> {
        self.seen.0.iter().copied().collect()
    }

    /// The item is dealt with.
    pub(super) fn done(&mut self, item: u64) {
        self.again.retain(|(waiting, _)| *waiting != item);
        self.seen.0.push_back(item);
    }

    /// The article of an item was read, whose print was this.
    pub(super) fn was_read(&mut self, item: u64, print: u32) {
        let times = self.prints.0.get(&item).map_or(0, |(_, times)| times.saturating_add(1));
        self.prints.0.insert(item, (print, times));
        self.again.retain(|(waiting, _)| *waiting != item);
    }

    /// Whether the feed says something else of an item than when it was read.
    pub(super) fn is_changed(&self, item: u64, print: u32) -> bool {
        self.prints.0.get(&item).is_some_and(|(held, times)| *held != print && *times < REREAD)
    }

    /// The item is to be tried again, unless it was tried often enough.
    pub(super) fn later(&mut self, item: u64) -> bool {
        let tries =
            self.again.iter().find(|(waiting, _)| *waiting == item).map_or(0, |(_, tries)| *tries) + 1;
        self.again.retain(|(waiting, _)| *waiting != item);
        let again = tries < TRIES && self.again.len() < WAITING;
        if again {
            self.again.push((item, tries));
        }
        again
    }

    /// Forgets items that left the feed long ago, and what was said of those further down.
    pub(super) fn forget(&mut self, in_order: &[u64]) {
        let listed: &HashSet<u64> = &in_order.iter().copied().collect();
        let watched: HashSet<u64> = in_order.iter().take(WATCHED).copied().collect();
        self.prints.0.retain(|item, _| watched.contains(item));
        let most = REMEMBERED.max(listed.len() * 2);
        self.again.retain(|(item, _)| listed.contains(item));
        let mut over = self.seen.0.len().saturating_sub(most);
        self.seen.0.retain(|item| {
            let forgotten = over > 0 && !listed.contains(item);
            over -= usize::from(forgotten);
            !forgotten
        });
    }

    /// Whether a restart should know of what happened since. That nothing did is written down seldom.
    pub(super) fn differs(&self, kept: &Self) -> bool {
        let same = Self {
            looked: kept.looked,
            success: kept.success,
            fault: kept.fault.clone(),
            failures: kept.failures,
            ..self.clone()
        };
        let turned = (kept.failures == 0) != (self.failures == 0);
        let age = self.looked.zip(kept.looked).map(|(now, kept)| now.as_second() - kept.as_second());
        turned || same != *kept || age.is_none_or(|age| age >= QUIET)
    }

    /// An item was passed over, for this reason.
    pub(super) fn pass(&mut self, reason: &str) {
        self.passed += 1;
        self.reasons.push(reason.chars().take(300).collect());
        let more = self.reasons.len().saturating_sub(REASONS);
        self.reasons.drain(..more);
    }
}

/// Items by their keys, the oldest first; written as one text of twelve digits each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
struct Seen(VecDeque<u64>);

impl From<Seen> for String {
    fn from(seen: Seen) -> Self {
        seen.0.iter().map(|key| format!("{key:012x}")).collect()
    }
}

impl From<String> for Seen {
    fn from(text: String) -> Self {
        let keys = text.as_bytes().chunks(12).filter_map(|digits| std::str::from_utf8(digits).ok());
        Self(keys.filter_map(|digits| u64::from_str_radix(digits, 16).ok()).collect())
    }
}

/// Prints by items, with how often each was read again; written as one text of 12, 8 and 2 digits each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
struct Prints(BTreeMap<u64, (u32, u8)>);

impl From<Prints> for String {
    fn from(prints: Prints) -> Self {
        let digits =
            |(item, (print, times)): (&u64, &(u32, u8))| format!("{item:012x}{print:08x}{times:02x}");
        prints.0.iter().map(digits).collect()
    }
}

impl From<String> for Prints {
    fn from(text: String) -> Self {
        let read = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).ok()?;
            let number = |from, to| u64::from_str_radix(digits.get(from..to)?, 16).ok();
            let print = u32::try_from(number(12, 20)?).ok()?;
            Some((number(0, 12)?, (print, u8::try_from(number(20, 22)?).ok()?)))
        };
        Self(text.as_bytes().chunks(22).filter_map(read).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_kept_whole() {
        let store = Store::in_memory().unwrap();
        let mut state = State { title: Some("News".to_owned()), failures: 3, ..State::default() };
        state.done(0x0123_4567_89ab);
        state.done(1);
        state.later(7);
        state.was_read(1, 0xdead_beef);
        state.was_read(1, 0x00c0_ffee);
        state.pass("why");
        state.save(&store, "https://a.example/feed", Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(State::load(&store, "https://a.example/feed").unwrap(), state);
        assert_eq!(State::load(&store, "https://b.example/feed").unwrap(), State::default());
    }

    #[test]
    fn an_item_is_tried_so_often_and_a_long_feed_is_remembered_whole() {
        let mut state = State::default();
        let tries = (1..=TRIES).map(|_| state.later(1)).collect::<Vec<_>>();
        let (last, before) = tries.split_last().unwrap();
        assert!(!last && before.iter().all(|again| *again), "{tries:?}");
        (0..5_000).for_each(|item| state.done(item));
        state.forget(&(3_000..5_000).collect::<Vec<_>>());
        let seen = state.dealt_with();
        assert!(!seen.contains(&999) && seen.contains(&1_000) && seen.contains(&4_999));
    }

    #[test]
    fn a_change_is_noticed_of_what_was_read_and_not_without_end() {
        let mut state = State::default();
        assert!(!state.is_changed(1, 7), "it was never read");
        state.was_read(1, 7);
        assert!(!state.is_changed(1, 7) && state.is_changed(1, 8));
        (0..u32::from(REREAD)).for_each(|print| state.was_read(1, print + 8));
        assert!(!state.is_changed(1, 7));
        state.was_read(2, 7);
        state.forget(&(10..10 + WATCHED as u64).chain([2]).collect::<Vec<_>>());
        assert!(!state.is_changed(2, 8), "it stands far down");
    }

    #[test]
    fn a_feed_with_waiting_items_is_asked_for_whole() {
        let mut state = State::default();
        let validators = Validators { etag: Some("\"a\"".to_owned()), modified: None };
        state.later(1);
        state.read_whole(validators.clone());
        assert_eq!(state.validators(), Validators::default());
        state.done(1);
        state.read_whole(validators.clone());
        assert_eq!(state.validators(), validators);
    }

    #[test]
    fn that_nothing_happened_is_written_down_seldom() {
        let at = |second| Some(Timestamp::from_second(second).unwrap());
        let kept = State { looked: at(100), success: at(100), ..State::default() };
        let later = |s: i64| State { looked: at(100 + s), success: at(100 + s), ..State::default() };
        assert!(!later(60).differs(&kept));
        assert!(later(3600).differs(&kept));
        assert!(State { failures: 1, ..later(60) }.differs(&kept));
        assert!(!State { failures: 2, ..later(60) }.differs(&State { failures: 1, ..kept.clone() }));
        assert!(State { items: 1, ..later(60) }.differs(&kept));
        assert!(later(0).differs(&State::default()));
    }
}
