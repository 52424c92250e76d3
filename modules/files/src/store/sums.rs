//! Sums of objects, by their keys.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_kernel::{Among, Core, Recorded, Result, per_backend};

use crate::schema::object_sums;

/// Those that were counted.
///
/// # Errors
/// The database's.
pub fn of(tx: &mut Core, keys: Vec<String>) -> Result<HashMap<String, u32>> {
    let organization = tx.organization();
    let rows: Vec<(String, i64)> = object_sums::table
        .filter(object_sums::organization_id.eq(organization))
        .filter(object_sums::object_key.among(keys))
        .select((object_sums::object_key, object_sums::crc32))
        .load(tx.db())?;
    Ok(rows.into_iter().filter_map(|(key, sum)| Some((key, u32::try_from(sum).ok()?))).collect())
}

/// # Errors
/// The database's.
pub fn keep(tx: &mut Core, key: &str, crc32: u32) -> Result<()> {
    let organization = tx.organization();
    let row = (
        object_sums::organization_id.eq(organization),
        object_sums::object_key.eq(key),
        object_sums::crc32.eq(i64::from(crc32)),
    );
    per_backend!(tx.db(), |connection| {
        diesel::insert_into(object_sums::table).values(row).on_conflict_do_nothing().execute(connection)
    })?;
    Ok(())
}

/// With the objects.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Core, keys: impl Iterator<Item = String>) -> Result<()> {
    let organization = tx.organization();
    let of = object_sums::table.filter(object_sums::organization_id.eq(organization));
    diesel::delete(of.filter(object_sums::object_key.among(keys))).execute(tx.db())?;
    Ok(())
}

/// What was counted later is no event: nothing about the files changed.
///
/// # Errors
/// The database's.
pub fn keep_all(tx: &mut Core, sums: HashMap<String, u32>) -> Result<Recorded<()>> {
    for (key, crc32) in sums {
        keep(tx, &key, crc32)?;
    }
    Ok(tx.unchanged(()))
}
