//! The end of an upload: the object is made visible, then its rows. A crash between the two leaves
//! an upload that is whole and not finished, and finishing it again does the rest.

use futures_util::TryStreamExt;
use portico_kernel::{Objects, Result};

use super::{fault::Fault, upload::Upload};
use crate::{
    arrival::{BEGINNING, described},
    uploader::Uploader,
};

pub async fn finish(uploader: &Uploader, upload: &mut Upload) -> Result<(), Fault> {
    uploader.objects().publish(&upload.key, &upload.saved()).await?;
    let beginning = beginning_of(uploader.objects(), upload).await?;
    let name = upload.path().name;
    let new = described(upload.key.clone(), upload.length(), &upload.sums()?, &beginning, name.as_str());
    upload.finish(uploader.kernel().now());
    Ok(uploader.finish(upload.clone(), new).await?)
}

async fn beginning_of(objects: &dyn Objects, upload: &Upload) -> Result<Vec<u8>> {
    if upload.length() == 0 {
        return Ok(Vec::new());
    }
    let end = upload.length().min(BEGINNING as u64);
    let pieces: Vec<_> = objects.read(&upload.key, 0..end).await?.bytes.try_collect().await?;
    Ok(pieces.concat())
}
