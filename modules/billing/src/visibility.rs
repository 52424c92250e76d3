//! What a client may see of billing.

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId};

use crate::schema::{billing_documents, billing_readers, billing_recipients, billing_subscriptions};

portico_kernel::predicates! {
    using();

    /// THE predicate on the client side (T2): what was issued and sent to this person, and not taken
    /// back; or to a colleague, where their company is open to itself. Neither the project, nor the
    /// company alone, nor being the one who pays opens anything (P8). It asks about each document that a
    /// statement comes with, by its id, its project or its due date.
    #[diesel::dsl::auto_type(no_type_alias)]
    pub fn client_documents(organization: OrganizationId, who: Who) -> _ {
        let readable: readable = readable(organization, who);
        billing_documents::table
            .filter(billing_documents::organization_id.eq(organization))
            .filter(billing_documents::issued_at.is_not_null())
            .filter(diesel::dsl::exists(
                readable.filter(billing_readers::document_id.eq(billing_documents::id)),
            ))
    }

    #[diesel::dsl::auto_type]
    fn readable(organization: OrganizationId, who: Who) -> _ {
        billing_readers::table
            .filter(billing_readers::organization_id.eq(organization))
            .filter(billing_readers::reader_id.eq(who))
            .select(billing_readers::document_id)
    }

    /// The same for subscriptions: those of which this person gets the invoices, from their start to their end.
    /// Drafts, and what is paused or was cancelled, are not there (P10).
    #[diesel::dsl::auto_type(no_type_alias)]
    pub fn client_subscriptions(organization: OrganizationId, who: Who, today: String) -> _ {
        let is_not_over: is_not_over = is_not_over(today);
        billing_recipients::table
            .inner_join(
                billing_documents::table.on(billing_documents::organization_id
                    .eq(billing_recipients::organization_id)
                    .and(billing_documents::id.eq(billing_recipients::document_id))),
            )
            .inner_join(
                billing_subscriptions::table.on(billing_subscriptions::organization_id
                    .eq(billing_recipients::organization_id)
                    .and(billing_subscriptions::document_id.eq(billing_recipients::document_id))),
            )
            .filter(billing_recipients::organization_id.eq(organization))
            .filter(billing_recipients::person_id.eq(who))
            .filter(billing_recipients::revoked_at.is_null())
            .filter(billing_documents::deleted_at.is_null())
            .filter(billing_subscriptions::state.eq("running"))
            .filter(is_not_over)
    }
}

/// The ids of all that somebody has. It starts from the person, and no more of them is read than is asked for, so that
/// it costs neither what the organization has nor what they have.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn ids_of_client_documents(organization: OrganizationId, person: PersonId) -> _ {
    let readable: readable = readable(organization, person);
    readable.filter(diesel::dsl::exists(
        billing_documents::table
            .filter(billing_documents::organization_id.eq(billing_readers::organization_id))
            .filter(billing_documents::id.eq(billing_readers::document_id))
            .filter(billing_documents::issued_at.is_not_null()),
    ))
}

/// Of those that are neither paused nor cancelled, as `Plan::standing` says: a period is still to come, or to be
/// invoiced.
#[diesel::dsl::auto_type]
pub fn is_not_over(today: String) -> _ {
    billing_subscriptions::ends_on
        .is_null()
        .or(billing_subscriptions::ends_on.ge(today))
        .or(billing_subscriptions::next_on.nullable().le(billing_subscriptions::ends_on))
}
