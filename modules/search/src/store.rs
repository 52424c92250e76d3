//! Hits again through the guard: one question to each source; names for the chips; and who added
//! what.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{
    Among, ClientTx, Core, Error, Result, SearchLine, SearchSource, Tx, events, grants, people, portals,
};

use crate::names::{Named, Names};

/// The events with which something begins.
const BEGINNINGS: [EventKind; 5] = [
    EventKind::ITEM_ADDED,
    EventKind::PORTAL_ADDED,
    EventKind::PROJECT_ADDED,
    EventKind::PERSON_ADDED,
    EventKind::COMPANY_ADDED,
];

/// # Errors
/// A source's.
pub fn staff_lines(tx: &mut Tx, sources: &[SearchSource], subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let mut lines = Vec::new();
    for source in sources.iter().filter(|_| !subjects.is_empty()) {
        lines.extend((source.staff_lines)(tx, subjects)?);
    }
    let items: Vec<ItemId> = lines.iter().map(|line| ItemId::from(line.subject)).collect();
    let beyond = tx.beyond_limit(&items)?;
    lines.retain(|line| !beyond.contains(&ItemId::from(line.subject)));
    Ok(lines)
}

/// Which of these clients have, or had, which of these portals: nobody else ever wrote or sent anything there. All pairs
/// would be too many for a question to the index.
///
/// # Errors
/// The database's.
pub fn held_by(
    tx: &mut Tx,
    portals: Vec<PortalId>,
    clients: Vec<PersonId>,
) -> Result<Vec<(PortalId, PersonId)>> {
    let organization = tx.organization();
    Ok(grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.among(portals))
        .filter(grants::person_id.among(clients))
        .select((grants::portal_id, grants::person_id))
        .load(tx.db())?)
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

/// # Errors
/// [`Error::NotFound`] when `chosen`, to which the search is narrowed, is not there, or not for a limited member.
pub fn staff_names(tx: &mut Tx, mut named: Named, chosen: Option<PortalId>) -> Result<Names> {
    if tx.is_limited() {
        named.portals.retain(|portal| tx.sees_portal(*portal));
        named.people.retain(|person| tx.sees_client(*person));
    }
    names(tx, named, chosen)
}

/// The same for a client, to whom a portal without a grant does not exist (P11).
///
/// # Errors
/// [`Error::NotFound`] when `chosen` is not there.
pub fn client_names(tx: &mut ClientTx, mut named: Named, chosen: Option<PortalId>) -> Result<Names> {
    let grants = tx.grants();
    named.portals.retain(|portal| grants.hold(*portal));
    names(tx, named, chosen)
}

fn names(tx: &mut Core, named: Named, chosen: Option<PortalId>) -> Result<Names> {
    let organization = tx.organization();
    let mut names = Names::default();
    if !named.portals.is_empty() {
        let rows: Vec<(PortalId, String)> = portals::table
            .filter(portals::organization_id.eq(organization))
            .filter(portals::id.among(named.portals))
            .filter(portals::deleted_at.is_null())
            .select((portals::id, portals::name))
            .load(tx.db())?;
        names.portals = rows.into_iter().collect();
    }
    if !named.people.is_empty() {
        let rows: Vec<(PersonId, String)> = people::table
            .filter(people::organization_id.eq(organization))
            .filter(people::id.among(named.people))
            .select((people::id, people::name))
            .load(tx.db())?;
        names.people = rows.into_iter().collect();
    }
    match chosen.is_none_or(|portal| names.portals.contains_key(&portal)) {
        true => Ok(names),
        false => Err(Error::NotFound),
    }
}

/// Who added each of these, as far as the events tell.
///
/// # Errors
/// The database's.
pub fn authors(
    tx: &mut Tx,
    subjects: impl Iterator<Item = SubjectId>,
) -> Result<HashMap<SubjectId, PersonId>> {
    let organization = tx.organization();
    let rows: Vec<(Option<SubjectId>, Option<PersonId>)> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::subject_id.among(subjects))
        .filter(events::kind.among(BEGINNINGS.map(EventKind::name)))
        .select((events::subject_id, events::actor_id))
        .load(tx.db())?;
    Ok(rows.into_iter().filter_map(|(subject, actor)| subject.zip(actor)).collect())
}
