//! This module's part of the page of another.

use maud::Markup;
use portico_kernel::{ClientTx, Result};
use portico_ui::Frame;

use crate::{
    view::{Reading, client},
    visibility,
};

/// As many as a home page has room for; the list has the rest.
pub const AT_HOME: i64 = 3;

/// What waits for this client to be read.
pub fn client_home(tx: &mut ClientTx, frame: &Frame) -> Result<Option<Markup>> {
    let unread = visibility::latest_unread(tx, AT_HOME)?;
    Ok((!unread.is_empty()).then(|| client::latest(&Reading::of(tx, frame), &unread)))
}
