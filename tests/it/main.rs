//! End-to-end tests of the `attache` binary.
