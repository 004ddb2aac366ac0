//! `/subscriptions why`: why an event was sent to a subscription, or was not.

use attache_store::{StoredEvent, Subscription, Verdict, Wait};
use serde_json::json;

use super::{NUMBER, asked, wording};
use crate::command::{Access, Body, Call, Command, Fault, Opt, Place};
use crate::commands::common;
use crate::delivery::address;
use crate::reply::{Answer, Block, Piece, Rich};

pub(super) const COMMAND: Command = Command {
    name: "why",
    about: "Why an event was sent for a subscription, or was not",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: &[EVENT, NUMBER], run },
};

const EVENT: Opt = Opt { name: "event", ..common::EVENT_ID };

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let held = asked(call)?;
    let row = common::read_event_in(call, "event")?;
    let verdict = call.app.store.why(&row, &held, call.now, &call.app.pace)?;
    let (word, line) = said(&verdict, &row, &held);
    let mut blocks = vec![Block::Line(line)];
    if row.deleted && matches!(verdict, Verdict::Delivered(_)) {
        blocks.push(Block::Line(Rich::text("The event was taken out since; its message is struck.")));
    }
    blocks.push(Block::Line(wording::describe(&held, call.now)));
    blocks.extend(common::entry(call.app, &row)?);
    Ok(Answer {
        title: format!("Event {} and subscription {}: {}", row.id.short(), held.id, word.replace('_', " ")),
        blocks,
        private: true,
        data: json!({"event": row.id.to_string(), "subscription": held.id, "verdict": word}),
        ..Answer::default()
    })
}

fn said(verdict: &Verdict, row: &StoredEvent, held: &Subscription) -> (&'static str, Rich) {
    let at = |text: &str, at| Rich(vec![Piece::Text(text.to_owned()), Piece::Instant(at)]);
    match verdict {
        Verdict::Delivered(delivery) => {
            let digest = if delivery.digest.is_some() { "It was sent in a digest" } else { "It was sent" };
            let line = match delivery.state {
                attache_store::DeliveryState::Delivered(_, when) => at(&format!("{digest} "), when),
                _ => Rich::text(digest),
            };
            let line = match address(held, delivery) {
                Some(url) => line.and(": ").link("the message", url),
                None => line,
            };
            ("delivered", line)
        }
        Verdict::BeingSent(_) => ("being_sent", Rich::text("It is being sent at this moment.")),
        Verdict::GivenUp(delivery) => {
            let why = delivery.last_fault.as_deref().unwrap_or("nothing was noted");
            ("given_up", Rich::text(format!("It was given up after {} tries: {why}.", delivery.attempts)))
        }
        Verdict::Duplicate(of) => {
            let line = Rich::text("It tells of the same as ").code(of.short());
            ("duplicate", line.and(", which stands for both and is announced in its place."))
        }
        Verdict::TakenOut => ("taken_out", Rich::text("A curator took it out before it was sent.")),
        Verdict::Before(rule) => {
            let mut line = at("It was stored before the subscription began: stored ", row.known_since);
            line.0.extend(at(", subscribed ", held.since).0);
            let also = rule.map(|rule| {
                format!(". Its filter would keep it out as well: {}", wording::rule(rule, row, held))
            });
            (
                "before_it_began",
                line.and(also.unwrap_or_else(|| ". Its filter would let it through".to_owned())).and("."),
            )
        }
        Verdict::Filtered(rule) => {
            ("filtered", Rich::text(format!("The filter keeps it out: {}.", wording::rule(*rule, row, held))))
        }
        Verdict::Unannounced => (
            "not_announced",
            Rich::text(
                "It fits, but was stored without being announced: with the chronology or an import, or before the \
                 filter was made wider.",
            ),
        ),
        Verdict::Waits(delivery, wait) => waits(delivery, wait),
    }
}

fn waits(delivery: &attache_store::Delivery, wait: &Wait) -> (&'static str, Rich) {
    let at = |text: &str, at| Rich(vec![Piece::Text(text.to_owned()), Piece::Instant(at)]);
    match wait {
        Wait::Turn => ("would_deliver", Rich::text("It would be delivered: its turn is next.")),
        Wait::Behind => (
            "would_deliver",
            Rich::text("It would be delivered: it waits for those before it in its channel."),
        ),
        Wait::Pause(pause) => {
            let line = at("The subscription is paused since ", pause.since).and(format!(": {}", pause.why));
            match pause.until {
                Some(until) => ("paused", {
                    let mut line = line.and("; until ");
                    line.0.push(Piece::Instant(until));
                    line
                }),
                None => ("paused", line.and(". It is sent when somebody resumes it.")),
            }
        }
        Wait::Digest(until) => ("waits_for_digest", at("It waits for the digest of ", *until)),
        Wait::Quiet(until) => ("quiet_hours", at("It waits for the quiet hours to end: ", *until)),
        Wait::Burst(until) => {
            ("rate_limited", at("Much came at once; it is collected into one message, sent ", *until))
        }
        Wait::Again(until) => {
            let why = delivery.last_fault.as_deref().unwrap_or_default();
            let word = if why.contains("429") { "rate_limited" } else { "tried_again" };
            let text = format!("The last of {} tries failed ({why}); the next is ", delivery.attempts);
            (word, at(&text, *until))
        }
    }
}
