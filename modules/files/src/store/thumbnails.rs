use diesel::prelude::*;
use portico_facts::EventKind;
use portico_kernel::{Among, NewEvent, Recorded, Result, Tx};

use crate::{file::File, schema::file_versions, thumbnail::Thumbnail};

/// Writes down where the thumbnail of a version lies, and how many pages can be drawn; without one,
/// that nothing can be drawn. Nothing when the version went for good meanwhile.
///
/// # Errors
/// The database's.
pub fn settle_drawing(tx: &mut Tx, file: &File, drawn: Option<(Thumbnail, u32)>) -> Result<Recorded<()>> {
    let (organization, version) = (tx.organization(), file.content.version);
    let (thumbnail, pages) = match drawn {
        Some((thumbnail, pages)) => (Some(thumbnail), pages),
        None => (None, 0),
    };
    let size = thumbnail.as_ref().map(|thumbnail| i64::try_from(thumbnail.size).unwrap_or(i64::MAX));
    let written = diesel::update(file_versions::table.find((organization, version)))
        .set((
            file_versions::thumbnail_key.eq(thumbnail.map(|thumbnail| thumbnail.key)),
            file_versions::thumbnail_size.eq(size),
            file_versions::pages.eq(i32::try_from(pages).unwrap_or(i32::MAX)),
        ))
        .execute(tx.db())?;
    if written == 0 {
        return Ok(tx.unchanged(()));
    }
    tx.record(NewEvent::new(EventKind::ITEM_DRAWN, file.id()).in_portal(file.item.portal))
}

/// Those of the keys that are thumbnails of versions.
///
/// # Errors
/// The database's.
pub fn known_thumbnails(tx: &mut Tx, keys: &[String]) -> Result<Vec<String>> {
    let organization = tx.organization();
    Ok(file_versions::table
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::thumbnail_key.among(keys.iter().map(String::as_str)))
        .select(file_versions::thumbnail_key.assume_not_null())
        .load(tx.db())?)
}

/// The next keys of thumbnails, in ascending order.
///
/// # Errors
/// The database's.
pub fn thumbnails_after(tx: &mut Tx, after: Option<&str>, limit: i64) -> Result<Vec<String>> {
    let organization = tx.organization();
    Ok(file_versions::table
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::thumbnail_key.gt(after.unwrap_or_default()))
        .order(file_versions::thumbnail_key)
        .limit(limit)
        .select(file_versions::thumbnail_key.assume_not_null())
        .load(tx.db())?)
}
