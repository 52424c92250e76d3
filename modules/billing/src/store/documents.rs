use diesel::prelude::*;
use portico_facts::{DocumentId, OrganizationId, PersonId, ProjectId};
use portico_kernel::{Core, Either, Error, Instant, NewEvent, Problems, Recorded, Result, Role, Tx};
use serde_json::json;

use super::{
    invoicing::refuse_second,
    profile::profile,
    sheets::{DocumentRow, Entry, sheet},
};
use crate::{
    deposit::Deposit,
    document::{Change, Document, Head, Kind, Sheet},
    schema::{billing_documents, companies, people, projects},
};

/// The documents that exist: everything that staff see starts from it.
#[diesel::dsl::auto_type]
pub fn live_documents(organization: OrganizationId) -> _ {
    billing_documents::table
        .filter(billing_documents::organization_id.eq(organization))
        .filter(billing_documents::deleted_at.is_null())
}

/// # Errors
/// [`Error::NotFound`]
pub fn document(tx: &mut Tx, id: DocumentId) -> Result<Entry> {
    let row: DocumentRow = live_documents(tx.organization())
        .filter(billing_documents::id.eq(id))
        .select(DocumentRow::as_select())
        .first(tx.db())?;
    row.entry()
}

/// An invoice or a credit note, with its lines.
///
/// # Errors
/// [`Error::NotFound`], also for a quote or a subscription.
pub fn invoice(tx: &mut Tx, id: DocumentId) -> Result<Sheet> {
    let entry = document(tx, id)?;
    match entry.document.kind {
        Kind::Quote | Kind::Subscription => Err(Error::NotFound),
        Kind::Invoice | Kind::CreditNote => sheet(tx, entry),
    }
}

/// A document of whatever kind, with its lines.
///
/// # Errors
/// [`Error::NotFound`]
pub fn any(tx: &mut Tx, id: DocumentId) -> Result<Sheet> {
    let entry = document(tx, id)?;
    sheet(tx, entry)
}

/// Held, so that nobody issues it while it is changed.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] once it is issued.
pub fn draft(tx: &mut Tx, id: DocumentId) -> Result<Sheet> {
    hold(tx, id)?;
    let entry = document(tx, id)?;
    match entry.document.issued {
        None => sheet(tx, entry),
        Some(_) => Err(Error::Conflict("billing-error-issued")),
    }
}

/// Nobody else writes about this document until the transaction ends. On SQLite nobody does anyway.
pub(super) fn hold(tx: &mut Core, id: DocumentId) -> Result<()> {
    let organization = tx.organization();
    if let Either::Postgres(connection) = tx.db().either() {
        let row = billing_documents::table.find((organization, id)).select(billing_documents::kind);
        row.for_update().first::<String>(connection)?;
    }
    Ok(())
}

pub fn add_draft(tx: &mut Tx, kind: Kind, head: &Head) -> Result<Recorded<Result<DocumentId, Problems>>> {
    if let Some(problems) = strangers(tx, head, None)? {
        return Ok(tx.unchanged(Err(problems)));
    }
    let buyer = match head.buyer.is_empty() {
        true => usual_buyer(tx, head.client)?,
        false => Buyer::of(head),
    };
    let head = Head {
        buyer: buyer.address,
        buyer_tax_number: buyer.tax_number,
        buyer_country: buyer.country,
        ..head.clone()
    };
    let id = insert_draft(tx, kind, &head, Origin::default())?;
    let event = NewEvent::new(kind.event(Change::Drafted), id).with_data(json!({ "client": head.client }));
    Ok(tx.record(event)?.with(Ok(id)))
}

/// What a draft was made of, where it was not written by hand.
#[derive(Clone, Copy, Default)]
pub(super) struct Origin {
    pub quote: Option<DocumentId>,
    pub is_deposit: bool,
    /// The quote whose place it takes.
    pub replaces: Option<DocumentId>,
    /// The invoice that a credit note takes back.
    pub corrects: Option<DocumentId>,
}

