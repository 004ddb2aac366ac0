//! Which story an event belongs to, and where in its channel that stands.

use attache_extract::{Event, Kind, Role};
use attache_store::view::tariffs::{UNSPECIFIED, layer_of};
use attache_store::{Delivery, DeliveryState, Errand, Layout, StoredEvent, Subscription};
use jiff::tz::TimeZone;

use super::{Nothing, Story, To};
use crate::app::App;
use crate::reply::{Answer, words};

/// Longest name of a thread.
const TITLE: usize = 100;

/// Where a new message goes by its subscription's layout.
pub(super) fn place(
    app: &App,
    delivery: &Delivery,
    held: &Subscription,
    answer: &Answer,
    mention: Option<u64>,
) -> Result<To, Nothing> {
    let (channel, layout) = (delivery.channel, held.plan.layout);
    let forum = layout == Layout::Forum;
    let alone = delivery.digest.is_some() || matches!(delivery.errand, Errand::Sample);
    let row = app.store.event(delivery.event)?;
    let Some(row) = row.filter(|_| layout != Layout::Channel && !alone) else {
        if !forum {
            return Ok(To::Channel { channel, mention });
        }
        let day = held.plan.time_zone().to_datetime(app.clock.now()).date();
        let title = cut(&format!("{}, {}", answer.title, day.strftime("%-d %B %Y")));
        let story = Story { channel, guild: held.guild, title, name: None, thread: None, forum, mention };
        return Ok(To::Story(story));
    };
    let (name, title) = story_of(app, &row)?;
    let now = app.clock.now();
    let leads = app.store.lead_story(held.id, &name, delivery.id, false, now)?;
    let leader = if leads == delivery.id { None } else { app.store.delivery(leads)? };
    let thread = leader.and_then(|leader| match leader.state {
        // The thread of a message has the message's id.
        DeliveryState::Delivered(message, _) => Some(leader.place.unwrap_or(message)),
        _ => None,
    });
    if !forum && thread.is_none() {
        return Ok(To::Channel { channel, mention });
    }
    Ok(To::Story(Story { channel, guild: held.guild, title, name: Some(name), thread, forum, mention }))
}

/// The name of an event's story and what it is called: a tension's thread, a tariff's layer between
/// two sides, else the event itself.
fn story_of(app: &App, row: &StoredEvent) -> Result<(String, String), Nothing> {
    let event = Event::try_from(row.event.clone())?;
    match row.event.kind.0 {
        Kind::Tension => {
            let today = TimeZone::UTC.to_datetime(app.clock.now()).date().max(row.sort_day);
            let thread = app.store.with_register(|register| register.thread_of(row.id, today))?;
            if let Some(thread) = thread {
                let title = format!("{}: {}", thread.sides.join("–"), thread.subject);
                return Ok((format!("tension {}", thread.id), cut(&title)));
            }
        }
        Kind::TariffAction => {
            let layer = layer_of(&row.event);
            let side = |actor: bool| {
                let of = row.event.parties.iter().filter(|party| (party.role.0 == Role::Actor) == actor);
                let mut codes: Vec<_> = of.filter_map(|party| party.country.as_deref()).collect();
                codes.sort_unstable();
                codes.dedup();
                codes.join(", ")
            };
            if layer != UNSPECIFIED {
                let title = format!("{} on {}: {}", side(true), side(false), layer);
                return Ok((format!("tariff {title}"), cut(&title)));
            }
        }
        _ => {}
    }
    let who = words::who(&event.parties).map(|who| format!(": {}", who.plain())).unwrap_or_default();
    Ok((format!("event {}", row.id), cut(&format!("{}{who}", words::title(&event)))))
}

fn cut(title: &str) -> String {
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    if title.chars().count() <= TITLE {
        return title;
    }
    title.chars().take(TITLE - 1).chain(['…']).collect()
}
