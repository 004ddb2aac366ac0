//! The real binary from a shell's point of view: what goes in, what comes out, which exit code.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail, and prints what it measures"
)]

mod command_line;
mod console;
mod curators;
mod files;
mod ingest;
mod pages;
mod program;
mod refused_pages;
mod schema;
