//! The one list of commands. To add one: a file below `commands/`, and a line here.

use crate::command::Command;

/// Every command, in the order help shows them.
pub static ALL: &[&Command] = &[];
