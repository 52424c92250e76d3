//! A file as it is stored, and what became of the text in it.

use diesel::prelude::*;
use portico_facts::{ItemId, PortalId};
use portico_kernel::Instant;
use portico_reading::Unreadable;

/// An item that some predicate let through, whether or not it is a file.
#[derive(Clone, Debug, Queryable)]
pub struct Item {
    pub id: ItemId,
    pub portal: PortalId,
    pub folder: Option<ItemId>,
    pub name: String,
    pub added_at: Instant,
    pub changed_at: Instant,
    pub portal_name: String,
}

/// What the files table knows about one.
#[derive(Clone, Debug, Queryable)]
pub struct Content {
    pub item: ItemId,
    /// In the object store.
    pub key: String,
    size: i64,
    /// One of the reading crate's `MediaType`s, in words.
    pub media_type: String,
    sha256: Vec<u8>,
    #[diesel(deserialize_as = String)]
    pub reading: ReadingState,
}

/// Both together.
#[derive(Clone, Debug)]
pub struct File {
    pub item: Item,
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

    /// A strong validator: the same bytes and no others.
    pub fn etag(&self) -> String {
        format!("\"{}\"", hex::encode(&self.sha256))
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
    /// As in `files.reading`.
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
