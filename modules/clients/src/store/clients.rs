use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{CompanyId, EventKind, OrganizationId, PersonId};
use portico_kernel::{Among, EmailAddress, Error, Instant, NewEvent, Problems, Recorded, Result, Role, Tx};
use portico_ui::Language;
use serde_json::json;

use crate::{
    client::{Client, ClientDetails, dot},
    listing::{Found, Wanted, find},
    schema::{companies, people, proofs},
    store::companies::{live_companies, place_company},
};

/// The clients that exist: everything here starts from it.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn live_clients(organization: OrganizationId) -> _ {
    let client: &'static str = "client";
    people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.eq(client))
        .filter(people::removed_at.is_null())
}

type Row = (PersonId, String, String, Option<String>, Option<CompanyId>, Option<Instant>);

/// # Errors
/// [`Error::NotFound`], also for somebody who is no client.
pub fn client(tx: &mut Tx, id: PersonId) -> Result<Client> {
    clients_by_ids(tx, &[id])?.pop().ok_or(Error::NotFound)
}

/// Somebody who was deleted is still known, until they are erased; and whether they were.
///
/// # Errors
/// As [`client`].
pub fn client_or_deleted(tx: &mut Tx, id: PersonId) -> Result<(Client, bool)> {
    let Some(name) = deleted_client(tx, id)? else { return Ok((client(tx, id)?, false)) };
    let (email, joined): (String, Option<Instant>) = people::table
        .find((tx.organization(), id))
        .select((people::email, people::joined_at))
        .first(tx.db())?;
    let dot = dot(joined, None, tx.now());
    Ok((Client { id, name, email, language: None, company: None, dot }, true))
}

/// Those of one company, or all, whom the reader sees.
pub fn find_clients(tx: &mut Tx, company: Option<CompanyId>, wanted: &Wanted) -> Result<Found<Client>> {
    let names = company_names(tx)?;
    let mut rows: Vec<(PersonId, String, String, Option<CompanyId>)> = live_clients(tx.organization())
        .select((people::id, people::name, people::email, people::company_id))
        .load(tx.db())?;
    rows.retain(|(id, .., of)| tx.sees_client(*id) && (company.is_none() || *of == company));
    let found = find(rows, wanted, |(_, name, email, company)| {
        let company = company.and_then(|id| names.get(&id)).map(String::as_str);
        format!("{name} {email} {}", company.unwrap_or_default())
    });
    let ids: Vec<PersonId> = found.rows.iter().map(|(id, ..)| *id).collect();
    let mut clients = clients_by_ids(tx, &ids)?;
    clients.sort_by_key(|client| ids.iter().position(|id| *id == client.id));
    Ok(found.map(|_| clients))
}

fn clients_by_ids(tx: &mut Tx, ids: &[PersonId]) -> Result<Vec<Client>> {
    let rows: Vec<Row> = live_clients(tx.organization())
        .filter(people::id.among(ids.iter().copied()))
        .select((
            people::id,
            people::name,
            people::email,
            people::language,
            people::company_id,
            people::joined_at,
        ))
        .load(tx.db())?;
    let names = company_names(tx)?;
    let invitations = open_invitations(tx, ids)?;
    let now = tx.now();
    let client = |(id, name, email, language, company, joined): Row| Client {
        id,
        name,
        email,
        language: language.as_deref().and_then(Language::from_code),
        company: company.and_then(|id| Some((id, names.get(&id)?.clone()))),
        dot: dot(joined, invitations.get(&id).copied(), now),
    };
    Ok(rows.into_iter().map(client).collect())
}

fn company_names(tx: &mut Tx) -> Result<BTreeMap<CompanyId, String>> {
    let organization = tx.organization();
    let names: Vec<(CompanyId, String)> =
        live_companies(organization).select((companies::id, companies::name)).load(tx.db())?;
    Ok(names.into_iter().collect())
}

/// When the newest invitation of each ends, used and revoked ones apart.
fn open_invitations(tx: &mut Tx, ids: &[PersonId]) -> Result<BTreeMap<PersonId, Instant>> {
    let ends: Vec<(PersonId, Instant)> = proofs::table
        .filter(proofs::organization_id.eq(tx.organization()))
        .filter(proofs::purpose.eq("invitation"))
        .filter(proofs::person_id.among(ids.iter().copied()))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .order(proofs::expires_at)
        .select((proofs::person_id, proofs::expires_at))
        .load(tx.db())?;
    Ok(ends.into_iter().collect())
}

/// Adds a client, or brings a deleted one with this address back.
pub fn add_client(tx: &mut Tx, details: &ClientDetails) -> Result<Recorded<Result<PersonId, Problems>>> {
    let (id, kind) = match holder(tx, &details.email)? {
        None => (insert_client(tx, details)?, EventKind::PERSON_ADDED),
        Some(Holder { id, whose: Whose::DeletedClient }) => {
            bring_back(tx, id)?;
            update_client(tx, id, details)?;
            (id, EventKind::PERSON_RESTORED)
        }
        Some(holder) => return Ok(tx.unchanged(Err(holder.problem()))),
    };
    let data = json!({ "name": details.name.as_str() });
    Ok(tx.record(NewEvent::new(kind, id).about(id).with_data(data))?.with(Ok(id)))
}

