//! The rule files, lexicons and weights, embedded by the build script.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
