//! End-to-end tests of the `attache` binary, and tests of what they stand on.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod backfill;
mod chronology;
mod connection;
mod controls;
mod delivery;
mod double;
mod first_day;
mod house_rules;
mod old_stores;
mod questions;
mod seed;
