//! The attaché itself: one command layer, served in a terminal and on Discord.
//!
//! This crate alone knows Discord, the network, the environment and the clock. What a command
//! answers is computed from the store; how it looks is decided by a renderer.

pub mod app;
pub mod chart;
pub mod cli;
pub mod clock;
pub mod command;
pub mod commands;
pub mod config;
pub mod console;
mod delivery;
pub mod discord;
pub mod intake;
mod line;
pub mod locale;
pub mod log;
#[cfg(test)]
mod loopback;
pub mod operator;
pub mod question;
pub mod reply;
pub mod sample;
pub mod tables;
