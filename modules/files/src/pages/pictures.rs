//! Thumbnails and pages as pictures, behind the same guard and the same predicate as the file.

use bytes::Bytes;
use futures_util::TryStreamExt;
use poem::{handler, web::Path};
use portico_facts::{ItemId, VersionId};
use portico_kernel::{Answer, Client, Error, Kernel, Result, Within};

use crate::{
    delivery::{Conditions, Picture},
    file::File,
    page_pictures, store, visibility,
};

#[handler]
pub async fn staff_thumbnail(
    Within(staff): Within,
    Path(item): Path<ItemId>,
    asked: Conditions,
) -> Result<Answer> {
    let file = staff.read(move |tx| store::file(tx, item)).await?;
    thumbnail(staff.kernel(), &file, &asked).await
}

#[handler]
pub async fn client_thumbnail(client: Client, Path(item): Path<ItemId>, asked: Conditions) -> Result<Answer> {
    let file = client.read(move |tx| visibility::client_file(tx, item)).await?;
    thumbnail(client.kernel(), &file, &asked).await
}

#[handler]
pub async fn staff_page(
    Within(staff): Within,
    Path((item, number)): Path<(ItemId, u32)>,
    asked: Conditions,
) -> Result<Answer> {
    let file = staff.read(move |tx| store::file(tx, item)).await?;
    page(staff.kernel(), &file, number, &asked).await
}

#[handler]
pub async fn version_page(
    Within(staff): Within,
    Path((item, version, number)): Path<(ItemId, VersionId, u32)>,
    asked: Conditions,
) -> Result<Answer> {
    let file = staff.read(move |tx| store::version(tx, item, version)).await?;
    page(staff.kernel(), &file, number, &asked).await
}

#[handler]
pub async fn client_page(
    client: Client,
    Path((item, number)): Path<(ItemId, u32)>,
    asked: Conditions,
) -> Result<Answer> {
    let file = client.read(move |tx| visibility::client_file(tx, item)).await?;
    page(client.kernel(), &file, number, &asked).await
}

async fn thumbnail(kernel: &Kernel, file: &File, asked: &Conditions) -> Result<Answer> {
    let thumbnail = file.content.pictures.thumbnail().ok_or(Error::NotFound)?;
    let picture = Picture::of(&file.content, "thumbnail");
    if let Some(unchanged) = picture.unchanged(asked) {
        return Ok(unchanged);
    }
    let object = kernel.objects().read(&thumbnail.key, 0..thumbnail.size).await?;
    let collect = |mut all: Vec<u8>, chunk: Bytes| async move {
        all.extend_from_slice(&chunk);
        Ok(all)
    };
    Ok(picture.sent(object.bytes.try_fold(Vec::new(), collect).await?.into()))
}

async fn page(kernel: &Kernel, file: &File, number: u32, asked: &Conditions) -> Result<Answer> {
    let pages = file.content.pictures.pages().unwrap_or_default();
    if !(1..=pages).contains(&number) {
        return Err(Error::NotFound);
    }
    let picture = Picture::of(&file.content, &format!("page-{number}"));
    if let Some(unchanged) = picture.unchanged(asked) {
        return Ok(unchanged);
    }
    let webp = page_pictures::picture(kernel, file, number).await?.ok_or(Error::NotFound)?;
    Ok(picture.sent(webp))
}
