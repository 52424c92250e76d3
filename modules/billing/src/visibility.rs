//! What a client may see of billing.

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId};

use crate::schema::{billing_documents, billing_recipients};

/// THE predicate on the client side (T2): what was issued and sent to this person, and not taken
/// back. Neither the project, nor the company, nor being the one who pays opens anything (P8). It
/// starts from the person, so that it costs what they have and not what the organization has.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_documents(organization: OrganizationId, person: PersonId) -> _ {
    billing_recipients::table
        .inner_join(
            billing_documents::table.on(billing_documents::organization_id
                .eq(billing_recipients::organization_id)
                .and(billing_documents::id.eq(billing_recipients::document_id))),
        )
        .filter(billing_recipients::organization_id.eq(organization))
        .filter(billing_recipients::person_id.eq(person))
        .filter(billing_recipients::revoked_at.is_null())
        .filter(billing_documents::issued_at.is_not_null())
}