/// The row of every draft, whoever writes it. Its lines come after it.
pub(super) fn insert_draft(tx: &mut Tx, kind: Kind, head: &Head, origin: Origin) -> Result<DocumentId> {
    let id = tx.new_id(DocumentId::from_bytes);
    let (percent, amount) = Deposit::columns(head.deposit);
    diesel::insert_into(billing_documents::table)
        .values((
            billing_documents::organization_id.eq(tx.organization()),
            billing_documents::id.eq(id),
            billing_documents::kind.eq(kind.name()),
            billing_documents::client_id.eq(head.client),
            billing_documents::project_id.eq(head.project),
            billing_documents::currency.eq(head.currency.code()),
            billing_documents::buyer.eq(&head.buyer),
            billing_documents::buyer_tax_number.eq(&head.buyer_tax_number),
            billing_documents::buyer_country.eq(&head.buyer_country),
            billing_documents::words.eq(&head.words),
            billing_documents::issue_on.eq(head.issue_on.map(|day| day.to_string())),
            billing_documents::due_on.eq(head.due_on.map(|day| day.to_string())),
            billing_documents::created_at.eq(tx.now()),
            billing_documents::deposit_percent.eq(percent),
            billing_documents::deposit_amount.eq(amount),
            billing_documents::quote_id.eq(origin.quote),
            billing_documents::is_deposit.eq(origin.is_deposit),
            billing_documents::replaces_id.eq(origin.replaces),
            billing_documents::corrects_id.eq(origin.corrects),
            billing_documents::delivered_on.eq(head.delivered_on.map(|day| day.to_string())),
            billing_documents::delivery_country.eq(&head.delivery_country),
        ))
        .execute(tx.db())?;
    Ok(id)
}

/// To whom a document is addressed.
#[derive(Queryable)]
struct Buyer {
    address: String,
    tax_number: String,
    country: String,
}

impl Buyer {
    fn of(head: &Head) -> Self {
        Self {
            address: head.buyer.clone(),
            tax_number: head.buyer_tax_number.clone(),
            country: head.buyer_country.clone(),
        }
    }
}

/// How the client was addressed last; else by their name and company, and most likely in the organization's own country.
fn usual_buyer(tx: &mut Tx, client: PersonId) -> Result<Buyer> {
    let last: Option<Buyer> = live_documents(tx.organization())
        .filter(billing_documents::client_id.eq(client))
        .filter(billing_documents::buyer.ne(""))
        .order(billing_documents::id.desc())
        .select((
            billing_documents::buyer,
            billing_documents::buyer_tax_number,
            billing_documents::buyer_country,
        ))
        .first(tx.db())
        .optional()?;
    if let Some(last) = last {
        return Ok(last);
    }
    let (name, company): (String, Option<String>) = people::table
        .left_join(
            companies::table.on(companies::organization_id
                .eq(people::organization_id)
                .and(companies::id.nullable().eq(people::company_id))),
        )
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::id.eq(client))
        .select((people::name, companies::name.nullable()))
        .first(tx.db())?;
    let address = company.into_iter().chain([name]).collect::<Vec<_>>().join("\n");
    Ok(Buyer { address, tax_number: String::new(), country: profile(tx)?.country })
}

pub fn change_head(tx: &mut Tx, id: DocumentId, head: &Head) -> Result<Recorded<Result<(), Problems>>> {
    let Sheet { document: before, lines, .. } = draft(tx, id)?;
    if let Some(problems) = strangers(tx, head, Some(&before))? {
        return Ok(tx.unchanged(Err(problems)));
    }
    if head.currency != before.currency && (!lines.is_empty() || before.quote.is_some()) {
        return Ok(tx.unchanged(Err(problem("currency", "billing-error-currency-of-lines"))));
    }
    // Another client has another address, unless somebody wrote one just now.
    let buyer = match head.client != before.client.0 && head.buyer == before.buyer {
        true => usual_buyer(tx, head.client)?,
        false => Buyer::of(head),
    };
    let (percent, amount) = Deposit::columns(head.deposit);
    diesel::update(billing_documents::table)
        .filter(billing_documents::organization_id.eq(tx.organization()))
        .filter(billing_documents::id.eq(id))
        .set((
            billing_documents::client_id.eq(head.client),
            billing_documents::project_id.eq(head.project),
            billing_documents::currency.eq(head.currency.code()),
            billing_documents::buyer.eq(buyer.address),
            billing_documents::buyer_tax_number.eq(buyer.tax_number),
            billing_documents::buyer_country.eq(buyer.country),
            billing_documents::words.eq(&head.words),
            billing_documents::issue_on.eq(head.issue_on.map(|day| day.to_string())),
            billing_documents::due_on.eq(head.due_on.map(|day| day.to_string())),
            billing_documents::deposit_percent.eq(percent),
            billing_documents::deposit_amount.eq(amount),
            billing_documents::delivered_on.eq(head.delivered_on.map(|day| day.to_string())),
            billing_documents::delivery_country.eq(&head.delivery_country),
        ))
        .execute(tx.db())?;
    Ok(tx.record(NewEvent::new(before.kind.event(Change::Changed), id))?.with(Ok(())))
}

