//! Every SQL statement but those with which a client's list begins, which are in `visibility.rs`.

mod adding;
mod choices;
mod lines;
mod purge;
mod reading;
mod waiting;

pub use adding::{clear, followed, spread};
pub use choices::{choices, choose, reader_language, stop, timing};
pub use lines::{Line, Row, lines};
pub use purge::purge;
pub(crate) use reading::taken_back;
pub use reading::{COUNTED, mark_read, told, unread};
pub use waiting::{DigestReader, Piece, Waiting, keep_for_digest, put_off, revive, round, settle};
