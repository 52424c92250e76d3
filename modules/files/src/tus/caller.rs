//! Whoever speaks the protocol: staff or a client, as their guard proves. The requests are the same for
//! both; an upload is found through its sender, and where it goes is asked of the [`Uploader`].

use poem::{FromRequest, Request, RequestBody};
use portico_facts::UploadId;
use portico_kernel::{Client, Core, Instant, Kernel, Result, Side, Staff};
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
    pub fn uploader(&self, place: Place) -> Uploader {
        match self {
            Self::Staff(staff) => Uploader::Staff(staff.clone(), place),
            Self::Client(client) => Uploader::Client(client.clone(), place),
        }
    }

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

    pub fn kernel(&self) -> &Kernel {
        match self {
            Self::Staff(staff) => staff.kernel(),
            Self::Client(client) => client.kernel(),
        }
    }

    pub fn now(&self) -> Instant {
        self.kernel().now()
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

    /// Their own, in a place where they may still put a file.
    pub async fn find(&self, id: UploadId) -> Result<(Uploader, Upload), Fault> {
        let upload = self.read(move |tx| uploads::find(tx, id)).await?;
        let uploader = self.uploader(upload.place());
        uploader.check_place().await?;
        match self.now() < upload.expires_at {
            true => Ok((uploader, upload)),
            false => Err(Fault::Expired),
        }
    }
}
