//! What may be sent now, what goes together into one message, and what waits for what.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::{DeliveryRow, Errand, State};
use crate::engine::Table;
use crate::error::ReadError;
use crate::id::{DeliveryId, SubscriptionId};
use crate::store::Store;
use crate::subscription::{Mode, Pause, Subscription};

/// When many messages become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// So many messages in [`window`](Self::window) a subscription gets one by one.
    pub burst: usize,
    /// See [`burst`](Self::burst).
    pub window: SignedDuration,
    /// What comes beyond is collected until nothing more came for so long …
    pub settle: SignedDuration,
    /// … and at most for so long.
    pub longest: SignedDuration,
    /// So many that waited for quiet hours, a pause or an outage to end are still sent one by one.
    pub few: usize,
    /// What waited longer than this has waited for something to end.
    pub stale: SignedDuration,
}

impl Default for Pace {
    /// Ten messages in ten minutes.
    fn default() -> Self {
        Self {
            burst: 10,
            window: SignedDuration::from_mins(10),
            settle: SignedDuration::from_secs(20),
            longest: SignedDuration::from_mins(5),
            few: 3,
            stale: SignedDuration::from_mins(10),
        }
    }
}

impl Pace {
    /// Every event by itself, however many there are.
    #[must_use]
    pub fn one_by_one() -> Self {
        Self { burst: usize::MAX, few: usize::MAX, ..Self::default() }
    }
}

/// What a delivery waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wait {
    /// Nothing: its turn is next.
    Turn,
    /// Those before it in its channel.
    Behind,
    /// A pause.
    Pause(Pause),
    /// The digest of this instant.
    Digest(Timestamp),
    /// The end of the quiet hours.
    Quiet(Timestamp),
    /// Many came at once: they are collected until then.
    Burst(Timestamp),
    /// The last attempt failed, the next is then.
    Again(Timestamp),
}

/// Deliveries that make one message; never empty.
#[derive(Debug)]
pub(crate) struct Batch {
    rows: Vec<DeliveryRow>,
    /// Whether the message is a digest, be it of one event.
    digest: bool,
}

impl Batch {
    fn one(row: DeliveryRow) -> Self {
        Self { rows: vec![row], digest: false }
    }

    fn first(&self) -> Option<DeliveryId> {
        self.rows.first().map(|row| row.id)
    }

    /// Its rows, the leading one first, as they have to be kept from now on.
    pub(crate) fn sealed(self) -> Vec<DeliveryRow> {
        let Self { mut rows, digest } = self;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        for row in &mut rows {
            row.with.clear();
            if digest {
                let begun = row.head.filter(|_| !row.is_gathered());
                row.head = begun.or(ids.first().copied());
            }
        }
        if let Some(first) = rows.first_mut() {
            first.with = ids.into_iter().skip(1).collect();
        }
        rows
    }
}

/// The outbox at an instant.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// To be sent now, at most one per lane, oldest first.
    pub(crate) ready: Vec<Batch>,
    /// When something else will be.
    pub(crate) next: Option<Timestamp>,
    /// What each row waits for.
    pub(crate) waits: HashMap<DeliveryId, Wait>,
}

impl Look {
    fn wait(&mut self, rows: &[DeliveryRow], until: Timestamp, why: &Wait) {
        self.next = Some(self.next.map_or(until, |next| next.min(until)));
        self.waits.extend(rows.iter().map(|row| (row.id, why.clone())));
    }
}

/// Posts of a channel keep their order; so do its rewritings, which wait for no post.
type Lane = (u64, bool);

impl Store {
    /// Sorts what waits into lanes and looks at each.
    pub(crate) fn look(&self, now: Timestamp, pace: &Pace) -> Result<Look, ReadError> {
        let subscriptions: BTreeMap<SubscriptionId, Subscription> =
            self.subscriptions()?.into_iter().map(|held| (held.id, held)).collect();
        let mut look = Look::default();
        let resting: BTreeSet<_> =
            subscriptions.values().filter(|held| held.pause_at(now).is_some()).map(|held| held.id).collect();
        let until = |held: &Subscription| held.pause_at(now).and_then(|pause| pause.until);
        look.next = subscriptions.values().filter_map(until).min();
        let mut ids = Vec::new();
        self.each_waiting(|_, id, subscription| {
            if !resting.contains(&subscription) {
                ids.push(id);
            }
        })?;
        ids.sort();
        let mut lanes: BTreeMap<Lane, Vec<DeliveryRow>> = BTreeMap::new();
        for row in self.rows_at(&ids)? {
            let rewriting = matches!(row.errand, Errand::Rewrite { .. });
            let pause = subscriptions.get(&row.subscription).and_then(|held| held.pause_at(now));
            // A channel that takes nothing takes no edit either.
            if let Some(pause) = pause.filter(|pause| rewriting && !pause.by_person) {
                look.waits.insert(row.id, Wait::Pause(pause.clone()));
                continue;
            }
            lanes.entry((row.channel, rewriting)).or_default().push(row);
        }
        for rows in lanes.into_values() {
            self.look_at_lane(rows, &subscriptions, (now, pace), &mut look)?;
        }
        look.ready.sort_by_key(Batch::first);
        Ok(look)
    }

