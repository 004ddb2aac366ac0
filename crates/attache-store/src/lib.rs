//! Keeps events and answers questions about them.
