//! Rows of earlier versions: their shapes as they were, and the step to the present ones.

use attache_extract::event::{Factuality, Kind};
use jiff::Timestamp;
use serde::Deserialize;

use crate::engine::Table;
use crate::id::{DeliveryId, EventId, SubscriptionId};
use crate::outbox::{DeliveryRow, Errand, State};
use crate::record::Word;
use crate::subscription::{Filter, Pause, Plan, Subscription};

/// The body of a row of an earlier version as the present one writes it.
pub(super) fn brought_up(table: Table, version: u8, body: &[u8]) -> Result<Vec<u8>, postcard::Error> {
    match (table, version) {
        (Table::Subscription, 1) => {
            postcard::to_stdvec(&Subscription::from(postcard::from_bytes::<Subscription1>(body)?))
        }
        (Table::Outbox, 1) => {
            postcard::to_stdvec(&DeliveryRow::from(postcard::from_bytes::<Delivery1>(body)?))
        }
        // Version 2 ended before the field that version 3 added: nothing is known of it.
        (Table::Outbox, 2) => Ok([body, &postcard::to_stdvec(&None::<Timestamp>)?].concat()),
        _ => Ok(body.to_vec()),
    }
}

#[derive(Deserialize)]
struct Filter1 {
    kinds: Vec<Word<Kind>>,
    countries: Vec<String>,
    people: Vec<String>,
    topics: Vec<String>,
    factualities: Vec<Word<Factuality>>,
    least_confidence: u16,
}

#[derive(Deserialize)]
struct Subscription1 {
    id: SubscriptionId,
    guild: Option<u64>,
    channel: u64,
    author: String,
    since: Timestamp,
    filter: Filter1,
    paused: Option<String>,
}

impl From<Subscription1> for Subscription {
    fn from(old: Subscription1) -> Self {
        let Filter1 { kinds, countries, people, topics, factualities, least_confidence } = old.filter;
        let filter =
            Filter { kinds, countries, people, topics, factualities, least_confidence, ..Filter::default() };
        // When it was paused was not kept.
        let paused = old.paused.map(|why| {
            let by_person = why.starts_with("by ");
            Pause { why, since: old.since, until: None, by_person }
        });
        Self {
            id: old.id,
            guild: old.guild,
            channel: old.channel,
            author: old.author,
            since: old.since,
            filter,
            plan: Plan::default(),
            paused,
            told: false,
        }
    }
}

#[derive(Deserialize)]
struct Delivery1 {
    id: DeliveryId,
    event: EventId,
    subscription: SubscriptionId,
    channel: u64,
    queued: Timestamp,
    state: State,
    fence: u64,
    attempts: u32,
    last_fault: Option<String>,
}

impl From<Delivery1> for DeliveryRow {
    fn from(old: Delivery1) -> Self {
        Self {
            id: old.id,
            errand: Errand::Event,
            event: old.event,
            subscription: old.subscription,
            channel: old.channel,
            queued: old.queued,
            state: old.state,
            fence: old.fence,
            attempts: old.attempts,
            last_fault: old.last_fault,
            head: None,
            with: Vec::new(),
            place: None,
            unsure: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use super::*;

    /// A row as version 1 wrote it; structs are written as tuples are.
    fn version_1(body: &impl serde::Serialize) -> Vec<u8> {
        let body = postcard::to_stdvec(body).unwrap();
        [&[1][..], &crc32fast::hash(&body).to_be_bytes(), &body].concat()
    }

    #[test]
    fn rows_of_version_1_are_read_as_the_present_ones() {
        let at = Timestamp::UNIX_EPOCH;
        let words: (Vec<Word<Kind>>, Vec<String>) = (vec![Word(Kind::Tension)], vec!["US".to_owned()]);
        let none: Vec<String> = Vec::new();
        let said = vec![Word(Factuality::Asserted)];
        let filter = (&words.0, &words.1, &none, &none, &said, 500_u16);
        let old = (SubscriptionId(3), Some(7_u64), 9_u64, "ann", at, filter, Some("by ann"));
        let read: Subscription = decode(Table::Subscription, &[], &version_1(&old)).unwrap();
        assert_eq!((read.id, read.guild, read.channel, read.since), (SubscriptionId(3), Some(7), 9, at));
        assert_eq!((read.filter.kinds, read.filter.countries), words);
        assert_eq!((read.filter.factualities, read.filter.least_confidence), (said, 500));
        assert_eq!(read.plan, Plan::default());
        assert!(read.paused.is_some_and(|pause| pause.by_person && pause.why == "by ann"));

        let state = State::Delivered { message: 5, at };
        let event = EventId([8; 16]);
        let old = (DeliveryId(4), event, SubscriptionId(3), 9_u64, at, &state, 2_u64, 1_u32, Some("late"));
        let read: DeliveryRow = decode(Table::Outbox, &[], &version_1(&old)).unwrap();
        let fresh = DeliveryRow::new(DeliveryId(4), Errand::Event, event, (SubscriptionId(3), 9), at);
        let last_fault = Some("late".to_owned());
        assert_eq!(read, DeliveryRow { state, fence: 2, attempts: 1, last_fault, ..fresh });
    }

    #[test]
    fn deliveries_of_version_2_are_read_as_the_present_ones() {
        let at = Timestamp::UNIX_EPOCH;
        let fresh =
            DeliveryRow::new(DeliveryId(4), Errand::Event, EventId([8; 16]), (SubscriptionId(3), 9), at);
        let row =
            DeliveryRow { head: Some(DeliveryId(2)), with: vec![DeliveryId(5)], place: Some(7), ..fresh };
        let whole = postcard::to_stdvec(&row).unwrap();
        let body = whole.strip_suffix(&[0]).unwrap();
        let bytes = [&[2][..], &crc32fast::hash(body).to_be_bytes(), body].concat();
        assert_eq!(decode::<DeliveryRow>(Table::Outbox, &[], &bytes).unwrap(), row);
    }
}
