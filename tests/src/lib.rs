//! What the end-to-end tests stand on: the Discord double, the real binary as a process, and the
//! scenario builder that joins the two; and what the tests of faults do to a store.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a library for tests: what goes wrong here is a failed test, and says so by panicking"
)]

pub mod binary;
pub mod discord;
pub mod faults;
pub mod layout;
pub mod made_up;
pub mod scenario;
pub mod web;
