//! Views: pure folds from events to what people ask for. Nothing here is stored; the same events
//! give the same view in whatever order they arrived.

pub mod claims;
pub mod engagements;
pub mod origin;
pub mod tariffs;
pub mod tensions;
pub mod terms;
