use diesel::prelude::*;
use portico_facts::{EventKind, VersionId};
use portico_kernel::{Core, Recorded, Result, Tx, per_backend};

use crate::{
    file::{File, ReadingState},
    schema::{file_pages, file_versions},
};

/// The words of one page; number 0 for a file without pages.
#[derive(Clone, Debug, Queryable)]
pub struct Page {
    pub number: i32,
    pub text: String,
}

/// # Errors
/// The database's.
pub fn pages_of(tx: &mut Core, version: VersionId) -> Result<Vec<Page>> {
    let organization = tx.organization();
    Ok(file_pages::table
        .filter(file_pages::organization_id.eq(organization))
        .filter(file_pages::version_id.eq(version))
        .order(file_pages::number)
        .select((file_pages::number, file_pages::text))
        .load(tx.db())?)
}

/// The words of one page alone; none for a page that is empty or not there.
///
/// # Errors
/// The database's.
pub fn page_of(tx: &mut Core, version: VersionId, number: u32) -> Result<String> {
    let organization = tx.organization();
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    let page = file_pages::table.find((organization, version, number)).select(file_pages::text);
    Ok(page.first(tx.db()).optional()?.unwrap_or_default())
}

/// Writes what reading a file came to, in place of what an earlier attempt left. Nothing when the version
/// went for good meanwhile.
///
/// # Errors
/// The database's.
pub fn settle_reading(tx: &mut Tx, file: &File, state: ReadingState, pages: &[Page]) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let version = file.content.version;
    let row = file_versions::table.find((organization, version));
    let is_there = diesel::update(row).set(file_versions::reading.eq(state.name())).execute(tx.db())? > 0;
    if !is_there {
        return Ok(tx.unchanged(()));
    }
    let earlier = file_pages::table
        .filter(file_pages::organization_id.eq(organization))
        .filter(file_pages::version_id.eq(version));
    diesel::delete(earlier).execute(tx.db())?;
    insert_pages(tx, version, pages)?;
    let event = tx
        .item_event(EventKind::ITEM_READ, file.id(), file.item.portal)?
        .with_data(serde_json::json!({ "reading": state.name() }));
    tx.record(event)
}

/// Rows of one statement; SQLite binds at most 32,766 values.
const PAGES_AT_ONCE: usize = 500;

pub(super) fn insert_pages(tx: &mut Tx, version: VersionId, pages: &[Page]) -> Result<()> {
    let organization = tx.organization();
    let rows: Vec<_> = pages
        .iter()
        .map(|page| {
            (
                file_pages::organization_id.eq(organization),
                file_pages::version_id.eq(version),
                file_pages::number.eq(page.number),
                file_pages::text.eq(&page.text),
            )
        })
        .collect();
    for rows in rows.chunks(PAGES_AT_ONCE) {
        per_backend!(tx.db(), |connection| {
            diesel::insert_into(file_pages::table).values(rows).execute(connection)
        })?;
    }
    Ok(())
}
