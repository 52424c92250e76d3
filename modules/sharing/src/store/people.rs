use diesel::prelude::*;
use portico_facts::{EventKind, OrganizationId, PersonId, PortalId};
use portico_kernel::{Instant, NewEvent, Result, Tx, per_backend};

use crate::{
    schema::{companies, grants, people},
    selection::{Known, Relation},
    store::portals::client_of_project,
};

/// A client as mails address them.
#[derive(Clone, Debug, Queryable)]
pub struct Addressee {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub language: Option<String>,
    pub joined_at: Option<Instant>,
}

/// Everyone of the organization whom the reader sees, as seen from this portal, its project's client first.
///
/// # Errors
/// The database's.
pub fn known(tx: &mut Tx, portal: PortalId) -> Result<Vec<Known>> {
    type Row = (PersonId, String, String, Option<String>, String, Option<Instant>, Option<Instant>);
    let organization = tx.organization();
    let holding: Vec<PersonId> = grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.eq(portal))
        .filter(grants::revoked_at.is_null())
        .select(grants::person_id)
        .load(tx.db())?;
    let same = companies::organization_id.eq(people::organization_id);
    let rows: Vec<Row> = people::table
        .left_join(companies::table.on(same.and(companies::id.nullable().eq(people::company_id))))
        .filter(people::organization_id.eq(organization))
        .select((
            people::id,
            people::name,
            people::email,
            companies::name.nullable(),
            people::role,
            people::joined_at,
            people::removed_at,
        ))
        .load(tx.db())?;
    let likeliest = client_of_project(tx, portal)?;
    let mut known: Vec<Known> = rows
        .into_iter()
        .map(|(id, name, email, company, role, joined_at, removed_at)| {
            let relation = match (role.as_str(), removed_at) {
                (_, Some(_)) => Relation::Removed,
                ("client", None) if holding.contains(&id) => Relation::Holds,
                ("client", None) => Relation::Outside,
                _ => Relation::Staff,
            };
            Known { id, name, email, company, joined_at, relation }
        })
        .collect();
    known.retain(|person| person.relation == Relation::Staff || tx.sees_client(person.id));
    known.sort_by_cached_key(|person| (Some(person.id) != likeliest, person.name.to_lowercase(), person.id));
    Ok(known)
}

/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound) for anyone who is not a client of this organization.
pub fn find_client(tx: &mut Tx, person: PersonId) -> Result<Addressee> {
    let organization = tx.organization();
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::id.eq(person))
        .filter(people::role.eq("client"))
        .filter(people::removed_at.is_null())
        .select((people::id, people::name, people::email, people::language, people::joined_at))
        .first(tx.db())?)
}

#[derive(Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
struct NewClient<'a> {
    organization_id: OrganizationId,
    id: PersonId,
    role: &'static str,
    email: &'a str,
    /// The address, until they tell their name.
    name: &'a str,
    created_at: Instant,
}

/// New clients, each known by nothing but an address.
///
/// # Errors
/// [`Conflict`](portico_kernel::Error::Conflict) when somebody added one of them meanwhile.
pub(super) fn add_clients(tx: &mut Tx, addresses: Vec<String>) -> Result<Vec<(PersonId, String)>> {
    let (organization_id, created_at) = (tx.organization(), tx.now());
    let added: Vec<(PersonId, String)> =
        addresses.into_iter().map(|address| (tx.new_id(PersonId::from_bytes), address)).collect();
    let rows: Vec<NewClient> = added
        .iter()
        .map(|(id, email)| NewClient {
            organization_id,
            id: *id,
            role: "client",
            email,
            name: email,
            created_at,
        })
        .collect();
    per_backend!(tx.db(), |c| diesel::insert_into(people::table).values(&rows).execute(c)?);
    for (id, email) in &added {
        let data = serde_json::json!({ "name": email });
        let _ = tx.record(NewEvent::new(EventKind::PERSON_ADDED, *id).about(*id).with_data(data))?;
    }
    Ok(added)
}
