//! The facts that modules exchange: ids and the kinds of events. No rules, no text, no I/O.

mod event;
mod ids;

pub use event::EventKind;
pub use ids::*;
