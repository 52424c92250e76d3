//! Every SQL statement of the staff's side: adding, finding, the versions of a file, what is read out
//! of them, the objects behind them, and files that are still arriving. The clients' statements are in
//! `visibility.rs`.

mod adding;
mod approvals;
pub mod archive;
mod finding;
mod history;
mod objects;
pub mod sums;
mod text;
pub mod uploads;
mod versions;

pub use adding::{Kept, NewFile, Place, add_file, check_place};
pub use approvals::{
    ApprovalFacts, Askable, Open, approval_facts, approvals_of, ask, ask_again, askable, open_approvals,
    withdraw,
};
pub use finding::{
    Neighbours, Surroundings, among, file, ids_after, of_folder, of_items, of_portal, only_files,
    surroundings,
};
pub(crate) use finding::{their_portals, with_content};
pub use history::{History, Version, deleted_number, history, version, version_ever};
pub use objects::{is_kept, stored_bytes};
pub use text::{Page, pages_of, settle_reading};
pub use versions::{delete_version, pin, repeat, restore_version, unpin};
