//! Whether colleagues see each other's documents (P8).

use diesel::prelude::*;
use portico_facts::{CompanyId, DocumentId, EventKind, PersonId};
use portico_kernel::{ClientTx, NewEvent, Recorded, Result, Role, Tx, per_backend};

use super::recipients::Recipient;
use crate::schema::{billing_open_companies, billing_readers, billing_recipients, companies, people};

pub fn is_open(tx: &mut Tx, company: CompanyId) -> Result<bool> {
    let organization = tx.organization();
    let found: i64 =
        billing_open_companies::table.find((organization, company)).count().get_result(tx.db())?;
    Ok(found > 0)
}

/// From the next request on its people see what was sent to any of them.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`]
pub fn open_company(tx: &mut Tx, company: CompanyId) -> Result<Recorded<()>> {
    let organization = tx.organization();
    companies::table
        .find((organization, company))
        .filter(companies::deleted_at.is_null())
        .select(companies::id)
        .first::<CompanyId>(tx.db())?;
    let row = (
        billing_open_companies::organization_id.eq(organization),
        billing_open_companies::company_id.eq(company),
        billing_open_companies::opened_at.eq(tx.now()),
    );
    let opened = per_backend!(tx.db(), |c| diesel::insert_into(billing_open_companies::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    record(tx, company, opened, EventKind::COMPANY_BILLING_OPENED)
}

pub fn close_company(tx: &mut Tx, company: CompanyId) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let closed =
        diesel::delete(billing_open_companies::table.find((organization, company))).execute(tx.db())?;
    record(tx, company, closed, EventKind::COMPANY_BILLING_CLOSED)
}

fn record(tx: &mut Tx, company: CompanyId, changed: usize, kind: EventKind) -> Result<Recorded<()>> {
    match changed {
        0 => Ok(tx.unchanged(())),
        _ => tx.record(NewEvent::new(kind, company)),
    }
}

/// Those whose documents this client sees besides their own, people who are gone included.
pub fn colleagues(tx: &mut ClientTx) -> Result<Vec<PersonId>> {
    let (organization, person) = tx.sight();
    let own = people::table.find((organization, person)).select(people::company_id);
    let open: Option<CompanyId> = billing_open_companies::table
        .filter(billing_open_companies::organization_id.eq(organization))
        .filter(billing_open_companies::company_id.nullable().eq_any(own))
        .select(billing_open_companies::company_id)
        .first(tx.db())
        .optional()?;
    let Some(open) = open else { return Ok(Vec::new()) };
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::company_id.eq(open))
        .filter(people::id.ne(person))
        .select(people::id)
        .load(tx.db())?)
}

/// Who sees a document without having been sent it (P15).
pub fn onlookers(tx: &mut Tx, document: DocumentId) -> Result<Vec<Recipient>> {
    let organization = tx.organization();
    let addressed = billing_recipients::table
        .filter(billing_recipients::organization_id.eq(organization))
        .filter(billing_recipients::document_id.eq(document))
        .filter(billing_recipients::revoked_at.is_null())
        .select(billing_recipients::person_id);
    let reading = billing_readers::table
        .filter(billing_readers::organization_id.eq(organization))
        .filter(billing_readers::document_id.eq(document))
        .select(billing_readers::reader_id);
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::id.eq_any(reading))
        .filter(people::id.ne_all(addressed))
        .order((people::name, people::id))
        .select((people::id, people::name, people::email))
        .load(tx.db())?)
}
