//! The real binary from a shell's point of view: what goes in, what comes out, which exit code.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod command_line;
mod console;
mod curators;
mod pages;
mod program;
mod refused_pages;
mod schema;
