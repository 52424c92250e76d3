//! Staff see what a client sees (P13). The guards ask anew, for every request, whether they still may.

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, PortalId};
use portico_kernel::{NewEvent, Person, Recorded, Result, Tx, sessions};

use super::{find_client, portal_name, portals::is_archived};
use crate::schema::grants;

/// From now on the pages of clients are, in this session of `staff`, those of `client`.
///
/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound) for anyone who is not a client of this organization.
pub fn begin_seeing(tx: &mut Tx, staff: &Person, client: PersonId) -> Result<Recorded<()>> {
    find_client(tx, client)?;
    see_as(tx, staff, Some(client))?;
    tx.record(seen(EventKind::SEEING_BEGUN, client, staff))
}

/// The same for a client who has this portal. Returns where to look: an archived one they do not find.
///
/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound) also for one who does not.
pub fn begin_seeing_portal(
    tx: &mut Tx,
    staff: &Person,
    portal: PortalId,
    client: PersonId,
) -> Result<Recorded<String>> {
    portal_name(tx, portal)?;
    let grant = grants::table.find((tx.organization(), portal, client));
    let holder: PersonId =
        grant.filter(grants::revoked_at.is_null()).select(grants::person_id).first(tx.db())?;
    let place = match is_archived(tx, portal)? {
        true => "/".to_owned(),
        false => format!("/portals/{portal}"),
    };
    Ok(begin_seeing(tx, staff, holder)?.with(place))
}

/// Whom they saw as, if that client is still there.
///
/// # Errors
/// The database's.
pub fn end_seeing(tx: &mut Tx, staff: &Person) -> Result<Recorded<Option<PersonId>>> {
    let organization = tx.organization();
    let client: Option<PersonId> = sessions::table
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::id.eq(staff.session))
        .select(sessions::seeing_as)
        .first(tx.db())?;
    let Some(client) = client else { return Ok(tx.unchanged(None)) };
    see_as(tx, staff, None)?;
    let left = find_client(tx, client).is_ok().then_some(client);
    Ok(tx.record(seen(EventKind::SEEING_ENDED, client, staff))?.with(left))
}

fn see_as(tx: &mut Tx, staff: &Person, client: Option<PersonId>) -> Result<()> {
    let organization = tx.organization();
    diesel::update(sessions::table)
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::id.eq(staff.session))
        .set(sessions::seeing_as.eq(client))
        .execute(tx.db())?;
    Ok(())
}

/// It concerns whoever sees: their open pages change. The client hears nothing of it.
fn seen(kind: EventKind, client: PersonId, staff: &Person) -> NewEvent {
    NewEvent::new(kind, client).about(staff.id)
}
