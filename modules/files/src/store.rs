//! Every SQL statement of the staff's side, and what clients write: adding, finding, the versions of a
//! file, what is read out of them, the objects behind them, what clients send, and files that are still
//! arriving. What clients read is in `visibility.rs`.

mod adding;
mod approvals;
pub mod archive;
mod asking;
mod finding;
mod history;
mod objects;
pub mod prepared;
mod purge;
mod request_letters;
mod request_slots;
mod requests;
mod sending;
mod strays;
pub mod sums;
mod text;
mod thumbnails;
mod upload_folders;
pub mod uploads;
mod versions;

pub use adding::{Kept, NewFile, Place, add_file, add_folders, check_place};
pub use approvals::{
    ApprovalFacts, Askable, NamedApproval, Open, approval_facts, approvals_of, approvals_of_portal, ask,
    ask_again, askable, open_approvals, remind_of_approval, whereabouts_of_approval, withdraw,
};
pub use asking::{
    accept_file, add_request, clients_of_portal, move_due_date, remind, return_file, withdraw_request,
};
pub(crate) use asking::{holds_grant, insert_request};
pub use finding::{
    Neighbours, Surroundings, among, file, folders_of_portal, ids_after, of_folder, of_items, of_portal,
    only_files, surroundings,
};
pub(crate) use finding::{surroundings_among, their_portals, with_content};
pub use history::{History, Version, deleted_number, history, version, version_ever};
pub use objects::{is_kept, keys_after, known_keys, stored_bytes};
pub use purge::{purge_items, purge_versions};
pub use request_letters::letter_facts;
pub(crate) use request_slots::record_filling;
pub use request_slots::{fill_slot, wanted_slot};
pub use requests::{awaited_requests, open_requests, request, requests_of_portal, whereabouts_of_request};
pub(crate) use requests::{named_requests, with_slots};
pub(crate) use sending::insert_sent;
pub use sending::{Sender, send_file, senders, show};
pub use strays::{Kind, Stray, forget_settled, note_strays, record_deleted_orphans, strays};
pub use text::{Page, page_of, pages_of, settle_reading};
pub use thumbnails::{known_thumbnails, settle_drawing, thumbnails_after};
pub use upload_folders::{Clients, clients_may, let_clients};
pub use versions::{delete_version, pin, repeat, restore_version, unpin};
