//! A number that ties what a user sees to what the log says.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Eight hexadecimal digits, practically never the same twice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Incident(u32);

static COUNT: AtomicU64 = AtomicU64::new(0);

impl Incident {
    pub(super) fn new() -> Self {
        // The standard hasher is keyed at random: enough for a label, no dependency.
        let hash = RandomState::new().hash_one(COUNT.fetch_add(1, Ordering::Relaxed));
        Self((hash & u64::from(u32::MAX)) as u32)
    }

    /// What the asker is told.
    pub(super) fn message(self) -> String {
        format!("Something went wrong on our side. The log has it as incident {self}.")
    }
}

impl fmt::Display for Incident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}
