//! What a delivery says: an announcement as the event stands now, a digest, a correction, a reminder.

mod card;
mod digest;
mod note;
mod story;

use attache_store::{Delivery, DeliveryState, Errand, Mode, StoredEvent, Subscription};

pub(crate) use note::address;

use super::queue::Failure;
use crate::app::App;
use crate::reply::Answer;

/// A message, and where it belongs.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) answer: Answer,
    pub(super) to: To,
    /// The last line of its small print: which subscription it is of, and words that no other message
    /// has, by which it is found again.
    pub(super) mark: String,
}

/// See [`Message`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum To {
    /// A new message there; a role to mention.
    Channel { channel: u64, mention: Option<u64> },
    /// A new message in the thread of its story, which is opened where there is none.
    Story(Story),
    /// In the place of one that stands there.
    Instead { channel: u64, message: u64 },
    /// To a person.
    Person { user: u64 },
}

/// A story's place in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) channel: u64,
    pub(super) guild: Option<u64>,
    /// What the thread is called, at most 100 characters.
    pub(super) title: String,
    /// What tells it from other stories; `None` for a message that has none to go with.
    pub(super) name: Option<String>,
    /// The thread it stands in already, which in a forum is the post.
    pub(super) thread: Option<u64>,
    pub(super) forum: bool,
    pub(super) mention: Option<u64>,
}

/// Why there is nothing to send.
#[derive(Debug)]
pub(super) enum Nothing {
    /// There never will be.
    Left(&'static str),
    /// It cannot be read.
    Unreadable(Failure),
}

impl<E: Into<Failure>> From<E> for Nothing {
    fn from(error: E) -> Self {
        Self::Unreadable(error.into())
    }
}

/// The message of a claimed delivery.
pub(super) fn of(app: &App, delivery: &Delivery) -> Result<Message, Nothing> {
    let store = &app.store;
    let held = store.subscription(delivery.subscription)?;
    if let Errand::Rewrite { of } = delivery.errand {
        // What was posted is set right although nobody subscribes any more.
        let held = held.unwrap_or_else(|| ended(delivery));
        let posted = store.delivery(of)?.ok_or(Nothing::Left("nothing was posted"))?;
        let DeliveryState::Delivered(message, _) = posted.state else {
            return Err(Nothing::Left("nothing was posted"));
        };
        let (answer, _) = content(app, &posted, &held)?;
        let channel = posted.place.unwrap_or(posted.channel);
        return Ok(marked(answer, To::Instead { channel, message }, &posted));
    }
    let held = held.ok_or(Nothing::Left("the subscription has ended"))?;
    if let Errand::Told { why } = &delivery.errand {
        return Ok(marked(note::paused(&held, why), To::Person { user: delivery.channel }, delivery));
    }
    let (answer, loud) = content(app, delivery, &held)?;
    let mention = held.plan.mention.as_ref().filter(|_| loud).map(|mention| mention.role);
    let to = story::place(app, delivery, &held, &answer, mention)?;
    Ok(marked(answer, to, delivery))
}

/// The message with its mark under it, which is that of the delivery it was first posted by.
fn marked(mut answer: Answer, to: To, first: &Delivery) -> Message {
    let mark = format!("Subscription {}, message {}.", first.subscription, first.id);
    answer.notes.push(mark.clone());
    Message { answer, to, mark }
}

/// What is left of a subscription that has ended, for what was posted by it.
fn ended(delivery: &Delivery) -> Subscription {
    Subscription {
        id: delivery.subscription,
        guild: None,
        channel: delivery.channel,
        author: String::new(),
        since: delivery.queued,
        filter: Default::default(),
        plan: Default::default(),
        paused: None,
        told: false,
    }
}

/// What a post says as things stand now, and whether it is one that the role is mentioned for.
fn content(app: &App, lead: &Delivery, held: &Subscription) -> Result<(Answer, bool), Nothing> {
    if lead.digest.is_none() {
        return single(app, lead, held);
    }
    let mut items = Vec::new();
    let mut loud = false;
    let with = lead.with.iter().filter_map(|id| app.store.delivery(*id).transpose());
    for delivery in std::iter::once(Ok(lead.clone())).chain(with) {
        let delivery = delivery?;
        if let Some(row) = app.store.event(delivery.event)? {
            loud |= is_loud(held, &delivery, &row);
            items.push((delivery, row));
        }
    }
    if items.is_empty() {
        return Err(Nothing::Left("the events are gone"));
    }
    let collected = matches!(held.plan.mode, Mode::Digest { .. });
    Ok((digest::digest(app, &items, collected)?, loud))
}

fn single(app: &App, delivery: &Delivery, held: &Subscription) -> Result<(Answer, bool), Nothing> {
    let Some(row) = app.store.event(delivery.event)? else {
        return match delivery.errand {
            Errand::Sample => Ok((note::sample(None, held), false)),
            _ => Err(Nothing::Left("the event is gone")),
        };
    };
    let answer = match &delivery.errand {
        Errand::Notice { change } => note::correction(app, held, &row, *change)?,
        Errand::Reminder { day, .. } => match note::reminder(app, &row, *day) {
            // What was posted says that it no longer holds; what was not is left.
            Err(Nothing::Left(why)) if matches!(delivery.state, DeliveryState::Delivered(..)) => {
                note::moved(app, &row, *day, why)?
            }
            other => other?,
        },
        Errand::Sample => note::sample(Some(card::card(app, &row)?), held),
        _ => card::card(app, &row)?,
    };
    Ok((answer, is_loud(held, delivery, &row)))
}

/// Whether the role is mentioned. What is brought up to date later pings nobody: an edit never does.
fn is_loud(held: &Subscription, delivery: &Delivery, row: &StoredEvent) -> bool {
    let announces = matches!(delivery.errand, Errand::Event | Errand::Reminder { .. });
    announces && held.plan.mention.as_ref().is_some_and(|mention| mention.fits(row))
}
