//! End-to-end tests of the `attache` binary.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod connection;
mod delivery;
mod first_day;
mod house_rules;
mod seed;
