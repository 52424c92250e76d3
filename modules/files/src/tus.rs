//! Resumable uploads by the tus protocol 1.0.0 (<https://tus.io/protocols/resumable-upload>), with
//! its extensions creation, creation-with-upload, termination, expiration and checksum.
//!
//! What an offset acknowledges is durable: bytes in the object store, the offset in a row (T30). An
//! offset that equals the length is told only when the file is there: what was complete when the
//! machine died is told as not quite complete, and whoever sends the rest again finishes it.

mod asked;
mod caller;
mod checksum;
mod expiry;
mod fault;
mod finishing;
mod metadata;
mod pages;
mod receiving;
mod turns;
mod upload;

use std::sync::Arc;

use poem::{EndpointExt, http::Method};
use portico_kernel::{Access, Additions};

use crate::quota::Quota;

pub use asked::{length, offset};
pub use checksum::Checksum;
pub use expiry::{Expire, UPLOAD_EXPIRES, upload_expires};
pub use metadata::path_in;
pub use upload::Upload;

/// The only version there is.
const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,creation-with-upload,termination,expiration,checksum";

pub fn register(add: &mut Additions, staff: Access, quota: &Arc<Quota>) {
    const PORTAL: &str = "/staff/portals/:portal/uploads";
    const FOLDER: &str = "/folders/:folder/uploads";
    const SLOT: &str = "/requests/:request/slots/:slot/uploads";
    add.post(PORTAL, staff, pages::create_in_portal.data(quota.clone()));
    add.post(FOLDER, Access::Client, pages::create_in_folder.data(quota.clone()));
    add.post(SLOT, Access::Client, pages::create_for_slot.data(quota.clone()));
    for (new, access) in [(PORTAL, staff), (FOLDER, Access::Client), (SLOT, Access::Client)] {
        add.on(Method::OPTIONS, new, access, pages::options);
    }
    for (one, access) in [("/staff/uploads/:upload", staff), ("/uploads/:upload", Access::Client)] {
        add.on(Method::HEAD, one, access, pages::state);
        add.on(Method::PATCH, one, access, pages::append);
        add.on(Method::DELETE, one, access, pages::end);
        add.post(one, access, pages::overridden);
    }
}
