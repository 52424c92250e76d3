//! What was not finished in a week goes, and with it the room that was set aside for it.

use futures_util::FutureExt;
use portico_facts::UploadId;
use portico_kernel::{Error, Job, JobKind, Objects, Result, System};
use serde::{Deserialize, Serialize};

use super::{turns::Turn, upload::Upload};
use crate::store::uploads;

pub const UPLOAD_EXPIRES: &str = "files-upload-expires";

#[derive(Serialize, Deserialize)]
pub struct Expire {
    pub upload: UploadId,
}

pub fn upload_expires() -> JobKind {
    JobKind { kind: UPLOAD_EXPIRES, run: |system, job| expire(system, job).boxed() }
}

async fn expire(system: System, job: Job) -> Result<()> {
    let Expire { upload: id } = job.payload()?;
    let _turn = Turn::take_over(id).await.ok_or(Error::Busy)?;
    let Some(upload) = system.read(move |tx| uploads::anyones(tx, id)).await? else { return Ok(()) };
    clear(system.kernel().objects(), &upload).await?;
    system.write(move |tx| uploads::remove(tx, id)).await
}

/// Before the row goes, so that a crash between leaves what can be tried again. A finished upload's
/// object is a file's by now.
pub async fn clear(objects: &dyn Objects, upload: &Upload) -> Result<()> {
    match upload.is_finished() {
        true => Ok(()),
        false => objects.discard(&upload.key, &upload.saved()).await,
    }
}
