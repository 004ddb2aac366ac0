//! Keeps events and answers questions about them.

/// The event store.
#[derive(Debug)]
pub struct Store;
