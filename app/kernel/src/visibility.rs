//! What a client may see, as far as several modules share it: grants, and the items of portals. Modules make
//! their own predicates of these (`visibility.rs`).

use diesel::{dsl, prelude::*};
use portico_facts::{OrganizationId, PersonId, PortalId};

use crate::{
    schema::{granted_portals, grants, items, sent_items},
    transaction::ClientTx,
};

/// A rule that is asked in both directions. Its predicates stand where they are written, about one person,
/// and once more in a module `each`, about everybody with whom a statement comes
/// (`each::client_items(organization, people::id)`, joined with `people`): who can see a thing is answered by
/// what the client's pages ask, or the answer would be another rule (P15). `using` names those of the kernel
/// that they are made of.
#[macro_export]
macro_rules! predicates {
    (using($($kernel:ident),*); $($predicate:tt)*) => {
        $(use $crate::$kernel;)*
        type Who = PersonId;
        $($predicate)*

        pub mod each {
            use super::*;
            $(use $crate::each::$kernel;)*
            type Who = $crate::people::id;
            $($predicate)*
        }
    };
}

predicates! {
    using();

    /// What is granted to a client: neither revoked nor in a deleted or archived portal. Predicates ask whether it
    /// exists for each row that they look at, so that a revocation counts at the very moment of asking
    /// (P12) and one portal costs the same for whoever has a thousand. A statement about many portals
    /// names them, too (`among(tx.portals())`), or it would look at those of everyone.
    ///
    /// The portal is asked for in a statement of its own: joined, it would be what `portals` means in whatever a
    /// predicate adds, and `grants::portal_id.eq(portals::id)` would hold for every portal.
    #[diesel::dsl::auto_type]
    pub fn granted(organization: OrganizationId, who: Who) -> _ {
        let kept = granted_portals::table
            .filter(granted_portals::organization_id.eq(grants::organization_id))
            .filter(granted_portals::id.eq(grants::portal_id))
            .filter(granted_portals::deleted_at.is_null())
            .filter(granted_portals::archived_at.is_null());
        grants::table
            .filter(grants::organization_id.eq(organization))
            .filter(grants::person_id.eq(who))
            .filter(grants::revoked_at.is_null())
            .filter(dsl::exists(kept))
    }

    /// What others sent and staff have not shown to everyone: `who` must not meet any of it.
    #[diesel::dsl::auto_type]
    fn kept_from(organization: OrganizationId, who: Who) -> _ {
        sent_items::table
            .filter(sent_items::organization_id.eq(organization))
            .filter(sent_items::person_id.ne(who))
            .filter(sent_items::shown_at.is_null())
    }

    /// Without what other clients sent, wherever it lies. Who may look there is still to be asked.
    #[diesel::dsl::auto_type]
    fn items_not_kept_from(organization: OrganizationId, who: Who) -> _ {
        let shown: shown_items = shown_items(organization);
        let others: kept_from = kept_from(organization, who);
        shown.filter(dsl::not(dsl::exists(others.filter(sent_items::item_id.eq(items::id)))))
    }

    /// THE predicate for items on the client side (T2): what is shown of the portals granted to this
    /// client, without what other clients sent there. Pages, downloads, previews and search all start from
    /// it.
    #[diesel::dsl::auto_type(no_type_alias)]
    pub fn client_items(organization: OrganizationId, who: Who) -> _ {
        let shown: items_not_kept_from = items_not_kept_from(organization, who);
        let theirs: granted = granted(organization, who);
        shown.filter(dsl::exists(theirs.filter(grants::portal_id.eq(items::portal_id))))
    }
}

/// What anybody can see of items: those that are not deleted.
#[diesel::dsl::auto_type]
pub fn shown_items(organization: OrganizationId) -> _ {
    items::table.filter(items::organization_id.eq(organization)).filter(items::deleted_at.is_null())
}

/// As [`client_items`], for the items of one portal: whether it is granted is asked once, and not for each of them.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_items_in(organization: OrganizationId, person: PersonId, portal: PortalId) -> _ {
    let shown: items_not_kept_from = items_not_kept_from(organization, person);
    let theirs: granted = granted(organization, person);
    shown.filter(items::portal_id.eq(portal)).filter(dsl::exists(theirs.filter(grants::portal_id.eq(portal))))
}

impl ClientTx<'_> {
    /// The arguments of [`granted`] and of all predicates made with it.
    pub fn sight(&self) -> (OrganizationId, PersonId) {
        (self.organization(), self.person())
    }
}
