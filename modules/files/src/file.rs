//! A file as it is stored, and what became of the text in it.

use diesel::prelude::*;
use portico_facts::{ItemId, PortalId, VersionId};
use portico_kernel::{Instant, items, portals};
use portico_reading::Unreadable;

use crate::{delivery::etag_of, schema::file_versions, thumbnail::Pictures};

/// An item that is a file, with the name of its portal.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = items)]
pub struct Item {
    pub id: ItemId,
    #[diesel(column_name = portal_id)]
    pub portal: PortalId,
    #[diesel(column_name = folder_id)]
    pub folder: Option<ItemId>,
    pub name: String,
    pub changed_at: Instant,
    #[diesel(select_expression = portals::name)]
    pub portal_name: String,
}

/// One version of a file.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = file_versions)]
pub struct Content {
    #[diesel(column_name = id)]
    pub version: VersionId,
    /// From 1, in the order in which they came; the numbers of deleted versions stay theirs.
    pub number: i32,
    /// In the object store.
    #[diesel(column_name = object_key)]
    pub key: String,
    size: i64,
    /// One of the reading crate's `MediaType`s, in words.
    pub media_type: String,
    sha256: Vec<u8>,
    #[diesel(deserialize_as = String)]
    pub reading: ReadingState,
    pub added_at: Instant,
    #[diesel(embed)]
    pub pictures: Pictures,
}

/// Both together: the version that is shown, unless another one was asked for.
#[derive(Clone, Debug, Queryable, Selectable)]
pub struct File {
    #[diesel(embed)]
    pub item: Item,
    #[diesel(embed)]
    pub content: Content,
}

impl File {
    pub fn id(&self) -> ItemId {
        self.item.id
    }

    pub fn name(&self) -> &str {
        &self.item.name
    }
}

impl Content {
    /// In bytes.
    pub fn size(&self) -> u64 {
        self.size.unsigned_abs()
    }

    /// Of exactly these bytes.
    pub fn sha256(&self) -> &[u8] {
        &self.sha256
    }

    pub fn etag(&self) -> String {
        etag_of(&self.sha256)
    }
}

/// Whether the words inside a file can be found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadingState {
    /// A kind without text, such as a picture.
    None,
    Pending,
    Read,
    Unreadable(Unreadable),
}

impl ReadingState {
    /// As in `file_versions.reading`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pending => "pending",
            Self::Read => "read",
            Self::Unreadable(Unreadable::Encrypted) => "encrypted",
            Self::Unreadable(Unreadable::TooLarge) => "too-large",
            Self::Unreadable(Unreadable::TimedOut) => "timed-out",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

impl From<String> for ReadingState {
    fn from(name: String) -> Self {
        match name.as_str() {
            "none" => Self::None,
            "pending" => Self::Pending,
            "read" => Self::Read,
            "encrypted" => Self::Unreadable(Unreadable::Encrypted),
            "too-large" => Self::Unreadable(Unreadable::TooLarge),
            "timed-out" => Self::Unreadable(Unreadable::TimedOut),
            _ => Self::Unreadable(Unreadable::Damaged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_survives_its_name() {
        use Unreadable::{Damaged, Encrypted, TimedOut, TooLarge};
        let unreadable = [Encrypted, Damaged, TooLarge, TimedOut].map(ReadingState::Unreadable);
        let others = [ReadingState::None, ReadingState::Pending, ReadingState::Read];
        for state in unreadable.into_iter().chain(others) {
            assert_eq!(ReadingState::from(state.name().to_owned()), state);
        }
    }
}
