//! A disk between a program and the system: what the program does below one folder is written down
//! in order, its syncs are believed only as far as they were asked for, and at a chosen operation the
//! power fails or the room ends.
//!
//! Linking this crate puts its functions in the place of the C library's of the same names, for
//! everything in the program that is written in Rust. Until [`start`] they only pass on. The bytes of
//! the log are read by `attache_tests::faults::disk`, which makes the disk after the crash of them.
//!
//! `sync_file_range` is left alone on purpose: it promises nothing, so the log does not know it.
#![cfg(target_os = "linux")]

mod calls;
mod log;

pub use log::{Plan, start, write_back};