    fn look_at_lane(
        &self,
        rows: Vec<DeliveryRow>,
        subscriptions: &BTreeMap<SubscriptionId, Subscription>,
        (now, pace): (Timestamp, &Pace),
        look: &mut Look,
    ) -> Result<(), ReadError> {
        let lease = rows.iter().find_map(|row| match row.state {
            State::Claimed { until, .. } if until > now => Some(until),
            _ => None,
        });
        if let Some(until) = lease {
            look.wait(&rows, until, &Wait::Behind);
            return Ok(());
        }
        let mut begun: BTreeMap<DeliveryId, Batch> = BTreeMap::new();
        let mut batches = Vec::new();
        let mut fresh: BTreeMap<SubscriptionId, Vec<DeliveryRow>> = BTreeMap::new();
        for row in rows {
            match row.head.filter(|_| !row.is_gathered()) {
                Some(head) => {
                    let digest = begun.entry(head).or_insert(Batch { rows: Vec::new(), digest: true });
                    digest.rows.push(row);
                }
                None if row.attempts > 0 || !announces(&row.errand) => batches.push(Batch::one(row)),
                None => fresh.entry(row.subscription).or_default().push(row),
            }
        }
        batches.extend(begun.into_values());
        for (id, rows) in fresh {
            match subscriptions.get(&id) {
                Some(held) => batches.extend(self.by_plan(rows, held, (now, pace), look)?),
                None => batches.extend(rows.into_iter().map(Batch::one)),
            }
        }
        batches.sort_by_key(Batch::first);
        let mut batches = batches.into_iter();
        let Some(first) = batches.next() else { return Ok(()) };
        for later in batches {
            look.waits.extend(later.rows.iter().map(|row| (row.id, Wait::Behind)));
        }
        let not_before = |row: &DeliveryRow| match row.state {
            State::Pending { not_before } => not_before,
            _ => now,
        };
        let due = first.rows.iter().map(not_before).max().unwrap_or(now);
        if due > now {
            look.wait(&first.rows, due, &Wait::Again(due));
        } else {
            look.waits.extend(first.rows.iter().map(|row| (row.id, Wait::Turn)));
            look.ready.push(first);
        }
        Ok(())
    }

    /// What a subscription's plan makes of rows that nobody has tried to send.
    fn by_plan(
        &self,
        rows: Vec<DeliveryRow>,
        held: &Subscription,
        (now, pace): (Timestamp, &Pace),
        look: &mut Look,
    ) -> Result<Vec<Batch>, ReadError> {
        let (rows, early): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| held.plan.digest_after(row.queued).is_none_or(|at| at <= now));
        for row in early {
            let at = held.plan.digest_after(row.queued).unwrap_or(now);
            look.wait(&[row], at, &Wait::Digest(at));
        }
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(end) = held.plan.quiet_until(now) {
            look.wait(&rows, end, &Wait::Quiet(end));
            return Ok(Vec::new());
        }
        if matches!(held.plan.mode, Mode::Digest { .. }) {
            return Ok(vec![Batch { rows, digest: true }]);
        }
        let (gathered, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(DeliveryRow::is_gathered);
        let mut batches = Vec::new();
        if let Some(last) = gathered.iter().map(|row| row.queued).max() {
            let release = last.saturating_add(pace.settle).unwrap_or(now);
            if release > now {
                look.wait(&gathered, release, &Wait::Burst(release));
            } else {
                batches.push(Batch { rows: gathered, digest: true });
            }
        }
        if !rows.is_empty() {
            batches.extend(self.by_pace(rows, held, (now, pace), look)?);
        }
        Ok(batches)
    }

    /// Rows of a subscription that hears at once: one by one, or together where they are many.
    fn by_pace(
        &self,
        rows: Vec<DeliveryRow>,
        held: &Subscription,
        (now, pace): (Timestamp, &Pace),
        look: &mut Look,
    ) -> Result<Vec<Batch>, ReadError> {
        let one_by_one = |rows: Vec<DeliveryRow>| rows.into_iter().map(Batch::one).collect();
        let queued = || rows.iter().map(|row| row.queued);
        let (oldest, newest) = (queued().min().unwrap_or(now), queued().max().unwrap_or(now));
        if rows.len() > pace.few && oldest.saturating_add(pace.stale).is_ok_and(|at| at <= now) {
            return Ok(vec![Batch { rows, digest: true }]);
        }
        let collected = oldest.saturating_add(pace.longest).unwrap_or(now);
        let release = if rows.len() > pace.burst {
            newest.saturating_add(pace.settle).unwrap_or(now).min(collected)
        } else if rows.len().saturating_add(self.sent_lately(held.id, (now, pace))?) > pace.burst {
            collected
        } else {
            return Ok(one_by_one(rows));
        };
        if release > now {
            look.wait(&rows, release, &Wait::Burst(release));
            return Ok(Vec::new());
        }
        Ok(if rows.len() > 1 { vec![Batch { rows, digest: true }] } else { one_by_one(rows) })
    }

    /// Messages that a subscription got within the window.
    fn sent_lately(
        &self,
        subscription: SubscriptionId,
        (now, pace): (Timestamp, &Pace),
    ) -> Result<usize, ReadError> {
        if pace.burst == usize::MAX {
            return Ok(0);
        }
        let since = now.saturating_sub(pace.window).unwrap_or(now);
        // A row that was queued long before the window began may have been sent within it.
        let looked = since.saturating_sub(pace.window).unwrap_or(since);
        let mut messages = BTreeSet::new();
        self.each(Table::Outbox, &[], &[u8::MAX; 9], true, &mut |_, row: DeliveryRow| {
            if let State::Delivered { message, at } = row.state
                && row.subscription == subscription
                && announces(&row.errand)
                && at >= since
            {
                messages.insert(message);
            }
            if row.queued < looked {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        })?;
        Ok(messages.len())
    }
}

/// Whether it is a message that a plan holds back and digests collect.
fn announces(errand: &Errand) -> bool {
    matches!(errand, Errand::Event | Errand::Notice { .. } | Errand::Reminder { .. })
}
