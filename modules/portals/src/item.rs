//! Items as listings show them.

use portico_facts::{ItemId, PortalId};
use portico_kernel::{Instant, ItemFace};

use crate::embed::{Provider, Source};

pub const FOLDER: &str = "folder";
pub const NOTE: &str = "note";
pub const LINK: &str = "link";
pub const EMBED: &str = "embed";

/// What every kind has.
#[derive(Clone, Debug, diesel::Queryable)]
pub struct Item {
    pub id: ItemId,
    pub portal: PortalId,
    /// `None` at the top of the portal.
    pub folder: Option<ItemId>,
    pub kind: String,
    pub name: String,
    pub created_at: Instant,
    pub changed_at: Instant,
}

/// What its own kind says of it.
pub enum Face {
    Folder {
        items: i64,
        uploads: Uploads,
    },
    Note {
        pinned: Pinned,
    },
    Link {
        address: String,
    },
    /// Without one where only another version of the program knows it.
    Embed {
        provider: Option<Provider>,
    },
    /// Of another module; nothing while that module is not there.
    Foreign(Option<ItemFace>),
}

/// Whether clients can send files into a folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Uploads {
    Taken,
    NotTaken,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pinned {
    Yes,
    No,
}

impl From<bool> for Pinned {
    fn from(pinned: bool) -> Self {
        if pinned { Pinned::Yes } else { Pinned::No }
    }
}

impl From<Option<PortalId>> for Pinned {
    fn from(portal: Option<PortalId>) -> Self {
        Pinned::from(portal.is_some())
    }
}

pub struct ShownItem {
    pub item: Item,
    pub face: Face,
}

/// A note with its words.
#[derive(diesel::Queryable)]
pub struct ReadNote {
    pub item: Item,
    /// Markdown
    pub body: String,
    #[diesel(deserialize_as = Option<PortalId>)]
    pub pinned: Pinned,
}

/// An embed with what it shows.
pub struct ReadEmbed {
    pub item: Item,
    pub source: Source,
}
