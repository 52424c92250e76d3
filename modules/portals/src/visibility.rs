//! What a client may see of portals (T2). Items have their predicate in the kernel,
//! `portico_kernel::client_items`, since several modules bring kinds of them.

use diesel::prelude::*;
use portico_facts::{OrganizationId, PortalId};
use portico_kernel::{Among, IsAmong};

use crate::schema::portals;

/// THE predicate for portals on the client side: those granted to this client that are not deleted.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_portals(organization: OrganizationId, granted: Vec<PortalId>) -> _ {
    let theirs: IsAmong<portals::id, PortalId> = portals::id.among(granted);
    portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(theirs)
        .filter(portals::deleted_at.is_null())
}
