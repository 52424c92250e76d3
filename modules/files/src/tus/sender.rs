//! A staff member who sends a file, together with the place where it goes. Clients still send theirs
//! in one request.

use portico_facts::UploadId;
use portico_kernel::{Core, Kernel, Objects, Recorded, Result, Staff};

use super::{fault::Fault, upload::Upload};
use crate::{
    store::{self, NewFile, Place, uploads},
    uploader::Uploader,
};

#[derive(Clone)]
pub struct Sender {
    pub staff: Staff,
    pub place: Place,
}

impl Sender {
    /// Their own upload, in a portal that is still there.
    pub async fn of(staff: &Staff, id: UploadId) -> Result<(Self, Upload), Fault> {
        let found = staff.read(move |tx| {
            let upload = uploads::find(tx, id)?;
            store::check_place(tx, upload.place())?;
            Ok(upload)
        });
        let upload = found.await?;
        match staff.now() < upload.expires_at {
            true => Ok((Self { staff: staff.clone(), place: upload.place() }, upload)),
            false => Err(Fault::Expired),
        }
    }

    pub fn uploader(&self) -> Uploader {
        Uploader::Staff(self.staff.clone(), self.place)
    }

    pub fn kernel(&self) -> &Kernel {
        self.staff.kernel()
    }

    pub fn objects(&self) -> &dyn Objects {
        self.staff.objects()
    }

    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<T> + Send + 'static,
    {
        self.staff.read(move |tx| work(tx)).await
    }

    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<Recorded<T>> + Send + 'static,
    {
        self.staff.write(move |tx| work(tx)).await
    }

    /// The file's rows, after the last byte; once, however often it is tried.
    pub async fn finish(&self, upload: Upload, new: NewFile) -> Result<()> {
        let settle = self.staff.write(move |tx| match uploads::settle(tx, &upload)? {
            true => Ok(store::add_file(tx, upload.place(), &upload.path(), &new)?.with(())),
            false => Ok(tx.unchanged(())),
        });
        settle.await
    }
}
