//! Files in a message: as many as a person sends by hand, and no larger than a conversation is for. What is larger goes
//! into the portal.

use portico_facts::MessageFileId;
use portico_kernel::NotKept;

pub const MOST: usize = 20;
/// In bytes.
pub const LARGEST: u64 = 100_000_000;

/// As the pages show it.
#[derive(Clone, Debug)]
pub struct MessageFile {
    pub id: MessageFileId,
    pub name: String,
    /// In bytes.
    pub size: u64,
}

/// Why the files of a form were not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    TooMany,
    NotKept(NotKept),
    /// The words beside them cannot be sent as they are.
    WithWords,
}

impl Refusal {
    /// The sentence at the field. A browser forgets which files were chosen.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooMany => "messages-files-many",
            Self::NotKept(NotKept::TooLarge) => "messages-files-large",
            Self::NotKept(NotKept::NoRoom) => "messages-files-no-room",
            Self::NotKept(NotKept::Broken) => "messages-files-broken",
            Self::NotKept(NotKept::NoStore) => "messages-files-no-store",
            Self::WithWords => "messages-files-again",
        }
    }
}
