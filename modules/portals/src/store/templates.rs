use diesel::prelude::*;
use portico_facts::{EventKind, PortalId, ProjectId, TemplateId};
use portico_kernel::{
    Among, Error, Instant, KeptPart, Name, NewEvent, Problems, Recorded, Registry, Result, TemplatePlace, Tx,
    per_backend,
};
use serde_json::json;

use crate::{
    schema::{portal_template_parts as parts, portal_templates as templates},
    store::portals::{self, portal_event},
    template::NewPortal,
};

#[derive(Clone, Debug, Queryable)]
pub struct Template {
    pub id: TemplateId,
    pub name: String,
    pub kept_at: Instant,
}

const TEMPLATE: (templates::id, templates::name, templates::kept_at) =
    (templates::id, templates::name, templates::kept_at);

/// By name.
pub fn all(tx: &mut Tx) -> Result<Vec<Template>> {
    Ok(templates::table
        .filter(templates::organization_id.eq(tx.organization()))
        .filter(templates::deleted_at.is_null())
        .order((templates::name, templates::id))
        .select(TEMPLATE)
        .load(tx.db())?)
}

/// # Errors
/// [`Error::NotFound`], also for a deleted one.
pub fn find(tx: &mut Tx, template: TemplateId) -> Result<Template> {
    Ok(templates::table
        .filter(templates::organization_id.eq(tx.organization()))
        .filter(templates::id.eq(template))
        .filter(templates::deleted_at.is_null())
        .select(TEMPLATE)
        .first(tx.db())?)
}

/// # Errors
/// [`Error::NotFound`] when the portal is gone; the inner one is the key of what to say at the name.
pub fn keep(
    tx: &mut Tx,
    registry: &Registry,
    portal: PortalId,
    name: &Name,
) -> Result<Recorded<Result<TemplateId, &'static str>>> {
    let found = portals::find(tx, portal)?;
    if is_taken(tx, name, None)? {
        return Ok(tx.unchanged(Err("portals-template-taken")));
    }
    let place = TemplatePlace { portal, project: found.project };
    let mut kept = Vec::new();
    for part in registry.template_parts() {
        match (part.keep)(tx, place) {
            Err(Error::Conflict(key)) => return Ok(tx.unchanged(Err(key))),
            part_kept => kept.extend(part_kept?.map(|body| (part.name, part.version, body))),
        }
    }
    let template = insert(tx, name, &kept)?;
    let event = event(EventKind::TEMPLATE_ADDED, template, name.as_str());
    Ok(tx.record(event)?.with(Ok(template)))
}

fn insert(tx: &mut Tx, name: &Name, kept: &[(&'static str, i32, KeptPart)]) -> Result<TemplateId> {
    let (organization, now) = (tx.organization(), tx.now());
    let template = tx.new_id(TemplateId::from_bytes);
    diesel::insert_into(templates::table)
        .values((
            templates::organization_id.eq(organization),
            templates::id.eq(template),
            templates::name.eq(name.as_str()),
            templates::kept_at.eq(now),
        ))
        .execute(tx.db())?;
    let row = |(part, version, body): &(&'static str, i32, KeptPart)| {
        (
            parts::organization_id.eq(organization),
            parts::template_id.eq(template),
            parts::part.eq(*part),
            parts::version.eq(*version),
            parts::body.eq(body.json().to_owned()),
        )
    };
    let rows: Vec<_> = kept.iter().map(row).collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(parts::table).values(rows).execute(c))?;
    }
    Ok(template)
}

fn is_taken(tx: &mut Tx, name: &Name, besides: Option<TemplateId>) -> Result<bool> {
    Ok(all(tx)?.iter().any(|other| name.is_same_as(&other.name) && besides != Some(other.id)))
}

/// # Errors
/// As [`keep`].
pub fn rename(tx: &mut Tx, template: TemplateId, name: &Name) -> Result<Recorded<Result<(), &'static str>>> {
    find(tx, template)?;
    if is_taken(tx, name, Some(template))? {
        return Ok(tx.unchanged(Err("portals-template-taken")));
    }
    let organization = tx.organization();
    diesel::update(templates::table.find((organization, template)))
        .set(templates::name.eq(name.as_str()))
        .execute(tx.db())?;
    Ok(tx.record(event(EventKind::TEMPLATE_CHANGED, template, name.as_str()))?.with(Ok(())))
}

pub fn delete(tx: &mut Tx, template: TemplateId) -> Result<Recorded<()>> {
    let (found, now) = (find(tx, template)?, tx.now());
    set_deleted(tx, template, Some(now))?;
    tx.record(event(EventKind::TEMPLATE_DELETED, template, &found.name))
}

