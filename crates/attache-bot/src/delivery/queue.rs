//! The store's outbox as the worker uses it.

use std::sync::Arc;
use std::time::Duration;

use attache_store::{Delivery, DeliveryId, Posted, SubscriptionId};
use jiff::{SignedDuration, Timestamp};

use super::message::{self, Nothing, Story, To};
use super::reminders::Reminders;
use crate::app::App;
use crate::reply::Answer;

/// The outbox could not be read or written.
pub(super) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A claim lasts so long; longer than a message may be on its way.
const LEASE: Duration = Duration::from_secs(60);
/// A message whose event cannot be read is looked at again after this.
const UNREADABLE: Duration = Duration::from_secs(300);
/// Discord knows a nonce for "a few minutes"; for so long surely.
const NONCE: SignedDuration = SignedDuration::from_secs(60);
/// The worker's name on its claims.
const WORKER: &str = "delivery";

/// A message to be sent.
#[derive(Debug, Clone)]
pub(super) struct Parcel {
    pub(super) id: DeliveryId,
    /// Number of the claim.
    pub(super) fence: u64,
    /// The channel it is claimed for.
    pub(super) channel: u64,
    /// Where it goes.
    pub(super) to: To,
    /// Short id of the event, for the log.
    pub(super) event: String,
    /// The same for each try of this message, different for all others.
    pub(super) nonce: String,
    pub(super) answer: Answer,
    /// Tries, this one included.
    pub(super) tries: u32,
    /// Words in the message that no other one has.
    pub(super) mark: String,
    /// No earlier try can have posted it.
    pub(super) sure: bool,
    /// An earlier try may have posted it, at this instant or later, and its nonce may be forgotten.
    pub(super) look: Option<Timestamp>,
}

/// Where messages wait. Each call may block.
pub(super) trait Queue: Send + Sync + 'static {
    /// Takes up to `most` of what is due, at most one per channel. Also says how long nothing more
    /// will be due.
    fn claim(&self, most: usize) -> Result<(Vec<Parcel>, Option<Duration>), Failure>;
    /// It stands in its channel, or in a thread of it.
    fn delivered(&self, parcel: &Parcel, posted: &Posted) -> Result<(), Failure>;
    /// The old message says it, or another one in its place.
    fn rewritten(&self, parcel: &Parcel, anew: Option<u64>) -> Result<(), Failure>;
    /// It is due again after `wait`. `untaken`: this try posted nothing for sure.
    fn later(&self, parcel: &Parcel, wait: Duration, untaken: bool, why: &str) -> Result<(), Failure>;
    /// It is given up.
    fn refused(&self, parcel: &Parcel, why: &str) -> Result<(), Failure>;
    /// Its channel takes nothing: its subscriptions are paused, their messages are kept.
    fn closed(&self, parcel: &Parcel, why: &str) -> Result<(), Failure>;
}

pub(super) struct StoreQueue {
    app: Arc<App>,
    reminders: Reminders,
}

impl StoreQueue {
    /// Opens the outbox. Claims of a run that ended early are taken back.
    pub(super) fn open(app: Arc<App>) -> Self {
        match app.store.release_claims(app.clock.now()) {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "messages an earlier run had begun to send are sent now"),
            Err(error) => tracing::error!("the outbox could not be used: {error}"),
        }
        Self { app, reminders: Reminders::default() }
    }

    fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// The message of a delivery.
    fn parcel(&self, delivery: &Delivery, now: Timestamp) -> Result<Parcel, Nothing> {
        let message::Message { answer, to, mark } = message::of(&self.app, delivery)?;
        let look = delivery.unsure.filter(|at| now.duration_since(*at) >= NONCE);
        Ok(Parcel {
            id: delivery.id,
            fence: delivery.fence,
            channel: delivery.channel,
            to,
            event: delivery.event.short(),
            nonce: delivery.nonce(),
            answer,
            tries: delivery.attempts,
            mark,
            sure: delivery.unsure.is_none_or(|at| at >= now),
            look,
        })
    }
}

impl Queue for StoreQueue {
    fn claim(&self, most: usize) -> Result<(Vec<Parcel>, Option<Duration>), Failure> {
        let store = &self.app.store;
        let (now, pace) = (self.now(), &self.app.pace);
        if let Err(error) = self.reminders.look(&self.app, now) {
            tracing::error!("deadlines could not be looked at: {error}");
        }
        let mut parcels = Vec::new();
        let (claimed, mut due) = store.claim(WORKER, now, after(now, LEASE), most, pace)?;
        for delivery in claimed {
            match self.parcel(&delivery, now) {
                Ok(parcel) => parcels.push(parcel),
                Err(Nothing::Left(why)) => {
                    store.dead(delivery.id, delivery.fence, now, why)?;
                    // What waits behind it is due.
                    due = Some(now);
                }
                Err(Nothing::Unreadable(error)) => {
                    tracing::error!(event = %delivery.event, "cannot be announced: {error}");
                    let fault = error.to_string();
                    store.retry(delivery.id, delivery.fence, after(now, UNREADABLE), &fault, now)?;
                }
            }
        }
        let due = due.map(|due| Duration::try_from(due.duration_since(now)).unwrap_or_default());
        Ok((parcels, due))
    }

