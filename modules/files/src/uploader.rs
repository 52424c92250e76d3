//! Who sends files. Everything between the first byte and the row is the same for all of them; what
//! differs is where somebody may put a file, which is asked before the first byte and once more in
//! the transaction that makes the row (P12).

use portico_facts::{FileRequestId, ItemId, OrganizationId, RequestSlotId};
use portico_kernel::{Client, ClientTx, Core, Error, Kernel, Objects, Recorded, Result, Staff};

use crate::{
    caller::Caller,
    file_name::{ClientPath, FileName},
    refusal::Refusal,
    store::{self, Kept, NewFile, Place, uploads},
    tus::Upload,
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

    pub fn kernel(&self) -> &Kernel {
        match self {
            Self::Staff(staff, _) => staff.kernel(),
            Self::Client(client, _) | Self::Asked(client, ..) => client.kernel(),
        }
    }

    pub fn objects(&self) -> &dyn Objects {
        self.kernel().objects()
    }

    fn caller(&self) -> Caller {
        match self {
            Self::Staff(staff, _) => Caller::Staff(staff.clone()),
            Self::Client(client, _) | Self::Asked(client, ..) => Caller::Client(client.clone()),
        }
    }

    pub fn slot(&self) -> Option<(FileRequestId, RequestSlotId)> {
        match self {
            Self::Asked(_, request, slot) => Some((*request, *slot)),
            Self::Staff(..) | Self::Client(..) => None,
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
        self.caller().read(work).await
    }

    /// For what is nobody else's business: how far an upload of their own is.
    ///
    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<Recorded<T>> + Send + 'static,
    {
        self.caller().write(work).await
    }

    /// Before the first byte: where the file is to go.
    ///
    /// # Errors
    /// [`Error::NotFound`] where this person may not put a file.
    pub async fn check_place(&self) -> Result<Place> {
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                staff.read(move |tx| store::check_place(tx, place).map(|()| place)).await
            }
            Self::Client(client, folder) => {
                let folder = *folder;
                client.read(move |tx| visibility::open_folder(tx, folder)).await
            }
            Self::Asked(client, request, slot) => {
                let (request, slot) = (*request, *slot);
                let check = move |tx: &mut ClientTx| {
                    let request = visibility::request(tx, request)?;
                    store::wanted_slot(&request, slot)?;
                    Ok(Place { portal: request.portal, folder: Some(request.folder) })
                };
                client.read(check).await
            }
        }
    }

    /// After the last byte, in the transaction that makes the row.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this person may not put it there any more.
    pub async fn add_file(&self, path: ClientPath, new: NewFile) -> Result<Kept> {
        self.add(path, new, None).await?.ok_or(Error::NotFound)
    }

    /// A folder without anything in it.
    ///
    /// # Errors
    /// [`Refusal::EmptyFolder`] for a client; otherwise as [`Uploader::add_file`].
    pub async fn add_folders(&self, path: Vec<FileName>) -> Result<(), Refusal> {
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                Ok(staff.write(move |tx| store::add_folders(tx, place, &path)).await?)
            }
            // Its name would be everyone's to read.
            Self::Client(..) | Self::Asked(..) => Err(Refusal::EmptyFolder),
        }
    }

    /// As [`Uploader::add_file`] for a file that came over several requests; once, however often it is tried.
    ///
    /// # Errors
    /// As [`Uploader::add_file`].
    pub async fn finish(&self, upload: Upload, new: NewFile) -> Result<()> {
        self.add(upload.path(), new, Some(upload)).await.map(drop)
    }

    /// `None` when the file was made of this upload before.
    async fn add(&self, path: ClientPath, new: NewFile, upload: Option<Upload>) -> Result<Option<Kept>> {
        let is_settled = move |tx: &mut Core| match &upload {
            Some(upload) => uploads::settle(tx, upload).map(|is_first| !is_first),
            None => Ok(false),
        };
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                let add = staff.write(move |tx| match is_settled(tx)? {
                    true => Ok(tx.unchanged(None)),
                    false => Ok(store::add_file(tx, place, &path, &new)?.map(Some)),
                });
                add.await
            }
            // Folders on the way are left out: their names would be everyone's to read.
            Self::Client(client, folder) => {
                let folder = *folder;
                let send = client.write(move |tx| match is_settled(tx)? {
                    true => Ok(tx.unchanged(None)),
                    false => Ok(store::send_file(tx, folder, &path.name, &new)?.map(Some)),
                });
                send.await
            }
            Self::Asked(client, request, slot) => {
                let asked = (*request, *slot);
                let fill = client.write(move |tx| match is_settled(tx)? {
                    true => Ok(tx.unchanged(None)),
                    false => Ok(store::fill_slot(tx, asked, &path.name, &new)?.map(Some)),
                });
                fill.await
            }
        }
    }
}
