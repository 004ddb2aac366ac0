//! End-to-end tests of the `attache` binary, and tests of what they stand on.

mod double;
