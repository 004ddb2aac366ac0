//! End-to-end tests of the `attache` binary, and tests of what they stand on.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod asking;
mod backfill;
mod chronology;
mod confirming;
mod connection;
mod controls;
mod corrections;
mod curating;
mod delivery;
mod digests;
mod double;
mod first_day;
mod house_rules;
mod intake;
mod late;
mod limits;
mod old_stores;
mod operator;
mod places;
mod questions;
mod rights;
mod seed;
mod traps;
mod watch;
mod whys;