    fn delivered(&self, parcel: &Parcel, posted: &Posted) -> Result<(), Failure> {
        let store = &self.app.store;
        store.delivered_as(parcel.id, parcel.fence, posted, self.now())?;
        if let To::Story(Story { name: Some(name), thread: Some(thread), .. }) = &parcel.to
            && posted.place != Some(*thread)
            && let Some(delivery) = store.delivery(parcel.id)?
        {
            // Its thread was gone: what follows goes where this one stands.
            store.lead_story(delivery.subscription, name, delivery.id, true, self.now())?;
        }
        Ok(())
    }

    fn rewritten(&self, parcel: &Parcel, anew: Option<u64>) -> Result<(), Failure> {
        Ok(self.app.store.rewritten(parcel.id, parcel.fence, anew, self.now())?)
    }

    fn later(&self, parcel: &Parcel, wait: Duration, untaken: bool, why: &str) -> Result<(), Failure> {
        let (store, now) = (&self.app.store, self.now());
        let due = after(now, wait);
        // What an earlier try may have posted, this one's failure does not take away.
        if untaken && parcel.sure {
            return Ok(store.retry_untaken(parcel.id, parcel.fence, due, why, now)?);
        }
        Ok(store.retry(parcel.id, parcel.fence, due, why, now)?)
    }

    fn refused(&self, parcel: &Parcel, why: &str) -> Result<(), Failure> {
        Ok(self.app.store.dead(parcel.id, parcel.fence, self.now(), why)?)
    }

    fn closed(&self, parcel: &Parcel, why: &str) -> Result<(), Failure> {
        // Paused first: a message put back into an open channel would be claimed again at once.
        pause(&self.app, why, |subscription| subscription.channel == parcel.channel)?;
        let store = &self.app.store;
        let ended = match store.delivery(parcel.id)? {
            Some(delivery) => store.subscription(delivery.subscription)?.is_none(),
            None => true,
        };
        // Nothing of an ended subscription can be paused, so nothing would ever end the tries.
        if ended { self.refused(parcel, why) } else { self.later(parcel, Duration::ZERO, true, why) }
    }
}

/// Pauses what is sent to a channel that is gone.
pub(crate) async fn pause_channel(app: Arc<App>, channel: u64, why: &'static str) {
    pause_later(app, why, move |subscription| subscription.channel == channel).await;
}

/// Pauses what is sent to a server that was left.
pub(crate) async fn pause_guild(app: Arc<App>, guild: u64, why: &'static str) {
    pause_later(app, why, move |subscription| subscription.guild == Some(guild)).await;
}

/// Takes up again what the program paused because Discord took nothing there. Where it still does
/// not, the next try pauses it anew, and nobody is told twice.
pub(crate) async fn take_up(
    app: Arc<App>,
    concerned: impl Fn(&attache_store::Subscription) -> bool + Send + 'static,
) {
    let done = tokio::task::spawn_blocking(move || {
        let shut = app
            .store
            .subscriptions()?
            .into_iter()
            .filter(|held| held.paused.as_ref().is_some_and(|pause| !pause.by_person) && concerned(held));
        for held in shut {
            app.store.resume(held.id, "program", app.clock.now())?;
            tracing::info!(subscription = %held.id, "tried again: something changed there");
        }
        Ok(())
    });
    if let Err(error) = done.await.map_err(Failure::from).flatten() {
        tracing::error!("subscriptions could not be taken up again: {error}");
    }
}

async fn pause_later(
    app: Arc<App>,
    why: &'static str,
    concerned: impl Fn(&attache_store::Subscription) -> bool + Send + 'static,
) {
    let done = tokio::task::spawn_blocking(move || pause(&app, why, concerned)).await;
    if let Err(error) = done.map_err(Failure::from).flatten() {
        tracing::error!("subscriptions could not be paused: {error}");
    }
}

