//! What rows know of the object store.

use diesel::{prelude::*, sql_query, sql_types};
use portico_kernel::{Core, Result, per_backend};

use crate::schema::file_versions;

/// Whether a row holds this object, so that it must not be deleted.
///
/// # Errors
/// The database's.
pub fn is_kept(tx: &mut Core, key: &str) -> Result<bool> {
    let organization = tx.organization();
    let row = file_versions::table
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::object_key.eq(key));
    Ok(row.count().get_result::<i64>(tx.db())? > 0)
}

#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = sql_types::BigInt)]
    bytes: i64,
}

/// What the organization's files take up: every version, deleted ones included, since their objects
/// are still there. An object that several versions share counts once.
///
/// # Errors
/// The database's.
pub fn stored_bytes(tx: &mut Core) -> Result<u64> {
    let organization = tx.organization();
    // PostgreSQL sums up to a numeric, which the two databases do not share.
    let sum = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes FROM \
               (SELECT DISTINCT object_key, size FROM file_versions WHERE organization_id = $1) AS objects";
    let stored: Stored = per_backend!(tx.db(), |connection| {
        sql_query(sum).bind::<sql_types::Binary, _>(organization).get_result(connection)?
    });
    Ok(stored.bytes.unsigned_abs())
}
