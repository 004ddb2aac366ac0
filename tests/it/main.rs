//! End-to-end tests of the `attache` binary.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod connection;
mod delivery;
mod process;
mod wire;
mod world;
