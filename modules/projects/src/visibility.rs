//! What a client may see of projects.

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId};
use portico_kernel::{granted, grants};

use crate::schema::{milestones, portals, projects};

/// THE predicate on the client side (T2): milestones of the projects whose portal is granted to
/// this client. Being the project's client opens nothing by itself (P8).
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_milestones(organization: OrganizationId, person: PersonId) -> _ {
    let theirs: granted = granted(organization, person);
    milestones::table
        .inner_join(
            projects::table.on(projects::organization_id
                .eq(milestones::organization_id)
                .and(projects::id.eq(milestones::project_id))),
        )
        .inner_join(
            portals::table.on(portals::organization_id
                .eq(milestones::organization_id)
                .and(portals::project_id.eq(projects::id.nullable()))),
        )
        .filter(milestones::organization_id.eq(organization))
        .filter(portals::deleted_at.is_null())
        .filter(projects::deleted_at.is_null())
        .filter(milestones::deleted_at.is_null())
        .filter(diesel::dsl::exists(theirs.filter(grants::portal_id.eq(portals::id))))
}
