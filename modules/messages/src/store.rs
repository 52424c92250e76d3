//! Every SQL statement but those with which the client's side begins, which are in `visibility.rs`.

mod conversations;
mod files;
mod mailing;
mod mentions;
mod purge;
mod reading;
mod replies;
mod rooms;
mod writing;

pub use conversations::{
    Line, conversations, conversations_of_portal, holders_of_portal, unread_conversations,
};
pub(crate) use conversations::{Row, lines_of, named_conversations};
pub use files::{file, files_of_conversations, keys_after, known_keys, names_of_files, stored_bytes};
pub use mailing::{LetterFacts, count_as_mailed, letter_facts, settle_due};
pub use purge::{forget, purge};
pub use reading::{Thread, messages_between, record_reading, thread};
pub use replies::{Replying, record_refusal, replying, was_taken};
pub use rooms::{
    Conversation, Room, conversation_at, conversations_with_names, holds_grant, open_room, room,
};
pub use writing::{add, change, delete, own_words, send};