/// Does nothing to one that is there.
///
/// # Errors
/// [`Error::NotFound`] for one that is past bringing back.
pub fn restore(tx: &mut Tx, template: TemplateId) -> Result<Recorded<()>> {
    let Some(name) = deleted_name(tx, template)? else {
        find(tx, template)?;
        return Ok(tx.unchanged(()));
    };
    set_deleted(tx, template, None)?;
    tx.record(event(EventKind::TEMPLATE_RESTORED, template, &name))
}

/// Its name, if it can be brought back.
pub fn deleted_name(tx: &mut Tx, template: TemplateId) -> Result<Option<String>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    Ok(templates::table
        .find((organization, template))
        .filter(templates::deleted_at.ge(end))
        .select(templates::name)
        .first(tx.db())
        .optional()?)
}

fn set_deleted(tx: &mut Tx, template: TemplateId, at: Option<Instant>) -> Result<()> {
    let organization = tx.organization();
    diesel::update(templates::table.find((organization, template)))
        .set(templates::deleted_at.eq(at))
        .execute(tx.db())?;
    Ok(())
}

fn event(kind: EventKind, template: TemplateId, name: &str) -> NewEvent {
    NewEvent::new(kind, template).with_data(json!({ "name": name }))
}

/// A portal that begins empty or from a template.
///
/// # Errors
/// What to say at which field.
pub fn add_portal(
    tx: &mut Tx,
    registry: &Registry,
    new: &NewPortal,
) -> Result<Recorded<Result<PortalId, Problems>>> {
    let template = match new.template.map(|template| find(tx, template)) {
        Some(Err(Error::NotFound)) => {
            return Ok(tx.unchanged(Err(problem("template", "portals-template-gone"))));
        }
        found => found.transpose()?,
    };
    let added = portals::add(tx, &new.wishes)?;
    let added = added.map(|added| added.map_err(|refused| problem("project", refused.key())));
    let Some(template) = template else { return Ok(added) };
    match added.into_value() {
        Err(problems) => Ok(tx.unchanged(Err(problems))),
        Ok(portal) => {
            let place = TemplatePlace { portal, project: new.wishes.project };
            Ok(fill(tx, registry, &template, place)?.with(Ok(portal)))
        }
    }
}

fn problem(field: &'static str, key: &'static str) -> Problems {
    Problems::at(field, key)
}

/// The project's portal, made from the template if there is none: pressing twice gives one.
///
/// # Errors
/// [`Error::NotFound`] for the project as for the template.
pub fn add_for_project(
    tx: &mut Tx,
    registry: &Registry,
    project: ProjectId,
    template: TemplateId,
) -> Result<Recorded<PortalId>> {
    let template = find(tx, template)?;
    let was_there = portals::of_project(tx, project)?.is_some();
    let added = portals::add_for_project(tx, project)?;
    if was_there {
        return Ok(added);
    }
    let portal = added.into_value();
    let place = TemplatePlace { portal, project: Some(project) };
    Ok(fill(tx, registry, &template, place)?.with(portal))
}

/// Parts of modules that are gone, or that a newer program kept, are left alone.
fn fill(tx: &mut Tx, registry: &Registry, template: &Template, place: TemplatePlace) -> Result<Recorded<()>> {
    let kept: Vec<(String, i32, String)> = parts::table
        .filter(parts::organization_id.eq(tx.organization()))
        .filter(parts::template_id.eq(template.id))
        .select((parts::part, parts::version, parts::body))
        .load(tx.db())?;
    for (name, version, body) in kept {
        let known = registry.template_parts().iter().find(|part| part.name == name);
        if let Some(part) = known.filter(|part| version <= part.version) {
            (part.make)(tx, place, &KeptPart::stored(body))?;
        }
    }
    portal_event(tx, EventKind::PORTAL_FILLED, place.portal, &template.name)
}

/// Templates that were deleted 30 days ago go for good; says how many.
///
/// # Errors
/// The database's.
pub fn purge(tx: &mut Tx) -> Result<Recorded<usize>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_grace());
    let gone: Vec<(TemplateId, String)> = templates::table
        .filter(templates::organization_id.eq(organization))
        .filter(templates::deleted_at.lt(end))
        .order(templates::deleted_at)
        .limit(super::purge::BATCH)
        .select((templates::id, templates::name))
        .load(tx.db())?;
    let Some((first, name)) = gone.first() else { return Ok(tx.unchanged(0)) };
    let event = NewEvent::new(EventKind::TEMPLATES_PURGED, *first)
        .with_data(json!({ "name": name, "count": gone.len() }));
    let ids = || gone.iter().map(|(id, _)| *id);
    diesel::delete(
        parts::table.filter(parts::organization_id.eq(organization)).filter(parts::template_id.among(ids())),
    )
    .execute(tx.db())?;
    diesel::delete(
        templates::table
            .filter(templates::organization_id.eq(organization))
            .filter(templates::id.among(ids())),
    )
    .execute(tx.db())?;
    Ok(tx.record(event)?.with(gone.len()))
}
