//! Letting go of items and versions for good. Rows first; the objects that only they knew are named in
//! a job of the same transaction, which deletes them afterwards.

use diesel::prelude::*;
use portico_facts::{EventKind, FileRequestId, ItemId, VersionId};
use portico_kernel::{Among, Either, NewEvent, NewJob, Recorded, Result, Tx, sent_items};
use serde_json::json;

use crate::{
    retention::{FORGET_OBJECTS, ForgetObjects},
    schema::{
        approvals, file_pages, file_request_slots, file_requests, file_versions, files, upload_folders,
    },
};

/// Versions of one transaction.
const BATCH: i64 = 100;

/// What files owns of items that are about to go.
///
/// # Errors
/// The database's.
pub fn purge_items(tx: &mut Tx, items: &[ItemId]) -> Result<()> {
    let organization = tx.organization();
    let of = || items.iter().copied();
    let versions: Vec<VersionId> = file_versions::table
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::item_id.among(of()))
        .select(file_versions::id)
        .load(tx.db())?;
    diesel::delete(
        approvals::table
            .filter(approvals::organization_id.eq(organization))
            .filter(approvals::item_id.among(of())),
    )
    .execute(tx.db())?;
    purge_requests(tx, items)?;
    diesel::delete(
        files::table.filter(files::organization_id.eq(organization)).filter(files::item_id.among(of())),
    )
    .execute(tx.db())?;
    delete_versions(tx, &versions)
}

/// What clients sent, and where they may: a slot forgets its file, and a request goes with its folder.
fn purge_requests(tx: &mut Tx, items: &[ItemId]) -> Result<()> {
    let organization = tx.organization();
    let of = || items.iter().copied();
    diesel::delete(
        sent_items::table
            .filter(sent_items::organization_id.eq(organization))
            .filter(sent_items::item_id.among(of())),
    )
    .execute(tx.db())?;
    diesel::delete(
        upload_folders::table
            .filter(upload_folders::organization_id.eq(organization))
            .filter(upload_folders::item_id.among(of())),
    )
    .execute(tx.db())?;
    diesel::update(
        file_request_slots::table
            .filter(file_request_slots::organization_id.eq(organization))
            .filter(file_request_slots::item_id.among(of())),
    )
    .set(file_request_slots::item_id.eq(None::<ItemId>))
    .execute(tx.db())?;
    let requests: Vec<FileRequestId> = file_requests::table
        .filter(file_requests::organization_id.eq(organization))
        .filter(file_requests::folder_id.among(of()))
        .select(file_requests::id)
        .load(tx.db())?;
    diesel::delete(
        file_request_slots::table
            .filter(file_request_slots::organization_id.eq(organization))
            .filter(file_request_slots::request_id.among(requests.iter().copied())),
    )
    .execute(tx.db())?;
    diesel::delete(
        file_requests::table
            .filter(file_requests::organization_id.eq(organization))
            .filter(file_requests::id.among(requests)),
    )
    .execute(tx.db())?;
    Ok(())
}

/// The next versions that were deleted by themselves 30 days ago; says how many.
///
/// # Errors
/// The database's.
pub fn purge_versions(tx: &mut Tx) -> Result<Recorded<usize>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_grace());
    let gone: Vec<(VersionId, ItemId)> = file_versions::table
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::deleted_at.lt(end))
        .order(file_versions::deleted_at)
        .limit(BATCH)
        .select((file_versions::id, file_versions::item_id))
        .load(tx.db())?;
    let Some((_, item)) = gone.first() else { return Ok(tx.unchanged(0)) };
    let event =
        NewEvent::new(EventKind::ITEM_VERSIONS_PURGED, *item).with_data(json!({ "count": gone.len() }));
    let versions: Vec<VersionId> = gone.iter().map(|(version, _)| *version).collect();
    delete_versions(tx, &versions)?;
    Ok(tx.record(event)?.with(gone.len()))
}

/// Who is writing down what a version says ends first; SQLite has one writer.
fn await_readers(tx: &mut Tx, versions: &[VersionId]) -> Result<()> {
    let organization = tx.organization();
    if let Either::Postgres(connection) = tx.db().either() {
        file_versions::table
            .filter(file_versions::organization_id.eq(organization))
            .filter(file_versions::id.eq_any(versions))
            .order(file_versions::id)
            .select(file_versions::id)
            .for_update()
            .load::<VersionId>(connection)?;
    }
    Ok(())
}

fn delete_versions(tx: &mut Tx, versions: &[VersionId]) -> Result<()> {
    if versions.is_empty() {
        return Ok(());
    }
    let organization = tx.organization();
    let of = || versions.iter().copied();
    await_readers(tx, versions)?;
    diesel::delete(
        file_pages::table
            .filter(file_pages::organization_id.eq(organization))
            .filter(file_pages::version_id.among(of())),
    )
    .execute(tx.db())?;
    let rows = || {
        file_versions::table
            .filter(file_versions::organization_id.eq(organization))
            .filter(file_versions::id.among(of()))
    };
    let mut keys: Vec<String> = rows().select(file_versions::object_key).distinct().load(tx.db())?;
    let thumbnails: Vec<Option<String>> = rows().select(file_versions::thumbnail_key).load(tx.db())?;
    keys.extend(thumbnails.into_iter().flatten());
    diesel::delete(rows()).execute(tx.db())?;
    tx.enqueue(NewJob { kind: FORGET_OBJECTS, payload: ForgetObjects { keys } })
}