fn insert_client(tx: &mut Tx, details: &ClientDetails) -> Result<PersonId> {
    let company = place_company(tx, details.company.as_ref())?;
    let id = tx.new_id(PersonId::from_bytes);
    diesel::insert_into(people::table)
        .values((
            people::organization_id.eq(tx.organization()),
            people::id.eq(id),
            people::role.eq(Role::Client.name()),
            people::name.eq(details.name.as_str()),
            people::email.eq(details.email.as_str()),
            people::language.eq(details.language.map(Language::code)),
            people::company_id.eq(company),
            people::created_at.eq(tx.now()),
        ))
        .execute(tx.db())?;
    Ok(id)
}

pub fn change_client(
    tx: &mut Tx,
    id: PersonId,
    details: &ClientDetails,
) -> Result<Recorded<Result<(), Problems>>> {
    client(tx, id)?;
    if let Some(holder) = holder(tx, &details.email)?.filter(|holder| holder.id != id) {
        return Ok(tx.unchanged(Err(holder.problem())));
    }
    update_client(tx, id, details)?;
    let data = json!({ "name": details.name.as_str() });
    Ok(tx.record(NewEvent::new(EventKind::PERSON_CHANGED, id).about(id).with_data(data))?.with(Ok(())))
}

/// # Errors
/// [`Error::NotFound`] for somebody who was deleted or erased meanwhile.
fn update_client(tx: &mut Tx, id: PersonId, details: &ClientDetails) -> Result<()> {
    let company = place_company(tx, details.company.as_ref())?;
    let changed = diesel::update(people::table)
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::id.eq(id))
        .filter(people::removed_at.is_null())
        .set((
            people::name.eq(details.name.as_str()),
            people::email.eq(details.email.as_str()),
            people::language.eq(details.language.map(Language::code)),
            people::company_id.eq(company),
        ))
        .execute(tx.db())?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// From now on the guard refuses them. Their grants stay, so that it can be undone.
pub fn delete_client(tx: &mut Tx, id: PersonId) -> Result<Recorded<()>> {
    let name = client(tx, id)?.name;
    let removed = diesel::update(people::table)
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::id.eq(id))
        .filter(people::removed_at.is_null())
        .set(people::removed_at.eq(Some(tx.now())))
        .execute(tx.db())?;
    if removed == 0 {
        return Err(Error::NotFound);
    }
    tx.record(NewEvent::new(EventKind::PERSON_REMOVED, id).about(id).with_data(json!({ "name": name })))
}

pub fn restore_client(tx: &mut Tx, id: PersonId) -> Result<Recorded<()>> {
    let Some(name) = deleted_client(tx, id)? else {
        client(tx, id)?;
        return Ok(tx.unchanged(()));
    };
    bring_back(tx, id)?;
    tx.record(NewEvent::new(EventKind::PERSON_RESTORED, id).about(id).with_data(json!({ "name": name })))
}

/// The name of a deleted client who can be brought back.
pub fn deleted_client(tx: &mut Tx, id: PersonId) -> Result<Option<String>> {
    if tx.is_erased(id)? {
        return Ok(None);
    }
    Ok(people::table
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::removed_at.is_not_null())
        .filter(people::id.eq(id))
        .select(people::name)
        .first(tx.db())
        .optional()?)
}

/// Waits for whoever erases them at this moment, and looks only then: nobody who was erased comes back.
fn bring_back(tx: &mut Tx, id: PersonId) -> Result<()> {
    diesel::update(people::table)
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::id.eq(id))
        .set(people::removed_at.eq(None::<Instant>))
        .execute(tx.db())?;
    if tx.is_erased(id)? { Err(Error::NotFound) } else { Ok(()) }
}

struct Holder {
    id: PersonId,
    whose: Whose,
}

enum Whose {
    Client,
    DeletedClient,
    Staff,
}

impl Holder {
    fn problem(&self) -> Problems {
        let mut problems = Problems::default();
        problems.add(
            "email",
            match self.whose {
                Whose::Client => "clients-error-email-client",
                Whose::DeletedClient => "clients-error-email-deleted",
                Whose::Staff => "clients-error-email-staff",
            },
        );
        problems
    }
}

/// Who has this address already, among staff and clients, deleted ones too.
fn holder(tx: &mut Tx, email: &EmailAddress) -> Result<Option<Holder>> {
    let row: Option<(PersonId, String, Option<Instant>)> = people::table
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::email.eq(email.as_str()))
        .select((people::id, people::role, people::removed_at))
        .first(tx.db())
        .optional()?;
    let Some((id, role, removed)) = row else { return Ok(None) };
    let whose = match (Role::from_name(&role)?, removed) {
        (Role::Client, None) => Whose::Client,
        (Role::Client, Some(_)) => Whose::DeletedClient,
        _ => Whose::Staff,
    };
    Ok(Some(Holder { id, whose }))
}