fn pause(
    app: &App,
    why: &str,
    concerned: impl Fn(&attache_store::Subscription) -> bool,
) -> Result<(), Failure> {
    let (store, now) = (&app.store, app.clock.now());
    let ids: Vec<SubscriptionId> = store
        .subscriptions()?
        .into_iter()
        .filter(|subscription| subscription.pause_at(now).is_none() && concerned(subscription))
        .map(|subscription| subscription.id)
        .collect();
    for id in ids {
        store.shut(id, why, now)?;
        tracing::warn!(subscription = %id, "paused: {why}");
    }
    Ok(())
}

fn after(now: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use attache_extract::Extractor;
    use attache_store::{Filter, NewArticle, NewSubscription, Pace, Store};
    use jiff::civil::date;

    use super::*;
    use crate::reply::event_card::tests::threat;

    /// A store in which each of these channels subscribed before one event came.
    fn announced(channels: &[u64]) -> (tempfile::TempDir, Arc<App>) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store")).unwrap();
        for channel in channels {
            let filter = Filter { factualities: Vec::new(), ..Filter::default() };
            let new = NewSubscription {
                guild: Some(5),
                channel: *channel,
                author: "a".to_owned(),
                filter,
                plan: Default::default(),
            };
            store.subscribe(new, Timestamp::UNIX_EPOCH).unwrap();
        }
        let article = NewArticle {
            title: Some("Tiles"),
            url: None,
            publisher: None,
            published: date(2025, 5, 14),
            text: "We may tax @everyone's tiles.",
            origin: "test",
            rules: "1",
        };
        store.commit_article(&article, &[threat()], Timestamp::UNIX_EPOCH).unwrap();
        (
            folder,
            Arc::new(App {
                store,
                extractor: Extractor::builtin(),
                backups: Default::default(),
                largest_article: 1,
                largest_file: 1,
                clock: Box::new(crate::clock::System),
                pace: Pace::one_by_one(),
                world: Default::default(),
                feeds: Default::default(),
                watch: None,
            }),
        )
    }

    fn posted(message: u64) -> Posted {
        Posted { place: None, message, note: None }
    }

    #[test]
    fn an_event_is_claimed_once_and_done_once_delivered() {
        let (_folder, app) = announced(&[7]);
        let queue = StoreQueue::open(app);
        let (parcels, _) = queue.claim(10).unwrap();
        assert_eq!(parcels.len(), 1);
        assert_eq!(parcels[0].answer.title, "Tariff: threaten (threatened, not a measure) · US");
        assert!(parcels[0].nonce.len() <= 25);
        assert!(queue.claim(10).unwrap().0.is_empty());
        queue.delivered(&parcels[0], &posted(99)).unwrap();
        assert_eq!(queue.claim(10).unwrap().1, None);
    }

    #[test]
    fn a_claim_of_an_earlier_run_is_taken_back_and_its_worker_may_not_report() {
        let (_folder, app) = announced(&[7]);
        let (lost, _) = StoreQueue::open(Arc::clone(&app)).claim(10).unwrap();
        let queue = StoreQueue::open(app);
        let (again, _) = queue.claim(10).unwrap();
        assert_eq!(again[0].nonce, lost[0].nonce);
        assert!(queue.delivered(&lost[0], &posted(1)).is_err());
        queue.delivered(&again[0], &posted(2)).unwrap();
    }

    #[test]
    fn a_shut_channel_is_paused_with_its_message_kept() {
        let (_folder, app) = announced(&[7, 8]);
        let queue = StoreQueue::open(Arc::clone(&app));
        let (parcels, _) = queue.claim(10).unwrap();
        queue.closed(&parcels[0], "no permission").unwrap();
        let paused: Vec<_> =
            app.store.subscriptions().unwrap().into_iter().map(|s| s.paused.map(|p| p.why)).collect();
        assert_eq!(paused, [Some("no permission".to_owned()), None]);
        queue.delivered(&parcels[1], &posted(1)).unwrap();
        assert!(queue.claim(10).unwrap().0.is_empty());
        let first = app.store.subscriptions().unwrap()[0].id;
        app.store.resume(first, "ann", Timestamp::now()).unwrap();
        assert_eq!(queue.claim(10).unwrap().0.len(), 1);
    }

    #[tokio::test]
    async fn a_server_that_was_left_pauses_all_its_channels() {
        let (_folder, app) = announced(&[7, 8]);
        pause_guild(Arc::clone(&app), 6, "left").await;
        assert!(app.store.subscriptions().unwrap().iter().all(|s| s.paused.is_none()));
        pause_channel(Arc::clone(&app), 7, "deleted").await;
        pause_guild(Arc::clone(&app), 5, "left").await;
        let paused: Vec<_> =
            app.store.subscriptions().unwrap().into_iter().map(|s| s.paused.map(|p| p.why)).collect();
        assert_eq!(paused, [Some("deleted".to_owned()), Some("left".to_owned())]);
    }
}
