//! What whoever runs the program sees and steers: health, metrics, the watchdog, the supervisor's
//! protocol, and settings that change without a restart.
//!
//! Health is the process's own, one for all: whoever does something says so here, nobody waits.

pub(crate) mod check;
pub(crate) mod health;
mod http;
pub(crate) mod metrics;
mod notify;
pub mod reload;
pub(crate) mod watchdog;

pub(crate) use http::serve;
pub(crate) use notify::{ready, stopping};
