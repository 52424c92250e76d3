//! Where the object store and the rows disagree, as the last look found it.

use diesel::{dsl, prelude::*};
use portico_facts::EventKind;
use portico_kernel::{Among, Instant, NewEvent, Recorded, Result, Tx, per_backend};
use serde_json::json;

use crate::schema::stray_objects;

/// Shown on the page, of each kind.
const SHOWN: i64 = 50;

/// An object without a row, or a row without its object.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = stray_objects)]
pub struct Stray {
    #[diesel(column_name = object_key)]
    pub key: String,
    size: i64,
    pub since: Instant,
}

impl Stray {
    pub fn new(key: String, size: u64, since: Instant) -> Self {
        Self { key, size: i64::try_from(size).unwrap_or(i64::MAX), since }
    }

    /// In bytes; nothing is known of an object that is missing.
    pub fn size(&self) -> u64 {
        self.size.unsigned_abs()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Orphan,
    Missing,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Orphan => "orphan",
            Self::Missing => "missing",
        }
    }
}

/// Some of each kind, the oldest first, with how many there are.
///
/// # Errors
/// The database's.
pub fn strays(tx: &mut Tx, kind: Kind) -> Result<(Vec<Stray>, i64)> {
    let organization = tx.organization();
    let of_kind = || {
        stray_objects::table
            .filter(stray_objects::organization_id.eq(organization))
            .filter(stray_objects::kind.eq(kind.name()))
    };
    let count = of_kind().select(dsl::count_star()).first(tx.db())?;
    let some = of_kind()
        .order((stray_objects::since, stray_objects::object_key))
        .limit(SHOWN)
        .select(Stray::as_select())
        .load(tx.db())?;
    Ok((some, count))
}

/// Writes down what was found, in place of what an earlier look found of the same objects.
///
/// # Errors
/// The database's.
pub fn note_strays(tx: &mut Tx, kind: Kind, found: &[Stray]) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    forget_strays(tx, found.iter().map(|stray| stray.key.clone()))?;
    let rows: Vec<_> = found
        .iter()
        .map(|stray| {
            (
                stray_objects::organization_id.eq(organization),
                stray_objects::object_key.eq(&stray.key),
                stray_objects::kind.eq(kind.name()),
                stray_objects::size.eq(stray.size),
                stray_objects::since.eq(stray.since),
                stray_objects::found_at.eq(now),
            )
        })
        .collect();
    per_backend!(tx.db(), |connection| {
        diesel::insert_into(stray_objects::table).values(&rows).execute(connection)?
    });
    Ok(tx.unchanged(()))
}

fn forget_strays(tx: &mut Tx, keys: impl Iterator<Item = String>) -> Result<()> {
    let organization = tx.organization();
    let rows = stray_objects::table
        .filter(stray_objects::organization_id.eq(organization))
        .filter(stray_objects::object_key.among(keys));
    diesel::delete(rows).execute(tx.db())?;
    Ok(())
}

/// At the end of a look: what it did not find any more is in order by now.
///
/// # Errors
/// The database's.
pub fn forget_settled(tx: &mut Tx, before: Instant) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let settled = stray_objects::table
        .filter(stray_objects::organization_id.eq(organization))
        .filter(stray_objects::found_at.lt(before));
    diesel::delete(settled).execute(tx.db())?;
    Ok(tx.unchanged(()))
}

/// After the objects themselves are gone.
///
/// # Errors
/// The database's.
pub fn record_deleted_orphans(tx: &mut Tx, gone: &[Stray]) -> Result<Recorded<()>> {
    if gone.is_empty() {
        return Ok(tx.unchanged(()));
    }
    let organization = tx.organization();
    forget_strays(tx, gone.iter().map(|stray| stray.key.clone()))?;
    let bytes: u64 = gone.iter().map(Stray::size).sum();
    let data = json!({ "count": gone.len(), "bytes": bytes });
    tx.record(NewEvent::new(EventKind::ORPHANS_DELETED, organization).with_data(data))
}