pub(super) fn problem(field: &'static str, key: &'static str) -> Problems {
    Problems::at(field, key)
}

/// Clients and projects that are not the organization's, or are gone and were not there before.
fn strangers(tx: &mut Tx, head: &Head, before: Option<&Document>) -> Result<Option<Problems>> {
    let own_client = before.map(|document| document.client.0);
    let own_project = before.and_then(|document| Some(document.project.as_ref()?.0));
    if !clients(tx, own_client)?.iter().any(|client| client.id == head.client) {
        return Ok(Some(problem("client", "billing-error-client")));
    }
    let is_known = match head.project {
        None => true,
        Some(project) => projects_to_choose(tx, own_project)?.iter().any(|(id, _)| *id == project),
    };
    Ok((!is_known).then(|| problem("project", "billing-error-project")))
}

/// Somebody to whom a document can be addressed.
#[derive(Clone, Debug, Queryable)]
pub struct ClientChoice {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

/// The clients, and the document's own one even if they were deleted.
pub fn clients(tx: &mut Tx, own: Option<PersonId>) -> Result<Vec<ClientChoice>> {
    Ok(people::table
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::removed_at.is_null().or(people::id.nullable().eq(own)))
        .order((people::name, people::email))
        .select((people::id, people::name, people::email))
        .load(tx.db())?)
}

pub fn projects_to_choose(tx: &mut Tx, own: Option<ProjectId>) -> Result<Vec<(ProjectId, String)>> {
    Ok(projects::table
        .filter(projects::organization_id.eq(tx.organization()))
        .filter(projects::deleted_at.is_null().or(projects::id.nullable().eq(own)))
        .order((projects::name, projects::id))
        .select((projects::id, projects::name))
        .load(tx.db())?)
}

/// Only a draft: what is issued is never deleted (P23), and what runs is cancelled. Returns what it was.
pub fn delete_draft(tx: &mut Tx, id: DocumentId) -> Result<Recorded<Kind>> {
    let kind = draft(tx, id)?.document.kind;
    if kind == Kind::Subscription {
        super::still_a_draft(tx, id)?;
    }
    let now = tx.now();
    set_deleted(tx, id, Some(now))?;
    Ok(tx.record(NewEvent::new(kind.event(Change::Deleted), id))?.with(kind))
}

pub fn restore_draft(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    let Some(kind) = deleted_kind(tx, id)? else {
        document(tx, id)?;
        return Ok(tx.unchanged(()));
    };
    set_deleted(tx, id, None)?;
    refuse_second(tx, id)?;
    tx.record(NewEvent::new(kind.event(Change::Restored), id))
}

/// The id in an address, while it is that of a deleted draft.
pub fn just_deleted(tx: &mut Tx, id: String) -> Result<Option<String>> {
    match id.parse() {
        Ok(parsed) => Ok(deleted_kind(tx, parsed)?.map(|_| id)),
        Err(_) => Ok(None),
    }
}

/// Of a deleted draft.
pub fn deleted_kind(tx: &mut Tx, id: DocumentId) -> Result<Option<Kind>> {
    let kind: Option<String> = billing_documents::table
        .filter(billing_documents::organization_id.eq(tx.organization()))
        .filter(billing_documents::id.eq(id))
        .filter(billing_documents::deleted_at.is_not_null())
        .select(billing_documents::kind)
        .first(tx.db())
        .optional()?;
    Ok(kind.as_deref().and_then(Kind::from_name))
}

fn set_deleted(tx: &mut Tx, id: DocumentId, at: Option<Instant>) -> Result<()> {
    diesel::update(billing_documents::table)
        .filter(billing_documents::organization_id.eq(tx.organization()))
        .filter(billing_documents::id.eq(id))
        .set(billing_documents::deleted_at.eq(at))
        .execute(tx.db())?;
    Ok(())
}
