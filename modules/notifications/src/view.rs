//! Fragments.

pub mod choices;
pub mod list;
pub mod unsubscribe;
