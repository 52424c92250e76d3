//! The folder on disk, and what is in it.

mod entry;
mod folder;
mod generation;
mod schema;

pub(crate) use entry::{Stored, id_of, name_of};
pub(crate) use folder::Folder;
pub(crate) use generation::Generation;
pub(crate) use schema::{Fields, TextFields, audience_term};
