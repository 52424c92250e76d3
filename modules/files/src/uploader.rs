//! Who sends files. Everything between the first byte and the row is the same for all of them; what
//! differs is where somebody may put a file, which is asked before the first byte and once more in
//! the transaction that makes the row (P12).

use portico_facts::{FileRequestId, ItemId, OrganizationId, RequestSlotId};
use portico_kernel::{Client, ClientTx, Core, Objects, Result, Staff};

use crate::{
    file_name::ClientPath,
    store::{self, Kept, NewFile, Place},
    visibility,
};

/// A person together with the place where their files go.
#[derive(Clone)]
pub enum Uploader {
    /// Into any folder of any portal.
    Staff(Staff, Place),
    /// Into a folder that takes files from clients.
    Client(Client, ItemId),
    /// For what they were asked for.
    Asked(Client, FileRequestId, RequestSlotId),
}

impl Uploader {
    pub fn organization(&self) -> OrganizationId {
        match self {
            Self::Staff(staff, _) => staff.organization().id,
            Self::Client(client, _) | Self::Asked(client, ..) => client.organization().id,
        }
    }

    pub fn objects(&self) -> &dyn Objects {
        match self {
            Self::Staff(staff, _) => staff.objects(),
            Self::Client(client, _) | Self::Asked(client, ..) => client.objects(),
        }
    }

    /// For what is asked about the organization, not about anybody's sight: room, and objects without
    /// a row.
    ///
    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<T> + Send + 'static,
    {
        match self {
            Self::Staff(staff, _) => staff.read(move |tx| work(tx)).await,
            Self::Client(client, _) | Self::Asked(client, ..) => client.read(move |tx| work(tx)).await,
        }
    }

    /// Before the first byte.
    ///
    /// # Errors
    /// [`Error::NotFound`](portico_kernel::Error::NotFound) where this person may not put a file.
    pub async fn check_place(&self) -> Result<()> {
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                staff.read(move |tx| store::check_place(tx, place)).await
            }
            Self::Client(client, folder) => {
                let folder = *folder;
                client.read(move |tx| visibility::open_folder(tx, folder).map(drop)).await
            }
            Self::Asked(client, request, slot) => {
                let (request, slot) = (*request, *slot);
                let check = move |tx: &mut ClientTx| {
                    let request = visibility::request(tx, request)?;
                    store::wanted_slot(&request, slot).map(drop)
                };
                client.read(check).await
            }
        }
    }

    /// After the last byte, in the transaction that makes the row.
    ///
    /// # Errors
    /// [`Error::NotFound`](portico_kernel::Error::NotFound) when that changed during the upload.
    pub async fn add_file(&self, path: ClientPath, new: NewFile) -> Result<Kept> {
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                staff.write(move |tx| store::add_file(tx, place, &path, &new)).await
            }
            // Folders on the way are left out: their names would be everyone's to read.
            Self::Client(client, folder) => {
                let folder = *folder;
                client.write(move |tx| store::send_file(tx, folder, &path.name, &new)).await
            }
            Self::Asked(client, request, slot) => {
                let asked = (*request, *slot);
                client.write(move |tx| store::fill_slot(tx, asked, &path.name, &new)).await
            }
        }
    }
}
