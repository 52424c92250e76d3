use std::collections::BTreeMap;

use diesel::{dsl::count_star, prelude::*};
use portico_facts::{CompanyId, EventKind, OrganizationId};
use portico_kernel::{Among, Instant, Name, NewEvent, Problems, Recorded, Result, Tx};
use serde_json::json;

use crate::{
    company::Company,
    listing::{Found, Wanted, find},
    schema::{companies, people},
    store::clients::live_clients,
};

/// The companies that exist.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn live_companies(organization: OrganizationId) -> _ {
    companies::table
        .filter(companies::organization_id.eq(organization))
        .filter(companies::deleted_at.is_null())
}

/// # Errors
/// [`portico_kernel::Error::NotFound`]
pub fn company(tx: &mut Tx, id: CompanyId) -> Result<Company> {
    let organization = tx.organization();
    let name =
        live_companies(organization).filter(companies::id.eq(id)).select(companies::name).first(tx.db())?;
    let people = live_clients(organization).filter(people::company_id.eq(id)).count().get_result(tx.db())?;
    Ok(Company { id, name, people })
}

pub fn find_companies(tx: &mut Tx, wanted: &Wanted) -> Result<Found<Company>> {
    let found = find(all_companies(tx)?, wanted, |(_, name)| name.clone());
    let ids: Vec<CompanyId> = found.rows.iter().map(|(id, _)| *id).collect();
    let counts: Vec<(Option<CompanyId>, i64)> = live_clients(tx.organization())
        .filter(people::company_id.among(ids))
        .group_by(people::company_id)
        .select((people::company_id, count_star()))
        .load(tx.db())?;
    let counts: BTreeMap<_, _> = counts.into_iter().filter_map(|(id, count)| Some((id?, count))).collect();
    let company = |(id, name)| Company { id, name, people: counts.get(&id).copied().unwrap_or_default() };
    Ok(found.map(|rows| rows.into_iter().map(company).collect()))
}

/// For the list from which the form for clients offers.
pub fn company_suggestions(tx: &mut Tx) -> Result<Vec<String>> {
    let mut names: Vec<String> = all_companies(tx)?.into_iter().map(|(_, name)| name).collect();
    names.sort();
    Ok(names)
}

fn all_companies(tx: &mut Tx) -> Result<Vec<(CompanyId, String)>> {
    let organization = tx.organization();
    Ok(live_companies(organization).select((companies::id, companies::name)).load(tx.db())?)
}

fn company_named(tx: &mut Tx, name: &Name) -> Result<Option<CompanyId>> {
    let all = all_companies(tx)?;
    Ok(all.into_iter().find(|(_, theirs)| name.is_same_as(theirs)).map(|(id, _)| id))
}

/// The company of this name, made if there is none yet.
pub(super) fn place_company(tx: &mut Tx, name: Option<&Name>) -> Result<Option<CompanyId>> {
    let Some(name) = name else { return Ok(None) };
    match company_named(tx, name)? {
        Some(id) => Ok(Some(id)),
        None => insert_company(tx, name).map(|(id, _)| Some(id)),
    }
}

pub fn add_company(tx: &mut Tx, name: &Name) -> Result<Recorded<Result<CompanyId, Problems>>> {
    if company_named(tx, name)?.is_some() {
        return Ok(tx.unchanged(Err(name_is_taken())));
    }
    let (id, recorded) = insert_company(tx, name)?;
    Ok(recorded.with(Ok(id)))
}

fn insert_company(tx: &mut Tx, name: &Name) -> Result<(CompanyId, Recorded<()>)> {
    let id = tx.new_id(CompanyId::from_bytes);
    diesel::insert_into(companies::table)
        .values((
            companies::organization_id.eq(tx.organization()),
            companies::id.eq(id),
            companies::name.eq(name.as_str()),
            companies::created_at.eq(tx.now()),
        ))
        .execute(tx.db())?;
    Ok((id, tx.record(event(EventKind::COMPANY_ADDED, id, name.as_str()))?))
}

pub fn rename_company(tx: &mut Tx, id: CompanyId, name: &Name) -> Result<Recorded<Result<(), Problems>>> {
    company(tx, id)?;
    if company_named(tx, name)?.is_some_and(|holder| holder != id) {
        return Ok(tx.unchanged(Err(name_is_taken())));
    }
    diesel::update(companies::table)
        .filter(companies::organization_id.eq(tx.organization()))
        .filter(companies::id.eq(id))
        .set(companies::name.eq(name.as_str()))
        .execute(tx.db())?;
    Ok(tx.record(event(EventKind::COMPANY_CHANGED, id, name.as_str()))?.with(Ok(())))
}

/// Whether it went.
pub enum Deletion {
    Done,
    /// Somebody still belongs to it.
    InUse,
}

pub fn delete_company(tx: &mut Tx, id: CompanyId) -> Result<Recorded<Deletion>> {
    let company = company(tx, id)?;
    if company.people > 0 {
        return Ok(tx.unchanged(Deletion::InUse));
    }
    set_deleted(tx, id, Some(tx.now()))?;
    Ok(tx.record(event(EventKind::COMPANY_DELETED, id, &company.name))?.with(Deletion::Done))
}

pub fn restore_company(tx: &mut Tx, id: CompanyId) -> Result<Recorded<()>> {
    let Some(name) = deleted_company(tx, id)? else {
        company(tx, id)?;
        return Ok(tx.unchanged(()));
    };
    set_deleted(tx, id, None)?;
    tx.record(event(EventKind::COMPANY_RESTORED, id, &name))
}

/// The name of a deleted company.
pub fn deleted_company(tx: &mut Tx, id: CompanyId) -> Result<Option<String>> {
    Ok(companies::table
        .filter(companies::organization_id.eq(tx.organization()))
        .filter(companies::deleted_at.is_not_null())
        .filter(companies::id.eq(id))
        .select(companies::name)
        .first(tx.db())
        .optional()?)
}

fn set_deleted(tx: &mut Tx, id: CompanyId, at: Option<Instant>) -> Result<()> {
    diesel::update(companies::table)
        .filter(companies::organization_id.eq(tx.organization()))
        .filter(companies::id.eq(id))
        .set(companies::deleted_at.eq(at))
        .execute(tx.db())?;
    Ok(())
}

fn event(kind: EventKind, id: CompanyId, name: &str) -> NewEvent {
    NewEvent::new(kind, id).with_data(json!({ "name": name }))
}

fn name_is_taken() -> Problems {
    Problems::at("name", "clients-error-company-taken")
}
