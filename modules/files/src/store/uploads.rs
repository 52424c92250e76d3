//! Files that are still arriving. Each is found through the person who sends it. Progress is no
//! event: nobody but its sender sees it.

use diesel::{dsl, prelude::*, sql_types::BigInt};
use portico_facts::{PortalId, UploadId};
use portico_kernel::{Among, Core, Error, Recorded, Result, Tx};

use crate::{schema::uploads, tus::Upload};

/// # Errors
/// [`Error::NotFound`] for any but this person's own.
pub fn find(tx: &mut Core, id: UploadId) -> Result<Upload> {
    let (organization, person) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
    Ok(uploads::table
        .filter(uploads::organization_id.eq(organization))
        .filter(uploads::id.eq(id))
        .filter(uploads::person_id.eq(person))
        .select(Upload::as_select())
        .first(tx.db())?)
}

/// Anybody's, for the job that clears up.
///
/// # Errors
/// The database's.
pub fn anyones(tx: &mut Tx, id: UploadId) -> Result<Option<Upload>> {
    let organization = tx.organization();
    let row = uploads::table.find((organization, id)).select(Upload::as_select());
    Ok(row.first(tx.db()).optional()?)
}

/// # Errors
/// The database's.
pub fn add(tx: &mut Core, new: Upload) -> Result<Recorded<Upload>> {
    let (organization, person) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
    diesel::insert_into(uploads::table)
        .values((uploads::organization_id.eq(organization), uploads::person_id.eq(person), &new))
        .execute(tx.db())?;
    Ok(tx.unchanged(new))
}

/// Durable progress; false when somebody else made some meanwhile, on another machine.
///
/// # Errors
/// The database's.
pub fn advance(tx: &mut Core, before: &Upload, after: &Upload) -> Result<Recorded<bool>> {
    let organization = tx.organization();
    let unchanged = uploads::table
        .find((organization, before.id))
        .filter(uploads::held.eq(before.held()))
        .filter(uploads::finished_at.is_null());
    let changed = diesel::update(unchanged).set(after).execute(tx.db())?;
    Ok(tx.unchanged(changed == 1))
}

/// Whether the file is to be made of it now: it is true once, in the transaction that makes it.
///
/// # Errors
/// The database's.
pub fn settle(tx: &mut Core, upload: &Upload) -> Result<bool> {
    let organization = tx.organization();
    let unfinished = uploads::table.find((organization, upload.id)).filter(uploads::finished_at.is_null());
    Ok(diesel::update(unfinished).set(upload).execute(tx.db())? == 1)
}

/// # Errors
/// The database's.
pub fn remove(tx: &mut Core, id: UploadId) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::delete(uploads::table.find((organization, id))).execute(tx.db())?;
    Ok(tx.unchanged(()))
}

/// What the unfinished ones will take up.
///
/// # Errors
/// The database's.
pub fn awaited_bytes(tx: &mut Core) -> Result<u64> {
    let organization = tx.organization();
    // PostgreSQL sums up to a numeric, which the two databases do not share.
    let sum = dsl::sql::<BigInt>("CAST(COALESCE(SUM(length), 0) AS BIGINT)");
    let bytes: i64 = uploads::table
        .filter(uploads::organization_id.eq(organization))
        .filter(uploads::finished_at.is_null())
        .select(sum)
        .first(tx.db())?;
    Ok(bytes.unsigned_abs())
}

/// With a portal that goes for good; long before that they have expired and left no object.
///
/// # Errors
/// The database's.
pub fn remove_of_portal(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    let of_portal = uploads::table
        .filter(uploads::organization_id.eq(organization))
        .filter(uploads::portal_id.eq(portal));
    diesel::delete(of_portal).execute(tx.db())?;
    Ok(())
}

/// Those of the keys that unfinished uploads hold: their own, and with a dot behind it what a store
/// keeps beside them.
///
/// # Errors
/// The database's.
pub fn known_keys(tx: &mut Tx, keys: &[String]) -> Result<Vec<String>> {
    let organization = tx.organization();
    let own = |key: &str| key.split('.').next().unwrap_or_default().to_owned();
    let held: Vec<String> = uploads::table
        .filter(uploads::organization_id.eq(organization))
        .filter(uploads::finished_at.is_null())
        .filter(uploads::object_key.among(keys.iter().map(|key| own(key))))
        .select(uploads::object_key)
        .load(tx.db())?;
    Ok(keys.iter().filter(|key| held.contains(&own(key))).cloned().collect())
}
