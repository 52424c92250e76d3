//! Files in things of other modules: the same way in and out as for those of portals, without an item, a version or a
//! text that is read. Their rows are the other module's.

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use poem::Request;
use portico_facts::OrganizationId;
use portico_kernel::{
    Answer, ArrivedFile, ArrivingFile, Disposition, FileBytes, FileKeeper, KeptFile, Kernel, NotKept, Result,
    System,
};

use crate::{
    arrival::Arrival,
    delivery::{Conditions, Sent, etag_of, send},
    file_name::FileName,
    quota::{Quota, Reservation},
    refusal::Refusal,
};

/// Set aside at a time, since nobody knows in advance how large a file is.
const STEP: u64 = 1024 * 1024;

pub struct Keeper {
    pub quota: Arc<Quota>,
}

impl FileKeeper for Keeper {
    fn keep<'a>(
        &'a self,
        kernel: &'a Kernel,
        organization: OrganizationId,
        file: ArrivingFile<'a>,
    ) -> BoxFuture<'a, Result<Result<ArrivedFile, NotKept>>> {
        async move {
            match self.take(kernel, organization, file).await {
                Ok(arrived) => Ok(Ok(arrived)),
                Err(Refusal::Other(error)) => Err(error),
                Err(refusal) => Ok(Err(why(&refusal))),
            }
        }
        .boxed()
    }

    fn wants_everything(&self, file: &KeptFile, req: &Request) -> bool {
        Conditions::of(req).want_everything(&etag_of(&file.sha256))
    }

    fn deliver<'a>(
        &'a self,
        kernel: &'a Kernel,
        file: &'a KeptFile,
        req: &Request,
    ) -> BoxFuture<'a, Result<Answer>> {
        let conditions = Conditions::of(req);
        async move {
            let sent = Sent {
                name: &file.name,
                key: &file.key,
                size: file.size,
                media_type: &file.media_type,
                etag: etag_of(&file.sha256),
            };
            send(kernel.objects(), &sent, Disposition::Inline, &conditions).await
        }
        .boxed()
    }
}

impl Keeper {
    async fn take(
        &self,
        kernel: &Kernel,
        organization: OrganizationId,
        file: ArrivingFile<'_>,
    ) -> Result<ArrivedFile, Refusal> {
        let ArrivingFile { name, mut bytes, largest } = file;
        let system = kernel.system(organization).await?;
        let mut arrival = Arrival::begin(kernel, organization).await?;
        let room = match self.pour(&system, &mut arrival, &mut bytes, largest).await {
            Ok(room) => room,
            Err(refusal) => {
                arrival.abandon().await;
                return Err(refusal);
            }
        };
        let name = FileName::from_client(name);
        let new = arrival.finish(name.as_str()).await?;
        let file = KeptFile {
            key: new.key,
            name: name.to_string(),
            size: new.size,
            media_type: new.media_type.to_owned(),
            sha256: new.sha256.to_vec(),
        };
        Ok(ArrivedFile { file, room: Box::new(room) })
    }

    async fn pour(
        &self,
        system: &System,
        arrival: &mut Arrival,
        bytes: &mut FileBytes<'_>,
        largest: u64,
    ) -> Result<Vec<Reservation>, Refusal> {
        let (mut room, mut reserved) = (Vec::new(), 0);
        while let Some(chunk) = bytes.chunk().await? {
            let size = arrival.size() + chunk.len() as u64;
            if size > largest {
                return Err(Refusal::TooLarge);
            }
            if size > reserved {
                let more = STEP.max(size - reserved);
                room.push(self.quota.reserve_for(system, more).await?.ok_or(Refusal::QuotaUsedUp)?);
                reserved += more;
            }
            arrival.add(chunk).await?;
        }
        Ok(room)
    }
}

fn why(refusal: &Refusal) -> NotKept {
    match refusal {
        Refusal::TooLarge => NotKept::TooLarge,
        Refusal::QuotaUsedUp | Refusal::NoSpace => NotKept::NoRoom,
        Refusal::NoStore => NotKept::NoStore,
        Refusal::Unreadable | Refusal::NothingChosen | Refusal::EmptyFolder | Refusal::Other(_) => {
            NotKept::Broken
        }
    }
}
