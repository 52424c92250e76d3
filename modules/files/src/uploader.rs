//! Who sends files. Everything between the first byte and the row is the same for all of them; what
//! differs is where somebody may put a file, which is asked before the first byte and once more in
//! the transaction that makes the row (P12).

use portico_facts::OrganizationId;
use portico_kernel::{Client, Core, Error, Kernel, Objects, Recorded, Result, Staff};

use crate::{
    file_name::ClientPath,
    store::{self, Kept, NewFile, Place, uploads},
    tus::Upload,
};

/// A person together with the place where their files go.
#[derive(Clone)]
pub enum Uploader {
    /// Into any folder of any portal.
    Staff(Staff, Place),
    Client(Client, Place),
}

impl Uploader {
    pub fn organization(&self) -> OrganizationId {
        match self {
            Self::Staff(staff, _) => staff.organization().id,
            Self::Client(client, _) => client.organization().id,
        }
    }

    pub fn place(&self) -> Place {
        match self {
            Self::Staff(_, place) | Self::Client(_, place) => *place,
        }
    }

    pub fn kernel(&self) -> &Kernel {
        match self {
            Self::Staff(staff, _) => staff.kernel(),
            Self::Client(client, _) => client.kernel(),
        }
    }

    pub fn objects(&self) -> &dyn Objects {
        self.kernel().objects()
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
            Self::Client(client, _) => client.read(move |tx| work(tx)).await,
        }
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
        match self {
            Self::Staff(staff, _) => staff.write(move |tx| work(tx)).await,
            Self::Client(client, _) => client.write(move |tx| work(tx)).await,
        }
    }

    /// Before the first byte.
    ///
    /// # Errors
    /// [`Error::NotFound`] where this person may not put a file.
    pub async fn check_place(&self) -> Result<()> {
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                staff.read(move |tx| store::check_place(tx, place)).await
            }
            Self::Client(..) => Err(Error::NotFound),
        }
    }

    /// After the last byte, in the transaction that makes the row.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that changed during the upload.
    pub async fn add_file(&self, path: ClientPath, new: NewFile) -> Result<Kept> {
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                staff.write(move |tx| store::add_file(tx, place, &path, &new)).await
            }
            Self::Client(..) => Err(Error::NotFound),
        }
    }

    /// The same for a file that came over several requests; once, however often it is tried.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that changed during the upload.
    pub async fn finish(&self, upload: Upload, new: NewFile) -> Result<()> {
        match self {
            Self::Staff(staff, place) => {
                let place = *place;
                staff
                    .write(move |tx| match uploads::settle(tx, &upload)? {
                        true => Ok(store::add_file(tx, place, &upload.path(), &new)?.with(())),
                        false => Ok(tx.unchanged(())),
                    })
                    .await
            }
            Self::Client(..) => Err(Error::NotFound),
        }
    }
}
