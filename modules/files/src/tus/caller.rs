//! Whoever speaks the protocol: staff or a client, as their guard proves. The requests are the same for
//! both; an upload is found through the person who began it, and where it goes is asked of the
//! [`Uploader`].

use poem::{FromRequest, Request, RequestBody};
use portico_facts::UploadId;
use portico_kernel::{Client, Core, Kernel, Result, Side, Staff};
use portico_ui::Text;

use super::{fault::Fault, upload::Upload};
use crate::{
    store::{Place, uploads},
    uploader::Uploader,
};

#[derive(Clone)]
pub enum Caller {
    Staff(Staff),
    Client(Client),
}

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        match Staff::from_request(req, body).await {
            Ok(staff) => Ok(Self::Staff(staff)),
            Err(_) => Ok(Self::Client(Client::from_request(req, body).await?)),
        }
    }
}

impl Caller {
    pub fn side(&self) -> Side {
        match self {
            Self::Staff(_) => Side::Staff,
            Self::Client(_) => Side::Client,
        }
    }

    pub fn text(&self) -> Text {
        match self {
            Self::Staff(staff) => staff.text(),
            Self::Client(client) => client.text(),
        }
    }

    /// Of one upload; its requests go there.
    pub fn address(&self, id: UploadId) -> String {
        match self {
            Self::Staff(_) => format!("/staff/uploads/{id}"),
            Self::Client(_) => format!("/uploads/{id}"),
        }
    }

    fn kernel(&self) -> &Kernel {
        match self {
            Self::Staff(staff) => staff.kernel(),
            Self::Client(client) => client.kernel(),
        }
    }

    async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<T> + Send + 'static,
    {
        match self {
            Self::Staff(staff) => staff.read(move |tx| work(tx)).await,
            Self::Client(client) => client.read(move |tx| work(tx)).await,
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
            (Self::Client(_), None, None) => return Err(portico_kernel::Error::NotFound),
        })
    }
}
