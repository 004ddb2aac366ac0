//! The rule files and lexicons, embedded by the build script.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
