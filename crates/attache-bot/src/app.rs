//! What every command works on.

use attache_store::Store;

/// The running program as commands see it: shared, never changed in place.
#[derive(Debug)]
pub struct App {
    /// Where articles and events are kept.
    pub store: Store,
}
