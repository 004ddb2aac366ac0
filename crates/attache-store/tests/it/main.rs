//! Tests of the store through its public face, on real folders.

mod durability;
mod events;
mod outbox;
mod sample;
mod transfer;
mod views;
