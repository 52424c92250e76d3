//! Writing versions. What is shown is the pinned one, or else the latest that is not deleted.

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, VersionId};
use portico_kernel::{Core, Error, Instant, NewJob, Recorded, Result, Tx, items};
use serde_json::json;

use crate::{
    drawing,
    file::{Content, File, ReadingState},
    file_name::FileName,
    jobs::{DrawFile, FILES_DRAW, FILES_READ, ReadFile},
    schema::{file_versions, files},
    store::{self, Kept, NewFile, adding::await_other_uploads, text::insert_pages},
};

/// What a version is made of: an upload, or the bytes of an earlier version.
pub(super) struct Parts<'a> {
    key: &'a str,
    size: u64,
    media_type: &'a str,
    sha256: &'a [u8],
    /// Nothing for bytes that were here before.
    crc32: Option<u32>,
    reading: ReadingState,
}

impl NewFile {
    pub(super) fn parts(&self) -> Parts<'_> {
        let Self { key, size, media_type, sha256, crc32, reading } = self;
        Parts { key, size: *size, media_type, sha256, crc32: Some(*crc32), reading: *reading }
    }
}

impl Content {
    fn parts(&self) -> Parts<'_> {
        let Self { key, media_type, reading, .. } = self;
        Parts { key, size: self.size(), media_type, sha256: self.sha256(), crc32: None, reading: *reading }
    }
}

/// The row, the reading of its text and the making of its picture.
pub(super) fn insert(tx: &mut Core, item: ItemId, number: i32, parts: &Parts) -> Result<VersionId> {
    let (organization, actor, now) = (tx.organization(), tx.actor(), tx.now());
    let version = tx.new_id(VersionId::from_bytes);
    diesel::insert_into(file_versions::table)
        .values((
            file_versions::organization_id.eq(organization),
            file_versions::id.eq(version),
            file_versions::item_id.eq(item),
            file_versions::number.eq(number),
            file_versions::object_key.eq(parts.key),
            file_versions::size.eq(i64::try_from(parts.size).unwrap_or(i64::MAX)),
            file_versions::media_type.eq(parts.media_type),
            file_versions::sha256.eq(parts.sha256),
            file_versions::reading.eq(parts.reading.name()),
            file_versions::added_at.eq(now),
            file_versions::added_by.eq(actor),
        ))
        .execute(tx.db())?;
    if let Some(crc32) = parts.crc32 {
        store::sums::keep(tx, parts.key, crc32)?;
    }
    if parts.reading == ReadingState::Pending {
        tx.enqueue(NewJob { kind: FILES_READ, payload: ReadFile { version } })?;
    }
    if drawing::thumbnail_of(parts.media_type, parts.size).is_some() {
        tx.enqueue(NewJob { kind: FILES_DRAW, payload: DrawFile { version } })?;
    }
    Ok(version)
}

/// An upload under the name of a file that is there already.
pub(super) fn add_next(
    tx: &mut Core,
    item: ItemId,
    name: &FileName,
    new: &NewFile,
) -> Result<Recorded<Kept>> {
    let file = store::of_items(tx, &[item])?.pop().ok_or(Error::NotFound)?;
    let number = next_number(tx, item)?;
    let version = insert(tx, item, number, &new.parts())?;
    show_latest(tx, item)?;
    let data = json!({ "size": new.size, "shown": is_shown(tx, item, version)? });
    let recorded = record(tx, EventKind::ITEM_VERSION_ADDED, &file, number, data)?;
    Ok(recorded.with(Kept { item, version, number, name: name.clone() }))
}

/// Brings an earlier version back as the newest one: the same bytes, which are not copied.
///
/// # Errors
/// [`Error::NotFound`] for what is no version of this file.
pub fn repeat(tx: &mut Tx, item: ItemId, version: VersionId) -> Result<Recorded<()>> {
    let file = lock(tx, item)?;
    let earlier = store::version(tx, item, version)?;
    let number = next_number(tx, item)?;
    let pages = store::pages_of(tx, version)?;
    let repeated = insert(tx, item, number, &earlier.content.parts())?;
    insert_pages(tx, repeated, &pages)?;
    show_latest(tx, item)?;
    let is_shown = is_shown(tx, item, repeated)?;
    let data =
        json!({ "size": earlier.content.size(), "same_as": earlier.content.number, "shown": is_shown });
    record(tx, EventKind::ITEM_VERSION_ADDED, &file, number, data)
}

/// Shows this version until it is unpinned, whatever comes.
///
/// # Errors
/// [`Error::NotFound`] for what is no version of this file.
pub fn pin(tx: &mut Tx, item: ItemId, version: VersionId) -> Result<Recorded<()>> {
    let file = lock(tx, item)?;
    let number = store::version(tx, item, version)?.content.number;
    let organization = tx.organization();
    diesel::update(files::table.find((organization, item)))
        .set((files::version_id.eq(version), files::pinned.eq(true)))
        .execute(tx.db())?;
    touch(tx, item)?;
    record(tx, EventKind::ITEM_VERSION_PINNED, &file, number, json!({}))
}

