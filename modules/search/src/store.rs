//! Hits again through the guard: one question to each source, and the name of a portal.

use diesel::prelude::*;
use portico_facts::{PortalId, SubjectId};
use portico_kernel::{ClientTx, Core, Error, Result, SearchLine, SearchSource, Tx, portals};

/// # Errors
/// A source's.
pub fn staff_lines(tx: &mut Tx, sources: &[SearchSource], subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let mut lines = Vec::new();
    for source in sources.iter().filter(|_| !subjects.is_empty()) {
        lines.extend((source.staff_lines)(tx, subjects)?);
    }
    Ok(lines)
}

/// # Errors
/// A source's.
pub fn client_lines(
    tx: &mut ClientTx,
    sources: &[SearchSource],
    subjects: &[SubjectId],
) -> Result<Vec<SearchLine>> {
    let mut lines = Vec::new();
    for source in sources.iter().filter(|_| !subjects.is_empty()) {
        lines.extend((source.client_lines)(tx, subjects)?);
    }
    Ok(lines)
}

/// The name of the portal to which a staff member narrows the search.
///
/// # Errors
/// [`Error::NotFound`]
pub fn portal_for_staff(tx: &mut Tx, portal: PortalId) -> Result<String> {
    portal_name(tx, portal)
}

/// The same for a client, to whom a portal without a grant does not exist (P11).
///
/// # Errors
/// [`Error::NotFound`]
pub fn portal_for_client(tx: &mut ClientTx, portal: PortalId) -> Result<String> {
    match tx.grants().hold(portal) {
        true => portal_name(tx, portal),
        false => Err(Error::NotFound),
    }
}

fn portal_name(tx: &mut Core, portal: PortalId) -> Result<String> {
    let organization = tx.organization();
    Ok(portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.is_null())
        .select(portals::name)
        .first(tx.db())?)
}
