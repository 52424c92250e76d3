//! What a client may see of portals (T2). Items have their predicate in the kernel,
//! `portico_kernel::client_items`, since several modules bring kinds of them.

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId};
use portico_kernel::grants;

use crate::schema::portals;

portico_kernel::predicates! {
    using(granted);

    /// THE predicate for portals on the client side: those granted to this client that are neither deleted nor
    /// archived.
    #[diesel::dsl::auto_type(no_type_alias)]
    pub fn client_portals(organization: OrganizationId, who: Who) -> _ {
        let theirs: granted = granted(organization, who);
        portals::table
            .filter(portals::organization_id.eq(organization))
            .filter(portals::deleted_at.is_null())
            .filter(diesel::dsl::exists(theirs.filter(grants::portal_id.eq(portals::id))))
    }
}
