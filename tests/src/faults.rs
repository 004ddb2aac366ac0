//! Faults on purpose, and what a store must still hold after them: a seeded workload in a process of
//! its own, a model of what it was told is stored, and a disk that forgets what nobody synced.

pub mod chance;
pub mod child;
pub mod damage;
pub mod disk;
pub mod model;
pub mod workload;
