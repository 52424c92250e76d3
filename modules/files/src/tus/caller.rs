//! The requests of the protocol are the same for staff and clients: an upload is found through the person
//! who began it, and where it goes is asked of the [`Uploader`].

use portico_facts::UploadId;
use portico_kernel::{Error, Result};

use super::{fault::Fault, upload::Upload};
use crate::{
    caller::Caller,
    store::{Place, uploads},
    uploader::Uploader,
};

impl Caller {
    /// Of one upload; its requests go there.
    pub fn address(&self, id: UploadId) -> String {
        match self {
            Self::Staff(_) => format!("/staff/uploads/{id}"),
            Self::Client(_) => format!("/uploads/{id}"),
        }
    }

    /// Their own, with a place where they may still put a file.
    pub async fn find(&self, id: UploadId) -> Result<(Uploader, Upload), Fault> {
        let upload = self.read(move |tx| uploads::find(tx, id)).await?;
        let uploader = self.uploader_of(&upload)?;
        uploader.check_place().await?;
        match self.kernel().now() < upload.expires_at {
            true => Ok((uploader, upload)),
            false => Err(Fault::Expired),
        }
    }

    fn uploader_of(&self, upload: &Upload) -> Result<Uploader> {
        let Place { folder, .. } = upload.place();
        Ok(match (self.clone(), upload.slot(), folder) {
            (Self::Staff(staff), ..) => Uploader::Staff(staff, upload.place()),
            (Self::Client(client), Some((request, slot)), _) => Uploader::Asked(client, request, slot),
            (Self::Client(client), None, Some(folder)) => Uploader::Client(client, folder),
            (Self::Client(_), None, None) => return Err(Error::NotFound),
        })
    }
}
