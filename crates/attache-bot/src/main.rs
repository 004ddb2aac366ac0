//! The `attache` program: see [`attache_bot::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    attache_bot::cli::main()
}
