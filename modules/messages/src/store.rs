//! Every SQL statement but those with which the client's side begins, which are in `visibility.rs`.

mod conversation;
mod conversations;
mod files;
mod mailing;
mod mentions;
mod purge;
mod reading;
mod replies;
mod rooms;
mod writing;

pub use conversation::{
    Conversation, EnteredConversation, conversation_at, conversations_with_names, entered_conversation,
    holds_grant, open_conversation,
};
pub use conversations::{
    Latest, Line, conversations, conversations_of_portal, holders_of_portal, unread_conversations,
};
pub(crate) use conversations::{Row, lines_of, named_conversations};
pub use files::{
    file, files_of_conversations,
    of_conversations::{keys_after, known_keys, names_of_files, stored_bytes},
    of_rooms::{
        keys_after as room_keys_after, known_keys as known_room_keys, names_of_files as room_names_of_files,
        stored_bytes as stored_room_bytes,
    },
    room_file,
};
pub use mailing::{LetterFacts, count_as_mailed, letter_facts, settle_due};
pub use purge::{forget, purge};
pub use reading::{Receipt, Thread, messages_between, record_reading, thread};
pub use replies::{Replying, record_refusal, replying, was_taken};
pub(crate) use rooms::token_of;
pub use rooms::{
    Candidate, EnteredRoom, OtherRoom, RoomMember, RoomRow, add_people, add_to_room, candidates,
    change_in_room, count_room_as_mailed, count_rooms, delete_in_room, entered_room, forget_in_rooms,
    make_room, managed_room, names_of_portals, open_room, other_rooms, own_words_in_room, portals_for_rooms,
    present, record_room_reading, remove_person, room_letter_facts, room_thread, send_to_room,
    settle_due_room, unread_rooms, with_rooms,
};
use rooms::{replying_in_room, was_taken_in_room};
pub use writing::{add, change, delete, own_words, send};