/// # Errors
/// [`Error::NotFound`] when the file is gone.
pub fn unpin(tx: &mut Tx, item: ItemId) -> Result<Recorded<()>> {
    let file = lock(tx, item)?;
    let organization = tx.organization();
    let changed = diesel::update(files::table.find((organization, item)))
        .filter(files::pinned.eq(true))
        .set(files::pinned.eq(false))
        .execute(tx.db())?;
    if changed == 0 {
        return Ok(tx.unchanged(()));
    }
    show_latest(tx, item)?;
    record(tx, EventKind::ITEM_VERSION_UNPINNED, &file, file.content.number, json!({}))
}

/// # Errors
/// [`Error::Conflict`] for the only version, which goes with its file, and for a pinned one.
pub fn delete_version(tx: &mut Tx, item: ItemId, version: VersionId) -> Result<Recorded<()>> {
    let file = lock(tx, item)?;
    let number = store::version(tx, item, version)?.content.number;
    let history = store::history(tx, item)?;
    if history.versions.len() < 2 {
        return Err(Error::Conflict("files-version-is-only"));
    }
    if history.pinned == Some(version) {
        return Err(Error::Conflict("files-version-is-pinned"));
    }
    let now = tx.now();
    mark(tx, version, Some(now))?;
    show_latest(tx, item)?;
    record(tx, EventKind::ITEM_VERSION_DELETED, &file, number, json!({}))
}

/// # Errors
/// [`Error::NotFound`] for what never was a version of this file.
pub fn restore_version(tx: &mut Tx, item: ItemId, version: VersionId) -> Result<Recorded<()>> {
    let file = lock(tx, item)?;
    let Some(number) = store::deleted_number(tx, item, version)? else {
        store::version(tx, item, version)?;
        return Ok(tx.unchanged(()));
    };
    mark(tx, version, None)?;
    show_latest(tx, item)?;
    record(tx, EventKind::ITEM_VERSION_RESTORED, &file, number, json!({}))
}

fn lock(tx: &mut Tx, item: ItemId) -> Result<File> {
    let portal = store::file(tx, item)?.item.portal;
    await_other_uploads(tx, portal)?;
    // Again, as whoever was before us left it.
    store::file(tx, item)
}

fn mark(tx: &mut Tx, version: VersionId, deleted_at: Option<Instant>) -> Result<()> {
    let organization = tx.organization();
    diesel::update(file_versions::table.find((organization, version)))
        .set(file_versions::deleted_at.eq(deleted_at))
        .execute(tx.db())?;
    Ok(())
}

/// One more than the highest ever: a deleted version keeps its number.
fn next_number(tx: &mut Core, item: ItemId) -> Result<i32> {
    let organization = tx.organization();
    let highest: Option<i32> = file_versions::table
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::item_id.eq(item))
        .select(dsl::max(file_versions::number))
        .first(tx.db())?;
    Ok(highest.map_or(1, |highest| highest.saturating_add(1)))
}

/// Leaves a pinned one where it is.
fn show_latest(tx: &mut Core, item: ItemId) -> Result<()> {
    let organization = tx.organization();
    let latest: VersionId = file_versions::table
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::item_id.eq(item))
        .filter(file_versions::deleted_at.is_null())
        .order(file_versions::number.desc())
        .select(file_versions::id)
        .first(tx.db())?;
    let changed = diesel::update(files::table.find((organization, item)))
        .filter(files::pinned.eq(false))
        .filter(files::version_id.ne(latest))
        .set(files::version_id.eq(latest))
        .execute(tx.db())?;
    if changed > 0 { touch(tx, item) } else { Ok(()) }
}

/// What came beside a pinned version is no client's business.
fn is_shown(tx: &mut Core, item: ItemId, version: VersionId) -> Result<bool> {
    let organization = tx.organization();
    let shown: VersionId =
        files::table.find((organization, item)).select(files::version_id).first(tx.db())?;
    Ok(shown == version)
}

/// What is shown under this name is another thing now.
fn touch(tx: &mut Core, item: ItemId) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(items::table.find((organization, item)))
        .set(items::changed_at.eq(now))
        .execute(tx.db())?;
    Ok(())
}

fn record(
    tx: &mut Core,
    kind: EventKind,
    file: &File,
    number: i32,
    mut data: serde_json::Value,
) -> Result<Recorded<()>> {
    data["kind"] = "file".into();
    data["name"] = file.name().into();
    data["version"] = number.into();
    let event = tx.item_event(kind, file.id(), file.item.portal)?;
    tx.record(event.with_data(data))
}
