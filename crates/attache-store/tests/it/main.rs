//! Tests of the store through its public face, on real folders.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod announce;
mod articles;
mod chronology;
mod conformance;
mod crash;
mod durability;
mod events;
mod ledger_props;
mod model;
mod outbox;
mod pairs;
mod sample;
mod tally;
mod texts;
mod transfer;
mod views;
