//! The real binary from a shell's point of view: what goes in, what comes out, which exit code.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod command_line;
mod console;
mod pages;
mod program;
mod refused_pages;
mod schema;
