//! Every SQL statement of the staff's side, in three parts: adding, finding, and what is read out
//! of files. The clients' statements are in `visibility.rs`.

mod adding;
mod finding;
mod text;

pub use adding::{Kept, NewFile, Place, add_file, check_place, is_kept, stored_bytes};
pub use finding::{
    Neighbours, Surroundings, among, file, ids_after, of_folder, of_items, of_portal, only_files,
    surroundings,
};
pub(crate) use finding::{content, their_portals};
pub use text::{Page, pages_of, settle_reading};
