//! Every SQL statement but those with which the client's side begins, which are in `visibility.rs`.

mod announcements;
mod drafts;
mod mailing;
mod publishing;
mod purge;
mod receipts;
mod retention;
pub mod sight;

pub use announcements::{
    MOST, PortalChoice, announcement, deleted, deleted_title, draft, drafts, portal_choices, published,
    published_announcement,
};
pub use drafts::{add_draft, change_draft};
pub use mailing::{LetterFacts, count_as_mailed, letter_facts, make_row, settle_due};
pub use publishing::{correct, delete, publish, release, restore};
pub use purge::purge;
pub use receipts::{Progress, Reader, Receipts, count_of_readers, progress_of, receipts};
pub use retention::purge_next;
