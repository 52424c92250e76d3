//! A folder, a selection or a whole portal as one ZIP archive, for staff and clients alike: exactly what
//! each may see (T2). Nothing is written anywhere and no object is read before its turn; all lengths
//! are known before, so that a download that broke goes on where it stopped.

mod layout;
mod names;
mod pages;
#[cfg(test)]
mod read_back;
mod sending;
mod sums;
mod tree;
mod zip;

use portico_kernel::{Access, Additions};

pub use tree::{Folder, Visible};

pub fn register(add: &mut Additions, staff: Access) {
    add.get("/staff/portals/:portal/download", staff, pages::for_staff);
    add.get("/portals/:portal/download", Access::Client, pages::for_client);
}
