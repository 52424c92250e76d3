//! What a client may see of files: exactly those whose items the kernel's predicate lets through
//! (T2). Every statement of the client's side starts here.

use diesel::prelude::*;
use portico_facts::ItemId;
use portico_kernel::{Among, ClientTx, Error, Result, client_items, items, portals};

use crate::{
    file::File,
    schema::files,
    store::{content, their_portals},
};

/// # Errors
/// [`Error::NotFound`] for whatever this client may not see.
pub fn client_file(tx: &mut ClientTx, item: ItemId) -> Result<File> {
    client_files_among(tx, &[item])?.pop().ok_or(Error::NotFound)
}

/// Those of `wanted` that this client may see.
///
/// # Errors
/// The database's.
pub fn client_files_among(tx: &mut ClientTx, wanted: &[ItemId]) -> Result<Vec<File>> {
    let (organization, person) = tx.sight();
    Ok(client_items(organization, person)
        .inner_join(content!())
        .inner_join(their_portals!())
        .filter(items::id.among(wanted.iter().copied()))
        .select(File::as_select())
        .load(tx.db())?)
}
