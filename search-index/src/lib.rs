//! Full-text search over what the modules hand in. It knows no database, no
//! HTTP and no markup, and it deliberately never decides who may see what: it
//! only refuses to look outside the audience the caller names.
//!
//! An index is a folder that may be deleted at any time and rebuilt from the
//! database. It remembers the number of the last event it has seen, in the
//! same commit as the documents of that event, so that replaying after a crash
//! is harmless.
//!
//! - [`Document`] is what is found, [`Change`] how it gets in or out.
//! - [`Index`] is the folder: open, apply, search, clear, rebuild.
//! - [`Query`] goes in, [`Hits`] come out, as pieces of text that the caller
//!   escapes.

mod document;
mod hit;
mod index;
mod query;
mod rebuild;
mod store;
mod text;

#[cfg(test)]
mod tests;

pub use document::{Audience, Change, Document, DocumentId, Page};
pub use hit::{Counts, Hit, Hits, Piece};
pub use index::Index;
pub use query::{Only, Query};
pub use rebuild::Rebuild;
